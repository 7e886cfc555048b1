"""The list of exceptions as Slack's blocks, each with a button that lifts it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from bot.core.words import audience
from bot.core.words import exceptions as words
from bot.slack.elements import actions, button, context, person, piece, plain, rich, rich_text
from bot.slack.points import short

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.core.audience import Hidden
    from bot.core.exception import GuidelineException
    from bot.slack.json import Json

LIFT = "candor_lift"
BACK, NEXT, ALL = "candor_exceptions_back", "candor_exceptions_next", "candor_exceptions_all"
_PAGE = 20
"""Exceptions on a page: each takes two blocks, and a message takes 50."""
_QUOTE = 200


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of the list is shown: of one draft, or of the workspace where ``draft_id`` is ""."""

    draft_id: str = ""
    number: int = 0

    @property
    def value(self) -> str:
        """As it stands in a button."""
        return f"{self.draft_id}|{self.number}"

    @classmethod
    def parse(cls, value: str) -> Page:
        """What `value` gave; the first page of the whole list for anything else."""
        draft_id, _, number = value.partition("|")
        return cls(draft_id, int(number)) if number.isascii() and number.isdecimal() else cls()


Listed: TypeAlias = "tuple[Sequence[GuidelineException], Hidden]"
"""The exceptions that somebody may see, and how many others there are."""


def exceptions_window(listed: Listed, titles: Mapping[str, str], page: Page, note: str = "") -> Json:
    """The list in a window of its own. ``titles`` say what is wrong, by the guidelines' ids."""
    blocks = exception_blocks(listed, titles, page, note)
    return {"type": "modal", "title": plain(words.TITLE), "close": plain("Close"), "blocks": blocks}


def exception_blocks(listed: Listed, titles: Mapping[str, str], page: Page, note: str = "") -> list[Json]:
    """One page of the list, for a window or for an answer that only one person sees."""
    exceptions, hidden = listed
    last = max(0, (len(exceptions) - 1) // _PAGE)
    here = Page(page.draft_id, min(page.number, last))
    blocks = [context(note)] if note else []
    shown = exceptions[here.number * _PAGE : (here.number + 1) * _PAGE]
    if shown or not hidden.number:
        blocks.append(context(words.INTRO if shown else words.NONE_HERE if here.draft_id else words.NONE))
    if hidden.number:
        blocks.append(context(audience.exceptions(hidden)))
    for exception in shown:
        title = titles.get(exception.guideline, exception.guideline)
        blocks += [_exception(exception, title), actions(button(LIFT, words.LIFT, f"{here.value}|{exception.id}"))]
    steps = [button(BACK, words.PREVIOUS, Page(here.draft_id, here.number - 1).value)] if here.number else []
    steps += [button(NEXT, words.NEXT, Page(here.draft_id, here.number + 1).value)] if here.number < last else []
    steps += [button(ALL, words.ALL, Page().value)] if here.draft_id else []
    return [*blocks, actions(*steps)] if steps else blocks


def lifted_by(value: str) -> tuple[Page, str]:
    """The page on which a button to lift an exception stands, and the exception's id."""
    page, _, exception_id = value.rpartition("|")
    return Page.parse(page), exception_id


def _exception(exception: GuidelineException, title: str) -> Json:
    author = person(exception.author) if exception.author else piece(words.SOMEBODY)
    return rich_text(
        rich("rich_text_section", piece(title, bold=True)),
        rich("rich_text_quote", piece(short(exception.quote, _QUOTE) or words.DELETED)),
        rich(
            "rich_text_section",
            piece(f"{words.scope(exception)}. {words.reason(exception)}\n"),
            author,
            piece(words.until(exception)),
        ),
    )
