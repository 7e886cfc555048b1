"""The windows in which brand leads write guidelines, try them out and switch them on."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from bot.core.brand.own_guidelines import (
    LONGEST_FILE,
    LONGEST_LIST,
    LONGEST_TEXT,
    LONGEST_TITLE,
    GuidelineForm,
    GuidelineVersion,
    TrialState,
    form_of,
    same_as,
)
from bot.core.drafts import PLATFORMS, reference
from bot.core.errors import TryLater
from bot.core.guidelines import Severity
from bot.core.words.brand import books as book_words
from bot.core.words.brand import own_guidelines as words
from bot.core.words.people import brief
from bot.core.words.reviewing import platform as platform_name
from bot.flows.brand.trying import SHOWN, TrialMarks, mark_of
from bot.slack import blocks as forms
from bot.slack.blocks import actions, as_typed, bold, button, context, row, section, small, sure, told_window, window
from bot.slack.clicks import (
    instead,
    is_replaced,
    open_window,
    pressed,
    replace_window,
    show_on_top,
    team_of,
    who,
    wrong_at,
)
from bot.slack.wire.payloads import escaped, part, text

if TYPE_CHECKING:
    from collections.abc import Awaitable, Mapping

    from bot.core.brand.books import Book, Books
    from bot.core.brand.own_guidelines import (
        GuidelineChange,
        GuidelineJobs,
        GuidelineTrial,
        KeptGuideline,
        KeptSet,
        Trials,
    )
    from bot.flows.brand.own_guidelines import WriteGuidelines
    from bot.flows.brand.trying import BeginTrial, JudgeTrial, ShownHit, ShownTrial, ShowTrial
    from bot.slack.wire.clients import Clients
    from bot.slack.wire.payloads import Json


# The windows as Slack's blocks. Pure.

OWN_LIST, OWN_NEW, OWN_OPEN, OWN_PASTE = "candor_own_list", "candor_own_new", "candor_own_open", "candor_own_paste"
OWN_CHANGE, OWN_OFF, OWN_REMOVE = "candor_own_change", "candor_own_off", "candor_own_remove"
OWN_STOP, OWN_AGAIN, OWN_LINK = "candor_own_stop", "candor_own_again", "candor_own_link"
OWN_VERSIONS, OWN_BACK, OWN_MORE = "candor_own_versions", "candor_own_back", "candor_own_more"
BOOK_SEE = "candor_book_see"
FORM_WINDOW, FILE_WINDOW, TRIAL_WINDOW = "candor_own_form", "candor_own_file", "candor_own_trial"
_LATEST, _VERSIONS, _LISTED, _BOOKS, _DIFFERENCES = 5, 15, 40, 5, 10
_SENTENCE, _QUOTE, _BEFORE = 300, 60, 600
_EXAMPLES = 10
_MARK = "mark:"
_MORE = tuple(f"more{number}" for number in range(1, -(-LONGEST_FILE // forms.LONGEST_TYPED)))
"""As many further boxes as the longest file needs."""


@dataclass(frozen=True, slots=True)
class ListedSet:
    """A workspace's own guidelines with their titles by id, which of them are shipped ones, and the latest changes."""

    kept: KeptSet
    titles: Mapping[str, str]
    shipped: frozenset[str] = frozenset()
    changes: tuple[GuidelineChange, ...] = ()
    books: tuple[Book, ...] = ()
    """Brand books with proposals that nobody has decided."""


def list_window(listed: ListedSet) -> Json:
    """All of them, each with a button."""
    add = button(OWN_NEW, words.NEW, "new") | {"style": "primary"}
    blocks: list[Json] = [context(words.ABOUT), actions(add, button(OWN_PASTE, words.PASTE, "paste"))]
    blocks += [_listed_one(one, listed) for one in listed.kept.guidelines[:_LISTED]] or [context(words.NONE_YET)]
    blocks += [_book(book) for book in listed.books[:_BOOKS]]
    if listed.changes:
        blocks.append(section(bold(words.LATEST)))
        blocks += [_change(one) for one in listed.changes[:_LATEST]]
    return window(words.TITLE, blocks)


def _listed_one(one: KeptGuideline, listed: ListedSet) -> Json:
    version = one.on.number if one.on else one.newest.number
    said = words.line(listed.titles.get(one.id, one.id), version, on=bool(one.on), shipped=one.id in listed.shipped)
    return row(said, button(OWN_OPEN, words.OPEN, one.id))


