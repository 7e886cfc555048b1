"""Fetches pictures that people attached to drafts. A token goes to Slack's own hosts and nowhere else."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.core.errors import NotInstalled
from bot.core.pictures import LARGEST, Image, LeftOut, kind_of
from bot.slack.failures import UNREACHED
from bot.slack.json import answer, part, reason, text

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.slack.clients import Clients
    from bot.slack.json import Json

_LOG = logging.getLogger(__name__)
_HOSTS = frozenset({"files.slack.com", "files.slack-gov.com"})
_TIMEOUT = aiohttp.ClientTimeout(total=20)
_OK = 200
_CHUNK = 2**16


class SlackPictures:
    """The `PictureFiles` port. Nothing is written to a disk."""

    def __init__(self, clients: Clients) -> None:
        self._clients = clients

    async def fetch(self, team: str, file: str) -> Image | LeftOut:
        """The picture behind a file's id, or why there is none to look at. Never raises."""
        try:
            client = self._clients.of(team).client
            return await _image(client, part(answer(await client.files_info(file=file)), "file"))
        except SlackApiError as error:
            why = reason(error)
        except (NotInstalled, ValueError, *UNREACHED) as error:
            why = type(error).__name__
        return _unseen(team, why)


async def _image(client: AsyncWebClient, file: Json) -> Image | LeftOut:
    if not text(file, "mimetype").startswith("image/"):
        return LeftOut.OTHER_KIND
    if int(file.get("size") or 0) > LARGEST:
        return LeftOut.TOO_LARGE
    url = text(file, "url_private")
    if not may_have_token(url, client.base_url):
        return _unseen(text(file, "user_team"), "not one of Slack's addresses")
    content = await _download(client, url)
    if isinstance(content, LeftOut):
        return content
    kind = kind_of(content)
    return Image(content, kind) if kind else LeftOut.OTHER_KIND


async def _download(client: AsyncWebClient, url: str) -> bytes | LeftOut:
    """The bytes. Without the right to read Slack sends a reader on to a page to sign in: that is no picture."""
    headers = {"Authorization": f"Bearer {client.token}"}
    async with (
        aiohttp.ClientSession(timeout=_TIMEOUT) as session,
        session.get(url, headers=headers, allow_redirects=False, proxy=client.proxy) as response,
    ):
        if response.status != _OK or response.content_type == "text/html":
            return _unseen("", f"status {response.status}")
        content = bytearray()
        async for chunk in response.content.iter_chunked(_CHUNK):
            content += chunk
            if len(content) > LARGEST:
                return LeftOut.TOO_LARGE
        return bytes(content)


def may_have_token(url: str, api_url: str) -> bool:
    """True for Slack's files over TLS, and for the server that the Web API is at. Raises ValueError for no address."""
    if "@" in url or "\\" in url:
        return False
    parts, api = urlsplit(url), urlsplit(api_url)
    if (parts.scheme, parts.netloc) == (api.scheme, api.netloc):
        return bool(parts.netloc)
    return parts.scheme == "https" and parts.netloc in _HOSTS


def _unseen(team: str, why: str) -> LeftOut:
    _LOG.warning("a picture cannot be fetched (team %s): %s", team or "-", why)
    return LeftOut.UNSEEN
