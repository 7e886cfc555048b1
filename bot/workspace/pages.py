"""The page in the browser: a shell, the parts that change, what tells of changes, and the page of an installation."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, replace
from functools import partial
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.core.words import installing as installing_words
from bot.core.words import workspace as workspace_words
from bot.workspace.connecting import says_none
from bot.workspace.oauth import Consent
from bot.workspace.rendering.blocks import blocks
from bot.workspace.rendering.elements import plain
from bot.workspace.rendering.messages import day, show
from bot.workspace.rendering.safe import Scene
from bot.workspace.shapes import objects
from bot.workspace.talk import unread

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup

    from bot.workspace.changes import Change
    from bot.workspace.hub import Hub
    from bot.workspace.rendering.messages import Shown
    from bot.workspace.shapes import Json
    from bot.workspace.state import Channel, Person, Team


# The page in the browser: a shell, and the parts that change.

_FOLDER = str(files("bot.workspace").joinpath("page"))
_ASSETS = {
    "early.js": "text/javascript",
    "app.js": "text/javascript",
    "clock.js": "text/javascript",
    "composer.js": "text/javascript",
    "keys.js": "text/javascript",
    "model.js": "text/javascript",
    "parts.js": "text/javascript",
    "traffic.js": "text/javascript",
    "workflow.js": "text/javascript",
    "style.css": "text/css",
    "icon.svg": "image/svg+xml",
    "raffle.png": "image/png",
}
_RUNS = 5
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' http: https:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True)
class PageContext:
    """What a page shows and to whom."""

    team: Team
    person: Person
    channel: Channel
    thread: str
    tab: str
    gone: bool = False
    """True where somebody followed a link to a message that is gone."""


class Pages:
    """Answers ``/``, ``/page/<part>`` and the page's two files."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        loader = FileSystemLoader(_FOLDER)
        self.templates = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Put the page into a server."""
        router.add_get("/", self.shell)
        router.add_get("/page/{part:model|switch|places|messages|thread|window|home|runs}", self.part)
        router.add_get("/asset/{name}", self.asset)
        router.add_get("/archives/{channel}/p{digits:[0-9]+}", self.permalink)

    async def shell(self, request: web.Request) -> web.StreamResponse:
        """The whole page."""
        place = self._place(request)
        known = place.channel.find(place.thread) or place.channel.thread(place.thread)
        return self._html("shell.html", place if known else replace(place, thread=""))

    async def permalink(self, request: web.Request) -> web.StreamResponse:
        """On to the message that one of Slack's links means: its channel, its thread, or a word that it is gone."""
        teams = self._hub.state.teams
        channel_id, query = request.match_info["channel"], request.query
        named = [teams[query["team"]]] if query.get("team") in teams else []
        team = next((one for one in (*named, *teams.values()) if channel_id in one.channels), self._hub.state.first)
        channel = team.channels.get(channel_id)
        person = team.people.get(query.get("as", "")) or _reader(team, channel)
        to = {"team": team.id, "as": person.id, "channel": channel_id}
        thread = _thread_of(channel, query, request.match_info["digits"]) if may_read(channel, person) else None
        to |= {"gone": "1"} if thread is None else {"thread": thread}
        return web.Response(status=302, headers={"Location": f"/?{urlencode(to)}", "Cache-Control": "no-store"})

    async def part(self, request: web.Request) -> web.StreamResponse:
        """A part of it, fresh."""
        return self._html(f"{request.match_info['part']}.html", self._place(request))

    async def asset(self, request: web.Request) -> web.StreamResponse:
        """The script, the styles or the icon."""
        name = request.match_info["name"]
        if name not in _ASSETS:
            return web.Response(status=404)
        content = files("bot.workspace").joinpath("page", name).read_bytes()
        return web.Response(body=content, content_type=_ASSETS[name], charset="utf-8", headers=_HEADERS)

    def _html(self, template: str, place: PageContext) -> web.Response:
        views = self._hub.views.stack(place.team.id, place.person.id)
        scene = Scene(place.team, self._hub.url)
        home = place.team.homes.get(place.person.id)
        html = self.templates.get_template(template).render(
            words=workspace_words,
            models=self._hub.models,
            model_words=installing_words,
            no_model=says_none(self._hub),
            connected=self._hub.is_connected(),
            switch=self._hub.switch,
            place=place,
            now=self._hub.clock.now(),
            teams=list(self._hub.state.teams.values()),
            manifest=self._hub.manifest,
            messages=partial(self._messages, place, scene),
            thread=partial(self._thread, place, scene),
            unread=partial(unread, place.team, place.person.id),
            direct=_direct(place),
            status=self._hub.statuses.get((place.channel.id, place.thread), ""),
            prompts=self._hub.prompts.get((place.channel.id, ""), []),
            view=views[-1] if views else None,
            blocks=partial(_blocks_of, scene),
            home=home,
            plain=plain,
            steps=self._hub.functions.offered,
            runs=self._hub.functions.runs(place.team.id)[:_RUNS],
        )
        return web.Response(text=html, content_type="text/html", headers=_HEADERS)

    def _messages(self, place: PageContext, scene: Scene) -> list[tuple[str, Shown]]:
        own = [m for m in place.channel.ephemerals if m["to"] == place.person.id and not m.get("thread_ts")]
        listed = sorted([*place.channel.top_level(), *own], key=_moment)
        return [(day(message), show(place.channel, message, scene, person=place.person.id)) for message in listed]

    def _thread(self, place: PageContext, scene: Scene) -> list[Shown]:
        if not place.thread:
            return []
        start = place.channel.find(place.thread)
        own = [m for m in place.channel.ephemerals if m["to"] == place.person.id]
        below = [*place.channel.thread(place.thread), *(m for m in own if m.get("thread_ts") == place.thread)]
        listed = [*([start] if start else []), *sorted(below, key=_moment)]
        return [show(place.channel, message, scene, person=place.person.id) for message in listed]

    def _place(self, request: web.Request) -> PageContext:
        team = self._hub.state.teams.get(request.query.get("team", ""), self._hub.state.first)
        people = list(team.people.values())
        person = team.people.get(request.query.get("as", ""), people[0])
        wanted = request.query.get("channel", "")
        channel = team.channels.get(wanted)
        if wanted == team.bot.user_id:
            channel = team.direct_message(team.bot.user_id, person.id)
        if channel is None or not may_read(channel, person):
            channel = next(c for c in team.channels.values() if c.kind == "channel")
        tab = "home" if request.query.get("tab") == "home" and channel.kind == "im" else "messages"
        thread, gone = request.query.get("thread", ""), bool(request.query.get("gone"))
        return PageContext(team, person, channel, thread=thread, tab=tab, gone=gone)


