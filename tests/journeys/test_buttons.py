"""What people do with the reply: use, undo, dismiss, ask why, show more, answer."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, cast

import pytest

from bot.core.words.reviewing import AS_FILE, OUTDATED
from bot.slack.blocks import showed
from bot.slack.wire.clients import client_for
from tests.journeys.conftest import BAD, CLEAN

if TYPE_CHECKING:
    from tests.journeys.conftest import Stage

Message = dict[str, Any]
TWO_EDITS = "LAST CHANCE!!! Only 3 left."
CONTACT = "Our rye bread is back on Elm Street every morning.\nOrders: hello@larkspurbread.example"


def said(message: Message) -> str:
    """All words of the blocks, as a reader sees them."""
    found: list[str] = []

    def walk(value: Message) -> None:
        for key, inner in value.items():
            if key == "text" and isinstance(inner, str):
                found.append(inner)
            for part in cast("list[Any]", inner if isinstance(inner, list) else [inner]):
                if isinstance(part, dict):
                    walk(cast("Message", part))

    for block in message.get("blocks", []):
        walk(block)
    return "".join(found)


def buttons(message: Message, action_id: str) -> list[tuple[str, str]]:
    """The (block id, value) of every button with this action."""
    found: list[tuple[str, str]] = []
    for block in message.get("blocks", []):
        elements: list[Message] = [*block.get("elements", []), block.get("accessory") or {}]
        found += [(block["block_id"], e["value"]) for e in elements if e.get("action_id") == action_id]
    return found


async def click(stage: Stage, ts: str, action_id: str, number: int = 0, **more: Any) -> None:
    reply = stage.reply_to(ts)
    block_id, _ = buttons(reply, action_id)[number]
    await stage.workspace.click("#drafts", reply["ts"], action_id, block_id=block_id, **more)


async def dismiss(stage: Stage, ts: str, number: int = 0, *, by: str = "dana", **chosen: str) -> Message:
    """The button, a reason, and the window's own button. ``chosen`` are the inputs that somebody changes."""
    await click(stage, ts, "candor_dismiss", number, by=by)
    if chosen.keys() - {"reason"}:
        await click_in_window(stage, "candor_dismissal_wider", by=by)
    if scope := chosen.get("scope"):
        view = stage.workspace.views(by=by)[-1]
        wanted = {"action_id": "candor_dismissal_scope", "block_id": "scope", "value": scope}
        team, person = stage.workspace.team, stage.workspace.person(by)
        await stage.workspace.interactions.click_in_view(team, person, view["id"], wanted=wanted)
    return await submit(stage, by, **({"reason": "not_a_problem"} | chosen))


async def submit(stage: Stage, by: str = "dana", **chosen: str) -> Message:
    """The window on top, with what it showed at first but for what is chosen."""
    view = stage.workspace.views(by=by)[-1]
    first = {name: {"value": value} for name, value in (showed(view) | chosen).items()}
    return await stage.workspace.submit(first, by=by)


async def until_reply(stage: Stage, ts: str, words: str) -> Message:
    await stage.until(lambda: words in said(stage.reply_to(ts)), f"a reply that says {words}")
    return stage.reply_to(ts)


async def until_clean(stage: Stage, ts: str, words: str) -> Message:
    await stage.until(lambda: any(words in said(m) for m in stage.clean_texts(ts)), f"a clean text with {words}")
    (clean,) = stage.clean_texts(ts)
    return clean


@pytest.mark.both_databases
async def test_used_edits_are_gathered_in_one_clean_text_that_is_edited_in_place(played: Stage) -> None:
    ts = played.workspace.post("#drafts", TWO_EDITS)
    await played.reply(ts)
    await click(played, ts, "candor_use")
    first = await until_clean(played, ts, "Until [offer end date]: Only 3 left")
    assert "Gaps to fill: [offer end date]." in said(first)
    reply = await until_reply(played, ts, "Used: it's in the clean text")
    assert len(buttons(reply, "candor_undo")) == 1
    await click(played, ts, "candor_use")
    second = await until_clean(played, ts, "[how many] left")
    assert second["ts"] == first["ts"]
    assert "Until [offer end date]: " in said(second)


async def test_undoing_takes_an_edit_back_and_the_last_one_takes_the_clean_text_along(played: Stage) -> None:
    ts = played.workspace.post("#drafts", BAD)
    await played.reply(ts)
    await click(played, ts, "candor_use")
    await until_clean(played, ts, "Until [offer end date]")
    await until_reply(played, ts, "Used: ")
    await click(played, ts, "candor_undo", by="mika")
    await played.until(lambda: not played.clean_texts(ts), "the clean text to be gone")
    await played.until(lambda: "Used: " not in said(played.reply_to(ts)), "the reply to offer the edit again")


