"""The app manifest: what Candor asks of Slack. Whoever prints it waits for no library."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.settings import Settings

_PACKAGE = Path(__file__).resolve().parent.parent


def manifest_file() -> Path:
    """The app manifest in the checkout, or the one shipped in the package."""
    checkout = _PACKAGE.parent / "manifest.json"
    return checkout if checkout.exists() else _PACKAGE / "manifest.json"


def manifest_for(settings: Settings) -> str:
    """The manifest, with this installation's public addresses in it where it has any."""
    text, url = manifest_file().read_text(encoding="utf-8"), settings.install.public_url
    if not url:
        return text
    manifest: dict[str, Any] = json.loads(text)
    if settings.install.is_on:
        manifest["oauth_config"]["redirect_urls"] = [f"{url}/slack/oauth_redirect"]
    if not settings.app_token:
        wanted = manifest["settings"] | {"socket_mode_enabled": False}
        for name in ("event_subscriptions", "interactivity"):
            wanted[name] = {"request_url": f"{url}/slack/events"} | wanted[name]
        manifest["settings"] = wanted
        for command in manifest["features"].get("slash_commands", []):
            command["url"] = f"{url}/slack/events"
    return json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"


def scopes() -> list[str]:
    """What the app asks of a workspace, as its manifest says."""
    manifest: dict[str, Any] = json.loads(manifest_file().read_text(encoding="utf-8"))
    return list(manifest["oauth_config"]["scopes"]["bot"])
