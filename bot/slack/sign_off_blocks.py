"""A sign-off as Slack's blocks, and its windows. Pure.

What people typed stands in rich text, or escaped, so that nothing in it can become a mention or a link.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.core.click import Target
from bot.core.sign_off import Act
from bot.core.words import sign_off as words
from bot.slack.elements import LONGEST, actions, button, piece, plain, rich, rich_text, section
from bot.slack.mrkdwn import escaped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.core.record import DraftRecord
    from bot.core.sign_off import OpenPoint, Prospect, SignOff, SignOffAct, Wish
    from bot.slack.json import Json

DECIDE = "candor_sign_off_"
DECISIONS = (Act.APPROVED, Act.CHANGES, Act.HELD)
WINDOW = "candor_sign_off"
NOTE = "note"
_LONGEST_NOTE = 1_000
_EARLIER = 8
"""Earlier entries that the message shows."""
_BRIEF = 100
"""Characters of an earlier note that are shown."""
_LISTED = 20
"""Open points that a window lists."""


def sign_off_blocks(sign_off: SignOff, record: DraftRecord, titles: Mapping[str, str]) -> list[Json]:
    """Where it stands, what was said, what it is about, and what can be decided now."""
    last = sign_off.last
    said = [rich_text(rich("rich_text_quote", piece(last.note)))] if last.note else []
    row = [
        button(f"{DECIDE}{act}", words.LABELS[act], Target(record.id, sign_off.subject.ref).value)
        for act in DECISIONS
        if sign_off.waits or act is not last.act
    ]
    headline = "\n".join(filter(None, [f"*{words.headline(sign_off)}*", words.below(sign_off)]))
    return [section(headline), *said, _small(words.for_leads(sign_off.leads)), actions(*row), _print(sign_off, titles)]


def note_window(wish: Wish) -> Json:
    """Asks for the words to a decision."""
    typed: Json = {"type": "plain_text_input", "action_id": NOTE, "multiline": True, "max_length": _LONGEST_NOTE}
    asked = {"type": "input", "block_id": NOTE, "label": plain(words.NOTE_LABEL[wish.act]), "element": typed}
    return _window(wish, [asked, _small(words.about(wish.subject))])


def approve_window(wish: Wish, prospect: Prospect, titles: Mapping[str, str]) -> Json:
    """Shows what is approved, and what is still open in it."""
    blocks: list[Json] = []
    if not prospect.reviewed:
        blocks.append(section(words.APPROVE_ANYWAY[prospect.state]))
    if prospect.must_fix:
        listed = _list(list(prospect.must_fix), titles)
        blocks += [section(words.STILL_OPEN), listed, section(words.APPROVE_ALL_THE_SAME)]
    return _window(wish, [*blocks, section(words.about(prospect.subject))])


def closed_window(title: str, said: str) -> Json:
    """Takes the place of a window whose decision was not taken."""
    return {"type": "modal", "title": plain(title), "close": plain(words.CLOSE), "blocks": [section(said)]}


def _print(sign_off: SignOff, titles: Mapping[str, str]) -> Json:
    """The small print."""
    last, earlier = sign_off.last, list(sign_off.history[:-1])
    lines = [_about(sign_off, titles)]
    if last.act is not Act.ASKED:
        lines.append(words.open_then(sign_off, _titles(last.open, titles)))
    if earlier:
        shown = [_entry(act) for act in reversed(earlier[-_EARLIER:])]
        lines.append(words.history(shown, len(earlier) - len(shown)))
    return _small("\n".join([*lines, words.fingerprints(sign_off), words.RECORDED]))


def _about(sign_off: SignOff, titles: Mapping[str, str]) -> str:
    """Which text, and what is open in it, unless that is just what was open when it was decided."""
    now, last = sign_off.now, sign_off.last
    waits = sign_off.waits or (now and (now.open, now.reviewed) != (last.open, last.reviewed))
    said = [words.about(sign_off.subject)]
    return " ".join([*said, words.open_now(now, _titles(now.open, titles))] if now and waits else said)


def _entry(act: SignOffAct) -> str:
    return words.entry(act, escaped(act.note if len(act.note) <= _BRIEF else f"{act.note[:_BRIEF].rstrip()}…"))


def _titles(points: tuple[OpenPoint, ...], titles: Mapping[str, str]) -> list[str]:
    """Each guideline once, as people know it."""
    return list(dict.fromkeys(escaped(titles.get(point.guideline, point.guideline)) for point in points))


def _list(points: list[OpenPoint], titles: Mapping[str, str]) -> Json:
    named = (words.point(point.severity, titles.get(point.guideline, point.guideline)) for point in points[:_LISTED])
    entries = [rich("rich_text_section", piece(name)) for name in named]
    return rich_text({"type": "rich_text_list", "style": "bullet", "elements": entries})


def _small(text: str) -> Json:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text[:LONGEST]}]}


def _window(wish: Wish, blocks: list[Json]) -> Json:
    return {
        "type": "modal",
        "callback_id": WINDOW,
        "title": plain(words.TITLES[wish.act]),
        "submit": plain(words.SEND[wish.act]),
        "close": plain(words.CLOSE),
        "private_metadata": json.dumps([wish.draft_id, wish.act, wish.subject.ref, wish.key]),
        "blocks": blocks,
    }
