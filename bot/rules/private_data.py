"""Secrets, payment cards, contact data and numbers of people: what a post should not give away."""

from __future__ import annotations

import functools
import importlib
from typing import TYPE_CHECKING, cast

from bot.core.words.people import legible
from bot.rules.matching import EncodedText, Pattern, PlainText
from bot.rules.secrets import Secret, possible_passwords, secrets_in
from bot.rules.telephones import Speaks, digit_groups, said_before, telephones

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from bot.rules.text import SeenDraft


# Bank accounts (IBAN) and the numbers that states give people: by check digits and form, or by what they are called.
#
# python-stdnum knows the check digits. It is loaded when the first text has something of their form in it.

_IBAN = Pattern(r"\b[A-Z]{2}\d{2}(?:[ ._-]?[A-Z0-9]){11,30}\b|\b[a-z]{2}\d{2}(?:[ _-]?[a-z0-9]){11,30}\b")
_IBAN_LENGTHS = range(15, 35)
_SHAPED = (
    (r"\d{3}[- ]\d{2}[- ]\d{4}", ("us.ssn", "us.itin")),
    (r"\d{3}\.\d{3}\.\d{3}[-.]\d{2}", ("br.cpf",)),
    (r"756[. ]\d{4}[. ]\d{4}[. ]\d{2}", ("ch.ssn",)),
    (r"\d{6}[-+A-FU-Y]\d{3}[0-9A-Z]", ("fi.hetu",)),
    (r"(?:\d{2})?\d{6}[-+]\d{4}", ("se.personnummer", "dk.cpr", "is_.kennitala")),
    (r"\d{6}/\d{3,4}", ("cz.rc",)),
    (r"\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}", ("be.nn",)),
    (r"[12] ?\d{2} ?\d{2} ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}", ("fr.nir",)),
    (r"[2-9]\d{3}[ -]\d{4}[ -]\d{4}", ("in_.aadhaar",)),
    (r"\d{17}[\dXx]", ("cn.ric",)),
    (r"(?i)\d{8}[ -]?[A-Z]|[XYZ]-?\d{7}-?[A-Z]", ("es.dni", "es.nie")),
    (r"[A-Z]{4}\d{6}[HM][A-Z]{5}[A-Z0-9]\d", ("mx.curp",)),
)
"""Forms that nothing else has, with the check that the number must pass."""
_SURE = Pattern(
    r"\b(?:[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]"
    r"|\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])-[1-8]\d{6}"
    r"|(?i:[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]))\b"
)
"""Forms that need no check: National Insurance (United Kingdom), resident registration (Korea), codice fiscale."""
_CALLED = (
    *("us.ssn", "us.itin", "gb.nhs", "de.idnr", "fr.nir", "nl.bsn", "be.nn", "pl.pesel", "se.personnummer", "dk.cpr"),
    *("no.fodselsnummer", "br.cpf", "ch.ssn", "at.vnr", "ca.sin", "au.tfn", "in_.aadhaar", "in_.pan"),
    *("za.idnr", "tr.tckimlik", "hr.oib", "ie.pps", "pt.nif", "ro.cnp", "bg.egn", "ee.ik", "lt.asmens"),
    *("il.idnr", "gr.amka", "si.emso", "sk.rc", "cz.rc", "hu.anum", "th.pin", "cn.ric", "kr.rrn", "jp.in_", "es.dni"),
    *("es.nie", "it.codicefiscale", "mx.curp", "ar.cuit", "ar.dni", "cl.rut", "co.nit", "pe.cui", "ec.ci", "uy.rut"),
    *("tw.ubn", "my.nric", "sg.uen", "ua.rntrc", "ru.inn", "is_.kennitala", "fi.hetu", "mk.edb", "eg.tn"),
)
_NAMES = Pattern(
    r"(?i)(?:^|[^A-Za-z])(?:ssn|social security|itin|tax ?payer|nino|national insurance|nhs|national id|id card"
    r"|passport|ausweis|steuer-?id|steuer-?identifikation|idnr|sozialversicherung|rentenversicherung|svnr|ahv|avs|nir|insee"
    r"|s.curit. sociale|bsn|burgerservice|rijksregister|pesel|personnummer|cpr|f.dselsnummer|hetu|henkil.tunnus|cpf"
    r"|aadhaar|aadhar|pan card|social insurance|tfn|tax file|medicare|rsa id|kimlik|oib|pps|nif|dni|nie|cnp|egn"
    r"|isikukood|asmens|amka|emso|rodn. ..slo|codice fiscale|curp|rut|cuit|c.dula|inn|kennitala|rrn"
    r"|pnr|steuernummer|identity code|identity number|id code)\b"
    r"[^\d\n]{0,24}\z"
)
_LABEL = Pattern(r"(?i)[a-z](?: ?(?:number|nummer|no|nr|num|card|is|ist|code)\.?){0,2} ?[: ] ?\z")
"""How a name stands right before its number."""
_NUMBER = Pattern(r"\b[A-Z]{0,5}\d[0-9A-Z]*(?:[ ./-]?\d[0-9A-Z]*){0,8}\b")
_LENGTHS = range(8, 21)
_PASSPORT = Pattern(
    r"(?i)\b(?:passport|reisepass|passeport|pasaporte|passaporto|paspoort)"
    r"[^\d\n]{0,24}?\b([A-Z]{0,3}\d{6,9}[A-Z]?)\b"
)
_ID_NUMBERS_BEFORE = 48


