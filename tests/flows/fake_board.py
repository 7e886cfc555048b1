"""Composed drafts as they stand in their channels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.errors import CannotEdit, Unreadable
from tests.flows.fakes import NOW, Crash

if TYPE_CHECKING:
    from bot.core.drafts import Place
    from bot.core.errors import Trouble
    from bot.core.home import Composition, Sheet


class FakeBoard:
    """``trouble`` is why Slack takes nothing; ``crash`` ends the process right after the next post."""

    def __init__(self) -> None:
        self.posts: dict[str, tuple[str, Composition]] = {}
        self.trouble: Trouble | None = None
        self.crash = False
        self.closed = False
        """True where Slack lets nobody edit anything any more."""

    async def find(self, sheet: Sheet) -> str:
        self._check()
        return next((ts for ts, (key, _) in self.posts.items() if key == sheet.key), "")

    async def post(self, sheet: Sheet) -> str:
        self._check()
        ts = f"{NOW + len(self.posts):.6f}"
        self.posts[ts] = (sheet.key, sheet.composition)
        if self.crash:
            self.crash = False
            raise Crash
        return ts

    async def update(self, place: Place, user: str, composition: Composition) -> bool:
        self._check()
        if place.ts not in self.posts:
            return False
        if self.closed:
            raise CannotEdit
        self.posts[place.ts] = (self.posts[place.ts][0], composition)
        return True

    async def remove(self, place: Place) -> None:
        self._check()
        self.posts.pop(place.ts, None)

    def _check(self) -> None:
        if self.trouble:
            raise Unreadable(self.trouble)
