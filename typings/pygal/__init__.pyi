"""What `benchmarks.plots` uses of pygal."""

from collections.abc import Callable, Sequence

from pygal.style import Style

class HorizontalBar:
    title: str
    x_labels: Sequence[str]
    def __init__(
        self,
        *,
        style: Style,
        width: int,
        height: int,
        logarithmic: bool,
        print_values: bool,
        show_legend: bool,
        show_x_labels: bool,
        value_formatter: Callable[[float], str],
        js: Sequence[str],
        disable_xml_declaration: bool,
    ) -> None: ...
    def add(self, title: str, values: Sequence[float | None]) -> object: ...
    def render(self) -> str: ...

class XY:
    title: str
    def __init__(
        self,
        *,
        style: Style,
        width: int,
        height: int,
        show_legend: bool,
        js: Sequence[str],
        disable_xml_declaration: bool,
    ) -> None: ...
    def add(self, title: str, values: Sequence[tuple[float, float]]) -> object: ...
    def render(self) -> str: ...
