"""A reviewed draft and what people do about its sign-off."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from bot.core.drafts import Changed, Click, Target
from bot.core.findings import Edit, Finding
from bot.core.guidelines import Severity
from bot.core.judging import Critique, Outcome
from bot.core.sign_off import Act, Source, Subject, Wish, fingerprint
from bot.flows.sign_off import AskForSignOff, DecideSignOff, LookAtSignOff
from tests.flows.fakes import PLACE, message
from tests.flows.world import Steps, World

if TYPE_CHECKING:
    from bot.core.sign_off import Prospect, Refused, SignOff

ID = PLACE.draft_id
TEXT = "Act now! Buy it."
AUTHOR, LEAD, OTHER_LEAD, NOBODY = "U1", "U2", "U3", "U9"
NOW = Finding(
    "user-control/no-false-pressure",
    Severity.SHOULD_FIX,
    0,
    end=8,
    quote="Act now!",
    why="Why.",
    edit=Edit(0, 8, "Look."),
)
SEVERE = Finding("transparency/commercial-disclosure", Severity.MUST_FIX, 9, end=16, quote="Buy it.", why="Why.")
MILD, HARD = Critique(Outcome.FINDINGS, (NOW,)), Critique(Outcome.FINDINGS, (SEVERE, NOW))
DRAFT = Subject(Source.DRAFT, fingerprint(TEXT))


class Desk:
    """A reviewed draft and what people do about its sign-off."""

    def __init__(self, world: World) -> None:
        self.world = world
        world.leads.users["T1"] = (LEAD, OTHER_LEAD)
        common = (world.jobs, world.clock)
        self.look = LookAtSignOff(world.drafts, world.leads)
        self.ask_for = AskForSignOff(world.drafts, world.sign_offs, world.leads, *common, world.sees)
        self.decide = DecideSignOff(self.look, world.sign_offs, *common)

    async def review(self, text: str = TEXT, revision: str = "0", critique: Critique = MILD) -> None:
        await self.world.keep(ID, owner=await self.world.reviewed(text, revision, critique))

    async def ask(self, user: str = AUTHOR, at: str = "1.0") -> Refused | None:
        answer = await self.ask_for(Click(Target(ID), user, at))
        await self.refresh()
        return answer

    async def act(self, act: Act, user: str = LEAD, **more: object) -> Refused | Prospect | None:
        self.world.clock.time += 1
        wish: dict[str, object] = {"subject": DRAFT, "key": f"{self.world.clock.time}:{user}", **more}
        answer = await self.decide(Wish(ID, user, act, **wish))  # type: ignore[arg-type]
        await self.refresh()
        return answer

    async def refresh(self) -> None:
        """Run what was asked for."""
        for key in self.world.jobs.refreshes:
            await self.world.refresh(Steps(), ID, key.removeprefix(f"refresh:{ID}:"))
        self.world.jobs.refreshes.clear()

    async def edit(self, text: str, revision: str) -> None:
        await self.world.receive(Changed(message(text, revision)))
        await self.refresh()

    @property
    def shown(self) -> SignOff | None:
        """What the one message says."""
        assert len(self.world.signs.standing) <= 1
        return cast("SignOff", self.world.signs.says[f"sign-off:{ID}"]) if self.world.signs.standing else None

    @property
    def status(self) -> tuple[Act, bool]:
        assert self.shown
        return self.shown.last.act, self.shown.stale
