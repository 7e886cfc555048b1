"""Guidelines that brand leads write: read, and held against what may be said in Candor's name."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from bot.core.brand.own_guidelines import LONGEST_FILE
from bot.core.drafts import Draft
from bot.core.errors import BrokenFiles, FileFault
from bot.core.guidelines import OWN, Guideline, Library, Severity
from bot.core.words.brand import own_guidelines as own_words
from bot.model.brief import ORDERS
from bot.model.masking import visible
from bot.model.own_words import OwnWords
from bot.rules.engine import RuleEngine, check_examples, compile_rules, compiled
from bot.rules.files import heading_of, parse_guideline
from bot.rules.private_data import sensitive

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.core.guidelines import Rule

_KEPT = 512
"""Files that are read once."""
_MOST_PATTERNS, _SIZE, _PLACES = 200, 60_000, 2_000
"""Of the patterns of a file, without the shipped ones: how many, how long to compile, and how slow to search with."""


class OwnGuidelineFiles:
    """The `GuidelineFiles` port. What stands in the shipped guidelines may be said in a workspace's own, too."""

    def __init__(self, library: Library) -> None:
        """``library`` holds every shipped guideline."""
        self._shipped = {guideline.id: guideline for guideline in library.guidelines}
        self._references = frozenset(reference.id for reference in library.references)
        self._library = library
        self._may_say = OwnWords(()).may_say
        self.read = lru_cache(_KEPT)(self._read)
        self.heading = lru_cache(_KEPT)(heading_of)

    @cached_property
    def _rules(self) -> RuleEngine:
        """Every shipped rule; nobody needs them before somebody writes a guideline."""
        return RuleEngine(self._library)

    def _read(self, guideline_id: str, text: str) -> Guideline:
        """The guideline in a file. Raises `BrokenFiles` for all that is wrong, words that may not be said too."""
        path = f"{guideline_id}.md"
        if len(text) > LONGEST_FILE:
            raise BrokenFiles([FileFault(path, 1, own_words.TOO_LONG)])
        guideline = replace(parse_guideline(path, guideline_id, text), own=True)
        self._bounded(guideline, path)
        faults = [*check_examples(guideline, path), *self._misfits(guideline, text), *self._unsayable(guideline, text)]
        if faults:
            raise BrokenFiles(faults)
        return guideline

    def catches(self, rule: Rule, text: str) -> tuple[int, int] | None:
        found = _alone(rule).findings(Draft(text))
        return (found[0].start, found[0].end) if found else None

    def as_example(self, text: str) -> str:
        if any(finding.rule == ORDERS for finding in self._rules.all_findings(Draft(text))):
            return ""
        text = visible(text)
        for start, end, _ in sorted(sensitive(text), reverse=True):
            text = f"{text[:start]}[…]{text[end:]}"
        return text

    def _bounded(self, guideline: Guideline, path: str) -> None:
        """Raises `BrokenFiles` where its patterns would take long for every draft of every workspace."""
        shipped = self._shipped.get(guideline.id)
        known = {pattern.source for rule in shipped.rules for pattern in rule.patterns} if shipped else set[str]()
        new = [one for rule in guideline.rules for one in rule.patterns if one.source not in known]
        if len(new) > _MOST_PATTERNS:
            raise BrokenFiles([FileFault(path, new[_MOST_PATTERNS].line, own_words.TOO_MUCH)])
        compile_rules(guideline, path)
        size = places = 0
        for one in new:
            pattern = compiled(one)
            size, places = size + pattern.size, places + (pattern.places if one.is_regex else 0)
            if size > _SIZE or places > _PLACES:
                raise BrokenFiles([FileFault(path, one.line, own_words.TOO_MUCH)])

    def _misfits(self, guideline: Guideline, text: str) -> Iterator[FileFault]:
        """What only a shipped file may have, and what may not leave this machine."""
        path, shipped = f"{guideline.id}.md", self._shipped.get(guideline.id)
        known = frozenset(rule.name for rule in shipped.rules) if shipped else frozenset[str]()
        if guideline.pack and not (shipped and guideline.pack == shipped.pack):
            yield FileFault(path, 1, own_words.NO_PACK)
        if not self._references.issuperset(guideline.references):
            yield FileFault(path, 1, own_words.NO_REFERENCE)
        for rule in guideline.rules:
            if rule.name == ORDERS:
                yield FileFault(path, rule.line, own_words.RESERVED)
            elif rule.always_kept and rule.name not in known:
                yield FileFault(path, rule.line, own_words.NO_ALWAYS)
        for number, line in enumerate(text.splitlines(), 1):
            if visible(line) != line:
                yield FileFault(path, number, own_words.HIDDEN)
            elif any(True for _ in sensitive(line)):
                yield FileFault(path, number, own_words.PRIVATE)

    def _unsayable(self, guideline: Guideline, text: str) -> Iterator[FileFault]:
        """Sentences that Candor shows, and that its model reads: no verdict, no link, no order to a reviewer."""
        shipped = self._shipped.get(guideline.id)
        said_before = frozenset(_sentences(shipped)) if shipped else frozenset[str]()
        posts = "\n".join(example.text for example in (*guideline.bad, *guideline.good))
        phrases = "\n".join(phrase.source for rule in guideline.rules for phrase in rule.phrases)
        for sentence in dict.fromkeys(_sentences(guideline)):
            if sentence in said_before:
                continue
            if any(finding.rule == ORDERS for finding in self._rules.all_findings(Draft(sentence))):
                yield FileFault(f"{guideline.id}.md", _line_of(sentence, text), own_words.NO_ORDERS)
            elif not self._may_say(sentence, f"{posts}\n{phrases}"):
                yield FileFault(f"{guideline.id}.md", _line_of(sentence, text), own_words.UNSAYABLE)


def _sentences(guideline: Guideline) -> Iterator[str]:
    """Everything of a guideline that is said in Candor's name."""
    rules = guideline.rules
    prose = (guideline.title, guideline.problem, guideline.question, guideline.escalates_when, guideline.decided_from)
    yield from filter(None, (*prose, *guideline.not_when, *guideline.why.split("\n\n"), *guideline.fix.split("\n\n")))
    yield from filter(None, (said for rule in rules for said in (rule.why, rule.insert)))
    yield from (one.words for rule in rules for one in rule.say_instead if one.words)


_SHOWN = 24
"""Characters by which a sentence is found in its file."""


def _line_of(sentence: str, text: str) -> int:
    lines = (number for number, line in enumerate(text.splitlines(), 1) if sentence[:_SHOWN] in line)
    return next(lines, 1)


@lru_cache(_KEPT)
def _alone(rule: Rule) -> RuleEngine:
    guideline = Guideline(OWN, OWN, Severity.CONSIDER, question="", why="", fix="", rules=(rule,))
    return RuleEngine(Library((guideline,)), looks_first=False)
