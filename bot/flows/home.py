"""What the Home tab shows to one person, and a draft that is written in Candor's window."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.core.deciding import Answer
from bot.core.drafts import FIRST_REVISION, Author, Message, Place
from bot.core.errors import CannotEdit, Trouble, TryLater, Unreadable
from bot.core.home import Composed, Composition, HomeTab, LeadsPart, OpenDraft, Sheet
from bot.core.reviewing import standing_in
from bot.core.settings import channels_named
from bot.core.watching import Notice, Unread, channel_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.core.brand.own_guidelines import LibraryOf
    from bot.core.home import DraftBoard, DraftStates, JoinedChannels, Links, OwnDrafts, SpentSoFar, WeekSoFar
    from bot.core.ports import Answers, Clock, Drafts, Jobs
    from bot.core.reviewing import DraftRecord, DraftState
    from bot.core.settings import SettingChange, SettingValues, WorkspaceSettings, WorkspaceSettingsOf
    from bot.core.sign_off import SignOffs
    from bot.core.watching import BrandLeads, Hidden, Notices, SeenChannels
    from bot.flows.audience import WhoSees


# Put together what a person sees on Candor's Home tab.

_LOOKED_BACK = 14 * 24 * 3600.0
"""Seconds: an older draft has gone out, or never will."""
_LOOKED_AT = 40
_LISTED = 10
_CHANGES = 5
_CHANNELS = "draft_channels"


@dataclass(frozen=True, slots=True)
class ListDrafts:
    """Drafts that wait for somebody, with a link to each."""

    own: OwnDrafts
    states: DraftStates
    links: Links
    clock: Clock
    sign_offs: SignOffs
    sees: WhoSees

    async def of(self, team: str, user: str) -> tuple[tuple[OpenDraft, ...], Hidden]:
        """The person's own with open points that weigh something, the latest first; and how many are out of reach."""
        ids = await self.own.of(team, user, self.clock.now() - _LOOKED_BACK, most=_LOOKED_AT)
        open_ = [one for one in await self._found(ids) if one.waits]
        seen = await self.sees.drafts(team, user, [one.draft_id for one in open_])
        shown, hidden = seen.of(open_, lambda one: channel_of(one.draft_id))
        return await self._linked(shown), hidden

    async def waiting(self, team: str, user: str) -> tuple[tuple[OpenDraft, ...], Hidden]:
        """Those that wait for this brand lead, and how many wait where the lead is not: nobody signs their own off."""
        ids = [one.place.draft_id for one in await self.sign_offs.waiting(team) if one.author_id != user]
        shown, hidden = (await self.sees.drafts(team, user, ids)).of(ids, channel_of)
        return await self._linked(await self._found(shown[:_LISTED])), hidden

    async def _found(self, ids: Sequence[str]) -> list[OpenDraft]:
        found: list[OpenDraft] = []
        for draft_id in ids:
            state = await self.states.state(draft_id)
            if state and not state.record.erased:
                found.append(OpenDraft.of(state.record, standing_in(state)))
        return found

    async def _linked(self, drafts: Sequence[OpenDraft]) -> tuple[OpenDraft, ...]:
        listed = drafts[:_LISTED]
        return tuple([replace(one, link=await self.links.to(Place.of(one.draft_id))) for one in listed])


