"""A Slack-compatible workspace on this machine: the server, its socket mode and its page in the browser.

The bot talks to it over HTTP and WebSocket exactly as it talks to Slack. Nothing here is imported by the rest of the
bot, and nothing here imports more of it than `bot.core`.
"""

from __future__ import annotations

from bot.workspace.server import Workspace

__all__ = ["Workspace"]
