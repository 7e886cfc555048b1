"""The state of a draft: what the store keeps of it, how its critique stands, and what an edit did to the points."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum, StrEnum
from typing import TYPE_CHECKING

from bot.core.deciding import Decision, VerdictReason, accepted_at, letter_for_letter, silencing
from bot.core.findings import Kept, Origin, compatible, pieces
from bot.core.judging import SHOWN, Strictness
from bot.core.sign_off import OpenPoint, SignOff, Source, Subject, fingerprint

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from bot.core.deciding import Answer, Covers, GuidelineException, Mute, Verdict
    from bot.core.drafts import Draft, Message, Place
    from bot.core.findings import CleanText, Finding
    from bot.core.judging import Critique, Question
    from bot.core.sign_off import Act, SignOffAct


# What the store keeps of a draft, its reviews and its reply.


@dataclass(frozen=True, slots=True)
class ReviewJob:
    """One review of one revision of a draft. Holds ids only: it is written into the engine's tables.

    ``round`` is 0 for what an event caused and grows by one for every deliberate new review of the
    same text.
    """

    draft_id: str
    revision: str
    round: int = 0

    @property
    def key(self) -> str:
        """The key under which the engine runs it once."""
        return f"review:{self.draft_id}:{self.revision}:{self.round}"

    @property
    def team(self) -> str:
        return self.draft_id.partition(":")[0]


@dataclass(frozen=True, slots=True)
class DraftRecord:
    """A draft in Slack as it stands now. An erased one keeps its place and no text."""

    place: Place
    author_id: str
    draft: Draft
    revision: str
    round: int = 0
    erased: bool = False
    asked: str = ""
    """When somebody last asked for its review in so many words, as Slack's time; "" where nobody did."""
    unsure: bool = False
    """True where its words may be talk among colleagues as well."""
    mute: Mute | None = None
    """Who muted its thread, None where it is not muted."""

    @property
    def id(self) -> str:
        return self.place.draft_id

    @property
    def is_gone(self) -> bool:
        """True where its message was deleted, and not only what was kept of it. Older rows show it by their author."""
        return self.erased and (bool(self.author_id) or self.round < 0)

    @property
    def job(self) -> ReviewJob:
        """The review that this state asks for."""
        return ReviewJob(self.id, self.revision, self.round)


@dataclass(frozen=True, slots=True)
class Review:
    """A finished review and the job that it answers."""

    job: ReviewJob
    critique: Critique


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a draft said before its edits when its reply last showed a review, and that review."""

    text: str = field(repr=False)
    review: Review


SEVERAL = "several"
REMOVING = "removing"
"""Stands for owners of which no one knows what became of their calls."""


@dataclass(frozen=True, slots=True)
class Reply:
    """Candor's one reply to a draft, its clean text or its sign-off. ``ts`` is "" between reservation and posting."""

    draft_id: str
    ts: str
    owner: str
    """The key of the job that reserved it. Of one that stands: whose call to Slack is under way or was never answered,
    `SEVERAL` after more than one; "" where nothing is on its way that could change it or come beside it.
    `REMOVING` while somebody deletes it."""
    reserved_at: float
    """When that call began, in seconds since 1970."""
    kind: str = "reply"
    """"reply", "clean" or "sign-off"."""

    @property
    def key(self) -> str:
        """An opaque id for Slack's message metadata, by which a lost reply is found again."""
        return f"{self.kind}:{self.draft_id}"


