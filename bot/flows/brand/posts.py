"""What is recorded of what a brand says: its fact sheet, and what it said before; and its variants compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.brand.variants import Agreement, swapped, variants_in
from bot.core.drafts import Place
from bot.core.words.brand import variants as words
from bot.flows.reviewing import aside

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.core.brand.facts import Fact
    from bot.core.brand.posts import KeptPosts
    from bot.core.brand.variants import SetComparison, SetPost
    from bot.core.home import Links
    from bot.flows.brand.facts import FactSheets


@dataclass(frozen=True, slots=True)
class Records:
    """What drafts are compared with."""

    sheets: FactSheets
    posts: KeptPosts


@dataclass(frozen=True, slots=True)
class LinkPost:
    """Done once, behind the click that approved it, so that nobody waits for Slack. Safe to repeat."""

    posts: KeptPosts
    links: Links

    async def __call__(self, draft_id: str) -> None:
        """Note the address of an approved post that has none. Where Slack gives none, the next click tries again."""
        if await self.posts.lacks_link(draft_id) and (link := await self.links.to(Place.of(draft_id))):
            await self.posts.link(draft_id, link)


# Variants beside one another: typed behind the command, or in a draft's thread.

_MOST_SAME = 5
_HARMLESS = str.maketrans({"<": "‹", ">": "›", "[": "(", "]": ")", "*": "", "~": "", "`": "'", "@": "＠"})
"""People's words in an answer call nobody, link nowhere and change no letters' look."""


@dataclass(frozen=True, slots=True)
class CompareVariants:
    """Nothing is kept. ``compare`` holds posts against one another and against facts."""

    compare: Callable[[Sequence[SetPost], Sequence[Fact]], SetComparison]
    sheets: FactSheets

    async def __call__(self, team: str, text: str) -> str:
        """What contradicts, differs or is told to some only, in Markdown; how to write variants where there is one."""
        posts = await aside(len(text), lambda: variants_in(text))
        if not posts[1:]:
            return words.ONLY_ONE if posts else words.NO_VARIANTS
        facts = await self.sheets.valid(team)
        return in_markdown(await aside(len(text), lambda: self.compare(posts, facts)))


def in_markdown(compared: SetComparison) -> str:
    """What a message says of a comparison."""
    told = _told(compared).translate(_HARMLESS)
    return "\n".join(f"**{line}**" if line in words.HEADINGS else line for line in told.splitlines())


def _told(compared: SetComparison) -> str:
    agreed = [fact for fact in compared.of(Agreement.AGREES) if fact.telling > 1]
    return words.in_short(
        compared,
        compared.of(Agreement.CONTRADICTS),
        compared.of(Agreement.LOOK),
        partly=compared.of(Agreement.PARTLY),
        same=agreed[:_MOST_SAME],
        pair=swapped(compared),
    )