def may_read(channel: Channel | None, person: Person) -> bool:
    """Whether a person sees what is written there."""
    return channel is not None and (channel.kind == "channel" or person.id in channel.members)


def _reader(team: Team, channel: Channel | None) -> Person:
    """Whoever follows a link that doesn't say as whom: the first who may."""
    people = list(team.people.values())
    return next((one for one in people if may_read(channel, one)), people[0])


def _thread_of(channel: Channel | None, query: Mapping[str, str], digits: str) -> str | None:
    """The thread that a link's message stands in; None where the message is gone."""
    message = channel.find(f"{digits[:-6]}.{digits[-6:]}") if channel else None
    return (message.get("thread_ts") or query.get("thread_ts") or message["ts"]) if message else None


def _direct(place: PageContext) -> Channel | None:
    """The person's messages with the app, if there are any yet: to look at a page opens none."""
    channels = place.team.channels.values()
    return next((one for one in channels if one.kind == "im" and place.person.id in one.members), None)


def _blocks_of(scene: Scene, view: Json) -> Markup:
    return blocks(objects(view["blocks"]), scene)


def _moment(message: Json) -> str:
    return str(message["ts"])


# The page on which a person lets an app into a workspace.

AUTHORIZE = "/oauth/v2/authorize"


class OAuthPages:
    """Answers ``/oauth/v2/authorize``."""

    def __init__(self, hub: Hub, templates: Environment) -> None:
        self._hub = hub
        self._templates = templates

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Put the page into a server."""
        router.add_get(AUTHORIZE, self.ask)
        router.add_post(AUTHORIZE, self.decide)

    async def ask(self, request: web.Request) -> web.StreamResponse:
        """Who lets the app in where?"""
        query = request.query
        app = self._hub.oauth.app(query.get("client_id", ""))
        redirect_uri = query.get("redirect_uri", "")
        if app is None or not self._may_return(redirect_uri):
            return web.Response(status=400, text=workspace_words.CANNOT_AUTHORIZE)
        html = self._templates.get_template("authorize.html").render(
            words=workspace_words,
            app=app,
            asked=query,
            scopes=query.get("scope", "").split(","),
            teams=list(self._hub.state.teams.values()),
        )
        back = urlsplit(redirect_uri)
        # Browsers hold the redirect after a form to the policy, too.
        policy = f"default-src 'none'; style-src 'self'; form-action 'self' {back.scheme}://{back.netloc}"
        headers = {"Content-Security-Policy": f"{policy}; frame-ancestors 'none'", "Cache-Control": "no-store"}
        return web.Response(text=html, content_type="text/html", headers=headers)

    async def decide(self, request: web.Request) -> web.StreamResponse:
        """Back to the app, with a code or with a refusal."""
        form = {key: str(value) for key, value in (await request.post()).items()}
        redirect_uri, team_id = form.get("redirect_uri", ""), form.get("team", "")
        team = self._hub.state.teams.get(team_id.removeprefix("org:"))
        if not self._may_return(redirect_uri) or team is None or self._hub.oauth.app(form["client_id"]) is None:
            return web.Response(status=400, text=workspace_words.CANNOT_AUTHORIZE)
        answer = {"state": form.get("state", "")}
        if form.get("decision") == "allow":
            admin = next(iter(team.people))
            answer["code"] = self._hub.oauth.code(Consent(team, admin, redirect_uri, whole=team_id.startswith("org:")))
        else:
            answer["error"] = "access_denied"
        return web.Response(status=302, headers={"Location": f"{redirect_uri}?{urlencode(answer)}"})

    def _may_return(self, redirect_uri: str) -> bool:
        """As Slack: only to an address that the app's manifest names, or one below it. Without any: to this machine."""
        named = self._hub.manifest.redirect_urls
        if named:
            return any(redirect_uri.startswith(url) for url in named)
        return urlsplit(redirect_uri).hostname in {"127.0.0.1", "localhost"}


