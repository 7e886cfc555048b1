"""What the app's manifest allows and asks for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.workspace.shapes import an_object, objects

if TYPE_CHECKING:
    from bot.workspace.shapes import Json

_MESSAGES = {"channel": "message.channels", "group": "message.groups", "im": "message.im"}


@dataclass(frozen=True)
class Manifest:
    """An app's manifest. Without one, everything is allowed and every event is delivered."""

    content: Json = field(default_factory=dict[str, object])

    @property
    def scopes(self) -> frozenset[str] | None:
        """The bot's scopes; None where they are not checked."""
        if not self.content:
            return None
        scopes = an_object(an_object(self.content.get("oauth_config")).get("scopes"))
        return frozenset(scopes.get("bot") or [])

    @property
    def redirect_urls(self) -> list[str]:
        """Where a person who installs the app may be sent back to."""
        urls: list[str] = an_object(self.content.get("oauth_config")).get("redirect_urls") or []
        return urls

    def wants(self, event: Json) -> bool:
        """Whether the app subscribed to the event."""
        if not self.content:
            return True
        subscriptions = an_object(an_object(self.content.get("settings")).get("event_subscriptions"))
        name = event["type"]
        if name == "message":
            name = _MESSAGES.get(event.get("channel_type", ""), name)
        return name in (subscriptions.get("bot_events") or [])

    @property
    def commands(self) -> list[Json]:
        """The slash commands: command, description, usage_hint."""
        return objects(an_object(self.content.get("features")).get("slash_commands"))

    @property
    def shortcuts(self) -> list[Json]:
        """The shortcuts: name, type (message or global), callback_id, description."""
        return objects(an_object(self.content.get("features")).get("shortcuts"))
