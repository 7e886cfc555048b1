from __future__ import annotations

import pytest

from bot.core.settings import NAMES, names_a_place, nearest_place


@pytest.mark.parametrize(
    "text",
    [
        "Germany",
        "germany",
        "Berlin, Germany",
        "US",
        "us",
        "EU + UK",
        "the U.S. and Canada",
        "DACH",
        "dach",
        "Nordics",
        "Côte d'Ivoire",
        "Guinea-Bissau",
        "Deutschland",
        "worldwide",
        "South Korea (Seoul)",
        *NAMES,
    ],
)
def test_places_that_people_name(text: str) -> None:
    assert names_a_place(text)


@pytest.mark.parametrize("text", ["Atlantis", "123", "for us", "in it", "Germanyland", "!", "", "Narnia and Oz"])
def test_what_is_no_place(text: str) -> None:
    assert not names_a_place(text)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Germnay", "Germany"), ("nordic", "Nordics"), ("united kingdon", "United Kingdom"), ("123", "")],
)
def test_a_slip_of_the_pen_is_understood(typed: str, meant: str) -> None:
    assert nearest_place(typed) == meant


def test_the_list_is_whole_and_has_no_name_twice() -> None:
    assert len(NAMES) == len(set(NAMES))
    assert len(NAMES) > 249
