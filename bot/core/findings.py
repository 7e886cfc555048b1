"""A finding: words of the draft, what they do to a reader, and the smallest edit that cures it."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import accumulate, groupby, pairwise, takewhile
from typing import TYPE_CHECKING

from bot.core.drafts import reference
from bot.core.guidelines import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from bot.core.reading.variants import Variant


class Origin(StrEnum):
    """Who found it."""

    RULE = "rule"
    MODEL = "model"


def folded(words: str) -> str:
    """Words as they are compared letter for letter."""
    return " ".join(unicodedata.normalize("NFKC", words).casefold().split())


_LINE = 60
"""Characters of a quote that is only named."""


def on_one_line(quote: str) -> str:
    """A quote as it is named inside a sentence: on one line, cut where it is long."""
    line = " ".join(quote.split())
    return line if len(line) <= _LINE else f"{line[:_LINE].rstrip()}…"


@dataclass(frozen=True, slots=True)
class Edit:
    """Put ``text`` in place of the code points ``start`` to ``end``; equal offsets insert.

    ``gone`` are the (start, end) of what it takes out elsewhere: a label that moves stands nowhere twice.
    """

    start: int
    end: int
    text: str
    gone: tuple[tuple[int, int], ...] = ()

    @property
    def pieces(self) -> tuple[Edit, ...]:
        """An edit of its own for each place that it changes."""
        return Edit(self.start, self.end, self.text), *(Edit(start, end, "") for start, end in self.gone)

    def moved(self, by: int) -> Edit:
        """The same edit, ``by`` code points further on."""
        gone = tuple((start + by, end + by) for start, end in self.gone)
        return Edit(self.start + by, self.end + by, self.text, gone=gone)

    def overlaps(self, other: Edit) -> bool:
        """True where both touch the same words; two insertions at one place do as well."""
        return any(_touch(one, another) for one in self.pieces for another in other.pieces)


def _touch(one: Edit, other: Edit) -> bool:
    if one.start == one.end or other.start == other.end:
        return one.start <= other.end and other.start <= one.end
    return one.start < other.end and other.start < one.end


@dataclass(frozen=True, slots=True)
class Finding:
    """One point about a draft. ``quote`` is always exactly ``draft.text[start:end]``.

    ``edit`` is the suggested change, None where only the author knows the missing fact.
    """

    guideline: str
    severity: Severity
    start: int
    end: int
    quote: str
    why: str
    edit: Edit | None = None
    rule: str = ""
    origin: Origin = Origin.RULE
    dismissable: bool = True
    lead: bool = False
    """True for words that only often go with a fault: somebody with judgement has to confirm it."""
    parts: tuple[Finding, ...] = ()
    """The findings that it stands for, where one sentence breaks its guideline in several places."""

    @property
    def family(self) -> str:
        return self.guideline.partition("/")[0]

    @property
    def key(self) -> str:
        """What stays the same when other words of the draft change: guideline and folded quote."""
        return f"{self.guideline}:{folded(self.quote)}"

    @property
    def ref(self) -> str:
        """A short stand-in for the key, without people's words."""
        return reference(self.key)

    @property
    def replacement(self) -> str | None:
        """The words for the whole quote's place, or None where the edit only adds words, is elsewhere or unknown."""
        edit = self.edit
        if edit is None or not self.start <= edit.start < edit.end <= self.end:
            return None
        return self.quote[: edit.start - self.start] + edit.text + self.quote[edit.end - self.start :]

    def change(self, text: str) -> tuple[str, str]:
        """The words of the draft's ``text`` that the quote and the edit touch, before and after the edit."""
        edit = self.edit or Edit(self.start, self.end, self.quote)
        start, end = min(self.start, edit.start), max(self.end, edit.end)
        return text[start:end], f"{text[start : edit.start]}{edit.text}{text[edit.end : end]}"

    def moved(self, by: int) -> Finding:
        """The same finding in a text that has ``by`` more code points before it."""
        edit, parts = self.edit.moved(by) if self.edit else None, tuple(part.moved(by) for part in self.parts)
        return replace(self, start=self.start + by, end=self.end + by, edit=edit, parts=parts)

    @property
    def each(self) -> tuple[Finding, ...]:
        """Its parts, or itself where it has none."""
        return self.parts or (self,)


