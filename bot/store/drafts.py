"""Drafts and their replies."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.core.deciding import Mute, letter_for_letter, with_same
from bot.core.drafts import FIRST_REVISION, Draft, Picture, Place, newer, revised
from bot.core.judging import AWAITING, Outcome
from bot.core.reviewing import SEVERAL, DraftRecord, DraftState, Earlier, Reply, Review, ReviewJob
from bot.store.brand.posts import gone_of, unquote, without_post
from bot.store.database import storable
from bot.store.deciding import answers_of, exceptions_in_force, same_points_of, verdicts_of
from bot.store.reviewing import clean_text_of, from_json, to_json
from bot.store.sign_off import acts_of
from bot.store.tables import (
    ANSWERS,
    AUDIT_RESULTS,
    CLEAN_MESSAGES,
    CLEAN_TEXTS,
    DRAFT_ID,
    DRAFTS,
    EARLIER_TEXTS,
    EXCEPTIONS,
    MESSAGES,
    POINTS,
    REPLIES,
    REVIEWS,
    SIGN_OFF_MESSAGES,
    SIGN_OFFS,
    UNANSWERED,
    VERDICTS,
    WITH_DRAFT,
    belongs_to,
    draft_in,
    is_draft,
    key_of,
    of_its_draft,
    place_in,
    rows_of,
    talk_erased,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bot.core.brand.posts import EarlierPost
    from bot.core.deciding import Covers, GuidelineException
    from bot.core.drafts import Message
    from bot.core.ports import Clock
    from bot.store.database import Connection, Database


# Replies in the database.

_KEY = ("team", "draft_id")
_NOTHING_SHOWN = {"shown_revision": "", "shown_round": -1}
_KINDS = {REPLIES: "reply", CLEAN_MESSAGES: "clean", SIGN_OFF_MESSAGES: "sign-off"}

_begun, _answered = sa.bindparam("begun", type_=sa.Double), sa.bindparam("answered", type_=sa.Double)
_asked = sa.cast(sa.func.nullif(DRAFTS.c.asked, ""), sa.Double)
_THEIRS = (
    (DRAFTS.c.team == sa.bindparam("in_team"))
    & (DRAFTS.c.channel == sa.bindparam("in_channel"))
    & (DRAFTS.c.ts == sa.bindparam("under"))
)


def _of_draft(value: sa.ColumnElement[Any]) -> sa.ScalarSelect[Any]:
    """A value that there is only while the draft is not erased."""
    return sa.select(value).where(_THEIRS, ~DRAFTS.c.erased).scalar_subquery()


_ANSWERED = _of_draft(_answered)
_SINCE = sa.case(((_asked > _begun) & (_asked < _answered), _asked), else_=_begun)
_WAITED = _of_draft(sa.case((_answered > _SINCE, _answered - _SINCE), else_=0.0))
"""Seconds since the message, or since somebody asked for the review of an older one."""


class ReplyStore:
    """The `Replies` port, for one kind of message."""

    def __init__(self, database: Database, clock: Clock, table: sa.Table = REPLIES) -> None:
        self._database = database
        self._clock = clock
        self._table = table
        self._posted, self._sure = _to_post(table), _to_post(table, "owner")
        self._reserved = _to_reserve(database, table)

    async def reserve(self, draft_id: str, owner: str) -> Reply:
        """The draft's reply, with ``owner`` about to post or edit it; reserved where there was none."""
        values = {"team": Place.of(draft_id).team, "draft_id": draft_id, "ts": "", "owner": owner}
        values |= {"reserved_at": self._clock.now(), **_NOTHING_SHOWN}
        async with self._database.write(alone=True) as connection:
            row = (await connection.execute(self._reserved, values)).mappings().one()
            return _reply(row, self._table)

    async def swap(self, known: Reply, instead: Reply) -> bool:
        values = {"ts": instead.ts, "owner": instead.owner, "reserved_at": instead.reserved_at}
        return await self._done(sa.update(self._table).where(self._still(known)).values(values))

    async def posted(self, known: Reply, ts: str, shown: ReviewJob, *, sure: bool = False) -> bool:
        place = Place.of(known.draft_id)
        values: dict[str, Any] = {"of_team": place.team, "of_draft": known.draft_id, "ts": ts}
        values |= {"known_ts": known.ts, "known_owner": known.owner, "known_at": known.reserved_at}
        values |= {"new_ts": ts, "shown_revision": shown.revision, "shown_round": shown.round}
        values |= {"owner": ""} if sure else {}
        if self._table is REPLIES:
            values |= {"in_team": place.team, "in_channel": place.channel, "under": place.ts}
            values |= {"begun": float(place.ts), "answered": float(ts)}
        return await self._done(self._sure if sure else self._posted, values)

    async def gone(self, reply: Reply, shown: ReviewJob) -> bool:
        """Not where it has been removed, or posted anew, meanwhile."""
        here = belongs_to(reply.draft_id, self._table) & (self._table.c.ts == reply.ts)
        values = {"owner": "", "shown_revision": shown.revision, "shown_round": shown.round}
        return await self._done(sa.update(self._table).where(here).values(values))

    async def doubted(self, reply: Reply) -> None:
        here = belongs_to(reply.draft_id, self._table) & (self._table.c.ts != "")
        values = {"owner": SEVERAL, "reserved_at": self._clock.now()}
        await self._done(sa.update(self._table).where(here).values(values))

    async def removed(self, known: Reply) -> bool:
        return await self._done(sa.delete(self._table).where(self._still(known)))

    def _still(self, known: Reply) -> sa.ColumnElement[bool]:
        now = self._table.c
        unchanged = (now.ts == known.ts) & (now.owner == known.owner) & (now.reserved_at == known.reserved_at)
        return belongs_to(known.draft_id, self._table) & unchanged

    async def _done(self, statement: sa.Executable, values: dict[str, Any] | None = None) -> bool:
        """Carry it out; True where it found its row."""
        async with self._database.write(alone=True) as connection:
            return (await connection.execute(statement, values)).rowcount == 1


