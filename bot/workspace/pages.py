"""The page in the browser: a shell, and the parts that change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from importlib.resources import files
from typing import TYPE_CHECKING

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.core.words import installing as model_words
from bot.core.words import workspace as words
from bot.workspace.connecting import says_none
from bot.workspace.rendering.blocks import blocks
from bot.workspace.rendering.elements import plain
from bot.workspace.rendering.messages import day, show
from bot.workspace.rendering.safe import Scene
from bot.workspace.shapes import objects
from bot.workspace.unread import unread

if TYPE_CHECKING:
    from markupsafe import Markup

    from bot.workspace.hub import Hub
    from bot.workspace.rendering.messages import Shown
    from bot.workspace.shapes import Json
    from bot.workspace.team import Channel, Person, Team

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

    async def shell(self, request: web.Request) -> web.StreamResponse:
        """The whole page."""
        place = self._place(request)
        known = place.channel.find(place.thread) or place.channel.thread(place.thread)
        return self._html("shell.html", place if known else replace(place, thread=""))

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
            words=words,
            models=self._hub.models,
            model_words=model_words,
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
        return [(day(message), show(place.channel, message, scene, place.person.id)) for message in listed]

    def _thread(self, place: PageContext, scene: Scene) -> list[Shown]:
        if not place.thread:
            return []
        start = place.channel.find(place.thread)
        own = [m for m in place.channel.ephemerals if m["to"] == place.person.id]
        below = [*place.channel.thread(place.thread), *(m for m in own if m.get("thread_ts") == place.thread)]
        listed = [*([start] if start else []), *sorted(below, key=_moment)]
        return [show(place.channel, message, scene, place.person.id) for message in listed]

    def _place(self, request: web.Request) -> PageContext:
        team = self._hub.state.teams.get(request.query.get("team", ""), self._hub.state.first)
        people = list(team.people.values())
        person = team.people.get(request.query.get("as", ""), people[0])
        wanted = request.query.get("channel", "")
        channel = team.channels.get(wanted)
        if wanted == team.bot.user_id:
            channel = team.direct_message(team.bot.user_id, person.id)
        if channel is None or (channel.kind != "channel" and person.id not in channel.members):
            channel = next(c for c in team.channels.values() if c.kind == "channel")
        tab = "home" if request.query.get("tab") == "home" and channel.kind == "im" else "messages"
        return PageContext(team, person, channel, request.query.get("thread", ""), tab)


def _direct(place: PageContext) -> Channel | None:
    """The person's messages with the app, if there are any yet: to look at a page opens none."""
    channels = place.team.channels.values()
    return next((one for one in channels if one.kind == "im" and place.person.id in one.members), None)


def _blocks_of(scene: Scene, view: Json) -> Markup:
    return blocks(objects(view["blocks"]), scene)


def _moment(message: Json) -> str:
    return str(message["ts"])
