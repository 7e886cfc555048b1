"""Right, wrong and missed: what findings are worth against the gold, and how sure one may be of a figure."""

from __future__ import annotations

import math
import random
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.core.findings import ONE_STORY, Origin, folded, is_recorded
from bot.core.guidelines import Severity
from bot.core.proof import rate
from bot.evaluation.cases import OTHER, in_order, mean, overlap

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    from bot.core.findings import Finding
    from bot.core.judging import Usage
    from bot.core.proof import Rate
    from bot.core.spending import ModelPrices
    from bot.evaluation.cases import Answered, GoldCase, Labels


# How far a figure may be from the truth, given how few posts it rests on.

SAMPLES = 2000
"""How often a bootstrap draws."""
SEED = 0
LOW, HIGH = 2.5, 97.5
_BITS = 40
_MASK = (1 << _BITS) - 1


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its bootstrap interval at 95 %; None where it is undefined."""

    value: float | None
    low: float | None = None
    high: float | None = None


def bootstrap(
    rows: Sequence[tuple[int, ...]], figure: Callable[[Sequence[int]], float | None], seed: int = SEED
) -> Estimate:
    """A figure of the sums of the rows' columns, with an interval from drawing rows anew.

    A row is one post with all that belongs to it, so posts are what is drawn. Counts are not negative.
    """
    if not rows:
        return Estimate(None)
    width = len(rows[0])
    # Packed into one whole number each, so that the interpreter's own loops do the adding.
    packed = [sum(count << _BITS * place for place, count in enumerate(row)) for row in rows]
    draw = random.Random(seed)  # noqa: S311 - a sample, no secret
    drawn = (_unpacked(sum(draw.choices(packed, k=len(packed))), width) for _ in range(SAMPLES))
    values = sorted(value for value in map(figure, drawn) if value is not None)
    whole = figure(_unpacked(sum(packed), width))
    return Estimate(whole, percentile(values, LOW), percentile(values, HIGH))


def percentile(values: Sequence[float], percent: float) -> float | None:
    """The percentile of sorted values, between two of them where it falls there; None where there are none."""
    if not values:
        return None
    place = (len(values) - 1) * percent / 100
    below = math.floor(place)
    above = min(below + 1, len(values) - 1)
    return values[below] + (values[above] - values[below]) * (place - below)


def _unpacked(total: int, width: int) -> list[int]:
    return [total >> _BITS * place & _MASK for place in range(width)]


# Right, wrong and missed: what findings are worth against the gold.


class Mark(StrEnum):
    """What a post's findings are worth under one label."""

    HIT = "hit"
    FALSE_ALARM = "false_alarm"
    MISS = "miss"
    QUIET = "quiet"
    """Nothing expected, nothing found."""


Marks = dict[str, Mark]
"""The mark of a post under each label that its gold speaks about."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Posts by mark."""

    hits: int = 0
    false_alarms: int = 0
    misses: int = 0
    quiet: int = 0

    @classmethod
    def of(cls, marks: Iterable[Mark]) -> Counts:
        """How often each mark occurs."""
        found = Counter(marks)
        return cls(found[Mark.HIT], found[Mark.FALSE_ALARM], found[Mark.MISS], found[Mark.QUIET])

    @property
    def row(self) -> tuple[int, int, int]:
        """What precision, recall and F1 are made of."""
        return self.hits, self.false_alarms, self.misses


def marks_of(case: GoldCase, findings: Iterable[Finding], labels: Labels) -> Marks:
    """The marks of a post."""
    found, wrong = labels.found(findings), case.labels
    return {label: _mark(found=label in found, wrong=label in wrong) for label in sorted(labels.judged(case))}


def is_right(marks: Mapping[str, Mark]) -> bool:
    """True where a post has neither a miss nor a false alarm."""
    return not {Mark.MISS, Mark.FALSE_ALARM} & set(marks.values())


def f1(row: Sequence[int]) -> float | None:
    """F1 of hits, false alarms and misses; None where there are none of them."""
    hits, false_alarms, misses = row
    total = 2 * hits + false_alarms + misses
    return 2 * hits / total if total else None


def _mark(*, found: bool, wrong: bool) -> Mark:
    if wrong:
        return Mark.HIT if found else Mark.MISS
    return Mark.FALSE_ALARM if found else Mark.QUIET


# Precision, recall and what belongs to them, for one label or for several together.

ALL = "all"


