"""Installing the app: who may ask, the codes that Slack gives, and the tokens for them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.workspace.shapes import ApiRefusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.workspace.functions import Manifest
    from bot.workspace.shapes import Json
    from bot.workspace.state import InstalledApp, State, Team

_SECONDS = 600
_ROTATED = 12 * 3600


@dataclass(frozen=True)
class Consent:
    """What a person agrees to."""

    team: Team
    user: str
    redirect_uri: str
    whole: bool = False
    """True for all workspaces of the team's organisation."""


class OAuth:
    """Slack's side of an installation. Every code is good once, for ten minutes."""

    def __init__(self, state: State, manifest: Manifest, now: Callable[[], float]) -> None:
        self._state, self._manifest, self._now = state, manifest, now
        self._codes: dict[str, tuple[Consent, float]] = {}
        self.rotates = False
        """True where tokens end after twelve hours, as an app can ask for."""

    def app(self, client_id: str) -> InstalledApp | None:
        """The app with that client id."""
        return next((team.bot for team in self._state.teams.values() if team.bot.client_id == client_id), None)

    def code(self, asked: Consent) -> str:
        """The person agreed: a code for it."""
        code = secrets.token_hex(16)
        self._codes[code] = (asked, self._now() + _SECONDS)
        return code

    def access(self, args: Json) -> Json:
        """``oauth.v2.access``. Raises `Refused`."""
        app = self.app(str(args.get("client_id", "")))
        if app is None:
            code = "invalid_client_id"
            raise ApiRefusal(code)
        if args.get("client_secret") != app.client_secret:
            code = "bad_client_secret"
            raise ApiRefusal(code)
        return self._refresh(args) if args.get("grant_type") == "refresh_token" else self._exchange(args)

    def _exchange(self, args: Json) -> Json:
        asked, until = self._codes.pop(str(args.get("code", "")), (None, 0.0))
        if asked is None or self._now() > until:
            code = "invalid_code"
            raise ApiRefusal(code)
        if args.get("redirect_uri") != asked.redirect_uri:
            code = "bad_redirect_uri"
            raise ApiRefusal(code)
        teams = self._state.teams_of_organisation(asked.team) if asked.whole else [asked.team]
        token = _token(asked.team)
        for team in teams:
            team.bot.token, team.bot.installed, team.bot.org_wide = token, True, asked.whole
            team.bot.refresh_token = f"xoxe-1-{secrets.token_hex(8)}" if self.rotates else ""
        return self._granted(asked)

    def _refresh(self, args: Json) -> Json:
        wanted = args.get("refresh_token")
        for team in self._state.teams.values():
            if wanted and team.bot.installed and team.bot.refresh_token == wanted:
                team.bot.token, team.bot.refresh_token = _token(team), f"xoxe-1-{secrets.token_hex(8)}"
                return self._granted(Consent(team, "", ""))
        code = "invalid_refresh_token"
        raise ApiRefusal(code)

    def _granted(self, asked: Consent) -> Json:
        team, bot = asked.team, asked.team.bot
        enterprise = {"id": team.enterprise, "name": f"{team.enterprise} organisation"} if team.enterprise else None
        ends = {"refresh_token": bot.refresh_token, "expires_in": _ROTATED} if bot.refresh_token else {}
        return {
            "access_token": bot.token,
            "token_type": "bot",
            "scope": ",".join(sorted(self._manifest.scopes or ())),
            "bot_user_id": bot.user_id,
            "app_id": bot.app_id,
            "team": None if asked.whole else {"id": team.id, "name": team.name},
            "enterprise": enterprise,
            "authed_user": {"id": asked.user},
            "is_enterprise_install": asked.whole,
            **ends,
        }


def _token(team: Team) -> str:
    return f"xoxb-{team.domain}-{secrets.token_hex(8)}"
