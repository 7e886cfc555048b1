"""What belongs to a person, a draft or a workspace: shown, exported, deleted, and kept no longer than promised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.core.conversing import Ending
from bot.core.privacy import DataKind
from bot.core.settings import channels_told
from bot.core.watching import channel_of
from bot.core.words.privacy import LEFT_OUT, UNNAMED
from bot.store.tables import (
    ANSWERS,
    AUDIT_RESULTS,
    AUDITS,
    BLANK,
    BOOKS,
    CLOCKS,
    COVERED_TEAMS,
    DIGEST_SCHEDULES,
    DIGESTS,
    DRAFT_ID,
    DRAFTS,
    EXCEPTIONS,
    FACT_CHANGES,
    FACTS,
    FEEDBACK,
    GAPS,
    GUIDELINE_CHANGES,
    GUIDELINE_SWITCHES,
    GUIDELINE_TRIALS,
    GUIDELINE_VERSIONS,
    INSTALLATIONS,
    MEANT_CHANNELS,
    MESSAGES,
    NOTICES,
    OPT_OUTS,
    POST_QUOTES,
    POST_TERMS,
    POSTS,
    PRESENCE,
    PRIVATE_REVIEWS,
    SAME_POINTS,
    SEEN_REQUESTS,
    SETTING_CHANGES,
    SETTINGS,
    SIGN_OFFS,
    SPENDING,
    TURNS,
    UNKNOWN_AUTHORS,
    VERDICTS,
    WATERMARKS,
    WITH_DRAFT,
    drafts_by,
    id_in,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from bot.core.privacy import Readable
    from bot.store.database import Connection, Database


# Which rows, and which parts of others, belong to a person. Every table is named here once: a test sees to it.


@dataclass(frozen=True, slots=True)
class Own:
    """Whole rows that are a person's: those where one of the columns holds their id. ``hidden`` is not exported."""

    kind: DataKind
    columns: tuple[str, ...]
    hidden: tuple[str, ...] = ()
    erased: str = ""
    """A column that is true for rows of which nothing is left but their place."""
    stays: bool = False
    """True where it outlives the deletion of everything else, because that is what the person wants."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A column in rows of others that says who did something, and what that person wrote with it."""

    kind: DataKind
    column: str
    notes: tuple[str, ...] = ()
    nobody: str = ""
    """What stands there in place of the person's id."""


OWN: dict[sa.Table, Own] = {
    DRAFTS: Own(DataKind.DRAFTS, ("author_id",), erased="erased"),
    FEEDBACK: Own(DataKind.FEEDBACK, ("user",)),
    TURNS: Own(DataKind.CONVERSATIONS, ("author_id",), ("opening",), erased="erased"),
    PRIVATE_REVIEWS: Own(DataKind.PRIVATE_REVIEWS, ("user", "author_id"), ("answer_to", "id"), erased="ended"),
    NOTICES: Own(DataKind.NOTICES, ("user",)),
    AUDITS: Own(DataKind.AUDITS, ("user",)),
    BOOKS: Own(DataKind.BOOKS, ("user",)),
    OPT_OUTS: Own(DataKind.OPT_OUT, ("user",), stays=True),
}

SIGNED: dict[sa.Table, tuple[Signed, ...]] = {
    VERDICTS: (Signed(DataKind.DECISIONS, "user", ("note",)),),
    ANSWERS: (Signed(DataKind.ANSWERS, "user"),),
    SIGN_OFFS: (Signed(DataKind.SIGN_OFFS, "user", ("note",)),),
    EXCEPTIONS: (Signed(DataKind.EXCEPTIONS, "author", ("note",)), Signed(DataKind.EXCEPTIONS, "lifted_by")),
    DRAFTS: (Signed(DataKind.MUTES, "muted_by", nobody="-"),),  # "" would unmute the thread
    SETTING_CHANGES: (Signed(DataKind.SETTINGS, "user"),),
    FACTS: (Signed(DataKind.FACTS, "owner"),),
    FACT_CHANGES: (Signed(DataKind.FACT_CHANGES, "user"),),
    GUIDELINE_VERSIONS: (Signed(DataKind.GUIDELINES, "user"),),
    GUIDELINE_SWITCHES: (Signed(DataKind.GUIDELINES, "user"),),
    GUIDELINE_CHANGES: (Signed(DataKind.GUIDELINES, "user"),),
    GUIDELINE_TRIALS: (Signed(DataKind.GUIDELINES, "user"),),
    INSTALLATIONS: (Signed(DataKind.INSTALLATIONS, "user"),),
}

