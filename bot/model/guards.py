"""Guards a suggested rewording: it adds no fact, and it trips no rule."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from bot.core.finding import Edit
from bot.model.masking import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.core.draft import Draft
    from bot.core.guideline import Guideline, Library
    from bot.core.ports import Rules
    from bot.model.brief import Brief

_COUNTING = """
two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy eighty ninety
dozen dozens hundred hundreds thousand thousands million millions billion billions percent half double triple
"""
_NUMBER_WORDS = frozenset(_COUNTING.split())
_CITED = """
agree agrees approved approves certified certifies confirm confirmed confirms experts find finds found institute
prove proved proves recommend recommends report reported reports research researchers said say says scientists show
showed shows studies study survey tested tests university
"""
_CITING = frozenset(_CITED.split())
"""What stands beside the name of a source."""
_SENTENCE_ENDS = ".!?:\n"
_LONGEST = 600
_LONGEST_SLOT = 60
_ACRONYM = 3
_IN_NAMES = "_-."


def vocabulary(library: Library) -> frozenset[str]:
    """Words that are no names, as they stand in lower case in the guidelines; and short ones in capitals ("AI")."""
    words: set[str] = {"I"}
    for guideline in library.guidelines:
        examples = (example.text for example in (*guideline.bad, *guideline.good))
        prose = (guideline.title, guideline.question, guideline.why, guideline.fix, *guideline.not_when)
        for text in (*prose, *examples):
            words |= {w for w in _words(text) if w.islower() or (w.isupper() and len(w) <= _ACRONYM)}
    return frozenset(words)


class Rewordings:
    """Judges rewordings for one draft."""

    def __init__(self, brief: Brief, rules: Rules, known: frozenset[str]) -> None:
        self._draft = brief.case.draft
        self._masks = brief.masks
        self._rules = rules
        self._known = known
        answers = (answer for _, answer in brief.case.answers)
        alt_texts = (picture.alt_text for picture in self._draft.pictures)
        self._told = "\n".join((self._draft.context, *answers))
        self._source = "\n".join((self._draft.text, *alt_texts, self._told))

    def edit(self, guideline: Guideline, span: tuple[int, int], suggested: str | None) -> Edit | None:
        """The edit that puts the suggested words in the place of the span, or None where they must not stand there."""
        if suggested is None or len(suggested) > _LONGEST or self._gives_away(suggested):
            return None
        words = visible(self._masks.unmask(suggested))
        quote = self._draft.text[slice(*span)]
        edit = Edit(*span, words)
        if words.split() == quote.split():
            return None
        fits = self._adds_nothing(words, guideline, quote) and self._trips_nothing(edit)
        return edit if fits else None

    def _gives_away(self, suggested: str) -> bool:
        """True where a value from outside the draft would be published with it."""
        return any(m in suggested and value not in self._draft.text for m, value in self._masks.values.items())

    def _moves_link(self, token: str, quote: str) -> bool:
        """True for an address that only another place of the draft holds: no reader shall be led there from here."""
        return is_link(token) and _sign(token) not in {*_signs(quote), *_signs(self._told)}

    def _adds_nothing(self, words: str, guideline: Guideline, quote: str) -> bool:
        bare = _without_slots(words)
        known = self._signs | _labels(guideline)
        signs = (t for t in bare.split() if not _sign_is_known(t, known) or self._moves_link(t, quote))
        if next(signs, None) is not None:
            return False
        numbers_known = all(number in self._numbers for number in _numbers(bare))
        return numbers_known and not any(self._names_in(bare, by_place=quote[:1].isupper()))

    def _names_in(self, text: str, *, by_place: bool) -> Iterator[str]:
        """Words with a capital that neither the source nor the guidelines know as words.

        ``by_place`` says that the first word has its capital from where it stands. That proves nothing, unless it is
        cited: "Harvard found".
        """
        words = [*_with_openings(text), ("", False), ("", False)]
        for i, (word, opens) in enumerate(words[:-2]):
            lower = word.lower()
            known = lower in self._words or word in self._known or (opens and lower in self._known)
            cited = any(after.lower() in _CITING for after, _ in words[i + 1 : i + 3])
            if word[:1].isupper() and not known and (i > 0 or cited or not by_place):
                yield word

    def _trips_nothing(self, edit: Edit) -> bool:
        after = _edited(self._draft, edit)
        return bool(after.text.strip()) and not self._tripped(after) - self._before

    @cached_property
    def _before(self) -> Counter[tuple[str, str]]:
        return self._tripped(self._draft)

    def _tripped(self, draft: Draft) -> Counter[tuple[str, str]]:
        return Counter((finding.guideline, finding.rule) for finding in self._rules.findings(draft))

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(word.lower() for word in _words(visible(self._source)))

    @cached_property
    def _numbers(self) -> frozenset[str]:
        return frozenset(_numbers(visible(self._source)))

    @cached_property
    def _signs(self) -> frozenset[str]:
        return frozenset(_signs(self._source))


def _labels(guideline: Guideline) -> frozenset[str]:
    """The hashtags that the guideline itself tells authors to use, such as #ad."""
    said = f"{guideline.fix} {' '.join(rule.insert for rule in guideline.rules)}"
    return frozenset(sign for sign in map(_sign, said.split()) if sign.startswith("#"))


