"""The Home tab and the settings: what people see there, and that a change counts at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest

from bot.core.words.home import NO_OWN
from tests.journeys.conftest import BAD, CLEAN, Stage

if TYPE_CHECKING:
    from bot.workspace.server import Workspace

MANIFEST = json.loads((Path(__file__).resolve().parent.parent.parent / "manifest.json").read_text(encoding="utf-8"))
pytestmark = pytest.mark.parametrize("stage", [{"manifest": MANIFEST}], indirect=True)
PRESSURE = "user-control/no-false-pressure"


def texts(value: Any) -> str:
    """All the words in blocks."""
    if isinstance(value, dict):
        parts: dict[str, Any] = dict(cast("dict[str, Any]", value))
        own = [parts["text"]] if isinstance(parts.get("text"), str) else []
        return "\n".join([*own, *(texts(one) for one in parts.values())])
    return "\n".join(texts(one) for one in cast("list[Any]", value)) if isinstance(value, list) else ""


async def home(stage: Stage, by: str = "mika", says: str = "") -> str:
    """What somebody's Home says, once it says this."""
    stage.workspace.open_home(by=by)
    await stage.until(lambda: says in shown(stage, by) and shown(stage, by), f"a Home that says “{says}”")
    return shown(stage, by)


def shown(stage: Stage, by: str = "mika") -> str:
    view = stage.workspace.home(by=by)
    return texts(view["blocks"]) if view else ""


async def press(stage: Stage, action: str, value: str, by: str = "mika") -> None:
    """Use a button of the window on top, or of the Home tab where none is open."""
    workspace = stage.workspace
    open_ = workspace.views(by=by)
    view = open_[-1] if open_ else workspace.home(by=by)
    assert view
    block = next(
        (
            one["block_id"]
            for one in view["blocks"]
            for button in [one.get("accessory", {}), *one.get("elements", [])]
            if button.get("action_id") == action and button.get("value") == value
        ),
        "",
    )
    wanted = {"action_id": action, "block_id": block}
    await workspace.interactions.click_in_view(workspace.team, workspace.person(by), view["id"], wanted=wanted)


async def settings_page(stage: Stage, page: str, by: str = "mika") -> dict[str, Any]:
    """Open the settings and one page on top."""
    await home(stage, by, "How Candor is set up here")
    if not stage.workspace.views(by=by):
        await press(stage, "candor_home_settings", "settings", by=by)
    await press(stage, "candor_settings_page", page, by=by)
    return stage.workspace.views(by=by)[-1]


async def save(workspace: Workspace, by: str = "mika", **values: object) -> dict[str, Any]:
    return await workspace.submit({name: {"value": value} for name, value in values.items()}, by=by)


async def hand_over(stage: Stage) -> None:
    """Dana is the only brand lead from now on: who names the first lead stays one, and may then step down."""
    for _ in range(2):
        await settings_page(stage, "people")
        await save(stage.workspace, brand_leads=["U0DANA"])


async def test_everybody_sees_what_candor_does_and_who_can_change_it(played: Stage) -> None:
    said = await home(played, "dana", "How Candor is set up here")
    assert "People decide" in said
    assert "Brand leads: <@U0MIKA>" in said
    assert "#drafts" in said
    assert "Settings" not in said
    assert "Latest changes" not in said


async def test_an_open_draft_waits_for_its_author_until_it_is_mended(played: Stage) -> None:
    ts = played.workspace.post("#drafts", BAD)
    await played.reply(ts)
    said = await home(played, "dana", "LAST CHANCE!!!")
    assert "Still open: 2 should fix" in said
    view = played.workspace.home(by="dana") or {}
    links = [one["accessory"] for one in view["blocks"] if "accessory" in one]
    assert links[0]["url"].endswith(f"/archives/C0DRAFTS/p{ts.replace('.', '')}")
    assert "LAST CHANCE!!!" not in await home(played, "mika", "Waiting for sign-off")
    played.workspace.edit("#drafts", ts, CLEAN)
    await played.reply(ts, "found nothing")
    await home(played, "dana", NO_OWN)


@pytest.mark.both_databases
async def test_the_week_is_counted(played: Stage) -> None:
    await played.reply(played.workspace.post("#drafts", BAD))
    assert "1 draft read" in await home(played, "dana", "1 draft read")


