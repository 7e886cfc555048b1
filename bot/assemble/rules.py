"""The parts that judge a draft. Nothing here knows of Slack, a store or an engine."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.core.brand.posts import told
from bot.core.brand.variants import compare
from bot.core.errors import PersonCanFix
from bot.core.findings import CLAIM_EVIDENCE, ONE_STORY
from bot.core.ports import Judges
from bot.core.words import installing as words
from bot.rules.claims import Claims, CriticWithClaims, RulesWithClaims
from bot.rules.engine import RuleEngine, check_examples
from bot.rules.facts import RulesWithFacts, nearest
from bot.rules.files import load_library
from bot.rules.personas import BOT_IDENTITY, RulesWithPersonas
from bot.rules.posts import CriticWithStatements, RulesWithPosts
from bot.rules.variants import FactDrifts, RulesWithVariants, campaign_statements, lasting_statements

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bot.core.brand.facts import Fact
    from bot.core.brand.posts import EarlierPost
    from bot.core.brand.variants import SetComparison, SetPost, Statement
    from bot.core.errors import FileFault
    from bot.core.guidelines import Guideline, Library
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


def fixed_rules(settings: Settings) -> RuleEngine:
    """The fixed rules of the guidelines in force."""
    return RuleEngine(library_in_force(settings))


@dataclass(frozen=True, slots=True)
class BrandRecord:
    """What drafts of a brand are held against: every fact, posts that may speak of the same, and the day.

    Without ``today`` all facts hold. ``markets`` are where all its posts are seen.
    """

    facts: tuple[Fact, ...] = ()
    today: str = ""
    posts: tuple[EarlierPost, ...] = ()
    markets: frozenset[str] = frozenset()


def judges_beside(
    judges: Judges, in_force: Mapping[str, Guideline], record: BrandRecord, *, tells: bool = True
) -> Judges:
    """The judges of a draft that is held against the record; ``in_force`` are the guidelines by their ids.

    Where nobody ``tells`` the model, only code compares: recorded answers were given without.
    """
    one_story, claim_evidence = in_force.get(ONE_STORY), in_force.get(CLAIM_EVIDENCE)
    every, today, posts = record.facts, record.today, record.posts if one_story else ()
    facts = tuple(one for one in every if not today or one.holds_on(today))
    claims = Claims(every, today, record.markets)
    rules = RulesWithVariants(judges.rules, one_story) if one_story else judges.rules
    if facts and one_story:
        rules = RulesWithFacts(rules, one_story, facts, markets=record.markets)
    if posts and one_story:
        rules = RulesWithPosts(rules, one_story, posts, facts=facts, today=today)
    if facts and (bot_identity := in_force.get(BOT_IDENTITY)):
        rules = RulesWithPersonas(rules, bot_identity, facts)
    if every and claim_evidence:
        critic = CriticWithClaims(judges.critic, claims, None if tells else rules) if judges.critic else None
        judges = replace(judges, critic=critic, lapsed=claims.lapsed if tells else ())
        rules = RulesWithClaims(rules, claim_evidence, claims)
    judges = replace(judges, rules=rules, beside=posts)
    if not tells:
        return judges
    critic = CriticWithStatements(judges.critic, claims, facts) if judges.critic and (every or posts) else judges.critic
    return replace(judges, critic=critic, facts=facts, nearest=nearest, said_before=told(posts) if posts else ())


def rules_beside(library: Library, facts: Sequence[Fact]) -> Rules:
    """The fixed rules of these guidelines, and the facts of today that posts are held against."""
    return judges_beside(Judges(RuleEngine(library)), by_id(library), BrandRecord(tuple(facts))).rules


def by_id(library: Library) -> dict[str, Guideline]:
    """Its guidelines."""
    return {one.id: one for one in library.guidelines}


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
