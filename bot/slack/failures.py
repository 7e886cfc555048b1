"""What Slack refuses and what only failed, told apart in one place."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.core.errors import Unreadable
from bot.core.presence import Trouble
from bot.slack.json import reason

if TYPE_CHECKING:
    from collections.abc import Generator

UNREACHED = (OSError, TimeoutError, aiohttp.ClientError)
"""What a call raises where no answer of Slack's arrives."""
_ABSENT = frozenset({"channel_not_found", "not_in_channel", "is_archived"})
_NO_SCOPE = frozenset({"missing_scope", "no_permission"})


@contextmanager
def reading() -> Generator[None]:
    """Around calls that read a channel: what goes wrong is raised as `Unreadable`."""
    try:
        yield
    except SlackApiError as error:
        raise Unreadable(_trouble(reason(error))) from None
    except UNREACHED:
        raise Unreadable(Trouble.LATER) from None


def _trouble(why: str) -> Trouble:
    if why in _ABSENT:
        return Trouble.ABSENT
    return Trouble.NO_SCOPE if why in _NO_SCOPE else Trouble.LATER
