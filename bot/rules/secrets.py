"""Access keys, passwords and private keys: shapes that issuers document, and what is called one in the text.

Most shapes come from gitleaks, as data (benchmarks/rule_data.py makes it). Those here are older than that, or made
for prose. All meet `PlainText`, in linear time.
"""

from __future__ import annotations

import functools
import json
import math
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bot.rules.matching import EncodedText, Pattern, PatternSet, PlainText

if TYPE_CHECKING:
    from collections.abc import Iterator


_SHAPES = Path(__file__).with_name("gitleaks.json")
_KEYS = (
    r"[?&;](?i:sig|signature|x-amz-signature|x-goog-signature|hmac|sas)=([A-Za-z0-9%+/=_-]{12,})",
    r"\b[Bb]earer[ :]{1,2}([A-Za-z._~+/-]{0,15}\d[A-Za-z0-9._~+/=-]{15,})",
    r"\bsk-[A-Za-z0-9_-]{20,}",
    r"\bxox[abceoprs]-[A-Za-z0-9.-]{10,}",
    r"\bxapp-[A-Za-z0-9-]{10,}",
    r"\b(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[0-9A-Z]{16}\b",
    r"\bgh[pousr]_[A-Za-z0-9]{36}",
    r"\bgithub_pat_[A-Za-z0-9_]{22,}",
    r"\bgl(?:pat|ptt|dt|rt|cbt|soat|ft|imt|agent|oas)-[A-Za-z0-9_.-]{20,}",
    r"\bAIza[A-Za-z0-9_-]{35}",
    r"\bGOCSPX-[A-Za-z0-9_-]{20,}",
    r"\b1//0[A-Za-z0-9_-]{30,}",
    r"\bya29\.[A-Za-z0-9_-]{20,}",
    r"\b[prs]k_(?:live|test)_[A-Za-z0-9]{10,}",
    r"\bwhsec_[A-Za-z0-9+/=]{24,}",
    r"\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}",
    r"\beyJ[A-Za-z0-9_-]{10,}\.(?:[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{5,}|eyJ[A-Za-z0-9_-]{10,})",
    r"\b[A-Z][A-Za-z0-9_-]{23,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,40}",
    r"\bAKC[A-Za-z0-9]{10,}",
    r"\bAP\d[A-Za-z0-9]{8,}",
    r"\bGR1348941[A-Za-z0-9_-]{20,}",
    r"\b\d{8,10}:A[A-Za-z0-9_-]{34}",
    r"\b(?:AC|SK)[0-9a-f]{32}\b",
    r"\bkey-[0-9a-z]{32}\b",
    r"\b[0-9a-f]{32}-us\d{1,2}\b",
    r"\b(?:npm|gsk|hf|r8|sbp|nfp|phx|tfp|lin_api|lin_oauth|dckr_pat|dp\.pt)_?[._]?[A-Za-z0-9_-]*[A-Za-z0-9]{30,}",
    r"\bpypi-[A-Za-z0-9_-]{40,}",
    r"\bdo[opr]_v1_[a-f0-9]{40,}",
    r"\bshp(?:at|ca|pa|ss|tka)_[A-Fa-f0-9]{30,}",
    r"\bsq0[a-z]{3}-[A-Za-z0-9_-]{20,}",
    r"\bEAA[A-Za-z0-9]{40,}",
    r"\b(?:secret|ntn)_[A-Za-z0-9]{40,}",
    r"\bpat[A-Za-z0-9]{14}\.[a-f0-9]{40,}",
    r"\bfig[dou]_[A-Za-z0-9_-]{30,}",
    r"\bdapi[a-f0-9]{32}",
    r"\b(?:Account|SharedAccess)Key=([A-Za-z0-9+/=]{40,})",
    r"\bHRKU-[A-Za-z0-9_-]{30,}",
    r"\b(?:xai|pplx)-[A-Za-z0-9]{40,}",
    r"\bAGE-SECRET-KEY-1[0-9A-Za-z]{50,}",
    r"\bhttps://hooks\.slack(?:-gov)?\.com/(?:services|workflows|triggers)/[A-Za-z0-9/_+-]{20,}",
    r"\bhttps://(?:\w+\.)?discord(?:app)?\.com/api/webhooks/\d{10,20}/[\w-]{30,}",
    r"\bhttps://[\w.-]+\.office\.com/webhook[^\s\"'<>]{30,}",
    r"\bhttps://hooks\.zapier\.com/hooks/catch/\d+/\w+",
    r"\bhttps://(?:maker\.ifttt\.com/trigger|hook\.[\w.]*make\.com|hooks\.airtable\.com)/[^\s\"'<>]{20,}",
    r"\bhttps://chat\.googleapis\.com/v1/spaces/[^\s\"'<>]{20,}",
    r"\bhttps://[\w.-]+\.logic\.azure\.com[^\s\"'<>]{40,}",
    r"\b[a-zA-Z][a-zA-Z0-9+.-]{1,20}://[^\s/@:\"'<>]{0,64}:([^\s/@\"'<>]{1,128})@[A-Za-z0-9\[]",
    (
        r"(?i)\b(?:proxy-)?authorization[\"']?\s{0,3}[:=]\s{0,3}[\"']?"
        r"(?:(?:bearer|basic|token|apikey|bot)\s{1,3})?([A-Za-z0-9._~+/=-]{8,})"
    ),
    r"(?i)\bx-[a-z-]{0,24}(?:key|token|secret)[\"']?\s{0,3}[:=]\s{0,3}[\"']?([A-Za-z0-9._~+/=-]{8,})",
    r"(?i)\bbearer\s{1,3}([A-Za-z0-9._~+/=-]{24,})",
    r"(?i)\bcurl\b[^\n]{0,200}?\s(?:-u|--user)[ =]{0,3}[\"']?[^\s:\"']{1,64}:([^\s\"']{3,})",
)
_PRIVATE = (
    (
        r"-----BEGIN[ A-Z0-9_-]{0,60}PRIVATE KEY(?: BLOCK)?-----"
        r"(?:[\s\S]*?-----END[ A-Z0-9_-]{0,60}PRIVATE KEY(?: BLOCK)?-----"
        r"|(?:(?:\\n|\s)+(?:[A-Za-z-]{3,20}: [^\n]*|[A-Za-z0-9+/=]{16,}|[A-Za-z0-9+/]+={1,2}))*)"
    ),
    r"---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----(?:[\s\S]*?---- END [A-Z0-9 ]* ----|[\s\S]*)",
    r"PuTTY-User-Key-File-[23]:(?:[\s\S]*?Private-MAC: ?[0-9a-f]+|[\s\S]*)",
    r"\bb3BlbnNzaC1rZXktdjE[A-Za-z0-9+/=\s]{40,}",
)
_PASSWORDS = (
    r"\bpw\b|pass-?words?|passwort|passwd|pwd|pass-?phrase|kennwort|mot de passe|mdp|clave|senha"
    r"|contrase(?:n|[^ -~\s]){1,3}a|wachtwoord|has(?:l|[^ -~\s]){1,3}o|heslo|l(?:o|[^ -~\s]){1,3}senord|adgangskode"
    r"|passord|salasana|(?:s|[^ -~\s]){1,3}ifre|parola|jelsz(?:o|[^ -~\s]){1,3}|пароль|密码|密碼|口令"
    r"|パスワード|비밀번호|كلمة المرور"
)
_TOKENS = (
    r"api[ _-]?keys?|access[ _-]?keys?(?:[ _-]?id)?"
    r"|secret[ _-]?(?:access[ _-]?)?keys?|client[ _-]?secret|app[ _-]?secret"
    r"|signing[ _-]?secret|private[ _-]?key|auth[ _-]?key|license[ _-]?key|encryption[ _-]?key|secrets?|tokens?"
    r"|credentials?|schl(?:u|e|[^ -~\s]){1,3}ssel|密钥|令牌"
)
_NAME_ENDINGS = r"_(?:key|pass)"
_IS = r"(?: (?:is|ist|lautet|est|es|é|è|är|er|on)[ :]{1,2}| {0,2}(?:=>|:=|[:=]|：) {0,2}| {1,2})"
_QUOTED = r"[\"'`*]{0,2}"
_VALUE = rf"[\w-]{{0,12}}{_QUOTED}{_IS}{_QUOTED}([^\s\"'`<>*，。]{{4,200}})"