def _book(book: Book) -> Json:
    return row(book_words.line(book.name, len(book.open)), button(BOOK_SEE, book_words.SEE, book.id))


def _change(one: GuidelineChange) -> Json:
    said: Json = {"type": "mrkdwn", "text": words.change(one.act, one.version, one.user, at=one.at)}
    return {"type": "context", "elements": [said, as_typed(one.title)]}


_NEEDED = ("title", "question", "why", "bad1", "good1")
_AT_FIRST = (*_NEEDED, "phrases", "severity")


def form_window(form: GuidelineForm, guideline_id: str = "", *, unfolded: bool = False) -> Json:
    """The window for one guideline. What few people need is folded away, unless something of it is filled in."""
    hints = words.HINTS | {"certain": words.CERTAIN_HINT}
    fields = {
        name: forms.field(name, words.LABELS[name], one, hint=hints.get(name, ""), optional=name not in _NEEDED)
        for name, one in _inputs(form).items()
    }
    folded = form.is_short and not unfolded
    shown = [field for name, field in fields.items() if name in _AT_FIRST or not folded]
    more = [actions(button(OWN_MORE, words.MORE, "more"))] if folded else []
    title, note = (words.CHANGE_TITLE, []) if guideline_id else (words.NEW_TITLE, [context(words.NEEDED)])
    return window(title, [*note, *shown, *more], submit=words.TRY, callback=FORM_WINDOW, memo=guideline_id)


def _inputs(form: GuidelineForm) -> dict[str, Json]:
    """Every input by its name, with what matters most first."""
    severities = {one.value: words.ONE_SEVERITY[one.value] for one in Severity}
    known = {one: (name := platform_name(one))[:1].upper() + name[1:] for one in PLATFORMS}
    bad, good = ((*examples, "", "") for examples in (form.bad, form.good))
    return {
        "title": forms.typed(form.title, longest=LONGEST_TITLE),
        "question": forms.typed(form.question, longest=LONGEST_TEXT),
        "why": forms.typed(form.why, lines=True, longest=LONGEST_TEXT),
        "bad1": forms.typed(bad[0], lines=True),
        "good1": forms.typed(good[0], lines=True),
        "severity": forms.menu(severities, form.severity.value),
        "phrases": forms.typed("\n".join(form.phrases), lines=True, longest=LONGEST_LIST),
        "fine": forms.typed("\n".join(form.fine), lines=True, longest=LONGEST_LIST),
        "certain": forms.radios(words.CERTAIN, "certain" if form.certain else "lead"),
        "bad2": forms.typed(bad[1], lines=True),
        "good2": forms.typed(good[1], lines=True),
        "problem": forms.typed(form.problem, longest=LONGEST_TITLE),
        "fix": forms.typed(form.fix, lines=True, longest=LONGEST_TEXT),
        "not_when": forms.typed("\n".join(form.not_when), lines=True, longest=LONGEST_LIST),
        "platforms": forms.several(known, form.platforms),
    }


def _fits(form: GuidelineForm) -> bool:
    """False if one of its texts is longer than any input of Slack's: saving would cut it."""
    return all(len(one.get("initial_value", "")) <= forms.LONGEST_TYPED for one in _inputs(form).values())


def typed_form(given: Mapping[str, str]) -> GuidelineForm:
    """What somebody typed into it."""
    return GuidelineForm(
        given.get("title", ""),
        given.get("problem", ""),
        given.get("question", ""),
        why=given.get("why", ""),
        fix=given.get("fix", ""),
        severity=Severity(given.get("severity") or Severity.SHOULD_FIX),
        platforms=tuple(one for one in given.get("platforms", "").split(", ") if one),
        not_when=_lines(given, "not_when"),
        bad=tuple(filter(None, (given.get("bad1", ""), given.get("bad2", "")))),
        good=tuple(filter(None, (given.get("good1", ""), given.get("good2", "")))),
        phrases=_lines(given, "phrases"),
        fine=_lines(given, "fine"),
        certain=given.get("certain") != "lead",
    )


def _lines(given: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in given.get(name, "").splitlines() if line.strip())


