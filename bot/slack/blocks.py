"""A critique as Slack's blocks. Pure.

People's words stand in rich text only, where nothing in them can become a mention or a link.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.variants import split_variants
from bot.core.words import reply as words
from bot.slack.diff import Change, word_diff
from bot.slack.mrkdwn import escaped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.core.critique import Critique
    from bot.core.draft import Draft
    from bot.core.finding import Finding
    from bot.core.variants import Variant
    from bot.slack.json import Json

_QUOTE = 400
"""Characters of a quote that are shown."""
_TEXT = 2_900
"""Slack takes 3,000 characters in a text."""
_STYLES: dict[Change, Json] = {Change.SAME: {}, Change.OLD: {"strike": True}, Change.NEW: {"bold": True}}


def reply_blocks(critique: Critique, draft: Draft, titles: Mapping[str, str]) -> list[Json]:
    """The reply to a draft. ``titles`` are the guidelines' titles by id."""
    variants = split_variants(draft.text, draft.zones, draft.platform)
    platforms = tuple(dict.fromkeys(variant.platform for variant in variants if variant.platform))
    footer = _context(words.footer(critique, len(draft.text), platforms))
    if not critique.findings and not critique.questions:
        return [_section(words.headline(critique)), footer]
    blocks = [_section(f"*{words.headline(critique)}*")]
    for number, finding in enumerate(critique.shown, 1):
        where = _where(finding, variants) if len(platforms) > 1 else ""
        blocks.append(_finding(number, finding, titles.get(finding.guideline, finding.guideline), where))
    if critique.folded:
        blocks.append(_context(words.folded(len(critique.folded))))
    return [*blocks, footer]


def reply_text(critique: Critique) -> str:
    """The reply in plain words, for notifications and for clients that show no blocks."""
    points = [words.point(_short(f.quote), f.why) for f in critique.shown]
    return escaped(words.summary(critique, points))[:_TEXT]


def _finding(number: int, finding: Finding, title: str, where: str) -> Json:
    label = _rich("rich_text_section", [_piece(words.label(number, finding.severity, title, where), {"bold": True})])
    why = _rich("rich_text_section", [_piece(finding.why, {})])
    return {"type": "rich_text", "elements": [label, _rich("rich_text_quote", _change(finding)), why]}


def _change(finding: Finding) -> list[Json]:
    """The quote, as a word diff where there is a rewording for it."""
    if finding.edit is None:
        return [_piece(_short(finding.quote), {})]
    if finding.replacement is None:
        added = [_piece(words.ADD_AT_START, {}), _piece(finding.edit.text.strip(), {"bold": True})]
        return [_piece(f"{_short(finding.quote)}\n", {}), *added]
    if not finding.replacement:
        return [_piece(_short(finding.quote), {"strike": True}), _piece(f" {words.LEAVE_OUT}", {})]
    pieces = word_diff(_short(finding.quote), finding.replacement)
    befores = [Change.SAME, *(change for change, _ in pieces)]
    # New words right behind struck ones need a space to be readable.
    return [
        _piece(f" {text}" if (before, change) == (Change.OLD, Change.NEW) else text, _STYLES[change])
        for before, (change, text) in zip(befores, pieces, strict=False)
    ]


def _where(finding: Finding, variants: tuple[Variant, ...]) -> str:
    here = [v for v in variants if v.start <= finding.start <= v.start + len(v.text)]
    return words.platform(here[0].platform) if here and here[0].platform else ""


def _short(text: str) -> str:
    return text if len(text) <= _QUOTE else f"{text[:_QUOTE].rstrip()}…"


def _rich(kind: str, elements: list[Json]) -> Json:
    return {"type": kind, "elements": elements}


def _piece(text: str, style: Json) -> Json:
    return {"type": "text", "text": text} | ({"style": style} if style else {})


def _section(text: str) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def _context(text: str) -> Json:
    return {"type": "context", "elements": [{"type": "plain_text", "text": text[:_TEXT]}]}
