"""Sign-off over the real wire: asking, deciding, and what an edit does to it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from bot.core.drafts import Author, Draft, Place
from bot.core.drafts import Message as DraftMessage
from bot.core.sign_off import Act, Refusal, fingerprint
from bot.core.sign_off import Refused as NotTaken
from bot.core.words import sign_off as words
from bot.core.words.reviewing import AS_FILE, NO_FILE
from bot.flows import reconciling
from bot.workspace.shapes import ApiRefusal
from bot.workspace.state import Person
from tests.journeys.conftest import BAD, CLEAN
from tests.journeys.test_buttons import buttons, click, said, until_clean, until_reply

if TYPE_CHECKING:
    from tests.journeys.conftest import Stage

Message = dict[str, Any]
DANA, MIKA, OLA = "U0DANA", "U0MIKA", "U0OLA"
SEVERE = "Our shop is open.\nPay with card 4111 1111 1111 1111, call +49 170 1234567."


def version(text: str) -> str:
    """What people see of the fingerprint of a text without links, pictures, platform and answers."""
    plain = DraftMessage(Place("T", "C", "1.0"), Author.PERSON, "U", text)
    return fingerprint(text, Draft(text, markup=plain.markup))[:8]


@pytest.fixture
async def signing(stage: Stage) -> Stage:
    """Mika and Ola are brand leads, Dana writes."""
    stage.workspace.team.add_person(Person(OLA, "ola", "Ola", token="xoxp-ola", title="Brand lead"))
    for channel in stage.workspace.team.channels.values():
        channel.members.append(OLA)
    await stage.start(BRAND_LEADS=f"{MIKA},{OLA}")
    return stage


def sign_offs(stage: Stage, ts: str) -> list[Message]:
    thread = stage.workspace.channel("#drafts").thread(ts)
    return [message for message in thread if _key(message).startswith("sign-off:")]


def _key(message: Message) -> str:
    metadata: Message = message.get("metadata") or {"event_payload": {"key": ""}}
    return str(metadata["event_payload"]["key"])


async def until_sign_off(stage: Stage, ts: str, words: str) -> Message:
    await stage.until(lambda: any(words in said(m) for m in sign_offs(stage, ts)), f"a sign-off that says {words}")
    (message,) = sign_offs(stage, ts)
    return message


async def menu(stage: Stage, ts: str, what: str, by: str = "dana") -> None:
    """Choose in the menu beside the review's headline."""
    reply = stage.reply_to(ts)
    value = f"v1|T0HARBOR:C0DRAFTS:{ts}|{what}"
    await stage.workspace.click("#drafts", reply["ts"], "candor_menu", value=value, by=by)


async def press(stage: Stage, ts: str, act: str, by: str = "mika") -> None:
    (message,) = sign_offs(stage, ts)
    await stage.workspace.click("#drafts", message["ts"], f"candor_sign_off_{act}", by=by)


async def reviewed(stage: Stage, text: str = CLEAN, by: str = "dana") -> str:
    ts = stage.workspace.post("#drafts", text, by=by)
    await stage.reply(ts)
    return ts


async def test_a_workspace_that_takes_no_files_gets_its_sign_off(signing: Stage) -> None:
    signing.workspace.faults.on("files.getUploadURLExternal", error="file_uploads_disabled", times=99)
    ts = await reviewed(signing, f"{BAD}\n{'word ' * 3_000}")
    await click(signing, ts, "candor_use")
    await until_clean(signing, ts, NO_FILE)
    await menu(signing, ts, "asked")
    await signing.until(lambda: sign_offs(signing, ts), "the sign-off")
    signing.workspace.faults.clear()
    await until_reply(signing, ts, "Used: ")
    await click(signing, ts, "candor_undo")
    await signing.until(lambda: not signing.clean_texts(ts), "no clean text")
    await click(signing, ts, "candor_use")
    await until_clean(signing, ts, AS_FILE)


def told(stage: Stage, by: str) -> list[str]:
    return [message["text"] for message in stage.workspace.ephemerals("#drafts", by=by)]


async def test_every_click_on_a_sign_off_says_what_came_of_it_and_counts_once(signing: Stage) -> None:
    ts = await reviewed(signing)
    await menu(signing, ts, "asked")
    await until_sign_off(signing, ts, "Sign-off requested by")
    await press(signing, ts, "changes")
    empty = await signing.workspace.submit({"note": {"note": "  "}}, by="mika")
    assert empty["errors"] == {"note": words.NO_NOTE}
    await signing.workspace.submit({"note": {"note": "Which Monday?"}}, by="mika")
    await until_sign_off(signing, ts, "<@U0MIKA> asked for changes")
    (message,) = sign_offs(signing, ts)
    click = signing.workspace.click("#drafts", message["ts"], "candor_sign_off_approved", by="mika")
    again = signing.workspace.click("#drafts", message["ts"], "candor_sign_off_approved", by="mika")
    await asyncio.gather(click, again)
    approved = await until_sign_off(signing, ts, "Approved by <@U0MIKA>")
    assert said(approved).count("Approved by") == 1
    assert told(signing, "mika") == [words.TAKEN[Act.CHANGES], *[words.TAKEN[Act.APPROVED]] * 2]


