"""The windows of the brand's fact sheet, and the list that the command answers with."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from bot.core.brand.fact_tables import merged, pasted, table_of
from bot.core.brand.facts import (
    FIELDS,
    LONGEST_ABOUT,
    LONGEST_MARKETS,
    LONGEST_SOURCE,
    LONGEST_VALUE,
    Fact,
    FactKind,
    entered,
    fact_of,
    incomplete_personas,
    statement,
)
from bot.core.drafts import Place, reference
from bot.core.errors import TryLater
from bot.core.words.brand import facts as words
from bot.core.words.people import person
from bot.slack import blocks as forms
from bot.slack.blocks import actions, bold, button, context, plain, respond, section, whisper
from bot.slack.clicks import click_of, team_of
from bot.slack.wire.payloads import escaped, items, message_of, part, text

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from slack_sdk.web.async_client import AsyncWebClient

    from bot.core.brand.fact_tables import Pasted
    from bot.core.brand.facts import FactChange, FactJobs
    from bot.flows.brand.facts import ChangeFacts, FactOfPoint
    from bot.slack.clicks import Clicks
    from bot.slack.wire.payloads import Json


# The windows as Slack's blocks. Pure.

FACTS, FROM_MESSAGE = "candor_home_facts", "add_fact"
FACT_EDIT, FACT_END, FACT_REMOVE = "candor_fact_edit", "candor_fact_end", "candor_fact_remove"
FACTS_PASTE, FACTS_NEXT, FACTS_FIRST = "candor_facts_paste", "candor_facts_next", "candor_facts_first"
FACT_WINDOW, PASTE_WINDOW, PREVIEW_WINDOW = "candor_fact", "candor_facts_pasted", "candor_facts_checked"
_PAGE, _LISTED, _FAULTS, _LATEST, _LEADS = 30, 20, 10, 5, 10
_PROPOSED = ("kind", "value")
_PASTED = 2_900
"""Characters: Slack hands 3,000 on from one window to the next."""


@dataclass(frozen=True, slots=True)
class SheetView:
    """What somebody sees of the sheet: all facts, the day, and the latest changes for a brand lead."""

    facts: tuple[Fact, ...]
    day: str
    is_lead: bool = False
    changes: tuple[FactChange, ...] = ()


def sheet_window(sheet: SheetView, start: int = 0) -> Json:
    """The sheet, so many facts at once; for brand leads with what they can do."""
    blocks: list[Json] = [context(words.ABOUT)]
    if sheet.is_lead:
        add = button(FACT_EDIT, words.ADD, "new") | {"style": "primary"}
        blocks.append(actions(add, button(FACTS_PASTE, words.PASTE, "paste")))
        personas = incomplete_personas(fact for fact in sheet.facts if fact.holds_on(sheet.day))
        blocks += [context(words.incomplete(*one)) for one in personas[:_LATEST]]
    else:
        blocks.append(context(words.ONLY_LEADS))
    blocks.append(section(bold(words.number_of(len(sheet.facts)))))
    blocks += [_row(fact, sheet) for fact in sheet.facts[start : start + _PAGE]]
    turns = [button(FACTS_NEXT, words.NEXT, str(start + _PAGE))] if len(sheet.facts) > start + _PAGE else []
    turns += [button(FACTS_FIRST, words.FIRST, "0")] if start else []
    blocks += [actions(*turns)] if turns else []
    if sheet.changes:
        blocks.append(section(bold(words.LATEST)))
        blocks += [_change(one) for one in sheet.changes[:_LATEST]]
    return _window(words.TITLE, blocks)


def _row(fact: Fact, sheet: SheetView) -> Json:
    """People's words stand in plain text, where nothing in them can become a mention or a link."""
    over = fact.until and fact.until < sheet.day
    state = "" if fact.holds_on(sheet.day) else words.OVER if over else words.YET_TO_COME
    said = f"{statement(fact)}\n{words.shown(fact.kind, state)}"
    row: Json = {"type": "section", "text": plain(said[: forms.LONGEST]) | {"emoji": False}}
    return row | ({"accessory": button(FACT_EDIT, words.EDIT, fact.id)} if sheet.is_lead else {})


