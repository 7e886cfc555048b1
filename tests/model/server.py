"""A language model's server on loopback that does what a test tells it. It speaks both of OpenAI's interfaces.

    async with ScriptedModel() as model:
        model.will(critique(issue("act now", "user-control/no-false-pressure")))
        critic = ModelCritic(open_model(base_url=model.url, api_key="k", model="m", effort="", limits=Limits()), ...)

What it is told to answer is used up in order; then `otherwise` answers, at first with a clean critique. A reply is a
`dict` (sent as JSON text), a `str` (sent as it is), a `Fault`, or a function from the `Asked` request to one of these.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.model.orders import FOR_REVIEWERS
from tests.model.batches import ScriptedBatches
from tests.model.sse import Manner, Stream, in_parts, send

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Self

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it arrived."""

    path: str
    body: Json
    headers: Mapping[str, str]

    @property
    def chat(self) -> bool:
        return self.path.endswith("/chat/completions")

    @property
    def instructions(self) -> str:
        """The system's text."""
        return str(self.body["messages"][0]["content"] if self.chat else self.body["instructions"])

    @property
    def turns(self) -> list[str]:
        """The texts of the other messages."""
        messages: list[Json] = self.body["messages"][1:] if self.chat else self.body["input"]
        return [str(message["content"]) for message in messages]

    @property
    def tokens(self) -> int:
        """About as many as it has."""
        return int(len("".join((self.instructions, *self.turns))) / 4.4)

    @property
    def schema(self) -> Json:
        """The JSON schema asked for; empty where there is none."""
        if self.chat:
            form: Json = self.body.get("response_format", {}).get("json_schema", {})
        else:
            form = self.body.get("text", {}).get("format", {})
        return dict(form.get("schema", {}))

    @property
    def case(self) -> Json:
        """What stands in the fence: the draft with what belongs to it."""
        for line in reversed("".join(self.turns[:1]).splitlines()):
            if line.startswith("{"):
                case: Json = json.loads(line)
                return case
        return {}

    @property
    def draft(self) -> str:
        """The draft as the model sees it."""
        return str(self.case["draft"])

    @property
    def streams(self) -> bool:
        return bool(self.body.get("stream"))

    @property
    def talk(self) -> Json:
        """What a conversation is about."""
        return self.case

    @property
    def looks_for_orders(self) -> bool:
        """True where it only asks what speaks to a reviewer."""
        return "post" in self.case

    @property
    def compares(self) -> bool:
        """True where it is asked whether words say what was left alone."""
        return "pairs" in self.case

    @property
    def is_second_opinion(self) -> bool:
        return "points" in self.case


@dataclass(frozen=True, slots=True)
class Fault:
    """An answer that is none. ``kind``: status, hang, drop, refusal, cut, filtered, failed, page, body, or end (so).

    A status comes with an error as OpenAI has it; of the kinds list and string in those shapes.
    One of the kind body is that body with that status: JSON, or a web page where it is a string.
    """

    kind: str = "status"
    status: int = 500
    code: str | None = None
    param: str | None = None
    message: str = "made up"
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    body: object = None


if TYPE_CHECKING:
    Answer = Json | str | Fault | Stream
    Reply = Answer | Callable[[Asked], Answer]


def too_many(headers: Mapping[str, str] | None = None, code: str = "rate_limit_exceeded") -> Fault:
    """429; pass ``{"retry-after-ms": "5"}``, or the code ``insufficient_quota``."""
    return Fault("status", 429, code, headers=headers or {})


def unsupported(param: str) -> Fault:
    """400 that names a parameter, in OpenAI's words."""
    message = f"Unsupported parameter: '{param}' is not supported with this model."
    return Fault("status", 400, "unsupported_parameter", param, message)


HANG, DROP, REFUSAL, CUT = Fault("hang"), Fault("drop"), Fault("refusal"), Fault("cut")


def issue(quote: str, guideline: str, **other: Any) -> Json:
    """An issue with that quote; ``other`` sets why, severity, replacement or confidence."""
    usual = {"why": "It misleads.", "severity": "should-fix", "replacement": None, "confidence": "high"}
    return {"quote": quote, "guideline": guideline, **usual, **other}


def question(guideline: str, text: str = "Was it paid for?", *answers: str) -> Json:
    return {"guideline": guideline, "question": text, "answers": list(answers)}


def critique(*issues: Json, questions: tuple[Json, ...] = (), not_a_draft: bool = False) -> Callable[[Asked], Json]:
    """A whole answer in the form asked for, with a matching checklist over all guidelines of the request."""

    def answer(asked: Asked) -> Json:
        checklist = dict.fromkeys(_names(asked), "clear")
        for entries, verdict in ((questions, "question"), (issues, "issue")):
            checklist |= {entry["guideline"].rpartition("/")[2]: verdict for entry in entries}
        return {
            "issues": list(issues),
            "questions": list(questions),
            "checklist": checklist,
            "not_a_draft": not_a_draft,
        }

    return answer