def paste_window() -> Json:
    """Where somebody pastes a file."""
    blocks = [
        forms.field("file", words.PASTE_LABEL, forms.typed("", lines=True), hint=words.PASTE_HINT, optional=False),
        *(forms.field(name, words.PASTE_MORE, forms.typed("", lines=True)) for name in _MORE),
    ]
    return window(words.PASTE_TITLE, blocks, submit=words.READ_IT, callback=FILE_WINDOW)


def pasted_file(given: Mapping[str, str]) -> str:
    """The file that its pieces make; each begins a line, and empty lines between two of them stay."""
    pieces = [piece for name in ("file", *_MORE) if (piece := given.get(name, "")).strip()]
    return "".join(piece if piece.endswith("\n") else f"{piece}\n" for piece in pieces).strip("\n")


def trial_window(shown: ShownTrial, note: str = "") -> Json:
    """A guideline with its trial: where it would have spoken, and what a lead can do with it."""
    trial = shown.trial
    blocks: list[Json] = [
        section(bold(shown.guideline.title)),
        small(_state(shown)),
        *([context(note)] if note else []),
        *_result(shown),
    ]
    if shown.is_ready and shown.hits:
        blocks += [context(words.KEEPS), *(block for hit in shown.hits for block in _hit(hit))]
        if trial and len(trial.hits) > SHOWN:
            blocks.append(context(words.shown_only(SHOWN)))
    if shown.is_ready and form_of(shown.guideline).phrases:
        fine = forms.typed("\n".join(form_of(shown.guideline).fine), lines=True, longest=LONGEST_LIST)
        if len(fine.get("initial_value", "")) <= forms.LONGEST_TYPED:
            blocks.append(forms.field("fine", words.LABELS["fine"], fine, hint=words.HINTS["fine"]))
    blocks += _difference(shown)
    if shown.is_ready and not shown.is_whole and not shown.is_on:
        blocks.append(forms.field("untried", words.UNTRIED, forms.boxes(words.UNTRIED_BOX, ())))
    blocks.append(_buttons(shown))
    title = words.ONE_TITLE if shown.is_on else words.TRIAL_TITLE
    asks = any(block["type"] == "input" for block in blocks)
    if not shown.is_ready or (shown.is_on and not asks):
        return window(title, blocks, callback=TRIAL_WINDOW, memo=_memo(shown))
    submit = words.SAVE if shown.is_on else words.SWITCH_ON
    return window(title, blocks, submit=submit, callback=TRIAL_WINDOW, memo=_memo(shown))


def _state(shown: ShownTrial) -> str:
    one = shown.kept
    on = one.on.number if one.on else 0
    return words.state(one.newest.number, on, one.user, at=one.at, same_as=shown.same_as)


def _memo(shown: ShownTrial) -> str:
    return json.dumps([shown.kept.id, shown.kept.newest.number])


def _result(shown: ShownTrial) -> list[Json]:
    trial = shown.trial
    if trial is None:
        return []
    if trial.state is TrialState.RUNNING:
        return [section(escaped(words.RUNNING)), context(words.progress(trial.checked, trial.total))]
    if trial.state is TrialState.NOTHING_RAN:
        return [section(bold(words.NO_TRIAL)), context(words.NO_DRAFTS if trial.with_model else words.NO_WORDS)]
    blocks = _examples(shown, trial)
    blocks += [section(bold(words.spoken(len(trial.hits), trial.asked, trial.checked)))] if trial.total else []
    blocks += [context(words.left_out(trial.excepted, trial.held))] if trial.excepted or trial.held else []
    notes = {TrialState.STOPPED: words.STOPPED, TrialState.GIVEN_UP: words.GIVEN_UP}
    blocks += [] if trial.total else [context(words.NO_DRAFTS)]
    blocks += [context(notes[trial.state])] if trial.state in notes else []
    return blocks if trial.with_model else [*blocks, context(words.NO_MODEL)]


def _examples(shown: ShownTrial, trial: GuidelineTrial) -> list[Json]:
    """Its own examples, those first that are not as they should be."""
    if not trial.examples or not shown.is_ready:
        return []
    bad, good = ([one for one in trial.examples if one.bad is kind] for kind in (True, False))
    right = [(sum(one.is_right for one in some), len(some)) for some in (bad, good)]
    blocks = [section(bold(words.examples(right[0], right[1])))]
    for one in sorted(trial.examples, key=lambda one: one.is_right)[:_EXAMPLES]:
        texts = shown.guideline.bad if one.bad else shown.guideline.good
        told = words.example(flagged=one.flagged, bad=one.bad, with_model=trial.with_model)
        said = f"{told}: “{brief(texts[one.number].text, _SENTENCE)}”"
        blocks.append(row(said))
    return blocks


