"""Runs every rule in force over a draft."""

from __future__ import annotations

import functools
from copy import copy
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from bot.core.drafts import Draft, Picture
from bot.core.errors import BrokenFiles, BrokenPhrase, FileFault
from bot.core.findings import Edit, Finding, Origin, on_one_line, without_overlaps
from bot.core.guidelines import Checks, Grade, Library, RuleKind
from bot.core.labels import ad_tag
from bot.core.reading.languages import ANY, ENGLISH, has_words_of, is_in_another, language_of, sounds_like_another
from bot.rules.detectors import DETECTORS, codes_in, detect
from bot.rules.matching import EncodedText, Pattern, PatternSet, fold
from bot.rules.phrases import NAMED, pattern_of
from bot.rules.text import KNOWN_METRICS, SeenDraft, is_edge, occurrences, whole_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.core import guidelines as specification
    from bot.core.guidelines import Example, Guideline, Rule, RuleExample
    from bot.core.ports import Rules


# One rule of a guideline, ready to run.


class Phrases:
    """Compiled phrases and regular expressions that stand for the same thing."""

    __slots__ = ("_patterns",)

    def __init__(self, patterns: Iterable[specification.RulePattern], *, roomy: bool) -> None:
        self._patterns = [_pattern_of(pattern, roomy=roomy) for pattern in patterns]

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
        for span in islice(pattern.spans(text.bytes), _MATCHES):  # each may be looked for up to the end of the text
            start, end = text.span(*span)
            if not whole_words or (is_edge(text.text, start) and is_edge(text.text, end)):
                yield start, end

    def occur(self, text: EncodedText) -> bool:
        return next(self.spans(text), None) is not None

    def fill(self, text: str) -> bool:
        """True where one of them matches the whole text."""
        return any(pattern.fills(fold(text).encode("utf-8", "replace")) for pattern, _ in self._patterns)


_MATCHES = 2_000
"""Of one pattern in one draft; nobody reads more points."""


def _pattern_of(pattern: specification.RulePattern, *, roomy: bool) -> tuple[Pattern, bool]:
    """The pattern, and whether it stands for whole words only."""
    named = None if pattern.is_regex else NAMED.get(pattern.source)
    is_regex = pattern.is_regex or named is not None
    return _compiled_source(named or pattern.source, is_regex=is_regex, roomy=roomy), not is_regex


def compiled(pattern: specification.RulePattern) -> Pattern:
    """The pattern, ready to run. Raises `BrokenPhrase`."""
    return _pattern_of(pattern, roomy=False)[0]


@functools.lru_cache(16_384)
def _compiled_source(source: str, *, is_regex: bool, roomy: bool) -> Pattern:
    """Each phrase once: files are checked before they are used, and several rules share a phrase."""
    pattern = Pattern(source if is_regex else pattern_of(source), longest=not is_regex, roomy=roomy)
    pattern.check()
    return pattern


class CompiledRule:
    """A rule with its guideline and its compiled patterns."""

    __slots__ = (
        "fine_anywhere",
        "fine_when",
        "flags",
        "guideline",
        "language",
        "must_have",
        "must_start",
        "platforms",
        "rule",
        "say_instead",
    )

    def __init__(self, guideline: Guideline, rule: specification.Rule) -> None:
        """Raises `BrokenPhrase` for a pattern that cannot work."""
        self.guideline = guideline
        self.rule = rule
        phrases = functools.partial(Phrases, roomy=not guideline.own)
        self.flags = phrases(rule.phrases)
        self.fine_when = phrases(rule.fine_when)
        self.fine_anywhere = phrases(rule.fine_anywhere)
        self.must_have = phrases(rule.must_have)
        self.must_start = phrases(rule.must_start)
        self.say_instead = [(phrases([r.pattern]), r.words) for r in rule.say_instead]
        self.platforms = rule.only_on or guideline.platforms
        """Those that it is for; none for all."""
        self.language = ANY if rule.kind is not RuleKind.FLAG or rule.always_kept else rule.language
        """That of the sentences that it reads: what is counted or detected has none."""

    def rewording(self, quote: str) -> str | None:
        """Other words for the quote, or None where the file has none for it."""
        return next((words for pattern, words in self.say_instead if pattern.fill(quote)), None)


