"""Somebody installs Candor by OAuth, with a browser that keeps cookies."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import aiohttp

from bot.workspace.state import another_team, default_state

if TYPE_CHECKING:
    from bot.workspace.server import Workspace
    from bot.workspace.state import State

KEY, OTHER_KEY = "y5AvcB4yF2fH1kY1dkJ3lV5T1qvU7m1q2b7h7kq5m0E=", "0c1FvQH2o9Jr0gqk4i2m9Jt1d1q0Y8h3b6X1r8z7w3k="


@dataclass(frozen=True)
class Page:
    status: int
    text: str
    location: str
    cookie: str


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def environment(port: int, **more: str) -> dict[str, str]:
    """What an operator sets for OAuth."""
    return {
        "SLACK_CLIENT_ID": "1111.2222",
        "SLACK_CLIENT_SECRET": "local-client-secret",
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "ENCRYPTION_KEYS": KEY,
        "ALLOWED_WORKSPACES": "T0HARBOR,T0NORTH,E0TRADE",
        "HOST": "127.0.0.1",
        "PORT": str(port),
        **more,
    }


def nowhere_installed() -> State:
    """Two workspaces that do not know Candor yet."""
    state = default_state()
    state.add_team(another_team("T0NORTH", "Northlight", state.first))
    for team in state.teams.values():
        team.bot.installed = False
        for channel in team.channels.values():
            if team.bot.user_id in channel.members:
                channel.members.remove(team.bot.user_id)
    return state


class Browser:
    """Follows no redirect by itself, so that a test can look at each step."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session
        self.cookie = ""

    async def get(self, url: str) -> Page:
        headers = {"Cookie": self.cookie} if self.cookie else {}
        async with self._session.get(url, headers=headers, allow_redirects=False) as answer:
            return await self._page(answer)

    async def send(self, url: str, form: dict[str, str]) -> Page:
        async with self._session.post(url, data=form, allow_redirects=False) as answer:
            return await self._page(answer)

    async def _page(self, answer: aiohttp.ClientResponse) -> Page:
        set_cookie = SimpleCookie(answer.headers.get("Set-Cookie", ""))
        for name, morsel in set_cookie.items():
            self.cookie = f"{name}={morsel.value}"
        return Page(answer.status, await answer.text(), answer.headers.get("Location", ""), cookie=self.cookie)


async def asked(browser: Browser, workspace: Workspace, port: int, team: str, decision: str = "allow") -> str:
    """Up to where Slack sends the person back; the address of that."""
    begun = await browser.get(f"http://127.0.0.1:{port}/slack/install")
    assert begun.status == 302
    assert begun.location.startswith(f"{workspace.url}/oauth/v2/authorize?")
    shown = await browser.get(begun.location)
    assert (shown.status, "Let Candor into a workspace?" in shown.text) == (200, True)
    form = dict(parse_qsl(urlsplit(begun.location).query)) | {"team": team, "decision": decision}
    return (await browser.send(f"{workspace.url}/oauth/v2/authorize", form)).location


async def install(workspace: Workspace, port: int, team: str) -> Page:
    """Install, and add Candor to the channel for drafts."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        browser = Browser(session)
        page = await browser.get(await asked(browser, workspace, port, team))
    for one in workspace.state.teams.values():
        if one.bot.installed and (channel := one.channel("#drafts")):
            workspace.hub.talk.join(channel, one.bot.user_id)
    return page
