"""``auth.*``, ``apps.*``, ``users.*``, ``bots.*`` and ``team.*``: who is who."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.workspace.api import shown
from bot.workspace.api.paging import page
from bot.workspace.changes import Change
from bot.workspace.shapes import ApiRefusal

if TYPE_CHECKING:
    from bot.workspace.api.call import Call
    from bot.workspace.shapes import Json


def auth_test(call: Call) -> Json:
    """``auth.test``."""
    team, bot, user = call.team, call.team.bot, call.caller.user_id
    out: Json = {"url": f"{call.hub.url}/", "team": team.name, "team_id": team.id, "user_id": user}
    out |= {"is_enterprise_install": bot.org_wide, "enterprise_id": team.enterprise or None}
    out = {key: value for key, value in out.items() if value is not None}
    if user == bot.user_id:
        return {**out, "user": bot.name, "bot_id": bot.bot_id}
    return {**out, "user": team.people[user].name}


def auth_teams(call: Call) -> Json:
    """``auth.teams.list``: the workspaces that a token is good for."""
    teams = [one for one in call.hub.state.teams.values() if one.bot.token == call.team.bot.token]
    found, more = page(call, [{"id": one.id, "name": one.name} for one in teams])
    return {"teams": found, **more}


def auth_revoke(call: Call) -> Json:
    """``auth.revoke``."""
    if call.flag("test"):
        return {"revoked": False}
    call.team.bot.installed = False
    call.hub.changes.emit(Change("revoked", call.team.id))
    return {"revoked": True}


def connections_open(call: Call) -> Json:
    """``apps.connections.open``: the address of a socket, good once."""
    app_id = call.team.bot.app_id
    address = call.hub.url.replace("http://", "ws://", 1)
    return {"url": f"{address}/link/?ticket={call.hub.tickets.issue(app_id)}&app_id={app_id}"}


def info(call: Call) -> Json:
    """``users.info``."""
    user = call.needed("user")
    if user == call.team.bot.user_id:
        return {"user": shown.bot_user(call.team, call.team.bot)}
    person = call.team.people.get(user)
    if person is None:
        code = "user_not_found"
        raise ApiRefusal(code)
    return {"user": shown.person(call.team, person)}


def list_all(call: Call) -> Json:
    """``users.list``."""
    people = [shown.person(call.team, person) for person in call.team.people.values()]
    found, more = page(call, [*people, shown.bot_user(call.team, call.team.bot)])
    return {"members": found, "cache_ts": int(call.hub.clock.now()), **more}


def bot_info(call: Call) -> Json:
    """``bots.info``."""
    bot = call.team.bot
    if call.text("bot", bot.bot_id) != bot.bot_id:
        code = "bot_not_found"
        raise ApiRefusal(code)
    named = {"id": bot.bot_id, "app_id": bot.app_id, "user_id": bot.user_id, "name": bot.real_name}
    return {"bot": {**named, "deleted": False, "updated": 0, "icons": {}}}


def team_info(call: Call) -> Json:
    """``team.info``."""
    team = call.team
    return {"team": {"id": team.id, "name": team.name, "domain": team.domain, "email_domain": "", "icon": {}}}
