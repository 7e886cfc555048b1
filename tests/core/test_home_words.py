from __future__ import annotations

import pytest

from bot.core.errors import Trouble
from bot.core.guidelines import Policy, Severity
from bot.core.home import OpenDraft
from bot.core.settings import DigestSettings, SettingChange, WorkspaceSettings
from bot.core.watching import SeenChannels, Unread
from bot.core.words import home as words
from bot.core.words import private_reviews as workflow
from bot.core.words import settings as setting_windows

ALL = SeenChannels(frozenset({"drafts", "C1", "brand", "dra<f>ts"}))


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        (OpenDraft("d", "We  bake\nbread.", 1, should=2), "We bake bread.\nStill open: 1 must fix, 2 should fix"),
        (OpenDraft("d", "We bake bread.", 0, should=0), "We bake bread."),
        (OpenDraft("d", "We bake.", 0, should=0, platforms=("tiktok", "instagram")), "TikTok, Instagram: We bake."),
        (OpenDraft("d", "bread " * 20, 0, should=1), f"{('bread ' * 10).strip()}…\nStill open: 1 should fix"),
    ],
)
def test_a_draft_is_named_by_its_first_words(draft: OpenDraft, said: str) -> None:
    assert words.draft(draft) == said


def test_who_the_brand_leads_are() -> None:
    assert words.leads(("U1", "U2")).startswith("Brand leads: <@U1>, <@U2>. ")
    assert words.leads(tuple(f"U{n}" for n in range(12))).startswith("Brand leads: <@U0>")
    assert " and 2 more. " in words.leads(tuple(f"U{n}" for n in range(12)))
    assert words.leads(()) == words.LEADS_UNKNOWN
    assert words.named(("U1",)) == "<@U1>"
    assert words.named(tuple(f"U{n}" for n in range(12))).endswith("<@U9> and 2 more")
    assert "admins" in words.named(())


@pytest.mark.parametrize(
    ("channel", "trouble", "said"),
    [
        ("C1", Trouble.ABSENT, "I'm not in <#C1>"),
        ("dra<f>ts", Trouble.ABSENT, "I'm not in #drafts"),
        ("", Trouble.LATER, "Slack didn't say"),
        ("", Trouble.NO_SCOPE, "isn't allowed to see"),
    ],
)
def test_what_to_do_about_a_trouble(channel: str, trouble: Trouble, said: str) -> None:
    assert said in words.trouble(Unread("T1", channel, trouble), ALL)
    assert ("Only the people in it" in words.trouble(Unread("T1", channel, trouble), SeenChannels())) is bool(channel)


def test_the_settings_in_a_few_words() -> None:
    settings = WorkspaceSettings(digest=DigestSettings("brand", hour=8, minute=5, zone="Europe/Berlin"))
    assert words.digest(settings, "Friday", ALL) == "Friday at 08:05 (Europe/Berlin) in #brand"
    assert words.digest(WorkspaceSettings(), "Friday", ALL) == "not posted, because no channel has been chosen"
    assert words.channels(("drafts", "C1"), ALL) == "#drafts, <#C1>"
    assert words.channels(("drafts", "C9", "merger"), ALL) == "#drafts and 2 channels you're not in"
    assert "right now" in words.channels(("drafts",), SeenChannels(sure=False))
    assert words.channels((), ALL) == "none"
    assert (words.retention(0), words.retention(30)) == ("until somebody deletes them", "30 days")
    assert (words.number_of((), "fact"), words.number_of(("x",), "fact")) == ("no facts", "1 fact")


def test_what_was_changed_about_the_guidelines() -> None:
    policy = Policy(frozenset({"a/b"}), frozenset({"extra"}), (("a/c", Severity.CONSIDER),))
    assert words.guidelines(policy, 24) == "24 switched on, 1 switched off, 1 with your own severity; packs: extra"
    assert words.guidelines(Policy(), 25) == "25 switched on"


def test_an_entry_of_the_audit_shows_ids_as_names() -> None:
    change = SettingChange("draft_channels", "drafts", "drafts, C1", user="U1", at=0.0)
    assert words.change(change).endswith("<@U1> changed *Draft channels*")
    assert "1 January 1970, 00:00 UTC" in words.change(change)
    assert words.values(change, {}, ALL) == ("#drafts → #drafts, <#C1>", True)
    assert words.values(SettingChange("digest_channel", "", "C1", user="U1", at=0.0), {}, ALL) == ("none → <#C1>", True)
    assert words.values(SettingChange("facts", "", "One.\nTwo.", user="U1", at=0.0), {}, ALL) == (
        "none → One. · Two.",
        False,
    )
    long = words.values(SettingChange("facts", "x" * 80, "", user="U1", at=0.0), {}, ALL)[0]
    assert long == f"{'x' * 60}… → none"


def test_words_of_the_windows() -> None:
    for said in (setting_windows.absent("#a"), setting_windows.absent_drafts("#a")):
        assert said.startswith("Also chosen, but Candor isn't there: #a.")
    assert setting_windows.setting_windows_too_long("Facts").startswith("Facts: ")
    assert setting_windows.as_shipped(Severity.MUST_FIX) == "Default: must fix"
    assert setting_windows.family(7, 8, 0) == "7 of 8 switched on"
    assert setting_windows.family(7, 8, 2) == "7 of 8 switched on, 2 with your own severity"
    assert workflow.workflow_summary("2 changes", ["a", "b"], [], footer="End.") == "Candor: 2 changes\n• a\n• b\nEnd."


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("quiet_week", "line", "Post one line"),
        ("quiet_week", "gone", "gone"),
        ("packs", "access-for-all", "Access for all"),
        ("guidelines_off", "a/b, a/c", "No tricks, a/c"),
        ("severities", "a/b = must-fix, a/c = odd", "No tricks: must fix, a/c: odd"),
        ("digest_day", "Monday", "Monday"),
    ],
)
def test_a_value_is_told_in_peoples_words(name: str, value: str, said: str) -> None:
    assert words.readable(name, value, {"a/b": "No tricks"}) == said
    change = SettingChange(name, "", value, user="U1", at=0.0)
    assert words.values(change, {"a/b": "No tricks"}, ALL) == (f"none → {said}", False)
