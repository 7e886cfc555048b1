from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import aiohttp
import pytest
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.core.words.workspace import MESSAGE_GONE
from bot.workspace.server import Workspace
from tests.workspace.test_messages import error

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable
    from pathlib import Path

    from tests.workspace.sdk import Client

MANIFEST = {
    "oauth_config": {"scopes": {"bot": ["chat:write", "channels:history"]}},
    "settings": {"event_subscriptions": {"bot_events": ["app_mention"]}},
    "features": {"slash_commands": [{"command": "/candor"}]},
}


@pytest.fixture
async def session() -> AsyncGenerator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.evil.example"},
        {"Host": "127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=str,
)
async def test_other_web_pages_are_kept_out(
    workspace: Workspace, session: aiohttp.ClientSession, headers: dict[str, str]
) -> None:
    for path in ("/", "/api/auth.test", "/local/state", "/link/", "/nowhere"):
        async with session.get(workspace.url + path, headers=headers) as answer:
            assert answer.status == 403
        async with session.post(workspace.url + path, headers=headers, data={"token": "xoxp-dana"}) as answer:
            assert answer.status == 403


async def test_its_own_page_and_programs_are_let_in(workspace: Workspace, session: aiohttp.ClientSession) -> None:
    port = workspace.url.rpartition(":")[2]
    for headers in ({"Origin": workspace.url, "Sec-Fetch-Site": "same-origin"}, {"Host": f"localhost:{port}"}, {}):
        async with session.get(workspace.url, headers=headers) as answer:
            assert answer.status == 200
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


async def test_tokens_decide_who_calls(workspace: Workspace, client_of: Callable[[Workspace, str], Client]) -> None:
    dana = await client_of(workspace, "xoxp-dana").auth_test()
    assert (dana["user_id"], dana["team"]) == ("U0DANA", "Harbor & Pine")
    assert "bot_id" not in dana.data
    assert (await client_of(workspace, "xoxb-harbor-candor").auth_test())["bot_id"] == "B0CANDOR"
    assert await error(client_of(workspace, "xoxb-other").auth_test()) == "invalid_auth"
    assert await error(client_of(workspace, "xapp-harbor-candor").auth_test()) == "not_allowed_token_type"
    assert await error(client_of(workspace, "").api_call("auth.test")) == "not_authed"
    assert await error(client_of(workspace, "xoxp-dana").api_call("chat.sing")) == "unknown_method"
    wrong = client_of(workspace, "xoxp-dana").apps_connections_open(app_token="xoxp-dana")
    assert await error(wrong) == "not_allowed_token_type"


async def test_who_is_who(workspace: Workspace, bot: Client) -> None:
    assert (await bot.users_info(user="U0MIKA"))["user"]["is_admin"] is True
    assert await error(bot.users_info(user="U0NOBODY")) == "user_not_found"
    assert len((await bot.users_list())["members"]) == 3
    assert (await bot.bots_info(bot="B0CANDOR"))["bot"]["user_id"] == "U0CANDOR"
    assert (await bot.team_info())["team"]["id"] == "T0HARBOR"
    assert [c["name"] for c in (await bot.conversations_list())["channels"]] == ["drafts", "brand", "general"]
    assert [c["name"] for c in (await bot.users_conversations())["channels"]] == ["drafts", "brand"]
    assert await error(bot.users_conversations(limit=1000)) == "invalid_limit"
    assert (await bot.conversations_info(channel="C0GENERAL"))["channel"]["is_member"] is False
    assert (await bot.conversations_members(channel="C0GENERAL"))["members"] == ["U0DANA", "U0MIKA"]
    ts = workspace.post("#drafts", "Here.")
    assert (await bot.chat_getPermalink(channel="C0DRAFTS", message_ts=ts))["permalink"].startswith(workspace.url)


async def test_a_manifest_limits_scopes_and_events(client_of: Callable[[Workspace, str], Client]) -> None:
    async with Workspace(manifest=MANIFEST, patience=0.01, retries=()) as workspace:
        bot = client_of(workspace, workspace.team.bot.token)
        assert (await bot.chat_postMessage(channel="C0DRAFTS", text="Fine."))["ok"]
        assert (await bot.conversations_history(channel="C0DRAFTS"))["ok"]
        assert await error(bot.users_info(user="U0DANA")) == "missing_scope"
        workspace.post("#drafts", "Nothing for you.")
        workspace.post("#drafts", "@candor this is.")
        assert [parcel.payload["event"]["type"] for parcel in workspace.courier.sent] == ["app_mention"]