@pytest.mark.both_databases
async def test_the_author_asks_and_a_lead_approves_the_exact_text(signing: Stage) -> None:
    ts = await reviewed(signing)
    await menu(signing, ts, "asked")
    asked = await until_sign_off(signing, ts, "Sign-off requested by <@U0DANA>")
    text = signing.workspace.message("#drafts", ts)["text"]
    assert f"It covers the draft as it is now. {words.CHECKED_ONLY} It has no open points." in said(asked)
    assert f"Text version `{version(text)}`." in said(asked)
    assert told(signing, "dana") == [words.ASKED]
    await until_reply(signing, ts, "Sign-off requested.")
    await signing.until(lambda: signing.workspace.messages("@mika"), "a direct message to a brand lead")
    (mark,) = signing.workspace.messages("@mika")
    assert mark["text"].startswith("A draft by <@U0DANA> in <#C0DRAFTS> is waiting for sign-off. <http")
    assert f"Waiting for <@{MIKA}>, <@{OLA}>." in said(asked)
    await press(signing, ts, "approved")
    approved = await until_sign_off(signing, ts, "Approved by <@U0MIKA>")
    assert approved["ts"] == asked["ts"]
    assert "At the time, there were no open points." in said(approved)
    assert "Earlier: Sign-off requested by <@U0DANA>" in said(approved)
    assert "Candor keeps the record and never approves" in said(approved)
    assert buttons(approved, "candor_sign_off_approved") == []


async def test_an_edit_makes_an_approval_stale_and_the_same_text_makes_it_valid_again(signing: Stage) -> None:
    ts = await reviewed(signing)
    await menu(signing, ts, "asked")
    await until_sign_off(signing, ts, "requested")
    await press(signing, ts, "approved")
    await until_sign_off(signing, ts, "Approved by")
    signing.workspace.edit("#drafts", ts, f"{CLEAN} And two more.")
    stale = await until_sign_off(signing, ts, words.STALE)
    assert f"the decision was on version `{version(CLEAN)}`." in said(stale)
    assert buttons(stale, "candor_sign_off_approved")
    signing.workspace.edit("#drafts", ts, CLEAN)
    await signing.until(lambda: "has changed since" not in said(sign_offs(signing, ts)[0]), "a valid approval")
    assert len(sign_offs(signing, ts)) == 1


async def test_a_used_change_asks_for_a_sign_off_of_the_clean_text(signing: Stage) -> None:
    ts = await reviewed(signing, BAD)
    await menu(signing, ts, "asked")
    await until_sign_off(signing, ts, "the draft as it is now")
    await click(signing, ts, "candor_use")
    await until_clean(signing, ts, "Until [offer end date]: Only 3 left")
    message = await until_sign_off(signing, ts, "the clean text in this thread")
    clean = f"Until [offer end date]: {BAD.removeprefix('LAST CHANCE!!! ')}"
    assert f"`{version(clean)}`" in said(message)
    await press(signing, ts, "approved")
    await until_sign_off(signing, ts, "Approved by")
    await until_reply(signing, ts, "Used: ")
    await click(signing, ts, "candor_undo")
    await until_sign_off(signing, ts, words.STALE)


async def test_changes_and_hold_ask_for_words_and_history_keeps_both_leads(signing: Stage) -> None:
    workspace = signing.workspace
    ts = await reviewed(signing)
    await menu(signing, ts, "held", by="mika")
    (window,) = workspace.views(by="mika")
    assert window["title"]["text"] == "Put on hold"
    await workspace.submit({"note": {"note": "Legal <!channel> reads it."}}, by="mika")
    held = await until_sign_off(signing, ts, "Put on hold by <@U0MIKA>")
    assert "Legal <!channel> reads it." in said(held)
    assert all(block["type"] == "rich_text" for block in held["blocks"] if "<!channel>" in said({"blocks": [block]}))
    await press(signing, ts, "changes", by="ola")
    await workspace.submit({"note": {"note": "Shorter."}}, by="ola")
    message = await until_sign_off(signing, ts, "<@U0OLA> asked for changes")
    assert "Earlier: Put on hold by <@U0MIKA>" in said(message)
    assert "(“Legal &lt;!channel&gt; reads it.”)" in said(message)


async def test_two_leads_at_the_same_moment_the_last_one_counts_and_both_show(signing: Stage) -> None:
    workspace = signing.workspace
    ts = await reviewed(signing)
    await menu(signing, ts, "asked")
    await until_sign_off(signing, ts, "requested")
    await press(signing, ts, "held", by="mika")
    await press(signing, ts, "approved", by="ola")
    await workspace.submit({"note": {"note": "Wait."}}, by="mika")
    message = await until_sign_off(signing, ts, "Put on hold by <@U0MIKA>")
    assert "Earlier: Approved by <@U0OLA>" in said(message)


