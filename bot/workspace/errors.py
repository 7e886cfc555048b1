"""What goes wrong, by Slack's names."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.workspace.shapes import Json


class ApiRefusal(Exception):
    """A call that Slack would answer with ``ok: false``. ``code`` is Slack's name of the error."""

    def __init__(self, code: str, **more: object) -> None:
        super().__init__(code)
        self.code = code
        self.more: Json = dict(more)

    def answer(self) -> Json:
        """The answer's JSON."""
        return {"ok": False, "error": self.code, **self.more}


class NotAcknowledged(Exception):
    """The bot did not acknowledge in time. ``reason`` is Slack's name for why, as in its retry headers."""

    def __init__(self, reason: str, *, final: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.final = final
