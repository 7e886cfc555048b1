"""What was said before: an approved post is held against the next draft, in its channel alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.workspace.state import Channel
from tests.journeys.test_facts import MANIFEST, press_point, submit, top
from tests.journeys.test_home import texts
from tests.journeys.test_sign_off import MIKA, menu, press, until_sign_off

if TYPE_CHECKING:
    from tests.journeys.conftest import Stage

pytestmark = pytest.mark.parametrize("stage", [{"manifest": MANIFEST}], indirect=True)
BEFORE = "LinkedIn\n\nGood news for cyclists.\nDelivery costs £4, whatever you order."
NOW = "LinkedIn\n\nA quiet week in our yard.\nDelivery costs just £3. Pick a planter and see."


async def approved(stage: Stage) -> str:
    ts = stage.workspace.post("#drafts", BEFORE, by="dana")
    await stage.reply(ts)
    await menu(stage, ts, "asked")
    await until_sign_off(stage, ts, "Sign-off requested")
    await press(stage, ts, "approved")
    await until_sign_off(stage, ts, "Approved by")
    await stage.until(lambda: "store" in stage.places_with(f"/archives/C0DRAFTS/p{ts.replace('.', '')}"), "its link")
    return ts


@pytest.mark.both_databases
async def test_a_draft_that_says_otherwise_than_an_approved_post_shows_both_and_two_ways_out(stage: Stage) -> None:
    team = stage.workspace.team
    members = list(team.channels["C0DRAFTS"].members)
    team.channels["C0OTHER"] = Channel("C0OTHER", team.id, "other", members=members)
    await stage.start(BRAND_LEADS=MIKA, DRAFT_CHANNELS="drafts,other")
    before = await approved(stage)
    ts = stage.workspace.post("#drafts", NOW, by="dana")
    await stage.reply(ts, "A post approved for LinkedIn on")
    assert "says: “Delivery costs £4, whatever you order”" in texts(stage.reply_to(ts)["blocks"])
    assert f"/archives/C0DRAFTS/p{before.replace('.', '')}" in str(stage.reply_to(ts)["blocks"])
    elsewhere = stage.workspace.post("#other", NOW, by="dana")
    assert "£4" not in str((await stage.reply(elsewhere, channel="#other"))["blocks"])
    assert "candor_use" in str(stage.reply_to(ts)["blocks"])
    await press_point(stage, ts, "candor_fact_changed", by="mika")
    first = {block["block_id"]: block["element"] for block in top(stage)["blocks"] if "element" in block}
    assert first["value"]["initial_value"] == "Delivery costs just £3"
    assert first["since"]["initial_date"]
    await submit(stage, value="Delivery costs £3", kind="price")
    await stage.reply(ts, "found nothing")