def _hit(hit: ShownHit) -> list[Json]:
    opens = button(OWN_LINK, words.OPEN_DRAFT, hit.draft_id) | {"url": hit.link} if hit.link else None
    judged = forms.radios(words.RIGHT_OR_WRONG, "right")
    said = row(f"“{brief(hit.sentence, _SENTENCE)}”", opens)
    return [said, forms.field(f"{_MARK}{mark_of(hit)}", f"“{brief(hit.quote, _QUOTE)}”", judged)]


def _difference(shown: ShownTrial) -> list[Json]:
    if not shown.differs:
        return []
    blocks: list[Json] = [section(bold(words.DIFFERENCE))]
    for name, old, new in shown.differs[:_DIFFERENCES]:
        lines = [f"{label}: {value or words.NOTHING_LEFT}" for label, value in ((words.BEFORE, old), (words.HERE, new))]
        blocks.append(row("\n".join([words.ASPECTS[name], *(brief(line, _BEFORE) for line in lines)])))
    return blocks


def _buttons(shown: ShownTrial) -> Json:
    one, trial = shown.kept, shown.trial
    off = [button(OWN_OFF, words.SWITCH_OFF, one.id)] if one.on else []
    if trial and trial.state is TrialState.RUNNING:
        return actions(button(OWN_STOP, words.STOP, one.id), button(OWN_OPEN, words.LOOK, one.id), *off)
    asked = {"style": "danger", **sure(words.REMOVE_SURE, words.REMOVE_MEANS, yes=words.REMOVE)}
    row = [button(OWN_CHANGE, words.CHANGE, one.id), button(OWN_AGAIN, words.AGAIN, one.id), *off]
    row += [button(OWN_VERSIONS, words.VERSIONS, one.id)] if one.newest.number > 1 else []
    return actions(*row, button(OWN_REMOVE, words.REMOVE, one.id) | asked)


def versions_window(one: KeptGuideline, versions: tuple[GuidelineVersion, ...]) -> Json:
    """The earlier versions, each to be tried out again."""
    blocks: list[Json] = [context(words.VERSIONS_ABOUT)]
    for version in versions[:_VERSIONS]:
        is_on = one.on is not None and one.on.number == version.number
        same = same_as(version, versions)
        said = words.version(version.number, version.user, version.at, same_as=same)
        said += f" ({words.ON_NOW})" if is_on else ""
        back = button(OWN_BACK, words.USE_THIS, f"{one.id}\n{version.number}")
        is_newest = version.number == one.newest.number
        blocks.append(section(said) if is_newest else section(said, accessory=back))
    return window(words.VERSIONS_TITLE, blocks)


def list_button() -> Json:
    """Below the list that the command answers with, for brand leads."""
    return section(escaped(words.IN_THE_LIST), accessory=button(OWN_LIST, words.HOME, "own"))


def change_button(guideline_id: str) -> Json:
    """Below a shipped guideline that the command shows, for brand leads."""
    return actions(button(OWN_CHANGE, words.CHANGE_SHIPPED, guideline_id))


def _told(said: str) -> Json:
    return told_window(words.TITLE, escaped(said))


# What people do in them.


class SlackTrialBoard:
    """The `TrialBoard` port."""

    def __init__(self, clients: Clients, show: ShowTrial) -> None:
        self._clients, self._show = clients, show

    async def show(self, team: str, trial: GuidelineTrial) -> None:
        shown = await self._show(team, trial.user, trial.guideline) if trial.view else None
        # A window that Slack refuses must not say for ever that the trial runs: it comes without people's words.
        for some in [shown, replace(shown, hits=(), differs=())] if shown else []:
            with suppress(OSError, TimeoutError):
                if not await is_replaced(self._clients.of(team).client, trial.view, trial_window(some)):
                    continue
            return


