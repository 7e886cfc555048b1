from __future__ import annotations

import pytest
from babel import Locale

from benchmarks.territories import listed
from bot.core.labels import WORDINGS
from bot.core.reading.places import (
    covers,
    exceeds,
    meet,
    names_a_place,
    nearest_place,
    parts_of,
    place_names,
    places_in,
)
from bot.core.reading.territories import TERRITORIES


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
        "D-A-CH",
        "RoW",
        "Nordics",
        "Côte d'Ivoire",
        "Guinea-Bissau",
        "Deutschland",
        "worldwide",
        "South Korea (Seoul)",
        "Étranger, surtout l'Allemagne",
    ],
)
def test_places_that_people_name(text: str) -> None:
    assert names_a_place(text)


@pytest.mark.parametrize(
    "text", ["Atlantis", "123", "for us", "in it", "Germanyland", "New Denmark", "!", "", "Narnia and Oz"]
)
def test_what_is_no_place(text: str) -> None:
    assert not names_a_place(text)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Germnay", "Germany"),
        ("nordic", "Nordics"),
        ("united kingdon", "United Kingdom"),
        ("Frankreihc", "Frankreich"),
        ("123", ""),
    ],
)
def test_a_slip_of_the_pen_is_understood(typed: str, meant: str) -> None:
    assert nearest_place(typed) == meant


def test_every_name_is_found_whole_and_leads_to_countries_that_lie_somewhere() -> None:
    names, world = place_names(), parts_of("001")
    assert len(names) == len(set(names))
    assert [name for name in names if not places_in(name).exact] == []
    assert [name for name in names if not parts_of("001") >= places_in(name).parts or not places_in(name).parts] == []
    assert world >= {"DE", "US-NY", "GB-SCT", "XK"}


def test_the_table_is_the_one_that_the_unicode_consortium_keeps() -> None:
    entries = (entry.partition(": ") for entry in " ".join(TERRITORIES.split()).split("; "))
    assert {code: tuple(names.split(", ")) for code, _, names in entries} == listed()


@pytest.mark.parametrize("code", ["US", "GB", "DE", "FR", "PL", "EU", "CN", "CH", "BR"])
def test_a_country_is_the_same_in_each_language_of_the_labels(code: str) -> None:
    for language in WORDINGS:
        name = Locale(language).territories[code]
        assert places_in(name).parts == parts_of(code), name
        assert places_in(name.upper()).parts == parts_of(code), name


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("U.S.A.", "US"),
        ("EE.UU.", "US"),
        ("EE. UU.", "US"),
        ("Etats-Unis", "US"),
        ("Espana", "ES"),
        ("UE", "EU"),
        ("Großbritannien", "GB"),
        ("Northern Ireland", "GB-NIR"),
        ("Ireland", "IE"),
        ("Ireland (North)", "GB-NIR"),
        ("New South Wales", "AU"),
        ("New England", "US-CT US-MA US-ME US-NH US-RI US-VT"),
        ("Nueva York", "US-NY"),
        ("Österreich/Schweiz", "AT CH"),
        ("Equatorial Guinea", "GQ"),
        ("Saint-Martin", "MF SX"),
        ("Saint Lucia", "LC"),
        ("Trinidad and Tobago", "TT"),
        ("Bosnia & Herzegovina", "BA"),
        ("Benelux without Belgium", "LU NL"),
        ("Benelux sauf la Belgique", "LU NL"),
        ("UK, nicht Schottland", "GB-ENG GB-NIR GB-WLS"),
        ("D-A-CH", "AT CH DE"),
    ],
)
def test_what_a_name_stands_for(text: str, codes: str) -> None:
    assert places_in(text).parts == parts_of(codes)


@pytest.mark.parametrize("text", ["Non-EU", "not EU", "hors UE", "poza UE", "outside the European Union"])
def test_what_is_left_out_is_the_world_without_it(text: str) -> None:
    assert places_in(text).parts == parts_of("001") - parts_of("EU")


@pytest.mark.parametrize(
    ("markets", "seen", "within"),
    [
        ("EU", "Germany", True),
        ("Europe", "France", True),
        ("DACH", "Deutschland", True),
        ("worldwide", "Chile", True),
        ("United States", "Texas", True),
        ("UK", "Scotland", True),
        ("Germany,Austria,Switzerland", "DACH", True),
        ("Germany", "Berlin (Germany)", True),
        ("Atlantis", "atlantis ", True),
        ("Germany", "EU", False),
        ("Berlin (Germany)", "Germany", False),
        ("EU", "UK", False),
        ("EU", "Germany,UK", False),
        ("EU without Germany", "Germany", False),
        ("EU", "Atlantis", False),
        ("EU", "RoW", False),
    ],
)
def test_what_lies_within_the_markets_of_a_fact(markets: str, seen: str, *, within: bool) -> None:
    assert covers(markets.split(","), seen.split(",")) is within


def test_markets_meet_where_one_has_a_part_of_the_other() -> None:
    new_york = parts_of("US-NY")
    assert meet(["USA"], new_york)
    assert meet(["Germany", "New York"], new_york)
    assert not meet(["California"], new_york)
    assert not meet([], new_york)


@pytest.mark.parametrize(
    ("seen", "markets"),
    [
        ("France", "UK"),
        ("UK", "England"),
        ("EU", "Germany"),
        ("worldwide", "UK"),
        ("UK, France", "UK"),
        ("UK", "EU"),
        ("Ireland", "Northern Ireland"),
        ("Berlin (Germany)", "UK"),
        ("Japan", "Central Europe"),
    ],
)
def test_a_post_is_surely_seen_outside(seen: str, markets: str) -> None:
    assert exceeds(markets.split(", "), seen.split(", "))
    assert not covers(markets.split(", "), seen.split(", "))


@pytest.mark.parametrize(
    ("seen", "markets"),
    [
        ("Europe", "EU"),
        ("Western Europe", "France"),
        ("UK", "Western Europe"),
        ("Bavaria", "Germany"),
        ("Germany", "Bavaria"),
        ("Germany", "Berlin (Germany)"),
        ("rest of the world", "UK"),
    ],
)
def test_where_nobody_can_tell_it_neither_lies_within_nor_outside(seen: str, markets: str) -> None:
    assert not exceeds([markets], [seen])
    assert not covers([markets], [seen])


@pytest.mark.parametrize(
    ("seen", "markets"),
    [
        ("United Kingdom", "UK"),
        ("Great Britain", "UK"),
        ("Germany", "EU"),
        ("France", "Europe"),
        ("Deutschland", "DACH"),
        ("France", "worldwide"),
        ("Bavaria", "bavaria"),
    ],
)
def test_what_lies_within_is_not_outside(seen: str, markets: str) -> None:
    assert covers([markets], [seen])
    assert not exceeds([markets], [seen])
