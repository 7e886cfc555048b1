"""`candor doctor` against the local workspace, a scripted model and real databases."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web

from bot.assemble import doctor
from bot.assemble.bot import Bot
from bot.assemble.manifest import manifest_file
from bot.assemble.memory import migrate_database
from bot.core.ports import SystemClock
from bot.core.words import doctor as words
from bot.core.words.installing import AWAY
from bot.model.opening import look_around
from bot.settings import read_settings
from bot.store.database import new_key
from bot.store.installing import look_at_space
from bot.terminal.commands import run
from bot.workspace.server import Workspace
from tests.databases import fresh
from tests.journeys.installing import KEY, environment, free_port, install, nowhere_installed
from tests.model.server import CUT, Fault, ScriptedModel, too_many

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

MANIFEST = json.loads(manifest_file().read_text(encoding="utf-8"))


@dataclass
class Office:
    """Where the doctor is called. ``settings`` is the environment."""

    settings: dict[str, str]
    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]

    async def visit(self, *arguments: str, status: int) -> str:
        for name, value in self.settings.items():
            self.monkeypatch.setenv(name, value)
        assert await asyncio.to_thread(run, ["doctor", *arguments]) == status
        return self.capsys.readouterr().out

    async def faults(self) -> list[str]:
        """What is not well; its remedies are there as well."""
        told = json.loads(await self.visit("--json", status=1))
        assert told["ok"] is False
        unwell = [check for check in told["checks"] if not check["ok"]]
        assert all(check["remedy"] for check in unwell)
        return [check["says"] for check in unwell]


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], root: Path, tmp_path: Path) -> Office:
    return Office({"PROMPTS_DIR": str(root / "prompts"), "DATA_DIR": str(tmp_path / "data")}, monkeypatch, capsys)


def in_workspace(office: Office, workspace: Workspace, **more: str) -> Office:
    bot = workspace.team.bot
    office.settings |= {"SLACK_BOT_TOKEN": bot.token, "SLACK_APP_TOKEN": bot.app_token}
    office.settings |= {"SLACK_API_URL": workspace.api_url, "DRAFT_CHANNELS": "drafts", **more}
    return office


async def test_without_any_settings_it_says_what_to_set_first(office: Office) -> None:
    office.settings |= {"SLACK_API_URL": "http://127.0.0.1:9/api/"}
    told = await office.visit(status=1)
    assert told.startswith("!!  SLACK_BOT_TOKEN isn't set")
    assert "for example: SLACK_BOT_TOKEN=xoxb-1234-5678-abcd" in told
    assert "!!  SLACK_APP_TOKEN isn't set" in told
    assert "can't reach http://127.0.0.1:9/api/" in told
    assert told.endswith("3 things to fix.\n")


async def test_a_wrong_setting_is_told_and_nothing_else_is_looked_at(office: Office) -> None:
    office.settings |= {"PORT": "many"}
    assert await office.faults() == ["PORT: “many” isn't a port", "Candor didn't check anything else."]


async def test_all_is_well_in_a_workspace_with_a_model_while_the_bot_runs(office: Office, tmp_path: Path) -> None:
    async with Workspace(manifest=MANIFEST) as workspace, ScriptedModel() as model:
        in_workspace(office, workspace, OPENAI_BASE_URL=model.url, OPENAI_PRICES="1,0.1,10", OPENAI_MODEL="m-1")
        before = await office.visit(status=0)
        assert f"ok  The database will be created in {tmp_path / 'data'} the first time Candor starts.\n" in before
        assert not (tmp_path / "data").exists()
        bot = Bot(read_settings(office.settings))
        await bot.start()
        during = await office.visit(status=0)
        await bot.stop()
        after = await office.visit(status=0)
    assert "ok  Candor is running and using these files.\n" in during
    assert "ok  Candor isn't running with these files.\n" in after
    for line in (
        "ok  All settings are valid.",
        "ok  The clock agrees with Slack's.",
        "ok  The bot token 1 works: workspace Harbor & Pine (T0HARBOR).",
        "ok  Workspace T0HARBOR: Candor is in #drafts.",
        "ok  The app token works: Socket Mode can connect.",
        "ok  The database is up to date and writable.",
        f"ok  Only their owner can read {tmp_path / 'data'} and the files in it.",
        "All is well.",
    ):
        assert line in during.splitlines()
    assert re.search(
        r"^ok  The model m-1-2026 reviewed a sample draft in \d\.\d seconds \(\d calls?, ", during, re.MULTILINE
    )
    assert "xox" not in before + during + after
    assert "xapp" not in before + during + after


async def test_files_that_others_can_read_and_a_full_disk_are_told_with_the_command_and_the_space(
    office: Office, tmp_path: Path
) -> None:
    folder = tmp_path / "my data"
    office.settings |= {"DATA_DIR": str(folder), "SLACK_API_URL": "http://127.0.0.1:9/api/"}
    await migrate_database(read_settings(office.settings))
    folder.chmod(0o755)
    (folder / "candor.db").chmod(0o640)
    said = [one for one in await office.faults() if str(folder) in one]
    assert said == [f"Other accounts on this machine can open {folder} and candor.db in {folder}."]
    assert [path.stat().st_mode & 0o777 for path in (folder, folder / "candor.db")] == [0o755, 0o640]
    command = f"chmod -R u=rwX,go= '{folder}'"
    assert f"    Run: {command}\n" in await office.visit(status=1)
    done = await asyncio.create_subprocess_shell(command)
    assert await done.wait() == 0
    told = await office.visit(status=1)
    assert f"ok  Only their owner can read {folder} and the files in it.\n" in told
    assert f"ok  The disk under {folder} has " in told
    assert [path.stat().st_mode & 0o777 for path in (folder, folder / "candor.db")] == [0o700, 0o600]
    free = shutil.disk_usage(folder).free
    full = look_at_space(folder / "not" / "there", least=2 * free)
    assert full.remedy.startswith("Free some space")
    assert f"{folder / 'not' / 'there'} is nearly full: " in full.says  # others may write to that disk at this moment
    assert full.says.count(" GB left") == 1


def test_how_much_is_open_and_how_much_is_left() -> None:
    assert words.files_open("/data", ("a.db",)).says.endswith("can open a.db in /data.")
    assert words.files_open("/data", (".", "a.db", "b.db")).says.endswith("can open /data and 2 files in /data.")
    assert words.disk_full("/data", 41_200_000).says.startswith("The disk under /data is nearly full: 41 MB left.")


async def test_every_fault_in_slack_is_named_with_a_remedy(office: Office) -> None:
    scopes = [scope for scope in MANIFEST["oauth_config"]["scopes"]["bot"] if scope != "files:write"]
    manifest = MANIFEST | {"oauth_config": {"scopes": {"bot": scopes}}}
    async with Workspace(manifest=manifest) as workspace:
        in_workspace(office, workspace, DRAFT_CHANNELS="general,nowhere,#brand")
        office.settings |= {"SLACK_BOT_TOKEN": f"{workspace.team.bot.token},xoxb-unknown", "SLACK_APP_TOKEN": "xapp-no"}
        assert await office.faults() == [
            "Workspace T0HARBOR: the app is missing the scopes files:write.",
            "Workspace T0HARBOR: Candor isn't in #general.",
            "Workspace T0HARBOR: Candor can't see a channel called #nowhere.",
            "Slack rejected the bot token 2 (invalid_auth).",
            "Slack rejected the app token (invalid_auth).",
        ]
        told = await office.visit(status=1)
        assert "ok  Workspace T0HARBOR: Candor is in #brand.\n" in told
        assert "    Type /invite @Candor in #general.\n" in told


@asynccontextmanager
async def answering(status: int, kind: str, body: str) -> AsyncGenerator[str]:
    """Who answers every call with that, as a proxy or a firewall does with a page."""

    async def say(_: web.Request) -> web.Response:
        return web.Response(status=status, content_type=kind, text=body)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", say)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
    finally:
        await runner.cleanup()


@pytest.mark.parametrize(
    ("status", "kind", "body"),
    [
        (200, "text/html", "<html>Blocked by policy</html>"),
        (200, "text/plain", "blocked"),
        (200, "application/json", "[]"),
        (200, "application/json", "{"),
        (403, "text/html", "<html>Blocked by policy</html>"),
        (407, "text/plain", "who are you?"),
        (502, "text/html", "<html>Bad gateway</html>"),
    ],
)
async def test_a_page_in_the_place_of_slacks_answer_is_no_rejected_token(
    office: Office, status: int, kind: str, body: str
) -> None:
    async with answering(status, kind, body) as url:
        office.settings |= {"SLACK_API_URL": url, "SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
        said = await office.visit(status=1)
    for what in ("bot token 1", "app token"):
        assert (
            f"Slack didn't answer as it should (HTTP {status}, not JSON), so Candor couldn't check the {what}." in said
        )
    assert "rejected" not in said
    assert "again from the app's page" not in said
    assert "Check SLACK_API_URL" in said


@pytest.mark.parametrize("method", ["auth.test", "apps.connections.open", "users.conversations"])
@pytest.mark.parametrize("code", ["internal_error", "service_unavailable", "fatal_error"])
async def test_a_failure_of_slacks_own_is_no_rejected_token(office: Office, method: str, code: str) -> None:
    async with Workspace() as workspace:
        workspace.faults.on(method, error=code)
        (fault,) = await in_workspace(office, workspace).faults()
    assert fault.startswith(f"Slack didn't answer as it should ({code}), so Candor couldn't check the ")


async def test_channels_that_the_app_may_not_list_and_a_slack_that_hangs_up_are_told(office: Office) -> None:
    async with Workspace() as workspace:
        in_workspace(office, workspace)
        workspace.faults.on("users.conversations", error="missing_scope")
        workspace.faults.on("apps.connections.open", times=2, drop=True)
        faults = await office.faults()
        assert faults[0] == "Workspace T0HARBOR: Candor couldn't list the channels (missing_scope)."
        assert "can't reach" in faults[1]
        workspace.faults.on("users.conversations", times=2, drop=True)
        assert "can't reach" in (await office.faults())[0]
        workspace.faults.on("auth.test", times=2, drop=True)
        assert "can't reach" in (await office.faults())[0]


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (too_many(code="insufficient_quota"), "no credit left"),
        (too_many({"retry-after": "99"}), "too busy"),
        (Fault(status=401), "refused this key"),
        ("Ready when you are.", "not in the format Candor needs"),
        (Fault(status=404, code="model_not_found"), "no model called “m-1”"),
    ],
)
async def test_a_model_that_fails_is_told(office: Office, reply: Any, says: str) -> None:
    async with Workspace() as workspace, ScriptedModel() as model:
        model.otherwise = reply
        in_workspace(office, workspace, OPENAI_BASE_URL=model.url, OPENAI_MODEL="m-1")
        (fault,) = await office.faults()
        assert says in fault


@pytest.mark.parametrize(
    ("review", "says"),
    [
        ("It reads well.", "isn't in the format Candor needs"),
        ("", "isn't in the format Candor needs"),
        ("{", "isn't in the format Candor needs"),
        (CUT, "its answer was cut off"),
        (Fault(status=400, code="exceed_context_size_error"), "its context window is too small"),
    ],
)
async def test_a_model_that_answers_but_cannot_review_is_told(office: Office, review: Any, says: str) -> None:
    async with Workspace() as workspace, ScriptedModel() as model:
        model.otherwise = lambda asked: {"ready": True} if "ready" in str(asked.schema) else review
        in_workspace(office, workspace, OPENAI_BASE_URL=model.url, OPENAI_MODEL="m-1")
        (fault,) = await office.faults()
        assert says in fault


async def test_a_server_on_this_machine_is_named_with_what_to_set(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with Workspace() as workspace, ScriptedModel() as model:
        model.models = ("m-1", "m-2")
        port = int(model.url.rpartition(":")[2].removesuffix("/v1"))
        monkeypatch.setattr(doctor, "look_around", partial(look_around, (port,), 5.0))
        told = await in_workspace(office, workspace).visit(status=0)
    assert f"ok  There's a language model at {model.url} (m-1, m-2). To use it: set OPENAI_BASE_URL={model.url}" in told


async def test_a_clock_that_is_wrong_and_a_channel_that_no_one_switched_on(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with Workspace() as workspace:
        in_workspace(office, workspace, DRAFT_CHANNELS="")
        monkeypatch.setattr(SystemClock, "now", _two_minutes_ahead)
        (fault,) = await office.faults()
        assert "seconds ahead of Slack's" in fault
        assert "isn't on in any channel" in await office.visit(status=1)


def _two_minutes_ahead(_: SystemClock) -> float:
    return time.time() + 120


async def test_a_broken_guideline_is_named_with_its_line(office: Office, tmp_path: Path) -> None:
    folder = tmp_path / "prompts" / "guidelines" / "transparency"
    folder.mkdir(parents=True)
    (folder / "odd.md").write_text("no front matter\n", encoding="utf-8")
    async with Workspace() as workspace:
        in_workspace(office, workspace, PROMPTS_DIR=str(tmp_path / "prompts"))
        assert any("odd.md:1" in fault for fault in await office.faults())
        in_workspace(office, workspace, GUIDELINE_PACKS="unknown-pack", PROMPTS_DIR=office.settings["PROMPTS_DIR"])
        assert await office.faults()


async def test_on_postgresql_missing_migrations_and_a_server_that_is_away_are_told(
    office: Office, tmp_path: Path
) -> None:
    url = fresh("postgresql", tmp_path)
    async with Workspace() as workspace:
        in_workspace(office, workspace, DATABASE_URL=url)
        assert await office.faults() == ["The database tables are out of date."]
        await migrate_database(read_settings(office.settings))
        assert "ok  The database is up to date and writable.\n" in await office.visit(status=0)
        in_workspace(office, workspace, DATABASE_URL="postgresql://nobody@127.0.0.1:9/none")
        faults = await office.faults()
        assert faults[0] == f"Candor can't use the database: {AWAY}."


async def test_tables_of_an_earlier_version_wait_for_the_next_start(office: Office, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir(mode=0o700)
    (tmp_path / "data" / "candor.db").touch(mode=0o600)
    async with Workspace() as workspace:
        told = await in_workspace(office, workspace).visit(status=0)
        assert "ok  The tables are from an earlier version; Candor will update them next time it starts.\n" in told


async def test_installations_are_looked_at_one_by_one_and_so_are_their_keys(office: Office) -> None:
    port, other = free_port(), new_key()
    async with Workspace(nowhere_installed()) as workspace:
        office.settings |= environment(port, SLACK_APP_TOKEN=workspace.team.bot.app_token)
        office.settings |= {"SLACK_API_URL": workspace.api_url, "DRAFT_CHANNELS": "drafts"}
        bot = Bot(read_settings(office.settings))
        await bot.start()
        assert "ok  No workspace has installed Candor yet." in await office.visit(status=0)
        for team in ("T0HARBOR", "T0NORTH"):
            await install(workspace, port, team)
        await bot.stop()
        told = await office.visit(status=0)
        assert "ok  ENCRYPTION_KEYS can decrypt 2 installations.\n" in told
        assert "ok  The installation in T0NORTH works: workspace Northlight (T0NORTH).\n" in told
        workspace.uninstall("T0NORTH")
        assert await office.faults() == ["Slack rejected the installation in T0NORTH (account_inactive)."]
        office.settings["ENCRYPTION_KEYS"] = f"{other},{KEY}"
        assert "ok  2 installations still need an older key" in await office.visit(status=1)
        office.settings["ENCRYPTION_KEYS"] = other
        lost = "No key in ENCRYPTION_KEYS can decrypt the installation in"
        assert sorted(await office.faults()) == [f"{lost} T0HARBOR.", f"{lost} T0NORTH."]


async def test_a_new_key_is_all_that_is_printed(office: Office) -> None:
    keys = [(await office.visit("--new-key", status=0)).strip() for _ in range(2)]
    assert keys[0] != keys[1]
    assert read_settings({"ENCRYPTION_KEYS": ",".join(keys)}).install.keys == tuple(keys)