# Statements are built once: to build one takes longer than to run it.


def _to_reserve(database: Database, table: sa.Table) -> sa.Executable:
    """The statement that gives a message's row, new or known, with who is about to post or edit it."""
    insert, now = database.insert(table), table.c
    kept, free = now.ts == "", now.owner == ""
    again = {
        "owner": sa.case((kept, now.owner), (free, insert.excluded.owner), else_=SEVERAL),
        "reserved_at": sa.case((~kept & free, insert.excluded.reserved_at), else_=now.reserved_at),
    }
    return insert.on_conflict_do_update(index_elements=_KEY, set_=again).returning(table)


def _to_post(table: sa.Table, *more: str) -> sa.Update:
    """The statement that notes where a message stands; of replies, also how long people waited for it.

    It changes what people see, and the columns ``more``.
    """
    now, bind = table.c, sa.bindparam
    same = (now.ts == bind("known_ts")) & (now.reserved_at == bind("known_at", type_=sa.Double))
    same &= now.owner.in_([bind("known_owner"), SEVERAL])
    here = (now.team == bind("of_team")) & (now.draft_id == bind("of_draft"))
    values: dict[str, Any] = {name: bind(name) for name in ("ts", "shown_revision", "shown_round", *more)}
    waited = {"posted_at": _ANSWERED, "waited": _WAITED} if table is REPLIES else {}
    return sa.update(table).where(here & (same | (now.ts == bind("new_ts")))).values(values | waited)


async def reply_of(connection: Connection, draft_id: str, table: sa.Table) -> Reply | None:
    """The message of that kind, as far as is noted."""
    row = (await connection.execute(rows_of(table), key_of(draft_id))).mappings().first()
    return _reply(row, table) if row else None


