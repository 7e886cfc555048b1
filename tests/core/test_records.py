"""Ids, revisions and small look-ups."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.core.drafts import Place, newer
from bot.core.reviewing import ReviewJob

if TYPE_CHECKING:
    from bot.core.guidelines import Library

PLACE = Place("T1", "C1", "1800000000.000100")


def test_a_drafts_id_leads_back_to_its_place() -> None:
    assert PLACE.draft_id == "T1:C1:1800000000.000100"
    assert Place.of(PLACE.draft_id) == PLACE


def test_a_jobs_key_names_draft_revision_and_round_and_its_workspace() -> None:
    job = ReviewJob(PLACE.draft_id, "1800000009.000200", 2)
    assert job.key == "review:T1:C1:1800000000.000100:1800000009.000200:2"
    assert job.team == "T1"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("1800000009.000200", "0", True),
        ("0", "0", False),
        ("1800000009.000200", "1800000009.000200", False),
        ("1800000010.000000", "1800000009.999999", True),
        ("1800000009.000201", "1800000009.000200", True),
        ("999999999.000000", "1000000000.000000", False),
    ],
)
def test_the_later_revision_is_newer(one: str, other: str, *, expected: bool) -> None:
    assert newer(one, other) is expected


def test_a_guideline_is_found_by_its_id(library: Library) -> None:
    first = library.guidelines[0]
    assert library.find(first.id) == first
    assert library.find("misc/nothing") is None
    assert first.id.startswith(f"{first.family}/")
