"""The window in which somebody dismisses a point: why, how far, until when. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.click import Click, Target
from bot.core.exception import LONGEST_CAMPAIGN, LONGEST_NOTE, Dismissal, Lasting, Scope, carries, hashtags
from bot.core.verdict import Reason
from bot.core.words import buttons as labels
from bot.core.words import dismissal as words
from bot.slack.elements import actions, bold, button, context, piece, plain, rich, rich_text, section
from bot.slack.forms import field, given, menu, radios, typed
from bot.slack.json import items, part, text
from bot.slack.points import UNDO, short

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.core.finding import Finding
    from bot.slack.json import Json

DISMISSAL = "candor_dismissal"
WIDER, SCOPE = "candor_dismissal_wider", "candor_dismissal_scope"
"""What makes the window show more."""
_REASON, _NOTE, _SCOPE, _CAMPAIGN, _LASTING = "reason", "note", "scope", "campaign", "lasting"
_TAGS = 3
"""Hashtags of the draft that are offered as campaigns."""
_TAG = 50
"""Slack takes 75 characters in a choice."""


def dismissal_window(
    about: tuple[Finding, str],
    click: Click,
    parent: str,
    now: float,
    *,
    always: bool | None = None,
    chosen: Mapping[str, str] | None = None,
) -> Json:
    """Two clicks are enough: it asks why, and for the rest only somebody who wants more than that.

    ``about`` is the point and what its draft says. ``always`` is True where the person may choose that, and None
    where it is not known. ``chosen`` is what stands in the inputs of somebody who wants more.
    """
    finding, draft = about
    reasons = {reason.value: label for reason, label in words.REASONS.items()}
    reason = radios(reasons, (chosen or {}).get(_REASON, ""))
    blocks = [
        rich_text(rich("rich_text_quote", piece(short(finding.quote)))),
        field(_REASON, words.REASON, reason, optional=False),
    ]
    if chosen is None:
        blocks.append(actions(button(WIDER, words.WIDER, click.target.value)))
    else:
        blocks += _wider(draft, now, chosen, always=always)
    window: Json = {"type": "modal", "callback_id": DISMISSAL, "private_metadata": _memo(click, parent)}
    buttons = {"submit": plain(words.SUBMIT), "close": plain(words.CANCEL)}
    return window | {"title": plain(words.TITLE), **buttons, "blocks": blocks}


def _wider(draft: str, now: float, chosen: Mapping[str, str], *, always: bool | None) -> list[Json]:
    """A note and how far it goes; what depends on that stands there only where it is needed."""
    tags = tuple(tag for tag in hashtags(draft) if len(tag) <= _TAG)[:_TAGS]
    scope = chosen.get(_SCOPE) or Scope.HERE
    # Beside a section Slack tells of every choice at once, so that the window can follow it.
    row = radios(words.scopes(tags, always=always), scope) | {"action_id": SCOPE}
    blocks = [
        field(_NOTE, words.NOTE, typed(chosen.get(_NOTE, ""), lines=True, longest=LONGEST_NOTE)),
        section(bold(words.SCOPE), accessory=row) | {"block_id": _SCOPE},
    ]
    if not always:
        blocks.append(context(words.ASK_A_LEAD))
    if scope == words.OTHER_CAMPAIGN:
        name = typed(chosen.get(_CAMPAIGN, ""), longest=LONGEST_CAMPAIGN)
        blocks.append(field(_CAMPAIGN, words.CAMPAIGN, name, hint=words.CAMPAIGN_HINT, optional=False))
    if scope != Scope.HERE:
        until = menu(words.lastings(now, ends=scope != Scope.ALWAYS), chosen.get(_LASTING) or Lasting.MONTH)
        blocks += [field(_LASTING, words.LASTING, until, optional=False), context(words.KEPT)]
    return blocks


def chosen_in(body: Json) -> dict[str, str]:
    """What stands in the window in which somebody wants more, with what they just chose."""
    action = items(body, "actions")[0]
    scope = text(part(action, "selected_option"), "value")
    return given(part(body, "view")) | ({_SCOPE: scope} if scope else {})


def dismissal_of(view: Json, draft: str) -> Dismissal | dict[str, str]:
    """What somebody chose; or what is wrong, by input."""
    values = given(view)
    if not values.get(_REASON):  # Slack's own apps ask for it before they send anything
        return {_REASON: words.NO_REASON}
    note, chosen = values.get(_NOTE, "").strip(), values.get(_SCOPE) or Scope.HERE
    if len(note) > LONGEST_NOTE:  # Slack itself takes no longer one; nothing is cut unseen
        return {_NOTE: words.too_long(len(note), LONGEST_NOTE)}
    campaign = chosen.removeprefix(words.HASHTAG) if chosen.startswith(words.HASHTAG) else ""
    if chosen == words.OTHER_CAMPAIGN:
        campaign = values.get(_CAMPAIGN, "").strip()
        if wrong := _wrong_campaign(campaign, draft):
            return {_CAMPAIGN: wrong}
    return Dismissal(
        Reason(values[_REASON]),
        note,
        Scope.CAMPAIGN if campaign else Scope(chosen),
        campaign,
        Lasting(values.get(_LASTING) or Lasting.MONTH),
    )


def _wrong_campaign(name: str, draft: str) -> str:
    if len(name) > LONGEST_CAMPAIGN:
        return words.too_long(len(name), LONGEST_CAMPAIGN)
    return "" if name and carries(draft, name) else words.NOT_FOUND if name else words.NO_CAMPAIGN


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
