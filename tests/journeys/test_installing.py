"""Candor in many workspaces: installed by OAuth while it runs, removed again, over the real wire."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit

import aiohttp
import pytest
from yarl import URL

from bot.assemble.bot import Bot
from bot.assemble.memory import migrate_database
from bot.assemble.operating import allow, guests
from bot.core.errors import PersonCanFix
from bot.settings import read_settings
from bot.store.database import new_key
from bot.workspace.changes import Change
from bot.workspace.server import Workspace
from tests.databases import BOTH, everything_in, fresh
from tests.journeys.conftest import BAD, CLEAN
from tests.journeys.installing import KEY, Browser, asked, environment, free_port, install, nowhere_installed

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

    from bot.settings import Settings

MARKER = "Zanzibarmarker"


def settings_for(workspace: Workspace, root: Path, folder: Path, port: int, **more: str) -> Settings:
    given = {
        "PROMPTS_DIR": str(root / "prompts"),
        "SLACK_API_URL": workspace.api_url,
        "SLACK_APP_TOKEN": workspace.team.bot.app_token,
        "DRAFT_CHANNELS": "drafts",
        "DATA_DIR": str(folder),
    }
    return read_settings(given | environment(port) | more)


@asynccontextmanager
async def running(settings: Settings, *, receives: bool = True, works: bool = True) -> AsyncGenerator[Bot]:
    bot = Bot(settings, receives=receives, works=works)
    await bot.start()
    try:
        yield bot
    finally:
        await bot.stop()


async def answered(workspace: Workspace, team: str, text: str) -> str:
    """Somebody posts a draft there; its ts, once Candor has answered."""
    by = "ola" if team == "T0NORTH" else "dana"
    ts = workspace.post("#drafts", text, by=by, team=team)
    await workspace.replies("#drafts", ts, team=team, timeout=10)
    return ts


@pytest.mark.parametrize("kind", BOTH)
async def test_two_workspaces_install_one_leaves_and_its_data_go_while_the_other_works_on(
    root: Path, tmp_path: Path, kind: str
) -> None:
    port = free_port()
    url = fresh(kind, tmp_path)
    more = {"DATABASE_URL": url} if kind == "postgresql" else {}
    async with Workspace(nowhere_installed()) as workspace:
        settings = settings_for(workspace, root, tmp_path, port=port, **more)
        await migrate_database(settings)
        async with running(settings):
            for team in ("T0HARBOR", "T0NORTH"):
                page = await install(workspace, port, team)
                assert page.status == 200
                assert "Candor is installed" in page.text
                assert page.location == ""
            await answered(workspace, "T0HARBOR", f"{BAD} {MARKER}-harbor")
            await answered(workspace, "T0NORTH", f"{BAD} {MARKER}-north")
            held = everything_in(url, tmp_path)
            assert [f"{MARKER}-{name}".encode() in held for name in ("harbor", "north")] == [True, True]
            tokens = [team.bot.token.encode() for team in workspace.state.teams.values()]
            assert all(token not in held for token in tokens)
            workspace.uninstall("T0NORTH")
            await gone(f"{MARKER}-north", url, tmp_path)
            assert f"{MARKER}-harbor".encode() in everything_in(url, tmp_path)
            await answered(workspace, "T0HARBOR", CLEAN)
            assert (await install(workspace, port, "T0NORTH")).status == 200
            await answered(workspace, "T0NORTH", CLEAN)
        async with running(settings):
            await answered(workspace, "T0NORTH", CLEAN)


async def test_an_uninstall_deletes_though_the_clock_was_set_back_and_the_next_installation_stays(
    root: Path, tmp_path: Path
) -> None:
    port, url = free_port(), f"sqlite:///{tmp_path}"
    async with Workspace(nowhere_installed()) as workspace:
        settings = settings_for(workspace, root, tmp_path, port=port)
        async with running(settings):
            workspace.advance(-3600)  # Slack's events are older than the installation then
            await install(workspace, port, "T0HARBOR")
            await answered(workspace, "T0HARBOR", f"{BAD} {MARKER}")
            workspace.uninstall()
            await gone(MARKER, url, tmp_path)
            assert await guests(settings) == []
            workspace.advance(7200)  # and now they are from after the next one
            await install(workspace, port, "T0HARBOR")
            await answered(workspace, "T0HARBOR", f"{BAD} {MARKER}")
            workspace.hub.changes.emit(Change("uninstalled", "T0HARBOR"))
            await workspace.delivered()
            await asyncio.sleep(1)
            assert [one.home.key for one in await guests(settings)] == ["T0HARBOR"]
            assert MARKER.encode() in everything_in(url, tmp_path)


async def gone(marker: str, url: str, folder: Path) -> None:
    async with asyncio.timeout(15):
        while marker.encode() in everything_in(url, folder):
            await asyncio.sleep(0.1)


async def test_a_strange_workspace_gets_no_review_before_the_operators_yes_and_then_without_a_restart(
    root: Path, tmp_path: Path
) -> None:
    port = free_port()
    async with Workspace(nowhere_installed()) as workspace:
        settings = settings_for(workspace, root, tmp_path, port=port, ALLOWED_WORKSPACES="T0HARBOR")
        async with running(settings):
            assert "T0NORTH" in (page := await install(workspace, port, "T0NORTH")).text
            assert "Until they do" in page.text
            await install(workspace, port, "T0HARBOR")
            ts = workspace.post("#drafts", BAD, by="ola", team="T0NORTH")
            await answered(workspace, "T0HARBOR", BAD)
            with pytest.raises(TimeoutError):
                await workspace.replies("#drafts", ts, team="T0NORTH", timeout=2)
            assert [(one.home.key, one.waits) for one in await guests(settings)] == [
                ("T0NORTH", True),
                ("T0HARBOR", False),
            ]
            assert await allow(settings, "T0NORTH") == 1
            await answered(workspace, "T0NORTH", CLEAN)


async def test_an_organisation_installs_for_all_its_workspaces_and_removes_it_from_all(
    root: Path, tmp_path: Path
) -> None:
    port = free_port()
    state = nowhere_installed()
    first, second = state.teams.values()
    first.enterprise = second.enterprise = "E0TRADE"
    second.bot = replace(first.bot)  # in an organisation the app is one user
    async with Workspace(state) as workspace, running(settings_for(workspace, root, tmp_path, port=port)):
        page = await install(workspace, port, "org:T0HARBOR")
        assert "Candor is installed" in page.text
        assert "E0TRADE organisation" in page.text
        for team in ("T0HARBOR", "T0NORTH"):
            await answered(workspace, team, f"{BAD} {MARKER}-{team}")
        posted = workspace.traffic.calls("chat.postMessage")
        assert {call["args"]["team_id"] for call in posted if call["args"].get("thread_ts")} == {"T0HARBOR", "T0NORTH"}
        workspace.uninstall("T0NORTH")
        for team in ("T0HARBOR", "T0NORTH"):
            await gone(f"{MARKER}-{team}", f"sqlite:///{tmp_path}", tmp_path)


async def test_who_cancels_or_comes_back_late_or_elsewhere_reads_what_to_do(root: Path, tmp_path: Path) -> None:
    port = free_port()
    async with (
        Workspace(nowhere_installed()) as workspace,
        running(settings_for(workspace, root, tmp_path, port=port)),
        aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session,
    ):
        browser = Browser(session)
        cancelled = await browser.get(await asked(browser, workspace, port, "T0HARBOR", "cancel"))
        assert (cancelled.status, "You cancelled." in cancelled.text) == (200, True)
        good = await asked(browser, workspace, port, "T0HARBOR")
        elsewhere = await Browser(session).get(good)
        assert (elsewhere.status, "in another browser" in elsewhere.text) == (400, True)
        forged = Browser(session)
        forged.cookie = "slack-app-oauth-state=made-up"
        late = await forged.get(f"http://127.0.0.1:{port}/slack/oauth_redirect?code=1&state=made-up")
        assert (late.status, "has expired" in late.text) == (401, True)
        query = dict(parse_qsl(urlsplit(good).query))
        wrong = await browser.get(good.replace(urlsplit(good).query, urlencode(query | {"code": "guessed"})))
        assert (wrong.status, "works only once" in wrong.text) == (401, True)
        again = await asked(browser, workspace, port, "T0HARBOR")
        cookie = browser.cookie
        assert (await browser.get(again)).status == 200
        browser.cookie = cookie
        assert ((twice := await browser.get(again)).status, "has expired" in twice.text) == (401, True)
        assert 'href="/slack/install"' in cancelled.text


async def test_revoked_tokens_switch_candor_off_a_reinstall_revives_everything_and_only_an_uninstall_deletes(
    root: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    port = free_port()
    url = f"sqlite:///{tmp_path}"
    async with Workspace(nowhere_installed()) as workspace:
        settings = settings_for(workspace, root, tmp_path, port=port, ALLOWED_WORKSPACES="")
        async with running(settings):
            await install(workspace, port, "T0HARBOR")
            assert await allow(settings, "T0HARBOR") == 1
            await answered(workspace, "T0HARBOR", f"{BAD} {MARKER}")
            workspace.call("auth.revoke", workspace.team.bot.token)
            async with asyncio.timeout(15):
                while "tokens of T0HARBOR were revoked" not in caplog.text:
                    await asyncio.sleep(0.1)
        async with running(settings):
            assert [one.revoked for one in await guests(settings)] == [True]
            assert MARKER.encode() in everything_in(url, tmp_path)
            await install(workspace, port, "T0HARBOR")
            await answered(workspace, "T0HARBOR", CLEAN)
            assert MARKER.encode() in everything_in(url, tmp_path)
            assert caplog.text.count("tokens of T0HARBOR were revoked") == 1
            workspace.uninstall()
            await gone(MARKER, url, tmp_path)


async def test_where_a_token_of_the_settings_is_removed_the_data_go_too(root: Path, tmp_path: Path) -> None:
    async with Workspace() as workspace:
        plain = settings_for(workspace, root, tmp_path, port=0, SLACK_CLIENT_ID="", SLACK_CLIENT_SECRET="")
        async with running(replace(plain, port=None, bot_tokens=(workspace.team.bot.token,))):
            await answered(workspace, "T0HARBOR", f"{BAD} {MARKER}")
            workspace.uninstall()
            await gone(MARKER, f"sqlite:///{tmp_path}", tmp_path)


async def test_with_a_new_key_everything_opens_and_with_another_one_only_a_line_says_so(
    root: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    port, other = free_port(), new_key()
    async with Workspace(nowhere_installed()) as workspace:
        async with running(settings_for(workspace, root, tmp_path, port=port)):
            await install(workspace, port, "T0HARBOR")
        for keys in (f"{other},{KEY}", other):
            async with running(settings_for(workspace, root, tmp_path, port=port, ENCRYPTION_KEYS=keys)):
                await answered(workspace, "T0HARBOR", CLEAN)
        async with running(settings_for(workspace, root, tmp_path, port=port)):
            assert "the installation in T0HARBOR cannot be opened with any of ENCRYPTION_KEYS" in caplog.text
            await install(workspace, port, "T0NORTH")
            await answered(workspace, "T0NORTH", CLEAN)


@pytest.mark.parametrize(
    ("missing", "says"),
    [
        ("ENCRYPTION_KEYS", "candor doctor --new-key"),
        ("PUBLIC_URL", "PUBLIC_URL isn't set"),
        ("PORT", "PORT isn't set"),
        ("SLACK_CLIENT_SECRET", "SLACK_CLIENT_SECRET isn't set"),
        ("SLACK_CLIENT_ID", "SLACK_CLIENT_ID isn't set"),
    ],
)
async def test_half_of_the_settings_end_the_start_with_a_sentence(
    root: Path, tmp_path: Path, missing: str, says: str
) -> None:
    async with Workspace() as workspace:
        settings = settings_for(workspace, root, tmp_path, port=1, **{missing: ""})
        with pytest.raises(PersonCanFix, match=says):
            await Bot(settings).start()


async def test_strangers_who_fail_to_install_are_one_line_a_minute_without_their_words(
    root: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    port = free_port()
    async with Workspace(nowhere_installed()) as workspace, running(settings_for(workspace, root, tmp_path, port=port)):
        async with aiohttp.ClientSession() as session:
            for n in range(50):
                async with session.get(f"http://127.0.0.1:{port}/slack/oauth_redirect?error={MARKER}{n}") as answer:
                    assert answer.status < 500
            for query in ("team=%0D", "team=%04%C2%9E"):
                async with session.get(URL(f"http://127.0.0.1:{port}/slack/install?{query}", encoded=True)) as answer:
                    assert answer.status == 400
        assert caplog.text.count("an installation failed") == 1
        assert MARKER not in caplog.text
