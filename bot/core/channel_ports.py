"""What flows need to know of channels. Every call names its workspace (team)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.core.message import MessageEvent, Place


@runtime_checkable
class Channels(Protocol):
    """The channels that Candor is in."""

    async def is_switched_on(self, team: str, channel: str) -> bool:
        """True where drafts are reviewed without being asked."""
        ...

    @property
    def teams(self) -> tuple[str, ...]:
        """The workspaces that Candor is in."""
        ...

    async def wanted(self, team: str) -> frozenset[str]:
        """The names and ids by which the workspace's settings switch channels on."""
        ...

    @property
    def shared(self) -> frozenset[str]:
        """Those that the installation switches on wherever a workspace set none; not every workspace has them."""
        ...

    async def switched_on(self, team: str) -> dict[str, frozenset[str]]:
        """The ids of those that Candor is in, each with what it is wanted by. Raises `Unreadable`."""
        ...

    def history(self, team: str, channel: str, oldest: float) -> AsyncIterator[MessageEvent]:
        """What was posted since then, as it stands now, paced for Slack's limits. Raises `Unreadable`."""
        ...

    async def look(self, place: Place) -> MessageEvent:
        """What stands at one place now, thread or not, paced for Slack's limits. Raises `Unreadable`."""
        ...
