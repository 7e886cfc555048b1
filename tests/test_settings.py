from __future__ import annotations

import errno
import re
import socket
import stat
from pathlib import Path

import pytest
from dotenv import dotenv_values

from bot.assemble.rules import fixed_rules
from bot.core.errors import PersonCanFix
from bot.settings import Setting, check_settings, in_environment, known_settings, listening, mistyped, read_settings
from bot.settings.env_file import write_settings


def test_nothing_need_be_set(root: Path) -> None:
    assert read_settings({}).prompts == root / "prompts"


def test_a_file_called_env_is_read_and_the_environment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("GUIDELINE_PACKS=access-for-all\n", encoding="utf-8")
    assert read_settings().packs == {"access-for-all"}
    monkeypatch.setenv("GUIDELINE_PACKS", "other")
    assert read_settings().packs == {"other"}


def test_a_file_called_env_in_another_encoding_is_told_and_a_mark_at_its_begin_is_none_of_a_name(
    tmp_path: Path,
) -> None:
    file = tmp_path / ".env"
    for encoding in ("latin-1", "utf-16"):
        file.write_text("DRAFT_CHANNELS=café\n", encoding=encoding)
        with pytest.raises(PersonCanFix, match="isn't saved as UTF-8"):
            read_settings()
    file.write_text("GUIDELINE_PACKS=access-for-all\n", encoding="utf-8-sig")
    assert read_settings().packs == {"access-for-all"}
    write_settings({"GUIDELINE_PACKS": "other"})
    assert file.read_text(encoding="utf-8") == "GUIDELINE_PACKS='other'\n"


def test_a_file_called_env_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / ".env").mkdir()  # as Docker makes one for a file that it is to mount and that isn't there
    with pytest.raises(PersonCanFix, match=r"\.env can't be read \(Is a directory\)"):
        read_settings()


def test_lines_that_set_nothing_are_told_by_their_numbers_and_never_quoted(tmp_path: Path) -> None:
    text = "# ours\nDRAFT_CHANNELS=a\nOPENAI_API_KEY sk-secret\n\n\nSLACK_BOT_TOKEN='xoxb-secret\nexport\n"
    (tmp_path / ".env").write_text(text, encoding="utf-8")
    with pytest.raises(PersonCanFix) as caught:
        read_settings()
    said = "isn't a setting. Write NAME=value there, or # before it if it's a note."
    assert str(caught.value) == f"Line 3 of .env {said}\nLine 6 of .env {said}"


def test_names_that_nothing_reads_are_known_with_the_one_that_was_meant(tmp_path: Path) -> None:
    names = ("SLACK_BOT_TOKN", "openai_api_key", "DRAFTS_CHANNEL", "COMPOSE_PROJECT_NAME", "PORT", "HOST")
    (tmp_path / ".env").write_text("".join(f"{name}=1\n" for name in names), encoding="utf-8")
    assert mistyped() == [
        ("SLACK_BOT_TOKN", "SLACK_BOT_TOKEN"),
        ("openai_api_key", "OPENAI_API_KEY"),
        ("DRAFTS_CHANNEL", "DRAFT_CHANNELS"),
    ]


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("OPENAI_BASE_URL", "http://", "this isn't a web address"),
        ("OPENAI_BASE_URL", "https://a b/v1", "this isn't a web address"),
        ("SLACK_API_URL", "https://[::1/api", "this isn't a web address"),
        ("PUBLIC_URL", "https://candor.example:abc", "isn't a port (a number up to 65535)"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:99999", "isn't a port"),
        ("DATABASE_URL", "candor.example:5432/candor", "isn't a PostgreSQL address"),
        ("DATABASE_URL", "postgresql://me@host:5432x/candor", "isn't a port"),
        ("DATABASE_URL", "postgresql://me:hush/hush@host/candor", "are written as %2F"),
        ("OPENAI_API_KEY", "“sk-hush”", "a curly quotation mark"),
        ("SLACK_SIGNING_SECRET", "hush hush", "there's a space"),
        ("DATA_DIR", "~no-such-person/x", "nobody on this machine"),
    ],
)
def test_what_no_server_could_be_found_by_is_told_before_anybody_tries(name: str, value: str, says: str) -> None:
    with pytest.raises(PersonCanFix) as caught:
        read_settings({name: value})
    assert str(caught.value).startswith(f"{name}: ")
    assert says in str(caught.value)
    assert "hush" not in str(caught.value)


