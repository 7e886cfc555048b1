"""What belongs to a person: counted, given to them, deleted; and that no table is forgotten."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.core.conversing import Ending, Turn, TurnAnswer
from bot.core.deciding import DAY
from bot.core.drafts import Place
from bot.core.privacy import DataKind
from bot.core.words.privacy import LEFT_OUT, UNNAMED
from bot.store.conversing import TurnStore
from bot.store.deciding import OptOutStore
from bot.store.drafts import DraftStore
from bot.store.installing import look_at_retention
from bot.store.privacy import HIDDEN, IMPERSONAL, INDEXES, MENTIONS, OWN, QUOTED_PEOPLE, SIGNED, PersonalStore
from bot.store.retention import RetentionStore
from bot.store.tables import (
    DRAFTS,
    EXCEPTIONS,
    METADATA,
    NOTICES,
    PRIVATE_REVIEWS,
    SETTING_CHANGES,
    SIGN_OFFS,
    TURNS,
    WITH_DRAFT,
)
from tests.databases import everything_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest

    from bot.store.database import Database
    from tests.store.samples import FixedClock

DANA, MIKA = "U0DANA", "U0MIKA"
PEOPLE = ("user", "author", "_by", "owner")
"""Parts of the names of columns that hold, or may hold, somebody's id."""
THEIRS, OTHERS = "T1:C1:1700000001.000100", "T1:C1:1700000002.000100"
BEFORE = 1_700_000_000.0


def test_every_table_is_somebodys_or_says_why_it_is_nobodys() -> None:
    personal = {*OWN, *SIGNED, *WITH_DRAFT}
    assert {table.name for table in METADATA.sorted_tables} == {table.name for table in personal | IMPERSONAL.keys()}
    assert personal & IMPERSONAL.keys() == set()


def test_every_column_for_a_person_is_looked_after() -> None:
    for table in METADATA.sorted_tables:
        known = {*(OWN[table].columns if table in OWN else ()), *MENTIONS.get(table, ())}
        known |= {one.column for one in SIGNED.get(table, ())} | {QUOTED_PEOPLE.get(table, "")}
        people = {column.name for column in table.columns if any(part in column.name for part in PEOPLE)}
        assert table in IMPERSONAL or people <= known, table.name


async def test_everything_there_is_of_a_person_goes_and_what_is_others_stays(
    database: Database, url: str, tmp_path: Path
) -> None:
    await fill(database)
    store = PersonalStore(database)
    assert DANA.encode() in everything_in(url, tmp_path)
    async with database.write() as connection:
        await connection.execute(sa.update(DRAFTS).where(DRAFTS.c.ts == THEIRS[-17:]).values(erased=True, text=""))
        for table in WITH_DRAFT:
            await connection.execute(sa.delete(table).where(table.c.draft_id == THEIRS))
    assert await store.signed("T1", DANA) == (OTHERS,)
    assert await store.signed("T1", MIKA) == await store.signed("T2", DANA) == ()
    standing = await store.forget("T1", DANA)
    assert await store.signed("T1", DANA) == ()
    assert standing == ("T1:D1:1700000009.000100",)
    held = everything_in(url, tmp_path)
    assert b"words of dana" not in held
    assert b"words of mika" in held
    assert MIKA.encode() in held
    counts = await store.counts("T1", DANA)
    assert {kind for kind, number in counts.items() if number} == {DataKind.OPT_OUT}
    async with database.read() as connection:
        row = (await connection.execute(sa.select(DRAFTS).where(DRAFTS.c.ts == OTHERS[-17:]))).mappings().one()
    assert (row["author_id"], row["muted_by"], row["text"]) == (MIKA, "-", "words of mika")
    assert await OptOutStore(database).remove("T1", DANA)
    await database.wipe()
    assert DANA.encode() not in everything_in(url, tmp_path)


async def test_a_key_loses_the_persons_own_id_and_no_longer_one_that_it_is_part_of(database: Database) -> None:
    await fill(database)
    keys = f"1.2:{DANA}X", f"1.2:{DANA}", f"refresh:{OTHERS}:1.2:{DANA}:a", f"{DANA}:1.2:", f"X{DANA}:1.2"
    async with database.write() as connection:
        whole = (await connection.execute(sa.select(SIGN_OFFS).where(SIGN_OFFS.c.draft_id == OTHERS))).mappings().one()
        for key in keys[2:]:
            await connection.execute(sa.insert(SIGN_OFFS).values(dict(whole) | {"key": key}))
        await connection.execute(sa.insert(SIGN_OFFS).values(dict(whole) | {"key": keys[0], "user": MIKA}))
    await PersonalStore(database).forget("T1", DANA)
    async with database.read() as connection:
        kept = await connection.execute(sa.select(SIGN_OFFS.c.key).where(SIGN_OFFS.c.draft_id == OTHERS))
        assert {*kept.scalars()} == {keys[0], "1.2:-", f"refresh:{OTHERS}:1.2:-:a", "-:1.2:", keys[4]}


