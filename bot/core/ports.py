"""What flows need from the outside, as small protocols. Every call names its workspace (team)."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol, TypeVar, runtime_checkable

from bot.core.brand.facts import newest, sheet_text, told_facts
from bot.core.deciding import Mute
from bot.core.reviewing import Standing

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence

    from bot.core.brand.facts import Fact, NearestFacts
    from bot.core.brand.posts import EarlierPost
    from bot.core.deciding import Answer, Verdict
    from bot.core.drafts import Draft, Message, Place
    from bot.core.findings import CleanText, Finding
    from bot.core.guidelines import Checks
    from bot.core.judging import Case, Credentials, Image, Judgement, LeftOut, Look, Usage
    from bot.core.reviewing import DraftRecord, DraftState, Reply, Review, ReviewJob
    from bot.core.words.people import Language

    Step = Callable[[str, Callable[..., Awaitable[str]], str], Awaitable[str]]
    """Runs a named piece of a job once: it gets an id, gives an id, and is not repeated after a crash."""
    ProblemsOf = Callable[[str], Awaitable[Mapping[str, str]]]
    LanguageOf = Callable[[str, str], Awaitable[Language]]
    """The language in which a workspace (the first) wants a text (the second) answered."""

Content_contra = TypeVar("Content_contra", contravariant=True)


class Rules(Protocol):
    """The fixed rules of the guidelines in force."""

    @property
    def guidelines(self) -> int:
        """How many guidelines are in force."""
        ...

    @property
    def own_set(self) -> int:
        """The number of the workspace's own set; 0 where it has none."""
        ...

    def findings(self, draft: Draft) -> tuple[Finding, ...]:
        """What the rules find in the draft: exact spans, no overlaps within a family."""
        ...

    def across(self, draft: Draft) -> tuple[Finding, ...]:
        """What only shows where the variants in a draft stand beside one another."""
        ...

    def checks(self, draft: Draft) -> Checks:
        """How many of the rules in force can read this draft."""
        ...


class Critic(Protocol):
    """The language model behind the checks of code."""

    @property
    def fingerprint(self) -> str:
        """Changes with the prompts, the guidelines in force, the model and its settings."""
        ...

    async def judge(self, case: Case) -> Judgement:
        """The judgement on a case. Raises `ModelFailed`."""
        ...


@runtime_checkable
class CriticOnTop(Protocol):
    """A `Critic` that compares the judgement of another one with what a brand keeps."""

    @property
    def critic(self) -> Critic:
        """The one below."""
        ...

    def on(self, critic: Critic) -> Critic:
        """The same on top of another critic."""
        ...


class Judgements(Protocol):
    """The model's answers: a workspace's cache, deleted with the draft that each belongs to."""

    async def find(self, team: str, digest: str) -> Judgement | None:
        """The judgement on an equal case, or None."""
        ...

    async def save(self, job: ReviewJob, digest: str, judgement: Judgement, beside: Sequence[EarlierPost] = ()) -> None:
        """Keep a judgement with what it cost, unless its draft was erased meanwhile, or a post ``beside`` it."""
        ...


class Clock(Protocol):
    """Time. Nothing else in Candor looks at a clock."""

    def now(self) -> float:
        """Seconds since 1970."""
        ...

    async def sleep(self, seconds: float) -> None: ...


