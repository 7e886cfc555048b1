"""What a POST to a response URL does."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING
from urllib.parse import quote

from aiohttp import web

from bot.workspace.api.dispatch import answer
from bot.workspace.api.wire import refusal
from bot.workspace.checking import check_message_blocks
from bot.workspace.shapes import ApiRefusal, an_object

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.workspace.hub import Hub
    from bot.workspace.shapes import Json
    from bot.workspace.state import Channel
    from bot.workspace.tickets import ResponseUrl

_PARTS = ("text", "blocks", "attachments")


class Responding:
    """Answers ``/respond/...``, ``/upload/...`` and ``/files/...``: addresses that Slack hands out."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Put the addresses into a server."""
        router.add_post("/respond/{key:.+}", self.respond)
        router.add_post("/upload/{file_id}", self.upload)
        router.add_get("/files/{file_id}", self.file)

    async def respond(self, request: web.Request) -> web.StreamResponse:
        """The bot answers a click or a command."""
        try:
            content = an_object(json.loads(await request.text()))
        except ValueError:
            return web.Response(status=400, text="invalid_payload")
        fault = self._hub.faults.next_for("response_url")
        if fault and fault.delay:
            await asyncio.sleep(fault.delay)
        if fault and fault.refuses:
            return refusal(fault)[0]
        target, why_not = self._hub.responses.use(request.match_info["key"])
        self._hub.traffic.add("call", method="response_url", args=content, answer=why_not or "ok", status=200, took=0)
        if target is None:
            return web.Response(status=404, text=why_not)
        try:
            self._do(target, content)
        except ApiRefusal as refused:
            return web.json_response(refused.answer(), status=400)
        return web.Response(text="ok")

    def _do(self, target: ResponseUrl, content: Json) -> None:
        if content.get("blocks"):
            check_message_blocks(content["blocks"])
        channel = self._hub.state.team(target.team).channels[target.channel]
        parts = {key: content[key] for key in _PARTS if key in content}
        if content.get("delete_original"):
            self._delete(target, channel)
        elif content.get("replace_original") and target.ts:
            self._replace(target, channel, parts)
        elif not any(parts.values()):
            code = "no_text"
            raise ApiRefusal(code)
        else:
            self._new(target, channel, content, parts=parts)

    def _new(self, target: ResponseUrl, channel: Channel, content: Json, parts: Json) -> None:
        thread = str(content.get("thread_ts") or target.thread_ts)
        parts |= {"thread_ts": thread} if thread else {}
        if content.get("response_type") == "in_channel":
            self._hub.talk.post(channel, self._hub.state.team_of(channel).bot.user_id, parts)
        else:
            self._hub.talk.whisper(channel, target.user, parts)

    def _replace(self, target: ResponseUrl, channel: Channel, parts: Json) -> None:
        original = _original(target, channel)
        if target.ephemeral:
            original.pop("blocks", None)
            original |= parts
            self._hub.talk.refresh(channel, original)
        else:
            self._hub.talk.edit(channel, original, {"blocks": [], **parts})

    def _delete(self, target: ResponseUrl, channel: Channel) -> None:
        original = _original(target, channel)
        if target.ephemeral:
            channel.ephemerals.remove(original)
            self._hub.talk.refresh(channel, original)
        else:
            self._hub.talk.delete(channel, original)

    async def upload(self, request: web.Request) -> web.StreamResponse:
        """The bytes of a file arrive."""
        multipart = request.content_type == "multipart/form-data"
        content = _bytes(await request.post()) if multipart else await request.read()
        if not self._hub.files.receive(request.match_info["file_id"], content):
            return web.Response(status=404, text="file_not_found")
        return web.Response(text=f"OK - {len(content)}")

    def _may_read(self, request: web.Request, file_id: str) -> bool:
        """A program needs a token that may read the file, as Slack wants it; the page's own browser needs none."""
        if request.headers.get("Sec-Fetch-Site"):
            return True
        _, _, token = request.headers.get("Authorization", "").partition(" ")
        asked = {"file": file_id, "team_id": self._hub.files.team_of(file_id)}
        return bool(answer(self._hub, "files.info", token, args=asked)["ok"])

    async def file(self, request: web.Request) -> web.StreamResponse:
        """A file, never as a page of this server: only pictures are shown, all else is saved."""
        file_id = request.match_info["file_id"]
        if not self._may_read(request, file_id):
            return web.Response(status=302, headers={"Location": f"{self._hub.url}/"})
        found = self._hub.files.content(file_id)
        if found is None:
            return web.Response(status=404)
        content, kind, name = found
        picture = kind in {"image/png", "image/jpeg", "image/gif", "image/webp"}
        headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'"}
        headers |= {} if picture else {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
        return web.Response(body=content, content_type=kind if picture else "application/octet-stream", headers=headers)


def _bytes(form: Mapping[str, object]) -> bytes:
    part = next(iter(form.values()), "")
    return part.file.read() if isinstance(part, web.FileField) else str(part).encode()


def _original(target: ResponseUrl, channel: Channel) -> Json:
    found = channel.find(target.ts)
    if target.ephemeral:
        found = next((message for message in channel.ephemerals if message["ts"] == target.ts), None)
    if found is None:
        code = "message_not_found"
        raise ApiRefusal(code)
    return found
