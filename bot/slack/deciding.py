"""Windows and lists in which people decide about points: dismissals, exceptions, thumbs."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from slack_sdk.errors import SlackApiError

from bot.core.deciding import (
    LONGEST_CAMPAIGN,
    LONGEST_NOTE,
    Dismissal,
    Lasting,
    Proposal,
    Scope,
    VerdictReason,
    carries,
    hashtags,
)
from bot.core.drafts import Click, Target
from bot.core.errors import TryLater
from bot.core.words import deciding as deciding_words
from bot.core.words import watching as watching_words
from bot.core.words.people import again, brief, say
from bot.flows.deciding import Dismissed, Lifted, ProposalOutcome
from bot.slack import blocks as forms
from bot.slack.blocks import (
    actions,
    bold,
    button,
    context,
    person,
    piece,
    rich,
    rich_text,
    row,
    section,
    told_window,
    window,
)
from bot.slack.brand.own_guidelines import OWN_LINK
from bot.slack.clicks import click_of, instead, pressed, respond, show_on_top, team_of, user_of, whisper, wrong_at
from bot.slack.points import UNDO, short
from bot.slack.wire.payloads import items, part, text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from slack_sdk.web.async_client import AsyncWebClient

    from bot.core.deciding import Answer, GuidelineException
    from bot.core.findings import Finding
    from bot.core.ports import Clock
    from bot.core.watching import Hidden
    from bot.flows.deciding import (
        AnswerProposal,
        ChangeAnswer,
        DismissFinding,
        LiftException,
        ListExceptions,
        ShowDismissed,
    )
    from bot.slack.clicks import Clicks
    from bot.slack.wire.payloads import Json


# The window in which somebody changes an answer. Pure.

CHANGED = "candor_answer_changed"
_ANSWER = "answer"
_OPTION = 75


def answer_window(answer: Answer, click: Click) -> Json:
    """The question with what can be answered."""
    options = {str(number): again(option)[:_OPTION] for number, option in enumerate(answer.options)}
    chosen = str(answer.options.index(answer.answer)) if answer.answer in answer.options else ""
    blocks = [
        rich_text(rich("rich_text_section", piece(again(answer.question), bold=True))),
        forms.field(_ANSWER, deciding_words.ANSWER, forms.radios(options, chosen), optional=False),
    ]
    memo, submit = f"{click.target.value}\n{click.at}", deciding_words.ANSWERS_SUBMIT
    return window(deciding_words.ANSWERS_TITLE, blocks, submit=submit, callback=CHANGED, memo=memo)


def number_of(view: Json) -> int | None:
    """The option that somebody chose."""
    chosen = forms.given(view).get(_ANSWER, "")
    return int(chosen) if chosen else None


# The window in which somebody dismisses a point: why, how far, until when. Pure.

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
    reasons = {reason.value: label for reason, label in deciding_words.DISMISSAL_REASONS.items()}
    reason = forms.radios(reasons, (chosen or {}).get(_REASON, ""))
    blocks = [
        rich_text(rich("rich_text_quote", piece(short(finding.quote)))),
        forms.field(_REASON, deciding_words.REASON, reason, optional=False),
    ]
    if chosen is None:
        blocks += _more(click, may=always is not False)
    else:
        blocks += _wider(draft, now, chosen, always=always)
    memo, submit = f"{click.target.value}\n{click.at}\n{parent}", deciding_words.DISMISSAL_SUBMIT
    return window(deciding_words.DISMISSAL_TITLE, blocks, submit=submit, callback=DISMISSAL, memo=memo)


def _more(click: Click, *, may: bool) -> list[Json]:
    """The button for more than a reason; who may only dismiss it in this draft is told so beside it."""
    label = deciding_words.WIDER if may else deciding_words.ADD_NOTE
    return [actions(button(WIDER, label, click.target.value)), *([] if may else [context(deciding_words.ASK_A_LEAD)])]


def _wider(draft: str, now: float, chosen: Mapping[str, str], *, always: bool | None) -> list[Json]:
    """A note and how far it goes; what depends on that stands there only where it is needed."""
    tags = tuple(tag for tag in hashtags(draft) if len(tag) <= _TAG)[:_TAGS]
    scope = chosen.get(_SCOPE) or Scope.HERE
    # Beside a section Slack tells of every choice at once, so that the window can follow it.
    scopes = forms.radios(deciding_words.scopes(tags, always=always), scope) | {"action_id": SCOPE}
    blocks = [
        forms.field(_NOTE, deciding_words.NOTE, forms.typed(chosen.get(_NOTE, ""), lines=True, longest=LONGEST_NOTE)),
        section(bold(deciding_words.SCOPE), accessory=scopes) | {"block_id": _SCOPE},
    ]
    if not always:
        blocks.append(context(deciding_words.ASK_A_LEAD))
    if scope == deciding_words.OTHER_CAMPAIGN:
        name = forms.typed(chosen.get(_CAMPAIGN, ""), longest=LONGEST_CAMPAIGN)
        blocks.append(
            forms.field(_CAMPAIGN, deciding_words.CAMPAIGN, name, hint=deciding_words.CAMPAIGN_HINT, optional=False)
        )
    if scope != Scope.HERE:
        until = forms.menu(
            deciding_words.lastings(now, ends=scope != Scope.ALWAYS), chosen.get(_LASTING) or Lasting.MONTH
        )
        blocks += [
            forms.field(_LASTING, deciding_words.LASTING, until, optional=False),
            context(deciding_words.DISMISSAL_KEPT),
        ]
    return blocks


def chosen_in(body: Json) -> dict[str, str]:
    """What stands in the window in which somebody wants more, with what they just chose."""
    action = items(body, "actions")[0]
    scope = text(part(action, "selected_option"), "value")
    return forms.given(part(body, "view")) | ({_SCOPE: scope} if scope else {})


def dismissal_of(view: Json, draft: str) -> Dismissal | dict[str, str]:
    """What somebody chose; or what is wrong, by input."""
    values = forms.given(view)
    if not values.get(_REASON):  # Slack's own apps ask for it before they send anything
        return {_REASON: deciding_words.NO_REASON}
    note, chosen = values.get(_NOTE, "").strip(), values.get(_SCOPE) or Scope.HERE
    if len(note) > LONGEST_NOTE:  # Slack itself takes no longer one; nothing is cut unseen
        return {_NOTE: deciding_words.too_long(len(note), LONGEST_NOTE)}
    campaign = chosen.removeprefix(deciding_words.HASHTAG) if chosen.startswith(deciding_words.HASHTAG) else ""
    if chosen == deciding_words.OTHER_CAMPAIGN:
        campaign = values.get(_CAMPAIGN, "").strip()
        if wrong := _wrong_campaign(campaign, draft):
            return {_CAMPAIGN: wrong}
    return Dismissal(
        VerdictReason(values[_REASON]),
        note,
        Scope.CAMPAIGN if campaign else Scope(chosen),
        campaign=campaign,
        lasting=Lasting(values.get(_LASTING) or Lasting.MONTH),
    )


def _wrong_campaign(name: str, draft: str) -> str:
    if len(name) > LONGEST_CAMPAIGN:
        return deciding_words.too_long(len(name), LONGEST_CAMPAIGN)
    if not name:
        return deciding_words.NO_CAMPAIGN
    return "" if carries(draft, name) else deciding_words.NOT_FOUND


def opened_by(view: Json, user: str) -> tuple[Click, str] | None:
    """The click that opened a window, and the window below it; None where that is not readable."""
    value, _, rest = text(view, "private_metadata").partition("\n")
    at, _, parent = rest.partition("\n")
    target = Target.parse(value)
    return (Click(target, user, at), parent) if target and at else None


_WORDS = 300


def words_window(found: Sequence[tuple[str, str]] | None) -> Json:
    """Each with a button to its draft; None for whoever may not see them."""
    said = deciding_words.WORDS_ABOUT if found else deciding_words.NO_WORDS
    blocks = [section(deciding_words.ONLY_LEADS_SEE if found is None else said)]
    for number, (quote, link) in enumerate(found or ()):
        opens = button(OWN_LINK, deciding_words.OPEN_DRAFT, str(number)) | {"url": link}
        blocks.append(row(f"“{brief(quote, _WORDS)}”", opens if link else None))
    return window(deciding_words.WORDS_TITLE, blocks)


def undo_blocks(click: Click, dismissal: Dismissal) -> list[Json]:
    """What was done, for the person alone, with the way back."""
    said = deciding_words.DISMISSED_HERE if dismissal.scope is Scope.HERE else deciding_words.DISMISSED_FURTHER
    return [section(said, accessory=button(UNDO, deciding_words.UNDO, click.target.value))]


# The list of exceptions as Slack's blocks, each with a button that lifts it. Pure.

LIFT = "candor_lift"
BACK, NEXT, ALL = "candor_exceptions_back", "candor_exceptions_next", "candor_exceptions_all"
_PAGE = 20
"""Exceptions on a page: each takes two blocks, and a message takes 50."""
_QUOTE = 200


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of the list is shown: of one draft, or of the workspace where ``draft_id`` is ""."""

    draft_id: str = ""
    number: int = 0

    @property
    def value(self) -> str:
        """As it stands in a button."""
        return f"{self.draft_id}|{self.number}"

    @classmethod
    def parse(cls, value: str) -> Page:
        """What `value` gave; the first page of the whole list for anything else."""
        draft_id, _, number = value.partition("|")
        return cls(draft_id, int(number)) if number.isascii() and number.isdecimal() else cls()


