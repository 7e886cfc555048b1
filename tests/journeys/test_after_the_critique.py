"""After the critique: what an edit did, dismissals with a reason and a scope, exceptions, and quieter guidelines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bot.core.words.deciding import ASK_A_LEAD
from tests.journeys.conftest import BAD, CLEAN
from tests.journeys.test_a_model import BONE, CLAIM, POST, UNSEEN, settings
from tests.journeys.test_buttons import buttons, click, click_in_window, dismiss, said, submit, until_clean, until_reply
from tests.model.server import ScriptedModel, critique, issue, question

if TYPE_CHECKING:
    from tests.journeys.conftest import Stage
    from tests.journeys.test_buttons import Message

ASKED = question("transparency/commercial-disclosure", "Was the barrel paid for?", "Paid", "A gift", "Neither")
BARREL = "Instagram: Three weeks with the rain barrel and I am in love.\nMy tomatoes have never been happier."


def edit(stage: Stage, ts: str, text: str) -> None:
    stage.workspace.edit("#drafts", ts, text)


def points(stage: Stage, ts: str) -> list[Message]:
    """The blocks of the reply's points and its story, without the ids that change with each edit in Slack."""
    return [{k: v for k, v in block.items() if k != "block_id"} for block in stage.reply_to(ts)["blocks"]]


async def posted(stage: Stage, text: str, says: str = "") -> str:
    ts = stage.workspace.post("#drafts", text)
    await stage.reply(ts, says)
    return ts


@pytest.mark.both_databases
async def test_after_an_edit_the_reply_tells_what_is_fixed_still_open_and_new(played: Stage) -> None:
    ts = await posted(played, "Act now! Only 3 left. We bake bread.", "found 2 points")
    edit(played, ts, "Only 3 left. We bake bread. Hurry up!")
    reply = await until_reply(played, ts, "Since the edit: ")
    assert "1 fixed (Pressure without reason, “Act now!”), 1 still open, 1 new with the edit." in said(reply)
    assert said(reply).count("(new with the edit)") == 1
    assert "missed before" not in said(reply)
    edit(played, ts, "We bake bread on Elm Street.")
    reply = await until_reply(played, ts, "found nothing")
    assert "2 fixed (Pressure without reason, “Only 3 left”; Pressure without reason, “Hurry up" in said(reply)


async def test_back_at_an_earlier_text_the_fixed_rules_say_the_same(played: Stage) -> None:
    ts = await posted(played, BAD, "found 2 points")
    first = [block for block in points(played, ts) if block["type"] == "rich_text"]
    edit(played, ts, CLEAN)
    await until_reply(played, ts, "found nothing")
    edit(played, ts, BAD)
    await until_reply(played, ts, "2 new with the edit")
    shown = [block for block in points(played, ts) if block["type"] == "rich_text"]
    assert said({"blocks": shown[1:]}).replace(" (new with the edit)", "") == said({"blocks": first})


async def test_back_at_an_earlier_text_the_model_is_not_asked_again(stage: Stage) -> None:
    async with ScriptedModel() as model:
        model.will(critique(CLAIM), critique())
        await stage.start(**settings(model))
        ts = await posted(stage, POST, "1 change")
        edit(stage, ts, POST.replace("cures every cold within a day", "warms you up"))
        reply = await until_reply(stage, ts, "Nothing to flag.")
        assert "1 fixed (Claim without evidence, “cures every cold”)." in said(reply)
        edit(stage, ts, POST)
        reply = await until_reply(stage, ts, "1 new with the edit")
        assert "Readers may rely on a cure" in said(reply)
        assert len(model.requests) == 2
        await stage.stop()


async def test_an_older_miss_is_marked_once(stage: Stage) -> None:
    late = issue("taste it on Saturday", "authenticity/one-story", why="Which Saturday?", replacement="taste it")
    async with ScriptedModel() as model:
        model.will(critique(CLAIM), critique(CLAIM, late), critique(CLAIM, late))
        await stage.start(**settings(model))
        ts = await posted(stage, POST, "1 change")
        edit(stage, ts, f"Hello! {POST}")
        reply = await until_reply(stage, ts, "1 still open, 1 missed before.")
        assert "(missed before)" in said(reply)
        edit(stage, ts, f"Hello, friends! {POST}")
        reply = await until_reply(stage, ts, "2 still open.")
        assert "missed before" not in said(reply)
        await stage.stop()


