"""The weekly digest, from drafts and decisions to the post in its channel."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.journeys.conftest import BAD
from tests.journeys.test_buttons import click, dismiss, until_reply
from tests.journeys.test_mutes import UP, thumb

if TYPE_CHECKING:
    from tests.journeys.conftest import Stage

MONDAY = "Monday 09:00 UTC"
DAY = 24 * 3600.0


async def start(stage: Stage, **more: str) -> None:
    """The bot goes by the workspace's clock and has looked once whether a digest is due."""
    await stage.rehearse(**{"DIGEST_CHANNEL": "brand", "DIGEST_TIME": MONDAY} | more)
    await stage.quiet()


def now(stage: Stage) -> datetime:
    return datetime.fromtimestamp(stage.workspace.hub.clock.now(), UTC)


async def to(stage: Stage, weekday: int, hour: float) -> None:
    """Move everybody's clock to the next such moment, UTC."""
    await stage.settled()
    moment = now(stage).replace(hour=0, minute=0, second=0, microsecond=0)
    moment += timedelta(days=(weekday - moment.weekday()) % 7, hours=hour)
    ahead = (moment - now(stage)).total_seconds()
    stage.workspace.advance(ahead if ahead > 0 else ahead + 7 * DAY)


def digests(stage: Stage) -> list[dict[str, Any]]:
    """The digests in the channel, the oldest first."""
    return [message for message in stage.workspace.messages("#brand") if key_of(message).startswith("digest:")]


def key_of(message: dict[str, Any]) -> str:
    metadata: dict[str, Any] = message.get("metadata") or {"event_payload": {"key": ""}}
    return str(metadata["event_payload"]["key"])


async def until_digests(stage: Stage, number: int) -> dict[str, Any]:
    """The latest digest, once there are so many."""
    await stage.until(lambda: len(digests(stage)) >= number, f"{number} digests")
    assert len(digests(stage)) == number
    return digests(stage)[-1]


def written(message: dict[str, Any]) -> str:
    return json.dumps(message["blocks"], ensure_ascii=False)


@pytest.mark.both_databases
async def test_at_its_hour_the_digest_tells_what_was_counted(stage: Stage) -> None:
    await to(stage, 2, 12)
    await start(stage)
    ts = stage.workspace.post("#drafts", BAD)
    await stage.reply(ts)
    await click(stage, ts, "candor_use")
    await until_reply(stage, ts, "Used: ")
    await dismiss(stage, ts)
    await until_reply(stage, ts, "Dismissed: “")
    await thumb(stage, ts, UP)
    await to(stage, 0, 8.9)
    stage.workspace.advance(400)
    digest = await until_digests(stage, 1)
    said = written(digest)
    assert "2 drafts read*, by fixed checks only" in said
    assert "nothing to flag" not in said
    assert "1 accepted, 1 dismissed.\\n1 review was called helpful." in said
    assert "in the week before" not in said
    assert "It's late" not in said
    assert "Automated digest from Candor." in said
    assert "2 drafts read" in digest["text"]
    (chart,) = [block for block in digest["blocks"] if block["type"] == "data_visualization"]
    assert chart["chart"]["axis_config"]["categories"] == ["Authenticity", "Transparency", "User control"]
    assert "dana" not in said.lower()


async def test_a_second_week_is_compared_with_the_first_and_the_restarted_bot_sends_nothing_twice(stage: Stage) -> None:
    await to(stage, 0, 10)
    await start(stage)
    await to(stage, 0, 9.01)
    await until_digests(stage, 1)
    await stage.stop()
    await start(stage)
    await stage.reply(stage.workspace.post("#drafts", BAD))
    await to(stage, 0, 9.01)
    assert "the week before)" in written(await until_digests(stage, 2))


async def test_a_digest_missed_by_less_than_a_week_comes_late_and_says_so(stage: Stage) -> None:
    await to(stage, 2, 12)
    await start(stage)
    await stage.stop()
    await to(stage, 3, 12)
    stage.workspace.advance(7 * DAY)
    await start(stage)
    assert "was due on <!date^" in written(await until_digests(stage, 1))


async def test_digests_of_a_long_outage_are_left_out_and_the_next_one_says_so(stage: Stage) -> None:
    await to(stage, 2, 12)
    await start(stage)
    await stage.stop()
    stage.workspace.advance(21 * DAY)
    await start(stage)
    said = written(await until_digests(stage, 1))
    assert "I skipped 2 digests, due from <!date^" in said
    assert "It's late" in said


async def test_a_week_without_drafts_is_one_line(stage: Stage) -> None:
    await start(stage)
    await to(stage, 0, 9.01)
    await until_digests(stage, 1)
    await to(stage, 0, 9.01)
    digest = await until_digests(stage, 2)
    assert "no drafts were reviewed." in digest["text"]
    assert len(digest["blocks"]) == 2


async def test_where_slack_takes_no_chart_the_bars_are_made_of_characters(stage: Stage) -> None:
    await start(stage)
    await stage.reply(stage.workspace.post("#drafts", BAD))
    stage.workspace.faults.on("chat.postMessage", error="invalid_blocks")
    await to(stage, 0, 9.01)
    digest = await until_digests(stage, 1)
    assert "data_visualization" not in written(digest)
    assert "User control: █" in written(digest)


async def test_a_post_whose_answer_was_lost_is_found_again_and_not_repeated(stage: Stage) -> None:
    await start(stage)
    stage.workspace.faults.on("chat.postMessage", drop=True)
    await to(stage, 0, 9.01)
    await stage.until(lambda: not stage.workspace.faults.calls, "the fault to strike")
    stage.workspace.advance(120)
    await until_digests(stage, 1)
    await stage.quiet()
    assert len(digests(stage)) == 1


async def test_where_candor_cannot_post_a_brand_lead_hears_of_it_once(stage: Stage) -> None:
    await start(stage, DIGEST_CHANNEL="general")
    await to(stage, 0, 9.01)

    def told() -> list[str]:
        return [m["text"] for m in stage.workspace.messages("@mika") if "weekly digest" in m["text"]]

    await stage.until(told, "the message to the brand lead")
    stage.workspace.advance(3600)
    await stage.quiet()
    assert len(told()) == 1
    assert "#general" in told()[0]
