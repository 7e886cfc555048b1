"""A click on a button, and the short reference by which a button names what it is about."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from bot.core.message import Place, newer

_VERSION = "v1"
_PARTS = 3


@dataclass(frozen=True, slots=True)
class Target:
    """What a button is about: a draft and a finding or question of it, ``ref`` "" for the draft as a whole."""

    draft_id: str
    ref: str = ""

    @property
    def value(self) -> str:
        """As it stands in a button. It says nothing of the draft's words, and survives edits of other words."""
        return f"{_VERSION}|{self.draft_id}|{self.ref}"

    @classmethod
    def parse(cls, value: str) -> Target | None:
        """What `value` gave; None for anything else, as from buttons of another version."""
        parts = value.split("|")
        if len(parts) != _PARTS or parts[0] != _VERSION or len(parts[1].split(":")) != _PARTS:
            return None
        return cls(parts[1], parts[2])


@dataclass(frozen=True, slots=True)
class Click:
    """Somebody used a button. ``at`` is Slack's ``action_ts``: the same when the click is delivered again."""

    target: Target
    user: str
    at: str

    @property
    def place(self) -> Place:
        """Where the draft stands."""
        return Place.of(self.target.draft_id)

    @property
    def cause(self) -> str:
        """Names this click among all on the draft."""
        return f"{self.at}:{self.user}"


def reference(key: str) -> str:
    """A short stand-in for a key that holds people's words."""
    return sha256(key.encode("utf-8", "replace")).hexdigest()[:12]


def later(at: str, than: str) -> str:
    """The moment ``at`` or, where that is not later, the one right behind ``than``; both as Slack writes them.

    A window takes its time: what was decided while it was open is older than its submission.
    """
    if newer(at, than):
        return at
    seconds, _, micros = than.partition(".")
    after = int(seconds) * 1_000_000 + int((micros or "0").ljust(6, "0")) + 1
    return f"{after // 1_000_000}.{after % 1_000_000:06}"
