"""How a critique stands: what people have decided about its points, and what is left."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bot.core.clean_text import compatible
from bot.core.critique import SHOWN
from bot.core.delta import Delta, News, delta_of
from bot.core.exception import silencing
from bot.core.merging import pieces
from bot.core.sign_off import sign_off_of
from bot.core.verdict import Decision, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.core.answer import Answer
    from bot.core.critique import Critique, Question
    from bot.core.exception import GuidelineException
    from bot.core.finding import Finding
    from bot.core.record import DraftState
    from bot.core.sign_off import Act
    from bot.core.verdict import Verdict


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
        return bool(self.critique.findings or self.critique.questions or self.pictured)

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
    def folded(self) -> int:
        """How many points stand neither in full nor as one line."""
        return len(self.points) + len(self.pictured) - len(self.open_pictured) - len(self.shown) - len(self.settled)

    @property
    def hidden(self) -> tuple[Point, ...]:
        """The points behind "Show more": the folded ones, then the dismissed ones."""
        return self._standing[len(self.shown) :] + self.dismissed

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
    left, excepted = _parted(state, critique.findings)
    in_pictures, silenced = _in_pictures(state, critique)
    excepted += silenced
    dismissed = {verdict.finding for verdict in state.verdicts if verdict.decision is Decision.DISMISSED}
    looks = (f for f in critique.leads if f.ref not in dismissed and not silencing(state.exceptions, f, text))
    critique = replace(critique, leads=tuple(looks))
    standing = standing_of(replace(critique, findings=left), state.verdicts, state.answers)
    delta = delta_of(earlier.review.critique, critique, earlier.text, text) if earlier else Delta()
    points = tuple(replace(point, news=delta.news(point.finding)) for point in standing.points)
    delta = replace(
        delta,
        fixed=_mentioned(state, delta.fixed, dismissed),
        settled=_mentioned(state, delta.settled, dismissed),
    )
    known = sign_off_of(state)
    act = known.last.act if known else None
    standing = replace(standing, critique=critique, points=points, pictured=in_pictures)
    return replace(standing, excepted=excepted, delta=delta, sign_off=act)


def standing_of(critique: Critique, verdicts: Iterable[Verdict] = (), answers: Iterable[Answer] = ()) -> Standing:
    """What is left of a critique after what people decided and answered, without exceptions or earlier reviews."""
    decided = {verdict.finding: verdict for verdict in verdicts}
    given = tuple(answers)
    answered = {answer.guideline for answer in given}
    wishes = [(finding, _wish(finding, decided.get(finding.ref))) for finding in critique.findings]
    usable = compatible(finding for finding, wish in wishes if wish is not Decision.DISMISSED)
    points = tuple(_point(finding, wish, usable, decided.get(finding.ref)) for finding, wish in wishes)
    asked = tuple(question for question in critique.questions if question.guideline not in answered)
    return Standing(critique, points, asked, given, pictured=_pictured(critique, decided))


def _in_pictures(
    state: DraftState, critique: Critique
) -> tuple[tuple[tuple[int, Point], ...], tuple[tuple[Finding, GuidelineException], ...]]:
    """The points about pictures that stay, and those that an exception silences."""
    left, excepted = _parted(state, (point.finding for point in critique.in_pictures))
    decided = {verdict.finding: verdict for verdict in state.verdicts}
    return tuple(one for one in _pictured(critique, decided) if one[1].finding in left), excepted


def _pictured(critique: Critique, decided: Mapping[str, Verdict]) -> tuple[tuple[int, Point], ...]:
    points = [(one.number, one.finding) for one in critique.in_pictures]
    return tuple((n, _point(f, _wish(f, decided.get(f.ref)), [], decided.get(f.ref))) for n, f in points)


def _wish(finding: Finding, verdict: Verdict | None) -> Decision:
    wish = verdict.decision if verdict else Decision.OPEN
    stays = not finding.dismissable and not (verdict and verdict.reason is Reason.OWN_ADDRESS)
    return Decision.OPEN if wish is Decision.DISMISSED and stays else wish


def _point(finding: Finding, wish: Decision, usable: list[Finding], verdict: Verdict | None) -> Point:
    can_be = finding in usable
    return Point(finding, Decision.OPEN if wish is Decision.USED and not can_be else wish, can_be, verdict)


def _parted(
    state: DraftState, findings: Iterable[Finding]
) -> tuple[tuple[Finding, ...], tuple[tuple[Finding, GuidelineException], ...]]:
    """The findings that stay, and those that an exception silences. What was decided in the draft itself goes first."""
    decided = {verdict.finding: verdict for verdict in state.verdicts}
    text = state.record.draft.text
    left: list[Finding] = []
    excepted: list[tuple[Finding, GuidelineException]] = []

    def is_apart(finding: Finding) -> bool:
        return finding.ref in decided or silencing(state.exceptions, finding, text) is not None

    for piece in (piece for finding in findings for piece in pieces(finding, text, is_apart)):
        verdict = decided.get(piece.ref)
        newer = [e for e in state.exceptions if not verdict or _outranks(e, verdict)]
        silenced = silencing(newer, piece, text)
        excepted += [(piece, silenced)] if silenced else []
        left += [] if silenced else [piece]
    return tuple(left), tuple(excepted)


def _outranks(exception: GuidelineException, verdict: Verdict) -> bool:
    """A point that somebody used, dismissed or took back here stays, unless it was taken back before the exception."""
    return verdict.decision is Decision.OPEN and float(verdict.at) < exception.created_at


def _mentioned(state: DraftState, findings: tuple[Finding, ...], dismissed: set[str]) -> tuple[Finding, ...]:
    text = state.record.draft.text
    return tuple(f for f in findings if f.ref not in dismissed and not silencing(state.exceptions, f, text))
