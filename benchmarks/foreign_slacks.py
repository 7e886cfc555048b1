"""Runs the bot against emulators of Slack that others wrote, does what people do there, and says what came of each.

    python -m benchmarks.foreign_slacks local-slack=http://127.0.0.1:3000 botarium=http://127.0.0.1:7557

Start each emulator as its README says: local-slack with `examples/config.yaml`, botarium with `bun run emulator`. The
bot is `candor serve` as it is, over Socket Mode; its settings name the emulator. A scripted model finds one point in
each draft. Not part of `make test`.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import aiohttp
from aiohttp import web

from benchmarks.bench import CANDOR, ROOT, ended
from tests.model.server import Asked, ScriptedModel, critique, issue, opinions

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator

Json = dict[str, Any]

CLAIM = "cures every cold within a day"
DRAFT = f"Our tonic {CLAIM}.\nCome and taste it on Saturday, batch {{}}."
MILDER = "warms you up"
PATIENCE = 15.0
"""Seconds for anything to appear."""
NOT_EMULATED = "not emulated"


# The emulators.


class Emulator:
    """What people do in an emulator, by its own control interface."""

    settings: dict[str, str]
    lacks: dict[str, str]
    """What it has no control for, by journey, and what is known of that."""
    channel, writer, lead = "", "", ""
    direct = ""
    """Where the writer talks with the bot."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self.url, self.session = url, session
        self.api = f"{url}/api/"
        """Where the bot calls Slack's methods."""

    async def open(self) -> None:
        """What it needs before the bot starts."""

    async def close(self) -> None:
        """End what it needed."""

    async def ready(self) -> None:
        """What it needs once the bot is connected."""

    async def post(self, text: str, *, where: str = "", thread: str = "", user: str = "") -> str:
        """Somebody writes; its ts."""
        raise NotImplementedError

    async def edit(self, ts: str, text: str) -> None:
        """The writer changes a message."""
        raise NotImplementedError

    async def delete(self, ts: str) -> None:
        """The writer deletes a message."""
        raise NotImplementedError

    async def command(self, text: str) -> None:
        """The writer types ``/candor``."""
        raise NotImplementedError

    async def messages(self, where: str = "") -> list[Json]:
        """All that stand in a channel."""
        raise NotImplementedError

    async def click(self, where: str, message: Json, element: Json, chosen: Json, user: str) -> None:
        """Press a button, or choose an option."""
        raise NotImplementedError

    async def window(self) -> Json:
        """The window that is open, or nothing."""
        raise NotImplementedError

    async def submit(self, view: Json, values: Json) -> None:
        """The writer sends the window's form."""
        raise NotImplementedError

    async def said(self, path: str, **body: object) -> Json:
        """Call the control interface."""
        async with self.session.post(f"{self.url}{path}", json=body) as answer:
            return dict(await answer.json())

    async def got(self, path: str) -> Any:  # noqa: ANN401 - JSON of any form
        """Read from it."""
        async with self.session.get(f"{self.url}{path}") as answer:
            return await answer.json()


class LocalSlack(Emulator):
    """parvalabs/local-slack with the workspace of its `examples/config.yaml`."""

    settings = {  # noqa: RUF012 - a constant
        "SLACK_BOT_TOKEN": "xoxb-test-token",
        "SLACK_APP_TOKEN": "xapp-test-token",
        "DRAFT_CHANNELS": "general",
        "BRAND_LEADS": "U02BOB",
    }
    lacks = {"message shortcut": NOT_EMULATED}  # noqa: RUF012 - a constant
    channel, writer, lead, direct = "C01GEN", "U01ALICE", "U02BOB", "U0BOT"

    async def ready(self) -> None:
        """Learn the ids of the direct messages, which exist once somebody has opened the bot's Home."""
        for user in (self.writer, self.lead):
            await self.said("/_control/open-home", user=user)

    async def post(self, text: str, *, where: str = "", thread: str = "", user: str = "") -> str:
        channel = await self._direct(user or self.writer) if where == self.direct else self.channel
        more = {"thread_ts": thread} if thread else {}
        body = {"channel": channel, "user": user or self.writer, "text": text, **more}
        return str((await self.said("/_control/message", **body))["message"]["ts"])

    async def edit(self, ts: str, text: str) -> None:
        await self.said("/_control/edit-message", channel=self.channel, ts=ts, user=self.writer, text=text)

    async def delete(self, ts: str) -> None:
        await self.said("/_control/delete-message", channel=self.channel, ts=ts, user=self.writer)

    async def command(self, text: str) -> None:
        await self.said("/_control/command", channel=self.channel, user=self.writer, command="/candor", text=text)

    async def messages(self, where: str = "") -> list[Json]:
        channel = await self._direct(where) if where.startswith("U") else where or self.channel
        return list((await self.got(f"/_control/messages/{channel}"))["messages"])

    async def click(self, where: str, message: Json, element: Json, chosen: Json, user: str) -> None:
        channel = await self._direct(where) if where.startswith("U") else where
        body = {"channel": channel, "messageTs": message["ts"], "user": user, "action": element | chosen}
        await self.said("/_control/interact", **body)

    async def window(self) -> Json:
        stack: list[Json] = (await self._seen())["modalStack"]
        return stack[-1] if stack else {}

    async def submit(self, view: Json, values: Json) -> None:
        assert view == await self.window()
        async with self.session.ws_connect(f"{self.url}/ui") as page:
            await page.send_json({"t": "view_submit", "user": self.writer, "values": values})
            await asyncio.sleep(0.5)  # it closes what is open as soon as the page goes

    async def _seen(self) -> Json:
        async with self.session.ws_connect(f"{self.url}/ui") as page:
            return dict((await page.receive_json())["state"])

    async def _direct(self, user: str) -> str:
        there = (await self.got("/_control/state"))["channels"]
        person = self.writer if user == self.direct else user
        return next(str(one["id"]) for one in there if one["is_im"] and person in one["members"])


