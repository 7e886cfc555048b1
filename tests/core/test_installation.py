from __future__ import annotations

from dataclasses import replace

from bot.core.errors import NotInstalled
from bot.core.installing import Guest, Home, Installation
from bot.core.words.installing import allowed, done, guest, not_done, not_waiting, waiting


def test_a_home_is_a_workspace_or_a_whole_organisation() -> None:
    assert [Home("T1", "E1").is_organisation, Home("", "E1").is_organisation] == [False, True]
    assert [Home("T1", "E1").key, Home("", "E1").key] == ["T1", "E1"]


def test_tokens_are_not_shown() -> None:
    shown = repr(
        Installation(
            Home("T1"), "U1", "B1", token="xoxb-secret", user="U2", installed_at=0.0, refresh_token="xoxe-secret"
        )
    )
    assert "secret" not in shown


def test_a_missing_installation_is_a_missing_key_too() -> None:
    assert isinstance(NotInstalled("T1"), KeyError)


def test_the_pages_name_the_workspace_and_a_reason_that_nobody_knows_is_told_too() -> None:
    assert "now installed in Harbor & Pine." in done("Harbor & Pine")[0]
    assert "now installed." in done("")[0]
    assert (
        not_done("access_denied") != not_done("something new") == "Slack didn't finish the installation. Start again."
    )


def test_who_waits_is_named_with_what_the_operator_types() -> None:
    assert "installed in Harbor & Pine, but" in waiting("Harbor & Pine", "T1")[0]
    assert "installed, but" in waiting("", "T1")[0]
    one = Guest(Home("T1"), 100.0, waits=True)
    assert guest(one, "1 May 2026").endswith("candor workspaces --allow T1")
    assert guest(replace(one, waits=False), "1 May 2026").endswith("  allowed")
    assert guest(replace(one, revoked=True), "1 May 2026").endswith("its tokens were revoked")
    assert [allowed("E1", count).split(" allowed")[0] for count in (1, 2)] == [
        "E1: 1 installation",
        "E1: 2 installations",
    ]
    assert not_waiting("T1").startswith("T1 isn't waiting.")
