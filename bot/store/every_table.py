"""Every table, whichever file defines it."""

from __future__ import annotations

from bot.store import (
    decision_tables,
    digest_tables,
    installation_tables,
    setting_tables,
    sign_off_tables,
    tables,
    talk_tables,
)

METADATA = tables.METADATA
PARTS = (tables, decision_tables, digest_tables, installation_tables, setting_tables, sign_off_tables, talk_tables)
