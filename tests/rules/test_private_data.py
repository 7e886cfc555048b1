"""What is masked, and what is not. Keys are put together here, so that no scanner takes this file for a leak."""

from __future__ import annotations

import json
from pathlib import Path
from unittest.mock import Mock

import pytest

from benchmarks.rule_data import telephone_plans
from bot.core.drafts import Draft
from bot.rules import private_data, telephones
from bot.rules.detectors import detect
from bot.rules.private_data import secrets_masked, sensitive
from bot.rules.text import SeenDraft

ROOT = Path(__file__).resolve().parent.parent.parent
HEX, MIXED = "0123456789abcdef" * 5, "aB3dE6gH9jK2mN5pQ8sT1vW4xY7z" * 4
BODY = "\n".join(MIXED[i : i + 40] for i in range(5))
KEYS = [
    "AKIA" + "IOSFODNN7EXAMPLE",
    "CLOJARS_" + MIXED[:60].lower(),
    "4b1d" + MIXED[:38],
    "sk_" + "test_" + MIXED[:24],
    "whsec_" + MIXED[:32],
    "GOCSPX-" + MIXED[:28],
    "1//0" + MIXED[:40],
    "npm_" + MIXED[:36],
    "pypi-" + MIXED[:60],
    "hf_" + MIXED[:34],
    "dop_v1_" + HEX[:64],
    "shpat_" + HEX[:32],
    "sq0atp-" + MIXED[:22],
    "EAA" + MIXED[:60],
    "secret_" + MIXED[:43],
    "pat" + MIXED[:14] + "." + HEX[:64],
    "figd_" + MIXED[:40],
    "lin_api_" + MIXED[:40],
    "dapi" + HEX[:32],
    "HRKU-" + MIXED[:36],
    "key-" + HEX[:32],
    HEX[:32] + "-us12",
    "SK" + HEX[:32],
    "123456789:A" + MIXED[:34],
    "https://hooks.slack.com/" + "services/T00000000/B00000000/" + MIXED[:24],
    "https://discord.com/api/" + "webhooks/123456789012345678/" + MIXED[:60],
    "AGE-SECRET-KEY-1" + "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L" * 2,
    *(
        f"-----BEGIN {kind}-----\n{BODY}\n-----END {kind}-----"
        for kind in (
            "RSA " + "PRIVATE KEY",
            "OPENSSH " + "PRIVATE KEY",
            "PRIVATE " + "KEY",
            "PGP " + "PRIVATE KEY BLOCK",
        )
    ),
    f"-----BEGIN {'EC PRIVATE'} KEY-----\n{BODY}",
]
NAMED = [
    ("redis://:{}@cache:6379/0", "s3cretpass"),
    ("postgres://app:{}@db/app", "hunter2hunter"),
    ("api_key={}", "9f8e7d6c5b4a39281706"),
    ("token: {}", MIXED[:24]),
    ("Authorization: Bearer {}", MIXED[:30]),
    ("X-Api-Key: {}", MIXED[:20]),
    ("AccountKey={}", MIXED[:80] + "=="),
    ("AWS_SECRET_ACCESS_KEY={}", MIXED[:40]),
    ("client_secret = '{}'", MIXED[:20]),
    ("Passwort ist {}", "blume77x"),
    ("mot de passe : {}", "lune2soleil"),
    ("contraseña: {}", "sol9luna"),
    ("пароль: {}", "zima2024x"),
    ("パスワード：{}", "haru2024x"),
    ("password: {}", "a1b2"),
    ("pw: {}", "blume77x"),
    ("p\N{CYRILLIC SMALL LETTER A}ssw\N{CYRILLIC SMALL LETTER O}rd: {}", "blume77x"),
    ("Send it with Bearer {}", "abcdef" + HEX[:16]),
    ("https://files.example/cake.pdf?page=2&sig={}", MIXED[:24]),
]
CONTACTS = [
    *(
        ("phone number", number)
        for number in (
            *("+33 6 12 34 56 78", "06 12 34 56 78", "06.12.34.56.78", "0171 2345678", "0171/2345678", "030-901820"),
            *("612 34 56 78", "06-12345678", "079 123 45 67", "98765 43210", "138 1234 5678", "13812345678"),
            *("(11) 91234-5678", "0412 345 678", "501 234 567", "+1 (212) 555-2368", "0049 30 901820"),
            *("+33\u00a06\u00a012\u00a034\u00a056\u00a078", "０１７１ ２３４５６７８"),
        )
    ),
    *(
        ("card number", number)
        for number in (
            *("4111.1111.1111.1111", "4111\u00a01111\u00a01111\u00a01111", "4111  1111  1111  1111"),
            *("４１１１ １１１１ １１１１ １１１１", "4111/1111/1111/1111", "4111 1111\n1111 1111", "378282246310005"),
            *("41111111 11111111", "4111_1111_1111_1111", "4111, 1111, 1111, 1111", "4111 11 1111 1111 11"),
            *(" ".join("5555555555554444"), "4111111-11111-1111"),
        )
    ),
    *(
        ("e-mail address", address)
        for address in ("dana@bücher.example", '"dana lee"@example.org', "dana＠example.org", "jürgen@example.org")
    ),
    *(
        ("e-mail address", address)
        for address in ("d.lee[at]example.org", "d.lee (at) example (dot) org", "d.lee{at}mail.example[.]org")
    ),
    ("iban", "DE89 3704 0044 0532 0130 00"),
    ("iban", "GB82WEST12345698765432"),
    ("iban", "DE89_3704_0044_0532_0130_00"),
    ("phone number", "+44_20_7946_0958"),
    *(
        ("id number", number)
        for number in (
            *("536-90-4399", "529.982.247-25", "756.9217.0769.85", "131052-308T", "RSSMRA85T10A562S", "AB123456C"),
            *("2 55 08 14 168 025 38", "12345678Z"),
        )
    ),
]
FINE = [
    "Open 9:00-17:30, 2026-11-21, and 04. - 06. 09. 2026 or 07/08 - 10/08.",
    "From €1 500 000 to 12 345 678 views in 2019-2024; 1,204 of 5,000,000.",
    "Parcel 00340434161094042557, order no. 0123456789, ISBN 978-3-16-148410-0, model 0815-4711.",
    "Lottery: 5 12 23 34 45 49. Score 3-2, 9.30-17.00, v1.2.3, 192.168.10.12.",
    "The key to good bread is time; our secret: 24h-Gärung im Kühlraum. Token: $BREAD.",
    "Forgot your password? Reset it. Your password: don't share it. Bearer of good news.",
    "Read https://example.org/2026/11/21/4111111111111111 and @bakery on https://medium.com/@bakery.",
    "Send an SMS “KETTLE” to 5676766, or text TEA to 62277. SMS: 62277.",
    "Einfach per SMS TEE an 8434312, envía un SMS ALTA al 2557012.",
    "Dinner @ six. Ticket 4711-0815-2024. Only 3 left of 100 000 000.",
    "Sizes 36 37 38 39 40 41 58, parcel 4111 11 1111 1111 11, 4 111 111 111 111 111 stars.",
    "File 0171_2345678 of 20261121_093000, 4,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1. Come (at) noon. See ?sig=none, pw, pw 12.",
    "One loaf is 0.5309136012499991 per cent of it, 12,4111111111111111 by another count.",
    "Follow @bakery@mastodon.example; posters: harbour@2x.png, logo@3x.webp, menu@print.PDF.",
    "Bearer shares and bearer bonds-of-yesterday; upward trend2024.",
]


