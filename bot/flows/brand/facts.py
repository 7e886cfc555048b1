"""The brand's fact sheet: who may change it, and how it comes as a file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from difflib import SequenceMatcher
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.core.brand.fact_tables import csv_of, merged, table_of
from bot.core.brand.facts import (
    ADDED,
    CHANGED,
    ENDED,
    LONGEST_VALUE,
    MOST_FACTS,
    REMOVED,
    EvidenceLapse,
    Fact,
    FactChange,
    FactKind,
    lapsing,
    told_change,
)
from bot.core.drafts import Place, reference
from bot.core.findings import CLAIM_EVIDENCE, fact_behind, is_recorded, sentence_around, sentences_of
from bot.core.words.brand import facts as words
from bot.flows.replying import find_point, lead_in

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.core.brand.facts import KeptFacts
    from bot.core.brand.posts import KeptPosts
    from bot.core.drafts import Click
    from bot.core.findings import Finding
    from bot.core.ports import Clock, Drafts, Jobs, Step
    from bot.core.privacy import FileMessages
    from bot.core.settings import WorkspaceSettingsOf
    from bot.core.sign_off import SignOffs
    from bot.core.watching import BrandLeads


# The sheet as it is today.


@dataclass(frozen=True, slots=True)
class FactSheets:
    """Read anew each time. A day begins in the time zone of the workspace's digest."""

    facts: KeptFacts
    settings: WorkspaceSettingsOf
    clock: Clock

    async def today(self, team: str) -> str:
        zone = (await self.settings.of(team)).digest.zone
        return datetime.fromtimestamp(self.clock.now(), UTC).astimezone(ZoneInfo(zone)).date().isoformat()

    async def every(self, team: str) -> tuple[tuple[Fact, ...], str]:
        """All facts, and the day, "" without any fact."""
        every = await self.facts.of(team)
        return every, await self.today(team) if every else ""

    async def valid(self, team: str) -> tuple[Fact, ...]:
        """The facts that hold today."""
        every, day = await self.every(team)
        return tuple(fact for fact in every if fact.holds_on(day))


# A brand lead changes it.


@dataclass(frozen=True, slots=True)
class ChangeFacts:
    """Each change is noted with who made it and when. What is not "" says why nothing was changed.

    Raises `TryLater` where Slack does not say whether somebody is a brand lead.
    """

    sheets: FactSheets
    leads: BrandLeads
    clock: Clock

    async def find(self, team: str, fact_id: str) -> Fact | None:
        return next((fact for fact in await self.sheets.facts.of(team) if fact.id == fact_id), None)

    async def has_lapsed(self, team: str, fact: Fact) -> bool:
        """True of a claim whose evidence held until a day that is over."""
        return fact.kind is FactKind.CLAIM and "" < fact.until < await self.sheets.today(team)

    async def put(self, team: str, user: str, fact: Fact) -> str:
        """Keep a fact under its id, whether it is new or not."""
        before = await self.find(team, fact.id)
        if before and fact.same_as(before):
            return ""
        if before and not fact.until and await self.has_lapsed(team, before) and _same_source(fact, before):
            return words.SAME_EVIDENCE
        return await self._save(team, user, [(before, fact)])

    async def bring(self, team: str, user: str, facts: Sequence[Fact], key: str, *, ends: Sequence[Fact] = ()) -> str:
        """Keep the facts of a table; those that stand on the sheet already stay the same. ``key`` names the table.

        ``ends`` are facts that end (`end`), because the table has them no more.
        """
        pairs = merged(await self.sheets.facts.of(team), facts)
        named = [(old, replace(fact, id=old.id if old else reference(f"fact:{key}:{fact.key}"))) for old, fact in pairs]
        wrong = await self._save(team, user, named)
        return wrong or (await self._end(team, user, ends) if ends else "")

    async def end(self, team: str, user: str, fact_id: str) -> str:
        """Today is the last day on which it holds. One that would begin later goes, and one that is over stays so."""
        before = await self.find(team, fact_id)
        return await self._end(team, user, [before]) if before else words.GONE

    async def remove(self, team: str, user: str, fact_id: str) -> str:
        before = await self.find(team, fact_id)
        return await self._save(team, user, [(before, None)]) if before else ""

    async def _end(self, team: str, user: str, ends: Sequence[Fact]) -> str:
        day = await self.sheets.today(team)
        left = [(fact, None if fact.since > day else replace(fact, until=day)) for fact in ends]
        return await self._save(team, user, [pair for pair in left if not pair[0].ends_before(day)], act=ENDED)

    async def _save(
        self, team: str, user: str, pairs: Sequence[tuple[Fact | None, Fact | None]], act: str = CHANGED
    ) -> str:
        if not await self.leads.includes(team, user):
            return words.ONLY_LEADS
        new = [fact for old, fact in pairs if fact and not old]
        if new and len(await self.sheets.facts.of(team)) + len(new) > MOST_FACTS:
            return words.TOO_MANY
        now, day = self.clock.now(), await self.sheets.today(team)
        changes = [_change(old, fact, act, user=user, now=now) for old, fact in pairs]
        kept = [replace(fact, recorded_at=now, recorded_on=day) for _, fact in pairs if fact]
        gone = [old.id for old, fact in pairs if old and not fact]
        await self.sheets.facts.save(team, kept, gone, changes=changes)
        return ""