async def test_another_workspace_keeps_what_is_its_own(database: Database) -> None:
    await fill(database)
    await PersonalStore(database).forget("T2", DANA)
    assert (await PersonalStore(database).counts("T1", DANA))[DataKind.DRAFTS] == 1
    assert await PersonalStore(database).gather("T2", DANA, everything) == {}


async def test_the_counts_name_every_kind(database: Database) -> None:
    await fill(database)
    counts = await PersonalStore(database).counts("T1", DANA)
    assert counts == dict.fromkeys(DataKind, 1) | {DataKind.GUIDELINES: 4, DataKind.COMPARISONS: 0}
    assert await PersonalStore(database).drafts("T1", DANA) == (THEIRS,)


async def test_a_person_gets_what_is_theirs_and_nobody_elses_words(database: Database) -> None:
    await fill(database)
    gathered = await PersonalStore(database).gather("T1", DANA, everything)
    sent = json.dumps(gathered)
    assert {table.name for table in {*OWN, *SIGNED, *WITH_DRAFT} - {*INDEXES}} == set(gathered)
    assert "words of dana" in sent
    assert "words of mika" not in sent
    assert MIKA not in sent
    assert "secret" not in sent
    drafts = {row["ts"]: row for row in gathered["drafts"]}
    assert drafts[THEIRS[-17:]]["text"] == "words of dana"
    assert drafts[OTHERS[-17:]] == {
        "channel": "C1",
        "ts": OTHERS[-17:],
        "author_id": "another person",
        "muted_by": DANA,
    }


async def compared(turns: TurnStore, second: int, *quoted: str, team: str = "T1", text: str = "compare") -> Turn:
    """Mika asked for a comparison that quotes these people, and it stands in Slack."""
    turn = Turn(Place(team, "C1", f"17000001{second:02}.000100"), "1700000000.000100", MIKA, text=text)
    await turns.add(turn)
    await turns.begin(turn.id)
    await turns.answered(turn, TurnAnswer(Ending.COMPARED, f"words of {' and '.join(quoted)}", quoted=quoted))
    return turn


async def test_comparisons_that_others_asked_for_and_that_quote_a_person_go_too(
    database: Database, url: str, clock: FixedClock, tmp_path: Path
) -> None:
    turns, store = TurnStore(database, clock), PersonalStore(database)
    theirs = await compared(turns, 1, "U0LEE", DANA)
    others = [
        await compared(turns, 2, MIKA, f"{DANA}2"),
        await compared(turns, 3, DANA, team="T2"),
        await compared(turns, 4),
    ]
    assert (await store.counts("T1", DANA))[DataKind.COMPARISONS] == 1
    assert (await store.counts("T1", MIKA))[DataKind.COMPARISONS] == 0
    told = {"channel": "C1", "ts": theirs.place.ts, "author_id": "another person", "ending": "compared"}
    assert (await store.gather("T1", DANA, everything))["turns"] == [told]
    assert "quoted_authors" not in json.dumps(await store.gather("T1", MIKA, everything))
    assert await store.forget("T1", DANA) == (theirs.id,) == tuple(await turns.orphans())
    assert [(await turns.find(one.id)).erased for one in others] == [False] * 3  # type: ignore[union-attr]
    assert b"words of U0LEE" not in everything_in(url, tmp_path)
    assert (await store.counts("T1", DANA))[DataKind.COMPARISONS] == 0
    assert await store.forget("T1", DANA) == ()


async def test_comparisons_of_which_nobody_knows_whom_they_quote_go_with_anybody(
    database: Database, clock: FixedClock
) -> None:
    turns = TurnStore(database, clock)
    old = [await compared(turns, 1), await compared(turns, 2, text="compare these \n")]
    pasted = await compared(turns, 3, text="compare\nFor students: one.\n---\nFor parents: two.")
    async with database.write() as connection:
        await connection.execute(sa.update(TURNS).values(quoted_authors="?"))
    await turns.add(Turn(replace(pasted.place, ts="1700000104.000100"), pasted.thread, MIKA, text="compare"))
    await compared(turns, 5, MIKA)
    assert await PersonalStore(database).forget("T1", DANA) == tuple(one.id for one in old)
    assert await PersonalStore(database).forget("T1", DANA) == ()


async def everything(channels: frozenset[str]) -> frozenset[str]:
    return channels


