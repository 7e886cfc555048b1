"""What an operator reads when Candor starts, or cannot."""

from __future__ import annotations

MIGRATE_FIRST = "DATABASE_URL: the database's tables are not up to date; run: candor migrate"


def token_refused(token: str, reason: str) -> str:
    """Slack does not accept a token."""
    return f"SLACK_BOT_TOKEN: Slack refuses the token {token}... ({reason}); copy it again from the app's page."


def slack_unreachable(url: str, reason: str) -> str:
    """Slack cannot be reached at all."""
    return f"SLACK_API_URL: {url} cannot be reached ({reason}); check the address and the network."


def unknown_pack(names: list[str], known: list[str]) -> str:
    """A pack that no guideline belongs to."""
    return f"GUIDELINE_PACKS: there is no pack {', '.join(names)}; there is {', '.join(known) or 'none'}"


def gap(team: str, channel: str) -> str:
    """Candor was away for longer than it can read back."""
    return f"Channel {channel} of workspace {team} was not read for over 24 hours: older drafts there got no review."