def _same_source(one: Fact, other: Fact) -> bool:
    return one.kind is other.kind and one.source.casefold() == other.source.casefold()


def _change(old: Fact | None, new: Fact | None, act: str, user: str, now: float) -> FactChange:
    named = "".join(fact.id for fact in (new or old,) if fact)
    before, after = told_change(old, new)
    act = REMOVED if new is None else act if old else ADDED
    return FactChange(named, act, before, new=after, user=user, at=now)


# Somebody says on a point that the draft is right and the fact has changed.


@dataclass(frozen=True, slots=True)
class FactOfPoint:
    """The fact behind a point, and a new look at the draft once the sheet says something else.

    Of a point beside an earlier post, or of a claim without evidence, there is none yet. ``propose`` makes facts of a
    text, one for each statement.
    """

    drafts: Drafts
    jobs: Jobs
    change: ChangeFacts
    propose: Callable[[str], tuple[Fact, ...]]

    async def __call__(self, click: Click) -> tuple[Fact | None, Fact] | None:
        """The fact as it is, if there is one, and as the draft has it from today on; None where that is gone."""
        state, point = await find_point(self.drafts, click.target)
        finding = point.finding if point else lead_in(state, click.target)
        team = Place.of(click.target.draft_id).team
        if state is None or finding is None:
            return None
        text = state.record.draft.text
        if finding.guideline == CLAIM_EVIDENCE:
            return await self._claim(team, finding, text)
        if not is_recorded(finding):
            return None
        today = await self.change.sheets.today(team)
        if not fact_behind(finding):
            made = next(iter(self.propose(finding.quote)), Fact(finding.quote[:LONGEST_VALUE]))
            return None, replace(made, since=today)
        fact = await self.change.find(team, fact_behind(finding))
        if fact is None:
            return None
        return fact, _changed(fact, finding, text, since=today)

    async def _claim(self, team: str, finding: Finding, text: str) -> tuple[Fact | None, Fact] | None:
        """The claim, without evidence that has lapsed, or the draft's sentence as a new one."""
        if behind := fact_behind(finding):
            known = await self.change.find(team, behind)
            lapsed = known and await self.change.has_lapsed(team, known)
            return known and (known, replace(known, source="", until="") if lapsed else known)
        start, end = sentence_around(text, finding.start, finding.end)
        said = " ".join(text[start:end].split())
        return None, Fact(said if len(said) <= LONGEST_VALUE else finding.quote[:LONGEST_VALUE], FactKind.CLAIM)

    async def stated_by(self, draft_id: str, said: str) -> tuple[tuple[Fact, ...], tuple[str, ...]]:
        """What a message states, by its words in the store where it is a draft, and its other sentences.

        Nobody puts any of it on the sheet by that.
        """
        record = await self.drafts.find(draft_id)
        text = record.draft.text if record and not record.erased else said
        facts = self.propose(text)
        stated = {fact.value for fact in facts}
        return facts, tuple(one for one in sentences_of(text) if one not in stated and len(one) <= LONGEST_VALUE)

    async def review_again(self, draft_id: str) -> None:
        """The draft as it is now, beside the sheet as it is now."""
        record = await self.drafts.find(draft_id)
        job = await self.drafts.next_round(record.job) if record and not record.erased else None
        if job:
            await self.jobs.review(job)