def _reply(row: sa.RowMapping, table: sa.Table) -> Reply:
    return Reply(row["draft_id"], row["ts"], row["owner"], reserved_at=row["reserved_at"], kind=_KINDS[table])


# What a draft said before its edits when its reply last showed a review. It goes with its draft.

_ON_ITS_WAY = 30.0
"""Seconds that the way from a review to its reply may take."""
_SAME = tuple(EARLIER_TEXTS.c[name] == REVIEWS.c[name] for name in ("team", "draft_id", "revision", "round"))
_OF = sa.select(EARLIER_TEXTS, REVIEWS.c.critique).where(
    *_SAME, EARLIER_TEXTS.c.team == sa.bindparam("team"), EARLIER_TEXTS.c.draft_id == sa.bindparam("draft_id")
)


async def keep_earlier(connection: Connection, database: Database, known: DraftRecord, now: float) -> None:
    """Before an edit: keep what the draft says, as far as people saw a review of it, or see it at this moment."""
    round_ = await _shown_round(connection, known)
    if round_ is None:
        round_ = await _fresh_round(connection, known, now)
    if round_ is not None:
        key = key_of(known.id)
        said = {"revision": known.revision, "round": round_, "text": known.draft.text}
        insert = database.insert(EARLIER_TEXTS).values(key | said)
        await connection.execute(insert.on_conflict_do_update(index_elements=list(key), set_=said))


async def _shown_round(connection: Connection, known: DraftRecord) -> int | None:
    here = belongs_to(known.id, REPLIES) & (REPLIES.c.shown_revision == known.revision)
    return (await connection.execute(sa.select(REPLIES.c.shown_round).where(here))).scalar()


async def _fresh_round(connection: Connection, known: DraftRecord, now: float) -> int | None:
    """A review just done: its reply is on its way, and where it stands is noted only when Slack has it."""
    here = belongs_to(known.id, REVIEWS) & (REVIEWS.c.revision == known.revision)
    query = sa.select(sa.func.max(REVIEWS.c.round)).where(here & (REVIEWS.c.reviewed_at > now - _ON_ITS_WAY))
    return (await connection.execute(query)).scalar()


async def earlier_of(connection: Connection, record: DraftRecord) -> Earlier | None:
    """What was kept, with the review that people saw; None where the draft was not edited after its reply."""
    if record.revision == FIRST_REVISION:
        return None
    row = (await connection.execute(_OF, key_of(record.id))).mappings().first()
    if row is None:
        return None
    return Earlier(row["text"], Review(ReviewJob(record.id, row["revision"], row["round"]), from_json(row["critique"])))


# Drafts and their reviews in the database.

# Built once: to build a query takes longer than to run it.
_FIND = sa.select(DRAFTS).where(*(DRAFTS.c[name] == sa.bindparam(name) for name in ("team", "channel", "ts")))
_FIND_TO_CHANGE = _FIND.with_for_update()
_REVIEWS = rows_of(REVIEWS).where(REVIEWS.c.revision == sa.bindparam("revision"))
_REVIEW = _REVIEWS.where(REVIEWS.c.round == sa.bindparam("round"))
_BESIDE = (VERDICTS, ANSWERS, CLEAN_MESSAGES, CLEAN_TEXTS, SIGN_OFFS, SIGN_OFF_MESSAGES, EARLIER_TEXTS)
_DRAFT_ID = sa.bindparam("draft_id", type_=sa.Text)


def _of(table: sa.Table) -> sa.ColumnElement[bool]:
    return (table.c.team == DRAFTS.c.team) & (table.c.draft_id == _DRAFT_ID)


