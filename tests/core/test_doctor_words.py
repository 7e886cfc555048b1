from __future__ import annotations

import pytest

from bot.core.installing import Fitness
from bot.core.judging import Failure, Usage
from bot.core.words import doctor as doctor_words
from bot.core.words import workspace
from bot.core.words.installing import tokens_revoked


def test_a_sentence_about_a_setting_is_split_into_what_is_so_and_what_to_do() -> None:
    missing = doctor_words.setting_fault("X is not set: what it is. For example: X=1")
    wrong = doctor_words.setting_fault("X: it is not a number; use something like X=1")
    other = doctor_words.setting_fault("X makes no sense.")
    assert (missing.says, missing.remedy) == (
        "X is not set: what it is.",
        "Set it in .env or in the environment, for example: X=1",
    )
    assert (wrong.says, wrong.remedy) == ("X: it is not a number", "Use something like X=1")
    assert (other.says, other.is_well) == ("X makes no sense.", False)
    assert not doctor_words.not_looked_at().is_well


@pytest.mark.parametrize(("seconds", "says"), [(120, "120 seconds ahead of"), (-61.4, "61 seconds behind")])
def test_a_wrong_clock_is_told_with_its_direction(seconds: float, says: str) -> None:
    assert says in doctor_words.clock_wrong(seconds).says


@pytest.mark.parametrize(("jump", "says"), [(100 * 86400, "moved ahead by 100 days"), (-90000, "moved back by 1 day ")])
def test_a_clock_that_moved_is_told_with_the_moment_until_which_nothing_is_deleted(jump: float, says: str) -> None:
    line = doctor_words.retention_waits(jump, 1_700_000_000.0)
    assert says in line.says
    assert "before 14 November 2023, 22:13 UTC" in line.says
    assert line.is_well


def test_what_to_do_about_a_token_depends_on_where_it_comes_from() -> None:
    assert "SLACK_BOT_TOKEN" in doctor_words.bot_token_refused("bot token 1", "invalid_auth").remedy
    assert "/slack/install" in doctor_words.bot_token_refused("installation in T1", "account_inactive").remedy


@pytest.mark.parametrize("fitness", [fitness for fitness in Fitness if fitness is not Fitness.ANSWERS])
def test_every_failure_of_a_model_is_told_with_a_remedy(fitness: Fitness) -> None:
    line = doctor_words.model_fails("m-1", "http://127.0.0.1:1/v1", fitness)
    assert line.remedy
    assert "m-1" in line.says or "http://127.0.0.1:1/v1" in line.says


def test_a_server_that_is_found_is_no_fault() -> None:
    assert doctor_words.model_found("A language model answers.").is_well


def test_what_a_question_cost_is_told_in_tokens_and_where_prices_are_set_in_dollars() -> None:
    usage = Usage(1, 20, 0, output_tokens=1)
    assert doctor_words.model_works("m", 2.34, usage, dollars=None).says.endswith(
        "in 2.3 seconds (1 call, 20 tokens in, 1 out)."
    )
    assert doctor_words.model_works("m", 2.34, usage, dollars=0.00003).says.endswith("1 out, less than $0.0001).")


def test_channels_are_written_as_people_write_them_and_ids_as_they_are() -> None:
    assert "in #drafts." in doctor_words.in_channel("T1", "drafts").says
    assert "in C0123." in doctor_words.in_channel("T1", "C0123").says
    assert "/invite @Candor in #drafts" in doctor_words.not_in_channel("T1", "drafts").remedy
    assert doctor_words.no_such_channel("T1", "drafts").remedy
    assert "reinstall" in doctor_words.channels_unread("T1", "missing_scope").remedy
    assert "by ID" in doctor_words.channels_unread("T1", "unknown_method").remedy


