"""The control interface under ``/local``: what Slack has no API for. Bodies and answers are JSON.

``team`` is a team's id (without it: the first team), ``by`` a person's name or id, ``channel`` an id, ``#name`` or
``@name`` for the bot's direct message with somebody. A refusal is ``{"ok": false, "error": ...}``.

==========================  ==========================================================================================
GET  /local/state           teams, people, channels with their messages
POST /local/post            channel, text, by, thread_ts: post as a person; answers ts
POST /local/share           channel, text, name, content (base64), alt_text, by: post a file; answers ts
POST /local/edit            channel, ts, text, by
POST /local/delete          channel, ts, by
POST /local/react           channel, ts, name, by: adds the reaction, or takes it back
POST /local/unfurl          channel, ts, attachments: Slack adds link previews
POST /local/click           by, action_id, value, block_id, state, and channel + ts or view_id; answers what was acked
POST /local/command         channel, text ("/candor help"), by
POST /local/shortcut        callback_id, by; with channel and ts it is a message shortcut
GET  /local/views           by: the windows that are open, the last on top
POST /local/submit          view_id, values {block_id: {action_id: value}}, by
POST /local/close           view_id, by
GET  /local/home            by: the Home tab as the bot published it
POST /local/home            by, tab (home or messages): look at it
POST /local/read            channel, and thread for one of its threads; by: everything there was seen
POST /local/function        callback_id, inputs: a workflow runs a step of the app; answers run
GET  /local/functions       the runs of steps, the latest first, with their outputs or their error
POST /local/join            channel, and by; without by it is the bot that joins
POST /local/leave           the same
POST /local/uninstall       an admin removes the app from the workspace
POST /local/switch          choice: let the app run another way; with channel and ts a message to look at again
POST /local/event           event: send any event
GET  /local/traffic         after: calls, envelopes and acknowledgements with a greater number
POST /local/traffic/clear   forget them
GET  /local/faults          the faults in wait, and what was lost
POST /local/faults          method, status, error, retry_after, times, delay, drop, half; or drop_sockets,
                            refresh_sockets, refuse_tickets, hold_acks
POST /local/faults/clear    no more faults
POST /local/redeliver       event_id, or last (how many): send events again, as they were
GET  /local/clock           now: seconds since 1970
POST /local/clock           advance: seconds
GET  /local/events          everything that happens, as server-sent events
     /local/model...        see `bot.workspace.connecting`
==========================  ==========================================================================================
"""

from __future__ import annotations

import base64
from dataclasses import asdict
from typing import TYPE_CHECKING

from aiohttp import web

from bot.workspace.api import shown
from bot.workspace.changes import Change
from bot.workspace.faults import Fault
from bot.workspace.shapes import ApiRefusal, an_object, objects
from bot.workspace.switching import Spot
from bot.workspace.talk import mark_read

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.workspace.acting import Acting
    from bot.workspace.shapes import Json
    from bot.workspace.state import Channel, Person, Team


# How the control interface answers.

_BAD = 400