async def test_a_dismissal_takes_two_clicks_and_says_who_and_why(played: Stage) -> None:
    ts = await posted(played, BAD)
    await dismiss(played, ts, by="mika", reason="proof", note="We count every evening.")
    await until_reply(played, ts, ", by <@U0MIKA>: we have proof. “We count every evening.”")
    assert played.workspace.views(by="mika") == []


async def test_a_dismissal_can_be_undone_where_the_person_is(played: Stage) -> None:
    ts = await posted(played, "Act now! Bread is back.", "found 1 point")
    await dismiss(played, ts)
    await until_reply(played, ts, "found 1 point (1 dismissed)")
    (line,) = played.workspace.ephemerals("#drafts")
    assert "You dismissed a point in this draft." in said(line)
    await played.workspace.click("#drafts", line["ts"], "candor_undo")
    await until_reply(played, ts, "found 1 point.")
    await played.until(lambda: played.workspace.ephemerals("#drafts") == [], "the line to go")


async def test_a_point_can_be_dismissed_in_the_window_with_the_smaller_ones(played: Stage) -> None:
    ts = await posted(played, f"{BAD} Hurry up! Don't miss out on it. Tick tock! Time is running out!")
    await click(played, ts, "candor_more")
    before = len(buttons(played.workspace.views()[0], "candor_dismiss"))
    await click_in_window(played, "candor_dismiss")
    assert [view["title"]["text"] for view in played.workspace.views()] == [
        "More about this draft",
        "Dismiss this point",
    ]
    await submit(played, reason="not_a_problem")
    (window,) = played.workspace.views()
    assert len(buttons(window, "candor_dismiss")) == before - 1
    assert "(dismissed)" in said(window)
    await until_reply(played, ts, "Dismissed: “")


async def test_a_dismissed_point_stays_away_when_the_model_quotes_it_a_little_differently(stage: Stage) -> None:
    longer = CLAIM | {"quote": "tonic cures every cold within a day"}
    async with ScriptedModel() as model:
        model.will(critique(CLAIM), critique(longer))
        await stage.start(**settings(model))
        ts = await posted(stage, POST, "1 change")
        await dismiss(stage, ts)
        await until_reply(stage, ts, "All points handled: 1 dismissed.")
        edit(stage, ts, f"{POST} Bring a friend.")
        reply = await until_reply(stage, ts, f"{len(POST) + 16} characters read")
        assert "All points handled: 1 dismissed." in said(reply)
        await stage.stop()


async def test_an_exception_holds_for_other_forms_of_its_words_and_for_others_that_a_model_calls_the_same(
    stage: Stage,
) -> None:
    other, more = BONE.replace("tonic mends", "new tonics mend"), BONE.replace("day.", "day without a doctor.")
    async with ScriptedModel() as model:
        model.will(critique(UNSEEN), critique(UNSEEN | {"quote": "mend a broken bone within a day"}))
        await stage.start(**settings(model))
        first = await posted(stage, BONE, "1 change")
        await dismiss(stage, first, by="mika", scope="always", reason="proof")
        await until_reply(stage, first, "All points handled: 1 dismissed.")
        ts = await posted(stage, other, "Nothing left to flag")
        assert "1 point left out by an exception." in said(stage.reply_to(ts))
        await click(stage, ts, "candor_excepted", by="mika")
        assert "mends a broken bone within a day" in said(stage.workspace.views(by="mika")[0])
        model.will(critique(UNSEEN | {"quote": "mends a broken bone within a day without a doctor"}))
        reply = await until_reply(stage, await posted(stage, more), "1 change")
        assert "left out" not in said(reply)
        assert len(model.requests) == 3, "no model is asked about what code can tell"
        quote = "sets a broken bone right within a day"
        model.will(critique(UNSEEN | {"quote": quote}), {"pairs": [{"number": 1, "difference": "", "verdict": "same"}]})
        ts = await posted(stage, f"Our tonic {quote}.\nCome and taste it on Sunday.", "Nothing left to flag")
        assert "1 point left out by an exception." in said(stage.reply_to(ts))
        (pair,) = model.requests[-1].case["pairs"]
        assert (pair["left_alone"], pair["later"]) == ("mends a broken bone within a day", quote)
        assert [asked.case.get("pairs") for asked in model.requests[:-1]] == [None] * 4
        await stage.stop()