RECORDED_FACT = "fact:"
"""What the rule of a finding begins with that holds a draft against the fact sheet; the fact's id follows."""


def fact_behind(finding: Finding) -> str:
    """The id of the fact that says otherwise, "" for findings of other kinds."""
    return finding.rule.removeprefix(RECORDED_FACT) if finding.rule.startswith(RECORDED_FACT) else ""


RECORDED_POST = "post:"
"""The same for what was said before; the post's id follows."""


def is_recorded(finding: Finding) -> bool:
    """True where two statements stand side by side: the draft's, and a fact's or an earlier post's."""
    return finding.rule.startswith((RECORDED_FACT, RECORDED_POST))


VARIANTS = "variants"
"""The rule of a finding that shows two statements of one draft, the other one in its reason."""


def shows_another(finding: Finding) -> bool:
    """True where its reason quotes what says otherwise: no reason of a model's takes its place."""
    return is_recorded(finding) or finding.rule == VARIANTS


ONE_STORY = "authenticity/one-story"
"""The guideline that holds a draft against what the brand says elsewhere."""
CLAIM_EVIDENCE = "authenticity/claim-evidence"
"""The guideline that asks what a claim rests on."""


def without_overlaps(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """One finding per span and family: the more severe stays, then the longer, then the earlier.

    What nobody can dismiss (secrets, personal data) stands beside the others and takes no words from them. A lead takes
    none from what is certain.
    """
    kept: list[Finding] = []
    taken: dict[str, list[tuple[int, int]]] = {}
    for finding in sorted(findings, key=_weight):
        spans = taken.setdefault(_owner(finding), [])
        at = bisect_left(spans, (finding.start, finding.end))
        before_ends = spans[at - 1][1] if at else 0
        after_starts = spans[at][0] if at < len(spans) else finding.end
        if before_ends <= finding.start and finding.end <= after_starts:
            spans.insert(at, (finding.start, finding.end))
            kept.append(finding)
    return tuple(sorted(kept, key=lambda f: (f.severity.rank, f.start, f.end, f.guideline)))


def _owner(finding: Finding) -> str:
    return finding.family if finding.dismissable else finding.guideline


def _weight(finding: Finding) -> tuple[bool, int, int, int]:
    return finding.lead, finding.severity.rank, finding.start - finding.end, finding.start


# Contact data: what reads as an e-mail address, a telephone number or a handle, and what a brand calls its own.

PERSONAL = "user-control/safe-to-publish"
"""The guideline that asks whether contact data is anybody's to publish."""
LONGEST = 120
"""Characters of an address that is kept; RFC 5321 allows more, and nobody prints those."""
_AROUND = " \t\n.,;:!?[]{}<>\"'“”‘’"
_IN_NUMBERS = " ()./-–+\u00a0"
_FEWEST_DIGITS, _MOST_DIGITS = 7, 15
"""Of a telephone number: ITU-T E.164 allows 15 at most."""
_CARD = 13
"""Digits from which on a number may be a payment card's."""
_ENDS_ALIKE = 7
"""Digits by which a number with its country code is known to be the one without."""


def contact_in(text: str) -> str:
    """The address, number or handle that ``text`` is, as people write it; "" where it is none."""
    bare = text.strip(_AROUND).removeprefix("mailto:").removeprefix("tel:")
    bare = bare[1:-1].strip() if bare[:1] + bare[-1:] == "()" else bare
    known = len(bare) <= LONGEST and (_is_email(bare) or _is_number(bare) or _is_handle(bare))
    return bare if known else ""


def contact_of(finding: Finding) -> str:
    """The contact that a finding is about; "" for findings of other kinds, such as secrets and cards."""
    return contact_in(finding.quote) if finding.guideline == PERSONAL and "card" not in finding.rule else ""


def contacts_within(text: str) -> tuple[str, ...]:
    """Every address, number and handle in a text, such as "Write to hello@brio.example or call +44 113 496 0000"."""
    words = (contact_in(word) for word in text.replace("(", " ").replace(")", " ").split())
    alone = [word for word in words if word and not _is_number(word)]
    numbers = "".join(sign if sign.isdecimal() or sign in _IN_NUMBERS else "\n" for sign in text).split("\n")
    return tuple(dict.fromkeys([*alone, *filter(None, map(contact_in, numbers))]))


def is_own(text: str, own: Iterable[str]) -> bool:
    """True where ``text`` is one of a brand's own contacts, however it is written: case, blanks, country code."""
    contact = contact_in(text)
    return bool(contact) and any(_same(contact, other) for other in own)


def without_own(findings: Iterable[Finding], own: Iterable[str]) -> tuple[Finding, ...]:
    """The findings but those about a brand's own contacts."""
    known = tuple(own)
    return tuple(finding for finding in findings if not (known and is_own(contact_of(finding), known)))


def with_contact(own: Iterable[str], contact: str) -> tuple[str, ...]:
    """The contacts with one more, unless it is among them already."""
    known = tuple(own)
    return known if is_own(contact, known) else (*known, contact_in(contact))


def without_contact(own: Iterable[str], contact: str) -> tuple[str, ...]:
    """The contacts but that one."""
    return tuple(other for other in own if not is_own(contact, (other,)))


def _same(one: str, other: str) -> bool:
    if not (_is_number(one) and _is_number(other)):
        return one.casefold().lstrip("@") == other.casefold().lstrip("@")
    ends = sorted((_digits(one).lstrip("0"), _digits(other).lstrip("0")), key=len)
    return ends[0] == ends[1] or (len(ends[0]) >= _ENDS_ALIKE and ends[1].endswith(ends[0]))


def _is_email(text: str) -> bool:
    name, at, domain = text.partition("@")
    labels = domain.split(".")
    known = bool(name and at) and len(labels) > 1 and all(labels) and labels[-1].isalpha()
    return known and not any(sign.isspace() or sign in ",;<>@" for sign in name + domain)


def _is_number(text: str) -> bool:
    digits = _digits(text)
    shaped = all(sign in _IN_NUMBERS or sign in digits for sign in text) and "+" not in text.removeprefix("+")
    return shaped and _FEWEST_DIGITS <= len(digits) <= _MOST_DIGITS and not _passes_luhn(digits)


def _passes_luhn(digits: str) -> bool:
    """True for what may be a payment card (ISO/IEC 7812-1)."""
    values = [int(digit) for digit in reversed(digits)]
    doubled = (sum(divmod(2 * value, 10)) for value in values[1::2])
    return len(digits) >= _CARD and (sum(values[::2]) + sum(doubled)) % 10 == 0


def _is_handle(text: str) -> bool:
    name = text.removeprefix("@")
    return name != text and bool(name) and all(sign.isalnum() or sign in "._-" for sign in name)


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isascii() and sign.isdigit())


