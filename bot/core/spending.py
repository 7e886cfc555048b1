"""What language models cost: prices, budgets for a day and a month, and what was spent of them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from math import ceil
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from bot.core.judging import Failure, Usage
from bot.core.words.settings import NO_BUDGET

if TYPE_CHECKING:
    from collections.abc import Sequence

# What tokens cost.

HALF = 0.5
"""What a batch costs of the usual price."""
NANO = 1_000_000_000
"""Parts of a US dollar that are counted: whole numbers, so that nothing is lost however often they are added."""
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class ModelPrices:
    """US dollars for a million tokens, as the operator set them. ``share`` is what is paid of them: half in a batch."""

    new: float
    cached: float
    output: float
    share: float = 1.0

    @classmethod
    def read(cls, text: str) -> ModelPrices:
        """Three prices with commas between. Raises ValueError."""
        try:
            new, cached, output = (float(price) for price in text.split(","))
        except ValueError:
            new = cached = output = -1.0
        if not all(0 <= price <= _MOST_DOLLARS for price in (new, cached, output)):
            message = "this needs three prices, separated by commas"
            raise ValueError(message)
        return cls(new, cached, output)

    def of(self, usage: Usage) -> float:
        """What the tokens cost, in US dollars."""
        new = usage.input_tokens - usage.cached_tokens
        paid = new * self.new + usage.cached_tokens * self.cached + usage.output_tokens * self.output
        return self.share * paid / _MILLION


# Budgets.

_MOST_DOLLARS, _MOST_TOKENS = 1_000_000.0, 10**12
_DOLLARS, _TOKENS = ("usd", "dollar", "dollars"), ("token", "tokens")
_TIMES = {"k": 10**3, "m": 10**6}


@dataclass(frozen=True, slots=True)
class Ceiling:
    """How much may be spent in a day or a month; None is no limit."""

    dollars: float | None = None
    tokens: int | None = None

    def __bool__(self) -> bool:
        """True where there is a limit."""
        return self.dollars is not None or self.tokens is not None

    @property
    def nano(self) -> int | None:
        """The dollars as they are counted."""
        return None if self.dollars is None else int(self.dollars * NANO)

    @classmethod
    def read(cls, text: str) -> Ceiling:
        """The limits in ``50 USD, 2,000,000 tokens``; either may be missing. Raises ValueError."""
        limits = cls()
        said = text.casefold().replace("us dollar", "dollar").split()
        for number, unit in _amounts([word.rstrip(",") for word in said]):
            limits = limits.with_(number, unit)
        return limits

    def with_(self, number: float, unit: str) -> Ceiling:
        """The same with one limit more. Raises ValueError."""
        if unit in _DOLLARS and self.dollars is None and 0 < number <= _MOST_DOLLARS:
            return Ceiling(number, self.tokens)
        if unit in _TOKENS and self.tokens is None and 1 <= number <= _MOST_TOKENS:
            return Ceiling(self.dollars, int(number))
        raise ValueError(NO_BUDGET)

    def holds(self, most: Amount) -> bool:
        """False for less than that."""
        nano, tokens = self.nano, self.tokens
        return (tokens is None or most.tokens <= tokens) and (nano is None or most.nano <= nano)

    def __str__(self) -> str:
        """As people read it, and may type it."""
        parts = [dollars(self.dollars)] if self.dollars is not None else []
        return ", ".join([*parts, *([f"{self.tokens:,} tokens"] if self.tokens is not None else [])])


def dollars(amount: float) -> str:
    """An amount to the cent or, where it is no whole number of cents, with the digits it needs: $50.00, $0.016."""
    cents = f"{amount:,.2f}"
    return f"${cents if float(cents.replace(',', '')) == amount else f'{amount:,.10f}'.rstrip('0')}"


def _amounts(said: Sequence[str]) -> list[tuple[float, str]]:
    """The numbers, each with its unit: before it as a sign, or behind it as a word."""
    amounts: list[tuple[float, str]] = []
    left = [word for word in said if word not in ("and", "+")]
    while left:
        first = left.pop(0)
        if first.startswith("$"):
            amounts.append((_number(first[1:]), "usd"))
        else:
            amounts.append((_number(first), left.pop(0) if left else ""))
    return amounts


def _number(said: str) -> float:
    """A number with k or m behind it for thousands or millions; 0 for anything else, such as a decimal comma."""
    grouped, times = said.rstrip("km"), _TIMES.get(said[-1:], 1)
    _, *thousands = grouped.partition(".")[0].split(",")
    digits = grouped.replace(",", "", len(thousands))
    plain = digits.isascii() and digits.replace(".", "", 1).isdecimal() and all(len(g) == len("000") for g in thousands)
    return float(digits) * times if plain else 0.0


class Span(StrEnum):
    """What a budget is for."""

    MONTH = "month"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Budgets:
    """The limits of a workspace, or of the whole installation."""

    month: Ceiling = field(default_factory=Ceiling)
    day: Ceiling = field(default_factory=Ceiling)

    def of(self, span: Span) -> Ceiling:
        """Those of a day or a month."""
        return self.month if span is Span.MONTH else self.day


# What is spent is counted in accounts: one for each workspace, and one for all of them, per day and month.

EVERYBODY = ""
"""Stands for a workspace where all of them are meant."""
SPENT = {Span.MONTH: Failure.MONTH_SPENT, Span.DAY: Failure.DAY_SPENT}
"""Why a call was not made."""


class Purpose(StrEnum):
    """What a call was made for."""

    REVIEW = "review"
    """The critique, its second opinion, the look for orders to the reviewer, the comparison with exceptions."""
    CONVERSATION = "conversation"
    PICTURES = "pictures"
    BOOKS = "books"
    """Brand books that are read into proposals."""


@dataclass(frozen=True, slots=True)
class Account:
    """What a workspace spends in one day or month. ``limits`` are those in force; without prices only tokens count."""

    team: str
    span: Span
    period: str
    """Such as 2026-11 or 2026-11-29, in the workspace's own time zone."""
    limits: Ceiling = field(default_factory=Ceiling)

    def can_hold(self, most: Amount) -> bool:
        """False where that is more than the whole budget."""
        return self.limits.holds(most)

    def share(self, spent: Spent) -> float:
        """How much of the budget is used, 1 for all of it; 0 where there is none."""
        money, tokens = self.limits.dollars, self.limits.tokens
        of_money = spent.nano / (money * NANO) if money else 0.0
        return max(of_money, spent.tokens / tokens if tokens else 0.0)


