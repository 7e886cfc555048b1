"""The digest's blocks are ones that Slack takes, with a chart or without."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from bot.core.brand.facts import EvidenceLapse, Fact
from bot.core.deciding import FeedbackCount
from bot.core.digesting import WEEK, Digest, Figures, Health, Lapse, Period
from bot.core.home import HomeTab
from bot.core.settings import WorkspaceSettings
from bot.slack.digesting import digest_blocks, digest_text
from bot.slack.home import home_view
from bot.workspace.checking import check_message_blocks
from tests.contracts.checking import check_blocks

NOW = 1_800_000_000.0
PRESSURE = "user-control/no-false-pressure"
TITLES = {PRESSURE: "Pressure & haste"}
BOTH = {PRESSURE: "Pressure & haste (guideline “No false <pressure>”)"}
FULL = Digest(
    Period(NOW - WEEK, NOW),
    "Europe/Berlin",
    Figures(12, 5, ((PRESSURE, 6), ("transparency/paid", 3)), accepted=4, dismissed=2, median_wait=8.0),
    before=Figures(10, 5, ((PRESSURE, 6),), accepted=1, dismissed=1, median_wait=None),
    must_fix_open=1,
    health=(Health(PRESSURE, 25, 9),) * 5,
    waiting=2,
    lapsing=(Lapse(PRESSURE, NOW),),
    late=NOW,
    missed=(NOW - WEEK,),
)


def kinds(blocks: list[dict[str, Any]]) -> list[str]:
    return [block["type"] for block in blocks]


def test_slack_takes_every_block_and_the_chart_as_documented() -> None:
    blocks = digest_blocks(FULL, TITLES, BOTH)
    assert check_message_blocks(blocks) == blocks
    assert check_blocks([block for block in blocks if block["type"] != "data_visualization"]) == []
    (chart,) = [block["chart"] for block in blocks if block["type"] == "data_visualization"]
    assert [one["name"] for one in chart["series"]] == ["This week", "The week before"]
    assert [point["value"] for point in chart["series"][0]["data"]] == [0, 3, 6]


def test_without_a_chart_there_are_only_blocks_that_slack_always_had() -> None:
    blocks = digest_blocks(FULL, TITLES, BOTH, chart=False)
    assert check_blocks(blocks) == []
    assert "data_visualization" not in kinds(blocks)
    assert "████" in json.dumps(blocks, ensure_ascii=False)
    assert kinds(blocks).count("section") == 4 + 3


def test_thumbs_have_a_line_only_where_somebody_gave_one() -> None:
    assert "called" not in json.dumps(digest_blocks(FULL, TITLES, BOTH))
    rated = replace(FULL, figures=replace(FULL.figures, thumbs=FeedbackCount(12, 3)))
    assert "2 dismissed.\\n12 reviews were called helpful, 3 not." in json.dumps(digest_blocks(rated, TITLES, BOTH))


def test_evidence_that_lapses_has_a_line_in_the_digest_and_on_home() -> None:
    lapse = EvidenceLapse(Fact("<94%>", until="2026-12-01"), "2026-11-30", approved=4, waiting=2)
    said = "The evidence for “&lt;94%&gt;” lapses on 1 December. 4 approved posts and 2 waiting drafts use it."
    week = Digest(FULL.period, FULL.zone, Figures(), evidence=(lapse,))
    assert said in json.dumps(digest_blocks(week, TITLES, BOTH), ensure_ascii=False)
    home = home_view(HomeTab("U1", WorkspaceSettings(), week=week))
    assert said in json.dumps(home, ensure_ascii=False)


def test_a_title_becomes_no_markup() -> None:
    blocks = digest_blocks(FULL, TITLES, BOTH)
    said = json.dumps(blocks, ensure_ascii=False)
    assert "People dismissed *Pressure &amp; haste (guideline “No false &lt;pressure&gt;”)* 9 times" in said
    assert "Pressure &amp; haste: 6" in said


def test_weeks_without_points_or_without_anything_are_short() -> None:
    plain = replace(FULL, figures=Figures(3, 3), before=None, must_fix_open=0, health=(), waiting=0, lapsing=())
    clean = digest_blocks(replace(plain, late=None, missed=()), TITLES, BOTH)
    assert kinds(clean) == ["header", "section", "context"]
    quiet = replace(plain, figures=Figures())
    assert kinds(digest_blocks(quiet, TITLES, BOTH)) == ["section", "context", "context", "context"]
    assert check_blocks(digest_blocks(quiet, TITLES, BOTH)) == []
    assert digest_text(quiet).endswith("no drafts were reviewed.")
    assert "12 drafts read" in digest_text(FULL)