def compile_rules(guideline: Guideline, path: str) -> list[CompiledRule]:
    """The guideline's rules. Raises `BrokenFiles` with every broken pattern's line."""
    faults = [fault for rule in guideline.rules for fault in _faults(rule, path, roomy=not guideline.own)]
    if faults:
        raise BrokenFiles(faults)
    return [CompiledRule(guideline, rule) for rule in guideline.rules]


def _faults(rule: specification.Rule, path: str, *, roomy: bool) -> Iterator[FileFault]:
    for pattern in rule.patterns:
        try:
            _pattern_of(pattern, roomy=roomy)
        except BrokenPhrase as error:
            yield FileFault(path, pattern.line, str(error))
    known = {RuleKind.LIMIT: tuple(KNOWN_METRICS), RuleKind.DETECTOR: tuple(DETECTORS)}.get(rule.kind, ())
    if known and rule.subject not in known:
        yield FileFault(path, rule.line, f"“{rule.subject}” cannot be checked; use one of {', '.join(known)}")


# Runs every rule in force over a draft: one pass to see what may match, exact spans for the rest.

_AD = "#ad"
_START = 125
"""Characters that show before "more" under an Instagram post, about three lines elsewhere."""
_WHOLE = frozenset({"x", "bluesky", "mastodon", "threads"})
"""Where a feed shows a post of the usual length whole."""
_BOUNDARY = r"\b"
_MOST = 50
"""Findings of one rule in one draft; a text that trips more has made its point."""