@dataclass(frozen=True, slots=True)
class DraftState:
    """A draft with the newest review of what it says now, if there is one yet, and its reply, at one moment.

    While a new round is under way that is the review of the round before. ``clean`` is where its clean
    text stands, ``made`` what that says.
    """

    record: DraftRecord
    review: Review | None
    reply: Reply | None
    verdicts: tuple[Verdict, ...] = ()
    answers: tuple[Answer, ...] = ()
    clean: Reply | None = None
    made: CleanText | None = None
    acts: tuple[SignOffAct, ...] = ()
    """Who asked for a sign-off and who decided what, in no order."""
    sign_off: Reply | None = None
    """Where its sign-off stands."""
    earlier: Earlier | None = None
    exceptions: tuple[GuidelineException, ...] = ()
    """The workspace's exceptions in force, the newest first; left out where the review found nothing."""
    covers: Covers = field(default=letter_for_letter, repr=False, compare=False)
    """When words are those that an exception or a dismissal speaks of."""

    def has_moved_since(self, earlier: DraftState) -> bool:
        """True where what the thread should show may no longer be the same."""
        before = (earlier.record, earlier.review, earlier.verdicts, earlier.answers, earlier.exceptions, earlier.acts)
        return before != (self.record, self.review, self.verdicts, self.answers, self.exceptions, self.acts)

    @property
    def is_unread(self) -> bool:
        """True where the review that this state asks for is still to come."""
        return self.review is None or self.review.job != self.record.job

    @property
    def awaits_review(self) -> bool:
        """True there as well where the fixed rules spoke alone and the model is still to be heard."""
        return self.is_unread or bool(self.review and self.review.critique.awaits_model)

    @property
    def shows(self) -> ReviewJob:
        """The job whose review people can see."""
        return self.review.job if self.review else self.record.job


# Somebody asked, in so many words, for the review of a message.


class RequestOutcome(StrEnum):
    """What became of a request."""

    IN_THREAD = "in_thread"
    """The reply in the message's thread is the answer."""
    IN_PRIVATE = "in_private"
    """Only the person who asked gets the answer."""
    NO_TEXT = "no_text"
    """There are no words to review."""
    NOT_BY_A_PERSON = "not_by_a_person"
    OUTSIDER = "outsider"
    """Its author belongs to another organisation."""
    OPTED_OUT = "opted_out"
    """Its author wants reviews only when they ask themselves."""


@dataclass(frozen=True, slots=True)
class ReviewRequest:
    """``at`` is Slack's ``action_ts``: the same when the request is delivered again."""

    message: Message
    user: str
    at: str
    answer_to: str = field(repr=False)
    """Slack's ``response_url``. Whoever has it can answer the person, so it is kept like a secret."""


# What an edit did to the points that people were shown: fixed, still open, brought by the edit, missed before.

_SAME = 0.5
"""The share of the shorter quote that two findings must have in common to be one point."""


class News(Enum):
    """What an edit has to do with a point."""

    NONE = "none"
    """Nothing can be said: there was no edit, or the review before was by fixed rules only."""
    STILL = "still"
    BROUGHT = "brought"
    BARED = "bared"
    """Its words were there before, and the edit took away what made them fine."""
    MISSED = "missed"
    """Its words were there before, and the review before did not name them."""


@dataclass(frozen=True, slots=True)
class Delta:
    """The findings of two reviews, told apart. The first two are of the review before, the others of the new one."""

    fixed: tuple[Finding, ...] = ()
    settled: tuple[Finding, ...] = ()
    """Their words stayed, and nobody minds them any more: that is not called fixed."""
    still: tuple[Finding, ...] = ()
    brought: tuple[Finding, ...] = ()
    bared: tuple[Finding, ...] = ()
    missed: tuple[Finding, ...] = ()

    def news(self, finding: Finding) -> News:
        """Where a finding of the new review belongs."""
        known = (
            (News.STILL, self.still),
            (News.BROUGHT, self.brought),
            (News.BARED, self.bared),
            (News.MISSED, self.missed),
        )
        return next((news for news, findings in known if finding in findings), News.NONE)