async def test_a_channel_chosen_in_the_settings_is_watched_at_once(played: Stage) -> None:
    workspace = played.workspace
    window = await settings_page(played, "channels")
    assert window["blocks"][0]["element"]["initial_conversations"] == ["C0DRAFTS"]
    await save(workspace, draft_channels=["C0DRAFTS", "C0BRAND"])
    assert [view["title"]["text"] for view in workspace.views(by="mika")] == ["Settings"]
    assert "<#C0BRAND>" in texts(workspace.views(by="mika")[0]["blocks"])
    ts = workspace.post("#brand", BAD)
    await played.reply(ts, channel="#brand")
    said = await home(played, "mika", "Draft channels")
    assert "#drafts → <#C0DRAFTS>, <#C0BRAND>" in said
    assert "<@U0MIKA> changed *Draft channels*" in said


async def test_a_home_that_slack_shows_slowly_has_the_change_all_the_same(played: Stage) -> None:
    await settings_page(played, "channels")
    played.workspace.faults.on("views.publish", delay=3.0)  # longer than Slack waits for the window's answer
    await save(played.workspace, draft_channels=["C0DRAFTS", "C0BRAND"])
    assert "changed *Draft channels*" not in shown(played)
    await played.until(lambda: "<@U0MIKA> changed *Draft channels*" in shown(played), "a Home with the change")


async def test_a_change_counts_after_a_restart(played: Stage) -> None:
    await settings_page(played, "people")
    await save(played.workspace, retention_days="30")
    await played.stop()
    await played.start()
    assert "30 days" in await home(played, "dana", "Drafts are kept")


async def test_what_is_wrong_stands_at_its_input_and_nothing_is_kept(played: Stage) -> None:
    workspace = played.workspace
    await settings_page(played, "digest")
    answer = await save(workspace, digest_zone="Europe/Nowhere", digest_time="10:30", digest_channel=["C0BRAND"])
    assert list(answer["errors"]) == ["digest_zone"]
    assert "Europe/Berlin" in answer["errors"]["digest_zone"]
    await save(workspace, digest_zone="Europe/Berlin", digest_time="10:30", digest_channel=["C0BRAND"])
    assert "Monday at 10:30 (Europe/Berlin) in <#C0BRAND>" in await home(played, "mika", "10:30")


async def test_two_leads_at_the_same_time_change_only_what_each_touched(played: Stage) -> None:
    workspace = played.workspace
    await settings_page(played, "people")
    await save(workspace, brand_leads=["U0MIKA", "U0DANA"])
    await settings_page(played, "digest", "mika")
    await settings_page(played, "digest", "dana")
    await save(workspace, "mika", digest_time="08:15")
    await save(workspace, "dana", digest_day="Friday", digest_channel=["C0BRAND"])
    assert "Friday at 08:15 (UTC) in <#C0BRAND>" in await home(played, "dana", "08:15")


async def test_what_two_leads_change_in_one_list_at_the_same_time_all_stays(played: Stage) -> None:
    workspace = played.workspace
    await settings_page(played, "people")
    await save(workspace, brand_leads=["U0MIKA", "U0DANA"])
    for page, first, second in (
        ("brand", {"facts": "We bake at night."}, {"facts": "Our flour is organic."}),
        ("channels", {"draft_channels": ["C0DRAFTS", "C0BRAND"]}, {"draft_channels": ["C0DRAFTS", "C0GENERAL"]}),
        ("channels", {"draft_channels": ["C0DRAFTS", "C0BRAND"]}, {"draft_channels": ["C0BRAND", "C0GENERAL"]}),
    ):
        for lead in ("mika", "dana"):
            workspace.hub.views.close("T0HARBOR", f"U0{lead.upper()}")
            await settings_page(played, page, lead)
        await save(workspace, "mika", **first)
        await save(workspace, "dana", **second)
    assert "2 supporting facts" in await home(played, "dana", "2 supporting facts")
    workspace.hub.views.close("T0HARBOR", "U0DANA")
    window = await settings_page(played, "channels", "dana")
    assert window["blocks"][0]["element"]["initial_conversations"] == ["C0BRAND"]


