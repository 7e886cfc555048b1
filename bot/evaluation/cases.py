"""A case: a post of which somebody has said what is wrong with it, or that nothing is. How files of them are read."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol, cast

from bot.core.brand.facts import FIELDS, Fact, fact_of
from bot.core.brand.posts import read_posts
from bot.core.deciding import GuidelineException, Scope
from bot.core.drafts import Draft, platform_named, reference
from bot.core.errors import BrokenFiles, FileFault
from bot.core.findings import ONE_STORY, Finding
from bot.core.guidelines import FAMILIES, Severity
from bot.core.judging import SHOWN, Usage
from bot.core.reading.dates import is_day
from bot.core.words import evaluating as words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bot.core.brand.posts import EarlierPost
    from bot.core.guidelines import Example, Guideline, Library
    from bot.core.judging import Question
    from bot.core.ports import Critic


CLEAN, ACCEPTABLE, VIOLATING, OTHER = "clean", "acceptable", "violating", "other"
"""Kinds that Candor gives itself where a case names none."""
MANY = 5
"""A post judged for more labels than this, with nothing expected, counts as clean."""


@dataclass(frozen=True, slots=True)
class Gold:
    """One thing that is wrong with a post. ``label`` is a guideline's id or a tag; ``quote`` the words, or ""."""

    label: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class BrandMemory:
    """What a brand keeps: its fact sheet, and what it said before."""

    facts: tuple[Fact, ...] = ()
    posts: tuple[EarlierPost, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldCase:
    """One post with its gold.

    ``judged`` are the labels that the gold speaks about, None for all of them: a finding under another one is neither
    right nor wrong, and so is one under ``acceptable_also``.

    With a ``memory`` it is reviewed beside that on the ISO day ``today``, "" for the day of the run. ``statement`` is
    what it contradicts, the value of a fact or a sentence of an earlier post, "" where it contradicts nothing and None
    where nobody said.
    """

    id: str
    draft: Draft
    expected: tuple[Gold, ...] = ()
    judged: frozenset[str] | None = None
    acceptable_also: frozenset[str] = frozenset()
    kind: str = CLEAN
    answers: tuple[tuple[str, str], ...] = ()
    exceptions: tuple[GuidelineException, ...] = ()
    memory: BrandMemory | None = None
    today: str = ""
    statement: str | None = None

    @property
    def labels(self) -> frozenset[str]:
        """What is wrong with it."""
        return frozenset(gold.label for gold in self.expected)

    def quotes(self, label: str) -> tuple[str, ...]:
        """The words marked for a label."""
        return tuple(gold.quote for gold in self.expected if gold.label == label and gold.quote)


@dataclass(frozen=True, slots=True)
class Labels:
    """What counts as what. ``tags`` are labels that stand for several guidelines; every guideline stands for itself."""

    guidelines: tuple[str, ...]
    tags: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])

    def of(self, guideline: str) -> frozenset[str]:
        """The labels that a finding under the guideline counts as."""
        return frozenset({guideline, *(tag for tag, ids in self.tags.items() if guideline in ids)})

    def guidelines_of(self, label: str) -> tuple[str, ...]:
        """The guidelines that count as the label."""
        return self.tags.get(label, (label,))

    def family(self, label: str) -> str:
        """The family of the first guideline that counts as the label."""
        return self.guidelines_of(label)[0].partition("/")[0]

    def judged(self, case: GoldCase) -> frozenset[str]:
        """The labels of a case under which a finding, or none, is right or wrong."""
        judged = frozenset(self.guidelines) if case.judged is None else case.judged
        return (judged | case.labels) - (case.acceptable_also - case.labels)

    def found(self, findings: Iterable[Finding]) -> frozenset[str]:
        """The labels of some findings."""
        return frozenset(label for finding in findings for label in self.of(finding.guideline))

    @classmethod
    def under(cls, library: Library, tags: Mapping[str, tuple[str, ...]]) -> Labels:
        """The labels where a library is in force."""
        return cls(tuple(guideline.id for guideline in library.guidelines), tags)


def kind_of(expected: tuple[Gold, ...], judged: frozenset[str] | None) -> str:
    """The kind of a case that names none."""
    if expected:
        return VIOLATING
    return CLEAN if judged is None or len(judged) > MANY else OTHER