def _change(one: FactChange) -> Json:
    said = words.change(one.act, one.old, one.new)
    who: Json = {"type": "mrkdwn", "text": person(one.user)}
    return {"type": "context", "elements": [who, plain(said[: forms.LONGEST]) | {"emoji": False}]}


def fact_window(fact: Fact | None, proposed: Fact | None = None, draft_id: str = "") -> Json:
    """The window for one fact; None for a new one. ``proposed`` is what a draft makes of it."""
    known = proposed or fact or Fact("")
    kinds = {kind.value: words.KINDS[kind.value] for kind in FactKind}
    owner = [known.owner] if known.owner else []
    inputs = {
        "value": forms.typed(known.value, longest=LONGEST_VALUE),
        "kind": forms.menu(kinds, known.kind.value),
        "source": forms.typed(known.source, longest=LONGEST_SOURCE),
        "since": forms.day(known.since),
        "until": forms.day(known.until),
        "markets": forms.typed(", ".join(known.markets), longest=LONGEST_MARKETS),
        "about": forms.typed(known.about, longest=LONGEST_ABOUT),
        "owner": forms.people(owner, most=1),
    }
    is_claim = known.kind is FactKind.CLAIM
    needed = {"value", "source"} if is_claim else {"value"}
    hints = dict(words.HINTS)
    if fact and fact.source and not known.source:
        hints["source"] = words.so_far(fact.source)
        hints |= {"until": words.EVIDENCE_UNTIL} if is_claim else {}
    blocks = [
        forms.field(name, words.COLUMNS[name], one, hint=hints.get(name, ""), optional=name not in needed)
        for name, one in inputs.items()
    ]
    blocks += [_ways_out(fact)] if fact else []
    memo = f"{fact.id if fact else ''}\n{draft_id}"
    new = words.ADD_EVIDENCE if is_claim else words.CHANGED if fact else words.NEW_FACT
    return _form(FACT_WINDOW, words.EDIT_FACT if fact and not proposed else new, blocks, memo=memo)


def _ways_out(fact: Fact) -> Json:
    sure = {
        "title": plain(words.REMOVE_SURE),
        "text": plain(words.REMOVE_MEANS),
        "confirm": plain(words.REMOVE),
        "deny": plain(words.CANCEL),
    }
    remove = button(FACT_REMOVE, words.REMOVE, fact.id) | {"style": "danger", "confirm": sure}
    return actions(button(FACT_END, words.END, fact.id), remove)


def paste_window(said: str = "") -> Json:
    """Where somebody pastes a table, or looks through one that a message makes."""
    typed = forms.typed(said, lines=True, longest=_PASTED)
    blocks = [context(words.FROM_MESSAGE)] if said else []
    blocks += [forms.field("table", words.PASTE_LABEL, typed, hint=words.PASTE_HINT, optional=False)]
    return _form(PASTE_WINDOW, words.PASTE_TITLE, blocks, memo="")


def proposal_window(facts: Sequence[Fact]) -> Json:
    """What a message makes: the window of one fact, or a table of as many as fit, to be looked through."""
    if len(facts) == 1:
        return fact_window(None, facts[0])
    while len(table_of(facts, _PROPOSED)) > _PASTED:
        facts = facts[:-1]
    return paste_window(table_of(facts, _PROPOSED))


def preview_window(said: str, read: Pasted, known: Sequence[Fact]) -> Json:
    """What would be saved, and what is wrong in which line."""
    facts = [fact for _, fact in read.facts]
    pairs = merged(known, facts)
    new = sum(old is None for old, _ in pairs)
    blocks: list[Json] = []
    if read.faults:
        lines = [words.fault(*one) for one in read.faults[:_FAULTS]]
        lines += [words.more(len(read.faults) - _FAULTS)] if len(read.faults) > _FAULTS else []
        blocks += [section(bold(words.faults(len(read.faults)))), context("\n".join(lines))]
    if not pairs:
        return _window(words.PREVIEW_TITLE, [*blocks, section(words.NOTHING_NEW)])
    blocks.append(section(words.will_save(new, len(pairs) - new, len(facts) - len(pairs))))
    lines = [f"• {statement(fact)}" for _, fact in pairs[:_PAGE]]
    lines += [words.more(len(pairs) - _PAGE)] if len(pairs) > _PAGE else []
    blocks.append(context("\n".join(lines)))
    return _form(PREVIEW_WINDOW, words.PREVIEW_TITLE, blocks, memo=said)