_SAID = _of(REVIEWS) & (REVIEWS.c.revision == DRAFTS.c.revision)
_NEWEST = sa.select(sa.func.max(REVIEWS.c.round)).where(_SAID).correlate(DRAFTS).scalar_subquery()
_LOOK = (
    _FIND.add_columns(REVIEWS.c.round.label("reviewed"), REVIEWS.c.critique)
    .add_columns(*(REPLIES.c[name].label(f"reply_{name}") for name in ("ts", "owner", "reserved_at")))
    .add_columns(*(sa.exists().where(_of(table)).label(f"in_{table.name}") for table in _BESIDE))
    .add_columns(sa.exists().where(EXCEPTIONS.c.team == DRAFTS.c.team).label(f"in_{EXCEPTIONS.name}"))
    .outerjoin_from(DRAFTS, REVIEWS, _SAID & (REVIEWS.c.round == _NEWEST))
    .outerjoin(REPLIES, _of(REPLIES))
)
"""A draft with its review and reply, and in which tables there is more: of most drafts there is nothing in any.

The review is of the round under way or, until that is done, of an earlier one.
"""
NEVER = -1
"""The round of a deleted message that was never a draft."""
GONE = -2
"""The round of a draft whose message was deleted: nothing else tells it from one whose time was up."""
OVERTAKES = 3600.0
"""Seconds for which a deletion may come before its message: Slack's last attempt comes within the hour."""
_REMOVED = 7 * 86400.0
"""Seconds within which the reply to an erased draft is removed, or cannot be."""
_DOUBTFUL_MOST = 20
_REVIEW_BEFORE = _REVIEWS.where(REVIEWS.c.round < sa.bindparam("round")).order_by(REVIEWS.c.round.desc()).limit(1)


