"""What a brand says about itself, as its reviewers read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.core.workspace_settings import WorkspaceSettings


def brand_of(settings: WorkspaceSettings) -> str:
    """Markets, facts and contacts, always in the same words; "" where nothing is set."""
    lines = [f"Markets: {', '.join(settings.markets)}."] if settings.markets else []
    if settings.facts:
        lines += ["Facts that the brand has recorded and can show proof of:", *(f"- {fact}" for fact in settings.facts)]
    if settings.own_contacts:
        lines.append(f"Contact data that the brand publishes as its own: {', '.join(settings.own_contacts)}.")
    return "\n".join(lines)
