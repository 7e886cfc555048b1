"""The window in which somebody dismisses a point: why, how far, until when. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.click import Click, Target
from bot.core.exception import LONGEST_CAMPAIGN, LONGEST_NOTE, Dismissal, Lasting, Scope, carries, hashtags
from bot.core.verdict import Reason
from bot.core.words import buttons as labels
from bot.core.words import dismissal as words
from bot.slack.elements import button, context, piece, plain, rich, rich_text, section
from bot.slack.forms import field, given, menu, radios, typed
from bot.slack.json import text
from bot.slack.points import UNDO, short

if TYPE_CHECKING:
    from bot.core.finding import Finding
    from bot.slack.json import Json

DISMISSAL = "candor_dismissal"
_REASON, _NOTE, _SCOPE, _CAMPAIGN, _LASTING = "reason", "note", "scope", "campaign", "lasting"
_TAGS = 3
"""Hashtags of the draft that are offered as campaigns."""
_TAG = 50
"""Slack takes 75 characters in a choice."""


def dismissal_window(
    finding: Finding, draft: str, click: Click, parent: str, now: float, *, always: bool | None = None
) -> Json:
    """Two clicks are enough: what is chosen at first is the dismissal that goes least far.

    ``always`` is True where the person may choose that, and None where it is not known.
    """
    tags = tuple(tag for tag in hashtags(draft) if len(tag) <= _TAG)[:_TAGS]
    reasons = {reason.value: label for reason, label in words.REASONS.items()}
    scopes, unable = words.scopes(tags, always=always), always is False
    blocks = [
        rich_text(rich("rich_text_quote", piece(short(finding.quote)))),
        field(_REASON, words.REASON, menu(reasons, Reason.NOT_A_PROBLEM), optional=False),
        field(_SCOPE, words.SCOPE, radios(scopes, Scope.HERE), hint=words.ASK_A_LEAD * unable, optional=False),
        field(_CAMPAIGN, words.CAMPAIGN, typed("", longest=LONGEST_CAMPAIGN), hint=words.CAMPAIGN_HINT),
        field(_LASTING, words.LASTING, menu(words.lastings(now), Lasting.QUARTER), optional=False),
        field(_NOTE, words.NOTE, typed("", lines=True, longest=LONGEST_NOTE)),
        context(words.KEPT),
    ]
    window: Json = {"type": "modal", "callback_id": DISMISSAL, "private_metadata": _memo(click, parent)}
    buttons = {"submit": plain(words.SUBMIT), "close": plain(words.CANCEL)}
    return window | {"title": plain(words.TITLE), **buttons, "blocks": blocks}


def dismissal_of(view: Json, draft: str) -> Dismissal | dict[str, str]:
    """What somebody chose; or what is wrong, by input."""
    values = given(view)
    chosen = values.get(_SCOPE) or Scope.HERE
    campaign = chosen.removeprefix(words.HASHTAG) if chosen.startswith(words.HASHTAG) else ""
    if chosen == words.OTHER_CAMPAIGN:
        campaign = values.get(_CAMPAIGN, "").strip()
        if not campaign or not carries(draft, campaign):
            return {_CAMPAIGN: words.NOT_FOUND if campaign else words.NO_CAMPAIGN}
    return Dismissal(
        Reason(values.get(_REASON) or Reason.NOT_A_PROBLEM),
        values.get(_NOTE, ""),
        Scope.CAMPAIGN if campaign else Scope(chosen),
        campaign,
        Lasting(values.get(_LASTING) or Lasting.QUARTER),
    )


def opened_by(view: Json, user: str) -> tuple[Click, str] | None:
    """The click that opened a window, and the window below it; None where that is not readable."""
    value, _, rest = text(view, "private_metadata").partition("\n")
    at, _, parent = rest.partition("\n")
    target = Target.parse(value)
    return (Click(target, user, at), parent) if target and at else None


def told_window(title: str, said: str) -> Json:
    """One line, in place of a window that was submitted."""
    return {"type": "modal", "title": plain(title), "close": plain(words.CLOSE), "blocks": [section(said)]}


def undo_blocks(click: Click, dismissal: Dismissal) -> list[Json]:
    """What was done, for the person alone, with the way back."""
    said = words.DISMISSED_HERE if dismissal.scope is Scope.HERE else words.DISMISSED_FURTHER
    return [section(said, accessory=button(UNDO, labels.UNDO, click.target.value))]


def _memo(click: Click, parent: str) -> str:
    return f"{click.target.value}\n{click.at}\n{parent}"
