"""Names of people, channels and platforms, numbers of things, and days, in sentences."""

from __future__ import annotations

from datetime import date

from bot.core.watching import is_channel_id

# Numbers of things, in words.


def count(number: int, one: str, many: str | None = None) -> str:
    """``1 change``, ``2 changes``."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def day_of(iso: str) -> str:
    """A date as people write it: ``1 December 2026``."""
    return f"{date.fromisoformat(iso):%-d %B %Y}"


def brief(text: str, most: int) -> str:
    """At most that many characters and, where there is more, three dots; words stay whole if they are not very long."""
    if len(text) <= most:
        return text
    whole = text[: most + 1].rpartition(" ")[0]
    return f"{(whole if len(whole) > most // 2 else text[:most]).rstrip()}…"


# Names of people and channels in sentences, in Slack's markup.

SOMEBODY = "somebody whose name was deleted"
_NOBODY = ("", "-")
"""What stands where a person's id stood who wanted their data to be deleted."""
_NO_MARKUP = str.maketrans("", "", "<>&*`~_|@!")


OPERATOR = "terminal"
"""In place of an id, of what was done on the command line."""


def is_forgotten(user: str) -> bool:
    """True where the id was deleted."""
    return user in _NOBODY


def person(user: str) -> str:
    """The person's name, as Slack shows it."""
    if user == OPERATOR:
        return "whoever runs Candor"
    return SOMEBODY if is_forgotten(user) else f"<@{user}>"


def channel(name: str) -> str:
    """A channel by id or by name, as Slack shows it. What is neither stands there without its markup."""
    bare = name.removeprefix("#")
    return f"<#{bare}>" if is_channel_id(bare) else f"#{bare.translate(_NO_MARKUP)}"


_PLATFORMS = {
    "email": "e-mail",
    "linkedin": "LinkedIn",
    "sms": "SMS",
    "tiktok": "TikTok",
    "whatsapp": "WhatsApp",
    "youtube": "YouTube",
}


def platform(name: str) -> str:
    """A platform as people write it."""
    return _PLATFORMS.get(name, name.capitalize())