# What the fixed rules and the language model found, as one list.

_SAME = 0.5
"""The share of a quote that two findings must have in common to be one point.

Of the shorter one under the same guideline; of the longer one under another, for a few words inside a
sentence may well break a rule of their own.
"""
_ENDS = frozenset(".!?…")
"""What ends a sentence, before white space."""


def merge(found: Iterable[Finding], judged: Iterable[Finding]) -> tuple[Finding, ...]:
    """One finding per point.

    Where both found it, the rule's guideline, severity and quote stay, so that what people answered to
    it still holds, and the model's wording takes the place of the rule's: its reason always, its edit for the same
    words, and where the rule has none for its own. A rule's must-fix gives way to nothing that a model says.
    A model's finding gives way in its family where most words are shared; a rule's also inside a model's words.
    """
    points = list(found)
    own: list[Finding] = []
    for finding in judged:
        at = next((i for i, rule in enumerate(points) if is_same(rule, finding) or _is_its_other(rule, finding)), -1)
        if at < 0:
            own.append(finding)
        else:
            points[at] = _reworded(points[at], finding)
    kept: list[Finding] = []
    for finding in sorted([*points, *own], key=_weight):
        if not any(_gives_way(finding, other) for other in kept):
            kept.append(finding)
    return tuple(sorted(kept, key=lambda f: (f.severity.rank, f.start, f.end, f.guideline)))


