"""What came of the reviews: counts by guideline, never by person, and nobody's words."""

from __future__ import annotations

import csv
import math
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime
from html import escape
from io import StringIO
from typing import TYPE_CHECKING, Protocol, runtime_checkable
from zoneinfo import ZoneInfo

from bot.core.deciding import VerdictReason
from bot.core.digesting import ENOUGH
from bot.core.judging import Outcome, Strictness
from bot.core.reading.tables import CELL_ENDS, FORMULA_SIGNS
from bot.core.reviewing import approved_at, standing_in
from bot.core.spending import Spent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bot.core.digesting import Period
    from bot.core.reviewing import DraftState


# A share, and how far it may be from the truth, given how few cases it rests on.

Z = 1.96


@dataclass(frozen=True, slots=True)
class Rate:
    """``count`` of ``of``, with Wilson's interval at 95 %; None where there is nothing to divide by."""

    count: int
    of: int
    value: float | None
    low: float | None
    high: float | None

    @property
    def says_something(self) -> bool:
        """False of so few that people would read chance as a figure."""
        return self.of >= ENOUGH


def rate(count: int, of: int) -> Rate:
    """The share with Wilson's interval."""
    if not of:
        return Rate(count, of, None, low=None, high=None)
    p, spread = count / of, 1 + Z * Z / of
    middle = (p + Z * Z / (2 * of)) / spread
    half = Z * math.sqrt(p * (1 - p) / of + Z * Z / (4 * of * of)) / spread
    return Rate(count, of, p, low=max(0.0, middle - half), high=min(1.0, middle + half))


# What is counted.

MONTHS, _MOST_MONTHS = 3, 120
"""The current one among them."""


@dataclass(frozen=True, slots=True)
class GuidelineProof:
    """What people made of a guideline's points. ``dismissed`` are pairs of a reason and a number, the greatest first.

    ``edited`` are those that nobody decided and that were gone after an edit.
    """

    guideline: str
    shown: int
    used: int = 0
    edited: int = 0
    dismissed: tuple[tuple[VerdictReason | None, int], ...] = ()

    @property
    def rates(self) -> dict[str, Rate]:
        """Each kind of answer as a share of what was shown."""
        numbers = {"used": self.used, "dismissed": sum(n for _, n in self.dismissed), "edited_away": self.edited}
        return {name: rate(number, self.shown) for name, number in numbers.items()}


@dataclass(frozen=True, slots=True)
class ProofCounts:
    """What was counted of drafts that still exist. ``repeats`` are points that came back after their dismissal."""

    guidelines: tuple[GuidelineProof, ...] = ()
    repeats: int = 0
    replies: int = 0
    median_wait: float | None = None
    """Seconds from a draft to its reply; half of the replies came sooner. None where there were none."""


@dataclass(frozen=True, slots=True)
class Proof:
    """The counts with what the language model cost in the same months. Without prices only tokens are known."""

    period: Period
    zone: str
    counts: ProofCounts
    spent: Spent = field(default_factory=Spent)
    accepted: int = 0
    priced: bool = False


