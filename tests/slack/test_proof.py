"""What came of the reviews, as Slack shows it: within its limits, and to brand leads alone."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from bot.core.proof import MONTHS, GuidelineProof, Proof, ProofCounts
from bot.core.words import proof as words
from bot.core.words.commands import LATER, WAIT
from bot.slack.blocks import length
from bot.slack.proof import ProofWindows, proof_blocks
from bot.workspace.checking import check_view
from tests.core.test_proof import PROOF, TITLES
from tests.flows.fake_leads import FakeLeads

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pytest


class Windows:
    """Slack, of which nothing but windows is asked."""

    def __init__(self) -> None:
        self.views: list[dict[str, Any]] = []
        self.updated = asyncio.Event()

    def of(self, _: str) -> Windows:
        return self

    @property
    def client(self) -> Windows:
        return self

    async def views_open(self, trigger_id: str, view: dict[str, Any]) -> SimpleNamespace:
        assert trigger_id == "t"
        check_view(view, "modal")
        self.views.append(view)
        return SimpleNamespace(data={"view": {"id": "V1"}})

    async def views_update(self, view_id: str, view: dict[str, Any]) -> None:
        assert view_id == "V1"
        check_view(view, "modal")
        self.views.append(view)
        self.updated.set()


class Shows:
    async def __call__(self, team: str, months: int = MONTHS) -> Proof:
        assert (team, months) == ("T1", MONTHS)
        return PROOF


async def titles(_: str) -> Mapping[str, str]:
    return TITLES


def asked(user: str) -> dict[str, Any]:
    return {"team": {"id": "T1"}, "user": {"id": user}, "trigger_id": "t"}


async def test_brand_leads_see_the_figures_in_a_window_and_nobody_else_does() -> None:
    leads, slack = FakeLeads(), Windows()
    windows = ProofWindows(Shows(), leads, titles, clients=slack)  # pyright: ignore[reportArgumentType]
    (lead, *_) = await leads.of("T1")
    await windows.open(asked(lead))
    await windows.open(asked("U9"))
    shown, refused = (json.dumps(view, ensure_ascii=False) for view in slack.views)
    assert ("*Slow words*: 7 shown" in shown, words.ONLY_LEADS in refused) == (True, True)
    assert "7 shown" not in refused
    assert await windows.blocks("T1", "U9") is None
    leads.silent = True
    await windows.open(asked(lead))
    assert LATER in json.dumps(slack.views[-1])
    assert slack.views[-1]["title"]["text"] == words.TITLE


async def test_while_many_reviews_are_counted_a_window_is_open_and_then_shows_the_figures(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.slack.proof._PATIENCE", 0.01)
    leads, slack, counted = FakeLeads(), Windows(), asyncio.Event()

    class Slowly(Shows):
        async def __call__(self, team: str, months: int = MONTHS) -> Proof:
            await counted.wait()
            return await super().__call__(team, months)

    windows = ProofWindows(Slowly(), leads, titles, clients=slack)  # pyright: ignore[reportArgumentType]
    await asyncio.wait_for(windows.open(asked((await leads.of("T1"))[0])), 5)
    assert WAIT in json.dumps(slack.views[-1])
    assert slack.views[-1]["title"]["text"] == words.TITLE
    counted.set()
    await asyncio.wait_for(slack.updated.wait(), 5)
    assert "7 shown" in json.dumps(slack.views[-1])


def test_many_guidelines_with_long_titles_stay_within_slacks_limits() -> None:
    many = tuple(GuidelineProof(f"own/{n}", n) for n in range(300))
    named = {one.guideline: "<&>" * 40 for one in many}
    blocks = proof_blocks(replace(PROOF, counts=ProofCounts(many)), named)
    check_view({"type": "modal", "title": {"type": "plain_text", "text": "x"}, "blocks": blocks}, "modal")
    assert (len(blocks) <= 50, "<&>" in json.dumps(blocks)) == (True, False)
    assert (length(blocks) < 11_000, "more guidelines" in json.dumps(blocks[-2])) == (True, True)
    assert any(words.NOTHING in json.dumps(one) for one in proof_blocks(replace(PROOF, counts=ProofCounts()), {}))
