from __future__ import annotations

from bot.core.errors import Trouble
from bot.core.watching import Unread
from bot.core.words import installing as words


def test_a_wrong_pack_is_told_with_those_that_there_are() -> None:
    assert words.unknown_pack(["wings"], ["access-for-all"]).endswith("choose from: access-for-all")
    assert words.unknown_pack(["wings"], []).endswith("choose from: none")


def test_a_channel_that_could_not_be_read_is_named_with_the_reason() -> None:
    assert "Candor couldn't read channel C1" in words.noticed(Unread("T1", "C1", Trouble.ABSENT))
    assert "Candor couldn't read the list of channels" in words.noticed(Unread("T1", "", Trouble.NO_SCOPE))
    assert "(Slack didn't answer; " in words.noticed(Unread("T1", "C1", Trouble.LATER))
    assert "(Slack answered fatal_error; " in words.noticed(Unread("T1", "C1", Trouble.LATER, code="fatal_error"))


def test_a_file_of_settings_that_cannot_be_read_says_why() -> None:
    assert words.no_env(".env", "Permission denied") == ".env can't be read (Permission denied)."


def test_an_address_that_nobody_answers_at_is_named() -> None:
    assert "can't reach https://slack.example/api/ (refused)" in words.slack_unreachable(
        "https://slack.example/api/", "refused"
    )


def test_a_token_without_an_answer_is_not_to_be_copied_again() -> None:
    said = words.token_unanswered([2], "internal_error")
    assert said == "Slack couldn't answer for one token (bot token 2: internal_error); trying again"
    assert "2 tokens" in words.token_unanswered([1, 3], "internal_error")


def test_an_address_that_would_get_a_key_of_the_environment_is_named_with_the_key_and_both_cures() -> None:
    said = words.redirected(".env", "OPENAI_BASE_URL", "OPENAI_API_KEY")
    assert said.startswith("OPENAI_BASE_URL is set in .env, but OPENAI_API_KEY comes from the environment")
    assert said.endswith("Set both in the environment, or both in .env.")
