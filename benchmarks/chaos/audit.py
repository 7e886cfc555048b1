"""What is right and what is not, read from the workspace and from the store."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.slack.threads import REPLY_EVENT
from bot.slack.wire.payloads import key_of
from tests.databases import run

if TYPE_CHECKING:
    from benchmarks.chaos.machines import Postgres, SqliteFiles
    from benchmarks.chaos.people import People, Post

_MARK = r"Batch \d+-v\d+ of our rye"
_STORE = """
SELECT d.team || ':' || d.channel || ':' || d.ts, d.revision, d.round, d.text, r.shown_revision, r.shown_round
FROM drafts d LEFT JOIN replies r ON r.team = d.team AND r.draft_id = d.team || ':' || d.channel || ':' || d.ts
WHERE NOT d.erased
"""
_JOBS = "SELECT workflow_uuid, status FROM {0}workflow_status WHERE status <> 'SUCCESS'"
_OPEN = ("PENDING", "ENQUEUED", "DELAYED")
_AWAITED, _ASIDE = "Not reviewed yet", "put it aside"


@dataclass
class Audit:
    """The ids of drafts, by what is wrong with them."""

    lost: list[str] = field(default_factory=list[str])
    doubled: list[str] = field(default_factory=list[str])
    stale: list[str] = field(default_factory=list[str])
    awaited: list[str] = field(default_factory=list[str])
    left_over: list[str] = field(default_factory=list[str])
    """Replies to deleted drafts."""
    clicks_lost: list[str] = field(default_factory=list[str])
    stuck: list[str] = field(default_factory=list[str])
    """Jobs that wait or run for ever."""
    failed: list[str] = field(default_factory=list[str])
    """Jobs that ended with an error; harmless where the draft has its reply."""
    aside: list[str] = field(default_factory=list[str])

    @property
    def wrong(self) -> dict[str, list[str]]:
        """What must not be."""
        kinds = ("lost", "doubled", "stale", "awaited", "left_over", "clicks_lost", "stuck")
        return {kind: found for kind in kinds if (found := getattr(self, kind))}

    @classmethod
    def of(cls, people: People, database: SqliteFiles | Postgres) -> Audit:
        """Look at everything."""
        audit = cls()
        for post in people.posts:
            audit.look_at(post, people)
        kept = {str(row[0]): row for row in run(database.store_url, _STORE)}
        used = Counter(
            row[0] for row in run(database.store_url, "SELECT draft_id FROM verdicts WHERE decision = 'used'")
        )
        for post in people.posts:
            if post.ts and not post.deleted:
                audit.compare(post, kept.get(post.id), used[post.id])
        schema = "" if database.name == "sqlite" else "dbos."
        for key, status in run(database.engine_url, _JOBS.format(schema)):
            (audit.stuck if status in _OPEN else audit.failed).append(f"{key} {status}")
        return audit

    def look_at(self, post: Post, people: People) -> None:
        """At what stands in the draft's thread."""
        thread = people.workspace.channel(post.channel, post.team).thread(post.ts)
        keys = Counter(key_of(message, REPLY_EVENT) for message in thread if message.get("bot_id"))
        reply = f"reply:{post.id}"
        if post.deleted:
            self.left_over += [post.id] if keys else []
            return
        if not keys[reply]:
            self.lost.append(post.id)
        self.doubled += [key for key, count in keys.items() if count > 1]
        for message in thread:
            self._read(post, message, key_of(message, REPLY_EVENT))

    def _read(self, post: Post, message: dict[str, Any], key: str) -> None:
        said = json.dumps([message.get("text"), message.get("blocks")])
        if key.startswith("reply:"):
            marks = set(re.findall(_MARK, said))
            self.stale += [post.id] if marks - {post.mark} else []
            self.awaited += [post.id] if _AWAITED in said else []
            self.aside += [post.id] if _ASIDE in said else []

    def compare(self, post: Post, row: tuple[Any, ...] | None, used: int) -> None:
        """What the store knows with what people did."""
        if row is None:
            self.lost.append(f"{post.id} (not in the store)")
            return
        _, revision, round_, text, shown_revision, shown_round = row
        if post.mark not in text:
            self.stale.append(f"{post.id} (older words in the store)")
        if (revision, round_) != (shown_revision, shown_round):
            self.stale.append(f"{post.id} (shown {shown_revision} {shown_round}, now {revision} {round_})")
        if post.accepted and used != 1:
            self.clicks_lost.append(f"{post.id} ({used} verdicts)")
