"""When a digest is due: once in every ISO week, at the workspace's own weekday, time and time zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from bot.core.workspace_settings import DigestSettings

ON_TIME = 15 * 60.0
"""Seconds after its moment that a digest still counts as punctual."""
_WEEK = timedelta(days=7)
_MOST_MISSED = 520


@dataclass(frozen=True, slots=True)
class Slot:
    """A moment (seconds since 1970) at which a digest is due, and its ISO week, such as ``2026-W01``."""

    week: str
    moment: float


@dataclass(frozen=True, slots=True)
class Due:
    """The digest to send now. ``missed`` are the weeks before it that nobody sent in time, the oldest first."""

    slot: Slot
    previous: Slot
    """The one a week before, where the figures begin."""
    missed: tuple[Slot, ...] = ()


def due(settings: DigestSettings, now: float, begun: float, last: str) -> Due | None:
    """What is to be sent at ``now``, or None.

    Args:
        settings: Its channel, weekday, time and time zone.
        now: Seconds since 1970.
        begun: Since when this schedule counts: no digest is due for an earlier moment.
        last: The latest week that was dealt with, "" for none. Weeks up to this one never come again.
    """
    slot = latest_slot(settings, now)
    if not settings.channel or not _counts(slot, begun, last):
        return None
    previous = latest_slot(settings, slot.moment - 1)
    missed: list[Slot] = []
    earlier = previous
    while _counts(earlier, begun, last) and len(missed) < _MOST_MISSED:
        missed.append(earlier)
        earlier = latest_slot(settings, earlier.moment - 1)
    return Due(slot, previous, tuple(reversed(missed)))


def latest_slot(settings: DigestSettings, now: float) -> Slot:
    """The latest moment up to ``now`` that the settings name.

    The wall clock counts. A time that the clocks jump over comes as much later as they jump; of a time that they pass
    twice it is the first.
    """
    zone = ZoneInfo(settings.zone)
    today = datetime.fromtimestamp(now, UTC).astimezone(zone).date()
    day = today - timedelta(days=today.weekday() - settings.weekday)
    while (moment := _moment(day, settings, zone)) > now:
        day -= _WEEK
    return Slot(iso_week(day), moment)


def week_of(settings: DigestSettings, now: float) -> str:
    """The ISO week in which the moment lies, by the workspace's calendar."""
    return iso_week(datetime.fromtimestamp(now, UTC).astimezone(ZoneInfo(settings.zone)).date())


def iso_week(day: date) -> str:
    """``2026-W53`` and the like: later weeks sort after earlier ones."""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def schedule(settings: DigestSettings) -> str:
    """Changes with whatever decides when a digest is due; "" where none is wanted."""
    if not settings.channel:
        return ""
    return f"{settings.weekday} {settings.hour:02}:{settings.minute:02} {settings.zone}"


def _counts(slot: Slot, begun: float, last: str) -> bool:
    return slot.moment >= begun and slot.week > last


def _moment(day: date, settings: DigestSettings, zone: ZoneInfo) -> float:
    return datetime.combine(day, time(settings.hour, settings.minute), zone).timestamp()
