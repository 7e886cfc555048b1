"""Somebody says that a contact in a draft is the brand's own: keep it for good, or here. Safe to repeat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.contacts import contact_of, with_contact, without_contact
from bot.core.errors import TryLater
from bot.core.verdict import Decision, Reason, Verdict
from bot.flows.find_point import find_point, lead_in

if TYPE_CHECKING:
    from bot.core.click import Click
    from bot.core.ports import Drafts, Jobs, Verdicts
    from bot.core.settings_ports import WorkspaceSettingsOf
    from bot.flows.workspace_settings import ChangeSettings

_FIELD = "public_addresses"


@dataclass(frozen=True, slots=True)
class Owned:
    """What became of it. ``for_good`` is True where a brand lead said so: the contact stands in the settings now."""

    contact: str
    for_good: bool


@dataclass(frozen=True, slots=True)
class OwnContacts:
    """The list itself is a setting, so who added what is noted there, and brand leads edit it."""

    drafts: Drafts
    verdicts: Verdicts
    jobs: Jobs
    settings: WorkspaceSettingsOf
    change: ChangeSettings

    async def __call__(self, click: Click) -> Owned | None:
        """Dismiss the point, and add the contact where the person may; None where the point is gone."""
        state, point = await find_point(self.drafts, click.target)
        found = point.finding if point else lead_in(state, click.target)
        contact = contact_of(found) if found else ""
        if state is None or found is None or not contact:
            return None
        decided = Decision.DISMISSED, click.user, click.at, state.record.revision, Reason.OWN_ADDRESS
        await self.verdicts.record(state.record.id, Verdict(found.ref, *decided))
        added = await self._add(state.record.place.team, click.user, contact)
        await self.jobs.refresh(state.record.id, click.cause)
        return Owned(contact, added)

    async def take_back(self, team: str, user: str, contact: str) -> None:
        """Take it out of the settings again, where the person may; for anybody else it stays there."""
        own = (await self.settings.of(team)).own_contacts
        await self._set(team, user, without_contact(own, contact))

    async def _add(self, team: str, user: str, contact: str) -> bool:
        own = (await self.settings.of(team)).own_contacts
        return await self._set(team, user, with_contact(own, contact))

    async def _set(self, team: str, user: str, contacts: tuple[str, ...]) -> bool:
        try:
            return not (await self.change(team, user, {_FIELD: ", ".join(contacts)})).faults
        except TryLater:
            return False