def _gives_way(finding: Finding, kept: Finding) -> bool:
    if Origin.MODEL not in (finding.origin, kept.origin) or _owner(finding) != _owner(kept):
        return False
    is_rule = finding.origin is Origin.RULE
    inside = is_rule and kept.start <= finding.start and finding.end <= kept.end
    return (inside or share(finding, kept) > _SAME) and not (is_rule and finding.severity is Severity.MUST_FIX)


def share(one: Finding, other: Finding, measure: Callable[[int, int], int] = max) -> float:
    """How much of the longer one's words (or the shorter one's, by ``min``) is part of both, from 0 to 1."""
    common = min(one.end, other.end) - max(one.start, other.start)
    return max(0, common) / (measure(one.end - one.start, other.end - other.start) or 1)


def one_per_sentence(findings: Iterable[Finding], text: str) -> tuple[Finding, ...]:
    """Those of one guideline in one sentence of ``text`` as one finding. Secrets and personal data stay apart."""
    groups: list[list[Finding]] = []
    latest: dict[str, list[Finding]] = {}
    for finding in sorted(findings, key=lambda f: (f.start, f.end)):
        group = latest.get(finding.guideline)
        if group and _can_join(group[-1], finding, text):
            group.append(finding)
        else:
            latest[finding.guideline] = [finding]
            groups.append(latest[finding.guideline])
    made = [joined(group, text) for group in groups]
    return tuple(sorted(made, key=lambda f: (f.severity.rank, f.start, f.end, f.guideline)))


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentences begin and end that hold these words; a line break ends one, too."""
    ends = sentence_ends(text)
    return max((at for at in ends if at <= start), default=0), min((at for at in ends if at >= end), default=len(text))


def sentence_ends(text: str) -> list[int]:
    """Where the sentences of a text end, but for the last one that nothing ends."""
    return [
        at + 1 for at, mark in enumerate(text) if mark == "\n" or (mark in _ENDS and text[at + 1 : at + 2].isspace())
    ]


def sentences_of(text: str) -> tuple[str, ...]:
    """Its sentences of two words and more, each once, without the mark that ends them."""
    ends = [0, *sentence_ends(text), len(text)]
    said = (" ".join(text[start:end].split()).rstrip(".!;: ") for start, end in pairwise(ends))
    return tuple(dict.fromkeys(one for one in said if len(one.split()) > 1))


def joined(findings: Iterable[Finding], text: str) -> Finding:
    """Findings of one guideline as one that quotes ``text`` from the first to the last of them.

    It gives the reason of the most severe one. It has a rewording only where a model wrote one for every place, or
    where all have the same one: templates of fixed rules side by side read badly.
    """
    parts = tuple(part for finding in findings for part in finding.each)
    if len(parts) == 1:
        return parts[0]
    start, end = min(part.start for part in parts), max(part.end for part in parts)
    first = min(parts, key=lambda part: (part.severity.rank, part.start))
    origin = Origin.MODEL if all(part.origin is Origin.MODEL for part in parts) else Origin.RULE
    edit = _edit_of(parts, text, start, end=end)
    return replace(first, start=start, end=end, quote=text[start:end], edit=edit, origin=origin, parts=parts)


def pieces(finding: Finding, text: str, is_apart: Callable[[Finding], bool]) -> list[Finding]:
    """The finding, or, where it stands for several and some of them are told apart, the rest as one and those."""
    if is_apart(finding):
        return [finding]
    apart = [part for part in finding.parts if is_apart(part)]
    rest = [part for part in finding.parts if part not in apart]
    return [*([joined(rest, text)] if rest else []), *apart] if apart else [finding]


def _edit_of(parts: tuple[Finding, ...], text: str, start: int, end: int) -> Edit | None:
    edits = [part.edit for part in parts if part.edit]
    if len(edits) < len(parts):
        return None
    if all(replace(edit, gone=edits[0].gone) == edits[0] for edit in edits):
        return replace(edits[0], gone=tuple(sorted({span for edit in edits for span in edit.gone})))
    ordered = sorted(edits, key=lambda edit: edit.start)
    apart = all(not one.overlaps(other) for one, other in pairwise(ordered))
    inside = start <= ordered[0].start and ordered[-1].end <= end
    if not (apart and inside and all(part.origin is Origin.MODEL for part in parts)):
        return None
    words, at = "", start
    for edit in ordered:
        words, at = f"{words}{text[at : edit.start]}{edit.text}", edit.end
    return Edit(start, end, words + text[at:end])


def _can_join(one: Finding, other: Finding, text: str) -> bool:
    """True where the other finding, which begins later, stands in the sentence in which the first one ends."""
    if PERSONAL in (one.guideline, other.guideline) or not (one.dismissable and other.dismissable):
        return False
    if shows_another(one) or shows_another(other):  # each shows its own statement
        return False
    between = text[max(one.start, one.end - 1) : other.start + 1]
    ends = any(mark in _ENDS and behind.isspace() for mark, behind in pairwise(between))
    return not ends and "\n" not in between


def is_same(one: Finding, other: Finding) -> bool:
    """True where both are one point: the same words, or most of them, under one guideline or one family."""
    measure = min if one.guideline == other.guideline else max
    return one.family == other.family and share(one, other, measure) >= _SAME


def _is_its_other(rule: Finding, finding: Finding) -> bool:
    """True where a model points at the statement that the rule's reason quotes."""
    said = folded(finding.quote).strip(_AROUND)
    return rule.rule == VARIANTS and rule.guideline == finding.guideline and bool(said) and said in folded(rule.why)