async def test_words_of_others_from_channels_that_a_person_left_are_left_out(database: Database) -> None:
    await fill(database)
    quoted = {"quote": "words of mika", "draft_id": OTHERS}
    texts = {"author_id": MIKA, "text": "words of mika", "channel": "C1"}
    async with database.write() as connection:
        await connection.execute(sa.update(EXCEPTIONS).values(quoted))
        for draft_id in (THEIRS, ""):
            await connection.execute(
                sa.insert(EXCEPTIONS).values(next(rows(EXCEPTIONS)) | {"id": f"of {draft_id}", "draft_id": draft_id})
            )
        await connection.execute(sa.update(EXCEPTIONS).where(EXCEPTIONS.c.id != "").values(quote="words of dana"))
        await connection.execute(sa.update(PRIVATE_REVIEWS).values(texts))
        await connection.execute(sa.update(TURNS).values(answer="said of mika's words", channel="C1"))
    asked: list[frozenset[str]] = []

    async def nothing(channels: frozenset[str]) -> frozenset[str]:
        asked.append(channels)
        return frozenset()

    sent = {may: await PersonalStore(database).gather("T1", DANA, may) for may in (everything, nothing)}
    assert asked == [frozenset({"C1"})]
    assert [json.dumps(one).count("words of mika") for one in sent.values()] == [2, 0]
    assert [json.dumps(one).count("said of mika's words") for one in sent.values()] == [1, 0]
    assert [row["quote"] for row in sent[nothing]["exceptions"]] == [LEFT_OUT, "words of dana", "words of dana"]
    (turn,) = sent[nothing]["turns"]
    assert (turn["text"], turn["answer"]) == ("words of dana", LEFT_OUT)
    assert json.dumps(sent[nothing]["drafts"]) == json.dumps(sent[everything]["drafts"])


async def test_channels_that_a_person_cannot_read_are_not_named_in_their_file(database: Database) -> None:
    change = {"team": "T1", "field": "draft_channels", "user": DANA, "at": 1.0}
    async with database.write() as connection:
        await connection.execute(
            sa.insert(SETTING_CHANGES).values(change | {"old": "news, zebra", "new": "zebra, GZEBRA, news"})
        )
        await connection.execute(
            sa.insert(SETTING_CHANGES).values(change | {"field": "tone", "old": "a, b", "new": ""})
        )
        strict = {"field": "strictness", "old": "quiet", "new": "quiet, CZEBRA = normal, CYAK = thorough"}
        await connection.execute(sa.insert(SETTING_CHANGES).values(change | strict))
        await connection.execute(
            sa.insert(NOTICES).values(team="T1", user=DANA, key="unread:zebra", reserved_at=1.0, told=True)
        )

    async def news(channels: frozenset[str]) -> frozenset[str]:
        return channels & {"news"}

    sent = await PersonalStore(database).gather("T1", DANA, news)
    assert "zebra" not in json.dumps(sent).lower()
    changes = {(row["old"], row["new"]) for row in sent["setting_changes"]}
    assert {(f"news, {UNNAMED}", f"{UNNAMED}, news"), ("a, b", "")} <= changes
    assert ("quiet", f"quiet, {UNNAMED} = normal, {UNNAMED} = thorough") in changes
    assert {"unread"} <= {row["key"] for row in sent["notices"]}
    assert "zebra" in json.dumps(await PersonalStore(database).gather("T1", DANA, everything))


async def test_a_draft_whose_time_is_over_goes_and_the_others_stay(database: Database, clock: FixedClock) -> None:
    await fill(database)
    store = RetentionStore(database)
    async with database.write() as connection:
        await connection.execute(sa.update(DRAFTS).where(DRAFTS.c.author_id == DANA).values(changed_at=BEFORE - 1))
    assert await store.due("T1", BEFORE, 10) == (THEIRS,)
    assert await store.due("T2", BEFORE, 10) == ()
    assert not await store.expire(OTHERS, BEFORE)
    async with database.write() as connection:
        await connection.execute(sa.update(EXCEPTIONS).values(draft_id=THEIRS, quote="words of dana"))
    assert await store.expire(THEIRS, BEFORE)
    assert await store.due("T1", BEFORE, 10) == ()
    async with database.read() as connection:
        for table in WITH_DRAFT:
            left = (await connection.execute(sa.select(table.c.draft_id).distinct())).scalars().all()
            assert left in ([OTHERS], []), table.name
        row = (await connection.execute(sa.select(DRAFTS).where(DRAFTS.c.ts == THEIRS[-17:]))).mappings().one()
        quotes = set((await connection.execute(sa.select(EXCEPTIONS.c.quote))).scalars())
    assert (row["text"], row["author_id"], row["erased"]) == ("", "", True)
    assert quotes == {""}
    drafts = DraftStore(database, clock)
    expired = await drafts.find(THEIRS)
    assert expired is not None
    assert not expired.is_gone
    for _ in range(2):
        await drafts.erase(Place.of(THEIRS))
        deleted = await drafts.find(THEIRS)
        assert deleted is not None
        assert deleted.is_gone
    assert await drafts.forget_unknown() == 0


