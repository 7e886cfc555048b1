"""What was said before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.core.brand.posts import COMPARED, MOST_POSTS, EarlierPost
from bot.core.drafts import Place
from bot.core.errors import PersonCanFix
from bot.core.findings import RECORDED_POST
from bot.core.judging import Outcome
from bot.core.words.brand import posts as words
from bot.store.database import storable
from bot.store.tables import JUDGEMENTS, POST_QUOTES, POST_TERMS, POSTS, REVIEWS, belongs_to, key_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.core.brand.posts import Terms
    from bot.core.ports import Clock
    from bot.store.database import Connection, Database

_MOST_TERMS, _LOOKED_UP, _AT_ONCE = 80, 30, 200
_ALIKE = 500
_RUN = 3
"""Words one after the other that tell a quotation."""
_COLUMNS = ("text", "date", "platform", "link", "channel", "draft_id", "id")


def no_terms(text: str) -> Mapping[str, int]:
    """Nothing finds it."""
    del text
    return {}


def _found_by_terms(*here: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """A query for the ``most`` posts of a ``team`` that have the most of the ``terms``. Built once."""
    score = sa.func.sum(POST_TERMS.c.weight).label("score")
    mine = (POST_TERMS.c.team == sa.bindparam("team")) & POST_TERMS.c.term.in_(sa.bindparam("terms", expanding=True))
    found = sa.select(POST_TERMS.c.post, score).where(mine, *here).group_by(POST_TERMS.c.post)
    best = found.order_by(score.desc(), POST_TERMS.c.post).limit(sa.bindparam("most", type_=sa.Integer)).subquery()
    posts = sa.select(*(POSTS.c[name] for name in _COLUMNS), best.c.score).join(best, POSTS.c.id == best.c.post)
    return posts.where(POSTS.c.team == sa.bindparam("team"))


_HERE = POST_TERMS.c.channel.in_(sa.bindparam("channels", expanding=True))
_EVERY, _NEAR = _found_by_terms(), _found_by_terms(_HERE)
_NEAR_DRAFT = _found_by_terms(_HERE, POST_TERMS.c.draft_id != sa.bindparam("draft_id"))


_ANY = sa.select(POSTS.c.id).where(POSTS.c.team == sa.bindparam("team")).limit(1)


class PostStore:
    """The `KeptPosts` port. ``terms`` are what posts are found by."""

    def __init__(self, database: Database, clock: Clock, terms: Terms) -> None:
        self._database, self._clock, self._terms = database, clock, terms
        self._with_posts: set[str] = set()
        """Workspaces where there were some: to ask costs less than to find the terms of a text, and is over then."""

    async def near(self, team: str, text: str, draft_id: str = "") -> tuple[EarlierPost, ...]:
        """What may speak of the same as a text, the most alike first.

        For a draft those of its channel and those from files, never itself; for any other text those from files. It is
        noted beside which approved posts a draft is read, as its review may quote them.
        """
        if not await self._has_any(team) or not (terms := _heaviest(self._terms(text), _LOOKED_UP)):
            return ()
        here = {"channels": ["", Place.of(draft_id).channel], "draft_id": draft_id} if draft_id else {"channels": [""]}
        posts = await self._found(_NEAR_DRAFT if draft_id else _NEAR, team, terms, here=here)
        if sources := {post.draft_id for post in posts} - {""}:
            await self._note(draft_id, sources)
        return posts

    async def _has_any(self, team: str) -> bool:
        if team not in self._with_posts:
            async with self._database.read(alone=True) as connection:
                if (await connection.execute(_ANY, {"team": team})).first():
                    self._with_posts.add(team)
        return team in self._with_posts

    async def alike(self, team: str, text: str) -> tuple[EarlierPost, ...]:
        return await self._found(_EVERY, team, _heaviest(self._terms(text), _LOOKED_UP), here={}, most=_ALIKE)

    async def of_channel(self, team: str, channel: str, most: int) -> tuple[EarlierPost, ...]:
        here = (POSTS.c.team == team) & POSTS.c.channel.in_(("", channel))
        latest = sa.select(*(POSTS.c[name] for name in _COLUMNS)).where(here).order_by(POSTS.c.date.desc(), POSTS.c.id)
        rows = await self._database.aside(lambda plain: plain.execute(latest.limit(most)).mappings().all())
        return tuple(EarlierPost(**row) for row in rows)

    async def _found(
        self,
        query: sa.Select[Any],
        team: str,
        terms: Iterable[str],
        *,
        here: Mapping[str, object],
        most: int = COMPARED,
    ) -> tuple[EarlierPost, ...]:
        """Those with any of the terms, the most alike first, then the latest."""
        values = {"team": team, "terms": list(terms), "most": most, **here}
        async with self._database.read(alone=True) as connection:
            rows = (await connection.execute(query, values)).mappings().all()
        made = sorted((EarlierPost(**row) for row in rows), key=lambda post: (post.date, post.id), reverse=True)
        return tuple(sorted(made, key=lambda post: -post.score))

    async def _note(self, draft_id: str, sources: Iterable[str]) -> None:
        rows = [key_of(draft_id) | {"source": source} for source in sorted(sources)]
        note = self._database.insert(POST_QUOTES).values(rows).on_conflict_do_nothing()
        async with self._database.write(alone=True) as connection:
            await connection.execute(note)

    async def bring(self, team: str, posts: Sequence[EarlierPost]) -> int:
        """Keep posts from a file; how many of them are new. Raises `PersonCanFix` where there is no room for them.

        The time for which they are kept begins anew, also of those that were there.
        """
        now, brought = self._clock.now(), (POSTS.c.team == team) & (POSTS.c.draft_id == "")
        async with self._database.write() as connection:
            known = set((await connection.execute(sa.select(POSTS.c.id).where(brought))).scalars())
            # In one order, as somebody else may bring the same at this moment: two that wait for each other never end.
            new = sorted((post for post in posts if post.id not in known), key=lambda post: post.id)
            if len(known) + len(new) > MOST_POSTS:
                raise PersonCanFix(words.full(MOST_POSTS))
            again = sorted({post.id for post in posts} & known)
            for at in range(0, len(again), _AT_ONCE):
                same = brought & POSTS.c.id.in_(again[at : at + _AT_ONCE])
                await connection.execute(sa.update(POSTS).where(same).values(recorded_at=now))
        added = 0
        for at in range(0, len(new), _AT_ONCE):  # a bot that runs beside it must not wait for long
            async with self._database.write() as connection:
                for post in new[at : at + _AT_ONCE]:
                    insert = self._database.insert(POSTS).values(_row(team, post, now)).on_conflict_do_nothing()
                    if (await connection.execute(insert.returning(POSTS.c.id))).first():
                        await _find_by(connection, team, post, terms=self._terms)
                        added += 1
        return added

    async def lacks_link(self, draft_id: str) -> bool:
        query = sa.select(POSTS.c.link).where(belongs_to(draft_id, POSTS))
        async with self._database.read(alone=True) as connection:
            return (await connection.execute(query)).scalar() == ""

    async def quoting(self, draft_id: str) -> tuple[str, ...]:
        """The ids of the drafts that were read beside it."""
        query = sa.select(POST_QUOTES.c.draft_id).where(_beside(draft_id)).order_by(POST_QUOTES.c.draft_id)
        async with self._database.read(alone=True) as connection:
            return tuple((await connection.execute(query)).scalars())

    async def unquoted(self, draft_id: str) -> None:
        async with self._database.write(alone=True) as connection:
            await connection.execute(sa.delete(POST_QUOTES).where(_beside(draft_id)))

    async def link(self, draft_id: str, link: str) -> None:
        async with self._database.write(alone=True) as connection:
            await connection.execute(sa.update(POSTS).where(belongs_to(draft_id, POSTS)).values(link=link))


async def keep_approved(
    connection: Connection, draft_id: str, kept: tuple[EarlierPost, float] | None, *, terms: Terms
) -> None:
    """In place of what was approved of the draft before: this post and its moment, or nothing.

    Nobody could find the words of the one before again, so they go from the reviews that quote them.
    """
    before = (await connection.execute(sa.select(POSTS.c.text).where(belongs_to(draft_id, POSTS)))).scalar()
    if before is not None and not (kept and kept[0].text == before):
        await unquote(connection, draft_id)
    for table in (POST_TERMS, POSTS):
        await connection.execute(sa.delete(table).where(belongs_to(draft_id, table)))
    if kept:
        (post, at), team = kept, Place.of(draft_id).team
        await connection.execute(sa.insert(POSTS).values(_row(team, post, at)))
        await _find_by(connection, team, post, terms=terms)


async def unquote(connection: Connection, draft_id: str) -> None:
    """Before a draft is deleted: take its approved words out of the reviews that may quote them.

    Code knows which of its points do. Of a model's those go that have words of the post, one after the other.
    """
    # A review that is being kept at this moment holds the row: this waits for it, and then finds it.
    kept = sa.select(*(POSTS.c[name] for name in _COLUMNS)).where(belongs_to(draft_id, POSTS)).with_for_update()
    row = (await connection.execute(kept)).mappings().first()
    if row is None:
        return
    post = EarlierPost(**row)
    beside = sa.select(POST_QUOTES.c.draft_id).where(_beside(draft_id))
    for quoting in (await connection.execute(beside)).scalars().all():
        for table, column in ((REVIEWS, REVIEWS.c.critique), (JUDGEMENTS, JUDGEMENTS.c.judgement)):
            key = [*table.primary_key.columns]
            rows = (await connection.execute(sa.select(*key, column).where(belongs_to(quoting, table)))).mappings()
            for row in rows.all():
                left = without_post(row[column.name], post)
                same = sa.and_(*(one == row[one.name] for one in key))
                if left != row[column.name]:
                    await connection.execute(sa.update(table).where(same).values({column.name: left}))


async def gone_of(connection: Connection, posts: Sequence[EarlierPost]) -> list[EarlierPost]:
    """Those of approved posts that were deleted or replaced meanwhile; the others stay until the transaction ends."""
    approved = [post for post in posts if post.draft_id]
    if not approved:
        return []
    team = Place.of(approved[0].draft_id).team
    here = (POSTS.c.team == team) & POSTS.c.draft_id.in_({post.draft_id for post in approved})
    query = sa.select(POSTS.c.draft_id, POSTS.c.text).where(here).with_for_update(read=True)
    there = {row["draft_id"]: row["text"] for row in (await connection.execute(query)).mappings()}
    return [post for post in approved if there.get(post.draft_id) != post.text]


def without_post(stored: dict[str, Any], post: EarlierPost) -> dict[str, Any]:
    """A stored critique or judgement without the points that quote a post."""
    rule, runs = f"{RECORDED_POST}{post.id}", _runs(post.text)
    findings = [one for one in stored["findings"] if one["rule"] != rule and not _quotes(one, runs)]
    questions = [one for one in stored["questions"] if not _runs(one["question"]) & runs]
    left = stored | {"findings": findings, "questions": questions}
    if stored.get("outcome") == Outcome.FINDINGS and not (findings or questions or stored.get("pictures")):
        left["outcome"] = Outcome.NOTHING_TO_FLAG.value
    return left


def _quotes(finding: dict[str, Any], runs: set[tuple[str, ...]]) -> bool:
    return any(_runs(one["why"]) & runs for one in (finding, *finding.get("parts", ())))


def _runs(text: str) -> set[tuple[str, ...]]:
    """Every few words that follow one another in it."""
    said = [bare for word in text.casefold().split() if (bare := "".join(sign for sign in word if sign.isalnum()))]
    return {tuple(said[at : at + _RUN]) for at in range(len(said) - _RUN + 1)}


def _beside(draft_id: str) -> sa.ColumnElement[bool]:
    return (POST_QUOTES.c.team == Place.of(draft_id).team) & (POST_QUOTES.c.source == draft_id)


def _row(team: str, post: EarlierPost, at: float) -> dict[str, str | float]:
    return {name: storable(getattr(post, name)) for name in _COLUMNS} | {"team": team, "recorded_at": at}


async def _find_by(connection: Connection, team: str, post: EarlierPost, terms: Terms) -> None:
    found_by = _heaviest(terms(post.text), _MOST_TERMS)
    same = {"team": team, "post": post.id, "draft_id": post.draft_id, "channel": post.channel}
    rows = [same | {"term": storable(term), "weight": weight} for term, weight in found_by.items()]
    if rows:
        await connection.run_sync(lambda plain: plain.execute(sa.insert(POST_TERMS), rows))


def _heaviest(terms: Mapping[str, int], most: int) -> dict[str, int]:
    """The most telling ones, of a text however long; of equal ones the longer, which are rarer."""
    return dict(sorted(terms.items(), key=lambda one: (-one[1], -len(one[0]), one[0]))[:most])
