from __future__ import annotations

import json
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest

from bot.workspace.charts import draw_chart
from bot.workspace.checking import check_message_blocks, check_view
from bot.workspace.shapes import ApiRefusal
from tests.workspace.broken_blocks import plain

if TYPE_CHECKING:
    from bot.workspace.server import Workspace

POINTS = [{"label": "Authenticity", "value": 3}, {"label": "Transparency", "value": 1.5}]


def bars(**more: Any) -> dict[str, Any]:
    axes = {"categories": ["Authenticity", "Transparency"], "x_label": "Family"}
    return {"type": "bar", "series": [{"name": "This week", "data": POINTS}], "axis_config": axes, **more}


def block(chart: object = None, **more: Any) -> dict[str, Any]:
    return {"type": "data_visualization", "title": "Points", "chart": chart or bars(), **more}


@pytest.mark.parametrize("chart", [bars(), bars(type="line"), {"type": "pie", "segments": POINTS}], ids=str)
def test_a_good_chart_is_taken(chart: dict[str, Any]) -> None:
    assert check_message_blocks([block(chart)]) == [block(chart)]


@pytest.mark.parametrize(
    "wrong",
    [
        block(title="x" * 51),
        block(title=plain()),
        block(caption="x"),
        block({"type": "radar"}),
        block(bars(series=[])),
        block(bars(series=[{"name": "a", "data": POINTS}] * 2)),
        block(bars(series=[{"name": "a", "data": POINTS[:1]}])),
        block(bars(series=[{"name": "a", "data": [{"label": "Authenticity", "value": "3"}, POINTS[1]]}])),
        block(bars(series=[{"name": "x" * 21, "data": POINTS}])),
        block(bars(axis_config={"categories": ["Authenticity", "Transparency"], "y_label": "x" * 51})),
        block({"type": "pie", "segments": POINTS * 4}),
        block({"type": "pie", "segments": [{"label": "x" * 21, "value": True}]}),
    ],
    ids=str,
)
def test_a_broken_chart_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ApiRefusal):
        check_message_blocks([wrong])


def test_a_chart_stands_in_messages_only() -> None:
    view = {"type": "modal", "title": plain("Chart"), "blocks": [block()]}
    with pytest.raises(ApiRefusal):
        check_view(view, "modal")


def test_a_chart_is_drawn_as_bars_with_its_numbers() -> None:
    html = str(draw_chart(block(title="Points <b>")))
    assert "Points &lt;b&gt;" in html
    assert '<meter min="0" max="3.0" value="1.5">' in html
    assert "This week" in html
    assert "<meter" in str(draw_chart(block({"type": "pie", "segments": POINTS})))
    assert "<table></table>" in str(draw_chart({"type": "data_visualization"}))


async def test_the_time_of_the_workspace_can_be_asked_for(workspace: Workspace) -> None:
    import asyncio  # noqa: PLC0415 - the request needs a thread, the workspace the loop

    def ask() -> float:
        with urllib.request.urlopen(f"{workspace.url}/local/clock", timeout=5) as answer:
            return float(json.load(answer)["now"])

    before = await asyncio.to_thread(ask)
    workspace.advance(3600)
    assert 3600 <= await asyncio.to_thread(ask) - before < 3610


async def test_the_clock_of_the_workspace_is_one_that_the_bot_can_go_by_and_wakes_who_sleeps(
    workspace: Workspace,
) -> None:
    import asyncio  # noqa: PLC0415 - as above

    clock = workspace.hub.clock
    sleeping = asyncio.create_task(clock.sleep(1000))
    await asyncio.sleep(0.01)
    workspace.advance(500)
    await asyncio.sleep(0.05)
    assert not sleeping.done()
    workspace.advance(600)
    async with asyncio.timeout(5):
        await sleeping
