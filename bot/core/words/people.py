"""People's names in sentences, in Slack's markup."""

from __future__ import annotations

SOMEBODY = "somebody whose name was deleted"
_NOBODY = ("", "-")
"""What stands where a person's id stood who wanted their data to be deleted."""


def is_forgotten(user: str) -> bool:
    """True where the id was deleted."""
    return user in _NOBODY


def person(user: str) -> str:
    """The person's name, as Slack shows it."""
    return SOMEBODY if is_forgotten(user) else f"<@{user}>"