def masked(text: str) -> list[tuple[str, str]]:
    return [(text[start:end], kind) for start, end, kind in sensitive(text)]


@pytest.mark.parametrize("key", KEYS, ids=range(len(KEYS)))
def test_keys_are_masked_whole_and_flagged(key: str) -> None:
    text = f"Our new one is {key}, have fun."
    spans = [(start, end) for start, end, kind in sensitive(text) if kind == "secret"]
    assert spans
    start, end = text.index(key), text.index(key) + len(key)
    assert (min(s for s, _ in spans), max(e for _, e in spans)) == (start, end)
    assert set(range(start, end)) <= {at for s, e in spans for at in range(s, e)}
    assert any(s < end and start < e for s, e in detect("secret", SeenDraft(Draft(text))))


@pytest.mark.parametrize(("form", "value"), NAMED)
def test_what_is_called_a_secret_is_masked_and_flagged(form: str, value: str) -> None:
    text = f"Note: {form.format(value)}."
    start, end = text.index(value), text.index(value) + len(value)
    assert any(s <= start and e >= end for s, e, kind in sensitive(text) if kind == "secret")
    assert any(s <= start and e >= end for s, e in detect("secret", SeenDraft(Draft(text))))


@pytest.mark.parametrize(("kind", "value"), CONTACTS)
def test_numbers_and_addresses_are_masked_exactly(kind: str, value: str) -> None:
    assert (value, kind) in masked(f"Ours: {value} (thanks)")


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("phone number", "IBAN DE89 3704 0044 0532 0130 00, tel. +44 20 7946 0958", ["+44 20 7946 0958"]),
        ("phone number", "FR14 2004 1010 0505 0001 3M02 606 and NL91 ABNA 0417 1643 00", []),
        ("phone number", "The quit line 0800 000 222 is free. Ask for Dana on 020 7946 0018.", ["020 7946 0018"]),
        ("phone number", "Llamad al 900 000 111, o +49 800 5550143, o 1-800-555-0143.", []),
        ("phone number", "Numéro vert : 0 805 123 456. Freephone +44 808 157 0143.", []),
        ("phone number", "Call +1 415 555 0143 or +34 612 345 678.", ["+1 415 555 0143", "+34 612 345 678"]),
        ("e-mail address", "https://user:hunter22@host.example/x or me@host.example", ["me@host.example"]),
    ],
)
def test_a_number_or_address_is_found_once(name: str, text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in detect(name, SeenDraft(Draft(text)))] == found