def delta_of(before: Critique, after: Critique, old: str, new: str, used: Collection[str] = ()) -> Delta:
    """The delta between the review that people saw of ``old`` and that of ``new``.

    ``used`` are the points whose rewordings people accepted, by their refs: whoever puts one in has fixed the point,
    also where no model could say so.
    """
    there, back = Kept(old, new), Kept(new, old)
    pairs = [(f, g) for f in before.findings for g in after.findings if _is_same(f, g, there)]
    gone = [f for f in before.findings if all(f != pair[0] for pair in pairs)]
    come = [g for g in after.findings if all(g != pair[1] for pair in pairs)]
    put_in = [f for f in gone if f.ref in used and f.edit and accepted_at(f.edit, there)]
    judged = [f for f in gone if f in put_in or f.origin is Origin.RULE or not after.fixed_rules_only]
    as_thorough = after.fixed_rules_only or not before.fixed_rules_only
    settled = [f for f in judged if f not in put_in and _stands(f, there)]
    older = [g for g in come if _stands(g, back)]
    return Delta(
        fixed=tuple(f for f in judged if f not in settled),
        settled=tuple(settled),
        still=tuple(g for g in after.findings if g not in come),
        brought=tuple(g for g in come if g not in older),
        bared=tuple(g for g in older if g.origin is Origin.RULE),
        missed=tuple(g for g in older if g.origin is Origin.MODEL) if as_thorough else (),
    )


def same_words(
    before: Critique, after: Critique, old: str, new: str, covers: Covers
) -> Iterator[tuple[Finding, Finding]]:
    """The pairs of findings that are one point although their quotes differ.

    Either the words are the same in another form, wherever they stand by now; or the edit did not touch them, and the
    new quote has the old words, a part of them, or nothing beside them that could be a point of its own. Of a finding
    that stands for several, the parts are paired: each by itself is what was decided before, or new.
    """
    there = Kept(old, new)
    parts = [(finding, part, there.moved(part.start, part.end)) for finding in before.findings for part in finding.each]
    for finding, part, place in parts:
        for other in after.findings:
            if finding.guideline == other.guideline and finding.ref != other.ref:
                same = (one for one in other.each if one.ref != finding.ref)
                yield from ((finding, one) for one in same if _is_again(part, place, one, text=new, covers=covers))


def _is_again(part: Finding, place: tuple[int, int] | None, finding: Finding, text: str, covers: Covers) -> bool:
    if covers(part.quote, finding.quote, same_draft=True):
        return True
    if place is None or not _meet(place, finding):
        return False
    shared = text[max(place[0], finding.start) : min(place[1], finding.end)]
    return covers(shared, finding.quote, same_draft=True)


def _stands(finding: Finding, kept: Kept) -> bool:
    """True where its words are in the other text as well, and they are what is wrong: no label or other words lack."""
    edit = finding.edit
    if edit and (edit.start == edit.end or finding.quote in edit.text):
        return False
    return kept.moved(finding.start, finding.end) is not None or kept.as_often(finding.quote)


def _is_same(before: Finding, after: Finding, kept: Kept) -> bool:
    if before.guideline != after.guideline:
        return False
    if before.key == after.key:
        return True
    if place := kept.moved(before.start, before.end):
        return _meet(place, after)
    start, end = kept.hull(before.start, before.end)
    return start < after.end and after.start < end


def _meet(place: tuple[int, int], finding: Finding) -> bool:
    common = min(place[1], finding.end) - max(place[0], finding.start)
    return common > 0 and common >= _SAME * min(place[1] - place[0], finding.end - finding.start)


# How a critique stands: what people have decided about its points, and what is left.

UNFOLDED = 6
"""Points that are shown at once where the channel is set to *thorough*: a message has room for 50 blocks."""
SETTLED = 6
"""Points that somebody used or dismissed and that the reply still shows, one line each."""


@dataclass(frozen=True, slots=True)
class Point:
    """A finding and what was decided. ``usable`` is False where there is no edit for it.

    Of two edits that touch the same words, only the one of the more severe finding is usable.
    """

    finding: Finding
    decision: Decision = Decision.OPEN
    usable: bool = False
    verdict: Verdict | None = None
    """The decision behind it, where there is one."""
    news: News = News.NONE


