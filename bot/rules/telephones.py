"""Telephone numbers in prose: international ones, and national ones where their form or the words before them speak.

The numbering plans of all regions come from libphonenumber, as data (benchmarks/rule_data.py makes it). They are
compiled when the first group of digits is met that may be a number.
"""

from __future__ import annotations

import functools
import json
from collections import defaultdict
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from bot.rules.matching import Pattern, PatternSet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.rules.matching import PlainText

    Span = tuple[int, int]

_PLANS = Path(__file__).with_name("telephones.json")
_CANDIDATE = Pattern(r"[+(]{0,2}\d{1,15}\)?(?:[ ./_-]{0,3}\(?\d{1,12}\)?){0,9}")
_DIGITS = range(7, 16)
"""How many digits a telephone number has: ITU-T E.164 allows 15 at most."""
_LABELLED = range(5, 16)
"""And behind a label such as "Tel.:", where short numbers stand as well."""
_LONG = 8
"""Digits from which on a trunk zero or a bracket speaks for a telephone."""
_RUNS = range(10, 12)
"""Digits of a number that may stand there without any gap."""
_CALLED = """
tel tél telf tlf tlp telp ph phone phones fone fon call calls dial mobile mob cell gsm fax sms hotline helpline viber
ring ruf rufen ruft rufnummer portable chiama chiamaci chiamare ligue ligar ligação bellen bel zadzwoń dzwoń dzwonić
komórka ringe puhelin puh soita ringa hívj sunați arayın gọi hubungi pozovite volejte mobitel τηλ τηλέφωνο тел моб
звони celular móvil movil zap wa handy handynummer hp
"""
_CALLED_STEMS = """
telef telepho téléph whatsapp anruf anzuruf llam llám appel zadzwo звон позвон телефон mobil cellul
"""
_CALLED_SIGNS = """
☎ 📞 📱 📲 ✆ 电话 電話 手机 手機 携帯 致电 전화 휴대폰 هاتف جوال اتصل टेलीफोन फोन फ़ोन โทร טלפון
"""
_NUMBERED = "number numbers nummer numéro número numero nr"
_OWNED = """
my our your his her meine unsere deine ihre mon notre votre mi mis nuestro tu il mio nostro meu nosso moj мой наш
"""
_NUMBERED_THINGS = """
parcel tracking track order orders invoice shipment isbn ean ref reference iban account serial imei id model version
build batch export item sku lot case ticket vat patent code
"""
_NUMBERED_STEMS = "sendung paket rechnung bestell artikel auftrag kunden"
_NAMES, _STEMS, _SIGNS = frozenset(_CALLED.split()), tuple(_CALLED_STEMS.split()), tuple(_CALLED_SIGNS.split())
_NUMBERS, _OWN = frozenset(_NUMBERED.split()), frozenset(_OWNED.split())
"""A number is somebody's with one of these before it."""
_OTHERS, _OTHER_STEMS = frozenset(_NUMBERED_THINGS.split()), tuple(_NUMBERED_STEMS.split())
_BEFORE = 64
_TOKENS = 6
"""So many words before a number may say what it is."""
_TEXTED = frozenset({"sms", "txt", "text"})
_SENT_TO = frozenset({"to", "an", "al", "au", "a", "til", "till", "naar", "para", "na", "ke"})
_SHORT = 8
"""Digits of the longest numbers that keywords are sent to, as in "SMS TEA to 62277"."""
_AMOUNTS = """
% € $ £ ¥ ₹ ° usd eur gbp chf euro euros dollars pounds million mio mrd billion kg km people users views followers
subscribers likes copies units members customers
"""
_COUNTED = tuple(_AMOUNTS.split())
_DATE = Pattern(r"\d{4}[-./ ]\d{1,2}[-./ ]\d{1,2}|\d{1,2}[-./ ]\d{1,2}[-./ ]\d{2,4}|(?:19|20)\d{6}")
_YEARS = Pattern(r"(?:1[4-9]|20)\d\d(?: ?[-/.]? ?(?:1[4-9]|20)\d\d)+")
_TIMES = Pattern(r"\d{1,2}[./]\d\d ?[-/] ?\d{1,2}[./]\d\d|(?:\d{1,2}[-./ ]{1,4}){2,4}(?:19|20)\d\d")
_QUAD = Pattern(r"\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}")
_AMOUNT = Pattern(r"[1-9]\d{0,2}(?: \d{3})+|[1-9]\d{0,2}(?:\.\d{3})+")
_PAIR = 2
_PAIRS = 4
"""Groups of two digits that make a number together."""


class Speaks(Enum):
    """What the words before some digits say of them."""

    LABEL = auto()
    TELEPHONE = auto()
    OTHER = auto()
    NOTHING = auto()