INDEXES = (POST_TERMS, POST_QUOTES, SAME_POINTS, AUDIT_RESULTS)
"""Tables that help to find or compare what stands in others, or to go on after a crash: nobody needs them in a file."""

MENTIONS: dict[sa.Table, tuple[str, ...]] = {SIGN_OFFS: ("key",)} | dict.fromkeys(MESSAGES, ("owner",))
"""Columns with keys that may hold the id of a person who clicked."""

QUOTED_PEOPLE: dict[sa.Table, str] = {TURNS: "quoted_authors"}
"""A column with the ids of people of whom others' answers quote words: the answer goes with any of them."""

HIDDEN: dict[sa.Table, tuple[str, ...]] = {INSTALLATIONS: ("bundle",), TURNS: ("quoted_authors",)} | MENTIONS
"""Columns of the rows of others that nobody gets to see: secrets, and keys with other people's ids in them."""

QUOTING: dict[sa.Table, tuple[str, ...]] = {
    EXCEPTIONS: ("quote",),
    TURNS: ("answer",),
    ANSWERS: ("question", "options"),
    SIGN_OFFS: ("open",),
    PRIVATE_REVIEWS: ("text", "pictures", "zones"),
}
"""Columns with words of others: a person gets them as long as they can read the channel where those were said."""

IMPERSONAL: dict[sa.Table, str] = {
    DIGEST_SCHEDULES: "when digests come",
    DIGESTS: "where digests stand",
    COVERED_TEAMS: "which workspaces an organisation has",
    SETTINGS: "the workspace's settings; that somebody is a brand lead is for brand leads to change",
    SPENDING: "what the language model cost, by day and month",
    WATERMARKS: "up to which message a channel was seen",
    MEANT_CHANNELS: "which channels names in the settings mean",
    PRESENCE: "when Candor was there",
    CLOCKS: "since when the machine's clock has gone on without a jump",
    SEEN_REQUESTS: "signatures of requests, for ten minutes",
    GAPS: "when Candor was not there",
}
"""Tables that hold nothing about single people, each with what they hold."""


# Everything that belongs to one person, whichever table holds it.

_ELSE = "another person"
_VALUES = ("old", "new")
"""The columns of a changed setting that may name channels."""