def _reworded(rule: Finding, finding: Finding) -> Finding:
    if shows_another(rule):  # which stays beside what the draft says
        return rule
    if not rule.dismissable:  # secrets and personal data: nobody, and no model either, talks them away
        return rule
    same_words = (rule.start, rule.end) == (finding.start, finding.end)
    edit = finding.edit
    moves = rule.edit is not None and bool(rule.edit.gone)  # which no words in the same place can do
    fits = edit and not moves and (same_words or (not rule.edit and edit.start < rule.end and rule.start < edit.end))
    return replace(rule, why=finding.why, edit=edit if fits else rule.edit)


# The author's text with the accepted edits in it, ready to copy.


@dataclass(frozen=True, slots=True)
class CleanText:
    """Made from the draft's ``revision``, whose whole message is ``text`` with the edits in it.

    ``slots`` are the facts that only the author can fill in, each as often as it stands there. ``posts`` are what there
    is to copy: (platform, text) of each variant, without headings and words to colleagues; of an old one kept in the
    store they are not known, nor is the number of ``changes``. ``outdated`` is True where the author has edited the
    draft since.
    """

    revision: str
    text: str
    slots: tuple[str, ...] = ()
    outdated: bool = False
    posts: tuple[tuple[str, str], ...] = ()
    changes: int = 0


def clean_text(revision: str, text: str, findings: Iterable[Finding], variants: Iterable[Variant] = ()) -> CleanText:
    """The text with the edits of the findings, which are in the order of their severity."""
    made = [f.edit for f in compatible(findings) if f.edit]
    edits = sorted((piece for edit in made for piece in edit.pieces), key=lambda edit: (edit.start, edit.end))
    slots = tuple(slot for edit in edits for slot in _slots(edit.text))
    posts = tuple((variant.platform, _edited(variant.text, variant.start, edits).strip()) for variant in variants)
    return CleanText(revision, _edited(text, 0, edits), slots, posts=posts, changes=len(made))


def _edited(text: str, start: int, edits: Iterable[Edit]) -> str:
    """A text that begins at ``start``, with those of the edits that fall into it; they are in their order."""
    inside = [edit.moved(-start) for edit in edits if start <= edit.start and edit.end <= start + len(text)]
    for edit in reversed(inside):  # from right to left, so that the offsets of the others stay right
        text = _applied(text, edit)
    return text


