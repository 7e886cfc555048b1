"""The plots of `python -m benchmarks`, as SVG."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import pygal
from pygal.style import Style

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from benchmarks.bench import Row

# It would look for its plugins at every import from now on, and in a way that Python warns of.
sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__module__ != "pygal"]
_STYLE = Style(
    background="white",
    plot_background="white",
    font_family="sans-serif",
    label_font_size=13,
    major_label_font_size=13,
    value_font_size=13,
    title_font_size=17,
    colors=("#3b6ea5", "#c0c0c0"),
)


def draw(measures: Mapping[str, Sequence[Row]], folder: Path) -> None:
    """Write one plot of everything that has a plain peer, and one of everything that has an aim."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [row for found in measures.values() for row in found]
    ratios = [(row.what, row.ratio) for row in rows if row.ratio and row.unit in ("s", "ms", "MB")]
    aims = [(row.what, row.reached) for row in rows if row.aim and row.reached is not None]
    _write(folder / "ratios.svg", "Candor's figure, as a multiple of the plain peer's (logarithmic)", ratios)
    _write(folder / "aims.svg", "How much of each aim is used up: over 1 it is missed", aims)
    if points := sorted(_of_variants(rows)):
        _write_line(folder / "variants.svg", "Variants: processor time (s) by the number of different texts", points)


_VARIANTS = r"([\d,]+) variants, ([\d,]+) texts: processor time"


def _of_variants(rows: Iterable[Row]) -> Iterable[tuple[float, float]]:
    """How many different texts there were, and what comparing them took, in seconds."""
    for row in rows:
        if found := re.fullmatch(_VARIANTS, row.what):
            yield float(found[2].replace(",", "")), row.candor


def _write_line(file: Path, title: str, points: Sequence[tuple[float, float]]) -> None:
    chart = pygal.XY(style=_STYLE, width=800, height=450, show_legend=False, js=(), disable_xml_declaration=True)
    chart.title = title
    chart.add("", list(points))
    file.write_text(_steady(chart.render()), encoding="utf-8")


def _write(file: Path, title: str, bars: Iterable[tuple[str, float]]) -> None:
    shown = list(bars)[::-1]  # the first on top
    chart = pygal.HorizontalBar(
        style=_STYLE,
        width=1100,
        height=110 + 26 * len(shown),
        logarithmic="logarithmic" in title,
        print_values=True,
        show_legend=False,
        show_x_labels=False,  # of its axis: what stands beside each bar says it
        value_formatter=lambda value: f"{value:.2f}",
        js=(),
        disable_xml_declaration=True,
    )
    chart.title = title
    chart.x_labels = [what for what, _ in shown]
    chart.add("", [value for _, value in shown])
    file.write_text(_steady(chart.render()), encoding="utf-8")


def _steady(drawn: str) -> str:
    """Without an id and a date that differ each time: they would make every picture a new one."""
    return re.sub(r"chart-[0-9a-f-]{36}", "chart", re.sub(r"<!--.*?-->", "", drawn)) + "\n"
