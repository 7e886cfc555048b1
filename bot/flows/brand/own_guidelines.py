"""A workspace's own guidelines: written by brand leads, tried out on drafts, switched on, sent as files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.core.brand.own_guidelines import (
    MOST_OWN,
    FineSentence,
    GuidelineAct,
    GuidelineChange,
    GuidelineForm,
    GuidelineVersion,
    KeptGuideline,
    KeptSet,
    field_at,
    form_of,
    guideline_of,
    id_among,
    id_for,
    may_be_own,
    our_rule,
)
from bot.core.drafts import reference
from bot.core.errors import BrokenFiles
from bot.core.guidelines import OWN, Example, Guideline, Severity
from bot.core.reading.guideline_files import file_of, with_id
from bot.core.watching import channel_of
from bot.core.words.brand import own_guidelines as words
from bot.core.words.guidelines import both_names
from bot.flows.reviewing import aside

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.core.brand.own_guidelines import GuidelineFiles, KeptGuidelines, Trials
    from bot.core.guidelines import Library
    from bot.core.ports import Clock, Step
    from bot.core.privacy import FileMessages
    from bot.core.watching import BrandLeads


# The guidelines of each workspace.


@dataclass(frozen=True, slots=True)
class Libraries:
    """The `LibraryOf` port. Read anew each time; a file that no longer holds counts as switched off."""

    shipped: Library
    kept: KeptGuidelines
    files: GuidelineFiles

    async def of(self, team: str) -> Library:
        """The shipped guidelines, and the workspace's own that are on."""
        known = await self.kept.of(team)

        def read() -> Library:
            on = (self._read(one.on) for one in known.guidelines if one.on)
            off = (self._read(one.newest) for one in known.guidelines)
            return self.shipped.with_own(_there(on), _there(off), known.number)

        return await aside(0, read, own=bool(known.guidelines))

    async def judging(self, team: str, draft_id: str = "") -> Library:
        """The same with the sentences of the draft's own channel that leads called fine, which only reviewers read."""
        known = await self.kept.of(team)

        def read() -> Library:
            on = ((one, self._read(one.on)) for one in known.guidelines if one.on)
            own = _there(_with_fine(made, one, draft_id) for one, made in on)
            return self.shipped.with_own(own, (), known.number)

        return await aside(0, read, own=bool(known.guidelines))

    async def trying(self, team: str, guideline: Guideline, draft_id: str = "") -> Library:
        """As it would be with this guideline on, in the order in which it would then be."""
        known = await self.kept.of(team)
        kept = {one.id: one for one in known.guidelines}

        def read() -> Library:
            made = {one.id: self._read(one.on) for one in known.guidelines if one.on} | {guideline.id: guideline}
            with_it = (_with_fine(one, kept.get(name), draft_id) for name, one in sorted(made.items()))
            return self.shipped.with_own(_there(with_it), (), known.number)

        return await aside(0, read, own=True)

    async def problems(self, team: str) -> Mapping[str, str]:
        """What is wrong where guidelines are broken, by their ids."""
        return (await self.of(team)).problems

    async def both_names(self, team: str) -> Mapping[str, str]:
        """The same with what the guidelines are called in the settings, by their ids."""
        return both_names(await self.of(team))

    def newest(self, one: KeptGuideline) -> Guideline | None:
        """The newest version; None where its file no longer holds."""
        return self._read(one.newest)

    def blank(self, guideline_id: str = "") -> Guideline:
        """What a window begins with: the shipped guideline of that id, or nothing."""
        shipped = self.shipped.find(guideline_id)
        return shipped or Guideline(guideline_id or f"{OWN}/new", "", Severity.SHOULD_FIX, question="", why="", fix="")

    def _read(self, version: GuidelineVersion) -> Guideline | None:
        try:
            return self.files.read(version.guideline, version.text)
        except BrokenFiles:
            return None


def _with_fine(guideline: Guideline | None, one: KeptGuideline | None, draft_id: str) -> Guideline | None:
    """A sentence of a channel helps to judge drafts of that channel alone: a model may repeat what it reads."""
    if guideline is None or one is None or not draft_id:
        return guideline
    near = [sentence for sentence in one.fine if channel_of(sentence.draft_id) == channel_of(draft_id)]
    fine = tuple(Example(sentence.text, 0, sentence.platform) for sentence in near)
    return replace(guideline, good=guideline.good + fine)


def _there(guidelines: Iterator[Guideline | None]) -> tuple[Guideline, ...]:
    return tuple(guideline for guideline in guidelines if guideline)


# A brand lead writes one.

Faults = dict[str, str]
"""What is wrong, by the window's field."""