class _SeenByRules(SeenDraft):
    """What the rules ask of a draft, found out once for all of them."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self._in_another: dict[tuple[str, int, int], bool] = {}
        self._like_another: dict[str, bool] = {}

    def speaks_another(self, language: str, at: int) -> bool:
        """True where the sentence around a code point, or else the draft, is clearly in another language."""
        start, end = self.sentences.around(at)
        if self._is_in_another(language, start, end):
            return True
        if has_words_of(language, self.text[start:end]):
            return False
        return self._is_in_another(language, 0, len(self.text)) or self._sounds_like_another(language)

    def _is_in_another(self, language: str, start: int, end: int) -> bool:
        """Told once for all findings in the same words: a draft without full stops is one sentence."""
        words = (language, start, end)
        if words not in self._in_another:
            self._in_another[words] = is_in_another(language, self.text[start:end])
        return self._in_another[words]

    def _sounds_like_another(self, language: str) -> bool:
        if language not in self._like_another:
            self._like_another[language] = sounds_like_another(language, self.text)
        return self._like_another[language]

    def part(self, start: int, end: int) -> EncodedText:
        return EncodedText(self.text[start:end], folded=True)


class RuleEngine:
    """The fixed rules of the guidelines in force. Safe to share; it keeps nothing of a draft."""

    def __init__(self, library: Library, *, looks_first: bool = True) -> None:
        """Raises `BrokenFiles` where a pattern of a guideline cannot work.

        It ``looks_first`` which patterns occur; to be ready for that may take seconds, in which nothing else happens.
        """
        self._in_force = {guideline.id: guideline for guideline in library.guidelines}
        self._besides: RuleEngine | None = None
        self.own_set = library.version
        self._all: list[CompiledRule] = []
        self._always: list[CompiledRule] = []
        self._of_pattern: list[tuple[CompiledRule, int]] = []
        for guideline in library.guidelines:
            for rule in compile_rules(guideline, f"{guideline.id}.md"):
                self._all.append(rule)
                if rule.rule.kind is not RuleKind.FLAG:
                    self._always.append(rule)
                self._of_pattern += [(rule, index) for index in range(len(rule.flags.sources))]
        sources = (rule.flags.sources[index] for rule, index in self._of_pattern)
        self._set = PatternSet(sources) if looks_first else None

    @property
    def guidelines(self) -> int:
        return len(self._in_force) + (self._besides.guidelines if self._besides else 0)

    def under(self, library: Library) -> RuleEngine:
        """The same rules, already compiled, where only the library's guidelines are in force, as severe as there.

        A workspace's own guidelines are compiled beside them.
        """
        others = tuple(one for one in library.guidelines if one.own)
        view, known = copy(self), (one for one in library.guidelines if one not in others)
        view._in_force = {guideline.id: guideline for guideline in known}  # noqa: SLF001 - its own copy
        view._besides = RuleEngine(Library(others), looks_first=False) if others else None  # noqa: SLF001
        view.own_set = library.version
        return view

    def findings(self, draft: Draft) -> tuple[Finding, ...]:
        """What the rules find: exact spans, the most severe first, no overlaps within a family."""
        return without_overlaps(self.all_findings(draft))

    def across(self, draft: Draft) -> tuple[Finding, ...]:  # noqa: ARG002 - each variant is read alone
        return ()

    def checks(self, draft: Draft) -> Checks:
        """How many of the rules in force can read this draft's language, whatever its platform."""
        spoken = language_of(draft.text)
        ran, known = self._reading(spoken), self._reading(ENGLISH)
        return Checks(ran, known, spoken if 2 * ran < known else "")

    def _reading(self, language: str) -> int:
        own = sum(r.language in (ANY, language) for r in self._all if r.guideline.id in self._in_force)
        return own + (self._besides._reading(language) if self._besides else 0)  # noqa: SLF001 - of its own class

    def all_findings(self, draft: Draft) -> Iterator[Finding]:
        """Every finding of every rule, overlaps included."""
        return self._all_findings(_SeenByRules(draft))

    def _all_findings(self, seen: _SeenByRules) -> Iterator[Finding]:
        only: dict[CompiledRule, list[int]] = {rule: [] for rule in self._always}
        occurring = sorted(self._set.occurring(seen.folded.bytes)) if self._set else range(len(self._of_pattern))
        for rule, index in (self._of_pattern[pattern] for pattern in occurring):
            only.setdefault(rule, []).append(index)
        for rule, indexes in only.items():
            guideline = self._in_force.get(rule.guideline.id)
            if guideline and (not rule.platforms or seen.draft.platform in rule.platforms):
                severity = guideline.severity_of(rule.rule)
                for found in _findings(rule, seen, indexes):
                    yield found if found.severity is severity else replace(found, severity=severity)
        if self._besides:
            yield from self._besides._all_findings(seen)  # noqa: SLF001 - of its own class


@dataclass(frozen=True, slots=True)
class RulesBeside:
    """The `Rules` port: those of ``rules``, for something to be added to."""

    rules: Rules
    guideline: Guideline
    """One story everywhere, as it is in force in the workspace."""

    @property
    def guidelines(self) -> int:
        return self.rules.guidelines

    @property
    def own_set(self) -> int:
        return self.rules.own_set

    def findings(self, draft: Draft) -> tuple[Finding, ...]:
        return self.rules.findings(draft)

    def across(self, draft: Draft) -> tuple[Finding, ...]:
        return self.rules.across(draft)

    def checks(self, draft: Draft) -> Checks:
        return self.rules.checks(draft)


def _findings(rule: CompiledRule, seen: _SeenByRules, only: list[int]) -> Iterator[Finding]:
    """Without what a rule says about words of another language than its own."""
    spans, count = _spans(rule, seen, only)
    if not spans or _is_cured(rule, seen):
        return
    labels = _labels(rule, seen.text, spans)
    if rule.must_have or rule.must_start or rule.rule.once:
        spans = spans[:1]
    for start, end in spans:
        if rule.language == ANY or not seen.speaks_another(rule.language, start):
            yield _finding(rule, seen.text, start, end=end, count=count, labels=labels)