def test_a_folder_below_ones_home_is_found_there() -> None:
    assert read_settings({"DATA_DIR": "~/candor"}).data_dir == Path.home() / "candor"


@pytest.mark.parametrize(
    ("url", "key", "value"),
    [
        ("OPENAI_BASE_URL", "OPENAI_API_KEY", "sk-x"),
        ("SLACK_API_URL", "SLACK_BOT_TOKEN", "xoxb-1"),
        ("SLACK_API_URL", "SLACK_APP_TOKEN", "xapp-1"),
        ("SLACK_API_URL", "SLACK_CLIENT_SECRET", "abc"),
    ],
)
def test_a_file_called_env_never_sends_a_key_of_the_environment_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str, key: str, value: str
) -> None:
    address, file = "https://elsewhere.example/v1/", tmp_path / ".env"
    for name in (url, key):
        monkeypatch.delenv(name, raising=False)
    file.write_text(f"{url}={address}\n", encoding="utf-8")
    read_settings()
    monkeypatch.setenv(key, value)
    with pytest.raises(PersonCanFix) as caught:
        read_settings()
    told = str(caught.value)
    assert (url in told, key in told, "Set both in the environment, or both in .env." in told) == (True, True, True)
    monkeypatch.setenv(url, address)
    read_settings()
    monkeypatch.delenv(url)
    monkeypatch.delenv(key)
    file.write_text(f"{url}={address}\n{key}={value}\n", encoding="utf-8")
    read_settings()


def test_a_wrong_value_is_told_with_its_name_and_a_right_one() -> None:
    with pytest.raises(PersonCanFix) as caught:
        read_settings({"PROMPTS_DIR": "/nowhere"})
    assert str(caught.value) == (
        "PROMPTS_DIR: there's no folder called “guidelines” in /nowhere; use something like PROMPTS_DIR=prompts"
    )


def test_an_unknown_pack_is_told_with_the_known_ones() -> None:
    with pytest.raises(PersonCanFix, match="no pack called extra; choose from: access-for-all"):
        fixed_rules(read_settings({"GUIDELINE_PACKS": "extra"}))


def test_the_example_file_explains_every_setting_that_is_read() -> None:
    asked: list[str] = []

    class Environment(dict[str, str]):
        def get(self, key: str, default: str = "") -> str:  # type: ignore[override]
            asked.append(key)
            return default

    read_settings(Environment())
    assert asked == list(known_settings())
    assert known_settings()["DAILY_BUDGET"] == Setting("The same for one day.", "5 USD")


def test_brand_leads_are_user_ids_each_once() -> None:
    assert read_settings({"BRAND_LEADS": " U01, W02,U01, "}).brand_leads == ("U01", "W02")
    assert read_settings({}).brand_leads == ()


