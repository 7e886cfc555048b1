"""What people read about an edit: what became of the points before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.delta import News
from bot.core.finding import on_one_line
from bot.core.verdict import Decision

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.core.finding import Finding
    from bot.core.standing import Standing

SINCE = "Since the edit: "
_LISTED = 3
_MARKS = {
    News.BROUGHT: "new with the edit",
    News.BARED: "the words were there before",
    News.MISSED: "missed before",
}


def mark(news: News) -> str:
    """What stands behind the title of a point, "" where nothing is to be said."""
    return f" ({_MARKS[news]})" if news in _MARKS else ""


def since(standing: Standing, titles: Mapping[str, str]) -> str:
    """What the edit did, "" where there is nothing to tell."""
    delta = standing.delta
    parts = [
        _listed("fixed", delta.fixed, titles),
        _listed("no longer flagged, with the words unchanged", delta.settled, titles),
        _counted(standing, News.STILL, "still open"),
        _counted(standing, News.BROUGHT, "new with the edit"),
        _counted(standing, News.BARED, "on words that were there before"),
        _counted(standing, News.MISSED, "missed before"),
    ]
    return ", ".join(filter(None, parts))


def _listed(what: str, findings: tuple[Finding, ...], titles: Mapping[str, str]) -> str:
    if not findings:
        return ""
    named = [f"{titles.get(one.guideline, one.guideline)}, “{on_one_line(one.quote)}”" for one in findings[:_LISTED]]
    more = len(findings) - len(named)
    return f"{len(findings)} {what} ({'; '.join([*named, *([f'and {more} more'] if more else [])])})"


def _counted(standing: Standing, news: News, what: str) -> str:
    number = sum(point.news is news and point.decision is Decision.OPEN for point in standing.points)
    return f"{number} {what}" if number else ""