class _Plans:
    """All numbering plans. Each question takes the time of one pass over a few digits."""

    def __init__(self) -> None:
        plans: dict[str, dict[str, str]] = json.loads(_PLANS.read_text(encoding="utf-8"))
        codes: dict[str, list[str]] = defaultdict(list)
        national: list[str] = []
        for plan in plans.values():
            codes[plan["code"]].append(plan["numbers"])
            prefix = f"(?:{plan['prefix']})?" if plan["prefix"] else ""
            moved = f"|{plan['moved']}" if plan["moved"] else ""
            national.append(f"^(?:{prefix}(?:{plan['numbers']}){moved})$")
        self._abroad = PatternSet(f"^{code}0?(?:{'|'.join(numbers)})$" for code, numbers in codes.items())
        self._codes = PatternSet(f"^{code}" for code in codes)
        self._national = PatternSet(national)
        self._written = PatternSet(f"^(?:{plan['written'] or 'x'})$" for plan in plans.values())
        self.unbroken = frozenset(at for at, region in enumerate(plans) if region in {"US", "GB", "CN", "IN"})

    def in_use(self, digits: str) -> bool:
        """True for a country code and a number that may be in use there."""
        return bool(self._abroad.occurring(digits.encode()))

    def has_code(self, digits: str) -> bool:
        """True where the digits begin with a country code."""
        return bool(self._codes.occurring(digits.encode()))

    def national(self, digits: str) -> frozenset[int]:
        """The regions in which such a number may be in use."""
        return self._national.occurring(digits.encode())

    def written(self, groups: str) -> frozenset[int]:
        """The regions that write numbers in these groups."""
        return self._written.occurring(groups.encode())


_plans = functools.cache(_Plans)


def telephones(plain: PlainText) -> Iterator[Span]:
    """Start and end of each number in the text."""
    for start, end in _CANDIDATE.spans(plain.bytes):
        if end - start >= _LABELLED.start:
            yield from _numbers(plain.text, start, end)


def _numbers(text: str, start: int, end: int) -> Iterator[Span]:
    """The numbers among the groups of digits: all of them as one, or else what reads as one from some group on."""
    groups = list(digit_groups(text, start, end))
    at = 0
    pairs = max(b - a for a, b in groups) <= _PAIR
    while at < len(groups):
        if at and pairs and not _exits("".join(text[a:b] for a, b in groups[at : at + 3])):
            at += 1  # behind other digits, nothing else speaks for a number in so short groups
            continue
        ends = range(len(groups), at, -1)
        until = next((n for n in ends if _is_number(text, groups[at:n], part=n - at < len(groups))), 0)
        if until:
            yield _begin(text, groups[at][0]), groups[until - 1][1]
        at = until or at + 1


def digit_groups(text: str, start: int, end: int) -> Iterator[Span]:
    """Start and end of each run of digits in this part of the text."""
    first = start
    for at in range(start, end + 1):
        if at == end or not text[at].isdigit():
            if first < at:
                yield first, at
            first = at + 1


def _begin(text: str, first: int) -> int:
    """Where the number with its signs begins: "+" and brackets belong to it."""
    while first and text[first - 1] in "+(":
        first -= 1
    return first


def _is_number(text: str, groups: list[Span], *, part: bool) -> bool:  # noqa: PLR0911 - one line for each kind of sign
    """``part`` says that more groups stand beside these."""
    digits = "".join(text[a:b] for a, b in groups)
    begin, end = _begin(text, groups[0][0]), groups[-1][1]
    if len(digits) not in _LABELLED or not _stands_alone(text, begin, end):
        return False
    written, signs = text[groups[0][0] : end], text[begin : groups[0][0]]
    if _is_international(digits, written, signs):
        return True
    before, sizes = text[max(0, begin - _BEFORE) : begin], [b - a for a, b in groups]
    said = Speaks.OTHER if not signs and _takes_keywords(before, written) else said_before(before)
    if said is Speaks.NOTHING and ("_" in written or (part and not _may_be_part(digits, written, signs, sizes=sizes))):
        return False
    if said is Speaks.OTHER or any(form.fills(written.encode()) for form in (_YEARS, _TIMES, _QUAD)):
        return False
    if said is Speaks.LABEL:
        return True
    if len(digits) not in _DIGITS or _DATE.fills(written.encode()):
        return False
    regions = _plans().national(digits)
    if said is Speaks.TELEPHONE or not regions:
        return bool(regions)
    if _is_counted(text, begin, end):
        return False
    if _AMOUNT.fills(written.encode()):
        return sizes == [3, 3, 3] and not digits.endswith("00") and not text[end : end + 2].strip().isalpha()
    return _reads_as_national(written, signs, regions, sizes=sizes)


def _may_be_part(digits: str, written: str, signs: str, sizes: list[int]) -> bool:
    """False for pairs side by side, as in a lottery, and for groups that nothing marks as a number of their own."""
    marked = digits[0] == "0" or "(" in signs or any(c in "-/.(" for c in written)
    return marked and max(sizes) > _PAIR


