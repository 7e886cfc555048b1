"""The windows that open in private: why a point matters, and the points that the reply does not show. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.words import buttons as words
from bot.core.words import why
from bot.slack.elements import LONGEST, context, link, piece, plain, rich, rich_text
from bot.slack.points import PointBlocks, fitting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.core.guideline import Guideline
    from bot.core.record import DraftRecord
    from bot.core.standing import Standing
    from bot.slack.json import Json

_POINTS = 33
"""Points in a window: Slack takes 100 blocks."""


def why_window(guideline: Guideline) -> Json:
    """Why it matters, in plain words, and the sources."""
    parts = [(why.point(guideline), ""), *why.reasons(guideline)]
    return _window(why.TITLE, [*(_paragraph(*part) for part in parts), *_sources(guideline)])


def guideline_blocks(guideline: Guideline) -> list[Json]:
    """A guideline in full."""
    parts = [(why.in_full(guideline), ""), *why.sections(guideline)]
    return [*(_paragraph(*part) for part in parts), *_sources(guideline)]


def _sources(guideline: Guideline) -> list[Json]:
    if not guideline.sources:
        return []
    named = (link(one.link, one.name) if one.link else piece(one.name) for one in guideline.sources)
    lines = [rich("rich_text_section", one) for one in named]
    heading = rich("rich_text_section", piece(why.SOURCES, bold=True))
    return [rich_text(heading, {"type": "rich_text_list", "style": "bullet", "elements": lines})]


def more_window(standing: Standing, record: DraftRecord, titles: Mapping[str, str]) -> Json:
    """The folded and the dismissed points with their buttons; of a muted draft, whose reply shows none, all."""
    draw = PointBlocks(record, titles)
    standing = fitting(standing, draw)
    blocks: list[Json] = []
    shown, hidden = (0, standing.points) if record.mute else (len(standing.shown), standing.hidden)
    for number, point in enumerate(hidden[:_POINTS], shown + 1):
        blocks += draw(number, point)
    if not blocks:
        blocks.append(context(words.NOTHING_MORE))
    if len(hidden) > _POINTS:
        blocks.append(context(words.LEFT_OUT))
    return _window(words.MORE_TITLE, blocks)


def _window(title: str, blocks: list[Json]) -> Json:
    return {"type": "modal", "title": plain(title), "close": plain(words.CLOSE), "blocks": blocks}


def _paragraph(heading: str, text: str) -> Json:
    words_of_it = [piece(f"\n{text[:LONGEST]}")] if text else []
    return rich_text(rich("rich_text_section", piece(heading, bold=True), *words_of_it))