# Tells open pages that something changed, as server-sent events.

_STILL_THERE = 15.0
_MOST_WAITING = 1000


class Live:
    """Answers ``/local/events``. An event says what changed and where; the page then asks for the new parts."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._open: set[asyncio.Queue[str]] = set()
        self._closing = False
        hub.changes.listen(self._changed)
        hub.traffic.listeners.append(self._traffic)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One page listens."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        await response.write(b"retry: 1000\n\n")
        waiting: asyncio.Queue[str] = asyncio.Queue(_MOST_WAITING)
        self._open.add(waiting)
        try:
            while not self._closing:
                await response.write(await self._next(waiting))
        except ConnectionResetError:
            pass
        finally:
            self._open.discard(waiting)
        return response

    async def _next(self, waiting: asyncio.Queue[str]) -> bytes:
        try:
            data = await asyncio.wait_for(waiting.get(), _STILL_THERE)
        except TimeoutError:
            return b": still here\n\n"
        return f"data: {data}\n\n".encode() if data else b": bye\n\n"

    def stop(self) -> None:
        """Let every page go."""
        self._closing = True
        self._send("")

    def start(self) -> None:
        """Take pages in."""
        self._closing = False

    def _changed(self, change: Change) -> None:
        ts = change.message.get("thread_ts") or change.message.get("ts") or ""
        told: Json = {"kind": change.kind, "team": change.team, "channel": change.channel, "user": change.user}
        told["reply"] = bool(change.message.get("thread_ts"))
        self._send(json.dumps({**told, "ts": ts, "connected": self._hub.is_connected()}))

    def _traffic(self, entry: Json) -> None:
        self._send(json.dumps({"kind": "traffic", "n": entry["n"]}))

    def _send(self, data: str) -> None:
        for waiting in self._open:
            if not waiting.full():
                waiting.put_nowait(data)
