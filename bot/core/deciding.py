"""An exception: words that a guideline's findings leave in peace, in one campaign or always, for a while."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.core.verdict import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.core.finding import Finding

DAY = 24 * 3600.0
LONGEST_NOTE = 500
"""Characters that a note may have."""
LONGEST_CAMPAIGN = 80
"""Characters that a campaign's name may have."""


class Scope(StrEnum):
    """How far a dismissal goes."""

    HERE = "here"
    """This draft: no exception is needed for it."""
    CAMPAIGN = "campaign"
    """Drafts that carry the campaign's hashtag or name: other people's as well, so it is for brand leads."""
    ALWAYS = "always"


class Lasting(StrEnum):
    """How long an exception is in force."""

    MONTH = "30"
    QUARTER = "90"
    YEAR = "365"
    FOREVER = "never"

    def until(self, now: float) -> float | None:
        """The moment (seconds since 1970) at which it lapses; None for never."""
        return None if self is Lasting.FOREVER else now + int(self.value) * DAY


@dataclass(frozen=True, slots=True)
class Dismissal:
    """What a person chose when dismissing a finding. ``campaign`` is a hashtag or a name, "" for other scopes."""

    reason: Reason = Reason.NOT_A_PROBLEM
    note: str = field(default="", repr=False)
    scope: Scope = Scope.HERE
    campaign: str = ""
    lasting: Lasting = Lasting.MONTH

    def until(self, now: float) -> float | None:
        """The moment at which an exception of it lapses, None for never. Every campaign has an end."""
        endless = self.scope is Scope.CAMPAIGN and self.lasting is Lasting.FOREVER
        return (Lasting.YEAR if endless else self.lasting).until(now)


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidelineException:
    """One exception. Moments are seconds since 1970.

    ``ref`` is that of the findings it silences, ``quote`` their words as they stood in the draft ``draft_id``.
    """

    team: str
    id: str
    guideline: str
    ref: str
    quote: str = field(repr=False)
    scope: Scope
    campaign: str = ""
    reason: Reason = Reason.NOT_A_PROBLEM
    note: str = field(default="", repr=False)
    author: str
    """A Slack user id; "" where that person asked to be forgotten."""
    draft_id: str
    created_at: float
    expires_at: float | None = None
    """None where it never lapses."""
    lifted_at: float | None = None
    lifted_by: str = ""
    general: bool = True
    """True where a brand lead made it; any other reaches the drafts of its author alone."""

    def in_force(self, now: float) -> bool:
        """True where it is neither lifted nor lapsed."""
        return self.lifted_at is None and (self.expires_at is None or self.expires_at > now)

    def reaches(self, author: str) -> bool:
        """True where it counts for the drafts of that person."""
        return self.general or (author != "" and author == self.author)

    def silences(self, finding: Finding, text: str) -> bool:
        """True where it speaks of this finding in a draft that says ``text``. What protects people's data stays."""
        if finding.ref != self.ref or not finding.dismissable:
            return False
        return self.scope is Scope.ALWAYS or carries(text, self.campaign)


def carries(text: str, campaign: str) -> bool:
    """True where the draft carries the campaign's hashtag, or its name as words of their own."""
    name = campaign.removeprefix("#").casefold()
    tags = {tag.removeprefix("#").casefold() for tag in hashtags(text)}
    if "".join(name.split()) in tags:
        return True
    return not campaign.startswith("#") and _stands_alone(" ".join(name.split()), " ".join(text.casefold().split()))


def hashtags(text: str) -> tuple[str, ...]:
    """The hashtags of a text in their order, each once, with the sign."""
    found: dict[str, str] = {}
    for tag in _tags(text):
        found.setdefault(tag.casefold(), tag)
    return tuple(found.values())


def silencing(exceptions: Iterable[GuidelineException], finding: Finding, text: str) -> GuidelineException | None:
    """The first of the exceptions in force that silences the finding, or None."""
    return next((one for one in exceptions if one.silences(finding, text)), None)


def _tags(text: str) -> Iterator[str]:
    for at, sign in enumerate(text):
        if sign != "#" or (at and text[at - 1].isalnum()):
            continue
        end = at + 1
        while end < len(text) and (text[end].isalnum() or text[end] == "_"):
            end += 1
        if any(letter.isalpha() for letter in text[at + 1 : end]):
            yield text[at:end]


def _stands_alone(name: str, text: str) -> bool:
    at = text.find(name) if name else -1
    while at >= 0:
        before, after = text[:at][-1:], text[at + len(name) :][:1]
        if not before.isalnum() and not after.isalnum():
            return True
        at = text.find(name, at + 1)
    return False