def in_order(labels: Iterable[str], known: Labels) -> list[str]:
    """Family by family, then by name; labels of no family come last."""
    families = [*FAMILIES]
    return sorted(labels, key=lambda label: (_place(families, known.family(label)), label))


def _place(families: list[str], family: str) -> int:
    return families.index(family) if family in families else len(families)


# What the whole pipeline said about a case.

MISSING, STALE = "missing", "stale"
"""Faults beside a model's own failures: nobody has answered yet; the answer is to another request."""


@dataclass(frozen=True, slots=True)
class Note:
    """How a case fared on its way to the model. ``seconds`` is None where nobody measured."""

    fault: str = ""
    seconds: float | None = None


class Examiner(Protocol):
    """One case's way to the model, for one run."""

    @property
    def critic(self) -> Critic:
        """The critic; ask it once."""
        ...

    def note(self) -> Note:
        """How it went; to be asked afterwards."""
        ...


@dataclass(frozen=True, slots=True)
class Answered:
    """A case in one run. ``findings`` are those that reach people, the most severe first.

    ``fault`` says why the model has no part in it, "" where it has. ``drops`` counts what does not reach people, by
    reason; ``confidences`` are the model's, by a finding's ``ref``. ``seconds`` is None where nobody measured.
    """

    case: GoldCase
    run: int = 0
    findings: tuple[Finding, ...] = ()
    questions: tuple[Question, ...] = ()
    fault: str = ""
    drops: dict[str, int] = field(default_factory=dict[str, int])
    confidences: dict[str, str] = field(default_factory=dict[str, str])
    confirmed: bool = True
    model: str = ""
    usage: Usage = field(default_factory=Usage)
    seconds: float | None = None

    @property
    def shown(self) -> tuple[Finding, ...]:
        """What people see at once."""
        return self.findings[:SHOWN]


# How well the quoted words match those that the gold marks.


def overlap(quoted: Iterable[str], marked: Iterable[str]) -> float | None:
    """F1 over the words of both, from 0 to 1; None where neither has any."""
    ours, gold = _words(quoted), _words(marked)
    total = ours.total() + gold.total()
    return 2 * (ours & gold).total() / total if total else None


