"""Secrets, payment cards, contact data and numbers of people: what a post should not give away, and what is masked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.rules.folding import plain
from bot.rules.id_numbers import id_numbers
from bot.rules.matcher import Pattern
from bot.rules.secret_shapes import possible_passwords, secrets_in
from bot.rules.telephones import Speaks, digit_groups, said_before, telephones

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
_WRITTEN_OUT = Pattern(
    r"(?i)\b[a-z0-9][\w.+-]{0,63} ?[\[({] ?at ?[\])}] ?[a-z0-9-]{1,63}"
    r"(?:(?:\.| ?[\[({] ?(?:dot|\.) ?[\])}] ?)[a-z0-9-]{1,63}){0,4}"
    r"(?:\.| ?[\[({] ?(?:dot|\.) ?[\])}] ?)[a-z]{2,24}\b"
)
"""Addresses with "[at]" or "(dot)" in them."""
_DIGIT_GROUPS = Pattern(r"\d(?:[ ./\n_,-]{0,3}\d){12,}")
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
_CARD_GROUPS = frozenset({(4, 4, 4, 4), (4, 6, 5), (4, 6, 4), (4, 4, 4, 4, 3), (8, 8)})
_FIRST_GROUPS = frozenset(groups[0] for groups in _CARD_GROUPS)
_MOST_GROUPS = 5
_LEAST, _MOST = 13, 19
"""Digits of a card number."""
_BEFORE = 64


def secrets(draft: Draft) -> Spans:
    """Access keys, private keys and passwords, with the name that they are given in the text."""
    return _apart((secret.start, secret.end) for secret in secrets_in(plain(draft.text)))


def cards(draft: Draft) -> Spans:
    """Payment card numbers: an issuer's first digits and length, the check digit, and no other number's name before."""
    return _cards(plain(draft.text), free=False)


def _cards(text: str, *, free: bool = True) -> Spans:
    """``free`` groups are masked, but no reason to flag a post."""
    for start, end in _DIGIT_GROUPS.spans(text.encode("ascii", "replace")):
        groups = list(digit_groups(text, start, end))
        yield from _apart((*_usual_cards(text, groups), *(_free_cards(text, groups) if free else ())))


def _usual_cards(text: str, groups: list[tuple[int, int]]) -> Spans:
    """Numbers in the groups that cards are printed in, or in none."""
    at = 0
    while at < len(groups):
        first = groups[at][1] - groups[at][0]
        most = _MOST_GROUPS if first in _FIRST_GROUPS else int(first >= _LEAST)
        size = next((n for n in range(1, most + 1) if _is_card(text, groups[at : at + n])), 0)
        if size:
            yield groups[at][0], groups[at + size - 1][1]
        at += size or 1


def _free_cards(text: str, groups: list[tuple[int, int]]) -> Spans:
    """Numbers in any groups, if the same gap is between all of them and another one, or none, around them."""
    first = 0
    for at in range(1, len(groups) + 1):
        if at - first > 1 and (at == len(groups) or _gap(text, groups, at) != _gap(text, groups, at - 1)):
            if _is_free_card(text, groups[first:at]):
                yield groups[first][0], groups[at - 1][1]
            first = at


def _gap(text: str, groups: list[tuple[int, int]], at: int) -> str:
    return text[groups[at - 1][1] : groups[at][0]].strip() or " "


def _is_free_card(text: str, groups: list[tuple[int, int]]) -> bool:
    sizes = [b - a for a, b in groups]
    if sum(sizes) not in range(_LEAST, _MOST + 1) or "," in _gap(text, groups, 1):
        return False
    listed = 1 < max(sizes) < 3 or set(sizes[1:]) == {3}  # noqa: PLR2004 - days, sizes of shoes; a large amount
    before = text[max(0, groups[0][0] - _BEFORE) : groups[0][0]]
    apart = before[-1:] not in tuple("/_+(") and said_before(before) is Speaks.NOTHING
    digits = "".join(text[a:b] for a, b in groups)
    return not listed and apart and _is_issued(digits) and _passes_luhn(digits)


def _is_card(text: str, groups: list[tuple[int, int]]) -> bool:
    sizes = tuple(b - a for a, b in groups)
    if not (len(sizes) == 1 or sizes in _CARD_GROUPS):
        return False
    digits = "".join(text[a:b] for a, b in groups)
    if not _is_issued(digits) or not _passes_luhn(digits):
        return False
    begin = groups[0][0]
    before = text[max(0, begin - _BEFORE) : begin]
    return len(sizes) > 1 or (before[-1:] not in tuple("/_") and said_before(before) is not Speaks.OTHER)


def _is_issued(digits: str) -> bool:
    return any(len(digits) in lengths and int(digits[: len(str(first[0]))]) in first for first, lengths in _ISSUERS)


def _passes_luhn(text: str) -> bool:
    """The check digit of ISO/IEC 7812-1; all zeros do not count."""
    digits = [int(c) for c in text][::-1]
    total = sum(digits[::2]) + sum(sum(divmod(2 * d, 10)) for d in digits[1::2])
    return total > 0 and total % 10 == 0


def emails(draft: Draft) -> Spans:
    """E-mail addresses. Which of them are the brand's own is not known here."""
    return _apart(_emails(plain(draft.text)))


def _emails(text: str) -> Spans:
    yield from _WRITTEN_OUT.spans(text.encode("ascii", "replace"))
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
