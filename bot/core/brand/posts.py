"""Said before: posts that were approved here, or that a team published and brought along as a file."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol

from bot.core.drafts import platform_named, reference
from bot.core.reading.dates import days_meant, is_date, is_day, order_in
from bot.core.reading.tables import Columns, NamedCells, rows_in
from bot.core.words.brand import posts as words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

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


TEXT = (
    *("text", "post", "copy", "caption", "message", "content", "body"),
    *("post text", "Beitrag", "Beitragstext", "Inhalt", "Nachricht", "texte", "légende", "contenu"),
    *("texto", "contenido", "mensaje"),
)
DATE = (
    *("date", "published", "published at", "posted", "posted at", "publish date", "created at"),
    *("publication date", "Datum", "veröffentlicht", "veröffentlicht am", "Veröffentlichungsdatum"),
    *("date de publication", "publié le", "fecha", "fecha de publicación", "publicado"),
)
PLATFORM = (
    *("platform", "network", "channel", "social network", "Plattform", "Netzwerk", "Kanal"),
    *("plateforme", "réseau", "réseau social", "canal", "plataforma", "red", "red social"),
)
"""What people call the columns, in English, German, French and Spanish."""
_LINK = ("link", "url", "permalink", "post url", "lien", "enlace")


def columns_of(names: Mapping[str, Sequence[str]], needed: Sequence[str]) -> Columns:
    """A table of posts."""
    return Columns(names, needed, joined=("text",), fits={"date": is_date, "platform": _is_platform})


def _is_platform(cell: str) -> bool:
    return bool(platform_named(cell))


_COLUMNS = columns_of({"text": TEXT, "date": DATE, "platform": PLATFORM, "link": _LINK}, ("text", "date"))


def read_posts(text: str, today: str = "") -> ReadPosts:
    """The posts in a table whose first line names the columns, or in JSON.

    With ``today``, an ISO date, one that has not been published yet is a fault; time zones are a day apart at most.
    """
    posts: list[tuple[int, EarlierPost]] = []
    faults: list[tuple[int, str]] = []
    unused: dict[str, None] = {}
    known: dict[str, int] = {}
    last = (date.fromisoformat(today) + timedelta(days=1)).isoformat() if today else ""
    for number, row in dated(rows_in(text, _COLUMNS)):
        if isinstance(row, str):
            faults.append((number, row))
            continue
        unused |= dict.fromkeys(row.unused)
        made = _post(row.cells, last)
        if isinstance(made, EarlierPost) and made.id in known:
            made = [words.twice(known[made.id])]
        if isinstance(made, EarlierPost):
            known[made.id] = number
            posts.append((number, made))
        else:
            faults += [(number, one) for one in made]
    return ReadPosts(tuple(posts), tuple(faults), tuple(unused))


def dated(rows: Iterable[tuple[int, NamedCells | str]]) -> list[tuple[int, NamedCells | str]]:
    """The rows with their dates as ISO dates, so far as it is plain which day is meant; the file as a whole may say."""
    listed = list(rows)
    order = order_in(row.cells.get("date", "") for _, row in listed if isinstance(row, NamedCells))
    return [(number, row if isinstance(row, str) else _dated(row, order)) for number, row in listed]


def _dated(row: NamedCells, order: str) -> NamedCells | str:
    typed = row.cells.get("date", "")
    meant = days_meant(typed, order) if typed else ()
    if meant[1:]:
        return words.ambiguous(typed, *meant)
    return NamedCells({**row.cells, "date": meant[0]}, row.unused) if meant else row


def _post(said: Mapping[str, str], last: str = "") -> EarlierPost | list[str]:
    """The post, or what is wrong with it."""
    text, day, link = said.get("text", ""), said.get("date", ""), said.get("link", "")
    platform = " ".join(said.get("platform", "").split())
    platform = platform_named(platform) or platform
    faults = [] if text else [words.NO_TEXT]
    faults += [words.too_long(LONGEST_POST)] if len(text) > LONGEST_POST else []
    faults += [] if is_day(day) else [words.no_date(day)]
    faults += [words.not_yet(day)] if last and is_day(day) and day > last else []
    faults += [] if not link or _is_link(link) else [words.no_link(link)]
    faults += [words.no_platform(platform)] if len(platform) > LONGEST_PLATFORM else []
    return faults or EarlierPost(text, day, platform, link=link, id=reference(f"post:{day}:{platform}:{link}:{text}"))


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
