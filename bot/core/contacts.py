"""Contact data: what reads as an e-mail address, a telephone number or a handle, and what a brand calls its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.core.finding import Finding

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