class SystemClock:
    """The `Clock` port: this machine's."""

    def now(self) -> float:
        return time.time()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class Drafts(Protocol):
    """Drafts and their reviews. Every write may be repeated and then changes nothing."""

    async def add(self, message: Message, *, asked: str = "") -> DraftRecord | None:
        """Keep a new draft; None where it is known already, erased ones too. ``asked`` is when somebody asked."""
        ...

    async def ask(self, draft_id: str, at: str) -> DraftRecord | None:
        """Note that somebody asks for a review; None where the draft is erased or unknown.

        It is a new round, unless the review of this one is still to come or the request is known.
        """
        ...

    async def revise(self, message: Message) -> DraftRecord | None:
        """Keep a later revision of a known draft; None where the words are the same or older."""
        ...

    async def erase(self, place: Place, *, stands: bool = False) -> bool:
        """Delete a draft's text and reviews for good; False where there was none. Its message ``stands`` or is gone.

        Either way the place is remembered as empty, so that a message delivered late does not come back.
        """
        ...

    async def orphans(self) -> list[str]:
        """The ids of erased drafts that still have a reply."""
        ...

    async def doubtful(self, before: float, *, since: float) -> list[tuple[str, float]]:
        """The ids of drafts with a message about which a call began in that time and was never answered, and when.

        The latest first, and a few only: Slack is asked about each.
        """
        ...

    async def find(self, draft_id: str) -> DraftRecord | None: ...

    async def state(self, draft_id: str) -> DraftState | None:
        """The draft with the newest review of what it says now, what people decided, and its reply, at one moment."""
        ...

    async def save_review(self, review: Review, beside: Sequence[EarlierPost] = ()) -> None:
        """Keep a finished review, unless its draft was erased meanwhile.

        Nor are points kept that quote one of the posts ``beside`` which the draft was read, if that is gone by now.
        """
        ...

    async def find_review(self, job: ReviewJob) -> Review | None:
        """The review that answers the job, or None."""
        ...

    async def previous_review(self, job: ReviewJob) -> Review | None:
        """The latest review of the same revision from a round before the job's, or None."""
        ...

    async def next_round(self, job: ReviewJob) -> ReviewJob | None:
        """Begin a new round of the job's revision; None where the draft has moved on already."""
        ...

    async def unanswered(self, before: float, *, since: float, awaited: float = 0) -> list[tuple[ReviewJob, float]]:
        """The jobs whose reply is not up to date, with the moment their draft last changed.

        Without muted threads, and without what was judged to be talk and has no reply: nobody waits there.
        Only of drafts that changed between ``since`` and ``before``, the oldest first. Those that changed before
        ``awaited`` are among them while their reply promises a review by the model.
        """
        ...

    async def channels(self, team: str) -> frozenset[str]:
        """The ids of the channels in which a workspace has drafts."""
        ...

    async def latest(self, team: str, channels: Collection[str], most: int) -> list[DraftRecord]:
        """The drafts posted last in these channels that are not erased."""
        ...

    async def live(self, team: str, since: float) -> list[DraftRecord]:
        """The drafts of a workspace posted since then that are not erased, the latest first."""
        ...


class Replies(Protocol):
    """Which reply belongs to which draft."""

    async def reserve(self, draft_id: str, owner: str) -> Reply:
        """The draft's reply, with ``owner`` about to post or edit it.

        Reserved where there was none. One that stands is ``owner``'s from now on where it was nobody's; it belongs to
        `SEVERAL` where somebody's call was never answered.
        """
        ...

    async def swap(self, known: Reply, instead: Reply) -> bool:
        """Note where a reply stands and whose it is; False where what is noted is not what is ``known``."""
        ...

    async def posted(self, known: Reply, ts: str, shown: ReviewJob, *, sure: bool = False) -> bool:
        """Note where the reply stands and which review it shows; ``sure`` says that nothing else is on its way.

        False where somebody removed it, or began to post it anew, since it was ``known``.
        """
        ...

    async def gone(self, reply: Reply, shown: ReviewJob) -> bool:
        """Note for which review it was looked for although people deleted it; False where it is not noted any more."""
        ...

    async def doubted(self, reply: Reply) -> None:
        """Note that a call about a reply that stands was not answered: it may be carried out later."""
        ...

    async def removed(self, known: Reply) -> bool:
        """Forget a reply; False where what is noted is not what is ``known``."""
        ...


class Verdicts(Protocol):
    """What people decided about findings. Goes with the draft; outlives edits of other words."""

    async def record(self, draft_id: str, verdict: Verdict) -> None:
        """Keep it, unless a later one on the same finding is known or the draft was erased."""
        ...


class Answers(Protocol):
    """What people answered to questions. Goes with the draft."""

    async def of(self, draft_id: str) -> tuple[Answer, ...]: ...

    async def record(self, draft_id: str, answer: Answer) -> None:
        """Keep it, unless a later one for the same guideline is known or the draft was erased."""
        ...


class CleanTexts(Protocol):
    """The clean texts as they were last made. Each goes with its draft."""

    async def save(self, draft_id: str, made: CleanText) -> None:
        """Keep it in place of the one before, unless the draft was erased meanwhile."""
        ...


class Watermarks(Protocol):
    """Up to which message each channel was seen."""

    async def seen(self, team: str, channel: str, ts: str) -> None:
        """Note a message; an earlier one changes nothing."""
        ...

    async def seen_between(self, team: str, channel: str) -> tuple[str, str] | None:
        """The first and the latest ts seen, None where there was none."""
        ...


class ThreadMessage(Protocol[Content_contra]):
    """One kind of message in a draft's thread: Candor's reply, or the clean text."""

    async def find(self, record: DraftRecord, reply: Reply) -> list[str]:
        """The ts of every reply that was posted under this key, the earliest first; more than one is one too many."""
        ...

    async def post(self, record: DraftRecord, reply: Reply, content: Content_contra) -> str:
        """EarlierPost the reply into the draft's thread and give its ts."""
        ...

    async def update(self, record: DraftRecord, reply: Reply, content: Content_contra) -> bool:
        """Edit the reply in place; False where somebody deleted it. Raises `CannotEdit` where it cannot be edited."""
        ...

    async def retire(self, place: Place, ts: str) -> None:
        """Remove one that cannot be edited. Where that is refused as well, it stays, and is not found any more."""
        ...

    async def delete(self, place: Place, ts: str) -> None:
        """Remove the reply; one that is gone already is fine."""
        ...


