"""The judges of a workspace's drafts: rules and model under its policy, held against what its brand keeps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from bot.core.brand.facts import public_contacts
from bot.core.brand.posts import told
from bot.core.findings import CLAIM_EVIDENCE, ONE_STORY
from bot.core.ports import Judges
from bot.core.privacy import remembered
from bot.core.settings import brand_of
from bot.rules.claims import Claims, CriticWithClaims, RulesWithClaims
from bot.rules.engine import RuleEngine
from bot.rules.facts import RulesWithFacts, nearest
from bot.rules.personas import BOT_IDENTITY, RulesWithPersonas
from bot.rules.posts import CriticWithStatements, RulesWithPosts
from bot.rules.terms import RulesWithTerms
from bot.rules.variants import RulesWithVariants

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.core.brand.facts import Fact
    from bot.core.brand.posts import EarlierPost
    from bot.core.guidelines import Guideline, Library, Policy
    from bot.core.ports import Critic, Rules
    from bot.core.settings import WorkspaceSettingsOf
    from bot.flows.brand.own_guidelines import Libraries
    from bot.flows.brand.posts import Records


# Judges beside what a brand keeps.


@dataclass(frozen=True, slots=True)
class BrandRecord:
    """What drafts of a brand are held against: every fact, posts that may speak of the same, and the day.

    Without ``today`` all facts hold. ``markets`` are where all its posts are seen.
    """

    facts: tuple[Fact, ...] = ()
    today: str = ""
    posts: tuple[EarlierPost, ...] = ()
    markets: tuple[str, ...] = ()

    @property
    def valid(self) -> tuple[Fact, ...]:
        """The facts that hold today."""
        return tuple(fact for fact in self.facts if not self.today or fact.holds_on(self.today))


def judges_beside(
    judges: Judges, in_force: Mapping[str, Guideline], record: BrandRecord, *, tells: bool = True
) -> Judges:
    """The judges of a draft that is held against the record; ``in_force`` are the guidelines by their ids.

    Where nobody ``tells`` the model, only code compares: recorded answers were given without.
    """
    if ONE_STORY not in in_force:
        record = replace(record, posts=())
    claims, critic = Claims(record.facts, record.today, record.markets), judges.critic
    rules = without_claims = _rules_without_claims(judges.rules, in_force, record)
    if has_claims := CLAIM_EVIDENCE in in_force and bool(record.facts):
        rules = RulesWithClaims(without_claims, in_force[CLAIM_EVIDENCE], claims)
        critic = CriticWithClaims(critic, claims, None if tells else without_claims) if critic else None
    own = (*judges.own_contacts, *public_contacts(record.valid))
    judges = replace(judges, rules=rules, critic=critic, beside=record.posts, own_contacts=own)
    if not tells:
        return judges
    if critic and (record.facts or record.posts):
        critic = CriticWithStatements(critic, claims, record.valid)
    if has_claims:
        judges = replace(judges, lapsed=claims.lapsed)
    if record.posts:
        judges = replace(judges, said_before=told(record.posts))
    return replace(judges, critic=critic, facts=record.valid, nearest=nearest)


def _rules_without_claims(rules: Rules, in_force: Mapping[str, Guideline], record: BrandRecord) -> Rules:
    """The rules that also compare: variants with one another, and a draft with facts, posts and characters."""
    facts = record.valid
    if one_story := in_force.get(ONE_STORY):
        rules = RulesWithVariants(rules, one_story)
        if facts:
            rules = RulesWithFacts(rules, one_story, facts, markets=record.markets)
            rules = RulesWithTerms(rules, one_story, facts, markets=record.markets)
        if record.posts:
            rules = RulesWithPosts(rules, one_story, record.posts, facts=facts, today=record.today)
    if facts and (bot_identity := in_force.get(BOT_IDENTITY)):
        rules = RulesWithPersonas(rules, bot_identity, facts)
    return rules


def rules_beside(library: Library, facts: Sequence[Fact]) -> Rules:
    """The fixed rules of these guidelines, and the facts of today that posts are held against."""
    return judges_beside(Judges(RuleEngine(library)), by_id(library), BrandRecord(tuple(facts))).rules


def by_id(library: Library) -> dict[str, Guideline]:
    """Its guidelines."""
    return {one.id: one for one in library.guidelines}


# Under each workspace's policy: rules compiled once, one connection to the model.

_POLICIES = 64
"""How many are kept ready; another takes some milliseconds."""


class MakesCritics(Protocol):
    """Gives every policy a critic of its own, on one model."""

    def __call__(self, library: Library, rules: Rules) -> Critic: ...

    async def prepare(self) -> None:
        """Load what a first review needs; nothing where that is done."""
        ...


class JudgesUnderPolicy:
    """The `JudgesOf` port."""

    def __init__(
        self,
        libraries: Libraries,
        rules: RuleEngine,
        settings: WorkspaceSettingsOf,
        critic_for: MakesCritics | None,
        recorded: Records,
        *,
        tells: bool = True,
    ) -> None:
        """``rules`` hold every shipped guideline; without ``critic_for`` the rules judge alone.

        Where it ``tells`` no facts and no guidelines of a workspace's own, only code compares drafts with them:
        recorded answers were given without.
        """
        self._libraries, self._settings, self._recorded, self._tells = libraries, settings, recorded, tells
        self._rules, self._critic_for = rules, critic_for
        self._under = remembered(_POLICIES)(self._made)

    def _made(self, policy: Policy, library: Library, version: int) -> tuple[Judges, Mapping[str, Guideline]]:
        in_force = replace(policy.apply(library), version=version)
        read = in_force if self._tells else policy.apply(self._libraries.shipped)
        view = self._rules.under(in_force)
        return Judges(view, self._critic_for(read, view) if self._critic_for else None), by_id(in_force)

    async def of(self, team: str, text: str = "", draft_id: str = "") -> Judges:
        return await self._of(await self._libraries.judging(team, draft_id), team, text, draft_id=draft_id)

    async def trying(self, guideline: Guideline, team: str, text: str, draft_id: str) -> Judges:
        """The judges of a draft as they would be with this guideline in the place of any of its id."""
        return await self._of(await self._libraries.trying(team, guideline, draft_id), team, text, draft_id=draft_id)

    async def _of(self, library: Library, team: str, text: str, draft_id: str) -> Judges:
        if self._critic_for:
            await self._critic_for.prepare()
        settings, (every, today) = await self._settings.of(team), await self._recorded.sheets.every(team)
        judges, in_force = self._under(settings.policy, replace(library, version=0), library.version)
        posts = await self._recorded.posts.near(team, text, draft_id) if ONE_STORY in in_force else ()
        today = today or (await self._recorded.sheets.today(team) if posts else "")
        record = BrandRecord(every, today, posts, markets=settings.markets)
        judges = replace(judges, brand=brand_of(settings, text), own_contacts=settings.own_contacts)
        return judges_beside(judges, in_force, record, tells=self._tells)