class Fate(StrEnum):
    """What became of something that is wrong with a post."""

    SHOWN = "shown"
    FOLDED = "folded"
    """Found, behind "Show more"."""
    ASKED = "asked"
    """Not found, but the author is asked a question under that guideline."""
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Score:
    """``name`` is a label, a family or "all". ``fates`` counts what is wrong with the posts by what became of it."""

    name: str
    counts: Counts
    precision: Rate
    recall: Rate
    f1: Estimate
    overlap: float | None
    """How well the quoted words match the marked ones, over the hits with marked words."""
    questions: int
    fates: dict[str, int]


@dataclass(frozen=True, slots=True)
class Scores:
    """``macro`` is the mean F1 of the labels with something to find."""

    labels: tuple[Score, ...]
    families: tuple[Score, ...]
    whole: Score
    macro: float | None


def scores(answered: Sequence[Answered], labels: Labels, seed: int) -> Scores:
    """The scores of one run."""
    marked = [(one, marks_of(one.case, one.findings, labels)) for one in answered]
    known = in_order({label for _, marks in marked for label in marks}, labels)
    each = tuple(_score(label, marked, {label}, labels=labels, seed=seed) for label in known)
    families = dict.fromkeys(labels.family(label) for label in known)
    together = tuple(
        _score(family, marked, {label for label in known if labels.family(label) == family}, labels=labels, seed=seed)
        for family in families
    )
    whole = _score(ALL, marked, set(known), labels=labels, seed=seed)
    return Scores(each, together, whole, macro=mean(s.f1.value for s in each if s.counts.hits + s.counts.misses))


def fate(one: Answered, label: str, labels: Labels) -> Fate:
    """What became of what is wrong with a post under a label."""
    if label in labels.found(one.shown):
        return Fate.SHOWN
    if label in labels.found(one.findings):
        return Fate.FOLDED
    asked = any(label in labels.of(question.guideline) for question in one.questions)
    return Fate.ASKED if asked else Fate.MISSED


def _score(name: str, marked: Sequence[tuple[Answered, Marks]], of: set[str], labels: Labels, seed: int) -> Score:
    rows = [(one, Counts.of(mark for label, mark in marks.items() if label in of)) for one, marks in marked]
    rows = [(one, counts) for one, counts in rows if counts != Counts()]
    whole = Counts.of(mark for _, marks in marked for label, mark in marks.items() if label in of)
    return Score(
        name,
        whole,
        rate(whole.hits, whole.hits + whole.false_alarms),
        recall=rate(whole.hits, whole.hits + whole.misses),
        f1=bootstrap([counts.row for _, counts in rows], f1, seed) if any(whole.row) else Estimate(None),
        overlap=mean(
            _overlap(one, label, labels) for one, marks in marked for label in of if marks.get(label) is Mark.HIT
        ),
        questions=sum(bool(labels.of(question.guideline) & of) for one, _ in rows for question in one.questions),
        fates=dict(sorted(Counter(_fates(marked, of, labels)).items())),
    )


def _fates(marked: Sequence[tuple[Answered, Marks]], of: set[str], labels: Labels) -> Iterable[str]:
    for one, marks in marked:
        for label in of:
            if marks.get(label) in (Mark.HIT, Mark.MISS):
                yield fate(one, label, labels).value


def _overlap(one: Answered, label: str, labels: Labels) -> float | None:
    """None where the gold marks no words."""
    marked = one.case.quotes(label)
    quoted = (finding.quote for finding in one.findings if label in labels.of(finding.guideline))
    return overlap(quoted, marked) if marked else None


# How far several runs over the same posts agree with each other.


def alpha(units: Iterable[Sequence[Hashable]]) -> float | None:
    """Krippendorff's alpha for names: 1 is full agreement, 0 is chance. A unit holds what each run said of it.

    None where nothing varies, or nothing was said twice.
    """
    weights: dict[tuple[Hashable, Hashable], float] = {}
    for said in units:
        pairs = Counter((a, b) for i, a in enumerate(said) for j, b in enumerate(said) if i != j)
        for pair, times in pairs.items():
            weights[pair] = weights.get(pair, 0.0) + times / (len(said) - 1)
    totals: dict[Hashable, float] = {}
    for (one, _), weight in weights.items():
        totals[one] = totals.get(one, 0.0) + weight
    whole = sum(totals.values())
    apart = sum(weight for (a, b), weight in weights.items() if a != b)
    by_chance = sum(totals[a] * totals[b] for a in totals for b in totals if a != b)
    return 1 - apart * (whole - 1) / by_chance if by_chance else None


def same_share(units: Iterable[Sequence[Hashable]]) -> float | None:
    """The share of posts of which every run said the same; None where there are none."""
    same = [len(set(said)) == 1 for said in units]
    return sum(same) / len(same) if same else None


