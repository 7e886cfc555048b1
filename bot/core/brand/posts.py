"""Said before: posts that were approved here, or that a team published and brought along as a file."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass, field
from datetime import date
from io import StringIO
from typing import TYPE_CHECKING, Protocol, cast

from bot.core.drafts import platform_named, reference
from bot.core.words.brand import posts as words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    Terms = Callable[[str], Mapping[str, int]]
    """What a text can be found by, each with its weight."""

# A post: what the brand has said in public, or was about to say.

MOST_POSTS = 20_000
"""That are kept of a workspace's files."""
LONGEST_POST, LONGEST_LINK, LONGEST_PLATFORM = 40_000, 500, 40
TOLD = 5
"""Posts that a language model is told before a draft."""
COMPARED = 40
"""Posts that code compares with a draft."""


@dataclass(frozen=True, slots=True)
class EarlierPost:
    """``date`` is the ISO date on which it was approved or published.

    ``draft_id`` is the draft that was approved, "" for a post from a file. The words of a draft are compared with those
    of its own ``channel`` alone; what was published has none.
    """

    text: str = field(repr=False)
    date: str
    platform: str = ""
    link: str = ""
    channel: str = ""
    draft_id: str = ""
    id: str = ""
    score: int = 0
    """How much it has in common with the text that it was looked up for."""

    @property
    def is_approved(self) -> bool:
        """True where people signed it off here."""
        return bool(self.draft_id)

    @property
    def source(self) -> str:
        """Whence it is known, for people who compare it with a draft."""
        return words.source(self.date, self.platform, approved=self.is_approved)


def approved(text: str, day: str, platform: str, draft_id: str) -> EarlierPost:
    """A draft as it was signed off: one for each draft, the latest."""
    channel = draft_id.split(":")[1]
    name = reference(f"approved:{draft_id}")
    return EarlierPost(text, day, platform, channel=channel, draft_id=draft_id, id=name)


def told(posts: Sequence[EarlierPost]) -> tuple[EarlierPost, ...]:
    """Of those looked up for a draft the ones that a language model is told: one rare word may be all they share."""
    return tuple(posts[:TOLD])


# Published posts from a file.


@dataclass(frozen=True, slots=True)
class ReadPosts:
    """What stands in a file: posts and faults, each with its line, and the columns that nothing was made of."""

    posts: tuple[tuple[int, EarlierPost], ...] = ()
    faults: tuple[tuple[int, str], ...] = ()
    unused: tuple[str, ...] = ()


_NAMES = {
    "text": ("text", "post", "copy", "caption", "message", "content", "body"),
    "date": ("date", "published", "publishedat", "posted", "postedat", "publishdate", "createdat"),
    "platform": ("platform", "network"),
    "link": ("link", "url", "permalink", "posturl"),
}
DAY = len("2026-09-30")


def read_posts(text: str) -> ReadPosts:
    """The posts in CSV, whose first line names the columns, or in JSON Lines."""
    posts: list[tuple[int, EarlierPost]] = []
    faults: list[tuple[int, str]] = []
    unused: dict[str, None] = {}
    known: dict[str, int] = {}
    for number, row in rows_in(text, _NAMES, ("text", "date")):
        if isinstance(row, str):
            faults.append((number, row))
            continue
        unused |= dict.fromkeys(row.unused)
        made = _post(row.cells)
        if isinstance(made, EarlierPost) and made.id in known:
            made = [words.twice(known[made.id])]
        if isinstance(made, EarlierPost):
            known[made.id] = number
            posts.append((number, made))
        else:
            faults += [(number, one) for one in made]
    return ReadPosts(tuple(posts), tuple(faults), tuple(unused))


@dataclass(frozen=True, slots=True)
class NamedCells:
    """A row: its cells by the field that their column means, and the columns that nobody knows."""

    cells: Mapping[str, str]
    unused: tuple[str, ...] = ()


def rows_in(
    text: str, names: Mapping[str, Sequence[str]], needed: Sequence[str]
) -> Iterator[tuple[int, NamedCells | str]]:
    """Each row of CSV or JSON Lines with its line, or what is wrong with it.

    ``names`` are the fields, each with the headings that people give it. CSV has to name the ``needed`` ones. Of two
    columns that mean the same the first counts.
    """
    text = text.removeprefix("\ufeff")
    fields = {spelling: name for name, spellings in names.items() for spelling in spellings}

    def field_of(heading: str) -> str:
        return fields.get("".join(sign for sign in heading.casefold() if sign.isalnum()), "")

    def has_all(headings: Sequence[str]) -> bool:
        return {*needed} <= {field_of(name) for name in headings}

    rows = _json_lines(text) if text.lstrip().startswith("{") else _comma_separated(text, has_all, needed)
    for number, row in rows:
        if isinstance(row, str):
            yield number, row
            continue
        cells = {field_of(name): value.strip() for name, value in reversed([*row.items()])}
        yield number, NamedCells(cells, tuple(name for name in row if name and not field_of(name)))