def _changed(fact: Fact, finding: Finding, text: str, *, since: str) -> Fact:
    """A fact as the draft has it. How a term changes is for people to say: the draft only shows that it was used."""
    if fact.kind in (FactKind.AVOID, FactKind.PREFER):
        return fact
    return replace(fact, value=_as_drafted(fact.value, finding, text), source="", since=since, until="")


def _as_drafted(value: str, finding: Finding, text: str) -> str:
    """A fact with the draft's words in the place of its own, so far as the rewording tells which those are."""
    edit = finding.edit
    if edit is None:
        return value
    said, recorded = text[edit.start : edit.end], edit.text
    if recorded in value:
        return value.replace(recorded, said, 1)
    ours, theirs = said.split(), recorded.split()
    for act, *spans in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        new, old = (
            " ".join(words_of_it).strip(".,;:!?")
            for words_of_it in (ours[slice(*spans[:2])], theirs[slice(*spans[2:])])
        )
        if act == "replace" and f" {old}" in f" {value}":
            value = f" {value}".replace(f" {old}", f" {new}", 1)[1:]
    return value


# Claims whose evidence lapses, and what leans on them.

_TOLD = 5


@dataclass(frozen=True, slots=True)
class WatchEvidence:
    """Counts anew each time. ``leans_on`` says whether a text makes a claim."""

    sheets: FactSheets
    posts: KeptPosts
    sign_offs: SignOffs
    drafts: Drafts
    leans_on: Callable[[str, Fact], bool]

    async def __call__(self, team: str) -> tuple[EvidenceLapse, ...]:
        """Those of the claims that lapse soon or just have, the next first; the last of them tells how many more."""
        every, day = await self.sheets.every(team)
        claims = lapsing(every, day) if every else ()
        waiting = await self._waiting(team) if claims else ()
        told = [await self._lapse(team, claim, waiting, day=day) for claim in claims[:_TOLD]]
        if others := len(claims) - len(told):
            told[-1] = replace(told[-1], others=others)
        return tuple(told)

    async def _waiting(self, team: str) -> tuple[str, ...]:
        found = [await self.drafts.find(one.place.draft_id) for one in await self.sign_offs.waiting(team)]
        return tuple(record.draft.text for record in found if record)

    async def _lapse(self, team: str, claim: Fact, waiting: tuple[str, ...], day: str) -> EvidenceLapse:
        posts = [post for post in await self.posts.alike(team, claim.value) if self.leans_on(post.text, claim)]
        approved = sum(post.is_approved for post in posts)
        drafts = sum(self.leans_on(text, claim) for text in waiting)
        return EvidenceLapse(claim, day, approved, published=len(posts) - approved, waiting=drafts)


# The sheet as a file in a direct message.

CSV = ".csv"
"""What a wish ends with that wants it for a spreadsheet."""


@dataclass(frozen=True, slots=True)
class ExportFacts:
    """The job behind it: one step, which sends nothing twice."""

    facts: KeptFacts
    file_messages: FileMessages

    async def __call__(self, step: Step, team: str, user: str, wish: str) -> str:
        """Run it; ``wish`` is its key. The result says what was done."""

        async def send(key: str) -> str:
            is_csv = wish.endswith(CSV)
            name = words.file_name(reference(key), "csv" if is_csv else "md")
            written = (csv_of if is_csv else table_of)(await self.facts.of(team))
            await self.file_messages.send(team, user, name, content=written)
            return "sent"

        return await step("send", send, f"facts:{team}:{user}:{wish}")