# How often posts with nothing wrong are flagged.


@dataclass(frozen=True, slots=True)
class Alarms:
    """The posts of one kind of which the gold says that nothing is wrong. Questions are no alarms, and counted."""

    kind: str
    flagged: Rate
    serious: Rate
    """With a must-fix or a should-fix."""
    findings: int
    asked: Rate


def alarms(answered: Iterable[Answered]) -> tuple[Alarms, ...]:
    """One for each kind, in the order of the cases. Posts that are judged for a few labels only say nothing here."""
    kinds: dict[str, list[Answered]] = {}
    for one in answered:
        if not one.case.expected and one.case.kind != OTHER:
            kinds.setdefault(one.case.kind, []).append(one)
    return tuple(_alarms(kind, posts) for kind, posts in kinds.items())


def alarming(one: Answered) -> tuple[Finding, ...]:
    """The findings of a post, without those that its gold would accept."""
    return tuple(finding for finding in one.findings if finding.guideline not in one.case.acceptable_also)


def _alarms(kind: str, posts: Sequence[Answered]) -> Alarms:
    found = [alarming(post) for post in posts]
    serious = [[f for f in findings if f.severity is not Severity.CONSIDER] for findings in found]
    return Alarms(
        kind,
        rate(sum(map(bool, found)), len(posts)),
        rate(sum(map(bool, serious)), len(posts)),
        findings=sum(map(len, found)),
        asked=rate(sum(bool(post.questions) for post in posts), len(posts)),
    )


# Whether a model is right as often as it says that it is sure.

NOMINAL: Mapping[str, float] = {"low": 0.5, "medium": 0.7, "high": 0.9}
"""What the three levels are taken to mean."""
_BINS = 10


@dataclass(frozen=True, slots=True)
class Calibration:
    """``levels``: for each level, how often it was right. Both scores are 0 where every level means what it says."""

    levels: Mapping[str, Rate]
    brier: float | None
    error: float | None
    """The expected calibration error over ten bins."""


def calibration(said: Sequence[tuple[str, bool]]) -> Calibration:
    """From the level of each judged finding of the model, and whether it was right."""
    levels = {
        level: rate(sum(right for one, right in said if one == level), sum(one == level for one, _ in said))
        for level in NOMINAL
    }
    pairs = [(NOMINAL[level], right) for level, right in said]
    return Calibration(levels, brier(pairs), calibration_error(pairs))


def brier(said: Sequence[tuple[float, bool]]) -> float | None:
    """The mean squared distance of a stated probability from what was so."""
    return sum((p - right) ** 2 for p, right in said) / len(said) if said else None


