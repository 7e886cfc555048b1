"""What files say of their drafts before they begin, as people and site generators write it."""

from __future__ import annotations

import pytest

from bot.core.errors import BrokenFiles
from bot.core.gating import Document, document
from bot.rules.files import yaml_mapping

DRAFT = "We open at six.\nCome by."


def read(text: str) -> Document:
    return document("a.md", text, yaml_mapping, platform="sms", context="For everybody.")


def fault(text: str) -> str:
    with pytest.raises(BrokenFiles) as broken:
        read(text)
    return str(broken.value)


@pytest.mark.parametrize(
    ("head", "platforms", "context"),
    [
        ("platform: Instagram # main", ["instagram"], "For everybody."),
        ("platform: [ instagram, facebook ]", ["instagram", "facebook"], "For everybody."),
        (
            "platform:\n  - ig\n  - Facebook\ncontext: x: not a key".replace("x: ", "x:"),
            ["instagram", "facebook"],
            "x:not a key",
        ),
        ("Platforms: [linkedin]\ncontext: 'It''s ours'", ["linkedin"], "It's ours"),
        ("context: |\n  Paid by Acme.\n\n  ---\n  Twice.", ["sms"], "Paid by Acme.\n\n---\nTwice."),
        ("context: >-\n  Paid by\n  Acme.\nplatform: x", ["x"], "Paid by Acme."),
        ("context: [Paid by Acme, For the shop]", ["sms"], "Paid by Acme\nFor the shop"),
        ("context: Paid\n  by Acme", ["sms"], "Paid by Acme"),
        ("platform:\ncontext:", ["sms"], "For everybody."),
        ("platform: ~\ncontext: ''", ["sms"], ""),
        ("title: !include a.yml\ntags: {a: [b]}\nplatform: &p yt\nalso: *p", ["youtube"], "For everybody."),
        ("# nothing but a comment", ["sms"], "For everybody."),
        ("", ["sms"], "For everybody."),
    ],
)
def test_yaml_says_platforms_and_context_in_each_way_it_can(head: str, platforms: list[str], context: str) -> None:
    for text in (f"---\n{head}\n---\n\n{DRAFT}\n", f"--- \n{head}\n...\n{DRAFT}".replace("\n", "\r\n")):
        one = read(text)
        assert ([draft.platform for draft in one.drafts], one.draft.context) == (platforms, context)
        assert {draft.text for draft in one.drafts} == {DRAFT}
        assert one.text[one.begins :].startswith(DRAFT)
        assert "\r" not in one.text


@pytest.mark.parametrize(
    ("head", "platforms", "context"),
    [
        ('title = "We open"\nplatform = "IG"', ["instagram"], "For everybody."),
        ('platforms = ["x", "facebook"]\ncontext = """\nPaid by\nAcme."""', ["x", "facebook"], "Paid by\nAcme."),
        ('draft = true\ncontext = []\n[params]\nplatform = "fax"', ["sms"], "For everybody."),
    ],
)
def test_toml_does_as_well(head: str, platforms: list[str], context: str) -> None:
    one = read(f"+++\n{head}\n+++\n{DRAFT}\n")
    assert ([draft.platform for draft in one.drafts], one.draft.context) == (platforms, context)
    assert one.draft.text == DRAFT


@pytest.mark.parametrize(
    "text",
    [
        "---\nOur new oven is here.\n---\nCome by.",
        "---\n- one\n- two\n---\nCome by.",
        "---\n@acme friends\n---\nCome by.",
        "---\nplatform: instagram\nCome by.",
        "+++ Sale +++\nplatform: fax\n+++",
        "+++\nSale!\n+++\nCome by.",
        "\n---\nplatform: fax: now\n---\nCome by.",
    ],
)
def test_what_is_no_front_matter_is_part_of_the_draft(text: str) -> None:
    assert read(text).draft.text == text
    assert read(text).begins == 0


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("---\ntitle: x\nplatform: pigeon\n---\nHi", 3, "doesn't know the platform “pigeon”"),
        ("---\ntitle: x\nplatforms:\n - x\n - pigeon\n---\nHi", 3, "doesn't know the platform “pigeon”"),
        ("---\nplatform: {name: x}\n---\nHi", 2, "“platform” has to be text, or a list of texts"),
        ("---\na: 1\ncontext: [[x]]\n---\nHi", 3, "“context” has to be text, or a list of texts"),
        (
            "---\nplatform: x\ntitle: We open: now\n---\nHi",
            3,
            "isn't valid YAML (mapping values are not allowed here). Quotes",
        ),
        ("---\na: 1\nb: \x1b\n---\nHi", 3, "isn't valid YAML (U+001B: special characters are not allowed)"),
        (f"---\na: {'[' * 800}\n---\nHi", 2, "isn't valid YAML (it's nested too deeply)"),
        ("+++\na = 1\nplatform = x\n+++\nHi", 3, "isn't valid TOML (Invalid value)"),
        ('+++\nplatform = ["x"\n+++\nHi', 2, "isn't valid TOML (Unclosed array)"),
        ('+++\na = 1\n[platform]\nname = "x"\n+++\nHi', 3, "“platform” has to be text"),
        ('+++\ncontext = [["x"], {}]\n+++\nHi', 2, "“context” has to be text"),
    ],
)
def test_a_fault_names_file_line_and_cure(text: str, line: int, said: str) -> None:
    assert fault(text).startswith(f"a.md:{line}: ")
    assert said in fault(text)