def answering(
    do: Callable[[Json], Awaitable[Json]], *, query: bool = True
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """A handler that takes the body and, where ``query`` says so, the query as one object, and answers JSON.

    A refusal has status 200 and ``ok: false``, as in Slack's Web API; only a malformed request has status 400.
    """

    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            body = an_object(await request.json()) if request.can_read_body else {}
            return web.json_response({"ok": True, **await do({**request.query, **body} if query else body)})
        except ApiRefusal as refused:
            return web.json_response(refused.answer())
        except KeyError as error:
            return web.json_response({"ok": False, "error": "not_found", "name": str(error.args[0])}, status=_BAD)
        except (TypeError, ValueError) as error:
            return web.json_response({"ok": False, "error": "invalid_arguments", "name": str(error)}, status=_BAD)

    return handle


# The part of the control interface that watches and breaks things.

_SOCKETS = ("drop_sockets", "refresh_sockets", "refuse_tickets", "hold_acks")


class FaultControl:
    """Answers ``/local/traffic``, ``/local/faults``, ``/local/redeliver`` and ``/local/clock``."""

    def __init__(self, workspace: Acting) -> None:
        self._workspace = workspace

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Put the interface into a server."""
        router.add_get("/local/traffic", answering(self.traffic))
        router.add_post("/local/traffic/clear", answering(self.clear_traffic))
        router.add_get("/local/faults", answering(self.faults))
        router.add_post("/local/faults", answering(self.set_fault))
        router.add_post("/local/faults/clear", answering(self.clear_faults))
        router.add_post("/local/redeliver", answering(self.redeliver))
        router.add_get("/local/clock", answering(self.time))
        router.add_post("/local/clock", answering(self.clock))

    async def traffic(self, body: Json) -> Json:
        """What went over the wire."""
        return {"traffic": self._workspace.traffic.after(int(body.get("after") or 0))}

    async def clear_traffic(self, _: Json) -> Json:
        """Forget it."""
        self._workspace.traffic.clear()
        return {}

    async def faults(self, _: Json) -> Json:
        """What is going to go wrong, and what did."""
        faults, courier = self._workspace.faults, self._workspace.courier
        return {**asdict(faults), "lost": [parcel.payload for parcel in courier.lost], "undelivered": courier.busy}

    async def set_fault(self, body: Json) -> Json:
        """Let something go wrong."""
        faults = self._workspace.faults
        out: Json = {}
        sockets = {name: body.pop(name) for name in _SOCKETS if name in body}
        if body or not sockets:
            faults.add(Fault.of(body))
        faults.refuse_tickets = int(sockets.get("refuse_tickets") or faults.refuse_tickets)
        faults.hold_acks = int(sockets.get("hold_acks") or faults.hold_acks)
        if sockets.get("refresh_sockets"):
            await self._workspace.sockets.refresh()
        if sockets.get("drop_sockets"):
            out["dropped"] = self._workspace.sockets.drop()
        return out

    async def clear_faults(self, _: Json) -> Json:
        """Everything works again."""
        self._workspace.faults.clear()
        return {}

    async def redeliver(self, body: Json) -> Json:
        """Send events again: one by its id, or the last ones, the newest first."""
        courier, event_id = self._workspace.courier, body.get("event_id")
        named = [parcel for parcel in courier.sent if parcel.payload.get("event_id") == event_id]
        again = named[:1] if event_id else courier.sent[-int(body.get("last") or 1) :][::-1]
        if not again:
            code = "no_such_event"
            raise ApiRefusal(code)
        for parcel in again:
            courier.send_event(parcel)
        return {"events": [parcel.payload["event_id"] for parcel in again]}

    async def time(self, _: Json) -> Json:
        """What time it is here."""
        return {"now": self._workspace.hub.clock.now()}

    async def clock(self, body: Json) -> Json:
        """Move time ahead."""
        self._workspace.advance(float(body["advance"]))
        return {"now": self._workspace.hub.clock.now()}


class Control:
    """Answers ``/local/...``."""

    def __init__(self, workspace: Acting) -> None:
        self._workspace = workspace

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Put the interface into a server."""
        posts = (
            "post",
            "share",
            "edit",
            "delete",
            "react",
            "unfurl",
            "click",
            "command",
            "shortcut",
            "submit",
            "close",
        )
        for name in (*posts, "read", "function", "join", "leave", "uninstall", "switch", "event"):
            router.add_post(f"/local/{name}", answering(getattr(self, name)))
        for name, do in (
            ("state", self.state),
            ("views", self.views),
            ("home", self.home),
            ("functions", self.functions),
        ):
            router.add_get(f"/local/{name}", answering(do))
        router.add_post("/local/home", answering(self.open_home))
        FaultControl(self._workspace).add_routes(router)

    async def state(self, body: Json) -> Json:
        """Everything there is."""
        teams = [self._workspace.state.team(body["team"])] if body.get("team") else self._workspace.state.teams.values()
        return {"teams": [_team(team) for team in teams]}

    async def post(self, body: Json) -> Json:
        """Post as a person."""
        more = {"by": _by(body), "thread_ts": str(body.get("thread_ts") or ""), "team": _in(body)}
        return {"ts": self._workspace.post(str(body["channel"]), str(body["text"]), **more)}

    async def share(self, body: Json) -> Json:
        """Post a file as a person, with words beside it."""
        try:
            content = base64.b64decode(str(body["content"]), validate=True)
        except ValueError:
            code = "invalid_content"
            raise ApiRefusal(code) from None
        more = {"by": _by(body), "team": _in(body), "alt_text": str(body.get("alt_text") or "")}
        name = str(body.get("name") or "picture.png")
        return {
            "ts": self._workspace.share(str(body["channel"]), str(body.get("text") or ""), content, name=name, **more)
        }

    async def edit(self, body: Json) -> Json:
        """Edit a message as its author."""
        self._workspace.edit(str(body["channel"]), str(body["ts"]), str(body["text"]), by=_by(body), team=_in(body))
        return {}

    async def delete(self, body: Json) -> Json:
        """Delete a message as its author."""
        self._workspace.delete(str(body["channel"]), str(body["ts"]), by=_by(body), team=_in(body))
        return {}

    async def react(self, body: Json) -> Json:
        """Add a reaction, or take it back."""
        channel, message = self._message(body)
        person, name = self._person(body), str(body["name"])
        talk = self._workspace.hub.talk
        added = talk.react(channel, message, person.id, name=name)
        if not added:
            talk.unreact(channel, message, person.id, name=name)
        return {"added": added}

    async def unfurl(self, body: Json) -> Json:
        """Let Slack add link previews."""
        channel, message = self._message(body)
        self._workspace.hub.talk.unfurl(channel, message, objects(body.get("attachments")))
        return {}

    async def click(self, body: Json) -> Json:
        """Use an element of a message, a window or the Home tab."""
        team, person, interactions = self._team(body), self._person(body), self._workspace.interactions
        if body.get("view_id"):
            return {"ack": await interactions.click_in_view(team, person, str(body["view_id"]), wanted=body)}
        channel, message = self._message(body)
        return {"ack": await interactions.click(team, person, channel, message=message, wanted=body)}

    async def command(self, body: Json) -> Json:
        """Type a slash command."""
        channel = self._workspace.channel(str(body["channel"]), _in(body))
        interactions = self._workspace.interactions
        return {
            "ack": await interactions.command(self._team(body), self._person(body), channel, line=str(body["text"]))
        }

    async def shortcut(self, body: Json) -> Json:
        """Use a shortcut, on a message or globally."""
        team, person, callback_id = self._team(body), self._person(body), str(body["callback_id"])
        interactions = self._workspace.interactions
        if not body.get("ts"):
            return {"ack": await interactions.shortcut(team, person, callback_id)}
        channel, message = self._message(body)
        return {
            "ack": await interactions.message_shortcut(team, person, channel, message=message, callback_id=callback_id)
        }

    async def views(self, body: Json) -> Json:
        """The windows somebody has open."""
        return {"views": self._workspace.hub.views.stack(self._team(body).id, self._person(body).id)}

    async def submit(self, body: Json) -> Json:
        """Submit a window."""
        team, person, values = self._team(body), self._person(body), an_object(body.get("values"))
        return {"ack": await self._workspace.interactions.submit(team, person, str(body["view_id"]), values=values)}

    async def close(self, body: Json) -> Json:
        """Close a window."""
        team, person = self._team(body), self._person(body)
        return {"ack": await self._workspace.interactions.close(team, person, str(body["view_id"]))}

    async def home(self, body: Json) -> Json:
        """Somebody's Home tab."""
        return {"view": self._team(body).homes.get(self._person(body).id)}

    async def open_home(self, body: Json) -> Json:
        """Look at the Home tab, or at the app's messages."""
        self._workspace.interactions.open_home(self._team(body), self._person(body), str(body.get("tab") or "home"))
        return {}

    async def read(self, body: Json) -> Json:
        """Somebody has seen everything that a channel or a thread holds."""
        channel, person = self._workspace.channel(str(body["channel"]), _in(body)), self._person(body)
        if mark_read(self._team(body), person.id, channel, thread=str(body.get("thread") or "")):
            self._workspace.hub.changes.emit(Change("read", channel.team, channel.id, user=person.id))
        return {}

    async def function(self, body: Json) -> Json:
        """Let a workflow run a step of the app."""
        inputs = an_object(body.get("inputs"))
        return {"run": self._workspace.run_step(str(body["callback_id"]), inputs, team=_in(body)).id}

    async def functions(self, body: Json) -> Json:
        """The runs of steps."""
        runs = self._workspace.hub.functions.runs(self._team(body).id)
        return {"runs": [{key: value for key, value in asdict(run).items() if key != "token"} for run in runs]}

    async def join(self, body: Json) -> Json:
        """Add somebody to a channel."""
        channel = self._workspace.channel(str(body["channel"]), _in(body))
        return {"joined": self._workspace.hub.talk.join(channel, self._member(body))}

    async def leave(self, body: Json) -> Json:
        """Remove somebody from a channel."""
        channel = self._workspace.channel(str(body["channel"]), _in(body))
        return {"left": self._workspace.hub.talk.leave(channel, self._member(body))}

    async def uninstall(self, body: Json) -> Json:
        """Remove the app from the workspace."""
        self._workspace.uninstall(_in(body))
        return {}

    async def switch(self, body: Json) -> Json:
        """Let the app run another way, where whoever started this workspace offers that."""
        switch = self._workspace.hub.switch
        if switch is None:
            code = "no_switch"
            raise ApiRefusal(code)
        spot = Spot(self._workspace.channel(str(body["channel"]), _in(body)), str(body.get("ts") or ""))
        await switch.turn(str(body["choice"]), spot, self._workspace.hub.changes)
        return {"chosen": switch.chosen}

    async def event(self, body: Json) -> Json:
        """Send any event."""
        event = an_object(body.get("event"))
        if not event.get("type"):
            code = "no_event_type"
            raise ApiRefusal(code)
        return {"sent": self._workspace.announcer.send(self._team(body), event)}

    def _team(self, body: Json) -> Team:
        return self._workspace.state.team(_in(body))

    def _person(self, body: Json) -> Person:
        return self._workspace.person(_by(body), _in(body))

    def _member(self, body: Json) -> str:
        return self._person(body).id if body.get("by") else self._team(body).bot.user_id

    def _message(self, body: Json) -> tuple[Channel, Json]:
        channel, ts = self._workspace.channel(str(body["channel"]), _in(body)), str(body["ts"])
        ephemeral = next((message for message in channel.ephemerals if message["ts"] == ts), None)
        return channel, ephemeral or self._workspace.message(channel.id, ts, channel.team)


def _by(body: Json) -> str:
    return str(body.get("by") or "dana")


def _in(body: Json) -> str:
    return str(body.get("team") or "")


def _team(team: Team) -> Json:
    people = [shown.person(team, person) for person in team.people.values()]
    channels = [
        {**shown.channel(channel, ""), "members": channel.members, "messages": _messages(channel)}
        for channel in team.channels.values()
    ]
    return {
        "id": team.id,
        "name": team.name,
        "bot": shown.bot_user(team, team.bot),
        "people": people,
        "channels": channels,
    }


def _messages(channel: Channel) -> list[Json]:
    return [shown.message(channel, message, metadata=True) for message in channel.messages]
