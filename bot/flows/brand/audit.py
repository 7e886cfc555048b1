"""An audit of what is out, asked for in Slack: a channel's posts, or a file that somebody attached."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from bot.core.brand.audit import (
    Audit,
    AuditedPost,
    AuditReport,
    AuditResult,
    AuditShown,
    AuditState,
    FineWords,
    audit_key,
    begins_ids,
    draft_of,
    places_of,
    result_of,
)
from bot.core.brand.overnight import Night
from bot.core.brand.own_guidelines import Hit, form_of
from bot.core.brand.variants import SetPost, heads_of
from bot.core.deciding import Dismissal, GuidelineException, Lasting, Scope, silencing
from bot.core.drafts import Place, reference
from bot.core.errors import PersonCanFix, TryLater
from bot.core.findings import Finding
from bot.core.judging import ModelPart
from bot.core.watching import channel_of
from bot.core.words.brand import audit as words
from bot.flows.brand.audit_sources import day_at, posts_in
from bot.flows.brand.overnight import FEWEST, left_of
from bot.flows.brand.trying import ShownTrial, hit_in, mark_of
from bot.flows.reviewing import aside, review_text

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from bot.core.brand.audit import AuditBoard, AuditedPost, AuditJobs, Audits, PointPlace
    from bot.core.brand.facts import Fact
    from bot.core.brand.variants import SetComparison
    from bot.core.deciding import Covers, ExceptionStore
    from bot.core.drafts import Draft
    from bot.core.judging import Critique
    from bot.core.ports import Clock, JudgesOf, ProblemsOf, Step
    from bot.core.watching import BrandLeads
    from bot.flows.audience import WhoSees
    from bot.flows.brand.audit_sources import AuditSources
    from bot.flows.brand.overnight import DropNights, ReadOvernight
    from bot.flows.brand.trying import JudgeTrial
    from bot.flows.private_reviews import ReviewAlone

    Estimate = Callable[[Sequence[Draft], Sequence[Fact]], Awaitable[str]]
    """In words what reviews by the language model take."""


# Somebody asks for one.

_AFTER = 60.0
"""Seconds after which Slack is asked again what somebody may read."""
_TRIES, _MOMENT = 5, 0.3
"""How often an audit is read again that moves on just then, and after how many seconds: Slack waits for three."""


@dataclass(frozen=True, slots=True)
class BeginAudit:
    """Each returns when the audit is durable, and says what the person is told. Safe to repeat: ``wish`` names it."""

    audits: Audits
    jobs: AuditJobs
    sees: WhoSees
    leads: BrandLeads
    clock: Clock

    async def of_channel(self, team: str, user: str, wish: str, *, channel: str, days: int = 0) -> str:
        """Whoever may read the channel gets an audit of it, and nobody else. Raises `TryLater`."""
        seen = await self.sees.channels(team, user, {channel})
        if not seen.sure:
            raise TryLater(_AFTER)
        if channel not in seen:
            return words.NOT_YOURS
        await self._begin(team, Audit(reference(wish), user, self.clock.now(), source=channel, days=days))
        return words.COMING

    async def of_file(
        self, place: Place, user: str, wish: str, *, file: str, name: str, compares: bool = False
    ) -> None:
        """It is attached in the thread that begins at the place, so everybody there may read what is found."""
        made = Audit(reference(wish), user, self.clock.now(), file=file, name=name, compares=compares)
        await self._begin(place.team, replace(made, place=place.channel, thread=place.ts))

    async def with_model(self, team: str, user: str, audit_id: str, *, overnight: bool = False) -> str:
        """Do it once more, with the language model; what the person is told, "" where it is on its way."""
        night = Night() if overnight else None

        def again(audit: Audit) -> Audit | None:
            if audit.with_model:  # a crash may have come before its job
                return audit if audit.state is AuditState.RUNNING else None
            begun = replace(audit, with_model=True, round=audit.round + 1, state=AuditState.RUNNING, night=night)
            return begun if audit.state is AuditState.DONE else None

        if not await self._has_ended(team, audit_id):
            return words.MOVED_ON
        turned = await self._turn(team, user, audit_id, turn=again)
        if isinstance(turned, str):
            return turned
        await self.jobs.audit(team, turned.id, turned.round)
        return ""

    async def _has_ended(self, team: str, audit_id: str) -> bool:
        """The button is shown a moment before the audit is done. False if it takes longer."""
        for _ in range(_TRIES):
            audit = await self.audits.find(team, audit_id)
            if audit is None or audit.with_model or audit.state is not AuditState.RUNNING:
                return True
            await self.clock.sleep(_MOMENT)
        return False

    async def stop(self, team: str, user: str, audit_id: str) -> str:
        """It ends after the posts that are being read."""

        def stopped(audit: Audit) -> Audit | None:
            return replace(audit, state=AuditState.STOPPED) if audit.state is AuditState.RUNNING else None

        turned = await self._turn(team, user, audit_id, turn=stopped)
        return turned if isinstance(turned, str) else ""

    async def _turn(self, team: str, user: str, audit_id: str, turn: Callable[[Audit], Audit | None]) -> Audit | str:
        """It as it is kept from now on, or what the person is told instead."""
        for _ in range(_TRIES):
            audit = await self.audits.find(team, audit_id)
            turned = turn(audit) if audit else None
            if audit is None or turned is None:
                return words.OVER
            if not await self._may(team, user, audit):
                return words.NOT_YOUR_AUDIT
            if turned is audit or await self.audits.note(team, turned, audit):
                return turned
        return words.MOVED_ON

    async def _begin(self, team: str, audit: Audit) -> None:
        await self.audits.begin(team, audit)
        await self.jobs.audit(team, audit.id, audit.round)

    async def _may(self, team: str, user: str, audit: Audit) -> bool:
        return user == audit.user or await self.leads.includes(team, user)


# The job behind it.

_AT_ONCE, _MANY = 4, 25
"""Posts between two looks at whether somebody stopped it: with a model, and without."""
_SHOWN_EVERY = 3.0
"""Seconds between two edits of its message: Slack takes about one in a second from all of Candor in a channel."""
_HOPELESS = frozenset(
    {
        *(ModelPart.KEY, ModelPart.NO_MODEL, ModelPart.NO_CREDIT, ModelPart.NO_ROOM, ModelPart.SETTINGS),
        *(ModelPart.MONTH_SPENT, ModelPart.DAY_SPENT),
    }
)
"""No other post would be read, either."""


@dataclass(frozen=True, slots=True)
class RunAudit:
    """One step, which a crash repeats: what was read by then is kept and is not read again.

    ``compare`` holds posts of many days against one another, and ``variants`` those of one campaign against the facts
    too. ``files`` makes the page and the table of a report, which has nothing of what the workspace's ``exceptions``
    leave alone. Without ``alone`` no language model reads, and without ``overnight`` it isn't offered.
    """

    audits: Audits
    sources: AuditSources
    board: AuditBoard
    judges: JudgesOf
    titles: ProblemsOf
    compare: Callable[[Sequence[SetPost]], SetComparison]
    variants: Callable[[Sequence[SetPost], Sequence[Fact], Callable[[], None]], SetComparison]
    files: Callable[[AuditReport], Mapping[str, str]]
    clock: Clock
    exceptions: ExceptionStore
    covers: Covers
    alone: ReviewAlone | None = None
    estimate: Estimate | None = None
    overnight: ReadOvernight | None = None
    overnight_takes: Estimate | None = None

    async def __call__(self, step: Step, team: str, audit_id: str, number: int) -> str:
        """Run it; the result says in a word how it ended."""

        async def run(_: str) -> str:
            audit = await self.audits.find(team, audit_id)
            if audit is None or audit.round != number or audit.state is AuditState.DONE:
                return "over"
            return await (self._run if audit.state is AuditState.RUNNING else self._stopped)(team, audit)

        return await step("audit", run, f"audit:{team}:{audit_id}:{number}")

    async def _run(self, team: str, audit: Audit) -> str:
        try:
            posts, read = await self.sources.of(team, audit)
            shown = AuditShown(len(posts), left_out=read.faults, unused=read.unused)
            if not posts:
                return await self._end(team, audit, replace(shown, said=words.none(audit.source)))
            placed = await self._placed(team, audit, shown)
            done = await self.audits.results(team, audit.id)
            compared = await self._variants(team, placed, posts) if placed and audit.compares else None
            if placed is None or (audit.compares and compared is None):
                return await self._stopped(team, audit)
            read = [posts[one] for one in heads_of(compared)] if compared else posts
            to_read = read if audit.with_model or not compared else []
            ended = await self._all_read(team, placed, to_read, shown=replace(shown, total=len(to_read)), done=done)
            return await self._report(team, ended, done, shown=shown, compared=compared) if ended else "stopped"
        except PersonCanFix as wrong:
            return await self._end(team, audit, AuditShown(said=str(wrong)))

    async def _placed(self, team: str, audit: Audit, shown: AuditShown) -> Audit | None:
        """The audit with its message; None where it was stopped."""
        if audit.ts:
            await self.board.show(team, audit, shown)
            return audit
        place, thread, ts = await self.board.post(team, audit, shown)
        placed = replace(audit, place=place, thread=thread, ts=ts)
        if await self.audits.note(team, placed, audit):
            return placed
        await self.board.show(team, placed, AuditShown(said=words.STOPPED))  # while it was posted
        return None

    async def _variants(self, team: str, audit: Audit, posts: Sequence[AuditedPost]) -> SetComparison | None:
        """All of them beside one another; None where somebody stopped it. A crash begins anew: it takes a minute."""
        facts, seen = (await self.judges.of(team)).facts, _Counted()
        every = [one.post for one in posts]
        length = sum(len(post.text) for post in every)
        work = asyncio.ensure_future(aside(length, lambda: self.variants(every, facts, seen.one), own=True))
        try:
            while not (await asyncio.wait({work}, timeout=_SHOWN_EVERY))[0]:
                current = await self.audits.find(team, audit.id)
                seen.is_over = current is None or current.state is not AuditState.RUNNING
                await self.board.show(team, audit, AuditShown(len(posts), done=seen.number))
            return await work
        except _Over:
            return None
        finally:
            seen.is_over = True

    async def _all_read(
        self, team: str, audit: Audit, posts: Sequence[AuditedPost], shown: AuditShown, done: dict[str, AuditResult]
    ) -> Audit | None:
        """The audit as it then is; None where somebody stopped it."""

        async def through(posts: Sequence[AuditedPost], alone: ReviewAlone | None) -> bool:
            return await self._through(team, audit, posts, shown=shown, done=done, alone=alone)

        alone = self.alone if audit.with_model and not audit.night else None
        if audit.night and self.overnight:
            ended, goes_on = await self.overnight.read(team, audit, posts, done=done, through=through)
        else:
            ended, goes_on = audit, await through(posts, alone)
        if goes_on:
            return ended
        await self._stopped(team, ended)
        return None

    async def _through(
        self,
        team: str,
        audit: Audit,
        posts: Sequence[AuditedPost],
        *,
        shown: AuditShown,
        done: dict[str, AuditResult],
        alone: ReviewAlone | None,
    ) -> bool:
        """Read what is left; False where somebody stopped it."""
        left, last = iter(left_of(posts, done)), self.clock.now()
        while batch := list(islice(left, _AT_ONCE if alone else _MANY)):
            found = await self._read(team, audit, [draft_of(one.post) for one in batch], alone=alone)
            if not audit.night and _is_hopeless([critique.model_part for critique in found]):
                alone = None
            left_alone = await self.exceptions.of(team)
            results = [(o, self._result(o.post.text, c, left_alone)) for o, c in zip(batch, found, strict=True)]
            await self.audits.keep(team, audit.id, results)
            done |= {one.key: result for one, result in results}
            current = await self.audits.find(team, audit.id)
            if current is None or current.state is not AuditState.RUNNING:
                return False
            if self.clock.now() - last >= _SHOWN_EVERY:
                await self.board.show(team, audit, replace(shown, done=sum(one.key in done for one in posts)))
                last = self.clock.now()
        return True

    def _result(self, text: str, critique: Critique, exceptions: Sequence[GuidelineException]) -> AuditResult:
        def stays(finding: Finding) -> bool:
            return silencing(exceptions, finding, text, covers=self.covers) is None

        findings, leads = tuple(filter(stays, critique.findings)), tuple(filter(stays, critique.leads))
        return result_of(replace(critique, findings=findings, leads=leads))

    async def _read(
        self, team: str, audit: Audit, drafts: Sequence[Draft], alone: ReviewAlone | None
    ) -> list[Critique]:
        if alone:
            return await asyncio.gather(*(alone(team, draft, audit.user) for draft in drafts))
        judges = await self.judges.of(team)
        told, rules = [judges.told(draft) for draft in drafts], judges.rules
        length = sum(len(draft.text) for draft in drafts) * _MANY  # in a thread, as a rule
        return await aside(length, lambda: [review_text(draft, rules) for draft in told], own=bool(rules.own_set))

    async def _report(
        self,
        team: str,
        audit: Audit,
        done: Mapping[str, AuditResult],
        *,
        shown: AuditShown,
        compared: SetComparison | None = None,
    ) -> str:
        """Of what is there still, as somebody may have deleted a draft meanwhile."""
        posts = [one for one in (await self.sources.of(team, audit))[0] if compared or one.key in done]
        length = sum(len(one.post.text) for one in posts)
        held = compared or await aside(length, lambda: self.compare([one.post for one in posts]))
        results = tuple(done.get(one.key, AuditResult()) for one in posts)
        titles = await self.titles(team)
        names = {one.post.name: one.draft_id for one in posts if one.draft_id}
        report = AuditReport(held, results, titles, model=audit.with_model, draft_ids=names, variants=audit.compares)
        report = replace(report, mark=begins_ids(audit))
        made = await aside(length, lambda: self.files(report))
        await self.audits.keep_places(team, places_of(report, audit.id))  # before anybody reads an id
        uploads = await self.board.upload(team, audit, made)
        ended = replace(audit, uploads=(*audit.uploads, *(uploads or ())), state=AuditState.DONE)
        told = replace(shown, done=len(posts), report=report, said="" if uploads else words.NO_UPLOAD)
        if not audit.with_model:
            asked = [posts[one] for one in heads_of(held)] if compared else posts
            told = await self._offering(team, told, {one.key: draft_of(one.post) for one in asked})
        await self.board.show(team, ended, told)  # all of it, as nothing is left to show once it's done
        if not await self.audits.finish(team, ended, {posts[number].draft_id for number in report.quoted} - {""}):
            await self.board.withdraw(team, ended)
        return ended.state.value

    async def _offering(self, team: str, told: AuditShown, drafts: Mapping[str, Draft]) -> AuditShown:
        """With what it would take to have the model read, too."""
        if self.estimate is None:
            return told
        asked, facts = [*drafts.values()], (await self.judges.of(team)).facts
        takes, night = await self.estimate(asked, facts), ""
        if self.overnight_takes and len(asked) >= FEWEST:
            night = await self.overnight_takes(asked, facts)
        return replace(told, estimate=takes, overnight=night)

    async def _end(self, team: str, audit: Audit, shown: AuditShown) -> str:
        """There is nothing to read."""
        audit = await self.audits.find(team, audit.id) or audit
        ended = replace(audit, state=AuditState.STOPPED)
        await (self.board.show(team, ended, shown) if audit.ts else self.board.post(team, ended, shown))
        await self._without_night(team, audit)
        await self.audits.remove(team, audit.id)
        return "nothing"

    async def _stopped(self, team: str, known: Audit) -> str:
        """A report from before stays; without one there is nothing to keep. Safe to repeat: the state goes last."""
        audit = await self.audits.find(team, known.id)
        if audit and audit.ts:
            await self.board.show(team, audit, AuditShown(said=words.STOPPED_LATER if audit.round else words.STOPPED))
        await self._without_night(team, known)
        if audit and audit.round:
            await self.audits.finish(team, replace(audit, state=AuditState.DONE, night=None))
        else:
            await self.audits.remove(team, known.id)
        return "stopped"

    async def _without_night(self, team: str, audit: Audit) -> None:
        if self.overnight and audit.night:
            await self.overnight.stop(team, audit)


class _Over(Exception):
    """Somebody stopped a comparison."""


@dataclass(slots=True)
class _Counted:
    """How many texts a thread has read, and whether it should go on."""

    number: int = 0
    is_over: bool = False

    def one(self) -> None:
        if self.is_over:
            raise _Over
        self.number += 1


def _is_hopeless(parts: Sequence[ModelPart]) -> bool:
    """True where the model would not read any other post, or answered about none of these."""
    return not _HOPELESS.isdisjoint(parts) or set(parts) == {ModelPart.UNREACHED}


# A brand lead calls words in the report fine: later audits and drafts leave them alone.


@dataclass(frozen=True, slots=True)
class CallFine:
    """Safe to repeat: a window with a ``key`` makes one exception."""

    audits: Audits
    exceptions: ExceptionStore
    leads: BrandLeads
    clock: Clock

    async def may(self, team: str, user: str) -> bool:
        """What reaches everybody's drafts is a brand lead's to decide. Raises `TryLater`."""
        return await self.leads.includes(team, user)

    async def __call__(self, team: str, user: str, fine: FineWords, chosen: Dismissal, *, key: str) -> str:
        """What the person is told. Whoever may read the draft, or else the audit, may read the exception."""
        audit = await self.audits.find(team, fine.audit)
        if audit is None or not audit.ts:
            return words.OVER
        if not await self.may(team, user):
            return words.ONLY_LEADS
        ref = Finding(fine.guideline, fine.severity, 0, end=len(fine.quote), quote=fine.quote, why="").ref
        now = self.clock.now()
        made = GuidelineException(
            team=team,
            id=reference(f"exception:audit:{fine.audit}:{ref}:{key}"),
            guideline=fine.guideline,
            ref=ref,
            quote=fine.quote,
            scope=chosen.scope,
            campaign=chosen.campaign,
            reason=chosen.reason,
            author=user,
            draft_id=fine.draft_id or Place(team, audit.place, audit.ts).draft_id,
            created_at=now,
            expires_at=chosen.until(now),
        )
        return words.FINE_KEPT if await self.exceptions.add(made) else words.OVER


@dataclass(frozen=True, slots=True)
class FineByIds:
    """The same for points that somebody names by their ids, everywhere and for as long as the window begins with.

    What they say is read anew: of a point that is over only its place is kept. Safe to repeat.
    """

    audits: Audits
    sources: AuditSources
    call: CallFine
    titles: ProblemsOf

    async def __call__(self, team: str, user: str, ids: Sequence[str]) -> str:
        """What the person is told. Raises `TryLater`."""
        if not await self.call.may(team, user):
            return words.ONLY_LEADS
        places = {place.id: place for place in await self.audits.places(team, {*ids})}
        names = {reference(name): name for name in await self.titles(team)}
        texts = await self._texts(team, [*places.values()])
        chosen, gone = Dismissal(scope=Scope.ALWAYS, lasting=Lasting.QUARTER), list[str]()
        for place in places.values():
            text, name, said = texts.get(place.key), names.get(place.guideline), ""
            if text is not None and name is not None:
                quote = text[place.start : place.end]
                fine = FineWords(place.audit, name, place.severity, quote=quote, draft_id=place.draft_id)
                said = await self.call(team, user, fine, chosen=chosen, key=place.id)
            if said != words.FINE_KEPT:
                gone.append(place.id)
        unknown = [one for one in dict.fromkeys(ids) if one not in places]
        until = day_at(chosen.until(self.call.clock.now()) or 0.0)
        return words.fine_by_ids(len(places) - len(gone), until, gone, unknown=unknown)

    async def _texts(self, team: str, places: Sequence[PointPlace]) -> dict[str, str]:
        """The reviewed posts by their keys: out of drafts where they are still there, else out of all of the source."""
        texts: dict[str, str] = {}
        for draft_id in {place.draft_id for place in places} - {""}:
            record = await self.sources.drafts.find(draft_id)
            posts = posts_in(record.draft) if record and not record.erased else ()
            texts |= {audit_key(draft_of(SetPost(one.text, "", platform=one.platform))): one.text for one in posts}
        for audit_id in {place.audit for place in places if place.key not in texts}:
            audit = await self.audits.find(team, audit_id)
            with suppress(PersonCanFix):  # the file is gone, or the channel
                every = (await self.sources.of(team, audit))[0] if audit else []
                texts |= {one.key: one.post.text for one in every}
        return texts


@dataclass(frozen=True, slots=True)
class FineExample:
    """Words about which a guideline of the workspace's own was wrong become a good example of it, as in its trial."""

    judge: JudgeTrial

    async def title(self, team: str, user: str, fine: FineWords) -> str:
        """What that guideline is called; "" where it isn't the workspace's own, or the person has no such draft."""
        shown = await self._shown(team, user, fine)
        return shown.guideline.title if shown else ""

    async def __call__(self, team: str, user: str, fine: FineWords) -> str:
        """What is wrong, "" where the sentence is kept. Raises `TryLater`."""
        shown = await self._shown(team, user, fine)
        sentences = self.judge.sentences(shown, [mark_of(hit) for hit in shown.hits]) if shown else []
        if shown is None or not sentences:
            return words.NO_EXAMPLE
        if not await self.judge.write.leads.includes(team, user):
            return words.ONLY_LEADS
        told = await self.judge.noted(team, user, shown, form=form_of(shown.guideline), sentences=sentences)
        return words.example_refused(next(iter(told.values()))) if isinstance(told, dict) else ""

    async def _shown(self, team: str, user: str, fine: FineWords) -> ShownTrial | None:
        show = self.judge.show
        one = (await show.libraries.kept.of(team)).find(fine.guideline) if fine.draft_id else None
        guideline = show.libraries.newest(one) if one else None
        if one is None or guideline is None:
            return None
        seen = await show.sees.drafts(team, user, [fine.draft_id])
        record = await show.drafts.find(fine.draft_id) if channel_of(fine.draft_id) in seen else None
        if record is None or record.erased:
            return None
        start = record.draft.text.find(fine.quote)
        hit = Hit(record.id, record.revision, start, end=start + len(fine.quote))
        return ShownTrial(one, guideline, hits=(hit_in(record, hit, ""),)) if start >= 0 else None


# It goes with the data of whoever asked for it, and of whoever it quotes.


@dataclass(frozen=True, slots=True)
class WithdrawAudit:
    """Safe to repeat."""

    audits: Audits
    board: AuditBoard
    nights: DropNights

    async def __call__(self, team: str, audit_id: str) -> None:
        """Take it back in Slack and at the model's server, and delete what is kept of it."""
        if audit := await self.audits.find(team, audit_id):
            await self.nights.of(audit)
            if audit.ts:
                await self.board.withdraw(team, audit)
            await self.audits.remove(team, audit_id)