async def test_old_conversations_and_ended_exceptions_go_but_stay_in_slack(database: Database) -> None:
    await fill(database)
    store = RetentionStore(database)
    assert await store.forget_older("T1", BEFORE) == 0
    assert await store.forget_older("T2", BEFORE + 1000) == 0
    assert await store.forget_older("T1", BEFORE + 1000) == 4  # and the audit, and the brand book
    async with database.read() as connection:
        row = (await connection.execute(sa.select(TURNS))).mappings().one()
    assert (row["text"], row["erased"], row["reply_ts"], row["begun"]) == ("", True, "", False)


async def fill(database: Database) -> None:
    """One row of Dana's in every table, and in those that go with a draft one of Mika's draft that Dana signed."""
    async with database.write() as connection:
        for table in METADATA.sorted_tables:
            for row in rows(table):
                await connection.execute(sa.insert(table).values(row))


def rows(table: sa.Table) -> Iterator[dict[str, Any]]:
    row = {column.name: value(column) for column in table.columns}
    row |= {name: "secret" for name in HIDDEN.get(table, ()) if name not in MENTIONS.get(table, ())}
    row |= dict.fromkeys(MENTIONS.get(table, ()), f"1.2:{DANA}")
    if table is DRAFTS:
        yield row | place(THEIRS) | {"author_id": DANA, "text": "words of dana"}
        yield row | place(OTHERS) | {"author_id": MIKA, "text": "words of mika", "muted_by": DANA}
    elif table in WITH_DRAFT:
        signed = dict.fromkeys(OWN[table].columns if table in OWN else (), DANA)
        signed |= {one.column: DANA for one in SIGNED.get(table, ())}
        yield with_words(row, "words of dana") | {
            "draft_id": THEIRS,
            **dict.fromkeys(signed, MIKA),
            **notes(table, "mika"),
        }
        yield with_words(row, "words of mika") | {"draft_id": OTHERS, **signed, **notes(table, "dana")}
    elif table in OWN:
        yield (
            with_words(row, "words of dana")
            | dict.fromkeys(OWN[table].columns, DANA)
            | dict.fromkeys(OWN[table].hidden, "secret")
        )
    else:
        yield row | {one.column: DANA for one in SIGNED.get(table, ())}


def place(draft_id: str) -> dict[str, str]:
    return dict(zip(("team", "channel", "ts"), draft_id.split(":"), strict=True))


def notes(table: sa.Table, of: str) -> dict[str, str]:
    """What somebody wrote about another's draft."""
    names = {note for one in SIGNED.get(table, ()) for note in one.notes} | ({"note"} if table in OWN else set[str]())
    return dict.fromkeys(names, f"words of {of}")


def with_words(row: dict[str, Any], words: str) -> dict[str, Any]:
    return row | ({"text": words} if "text" in row else {})


def value(column: sa.Column[Any]) -> Any:
    """Something that the column takes."""
    if isinstance(column.type, sa.Boolean):
        return column.name not in ("erased", "ended")
    if isinstance(column.type, sa.JSON):
        return []
    if isinstance(column.type, sa.Float):
        return BEFORE + 5
    known = {"team": "T1", "channel": "D1", "ts": "1700000009.000100", "draft_id": OTHERS, "reply_ts": "1.5"}
    return 1 if isinstance(column.type, sa.Integer) else known.get(column.name, "")


async def test_a_clock_that_moved_is_not_trusted_for_a_day_in_any_process(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    one, two = RetentionStore(database), RetentionStore(database)
    assert await one.trusting(["T1"], BEFORE) == frozenset()
    assert await two.trusting(["T1", "T2"], BEFORE + DAY) == {"T1"}
    assert await look_at_retention(database) == []
    assert caplog.messages == []
    ahead = BEFORE + 101 * DAY
    assert await one.trusting(["T1", "T2"], ahead) == frozenset()
    assert caplog.messages == ["the clock moved by 2400 hours since it was last seen: nothing is deleted for a day"]
    assert await two.trusting(["T1", "T2"], ahead + DAY - 1) == frozenset()
    (line,) = await look_at_retention(database)
    assert "moved ahead by 100 days" in line.says
    assert await two.trusting(["T1", "T2"], ahead + DAY) == {"T1", "T2"}
    assert await look_at_retention(database) == []
    assert len(caplog.messages) == 1
