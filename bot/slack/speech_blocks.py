"""What stands in an answer's message. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.message import Place
from bot.core.words import talk as words
from bot.slack.elements import actions, button, context

if TYPE_CHECKING:
    from bot.core.conversation import Answer, Turn
    from bot.slack.json import Json

STOP, AGAIN = "candor_stop", "candor_ask_again"
LONGEST = 11_000
"""Characters of a message's Markdown: Slack takes 12,000."""
_EVENT = "candor_reply"
_PARTS = 3


def below(turn: Turn, given: Answer) -> list[Json]:
    """Who says so, and the way to try again where that may help."""
    again = [actions(button(AGAIN, words.TRY_AGAIN, f"{turn.id}|{turn.attempt}"))]
    return [*(again if given.ending.can_be_repeated else []), context(words.footer(given))]


def with_note(rest: str, given: Answer) -> str:
    """The end of the answer with the note that belongs below it."""
    note = words.note(given.ending)
    return f"{rest}\n\n{note}" if note else rest


def blocks_of(markdown: str) -> list[Json]:
    """Markdown as Slack's own block for it."""
    return [{"type": "markdown", "text": markdown}]


def metadata_of(key: str) -> Json:
    """The key by which a message is found again."""
    # An opaque id: every app and member with access to the channel can read it.
    return {"event_type": _EVENT, "event_payload": {"key": key}}


def short(plain: str) -> str:
    """For notifications, where no Markdown is shown and Slack's own markup is."""
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")[:LONGEST]


def parts_of(whole: str) -> list[str]:
    """The text in pieces that fit into messages, cut between lines or words where there are any."""
    parts: list[str] = []
    while len(whole) > LONGEST:
        ends = (whole.rfind("\n", LONGEST // 2, LONGEST), whole.rfind(" ", LONGEST // 2, LONGEST), LONGEST)
        end = next(end for end in ends if end > 0)
        parts.append(whole[:end])
        whole = whole[end:].lstrip()
    return [*parts, whole]


def letters(said: str) -> str:
    """What is left of a text however its markup was read."""
    return "".join(character for character in said if character.isalnum())


def turn_in(value: str, team: str) -> str:
    """The turn that a button's value names, "" where it is not one of the workspace's."""
    return value if len(value.split(":")) == _PARTS and Place.of(value).team == team else ""
