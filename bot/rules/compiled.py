"""One rule of a guideline, ready to run."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from bot.core.errors import BrokenFiles, BrokenPhrase, FileFault
from bot.core.rule import RuleKind
from bot.rules.detectors import DETECTORS
from bot.rules.folding import EncodedText, fold
from bot.rules.matcher import Pattern
from bot.rules.metrics import KNOWN_METRICS
from bot.rules.phrases import NAMED, pattern_of
from bot.rules.prose import is_edge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.core import rule as specification
    from bot.core.guideline import Guideline


class Phrases:
    """Compiled phrases and regular expressions that stand for the same thing."""

    __slots__ = ("_patterns",)

    def __init__(self, patterns: Iterable[specification.Pattern]) -> None:
        self._patterns = [_compiled(pattern) for pattern in patterns]

    def __bool__(self) -> bool:
        return bool(self._patterns)

    @property
    def sources(self) -> list[str]:
        """The RE2 patterns, in order."""
        return [pattern.source for pattern, _ in self._patterns]

    def spans(self, text: EncodedText) -> Iterator[tuple[int, int]]:
        """Where any of them matches, in code points."""
        return (span for index in range(len(self._patterns)) for span in self.spans_of(index, text))

    def is_phrase(self, index: int) -> bool:
        """True where the pattern with that number is written in plain words."""
        return self._patterns[index][1]

    def spans_of(self, index: int, text: EncodedText) -> Iterator[tuple[int, int]]:
        """Where the pattern with that number matches, in code points."""
        pattern, whole_words = self._patterns[index]
        for span in pattern.spans(text.bytes):
            start, end = text.span(*span)
            if not whole_words or (is_edge(text.text, start) and is_edge(text.text, end)):
                yield start, end

    def occur(self, text: EncodedText) -> bool:
        """True where any of them matches."""
        return next(self.spans(text), None) is not None

    def fill(self, text: str) -> bool:
        """True where one of them matches the whole text."""
        return any(pattern.fills(fold(text).encode()) for pattern, _ in self._patterns)


def _compiled(pattern: specification.Pattern) -> tuple[Pattern, bool]:
    """The pattern, and whether it stands for whole words only."""
    named = None if pattern.is_regex else NAMED.get(pattern.source)
    is_regex = pattern.is_regex or named is not None
    return _compiled_source(named or pattern.source, is_regex=is_regex), not is_regex


@functools.lru_cache(16_384)
def _compiled_source(source: str, *, is_regex: bool) -> Pattern:
    """Each phrase once: files are checked before they are used, and several rules share a phrase."""
    return Pattern(source) if is_regex else Pattern(pattern_of(source), longest=True)


class CompiledRule:
    """A rule with its guideline and its compiled patterns."""

    __slots__ = ("fine_anywhere", "fine_when", "flags", "guideline", "must_have", "must_start", "rule", "say_instead")

    def __init__(self, guideline: Guideline, rule: specification.Rule) -> None:
        """Raises `BrokenPhrase` for a pattern that cannot work."""
        self.guideline = guideline
        self.rule = rule
        self.flags = Phrases(rule.phrases)
        self.fine_when = Phrases(rule.fine_when)
        self.fine_anywhere = Phrases(rule.fine_anywhere)
        self.must_have = Phrases(rule.must_have)
        self.must_start = Phrases(rule.must_start)
        self.say_instead = [(Phrases([r.pattern]), r.words) for r in rule.say_instead]

    def rewording(self, quote: str) -> str | None:
        """Other words for the quote, or None where the file has none for it."""
        return next((words for pattern, words in self.say_instead if pattern.fill(quote)), None)


def compile_rules(guideline: Guideline, path: str) -> list[CompiledRule]:
    """The guideline's rules. Raises `BrokenFiles` with every broken pattern's line."""
    faults = [fault for rule in guideline.rules for fault in _faults(rule, path)]
    if faults:
        raise BrokenFiles(faults)
    return [CompiledRule(guideline, rule) for rule in guideline.rules]


def _faults(rule: specification.Rule, path: str) -> Iterator[FileFault]:
    rewordings = tuple(r.pattern for r in rule.say_instead)
    for patterns in (rule.phrases, rule.fine_when, rule.fine_anywhere, rule.must_have, rule.must_start, rewordings):
        for pattern in patterns:
            try:
                _compiled(pattern)
            except BrokenPhrase as error:
                yield FileFault(path, pattern.line, str(error))
    known = {RuleKind.LIMIT: tuple(KNOWN_METRICS), RuleKind.DETECTOR: tuple(DETECTORS)}.get(rule.kind, ())
    if known and rule.subject not in known:
        yield FileFault(path, rule.line, f"“{rule.subject}” cannot be checked; use one of {', '.join(known)}")