def mean(values: Iterable[float | None]) -> float | None:
    """The mean of what is defined; None where nothing is."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def _words(texts: Iterable[str]) -> Counter[str]:
    return Counter(word for text in texts for word in text.lower().split())


# A post cut into pieces, so that marked and quoted words can be shown in their place.


@dataclass(frozen=True, slots=True)
class MarkedPiece:
    """Some words of a post: whether the gold marks them, and whether a finding quotes them."""

    text: str
    marked: bool = False
    quoted: bool = False


def pieces(one: Answered) -> tuple[MarkedPiece, ...]:
    """The whole post, piece by piece."""
    text = one.case.draft.text
    quoted = [(finding.start, finding.end) for finding in one.findings]
    marked = [(at, at + len(gold.quote)) for gold in one.case.expected if gold.quote for at in (text.find(gold.quote),)]
    return tuple(_cut(text, [span for span in marked if span[0] >= 0], quoted))


def _cut(text: str, marked: list[tuple[int, int]], quoted: list[tuple[int, int]]) -> Iterator[MarkedPiece]:
    ends = sorted({0, len(text), *(end for span in (*marked, *quoted) for end in span)})
    for start, end in pairwise(ends):
        yield MarkedPiece(text[start:end], _within(start, marked), _within(start, quoted))


def _within(at: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)


# Reads cases and tag maps from the lines of files that people write.

_NOTHING_WRONG = "ok"
_PAIR = 2


class _Wrong(Exception):
    """A line that is no case."""


def read_cases(files: Mapping[str, str], brands: Mapping[str, BrandMemory] | None = None) -> tuple[GoldCase, ...]:
    """The cases of JSON-lines files, in Candor's own form or in that of the public benchmark.

    ``files`` are their texts by name; cases may name one of the ``brands``. Raises `BrokenFiles` that names every
    broken line.
    """
    faults: list[FileFault] = []
    cases: dict[str, GoldCase] = {}
    for path, text in files.items():
        before = len(cases) + len(faults)
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                _keep(line, brands or {}, cases, here=FileFault(path, number, ""), faults=faults)
        if len(cases) + len(faults) == before:
            faults.append(FileFault(path, 1, words.NO_CASES))
    if faults:
        raise BrokenFiles(faults)
    return tuple(cases.values())


def read_tags(path: str, text: str) -> dict[str, tuple[str, ...]]:
    """A tag map, ``{tag: [guideline, ...]}``. Raises `BrokenFiles`."""
    value = _load(text)
    content = _items(value)
    tags = {tag: _strings(ids) for tag, ids in content.items()}
    if not tags or not all(tags.values()):
        raise BrokenFiles([FileFault(path, 1, words.BROKEN_TAGS)])
    return tags


def read_brands(path: str, text: str) -> dict[str, BrandMemory]:
    """What brands keep: a list of ``{brand, facts, posts}``. Raises `BrokenFiles`."""
    rows = [_items(row) for row in _list({"": _load(text)}, "")]
    try:
        brands = {str(row.get("brand") or ""): _memory(row) for row in rows}
    except _Wrong as wrong:
        raise BrokenFiles([FileFault(path, 1, str(wrong))]) from None
    if not brands or "" in brands or len(brands) < len(rows):
        raise BrokenFiles([FileFault(path, 1, words.BROKEN_BRANDS)])
    return brands


def _memory(content: Mapping[str, object]) -> BrandMemory:
    """A sheet and a history, each row as people paste or import it."""
    facts = tuple(map(_fact, _list(content, "facts")))
    posts = read_posts("\n".join(map(json.dumps, _list(content, "posts"))))
    if posts.faults:
        raise _Wrong(words.wrong_post(*posts.faults[0]))
    return BrandMemory(facts, tuple(post for _, post in posts.posts))


def _fact(row: object) -> Fact:
    content = _items(row)
    typed = {name: ", ".join(_strings(content.get(name))) or str(content.get(name) or "") for name in FIELDS}
    made = fact_of(typed)
    if not isinstance(made, Fact):
        raise _Wrong(words.wrong_fact(typed["value"], next(iter(made.values()))))
    return replace(made, id=reference(f"fact:{made.key}"))


def _keep(
    line: str,
    brands: Mapping[str, BrandMemory],
    cases: dict[str, GoldCase],
    *,
    here: FileFault,
    faults: list[FileFault],
) -> None:
    try:
        case = _case(line, brands)
    except _Wrong as wrong:
        faults.append(replace(here, reason=str(wrong)))
        return
    if case.id in cases:
        faults.append(replace(here, reason=words.same_id(case.id)))
    cases[case.id] = case


def _case(line: str, brands: Mapping[str, BrandMemory]) -> GoldCase:
    row = _load(line)
    content = _items(row)
    if not all(isinstance(content.get(name), str) and content[name] for name in ("id", "text")):
        raise _Wrong(words.NO_CASE)
    draft = _reading_draft(content)
    expected = tuple(_gold(one, draft.text) for one in _list(content, "expected") if one != _NOTHING_WRONG)
    expected = _with_spans(expected, _list(content, "spans"))
    statement, today = _statement(content), str(content.get("today") or "")
    if today and not is_day(today):
        raise _Wrong(words.NO_DAY)
    if statement:
        expected = (*expected, Gold(ONE_STORY, _quote(content.get("quote"), draft.text)))
    judged = frozenset(_strings(content["judged"])) if "judged" in content else None
    judged = frozenset({ONE_STORY}) if judged is None and statement is not None else judged
    return GoldCase(
        str(content["id"]),
        draft,
        expected,
        judged=judged,
        acceptable_also=frozenset(_strings(content.get("acceptable_also", []))),
        kind=str(content.get("kind") or kind_of(expected, judged)),
        answers=tuple(_answer(one) for one in _list(content, "answers")),
        exceptions=tuple(_exception(one) for one in _list(content, "exceptions")),
        memory=_memory_of(content, brands),
        today=today,
        statement=statement,
    )


def _statement(content: Mapping[str, object]) -> str | None:
    contradicts, statement = content.get("contradicts"), content.get("statement")
    if not isinstance(contradicts, bool):
        return None
    if contradicts and not (isinstance(statement, str) and statement):
        raise _Wrong(words.NO_STATEMENT)
    return str(statement) if contradicts else ""


def _memory_of(content: Mapping[str, object], brands: Mapping[str, BrandMemory]) -> BrandMemory | None:
    """The case's own, or that of the brand that it names."""
    if {"facts", "posts"} & content.keys():
        return _memory(content)
    name = content.get("brand")
    if name is None:
        return None
    if (known := brands.get(str(name))) is None:
        raise _Wrong(words.no_brand(str(name)))
    return known