class Thread(ThreadMessage[Standing | Mute], Protocol):
    """Candor's reply in Slack: the review, or that the thread is muted."""

    async def announce(self, record: DraftRecord, key: str, must_fix: int) -> None:
        """Say in one line that the reply has new points that must be fixed; once per key."""
        ...

    async def clear(self, place: Place) -> None:
        """Remove everything that Candor said in a thread."""
        ...

    async def show_working(self, record: DraftRecord, *, working: bool) -> None:
        """Show on the draft that it is being read, or no longer. A failure does not matter."""
        ...


class Jobs(Protocol):
    """Durable work. Asking twice under one key runs once."""

    async def review(self, job: ReviewJob, *, delay: float = 0) -> None:
        """Review a draft, after ``delay`` seconds."""
        ...

    async def has_ended(self, job: ReviewJob) -> bool:
        """True where that job came to an end, well or not; False where it waits or runs, or nobody asked for it."""
        ...

    async def remove_reply(self, draft_id: str) -> None: ...

    async def refresh(self, draft_id: str, cause: str) -> None:
        """Show in the thread what changed; ``cause`` names the change among all on this draft."""
        ...


# Who judges a workspace's drafts.


@dataclass(frozen=True, slots=True)
class Judges:
    """The fixed rules of the guidelines in force, and the language model where there is one.

    ``brand`` is what the workspace says about itself; the model reads it before every draft. ``own_contacts`` is
    the contact data that it publishes as its own, which nobody flags.
    """

    rules: Rules
    critic: Critic | None = None
    brand: str = ""
    own_contacts: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    """Those of the brand's sheet that hold today."""
    lapsed: tuple[Fact, ...] = ()
    """Its claims that do not."""
    nearest: NearestFacts = newest
    """Which of them the model is told where they are many."""
    said_before: tuple[EarlierPost, ...] = ()
    """Posts that may speak of what the draft speaks of, for the model."""
    beside: tuple[EarlierPost, ...] = ()
    """All of them that anybody compared it with."""

    def told(self, draft: Draft) -> Draft:
        """The draft with what the brand says before what its author says about it."""
        valid, lapsed = (told_facts(facts, draft.text, self.nearest) for facts in (self.facts, self.lapsed))
        parts = (self.brand, sheet_text(valid, lapsed), draft.context)
        context = "\n\n".join(filter(None, parts))
        return replace(draft, context=context, own_contacts=self.own_contacts)


class JudgesOf(Protocol):
    """The judges under a workspace's own policy."""

    async def of(self, team: str, text: str = "", draft_id: str = "") -> Judges:
        """The judges at this moment; ask each time, a changed setting counts at once.

        For a ``text``, and for the draft that it is, they know what was said before of the same.
        """
        ...


# What looking at pictures needs from the outside. Nothing of a picture is kept but what was said about it.


class PictureFiles(Protocol):
    """The bytes of pictures."""

    async def fetch(self, team: str, file: str) -> Image | LeftOut:
        """The picture behind a file's id, or why there is none to look at. Never raises."""
        ...


class CredentialReader(Protocol):
    """What pictures' Content Credentials say."""

    async def read(self, image: Image) -> Credentials | None:
        """None if nobody can tell, also for files that are made to do harm. Never raises."""
        ...


@dataclass(frozen=True, slots=True)
class Viewed:
    """What a model saw: one look for each picture, in their order."""

    looks: tuple[Look, ...]
    model: str
    usage: Usage


class Viewer(Protocol):
    """A language model that can see."""

    @property
    def sight(self) -> str:
        """Changes with the model and with what it is asked."""
        ...

    async def view(self, team: str, author_id: str, images: Sequence[Image]) -> Viewed:
        """A look at each. Raises `ModelFailed`."""
        ...


@dataclass(frozen=True, slots=True)
class SeenPictures:
    """What is known of a draft's pictures, by file id, and the model that looked at them."""

    by_file: Mapping[str, Look | LeftOut] = field(default_factory=dict[str, "Look | LeftOut"])
    model: str = ""


class PictureNotes(Protocol):
    """What was said about pictures. Goes with the draft."""

    async def of(self, job: ReviewJob, sight: str) -> SeenPictures:
        """What is known. What only failed counts for the revision in which it did."""
        ...

    async def save(self, job: ReviewJob, sight: str, seen: SeenPictures) -> None:
        """Keep it, unless its draft was erased meanwhile."""
        ...
