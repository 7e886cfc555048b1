"""What came of the reviews: counts and costs of the same months."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.proof import ProofCounts, ProofFigures, ProofSoFar
from bot.core.settings import WorkspaceSettings
from bot.core.spending import Budgets, ModelPrices
from bot.flows.proof import ShowProof
from bot.flows.spending import Accounts
from tests.flows.fake_settings import FakeSettings
from tests.flows.test_spending import House

if TYPE_CHECKING:
    from bot.core.digesting import Period


class FakeFigures:
    def __init__(self) -> None:
        self.asked: list[tuple[str, Period]] = []

    async def of(self, team: str, period: Period) -> ProofCounts:
        self.asked.append((team, period))
        return ProofCounts(repeats=1)


async def test_what_the_model_cost_is_counted_over_the_same_months_as_the_points() -> None:
    house, figures = House(Budgets()), FakeFigures()
    show = ShowProof(figures, house.ledger, house.accounts)
    assert isinstance(show, ProofSoFar)
    assert isinstance(figures, ProofFigures)
    house.ledger.used = 2
    for _ in range(2):
        await house.call()
        house.clock.time += 31 * 24 * 3600.0
    proof = await show("T1")
    assert figures.asked == [("T1", proof.period)]
    assert (proof.counts.repeats, proof.accepted, proof.priced) == (1, 2, True)
    assert proof.spent.calls == 2
    assert (await show("T1", 1)).spent.calls == 0
    unpriced = Accounts(FakeSettings({"T1": WorkspaceSettings()}), house.clock, Budgets(), None)
    assert not (await ShowProof(figures, house.ledger, unpriced)("T1")).priced
    assert ModelPrices(1, 1, 1)