class PersonalStore:
    """The `PersonalData` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def counts(self, team: str, user: str) -> dict[DataKind, int]:
        found: dict[DataKind, int] = {}
        async with self._database.read() as connection:
            for kind, table, whose in _counted(team, user):
                query = sa.select(sa.func.count()).select_from(table).where(table.c.team == team, whose)
                found[kind] = found.get(kind, 0) + int((await connection.execute(query)).scalar_one())
        return found

    async def gather(self, team: str, user: str, may_read: Readable) -> dict[str, list[dict[str, object]]]:
        """All of it as JSON, by table; other people's names are left out, and words that they can no longer read."""
        tables = [table for table in dict.fromkeys((*OWN, *WITH_DRAFT, *SIGNED)) if table not in INDEXES]
        async with self._database.read() as connection:
            rows = {table: await _rows(connection, table, team, user=user) for table in tables}
            own = frozenset((await connection.execute(drafts_by(team, user))).scalars())
        asked = {_foreign_channel(row, user, own) for table in QUOTING for row in rows.get(table, ())}
        asked |= {name for row in rows[SETTING_CHANGES] for value in _VALUES for name in _told(row, value)}
        seen = {"", *(await may_read(frozenset(asked - {""})))}
        return {
            table.name: [
                _shown(table, _named(table, row, seen), user, left=_foreign_channel(row, user, own) not in seen)
                for row in found
            ]
            for table, found in rows.items()
            if found
        }

    async def drafts(self, team: str, user: str) -> tuple[str, ...]:
        query = drafts_by(team, user).where(~DRAFTS.c.erased)
        async with self._database.read(alone=True) as connection:
            return tuple((await connection.execute(query.order_by(DRAFTS.c.ts))).scalars())

    async def signed(self, team: str, user: str) -> tuple[str, ...]:
        by_them = [
            DRAFT_ID.in_(sa.select(table.c.draft_id).where(table.c.team == team, table.c[one.column] == user))
            for table in WITH_DRAFT
            for one in SIGNED.get(table, ())
        ]
        theirs = sa.or_(DRAFTS.c.muted_by == user, *by_them)
        others = (DRAFTS.c.team == team) & (DRAFTS.c.author_id != user) & ~DRAFTS.c.erased
        async with self._database.read(alone=True) as connection:
            return tuple((await connection.execute(sa.select(DRAFT_ID).where(others, theirs))).scalars())

    async def forget(self, team: str, user: str) -> tuple[str, ...]:
        """Delete the rest of what is theirs, and their name elsewhere; the ids of turns that may stand in Slack."""
        async with self._database.write() as connection:
            await _forget_words(connection, team, user)
            standing = await _blank_turns(connection, team, user)
            for table, own in OWN.items():
                if table not in (DRAFTS, TURNS) and not own.stays:
                    whose = sa.or_(*(table.c[name] == user for name in own.columns))
                    await connection.execute(sa.delete(table).where(table.c.team == team, whose))
            for table, signatures in SIGNED.items():
                for one in signatures:
                    blank = {one.column: one.nobody} | dict.fromkeys(one.notes, "")
                    theirs = (table.c.team == team) & (table.c[one.column] == user)
                    await connection.execute(sa.update(table).where(theirs).values(blank))
            for table, names in MENTIONS.items():
                for name in names:
                    parts = sa.literal(":") + table.c[name] + ":"  # of a key, which may begin like another person's id
                    holds = (table.c.team == team) & parts.contains(f":{user}:", autoescape=True)
                    left = sa.func.replace(parts, f":{user}:", ":-:")
                    without = sa.func.substr(left, 2, sa.func.length(left) - 2)
                    await connection.execute(sa.update(table).where(holds).values({name: without}))
            # Last, because by it the person's erased drafts are known.
            erased = (DRAFTS.c.team == team) & (DRAFTS.c.author_id == user) & DRAFTS.c.erased
            await connection.execute(sa.update(DRAFTS).where(erased).values(author_id=""))
        await self._database.wipe()
        return standing


async def _forget_words(connection: Connection, team: str, user: str) -> None:
    """What still quotes the person's drafts, and what is done of the person's audits."""
    audits = sa.select(AUDITS.c.id).where(AUDITS.c.team == team, AUDITS.c.user == user)
    done = (AUDIT_RESULTS.c.team == team) & AUDIT_RESULTS.c.audit.in_(audits)
    await connection.execute(sa.delete(AUDIT_RESULTS).where(done))
    quotes = (EXCEPTIONS.c.team == team) & EXCEPTIONS.c.draft_id.in_(drafts_by(team, user))
    await connection.execute(sa.update(EXCEPTIONS).where(quotes).values(quote=""))


async def _blank_turns(connection: Connection, team: str, user: str) -> tuple[str, ...]:
    """What they said, and comparisons that quote them: made anew, those would, as their messages stay in Slack."""
    # Of a thread, not of what was pasted below the wish.
    of_thread = (TURNS.c.ending == Ending.COMPARED.value) & ~sa.func.trim(TURNS.c.text, " \r\n\t").contains("\n")
    may_quote = of_thread & (TURNS.c.quoted_authors == UNKNOWN_AUTHORS) & ~TURNS.c.erased
    theirs = (TURNS.c.team == team) & ((TURNS.c.author_id == user) | _quotes(user) | may_quote)
    standing = tuple((await connection.execute(sa.select(id_in(TURNS)).where(theirs).order_by(TURNS.c.ts))).scalars())
    await connection.execute(sa.update(TURNS).where(theirs).values(BLANK))
    return standing


