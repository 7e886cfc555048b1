from __future__ import annotations

from bot.core.errors import Trouble
from bot.core.watching import HOLDS, JUMP, Gap, Trust, Unread
from bot.core.words.installing import noticed


def test_the_log_says_what_a_catch_up_could_not_make_good() -> None:
    assert noticed(Gap("T1", 0.0, 26 * 3600.0)) == (
        "Workspace T1: nothing was received for 26 hours; posts over 24 hours old weren't reviewed."
    )
    assert noticed(Unread("T1", "C1", Trouble.ABSENT)) == (
        "Workspace T1: Candor couldn't read channel C1 (Candor isn't in it, or it's archived)."
    )
    assert noticed(Unread("T1", "", Trouble.NO_SCOPE)) == (
        "Workspace T1: Candor couldn't read the list of channels (the app is missing a scope from its manifest)."
    )


def test_a_clock_is_believed_once_it_has_gone_on_for_a_day() -> None:
    trust = Trust.at(1000.0, None)
    assert (trust.holds, trust.is_new) == (False, False)
    later = Trust.at(1000.0 + JUMP, trust)
    assert (later.since, later.holds) == (1000.0, True)
    back = Trust.at(later.seen - 5, later)
    assert (back.holds, back.jump) == (False, 0.0)
    assert Trust.at(990.0, trust).since == 990.0


def test_a_clock_that_was_set_has_to_go_on_for_a_day_again() -> None:
    held = Trust(HOLDS, 0.0)
    for moved in (JUMP + 1, -JUMP - 1):
        jumped = Trust.at(held.seen + moved, held)
        assert (jumped.holds, jumped.is_new, jumped.jump) == (False, True, moved)
        soon = Trust.at(jumped.seen + HOLDS - 1, jumped)
        assert (soon.holds, soon.is_new, soon.jump) == (False, False, moved)
        assert Trust.at(soon.seen + 1, soon).holds