def sheet_answer(sheet: SheetView) -> Json:
    """What the command answers: the first facts that hold today, and the way to the rest."""
    valid = [fact for fact in sheet.facts if fact.holds_on(sheet.day)]
    lines = [f"• {statement(fact)}" for fact in valid[:_LISTED]]
    lines += [words.more(len(valid) - _LISTED)] if len(valid) > _LISTED else []
    heading = section(f"{bold(words.TITLE)}: {words.number_of(len(valid))}")
    listed = [context("\n".join(lines))] if lines else []
    way = words.LEAD if sheet.is_lead else words.NOT_LEAD
    return {"text": words.TITLE, "blocks": [heading, *listed, section(way)]}


def _form(callback: str, title: str, blocks: list[Json], memo: str) -> Json:
    named: Json = {"callback_id": callback, "private_metadata": memo, "submit": plain(words.SAVE)}
    return _window(title, blocks, close=words.CANCEL) | named


def _window(title: str, blocks: list[Json], *, close: str = words.CLOSE) -> Json:
    return {"type": "modal", "title": plain(title), "close": plain(close), "blocks": blocks}


def _told(said: str) -> Json:
    return _window(words.TITLE, [section(escaped(said))])


# What people do in them.


@dataclass(frozen=True, slots=True)
class FactWindows:
    """Returns only when what was changed is durable, because then Slack is answered."""

    of_point: FactOfPoint
    jobs: FactJobs
    clicks: Clicks

    @property
    def change(self) -> ChangeFacts:
        """Who may change what."""
        return self.of_point.change

    async def sheet(self, team: str, user: str) -> SheetView:
        """The sheet as the person sees it."""
        sheets, is_lead = self.change.sheets, False
        with suppress(TryLater):
            is_lead = await self.change.leads.includes(team, user)
        changes = await sheets.facts.changes(team, _LATEST) if is_lead else ()
        return SheetView(await sheets.facts.of(team), await sheets.today(team), is_lead, changes=changes)

    async def answer(self, team: str, user: str, *, wish: str = "") -> Json:
        """What the command answers; with a ``wish`` the sheet comes as a file."""
        if wish:
            await self.jobs.export_facts(team, user, reference(wish))
            return {"text": words.EXPORTING}
        return sheet_answer(await self.sheet(team, user))

    async def open(self, body: Json) -> None:
        window = sheet_window(await self.sheet(*_who(body)))
        await self._client(body).views_open(trigger_id=text(body, "trigger_id"), view=window)

    async def turn(self, body: Json) -> None:
        window = sheet_window(await self.sheet(*_who(body)), int(_value(body)))
        await self._client(body).views_update(view_id=text(part(body, "view"), "id"), view=window)

    async def edit(self, body: Json) -> None:
        """Open the window for one fact, or for a new one."""
        wanted = _value(body)
        fact = await self.change.find(team_of(body), wanted)
        window = fact_window(fact) if fact or wanted == "new" else _told(words.GONE)
        await self._client(body).views_push(trigger_id=text(body, "trigger_id"), view=window)

    async def paste(self, body: Json) -> None:
        await self._client(body).views_push(trigger_id=text(body, "trigger_id"), view=paste_window())

    async def save(self, body: Json) -> Json | None:
        """Keep what stands in the window for one fact; what nobody touched there stays as it is by now."""
        view, (team, user) = part(body, "view"), _who(body)
        fact_id, _, draft_id = text(view, "private_metadata").partition("\n")
        known = await self.change.find(team, fact_id)
        before = {name: entered(known, name) for name in FIELDS} if known else {}
        made = fact_of(before | (forms.differing(view) if known and not draft_id else forms.given(view)))
        if isinstance(made, dict):
            return {"response_action": "errors", "errors": made}
        fact = replace(made, id=known.id if known else reference(f"fact:{text(view, 'id')}"))
        wrong = await _tried(lambda: self.change.put(team, user, fact))
        if wrong:
            at = "until" if wrong == words.SAME_EVIDENCE else "value"
            return {"response_action": "errors", "errors": {at: wrong}}
        if draft_id.partition(":")[0] == team:
            await self.of_point.review_again(draft_id)
        await self._show_anew(body)
        return None

    async def has(self, team: str, fact: Fact) -> bool:
        """True where the sheet says it already."""
        return any(one.key == fact.key for one in await self.change.sheets.facts.of(team))

    async def change_of(self, body: Json) -> None:
        """The fact behind a point has changed: its window for brand leads, and for others who can change it."""
        click, (team, user) = click_of(body), _who(body)
        found = await self.of_point(click) if click else None
        if click is None or found is None:
            await self.clicks.tell_gone(body)
        elif (await self.sheet(team, user)).is_lead:
            client, window = self._client(body), fact_window(*found, click.target.draft_id)
            trigger = text(body, "trigger_id")
            await (client.views_push if body.get("view") else client.views_open)(trigger_id=trigger, view=window)
        else:
            said = words.ask_a_lead([person(one) for one in await self._leads(team)])
            await whisper(self._client(body), body, said, click=click)

    async def add_from(self, body: Json) -> None:
        """Propose facts from what a message states, to brand leads; others read whom to ask."""
        team, user = _who(body)
        if not (await self.sheet(team, user)).is_lead:
            await self._answer(body, words.ask_a_lead([person(one) for one in await self._leads(team)]))
            return
        place = Place(team, text(part(body, "channel"), "id"), text(part(body, "message"), "ts"))
        said = message_of(part(body, "message"), place, self.clicks.clients.of(team).bot_user).text
        facts = await self.of_point.stated_by(place.draft_id, said)
        if facts:
            window = proposal_window(facts)
            await self._client(body).views_open(trigger_id=text(body, "trigger_id"), view=window)
        else:
            await self._answer(body, words.NOTHING_STATED)

    async def _answer(self, body: Json, said: str) -> None:
        with suppress(TryLater, OSError, TimeoutError):  # a line that is missing harms nobody
            await respond(text(body, "response_url"), {"text": said})

    async def _leads(self, team: str) -> tuple[str, ...]:
        with suppress(TryLater):
            return (await self.change.leads.of(team))[:_LEADS]
        return ()

    async def end(self, body: Json) -> None:
        """Today is its last day."""
        team, user = _who(body)
        await self._done(body, lambda: self.change.end(team, user, _value(body)))

    async def remove(self, body: Json) -> None:
        team, user = _who(body)
        await self._done(body, lambda: self.change.remove(team, user, _value(body)))

    async def check(self, body: Json) -> Json:
        """Show what would be saved of a pasted table."""
        said = forms.given(part(body, "view")).get("table", "")
        known = await self.change.sheets.facts.of(team_of(body))
        return {"response_action": "update", "view": preview_window(said, pasted(said, known), known)}

    async def bring(self, body: Json) -> Json | None:
        view, (team, user) = part(body, "view"), _who(body)
        known = await self.change.sheets.facts.of(team)
        facts = [fact for _, fact in pasted(text(view, "private_metadata"), known).facts]
        wrong = await _tried(lambda: self.change.bring(team, user, facts, key=text(view, "id")))
        if wrong:
            return {"response_action": "update", "view": _told(wrong)}
        await self._show_anew(body)
        return None

    async def _done(self, body: Json, change: Callable[[], Awaitable[str]]) -> None:
        wrong = await _tried(change)
        await self._client(body).views_update(view_id=text(part(body, "view"), "id"), view=_told(wrong or words.SAVED))
        await self._show_anew(body)

    async def _show_anew(self, body: Json) -> None:
        """The sheet below; one that is closed by now is no reason to fail."""
        view = part(body, "view")
        root = text(view, "root_view_id")
        if root and root != text(view, "id"):
            with suppress(SlackApiError):
                await self._client(body).views_update(view_id=root, view=sheet_window(await self.sheet(*_who(body))))

    def _client(self, body: Json) -> AsyncWebClient:
        return self.clicks.clients.of(team_of(body)).client


async def _tried(change: Callable[[], Awaitable[str]]) -> str:
    try:
        return await change()
    except TryLater:
        return words.LATER


def _who(body: Json) -> tuple[str, str]:
    return team_of(body), text(part(body, "user"), "id")


def _value(body: Json) -> str:
    return text(items(body, "actions")[0], "value")