def _spans(rule: CompiledRule, seen: _SeenByRules, only: list[int]) -> tuple[list[tuple[int, int]], int]:
    """The spans, and how many things were counted."""
    match rule.rule.kind:
        case RuleKind.LIMIT:
            found = occurrences(rule.rule.subject, seen)
            over = found[rule.rule.most :]
            return [(over[0][0], over[-1][1])] if over else [], len(found)
        case RuleKind.DETECTOR:
            spans = list(islice(detect(rule.rule.subject, seen), _MOST))
        case RuleKind.FLAG:
            spans = list(islice(_countable(rule, seen, _apart(_meant(rule, seen, only))), _MOST))
    return spans, len(spans)


def _bounds(source: str) -> tuple[bool, bool]:
    r"""Whether a regular expression wants a word to begin and to end where it does: RE2's ``\b`` knows only ASCII."""
    return source.startswith(_BOUNDARY), source.endswith(_BOUNDARY)


def _is_letter(text: str, at: int) -> bool:
    return 0 <= at < len(text) and not text[at].isascii() and text[at].isalnum()


def _meant(rule: CompiledRule, seen: _SeenByRules, only: list[int]) -> Iterator[tuple[int, int]]:
    """Whole words that the draft says itself: not in an address or a quotation, and not to deny them."""
    for index in only:
        is_regex = not rule.flags.is_phrase(index)
        begins, ends = _bounds(rule.flags.sources[index]) if is_regex else (False, False)
        for start, end in rule.flags.spans_of(index, seen.folded):
            if (begins and _is_letter(seen.text, start - 1)) or (ends and _is_letter(seen.text, end)):
                continue
            span = whole_words(seen.text, start, end)
            held = seen.prose.holds(*span, is_regex=is_regex)
            if held and span[0] < span[1] and not seen.prose.denies(*span, seen.sentences.around(span[0])):
                yield span


