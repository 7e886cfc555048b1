"""A point of a critique as Slack's blocks: the quote with what changes, the reason, and its buttons. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.core.click import Target
from bot.core.contacts import contact_of
from bot.core.variants import split_variants
from bot.core.verdict import Decision
from bot.core.whereabouts import whereabouts
from bot.core.words import buttons as labels
from bot.core.words import dismissal
from bot.core.words import reply as words
from bot.core.words.delta import mark
from bot.slack.diff import Change, word_diff
from bot.slack.elements import DIVIDER, actions, button, length, person, piece, rich, rich_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.core.finding import Finding
    from bot.core.record import DraftRecord
    from bot.core.standing import Point, Standing
    from bot.core.variants import Variant
    from bot.slack.json import Json

USE, UNDO, DISMISS, WHY, MORE = "candor_use", "candor_undo", "candor_dismiss", "candor_why", "candor_more"
OURS = "candor_ours"
_QUOTE = 400
"""Characters of a quote that are shown."""
_ROOM = 5_500
"""Characters of all points that are shown at once: with what else a reply says, it stays below 10,000."""
_STYLES: dict[Change, dict[str, bool]] = {
    Change.SAME: {},
    Change.OLD: {"strike": True},
    Change.NEW: {"bold": True},
}


@dataclass(frozen=True, slots=True)
class PointBlocks:
    """Draws the points of one draft. ``titles`` say what is wrong, by the guidelines' ids."""

    record: DraftRecord
    titles: Mapping[str, str]
    with_buttons: bool = True

    def __call__(self, number: int, point: Point) -> list[Json]:
        """The blocks of a point: a line above it, its words, and its buttons."""
        finding = point.finding
        title = self.titles.get(finding.guideline, finding.guideline)
        label = words.label(number, finding, title, self._where(finding))
        if point.decision is Decision.DISMISSED:
            label = labels.dismissed(label)
        if point.decision is Decision.OPEN:
            label += mark(point.news)
        words_of_it = rich_text(
            rich("rich_text_section", piece(label, bold=True)),
            rich("rich_text_quote", *_change(point, self.record.draft.text)),
            rich("rich_text_section", *_said(point)),
        )
        row = [actions(*self._buttons(number, point, title))] if self.with_buttons else []
        return [DIVIDER, words_of_it, *row]

    def _buttons(self, number: int, point: Point, title: str) -> list[Json]:
        value = Target(self.record.id, point.finding.ref).value

        def one(action: str, label: str) -> Json:
            return button(action, label, value, spoken=labels.spoken(label, number, title))

        why = one(WHY, labels.WHY)
        if point.decision is not Decision.OPEN:
            return [one(UNDO, labels.UNDO), why]
        use = [one(USE, labels.USE)] if point.usable else []
        ours = [one(OURS, labels.OURS)] if contact_of(point.finding) else []
        dismiss = [one(DISMISS, labels.DISMISS)] if point.finding.dismissable else []
        return [*use, *ours, *dismiss, why]

    @property
    def platforms(self) -> tuple[str, ...]:
        """The platforms that the draft is for."""
        return tuple(dict.fromkeys(variant.platform for variant in self._variants if variant.platform))

    @property
    def _variants(self) -> tuple[Variant, ...]:
        draft = self.record.draft
        return split_variants(draft.text, draft.zones, draft.platform)

    def _where(self, finding: Finding) -> str:
        """The platform, variant and part of a finding, each where the draft has several."""
        return words.where(whereabouts(self._variants, finding.start), several=len(self.platforms) > 1)


def fitting(standing: Standing, draw: PointBlocks) -> Standing:
    """The same with fewer points shown at once where they take more than a message has room for; one always stays."""
    while standing.most > 1 and length([block for point in standing.shown for block in draw(1, point)]) > _ROOM:
        standing = replace(standing, most=standing.most - 1)
    return standing


def short(text: str, most: int = _QUOTE) -> str:
    """A quote, cut where it is very long."""
    return text if len(text) <= most else f"{text[:most].rstrip()}…"


def _aside(change: Change, text: str) -> str:
    """A piece of a change; of long words that stay or go the two ends are enough, new words are shown whole."""
    half = _QUOTE // 2
    return text if change is Change.NEW or len(text) <= _QUOTE else f"{text[:half].rstrip()} … {text[-half:].lstrip()}"


def _said(point: Point) -> list[Json]:
    """Why it matters, or what was decided."""
    if point.decision is Decision.DISMISSED and point.verdict:
        because = dismissal.because(point.verdict.reason, point.verdict.note)
        return [piece(labels.DISMISSED_BY), person(point.verdict.user), piece(because)]
    return [piece(words.USED if point.decision is Decision.USED else point.finding.why)]


def _change(point: Point, text: str) -> list[Json]:
    """The quote, as a word diff where there is a rewording for it, or around it, that can be used."""
    finding = point.finding
    quote = short(finding.quote)
    # What cannot be used is not shown either, except for dismissed ones, whose edit is in nobody's way.
    if finding.edit is None or not (point.usable or point.decision is Decision.DISMISSED):
        return [piece(quote)]
    if finding.edit.start == finding.edit.end:
        how = words.MOVE_TO_START if finding.edit.gone else words.ADD_AT_START
        return [piece(f"{quote}\n"), piece(how), piece(finding.edit.text.strip(), bold=True)]
    old, new = finding.change(text)
    if not new:
        return [piece(short(old), strike=True), piece(f" {words.LEAVE_OUT}")]
    return _diff(old, new)


def _diff(quote: str, replacement: str) -> list[Json]:
    pieces = [(change, _aside(change, text)) for change, text in word_diff(quote, replacement)]
    befores = [Change.SAME, *(change for change, _ in pieces)]
    # New words right behind struck ones need a space to be readable.
    return [
        piece(f" {text}" if (before, change) == (Change.OLD, Change.NEW) else text, **_STYLES[change])
        for before, (change, text) in zip(befores, pieces, strict=False)
    ]