def opinions(*verdicts: str, question: str = "") -> Callable[[Asked], Json]:
    """A second opinion: one verdict for each point, the last one for all further ones."""

    def answer(asked: Asked) -> Json:
        said = [*verdicts, *[verdicts[-1]] * len(asked.case["points"])]
        return {
            "points": [
                {"number": p["number"], "reason": "Read it twice.", "verdict": verdict, "question": question}
                for p, verdict in zip(asked.case["points"], said, strict=False)
            ]
        }

    return answer


def taking(tokens: int, *issues: Json, names_it: bool = True) -> Callable[[Asked], Answer]:
    """A server with so small a window, which refuses as llama.cpp does; issues where their guideline is asked about."""

    def answer(asked: Asked) -> Answer:
        most = asked.body.get("max_tokens") or asked.body.get("max_output_tokens") or 0
        if asked.tokens + (most if names_it else 0) > tokens:
            said = f"request ({asked.tokens} tokens) exceeds the available context size"
            more = f" ({tokens} tokens), try increasing it" if names_it else ", try increasing it"
            return Fault(status=400, code="exceed_context_size_error", message=said + more)
        if asked.is_second_opinion:
            return opinions("keep")(asked)
        there = [one for one in issues if f"### {one['guideline'].rpartition('/')[2]}:" in asked.instructions]
        return critique(*there)(asked)

    return answer


def orders(*quotes: str) -> Callable[[Asked], Json]:
    """What speaks to a reviewer: the control that stands in every such request, and these."""
    return lambda asked: {"quotes": [*(one for one in FOR_REVIEWERS if one in asked.case["post"]), *quotes]}


def _names(asked: Asked) -> list[str]:
    """The guidelines' names: from the schema, or from the prompt where the server got no schema."""
    if schema := asked.schema:
        return list(schema["properties"]["checklist"]["properties"])
    heads = (line for line in asked.instructions.splitlines() if line.startswith("### "))
    return [head[4:].partition(":")[0] for head in heads]


def _usual(asked: Asked) -> Json | str:
    if asked.streams:
        return "I read drafts before the audience does."
    if "ready" in asked.schema.get("properties", {}):
        return {"ready": True}
    if asked.compares:
        return {
            "pairs": [
                {"number": one["number"], "difference": "more", "verdict": "another"} for one in asked.case["pairs"]
            ]
        }
    return (opinions("keep") if asked.is_second_opinion else critique())(asked)