class _Called(NamedTuple):
    """What a value may be called, which is quick to look for, and the name with its value."""

    name: Pattern
    whole: Pattern


_PASSWORD = _Called(Pattern(f"(?i){_PASSWORDS}"), Pattern(rf"(?i)(?:{_PASSWORDS}){_VALUE}", roomy=True))
_TOKEN = _Called(
    Pattern(f"(?i){_TOKENS}|{_NAME_ENDINGS}"),
    Pattern(rf"(?i)(?:{_TOKENS}|[a-z0-9_]{{2,40}}{_NAME_ENDINGS}){_VALUE}", roomy=True),
)
_LOOKALIKES = str.maketrans("аеорсухіѕԁԝАЕОРСУХІЅВМНТКοαρνΟΑΡΕΤΙ", "aeopcyxisdwAEOPCYXISBMHTKoapvOAPETI")
"""Cyrillic and Greek letters that look like Latin ones."""
_LIKE_LATIN = frozenset(map(chr, _LOOKALIKES))
_MIXED = frozenset("!@#$^&*_+=~|\\")
"""Signs that words have none of."""
_SHORT, _STRONG, _LONG, _VERY_LONG = 6, 8, 16, 20
"""Characters of a password that is called one in a sentence; that is one though words follow; of a token."""


class Secret(NamedTuple):
    """Where a secret stands, in code points; ``start`` is where its name begins, if it has one ("password: …")."""

    start: int
    value: int
    end: int


