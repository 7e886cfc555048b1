"""A workspace's settings: what is in force, and who may change it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.setting_fields import Known, applied, changed, texts
from bot.core.words import settings as words
from bot.core.workspace_settings import SettingChange, WorkspaceSettings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.core.lead_ports import BrandLeads
    from bot.core.ports import Clock
    from bot.core.settings_ports import SettingValues, WorkspaceSettingsOf

_LEADS = "brand_leads"


@dataclass(frozen=True, slots=True)
class SettingsInForce:
    """The `WorkspaceSettingsOf` port: the installation's defaults with what the workspace set."""

    values: SettingValues
    defaults: WorkspaceSettings
    known: Known

    async def of(self, team: str) -> WorkspaceSettings:
        """The workspace's settings at this moment."""
        return applied(self.defaults, await self.values.of(team), self.known)


@dataclass(frozen=True, slots=True)
class Changed:
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

    async def __call__(self, team: str, user: str, wanted: Mapping[str, str], *, sees_list: bool = True) -> Changed:
        """Set the fields of ``wanted`` to the texts that the person typed; all of them or none.

        Nobody drops out of the brand leads unseen: whoever names others stays one of them. Only where the person
        ``sees_list``, with their own name on it, they can take that off.
        """
        settings = await self.in_force.of(team)
        if user not in await self.leads.of(team):
            return Changed(settings, faults=(("", words.ONLY_LEADS),))
        new, faults = changed(settings, _with_editor(settings, user, wanted, sees_list=sees_list), self.known)
        if faults or not new:
            return Changed(settings, faults=tuple(faults.items()))
        before, now = texts(settings), self.clock.now()
        changes = tuple(SettingChange(name, before[name], text, user, now) for name, text in new.items())
        await self.values.save(team, new, changes)
        return Changed(await self.in_force.of(team), changes)


def _with_editor(
    settings: WorkspaceSettings, user: str, wanted: Mapping[str, str], *, sees_list: bool
) -> Mapping[str, str]:
    """An empty list means the workspace's admins, and naming one person would replace them all."""
    named = wanted.get(_LEADS, "").strip()
    took_off = sees_list and user in settings.brand_leads
    return wanted if not named or took_off or user in named else {**wanted, _LEADS: f"{named}, {user}"}
