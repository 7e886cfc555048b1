"""Variants of one campaign beside one another: typed behind the command, in a draft, or as replies in a thread."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bot.core.brand.variants import Agreement, ReadThread, ToldKind, as_posts, is_wish_to_compare, swapped, variants_in
from bot.core.conversing import Ending, TurnAnswer
from bot.core.drafts import Author, Deleted
from bot.core.errors import Unreadable
from bot.core.reading.draft_or_talk import variants_of_reply
from bot.core.reading.variants import each_addressed
from bot.core.words.brand import variants as words
from bot.flows.reviewing import aside

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from bot.core.brand.facts import Fact
    from bot.core.brand.variants import SetComparison, SetPost
    from bot.core.deciding import OptOuts
    from bot.core.drafts import Message, Place
    from bot.core.ports import Drafts
    from bot.core.watching import Channels
    from bot.flows.brand.facts import FactSheets

_MOST_SAME = 5
_HARMLESS = str.maketrans({"<": "‹", ">": "›", "[": "(", "]": ")", "*": "", "~": "", "`": "'", "@": "＠"})
"""People's words in an answer call nobody, link nowhere and change no letters' look."""
MOST_MESSAGES = 1_000
"""Of a thread that are read: Slack gives them page by page, and somebody waits."""
_SLOW = 100_000
"""A few milliseconds for each of so many messages add up: nobody else waits for them."""


@dataclass(frozen=True, slots=True)
class CompareVariants:
    """The `ComparesVariants` port. Nothing is kept. ``compare`` holds posts against one another and against facts."""

    compare: Callable[[Sequence[SetPost], Sequence[Fact]], SetComparison]
    sheets: FactSheets
    threads: ReadThreads

    async def __call__(self, team: str, text: str) -> str:
        """What contradicts, differs or is told to some only; how to write variants where there is one."""
        posts = await aside(len(text), lambda: variants_in(text))
        if not posts[1:]:
            return words.ONLY_ONE if posts else words.NO_VARIANTS
        return in_markdown(await self._compared(team, posts))

    async def in_thread(self, root: Place, user: str) -> TurnAnswer:
        """The same of the thread that begins there, what of it was read, and whose replies. ``user`` asks."""
        read = await self.threads(root, user)
        return TurnAnswer(Ending.COMPARED, await self._of_thread(root.team, read), quoted=read.authors)

    async def _of_thread(self, team: str, read: ReadThread) -> str:
        posts, told = read.posts, words.thread_read(read).translate(_HARMLESS)
        if not posts:
            return words.NOT_READ if read.is_unread else f"{words.NOT_HERE}\n\n{told}".strip()
        if not posts[1:]:
            return f"{words.ONLY_ONE_HERE}\n\n{told}"
        first, *rest = in_markdown(await self._compared(team, posts)).split("\n\n")
        return "\n\n".join([first, told, *rest])

    async def _compared(self, team: str, posts: Sequence[SetPost]) -> SetComparison:
        facts = await self.sheets.valid(team)
        return await aside(sum(len(post.text) for post in posts), lambda: self.compare(posts, facts))


def in_markdown(compared: SetComparison) -> str:
    """What a message says of a comparison."""
    told = _told(compared).translate(_HARMLESS)
    return "\n".join(f"**{line}**" if line in words.HEADINGS else line for line in told.splitlines())


def _told(compared: SetComparison) -> str:
    every = [fact for fact in compared.of(Agreement.AGREES) if fact.telling > 1]
    agreed = [fact for fact in every if not isinstance(fact.kind, ToldKind) or fact.values[0].shown != words.TOLD]
    return words.in_short(
        compared,
        compared.of(Agreement.CONTRADICTS),
        compared.of(Agreement.LOOK),
        partly=compared.of(Agreement.PARTLY),
        same=agreed[:_MOST_SAME],
        pair=swapped(compared),
    )


# The variants in a thread: the draft at its top, and what people wrote below it.


@dataclass(frozen=True, slots=True)
class ReadThreads:
    """Reads replies in Slack, as none of them is kept: each in its newest words, and none that was deleted."""

    drafts: Drafts
    channels: Channels
    opt_outs: OptOuts
    admit: Callable[[Message], Awaitable[Message]]
    """Tells of people of other organisations whether the workspace wants to hear them."""

    async def __call__(self, root: Place, user: str) -> ReadThread:
        """What is in the thread for whoever asks: of a draft at its top, what is kept of it."""
        record = await self.drafts.find(root.draft_id)
        if record and record.is_gone:
            return ReadThread()
        found = _ReadSoFar(as_posts(each_addressed(record.draft.text)) if record and not record.erased else ())
        try:
            async for event in self.channels.thread(root):
                if isinstance(event, Deleted) or event.message.place.ts in found.seen:
                    continue
                if len(found.seen) >= MOST_MESSAGES:
                    return found.read(is_cut=True)
                found.seen.add(event.message.place.ts)
                await self._take(event.message, found, root, user=user)
        except Unreadable:
            return found.read(is_unread=True)
        return found.read()

    async def _take(self, message: Message, found: _ReadSoFar, root: Place, *, user: str) -> None:
        is_top = message.place.ts == root.ts
        said = await self.admit(message)
        if said.author is Author.BOT or said.mentions_us or (is_top and found.draft) or _is_wish(said.text):
            return
        if said.author is Author.OUTSIDER:
            found.outsiders += 1
        elif said.author_id != user and not said.direct and await self.opt_outs.is_out(root.team, said.author_id):
            found.muted += 1
        elif variants := await aside(_SLOW, lambda: variants_of_reply(said)):
            posts = as_posts(variants)
            found.authors[said.author_id] = None
            if is_top:
                found.draft = posts
            else:
                found.replies.append(posts)
        else:
            found.talk += not is_top


def _is_wish(text: str) -> bool:
    return is_wish_to_compare(text.strip().partition("\n")[0])


@dataclass(slots=True)
class _ReadSoFar:
    """What was read so far."""

    draft: tuple[SetPost, ...]
    replies: list[tuple[SetPost, ...]] = field(default_factory=list["tuple[SetPost, ...]"])
    seen: set[str] = field(default_factory=set[str])
    authors: dict[str, None] = field(default_factory=dict[str, None])
    talk: int = 0
    muted: int = 0
    outsiders: int = 0

    def read(self, *, is_cut: bool = False, is_unread: bool = False) -> ReadThread:
        return ReadThread(
            tuple(_called(post, words.AT_THE_TOP, self.draft) for post in self.draft),
            tuple(
                tuple(_called(post, words.reply(number), posts) for post in posts)
                for number, posts in enumerate(self.replies, 1)
            ),
            talk=self.talk,
            muted=self.muted,
            outsiders=self.outsiders,
            longest=MOST_MESSAGES if is_cut else 0,
            is_unread=is_unread,
            authors=tuple(self.authors),
        )


def _called(post: SetPost, source: str, among: Sequence[SetPost]) -> SetPost:
    """By where it stands, and by its own name where several without an audience stand there."""
    nameless = [one for one in among if not one.audience]
    own = f", {words.called(post)}" if not post.audience and nameless[1:] else ""
    return replace(post, name=f"{source}{own}")