class DraftStore:
    """The `Drafts` port."""

    def __init__(self, database: Database, clock: Clock, covers: Covers = letter_for_letter) -> None:
        self._database = database
        self._clock = clock
        self._covers = covers
        self._new_draft = database.insert(DRAFTS).on_conflict_do_nothing().returning(DRAFTS)
        self._new_review = database.insert(REVIEWS).on_conflict_do_nothing()

    async def add(self, message: Message, *, asked: str = "") -> DraftRecord | None:
        values = {**place_in(message.place), "platform": "", "context": "", **_content(message)}
        values |= {"round": 0, "erased": False}
        values |= {"enterprise": message.place.enterprise, "author_id": message.author_id, "asked": asked}
        values["changed_at"] = self._clock.now()
        async with self._database.write(alone=True) as connection:
            row = (await connection.execute(self._new_draft, values)).mappings().first()
            return _record(row) if row else None

    async def ask(self, draft_id: str, at: str) -> DraftRecord | None:
        place = Place.of(draft_id)
        async with self._database.write() as connection:
            known = await _find(connection, place, to_change=True)
            if known is None or known.erased or not newer(at, known.asked or FIRST_REVISION):
                return None if known is None or known.erased else known
            reviewed = await _review(connection, known.job) is not None
            values = {"asked": at, "round": known.round + reviewed}
            await connection.execute(sa.update(DRAFTS).where(is_draft(place)).values(values))
            return await _find(connection, place)

    async def revise(self, message: Message) -> DraftRecord | None:
        async with self._database.write() as connection:
            known = await _find(connection, message.place, to_change=True)
            if known is None or known.erased or not (revision := revised(message.revision, known.revision)):
                return None
            if _shows_the_same(message, known.draft):
                return None
            values = _content(message) | {"revision": revision, "round": 0, "changed_at": self._clock.now()}
            await keep_earlier(connection, self._database, known, now=self._clock.now())
            await connection.execute(sa.update(DRAFTS).where(is_draft(message.place)).values(values))
            found = sa.update(POINTS).where(belongs_to(known.id, POINTS), POINTS.c.must_fix)
            await connection.execute(found.values(must_fix=False))
            return await _find(connection, message.place)

    async def erase(self, place: Place, *, stands: bool = False) -> bool:
        """Delete a draft's text and reviews for good.

        False where there was none: that is remembered until `forget_unknown`, as a deletion may overtake its message.
        """
        blank: dict[str, Any] = {"text": "", "context": "", "pictures": [], "zones": [], "markup": "", "muted_by": ""}
        blank["erased"] = True
        unknown = place_in(place) | blank | {"enterprise": place.enterprise, "author_id": "", "platform": ""}
        now = self._clock.now()
        unknown |= {"revision": FIRST_REVISION, "round": NEVER, "changed_at": now}
        round_ = DRAFTS.c.round if stands else sa.case((DRAFTS.c.round == NEVER, NEVER), else_=GONE)
        async with self._database.write() as connection:
            erased = await connection.execute(
                sa.update(DRAFTS).where(is_draft(place)).values(blank | {"changed_at": now, "round": round_})
            )
            if erased.rowcount == 0:
                await connection.execute(self._database.insert(DRAFTS).values(unknown).on_conflict_do_nothing())
                return False
            await unquote(connection, place.draft_id)
            await _delete_rows(connection, place.draft_id)
            quotes = belongs_to(place.draft_id, EXCEPTIONS)
            await connection.execute(sa.update(EXCEPTIONS).where(quotes).values(quote=""))
            standing = sa.update(REPLIES).where(belongs_to(place.draft_id, REPLIES))
            await connection.execute(standing.values(posted_at=None, waited=None))
            await connection.execute(talk_erased(place))
        await self._database.wipe()
        return True

    async def orphans(self) -> list[str]:
        """The ids of drafts erased in the last days that still have a reply, a clean text or a sign-off."""
        left = [sa.exists().where(of_its_draft(table)) for table in MESSAGES]
        lately = DRAFTS.c.changed_at >= self._clock.now() - _REMOVED  # what expired long ago is not read every minute
        query = sa.select(DRAFT_ID).where(DRAFTS.c.erased, lately, sa.or_(*left))
        async with self._database.read(alone=True) as connection:
            return list((await connection.execute(query)).scalars())

    async def doubtful(self, before: float, *, since: float) -> list[tuple[str, float]]:
        """The ids of drafts with a message about which a call began in that time and was never answered, and when."""
        open_ = [
            sa.select(table.c.draft_id, table.c.reserved_at).where(
                UNANSWERED, table.c.reserved_at < before, table.c.reserved_at >= since
            )
            for table in MESSAGES
        ]
        query = sa.union_all(*open_).order_by(sa.desc("reserved_at")).limit(_DOUBTFUL_MOST)
        async with self._database.read(alone=True) as connection:
            rows = (await connection.execute(query)).mappings()
            return [(row["draft_id"], row["reserved_at"]) for row in rows]

    async def forget_unknown(self) -> int:
        """Delete what is remembered of deleted messages that were never drafts, an hour later; how many they were."""
        late = DRAFTS.c.changed_at < self._clock.now() - OVERTAKES
        async with self._database.write(alone=True) as connection:
            return (await connection.execute(sa.delete(DRAFTS).where(DRAFTS.c.round == NEVER, late))).rowcount

    async def find(self, draft_id: str) -> DraftRecord | None:
        async with self._database.read(alone=True) as connection:
            return await _find(connection, Place.of(draft_id))

    async def _exceptions(self, connection: Connection, record: DraftRecord) -> tuple[GuidelineException, ...]:
        every = await exceptions_in_force(connection, record.place.team, self._clock.now())
        reaching = [one for one in every if one.reaches(record.author_id)]
        same = await same_points_of(connection, record.place.team, (record.id,)) if reaching else {}
        return with_same(reaching, same.get(record.id, ()))

    async def state(self, draft_id: str) -> DraftState | None:
        key = place_in(Place.of(draft_id)) | {"draft_id": draft_id}
        async with self._database.read(alone=True) as connection:
            row = (await connection.execute(_LOOK, key)).mappings().first()
        if row is None or not _there(row):
            return self._state(row, draft_id) if row else None
        async with self._database.read() as connection:  # what is read together is of one moment
            row = (await connection.execute(_LOOK, key)).mappings().one()
            state, there = self._state(row, draft_id), _there(row)
            critique = state.review.critique if state.review else None
            found = critique and (critique.findings or critique.leads or critique.in_pictures)
            return replace(
                state,
                exceptions=await self._exceptions(connection, state.record) if found and EXCEPTIONS in there else (),
                earlier=await earlier_of(connection, state.record) if EARLIER_TEXTS in there else None,
                **await _more(connection, draft_id, there),
            )

    def _state(self, row: sa.RowMapping, draft_id: str) -> DraftState:
        owner, at = row["reply_owner"], row["reply_reserved_at"]
        reply = None if owner is None else Reply(draft_id, row["reply_ts"], owner, reserved_at=at, kind=_KINDS[REPLIES])
        return DraftState(_record(row), review=_review_in(row, draft_id), reply=reply, covers=self._covers)

    async def save_review(self, review: Review, beside: Sequence[EarlierPost] = ()) -> None:
        job = review.job
        values: dict[str, Any] = {"team": job.team, "draft_id": job.draft_id, "revision": job.revision}
        values |= {"round": job.round, "critique": to_json(review.critique), "reviewed_at": self._clock.now()}
        async with self._database.write() as connection:
            record = await _find(connection, Place.of(job.draft_id), to_change=True)
            if record and not record.erased:
                for post in await gone_of(connection, beside):
                    values["critique"] = without_post(values["critique"], post)
                await connection.execute(self._new_review, values)

    async def find_review(self, job: ReviewJob) -> Review | None:
        async with self._database.read(alone=True) as connection:
            return await _review(connection, job)

    async def previous_review(self, job: ReviewJob) -> Review | None:
        if job.round == 0:
            return None
        key = key_of(job.draft_id) | {"revision": job.revision, "round": job.round}
        async with self._database.read(alone=True) as connection:
            row = (await connection.execute(_REVIEW_BEFORE, key)).mappings().first()
        return Review(ReviewJob(job.draft_id, job.revision, row["round"]), from_json(row["critique"])) if row else None

    async def reviewed_at(self, job: ReviewJob) -> float:
        """When the review was kept, seconds since 1970; 0 where there is none."""
        this = (REVIEWS.c.revision == job.revision) & (REVIEWS.c.round == job.round)
        query = rows_of(REVIEWS).where(this)
        async with self._database.read(alone=True) as connection:
            row = (await connection.execute(query, key_of(job.draft_id))).mappings().first()
            return float(row["reviewed_at"]) if row else 0.0

    async def next_round(self, job: ReviewJob) -> ReviewJob | None:
        """A new review of the same text; None where the draft has moved on, also to another round."""
        same = is_draft(Place.of(job.draft_id)) & ~DRAFTS.c.erased
        same &= (DRAFTS.c.revision == job.revision) & (DRAFTS.c.round == job.round)
        async with self._database.write(alone=True) as connection:
            raised = await connection.execute(sa.update(DRAFTS).where(same).values(round=job.round + 1))
            return ReviewJob(job.draft_id, job.revision, job.round + 1) if raised.rowcount == 1 else None

    async def unanswered(self, before: float, *, since: float, awaited: float = 0) -> list[tuple[ReviewJob, float]]:
        """What was received or revised in that time and is not what the reply shows, with the moment of that.

        A muted thread and what was judged to be talk have no answer to wait for, so no sweep is to find them again.
        """
        shown = (REPLIES.c.shown_revision == DRAFTS.c.revision) & (REPLIES.c.shown_round == DRAFTS.c.round)
        same = of_its_draft(REPLIES)
        answered = sa.exists().where(same & shown)
        query = sa.select(DRAFT_ID.label("id"), DRAFTS.c.revision, DRAFTS.c.round, DRAFTS.c.changed_at)
        promised = (DRAFTS.c.changed_at < awaited) & sa.exists().where(_is_current() & _awaits_model())
        query = query.where(~answered | promised, ~DRAFTS.c.erased)
        query = query.where(DRAFTS.c.changed_at >= since, DRAFTS.c.changed_at < before)
        query = query.where(DRAFTS.c.muted_by == "", sa.exists().where(same) | ~_judged_as_talk())
        async with self._database.read(alone=True) as connection:
            rows = (await connection.execute(query.order_by(DRAFTS.c.changed_at))).mappings()
            return [(ReviewJob(row["id"], row["revision"], row["round"]), row["changed_at"]) for row in rows]

    async def channels(self, team: str) -> frozenset[str]:
        query = sa.select(DRAFTS.c.channel).distinct().where(DRAFTS.c.team == team, ~DRAFTS.c.erased)
        return await self._database.aside(lambda connection: frozenset(connection.execute(query).scalars()))

    async def latest(self, team: str, channels: Collection[str], most: int) -> list[DraftRecord]:
        here = (DRAFTS.c.team == team) & DRAFTS.c.channel.in_(channels) & ~DRAFTS.c.erased
        query = sa.select(DRAFTS).where(here).order_by(sa.cast(DRAFTS.c.ts, sa.Float).desc(), DRAFTS.c.channel)
        rows = await self._database.aside(lambda connection: connection.execute(query.limit(most)).mappings().all())
        return [_record(row) for row in rows]

    async def live(self, team: str, since: float) -> list[DraftRecord]:
        posted = sa.cast(DRAFTS.c.ts, sa.Float)
        query = sa.select(DRAFTS).where(DRAFTS.c.team == team, ~DRAFTS.c.erased, posted >= since)
        async with self._database.read(alone=True) as connection:
            rows = (await connection.execute(query.order_by(posted.desc(), DRAFTS.c.channel))).mappings()
            return [_record(row) for row in rows]