class Botarium(Emulator):
    """tyom/botarium's emulator. It wants the bot registered, which bots made for it do themselves.

    It can't say who is in a channel, and Candor lets no click pass if Slack doesn't say: a proxy in front adds that.
    """

    settings = {  # noqa: RUF012 - a constant
        "SLACK_BOT_TOKEN": "xoxb-BOT",
        "SLACK_APP_TOKEN": "xapp-BOT",
        "DRAFT_CHANNELS": "C_GENERAL",
        "BRAND_LEADS": "U02BOB",
    }
    lacks = {  # noqa: RUF012 - a constant
        **dict.fromkeys(("edit", "deletion"), NOT_EMULATED),
        **dict.fromkeys(
            ("/candor review", "/candor help", "/candor settings"), "answered, but it shows no such answer"
        ),
        "message shortcut": "sent as a global one, which Candor acknowledges",
    }
    channel, writer, lead, direct = "C_GENERAL", "U_USER", "U02BOB", "D_BOT"

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        super().__init__(url, session)
        self.views: list[Json] = []
        self._listening: asyncio.Task[None] | None = None
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._method)
        self._front = web.AppRunner(app)

    async def open(self) -> None:
        await self._front.setup()
        await web.TCPSite(self._front, "127.0.0.1", 0).start()
        self.api = f"http://127.0.0.1:{self._front.addresses[0][1]}/api/"

    async def close(self) -> None:
        assert self._listening
        self._listening.cancel()
        await self._front.cleanup()

    async def _method(self, request: web.Request) -> web.Response:
        match request.match_info["method"]:
            case "users.conversations":
                return web.json_response({"ok": True, "channels": [{"id": self.channel, "name": "general"}]})
            case "users.info":
                person = {"id": request.query["user"], "team_id": "T_SIMULATOR"}
                return web.json_response({"ok": True, "user": person})
            case "conversations.open":
                return web.json_response({"ok": True, "channel": {"id": self.direct}})
            case _:
                names = ("Authorization", "Content-Type")
                kept = {name: request.headers[name] for name in names if name in request.headers}
                call = self.session.request(
                    request.method, f"{self.url}{request.path_qs}", data=await request.read(), headers=kept
                )
                async with call as answer:
                    return web.Response(body=await answer.read(), status=answer.status, content_type="application/json")

    async def ready(self) -> None:
        self._listening = asyncio.create_task(self._listen())
        app = {"id": "BOT", "name": "Candor", "description": ""}
        commands = [{"command": "/candor", "description": ""}]
        await self.said("/api/config/register", app=app, commands=commands, actions={}, modals={}, shortcuts=[])

    async def _listen(self) -> None:
        async with self.session.get(f"{self.url}/api/simulator/events", timeout=aiohttp.ClientTimeout()) as events:
            async for line in events.content:
                event: Json = json.loads(line[5:]) if line.startswith(b"data:") else {}
                if event.get("type") in {"view_open", "view_update"}:
                    self.views.append({**event["view"], "id": event["viewId"]})
                elif event.get("type") == "view_close":
                    self.views.clear()

    async def post(self, text: str, *, where: str = "", thread: str = "", user: str = "") -> str:
        more = {"thread_ts": thread} if thread else {}
        body = {"channel": where or self.channel, "user": user or self.writer, "text": text, **more}
        return str((await self.said("/api/simulator/user-message", **body))["ts"])

    async def command(self, text: str) -> None:
        body = {"command": "/candor", "text": text, "channel": self.channel, "user": self.writer}
        await self.said("/api/simulator/slash-command", **body)

    async def messages(self, where: str = "") -> list[Json]:
        there = await self.got("/api/simulator/messages")
        place = where or self.channel
        return [one | {"thread_ts": one.get("threadTs")} for one in there if one["channel"] == place]

    async def click(self, where: str, message: Json, element: Json, chosen: Json, user: str) -> None:
        body = {"message_ts": message["ts"], "channel_id": where, "user": user, "element_type": element["type"]}
        named = {name: element[name] for name in ("action_id", "block_id", "value") if name in element}
        await self.said("/api/simulator/block-action", **body, **named, **chosen)

    async def window(self) -> Json:
        return self.views[-1] if self.views else {}

    async def submit(self, view: Json, values: Json) -> None:
        await self.said("/api/simulator/view-submit", view_id=view["id"], values=values)


