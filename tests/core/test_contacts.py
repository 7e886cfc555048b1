from __future__ import annotations

import pytest

from bot.core.findings import Finding, contact_in, contact_of, is_own, with_contact, without_contact, without_own
from bot.core.guidelines import Severity


def finding(quote: str, rule: str = "phone number", guideline: str = "user-control/safe-to-publish") -> Finding:
    return Finding(guideline, Severity.CONSIDER, 0, end=len(quote), quote=quote, why="why", rule=rule)


@pytest.mark.parametrize(
    ("text", "contact"),
    [
        ("hello@larkspur.example", "hello@larkspur.example"),
        (" mailto:Hello@larkspur.example. ", "Hello@larkspur.example"),
        ("(hello@larkspur.example)", "hello@larkspur.example"),
        ("+44 20 7946 0018", "+44 20 7946 0018"),
        ("(020) 7946–0018", "(020) 7946–0018"),
        ("tel:+442079460018", "+442079460018"),
        ("@larkspurtea", "@larkspurtea"),
        ("@", ""),
        ("@two words", ""),
        ("write to us", ""),
        ("hello@larkspur", ""),
        ("hello@.example", ""),
        ("a b@larkspur.example", ""),
        ("a@b@larkspur.example", ""),
        ("12345", ""),
        ("1 + 2079460018", ""),
        ("4111 1111 1111 111", "4111 1111 1111 111"),
        ("3782 822463 10005", ""),
        (f"{'x' * 120}@larkspur.example", ""),
        ("", ""),
    ],
)
def test_what_reads_as_contact_data(text: str, contact: str) -> None:
    assert contact_in(text) == contact


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("HELLO@larkspur.example", "hello@larkspur.example"),
        ("020 7946 0018", "+44 20 7946 0018"),
        ("+44 (20) 7946-0018", "0044 20 7946 0018"),
        ("@LarkspurTea", "@larkspurtea"),
    ],
)
def test_one_contact_is_known_in_every_way_of_writing_it(text: str, own: str) -> None:
    assert is_own(text, ("x@larkspur.example", own))
    assert with_contact((own,), text) == (own,)
    assert without_contact(("x@larkspur.example", own), text) == ("x@larkspur.example",)


@pytest.mark.parametrize("text", ["ana@larkspur.example", "+44 20 7946 0019", "hello", "1234567"])
def test_others_are_not(text: str) -> None:
    assert not is_own(text, ("hello@larkspur.example", "+44 20 7946 0018"))


def test_a_new_one_is_added_as_it_is_written() -> None:
    assert with_contact(("@larkspur",), " hello@larkspur.example.") == ("@larkspur", "hello@larkspur.example")


def test_own_contacts_leave_the_findings_and_nothing_else_does() -> None:
    own, other, secret = finding("020 7946 0018"), finding("020 7946 0019"), finding("sk-abcdefgh", "secret")
    assert without_own([own, other, secret], ["+44 20 7946 0018"]) == (other, secret)
    assert without_own([own, other], []) == (own, other)


def test_a_card_and_a_finding_of_another_guideline_are_no_contact() -> None:
    assert contact_of(finding("+44 20 7946 0018"))
    assert not contact_of(finding("5500 0000 0000 004", "card number"))
    assert not contact_of(finding("@larkspurtea", guideline="transparency/commercial-disclosure"))
