"""Numbers know their units, wherever these stand."""

from __future__ import annotations

import pytest

from bot.core.reading.quantities import quantities


@pytest.mark.parametrize(
    ("said", "source", "same"),
    [
        ("20%", "by 20 percent", True),
        ("20 %", "20 days", False),
        ("£12", "12 pounds", True),
        ("GBP 12", "12 days", False),
        ("£4 per month", "£4", True),
        ("£4 a day", "£4 a month", False),
        ("3 days", "3 working days", True),
        ("3 oak planters", "only 3 left", True),
        ("3 days", "only 3 left", False),
        ("20", "20%", False),
        ("1,200 people", "1.200 people", True),
        ("at 7 p.m.", "until 7 pm", True),
        ("at 7 am", "at 7 pm", False),
        ("12 pounds", "£12–15 a month", True),
        ("£15", "£12–15 a month", True),
        ("20 days", "20 to 30 days", True),
        ("30 days", "20. In 30 days", True),
        ("20 days", "20. In 30 days", False),
        ("three weeks", "in three weeks", True),
        ("three weeks", "in three days", False),
        ("14 January 2027", "14/01/2027", True),
        ("24 Stunden", "nach 24 Std", True),
        ("30 minutes", "30\nminutes", False),
    ],
)
def test_a_number_is_the_same_with_its_unit(said: str, source: str, *, same: bool) -> None:
    known = quantities(source)
    first = quantities(said)[0]
    assert any(map(first.is_of, known)) is same


def test_what_has_no_unit_may_have_to_count_the_same() -> None:
    (loaves,) = quantities("bakes 40 loaves")
    assert [quantities(said)[0].counts_the_same(loaves) for said in ("40 loaves", "40 people", "40.", "40 days")] == [
        True,
        False,
        True,
        False,
    ]
