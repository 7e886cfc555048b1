"""The files and batches of a scripted model, as OpenAI's Batch API has them. A batch ends when a test lets it."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import HTTP
from typing import TYPE_CHECKING, Any

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Callable

    Json = dict[str, Any]
    Answer = Callable[[str, Json], tuple[int, Json]]
    """The status and the body of the answer to a request, which is its path and its body."""


@dataclass
class ScriptedBatches:
    """``answers`` says what each request comes to. ``ends`` is how a batch ends that somebody looks at; "" for not.

    ``unanswered`` are how many requests at the end of a batch expire. Where it ``dies`` or ``hangs``, it has made a
    batch, and nobody hears of it.
    """

    answers: Answer
    ends: str = ""
    unanswered: int = 0
    dies: bool = False
    hangs: bool = False
    more: bool = False
    """Whether its lists never end: a page says that there is another, and that is the same again."""
    refuses: str = ""
    """The code of an error that batches meet."""
    files: dict[str, Json] = field(default_factory=dict[str, "Json"])
    contents: dict[str, bytes] = field(default_factory=dict[str, bytes])
    batches: dict[str, Json] = field(default_factory=dict[str, "Json"])
    cancelled: list[str] = field(default_factory=list[str])

    def routes(self, app: web.Application) -> None:
        app.router.add_post("/v1/files", self._upload)
        app.router.add_get("/v1/files", self._files)
        app.router.add_get("/v1/files/{id}/content", self._content)
        app.router.add_delete("/v1/files/{id}", self._delete)
        app.router.add_post("/v1/batches", self._create)
        app.router.add_get("/v1/batches", self._list)
        app.router.add_get("/v1/batches/{id}", self._retrieve)
        app.router.add_post("/v1/batches/{id}/cancel", self._cancel)

    def lines(self, batch: str) -> list[Json]:
        """The requests of a batch, also once its file is deleted."""
        return [json.loads(line) for line in self.contents[self.batches[batch]["input_file_id"]].splitlines()]

    def keep(self, name: str, content: bytes) -> str:
        file = f"file-{len(self.contents) + 1}"
        self.contents[file] = content
        about = {"id": file, "object": "file", "bytes": len(content), "created_at": 2**31, "filename": name}
        self.files[file] = about | {"purpose": "batch", "status": "processed"}
        return file

    async def _upload(self, request: web.Request) -> web.Response:
        """Aiohttp's own reader of forms warns now and then of something that it calls itself."""
        head = f"Content-Type: {request.headers['Content-Type']}\r\n\r\n"
        form = message_from_bytes(head.encode() + await request.read(), policy=HTTP)
        parts = {part.get_param("name", header="content-disposition"): part for part in form.iter_parts()}
        assert parts["purpose"].get_content().strip() == "batch"
        assert parts["expires_after[anchor]"].get_content().strip() == "created_at"
        content, name = parts["file"].get_payload(decode=True), parts["file"].get_filename()
        assert isinstance(content, bytes)
        return web.json_response(self.files[self.keep(str(name), content)])

    async def _files(self, _: web.Request) -> web.Response:
        return web.json_response({"object": "list", "data": [*self.files.values()][::-1], "has_more": self.more})

    async def _content(self, request: web.Request) -> web.Response:
        self._must(request.match_info["id"], self.files)
        return web.Response(body=self.contents[request.match_info["id"]])

    async def _delete(self, request: web.Request) -> web.Response:
        self._must(file := request.match_info["id"], self.files)
        del self.files[file]
        return web.json_response({"id": file, "object": "file", "deleted": True})

    async def _create(self, request: web.Request) -> web.Response:
        asked = await request.json()
        if self.refuses:
            error = {"message": "made up", "type": self.refuses, "code": self.refuses, "param": None}
            return web.json_response({"error": error}, status=429)
        assert asked["completion_window"] == "24h"
        assert asked["input_file_id"] in self.files
        batch = f"batch_{len(self.batches) + 1}"
        self.batches[batch] = {
            "id": batch,
            "object": "batch",
            "created_at": 2**31,
            "status": "in_progress",
            **{name: asked[name] for name in ("input_file_id", "endpoint", "completion_window", "metadata")},
        }
        while self.hangs:
            await asyncio.sleep(0.05)
        if self.dies:
            assert request.transport
            request.transport.abort()
        return web.json_response(self.batches[batch])

    async def _list(self, _: web.Request) -> web.Response:
        return web.json_response({"object": "list", "data": [*self.batches.values()][::-1], "has_more": self.more})

    async def _retrieve(self, request: web.Request) -> web.Response:
        self._must(batch := request.match_info["id"], self.batches)
        kept = self.batches[batch]
        if kept["status"] == "in_progress" and self.ends:
            self._end(batch)
        if kept["status"] == "cancelling":
            kept["status"] = "cancelled"
        return web.json_response(kept)

    async def _cancel(self, request: web.Request) -> web.Response:
        self._must(batch := request.match_info["id"], self.batches)
        self.cancelled.append(batch)
        self.batches[batch]["status"] = "cancelling"
        return web.json_response(self.batches[batch])

    def _end(self, batch: str) -> None:
        lines = self.lines(batch)
        cut = len(lines) - self.unanswered if self.ends != "failed" else 0
        done = [self._line(line, *self.answers(line["url"], line["body"])) for line in lines[:cut]]
        expired = [self._line(line, 0, {}) for line in lines[cut:]] if self.ends != "failed" else []
        kept = self.batches[batch] | {"status": self.ends}
        for name, results in (("output_file_id", done), ("error_file_id", expired)):
            if results:
                kept[name] = self.keep("", "".join(f"{json.dumps(one)}\n" for one in results).encode())
        counts = {"total": len(lines), "completed": len(done), "failed": len(expired)}
        if self.ends == "failed":
            kept["errors"] = {"object": "list", "data": [{"code": "token_limit_exceeded", "message": "made up"}]}
        self.batches[batch].update(kept | {"request_counts": counts})

    @staticmethod
    def _line(line: Json, status: int, body: Json) -> Json:
        response = {"status_code": status, "request_id": "r", "body": body} if status else None
        error = None if status else {"code": "batch_expired", "message": "made up"}
        return {"id": "batch_req_1", "custom_id": line["custom_id"], "response": response, "error": error}

    @staticmethod
    def _must(name: str, among: Json) -> None:
        if name not in among:
            error = {"message": f"No such object: {name}", "type": "invalid_request_error", "code": None}
            raise web.HTTPNotFound(text=json.dumps({"error": error}), content_type="application/json")
