"""What Candor stores about a person, and who reads their texts."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, ParamSpec, Protocol, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from bot.core.drafts import Place


# What is kept in memory of people's words, so that nothing is worked out twice: for an hour at most.

P = ParamSpec("P")
R = TypeVar("R")
_FORGETTING: list[Callable[[], None]] = []


def remembered(most: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """A function whose last results are kept until `forget_words`: they are made of drafts that may be deleted."""

    def remembering(work: Callable[P, R]) -> Callable[P, R]:
        kept = lru_cache(most)(work)
        _FORGETTING.append(kept.cache_clear)
        return cast("Callable[P, R]", kept)

    return remembering


def forget_words() -> None:
    """Nothing of anybody's words stays in these memories."""
    for forget in _FORGETTING:
        forget()


# What Candor stores about a person.


class DataKind(StrEnum):
    """The kinds in which a person's data is counted."""

    DRAFTS = "drafts"
    """Texts with their reviews and all that was made of them."""
    POSTS = "posts"
    """Drafts of theirs that were approved, kept to compare later ones with."""
    DECISIONS = "decisions"
    ANSWERS = "answers"
    """What they answered to questions about drafts."""
    SIGN_OFFS = "sign_offs"
    FEEDBACK = "feedback"
    CONVERSATIONS = "conversations"
    COMPARISONS = "comparisons"
    """Comparisons that others asked for and that may quote their messages."""
    PRIVATE_REVIEWS = "private_reviews"
    EXCEPTIONS = "exceptions"
    MUTES = "mutes"
    SETTINGS = "settings"
    """Settings that they changed."""
    FACTS = "facts"
    """Facts on the brand's sheet that they own."""
    FACT_CHANGES = "fact_changes"
    """Changes of the sheet that they made."""
    GUIDELINES = "guidelines"
    """Guidelines of the workspace's own that they wrote, tried out or switched."""
    INSTALLATIONS = "installations"
    NOTICES = "notices"
    """What Candor told them of its own accord."""
    AUDITS = "audits"
    """Audits that they asked for in Slack."""
    BOOKS = "books"
    """Brand books that they had read, with what is proposed from them."""
    OPT_OUT = "opt_out"


@dataclass(frozen=True, slots=True)
class Reader:
    """The language model that reads texts, and the host it is asked at; both "" where there is none."""

    model: str = ""
    host: str = ""
    sees_pictures: bool = False
    reads_credentials: bool = False
    """True if this machine reads pictures' Content Credentials."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """What is stored about a person in one workspace. ``days`` is how long drafts are kept, 0 for no limit."""

    counts: dict[DataKind, int] = field(default_factory=dict[DataKind, int])
    days: int = 0
    reader: Reader = field(default_factory=Reader)
    is_lead: bool = False
    """True where the settings name the person as a brand lead."""


@dataclass(frozen=True, slots=True)
class Introduction:
    """What Candor says of itself in a channel."""

    team: str
    channel: str
    switched_on: bool
    days: int = 0
    reader: Reader = field(default_factory=Reader)


# What the flows of privacy, retention and introduction need from the outside. Every call names its workspace.

if TYPE_CHECKING:
    Readable = Callable[[frozenset[str]], Awaitable[frozenset[str]]]
    """Those of some channels, by id or by name, that a person may read. Raises `TryLater` where Slack does not say."""


class PersonalData(Protocol):
    """What belongs to a person, wherever it is stored."""

    async def counts(self, team: str, user: str) -> dict[DataKind, int]:
        """How much there is of each kind."""
        ...

    async def gather(self, team: str, user: str, may_read: Readable) -> dict[str, list[dict[str, object]]]:
        """All of it as JSON, by where it is kept; other people's names are left out.

        So are words of others from channels that the person can no longer read.
        """
        ...

    async def drafts(self, team: str, user: str) -> tuple[str, ...]:
        """The ids of the person's drafts that are not erased."""
        ...

    async def signed(self, team: str, user: str) -> tuple[str, ...]:
        """The ids of other people's drafts, not erased, whose thread may show the person's name or note."""
        ...

    async def forget(self, team: str, user: str) -> tuple[str, ...]:
        """Delete for good the rest of what is theirs, and their name wherever they decided about what is others'.

        Gives the ids of the turns whose answers may stand in Slack. Their wish not to be reviewed stays.
        """
        ...


class PersonJobs(Protocol):
    """Durable work for one person; ``key`` names their wish, so that it counts once."""

    async def export_person(self, team: str, user: str, key: str) -> None: ...

    async def forget_person(self, team: str, user: str, key: str) -> None: ...


class Hushing(Protocol):
    """Removes what was said in answer to an erased turn."""

    async def hush(self, turn_id: str) -> None: ...


class FileMessages(Protocol):
    """Files in direct messages."""

    async def send(self, team: str, user: str, name: str, content: str) -> None:
        """Send a file, unless one of that name stands there. Raises `TryLater` where Slack does not answer.

        Where it can never be sent, the person is told so.
        """
        ...


class Retention(Protocol):
    """What is kept for a time only."""

    async def trusting(self, teams: Iterable[str], now: float) -> frozenset[str]:
        """Note that the clock shows ``now``; the workspaces in which it has gone on for long enough to delete by it."""
        ...

    async def due(self, team: str, before: float, most: int) -> tuple[str, ...]:
        """The ids of drafts that are not erased and did not change since then, the oldest first."""
        ...

    async def expire(self, draft_id: str, before: float) -> bool:
        """Delete all that is stored of a draft for good, and leave Slack as it is; False where it changed since."""
        ...

    async def forget_older(self, team: str, before: float) -> int:
        """Delete conversations, ended exceptions, audits and posts from files from before then for good; how many."""
        ...


class RetentionJobs(Protocol):
    """Durable work on drafts whose time is over."""

    async def expire(self, draft_id: str) -> None: ...


class ExpiryNotices(Protocol):
    """The last words of a reply."""

    async def say(self, place: Place, ts: str, days: int) -> None:
        """Let the reply to the draft at a place say that what was stored is deleted. Raises `TryLater`.

        One that is gone, or cannot be edited any more, is fine.
        """
        ...


class Introductions(Protocol):
    """Where Candor introduces itself. Raises `Unreadable`."""

    async def find(self, team: str, channel: str) -> str:
        """The ts of an introduction that stands in the channel, "" where there is none."""
        ...

    async def post(self, introduction: Introduction) -> None: ...