def _content(message: Message) -> dict[str, Any]:
    return {
        "text": storable(message.text),
        "revision": message.revision or FIRST_REVISION,
        "pictures": [_stored(picture) for picture in message.pictures],
        "zones": [list(zone) for zone in message.zones],
        "unread": message.unread,
        "unsure": message.unsure,
        "markup": message.markup,
        **_chosen(message),
    }


def _stored(picture: Picture) -> str | list[str]:
    """The alt text alone, as ever, or with the id of the file."""
    alt_text = storable(picture.alt_text)
    return [alt_text, storable(picture.file)] if picture.file else alt_text


def _shows_the_same(message: Message, known: Draft) -> bool:
    """True where nothing that people see is another, or white space alone."""
    pictures = tuple(replace(picture, alt_text=storable(picture.alt_text)) for picture in message.pictures)
    seen = (pictures, message.unread, message.markup) == (known.pictures, known.unread, known.markup)
    chosen = _chosen(message).items() <= _chosen(known).items()
    return seen and chosen and message.says_the_same_as(known.text)


def _chosen(of: Message | Draft) -> dict[str, str]:
    """What the author chose beside the words."""
    chosen = {"platform": of.platform, "context": of.context}
    return {name: storable(value) for name, value in chosen.items() if value is not None}


