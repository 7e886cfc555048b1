"""The guidelines in force, by the settings. Nothing here knows of Slack, a store or an engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.brand.variants import compare
from bot.core.errors import PersonCanFix
from bot.core.words import installing as words
from bot.rules.engine import RuleEngine, check_examples
from bot.rules.files import load_library
from bot.rules.judging import rules_beside
from bot.rules.variants import FactDrifts, campaign_statements, lasting_statements

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.core.brand.facts import Fact
    from bot.core.brand.variants import SetComparison, SetPost, Statement
    from bot.core.errors import FileFault
    from bot.core.guidelines import Library
    from bot.core.ports import Rules
    from bot.settings import Settings


def library_in_force(settings: Settings) -> Library:
    """The guidelines that the settings switch on. Raises `BrokenFiles` or `PersonCanFix`."""
    return whole_library(settings).in_force(settings.packs)


def whole_library(settings: Settings) -> Library:
    """Every guideline, those of optional packs too. Raises `BrokenFiles` or `PersonCanFix`."""
    library = load_library(settings.prompts)
    if unknown := settings.packs - library.packs:
        raise PersonCanFix(words.unknown_pack(sorted(unknown), sorted(library.packs)))
    return library


def fixed_rules(settings: Settings) -> Rules:
    """The fixed rules of the guidelines in force, which also hold the variants in a draft against one another."""
    return rules_beside(library_in_force(settings), ())


def check_library(settings: Settings) -> tuple[Library, list[FileFault]]:
    """All guidelines, optional packs too, and every example that does not come out as its file says."""
    library = load_library(settings.prompts)
    folder = settings.prompts / "guidelines"
    RuleEngine(library)
    faults = [f for g in library.guidelines for f in check_examples(g, str(folder / f"{g.id}.md"))]
    return library, faults


def compare_variants(
    posts: Sequence[SetPost], facts: Sequence[Fact], each: Callable[[], None] | None = None
) -> SetComparison:
    """Variants of one campaign beside one another and beside the fact sheet; ``each`` is called for each text."""

    def statements(text: str, audience: str) -> Sequence[Statement]:
        if each:
            each()
        return campaign_statements(text, audience)

    return compare(posts, statements, FactDrifts(facts) if facts else None)


def compare_over_time(posts: Sequence[SetPost]) -> SetComparison:
    """Posts of many days beside one another."""
    return compare(posts, lambda text, _: lasting_statements(text), over_time=True)
