"""What people read about channels that they are not in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.core.watching import Hidden
from bot.core.words import watching as words

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize("tell", [words.waiting, words.own, words.exceptions])
def test_what_is_hidden_is_counted_and_a_silent_slack_is_owned_up_to(tell: Callable[[Hidden], str]) -> None:
    assert tell(Hidden(1)).startswith("1 ")
    assert " are " in tell(Hidden(3)) or " were " in tell(Hidden(3))
    unsure = tell(Hidden(2, sure=False))
    assert "Slack can't tell me right now" in unsure
    assert "look again in a minute" in unsure