async def test_three_dismissals_for_one_reason_are_told_to_brand_leads_once(played: Stage) -> None:
    def told(by: str) -> list[str]:
        messages = played.workspace.messages(f"@{by}")
        return [message["text"] for message in messages if "was dismissed in" in message["text"]]

    for number, food in enumerate(("Bread", "Butter", "Cake", "Salt"), start=1):
        ts = await posted(played, f"Act now! {food} is back.", "found 1 point")
        await dismiss(played, ts, reason="house_style")
        await until_reply(played, ts, "found 1 point (1 dismissed)")
        if number == 3:
            await played.until(lambda: told("mika"), "the brand lead to hear of it")
    (line,) = told("mika")
    assert "in 3 drafts in <#" in line
    assert line.count("|A draft> of ") == 3
    assert told("dana") == []
    (asked,) = [message for message in played.workspace.messages("@mika") if message["text"] == line]
    await played.workspace.click("@mika", asked["ts"], "candor_proposal_words", by="mika")
    assert str(played.workspace.views(by="mika")[-1]["blocks"]).count("“Act now!”") == 4
    await played.workspace.click("@mika", asked["ts"], "candor_proposal_accept", by="mika")
    assert "You accepted this. `/candor exceptions` takes it back." in told("mika")[0]
    ts = await posted(played, "Act now! Tea is back.", "found nothing new")
    assert "1 point left out by an exception." in said(played.reply_to(ts))


@pytest.mark.both_databases
async def test_an_exception_of_a_campaign_counts_in_its_drafts_until_it_is_lifted(played: Stage) -> None:
    first = await posted(played, "Act now! Bread for #SpringSale is back.", "found 1 point")
    await dismiss(played, first, by="mika", scope="tag:#SpringSale", reason="agreed")
    await until_reply(played, first, "found 1 point (1 dismissed)")
    await posted(played, "Act now! Butter is back.", "found 1 point")
    ts = await posted(played, "Act now! Cake for #springsale is back.", "found nothing")
    reply = await until_reply(played, ts, "1 point left out by an exception.")
    await click(played, ts, "candor_excepted", by="mika")
    (window,) = played.workspace.views(by="mika")
    assert "In the campaign #SpringSale. Agreed with the brand lead." in said(window)
    assert "Act now!" in said(window)
    await click_in_window(played, "candor_exceptions_all", by="mika")
    await click_in_window(played, "candor_lift", by="mika")
    (window,) = played.workspace.views(by="mika")
    assert "Lifted." in said(window)
    assert "There are no exceptions." in said(window)
    assert reply["ts"] == played.reply_to(ts)["ts"]
    # The list of the whole workspace speaks of no draft: the point is back with the next look at it.
    edit(played, ts, "Act now! Cake for #springsale is back!")
    await until_reply(played, ts, "found 1 point")


async def test_a_lifted_exception_brings_the_point_back_at_once_where_it_was_shown(played: Stage) -> None:
    first = await posted(played, "Act now! Bread is back.", "found 1 point")
    await dismiss(played, first, by="mika", scope="always", lasting="never")
    await until_reply(played, first, "found 1 point (1 dismissed)")
    ts = await posted(played, "Act now! Cake is back.", "found nothing")
    await click(played, ts, "candor_excepted")
    assert "In all drafts. Not a problem here." in said(played.workspace.views()[0])
    assert buttons(played.workspace.views()[0], "candor_lift") == []
    await click(played, ts, "candor_excepted", by="mika")
    await click_in_window_of_mika(played)
    await until_reply(played, ts, "found 1 point")


async def click_in_window_of_mika(stage: Stage) -> None:
    workspace = stage.workspace
    view = workspace.views(by="mika")[-1]
    block_id, _ = buttons(view, "candor_lift")[0]
    wanted = {"action_id": "candor_lift", "block_id": block_id}
    await workspace.interactions.click_in_view(workspace.team, workspace.person("mika"), view["id"], wanted=wanted)


async def test_always_is_for_brand_leads_and_says_so(played: Stage) -> None:
    ts = await posted(played, "Act now! Bread is back.", "found 1 point")
    await click(played, ts, "candor_dismiss")
    await click_in_window(played, "candor_dismissal_wider")
    (offered,) = played.workspace.views()
    assert '"always"' not in json.dumps(offered)
    assert ASK_A_LEAD in said(offered)
    await click(played, ts, "candor_dismiss", by="mika")
    await click_in_window(played, "candor_dismissal_wider", by="mika")
    (offered,) = played.workspace.views(by="mika")
    assert '"always"' in json.dumps(offered)
    await submit(played, reason="not_a_problem")
    await until_reply(played, ts, "found 1 point (1 dismissed)")
    await posted(played, "Act now! Cake is back.", "found 1 point")


