"""The Home tab, every window behind it, composed drafts and the workflow step: all that goes over the wires."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.core.words.settings import FAMILIES, PAGES
from tests.journeys.conftest import BAD, Stage
from tests.journeys.test_composer import MANIFEST, posted, write
from tests.journeys.test_home import home, press, save, settings_page
from tests.journeys.test_workflow import ended

if TYPE_CHECKING:
    from tests.contracts.conftest import Wires

pytestmark = pytest.mark.parametrize("stage", [{"manifest": MANIFEST}], indirect=True)


async def test_the_home_tab_and_all_pages_of_the_settings(wires: Wires, played: Stage) -> None:
    workspace = played.workspace
    await played.reply(workspace.post("#drafts", BAD))
    for page in PAGES:
        await settings_page(played, page)
        workspace.hub.views.close("T0HARBOR", "U0MIKA", workspace.views(by="mika")[-1]["id"])
    await settings_page(played, "brand")
    await save(workspace, facts="fact\n" * 300, markets="Ireland, Germany")
    await settings_page(played, "channels")
    await save(workspace, draft_channels=["C0DRAFTS", "C0GENERAL"])
    await settings_page(played, "digest")
    await save(workspace, digest_channel=["C0GENERAL"])
    for family in FAMILIES:
        await settings_page(played, "guidelines")
        await press(played, "candor_settings_family", family)
        for _ in range(2):
            workspace.hub.views.close("T0HARBOR", "U0MIKA", workspace.views(by="mika")[-1]["id"])
    await home(played, "dana", "LAST CHANCE!!!")
    await home(played, "mika", "Needs attention")
    assert {"views.open", "views.push", "views.update", "views.publish"} == {method for method, _ in wires.views}
    assert {payload["type"] for payload in wires.deliveries} == {"event_callback", "block_actions", "view_submission"}
    assert wires.faults() == []


async def test_a_composed_draft(wires: Wires, played: Stage) -> None:
    workspace = played.workspace
    said = {"platform": "youtube", "ai": "pictures", "paid": "gifted", "audience": "A" * 150, "market": "DACH"}
    ts = await posted(played, f"{BAD} {'word ' * 580}", **said)
    await played.reply(ts)
    await workspace.click("#drafts", ts, "candor_composed_edit")
    await write(workspace, text=BAD)
    await played.until(lambda: workspace.traffic.calls("chat.update"), "the message to change")
    await workspace.click("#drafts", ts, "candor_composed_remove")
    assert "shortcut" in {payload["type"] for payload in wires.deliveries}
    assert {"views.open"} == {method for method, _ in wires.views}
    assert wires.faults() == []


async def test_the_step_in_a_workflow(wires: Wires, played: Stage) -> None:
    await ended(played, played.workspace.run_step("critique_draft", {"text": BAD, "platform": "IG"}))
    assert [payload["event"]["type"] for payload in wires.deliveries] == ["function_executed"]
    assert wires.faults() == []
