"""The weekly digest as Slack's blocks. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.digest_counting import families_of
from bot.core.words import digest as words
from bot.slack.elements import LONGEST, bold, context, plain, section
from bot.slack.mrkdwn import escaped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.core.digest import Digest, Figures
    from bot.slack.json import Json


def digest_blocks(digest: Digest, titles: Mapping[str, str], *, chart: bool = True) -> list[Json]:
    """The digest. Without ``chart`` the bars are made of characters, for where Slack draws no charts."""
    titles = {guideline: escaped(title) for guideline, title in titles.items()}
    notes = [words.late(digest.late)] if digest.late is not None else []
    notes += [words.missed(digest.missed)] if digest.missed else []
    above = [_small(note) for note in notes]
    if digest.is_quiet:
        return [section(escaped(words.quiet(digest))), *above, context(words.FOOTER)]
    blocks: list[Json] = [{"type": "header", "text": plain(words.title(digest))}, *above]
    lines = [words.drafts(digest), words.points(digest), words.helpful(digest.figures.thumbs)]
    blocks.append(section("\n".join(filter(None, lines))))
    if digest.figures.points:
        blocks.append(_chart(digest) if chart else section(f"{bold(words.BY_FAMILY)}\n{words.bars(digest)}"))
        named = "\n".join(words.guidelines(digest, titles))
        blocks.append(section(f"{bold(words.BY_GUIDELINE)}\n{named}"))
    if todo := _todo(digest, titles):
        blocks.append(section("\n".join(todo)))
    blocks += [section(words.health(one, titles)) for one in digest.health[:3]]
    return [*blocks, context(words.FOOTER)]


def digest_text(digest: Digest) -> str:
    """The digest in plain words, for notifications and for clients that show no blocks."""
    said = words.quiet(digest) if digest.is_quiet else words.summary(digest)
    return escaped(said)[:LONGEST]


def _todo(digest: Digest, titles: Mapping[str, str]) -> list[str]:
    todo = [words.still_open(digest.must_fix_open)] if digest.must_fix_open else []
    todo += [words.waiting(digest.waiting)] if digest.waiting else []
    return todo + ([words.lapsing(digest.lapsing, titles)] if digest.lapsing else [])


def _chart(digest: Digest) -> Json:
    """Slack's own chart. Its bounds: 50 characters in the title, 20 in a label, a point for each category."""
    series = [_series(words.THIS_WEEK, digest.figures)]
    if digest.before:
        series.append(_series(words.WEEK_BEFORE, digest.before))
    axes: Json = {"categories": list(words.FAMILIES.values()), "x_label": words.FAMILY, "y_label": words.POINTS}
    chart = {"type": "bar", "series": series, "axis_config": axes}
    return {"type": "data_visualization", "title": words.CHART, "chart": chart}


def _series(name: str, figures: Figures) -> Json:
    points = families_of(figures)
    return {"name": name, "data": [{"label": words.FAMILIES[family], "value": number} for family, number in points]}


def _small(text: str) -> Json:
    """Small print in which Slack writes dates in the reader's own time zone."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text}]}
