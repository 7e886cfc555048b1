"""The page on which a person lets an app into a workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from aiohttp import web

from bot.core.words import workspace as words
from bot.workspace.oauth import Consent

if TYPE_CHECKING:
    from jinja2 import Environment

    from bot.workspace.hub import Hub

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
            return web.Response(status=400, text=words.CANNOT_AUTHORIZE)
        html = self._templates.get_template("authorize.html").render(
            words=words,
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
            return web.Response(status=400, text=words.CANNOT_AUTHORIZE)
        answer = {"state": form.get("state", "")}
        if form.get("decision") == "allow":
            admin = next(iter(team.people))
            answer["code"] = self._hub.oauth.code(Consent(team, admin, redirect_uri, team_id.startswith("org:")))
        else:
            answer["error"] = "access_denied"
        return web.Response(status=302, headers={"Location": f"{redirect_uri}?{urlencode(answer)}"})

    def _may_return(self, redirect_uri: str) -> bool:
        """As Slack: only to an address that the app's manifest names, or one below it. Without any: to this machine."""
        named = self._hub.manifest.redirect_urls
        if named:
            return any(redirect_uri.startswith(url) for url in named)
        return urlsplit(redirect_uri).hostname in {"127.0.0.1", "localhost"}
