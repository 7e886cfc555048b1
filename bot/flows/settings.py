"""A workspace's settings are changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.errors import TryLater, Unreadable
from bot.core.guidelines import fields_of
from bot.core.settings import Known, SettingChange, WorkspaceSettings, applied, changed, texts
from bot.core.watching import is_channel_id
from bot.core.words import settings as words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.core.guidelines import Choice
    from bot.core.ports import Clock
    from bot.core.settings import SettingValues, WorkspaceSettingsOf
    from bot.core.watching import BrandLeads, Channels


# A workspace's settings: what is in force, and who may change it.

_LEADS = "brand_leads"
_TRIES = 20
_SOON = 1.0
"""Seconds."""


@dataclass(frozen=True, slots=True)
class SettingsInForce:
    """The `WorkspaceSettingsOf` port: the installation's defaults with what the workspace set."""

    values: SettingValues
    defaults: WorkspaceSettings
    known: Known

    async def of(self, team: str) -> WorkspaceSettings:
        return applied(self.defaults, await self.values.of(team), self.known)


@dataclass(frozen=True, slots=True)
class SettingsChanged:
    """What became of a wish to change settings: nothing was kept where ``faults`` names a field."""

    settings: WorkspaceSettings
    changes: tuple[SettingChange, ...] = ()
    faults: tuple[tuple[str, str], ...] = ()
    """(field, sentence); the field is "" where the person may not change anything."""


@dataclass(frozen=True, slots=True)
class ChangeSettings:
    """Changes by brand leads: checked, kept with who and when, in force at once."""

    in_force: WorkspaceSettingsOf
    values: SettingValues
    leads: BrandLeads
    known: Known
    clock: Clock

    async def __call__(
        self, team: str, user: str, wanted: Mapping[str, str], *, sees_list: bool = True
    ) -> SettingsChanged:
        """Set the fields of ``wanted`` to the texts that the person typed; all of them or none.

        Nobody drops out of the brand leads unseen: whoever names others stays one of them. Only where the person
        ``sees_list``, with their own name on it, they can take that off.
        """
        return await self.edit(team, user, lambda _: wanted, sees_list=sees_list)

    async def edit(
        self, team: str, user: str, wanted: Callable[[WorkspaceSettings], Mapping[str, str]], *, sees_list: bool = True
    ) -> SettingsChanged:
        """Set what ``wanted`` makes of the settings in force, which others may change at the same moment.

        Where somebody does, it is asked again, so that an entry that both add to one list is never lost. Raises
        `TryLater` where that goes on.
        """
        if not await self.leads.includes(team, user):  # now: whoever was demoted would name themselves for good
            return SettingsChanged(await self.in_force.of(team), faults=(("", words.ONLY_LEADS),))
        for _ in range(_TRIES):
            seen = await self.values.of(team)
            settings = await self.in_force.of(team)
            named = _with_editor(settings, user, wanted(settings), sees_list=sees_list)
            new, faults = changed(settings, named, self.known)
            if faults or not new:
                return SettingsChanged(settings, faults=tuple(faults.items()))
            before, now = texts(settings), self.clock.now()
            changes = tuple(SettingChange(name, before[name], text, user=user, at=now) for name, text in new.items())
            if await self.values.save(team, new, changes, seen=seen):
                return SettingsChanged(await self.in_force.of(team), changes)
        raise TryLater(_SOON)


def _with_editor(
    settings: WorkspaceSettings, user: str, wanted: Mapping[str, str], *, sees_list: bool
) -> Mapping[str, str]:
    """An empty list means the workspace's admins, and naming one person would replace them all."""
    named = wanted.get(_LEADS, "").strip()
    took_off = sees_list and user in settings.brand_leads
    return wanted if not named or took_off or user in named else {**wanted, _LEADS: f"{named}, {user}"}


# A brand lead switches reviews on or off in one channel.


@dataclass(frozen=True, slots=True)
class SwitchChannel:
    """The channel may stand in the settings by its id, by its name, or by a name that it had before."""

    change: ChangeSettings
    channels: Channels
    leads: BrandLeads

    async def __call__(self, team: str, user: str, channel: str, *, on: bool) -> tuple[str, ...] | None:
        """None where it is so now; else the brand leads, who alone can do it. Raises `TryLater`."""
        known = await self._names(team, channel)

        def listed(settings: WorkspaceSettings) -> dict[str, str]:
            others = tuple(name for name in settings.draft_channels if name not in {channel, *(known or ())})
            if known is None and not on and not all(map(is_channel_id, others)):
                raise TryLater(_SOON)  # one of the names may be this channel's
            return {"draft_channels": ", ".join((*others, channel) if on else others)}

        changed = await self.change.edit(team, user, listed)
        return await self.leads.of(team) if changed.faults else None

    async def _names(self, team: str, channel: str) -> frozenset[str] | None:
        """By what the settings switch it on; None where Slack does not say."""
        try:
            return (await self.channels.switched_on(team)).get(channel, frozenset())
        except Unreadable:
            return None


# A brand lead chose which guidelines are in force, and how severe they are.


@dataclass(frozen=True, slots=True)
class ChooseGuidelines:
    """Guidelines that are not among the choices stay as they are at this moment, whoever changed them last."""

    change: ChangeSettings

    async def __call__(self, team: str, user: str, choices: Mapping[str, Choice]) -> SettingsChanged:
        return await self.change.edit(team, user, lambda settings: fields_of(settings.policy, choices))
