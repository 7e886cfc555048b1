"""What a person sees on Candor's Home tab, and a draft that somebody writes in Candor's window."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from bot.core.drafts import MARKET
from bot.core.guidelines import Severity
from bot.core.reading.variants import split_variants
from bot.core.watching import Hidden, SeenChannels

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.core.deciding import Answer
    from bot.core.digesting import Digest
    from bot.core.drafts import Place
    from bot.core.reviewing import DraftRecord, DraftState, Standing
    from bot.core.settings import SettingChange, WorkspaceSettings
    from bot.core.spending import UsageReport
    from bot.core.watching import Unread


# What a person sees on Candor's Home tab.

_NONE, _NOTHING = Hidden(), SeenChannels()
_WEIGHTY = (Severity.MUST_FIX, Severity.SHOULD_FIX)


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A draft that waits for somebody. ``begins`` are its first words, without the platforms that it is headed for.

    ``link`` leads to it ("" where unknown).
    """

    draft_id: str
    begins: str
    must: int
    should: int
    link: str = ""
    platforms: tuple[str, ...] = ()

    @classmethod
    def of(cls, record: DraftRecord, standing: Standing | None) -> OpenDraft:
        open_ = [finding.severity for finding in standing.open] if standing else []
        must, should = (open_.count(severity) for severity in _WEIGHTY)
        posts = split_variants(record.draft.text, record.draft.zones, record.draft.platform)
        platforms = tuple(dict.fromkeys(post.platform for post in posts if post.platform))
        begins = next((post.text for post in posts), record.draft.text)
        return cls(record.id, begins, must, should, platforms=platforms)

    @property
    def waits(self) -> bool:
        """True where a point is open that weighs something."""
        return bool(self.must or self.should)


@dataclass(frozen=True, slots=True)
class LeadsPart:
    """What only brand leads see. ``in_force`` is the number of guidelines that are.

    ``titles`` are those of all guidelines by id.
    """

    waiting: tuple[OpenDraft, ...] = ()
    elsewhere: Hidden = _NONE
    """Drafts that wait in channels that the person is not in."""
    troubles: tuple[Unread, ...] = ()
    changes: tuple[SettingChange, ...] = ()
    in_force: int = 0
    titles: Mapping[str, str] = field(default_factory=dict[str, str])
    usage: UsageReport | None = None
    """None where no language model is connected."""


@dataclass(frozen=True, slots=True)
class HomeTab:
    """Everything on one person's Home. ``week`` is None where nothing is counted, ``lead`` for everybody else."""

    user: str
    settings: WorkspaceSettings
    leads: tuple[str, ...] = ()
    own: tuple[OpenDraft, ...] = ()
    elsewhere: Hidden = _NONE
    """Those of their own in channels that they left."""
    seen: SeenChannels = _NOTHING
    """The channels of the settings that may be named to them."""
    week: Digest | None = None
    lead: LeadsPart | None = None


# What the flows behind the Home tab need from the outside. Every call names its workspace (team).


class OwnDrafts(Protocol):
    """A person's drafts."""

    async def of(self, team: str, user: str, since: float, most: int) -> tuple[str, ...]:
        """The ids of those posted since then that are not erased, the latest first."""
        ...


class DraftStates(Protocol):
    """How drafts stand."""

    async def state(self, draft_id: str) -> DraftState | None:
        """The draft with its newest review and what people decided, at one moment."""
        ...


class JoinedChannels(Protocol):
    """The channels that Candor is in."""

    async def of(self, team: str) -> dict[str, str]:
        """Their names by id, as known for at most a minute. Raises `Unreadable`."""
        ...


class Links(Protocol):
    """Addresses of messages."""

    async def to(self, place: Place) -> str:
        """The address of a message, "" where Slack gives none."""
        ...


class SpentSoFar(Protocol):
    """What the language model cost."""

    async def __call__(self, team: str) -> UsageReport:
        """This month's figures."""
        ...


class WeekSoFar(Protocol):
    """This week's figures."""

    async def __call__(self, team: str) -> Digest:
        """The digest as it would be at this moment."""
        ...