@dataclass(frozen=True, slots=True)
class WriteGuidelines:
    """Each change is noted with who made it and when. Raises `TryLater` where Slack does not say who leads."""

    libraries: Libraries
    leads: BrandLeads
    clock: Clock
    trials: Trials | None = None
    """Without them nothing counts as tried."""

    @property
    def kept(self) -> KeptGuidelines:
        return self.libraries.kept

    async def form(self, team: str, guideline_id: str) -> GuidelineForm | None:
        """What the window shows at first; None where the guideline is gone, or nobody may change it."""
        if not guideline_id:
            return GuidelineForm()
        base = self._base(await self.kept.of(team), guideline_id)
        return form_of(base) if base.title and may_be_own(guideline_id) else None

    async def save(self, team: str, user: str, guideline_id: str, form: GuidelineForm) -> GuidelineVersion | Faults:
        """Keep a new version of it; a new guideline has no id yet."""
        known = await self.kept.of(team)
        if refused := await self._refused(team, user, known, guideline_id=guideline_id):
            return refused
        made = await aside(0, lambda: self._made(known, guideline_id, form), own=True)
        return made if isinstance(made, dict) else await self._keep(team, user, known, made=made)

    def _made(self, known: KeptSet, guideline_id: str, form: GuidelineForm) -> Guideline | Faults:
        try:
            made = guideline_of(form, self._base(known, guideline_id), self.libraries.files.catches)
        except BrokenFiles as error:
            return {"fine" if fault.line < 0 else "phrases": fault.reason for fault in reversed(error.faults)}
        if isinstance(made, dict):
            return made
        one = known.find(guideline_id)
        if flagged(made, one.fine if one else (), self.libraries.files):
            return {"fine": words.FLAGS_FINE}
        named = guideline_id or _same_text(known, made) or id_for(made.title, [k.id for k in known.guidelines])
        text = file_of(made)
        try:
            self.libraries.files.read(named, text)
        except BrokenFiles as error:
            return {field_at(text, fault.line): fault.reason for fault in reversed(error.faults)}
        return replace(made, id=named)

    async def bring(self, team: str, user: str, text: str, *, name: str = "") -> GuidelineVersion | Faults:
        """Keep a guideline in a file; one of the same id gets a new version.

        The id is what the file states, else its ``name`` where that is an id, else that of the same title.
        """
        made = await self.checked(team, user, text, name=name)
        return made if isinstance(made, dict) else await self._keep(team, user, await self.kept.of(team), made=made)

    async def checked(
        self, team: str, user: str, text: str, *, name: str = "", known: KeptSet | None = None
    ) -> Guideline | Faults:
        """What that would keep, beside those that are ``known``; nothing is kept yet."""
        known = known or await self.kept.of(team)
        if not await self.leads.includes(team, user):
            return {"file": words.ONLY_LEADS}
        try:
            made = await aside(0, lambda: self._pasted(known, text, name), own=True)
        except BrokenFiles as error:
            return {"file": "\n".join(words.at_line(fault.line, fault.reason) for fault in error.faults[:5])}
        refused = await self._refused(team, user, known, guideline_id=made.id)
        return {"file": next(iter(refused.values()))} if refused else made

    def _pasted(self, known: KeptSet, text: str, name: str) -> Guideline:
        stated, title = self.libraries.files.heading(text)
        shipped = {one.id for one in self.libraries.shipped.guidelines}
        named = id_among((stated, name), shipped) or self._id_of(known, title)
        return replace(self.libraries.files.read(named, text), id=named)

    async def switch_on(self, team: str, user: str, guideline_id: str, version: int, *, untried: bool = False) -> str:
        """From now on this version counts; what is not "" says why it does not.

        One that was not tried out to the end is switched on only where the lead confirms that it is ``untried``.
        """
        trial = await self.trials.find(team, guideline_id) if self.trials else None
        on = (await self.kept.of(team)).find(guideline_id)
        if untried or (trial and trial.is_whole(version)) or (on and on.on and on.on.number == version):
            return await self._switch(team, user, guideline_id, act=GuidelineAct.SWITCHED_ON, version=version)
        return words.NOT_TRIED if await self.leads.includes(team, user) else words.ONLY_LEADS

    async def switch_off(self, team: str, user: str, guideline_id: str) -> str:
        """It says nothing from now on."""
        return await self._switch(team, user, guideline_id, act=GuidelineAct.SWITCHED_OFF)

    async def go_back(self, team: str, user: str, guideline_id: str, number: int) -> GuidelineVersion | Faults:
        """An earlier version becomes the newest one, to be tried out."""
        known = await self.kept.of(team)
        if refused := await self._refused(team, user, known, guideline_id=guideline_id):
            return refused
        wanted = next((v for v in await self.kept.versions(team, guideline_id) if v.number == number), None)
        made = self.libraries.files.read(guideline_id, wanted.text) if wanted else None
        return await self._keep(team, user, known, made=made) if made else {"title": words.GONE}

    async def remove(self, team: str, user: str, guideline_id: str) -> str:
        """Delete it with all its versions."""
        if not await self.leads.includes(team, user):
            return words.ONLY_LEADS
        one = (await self.kept.of(team)).find(guideline_id)
        if one:
            await self.kept.remove(team, self._change(one.newest, GuidelineAct.REMOVED, user))
        return ""

    async def _switch(self, team: str, user: str, guideline_id: str, act: GuidelineAct, version: int = 0) -> str:
        if not await self.leads.includes(team, user):
            return words.ONLY_LEADS
        one = (await self.kept.of(team)).find(guideline_id)
        if one is None:
            return words.GONE
        if version == (one.on.number if one.on else 0):
            return ""
        versions = {known.number: known for known in await self.kept.versions(team, guideline_id)}
        known = versions.get(version or (one.on or one.newest).number)
        if known is None:
            return words.GONE
        await self.kept.switch(team, self._change(known, act, user))
        return ""

    async def _refused(self, team: str, user: str, known: KeptSet, guideline_id: str) -> Faults:
        if not await self.leads.includes(team, user):
            return {"title": words.ONLY_LEADS}
        if guideline_id and not may_be_own(guideline_id):
            return {"title": words.NEVER_OURS}
        is_new = known.find(guideline_id) is None
        return {"title": words.TOO_MANY} if is_new and len(known.guidelines) >= MOST_OWN else {}

    async def _keep(self, team: str, user: str, known: KeptSet, made: Guideline) -> GuidelineVersion:
        """A version with the same words is not kept twice."""
        one, text = known.find(made.id), file_of(made)
        if one and one.newest.text == text:
            return one.newest
        number = one.newest.number + 1 if one else 1
        version = GuidelineVersion(made.id, number, text, user=user, at=self.clock.now())
        act = GuidelineAct.CHANGED if one else GuidelineAct.ADDED
        return await self.kept.save(team, version, self._change(version, act, user))

    def _change(self, version: GuidelineVersion, act: GuidelineAct, user: str) -> GuidelineChange:
        _, title = self.libraries.files.heading(version.text)
        title = title or version.guideline
        return GuidelineChange(version.guideline, act, title, version=version.number, user=user, at=self.clock.now())

    def _base(self, known: KeptSet, guideline_id: str) -> Guideline:
        """The newest version without sentences out of drafts, else the shipped one, else nothing."""
        one = known.find(guideline_id)
        newest = self.libraries.newest(one) if one else None
        return newest or self.libraries.blank(guideline_id)

    def _id_of(self, known: KeptSet, title: str) -> str:
        """The id of the guideline with that title: the workspace's own, or a shipped one; else a new one."""
        heading = self.libraries.files.heading
        own = next((one.id for one in known.guidelines if heading(one.newest.text)[1] == title), "")
        shipped = next((one.id for one in self.libraries.shipped.guidelines if one.title == title), "")
        return own or shipped or id_for(title, [one.id for one in known.guidelines])


def flagged(guideline: Guideline, fine: Sequence[FineSentence], files: GuidelineFiles) -> str:
    """The first sentence called fine that the words to flag are in; "" where there is none."""
    rule = our_rule(guideline)
    return next((one.text for one in fine if rule and files.catches(rule, one.text)), "")


def _same_text(known: KeptSet, made: Guideline) -> str:
    """The id of a guideline with these very words: Slack may deliver a window twice."""
    return next((one.id for one in known.guidelines if one.newest.text == file_of(made)), "")


# They come as files in a direct message.


@dataclass(frozen=True, slots=True)
class ExportGuidelines:
    """The job behind it: one step for each file, which sends nothing twice. Sentences out of drafts stay here."""

    kept: KeptGuidelines
    mailbox: FileMessages

    async def __call__(self, step: Step, team: str, user: str, wish: str) -> str:
        """Run it; ``wish`` is its key. The result says what was done."""

        async def send(key: str) -> str:
            for one in (await self.kept.of(team)).guidelines:
                name = words.file_name(one.id, reference(key))
                await self.mailbox.send(team, user, name, content=with_id(one.id, one.newest.text))
            return "sent"

        return await step("send", send, f"guidelines:{team}:{user}:{wish}")