async def test_a_dismissed_point_stays_dismissed_while_its_words_stay(played: Stage) -> None:
    ts = played.workspace.post("#drafts", BAD)
    before = await played.reply(ts)
    count = len(buttons(before, "candor_dismiss"))
    await dismiss(played, ts)
    reply = await until_reply(played, ts, "Dismissed: “LAST CHANCE")
    assert len(buttons(reply, "candor_dismiss")) == count - 1
    assert said(reply).count("LAST CHANCE") == 1
    played.workspace.edit("#drafts", ts, f"{BAD} We bake bread on Elm Street.")
    await until_reply(played, ts, "82 characters read")
    assert said(played.reply_to(ts)).count("LAST CHANCE") == 1
    assert "Dismissed: “LAST CHANCE" in said(played.reply_to(ts))


async def test_other_words_are_another_point(played: Stage) -> None:
    ts = played.workspace.post("#drafts", BAD)
    await played.reply(ts)
    await dismiss(played, ts)
    await until_reply(played, ts, "Dismissed: “")
    played.workspace.edit("#drafts", ts, BAD.replace("LAST CHANCE!!!", "Your last chance to save"))
    reply = await until_reply(played, ts, "last chance to save")
    assert "Dismissed" not in said(reply)


async def test_when_all_points_are_handled_each_has_its_way_back_in_the_reply_and_in_the_window(played: Stage) -> None:
    ts = played.workspace.post("#drafts", "Act now! Only 3 left.")
    await played.reply(ts)
    await dismiss(played, ts)
    await until_reply(played, ts, "Dismissed: “")
    await click(played, ts, "candor_use")
    reply = await until_reply(played, ts, "found 2 points (1 used, 1 dismissed)")
    assert len(buttons(reply, "candor_undo")) == 2
    await click(played, ts, "candor_undo")
    await until_reply(played, ts, "found 2 points (1 dismissed)")
    await click(played, ts, "candor_use")
    await until_reply(played, ts, "found 2 points (1 used, 1 dismissed)")
    await click(played, ts, "candor_more")
    (window,) = played.workspace.views()
    assert "(dismissed)" in said(window)
    await click_in_window(played, "candor_undo", 1)
    await until_reply(played, ts, "found 2 points (1 used)")
    assert "That's everything" in said(played.workspace.views()[0])


async def click_in_window(stage: Stage, action_id: str, number: int = 0, *, by: str = "dana") -> None:
    workspace = stage.workspace
    view = workspace.views(by=by)[-1]
    block_id, _ = buttons(view, action_id)[number]
    wanted = {"action_id": action_id, "block_id": block_id}
    await workspace.interactions.click_in_view(workspace.team, workspace.person(by), view["id"], wanted=wanted)


async def test_one_tap_by_a_brand_lead_makes_an_address_the_brands_own_and_undo_takes_it_back(played: Stage) -> None:
    first = played.workspace.post("#drafts", f"{CONTACT} Post one.")
    await played.reply(first)
    await played.settled()  # a click within the moment between the post and its note is told to try again
    await click(played, first, "candor_ours", by="mika")
    await until_reply(played, first, "found 1 point (1 dismissed)")
    told = played.workspace.ephemerals("#drafts", by="mika")[-1]
    assert "hello@larkspurbread.example is now one of your public addresses" in said(told)
    second = played.workspace.post("#drafts", f"{CONTACT} Post two.")
    assert "hello@" not in said(await played.reply(second))
    await click(played, first, "candor_undo", by="mika")
    await until_reply(played, first, "found 1 point")
    third = played.workspace.post("#drafts", f"{CONTACT} Post three.")
    await played.reply(third)
    await until_reply(played, third, "hello@larkspurbread.example")


async def test_anybody_else_dismisses_the_address_in_this_draft_alone(played: Stage) -> None:
    first = played.workspace.post("#drafts", f"{CONTACT} Post one.")
    await played.reply(first)
    await played.settled()  # a click within the moment between the post and its note is told to try again
    await click(played, first, "candor_ours", by="dana")
    await until_reply(played, first, "found 1 point (1 dismissed)")
    second = played.workspace.post("#drafts", f"{CONTACT} Post two.")
    await played.reply(second)
    await until_reply(played, second, "This is our public address")


async def test_why_opens_the_guideline_for_one_person_alone(played: Stage) -> None:
    ts = played.workspace.post("#drafts", BAD)
    await played.reply(ts)
    await click(played, ts, "candor_why", by="mika")
    (window,) = played.workspace.views(by="mika")
    assert window["title"]["text"] == "Why"
    assert "Should fix: Pressure without reason" in said(window)
    assert "When I keep quiet" in said(window)
    assert played.workspace.views() == []
    assert len(played.replies(ts)) == 1