Listed: TypeAlias = "tuple[Sequence[GuidelineException], Hidden]"
"""The exceptions that somebody may see, and how many others there are."""


def exceptions_window(
    listed: Listed, titles: Mapping[str, str], page: Page, *, note: str = "", only_of: str = ""
) -> Json:
    """The list in a window of its own. ``titles`` say what is wrong, by the guidelines' ids."""
    blocks = exception_blocks(listed, titles, page, note=note, only_of=only_of)
    return window(deciding_words.EXCEPTIONS_TITLE, blocks)


def exception_blocks(
    listed: Listed, titles: Mapping[str, str], page: Page, *, note: str = "", only_of: str = ""
) -> list[Json]:
    """One page of the list, for a window or for an answer that only one person sees.

    ``only_of`` is who can lift no others than their own, "" for somebody who can lift them all.
    """
    exceptions, hidden = listed
    last = max(0, (len(exceptions) - 1) // _PAGE)
    here = Page(page.draft_id, min(page.number, last))
    blocks = [context(note)] if note else []
    shown = exceptions[here.number * _PAGE : (here.number + 1) * _PAGE]
    if shown or not hidden.number:
        none = deciding_words.NONE_HERE if here.draft_id else deciding_words.NONE
        blocks.append(context(deciding_words.INTRO if shown else none))
    if hidden.number:
        blocks.append(context(watching_words.exceptions(hidden)))
    for exception in shown:
        title = titles.get(exception.guideline, exception.guideline)
        lift = button(LIFT, deciding_words.LIFT, f"{here.value}|{exception.id}")
        blocks += [_exception(exception, title), *([actions(lift)] if only_of in ("", exception.author) else [])]
    steps = [button(BACK, deciding_words.PREVIOUS, Page(here.draft_id, here.number - 1).value)] if here.number else []
    steps += (
        [button(NEXT, deciding_words.NEXT, Page(here.draft_id, here.number + 1).value)] if here.number < last else []
    )
    steps += [button(ALL, deciding_words.ALL, Page().value)] if here.draft_id else []
    return [*blocks, actions(*steps)] if steps else blocks


def lifted_by(value: str) -> tuple[Page, str]:
    """The page on which a button to lift an exception stands, and the exception's id."""
    page, _, exception_id = value.rpartition("|")
    return Page.parse(page), exception_id


def _exception(exception: GuidelineException, title: str) -> Json:
    author = person(exception.author) if exception.author else piece(deciding_words.SOMEBODY)
    return rich_text(
        rich("rich_text_section", piece(say(title), bold=True)),
        rich("rich_text_quote", piece(short(exception.quote, _QUOTE) or deciding_words.DELETED)),
        rich(
            "rich_text_section",
            piece(f"{deciding_words.scope(exception)}. {deciding_words.reason(exception)}\n"),
            author,
            piece(deciding_words.until(exception)),
        ),
    )


# What people decide in windows: dismiss a point with a reason, change an answer, look at exceptions and lift them.

_PATIENCE = 1.5
"""Seconds: Slack opens a window within three."""
_OUTCOMES = {
    ProposalOutcome.BEFORE: deciding_words.ANSWERED_BEFORE,
    ProposalOutcome.GONE: deciding_words.PROPOSAL_GONE,
    ProposalOutcome.NOT_YOURS: deciding_words.ONLY_LEADS_ANSWER,
}
_SAID = {
    Lifted.DONE: deciding_words.LIFTED,
    Lifted.GONE: deciding_words.EXCEPTIONS_GONE,
    Lifted.NOT_YOURS: deciding_words.NOT_YOURS,
}


@dataclass(frozen=True, slots=True)
class Deciding:
    """Each returns only when what was decided is durable. Of a submission, it returns what Slack is to do next."""

    dismiss: DismissFinding
    change: ChangeAnswer
    exceptions: ListExceptions
    lift: LiftException
    clicks: Clicks
    clock: Clock
    answer: AnswerProposal
    dismissed: ShowDismissed

    async def show_words(self, body: Json) -> None:
        """The words behind a suggestion, in a window that is gone when it's closed."""
        click = click_of(body)
        offer = Proposal.parse(click.target) if click else None
        if click and offer:
            await show_on_top(
                self.clicks.clients, body, words_window(await self.dismissed(team_of(body), click.user, offer))
            )

    async def answer_proposal(self, body: Json, *, accepted: bool) -> None:
        """What came of it takes the place of the buttons."""
        click = click_of(body)
        offer = Proposal.parse(click.target) if click else None
        if click is None or offer is None:
            return
        done = await self.answer(team_of(body), click.user, offer, accepted=accepted)
        if done is ProposalOutcome.AT_IT:  # the buttons stay until somebody's answer counts
            return
        outcome = _OUTCOMES.get(done) or (
            deciding_words.accepted(offer) if done is ProposalOutcome.ACCEPTED else deciding_words.DECLINED
        )
        said, container = text(part(body, "message"), "text"), part(body, "container")
        blocks = [section(said), section(outcome)]
        channel, ts = text(container, "channel_id"), text(container, "message_ts")
        client = self._client(team_of(body))
        try:
            await client.chat_update(channel=channel, ts=ts, text=f"{said}\n{outcome}", blocks=blocks)
        except SlackApiError:  # what counts is kept
            await whisper(self.clicks.clients, body, outcome)

    async def open_dismissal(self, body: Json) -> None:
        """Ask why, how far and until when; on top of the window where the click was in one."""
        click, view = click_of(body), part(body, "view")
        found = await self.dismiss.finding(click) if click else None
        if click is None or found is None:
            await self.clicks.tell_gone(body)
            return
        always = await self._may_go_further(team_of(body), click.user)
        shown = dismissal_window(found, click, text(view, "id"), now=self.clock.now(), always=always)
        await show_on_top(self.clicks.clients, body, shown)

    async def widen_dismissal(self, body: Json) -> None:
        """Somebody wants to say more, or to go further: their window shows what that takes."""
        view, user = part(body, "view"), user_of(body)
        opened = opened_by(view, user)
        found = await self.dismiss.finding(opened[0]) if opened else None
        if opened is None or found is None or opened[0].place.team != team_of(body):
            shown = told_window(deciding_words.DISMISSAL_GONE_TITLE, deciding_words.BUTTONS_GONE)
        else:
            always = await self._may_go_further(team_of(body), user)
            now, chosen = self.clock.now(), chosen_in(body)
            shown = dismissal_window(found, *opened, now, always=always, chosen=chosen)
        await self._client(team_of(body)).views_update(view_id=text(view, "id"), view=shown)

    async def submit_dismissal(self, body: Json) -> Json:
        view, user = part(body, "view"), user_of(body)
        opened = opened_by(view, user)
        found = await self.dismiss.finding(opened[0]) if opened else None
        if opened is None or found is None or opened[0].place.team != team_of(body):
            return _instead(deciding_words.DISMISSAL_GONE_TITLE, deciding_words.BUTTONS_GONE)
        click, parent = opened
        chosen = dismissal_of(view, found[1])
        if isinstance(chosen, dict):
            return wrong_at(chosen)
        done = await self.dismiss(click, chosen, text(view, "id"))
        if parent:  # which offers to undo it
            await self.clicks.redraw(click, parent)
        elif done is not Dismissed.GONE:
            chosen = chosen if done is Dismissed.DONE else replace(chosen, scope=Scope.HERE)
            blocks = undo_blocks(click, chosen)
            await whisper(self.clicks.clients, body, deciding_words.DISMISSED_HERE, click=click, blocks=blocks)
        match done:
            case Dismissed.GONE:
                return _instead(deciding_words.DISMISSAL_GONE_TITLE, deciding_words.BUTTONS_GONE)
            case Dismissed.ONLY_HERE:
                return _instead(deciding_words.DONE_TITLE, deciding_words.ONLY_HERE)
            case Dismissed.DONE:
                return {}

    async def open_answer(self, body: Json) -> None:
        """Show what was asked and what can be answered."""
        click = click_of(body)
        known = await self.change.answer(click) if click else None
        if click is None or known is None:
            await self.clicks.tell_gone(body)
        else:
            await show_on_top(self.clicks.clients, body, answer_window(known, click))

    async def submit_answer(self, body: Json) -> Json:
        """Keep it; the draft is read again with it."""
        view = part(body, "view")
        opened, number = opened_by(view, user_of(body)), number_of(view)
        if opened is None or number is None or opened[0].place.team != team_of(body):
            return _instead(deciding_words.ANSWERS_GONE_TITLE, deciding_words.BUTTONS_GONE)
        return (
            {}
            if await self.change(opened[0], number)
            else _instead(deciding_words.ANSWERS_GONE_TITLE, deciding_words.BUTTONS_GONE)
        )

    async def show_excepted(self, body: Json) -> None:
        """Open the exceptions that left points of this draft out."""
        click = click_of(body)
        if click is None:
            await self.clicks.tell_gone(body)
        else:
            await self.open_exceptions(
                team_of(body), click.user, text(body, "trigger_id"), draft_id=click.target.draft_id
            )

    async def open_exceptions(self, team: str, user: str, trigger_id: str, draft_id: str = "") -> None:
        """Open the list of exceptions that the person may see, or of those that left points of one draft out."""
        problems = await self.clicks.problems(team)
        listed, only_of = await self.exceptions(team, user, draft_id), await self._only_of(team, user)
        shown = exceptions_window(listed, problems, Page(draft_id), only_of=only_of)
        await self._client(team).views_open(trigger_id=trigger_id, view=shown)

    async def exception_list(self, team: str, user: str) -> list[Json]:
        """The list as blocks, for an answer that only that person sees."""
        listed, only_of = await self.exceptions(team, user), await self._only_of(team, user)
        return exception_blocks(listed, await self.clicks.problems(team), Page(), only_of=only_of)

    async def turn_page(self, body: Json) -> None:
        await self._draw(body, Page.parse(pressed(body)))

    async def lift_one(self, body: Json) -> None:
        """Lift an exception, and say what came of it above the list."""
        page, exception_id = lifted_by(pressed(body))
        lifted = await self.lift(team_of(body), exception_id, user_of(body), shown_in=page.draft_id)
        await self._draw(body, page, _SAID[lifted])

    async def _may_go_further(self, team: str, user: str) -> bool | None:
        """None also where it takes Slack longer than a click may wait for its window."""
        try:
            async with asyncio.timeout(_PATIENCE):
                return await self.dismiss.may_go_further(team, user)
        except TimeoutError:
            return None

    async def _only_of(self, team: str, user: str) -> str:
        """Whose exceptions alone the person can lift; if Slack doesn't say who leads, a click finds out."""
        with suppress(TryLater, TimeoutError):
            async with asyncio.timeout(_PATIENCE):
                return "" if await self.lift.leads.includes(team, user) else user
        return ""

    async def _draw(self, body: Json, page: Page, note: str = "") -> None:
        team, view = team_of(body), part(body, "view")
        titles = await self.clicks.problems(team)
        page = page if not page.draft_id or page.draft_id.partition(":")[0] == team else Page()
        user = user_of(body)
        listed, only_of = await self.exceptions(team, user, page.draft_id), await self._only_of(team, user)
        if view:
            shown = exceptions_window(listed, titles, page, note=note, only_of=only_of)
            await self._client(team).views_update(view_id=text(view, "id"), view=shown)
        else:
            blocks = exception_blocks(listed, titles, page, note=note, only_of=only_of)
            await respond(
                text(body, "response_url"),
                {"replace_original": True, "text": deciding_words.EXCEPTIONS_TITLE, "blocks": blocks},
            )

    def _client(self, team: str) -> AsyncWebClient:
        return self.clicks.clients.of(team).client


def _instead(title: str, said: str) -> Json:
    return instead(told_window(title, said))
