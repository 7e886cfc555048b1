"""A small part of `benchmarks`: of the chaos, with the same people, faults and auditor, and of the command for all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks.__main__ import ALL, Results, run
from benchmarks.bench import Row, told
from benchmarks.chaos.play import Plan, play
from benchmarks.plots import draw
from benchmarks.workers import CORES, Burst, rows_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.timeout(300)
async def test_nothing_is_lost_doubled_or_stale_when_the_process_is_killed_and_deliveries_are_disturbed(
    tmp_path: Path,
) -> None:
    outcome = await play(Plan("sqlite", seed=1, drafts=10, kills=1, seconds=4, few=True), tmp_path)
    assert outcome.audit.wrong == {}
    assert outcome.faults["kill -9"] == 1
    assert outcome.posts == 10


def test_a_benchmark_is_measured_once_kept_told_and_drawn(tmp_path: Path) -> None:
    (simulation,) = [measure for measure in ALL if measure.name == "queueing"]
    results = Results(tmp_path / "kept.json", quick=True, again=False)
    assert not results.has("queueing")
    results.keep("queueing", run(simulation, quick=True))
    again = Results(tmp_path / "kept.json", quick=True, again=False)
    assert again.has("queueing")
    rows = again.rows("queueing")
    assert all(0.85 < row.ratio < 1.15 for row in rows if row.ratio)
    assert "300 drafts of one workspace, model 30 s: first words, median" in told(rows)
    with pytest.raises(SystemExit, match="another kind of run"):
        Results(tmp_path / "kept.json", quick=False, again=False)
    several = [Row(f"{number:,} variants, {number:,} texts: processor time", number / 1000) for number in (1000, 5000)]
    draw({"Queueing": rows, "Variants": several}, tmp_path / "plots")
    drawn = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "plots").iterdir()}
    assert drawn.keys() == {"aims.svg", "ratios.svg", "variants.svg"}
    assert "full review, last" in drawn["ratios.svg"]
    assert "different texts" in drawn["variants.svg"]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (Row("a", 1.1, 1.0, aim=1.08, of_ratio=True), "≤ 1.08 ×: no"),
        (Row("a", 0.9, 1.0, aim=1.08, of_ratio=True), "≤ 1.08 ×: yes"),
        (Row("a", 0, unit="", aim=0), "≤ 0: yes"),
        (Row("a", 1, unit="", aim=0), "≤ 0: no"),
        (Row("a", 5001, unit="", aim=5000, at_least=True), "≥ 5000: yes"),
        (Row("a", 4999, 1000, unit="", aim=5000, at_least=True), "≥ 5000: no"),
        (Row("a", 3.0), ""),
    ],
)
def test_a_row_says_whether_its_aim_is_reached(row: Row, says: str) -> None:
    assert row.cells[-1] == says


def test_two_workers_are_held_against_one_and_what_limits_them_is_told() -> None:
    one = Burst(100, 10.0, (6.0,), receiver=1.0, database=2.0, around=1.0, asked=50.0)
    two = Burst(100, 6.25, (4.0, 2.0), receiver=1.0, database=2.0, around=1.0, asked=50.0)
    found = {row.what.removeprefix("burst"): row for row in rows_of("burst", 100, {1: one, 2: two}, {1: one, 2: one})}
    assert found[": 2 workers, times one"] == Row(
        "burst: 2 workers, times one", 1.6, 1.0, unit="", aim=1.8, at_least=True
    )
    assert found[", 2 workers: drafts answered a second"].candor == 16
    assert found[", 2 workers: calls under way"].candor == 8
    assert found[", 2 workers: the busiest one's part of their work"].candor == pytest.approx(2 / 3)
    assert found[", 1 worker: processor time a draft, workers"].candor == 60
    assert not [what for what in found if "cores allow" in what]


def test_where_processor_time_is_the_limit_it_is_told_how_much_the_cores_allow() -> None:
    one = Burst(100, 10.0, (6.0,), receiver=1.0, database=2.0, around=1.0, asked=0.0)
    *_, last = rows_of("burst", 100, {1: one}, {})
    assert "cores allow" in last.what
    assert last.candor == CORES * 0.6