@dataclass(frozen=True, slots=True)
class Held:
    """What a review has and the reply only counts, as the channel is set to *quiet*."""

    points: tuple[Point, ...] = ()
    questions: tuple[Question, ...] = ()
    leads: tuple[Finding, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.points or self.questions or self.leads)


@dataclass(frozen=True, slots=True)
class Standing:
    """A critique with the points and the ``questions`` that nobody answered yet.

    ``excepted`` are the findings that an exception silences, each with that exception. ``delta`` speaks of the
    findings that people did not dismiss.
    """

    critique: Critique
    points: tuple[Point, ...] = ()
    questions: tuple[Question, ...] = ()
    answers: tuple[Answer, ...] = ()
    excepted: tuple[tuple[Finding, GuidelineException], ...] = ()
    pictured: tuple[tuple[int, Point], ...] = ()
    """(number of the picture, point) for the words in pictures, which no edit of the draft can cure."""
    delta: Delta = field(default_factory=Delta)
    sign_off: Act | None = None
    """What somebody last did on the way to a sign-off of the draft."""
    most: int = SHOWN
    """How many points are shown at once; fewer where they are very long."""
    held: Held = field(default_factory=Held)

    def count(self, decision: Decision) -> int:
        """How many points about the text are decided like that."""
        return len(self._all(decision))

    @property
    def dismissed(self) -> tuple[Point, ...]:
        """Everything that people dismissed, in pictures as well."""
        in_pictures = (point for _, point in self.pictured if point.decision is Decision.DISMISSED)
        return (*self._all(Decision.DISMISSED), *in_pictures)

    @property
    def open_pictured(self) -> tuple[tuple[int, Point], ...]:
        """What is open about pictures, each with the number of its picture."""
        return tuple(one for one in self.pictured if one[1].decision is Decision.OPEN)

    @property
    def open(self) -> tuple[Finding, ...]:
        """Everything that nobody has decided, the most severe first."""
        left = [*self._all(Decision.OPEN), *(point for _, point in self.open_pictured)]
        return tuple(sorted((point.finding for point in left), key=lambda finding: finding.severity.rank))

    @property
    def says_something(self) -> bool:
        """True where there is a point or a question to show."""
        return bool(self.points or self.critique.questions or self.pictured)

    @property
    def handled(self) -> bool:
        """True where there were points and nothing is left to decide or to answer."""
        left = self.questions or self.open_pictured or self.count(Decision.OPEN)
        return bool(self.points or self.pictured) and not left

    @property
    def silent(self) -> bool:
        """True where exceptions leave nothing of a review that had points, and nothing was asked."""
        said = self.points or self.critique.questions or self.pictured
        return bool(self.excepted) and not said

    def number_of(self, point: Point) -> int:
        """What people call it by, from 1; no decision about another point changes it. Pictures' points come last."""
        return [*self.points, *(pictured for _, pictured in self.pictured), *self.held.points].index(point) + 1

    @property
    def used(self) -> tuple[Finding, ...]:
        """The findings whose edits were accepted, the most severe first."""
        return tuple(point.finding for point in self._all(Decision.USED))

    @property
    def shown(self) -> tuple[Point, ...]:
        """The points that people see at once; none where all are handled."""
        return () if self.handled else self._standing[: self.most]

    @property
    def settled(self) -> tuple[Point, ...]:
        """The points that are decided and no longer shown in full, the used ones first: each keeps a way back."""
        return (self._all(Decision.USED) * self.handled + self.dismissed)[:SETTLED]

    @property
    def collapsed(self) -> int:
        """How many points stand neither in full nor as one line."""
        return len(self.points) + len(self.pictured) - len(self.open_pictured) - len(self.shown) - len(self.settled)

    @property
    def hidden(self) -> tuple[Point, ...]:
        """The points behind "Show more": the folded ones, the held ones, then the dismissed ones."""
        return self._standing[len(self.shown) :] + self.held.points + self.dismissed

    @property
    def _standing(self) -> tuple[Point, ...]:
        return tuple(point for point in self.points if point.decision is not Decision.DISMISSED)

    def _all(self, decision: Decision) -> tuple[Point, ...]:
        return tuple(point for point in self.points if point.decision is decision)


