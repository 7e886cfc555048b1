"""What makes untrusted text harmless on a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.workspace.state import Team

NOTHING = Markup("")
_LINKS = {"http", "https", "mailto", "tel"}
_PICTURES = {"http", "https"}


@dataclass(frozen=True)
class Scene:
    """What the pieces are shown with: the team knows the names behind ids."""

    team: Team
    url: str = ""

    def user(self, user_id: str) -> str:
        """Somebody's name."""
        return self.team.name_of(user_id.partition("|")[0])

    def channel(self, channel_id: str) -> str:
        """A channel's name."""
        channel = self.team.channels.get(channel_id)
        return channel.name if channel and channel.name else channel_id


def joined(pieces: Iterable[Markup]) -> Markup:
    """Pieces one after the other."""
    return NOTHING.join(pieces)


def lines(text: object) -> Markup:
    """Plain text with its line breaks."""
    return Markup("<br>").join(str(text or "").split("\n"))


def link_target(url: object) -> str:
    """An address that a link may lead to; ``#`` for any other, such as javascript:."""
    return _allowed(str(url or ""), _LINKS) or "#"


def picture_source(url: object) -> str:
    """An address that a picture may come from, or nothing."""
    return _allowed(str(url or ""), _PICTURES)


def _allowed(url: str, schemes: set[str]) -> str:
    # Browsers ignore control characters and blanks inside a scheme; an address that has any is not let through.
    if any(sign.isspace() or ord(sign) < ord(" ") for sign in url):
        return ""
    try:
        return url if urlsplit(url).scheme.lower() in schemes else ""
    except ValueError:
        return ""