class ScriptedModel:
    """The server. ``delay`` is in seconds, before each answer."""

    def __init__(self, *, delay: float = 0.0) -> None:
        self.delay = delay
        self.requests: list[Asked] = []
        """What was asked, but for what speaks to a reviewer."""
        self.looks: list[Asked] = []
        """What was asked about that."""
        self.on_orders: Reply = orders()
        self.models: tuple[str, ...] = ()
        """What it lists; nothing: it has no list."""
        self.otherwise: Reply = _usual
        self.tokens: Json = {"in": 100, "cached": 60, "out": 20}
        self.window = 0
        """Where it cuts prompts without saying so; 0: nowhere."""
        self.more: Json = {}
        """What its list says of each model besides."""
        self.parts = False
        """Whether Chat Completions answers in a list of parts, thoughts first, as Magistral does."""
        self.batches = ScriptedBatches(self._batched)
        self._script: list[Reply] = []
        self._runner: web.AppRunner | None = None
        self._closing = asyncio.Event()
        self.url = ""

    def will(self, *replies: Reply) -> None:
        """Answer the next requests with these."""
        self._script += replies

    @property
    def unused(self) -> int:
        """How many scripted replies are left."""
        return len(self._script)

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=2**24)
        app.router.add_get("/v1/models", self._list)
        app.router.add_post("/v1/responses", self._handle)
        app.router.add_post("/v1/chat/completions", self._handle)
        self.batches.routes(app)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/v1"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._closing.set()
        assert self._runner
        await self._runner.cleanup()

    async def _list(self, _: web.Request) -> web.Response:
        if not self.models:
            raise web.HTTPNotFound
        return web.json_response(
            {"object": "list", "data": [{"id": name, "object": "model", **self.more} for name in self.models]}
        )

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        asked = Asked(request.path, await request.json(), dict(request.headers))
        reply = self._next(asked)
        answer = reply(asked) if callable(reply) else reply
        await asyncio.sleep(self.delay)
        if isinstance(answer, Fault):
            return await self._fail(request, asked, answer)
        if asked.streams:
            stream = answer if isinstance(answer, Stream) else Stream(str(answer))
            how = Manner(self.tokens, str(asked.body["model"]), asked.chat, self.parts)
            return await send(request, stream, how)
        text = answer if isinstance(answer, str) else json.dumps(answer)
        return web.json_response(self.body(asked, text))

    def _batched(self, path: str, body: Json) -> tuple[int, Json]:
        """The status and the body of an answer in a batch."""
        asked = Asked(path, body, {})
        reply = self._next(asked)
        answer = reply(asked) if callable(reply) else reply
        if isinstance(answer, Fault):
            return answer.status, {"error": {"message": answer.message, "code": answer.code}}
        return 200, self.body(asked, answer if isinstance(answer, str) else json.dumps(answer))

    def _read(self, asked: Asked) -> int:
        """The tokens of a request, about as servers count them; more than the usual 100 where it is long."""
        read = max(self.tokens["in"], asked.tokens) if self.tokens["in"] else 0
        return min(read, self.window) if self.window else read

    def _next(self, asked: Asked) -> Reply:
        if asked.looks_for_orders:
            self.looks.append(asked)
            return self.on_orders
        self.requests.append(asked)
        return self._script.pop(0) if self._script else self.otherwise

    def body(self, asked: Asked, text: str, kind: str = "") -> Json:
        """The body of an answer; ``kind`` makes it a faulty one."""
        return self._chat(asked, text, kind) if asked.chat else self._response(asked, text, kind)

    async def _fail(self, request: web.Request, asked: Asked, fault: Fault) -> web.StreamResponse:
        match fault.kind:
            case "status" | "list" | "string":
                error = {"message": fault.message, "type": fault.code, "code": fault.code, "param": fault.param}
                shapes: Json = {"list": [{"error": error}], "string": {"error": fault.message}}
                said = shapes.get(fault.kind, {"error": error})
                return web.json_response(said, status=fault.status, headers=dict(fault.headers))
            case "hang":
                await self._closing.wait()
                return web.Response()
            case "drop":
                assert request.transport
                request.transport.abort()
                return web.Response()
            case "page":
                return web.Response(text="<h1>Welcome</h1>", content_type="text/html")
            case _:
                return self._faulty(asked, fault)

    def _faulty(self, asked: Asked, fault: Fault) -> web.Response:
        match fault.kind:
            case "body" if isinstance(fault.body, str):
                return web.Response(text=fault.body, content_type="text/html", status=fault.status)
            case "body":
                return web.json_response(fault.body, status=fault.status)
            case "end":
                body = self.body(asked, '{"fine": true}')
                body["choices"][0]["finish_reason"] = fault.message
                return web.json_response(body)
            case _:
                return web.json_response(self.body(asked, '{"issues": [', fault.kind))

    def _response(self, asked: Asked, text: str, kind: str = "") -> Json:
        part: Json = {"type": "output_text", "text": text, "annotations": []}
        if kind == "refusal":
            part = {"type": "refusal", "refusal": "I would rather not."}
        reasons = {"cut": "max_output_tokens", "filtered": "content_filter"}
        return {
            "id": "resp_1",
            "object": "response",
            "created_at": 1,
            "model": f"{asked.body['model']}-2026",
            "status": "failed" if kind == "failed" else "incomplete" if kind in reasons else "completed",
            "incomplete_details": {"reason": reasons[kind]} if kind in reasons else None,
            "error": {"code": "server_error", "message": "made up"} if kind == "failed" else None,
            "output": [
                {"type": "reasoning", "id": "rs_1", "summary": []},
                {"type": "message", "id": "msg_1", "role": "assistant", "status": "completed", "content": [part]},
            ],
            "usage": {
                "input_tokens": self._read(asked),
                "input_tokens_details": {"cached_tokens": self.tokens["cached"]},
                "output_tokens": self.tokens["out"],
                "output_tokens_details": {"reasoning_tokens": 0},
                "total_tokens": self._read(asked) + self.tokens["out"],
            },
        }

    def _chat(self, asked: Asked, text: str, kind: str = "") -> Json:
        message: Json = {"role": "assistant", "content": in_parts(text) if self.parts else text, "refusal": None}
        if kind == "refusal" and self.parts:
            message |= {"content": [{"type": "refusal", "refusal": "I would rather not."}]}
        elif kind == "refusal":
            message |= {"content": None, "refusal": "I would rather not."}
        if kind == "failed":
            return {"error": {"code": "server_error", "message": "made up"}}
        reasons = {"cut": "length", "filtered": "content_filter"}
        return {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 1,
            "model": f"{asked.body['model']}-2026",
            "choices": [{"index": 0, "message": message, "finish_reason": reasons.get(kind, "stop")}],
            "usage": {
                "prompt_tokens": self._read(asked),
                "prompt_tokens_details": {"cached_tokens": self.tokens["cached"]},
                "completion_tokens": self.tokens["out"],
                "total_tokens": self._read(asked) + self.tokens["out"],
            },
        }
