"""Secrets, payment cards and contact data: what a post should not give away, and what may not leave this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import phonenumbers

from bot.rules.folding import EncodedText
from bot.rules.matcher import Pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.core.draft import Draft

    Spans = Iterator[tuple[int, int]]

_KEY_SHAPES = (
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
)
"""Shapes of access keys as their issuers document them."""
_WRITTEN_OUT = r"(?i)\b(?:password|passwort|passwd|pwd)\s?[:=]\s?[^\s,;]{6,64}"

_KEY = Pattern("|".join(_KEY_SHAPES))
_PASSWORD = Pattern(_WRITTEN_OUT)
_EMAIL = Pattern(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,190}\.[A-Za-z]{2,24}")
_DIGIT_GROUPS = Pattern(r"\b\d(?:[ -]?\d){12,18}\b")
_PHONE = Pattern(r"\+?\(?\d{1,5}\)?(?:[ ./-]{0,2}\(?\d{2,12}\)?){1,6}")
"""Groups of digits; after the first one nobody writes a group of a single digit."""
_DIGITS = range(7, 16)
"""How many digits a telephone number has: ITU-T E.164 allows 15 at most."""
_REGIONS = ("US", "GB")
"""Whose national formats count without a country code."""
_STRONG = 8
"""Characters of a password that is one even where words follow it."""
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
)
"""First digits and lengths of card numbers: Visa, Mastercard, American Express, Diners, Discover, JCB, UnionPay."""
_CARD_GROUPS = frozenset({(4, 4, 4, 4), (4, 6, 5), (4, 6, 4), (4, 4, 4, 4, 3)})
_OTHER_NUMBER = Pattern(
    r"(?i)\b(?:parcel|track(?:ing)?|order|invoice|shipment|sendung\w*|paket\w*|isbn|ean|ref(?:erence)?|iban|account"
    r"|serial|imei|id|no|nr|number|export|build|batch)\b[^\n\d]{0,24}\z"
)
_BEFORE = 48


def secrets(draft: Draft) -> Spans:
    """Access keys, and passwords written out: one token of mixed signs, and no question or sentence about passwords."""
    yield from _matches(_KEY, draft.text)
    for start, end in _matches(_PASSWORD, draft.text):
        if _is_password(draft.text[start:end], draft.text[end:]):
            yield start, end


def _is_password(written: str, behind: str) -> bool:
    token = written.replace("=", ":", 1).partition(":")[2].strip().rstrip(".!:)\"'”’")
    marked = any(c.isdigit() or not c.isalnum() for c in token)
    if not marked or not any(c.isalpha() for c in token) or "?" in token or behind.lstrip().startswith("?"):
        return False
    followed = behind[:1] == " " and behind[1:2].isalpha()
    strong = len(token) >= _STRONG and any(c.isdigit() for c in token) and "-" not in token
    return strong or not followed


def cards(draft: Draft) -> Spans:
    """Payment card numbers: an issuer's first digits and length, the check digit, and no other number's name before."""
    for start, end in _matches(_DIGIT_GROUPS, draft.text):
        before = draft.text[max(0, start - _BEFORE) : start]
        if _is_card(draft.text[start:end]) and not any(_matches(_OTHER_NUMBER, before)):
            yield start, end


def _is_card(written: str) -> bool:
    digits = "".join(c for c in written if c.isdigit())
    groups = tuple(map(len, written.replace("-", " ").split(" ")))
    issued = any(len(digits) in lengths and int(digits[: len(str(first[0]))]) in first for first, lengths in _ISSUERS)
    return issued and (len(groups) == 1 or groups in _CARD_GROUPS) and _passes_luhn(digits)


def _passes_luhn(text: str) -> bool:
    """The check digit of ISO/IEC 7812-1; all zeros do not count."""
    digits = [int(c) for c in text if c.isdigit()][::-1]
    total = sum(digits[::2]) + sum(sum(divmod(2 * d, 10)) for d in digits[1::2])
    return total > 0 and total % 10 == 0


def emails(draft: Draft) -> Spans:
    """E-mail addresses. Which of them are the brand's own is not known here."""
    return _matches(_EMAIL, draft.text) if "@" in draft.text else iter(())


def phones(draft: Draft) -> Spans:
    """Telephone numbers, in international form or as written in the regions whose national forms count."""
    return _numbers(draft.text)


def _numbers(text: str) -> Spans:
    for start, end in _matches(_PHONE, text):
        written = text[start:end]
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


def _passwords_and_keys(text: str) -> Spans:
    yield from _matches(_KEY, text)
    yield from _matches(_PASSWORD, text)


_WITHHELD: dict[str, Callable[[str], Iterator[tuple[int, int]]]] = {
    "secret": _passwords_and_keys,
    "card number": lambda text: (span for span in _matches(_DIGIT_GROUPS, text) if _passes_luhn(text[slice(*span)])),
    "e-mail address": lambda text: _matches(_EMAIL, text) if "@" in text else iter(()),
    "phone number": _numbers,
}


def sensitive(text: str) -> Iterator[tuple[int, int, str]]:
    """What is masked before a text leaves this machine: (start, end, kind).

    Wider than what the rules flag: what only might be a secret is masked as well, and so are the brand's own contacts.
    """
    for kind, find in _WITHHELD.items():
        for start, end in find(text):
            yield start, end, kind


def _matches(pattern: Pattern, text: str) -> Spans:
    encoded = EncodedText(text, folded=False)
    for span in pattern.spans(encoded.bytes):
        yield encoded.span(*span)