def _reading_draft(content: Mapping[str, object]) -> Draft:
    platform = platform_named(str(content.get("platform") or "")) or ""
    market = f"Market: {content['market']}" if content.get("market") else ""
    return Draft(str(content["text"]), platform, "\n".join(filter(None, (str(content.get("context") or ""), market))))


def _gold(value: object, text: str) -> Gold:
    """A tag, or ``{guideline, span}``, where the span is the words or their (start, end)."""
    if isinstance(value, str):
        return Gold(value)
    content = _items(value)
    label, span = content.get("guideline"), content.get("span")
    if not isinstance(label, str):
        raise _Wrong(words.NO_GOLD)
    return Gold(label, _quote(span, text) if span else "")


def _quote(span: object, text: str) -> str:
    ends = _ends(span)
    quote = text[slice(*ends)] if len(ends) == _PAIR else span
    if not isinstance(quote, str) or not quote or quote not in text:
        raise _Wrong(words.WRONG_SPAN)
    return quote


def _ends(span: object) -> list[int]:
    listed = cast("list[object]", span) if isinstance(span, list) else []
    return [end for end in listed if isinstance(end, int)]


def _with_spans(expected: tuple[Gold, ...], spans: list[object]) -> tuple[Gold, ...]:
    """The benchmark keeps its spans beside the tags, as [tag, words]."""
    pairs = [pair for pair in map(_strings, spans) if len(pair) == _PAIR]
    marked = {tag for tag, _ in pairs}
    return (*(gold for gold in expected if gold.label not in marked), *(Gold(tag, quote) for tag, quote in pairs))


def _answer(value: object) -> tuple[str, str]:
    content = _items(value)
    guideline, answer = content.get("guideline"), content.get("answer")
    if not isinstance(guideline, str) or not isinstance(answer, str):
        raise _Wrong(words.NO_ANSWER)
    return guideline, answer


def _exception(value: object) -> GuidelineException:
    content = _items(value)
    guideline, quote = content.get("guideline"), content.get("quote")
    if not isinstance(guideline, str) or not isinstance(quote, str):
        raise _Wrong(words.NO_EXCEPTION)
    campaign = str(content.get("campaign") or "")
    return GuidelineException(
        team="",
        id=f"{guideline}:{quote}",
        guideline=guideline,
        ref=Finding(guideline, Severity.CONSIDER, 0, end=len(quote), quote=quote, why="").ref,
        quote=quote,
        scope=Scope.CAMPAIGN if campaign else Scope.ALWAYS,
        campaign=campaign,
        author="",
        draft_id="",
        created_at=0.0,
    )


def _load(text: str) -> object:
    try:
        return cast("object", json.loads(text))
    except (ValueError, RecursionError):
        return None


def _items(value: object) -> dict[str, object]:
    return cast("dict[str, object]", value) if isinstance(value, dict) else {}


def _list(content: Mapping[str, object], name: str) -> list[object]:
    value = content.get(name)
    return cast("list[object]", value) if isinstance(value, list) else []


def _strings(value: object) -> tuple[str, ...]:
    listed = cast("list[object]", value) if isinstance(value, list) else []
    return tuple(one for one in listed if isinstance(one, str))


# The example posts of the guideline files as cases.


def examples_of(library: Library) -> tuple[GoldCase, ...]:
    """Two kinds of cases for each guideline that a model is asked about.

    A Bad example is judged for its own guideline only: its file says nothing about the others. A Good one is a post
    that nobody should object to, whatever the guideline.
    """
    return tuple(case for g in library.guidelines if not g.fixed_rules_only for case in _of(g))


def _of(guideline: Guideline) -> Iterator[GoldCase]:
    own = frozenset((guideline.id,))
    for number, example in enumerate(guideline.bad, 1):
        gold = (Gold(guideline.id, example.quote),)
        yield GoldCase(f"{guideline.id}/bad-{number}", _examples_draft(example), gold, judged=own, kind=VIOLATING)
    for number, example in enumerate(guideline.good, 1):
        yield GoldCase(f"{guideline.id}/good-{number}", _examples_draft(example), kind=ACCEPTABLE)


def _examples_draft(example: Example) -> Draft:
    return Draft(example.text, example.platform, example.context)
