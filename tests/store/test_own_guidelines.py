"""Workspaces' own guidelines on both databases."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.core.brand.own_guidelines import (
    FineSentence,
    GuidelineAct,
    GuidelineChange,
    GuidelineTrial,
    GuidelineVersion,
    Hit,
    KeptGuideline,
    KeptSet,
    TrialState,
    TriedExample,
)
from bot.store.brand.own_guidelines import OwnGuidelineStore, TrialStore
from bot.store.database import Database
from bot.store.drafts import DraftStore
from bot.store.settings import WorkspaceStore
from tests.databases import everything_in
from tests.flows.fakes import FakeClock, straight_on
from tests.store.samples import message as draft_message

if TYPE_CHECKING:
    from pathlib import Path

FIRST = GuidelineVersion("own/guests", 1, "first", "U1", 1.0)
SECOND = replace(FIRST, number=2, text="second", user="U2", at=3.0)


def change(act: GuidelineAct, version: int, at: float, guideline: str = "own/guests") -> GuidelineChange:
    return GuidelineChange(guideline, act, "Guests", version, "U1", at)


async def test_versions_are_kept_switched_and_removed_in_one_workspace(
    database: Database, url: str, tmp_path: Path
) -> None:
    store = OwnGuidelineStore(database)
    assert await store.of("T1") == KeptSet()
    await store.save("T1", FIRST, change(GuidelineAct.ADDED, 1, 1.0))
    await store.save("T1", FIRST, change(GuidelineAct.ADDED, 1, 1.0))
    await store.save("T2", replace(FIRST, text="elsewhere"), change(GuidelineAct.ADDED, 1, 1.0))
    assert await store.of("T1") == KeptSet(0, (KeptGuideline(FIRST),))
    await store.switch("T1", change(GuidelineAct.SWITCHED_ON, 1, 2.0))
    await store.save("T1", SECOND, change(GuidelineAct.CHANGED, 2, 3.0))
    assert await store.of("T1") == KeptSet(1, (KeptGuideline(SECOND, FIRST, "U1", 2.0),))
    assert await store.versions("T1", "own/guests") == (SECOND, FIRST)
    await store.switch("T1", change(GuidelineAct.SWITCHED_OFF, 1, 4.0))
    assert await store.of("T1") == KeptSet(2, (KeptGuideline(SECOND, None, "U1", 4.0),))
    await store.remove("T1", change(GuidelineAct.REMOVED, 2, 5.0))
    assert await store.of("T1") == KeptSet(3)
    assert [one.act for one in await store.changes("T1", 3)] == ["removed", "switched off", "changed"]
    assert (await store.of("T2")).guidelines == (KeptGuideline(replace(FIRST, text="elsewhere")),)
    await WorkspaceStore(database).erase("T2")
    assert b"elsewhere" not in everything_in(url, tmp_path)


async def test_what_two_leads_save_at_once_is_all_kept(database: Database, url: str) -> None:
    """Through two connections, as two processes have them: each believes that its text is version 2."""
    other = Database(url)
    try:
        stores = [OwnGuidelineStore(database), OwnGuidelineStore(other)]
        await stores[0].save("T1", FIRST, change(GuidelineAct.ADDED, 1, 1.0))
        texts = [f"second of {n}" for n in range(6)]
        saves = (
            stores[n % 2].save("T1", replace(SECOND, text=text), change(GuidelineAct.CHANGED, 2, 2.0 + n))
            for n, text in enumerate(texts)
        )
        saved = await asyncio.gather(*saves)
        assert [one.text for one in saved] == texts
        kept = await stores[0].versions("T1", "own/guests")
        assert {one.number: one.text for one in kept} == {1: "first", **{one.number: one.text for one in saved}}
        assert sorted(one.number for one in kept) == [1, 2, 3, 4, 5, 6, 7]
        noted = [one.version for one in await stores[0].changes("T1", 9)]
        assert sorted(noted) == [1, 2, 3, 4, 5, 6, 7]
        assert await stores[1].save("T1", saved[3], change(GuidelineAct.CHANGED, saved[3].number, 5.0)) == saved[3]
        assert len(await stores[0].versions("T1", "own/guests")) == 7
    finally:
        await other.close()


async def test_a_sentence_that_was_called_fine_goes_with_its_draft(
    database: Database, url: str, tmp_path: Path
) -> None:
    store, drafts = OwnGuidelineStore(database), DraftStore(database, FakeClock(straight_on))
    said = draft_message("Dear customers of zebra street.")
    fine = FineSentence("own/guests", said.place.draft_id, "Dear customers of zebra street.")
    team = said.place.team
    await store.save(team, FIRST, change(GuidelineAct.ADDED, 1, 1.0))
    await store.keep_fine(team, [fine])
    assert (await store.of(team)).guidelines[0].fine == ()
    await drafts.add(said)
    await store.keep_fine(team, [fine, fine])
    assert (await store.of(team)).guidelines[0].fine == (fine,)
    await drafts.erase(said.place)
    assert (await store.of(team)).guidelines[0].fine == ()
    assert b"zebra" not in everything_in(url, tmp_path)


async def test_a_trial_is_noted_until_somebody_stops_it_or_begins_another(database: Database) -> None:
    store = TrialStore(database)
    trial = GuidelineTrial("own/guests", 2, "U1", 5.0, "V1", hits=(Hit("T1:C1:1.0", "0", 3, 9),))
    assert await store.find("T1", "own/guests") is None
    assert not await store.note("T1", trial)
    await store.begin("T1", trial)
    examples = (TriedExample(0, bad=True, flagged=True), TriedExample(0, bad=False, flagged=None))
    further = replace(trial, checked=4, total=9, with_model=True, asked=1, excepted=2, held=3, examples=examples)
    assert await store.note("T1", further)
    assert await store.find("T1", "own/guests") == further
    await store.stop("T1", "own/guests")
    assert not await store.note("T1", further)
    assert await store.find("T1", "own/guests") == replace(further, state=TrialState.STOPPED)
    await store.begin("T1", replace(trial, at=6.0))
    assert not await store.note("T1", further)
    assert await store.find("T2", "own/guests") is None