async def test_a_guideline_is_switched_off_and_another_one_weighs_less(played: Stage) -> None:
    workspace = played.workspace
    await settings_page(played, "guidelines")
    await press(played, "candor_settings_family", "user-control")
    assert len(workspace.views(by="mika")) == 3
    await save(workspace, **{PRESSURE: "consider", "user-control/no-fear-hook": "off"})
    below, page = workspace.views(by="mika")
    assert "1 switched off, 1 with your own severity" in texts(below["blocks"])
    assert "with your own severity" in texts(page["blocks"])
    ts = workspace.post("#drafts", BAD)
    reply = await played.reply(ts)
    assert "Consider: Pressure without reason" in texts(reply["blocks"])
    await press(played, "candor_settings_family", "user-control")
    await save(workspace, **{PRESSURE: "as-shipped"})
    again = workspace.post("#drafts", f"{BAD} Really.")
    assert "Should fix: Pressure without reason" in texts((await played.reply(again))["blocks"])
    assert "1 switched off" in await home(played, "mika", "1 switched off")


async def test_a_pack_is_switched_on(played: Stage) -> None:
    await settings_page(played, "guidelines")
    await save(played.workspace, packs=["access-for-all"])
    assert "packs: access-for-all" in await home(played, "mika", "packs:")


async def test_who_is_no_lead_any_more_can_change_nothing(played: Stage) -> None:
    workspace = played.workspace
    await hand_over(played)
    await settings_page(played, "people", "dana")
    await press(played, "candor_settings_page", "brand")  # Mika's window was open already
    answer = await save(workspace, facts="We bake at night.")
    assert list(answer["errors"].values()) == [
        "Only brand leads can change settings. Candor's Home shows who they are."
    ]
    assert "Settings" not in await home(played, "mika", "Brand leads: <@U0DANA>")


async def test_an_old_button_opens_a_window_that_says_who_can(played: Stage) -> None:
    await home(played, "mika", "How Candor is set up here")
    old = dict(played.workspace.team.homes["U0MIKA"])
    await hand_over(played)
    played.workspace.hub.views.close("T0HARBOR", "U0MIKA")
    played.workspace.team.homes["U0MIKA"]["blocks"] = old["blocks"]
    await press(played, "candor_home_settings", "settings")
    assert "Only brand leads can change settings" in texts(played.workspace.views(by="mika")[-1]["blocks"])


async def test_a_channel_that_candor_is_not_in_is_named(played: Stage) -> None:
    workspace = played.workspace
    await settings_page(played, "channels")
    await save(workspace, draft_channels=["C0DRAFTS", "C0GENERAL"])
    assert "I'm not in <#C0GENERAL>" in await home(played, "mika", "Needs attention")
    workspace.hub.talk.join(workspace.channel("#general"), workspace.team.bot.user_id)
    workspace.open_home(by="mika")
    await played.until(lambda: "Needs attention" not in shown(played), "the trouble to be gone")


async def test_of_two_homes_at_once_the_newer_stays(played: Stage) -> None:
    workspace = played.workspace
    await home(played, "mika", "Settings")
    stale = dict(workspace.team.homes["U0MIKA"])
    await home(played, "mika", "Settings")
    workspace.team.homes["U0MIKA"] |= {"hash": "another"}
    event = {"type": "app_home_opened", "user": "U0MIKA", "tab": "home", "channel": "D0MIKA", "view": stale}
    workspace.announcer.send(workspace.team, event | {"event_ts": "1.0"})
    await played.until(
        lambda: (
            workspace.traffic.calls("views.publish")[-1]["answer"]["ok"]
            and any(call["answer"].get("error") == "hash_conflict" for call in workspace.traffic.calls("views.publish"))
        ),
        "another attempt",
    )


async def test_what_is_true_of_the_brand_is_kept_line_by_line(played: Stage) -> None:
    window = await settings_page(played, "brand")
    assert "initial_value" not in window["blocks"][0]["element"]
    await save(played.workspace, facts="We bake at night.\nOur flour is organic.", markets="Germany\nIreland")
    assert "2 supporting facts, 2 markets" in await home(played, "mika", "2 supporting facts")
    window = await settings_page(played, "brand")
    assert [block["element"].get("initial_value") for block in window["blocks"]] == [
        "Germany\nIreland",
        "We bake at night.\nOur flour is organic.",
        None,
    ]


async def test_the_exceptions_open_from_the_home_tab(played: Stage) -> None:
    await home(played, "dana", "Exceptions")
    await press(played, "candor_home_exceptions", "exceptions", by="dana")
    assert played.workspace.views(by="dana")[-1]["title"]["text"] == "Exceptions"