async def test_a_rate_limit_is_waited_for(workspace: Workspace, bot: Client) -> None:
    workspace.faults.on("chat.postMessage", status=429, retry_after=0)
    patient: Client = AsyncWebClient(
        token=workspace.team.bot.token,
        base_url=workspace.api_url,
        retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=1)],
    )
    await patient.chat_postMessage(channel="C0DRAFTS", text="Once.")
    assert [call["status"] for call in workspace.traffic.calls("chat.postMessage")] == [429, 200]
    assert len(workspace.messages("#drafts")) == 1
    workspace.faults.on("chat.postMessage", retry_after=7)
    assert await error(bot.chat_postMessage(channel="C0DRAFTS", text="Again.")) == "ratelimited"


async def test_a_dropped_answer_did_its_work(workspace: Workspace, bot: Client) -> None:
    workspace.faults.on("chat.postMessage", drop=True)
    with pytest.raises(aiohttp.ClientConnectionError):
        await bot.chat_postMessage(channel="C0DRAFTS", text="Did it arrive?")
    assert [message["text"] for message in workspace.messages("#drafts")] == ["Did it arrive?"]


async def test_an_error_on_demand_does_nothing(workspace: Workspace, bot: Client) -> None:
    workspace.faults.on("*", error="fatal_error", times=2, delay=0.01)
    assert await error(bot.chat_postMessage(channel="C0DRAFTS", text="x")) == "fatal_error"
    assert await error(bot.auth_test()) == "fatal_error"
    assert (await bot.auth_test())["ok"]
    assert workspace.messages("#drafts") == []


async def test_everything_is_found_again_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "data" / "workspace.json"
    async with Workspace(save_to=path) as first:
        ts = first.post("#drafts", "Keep me.")
        first.react("#drafts", ts, "eyes")
    async with Workspace(save_to=path) as second:
        assert second.message("#drafts", ts)["reactions"][0]["name"] == "eyes"
        assert second.post("#drafts", "And me.") > ts
    assert json.loads(path.read_text(encoding="utf-8"))["format"] == 1
    assert [file.name for file in path.parent.iterdir()] == ["workspace.json"]


async def test_another_format_is_named(tmp_path: Path) -> None:
    path = tmp_path / "workspace.json"
    path.write_text('{"format": 99}', encoding="utf-8")
    with pytest.raises(ValueError, match="format 99"):
        Workspace(save_to=path)


async def test_open_pages_are_told_what_changed(workspace: Workspace, session: aiohttp.ClientSession) -> None:
    async with session.get(f"{workspace.url}/local/events") as stream:
        assert (await stream.content.readline()).startswith(b"retry")
        await stream.content.readline()
        ts = workspace.post("#drafts", "News.")
        line = await asyncio.wait_for(stream.content.readline(), 2)
        told = json.loads(line.removeprefix(b"data: "))
        assert told.pop("connected") is False
        where = {"team": "T0HARBOR", "channel": "C0DRAFTS", "ts": ts}
        assert told == {"kind": "posted", "user": "U0DANA", "reply": False, **where}


async def test_a_permalink_leads_to_the_message_that_it_means(
    workspace: Workspace, bot: Client, session: aiohttp.ClientSession
) -> None:
    ts = workspace.post("#drafts", "A draft.")
    reply = workspace.post("#drafts", "A reply.", thread_ts=ts)
    whole = (await bot.chat_getPermalink(channel="C0DRAFTS", message_ts=ts))["permalink"]
    below = (await bot.chat_getPermalink(channel="C0DRAFTS", message_ts=reply))["permalink"]
    assert below.endswith(f"/archives/C0DRAFTS/p{reply.replace('.', '')}?thread_ts={ts}&cid=C0DRAFTS")
    direct = workspace.team.direct_message("U0CANDOR", "U0MIKA")
    note = workspace.hub.talk.post(direct, "U0CANDOR", {"text": "Hello."})["ts"]
    private = f"{workspace.url}/archives/{direct.id}/p{note.replace('.', '')}"
    place = "/?team=T0HARBOR&as=U0DANA&channel=C0DRAFTS"
    expected = {
        whole: f"{place}&thread={ts}",
        below: f"{place}&thread={ts}",
        f"{whole}?team=T0HARBOR&as=U0MIKA": f"{place.replace('DANA', 'MIKA')}&thread={ts}",
        private: f"/?team=T0HARBOR&as=U0MIKA&channel={direct.id}&thread={note}",
        f"{private}?as=U0DANA": f"/?team=T0HARBOR&as=U0DANA&channel={direct.id}&gone=1",
        f"{workspace.url}/archives/C0DRAFTS/p1": f"{place}&gone=1",
        f"{workspace.url}/archives/C0NONE/p1700000000000001": f"{place.replace('C0DRAFTS', 'C0NONE')}&gone=1",
    }
    for link, to in expected.items():
        async with session.get(link, allow_redirects=False) as answer:
            assert (answer.status, answer.headers["Location"]) == (302, to)
    async with session.get(f"{private}?as=U0DANA") as answer:
        page = await answer.text()
    assert MESSAGE_GONE.replace("'", "&#39;") in page
    assert "Hello." not in page
