"""The windows of the brand's fact sheet, and the list that the command answers with."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.core.brand.fact_tables import TablePreview, pasted, table_of, with_sentences
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
    told_change,
)
from bot.core.drafts import Place, reference
from bot.core.errors import PersonCanFix, TryLater
from bot.core.reading.tables import decoded
from bot.core.words.brand import facts as words
from bot.core.words.brand.posts import unused
from bot.core.words.people import brief, person
from bot.flows.brand.facts import CSV
from bot.flows.reviewing import aside
from bot.slack import blocks as forms
from bot.slack.blocks import LONGEST, actions, as_typed, bold, button, context, row, section, sure, told_window, window
from bot.slack.brand.audit import content_of
from bot.slack.clicks import (
    click_of,
    instead,
    open_window,
    pressed,
    replace_window,
    respond,
    show_on_top,
    team_of,
    whisper,
    who,
    wrong_at,
)
from bot.slack.wire.payloads import escaped, items, message_of, part, text

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from slack_sdk.web.async_client import AsyncWebClient

    from bot.core.brand.facts import FactChange, FactJobs
    from bot.flows.brand.facts import ChangeFacts, FactOfPoint
    from bot.slack.clicks import Clicks
    from bot.slack.wire.payloads import Json


# The windows as Slack's blocks. Pure.

FACTS, FROM_MESSAGE = "candor_home_facts", "add_fact"
FACT_EDIT, FACT_END, FACT_REMOVE = "candor_fact_edit", "candor_fact_end", "candor_fact_remove"
FACTS_PASTE, FACTS_NEXT, FACTS_FIRST = "candor_facts_paste", "candor_facts_next", "candor_facts_first"
FACTS_CORRECT = "candor_facts_correct"
FACT_WINDOW, PASTE_WINDOW, PREVIEW_WINDOW = "candor_fact", "candor_facts_pasted", "candor_facts_checked"
FILE_WINDOW, MISSING_BOX, OTHERS_FIELD = "candor_facts_file_checked", "missing", "others"
_PAGE, _LISTED, _LATEST, _LEADS = 30, 20, 5, 10
_FAULT_BLOCKS, _FACT_BLOCKS, _MISSING_BLOCKS = 25, 40, 10
"""Blocks of lines in the window before saving: Slack takes 100, and 250,000 characters."""
_OPTIONS, _OPTION = 100, 75
"""Sentences that a window offers, and characters of each that Slack shows."""
_KEPT = 1_950
"""Characters of all these sentences: the button that leads back to them carries 2,000."""
_PROPOSED = ("kind", "value")
_CHANGING = ("value", "source", "since", "until")
"""What changes of a fact where a draft says otherwise, unless it is a claim: that may need more."""
_PASTED, _MEMO = 2_900, 3_000
"""Characters of a table, and what Slack hands on from one window to the next."""


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
    blocks += [_listed(fact, sheet) for fact in sheet.facts[start : start + _PAGE]]
    turns = [button(FACTS_NEXT, words.NEXT, str(start + _PAGE))] if len(sheet.facts) > start + _PAGE else []
    turns += [button(FACTS_FIRST, words.FIRST, "0")] if start else []
    blocks += [actions(*turns)] if turns else []
    if sheet.changes:
        blocks.append(section(bold(words.LATEST)))
        blocks += [_change(one) for one in sheet.changes[:_LATEST]]
    return window(words.TITLE, blocks)


def _listed(fact: Fact, sheet: SheetView) -> Json:
    is_over = fact.until and fact.until < sheet.day
    otherwise = words.OVER if is_over else words.YET_TO_COME
    state = "" if fact.holds_on(sheet.day) else otherwise
    said = f"{statement(fact)}\n{words.shown(fact.kind, state)}"
    return row(said, button(FACT_EDIT, words.EDIT, fact.id) if sheet.is_lead else None)


def _change(one: FactChange) -> Json:
    said = words.change(one.act, one.old, one.new)
    who: Json = {"type": "mrkdwn", "text": person(one.user)}
    return {"type": "context", "elements": [who, as_typed(said)]}


def fact_window(fact: Fact | None, proposed: Fact | None = None, draft_id: str = "") -> Json:
    """The window for one fact; None for a new one. ``proposed`` is what a draft makes of it."""
    known = proposed or fact or Fact("")
    is_claim, inputs = known.kind is FactKind.CLAIM, _inputs(known)
    needed = {"value", "source"} if is_claim else {"value"}
    labels, hints = dict(words.COLUMNS), dict(words.HINTS)
    if draft_id and not is_claim:
        rest = [] if fact else [name for name in inputs if name not in _CHANGING]
        inputs = {name: inputs[name] for name in (*_CHANGING, *rest)}
        labels["source"] = words.NEW_SOURCE
        hints |= {"source": words.NEW_SOURCE_HINT, "until": words.NEW_UNTIL_HINT} | ({"value": ""} if fact else {})
    if fact and fact.source and not known.source:
        hints["source"] = words.so_far(fact.source)
        hints |= {"until": words.EVIDENCE_UNTIL} if is_claim else {}
    blocks = [
        forms.field(name, labels[name], one, hint=hints.get(name, ""), optional=name not in needed)
        for name, one in inputs.items()
    ]
    blocks += [_ways_out(fact)] if fact else []
    memo = f"{fact.id if fact else ''}\n{draft_id}"
    title = words.CHANGED if fact else words.NEW_FACT
    title = words.ADD_EVIDENCE if is_claim else title
    title = words.EDIT_FACT if fact and not proposed else title
    return window(title, blocks, submit=words.SAVE, callback=FACT_WINDOW, memo=memo)


def _inputs(fact: Fact) -> dict[str, Json]:
    kinds = {kind.value: words.KINDS[kind.value] for kind in FactKind}
    owner = [fact.owner] if fact.owner else []
    return {
        "value": forms.typed(fact.value, longest=LONGEST_VALUE),
        "kind": forms.menu(kinds, fact.kind.value),
        "source": forms.typed(fact.source, longest=LONGEST_SOURCE),
        "since": forms.day(fact.since),
        "until": forms.day(fact.until),
        "markets": forms.typed(", ".join(fact.markets), longest=LONGEST_MARKETS),
        "about": forms.typed(fact.about, longest=LONGEST_ABOUT),
        "owner": forms.people(owner, most=1),
    }


def _ways_out(fact: Fact) -> Json:
    asked = sure(words.REMOVE_SURE, words.REMOVE_MEANS, yes=words.REMOVE)
    remove = button(FACT_REMOVE, words.REMOVE, fact.id) | {"style": "danger", **asked}
    return actions(button(FACT_END, words.END, fact.id), remove)


def paste_window(
    said: str = "", others: Sequence[str] = (), chosen: Sequence[str] = (), *, is_from_message: bool = False
) -> Json:
    """Where somebody pastes a table, or looks through one that a message makes, and ``others`` of its sentences."""
    typed = forms.typed(said, lines=True, longest=_PASTED)
    blocks = [context(words.FROM_MESSAGE)] if is_from_message else []
    blocks += [forms.field("table", words.PASTE_LABEL, typed, hint=words.PASTE_HINT, optional=bool(others))]
    kept = [one for at, one in enumerate(others[:_OPTIONS]) if len("\n".join(others[: at + 1])) <= _KEPT]
    if kept:
        options = {str(at): brief(one, _OPTION - 1) for at, one in enumerate(kept)}
        choice = forms.several(options, [at for at in options if kept[int(at)] in chosen])
        hint = words.others_hint(len(others) - len(kept))
        blocks.append(forms.field(OTHERS_FIELD, words.OTHERS, choice, hint=hint))
    return window(words.PASTE_TITLE, blocks, submit=words.PREVIEW, callback=PASTE_WINDOW, memo="\n".join(kept))


def proposal_window(facts: Sequence[Fact], others: Sequence[str] = ()) -> Json:
    """What a message makes: the window of one fact, or a table of as many as fit, to be looked through."""
    if len(facts) + len(others) == 1:
        return fact_window(None, facts[0] if facts else Fact(others[0]))
    while len(table_of(facts, _PROPOSED)) > _PASTED:
        facts = facts[:-1]
    return paste_window(table_of(facts, _PROPOSED) if facts else "", others, is_from_message=True)


def preview_window(
    shown: TablePreview, source: str, callback: str = PREVIEW_WINDOW, *, others: Sequence[str] = ()
) -> Json:
    """What would be saved, and what is wrong in which line.

    ``source`` is the table, or names the file with it; ``others`` are the sentences that were offered beside it.
    """
    read, pairs, missing = shown.read, shown.pairs, shown.missing
    new = sum(old is None for old, _ in pairs)
    blocks: list[Json] = []
    if read.faults:
        blocks.append(section(bold(words.faults(len({number for number, _ in read.faults})))))
        blocks += _lines([words.fault(*one) for one in read.faults], _FAULT_BLOCKS)
        if callback == PREVIEW_WINDOW:
            blocks.append(actions(button(FACTS_CORRECT, words.CORRECT, "\n".join(["correct", *others]))))
    blocks += [context(unused(read.unused))] if read.unused else []
    if not pairs and not missing:
        none = words.NONE_GOOD if read.faults and not read.facts else words.NOTHING_NEW
        return window(words.PREVIEW_TITLE, [*blocks, section(none)], memo=source)
    blocks.append(section(words.will_save(new, len(pairs) - new, len(read.facts) - len(pairs))))
    blocks += _lines([f"• {_difference(*pair)}" for pair in pairs], _FACT_BLOCKS)
    if missing:
        blocks.append(section(bold(words.MISSING)))
        blocks += _lines([f"• {statement(fact)}" for fact in missing], _MISSING_BLOCKS)
        box = forms.boxes({"end": words.END_MISSING}, ())
        blocks.append(forms.field(MISSING_BOX, words.MISSING_LABEL, box, hint=words.MISSING_HINT))
    return window(words.PREVIEW_TITLE, blocks, submit=words.SAVE, callback=callback, memo=source)


def _difference(old: Fact | None, new: Fact) -> str:
    before, after = told_change(old, new)
    return words.old_and_new(before, after) if old else after


def _lines(lines: Sequence[str], most: int) -> list[Json]:
    """Whole lines in so many blocks at most, and how many more there are."""
    parts: list[str] = []
    for at, line in enumerate(lines):
        longer = f"{parts[-1]}\n{line}" if parts else line
        if parts and len(longer) <= LONGEST:
            parts[-1] = longer
        elif len(parts) < most:
            parts.append(line)
        else:
            return [*map(context, parts), context(words.more(len(lines) - at))]
    return [*map(context, parts)]


def sheet_answer(sheet: SheetView) -> Json:
    """What the command answers: the first facts that hold today, and the way to the rest."""
    valid = [fact for fact in sheet.facts if fact.holds_on(sheet.day)]
    lines = [f"• {statement(fact)}" for fact in valid[:_LISTED]]
    lines += [words.more(len(valid) - _LISTED)] if len(valid) > _LISTED else []
    heading = section(f"{bold(words.TITLE)}: {words.number_of(len(valid))}")
    way = [actions(button(FACTS, words.OPEN, "facts")), section(words.LEAD)] if sheet.is_lead else []
    return {"text": words.TITLE, "blocks": [heading, *_lines(lines, _LISTED), *(way or [section(words.NOT_LEAD)])]}


def _told(said: str) -> Json:
    return told_window(words.TITLE, escaped(said))


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
            form = CSV if wish.endswith(CSV) else ""
            await self.jobs.export_facts(team, user, f"{reference(wish)}{form}")
            return {"text": words.EXPORTING}
        return sheet_answer(await self.sheet(team, user))

    async def open(self, body: Json) -> None:
        window = sheet_window(await self.sheet(*who(body)))
        await open_window(self.clicks.clients, body, window)

    async def turn(self, body: Json) -> None:
        window = sheet_window(await self.sheet(*who(body)), int(pressed(body)))
        await self._client(body).views_update(view_id=text(part(body, "view"), "id"), view=window)

    async def edit(self, body: Json) -> None:
        """Open the window for one fact, or for a new one."""
        wanted = pressed(body)
        fact = await self.change.find(team_of(body), wanted)
        window = fact_window(fact) if fact or wanted == "new" else _told(words.GONE)
        await show_on_top(self.clicks.clients, body, window)

    async def paste(self, body: Json) -> None:
        await show_on_top(self.clicks.clients, body, paste_window())

    async def save(self, body: Json) -> Json | None:
        """Keep what stands in the window for one fact; what nobody touched there stays as it is by now."""
        view, (team, user) = part(body, "view"), who(body)
        fact_id, _, draft_id = text(view, "private_metadata").partition("\n")
        known = await self.change.find(team, fact_id)
        before = {name: entered(known, name) for name in FIELDS} if known else {}
        made = fact_of(before | (forms.differing(view) if known and not draft_id else forms.given(view)), known)
        if isinstance(made, dict):
            return wrong_at(made)
        fact = replace(made, id=known.id if known else reference(f"fact:{text(view, 'id')}"))
        wrong = await _tried(lambda: self.change.put(team, user, fact))
        if wrong:
            at = "until" if wrong == words.SAME_EVIDENCE else "value"
            return wrong_at({at: wrong})
        if draft_id.partition(":")[0] == team:
            await self.of_point.review_again(draft_id)
        await self._show_anew(body)
        return None

    async def has(self, team: str, fact: Fact) -> bool:
        """True where the sheet says it already."""
        return any(one.key == fact.key for one in await self.change.sheets.facts.of(team))

    async def change_of(self, body: Json) -> None:
        """The fact behind a point has changed: its window for brand leads, and for others who can change it."""
        click, (team, user) = click_of(body), who(body)
        found = await self.of_point(click) if click else None
        if click is None or found is None:
            await self.clicks.tell_gone(body)
        elif (await self.sheet(team, user)).is_lead:
            await show_on_top(self.clicks.clients, body, fact_window(*found, click.target.draft_id))
        else:
            said = words.ask_a_lead([person(one) for one in await self._leads(team)])
            await whisper(self.clicks.clients, body, said, click=click)

    async def add_from(self, body: Json) -> None:
        """Propose facts from what a message states, to brand leads; others read whom to ask."""
        team, user = who(body)
        if not (await self.sheet(team, user)).is_lead:
            await self._answer(body, words.ask_a_lead([person(one) for one in await self._leads(team)]))
            return
        files = (text(one, "id") for one in items(part(body, "message"), "files") if _is_sheet(one))
        if file := next(files, ""):
            await self._open_file(body, file)
            return
        place = Place(team, text(part(body, "channel"), "id"), text(part(body, "message"), "ts"))
        said = message_of(part(body, "message"), place, self.clicks.clients.of(team).bot_user).text
        facts, others = await self.of_point.stated_by(place.draft_id, said)
        if facts or others:
            window = proposal_window(facts, others)
            await open_window(self.clicks.clients, body, window)
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
        team, user = who(body)
        await self._done(body, lambda: self.change.end(team, user, pressed(body)))

    async def remove(self, body: Json) -> None:
        team, user = who(body)
        await self._done(body, lambda: self.change.remove(team, user, pressed(body)))

    async def check(self, body: Json) -> Json:
        """Show what would be saved of a pasted table."""
        view, team = part(body, "view"), team_of(body)
        given, others = forms.given(view), [one for one in text(view, "private_metadata").split("\n") if one]
        said = given.get("table", "")
        chosen = [others[int(at)] for at in given.get(OTHERS_FIELD, "").split(", ") if at]
        source = _as_source(said, chosen)
        if len(source) > _MEMO:
            return wrong_at({OTHERS_FIELD: words.TOO_MUCH})
        shown = await self._beside(team, said, chosen)
        return instead(preview_window(shown, source, others=others))

    async def correct(self, body: Json) -> None:
        """Back to the table as it was pasted, and to the sentences that were offered beside it."""
        view = part(body, "view")
        said, chosen = _from_source(text(view, "private_metadata"))
        window = paste_window(said, pressed(body).split("\n")[1:], chosen)
        await self._client(body).views_update(view_id=text(view, "id"), view=window)

    async def _beside(self, team: str, said: str, chosen: Sequence[str] = ()) -> TablePreview:
        known = await self.change.sheets.facts.of(team)
        read = await aside(len(said), lambda: pasted(said, known))
        shown = TablePreview(read, known, await self.change.sheets.today(team))
        return with_sentences(shown, chosen) if chosen else shown

    async def bring(self, body: Json) -> Json | None:
        """Save what was looked at."""
        return await self._bring(body, *_from_source(text(part(body, "view"), "private_metadata")))

    async def bring_file(self, body: Json) -> Json | None:
        """Save what was looked at, unless the file has changed since."""
        file, _, mark = text(part(body, "view"), "private_metadata").partition("\n")
        try:
            said = await self._file(team_of(body), file)
        except (PersonCanFix, TryLater) as error:
            return instead(_told(_why(error)))
        if reference(said) != mark:
            return instead(_told(words.FILE_CHANGED))
        return await self._bring(body, said)

    async def _open_file(self, body: Json, file: str) -> None:
        """Show what would be saved of an attached table. Slack waits but a moment for a window, so it is read after."""
        client, team = self._client(body), team_of(body)
        view_id = await open_window(self.clicks.clients, body, _told(words.READING))
        try:
            said = await self._file(team, file)
            shown = preview_window(await self._beside(team, said), f"{file}\n{reference(said)}", FILE_WINDOW)
        except (PersonCanFix, TryLater) as error:
            shown = _told(_why(error))
        await client.views_update(view_id=view_id, view=shown)

    async def _file(self, team: str, file: str) -> str:
        client = self.clicks.clients.of(team).client
        content = await content_of(client, file, _LARGEST, cannot=words.CANNOT_OPEN)
        try:
            return decoded(content)
        except UnicodeDecodeError:
            raise PersonCanFix(words.NOT_TEXT) from None

    async def _bring(self, body: Json, said: str, chosen: Sequence[str] = ()) -> Json | None:
        view, (team, user) = part(body, "view"), who(body)
        shown = await self._beside(team, said, chosen)
        ends = shown.missing if forms.given(view).get(MISSING_BOX) else ()
        wrong = await _tried(lambda: self.change.bring(team, user, shown.facts, key=text(view, "id"), ends=ends))
        if wrong:
            return instead(_told(wrong))
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
            await replace_window(self.clicks.clients, body, root, view=sheet_window(await self.sheet(*who(body))))

    def _client(self, body: Json) -> AsyncWebClient:
        return self.clicks.clients.of(team_of(body)).client


_SHEETS = (".csv", ".tsv", ".jsonl", ".ndjson", ".json", ".md")
_LARGEST = 2 * 2**20
"""Bytes: a full sheet takes one."""


def _is_sheet(file: Json) -> bool:
    return text(file, "name").lower().endswith(_SHEETS)


def _as_source(said: str, chosen: Sequence[str]) -> str:
    """A table as it was typed, and the sentences chosen beside it: how many, these, and the table."""
    return "\n".join([str(len(chosen)), *chosen, said])


def _from_source(source: str) -> tuple[str, list[str]]:
    number, *lines = source.split("\n")
    return "\n".join(lines[int(number) :]), lines[: int(number)]


def _why(error: PersonCanFix | TryLater) -> str:
    return words.LATER if isinstance(error, TryLater) else str(error)


async def _tried(change: Callable[[], Awaitable[str]]) -> str:
    try:
        return await change()
    except TryLater:
        return words.LATER
