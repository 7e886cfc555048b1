"""The engine's own SQLite file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy import event

if TYPE_CHECKING:
    from sqlalchemy.engine.interfaces import DBAPIConnection

_PRAGMAS = """PRAGMA busy_timeout=30000; PRAGMA foreign_keys=ON; PRAGMA journal_mode=WAL;
PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON"""


def sqlite_engine(url: str) -> sa.Engine:
    """With a write-ahead log, which DBOS does not switch on by itself."""
    engine = sa.create_engine(
        url, pool_size=20, max_overflow=0, hide_parameters=True, connect_args={"isolation_level": "IMMEDIATE"}
    )
    event.listen(engine, "connect", _set_up)
    return engine


def _set_up(connection: DBAPIConnection, _: object) -> None:
    connection.executescript(_PRAGMAS)