@dataclass(frozen=True, slots=True)
class Amount:
    """Tokens, and what they cost in billionths of a US dollar."""

    tokens: int
    nano: int

    @classmethod
    def of(cls, usage: Usage, prices: ModelPrices | None, share: float = 1.0) -> Amount:
        """What the tokens cost at a ``share`` of the price, rounded up; nothing where nobody knows the prices."""
        cost = ceil(prices.of(usage) * share * NANO) if prices else 0
        return cls(usage.input_tokens + usage.output_tokens, cost)

    def within(self, limits: Ceiling) -> Ceiling:
        """The same in what the limits are in."""
        money = None if limits.dollars is None else self.nano / NANO
        return Ceiling(money, None if limits.tokens is None else self.tokens)


@dataclass(frozen=True, slots=True)
class Spent:
    """What was spent on one account. ``tokens`` and ``nano`` count calls as well that are still under way."""

    tokens: int = 0
    nano: int = 0
    calls: int = 0
    input_tokens: int = 0
    cached_tokens: int = 0
    reviews: int = 0

    @property
    def dollars(self) -> float:
        return self.nano / NANO

    @property
    def cached_share(self) -> float:
        """How much of what the model read came from its provider's cache."""
        return self.cached_tokens / self.input_tokens if self.input_tokens else 0.0