def compatible(findings: Iterable[Finding]) -> list[Finding]:
    """Those whose edits can all be made: of two that touch the same words, the first stays."""
    kept: list[Finding] = []
    for finding in findings:
        edit = finding.edit
        if edit and not any(edit.overlaps(other.edit) for other in kept if other.edit):
            kept.append(finding)
    return kept


def _applied(text: str, edit: Edit) -> str:
    before, after = text[: edit.start], text[edit.end :]
    if not edit.text and (not before or before[-1].isspace()):
        after = after.removeprefix(" ")  # what was left out must not leave two spaces
    return f"{before}{edit.text}{after}"


def _slots(text: str) -> Iterator[str]:
    """``[date]`` and the like, as they are written."""
    for piece in text.split("[")[1:]:
        name, closing, _ = piece.partition("]")
        if closing and name.strip():
            yield f"[{name}]"


# Which words of a text stayed when it became another one.

_MOST = 3000
"""Words and gaps between the first and the last change; where there are more, all of that counts as rewritten."""


class Kept:
    """Which words of a text stayed when it became another one, a capital more or less. Offsets are code points."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new
        olds, news = _words(old), _words(new)
        self._old, self._new = _marked(olds), _marked(news)
        runs = [run for run in _runs(olds, news) if run[2]]
        end = (len(old), len(new), 0)
        self._runs = [(0, 0, 0), *runs, end]
        self._starts = [start for start, _, _ in self._runs]

    def moved(self, start: int, end: int) -> tuple[int, int] | None:
        """Where words stand now that the edit did not touch; None for others."""
        run = self._runs[self._at(start)]
        by = run[1] - run[0]
        return (start + by, end + by) if end <= run[0] + run[2] else None

    def hull(self, start: int, end: int) -> tuple[int, int]:
        """What stands now where the words stood, whatever became of them."""
        first, at = self._runs[self._at(start)], self._at(max(start, end - 1))
        last = self._runs[at]
        begins = first[1] + min(start - first[0], first[2])
        return begins, last[1] + end - last[0] if end <= last[0] + last[2] else self._runs[at + 1][1]

    def as_often(self, quote: str) -> bool:
        """True where the words stand in the new text as often as in the old one, wherever that is."""
        words = _marked(_words(quote))
        return self._new.count(words) >= self._old.count(words)

    def _at(self, offset: int) -> int:
        """The last run that begins at the offset or before, but never the mark at the end."""
        return min(bisect_right(self._starts, offset), len(self._runs) - 1) - 1


def _runs(olds: list[str], news: list[str]) -> Iterator[tuple[int, int, int]]:
    """(start in the old text, start in the new one, length) of every run of words that stayed."""
    old_at, new_at = [0, *accumulate(map(len, olds))], [0, *accumulate(map(len, news))]
    olds, news = [_folded(word) for word in olds], [_folded(word) for word in news]
    head = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(olds, news, strict=False)))
    rest = zip(reversed(olds[head:]), reversed(news[head:]), strict=False)
    tail = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], rest))
    yield 0, 0, old_at[head]
    middle, other = olds[head : len(olds) - tail], news[head : len(news) - tail]
    if max(len(middle), len(other)) <= _MOST:
        for i, j, size in SequenceMatcher(None, middle, other).get_matching_blocks():
            start, end = i + head, i + head + size
            yield old_at[start], new_at[j + head], old_at[end] - old_at[start]
    first = len(olds) - tail
    yield old_at[first], new_at[len(news) - tail], old_at[-1] - old_at[first]


def _words(text: str) -> list[str]:
    """Words, gaps, and every other sign by itself."""
    pieces: list[str] = []
    for kind, signs in groupby(text, _kind):
        run = "".join(signs)
        pieces += [run] if kind else list(run)
    return pieces


def _kind(sign: str) -> int:
    if sign.isalnum():
        return 1
    return 2 if sign.isspace() else 0


def _folded(word: str) -> str:
    """The word without a capital at its start, as long as before. Other capitals count: they can be what is minded."""
    first = word[:1].lower()
    return first + word[1:] if len(first) == 1 else word


def _marked(words: list[str]) -> str:
    """The words in one line in which a word is never found inside another one."""
    return "\0".join(["", *(" " if word.isspace() else _folded(word) for word in words), ""])