# A draft that somebody writes in Candor's window instead of in a channel.

AI_LABEL = "transparency/ai-content-label"
COMMERCIAL = "transparency/commercial-disclosure"
_AUDIENCE = "Audience: "


class MadeWithAi(StrEnum):
    """How much of the post a machine made."""

    NO = "no"
    PARTLY = "partly"
    PICTURES = "pictures"
    ALL = "all"


class Paid(StrEnum):
    """What stands behind the post."""

    NO = "no"
    GIFTED = "gifted"
    PAID = "paid"


_ANSWERS = {
    MadeWithAi.NO: "Nothing of it is made with AI",
    MadeWithAi.PARTLY: "Partly made with AI",
    MadeWithAi.PICTURES: "The pictures are made with AI",
    MadeWithAi.ALL: "All of it is made with AI",
    Paid.NO: "Neither paid nor gifted",
    Paid.GIFTED: "The product or service was a gift",
    Paid.PAID: "Paid partnership",
}
"""What each is worth as an answer to the question of its guideline."""


@dataclass(frozen=True, slots=True)
class Composition:
    """The post with what its author says about it. ``ai`` and ``paid`` are None where the author left them open."""

    text: str
    platform: str = ""
    audience: str = ""
    market: str = ""
    ai: MadeWithAi | None = None
    paid: Paid | None = None

    @property
    def context(self) -> str:
        """What the review is told beside the text."""
        said = ((_AUDIENCE, self.audience), (MARKET, self.market))
        return "\n".join(f"{label}{' '.join(words.split())}" for label, words in said if words.strip())

    @property
    def answers(self) -> tuple[tuple[str, str], ...]:
        """(guideline, answer): what nobody has to be asked any more."""
        given = ((AI_LABEL, self.ai), (COMMERCIAL, self.paid))
        return tuple((guideline, _ANSWERS[answer]) for guideline, answer in given if answer)

    @classmethod
    def of(cls, text: str, platform: str, context: str, answers: Iterable[Answer]) -> Composition:
        """What was written, out of what is kept of it. Answers in other words than these stay open."""
        said = {answer.guideline: answer.answer for answer in answers}
        lines = context.splitlines()
        return cls(
            text,
            platform,
            _line(lines, _AUDIENCE),
            _line(lines, MARKET),
            next((ai for ai in MadeWithAi if _ANSWERS[ai] == said.get(AI_LABEL)), None),
            next((paid for paid in Paid if _ANSWERS[paid] == said.get(COMMERCIAL)), None),
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """A window in which somebody wrote a draft for a channel. ``key`` is the window's id: one window, one draft."""

    team: str
    user: str
    channel: str
    key: str
    composition: Composition


class Composed(StrEnum):
    """What became of it."""

    DONE = "done"
    BUSY = "busy"
    """The same window is at work already."""
    GONE = "gone"
    """The draft, or the message that shows it, was removed."""
    CLOSED = "closed"
    """Slack lets nobody edit the message that shows it any more."""
    NOT_YOURS = "not_yours"
    """Only its author changes or removes it."""
    ABSENT = "absent"
    """Candor cannot post in that channel."""
    LATER = "later"
    """Slack did not take it; the same may succeed soon."""


def _line(lines: list[str], label: str) -> str:
    return next((line.removeprefix(label) for line in lines if line.startswith(label)), "")


# What the flows of composed drafts need from the outside. Every call names its workspace (team).


class DraftBoard(Protocol):
    """The messages in which Candor shows composed drafts. Raises `Unreadable` where Slack does not take something."""

    async def find(self, sheet: Sheet) -> str:
        """The ts of the message that was posted for the sheet, "" where there is none."""
        ...

    async def post(self, sheet: Sheet) -> str:
        """Post the draft in its author's name and give its ts."""
        ...

    async def update(self, place: Place, user: str, composition: Composition) -> bool:
        """Show what it says now; False where the message is gone. Raises `CannotEdit`."""
        ...

    async def remove(self, place: Place) -> None:
        """Remove the message; one that is gone already is fine."""
        ...