def calibration_error(said: Sequence[tuple[float, bool]]) -> float | None:
    """The distance of stated from observed shares, bin by bin, weighted with how much is in a bin."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for p, right in said:
        bins.setdefault(min(int(p * _BINS), _BINS - 1), []).append((p, right))
    apart = sum(abs(sum(p for p, _ in inside) - sum(right for _, right in inside)) for inside in bins.values())
    return apart / len(said) if said else None


# Contradictions: the draft's words and what they contradict, side by side.


class PairFate(StrEnum):
    """What became of a case of which somebody said whether it contradicts anything."""

    BOTH = "both"
    ONE = "one"
    """Its words were quoted, and not what they contradict."""
    MISSED = "missed"
    FALSE = "false"
    QUIET = "quiet"


def pair_fate(one: Answered) -> tuple[PairFate | None, Origin | None]:
    """The fate, and who found it; None where nobody said what is so."""
    case = one.case
    if case.statement is None:
        return None, None
    told = [finding for finding in one.findings if finding.guideline == ONE_STORY or is_recorded(finding)]
    if not case.statement:
        return (PairFate.FALSE, told[0].origin) if told else (PairFate.QUIET, None)
    near = [finding for finding in one.findings if _touches(finding, case)]
    if both := [finding for finding in near if _plain(case.statement) in _plain(finding.why)]:
        return PairFate.BOTH, both[0].origin
    quoted = [finding for finding in near if finding in told]
    return (PairFate.ONE, quoted[0].origin) if quoted else (PairFate.MISSED, None)


def _touches(finding: Finding, case: GoldCase) -> bool:
    starts = [(case.draft.text.find(quote), len(quote)) for quote in case.quotes(ONE_STORY)]
    return any(start < finding.end and finding.start < start + length for start, length in starts)


def _plain(text: str) -> str:
    return folded(text).replace("’", "'").strip(' .!?…“”"')


@dataclass(frozen=True, slots=True)
class PairScore:
    """The cases of one kind: ``both`` are those in which both statements are shown, ``false`` those of the fine."""

    kind: str
    contradicting: int
    both: int
    by_rules: int
    by_model: int
    one: int
    fine: int
    false: int


def pair_scores(answered: Sequence[Answered]) -> tuple[PairScore, ...]:
    """Kind by kind, then all of them; nothing where no case says whether it contradicts anything."""
    fates = [(one.case.kind, *pair_fate(one)) for one in answered if one.case.statement is not None]
    kinds = sorted({kind for kind, _, _ in fates})
    rows = [_pair_score(kind, [(fate, by) for k, fate, by in fates if k == kind]) for kind in kinds]
    return (*rows, _pair_score(ALL, [(fate, by) for _, fate, by in fates])) if rows else ()


def _pair_score(kind: str, fates: Sequence[tuple[PairFate | None, Origin | None]]) -> PairScore:
    counted = Counter(fate for fate, _ in fates)
    by = Counter(origin for fate, origin in fates if fate is PairFate.BOTH)
    fine = counted[PairFate.FALSE] + counted[PairFate.QUIET]
    return PairScore(
        kind,
        len(fates) - fine,
        counted[PairFate.BOTH],
        by_rules=by[Origin.RULE],
        by_model=by[Origin.MODEL],
        one=counted[PairFate.ONE],
        fine=fine,
        false=counted[PairFate.FALSE],
    )


# What the reviews cost: tokens, money and time, for each draft.

P95 = 95.0


@dataclass(frozen=True, slots=True)
class Spread:
    """A quantity over all drafts; None where it is unknown."""

    total: float = 0.0
    mean: float | None = None
    median: float | None = None
    p95: float | None = None


@dataclass(frozen=True, slots=True)
class Costs:
    """Per draft: tokens as the server counted them, US dollars, and seconds."""

    calls: Spread
    new: Spread
    cached: Spread
    output: Spread
    dollars: Spread | None
    seconds: Spread


def spread(values: Iterable[float]) -> Spread:
    """The spread of a quantity."""
    ordered = sorted(values)
    return Spread(float(sum(ordered)), mean(ordered), percentile(ordered, 50), p95=percentile(ordered, P95))


def costs(used: list[tuple[Usage, float | None]], prices: ModelPrices | None) -> Costs:
    """From what each draft that was judged used, and the seconds that it took, None where nobody measured."""
    usages = [usage for usage, _ in used]
    return Costs(
        spread(usage.calls for usage in usages),
        spread(usage.input_tokens - usage.cached_tokens for usage in usages),
        spread(usage.cached_tokens for usage in usages),
        output=spread(usage.output_tokens for usage in usages),
        dollars=spread(map(prices.of, usages)) if prices else None,
        seconds=spread(seconds for _, seconds in used if seconds is not None),
    )


# How much of what a model reads is the same each time, and can come from a server's cache.

CHARACTERS_PER_TOKEN = 4
"""No tokenizer is at hand that works without a network, so sizes are characters by this."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """One kind of request (``form``), in estimated tokens.

    ``prefix`` is what all of them begin with, ``share`` its part of everything that is sent in.
    """

    form: str
    requests: int
    prefix: int
    share: float
    request: float
    """The median request."""
    answer: float | None
    """The median answer; None where there is none."""


@dataclass(slots=True)
class Measured:
    """The texts of one form, one by one; none of them is kept but for what they begin with alike."""

    form: str
    prefix: str | None = None
    sent: list[int] = field(default_factory=list[int])
    answered: list[int] = field(default_factory=list[int])

    def ask(self, text: str) -> None:
        """Everything that the model reads, in its order."""
        self.prefix = text if self.prefix is None else _common(self.prefix, text)
        self.sent.append(len(text))

    def answer(self, text: str) -> None:
        """What it answered."""
        self.answered.append(len(text))

    @property
    def sizes(self) -> Sizes:
        """The sizes of what was asked. There has to be something."""
        prefix = len(self.prefix or "")
        answer = percentile(sorted(self.answered), 50)
        return Sizes(
            self.form,
            len(self.sent),
            _tokens(prefix),
            share=prefix * len(self.sent) / sum(self.sent),
            request=_tokens(percentile(sorted(self.sent), 50) or 0),
            answer=None if answer is None else _tokens(answer),
        )


def _common(one: str, other: str) -> str:
    """What both begin with. Most often that is all of ``one``; else halves are compared, not letters."""
    if other.startswith(one):
        return one
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[:middle] == other[:middle] else (low, middle - 1)
    return one[:low]


def _tokens(characters: float) -> int:
    return round(characters / CHARACTERS_PER_TOKEN)
