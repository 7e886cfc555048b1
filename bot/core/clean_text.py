"""The author's text with the accepted edits in it, ready to copy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.core.finding import Edit, Finding
    from bot.core.variants import Variant


@dataclass(frozen=True, slots=True)
class CleanText:
    """Made from the draft's ``revision``, whose whole message is ``text`` with the edits in it.

    ``slots`` are the facts that only the author can fill in, each as often as it stands there. ``posts`` are what there
    is to copy: (platform, text) of each variant, without headings and words to colleagues; of an old one kept in the
    store they are not known, nor is the number of ``changes``. ``outdated`` is True where the author has edited the
    draft since.
    """

    revision: str
    text: str
    slots: tuple[str, ...] = ()
    outdated: bool = False
    posts: tuple[tuple[str, str], ...] = ()
    changes: int = 0


def clean_text(revision: str, text: str, findings: Iterable[Finding], variants: Iterable[Variant] = ()) -> CleanText:
    """The text with the edits of the findings, which are in the order of their severity."""
    made = [f.edit for f in compatible(findings) if f.edit]
    edits = sorted((piece for edit in made for piece in edit.pieces), key=lambda edit: (edit.start, edit.end))
    slots = tuple(slot for edit in edits for slot in _slots(edit.text))
    posts = tuple((variant.platform, _edited(variant.text, variant.start, edits).strip()) for variant in variants)
    return CleanText(revision, _edited(text, 0, edits), slots, posts=posts, changes=len(made))


def _edited(text: str, start: int, edits: Iterable[Edit]) -> str:
    """A text that begins at ``start``, with those of the edits that fall into it; they are in their order."""
    inside = [edit.moved(-start) for edit in edits if start <= edit.start and edit.end <= start + len(text)]
    for edit in reversed(inside):  # from right to left, so that the offsets of the others stay right
        text = _applied(text, edit)
    return text


def compatible(findings: Iterable[Finding]) -> list[Finding]:
    """Those whose edits can all be made: of two that touch the same words, the first stays."""
    kept: list[Finding] = []
    for finding in findings:
        edit = finding.edit
        if edit and not any(edit.overlaps(other.edit) for other in kept if other.edit):
            kept.append(finding)
    return kept


def _applied(text: str, edit: Edit) -> str:
    before, after = text[: edit.start], text[edit.end :]
    if not edit.text and (not before or before[-1].isspace()):
        after = after.removeprefix(" ")  # what was left out must not leave two spaces
    return f"{before}{edit.text}{after}"


def _slots(text: str) -> Iterator[str]:
    """``[date]`` and the like, as they are written."""
    for piece in text.split("[")[1:]:
        name, closing, _ = piece.partition("]")
        if closing and name.strip():
            yield f"[{name}]"
