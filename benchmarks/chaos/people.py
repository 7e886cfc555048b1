"""People who post, edit, delete and click, by a seed; and a model that has good and bad moments."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.workspace.shapes import ApiRefusal, NotAcknowledged
from tests.model.server import REFUSAL, Fault, ScriptedModel, critique, issue, opinions

if TYPE_CHECKING:
    import random

    from bot.workspace.server import Workspace
    from tests.model.server import Answer, Asked

USE = "candor_use"
DEADLINE = 25.0
"""Seconds that the bot waits for one answer of the model's."""
_MARK = "Batch {0}-v{1} of our rye"
_TEXT = _MARK + " is out of the oven.\nCome by on Elm Street before noon, we open at eight."
_CLICK_WITHIN = 60.0
"""Seconds that people go on waiting for something to click when nothing goes wrong any more."""
_DELETED, _CLICKED = 0.12, 0.4
"""Parts of the drafts."""


@dataclass
class Post:
    """A draft as its author knows it."""

    number: int
    team: str
    channel: str
    by: str
    edits: list[float]
    deleted_after: float | None
    clicks: bool
    ts: str = ""
    version: int = 0
    deleted: bool = False
    accepted: int = 0
    """Clicks that were acknowledged, without a word in private that they could not be done."""

    @property
    def id(self) -> str:
        """Its key in the store."""
        return f"{self.team}:{self.channel}:{self.ts}"

    @property
    def mark(self) -> str:
        """Words that only its newest version has."""
        return _MARK.format(self.number, self.version)

    @property
    def text(self) -> str:
        """What it says now."""
        return _TEXT.format(self.number, self.version)


@dataclass
class People:
    """Their plans are made before anything happens, so that a seed gives the same ones."""

    workspace: Workspace
    posts: list[Post] = field(default_factory=list["Post"])
    calm_since: float = float("inf")
    """From when on nothing goes wrong any more."""

    @classmethod
    def plan(cls, workspace: Workspace, chance: random.Random, drafts: int, *, pace: float) -> People:
        """So many drafts in all teams' channels; a ``pace`` below 1 lets their authors change them sooner."""
        rooms = [
            (team.id, channel.id, next(iter(team.people.values())).name)
            for team in workspace.state.teams.values()
            for channel in team.channels.values()
            if channel.name.startswith("drafts")
        ]
        people = cls(workspace)
        for number in range(drafts):
            people.posts.append(_planned(number, chance.choice(rooms), chance, pace=pace))
        return people

    async def live(self, seconds: float, chance: random.Random) -> None:
        """Do it all, the drafts begun over so many seconds."""
        begins = sorted(chance.uniform(0, seconds) for _ in self.posts)
        await asyncio.gather(*(self._one(post, after) for post, after in zip(self.posts, begins, strict=True)))

    async def _one(self, post: Post, after: float) -> None:
        await asyncio.sleep(after)
        post.ts = self.workspace.post(post.channel, post.text, by=post.by, team=post.team)
        before = 0.0
        for moment in post.edits:
            if post.deleted_after is not None and moment > post.deleted_after:
                break
            await asyncio.sleep(moment - before)
            before = moment
            post.version += 1
            self.workspace.edit(post.channel, post.ts, post.text, by=post.by, team=post.team)
        if post.deleted_after is not None:
            await asyncio.sleep(max(post.deleted_after - before, 0))
            self.workspace.delete(post.channel, post.ts, by=post.by, team=post.team)
            post.deleted = True
        elif post.clicks:
            await self._click(post)

    async def _click(self, post: Post) -> None:
        """Use a suggestion once it is there; click again where Slack says that the app did not answer."""
        while time.monotonic() < self.calm_since + _CLICK_WITHIN and not post.accepted:
            await asyncio.sleep(0.5)
            for message in self.workspace.channel(post.channel, post.team).thread(post.ts):
                if block := _button(message):
                    await self._click_on(post, str(message["ts"]), block)
                    break

    async def _click_on(self, post: Post, ts: str, block: str) -> None:
        told = self._told(post)
        try:
            await self.workspace.click(post.channel, ts, USE, by=post.by, team=post.team, block_id=block)
        except (NotAcknowledged, ApiRefusal, KeyError):
            await asyncio.sleep(2)
            return
        post.accepted += self._told(post) == told

    def _told(self, post: Post) -> int:
        """How often the bot said in private that it could not do something in this thread."""
        whispered = self.workspace.ephemerals(post.channel, by=post.by, team=post.team)
        return sum(message.get("thread_ts") == post.ts for message in whispered)


def _planned(number: int, room: tuple[str, str, str], chance: random.Random, *, pace: float) -> Post:
    """What becomes of one draft."""
    team, channel, by = room
    edits = sorted(pace * chance.uniform(0.2, 12) for _ in range(chance.choices([0, 1, 2, 3], [60, 25, 10, 5])[0]))
    deleted = pace * chance.uniform(0.3, 20) if chance.random() < _DELETED else None
    clicks = not edits and deleted is None and chance.random() < _CLICKED
    return Post(number, team, channel, by=by, edits=edits, deleted_after=deleted, clicks=clicks)


def _button(message: dict[str, Any]) -> str:
    for block in message.get("blocks", ()):
        if any(element.get("action_id") == USE for element in block.get("elements", ())):
            return str(block["block_id"])
    return ""


class MoodyModel(ScriptedModel):
    """Mostly quick and right, sometimes slow, busy, broken or unwilling."""

    def __init__(self, chance: random.Random) -> None:
        super().__init__()
        self.moody = False
        self.asked_about: Counter[str] = Counter()
        """Good answers by draft and version."""
        self._chance = chance
        self.otherwise = self._answer

    def _answer(self, asked: Asked) -> Answer:
        self.delay = self._chance.uniform(0.2, 3.0)
        if asked.is_second_opinion or "ready" in asked.schema.get("properties", {}):
            return _plain(asked)
        draft = asked.draft
        if self.moody and (bad := self._bad_moment()):
            return bad
        number, _, rest = draft.partition("Batch ")[2].partition("-v")
        version = rest.partition(" ")[0]
        mark = _MARK.format(number, version)
        self.asked_about[mark] += self.delay < DEADLINE
        reply = critique(issue(mark, "user-control/no-false-pressure", replacement="Our rye"))
        return reply(asked)

    def _bad_moment(self) -> Answer | None:
        roll = self._chance.random()
        kinds: list[Answer] = [
            Fault("status", 429, "rate_limit_exceeded", headers={"retry-after": "2"}),
            Fault("status", 500),
            Fault("drop"),
            REFUSAL,
            "I am a teapot {",
        ]
        if roll < 0.03:  # noqa: PLR2004
            self.delay = 40.0  # longer than its deadline
            return None
        if roll < 0.08:  # noqa: PLR2004
            self.delay = self._chance.uniform(6, 20)
            return None
        return self._chance.choice(kinds) if roll < 0.2 else None  # noqa: PLR2004


def _plain(asked: Asked) -> Answer:
    return {"ready": True} if "ready" in asked.schema.get("properties", {}) else opinions("keep")(asked)