def _there(row: sa.RowMapping) -> set[sa.Table]:
    """The tables that hold more about the draft, or about its workspace."""
    return {table for table in (*_BESIDE, EXCEPTIONS) if row[f"in_{table.name}"]}


async def _more(connection: Connection, draft_id: str, there: set[sa.Table]) -> dict[str, Any]:
    """What people decided, and what stands in the thread, as far as there is any of it."""
    found: dict[str, Any] = {}
    for name, table in (("clean", CLEAN_MESSAGES), ("sign_off", SIGN_OFF_MESSAGES)):
        found[name] = await reply_of(connection, draft_id, table) if table in there else None
    if CLEAN_TEXTS in there:
        found["made"] = await clean_text_of(connection, draft_id)
    for name, table, read in (
        ("verdicts", VERDICTS, verdicts_of),
        ("answers", ANSWERS, answers_of),
        ("acts", SIGN_OFFS, acts_of),
    ):
        found[name] = await read(connection, draft_id) if table in there else ()
    return found


async def _delete_rows(connection: Connection, draft_id: str) -> None:
    """But not in which audits it was: their reports stay in Slack until somebody whom they quote has all data deleted.

    Nor messages, which are still to be removed there.
    """
    audits = sa.select(AUDIT_RESULTS.c.audit).where(belongs_to(draft_id, AUDIT_RESULTS)).distinct()
    rows = [
        key_of(draft_id) | {"audit": one, "key": "", "result": None}
        for one in (await connection.execute(audits)).scalars().all()
    ]
    for table in WITH_DRAFT:
        if table not in MESSAGES:
            await connection.execute(sa.delete(table).where(belongs_to(draft_id, table)))
    if rows:
        await connection.execute(sa.insert(AUDIT_RESULTS).values(rows))


