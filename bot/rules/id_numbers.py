"""Bank accounts (IBAN) and the numbers that states give people: by check digits and form, or by what they are called.

python-stdnum knows the check digits. It is loaded when the first text has something of their form in it.
"""

from __future__ import annotations

import functools
import importlib
from typing import TYPE_CHECKING, cast

from bot.rules.matcher import Pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


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
_BEFORE = 48


def id_numbers(plain: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and kind of each number."""
    encoded = plain.encode("ascii", "replace")
    for start, end in _IBAN.spans(encoded):
        length = _iban(plain[start:end])
        if length:
            yield start, start + length, "iban"
    for pattern, checks in _shapes():
        for start, end in pattern.spans(encoded):
            if _is_one(plain[start:end], checks):
                yield start, end, "id number"
    yield from ((start, end, "id number") for start, end in _SURE.spans(encoded))
    yield from ((start, end, "id number") for _, start, end in _PASSPORT.captures(encoded))
    for start, end in _NUMBER.spans(encoded):
        before = encoded[max(0, start - _BEFORE) : start]
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
