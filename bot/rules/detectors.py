"""Detectors: named checks that phrases cannot express. Each gives (start, end) in code points."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import phonenumbers

from bot.rules.folding import EncodedText
from bot.rules.matcher import Pattern
from bot.rules.post_length import over_length

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.core.draft import Draft

_SECRET_SHAPES = (
    r"\bsk-[A-Za-z0-9_-]{20,}",
    r"\bxox[abeprs]-[A-Za-z0-9-]{10,}",
    r"\bxapp-[A-Za-z0-9-]{10,}",
    r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    r"\bgh[pousr]_[A-Za-z0-9]{36}",
    r"\bgithub_pat_[A-Za-z0-9_]{22,}",
    r"\bglpat-[A-Za-z0-9_-]{20,}",
    r"\bAIza[A-Za-z0-9_-]{35}",
    r"\b[rs]k_live_[A-Za-z0-9]{16,}",
    r"\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}",
    r"\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{5,}",
    r"-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----",
    r"(?i)\b(?:password|passwort|passwd|pwd)\s?[:=]\s?[^\s,;]{6,64}",
)
"""Shapes of access keys as their issuers document them, and a password written out."""

_SECRET = Pattern("|".join(_SECRET_SHAPES))
_EMAIL = Pattern(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,190}\.[A-Za-z]{2,24}")
_CARD = Pattern(r"\b\d(?:[ -]?\d){12,18}\b")
_PHONE = Pattern(r"\+?\(?\d{1,5}\)?(?:[ ./-]{0,2}\(?\d{2,12}\)?){1,6}")
"""Groups of digits; after the first one nobody writes a group of a single digit."""
_STYLED = Pattern("[\U0001d400-\U0001d7ff]{3,}")
_DIGITS = range(7, 16)
"""How many digits a telephone number has: ITU-T E.164 allows 15 at most."""
_SELECTORS = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
_BETWEEN = 2
"""Visible characters between two runs of invisible ones that stand close together."""
_FEW = 3
_REGIONS = ("US", "GB")
"""Whose national formats count without a country code."""


def detect(name: str, draft: Draft) -> Iterator[tuple[int, int]]:
    """The spans that the detector called ``name`` finds. Raises KeyError for an unknown name."""
    return DETECTORS[name](draft)


def _matches(pattern: Pattern, text: str) -> Iterator[tuple[int, int]]:
    encoded = EncodedText(text, folded=False)
    for span in pattern.spans(encoded.bytes):
        yield encoded.span(*span)


def _secret(draft: Draft) -> Iterator[tuple[int, int]]:
    return _matches(_SECRET, draft.text)


def _email(draft: Draft) -> Iterator[tuple[int, int]]:
    return _matches(_EMAIL, draft.text) if "@" in draft.text else iter(())


def _card(draft: Draft) -> Iterator[tuple[int, int]]:
    for start, end in _matches(_CARD, draft.text):
        if _passes_luhn(draft.text[start:end]):
            yield start, end


def _passes_luhn(text: str) -> bool:
    """The check digit of ISO/IEC 7812-1; all zeros do not count."""
    digits = [int(c) for c in text if c.isdigit()][::-1]
    total = sum(digits[::2]) + sum(sum(divmod(2 * d, 10)) for d in digits[1::2])
    return total > 0 and total % 10 == 0


def _phone(draft: Draft) -> Iterator[tuple[int, int]]:
    for start, end in _matches(_PHONE, draft.text):
        written = draft.text[start:end]
        if sum(c.isdigit() for c in written) in _DIGITS and _is_phone(written):
            yield start, end


def _is_phone(written: str) -> bool:
    regions = (None,) if written.startswith("+") else _REGIONS
    for region in regions:
        try:
            number = phonenumbers.parse(written, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return True
    return False


def _hidden(draft: Draft) -> Iterator[tuple[int, int]]:
    """Runs of invisible characters. Joiners in emoji and scripts, and direction marks, are normal.

    Words whose letters all have some between them are one run.
    """
    close: list[tuple[int, int]] = []
    for start, end in _hidden_runs(draft.text):
        if close and start - close[-1][1] > _BETWEEN:
            yield from _together(close)
            close = []
        close.append((start, end))
    yield from _together(close)


def _together(runs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [(runs[0][0], runs[-1][1])] if len(runs) > _FEW else runs


def _hidden_runs(text: str) -> Iterator[tuple[int, int]]:
    start: int | None = None
    for i, c in enumerate(text):
        hidden = c > "\x7f" and _is_hidden(c, text[i - 1 : i])
        if hidden and start is None:
            start = i
        elif not hidden and start is not None:
            yield start, i
            start = None
    if start is not None:
        yield start, len(text)


def _is_hidden(character: str, before: str) -> bool:
    """A variation selector belongs to what stands before it; behind another one it only hides something."""
    if character in _SELECTORS:
        return before in _SELECTORS
    return unicodedata.category(character) == "Cf" and character not in "\u200c\u200d\u200e\u200f\u00ad"


def _styled(draft: Draft) -> Iterator[tuple[int, int]]:
    return iter(()) if draft.text.isascii() else _matches(_STYLED, draft.text)


def _missing_alt(draft: Draft) -> Iterator[tuple[int, int]]:
    """The first line, once, where a picture has no alt text."""
    if draft.text.strip() and any(not picture.alt_text.strip() for picture in draft.pictures):
        start = len(draft.text) - len(draft.text.lstrip())
        yield start, start + len(draft.text[start:].split("\n", 1)[0].rstrip())


DETECTORS: dict[str, Callable[[Draft], Iterator[tuple[int, int]]]] = {
    "card number": _card,
    "e-mail address": _email,
    "hidden characters": _hidden,
    "missing alt text": _missing_alt,
    "phone number": _phone,
    "platform length": over_length,
    "secret": _secret,
    "styled letters": _styled,
}