@dataclass(frozen=True, slots=True)
class ShowHome:
    """Reads everything anew each time. Without ``week`` there are no figures."""

    settings: WorkspaceSettingsOf
    values: SettingValues
    leads: BrandLeads
    drafts: ListDrafts
    joined: JoinedChannels
    libraries: LibraryOf
    week: WeekSoFar | None = None
    usage: SpentSoFar | None = None

    async def __call__(self, team: str, user: str) -> HomeTab:
        """The person's Home as it is at this moment."""
        settings = await self.settings.of(team)
        leads = await self._leads(team)
        own, elsewhere = await self.drafts.of(team, user)
        week = await self.week(team) if self.week else None
        lead = await self._lead(team, user, settings) if await self._is_lead(team, user) else None
        seen = await self.seen(team, user, settings, changes=lead.changes if lead else ())
        return HomeTab(user, settings, leads, own=own, elsewhere=elsewhere, seen=seen, week=week, lead=lead)

    async def seen(
        self, team: str, user: str, settings: WorkspaceSettings, changes: tuple[SettingChange, ...] = ()
    ) -> SeenChannels:
        """The channels in the settings, and in changes of them, that may be named to the person."""
        return await self.drafts.sees.named(team, user, channels_named(settings, changes))

    async def with_hidden(self, team: str, user: str, wanted: Mapping[str, str]) -> dict[str, str]:
        """What the person wants of the settings, where nothing that they could not see drops out of a list."""
        if _CHANNELS not in wanted:
            return dict(wanted)
        settings = await self.settings.of(team)
        seen = await self.seen(team, user, settings)
        kept = [name for name in settings.draft_channels if name not in seen]
        return {**wanted, _CHANNELS: ", ".join(filter(None, [wanted[_CHANNELS], *kept]))}

    async def _leads(self, team: str) -> tuple[str, ...]:
        """Nobody, where Slack does not say who they are: the rest of the Home does not wait for it."""
        try:
            return await self.leads.of(team)
        except TryLater:
            return ()

    async def _is_lead(self, team: str, user: str) -> bool:
        try:
            return await self.leads.includes(team, user)
        except TryLater:
            return False

    async def _lead(self, team: str, user: str, settings: WorkspaceSettings) -> LeadsPart:
        waiting, elsewhere = await self.drafts.waiting(team, user)
        library = await self.libraries.of(team)
        return LeadsPart(
            waiting,
            elsewhere,
            await self._troubles(team, settings),
            changes=await self.values.changes(team, _CHANGES),
            in_force=len(settings.policy.apply(library).guidelines),
            titles=library.titles,
            usage=await self.usage(team) if self.usage else None,
        )

    async def _troubles(self, team: str, settings: WorkspaceSettings) -> tuple[Unread, ...]:
        """Channels that the settings name and that Candor cannot use."""
        digest = settings.digest.channel
        wanted = [*settings.draft_channels, *([digest] if digest and digest not in settings.draft_channels else [])]
        try:
            joined = await self.joined.of(team)
        except Unreadable as error:
            return (Unread(team, "", error.trouble),)
        known = {*joined, *joined.values()}
        return tuple(Unread(team, channel, Trouble.ABSENT) for channel in wanted if channel not in known)


# Somebody wrote a draft in Candor's window: post it, keep it, review it. And what its author does with it later.

_LOOKS, _PAUSE = 4, 0.5
"""How often, and after how many seconds each, a second submission asks whether the first one is done."""
_NOT_POSTED = {Trouble.LATER: Composed.LATER}


@dataclass(frozen=True, slots=True)
class ComposeDraft:
    """Posts a window's draft once, however often it is submitted; until that is done the words stay in the window."""

    board: DraftBoard
    drafts: Drafts
    answers: Answers
    jobs: Jobs
    notices: Notices
    clock: Clock

    async def __call__(self, sheet: Sheet) -> Composed:
        once = Notice(sheet.team, sheet.user, f"composed:{sheet.key};")
        if not await self.notices.reserve(once):
            return await self._wait(once)
        try:
            ts = await self.board.find(sheet) or await self.board.post(sheet)
        except Unreadable as error:
            # Nothing stands there: the next attempt need not wait.
            await self.notices.forget(once.team, once.key, ())
            return _NOT_POSTED.get(error.trouble, Composed.ABSENT)
        await self._keep(sheet, Place(sheet.team, sheet.channel, ts))
        await self.notices.told(once)
        return Composed.DONE

    async def _wait(self, once: Notice) -> Composed:
        for _ in range(_LOOKS):
            if await self.notices.is_told(once):
                return Composed.DONE
            await self.clock.sleep(_PAUSE)
        return Composed.BUSY

    async def _keep(self, sheet: Sheet, place: Place) -> None:
        message = _message(place, sheet.user, sheet.composition, revision=FIRST_REVISION)
        record = await self.drafts.add(message, asked=place.ts) or await self.drafts.find(place.draft_id)
        if record and not record.erased:
            for guideline, answer in sheet.composition.answers:
                await self.answers.record(record.id, Answer(guideline, answer, sheet.user, at=place.ts))
            await self.jobs.review(record.job)


