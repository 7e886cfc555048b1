"""When a digest is due: every weekday and time zone, over daylight saving, year ends and outages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.digesting import due, iso_week, latest_slot, schedule, week_of
from bot.core.settings import DigestSettings

MONDAY = DigestSettings(channel="brand", zone="Europe/Berlin")
ALWAYS = 0.0
HOUR, DAY = 3600.0, 24 * 3600.0
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu")


def at(text: str, zone: str = "Europe/Berlin") -> float:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp()


@pytest.mark.parametrize(
    ("now", "last", "week", "missed"),
    [
        ("2026-07-20 09:00", "", "2026-W30", []),
        ("2026-07-20 09:00", "2026-W29", "2026-W30", []),
        ("2026-07-20 08:59", "2026-W29", None, []),
        ("2026-07-20 09:00", "2026-W30", None, []),
        ("2026-07-23 18:00", "2026-W29", "2026-W30", []),
        ("2026-07-27 08:59", "2026-W29", "2026-W30", []),
        ("2026-07-27 09:00", "2026-W29", "2026-W31", ["2026-W30"]),
        ("2026-08-05 12:00", "2026-W29", "2026-W32", ["2026-W30", "2026-W31"]),
        ("2026-07-20 09:00", "2026-W31", None, []),
        ("2027-01-04 09:00", "2026-W53", "2027-W01", []),
        ("2026-12-28 09:00", "2026-W52", "2026-W53", []),
        ("2027-01-11 09:00", "2026-W52", "2027-W02", ["2026-W53", "2027-W01"]),
    ],
)
def test_what_is_due(now: str, last: str, week: str | None, missed: list[str]) -> None:
    begun = at("2026-07-20 00:00") if not last else ALWAYS
    found = due(MONDAY, at(now), begun, last=last)
    assert (found.slot.week if found else None) == week
    assert [slot.week for slot in found.missed] == missed if found else missed == []


def test_nothing_is_due_without_a_channel_or_before_the_schedule_began() -> None:
    now = at("2026-07-20 10:00")
    assert due(DigestSettings(zone="Europe/Berlin"), now, ALWAYS, last="") is None
    assert due(MONDAY, now, at("2026-07-20 09:30"), last="") is None
    later = due(MONDAY, at("2026-08-03 10:00"), at("2026-07-20 09:30"), last="")
    assert later is not None
    assert [slot.week for slot in later.missed] == ["2026-W31"]


def test_after_years_away_only_so_many_weeks_are_named() -> None:
    found = due(MONDAY, at("2046-01-01 10:00"), ALWAYS, last="2026-W30")
    assert found is not None
    assert len(found.missed) == 520


@pytest.mark.parametrize(
    ("weekday", "hour", "minute", "now", "expected"),
    [
        # Clocks go from 02:00 to 03:00 on 29 March 2026: half past two comes an hour later.
        (6, 2, 30, "2026-03-29 04:00", "2026-03-29T01:30:00+00:00"),
        (6, 3, 0, "2026-03-29 04:00", "2026-03-29T01:00:00+00:00"),
        # They go from 03:00 back to 02:00 on 25 October 2026: half past two comes twice, and the first one counts.
        (6, 2, 30, "2026-10-25 12:00", "2026-10-25T00:30:00+00:00"),
        (0, 9, 0, "2026-03-30 10:00", "2026-03-30T07:00:00+00:00"),
        (0, 9, 0, "2026-10-26 10:00", "2026-10-26T08:00:00+00:00"),
        (0, 0, 0, "2026-03-30 00:00", "2026-03-29T22:00:00+00:00"),
    ],
)
def test_the_wall_clock_counts_when_clocks_change(
    weekday: int, hour: int, minute: int, now: str, expected: str
) -> None:
    settings = DigestSettings("brand", weekday, hour, minute=minute, zone="Europe/Berlin")
    assert datetime.fromtimestamp(latest_slot(settings, at(now)).moment, UTC).isoformat() == expected


def test_a_week_over_a_clock_change_is_no_week_missed() -> None:
    for before, after, week in (
        ("2026-03-23 09:00", "2026-03-30 09:00", "2026-W14"),
        ("2026-10-19 09:00", "2026-10-26 09:00", "2026-W44"),
    ):
        last = latest_slot(MONDAY, at(before)).week
        assert due(MONDAY, at(after) - 1, ALWAYS, last=last) is None
        found = due(MONDAY, at(after), ALWAYS, last=last)
        assert found is not None
        assert (found.slot.week, found.missed) == (week, ())


@pytest.mark.parametrize(
    ("day", "week"),
    [("2026-01-01", "2026-W01"), ("2027-01-01", "2026-W53"), ("2024-12-30", "2025-W01"), ("2023-01-01", "2022-W52")],
)
def test_the_iso_week_at_the_end_of_a_year(day: str, week: str) -> None:
    assert iso_week(datetime.fromisoformat(day).date()) == week


def test_the_week_is_that_of_the_workspaces_calendar() -> None:
    sunday_night = at("2026-07-19 23:30", "UTC")
    assert week_of(DigestSettings(zone="UTC"), sunday_night) == "2026-W29"
    assert week_of(DigestSettings(zone="Asia/Tokyo"), sunday_night) == "2026-W30"


def test_a_schedule_changes_with_whatever_moves_the_moment() -> None:
    assert schedule(DigestSettings()) == ""
    assert schedule(MONDAY) == "0 09:00 Europe/Berlin"
    assert schedule(MONDAY) == schedule(DigestSettings("other", zone="Europe/Berlin"))


SETTINGS = st.builds(
    DigestSettings,
    channel=st.just("brand"),
    weekday=st.integers(0, 6),
    hour=st.integers(0, 23),
    minute=st.integers(0, 59),
    zone=st.sampled_from(ZONES),
)
START = datetime(2020, 1, 1, tzinfo=UTC).timestamp()


@given(SETTINGS, st.floats(START, START + 20 * 366 * DAY))
def test_the_latest_slot_is_never_later_than_now_and_the_next_one_is_about_a_week_on(
    settings: DigestSettings, now: float
) -> None:
    slot = latest_slot(settings, now)
    assert 0 <= now - slot.moment <= 8 * DAY
    following = latest_slot(settings, slot.moment + 8 * DAY)
    assert 6 * DAY < following.moment - slot.moment < 8 * DAY
    assert following.week > slot.week


@given(SETTINGS, st.integers(0, 15 * 365), st.lists(st.floats(0.01, 40), min_size=1, max_size=30))
def test_every_week_is_dealt_with_exactly_once_however_long_the_pauses_are(
    settings: DigestSettings, day: int, pauses: list[float]
) -> None:
    now = begun = START + day * DAY
    last, seen = "", list[str]()
    for pause in pauses:
        now += pause * DAY
        while found := due(settings, now, begun, last=last):
            assert now - found.slot.moment <= 8 * DAY
            assert all(slot.moment < found.slot.moment for slot in found.missed)
            weeks = [*(slot.week for slot in found.missed), found.slot.week]
            seen += weeks
            last = found.slot.week
    assert seen == sorted(set(seen))
    expected: list[str] = []
    slot = latest_slot(settings, now)
    while slot.moment >= begun:
        expected.append(slot.week)
        slot = latest_slot(settings, slot.moment - 1)
    assert seen == expected[::-1]


@given(SETTINGS, st.integers(0, 15 * 365))
def test_looking_every_minute_finds_it_within_a_minute(settings: DigestSettings, day: int) -> None:
    start = START + day * DAY
    moment = latest_slot(settings, start + 8 * DAY).moment
    assert due(settings, moment - 1, START, last=latest_slot(settings, moment - 1).week) is None
    assert due(settings, moment + timedelta(minutes=1).total_seconds(), START, last="") is not None