def _is_international(digits: str, written: str, signs: str) -> bool:
    """True for a country code and a number in use there; with a "+" before it, also for one that is written as such."""
    sure = "+" in signs
    if not sure and _exits(digits):
        rest = digits[2:] if digits.startswith("00") else digits[3:]
        return len(rest) in _DIGITS and _plans().in_use(rest)
    if not sure or len(digits) not in _DIGITS:
        return False
    grouped = any(not c.isdigit() for c in written) and not _AMOUNT.fills(written.encode())
    return _plans().in_use(digits) or (grouped and len(digits) > _LONG and _plans().has_code(digits))


def _exits(digits: str) -> bool:
    """True for digits that call abroad."""
    return digits.startswith(("00", "011")) and not digits.startswith("000")


def _stands_alone(text: str, begin: int, end: int) -> bool:
    """True where no letter, sign of an address or further digit belongs to the digits."""
    before, after = text[max(0, begin - 2) : begin], text[end : end + 2]
    if before and (before[-1] in "_#@=&%/\\" or (before[-1].isascii() and before[-1].isalnum())):
        return False
    if before[-1:] in ".,:-/" and before[:1].isdigit() and len(before) > 1:
        return False
    if after and (after[0] in "_@%°" or (after[0].isascii() and after[0].isalnum())):
        return False
    return not (after[:1] in ".,:-/" and after[1:].isdigit())


def said_before(before: str) -> Speaks:
    """What the nearest word that speaks of numbers says; a digit or a new line ends the search."""
    for at in range(len(before) - 1, -1, -1):
        if before[at].isdigit() or before[at] == "\n":
            before = before[at + 1 :]
            break
    words = "".join(c if c.isalnum() else " " for c in before.lower()).split()[-_TOKENS:]
    close = not before.rstrip(" .:()-\ufe0f").endswith(tuple(",;!?"))
    for back, word in enumerate(reversed(words)):
        if word in _OTHERS or word.startswith(_OTHER_STEMS):
            return Speaks.OTHER
        if word in _NUMBERS and _OWN.intersection(words[-2 - back : -1 - back]):
            return Speaks.TELEPHONE
        if word in _NAMES or word.startswith(_STEMS) or any(sign in word for sign in _SIGNS):
            return Speaks.LABEL if back == 0 and close and _is_label(word, before) else Speaks.TELEPHONE
    return Speaks.TELEPHONE if any(sign in before for sign in _SIGNS) else Speaks.NOTHING


def _takes_keywords(before: str, written: str) -> bool:
    """True for a short number that a word in capitals is sent to: a machine answers there, nobody's telephone rings.

    Such numbers also stand behind "SMS:". Lower-case keywords are not seen: a telephone that is not masked is worse.
    """
    if not written.isdigit() or written[0] == "0" or len(written) > _SHORT:
        return False
    words = "".join(c if c.isalnum() else " " for c in before.rpartition("\n")[2]).split()[-_TOKENS:]
    if words and words[-1].lower() in _TEXTED:
        return len(written) < _DIGITS.start
    texted = next((at for at, word in enumerate(words) if word.lower() in _TEXTED), len(words))
    keyword = words[texted + 1 : -1]
    return bool(keyword) and keyword[-1].isupper() and words[-1].lower() in _SENT_TO


def _is_label(word: str, before: str) -> bool:
    """True for "Tel.", "phone:" and the like, which nothing but a number follows."""
    return before.rstrip()[-1:] in ":." or word in {"tel", "tél", "tlf", "fax"}


def _is_counted(text: str, begin: int, end: int) -> bool:
    if text[max(0, begin - 2) : begin].rstrip(" ")[-1:] in tuple("$€£¥₹"):
        return True
    behind = text[end : end + 16].lower().lstrip()
    return any(behind.startswith(word) for word in _COUNTED)


def _reads_as_national(written: str, signs: str, regions: frozenset[int], sizes: list[int]) -> bool:
    """True where the form speaks for itself: a trunk zero, brackets, or the groups that one of the regions writes."""
    if len(sizes) == 1:
        unbroken = written[0] == "0" or not regions.isdisjoint(_plans().unbroken)
        return unbroken and sum(sizes) in _RUNS and not written.endswith("0000")
    apart = {c for c in written if not c.isdigit()}
    if len(apart) > 1 and max(sizes) <= 2:  # noqa: PLR2004 - days and months
        return False
    if written[0] == "0" or "(" in signs or written[1:3].strip()[:1] == "(":
        return sum(sizes) >= _LONG
    if not _is_grouped(sizes) or (len(apart) > 1 and (apart != {" ", "-"} or sizes[-1] < 4)):  # noqa: PLR2004 - "98213-0571"
        return False
    groups = "".join(c if c.isdigit() else " " for c in written)
    return not regions.isdisjoint(_plans().written(groups))


def _is_grouped(sizes: list[int]) -> bool:
    """True for groups such as nothing else is written in: not "9 30 17", nor two numbers side by side."""
    if len(sizes) == 2:  # noqa: PLR2004 - a pair
        return min(sizes) > 3 and sum(sizes) >= _LONG  # noqa: PLR2004 - both are longer than a thousand's
    return max(sizes) > 2 or len(sizes) == _PAIRS  # noqa: PLR2004 - pairs of digits
