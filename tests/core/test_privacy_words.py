"""What people read about their data, and of people whose names were deleted."""

from __future__ import annotations

from bot.core.deciding import Mute
from bot.core.privacy import DataKind, Holdings, Introduction, Reader, forget_words, remembered
from bot.core.settings import SettingChange
from bot.core.words import conversing as introduction
from bot.core.words import deciding as mutes
from bot.core.words import home, people, privacy

MODEL = Reader("gpt-6-luna", "api.openai.com")


def test_every_kind_of_data_has_its_line() -> None:
    every = Holdings(dict.fromkeys(DataKind, 2))
    assert len(privacy.counts(every)) == len(DataKind)
    assert privacy.counts(Holdings({DataKind.DRAFTS: 1, DataKind.FEEDBACK: 0})) == [
        "• *1 draft*: the texts, their reviews and what was decided"
    ]


def test_who_reads_and_how_long_it_is_kept() -> None:
    assert "gpt-6-luna at api.openai.com" in privacy.reader(MODEL)
    assert "pictures" not in privacy.reader(MODEL)
    seeing = Reader("gpt-6-luna", "api.openai.com", sees_pictures=True)
    assert "It also looks at pictures attached to drafts, as they are" in privacy.reader(seeing)
    assert privacy.reader(Reader()).startswith("No language model reads your texts")
    assert privacy.reader(Reader(reads_credentials=True)).endswith("say about AI with the draft.")
    assert "90 days after their last change" in privacy.kept(90)
    assert "until somebody deletes the message" in privacy.kept(0)
    assert "after 1 day, as set in this workspace's settings" in privacy.expired(1)


def test_the_receipt_counts_what_is_deleted_and_what_loses_a_name_by_kind() -> None:
    counts = {DataKind.DRAFTS: 3, DataKind.AUDITS: 1, DataKind.FACTS: 2, DataKind.MUTES: 0, DataKind.OPT_OUT: 1}
    assert privacy.forgotten(counts).splitlines() == [
        "Done: what was stored about you in this workspace is deleted.",
        "• *Deleted for good*, with my replies and files: 3 drafts, 1 audit.",
        "• *Kept without your name or notes*, because they're the team's: 2 facts.",
        (
            "• What others wrote stays, and so do names of campaigns in your exceptions and your choice not to be "
            "reviewed."
        ),
    ]
    assert privacy.forgotten({}).endswith(
        "is deleted.\n• What others wrote stays, and so do names of campaigns in your exceptions."
    )
    assert privacy.file_name("abc") == "candor-abc.json"


def test_the_introduction_says_what_is_stored_and_who_can_switch_it_on() -> None:
    said = introduction.data(Introduction("T1", "C1", switched_on=False, days=30, reader=MODEL))
    assert said.startswith("I store the text of a draft with its review. Drafts are deleted 30 days after")
    assert introduction.only_leads(("U1", "U2")).endswith("Here that's <@U1>, <@U2>.")
    assert "you can make a workspace admin one" in introduction.only_leads(())


def test_a_deleted_name_is_no_broken_mention() -> None:
    assert people.person("U1") == "<@U1>"
    assert people.person("") == people.person("-") == "somebody whose name was deleted"
    assert mutes.muted(Mute("-", 0.0)).startswith("Muted by somebody whose name was deleted.")
    assert "somebody whose name was deleted changed" in home.change(SettingChange("packs", "", "a", user="", at=0.0))


def test_what_is_remembered_of_words_is_forgotten_together() -> None:
    asked: list[str] = []

    @remembered(8)
    def shouted(words: str) -> str:
        asked.append(words)
        return words.upper()

    assert [shouted("zebra"), shouted("zebra")] == ["ZEBRA", "ZEBRA"]
    forget_words()
    shouted("zebra")
    assert asked == ["zebra", "zebra"]
