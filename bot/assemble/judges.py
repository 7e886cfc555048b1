"""The judges under each workspace's policy: rules compiled once, one connection to the model."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.core.brand import brand_of
from bot.core.judging_ports import Judges

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.core.guideline import Library
    from bot.core.policy import Policy
    from bot.core.ports import Critic, Rules
    from bot.core.settings_ports import WorkspaceSettingsOf
    from bot.rules.engine import RuleEngine

_POLICIES = 64
"""How many are kept ready; another takes some milliseconds."""


class JudgesUnderPolicy:
    """The `JudgesOf` port."""

    def __init__(
        self,
        library: Library,
        rules: RuleEngine,
        settings: WorkspaceSettingsOf,
        critic_for: Callable[[Library, Rules], Critic] | None,
    ) -> None:
        """``library`` and ``rules`` hold every guideline; without ``critic_for`` the rules judge alone."""
        self._settings = settings

        @lru_cache(_POLICIES)
        def under(policy: Policy) -> Judges:
            in_force = policy.apply(library)
            view = rules.under(in_force)
            return Judges(view, critic_for(in_force, view) if critic_for else None)

        self._under = under

    async def of(self, team: str) -> Judges:
        """The judges at this moment."""
        settings = await self._settings.of(team)
        return replace(self._under(settings.policy), brand=brand_of(settings), own_contacts=settings.own_contacts)