async def test_folded_points_have_their_buttons_in_the_window(played: Stage) -> None:
    ts = played.workspace.post("#drafts", f"{BAD} Hurry up! Don't miss out on it. Tick tock! Time is running out!")
    await played.reply(ts)
    await click(played, ts, "candor_more")
    (window,) = played.workspace.views()
    before = len(buttons(window, "candor_use"))
    assert before
    await click_in_window(played, "candor_use")
    await played.until(lambda: played.clean_texts(ts), "the clean text")
    (window,) = played.workspace.views()
    assert len(buttons(window, "candor_use")) == before - 1
    assert len(buttons(window, "candor_undo")) == 1
    await click_in_window(played, "candor_why")
    assert [view["title"]["text"] for view in played.workspace.views()] == ["More about this draft", "Why"]


async def test_a_click_on_what_is_gone_is_answered_in_private(played: Stage) -> None:
    workspace = played.workspace
    ts = workspace.post("#drafts", BAD)
    reply = await played.reply(ts)
    old = deepcopy(reply["blocks"])
    workspace.edit("#drafts", ts, CLEAN)
    await until_reply(played, ts, "found nothing")
    reply["blocks"] = old  # somebody's screen still shows the old buttons
    for action in ("candor_use", "candor_dismiss", "candor_why"):
        await workspace.click("#drafts", reply["ts"], action)
    alone = workspace.ephemerals("#drafts")
    assert [message["text"][:20] for message in alone] == ["This is out of date:"] * 3
    assert {message["thread_ts"] for message in alone} == {ts}
    assert workspace.ephemerals("#drafts", by="mika") == []
    assert played.clean_texts(ts) == []


@pytest.mark.parametrize("value", ["v1|T0OTHER:C0DRAFTS:1.0|abc", "v0|x", ""])
async def test_a_button_that_says_nothing_known_is_answered_the_same_way(played: Stage, value: str) -> None:
    ts = played.workspace.post("#drafts", BAD)
    reply = await played.reply(ts)
    for block in reply["blocks"]:
        for element in block.get("elements", []):
            element.update({"value": value} if "value" in element else {})
    for action in ("candor_use", "candor_why"):
        await played.workspace.click("#drafts", reply["ts"], action)
    assert [message["thread_ts"] for message in played.workspace.ephemerals("#drafts")] == [ts] * 2


async def test_after_an_edit_the_clean_text_is_made_anew_from_the_used_points_that_still_fit(played: Stage) -> None:
    ts = played.workspace.post("#drafts", TWO_EDITS)
    await played.reply(ts)
    await click(played, ts, "candor_use")
    first = await until_clean(played, ts, "Until [offer end date]: Only 3 left")
    played.workspace.edit("#drafts", ts, f"{TWO_EDITS} We bake bread on Elm Street.")
    waits = await until_clean(played, ts, OUTDATED)
    assert "Only 3 left" not in said(waits)
    again = await until_clean(played, ts, "Elm Street")
    assert "Until [offer end date]: Only 3 left" in said(again)
    assert OUTDATED not in said(again)
    assert again["ts"] == first["ts"]


async def test_the_clean_text_goes_with_its_draft(played: Stage) -> None:
    ts = played.workspace.post("#drafts", BAD)
    await played.reply(ts)
    await click(played, ts, "candor_use")
    await until_clean(played, ts, "Until [offer end date]")
    played.workspace.delete("#drafts", ts)
    await played.until(lambda: not played.clean_texts(ts) and not played.replies(ts), "both to be gone")


async def test_a_clean_text_too_long_for_blocks_comes_as_a_file(played: Stage) -> None:
    ts = played.workspace.post("#drafts", f"{BAD}\n{'word ' * 3_000}")
    await played.reply(ts)
    await click(played, ts, "candor_use")
    await until_clean(played, ts, AS_FILE)
    files = played.workspace.team.files
    await played.until(lambda: [f for f in files.values() if not f["announced"]], "the file")
    await until_reply(played, ts, "Used: ")
    client: Any = client_for(played.workspace.team.bot.token, played.workspace.api_url)
    await client.files_upload_v2(filename="comparison-ab12.html", content="<p>", channel="C0DRAFTS", thread_ts=ts)
    await click(played, ts, "candor_undo")
    left = ["comparison-ab12.html"]
    await played.until(lambda: [f["name"] for f in files.values()] == left, "the file to be gone, and no other")


async def test_a_click_delivered_twice_counts_once(played: Stage) -> None:
    ts = played.workspace.post("#drafts", BAD)
    await played.reply(ts)
    played.workspace.faults.hold_acks = 1
    await click(played, ts, "candor_use")
    await until_clean(played, ts, "Until [offer end date]")
    await played.quiet()
    assert len(played.clean_texts(ts)) == 1
