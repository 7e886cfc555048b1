"""What a model says in free words, made safe to show: nobody is called, and no link leads anywhere new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.words.talk import CONTACT_LEFT_OUT, LINK_LEFT_OUT
from bot.model.marks import is_link
from bot.model.masking import visible
from bot.model.own_words import dotted, is_quad, skeleton

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bot.model.masking import Sensitive

_CALLS = ("@channel", "@here", "@everyone")
_LONGEST_HELD = 600
"""Characters that are held back at most until a link or a mask is complete."""
_AROUND = ".,;:!?()[]{}'\"“”‘’*_`~<>‹›"
_CONTACTS = frozenset(("phone number", "e-mail address", "card number", "iban", "id number", "secret"))
_GROUPS, _IN_NUMBERS = 10, "+()-./"
"""So many groups of digits may belong to one number; and what stands between them."""
_THOUGHT, _THOUGHT_ENDS = "<think>", "</think>"


def links_in(texts: Iterable[str]) -> frozenset[str]:
    """The addresses that stand in texts."""
    return frozenset(_bare(word) for text in texts for word in _words(text) if _is_address(word))


class PlainAnswer:
    """Takes an answer in pieces and gives it on in pieces. What was given is never taken back."""

    def __init__(self, known: frozenset[str], unmask: Callable[[str], str], sensitive: Sensitive | None = None) -> None:
        """``known`` are the addresses that may stand there, ``unmask`` puts values in the place of their masks.

        What ``sensitive`` finds is left out: the model sees only masks, so it can have made up such a value at most.
        """
        self._known = known
        self._unmask = unmask
        self._sensitive = sensitive
        self._held = ""
        self._begun = False

    def feed(self, piece: str) -> str:
        """What can be shown now."""
        self._held += piece
        if not self._begun and not self._begins():
            return ""
        end = _settled(self._held)
        ready, self._held = self._held[:end], self._held[end:]
        return self._plain(ready)

    def rest(self) -> str:
        """What is left at the end."""
        ready, self._held = self._held, ""
        return self._plain(ready) if self._begun else ""

    def _begins(self) -> bool:
        """True once the answer itself begins: some models think aloud before it."""
        text = self._held.lstrip()
        if text.startswith(_THOUGHT):
            _, end, text = text.partition(_THOUGHT_ENDS)
            text = text.lstrip() if end else ""
        elif _THOUGHT.startswith(text):
            text = ""
        self._held = text or self._held
        self._begun = bool(text)
        return self._begun

    def _plain(self, text: str) -> str:
        text = self._unmask(self._without_contacts(_without_links(visible(text), self._known)))
        for call in _CALLS:
            text = _without_sign(text, call)
        text = "".join(_word(piece, self._known) for piece in _with_spaces(text))
        return text.replace("<", "‹")

    def _without_contacts(self, text: str) -> str:
        spans = sorted(self._sensitive(text), reverse=True) if self._sensitive else []
        last = len(text)
        for start, end, kind in spans:
            if kind in _CONTACTS and end <= last:
                text = f"{text[:start]}{CONTACT_LEFT_OUT}{text[end:]}"
                last = start
        return text


def _settled(text: str) -> int:
    """Up to where nothing that comes can change what is meant: the last space outside of brackets and numbers."""
    end = max(text.rfind(" "), text.rfind("\n")) + 1
    words = text.split(" ")
    digits = len(words[-1])
    for word in reversed(words[:-1][-_GROUPS:]):
        if not word or not all(c.isdigit() or c in _IN_NUMBERS for c in word):
            break
        digits += len(word) + 1
    end = min(end, len(text) - digits)
    opened = text.rfind("[")
    if opened < 0 or len(text) - opened > _LONGEST_HELD:
        return end
    closed = text.find("]", opened)
    following = text[closed + 1 : closed + 2]
    is_open = closed < 0 or not following or (following == "(" and text.find(")", closed) < 0)
    return min(end, opened) if is_open else end


def _without_links(text: str, known: frozenset[str]) -> str:
    """Links with a label become the bare address where somebody named it, else the label; pictures too."""
    out: list[str] = []
    at = 0
    while (middle := text.find("](", at)) >= 0:
        start, end = text.rfind("[", at, middle), text.find(")", middle)
        if start < 0 or end < 0:
            out.append(text[at : middle + 2])
            at = middle + 2
            continue
        target = text[middle + 2 : end].strip()
        before = text[at:start].removesuffix("!")
        keeps = _is_address(target) and _bare(target) in known
        out.append(before + (target if keeps else text[start + 1 : middle]))
        at = end + 1
    return "".join([*out, text[at:]])


def _word(piece: str, known: frozenset[str]) -> str:
    """A word, or what stands in the place of an address that nobody named."""
    if not _is_address(piece):
        return piece
    label, link, target = piece.partition("](")
    address = target if link and not _is_address(label) else piece
    return piece if _bare(address) in known else LINK_LEFT_OUT


def _without_sign(text: str, call: str) -> str:
    while (at := text.lower().find(call)) >= 0:
        text = text[:at] + text[at + 1 :]
    return text


def _is_address(word: str) -> bool:
    folded = word.lower()
    name, at, host = folded.partition("@")
    is_mail = bool(at) and name[-1:].isalnum() and "." in host.strip(_AROUND)
    return is_mail or "://" in folded or "www." in folded or _is_host(word)


def _is_host(word: str) -> bool:
    """True for the bare name of a host, also with signs that only look like its letters and dots."""
    bare = dotted(skeleton(word.strip(_AROUND))).partition("/")[0]
    head, _, ending = bare.rpartition(".")
    lower = word.strip(_AROUND).partition("/")[0][-len(ending) :].islower()
    return is_quad(bare) or (is_link(bare) and ending.isalpha() and lower and len(head) > 1)


def _bare(word: str) -> str:
    return word.strip(_AROUND).rstrip("/").lower()


def _words(text: str) -> list[str]:
    return text.replace("(", " ").replace(")", " ").replace("<", " ").replace(">", " ").replace("|", " ").split()


def _with_spaces(text: str) -> list[str]:
    """The words and the spaces between them, each by itself."""
    pieces: list[str] = []
    for character in text:
        if pieces and pieces[-1][-1].isspace() == character.isspace():
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces
