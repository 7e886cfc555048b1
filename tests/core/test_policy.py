from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.guidelines import Guideline, Library, Policy, Severity
from bot.core.settings import Known

if TYPE_CHECKING:
    from collections.abc import Iterable


def _guideline(name: str, pack: str = "") -> Guideline:
    level, raised = Severity.SHOULD_FIX, Severity.MUST_FIX
    return Guideline(name, name, level, question="?", why="why", fix="fix", escalates_to=raised, pack=pack)


LIBRARY = Library((_guideline("a"), _guideline("b"), _guideline("c", pack="extra")))


def _ids(guidelines: Iterable[Guideline]) -> list[str]:
    return [g.id for g in guidelines]


def test_without_a_wish_the_guidelines_that_are_always_on_are_in_force() -> None:
    assert Policy().apply(LIBRARY).guidelines == LIBRARY.guidelines[:2]


def test_guidelines_can_be_off_and_packs_on() -> None:
    assert _ids(Policy(off=frozenset({"a"}), packs=frozenset({"extra"})).apply(LIBRARY).guidelines) == ["b", "c"]


def test_a_severity_of_ones_own_replaces_the_escalated_one_too() -> None:
    one, two = Policy(severities=(("a", Severity.CONSIDER),)).apply(LIBRARY).guidelines
    assert (one.severity, one.escalates_to) == (Severity.CONSIDER, None)
    assert (two.severity, two.escalates_to) == (Severity.SHOULD_FIX, Severity.MUST_FIX)


def test_settings_may_speak_of_every_guideline_and_pack() -> None:
    assert Known.of(LIBRARY) == Known(frozenset("abc"), frozenset({"extra"}), (("a", "a"), ("b", "b"), ("c", "c")))