async def _find(connection: Connection, place: Place, *, to_change: bool = False) -> DraftRecord | None:
    """The draft here. ``to_change`` makes other writers of it wait, which SQLite's one writer does anyway."""
    query = _FIND_TO_CHANGE if to_change else _FIND
    row = (await connection.execute(query, place_in(place))).mappings().first()
    return _record(row) if row else None


def _judged_as_talk() -> sa.ColumnElement[bool]:
    """True where the review of what the draft says now says so, and no model is asked again."""
    said = REVIEWS.c.critique["outcome"].as_string() == Outcome.NOT_A_DRAFT
    return sa.exists().where(_is_current() & said & ~_awaits_model())


def _is_current() -> sa.ColumnElement[bool]:
    """True for the review of what the draft says now."""
    return of_its_draft(REVIEWS) & (REVIEWS.c.revision == DRAFTS.c.revision) & (REVIEWS.c.round == DRAFTS.c.round)


def _awaits_model() -> sa.ColumnElement[bool]:
    return sa.func.coalesce(REVIEWS.c.critique["model_part"].as_string(), "").in_(AWAITING)  # older reviews have none


async def _review(connection: Connection, job: ReviewJob) -> Review | None:
    key = key_of(job.draft_id) | {"revision": job.revision, "round": job.round}
    row = (await connection.execute(_REVIEW, key)).mappings().first()
    return Review(job, from_json(row["critique"])) if row else None


def _review_in(row: sa.RowMapping, draft_id: str) -> Review | None:
    if row["reviewed"] is None:
        return None
    return Review(ReviewJob(draft_id, row["revision"], row["reviewed"]), from_json(row["critique"]))


def _record(row: sa.RowMapping) -> DraftRecord:
    draft = draft_in(row)
    place = Place(row["team"], row["channel"], row["ts"], enterprise=row["enterprise"])
    mute = Mute(row["muted_by"], row["muted_at"]) if row["muted_by"] else None
    known = {name: row[name] for name in ("author_id", "revision", "round", "erased", "asked", "unsure")}
    return DraftRecord(place, draft=draft, mute=mute, **known)


# A person's drafts in the database.


class OwnDraftStore:
    """The `OwnDrafts` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, team: str, user: str, since: float, most: int) -> tuple[str, ...]:
        posted = sa.cast(DRAFTS.c.ts, sa.Float)
        query = sa.select(DRAFTS.c.channel, DRAFTS.c.ts)
        query = query.where(DRAFTS.c.team == team, DRAFTS.c.author_id == user, ~DRAFTS.c.erased, posted >= since)
        async with self._database.read(alone=True) as connection:
            rows = (await connection.execute(query.order_by(posted.desc(), DRAFTS.c.channel).limit(most))).mappings()
            return tuple(Place(team, row["channel"], row["ts"]).draft_id for row in rows)