@dataclass(frozen=True, slots=True)
class Hold:
    """A call that may be made: its most is set aside on these accounts until it is known what it cost."""

    accounts: tuple[Account, ...]
    purpose: Purpose
    most: Amount
    share: float = 1.0
    """What is paid of the usual price."""

    def written(self) -> str:
        """As it is kept where a call outlives its process."""
        accounts = [[one.team, one.span.value, one.period] for one in self.accounts]
        return json.dumps([accounts, self.purpose.value, self.most.tokens, self.most.nano, self.share])

    @classmethod
    def read(cls, text: str) -> Hold:
        """What was `written`; its accounts have no limits, as nothing more is set aside."""
        accounts, purpose, tokens, nano, share = json.loads(text)
        found = tuple(Account(team, Span(span), period) for team, span, period in accounts)
        return cls(found, Purpose(purpose), Amount(tokens, nano), share=share)


def period(span: Span, at: float, zone: str) -> str:
    """The day or month of a moment, as the calendar in that time zone has it."""
    day = datetime.fromtimestamp(at, ZoneInfo(zone)).date()
    return f"{day:%Y-%m}" if span is Span.MONTH else day.isoformat()


def begins(span: Span, at: float, zone: str) -> float:
    """When the day or month of a moment began, in seconds since 1970."""
    now = datetime.fromtimestamp(at, ZoneInfo(zone))
    first = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return (first.replace(day=1) if span is Span.MONTH else first).timestamp()


DAYS_KEPT = 62
"""Days on which something was spent. A month's sum stays."""


# When brand leads are told.

_MARKS = {Span.MONTH: (90, 75, 50), Span.DAY: (90,)}
"""Percent. A day's budget is told of once: nobody needs three messages a day about it."""


def mark_reached(account: Account, spent: Spent) -> int:
    """The highest mark that the account has passed; 0 where it has passed none."""
    percent = account.share(spent) * 100
    return next((mark for mark in _MARKS[account.span] if percent >= mark), 0)


# What people ask about it.


@dataclass(frozen=True, slots=True)
class UsageReport:
    """What a workspace spent this month."""

    month: Account
    spent: Spent
    today: Account
    spent_today: Spent
    by_purpose: tuple[tuple[Purpose, Spent], ...]
    accepted: int
    """Suggested changes that people used."""
    priced: bool
    """False where nobody told Candor what tokens cost."""


# What the flows need from the outside.


class Ledger(Protocol):
    """The accounts. What happens to them happens at once or not at all, however many processes ask."""

    async def hold(self, hold: Hold) -> Account | None:
        """Set the most aside on every account, or on none: then the account that lacks the room is the answer."""
        ...

    async def settle(self, hold: Hold, usage: Usage | None, amount: Amount) -> tuple[Spent, ...]:
        """Put in its place what the call cost; what then stands on each account. Without usage nothing was called."""
        ...

    async def reviewed(self, accounts: Sequence[Account]) -> None:
        """Count a review that a model made."""
        ...

    async def spent(self, account: Account, purpose: Purpose | None = None) -> Spent:
        """What stands on an account, for everything or for one purpose."""
        ...

    async def accepted(self, team: str, since: float) -> int:
        """How many suggested changes people have used since then."""
        ...

    async def forget(self, days: int) -> None:
        """Delete all days but the latest so many. No clock is asked: one that was set forward makes today look old."""
        ...


class Budget(Protocol):
    """Lets calls to a model through while there is money for them."""

    async def begin(self, team: str, purpose: Purpose, most: Usage, share: float = 1.0) -> Hold:
        """Leave for a call that costs no more than this. Raises `ModelFailed` where the budget is used.

        ``share`` is what is paid of the usual price.
        """
        ...

    async def end(self, hold: Hold, usage: Usage | None) -> None:
        """What the call cost; None where it was never made."""
        ...

    async def reviewed(self, team: str) -> None:
        """A review came of it."""
        ...