def _apart(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, of overlapping ones the earlier and longer."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _countable(rule: CompiledRule, seen: _SeenByRules, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans that nothing around them makes fine. Each sentence is looked at once."""
    fine: dict[tuple[int, int], bool] = {}
    for start, end in spans:
        if rule.rule.only_opening and start >= seen.sentences.first_end:
            return
        if rule.fine_when:
            sentence = seen.sentences.around(start)
            if sentence not in fine:
                fine[sentence] = rule.fine_when.occur(seen.part(*sentence))
            if fine[sentence]:
                continue
        yield start, end


def _is_cured(rule: CompiledRule, seen: _SeenByRules) -> bool:
    """True where the draft itself holds what makes the rule's words fine."""
    return (
        rule.fine_anywhere.occur(seen.folded)
        or rule.must_have.occur(seen.folded)
        or (bool(rule.must_start) and rule.must_start.occur(seen.part(0, _shown_at_first(seen.draft))))
    )


def _shown_at_first(draft: Draft) -> int:
    """How many characters a feed shows before somebody asks for more."""
    return len(draft.text) if draft.platform in _WHOLE else _START


def _labels(rule: CompiledRule, text: str, spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The hashtags that were meant as a label and that make way for the one in front, each with the space before it."""
    if not rule.rule.insert or rule.rule.grade is not Grade.CERTAIN:
        return ()
    tags = ((start + text[start:end].rfind("#"), end) for start, end in spans if "#" in text[start:end])
    return tuple(_with_space(text, *tag) for tag in tags if len(text[slice(*tag)].split()) == 1)


def _with_space(text: str, start: int, end: int) -> tuple[int, int]:
    """At the end of a line with the space before, and with the line where nothing else stands in it."""
    if text[end : end + 1] not in ("", "\n"):
        return start, end
    left = len(text[:start].rstrip(" \t"))
    return (left - 1 if left and text[left - 1] == "\n" else left), end


def _finding(
    rule: CompiledRule, text: str, start: int, end: int, count: int, labels: tuple[tuple[int, int], ...]
) -> Finding:
    quote = text[start:end]
    return Finding(
        guideline=rule.guideline.id,
        severity=rule.guideline.severity,
        start=start,
        end=end,
        quote=quote,
        why=_why(rule, quote, count),
        edit=_inserted(rule, quote, text, labels=labels) if rule.rule.insert else _edit(rule, quote, start, end=end),
        rule=rule.rule.name,
        origin=Origin.RULE,
        dismissable=not rule.rule.always_kept,
        lead=rule.rule.grade is Grade.LEAD,
    )


def _why(rule: CompiledRule, quote: str, count: int) -> str:
    why = rule.rule.why.replace("{match}", on_one_line(quote)).replace("{count}", str(count))
    return why.replace("{codes}", codes_in(quote)) if "{codes}" in why else why


def _inserted(rule: CompiledRule, quote: str, text: str, *, labels: tuple[tuple[int, int], ...]) -> Edit:
    """``Insert: {match}`` moves the words themselves; an ad's label is put in the language of the text."""
    label = ad_tag(text) if rule.rule.insert == _AD else rule.rule.insert.replace("{match}", quote)
    return Edit(0, 0, f"{label} ", gone=labels)


def _edit(rule: CompiledRule, quote: str, start: int, end: int) -> Edit | None:
    # Patterns without look-ahead take the emoji or the line break behind the words along; the author keeps it.
    head = quote[: next((at for at in range(len(quote), 0, -1) if not _is_kept(quote[at - 1])), 0)]
    words = rule.rewording(head)
    if words is None:
        return None
    said = _ended(words, head) if words else ""
    return Edit(start, end, f"{_cased(said, quote)}{quote[len(head) :]}" if said else "")


def _is_kept(character: str) -> bool:
    """True for signs that end no sentence: emoji and white space."""
    return character.isspace() or (not character.isascii() and not character.isalnum() and character != "…")


def _ended(words: str, quote: str) -> str:
    """The words with the end that the quote has: nothing where the sentence goes on, its comma or its full stop."""
    bare, last = words.rstrip(".,"), quote[-1:]
    if bare == words or last == "-":
        return words
    if last in "!?.":
        return f"{bare}."
    return bare + last if last in ",;:" else bare


def _cased(words: str, quote: str) -> str:
    """The words with a capital where the quote begins with one."""
    return words[:1].upper() + words[1:] if quote[:1].isupper() else words


# Runs the examples that every guideline file carries.


def check_examples(guideline: Guideline, path: str) -> Iterator[FileFault]:
    """Every example that does not come out as the file says, with its line.

    A rule catches its own Bad examples and lets its own Good ones through; no rule of the file flags
    a post under "## Good"; a post under "## Bad" that names a rule is caught by it.
    """
    for rule in guideline.rules:
        engine = RuleEngine(Library((replace(guideline, rules=(rule,)),)), looks_first=False)
        for example in rule.catches:
            if not _trips(engine, rule, example, alt_text=""):
                yield FileFault(path, example.line, f"the rule “{rule.name}” does not catch this Bad example")
        for example in rule.lets_through:
            if _trips(engine, rule, example, alt_text="A lighthouse in fog."):
                yield FileFault(path, example.line, f"the rule “{rule.name}” flags this Good example")
    yield from _check_posts(guideline, path)


def _trips(engine: RuleEngine, rule: Rule, example: RuleExample, *, alt_text: str) -> bool:
    platform = (*rule.only_on, "")[0]
    if rule.kind is RuleKind.DETECTOR and rule.subject == "platform length":
        platform = "x"
    draft = Draft(example.text, platform, pictures=(Picture(alt_text),))
    return any(True for _ in engine.all_findings(draft))


def _check_posts(guideline: Guideline, path: str) -> Iterator[FileFault]:
    engine = RuleEngine(Library((guideline,)), looks_first=False)
    for example in guideline.bad:
        found = {finding.rule for finding in engine.all_findings(_draft(example))}
        if example.caught_by and example.caught_by not in found:
            yield FileFault(path, example.line, f"the rule “{example.caught_by}” does not catch this post")
    for example in guideline.good:
        for finding in engine.all_findings(_draft(example)):
            reason = f"the rule “{finding.rule}” flags “{finding.quote}” in this Good post"
            yield FileFault(path, example.line, reason)


def _draft(example: Example) -> Draft:
    return Draft(example.text, example.platform, example.context)