def months_until(now: float, zone: str, number: int) -> tuple[float, tuple[str, ...]]:
    """When so many months began, and what they are called; the last is the current one."""
    first = datetime.fromtimestamp(now, ZoneInfo(zone)).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    counted = [first.year * 12 + first.month - 1 - back for back in range(min(number, _MOST_MONTHS))]
    names = [f"{month // 12}-{month % 12 + 1:02}" for month in reversed(counted)]
    begin = first.replace(year=counted[-1] // 12, month=counted[-1] % 12 + 1)
    return begin.timestamp(), tuple(names)


# What each strictness would have flagged among the latest drafts, and how many of those were fine as they were.


@dataclass(frozen=True, slots=True)
class LevelCount:
    """``fine`` of the ``flagged`` drafts were approved as first written, or had all their points dismissed."""

    level: Strictness
    flagged: int
    fine: int


@dataclass(frozen=True, slots=True)
class WouldFlag:
    """Of the latest drafts that were reviewed."""

    drafts: int = 0
    levels: tuple[LevelCount, ...] = ()


@dataclass(frozen=True, slots=True)
class FlaggedDraft:
    """Which strictness would have flagged one of them, and whether it was fine."""

    levels: frozenset[Strictness]
    fine: bool

    @classmethod
    def of(cls, state: DraftState) -> FlaggedDraft | None:
        """By its kept review, with today's exceptions; no model is asked. None where there is no review."""
        if state.review is None or state.review.critique.outcome not in _REVIEWED:
            return None
        return cls(frozenset(level for level in Strictness if _flags(state, level)), _is_fine(state))


def would_flag(drafts: Sequence[FlaggedDraft]) -> WouldFlag:
    """All of them together."""
    flagged = {level: [one.fine for one in drafts if level in one.levels] for level in Strictness}
    return WouldFlag(len(drafts), tuple(LevelCount(level, len(fine), sum(fine)) for level, fine in flagged.items()))


_REVIEWED = (Outcome.FINDINGS, Outcome.NOTHING_TO_FLAG)


def _flags(state: DraftState, level: Strictness) -> bool:
    """Whatever was decided since."""
    review = state.review
    undecided = review and replace(review, critique=replace(review.critique, strictness=level))
    standing = standing_in(replace(state, review=undecided, verdicts=(), answers=()))
    return bool(standing and (standing.says_something or standing.critique.leads))


def _is_fine(state: DraftState) -> bool:
    standing = standing_in(state)
    if standing is None or state.earlier or standing.used:
        return False
    all_dismissed = bool(standing.dismissed) and not standing.open
    return all_dismissed or approved_at(state, state.record.draft.text) is not None


# As data, for other programs.


def as_data(proof: Proof, titles: Mapping[str, str]) -> dict[str, object]:
    """All of it."""
    counts = proof.counts
    return {
        "since": _moment(proof.period.since, proof.zone),
        "until": _moment(proof.period.until, proof.zone),
        "guidelines": [
            {"guideline": one.guideline, "title": titles.get(one.guideline, ""), "shown": one.shown}
            | {name: _share(share) for name, share in one.rates.items()}
            | {"dismissed_for": {_reason(reason): number for reason, number in one.dismissed}}
            for one in counts.guidelines
        ],
        "repeats_after_dismissal": counts.repeats,
        "replies": counts.replies,
        "median_seconds_to_reply": counts.median_wait,
        "accepted_changes": proof.accepted,
        "cost": _cost(proof),
    }


def _moment(at: float, zone: str) -> str:
    return datetime.fromtimestamp(at, ZoneInfo(zone)).isoformat(timespec="seconds")


def _share(share: Rate) -> dict[str, object]:
    """Never without its interval."""
    return {"count": share.count, "share": share.value, "low": share.low, "high": share.high}


def _reason(reason: VerdictReason | None) -> str:
    return reason.value if reason else "none_given"


def _cost(proof: Proof) -> dict[str, object]:
    each = proof.spent.dollars / proof.accepted if proof.priced and proof.accepted else None
    usd = proof.spent.dollars if proof.priced else None
    return {"tokens": proof.spent.tokens, "usd": usd, "usd_per_accepted_change": each}


def table_of(proof: Proof, titles: Mapping[str, str]) -> str:
    """A line for each guideline, as CSV."""
    reasons = [None, *VerdictReason]
    rows = [dict(_cells(one, titles.get(one.guideline, ""), reasons)) for one in proof.counts.guidelines]
    return _csv([name for name, _ in _cells(GuidelineProof("", 0), "", reasons)], rows)


def _csv(names: list[str], rows: list[dict[str, object]]) -> str:
    return comma_separated([names, *([row[name] for name in names] for row in rows)])


def comma_separated(rows: Iterable[Sequence[object]]) -> str:
    """The rows as CSV in which no text is a formula.

    Nor is a part of one, as spreadsheets may end cells at semicolons; quotation marks then keep nothing together.
    """
    written = StringIO()
    csv.writer(written, lineterminator="\n").writerows([map(_cell, row) for row in rows])
    return written.getvalue()


def _cell(value: object) -> object:
    if not isinstance(value, str):
        return value
    for end in CELL_ENDS:
        parts = value.split(end)
        value = end.join(f"'{part}" if part.lstrip().startswith(FORMULA_SIGNS) else part for part in parts)
    return value


def _cells(one: GuidelineProof, title: str, reasons: list[VerdictReason | None]) -> Iterator[tuple[str, object]]:
    yield "guideline", one.guideline
    yield "title", title
    yield "shown", one.shown
    for name, share in one.rates.items():
        yield name, share.count
        for part in ("value", "low", "high"):
            value: float | None = getattr(share, part)
            yield f"{name}_{'share' if part == 'value' else part}", None if value is None else round(value, 4)
    numbers = dict(one.dismissed)
    for reason in reasons:
        yield f"dismissed_{_reason(reason)}", numbers.get(reason, 0)


# Who changed what: for whoever runs Candor.


@dataclass(frozen=True, slots=True)
class RecordedChange:
    """One entry. ``about`` is a setting, the id of a fact or guideline, or the draft of a sign-off.

    It holds what a brand keeps, and none of the words of a channel: no draft, no quote and no note.
    """

    at: float
    kind: str
    about: str
    act: str
    user: str
    """Their id; "" where it was deleted."""
    old: str = ""
    new: str = ""


def changes_as_data(changes: tuple[RecordedChange, ...]) -> list[dict[str, object]]:
    """All of them; moments in UTC."""
    return [{**asdict(one), "at": _moment(one.at, "UTC")} for one in changes]


def table_of_changes(changes: tuple[RecordedChange, ...]) -> str:
    """A line for each, as CSV."""
    return _csv([one.name for one in fields(RecordedChange)], changes_as_data(changes))


# What the flows need from the outside.


@runtime_checkable
class ProofFigures(Protocol):
    """Counts of what people made of points."""

    async def of(self, team: str, period: Period) -> ProofCounts:
        """Of the points that were first shown in that time."""
        ...


@runtime_checkable
class ProofSoFar(Protocol):
    """What came of the reviews."""

    async def __call__(self, team: str, months: int = MONTHS) -> Proof:
        """In the current month and those before it."""
        ...


# A page for the browser.

BASE_STYLE = """
:root{color-scheme:light dark;--line:#8884;--gold:#2a7de133;--ours:#e0452f33}
body{font:16px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;margin:.5rem 0;font-variant-numeric:tabular-nums;font-size:.9rem}
th,td{padding:.2rem .8rem .2rem 0;text-align:right;border-bottom:1px solid var(--line);white-space:nowrap}
th:first-child,td:first-child{text-align:left}
.wide{overflow-x:auto}.note,.id{opacity:.75;font-size:.85rem;max-width:60rem}
"""


def document(title: str, parts: Iterable[str], style: str = "") -> str:
    """One page that needs nothing else. ``parts`` are HTML."""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<style>{BASE_STYLE}{style}</style></head><body>{''.join(parts)}</body></html>\n"
    )
