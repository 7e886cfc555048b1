"""What people read about what the language model costs. Texts are in Slack's markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.spending import EVERYBODY, Purpose, Span, dollars
from bot.core.words.people import count

if TYPE_CHECKING:
    from bot.core.spending import Account, Amount, Ceiling, Spent, UsageReport

TITLE = "What the language model has cost"
COSTS = "Costs"
ONLY_LEADS = "Only brand leads can see what I cost. Candor's Home shows who they are."
NO_MODEL = "No language model is connected, so I cost nothing."
NOT_YET = "Nothing has been spent this month."
NO_PRICES = (
    "I don't know what the model's tokens cost, so I only count them. The person who runs Candor can set OPENAI_PRICES."
)
UNWATCHED = "Without prices I can't keep to a budget in dollars. Set one in tokens instead."
NO_BUDGET = "There's no budget yet. You can set one under *Costs* in the settings."
_SIGNED = "Automated message from Candor."
_PURPOSES = {
    Purpose.REVIEW: "Reviews",
    Purpose.CONVERSATION: "Conversations",
    Purpose.PICTURES: "Pictures",
    Purpose.BOOKS: "Brand books",
}
_WHOSE = {Span.MONTH: "this month's", Span.DAY: "today's"}
_CENT, _LEAST = 0.01, 0.0001


def money(amount: float) -> str:
    """What was spent, in US dollars: to the cent, and less than one with two digits. Limits are never rounded."""
    if 0 < amount < _LEAST:
        return f"less than ${_LEAST}"
    return f"${amount:,.2f}" if amount >= _CENT or not amount else f"${amount:.2g}"


def tokens(number: int) -> str:
    """A number of tokens."""
    return count(number, "token") if number < len("....") else f"{number:,} tokens"


def _of(limits: Ceiling, spent: Spent) -> str:
    """``$12.00 of $50.00``: each part of the budget that there is."""
    parts = [f"{money(spent.dollars)} of {dollars(limits.dollars)}"] if limits.dollars is not None else []
    parts += [f"{spent.tokens:,} of {tokens(limits.tokens)}"] if limits.tokens is not None else []
    return " and ".join(parts)


# What brand leads are told.


def mark(account: Account, spent: Spent, percent: int) -> str:
    """A part of the budget is used."""
    return (
        f"{percent}% of {_WHOSE[account.span]} budget for the language model has been used: "
        f"{_of(account.limits, spent)}. Once it's used up, drafts get only the fixed checks, and my replies say so. "
        f"`/candor usage` shows more, and you can change the budget under *Costs* in `/candor settings`.\n{_SIGNED}"
    )


def used(account: Account, spent: Spent, most: Amount) -> str:
    """No call is made any more: what is left, if there is anything, is less than the next one may cost."""
    whose = _WHOSE[account.span]
    until = "the first of next month" if account.span is Span.MONTH else "tomorrow"
    if account.team == EVERYBODY:
        told = f"{whose.capitalize()} budget for the whole installation is used up. The person who runs Candor can "
        told += "raise it."
    else:
        told = f"{whose.capitalize()} budget for the language model {_spent(account, spent, most)} You can raise it "
        told += "under *Costs* in `/candor settings`."
    return (
        f"{told} Until {until}, drafts get only the fixed checks, and my replies say so. I won't go back to those "
        f"drafts on my own: choose *Review this draft* in a message's menu for the ones that matter.\n{_SIGNED}"
    )


def _spent(account: Account, spent: Spent, most: Amount) -> str:
    need = f"up to {most.within(account.limits)}"
    if not account.can_hold(most):
        return f"is too small: it's {account.limits}, and one call can take {need}."
    return f"is used up: {_of(account.limits, spent)} spent, and one more call can take {need}."


# What they see when they ask.


def lines(report: UsageReport) -> list[str]:
    """Everything, a line for each figure."""
    spent = report.spent
    if not (spent.calls or spent.tokens):
        return [NOT_YET, *budget(report)]
    counted = (report.priced, spent)
    return [
        f"This month: {_both(*counted)} in {count(spent.calls, 'call')} to the model",
        *(f"• {_PURPOSES[purpose]}: {_both(report.priced, one)}" for purpose, one in report.by_purpose),
        *_each(report),
        _cached(spent),
        *budget(report),
    ]


def budget(report: UsageReport) -> list[str]:
    """What is left of the budgets."""
    pairs = ((report.month, report.spent), (report.today, report.spent_today))
    left = [f"{_WHOSE[a.span].capitalize()} budget: {_left(a.limits, spent)}" for a, spent in pairs if a.limits]
    money_set = any(account.limits.dollars is not None for account, _ in pairs)
    notes = [] if report.priced else [NO_PRICES, *([UNWATCHED] if money_set else [])]
    return [*(left or [NO_BUDGET]), *notes]


def in_short(report: UsageReport) -> str:
    """The lines for Home."""
    if not (report.spent.calls or report.spent.tokens):
        return "\n".join([NOT_YET, *budget(report)])
    cached = [_cached(report.spent)] if report.spent.input_tokens else []
    total = f"This month: {_both(report.priced, report.spent)}"
    return "\n".join([total, *_each(report), *cached, *budget(report)])


def _cached(spent: Spent) -> str:
    if not spent.cached_tokens:
        return "Nothing came from the provider's cache, which costs less"
    return f"From the provider's cache, which costs less: {_part(spent.cached_share)} of the input"


def _part(share: float) -> str:
    """In whole per cent; of something never none."""
    return f"{share:.0%}" if share >= _CENT else "less than 1%"


def _both(priced: bool, spent: Spent) -> str:  # noqa: FBT001 - two halves of one figure
    return f"{money(spent.dollars)} ({tokens(spent.tokens)})" if priced else tokens(spent.tokens)


def _each(report: UsageReport) -> list[str]:
    """What one review, and one change that somebody used, costs; everything that was spent counts."""
    spent, per = report.spent, list[str]()
    for number, one in ((spent.reviews, "review"), (report.accepted, "accepted change")):
        if number:
            each = money(spent.dollars / number) if report.priced else tokens(round(spent.tokens / number))
            per.append(f"Per {one}: {each} ({number:,} this month)")
    return per


def _left(limits: Ceiling, spent: Spent) -> str:
    parts = list[str]()
    if limits.dollars is not None:
        parts.append(f"{money(max(0.0, limits.dollars - spent.dollars))} of {dollars(limits.dollars)} left")
    if limits.tokens is not None:
        parts.append(f"{max(0, limits.tokens - spent.tokens):,} of {tokens(limits.tokens)} left")
    return ", ".join(parts)