def standing_in(state: DraftState | None) -> Standing | None:
    """How a draft's review stands; None where the draft is gone or its new words are being read."""
    if state is None or state.review is None:
        return None
    critique, text, earlier = state.review.critique, state.record.draft.text, state.earlier
    thorough = critique.strictness is Strictness.THOROUGH
    left, excepted = _parted(state, critique.findings)
    in_pictures, silenced = _in_pictures(state, critique)
    excepted += silenced
    dismissed = {verdict.finding for verdict in state.verdicts if verdict.decision is Decision.DISMISSED}
    looks = (
        f
        for f in critique.leads + critique.let_go * thorough
        if f.ref not in dismissed and not silencing(state.exceptions, f, text, covers=state.covers)
    )
    critique = replace(critique, leads=tuple(looks))
    standing = standing_of(replace(critique, findings=left), state.verdicts, state.answers)
    used = {verdict.finding for verdict in state.verdicts if verdict.decision is Decision.USED}
    delta = delta_of(earlier.review.critique, critique, earlier.text, new=text, used=used) if earlier else Delta()
    points = tuple(replace(point, news=delta.news(point.finding)) for point in standing.points)
    delta = replace(
        delta, fixed=_mentioned(state, delta.fixed, dismissed), settled=_mentioned(state, delta.settled, dismissed)
    )
    known = sign_off_of(state)
    act = known.last.act if known else None
    standing = replace(standing, critique=critique, points=points, pictured=in_pictures)
    standing = replace(standing, excepted=excepted, delta=delta, sign_off=act)
    return replace(standing, most=UNFOLDED) if thorough else _without_held(standing)


def standing_of(critique: Critique, verdicts: Iterable[Verdict] = (), answers: Iterable[Answer] = ()) -> Standing:
    """What is left of a critique after what people decided and answered, without exceptions or earlier reviews."""
    decided = {verdict.finding: verdict for verdict in verdicts}
    given = tuple(answers)
    answered = {answer.guideline for answer in given}
    wishes = [(finding, _wish(finding, decided.get(finding.ref))) for finding in critique.findings]
    usable = compatible(finding for finding, wish in wishes if wish is not Decision.DISMISSED)
    points = tuple(_point(finding, wish, usable, verdict=decided.get(finding.ref)) for finding, wish in wishes)
    asked = tuple(question for question in critique.questions if question.guideline not in answered)
    return Standing(critique, points, asked, answers=given, pictured=_pictured(critique, decided))


def _without_held(standing: Standing) -> Standing:
    """What somebody decided about stays, and so do answers."""
    critique = standing.critique
    if critique.strictness is not Strictness.QUIET:
        return standing
    back = [point for point in standing.points if point.decision is Decision.OPEN]
    back = [point for point in back if critique.strictness.holds(point.finding)]
    asked = tuple(question for question in critique.questions if question not in standing.questions)
    shown = tuple(point for point in standing.points if point not in back)
    held = Held(tuple(back), standing.questions, critique.leads)
    critique = replace(critique, questions=asked, leads=())
    return replace(standing, critique=critique, points=shown, questions=(), held=held)


def _in_pictures(
    state: DraftState, critique: Critique
) -> tuple[tuple[tuple[int, Point], ...], tuple[tuple[Finding, GuidelineException], ...]]:
    """The points about pictures that stay, and those that an exception silences."""
    left, excepted = _parted(state, (point.finding for point in critique.in_pictures))
    decided = {verdict.finding: verdict for verdict in state.verdicts}
    return tuple(one for one in _pictured(critique, decided) if one[1].finding in left), excepted


