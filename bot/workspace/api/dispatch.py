"""From a token, a method's name and arguments to an answer. The same way for HTTP and for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.workspace.api.call import Call, Caller
from bot.workspace.api.methods import METHODS, Method
from bot.workspace.shapes import ApiRefusal

if TYPE_CHECKING:
    from bot.workspace.hub import Hub
    from bot.workspace.shapes import Json
    from bot.workspace.state import Team

_FAMILIES = {"channel": "channels", "group": "groups", "im": "im"}
_TYPES = {"public_channel": "channels", "private_channel": "groups", "im": "im", "mpim": "mpim"}


def answer(hub: Hub, method: str, token: str, args: Json) -> Json:
    """What Slack would answer, good or bad."""
    try:
        if method == "oauth.v2.access":  # the one that needs no token
            return {"ok": True, **hub.oauth.access(args)}
        call = Call(hub, _caller(hub, token, args, method=method), args)
        known = _method(call, method)
        _check_limit(call, method, known)
        return {"ok": True, **known.do(call)}
    except ApiRefusal as refused:
        return refused.answer()


def _check_limit(call: Call, name: str, method: Method) -> None:
    if call.caller.kind != "bot":
        return
    if seconds := call.hub.limits.seconds_until(call.team.id, name, method.tier, channel=call.text("channel")):
        code = "ratelimited"
        raise ApiRefusal(code, retry_after=seconds)


def _method(call: Call, name: str) -> Method:
    known = METHODS.get(name)
    if known is None:
        code = "unknown_method"
        raise ApiRefusal(code, req_method=name)
    if known.for_app != (call.caller.kind == "app"):
        code = "not_allowed_token_type"
        raise ApiRefusal(code)
    _check_scope(call, known)
    return known


def _caller(hub: Hub, token: str, args: Json, method: str) -> Caller:
    if not token:
        code = "not_authed"
        raise ApiRefusal(code)
    for team in hub.state.teams.values():
        if token == team.bot.token:
            return _bot(hub, team, args, method=method)
        if token == team.bot.app_token:
            return Caller("app", team, team.bot.user_id)
        for person in team.people.values():
            if token == person.token:
                return Caller("person", team, person.id)
    if run := hub.functions.by_token(token):
        team = hub.state.teams[run.team]
        return Caller("bot", team, team.bot.user_id)
    code = "invalid_auth"
    raise ApiRefusal(code)


def _bot(hub: Hub, team: Team, args: Json, method: str) -> Caller:
    """The token of an organisation needs to be told which workspace is meant."""
    if not team.bot.installed:
        code = "account_inactive"
        raise ApiRefusal(code)
    if team.bot.org_wide and not method.startswith("auth."):
        named = hub.state.teams.get(str(args.get("team_id") or ""))
        if named is None or named.bot.token != team.bot.token:
            code = "missing_argument" if named is None else "team_access_not_granted"
            raise ApiRefusal(code)
        team = named
    return Caller("bot", team, team.bot.user_id)


def _check_scope(call: Call, method: Method) -> None:
    scopes = call.hub.manifest.scopes
    if scopes is None or call.caller.kind != "bot" or not method.scope:
        return
    for needed in _needed(call, method.scope):
        if needed not in scopes:
            code = "missing_scope"
            raise ApiRefusal(code, needed=needed, provided=",".join(sorted(scopes)))


def _needed(call: Call, scope: str) -> list[str]:
    if not scope.startswith("*"):
        return [scope]
    if call.text("channel"):
        channel = call.team.channel(call.text("channel"))
        return [scope.replace("*", _FAMILIES[channel.kind])] if channel else []
    wanted = call.text("types", "public_channel").split(",")
    return [scope.replace("*", _TYPES[name.strip()]) for name in wanted if name.strip() in _TYPES]
