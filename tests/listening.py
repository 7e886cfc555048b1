"""Everything that Candor listens to, without anybody who takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from bot.slack.listeners import Takers, listeners

if TYPE_CHECKING:
    from bot.slack.listeners import Listener


class _Anybody:
    """Whatever a listener hands things to."""

    def __getattr__(self, _: str) -> Any:
        return self

    def __call__(self, *_: object, **__: object) -> None:
        """Take nothing."""


def everything_heard() -> list[Listener]:
    """The one table."""
    return listeners(cast("Takers", _Anybody()))


def names_of(*kinds: str) -> set[str]:
    """The names in the table of these kinds."""
    return {one.name for one in everything_heard() if one.kind in kinds}
