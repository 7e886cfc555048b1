"""What a model says in free words, without what Candor never says: approvals, and its own instructions.

A person, or the draft itself, can talk a model into speaking for them. An answer is shown while it is still being
found, so words are held back only as long as they may be the beginning of something that is left out.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from bot.core.words.talk import INSTRUCTIONS_KEPT, NOT_APPROVED
from bot.model.folded import fold
from bot.model.masking import visible
from bot.model.own_words import APPROVES, approves, is_verdict, skeleton, words_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_RUN = 8
"""So many words of the instructions in a row are no chance."""
_SUSPECT = 3
"""So many may be one; from there on they are held back."""
_ABOUT_POSTS = frozenset(("looks good", "good to go", "ready to post", "no changes needed"))
"""What a suggested wording, in a quote block, may well say of something else."""
_LINKING = """
be been is are was were has have had ist sind wird wurde hat est sont a ont esta es e foi jest wordt heeft ha ma
har ar er
"""
_AGENTS = "by von par por da door av af przez"
_DECLARING = "hereby declare declared consider considered mark marked status verdict result hiermit"
_IS, _DECLARES, _BY = (frozenset(words.split()) for words in (_LINKING, _DECLARING, _AGENTS))
"""What stands just before a verdict that is given, and not only spoken of; near it; and behind it."""
_NEGATIONS = """
not t never cannot nor neither nobody whether if unless until once when before who
nicht kein keine ob wenn bis pas jamais si no nunca non mai nie czy niet geen
"""
_HEDGES = frozenset(_NEGATIONS.split())
_SURE = frozenset(("doubt", "worry", "hesitate", "problem"))
"""With these a "not" is none."""
_NEAR = 5
_SHORT = 3
_QUOTES = "\"'“„«‘"
_CLAUSE_ENDS, _SENTENCE_ENDS = ".,:;!?…)", ".!?…"
_MOST = max(len(phrase.split()) for phrase in APPROVES)


class Restrained:
    """Takes an answer in pieces and gives it on in pieces. ``titles`` of guidelines may be named in quotation marks."""

    def __init__(self, instructions: str, titles: Iterable[str]) -> None:
        words = words_in(fold(instructions))
        self._runs = frozenset(_grams(words, _RUN, _RUN))
        self._parts = frozenset(_grams(words, _SUSPECT, _RUN - 1))
        self._titles = frozenset(" ".join(words_in(fold(title))) for title in titles)
        self._rest = ""
        self._pending: list[str] = []
        self._run: list[str] = []
        self._clause: list[str] = []
        self._given: set[str] = set()
        self._begun = self._dropping = self._quoting = self._shouts = self._spelling = False
        self._new_line = True
        self._last = "\n"

    def feed(self, text: str) -> str:
        """What can be shown now."""
        self._rest += text
        *whole, self._rest = _tokens(self._rest)
        return "".join(map(self._shown, whole))

    def rest(self) -> str:
        """What is left at the end."""
        last, self._rest = self._rest, ""
        shown = self._shown(f"{last}\n")
        left, self._pending = "".join(self._pending), []
        return f"{shown}{left}".removesuffix("\n")

    def _shown(self, token: str) -> str:
        shown = self._take(token)
        if not shown and self._dropped_line(token):
            shown = "\n" * token.count("\n")
        self._last = shown[-1:] or self._last
        return shown

    def _dropped_line(self, token: str) -> bool:
        """True where a line ends in what is left out, and nothing parts the lines yet."""
        return "\n" in token and not self._pending and self._last != "\n"

    def _take(self, token: str) -> str:
        words = words_in(fold(visible(token)))
        if self._new_line:
            self._quoting = token.lstrip().startswith(">")
        self._new_line = "\n" in token
        self._pending.append(token)
        self._run = [*self._run, *words][-_RUN:]
        self._hear(token)
        self._shouts = any(word.isupper() and is_verdict(skeleton(word)) for word in words_in(visible(token)))
        ends = self._new_line or token.rstrip()[-1:] in _CLAUSE_ENDS
        if tuple(self._run) in self._runs:
            return self._cut(INSTRUCTIONS_KEPT, token)
        if self._approves() or self._gives_verdict(ends=ends):
            return self._cut(NOT_APPROVED, token)
        self._clause = [] if ends else self._clause
        if self._dropping:
            self._pending, self._dropping = [], not _ends_sentence(token)
            return ""
        return self._release(self._held(ends=ends))

    def _hear(self, token: str) -> None:
        """Add the words as eyes read them; letters that stand apart make one word."""
        for word in words_in(skeleton(token)):
            single = len(word) == 1 and word.isalpha()
            if single and self._spelling and self._clause:
                self._clause[-1] += word
            else:
                self._clause.append(word)
            self._spelling = single

    def _release(self, held: int) -> str:
        ready = self._pending[: len(self._pending) - held]
        self._pending = self._pending[len(ready) :]
        if ready:
            self._begun = not _ends_sentence(ready[-1])
        return "".join(ready)

    def _cut(self, note: str, token: str) -> str:
        """Leave out what is held and the rest of its sentence; say why, once."""
        said = "" if note in self._given else f"[…] {note} " if self._begun else f"{note} "
        self._given.add(note)
        self._pending, self._clause = [], []
        self._dropping, self._begun = not _ends_sentence(token), False
        return said.rstrip() + "\n" * token.count("\n") if said and "\n" in token else said

    def _approves(self) -> bool:
        clause = " ".join(self._clause)
        for phrase in approves(clause):
            before, _, _ = clause.partition(phrase)
            if self._quoting and phrase in _ABOUT_POSTS:
                continue
            if phrase in self._titles and "".join(self._pending).lstrip()[:1] in _QUOTES:
                self._clause = []  # a guideline's title, in quotation marks
            elif not self._hedged(before.split()):
                return True
        return False

    def _gives_verdict(self, *, ends: bool) -> bool:
        short = self._shouts or (ends and len(self._clause) <= _SHORT)
        for at, word in enumerate(self._clause):
            if not is_verdict(word):
                continue
            before, after = self._clause[:at], self._clause[at + 1 : at + 2]
            given = short or not _IS.isdisjoint(before[-2:]) or not _DECLARES.isdisjoint(before[-_SHORT:])
            opens = at == 0 and not _BY.isdisjoint(after)
            if (given or opens) and not self._hedged(before):
                return True
        return False

    @staticmethod
    def _hedged(before: list[str]) -> bool:
        near = before[-_NEAR:]
        return not _HEDGES.isdisjoint(near) and _SURE.isdisjoint(near) and ("not", "only") not in pairwise(near)

    def _held(self, *, ends: bool) -> int:
        """How many tokens may be the beginning of what is left out; where a clause ``ends``, only of instructions."""
        held = words = 0
        spelt = True
        for number, token in enumerate(reversed(self._pending), 1):
            words += len(words_in(fold(visible(token))))
            tail = " ".join(self._clause[-words:]) if words else ""
            opens = words <= _MOST and any(p.startswith(tail) for p in APPROVES)
            verdict = len(self._clause) <= _SHORT and any(map(is_verdict, self._clause))
            parts = tuple(self._run[-max(words, _SUSPECT) :]) in self._parts
            apart = self._spelling and len(words_in(skeleton(token))) == 1 and len(token.strip()) == 1
            spelt = spelt and apart
            held = number if parts or spelt or (not ends and (opens or verdict)) else held
        return held


def _ends_sentence(token: str) -> bool:
    return "\n" in token or token.rstrip(" \"'”’)*_")[-1:] in _SENTENCE_ENDS


def _tokens(text: str) -> list[str]:
    """The words, each with the white space behind it; the last one may go on, and may be empty."""
    tokens: list[str] = []
    start, spaced = 0, False
    for at, character in enumerate(text):
        if spaced and not character.isspace():
            tokens.append(text[start:at])
            start = at
        spaced = character.isspace()
    return [*tokens, text[start:], ""] if spaced else [*tokens, text[start:]]


def _grams(words: list[str], least: int, most: int) -> Iterator[tuple[str, ...]]:
    for size in range(least, most + 1):
        yield from (tuple(words[at : at + size]) for at in range(len(words) - size + 1))