async def test_a_campaign_that_the_draft_does_not_carry_is_refused_and_nothing_is_lost(played: Stage) -> None:
    ts = await posted(played, "Act now! Bread is back.", "found 1 point")
    answer = await dismiss(played, ts, by="mika", scope="other", campaign="Autumn", note="Words that stay.")
    assert answer["errors"]["campaign"].startswith("This draft doesn't contain that name.")
    assert len(played.workspace.views(by="mika")) == 1
    await submit(played, by="mika", reason="not_a_problem", scope="other", campaign="bread is back")
    await until_reply(played, ts, "found 1 point (1 dismissed)")
    await posted(played, "Act now! Bread is back, as ever.", "found nothing")


async def test_undoing_ends_the_exception_too(played: Stage) -> None:
    first = await posted(played, "Act now! Bread is back.", "found 1 point")
    await dismiss(played, first, by="mika", scope="always")
    await until_reply(played, first, "found 1 point (1 dismissed)")
    await click(played, first, "candor_more", by="mika")
    view = played.workspace.views(by="mika")[-1]
    block_id, _ = buttons(view, "candor_undo")[0]
    wanted = {"action_id": "candor_undo", "block_id": block_id}
    workspace = played.workspace
    await workspace.interactions.click_in_view(workspace.team, workspace.person("mika"), view["id"], wanted=wanted)
    await until_reply(played, first, "found 1 point.")
    await posted(played, "Act now! Cake is back.", "found 1 point")


async def test_an_answer_calls_for_the_exact_label_and_can_be_changed(stage: Stage) -> None:
    async with ScriptedModel() as model:
        model.will(critique(questions=(ASKED,)), critique(), critique(), critique())
        await stage.start(**settings(model))
        ts = await posted(stage, BARREL, "1 question")
        await click(stage, ts, "candor_answer_0")
        reply = await until_reply(stage, ts, "Add at the start: Ad:")
        assert "Answered: Paid, on “Not labelled as an ad” ()" in said(reply)
        assert "On Instagram, switch on its own label as well (“Paid partnership”)." in said(reply)
        await click(stage, ts, "candor_use")
        clean = await until_clean(stage, ts, "Ad: Three weeks")
        assert "Ad: Three weeks with the rain barrel" in said(clean)
        await until_reply(stage, ts, "All points handled: 1 used.")
        await click(stage, ts, "candor_change_answer_0", by="mika")
        (window,) = stage.workspace.views(by="mika")
        assert "Was the barrel paid for?" in said(window)
        await submit(stage, "mika", answer="2")
        reply = await until_reply(stage, ts, "Neither, on “Not labelled as an ad” (")
        await until_reply(stage, ts, "Nothing to flag.")
        await stage.until(lambda: not stage.clean_texts(ts), "the clean text to be gone")
        # Kept with the draft and used for its later words.
        edit(stage, ts, f"{BARREL} Every single one.")
        await until_reply(stage, ts, f"{len(BARREL) + 18} characters read")
        assert "Neither" in str(model.requests[-1].case["answers"])
        assert "Answered: Neither, on “Not labelled as an ad” (" in said(stage.reply_to(ts))
        await stage.stop()


async def test_a_quiet_channel_is_told_what_counts_and_shows_the_rest_when_asked(played: Stage) -> None:
    channel = played.workspace.channel("#drafts").id
    set_ = f"/candor settings strictness <#{channel}|drafts> quiet"
    assert "normal; quiet in" in (await played.workspace.command("#drafts", set_, by="mika"))["text"]
    ts = await posted(played, "Our bread is back. Tag a friend who loves it.", "found nothing new")
    reply = said(played.reply_to(ts))
    assert "1 point left out, because this channel is set to *quiet*." in reply
    assert "Tag a friend" not in reply
    await click(played, ts, "candor_more")
    (window,) = played.workspace.views(by="dana")
    assert "Tag a friend" in said(window)
    await click_in_window(played, "candor_dismiss")
    await submit(played, reason="house_style")
    assert "left out" not in said(await until_reply(played, ts, "found 1 point (1 dismissed)"))