def _json_lines(text: str) -> Iterator[tuple[int, dict[str, str] | str]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row: object = json.loads(line)
            json.dumps(row, ensure_ascii=False).encode()  # half of a surrogate pair is in no text
        except (ValueError, RecursionError):
            row = None
        if isinstance(row, dict):
            given = cast("dict[str, object]", row)
            yield number, {name: "" if value is None else str(value) for name, value in given.items()}
        else:
            yield number, words.NO_OBJECT


def _comma_separated(
    text: str, has_all: Callable[[Sequence[str]], bool], needed: Sequence[str]
) -> Iterator[tuple[int, dict[str, str] | str]]:
    first = text.lstrip().partition("\n")[0]
    reader = csv.reader(StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    heading: list[str] = []
    begins = 1
    try:
        for cells in reader:
            number, begins = begins, reader.line_num + 1
            if not any(map(str.strip, cells)):
                continue
            if heading:
                fits = len(cells) <= len(heading)
                yield number, dict(zip(heading, cells, strict=False)) if fits else words.too_many(len(heading))
                continue
            heading = [cell.strip() for cell in cells]
            if not has_all(heading):
                yield number, words.no_heading(needed)
                return
    except csv.Error:
        yield begins, words.NO_ROW


def _post(said: Mapping[str, str]) -> EarlierPost | list[str]:
    """The post, or what is wrong with it."""
    text, day, link = said.get("text", ""), said.get("date", ""), said.get("link", "")
    platform = " ".join(said.get("platform", "").split())
    platform = platform_named(platform) or platform
    faults = [] if text else [words.NO_TEXT]
    faults += [words.too_long(LONGEST_POST)] if len(text) > LONGEST_POST else []
    faults += [] if is_day(day) else [words.no_date(day)]
    faults += [] if not link or _is_link(link) else [words.no_link(link)]
    faults += [words.no_platform(platform)] if len(platform) > LONGEST_PLATFORM else []
    day = day[:DAY]
    return faults or EarlierPost(text, day, platform, link=link, id=reference(f"post:{day}:{platform}:{link}:{text}"))


def is_day(typed: str) -> bool:
    """True for an ISO date, with or without a time of day."""
    try:
        return date.fromisoformat(typed[:DAY]).isoformat() == typed[:DAY] and typed[DAY : DAY + 1] in ("", "T", " ")
    except ValueError:
        return False


def _is_link(typed: str) -> bool:
    odd = any(sign.isspace() or sign in "<>|\"'\\" or not sign.isprintable() for sign in typed)
    return typed.startswith(("https://", "http://")) and len(typed) <= LONGEST_LINK and not odd


# What comparing needs from the outside. Every call names its workspace (team).


class KeptPosts(Protocol):
    """What was said before. An approved post goes with its draft."""

    async def near(self, team: str, text: str, draft_id: str = "") -> tuple[EarlierPost, ...]:
        """What may speak of the same as a text, the most alike first.

        For a draft those of its channel and those from files, never itself; for any other text those from files.
        """
        ...

    async def alike(self, team: str, text: str) -> tuple[EarlierPost, ...]:
        """All approved and published posts that have much in common with a text, so far as there are not too many."""
        ...

    async def of_channel(self, team: str, channel: str, most: int) -> tuple[EarlierPost, ...]:
        """The posts approved there and those from files, the latest first."""
        ...

    async def bring(self, team: str, posts: Sequence[EarlierPost]) -> int:
        """Keep posts from a file; how many of them are new."""
        ...

    async def lacks_link(self, draft_id: str) -> bool:
        """True where it was approved and nobody has noted yet where it stands."""
        ...

    async def quoting(self, draft_id: str) -> tuple[str, ...]:
        """The ids of the drafts that were read beside it, so that their reviews may have quoted it."""
        ...

    async def unquoted(self, draft_id: str) -> None:
        """Forget which they were."""
        ...

    async def link(self, draft_id: str, link: str) -> None:
        """Note where an approved post stands."""
        ...
