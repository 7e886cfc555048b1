"""A small part of `benchmarks/chaos`, with the same people, faults and auditor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks.chaos.play import Plan, play

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
