"""Put together what a person sees on Candor's Home tab."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.core.audience import channel_of
from bot.core.errors import TryLater, Unreadable
from bot.core.home import HomeTab, LeadsPart, OpenDraft
from bot.core.message import Place
from bot.core.presence import Trouble, Unread
from bot.core.setting_fields import channels_named
from bot.core.standing import standing_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.core.audience import Hidden, Seen
    from bot.core.guideline import Library
    from bot.core.home_ports import DraftStates, JoinedChannels, Links, OwnDrafts, WeekSoFar
    from bot.core.lead_ports import BrandLeads
    from bot.core.ports import Clock
    from bot.core.settings_ports import SettingValues, WorkspaceSettingsOf
    from bot.core.sign_off_ports import SignOffs
    from bot.core.workspace_settings import SettingChange, WorkspaceSettings
    from bot.flows.audience import WhoSees

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
        ids = await self.own.of(team, user, self.clock.now() - _LOOKED_BACK, _LOOKED_AT)
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
    library: Library
    week: WeekSoFar | None = None

    async def __call__(self, team: str, user: str) -> HomeTab:
        """The person's Home as it is at this moment."""
        settings = await self.settings.of(team)
        leads = await self._leads(team)
        own, elsewhere = await self.drafts.of(team, user)
        week = await self.week(team) if self.week else None
        lead = await self._lead(team, user, settings) if user in leads else None
        seen = await self.seen(team, user, settings, lead.changes if lead else ())
        return HomeTab(user, settings, leads, own, elsewhere, seen, week, lead)

    async def seen(
        self, team: str, user: str, settings: WorkspaceSettings, changes: tuple[SettingChange, ...] = ()
    ) -> Seen:
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

    async def _lead(self, team: str, user: str, settings: WorkspaceSettings) -> LeadsPart:
        waiting, elsewhere = await self.drafts.waiting(team, user)
        return LeadsPart(
            waiting,
            elsewhere,
            await self._troubles(team, settings),
            await self.values.changes(team, _CHANGES),
            len(settings.policy.apply(self.library).guidelines),
            self.library.titles,
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
