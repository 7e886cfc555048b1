"""Slack's chart block: what it takes, and how the page draws it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from markupsafe import Markup

from bot.workspace.rendering.safe import joined
from bot.workspace.shapes import an_object, objects

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.workspace.shapes import Json

_TITLE, _LABEL, _AXIS = 50, 20, 50
_SERIES, _POINTS, _SEGMENTS = 6, 20, 6
_WITH_AXES = {"bar", "area", "line"}


def faults_of_chart(block: Json) -> Iterator[str]:
    """What Slack would not take, in words."""
    chart = an_object(block.get("chart"))
    if extra := sorted(set(block) - {"type", "block_id", "title", "chart"}):
        yield f"unsupported property: {extra[0]}"
    yield from _length("title", block.get("title"), _TITLE)
    if chart.get("type") in _WITH_AXES:
        yield from _axes(chart)
    elif chart.get("type") == "pie":
        yield from _points(chart.get("segments"), "segments", _SEGMENTS)
    else:
        yield "a chart is one of area, bar, line, pie"


def draw_chart(block: Json) -> Markup:
    """The chart as bars, one below the other."""
    chart = an_object(block.get("chart"))
    series = objects(chart.get("series")) or [{"name": "", "data": chart.get("segments")}]
    values = [_number(point) for one in series for point in objects(one.get("data"))]
    most = max([*values, 1])
    rows = joined(_row(one, point, most) for one in series for point in objects(one.get("data")))
    form = Markup('<figure class="chart"><figcaption>{}</figcaption><table>{}</table></figure>')
    return form.format(block.get("title") or "", rows)


def _axes(chart: Json) -> Iterator[str]:
    axes = an_object(chart.get("axis_config"))
    categories = cast("list[object]", axes.get("categories") or [])
    series = objects(chart.get("series"))
    if not 0 < len(series) <= _SERIES:
        yield f"a chart has 1 to {_SERIES} series"
    if len({str(one.get("name")) for one in series}) < len(series):
        yield "two series of one name"
    for name in ("x_label", "y_label"):
        if axes.get(name) is not None:
            yield from _length(name, axes[name], _AXIS)
    for one in series:
        yield from _length("name", one.get("name"), _LABEL)
        yield from _points(one.get("data"), "data", _POINTS)
        if [point.get("label") for point in objects(one.get("data"))] != categories:
            yield "the labels of a series must be the categories"


def _points(points: object, name: str, most: int) -> Iterator[str]:
    listed = objects(points)
    if not 0 < len(listed) <= most:
        yield f"{name}: 1 to {most} are needed"
    for point in listed:
        yield from _length("label", point.get("label"), _LABEL)
        if isinstance(point.get("value"), bool) or not isinstance(point.get("value"), int | float):
            yield "a value must be a number"


def _length(name: str, value: object, most: int) -> Iterator[str]:
    if not isinstance(value, str) or not 0 < len(value) <= most:
        yield f"must be text of 1 to {most} characters: {name}"


def _row(series: Json, point: Json, most: float) -> Markup:
    value = _number(point)
    bar = Markup('<meter min="0" max="{}" value="{}"></meter>').format(most, value)
    form = Markup('<tr><th scope="row">{}</th><td class="quiet">{}</td><td>{}</td><td>{}</td></tr>')
    return form.format(point.get("label") or "", series.get("name") or "", bar, point.get("value"))


def _number(point: Any) -> float:  # noqa: ANN401 - whatever a bot sent
    value = an_object(point).get("value")
    return float(value) if isinstance(value, int | float) else 0.0