def _pictured(critique: Critique, decided: Mapping[str, Verdict]) -> tuple[tuple[int, Point], ...]:
    points = [(one.number, one.finding) for one in critique.in_pictures]
    return tuple((n, _point(f, _wish(f, decided.get(f.ref)), [], verdict=decided.get(f.ref))) for n, f in points)


def _wish(finding: Finding, verdict: Verdict | None) -> Decision:
    wish = verdict.decision if verdict else Decision.OPEN
    stays = not finding.dismissable and not (verdict and verdict.reason is VerdictReason.OWN_ADDRESS)
    return Decision.OPEN if wish is Decision.DISMISSED and stays else wish


def _point(finding: Finding, wish: Decision, usable: list[Finding], verdict: Verdict | None) -> Point:
    can_be = finding in usable
    return Point(finding, Decision.OPEN if wish is Decision.USED and not can_be else wish, can_be, verdict=verdict)


def _parted(
    state: DraftState, findings: Iterable[Finding]
) -> tuple[tuple[Finding, ...], tuple[tuple[Finding, GuidelineException], ...]]:
    """The findings that stay, and those that an exception silences. What was decided in the draft itself goes first."""
    decided = {verdict.finding: verdict for verdict in state.verdicts}
    text = state.record.draft.text
    left: list[Finding] = []
    excepted: list[tuple[Finding, GuidelineException]] = []

    def is_apart(finding: Finding) -> bool:
        return finding.ref in decided or silencing(state.exceptions, finding, text, covers=state.covers) is not None

    for piece in (piece for finding in findings for piece in pieces(finding, text, is_apart)):
        verdict = decided.get(piece.ref)
        newer = [e for e in state.exceptions if not verdict or _outranks(e, verdict)]
        silenced = silencing(newer, piece, text, covers=state.covers)
        excepted += [(piece, silenced)] if silenced else []
        left += [] if silenced else [piece]
    return tuple(left), tuple(excepted)


def _outranks(exception: GuidelineException, verdict: Verdict) -> bool:
    """A point that somebody used, dismissed or took back here stays, unless it was taken back before the exception."""
    return verdict.decision is Decision.OPEN and float(verdict.at) < exception.created_at


def _mentioned(state: DraftState, findings: tuple[Finding, ...], dismissed: set[str]) -> tuple[Finding, ...]:
    text = state.record.draft.text
    return tuple(
        f
        for f in findings
        if f.ref not in dismissed
        and not (state.review and state.review.critique.strictness.holds(f))
        and not silencing(state.exceptions, f, text, covers=state.covers)
    )


def subject_of(state: DraftState) -> Subject:
    """What a sign-off is about now: the clean text where an up-to-date one stands in the thread, else the draft."""
    made, draft = state.made, state.record.draft
    answers = [(answer.guideline, answer.answer) for answer in state.answers]
    if state.clean and made and made.revision == state.record.revision:
        return Subject(Source.CLEAN, fingerprint(made.text, draft, answers))
    return Subject(Source.DRAFT, fingerprint(draft.text, draft, answers))


def sign_off_of(state: DraftState) -> SignOff | None:
    """How it stands, None where nobody asked for one or decided."""
    if state.record.erased or not state.acts:
        return None
    return SignOff(subject_of(state), tuple(sorted(state.acts, key=lambda act: (act.at, act.key))))


def approved_at(state: DraftState, text: str) -> float | None:
    """When this very text was approved, in seconds since 1970; None where it was not, or has changed since."""
    sign_off, made = sign_off_of(state), state.made
    if sign_off is None or not sign_off.approved:
        return None
    stands = made.text if sign_off.subject.source is Source.CLEAN and made else state.record.draft.text
    return sign_off.last.at if stands == text else None


def open_points(standing: Standing) -> tuple[OpenPoint, ...]:
    """What nobody has handled yet, the most severe first."""
    return tuple(OpenPoint(finding.severity, finding.guideline) for finding in standing.open)