@pytest.mark.parametrize("wrong", ["mika", "@U01", "C01", "U01;U02", "U01 U02"])
def test_a_brand_lead_that_is_no_user_id_is_told(wrong: str) -> None:
    with pytest.raises(PersonCanFix) as caught:
        read_settings({"BRAND_LEADS": f"U0, {wrong}"})
    assert str(caught.value).startswith(f"BRAND_LEADS: “{wrong}” isn't a user ID; those start with U or W")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PUBLIC_URL", "http://candor.example"),
        ("PUBLIC_URL", "candor.example"),
        ("OPENAI_BASE_URL", "http://llm.candor.example/v1"),
        ("OPENAI_BASE_URL", "http://8.8.8.8/v1"),
        ("SLACK_API_URL", "http://slack.example/api"),
        ("ENCRYPTION_KEYS", "secret-word"),
        ("ENCRYPTION_KEYS", "c2VjcmV0LXdvcmQ=,"),
    ],
)
def test_addresses_and_keys_that_would_not_protect_are_refused_and_a_key_is_never_quoted(name: str, value: str) -> None:
    with pytest.raises(PersonCanFix, match=name) as caught:
        read_settings({name: value})
    assert "secret" not in str(caught.value).replace("SLACK_CLIENT_SECRET", "")


def test_who_may_install_is_a_list_of_ids_or_anybody() -> None:
    assert read_settings({}).install.allowed == frozenset()
    assert read_settings({"ALLOWED_WORKSPACES": " T01, E02,T01 "}).install.allowed == {"T01", "E02"}
    assert read_settings({"ALLOWED_WORKSPACES": "anybody"}).install.allowed == {"anybody"}


@pytest.mark.parametrize("wrong", ["harbor", "t01", "U01", "T-1", "*"])
def test_who_may_install_is_told_when_it_is_no_id(wrong: str) -> None:
    for value in (wrong, f"T01,{wrong}"):
        with pytest.raises(PersonCanFix, match="ALLOWED_WORKSPACES: ") as caught:
            read_settings({"ALLOWED_WORKSPACES": value})
        assert f"“{wrong}” isn't the ID of a workspace" in str(caught.value)
    with pytest.raises(PersonCanFix, match="“anybody” isn't"):
        read_settings({"ALLOWED_WORKSPACES": "T01,anybody"})


def test_this_machine_needs_no_tls() -> None:
    for url in ("http://127.0.0.1:11434/v1", "http://ollama:11434/v1", "http://192.168.1.7/v1"):
        assert read_settings({"OPENAI_BASE_URL": url}).model.url == url
    for url in ("http://127.0.0.1:3000", "http://localhost:3000/", "https://candor.example/"):
        assert read_settings({"PUBLIC_URL": url}).install.public_url == url.rstrip("/")


@pytest.mark.parametrize(
    ("url", "said", "offers"),
    [
        ("", "", True),
        ("https://api.openai.com/v1", "", True),
        ("https://models.example/v1", "", False),
        ("https://api.openai.com.models.example/v1", "", False),
        ("https://models.example/v1", "yes", True),
        ("", "no", False),
    ],
)
def test_a_night_is_offered_where_the_server_is_known_to_take_batches(url: str, said: str, offers: bool) -> None:  # noqa: FBT001
    asked = {"OPENAI_API_KEY": "sk-x", "OPENAI_BASE_URL": url, "MODEL_BATCHES": said}
    assert read_settings(asked).model.offers_batches is offers
    assert not read_settings({"MODEL_BATCHES": "yes"}).model.offers_batches


@pytest.mark.parametrize(("value", "sees"), [("", False), ("no", False), ("yes", True), ("Yes", True)])
def test_no_picture_is_looked_at_unless_it_is_said_and_a_model_is_there(value: str, sees: bool) -> None:  # noqa: FBT001
    assert read_settings({"OPENAI_SEES_PICTURES": value, "OPENAI_API_KEY": "sk-x"}).model.looks is sees
    assert not read_settings({"OPENAI_SEES_PICTURES": value}).model.looks


def test_a_switch_that_is_neither_on_nor_off_is_told() -> None:
    with pytest.raises(PersonCanFix, match="OPENAI_SEES_PICTURES: “maybe” is neither yes nor no"):
        read_settings({"OPENAI_SEES_PICTURES": "maybe"})