def _quotes(user: str) -> sa.ColumnElement[bool]:
    """Turns of others whose answer may quote the person."""
    quoted = TURNS.c.quoted_authors.contains(f" {user} ", autoescape=True)
    return quoted & (TURNS.c.author_id != user) & ~TURNS.c.erased


def _counted(team: str, user: str) -> Iterator[tuple[DataKind, sa.Table, sa.ColumnElement[bool]]]:
    for table, own in OWN.items():
        whose = sa.or_(*(table.c[name] == user for name in own.columns))
        yield own.kind, table, whose & ~table.c[own.erased] if own.erased else whose
    yield DataKind.COMPARISONS, TURNS, _quotes(user)
    yield DataKind.POSTS, POSTS, POSTS.c.draft_id.in_(drafts_by(team, user))
    for table, signatures in SIGNED.items():
        by_kind: dict[DataKind, list[sa.ColumnElement[bool]]] = {}
        for one in signatures:
            by_kind.setdefault(one.kind, []).append(table.c[one.column] == user)
        for kind, signed in by_kind.items():
            yield kind, table, sa.or_(*signed)


async def _rows(connection: Connection, table: sa.Table, team: str, user: str) -> list[dict[str, Any]]:
    own, signatures = OWN.get(table), SIGNED.get(table, ())
    names = [*(own.columns if own else ()), *(one.column for one in signatures)]
    whose = [table.c[name] == user for name in names]
    if table in WITH_DRAFT:
        whose.append(table.c.draft_id.in_(drafts_by(team, user)))
    if table is TURNS:
        whose.append(_quotes(user))
    query = sa.select(table).where(table.c.team == team, sa.or_(*whose)).order_by(*table.primary_key.columns)
    found = (await connection.execute(query)).mappings().all()
    return [dict(row) for row in found]


def _foreign_channel(row: Mapping[str, Any], user: str, own: Collection[str]) -> str:
    """Where words of others in the row were said; "" where it is about the person's own draft, or about no channel."""
    if row.get("draft_id"):
        return "" if row["draft_id"] in own else channel_of(row["draft_id"])
    return "" if "text" in row and "answer" not in row and row.get("author_id") == user else row.get("channel", "")


def _told(row: Mapping[str, Any], value: str) -> tuple[str, ...]:
    return channels_told(row["field"], row[value])


def _named(table: sa.Table, row: dict[str, Any], seen: Collection[str]) -> dict[str, Any]:
    """The row without names of channels that the person cannot read: in settings, and in the keys of notices."""
    if table is NOTICES:
        return row | {"key": row["key"].partition(":")[0]}
    if table is not SETTING_CHANGES:
        return row
    hidden = {name for value in _VALUES for name in _told(row, value) if name not in seen}
    return row | {value: _without(row[value], hidden) for value in _VALUES if hidden}


def _without(text: str, hidden: Collection[str]) -> str:
    """A list in which these channels have no names; ``C012 = quiet`` keeps what is said of one."""
    parts = (entry.partition(" = ") for entry in text.split(", "))
    shown = (f"{UNNAMED if name in hidden else name}{equals}{rest}" for name, equals, rest in parts)
    return ", ".join(dict.fromkeys(shown))


def _shown(table: sa.Table, row: dict[str, Any], user: str, *, left: bool) -> dict[str, object]:
    """The row as the person may have it: their own words and ids, and nobody else's from a channel that they left."""
    if left:
        row = row | dict.fromkeys(QUOTING.get(table, ()), LEFT_OUT)
    own, signatures = OWN.get(table), SIGNED.get(table, ())
    hidden = {"team", *HIDDEN.get(table, ()), *(own.hidden if own else ())}
    names = {*(own.columns if own else ()), *(one.column for one in signatures)}
    written = {note for one in signatures if row[one.column] != user for note in one.notes}
    # A draft of somebody else's, whose thread the person muted, a thumb of somebody else's on the person's draft, or
    # a comparison that somebody else asked for and that quotes the person: its ending says that it is one.
    foreign = own is not None and not any(row[name] == user for name in own.columns)
    kept = {*table.primary_key.columns.keys(), *names, "ending"} if foreign else set(row)
    return {
        name: _ELSE if name in names and value not in ("", "-", user) else value
        for name, value in row.items()
        if name in kept and name not in hidden | written
    }