def secrets_in(plain: PlainText) -> Iterator[Secret]:
    """All secrets, in no order; some may lie in each other."""
    for shape in _occurring(plain.bytes):  # keys are written in ASCII
        for _, start, end in _compiled(shape.source).captures(plain.bytes):
            if _entropy(plain.text[start:end]) >= shape.entropy:
                yield Secret(start, start, end)
    yield from _assigned(plain)


class _Shape(NamedTuple):
    source: str
    entropy: float = 0


@functools.lru_cache(512)
def _compiled(source: str) -> Pattern:
    return Pattern(source)


def _occurring(text: bytes) -> set[_Shape]:
    """The shapes that occur, and those that only occur beside a word in the text."""
    signs, told = _shapes()
    return {shape for at in signs.occurring(text) for shape in told[at]}


_TELLING = 3
"""Characters of a word from which on few texts hold it by chance."""


@functools.cache
def _shapes() -> tuple[PatternSet, list[list[_Shape]]]:
    """What tells in one pass which shapes may occur, and for each of its patterns the shapes that it tells of."""
    told = {source: [_Shape(source)] for source in (*_KEYS, *_PRIVATE)}
    for rule in json.loads(_SHAPES.read_text(encoding="utf-8"))["rules"]:
        shape = _Shape(rule["pattern"], rule["entropy"])
        sure = min(map(len, rule["words"])) < _TELLING
        for sign in (shape.source,) if sure else (rf"(?i)\Q{word}\E" for word in rule["words"]):
            told.setdefault(sign, []).append(shape)
    return PatternSet(told), [*told.values()]


def _entropy(text: str) -> float:
    """Shannon's, in bits a character."""
    return -sum(n / len(text) * math.log2(n / len(text)) for n in Counter(text).values())


def possible_passwords(plain: PlainText) -> Iterator[tuple[int, int]]:
    """What is called a password: certain ones, and words that only may be one."""
    for begin, start, end in _named(_PASSWORD, _spellings(plain)):
        if _is_told(plain.text[begin:start]) and "?" not in plain.text[start : end + 2]:
            yield start, end


def _assigned(text: PlainText) -> Iterator[Secret]:
    """What stands behind its name: one token of mixed signs, and no question or sentence about passwords."""
    plain, spellings = text.text, _spellings(text)
    for called, judge in ((_PASSWORD, _is_password), (_TOKEN, _is_token)):
        for begin, start, end in _named(called, spellings):
            token, behind = plain[start:end], plain[end : end + 3]
            if not any(map(str.isalpha, token)) or "?" in token + behind or "://" in token:
                continue
            if token.startswith("#") and plain[begin - 1 : begin] == "#":  # two hashtags
                continue
            if judge(token, told=_is_told(plain[begin:start]), followed=behind[:1] == " " and behind[1:2].isalpha()):
                yield Secret(begin, start, end)


def _spellings(plain: PlainText) -> list[EncodedText]:
    """The text as it is, and with Latin letters for those that look like some."""
    spelt = [plain.text] if plain.signs.isdisjoint(_LIKE_LATIN) else [plain.text, plain.text.translate(_LOOKALIKES)]
    return [EncodedText(text, folded=False) for text in spelt]


def _named(called: _Called, spellings: list[EncodedText]) -> Iterator[tuple[int, int, int]]:
    """Where the name of a value begins, and where the value begins and ends."""
    plain = spellings[0].text
    for encoded in spellings:
        for whole, first, last in called.whole.captures(encoded.bytes) if called.name.occurs(encoded.bytes) else ():
            begin, _ = encoded.span(whole, first)
            start, end = encoded.span(first, last)
            token = plain[start:end].rstrip(".,;:!)]}'\"’”")
            while begin and (plain[begin - 1].isalnum() or plain[begin - 1] in "_-."):
                begin -= 1
            if len(token) > 3:  # noqa: PLR2004 - shorter ones are no secrets
                yield begin, start, start + len(token)


def _is_told(name: str) -> bool:
    """True for "password: " and "password=", not for "password is "."""
    return name.rstrip("\"'`* ")[-1:] in tuple(":=>：")


def _is_password(token: str, *, told: bool, followed: bool) -> bool:
    has_digit = any(map(str.isdigit, token))
    if not told:
        return has_digit and "-" not in token and len(token) >= (_STRONG if followed else _SHORT)
    strong = len(token) >= _STRONG and has_digit and "-" not in token
    return (has_digit or not _MIXED.isdisjoint(token)) and (strong or not followed)


def _is_token(token: str, *, told: bool, followed: bool) -> bool:
    digits = sum(map(str.isdigit, token))
    if len(token) >= _VERY_LONG and not token.islower() and not token.isupper() and token.isalnum():
        return True
    if not digits or "%" in token or len(token) < _STRONG:
        return False
    return len(token) >= _LONG or (told and not followed and "-" not in token)
