from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import pytest

from bot.core.words import reviewing as words
from tests.journeys.conftest import BAD, CLEAN

if TYPE_CHECKING:
    from tests.journeys.conftest import Stage

NOW = time.time()


async def test_a_draft_gets_one_reply_in_its_thread_with_quote_title_reason_and_wording(played: Stage) -> None:
    ts = played.workspace.post("#drafts", BAD)
    reply = await played.reply(ts)
    written = json.dumps(reply["blocks"], ensure_ascii=False)
    assert reply["thread_ts"] == ts
    assert "points.*" in written
    assert "Should fix: Pressure without reason" in written
    assert "LAST CHANCE!!!" in written
    assert "Not reviewed: no language model is connected" in written
    assert reply["metadata"] == {
        "event_type": "candor_reply",
        "event_payload": {"key": f"reply:T0HARBOR:C0DRAFTS:{ts}"},
    }


async def test_a_draft_is_read_with_the_names_that_its_author_sees(played: Stage) -> None:
    ts = played.workspace.post("#drafts", "Instagram\n\nAct now, says <@U0DANA> in <#C0BRAND>, before it's gone.")
    await played.reply(ts)
    assert played.places_with("Act now, says @Dana in #brand, before it's gone.") == {"store"}


async def test_a_clean_draft_gets_one_line(played: Stage) -> None:
    ts = played.workspace.post("#drafts", CLEAN)
    said = (await played.reply(ts))["text"]
    assert said.startswith("Candor: Not reviewed: no language model is connected. ")
    assert said.endswith(" fixed checks ran and found nothing.")


async def test_talk_other_channels_and_apps_get_no_answer(played: Stage) -> None:
    workspace = played.workspace
    talk = workspace.post("#drafts", "Thanks Mika, looks good")
    elsewhere = workspace.post("#brand", BAD)
    app = workspace.call("chat.postMessage", "xoxb-harbor-candor", channel="C0DRAFTS", text=BAD)["ts"]
    first = workspace.post("#drafts", CLEAN)
    await played.reply(first)
    side_talk = workspace.post("#drafts", BAD, thread_ts=first)
    await played.quiet()
    assert [played.replies(ts) for ts in (talk, app)] == [[], []]
    assert played.replies(elsewhere, "#brand") == []
    (reply,) = played.replies(first)
    assert reply["text"].endswith("found nothing.")
    assert side_talk


async def test_a_mention_forces_a_review_once_although_two_events_arrive(played: Stage) -> None:
    ts = played.workspace.post("#brand", "<@U0CANDOR> Act now before it's gone")
    await played.reply(ts, "changes" if False else "Candor", channel="#brand")
    await played.quiet()
    assert len(played.replies(ts, "#brand")) == 1
    kinds = [event["type"] for event in played.workspace.traffic.events() if event.get("ts") == ts]
    assert sorted(kinds) == ["app_mention", "message"]


async def test_a_direct_message_is_reviewed(played: Stage) -> None:
    ts = played.workspace.post("@dana", "Act now before it's gone")
    await played.reply(ts, "Not reviewed", channel="@dana")


async def test_an_edit_updates_the_same_reply_and_a_white_space_edit_does_not(played: Stage) -> None:
    ts = played.workspace.post("#drafts", BAD)
    first = await played.reply(ts)
    played.workspace.edit("#drafts", ts, f"{BAD}  ")
    played.workspace.edit("#drafts", ts, CLEAN)
    second = await played.reply(ts, "found nothing")
    assert second["ts"] == first["ts"]
    updates = [call for call in played.workspace.traffic.calls("chat.update") if call["args"].get("ts") == first["ts"]]
    assert len(updates) == 1


async def test_a_reply_that_can_no_longer_be_edited_is_replaced(played: Stage) -> None:
    ts = played.workspace.post("#drafts", BAD)
    first = await played.reply(ts)
    played.workspace.faults.on("chat.update", error="edit_window_closed")
    played.workspace.edit("#drafts", ts, CLEAN)
    second = await played.reply(ts, "found nothing")
    assert second["ts"] != first["ts"]
    assert len(played.replies(ts)) == 1, "no old verdict stays beside the new one"