EMULATORS: dict[str, type[Emulator]] = {"local-slack": LocalSlack, "botarium": Botarium}


# What people see and do there.


class Person:
    """Somebody at an emulator with a running bot."""

    def __init__(self, emulator: Emulator) -> None:
        self.at = emulator
        self._number = int(time.time())

    async def drafts(self) -> tuple[str, Json]:
        """Post a draft; it, and its reply."""
        self._number += 1
        ts = await self.at.post(DRAFT.format(self._number))
        return ts, await self.sees(MILDER, ts)

    async def sees(self, words: str, thread: str = "", where: str = "", *, ephemeral: bool = False) -> Json:
        """The newest message that says so, once it is there; in a thread if that is named."""
        async with asyncio.timeout(PATIENCE):
            while True:
                for message in reversed(await self.at.messages(where)):
                    fits = not thread or message.get("thread_ts") == thread
                    if fits and words in everything(message) and (not ephemeral or is_private(message)):
                        return message
                await asyncio.sleep(0.2)

    async def presses(self, label: str, message: Json, user: str = "", where: str = "") -> None:
        """Press the first button, or choose the option, with such a label."""
        for element in elements(message):
            if element.get("text", {}).get("text") == label and element["type"] == "button":
                return await self.at.click(where or self.at.channel, message, element, {}, user or self.at.writer)
            for option in element.get("options", ()):
                if option["text"]["text"] == label:
                    chosen = {"selected_option": option}
                    return await self.at.click(where or self.at.channel, message, element, chosen, self.at.writer)
        raise LookupError(label)

    async def opens(self, title: str) -> Json:
        """The window with such a title, once it is open."""
        async with asyncio.timeout(PATIENCE):
            while title not in json.dumps((view := await self.at.window()).get("title", "")):
                await asyncio.sleep(0.2)
        return view


def everything(message: Json) -> str:
    """All words of a message."""
    return message.get("text", "") + json.dumps(message.get("blocks") or [], ensure_ascii=False)


def is_private(message: Json) -> bool:
    """Whether only one person sees it."""
    return message.get("subtype") == "ephemeral" or "ephemeral_to" in message


def elements(message: Json) -> Iterator[Json]:
    """What one can press."""
    blocks: list[Json] = message.get("blocks") or []
    for block in blocks:
        there: list[Json] = [*block.get("elements", ()), block.get("accessory", {})]
        for element in there:
            if "action_id" in element:
                yield {"block_id": block.get("block_id"), **element}


async def reply(person: Person) -> str:
    """A draft gets its reply."""
    ts, message = await person.drafts()
    assert message["thread_ts"] == ts
    return "in its thread"


async def edit(person: Person) -> str:
    """An edit updates it."""
    ts, message = await person.drafts()
    await person.at.edit(ts, f"Our tonic {MILDER}.\nCome and taste it on Saturday.")
    fixed = await person.sees("Nothing", ts)
    assert fixed["ts"] == message["ts"]
    return "the same message says what is fixed"


async def use(person: Person) -> str:
    """Use this gives the clean text."""
    ts, message = await person.drafts()
    await person.presses("Use this", message)
    await person.sees(f"Our tonic {MILDER}.", ts)
    return "the clean text in the thread"


async def dismiss(person: Person) -> str:
    """Dismiss asks why, and the reply says so."""
    ts, message = await person.drafts()
    await person.presses("Dismiss", message)
    view = await person.opens("Dismiss this point")
    row = next(block for block in view["blocks"] if block["type"] == "input")
    element = row["element"]
    option = {"type": element["type"], "selected_option": element["options"][0]}
    await person.at.submit(view, {row["block_id"]: {element["action_id"]: option}})
    await person.sees("Dismissed", ts)
    return "window, and the reply says who"


