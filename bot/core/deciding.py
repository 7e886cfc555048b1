"""What people decide about points: verdicts, answers, exceptions and thumbs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from bot.core.drafts import Target
from bot.core.findings import Origin, folded, is_same
from bot.core.guidelines import Choice, Severity
from bot.core.judging import Outcome

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from bot.core.findings import Edit, Finding, Kept
    from bot.core.judging import Critique
    from bot.core.sign_off import OpenPoint


# An answer: what a person said to a question about a draft.


@dataclass(frozen=True, slots=True)
class Answer:
    """Kept with the draft and given to every later review of it. ``at`` is the moment of the click.

    ``question`` and ``options`` are what was asked and what could be answered, so that it can be answered anew;
    empty where the answer came before any question.
    """

    guideline: str
    answer: str
    user: str
    at: str
    question: str = ""
    options: tuple[str, ...] = ()


# A verdict: what a person decided about a finding.


class Decision(StrEnum):
    """What happens with a finding."""

    OPEN = "open"
    """Nobody decided, or a decision was taken back."""
    USED = "used"
    DISMISSED = "dismissed"


class VerdictReason(StrEnum):
    """Why somebody dismissed a finding."""

    NOT_A_PROBLEM = "not_a_problem"
    FALSE_ALARM = "false_alarm"
    PROOF = "proof"
    """There is proof for what the words claim."""
    AGREED = "agreed"
    """It is agreed with a brand lead."""
    HOUSE_STYLE = "house_style"
    OWN_ADDRESS = "own_address"
    """It is contact data that the brand publishes as its own; said by the button for it alone."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One decision. ``finding`` is the finding's `ref`, so that a verdict outlives edits of other words.

    ``at`` is the moment of the click (Slack's ``action_ts``), ``revision`` what the draft said then. ``reason`` and
    ``note`` are a dismissal's, as far as somebody gave them.
    """

    finding: str
    decision: Decision
    user: str
    at: str
    revision: str
    reason: VerdictReason | None = None
    note: str = field(default="", repr=False)


# What somebody used, in the next review: after an edit, or in another round.

_GAP = 120
"""Characters that may fill a gap."""


def with_used(critique: Critique, before: Critique, used: set[str], kept: Kept) -> Critique:
    """The critique with the points whose rewordings people accepted, as they accepted them.

    On words that stayed, such a point keeps its quote and its rewording. It also stays where no model could say that it
    is none any more. If the rewording is in the draft by now, it is not made again, and a model's doubts about it ask
    nobody again.
    """
    findings = list(critique.findings)
    for finding in before.findings:
        if finding.ref not in used or finding.edit is None:
            continue
        if place := accepted_at(finding.edit, kept):
            beside = (_beside(finding, one, place, kept=kept) for one in findings)
            findings = [one for one in beside if one]
        elif moved := _moved(finding, finding.edit, kept):
            again = [one for one in findings if _is_again(moved, one)]
            unjudged = critique.fixed_rules_only and finding.origin is Origin.MODEL
            findings = [one for one in findings if one not in again] + _accepted(moved, again, unjudged=unjudged)
    if findings == list(critique.findings):
        return critique
    ordered = tuple(sorted(findings, key=lambda f: (f.severity.rank, f.start, f.end, f.guideline)))
    critique = replace(critique, findings=ordered)
    says_something = critique.says_something or critique.unplaced
    return replace(critique, outcome=Outcome.FINDINGS if says_something else Outcome.NOTHING_TO_FLAG)


def accepted_at(edit: Edit, kept: Kept) -> tuple[int, int] | None:
    """Where the accepted words stand in the draft, with or without its gaps filled; None if the edit brought none."""
    if _spelled(edit.text, kept.old, edit.start, end=edit.end):
        return None
    return _spelled(edit.text, kept.new, *kept.hull(edit.start, edit.end))


def _spelled(words: str, text: str, start: int, end: int) -> tuple[int, int] | None:
    pieces = [piece for bit in words.split("[") if (piece := bit.rpartition("]")[2].strip())]
    first = at = text.find(pieces[0], max(0, start - len(words)), end + len(words)) if pieces else -1
    for piece in pieces:
        at = text.find(piece, at, at + _GAP + len(piece)) if at >= 0 else -1
        at += len(piece) if at >= 0 else 0
    return (first, at) if first <= end and at + 1 >= start and at > 0 else None


def _beside(used: Finding, finding: Finding, place: tuple[int, int], kept: Kept) -> Finding | None:
    """A finding where the accepted words stand. Only a must-fix, and a gap that is still there, is told again."""
    start, end = place
    same = finding.ref == used.ref
    if used.guideline != finding.guideline or not (same or (start <= finding.start and finding.end <= end)):
        return finding
    is_filled = not {"[", "]"} & set(kept.new[max(0, start - 2) : end + 2])
    if is_filled and finding.origin is Origin.MODEL and finding.severity is not Severity.MUST_FIX:
        return None
    return replace(finding, edit=None) if same else finding


def _moved(finding: Finding, edit: Edit, kept: Kept) -> Finding | None:
    """The finding where its words stand now; None if the author touched any that it quotes or changes."""
    spans = [(finding.start, finding.end), *((piece.start, piece.end) for piece in edit.pieces)]
    there = {place and place[0] - start for start, end in spans for place in [kept.moved(start, end)]}
    by = there.pop()
    return None if by is None or there else finding.moved(by)


def _is_again(used: Finding, finding: Finding) -> bool:
    """True for the same point in this review, unless it is about more places than the one that was used."""
    return used.guideline == finding.guideline and is_same(used, finding) and len(finding.each) <= len(used.each)


def _accepted(used: Finding, again: list[Finding], *, unjudged: bool) -> list[Finding]:
    if not again:
        return [used] if unjudged else []
    as_it_was = {"start": used.start, "end": used.end, "quote": used.quote, "edit": used.edit, "parts": used.parts}
    return [replace(again[0], **as_it_was)]


# When later words are the ones that somebody left alone.


class Covers(Protocol):
    """True where the words say what the known ones say, which somebody left alone, and no more than that."""

    def __call__(self, known: str, words: str, *, same_draft: bool = False) -> bool:
        """``same_draft`` says that both are of one draft, where a model may quote a little more of it each time."""
        ...


def letter_for_letter(known: str, words: str, *, same_draft: bool = False) -> bool:
    """The narrowest of them: other forms of the words are other words."""
    del same_draft
    return folded(known) == folded(words)


# An exception: words that a guideline's findings leave in peace, in one campaign or always, for a while.

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

    reason: VerdictReason = VerdictReason.NOT_A_PROBLEM
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
    reason: VerdictReason = VerdictReason.NOT_A_PROBLEM
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
    also: frozenset[str] = frozenset()
    """The refs of the points in a draft that say the same in other words, as a model told and code let pass."""

    def in_force(self, now: float) -> bool:
        """True where it is neither lifted nor lapsed."""
        return self.lifted_at is None and (self.expires_at is None or self.expires_at > now)

    def reaches(self, author: str) -> bool:
        """True where it counts for the drafts of that person."""
        return self.general or (author != "" and author == self.author)

    def silences(self, finding: Finding, text: str, covers: Covers) -> bool:
        """True where it speaks of this finding in a draft that says ``text``."""
        return self.may_silence(finding, text) and self.speaks_of(finding, covers)

    def may_silence(self, finding: Finding, text: str) -> bool:
        """True where it holds for this finding if that says the same.

        What protects people's data stays, and so does a must-fix where no brand lead made the exception.
        """
        stays = finding.severity is Severity.MUST_FIX and not self.general
        if finding.guideline != self.guideline or not finding.dismissable or stays:
            return False
        return self.scope is Scope.ALWAYS or carries(text, self.campaign)

    def speaks_of(self, finding: Finding, covers: Covers) -> bool:
        """True where the finding says what was left alone."""
        return finding.ref == self.ref or finding.ref in self.also or covers(self.quote, finding.quote)


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


def silencing(
    exceptions: Iterable[GuidelineException], finding: Finding, text: str, covers: Covers
) -> GuidelineException | None:
    """The first of the exceptions in force that silences the finding, or None."""
    return next((one for one in exceptions if one.silences(finding, text, covers)), None)


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


def with_same(
    exceptions: Iterable[GuidelineException], same: Collection[tuple[str, str]]
) -> tuple[GuidelineException, ...]:
    """The exceptions in a draft of which it was told which of its points say the ``same`` as earlier ones."""
    also: dict[str, set[str]] = {}
    for known, later in same:
        also.setdefault(known, set()).add(later)
    return tuple(replace(one, also=frozenset(also[one.ref])) if one.ref in also else one for one in exceptions)


# What flows need to keep exceptions to guidelines. Every call names its workspace (team).


class ExceptionStore(Protocol):
    """A workspace's exceptions."""

    async def add(self, exception: GuidelineException) -> bool:
        """Keep a new one; one whose id is known changes nothing. False where the draft that it quotes is gone."""
        ...

    async def of(self, team: str) -> tuple[GuidelineException, ...]:
        """Those in force, the newest first."""
        ...

    async def find(self, team: str, exception_id: str) -> GuidelineException | None:
        """One of them, in force or not, or None."""
        ...

    async def lift(self, team: str, exception_id: str, user: str) -> bool:
        """End one that is in force; False where there is none."""
        ...

    async def forget(self, team: str, user: str) -> int:
        """Delete who made them, and what that person wrote to explain it; how many they were. They stay in force."""
        ...


# A guideline that a channel's people keep dismissing for one reason: brand leads hear of it, once.

OFTEN = 3
"""Drafts with such a dismissal from which brand leads hear of it."""
LATELY = 30 * DAY


@dataclass(frozen=True, slots=True)
class Repeat:
    """A dismissal of a finding in a draft."""

    draft_id: str
    finding: Finding = field(repr=False)

    @property
    def guideline(self) -> str:
        return self.finding.guideline


_EXCEPTION, _OFFER_PARTS = "exception", 4


@dataclass(frozen=True, slots=True)
class Proposal:
    """What brand leads are offered: another ``choice`` for a guideline, or an exception for the words of a finding."""

    guideline: str
    reason: VerdictReason
    draft_id: str
    """The latest draft with such a dismissal, and its finding's ref."""
    ref: str
    choice: Choice | None = None

    @classmethod
    def of(cls, repeats: Sequence[Repeat], reason: VerdictReason, covers: Covers) -> Proposal:
        """An exception where all dismissed words are the same, else one severity less."""
        latest = repeats[0].finding
        same = all(covers(latest.quote, one.finding.quote) for one in repeats)
        choice = None if same and latest.dismissable else _MILDER[latest.severity]
        return cls(latest.guideline, reason, repeats[0].draft_id, latest.ref, choice=choice)

    @property
    def target(self) -> Target:
        """What its buttons are about."""
        parts = (self.ref, self.reason.value, self.choice.value if self.choice else _EXCEPTION, self.guideline)
        return Target(self.draft_id, ".".join(parts))

    @classmethod
    def parse(cls, target: Target) -> Proposal | None:
        """What `target` gave, None for anything else."""
        parts = target.ref.split(".", _OFFER_PARTS - 1)
        if len(parts) != _OFFER_PARTS:
            return None
        ref, reason, choice, guideline = parts
        chosen = None if choice == _EXCEPTION else Choice(choice)
        return cls(guideline, VerdictReason(reason), target.draft_id, ref, choice=chosen)


_MILDER = {Severity.MUST_FIX: Choice.SHOULD_FIX, Severity.SHOULD_FIX: Choice.CONSIDER, Severity.CONSIDER: Choice.OFF}


class Repeats(Protocol):
    """The dismissals in a channel, of drafts that still exist."""

    async def dismissed(self, team: str, channel: str, reason: VerdictReason, since: float) -> tuple[Repeat, ...]:
        """Those with that reason since then, the latest first; of one guideline in one draft one at most."""
        ...


# What people think of a critique.


class Thumb(StrEnum):
    """Whether it helped."""

    UP = "up"
    DOWN = "down"
    NONE = "none"
    """Taken back."""


class FeedbackReason(StrEnum):
    """What was wrong with it; "" where the person did not say."""

    WRONG_POINT = "wrong point"
    MISSED = "missed"
    TONE = "tone"
    OTHER = "other"
    UNSAID = ""


@dataclass(frozen=True, slots=True)
class Rated:
    """What a thumb is about: a draft's critique as of one revision."""

    draft_id: str
    revision: str


@dataclass(frozen=True, slots=True)
class Feedback:
    """One person's word on it. ``at`` is the moment of the click (Slack's ``action_ts``)."""

    user: str
    thumb: Thumb
    at: str
    reason: FeedbackReason = FeedbackReason.UNSAID
    note: str = ""


@dataclass(frozen=True, slots=True)
class FeedbackCount:
    """How many reviews somebody called helpful, and how many not; where people differ, a review is in both."""

    up: int = 0
    down: int = 0


# What the flows of feedback need from the outside.


class Feedbacks(Protocol):
    """One word per person and critique. Goes with the draft."""

    async def find(self, rated: Rated, user: str) -> Feedback | None:
        """What the person said, also where it was taken back; None where they never did."""
        ...

    async def save(self, rated: Rated, feedback: Feedback) -> bool:
        """Keep it in place of an earlier one; False where the draft is gone. A later one stays."""
        ...


# A muted thread.


@dataclass(frozen=True, slots=True)
class Mute:
    """What stands in place of the review in a muted thread. ``at`` is in seconds since 1970."""

    by: str
    """Slack's id of the person who muted it."""
    at: float
    left: tuple[OpenPoint, ...] = ()
    """What the review of these words left open, as far as there is one; it is not kept, but looked up."""


# What the flows of muting need from the outside. Every call names its workspace (team).


class ThreadMutes(Protocol):
    """Which threads are muted. Goes with the draft; `DraftRecord.mute` says it, too."""

    async def mute(self, draft_id: str, mute: Mute) -> bool:
        """Mute a draft's thread; False where the draft is gone. One that is muted stays as it is."""
        ...

    async def unmute(self, draft_id: str) -> bool:
        """Take it back; False where the draft is gone."""
        ...


class OptOuts(Protocol):
    """The people whose drafts are reviewed only when they ask."""

    async def add(self, team: str, user: str, at: float) -> bool:
        """Note it, with the moment in seconds since 1970; False where it was known."""
        ...

    async def remove(self, team: str, user: str) -> bool:
        """Forget it; False where nothing was known."""
        ...

    async def is_out(self, team: str, user: str) -> bool:
        """True where the person is only reviewed on request."""
        ...
