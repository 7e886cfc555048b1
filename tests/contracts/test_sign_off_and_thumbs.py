"""The real bot at work around a review: its menu, sign-off, mute and thumbs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.journeys.conftest import BAD, Stage
from tests.journeys.test_buttons import until_reply
from tests.journeys.test_mutes import DOWN, UP, thumb
from tests.journeys.test_sign_off import SEVERE, menu, press, reviewed, until_sign_off

if TYPE_CHECKING:
    from tests.contracts.conftest import Wires


async def test_sign_off(wires: Wires, stage: Stage) -> None:
    await stage.start(BRAND_LEADS="U0MIKA")
    ts = await reviewed(stage, SEVERE)
    await menu(stage, ts, "asked")
    await until_sign_off(stage, ts, "Sign-off requested by")
    for act in ("changes", "held"):
        await press(stage, ts, act)
        await stage.workspace.submit({"note": {"note": "<!channel> " * 90}}, by="mika")
    await until_sign_off(stage, ts, "Put on hold by")
    await press(stage, ts, "approved")
    await stage.workspace.submit({}, by="mika")
    await until_sign_off(stage, ts, "Approved by")
    stage.workspace.edit("#drafts", ts, f"{SEVERE} Really.")
    await until_sign_off(stage, ts, "has changed since")
    await stage.stop()
    assert [method for method, _ in wires.views] == ["views.open"] * 3
    assert wires.faults() == []


async def test_mute_and_thumbs(wires: Wires, stage: Stage) -> None:
    await stage.start()
    ts = await reviewed(stage, BAD)
    await thumb(stage, ts, UP)
    await thumb(stage, ts, DOWN)
    await stage.workspace.submit({"reason": {"reason": "tone"}, "note": {"note": "Too strict."}})
    await menu(stage, ts, "mute")
    reply = await until_reply(stage, ts, "Muted by")
    await stage.workspace.click("#drafts", reply["ts"], "candor_unmute")
    await until_reply(stage, ts, "points.")
    await stage.stop()
    assert wires.faults() == []
