"""What an operator reads when Candor starts, or cannot."""

from __future__ import annotations

from bot.core.presence import Gap, Trouble, Undelivered, Unread

MIGRATE_FIRST = "DATABASE_URL: the database tables are out of date; run: candor migrate"
_WHY = {
    Trouble.ABSENT: "Candor isn't in it, or it's archived",
    Trouble.NO_SCOPE: "the app is missing a scope from its manifest",
    Trouble.LATER: "Slack didn't answer; Candor will try again",
}


def token_refused(token: str, reason: str) -> str:
    """Slack does not accept a token."""
    return f"SLACK_BOT_TOKEN: Slack rejected the token {token}... ({reason}); copy it again from the app's page."


def token_unanswered(count: int, reason: str) -> str:
    """Slack had no answer at the start; that says nothing about the tokens."""
    return f"Slack couldn't answer for {'one token' if count == 1 else f'{count} tokens'} ({reason}); trying again"


def slack_unreachable(url: str, reason: str) -> str:
    """Slack cannot be reached at all."""
    return f"SLACK_API_URL: can't reach {url} ({reason}); check the address and the network."


def unknown_pack(names: list[str], known: list[str]) -> str:
    """A pack that no guideline belongs to."""
    return f"GUIDELINE_PACKS: there's no pack called {', '.join(names)}; choose from: {', '.join(known) or 'none'}"


READY, NOT_READY = "ready\n", "not ready\n"
BEHIND = "ready, but Slack couldn't deliver everything; reading it back until it gets through\n"
"""Still 200: a balancer that took the process out would keep Slack out as well."""


def noticed(news: Gap | Unread | Undelivered) -> str:
    """What was missed, or could not be made good, for the log."""
    if isinstance(news, Undelivered):
        drafts = "1 draft" if news.count == 1 else f"{news.count} drafts"
        return (
            f"Workspace {news.team}: Slack didn't deliver {drafts}, now read back. Check that it can reach the address."
        )
    if isinstance(news, Gap):
        hours = (news.ended - news.began) / 3600
        said = f"nothing was received for {hours:.0f} hours; posts over 24 hours old weren't reviewed"
        return f"Workspace {news.team}: {said}."
    channel = f"channel {news.channel}" if news.channel else "the list of channels"
    return f"Workspace {news.team}: {channel} could not be read ({_WHY[news.trouble]})."


def folder_unusable(folder: str, reason: str) -> str:
    """The folder for SQLite's files cannot be used: missing rights, a file in its place, a full disk."""
    return f"DATA_DIR: can't write to {folder} ({reason}). Check its permissions and space, or name another one."


def folder_taken(folder: str) -> str:
    """Another process has it."""
    return (
        f"another Candor is running with the data in {folder}: stop that one, give this one a folder of its own, "
        "or use PostgreSQL, which several can share"
    )


def database_stopped(reason: str) -> str:
    """The database could not be written at the start."""
    return f"Candor couldn't use the database ({reason}). Check the disk space and the permissions of its files."


def redirected(url: str, key: str) -> str:
    """An address from `.env` would get a key from the environment."""
    return (
        f"{url} is set in .env, but {key} comes from the environment, so .env could send that key anywhere. "
        f"Set both in the environment, or both in .env."
    )


def proxy(name: str) -> str:
    """A proxy's address that does not say how to talk to it; it may hold a password, so it is not quoted."""
    return f"{name}: the proxy's address needs http:// in front of it, as in {name}=http://proxy.example.com:8080"