@dataclass(frozen=True, slots=True)
class GuidelineWindows:
    """Returns only when what was changed is durable, because then Slack is answered."""

    write: WriteGuidelines
    show: ShowTrial
    judge: JudgeTrial
    begin: BeginTrial
    trials: Trials
    jobs: GuidelineJobs
    books: Books
    clients: Clients

    async def is_lead(self, team: str, user: str) -> bool:
        """True where Slack says so."""
        with suppress(TryLater):
            return await self.write.leads.includes(team, user)
        return False

    async def export(self, team: str, user: str, wish: str) -> Json:
        """What the command answers; the files follow."""
        if not await self.write.leads.includes(team, user):
            return {"text": words.ONLY_LEADS}
        if not (await self.write.kept.of(team)).guidelines:
            return {"text": words.NONE_TO_EXPORT}
        await self.jobs.export_guidelines(team, user, reference(wish))
        return {"text": words.EXPORTING}

    async def open_new(self, body: Json) -> Json:
        """The command asks for a new guideline: its window, or why there is none."""
        if not await self.is_lead(*who(body)):
            return {"text": words.ONLY_LEADS}
        await open_window(self.clients, body, form_window(GuidelineForm()))
        return {}

    async def open(self, body: Json) -> None:
        lead = await self.is_lead(*who(body))
        await open_window(self.clients, body, await self._list(team_of(body)) if lead else _told(words.ONLY_LEADS))

    async def new(self, body: Json) -> None:
        await self._push(body, form_window(GuidelineForm()))

    async def paste(self, body: Json) -> None:
        await self._push(body, paste_window())

    async def change(self, body: Json) -> None:
        """Open the window for a guideline, shipped ones too; what is said instead where nobody may change it."""
        (team, user), guideline = who(body), pressed(body)
        form = await self.write.form(team, guideline) if await self.is_lead(team, user) else None
        told = words.GONE if await self.is_lead(team, user) else words.ONLY_LEADS
        if form and not _fits(form):
            form, told = None, words.TOO_LONG_FOR_WINDOW
        await self._push(body, form_window(form, guideline) if form else _told(told))

    async def more(self, body: Json) -> None:
        """Unfold the rest of the window, whoever opened it; what was typed stays."""
        view = part(body, "view")
        opened = {name: view[name] for name in ("title", "callback_id", "private_metadata")}
        await self._update(body, form_window(typed_form(forms.given(view)), unfolded=True) | opened)

    async def look(self, body: Json) -> None:
        """Show a guideline with its trial: on top of the list, in place of a window that shows it already."""
        window = await self._window(body, pressed(body)) if await self.is_lead(*who(body)) else _told(words.GONE)
        if text(part(body, "view"), "callback_id") == TRIAL_WINDOW:
            await self._update(body, window)
        else:
            await self._push(body, window)

    async def save(self, body: Json) -> Json:
        """Keep what stands in the window, and try it out."""
        view, (team, user) = part(body, "view"), who(body)
        saving = self.write.save(team, user, text(view, "private_metadata"), form=typed_form(forms.given(view)))
        return await self._saved(body, saving, "title")

    async def bring(self, body: Json) -> Json:
        """Keep a pasted file, and try it out."""
        pasted = pasted_file(forms.given(part(body, "view")))
        return await self._saved(body, self.write.bring(*who(body), pasted), "file")

    async def _saved(self, body: Json, saving: Awaitable[GuidelineVersion | dict[str, str]], first: str) -> Json:
        view = part(body, "view")
        try:
            saved = await saving
        except TryLater:
            saved = {first: words.LATER}
        return _errors(saved, view) if isinstance(saved, dict) else await self._try(body, saved.guideline)

    async def again(self, body: Json) -> None:
        """Try it once more, in the same window."""
        team, user = who(body)
        if await self.is_lead(team, user) and await self.begin(team, user, pressed(body), view=_view(body)):
            await self._update(body, await self._window(body, pressed(body)))

    async def decide(self, body: Json) -> Json:
        """Marks of a trial: wrong ones are kept as fine and it is tried again; else it is switched on."""
        view, (team, user) = part(body, "view"), who(body)
        guideline, version = cast("tuple[str, int]", json.loads(text(view, "private_metadata")))
        given = forms.given(view)
        marks = {name.removeprefix(_MARK): value for name, value in given.items() if name.startswith(_MARK)}
        wrong = [name for name, value in marks.items() if value == "wrong"]
        fine = _lines(given, "fine") if "fine" in forms.showed(view) else None
        marked = TrialMarks(wrong, fine, untried=bool(given.get("untried")))
        try:
            told = await self.judge(team, user, guideline, version=version, marks=marked)
        except TryLater:
            return instead(_told(words.LATER))
        if isinstance(told, dict):
            if told.keys() & forms.showed(view).keys():
                return _errors(told, view)
            return instead(_told(next(iter(told.values()))))
        if told:
            return await self._try(body, guideline, words.noted(told))
        await self._show_anew(body, guideline)
        shown = await self.show(team, user, guideline)
        return instead(_done(shown) if shown else _told(words.GONE))

    async def off(self, body: Json) -> None:
        team, user = who(body)
        wrong = await self.write.switch_off(team, user, pressed(body))
        await self._update(body, _told(wrong) if wrong else await self._window(body, pressed(body)))
        await self._show_anew(body, pressed(body))

    async def remove(self, body: Json) -> None:
        team, user = who(body)
        wrong = await self.write.remove(team, user, pressed(body))
        await self._update(body, _told(wrong or words.GONE))
        await self._show_anew(body, pressed(body))

    async def stop(self, body: Json) -> None:
        team, user = who(body)
        if await self.is_lead(team, user):
            await self.trials.stop(team, pressed(body))
        await self._update(body, await self._window(body, pressed(body)))

    async def versions(self, body: Json) -> None:
        team, user = who(body)
        one = (await self.write.kept.of(team)).find(pressed(body)) if await self.is_lead(team, user) else None
        known = await self.write.kept.versions(team, pressed(body)) if one else ()
        await self._push(body, versions_window(one, known) if one else _told(words.GONE))

    async def back(self, body: Json) -> None:
        """An earlier version becomes the newest, and is tried out."""
        (team, user), (guideline, _, number) = who(body), pressed(body).partition("\n")
        saved = await self.write.go_back(team, user, guideline, number=int(number))
        if isinstance(saved, dict):
            await self._update(body, _told(next(iter(saved.values()))))
            return
        await self.begin(team, user, guideline, view=_view(body))
        await self._show_anew(body, guideline)
        await self._update(body, await self._window(body, guideline))

    async def _try(self, body: Json, guideline: str, note: str = "") -> Json:
        """Begin a trial in the window that was sent."""
        team, user = who(body)
        await self.begin(team, user, guideline, view=_view(body))
        await self._show_anew(body, guideline)
        return instead(await self._window(body, guideline, note))

    async def _window(self, body: Json, guideline: str, note: str = "") -> Json:
        """A guideline with its trial, or that it is gone."""
        shown = await self.show(*who(body), guideline)
        return trial_window(shown, note) if shown else _told(words.GONE)

    async def _list(self, team: str) -> Json:
        libraries, kept = self.write.libraries, await self.write.kept.of(team)
        changes = await self.write.kept.changes(team, _LATEST)
        shipped = frozenset(one.id for one in libraries.shipped.guidelines)
        titles, books = (await libraries.of(team)).titles, await self.books.open(team)
        return list_window(ListedSet(kept, titles, shipped, changes=changes, books=books))

    async def _show_anew(self, body: Json, guideline: str) -> None:
        """The list at the bottom, and the guideline between; one that is closed by now is no reason to fail."""
        view = part(body, "view")
        root, below = text(view, "root_view_id"), text(view, "previous_view_id")
        if root and root != text(view, "id"):
            await replace_window(self.clients, body, root, view=await self._list(team_of(body)))
        if below and below != root:
            await replace_window(self.clients, body, below, view=await self._window(body, guideline))

    async def _push(self, body: Json, view: Json) -> None:
        await show_on_top(self.clients, body, view)

    async def _update(self, body: Json, view: Json) -> None:
        await replace_window(self.clients, body, _view(body), view=view)


def _done(shown: ShownTrial) -> Json:
    said = section(_state(shown))
    return window(words.ON_TITLE, [section(bold(shown.guideline.title)), said, context(words.ON_FROM_NOW)])


def _errors(faults: Mapping[str, str], view: Json) -> Json:
    """The sentences at their inputs; one about no input of this window stands at the first."""
    inputs = list(forms.showed(view))
    at = {name if name in inputs else inputs[0]: sentence for name, sentence in faults.items()}
    return wrong_at(at)


def _view(body: Json) -> str:
    return text(part(body, "view"), "id")