def ibans(plain: PlainText) -> Iterator[tuple[int, int]]:
    """Start and end of each account's number."""
    for start, end in _IBAN.spans(plain.bytes):
        if length := _iban(plain.text[start:end]):
            yield start, start + length


def id_numbers(seen: PlainText) -> Iterator[tuple[int, int, str]]:
    """Start, end and kind of each number."""
    plain, encoded = seen.text, seen.bytes
    yield from ((start, end, "iban") for start, end in ibans(seen))
    for pattern, checks in _shapes():
        for start, end in pattern.spans(encoded):
            if _is_one(plain[start:end], checks):
                yield start, end, "id number"
    yield from ((start, end, "id number") for start, end in _SURE.spans(encoded))
    yield from ((start, end, "id number") for _, start, end in _PASSPORT.captures(encoded))
    for start, end in _NUMBER.spans(encoded):
        before = encoded[max(0, start - _ID_NUMBERS_BEFORE) : start]
        named = any(_NAMES.spans(before))
        digits = sum(map(str.isdigit, plain[start:end]))
        mostly = end - start in _LENGTHS and digits > (end - start) // 2
        if named and mostly and (any(_LABEL.spans(before)) or _is_one(plain[start:end], _CALLED)):
            yield start, end, "id number"


def _iban(written: str) -> int:
    """How many characters of the text are an account's number; 0 for none."""
    compact = ""
    for at, character in enumerate(written.upper(), 1):
        compact += character if character.isalnum() else ""
        if character.isalnum() and len(compact) in _IBAN_LENGTHS and _is_iban(compact):
            return at
    return 0


def _is_iban(compact: str) -> bool:
    """True for the length and check digits of its country; banks' own check digits are not asked for."""
    return bool(importlib.import_module("stdnum.iban").is_valid(compact, check_country=False))


def _is_one(written: str, checks: tuple[str, ...]) -> bool:
    return any(_check(name)(written.upper()) for name in checks)


@functools.cache
def _check(name: str) -> Callable[[str], bool]:
    return cast("Callable[[str], bool]", importlib.import_module(f"stdnum.{name}").is_valid)


@functools.cache
def _shapes() -> tuple[tuple[Pattern, tuple[str, ...]], ...]:
    return tuple((Pattern(rf"\b(?:{shape})\b"), checks) for shape, checks in _SHAPED)


# Secrets, payment cards, contact data and numbers of people: what a post should not give away, and what is masked.

if TYPE_CHECKING:
    Spans = Iterator[tuple[int, int]]