def _edited(draft: Draft, edit: Edit) -> Draft:
    """The draft with the edit made; zones and parts move along."""
    by = len(edit.text) - (edit.end - edit.start)

    def moved(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
        return tuple((s + by if s >= edit.end else s, e + by if e >= edit.end else e) for s, e in spans)

    text = draft.text[: edit.start] + edit.text + draft.text[edit.end :]
    return replace(draft, text=text, zones=moved(draft.zones), parts=moved(draft.parts))


def _without_slots(text: str) -> str:
    """The text without ``[slots]`` that the author is to fill; what states something in brackets is no slot."""
    kept: list[str] = []
    head, found, rest = text.partition("[")
    while found:
        slot, closed, behind = rest.partition("]")
        plain = closed and len(slot) <= _LONGEST_SLOT and not any(c.isdigit() or c in "@#[\n" for c in slot)
        if plain and not is_link(slot):
            kept += [head, " x "]
        else:
            kept += [head, " "]
            behind = rest
        head, found, rest = behind.partition("[")
    return "".join((*kept, head))


def _words(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in text).split()


def _with_openings(text: str) -> Iterator[tuple[str, bool]]:
    """Each word, and whether it opens a sentence."""
    word, opens = "", True
    for c in f"{text} ":
        if c.isalnum():
            word += c
            continue
        if word:
            yield word, opens
            word, opens = "", False
        opens = opens or c in _SENTENCE_ENDS


def _numbers(text: str) -> Iterator[str]:
    """Every run of digits, and words for numbers."""
    for word in _words(text):
        digits = "".join(c if c.isdigit() or c.isnumeric() else " " for c in word).split()
        yield from digits
        if word.lower() in _NUMBER_WORDS:
            yield word.lower()


def is_link(text: str) -> bool:
    """True for an address: with a scheme, or dots between letters as in ``shop.example``."""
    folded = text.lower()
    head, dot, tail = folded.strip(".,;:!?()'\"").rpartition(".")
    return "://" in folded or "www." in folded or bool(dot and head[-1:].isalnum() and tail[:2].isalpha() and tail[1:])


def _sign(token: str) -> str:
    return token.strip(".,;:!?()[]'\"“”<>").lower()


def _signs(text: str) -> Iterator[str]:
    return map(_sign, visible(text).split())


def _sign_is_known(token: str, signs: frozenset[str]) -> bool:
    """True for plain words; for links, handles and hashtags only where the author wrote them."""
    plain = "#" not in token and "@" not in token and not is_link(token)
    return plain or _sign(token) in signs
