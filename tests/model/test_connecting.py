"""Finding servers that speak OpenAI's protocol among whatever else listens, and trying one."""

from __future__ import annotations

import asyncio
import html
import json
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Literal

import pytest
from aiohttp import web

from bot.core.installing import Fitness, ModelServer
from bot.model.language_model import NO_ACCOUNTS, ModelLimits
from bot.model.opening import look_around, models_at, open_model, try_model
from tests.model.server import CUT, DROP, HANG, REFUSAL, Fault, ScriptedModel, too_many

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable

    from bot.model.opening import Tried
    from tests.model.server import Reply

LISTED = {"object": "list", "data": [{"id": "llama3.2"}, {"id": "qwen3"}, {"id": "llama3.2"}]}


@asynccontextmanager
async def answering(handle: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> AsyncGenerator[int]:
    """A server on loopback that answers everything like this; its port."""
    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield int(runner.addresses[0][1])
    await runner.cleanup()


async def models(_: web.Request) -> web.Response:
    return web.json_response(LISTED)


async def page(_: web.Request) -> web.Response:
    return web.Response(text="<h1>Jenkins</h1>", content_type="text/html")


async def missing(_: web.Request) -> web.Response:
    return web.json_response({"detail": "Not Found"}, status=404)


async def other_json(_: web.Request) -> web.Response:
    return web.json_response({"data": [1, 2, "three"]})


async def deep(_: web.Request) -> web.Response:
    return web.Response(text="[" * 100_000, content_type="application/json")


async def endless(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    while True:
        await response.write(b" " * 65_536)


async def elsewhere(_: web.Request) -> web.Response:
    return web.Response(status=302, headers={"Location": "http://127.0.0.1:9/v1/models"})


async def slow(_: web.Request) -> web.Response:
    await asyncio.sleep(5)
    return web.json_response(LISTED)


async def no_accounts(_: web.Request) -> web.Response:
    return web.json_response({"error": {"message": "No connected db.", "type": NO_ACCOUNTS, "code": "400"}}, status=400)


async def locked(request: web.Request) -> web.Response:
    if request.headers.get("Authorization") == "Bearer sk-right":
        return web.json_response(LISTED)
    return web.json_response({"error": {"message": "no"}}, status=401)


async def blocked(_: web.Request) -> web.Response:
    return web.Response(status=403, text="<title>Access denied</title> Your token is not known.")


async def unscoped(_: web.Request) -> web.Response:
    return web.json_response({"error": {"message": "Missing scopes: model.read"}}, status=403)


async def plainly(_: web.Request) -> web.Response:
    return web.Response(text="Invalid API key", status=403)


async def hostile(_: web.Request) -> web.Response:
    names = ["good", "bad\x1b[2J", "a\nb", "x" * 500, "", 7]
    return web.json_response({"data": [{"id": name} for name in names]})


async def test_servers_are_found_among_whatever_else_listens_without_waiting_for_the_slow_ones() -> None:
    async with (
        answering(models) as good,
        answering(page) as html,
        answering(missing) as other,
        answering(other_json) as json,
        answering(endless) as big,
        answering(elsewhere) as moved,
        answering(slow) as late,
        answering(locked) as closed,
    ):
        began = time.monotonic()
        found = await look_around((html, other, json, big, moved, late, closed, good, 9), patience=1.5)
        assert time.monotonic() - began < 4.5  # all at once, not one after the other
    assert found == (ModelServer(f"http://127.0.0.1:{good}/v1", ("llama3.2", "qwen3")),)


@pytest.mark.parametrize(
    ("handle", "came"),
    [
        (page, Fitness.OTHER_PROTOCOL),
        (missing, Fitness.OTHER_PROTOCOL),
        (other_json, Fitness.OTHER_PROTOCOL),
        (deep, Fitness.OTHER_PROTOCOL),
        (elsewhere, Fitness.OTHER_PROTOCOL),
        (locked, Fitness.KEY_REFUSED),
        (blocked, Fitness.FORBIDDEN),
        (unscoped, Fitness.KEY_REFUSED),
        (plainly, Fitness.KEY_REFUSED),
        (no_accounts, Fitness.KEY_REFUSED),
        (slow, Fitness.AWAY),
    ],
)
async def test_what_lists_no_models_is_told_apart(
    handle: Callable[[web.Request], Awaitable[web.StreamResponse]], came: Fitness
) -> None:
    async with answering(handle) as port:
        # A busy machine may take a second for any of them; the slow one is never waited for to its end.
        assert await models_at(f"http://127.0.0.1:{port}/v1", "", patience=0.5 if handle is slow else 30.0) is came


async def test_a_key_is_sent_and_opens_the_list() -> None:
    async with answering(locked) as port:
        seen = await models_at(f"http://127.0.0.1:{port}/v1", "sk-right")
    assert isinstance(seen, ModelServer)
    assert seen.models == ("llama3.2", "qwen3")


async def test_names_that_could_do_harm_on_a_screen_are_left_out() -> None:
    async with answering(hostile) as port:
        (found,) = await look_around((port,), patience=5)
    assert found.models == ("good",)


READY = '{"ready": true}'


@pytest.mark.parametrize("api", ["chat", "responses"])
@pytest.mark.parametrize(
    ("reply", "came"),
    [
        (READY, Fitness.ANSWERS),
        (f"<think>Am I?</think>Sure: {READY}", Fitness.ANSWERS),
        ("I am ready.", Fitness.UNREADABLE),
        ("{", Fitness.UNREADABLE),
        ("", Fitness.EMPTY),
        (CUT, Fitness.UNREADABLE),
        (REFUSAL, Fitness.UNREADABLE),
        (Fault(status=401, code="invalid_api_key"), Fitness.KEY_REFUSED),
        (Fault(status=403, message="Missing scopes for this API key"), Fitness.KEY_REFUSED),
        (Fault("body", 403, body="Invalid API key"), Fitness.KEY_REFUSED),
        (Fault("body", 403, body="Your token has expired."), Fitness.KEY_REFUSED),
        (Fault("body", 403, body="Blocked keyword. You have no permission."), Fitness.FORBIDDEN),
        (Fault("body", 403, body="CSRF token missing"), Fitness.FORBIDDEN),
        (Fault("body", 403, body="<h1>No</h1> Is your key right?"), Fitness.FORBIDDEN),
        (Fault("body", 403, body="The key to safe browsing. " * 20), Fitness.FORBIDDEN),
        (Fault(status=403), Fitness.FORBIDDEN),
        (Fault(status=403, code="unsupported_country_region_territory"), Fitness.FORBIDDEN),
        (Fault("body", 403, body="<title>Blocked by your company</title>"), Fitness.FORBIDDEN),
        (Fault("body", 200, body={"error": {"code": "invalid_api_key", "message": "no"}}), Fitness.KEY_REFUSED),
        (Fault("body", 200, body={"error": {"code": 402, "message": "no"}}), Fitness.NO_CREDIT),
        (Fault("body", 200, body={"error": {"message": "ready: true"}}), Fitness.FAILING),
        (Fault(status=400, code=NO_ACCOUNTS, message="No connected db."), Fitness.KEY_REFUSED),
        (Fault(status=402), Fitness.NO_CREDIT),
        (too_many(code="insufficient_quota"), Fitness.NO_CREDIT),
        (too_many({"retry-after": "99"}), Fitness.BUSY),
        (Fault(status=404, code="model_not_found"), Fitness.NO_SUCH_MODEL),
        (Fault(status=404, message="model 'phi' not found, try pulling it first"), Fitness.NO_SUCH_MODEL),
        (Fault(status=404, message="page is gone"), Fitness.OTHER_PROTOCOL),
        (Fault(status=503), Fitness.FAILING),
        (Fault("page"), Fitness.OTHER_PROTOCOL),
        (DROP, Fitness.AWAY),
        (HANG, Fitness.SILENT),
    ],
)
async def test_one_tiny_call_tells_what_is_wrong(reply: Reply, came: Fitness, api: str) -> None:
    assert await tried(reply, api, ModelServer("http://127.0.0.1/v1", ("m-1",))) is came


SAID = [
    (
        Fault(status=403, message="Country, region, or territory not supported"),
        "Country, region, or territory not supported",
    ),
    (Fault("body", 403, body="<html><Title>Blocked\n by your company</Title></html>"), "Blocked by your company"),
    (Fault("body", 403, body="<h1>No</h1>"), ""),
    (Fault("body", 403, body="İİ<TITLE lang=tr>Ağ &amp; Co.</TITLE>"), "Ağ & Co."),
    (Fault("body", 403, body="<title>" * 9999), ""),
    (Fault("string", 403, message="no\x1b[2J way"), "no[2J way"),
    (Fault("list", 403, message="not in this region"), "not in this region"),
    (Fault("body", 403, body={"error": "Forbidden", "detail": "not from here"}), "not from here"),
    (Fault("body", 422, body={"detail": [{"loc": ["body"], "msg": "field required"}]}), "field required"),
    (Fault("body", 403, body={"reason": 7}), '{"reason": 7}'),
    (Fault(status=400, message="bad " * 100), ("bad " * 40).strip()),
    (Fault(status=401, message="no"), ""),
]


@pytest.mark.parametrize(("fault", "said"), SAID, ids=str)
async def test_what_a_server_says_that_refuses_is_told_without_the_key(fault: Fault, said: str, api: str) -> None:
    assert (await asked(fault, api, Fitness.OTHER_PROTOCOL)).said == said


KEY = "a/b'&\"secret"
QUOTED = [
    {"error": {"message": f"blocked: {KEY} may not"}},
    {"detail": f"blocked: {KEY} may not"},
    f"blocked: {KEY} may not",
    f"<title>blocked: {html.escape(KEY)} may not</title>",
    f"blocked: {html.escape(KEY)} may not",
    f"blocked: {html.escape(KEY).replace('&#x27;', '&#39;')} may not",
    f"blocked: {json.dumps(KEY)[1:-1]} may not",
    f"blocked: {json.dumps(KEY, ensure_ascii=False)[1:-1]} may not".replace("/", "\\/"),
]


@pytest.mark.parametrize("body", QUOTED, ids=str)
async def test_a_key_is_not_quoted_however_it_is_written(body: object) -> None:
    assert (await asked(Fault("body", 403, body=body), key=KEY)).said == "blocked: [key] may not"


@pytest.mark.parametrize("key", ["", "x", "ollama"])
async def test_a_word_that_stands_in_for_a_key_stays_in_sentences(key: str) -> None:
    said = "none of the models of ollama fits x"
    assert (await asked(Fault(status=400, message=said), key=key)).said == said


async def tried(reply: Reply, api: str, listed: ModelServer | Fitness) -> Fitness:
    return (await asked(reply, api, listed)).fitness


async def asked(
    reply: Reply, api: str = "chat", listed: ModelServer | Fitness = Fitness.OTHER_PROTOCOL, *, key: str = "kkk"
) -> Tried:
    async with ScriptedModel() as server:
        server.otherwise = reply
        limits = ModelLimits(call=2.0, total=2.0, attempts=1)
        spoken = "chat" if api == "chat" else "responses"
        model = open_model(api_key=key, base_url=server.url, model="m-1", effort="low", limits=limits, api=spoken)
        try:
            return await try_model(model, listed, "m-1")
        finally:
            await model.aclose()


async def test_a_model_that_the_server_does_not_list_is_named_when_it_fails() -> None:
    other = ModelServer("http://127.0.0.1/v1", ("m-2",))
    assert await tried(Fault(status=400, message="bad request"), "chat", other) is Fitness.NO_SUCH_MODEL
    assert await tried(READY, "chat", other) is Fitness.ANSWERS  # not every server lists all that it has
    assert await tried(Fault(status=400, message="bad"), "chat", Fitness.OTHER_PROTOCOL) is Fitness.REFUSES


class Heard:
    """What a server was asked: (path, headers)."""

    def __init__(self) -> None:
        self.requests: list[tuple[str, dict[str, str]]] = []

    async def take(self, request: web.Request) -> web.Response:
        self.requests.append((request.path, {name.lower(): value for name, value in request.headers.items()}))
        return web.json_response({"error": {"message": "no"}}, status=400)


SECRETS = {
    "OPENAI_ORG_ID": "org-zebra",
    "OPENAI_PROJECT_ID": "proj_zebra",
    "OPENAI_CUSTOM_HEADERS": "X-Gateway: zebra",
    "OPENAI_ADMIN_KEY": "sk-admin-zebra",
    "OPENAI_WEBHOOK_SECRET": "whsec_zebra",
}


@pytest.mark.parametrize("api", ["chat", "responses"])
async def test_a_server_of_ones_own_gets_its_key_and_nothing_else_of_the_environment(
    api: Literal["chat", "responses"], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    heard = Heard()
    async with answering(heard.take) as port:
        address = f"http://127.0.0.1:{port}/v1"
        model = open_model(api_key="sk-mine", base_url=address, model="m", effort="", limits=ModelLimits(), api=api)
        await try_model(model, Fitness.OTHER_PROTOCOL, "m")
        await model.aclose()
    assert heard.requests
    for _, headers in heard.requests:
        assert headers["authorization"] == "Bearer sk-mine"
        assert "zebra" not in str(headers)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_no_redirect_takes_the_key_or_the_draft_elsewhere(status: int) -> None:
    elsewhere = Heard()

    async with answering(elsewhere.take) as other:

        async def redirect(request: web.Request) -> web.Response:
            return web.Response(status=status, headers={"Location": f"http://localhost:{other}{request.path}"})

        async with answering(redirect) as port:
            address = f"http://127.0.0.1:{port}/v1"
            apis: list[Literal["chat", "responses"]] = ["chat", "responses"]
            for api in apis:
                model = open_model(
                    api_key="sk-mine", base_url=address, model="m", effort="", limits=ModelLimits(), api=api
                )
                tried = await try_model(model, Fitness.OTHER_PROTOCOL, "m")
                await model.aclose()
                assert tried.reply is None
    assert elsewhere.requests == []
