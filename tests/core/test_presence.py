from __future__ import annotations

from bot.core.presence import Gap, Trouble, Unread
from bot.core.words.setup import noticed


def test_the_log_says_what_a_catch_up_could_not_make_good() -> None:
    assert noticed(Gap("T1", 0.0, 26 * 3600.0)) == (
        "Workspace T1: nothing was received for 26 hours; posts over 24 hours old weren't reviewed."
    )
    assert noticed(Unread("T1", "C1", Trouble.ABSENT)) == (
        "Workspace T1: channel C1 could not be read (Candor isn't in it, or it's archived)."
    )
    assert noticed(Unread("T1", "", Trouble.NO_SCOPE)) == (
        "Workspace T1: the list of channels could not be read (the app is missing a scope from its manifest)."
    )