FILE = """# Mine, with a comment
export SLACK_BOT_TOKEN="xoxb-1"
ENCRYPTION_KEYS='one
OPENAI_MODEL=inside of a longer value
two'
OPENAI_MODEL=old # the small one
this line is none
"""


def test_settings_are_written_beside_what_stands_there(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text(FILE, encoding="utf-8")
    path.chmod(0o644)
    write_settings({"OPENAI_MODEL": "new", "OPENAI_API_KEY": 'sk-it\'s \\ "odd"', "OPENAI_BASE_URL": ""}, path)
    written = path.read_text(encoding="utf-8")
    assert written == FILE.replace("OPENAI_MODEL=old # the small one\n", "OPENAI_MODEL='new'\n") + (
        "OPENAI_API_KEY='sk-it\\'s \\\\ \"odd\"'\n"
    )
    assert dotenv_values(path)["OPENAI_API_KEY"] == 'sk-it\'s \\ "odd"'
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    write_settings({"OPENAI_MODEL": "", "OPENAI_API_KEY": ""}, path)
    assert path.read_text(encoding="utf-8") == FILE.replace("OPENAI_MODEL=old # the small one\n", "")
    assert [one.name for one in tmp_path.iterdir()] == [".env"]


def test_a_file_without_an_end_of_line_and_one_that_is_a_link_are_kept_so(tmp_path: Path) -> None:
    real = tmp_path / "real"
    real.write_text("DRAFT_CHANNELS=drafts", encoding="utf-8")
    (tmp_path / ".env").symlink_to(real)
    write_settings({"OPENAI_MODEL": "m"}, tmp_path / ".env")
    assert real.read_text(encoding="utf-8") == "DRAFT_CHANNELS=drafts\nOPENAI_MODEL='m'\n"
    assert (tmp_path / ".env").is_symlink()


def test_what_the_file_cannot_hold_leaves_it_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/somewhere")
    (tmp_path / ".env").write_text("A=1\n", encoding="utf-8")
    with pytest.raises(ValueError, match="can't store"):
        write_settings({"OPENAI_API_KEY": "${HOME}"}, tmp_path / ".env")
    assert (tmp_path / ".env").read_text(encoding="utf-8") == "A=1\n"


def test_what_the_environment_sets_is_known_since_it_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-1")
    monkeypatch.setenv("OPENAI_BASE_URL", " ")
    assert in_environment(("OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_MODEL")) == ["OPENAI_API_KEY"]


def test_one_port_for_two_things_is_told_where_both_are_used() -> None:
    settings = read_settings(
        {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "DATABASE_URL": "postgres://h/d"}
        | dict.fromkeys(("PORT", "METRICS_PORT"), "3000")
    )
    check_settings(settings, receives=False)
    with pytest.raises(PersonCanFix, match="PORT and METRICS_PORT are both 3000"):
        check_settings(settings)


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (OSError(errno.EADDRINUSE, "in use"), "PORT=80: another program is using"),
        (OSError(errno.EACCES, "denied"), "PORT=80: Candor isn't allowed"),
        (OSError(errno.EADDRNOTAVAIL, "away"), "HOST=h: this machine has no such address"),
        (OSError(errno.EAFNOSUPPORT, "no IPv6"), "HOST=h: this machine has no such address"),
        (OSError("could not bind on any address out of ['h']"), "HOST=h: this machine has no such address"),
        (socket.gaierror(socket.EAI_NONAME, "unknown"), "HOST=h: this machine has no such address"),
        (OSError(socket.EAI_AGAIN, "unknown (while attempting to bind)"), "HOST=h: this machine has no such address"),
        (OSError(errno.ENOBUFS, "full"), "HOST=h, PORT=80: Candor can't listen there"),
    ],
)
def test_whatever_keeps_it_from_listening_names_what_to_change(error: OSError, says: str) -> None:
    with pytest.raises(PersonCanFix, match=f"^{re.escape(says)}"), listening("HOST=h", "PORT=80"):
        raise error
