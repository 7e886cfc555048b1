"""Secrets, payment cards, contact data and numbers of people: what a post should not give away, and what is masked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.rules.folding import plain
from bot.rules.id_numbers import id_numbers
from bot.rules.matcher import Pattern
from bot.rules.secret_shapes import possible_passwords, secrets_in
from bot.rules.telephones import Speaks, said_before, telephones

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.core.draft import Draft

    Spans = Iterator[tuple[int, int]]

_NAME_SIGNS, _HOST_SIGNS = frozenset("._%+'-"), frozenset(".-")
_LONGEST_NAME, _LONGEST_HOST = 64, 253
"""Characters on both sides of the "@": RFC 5321."""
_ENDINGS = range(2, 25)
"""Letters of a top-level domain."""
_EXTENDED = range(0x1E00, 0x2000)
"""More letters of Latin and Greek."""
_UNSPACED = 0x0590
"""From here on are scripts whose words may stand beside an address without a space."""
_DIGIT_GROUPS = Pattern(r"\d(?:[ ./\n-]{0,3}\d){12,}")
_ISSUERS = (
    (range(4, 5), (16, 19)),
    (range(51, 56), (16,)),
    (range(2221, 2721), (16,)),
    (range(34, 35), (15,)),
    (range(37, 38), (15,)),
    (range(36, 37), (14,)),
    (range(38, 40), (14,)),
    (range(300, 306), (14,)),
    (range(6011, 6012), (16, 19)),
    (range(644, 660), (16, 19)),
    (range(3528, 3590), (16, 19)),
    (range(62, 63), (16, 17, 18, 19)),
    (range(2200, 2205), (16,)),
    (range(5018, 5021), (16,)),
    (range(6759, 6764), (16, 19)),
)
"""First digits and lengths of card numbers.

Visa, Mastercard, American Express, Diners, Discover, JCB, UnionPay, Mir, Dankort and Maestro.
"""
_CARD_GROUPS = frozenset({(4, 4, 4, 4), (4, 6, 5), (4, 6, 4), (4, 4, 4, 4, 3)})
_MOST_GROUPS = 5
_BEFORE = 64


def secrets(draft: Draft) -> Spans:
    """Access keys, private keys and passwords, with the name that they are given in the text."""
    return _apart((secret.start, secret.end) for secret in secrets_in(plain(draft.text)))


def cards(draft: Draft) -> Spans:
    """Payment card numbers: an issuer's first digits and length, the check digit, and no other number's name before."""
    return _cards(plain(draft.text))


def _cards(text: str) -> Spans:
    for start, end in _DIGIT_GROUPS.spans(text.encode("ascii", "replace")):
        groups = list(_groups(text, start, end))
        at = 0
        while at < len(groups):
            sizes = (n for n in range(1, _MOST_GROUPS + 1) if _is_card(text, groups[at : at + n]))
            size = next(sizes, 0)
            if size:
                yield groups[at][0], groups[at + size - 1][1]
            at += size or 1


def _groups(text: str, start: int, end: int) -> Spans:
    first = start
    for at in range(start, end + 1):
        if at == end or not text[at].isdigit():
            if first < at:
                yield first, at
            first = at + 1


def _is_card(text: str, groups: list[tuple[int, int]]) -> bool:
    digits = "".join(text[a:b] for a, b in groups)
    sizes = tuple(b - a for a, b in groups)
    issued = any(len(digits) in lengths and int(digits[: len(str(first[0]))]) in first for first, lengths in _ISSUERS)
    if not issued or not (len(sizes) == 1 or sizes in _CARD_GROUPS) or not _passes_luhn(digits):
        return False
    begin = groups[0][0]
    before = text[max(0, begin - _BEFORE) : begin]
    return len(sizes) > 1 or (before[-1:] not in tuple("/_") and said_before(before) is not Speaks.OTHER)


def _passes_luhn(text: str) -> bool:
    """The check digit of ISO/IEC 7812-1; all zeros do not count."""
    digits = [int(c) for c in text][::-1]
    total = sum(digits[::2]) + sum(sum(divmod(2 * d, 10)) for d in digits[1::2])
    return total > 0 and total % 10 == 0


def emails(draft: Draft) -> Spans:
    """E-mail addresses. Which of them are the brand's own is not known here."""
    return _emails(plain(draft.text))


def _emails(text: str) -> Spans:
    end = 0
    while (at := text.find("@", end)) >= 0:
        start = _begin_of_name(text, at, end)
        end = at + 1
        if start < at and (until := _end_of_host(text, at + 1)):
            yield start, until
            end = until


def _begin_of_name(text: str, at: int, least: int) -> int:
    if text[at - 1 : at] == '"':
        opened = text.rfind('"', max(least, at - _LONGEST_NAME), at - 1)
        return opened if opened >= 0 and "\n" not in text[opened:at] else at
    start = at
    while start > max(least, at - _LONGEST_NAME) and (_is_letter(text[start - 1]) or text[start - 1] in _NAME_SIGNS):
        start -= 1
    while start < at and text[start] in _NAME_SIGNS:
        start += 1
    return start


def _end_of_host(text: str, start: int) -> int:
    """Where the name of a host ends, without the full stop of a sentence; 0 where none stands there."""
    end = start
    while end < min(len(text), start + _LONGEST_HOST) and (_is_letter(text[end]) or text[end] in _HOST_SIGNS):
        end += 1
    host = text[start:end].rstrip("".join(_HOST_SIGNS))
    head, dot, ending = host.rpartition(".")
    named = ending.isalpha() and len(ending) in _ENDINGS
    return start + len(host) if dot and head[:1].isalnum() and (named or ending.startswith("xn--")) else 0


def _is_letter(character: str) -> bool:
    """True for letters and digits of addresses."""
    return character == "_" or (character.isalnum() and (ord(character) < _UNSPACED or ord(character) in _EXTENDED))


def phones(draft: Draft) -> Spans:
    """Telephone numbers, in international form or as they are written in their region."""
    return telephones(plain(draft.text))


def sensitive(text: str) -> Iterator[tuple[int, int, str]]:
    """What is masked before a text leaves this machine: (start, end, kind).

    What the rules flag, and more: words that only may be a password, account numbers, numbers that states give people.
    """
    seen = plain(text)
    for secret in secrets_in(seen):
        yield secret.value, secret.end, "secret"
    for start, end in possible_passwords(seen):
        yield start, end, "password"
    for kind, find in (("card number", _cards), ("e-mail address", _emails), ("phone number", telephones)):
        for start, end in find(seen):
            yield start, end, kind
    yield from id_numbers(seen)


def _apart(spans: Iterable[tuple[int, int]]) -> Spans:
    """The spans in order, those that lie in each other as one."""
    last: tuple[int, int] | None = None
    for start, end in sorted(spans):
        if last and start < last[1]:
            last = last[0], max(end, last[1])
        else:
            if last:
                yield last
            last = start, end
    if last:
        yield last
