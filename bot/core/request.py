"""Somebody asked, in so many words, for the review of a message."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.core.message import Message


class Taken(StrEnum):
    """What became of a request."""

    IN_THREAD = "in_thread"
    """The reply in the message's thread is the answer."""
    IN_PRIVATE = "in_private"
    """Only the person who asked gets the answer."""
    NO_TEXT = "no_text"
    """There are no words to review."""
    NOT_BY_A_PERSON = "not_by_a_person"
    OUTSIDER = "outsider"
    """Its author belongs to another organisation."""
    OPTED_OUT = "opted_out"
    """Its author wants reviews only when they ask themselves."""


@dataclass(frozen=True, slots=True)
class Request:
    """``at`` is Slack's ``action_ts``: the same when the request is delivered again."""

    message: Message
    user: str
    at: str
    answer_to: str = field(repr=False)
    """Slack's ``response_url``. Whoever has it can answer the person, so it is kept like a secret."""