async def test_a_reply_of_another_app_user_stays_beside_its_successor(played: Stage) -> None:
    ts = played.workspace.post("#drafts", BAD)
    first = await played.reply(ts)
    (kept,) = [one for one in played.workspace.channel("#drafts").messages if one["ts"] == first["ts"]]
    kept["user"] = "U0CANDOROLD"  # as after Candor was installed anew: it may neither be edited nor deleted
    played.workspace.edit("#drafts", ts, f"{BAD} Once more.")
    await played.until(lambda: len(played.replies(ts)) > 1, "a second reply")
    played.workspace.edit("#drafts", ts, CLEAN)
    await played.until(lambda: "found nothing" in played.replies(ts)[-1]["text"], "the second reply brought up to date")
    assert [one["ts"] == first["ts"] for one in played.replies(ts)] == [True, False]


async def test_a_draft_that_is_edited_to_nothing_has_no_review_until_it_is_one_again(played: Stage) -> None:
    ts = played.workspace.post("#drafts", BAD)
    await played.reply(ts, "LAST CHANCE")
    played.workspace.edit("#drafts", ts, ".")
    empty = await played.reply(ts, words.NO_TEXT_LEFT)
    assert "elements" in empty["blocks"][-1]
    assert not any(action in json.dumps(empty["blocks"]) for action in ("candor_menu", "candor_why", "candor_thumb"))
    played.workspace.edit("#drafts", ts, BAD)
    assert "candor_why" in json.dumps((await played.reply(ts, "LAST CHANCE"))["blocks"])


async def test_a_deleted_draft_takes_its_reply_and_its_text_along(played: Stage) -> None:
    marker = "Zanzibarmarker"
    ts = played.workspace.post("#drafts", f"{BAD} {marker}")
    await played.reply(ts)
    played.workspace.delete("#drafts", ts)
    await played.until(lambda: not played.replies(ts), "the reply to be gone")
    await played.quiet()
    assert played.places_with(marker) == set()


async def test_while_it_is_kept_a_draft_stands_in_the_store_and_nowhere_else(
    played: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    marker = "Zanzibarmarker"
    ts = played.workspace.post("#drafts", f"{BAD} {marker}")
    await played.reply(ts)
    await played.stop()
    assert played.places_with(marker) == {"store"}
    assert marker not in caplog.text


async def test_several_platforms_in_one_message_are_reviewed_each(played: Stage) -> None:
    text = "For Mika, two versions:\n\nLinkedIn: We bake bread.\n\nIG: Act now before it's gone!"
    ts = played.workspace.post("#drafts", text)
    reply = await played.reply(ts)
    written = json.dumps(reply["blocks"], ensure_ascii=False)
    assert "Pressure without reason (Instagram)" in written
    assert "for LinkedIn, Instagram" in written


@pytest.mark.parametrize(
    "text",
    [
        "<!channel> Act now before it's gone & <https://a.example|win>\n#offer",
        "⚠️" * 40 + " act now before it's gone\nnow",
        "عرض اليوم فقط act now before it's gone\nשלום",
        "Act now\x00\x07 before it's gone\nsecond line",
        "act now before it's gone\n" + "word " * 7_990,
        "```\nact now before it's gone\n```",
    ],
    ids=["entities", "emoji", "right-to-left", "control", "40,000", "code"],
)
async def test_any_text_gets_exactly_one_reply_that_pings_nobody(played: Stage, text: str) -> None:
    ts = played.workspace.post("#drafts", text)
    reply = await played.reply(ts)
    await played.quiet()
    assert len(played.replies(ts)) == 1
    assert "<!" not in reply["text"]


async def test_a_message_of_emoji_alone_is_no_draft(played: Stage) -> None:
    ts = played.workspace.post("#drafts", ":tada: :tada:")
    await played.quiet()
    assert played.replies(ts) == []


@pytest.mark.parametrize("stage", [{"clock": lambda: NOW}], indirect=True)
async def test_two_edits_within_a_second_end_with_the_second_ones_words(stage: Stage) -> None:
    await stage.start()
    ts = stage.workspace.post("#drafts", f"{BAD} First.")
    await stage.reply(ts)
    stage.workspace.edit("#drafts", ts, f"{BAD} Second.")
    stage.workspace.edit("#drafts", ts, CLEAN)
    await stage.reply(ts, "found nothing")