@pytest.mark.parametrize("text", FINE)
def test_what_only_looks_like_it_stays(text: str) -> None:
    assert masked(text) == []
    assert list(detect("secret", SeenDraft(Draft(text)))) == []


def test_the_words_before_some_digits_say_what_they_are() -> None:
    assert masked("Tel.: 20 12 34") == [("20 12 34", "phone number")]
    assert masked("Zadzwoń 71234567 dziś") == [("71234567", "phone number")]
    assert masked("My number is 71234567") == [("71234567", "phone number")]
    assert masked("71234567") == []
    assert masked("Lot 71234567") == []
    assert masked("SMS 22334455") == [("22334455", "phone number")]
    assert masked("Send an SMS to 5676766") == [("5676766", "phone number")]
    assert masked("PESEL 44051401359") == [("44051401359", "id number")]


@pytest.mark.parametrize("run", ["1 ", "1/ ", "0 ", "4 ", "12 ", "1 1 1 1 1 1 1 1 1 1 a "])
def test_long_runs_of_short_groups_are_passed_over(run: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[Mock] = []
    for module, name in ((telephones, "_is_number"), (private_data, "_is_card")):
        tried.append(Mock(wraps=getattr(module, name)))
        monkeypatch.setattr(module, name, tried[-1])
    text = (run * 4000)[:4000]
    assert masked(text) == []
    assert sum(one.call_count for one in tried) < 4000


def test_the_numbering_plans_are_those_of_the_locked_library() -> None:
    stored = json.loads((ROOT / "bot/rules/telephones.json").read_text(encoding="utf-8"))
    assert stored == telephone_plans(), "run benchmarks/rule_data.py"


def test_a_secret_is_masked_in_all_that_is_said_of_a_text_however_it_is_cut() -> None:
    key = "sk-proj-abcdefghijklmnopqrstuvwxyz1234567890ABCDEF"
    block = f"-----BEGIN {'EC PRIVATE'} KEY-----\n{BODY}\n-----END {'EC PRIVATE'} KEY-----"
    masked = secrets_masked(f"Our key is {key}, have fun. password: hunter2hunter2\n{block}\n", "***")
    assert masked(f"“{key}” and {key}.") == "“***” and ***."
    assert masked("“password: hunter2hunter2”") == "“password: ***”"
    assert masked(f"“Our key is {key[:20]}…” and “{key[:7]}…” say it") == "“Our key is ***…” and “***…” say it"
    assert masked(" ".join(block.split())) == masked(block) == "***"
    assert masked("Have fun… with us.") == "Have fun… with us."
    assert secrets_masked("We open at six.", "***")("We open…") == "We open…"