async def why(person: Person) -> str:
    """Why opens the guideline."""
    _, message = await person.drafts()
    await person.presses("Why", message)
    await person.opens("Why")
    return "window"


def command(text: str, words: str) -> Callable[[Person], Awaitable[str]]:
    """A command is answered in private."""

    async def typed(person: Person) -> str:
        await person.at.command(text)
        await person.sees(words, ephemeral=True)
        return "in private"

    return typed


async def settings(person: Person) -> str:
    """The window, which is for brand leads; others read who may."""
    await person.at.command("settings")
    await person.sees("brand lead", ephemeral=True)
    return "in private: who may change them"


async def direct(person: Person) -> str:
    """A draft in a direct message."""
    ts = await person.at.post(DRAFT.format("in private"), where=person.at.direct)
    await person.sees(MILDER, ts, person.at.direct)
    return "in its thread"


async def sign_off(person: Person) -> str:
    """Asked for from the menu, told to the lead, approved."""
    ts, message = await person.drafts()
    await person.presses("Ask for sign-off", message)
    asked = await person.sees("Sign-off requested by", ts)
    await person.presses("Approve", asked, person.at.lead)
    await person.sees("Approved by", ts)
    return "record in the thread"


async def no_control(_: Person) -> str:
    """Neither of the two sends what Slack sends from a message's menu."""
    raise NotImplementedError


async def deletion(person: Person) -> str:
    """The reply goes with the draft."""
    ts, message = await person.drafts()
    await person.at.delete(ts)
    async with asyncio.timeout(PATIENCE):
        while any(one["ts"] == message["ts"] for one in await person.at.messages()):
            await asyncio.sleep(0.2)
    return "the reply is gone"


JOURNEYS: dict[str, Callable[[Person], Awaitable[str]]] = {
    "draft": reply,
    "edit": edit,
    "Use this": use,
    "Dismiss": dismiss,
    "Why": why,
    "/candor review": command(f"review {DRAFT.format('typed')}", MILDER),
    "/candor help": command("help", "/candor review"),
    "/candor settings": settings,
    "direct message": direct,
    "sign-off": sign_off,
    "deletion": deletion,
    "message shortcut": no_control,
}


def answer(asked: Asked) -> Json | str:
    """One point where the words are."""
    if asked.streams:
        return "I read drafts before the audience does."
    if asked.is_second_opinion:
        return opinions("keep")(asked)
    if "ready" in asked.schema.get("properties", {}):
        return {"ready": True}
    point = issue(CLAIM, "authenticity/claim-evidence", replacement=MILDER, why="Nobody has shown that.")
    return critique(*([point] if CLAIM in asked.draft else []))(asked)


@asynccontextmanager
async def candor(emulator: Emulator, model: ScriptedModel) -> AsyncGenerator[None]:
    """The bot, connected."""
    with tempfile.TemporaryDirectory() as folder:
        environment = emulator.settings | {
            "PATH": "/usr/bin:/bin",
            "PYTHONPATH": str(ROOT),
            "PROMPTS_DIR": str(ROOT / "prompts"),
            "SLACK_API_URL": emulator.api,
            "OPENAI_BASE_URL": model.url,
            "DATA_DIR": folder,
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable, *CANDOR, env=environment, cwd=ROOT, stdout=asyncio.subprocess.PIPE
        )
        assert process.stdout is not None
        await process.stdout.readline()
        yield
        await ended(process)


async def play(name: str, url: str) -> dict[str, str]:
    """All journeys at one emulator."""
    came: dict[str, str] = {}
    async with ScriptedModel() as model, aiohttp.ClientSession() as session:
        model.otherwise = answer
        emulator = EMULATORS[name](url, session)
        await emulator.open()
        async with candor(emulator, model):
            await emulator.ready()
            person = Person(emulator)
            for what, journey in JOURNEYS.items():
                came[what] = emulator.lacks.get(what) or await walked(journey, person)
                sys.stdout.write(f"{name:12} {what:18} {came[what]}\n")
                sys.stdout.flush()
        await emulator.close()
    return came


async def walked(journey: Callable[[Person], Awaitable[str]], person: Person) -> str:
    """What came of one."""
    began = time.monotonic()
    try:
        said = await journey(person)
    except (TimeoutError, LookupError, AssertionError) as error:
        return f"NOT SEEN: {type(error).__name__} {error}".strip()
    return f"{said} ({time.monotonic() - began:.1f} s)"


async def main(servers: list[str]) -> None:
    """One emulator after the other."""
    for server in servers:
        name, _, url = server.partition("=")
        await play(name, url.rstrip("/"))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
