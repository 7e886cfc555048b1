"""Everything of a workspace, whichever table holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.store.every_table import METADATA
from bot.store.installation_tables import INSTALLATIONS

if TYPE_CHECKING:
    from bot.store.database import Database


class WorkspaceStore:
    """The `Workspaces` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def erase(self, team: str) -> None:
        """Delete all of a workspace for good, except for installations: those go by themselves."""
        async with self._database.write() as connection:
            for table in METADATA.sorted_tables:
                if table is not INSTALLATIONS:
                    await connection.execute(sa.delete(table).where(table.c.team == team))
        await self._database.wipe()