_NAME_SIGNS, _HOST_SIGNS = frozenset("._%+'-"), frozenset(".-")
_LONGEST_NAME, _LONGEST_HOST = 64, 253
"""Characters on both sides of the "@": RFC 5321."""
_ENDINGS = range(2, 25)
"""Letters of a top-level domain."""
_FILES = frozenset(["avif", "bmp", "gif", "heic", "jpeg", "jpg", "pdf", "png", "svg", "tif", "tiff", "webm", "webp"])
"""How files end, and no domain: harbour@2x.png is a picture for sharp screens."""
_EXTENDED = range(0x1E00, 0x2000)
"""More letters of Latin and Greek."""
_UNSPACED = 0x0590
"""From here on are scripts whose words may stand beside an address without a space."""
_WRITTEN_OUT = Pattern(
    r"(?i)\b[a-z0-9][\w.+-]{0,63} ?[\[({] ?at ?[\])}] ?[a-z0-9-]{1,63}"
    r"(?:(?:\.| ?[\[({] ?(?:dot|\.) ?[\])}] ?)[a-z0-9-]{1,63}){0,4}"
    r"(?:\.| ?[\[({] ?(?:dot|\.) ?[\])}] ?)[a-z]{2,24}\b",
    needs="[({",
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
_PRIVATE_DATA_BEFORE = 64
_DECIMAL_BEFORE = Pattern(r"\d[.,]\z")
"""Digits behind it are those of a fraction."""
_CALL_LINK = Pattern(
    r"(?i)https?://(?:[\w-]+\.)*(?:zoom\.us|zoom\.com|webex\.com|gotomeeting\.com|whereby\.com)/[^\s<>]*\z"
)
_SHARED_LINK = Pattern(
    r"(?i)https?://(?:[\w-]+\.)*(?:onedrive\.live\.com|1drv\.ms|sharepoint\.com|dropbox\.com|box\.com|icloud\.com"
    r"|(?:plus|photos|picasaweb|drive|docs)\.google\.com|firebasestorage\.googleapis\.com)/[^\s<>]*\z"
)
_CALL = Pattern(
    r"(?i)\b(?:webinars?|webcast|live ?stream|meeting[- ]id|zoom|webex|watch here|online-seminar|webinaire)\b"
)
_INWARD = Pattern(r"(?i)\b(?:log-?in|account|admin|host|staff|internal|konto|intern)\b")
_CALL_AROUND = 160
"""Characters before a password in which a public call is named."""


def secrets(seen: SeenDraft) -> Spans:
    """Access keys, private keys and passwords, with the name that they are given in the text.

    What lets readers into a call that the post invites them to, or to a file that it shares, is meant to be read.
    """
    found = (secret for secret in secrets_in(seen.plain) if not _is_for_readers(seen.plain.text, secret))
    return _apart((secret.start, secret.end) for secret in found)


def _is_for_readers(text: str, secret: Secret) -> bool:
    if secret.start == secret.value:  # a key is known by its form, and opens neither calls nor files
        return False
    before = EncodedText(text[max(0, secret.start - _CALL_AROUND) : secret.start], folded=False).bytes
    if _CALL_LINK.occurs(before) or _SHARED_LINK.occurs(before):
        return True
    return _CALL.occurs(before) and not _INWARD.occurs(before)


def cards(seen: SeenDraft) -> Spans:
    """Payment card numbers: an issuer's first digits and length, the check digit, and no other number's name before."""
    return _cards(seen.plain, free=False)


def _cards(plain: PlainText, *, free: bool = True) -> Spans:
    """``free`` groups are masked, but no reason to flag a post."""
    text = plain.text
    for start, end in _DIGIT_GROUPS.spans(plain.bytes):
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
    before = text[max(0, groups[0][0] - _PRIVATE_DATA_BEFORE) : groups[0][0]]
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
    before = text[max(0, begin - _PRIVATE_DATA_BEFORE) : begin]
    apart = before[-1:] not in tuple("/_") and not _DECIMAL_BEFORE.occurs(before.encode())
    return len(sizes) > 1 or (apart and said_before(before) is not Speaks.OTHER)


def _is_issued(digits: str) -> bool:
    return any(len(digits) in lengths and int(digits[: len(str(first[0]))]) in first for first, lengths in _ISSUERS)


def _passes_luhn(text: str) -> bool:
    """The check digit of ISO/IEC 7812-1; all zeros do not count."""
    digits = [int(c) for c in text][::-1]
    total = sum(digits[::2]) + sum(sum(divmod(2 * d, 10)) for d in digits[1::2])
    return total > 0 and total % 10 == 0


def emails(seen: SeenDraft) -> Spans:
    """E-mail addresses. Which of them are the brand's own is not known here; ``user:password@host`` is a secret."""
    found = list(_apart(_emails(seen.plain)))
    return _outside(found, ((secret.start, secret.end) for secret in secrets_in(seen.plain)) if found else ())


def _emails(plain: PlainText) -> Spans:
    yield from _WRITTEN_OUT.spans(plain.bytes)
    text, end = plain.text, 0
    while (at := text.find("@", end)) >= 0:
        start = _begin_of_name(text, at, end)
        end = at + 1
        is_handle = text[start - 1 : start] == "@"  # as in @name@server, which leads to a profile
        if start < at and not is_handle and (until := _end_of_host(text, at + 1)):
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
    named = ending.isalpha() and len(ending) in _ENDINGS and ending.lower() not in _FILES
    return start + len(host) if dot and head[:1].isalnum() and (named or ending.startswith("xn--")) else 0


def _is_letter(character: str) -> bool:
    """True for letters and digits of addresses."""
    return character == "_" or (character.isalnum() and (ord(character) < _UNSPACED or ord(character) in _EXTENDED))


_FREEPHONE = Pattern(
    r"\A(?:(?:00)?1?8(?:00|33|44|55|66|77|88)[2-9]\d{6}"  # North America
    r"|0800\d{4,8}|0805\d{6}|(?:00)?4[1349]0?80[08]\d{4,8}|(?:00)?330?80[05]\d{6}"  # UK, Germany, France and others
    r"|(?:(?:00)?3[49])?[89]00\d{6}"  # Spain, Italy
    r"|(?:00)?800\d{8})\z"  # international
)
"""Digits of numbers that cost callers nothing: companies and helplines have them, people have none."""


def phones(seen: SeenDraft) -> Spans:
    """Telephone numbers that may be a person's, in international form or as in their region; none inside of an IBAN."""
    text = seen.plain.text
    found = [(start, end) for start, end in telephones(seen.plain) if not _is_free_to_call(text[start:end])]
    return _outside(found, ibans(seen.plain) if found else ())


def _is_free_to_call(number: str) -> bool:
    return any(_FREEPHONE.spans("".join(c for c in number if c.isascii() and c.isdigit()).encode()))


def sensitive(text: str) -> Iterator[tuple[int, int, str]]:
    """What is masked before a text leaves this machine: (start, end, kind).

    What the rules flag, and more: words that only may be a password, account numbers, numbers that states give people.
    """
    seen = PlainText(text)
    for secret in secrets_in(seen):
        yield secret.value, secret.end, "secret"
    for start, end in possible_passwords(seen):
        yield start, end, "password"
    for kind, find in (("card number", _cards), ("e-mail address", _emails), ("phone number", telephones)):
        for start, end in find(seen):
            yield start, end, kind
    yield from id_numbers(seen)


_CUT = 4
"""Characters of a secret that give it away where a quote was cut."""


def secrets_masked(text: str, mask: str) -> Callable[[str], str]:
    """Puts ``mask`` for the text's secrets in what was said of it, on one line too, or cut short with "…" behind."""
    plain = PlainText(text)
    values = {text[one.value : one.end] for one in secrets_in(plain)}
    forms = sorted(
        {form for value in values for form in (value, " ".join(value.split()), legible(value))}, key=len, reverse=True
    )

    def masked(said: str) -> str:
        for form in forms:
            said = said.replace(form, mask)
        for form in forms if "…" in said else ():
            said = _cut_ones(said, form, mask)
        return said

    return masked


def _cut_ones(said: str, value: str, mask: str) -> str:
    """Without the value's beginnings that stand before a "…"."""
    *pieces, last = said.split("…")
    for at, piece in enumerate(pieces):
        given = next((size for size in range(len(value) - 1, _CUT - 1, -1) if piece.endswith(value[:size])), 0)
        pieces[at] = piece[: len(piece) - given] + mask if given else piece
    return "…".join([*pieces, last])


def _outside(found: Iterable[tuple[int, int]], others: Iterable[tuple[int, int]]) -> Spans:
    taken = list(others)
    return (span for span in found if all(span[1] <= start or end <= span[0] for start, end in taken))


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