@dataclass(frozen=True, slots=True)
class EditComposed:
    """The author changes a composed draft. Safe to repeat."""

    board: DraftBoard
    drafts: Drafts
    answers: Answers
    jobs: Jobs
    clock: Clock

    async def begin(self, draft_id: str, user: str) -> Composition | Composed:
        """What the window shows at first, or why there is none."""
        state = await self.drafts.state(draft_id)
        if state is None:
            return Composed.GONE
        return _refusal(state.record, user) or _composition(state)

    async def __call__(self, draft_id: str, user: str, composition: Composition) -> Composed:
        """Show and keep what it says now, then review it."""
        state = await self.drafts.state(draft_id)
        if state is None:
            return Composed.GONE
        if refusal := _refusal(state.record, user):
            return refusal
        if composition == _composition(state):
            return Composed.DONE
        # Slack first: a crash then leaves the old draft kept, and the words in the window.
        shown = await self._show(state.record.place, user, composition)
        if shown is Composed.DONE:
            await self._keep(state, user, composition)
        return shown

    async def _show(self, place: Place, user: str, composition: Composition) -> Composed:
        try:
            return Composed.DONE if await self.board.update(place, user, composition) else Composed.GONE
        except CannotEdit:
            return Composed.CLOSED
        except Unreadable as error:
            return _NOT_POSTED.get(error.trouble, Composed.ABSENT)

    async def _keep(self, state: DraftState, user: str, composition: Composition) -> None:
        at, record = f"{self.clock.now():.6f}", state.record
        known = {answer.guideline: answer.answer for answer in state.answers}
        new = [(guideline, answer) for guideline, answer in composition.answers if known.get(guideline) != answer]
        for guideline, answer in new:
            await self.answers.record(record.id, Answer(guideline, answer, user, at=at))
        revised = await self.drafts.revise(_message(record.place, user, composition, revision=at))
        if job := revised.job if revised else await self.drafts.next_round(record.job):
            await self.jobs.review(job)
        await self.jobs.refresh(record.id, at)  # a sign-off is about the answers, too


@dataclass(frozen=True, slots=True)
class RemoveComposed:
    """The author removes a composed draft: its text, its reviews and what was said about it. Safe to repeat."""

    board: DraftBoard
    drafts: Drafts
    jobs: Jobs

    async def __call__(self, draft_id: str, user: str) -> Composed:
        record = await self.drafts.find(draft_id)
        if record is None:
            return Composed.GONE
        # Of one that expired, or whose author had their data deleted, nobody knows any more whose it is.
        if record.author_id != user and not (record.erased and not record.author_id):
            return Composed.NOT_YOURS
        await self.drafts.erase(record.place)
        await self.jobs.remove_reply(draft_id)
        try:
            await self.board.remove(record.place)
        except Unreadable as error:
            return _NOT_POSTED.get(error.trouble, Composed.ABSENT)
        return Composed.DONE


def _refusal(record: DraftRecord, user: str) -> Composed | None:
    if record.erased:
        return Composed.GONE
    return None if record.author_id == user else Composed.NOT_YOURS


def _composition(state: DraftState) -> Composition:
    draft = state.record.draft
    return Composition.of(draft.text, draft.platform, draft.context, answers=state.answers)


def _message(place: Place, user: str, composition: Composition, revision: str) -> Message:
    return Message(
        place,
        Author.PERSON,
        user,
        text=composition.text,
        revision=revision,
        platform=composition.platform,
        context=composition.context,
    )
