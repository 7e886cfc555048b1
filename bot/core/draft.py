"""A draft: the words of one post on their way to an audience."""

from __future__ import annotations

from dataclasses import dataclass

PLATFORMS = (
    "bluesky",
    "email",
    "facebook",
    "instagram",
    "linkedin",
    "mastodon",
    "messenger",
    "pinterest",
    "push",
    "reddit",
    "sms",
    "snapchat",
    "threads",
    "tiktok",
    "whatsapp",
    "x",
    "youtube",
)
"""The platforms Candor knows, as they are written in guideline files and on the command line."""

_SPELLINGS = {
    "bsky": "bluesky",
    "e-mail": "email",
    "fb": "facebook",
    "ig": "instagram",
    "insta": "instagram",
    "li": "linkedin",
    "mail": "email",
    "newsletter": "email",
    "push notification": "push",
    "reel": "instagram",
    "reels": "instagram",
    "shorts": "youtube",
    "snap": "snapchat",
    "text message": "sms",
    "tik tok": "tiktok",
    "twitter": "x",
    "wa": "whatsapp",
    "yt": "youtube",
}


def platform_named(word: str) -> str | None:
    """The platform that a person means by ``word`` ("IG", "LinkedIn"), or None for an unknown one."""
    name = " ".join(word.lower().split())
    return name if name in PLATFORMS else _SPELLINGS.get(name)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture attached to a draft. ``alt_text`` is empty where the author gave none."""

    alt_text: str = ""
    file: str = ""
    """The id of its file in Slack; "" where there is none to fetch."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One post. Offsets everywhere in Candor are code points in ``text``.

    ``zones`` are the (start, end) of quote and code blocks, ``parts`` those of the posts of a thread.
    ``platform`` is one of `PLATFORMS`, or "" where nothing tells. ``context`` is what the author or
    the brand says about the post (facts, audience, answers); it is never published. ``unread`` counts the files
    beside it that nobody reads.
    """

    text: str
    platform: str = ""
    context: str = ""
    pictures: tuple[Picture, ...] = ()
    zones: tuple[tuple[int, int], ...] = ()
    unread: int = 0
    parts: tuple[tuple[int, int], ...] = ()
    own_contacts: tuple[str, ...] = ()
    """Addresses, numbers and handles that the brand publishes as its own: nobody flags these."""