async def test_who_is_no_lead_is_told_who_can_and_nothing_else_happens(signing: Stage) -> None:
    ts = await reviewed(signing, by="mika")
    await menu(signing, ts, "approved", by="dana")
    assert told(signing, "dana") == [words.refused(NotTaken(Refusal.NOT_A_LEAD, (MIKA, OLA)))]
    await menu(signing, ts, "asked", by="dana")
    assert told(signing, "dana")[1:] == ["Only a draft's author can ask for its sign-off."]
    await menu(signing, ts, "approved", by="mika")
    assert told(signing, "mika") == [f"You wrote this draft, so another brand lead has to approve it: <@{OLA}>."]
    assert sign_offs(signing, ts) == []
    assert signing.workspace.views() == []


async def test_an_author_who_is_the_only_lead_cannot_sign_off(stage: Stage) -> None:
    await stage.start(BRAND_LEADS=DANA)
    ts = await reviewed(stage)
    await menu(stage, ts, "asked")
    await menu(stage, ts, "approved")
    assert len(set(told(stage, "dana"))) == 1
    assert "Nobody approves their own draft" in told(stage, "dana")[0]
    assert sign_offs(stage, ts) == []


async def test_open_must_fix_points_are_listed_before_an_approval_and_kept_with_it(signing: Stage) -> None:
    workspace = signing.workspace
    ts = await reviewed(signing, SEVERE)
    await menu(signing, ts, "asked")
    await until_sign_off(signing, ts, "requested")
    await press(signing, ts, "approved")
    (window,) = workspace.views(by="mika")
    assert "These points must be fixed and are still open:" in said(window)
    assert "Must fix: " in said(window)
    assert "Approved" not in said(sign_offs(signing, ts)[0])
    await workspace.submit({}, by="mika")
    message = await until_sign_off(signing, ts, "Approved by <@U0MIKA>")
    assert "At the time, still open: 1 must fix" in said(message)


async def test_an_approval_of_words_that_changed_in_the_meantime_is_not_taken(signing: Stage) -> None:
    workspace = signing.workspace
    ts = await reviewed(signing, SEVERE)
    await menu(signing, ts, "approved", by="mika")
    workspace.edit("#drafts", ts, CLEAN)
    await until_reply(signing, ts, "found nothing")
    await workspace.submit({}, by="mika")
    (window,) = workspace.views(by="mika")
    assert "nothing was approved" in said(window)
    assert sign_offs(signing, ts) == []


async def test_the_sign_off_goes_with_its_draft(signing: Stage) -> None:
    ts = await reviewed(signing)
    await menu(signing, ts, "held", by="mika")
    await signing.workspace.submit({"note": {"note": "zebra-marker"}}, by="mika")
    await until_sign_off(signing, ts, "Put on hold by")
    signing.workspace.delete("#drafts", ts)
    await signing.until(lambda: not sign_offs(signing, ts) and not signing.replies(ts), "all to be gone")
    await signing.until_kept("zebra-marker", kept=False)


@pytest.mark.parametrize("fault", [{"drop": True}, {"status": 500}])
async def test_a_post_whose_answer_was_lost_leaves_one_message(signing: Stage, fault: dict[str, Any]) -> None:
    ts = await reviewed(signing)
    signing.workspace.faults.on("chat.postMessage", **fault)
    await menu(signing, ts, "asked")
    await until_sign_off(signing, ts, "requested")
    await signing.quiet()
    assert len(sign_offs(signing, ts)) == 1


async def test_stopped_between_the_decision_and_the_post_the_next_start_posts_it_once(
    signing: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reconciling, "_ON_ITS_WAY", 5.0)  # Slack answered at once; the next start cannot know
    ts = await reviewed(signing)
    signing.workspace.faults.on("chat.postMessage", status=500, times=50)
    await menu(signing, ts, "asked")
    await signing.until(lambda: len(signing.workspace.traffic.calls("chat.postMessage")) > 1, "an attempt to post")
    await signing.stop()
    signing.workspace.faults.clear()
    assert sign_offs(signing, ts) == []
    await signing.start(BRAND_LEADS=f"{MIKA},{OLA}")
    await until_sign_off(signing, ts, "requested")
    await signing.quiet()
    assert len(sign_offs(signing, ts)) == 1


async def test_a_click_in_a_button_of_another_time_is_nothing(signing: Stage) -> None:
    ts = await reviewed(signing)
    await menu(signing, ts, "asked")
    message = await until_sign_off(signing, ts, "requested")
    for block in message["blocks"]:
        for element in block.get("elements", []):
            element.update({"value": "v1|T0OTHER:C0DRAFTS:1.0|x"} if "value" in element else {})
    await press(signing, ts, "approved")
    with pytest.raises(ApiRefusal):
        await menu(signing, ts, "unknown")
    await signing.quiet()
    assert "requested" in said(sign_offs(signing, ts)[0])