def test_the_database_of_an_earlier_version_is_a_fault_only_where_a_start_does_not_mend_it() -> None:
    assert doctor_words.database_behind(sqlite=True).is_well
    assert doctor_words.database_behind(sqlite=False).remedy == "Run: candor migrate"
    assert not doctor_words.database_ahead().is_well
    assert doctor_words.database_ahead().remedy
    assert [doctor_words.lock(held=held).says.split()[1] for held in (True, False)] == ["is", "isn't"]
    for line in (
        doctor_words.database_read_only("OSError"),
        doctor_words.database_away("OSError"),
        doctor_words.folder_unusable("/x"),
        doctor_words.setting_mistyped("PROT", "PORT"),
    ):
        assert not line.is_well


def test_choices_are_no_faults() -> None:
    choices = (
        doctor_words.no_model(),
        doctor_words.no_channels("T1"),
        doctor_words.nobody_installed("https://x"),
        doctor_words.key_is_old(1),
    )
    news = (
        doctor_words.database_new("/x"),
        doctor_words.keys_fit(2),
        doctor_words.prompts_hold(24),
        doctor_words.settings_hold(),
        *(doctor_words.credentials_read(is_installed=there) for there in (True, False)),
    )
    works = (doctor_words.app_token_works(), doctor_words.bot_token_works("t", "T", "T1"), doctor_words.clock_right())
    works = (*works, doctor_words.database_works())
    assert all(line.is_well for line in (*choices, *news, *works))
    faults = (doctor_words.key_misses("T1"), doctor_words.prompts_fault("x"), doctor_words.scopes_missing("T1", ["a"]))
    away = (doctor_words.app_token_refused("invalid_auth"), doctor_words.slack_away("https://x", "OSError"))
    assert not any(line.is_well for line in (*faults, *away))


def test_the_last_line_counts() -> None:
    assert [doctor_words.summary(n) for n in (0, 1, 2)] == ["All is well.", "1 thing to fix.", "2 things to fix."]


def test_the_local_workspace_asks_before_an_app_comes_in() -> None:
    assert workspace.authorize("Candor") == "Let Candor into a workspace?"
    assert workspace.whole_organisation("E1") == "All of E1's workspaces"


def test_who_may_read_the_data_and_how_much_room_is_left() -> None:
    assert doctor_words.files_open("/data", ("a.db",)).says.endswith("can open a.db in /data.")
    both = doctor_words.files_open("/my data", (".", "a.db", "b.db"))
    assert both.says.endswith("can open /my data and 2 files in /my data.")
    assert both.remedy == "Run: chmod -R u=rwX,go= '/my data'"
    assert doctor_words.files_open("/data", (".",)).says.endswith("can open /data.")
    assert doctor_words.disk_full("/data", 41_200_000).says.startswith(
        "The disk under /data is nearly full: 41 MB left."
    )
    assert doctor_words.disk_holds("/data", 12_340_000_000).says.endswith("has 12.3 GB left.")
    well = (doctor_words.files_private("/data"), doctor_words.disk_holds("/data", 1))
    assert [one.remedy for one in (*well, doctor_words.folder_unread("/data", "no"))] == ["", "", "Check who owns it."]


def test_connections_are_reckoned_up_over_all_processes() -> None:
    fits = doctor_words.connections_fit(1, 20, most=97)
    assert (fits.says, fits.remedy) == ("1 process can open up to 20 of PostgreSQL's 97 connections.", "")
    short = doctor_words.connections_short(6, 20, most=97)
    assert short.says == "6 processes can open up to 120 connections, but PostgreSQL allows only 97."
    assert short.remedy.startswith("Set DATABASE_CONNECTIONS to 16 or lower, or raise max_connections")
    assert doctor_words.connections_short(20, 8, most=97).remedy.endswith("or run fewer processes.")


def test_revoked_tokens_are_told_with_what_happens_next() -> None:
    assert "T1 were revoked" in tokens_revoked("T1")


@pytest.mark.parametrize("failure", list(Failure))
def test_a_review_that_a_model_failed_is_told_with_the_reason_and_a_remedy(failure: Failure) -> None:
    line = doctor_words.review_fails("m-1", failure, 90.0)
    assert line.says.startswith("The model m-1 answers, but couldn't review a sample draft: ")
    assert line.remedy.endswith(".")
    assert "{" not in line.says
