"""A workspace's own guidelines: written by brand leads, tried out on drafts, switched on, sent as files."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from bot.core.brand.own_guidelines import (
    MOST_OWN,
    FineSentence,
    GuidelineAct,
    GuidelineChange,
    GuidelineForm,
    GuidelineTrial,
    GuidelineVersion,
    Hit,
    KeptGuideline,
    KeptSet,
    TrialState,
    difference,
    field_at,
    form_of,
    guideline_of,
    id_for,
    may_be_own,
    our_rule,
    same_as,
)
from bot.core.drafts import Place, reference
from bot.core.errors import BrokenFiles
from bot.core.findings import sentence_around
from bot.core.guidelines import OWN, Example, Guideline, Severity
from bot.core.judging import Failure, Judgement, ModelPart
from bot.core.reading.guideline_files import file_of
from bot.core.watching import channel_of
from bot.core.words.brand import own_guidelines as words
from bot.flows.reviewing import aside, case_of, found_by_rules, part_after, reviewed, without_own_contacts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.core.brand.own_guidelines import (
        GuidelineFiles,
        GuidelineJobs,
        JudgesTrying,
        KeptGuidelines,
        TrialBoard,
        Trials,
    )
    from bot.core.findings import Finding
    from bot.core.guidelines import Library
    from bot.core.home import Links
    from bot.core.judging import Asked
    from bot.core.ports import Answers, Clock, Drafts, Judges, Step
    from bot.core.privacy import Mailbox
    from bot.core.reviewing import DraftRecord
    from bot.core.watching import BrandLeads
    from bot.flows.asking import AskModel
    from bot.flows.audience import WhoSees


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
        if refused := await self._refused(team, user, known, guideline_id):
            return refused
        made = await aside(0, lambda: self._made(known, guideline_id, form), own=True)
        return made if isinstance(made, dict) else await self._keep(team, user, known, made)

    def _made(self, known: KeptSet, guideline_id: str, form: GuidelineForm) -> Guideline | Faults:
        try:
            made = guideline_of(form, self._base(known, guideline_id), self.libraries.files.catches)
        except BrokenFiles as error:
            return {"fine" if fault.line < 0 else "phrases": fault.reason for fault in reversed(error.faults)}
        if isinstance(made, dict):
            return made
        one = known.find(guideline_id)
        if _flagged(made, one.fine if one else (), self.libraries.files):
            return {"fine": words.FLAGS_FINE}
        named = guideline_id or _same_text(known, made) or id_for(made.title, [k.id for k in known.guidelines])
        text = file_of(made)
        try:
            self.libraries.files.read(named, text)
        except BrokenFiles as error:
            return {field_at(text, fault.line): fault.reason for fault in reversed(error.faults)}
        return replace(made, id=named)

    async def bring(self, team: str, user: str, text: str) -> GuidelineVersion | Faults:
        """Keep a guideline that somebody pasted; one of the same title gets a new version."""
        made = await self.checked(team, user, text)
        return made if isinstance(made, dict) else await self._keep(team, user, await self.kept.of(team), made)

    async def checked(self, team: str, user: str, text: str) -> Guideline | Faults:
        """What that would keep; nothing is kept yet."""
        known = await self.kept.of(team)
        if not await self.leads.includes(team, user):
            return {"file": words.ONLY_LEADS}
        try:
            made = await aside(0, lambda: self._pasted(known, text), own=True)
        except BrokenFiles as error:
            return {"file": "\n".join(words.at_line(fault.line, fault.reason) for fault in error.faults[:5])}
        refused = await self._refused(team, user, known, made.id)
        return {"file": next(iter(refused.values()))} if refused else made

    def _pasted(self, known: KeptSet, text: str) -> Guideline:
        made = self.libraries.files.read(f"{OWN}/pasted", text)
        named = self._id_of(known, made.title)
        return replace(self.libraries.files.read(named, text), id=named)

    async def switch_on(self, team: str, user: str, guideline_id: str, version: int) -> str:
        """From now on this version counts; what is not "" says why it does not."""
        return await self._switch(team, user, guideline_id, GuidelineAct.SWITCHED_ON, version)

    async def switch_off(self, team: str, user: str, guideline_id: str) -> str:
        """It says nothing from now on."""
        return await self._switch(team, user, guideline_id, GuidelineAct.SWITCHED_OFF)

    async def go_back(self, team: str, user: str, guideline_id: str, number: int) -> GuidelineVersion | Faults:
        """An earlier version becomes the newest one, to be tried out."""
        known = await self.kept.of(team)
        if refused := await self._refused(team, user, known, guideline_id):
            return refused
        wanted = next((v for v in await self.kept.versions(team, guideline_id) if v.number == number), None)
        made = self.libraries.files.read(guideline_id, wanted.text) if wanted else None
        return await self._keep(team, user, known, made) if made else {"title": words.GONE}

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
        await self.kept.save(
            team, version, self._change(version, GuidelineAct.CHANGED if one else GuidelineAct.ADDED, user)
        )
        return version

    def _change(self, version: GuidelineVersion, act: GuidelineAct, user: str) -> GuidelineChange:
        title = _title(version.text) or version.guideline
        return GuidelineChange(version.guideline, act, title, version=version.number, user=user, at=self.clock.now())

    def _base(self, known: KeptSet, guideline_id: str) -> Guideline:
        """The newest version without sentences out of drafts, else the shipped one, else nothing."""
        one = known.find(guideline_id)
        newest = self.libraries.newest(one) if one else None
        return newest or self.libraries.blank(guideline_id)

    def _id_of(self, known: KeptSet, title: str) -> str:
        """The id of the guideline with that title: the workspace's own, or a shipped one; else a new one."""
        own = next((one.id for one in known.guidelines if _title(one.newest.text) == title), "")
        shipped = next((one.id for one in self.libraries.shipped.guidelines if one.title == title), "")
        return own or shipped or id_for(title, [one.id for one in known.guidelines])


def _title(text: str) -> str:
    line = next((line for line in text.splitlines() if line.startswith("title:")), "")
    return line.removeprefix("title:").strip().strip('"').replace('\\"', '"')


def _same_text(known: KeptSet, made: Guideline) -> str:
    """The id of a guideline with these very words: Slack may deliver a window twice."""
    return next((one.id for one in known.guidelines if one.newest.text == file_of(made)), "")


def _flagged(guideline: Guideline, fine: Sequence[FineSentence], files: GuidelineFiles) -> str:
    """The first sentence called fine that the words to flag are in; "" where there is none."""
    rule = our_rule(guideline)
    return next((one.text for one in fine if rule and files.catches(rule, one.text)), "")


# It is tried out on the latest drafts.

_DRAFTS = 100
_AT_ONCE, _MANY = 4, 25
"""Drafts between two looks at whether somebody stopped it: with a model, and without."""
_LONGEST = 900.0
_IN_A_ROW = 3
"""Drafts about which the model gave no answer, after which it is not asked any more."""


@dataclass(frozen=True, slots=True)
class BeginTrial:
    """Somebody wants to see what the newest version would say."""

    kept: KeptGuidelines
    trials: Trials
    jobs: GuidelineJobs
    clock: Clock

    async def __call__(self, team: str, user: str, guideline_id: str, view: str = "") -> GuidelineTrial | None:
        """Begin; None where the guideline is gone. ``view`` is Slack's id of the window that shows it."""
        one = (await self.kept.of(team)).find(guideline_id)
        if one is None:
            return None
        trial = GuidelineTrial(guideline_id, one.newest.number, user, at=self.clock.now(), view=view)
        await self.trials.begin(team, trial)
        await self.jobs.try_guideline(team, reference(guideline_id), trial.key)
        return trial


@dataclass(frozen=True, slots=True)
class RunTrial:
    """The job behind it: what the review of each draft would be with this guideline in force, and nothing shown.

    The model's answers are kept as those of reviews are, so that a later review says just what the trial said, and a
    crash costs no second call.
    """

    libraries: Libraries
    trials: Trials
    judges: JudgesTrying
    drafts: Drafts
    sees: WhoSees
    board: TrialBoard
    clock: Clock
    answers: Answers | None = None
    ask: AskModel | None = None

    async def __call__(self, step: Step, team: str, ref: str, key: str) -> str:
        """Run it; the result says in a word how it ended."""

        async def run(_: str) -> str:
            one = (await self.libraries.kept.of(team)).referred(ref)
            trial = await self.trials.find(team, one.id) if one else None
            if one is None or trial is None or trial.key != key or trial.state is not TrialState.RUNNING:
                return "over"
            return await self._run(team, trial, one)

        return await step("try", run, key)

    async def _run(self, team: str, trial: GuidelineTrial, one: KeptGuideline) -> str:
        guideline = self.libraries.newest(one)
        if guideline is None:
            return "gone"
        judges = await self.judges.trying(guideline, team, "", draft_id="")
        records = await self._records(team, trial.user)
        with_model = bool(self.ask and judges.critic)
        trial = replace(trial, total=len(records), with_model=with_model, hits=(), checked=0, asked=0)
        return await self._through(team, trial, guideline, records=records)

    async def _through(
        self, team: str, trial: GuidelineTrial, guideline: Guideline, records: Sequence[DraftRecord]
    ) -> str:
        silent, until, rest = 0, self.clock.now() + _LONGEST, iter(records)
        while batch := list(islice(rest, _AT_ONCE if trial.with_model else _MANY)):
            seen = await asyncio.gather(*(self._look(record, guideline) for record in batch))
            for hits, asked, answered in seen:
                silent = 0 if answered else silent + 1
                trial = replace(trial, hits=trial.hits + hits, asked=trial.asked + asked, checked=trial.checked + 1)
            if silent >= _IN_A_ROW or self.clock.now() > until:
                trial = replace(trial, state=TrialState.GIVEN_UP)
                break
            if not await self.trials.note(team, trial):
                return "stopped"
            await self.board.show(team, trial)
        if trial.state is TrialState.RUNNING:
            trial = replace(trial, state=TrialState.DONE)
        if await self.trials.note(team, trial):
            await self.board.show(team, trial)
        return trial.state.value

    async def _records(self, team: str, user: str) -> list[DraftRecord]:
        """The latest drafts that the person may read."""
        seen = await self.sees.channels(team, user, await self.drafts.channels(team))
        return await self.drafts.latest(team, seen.channels, _DRAFTS)

    async def _look(self, record: DraftRecord, guideline: Guideline) -> tuple[tuple[Hit, ...], bool, bool]:
        """Where it speaks, whether it asks the author something, and whether the model answered if it was asked."""
        team, text = record.place.team, record.draft.text
        judges = await self.judges.trying(guideline, team, text, draft_id=record.id)
        found = await found_by_rules(judges.told(record.draft), judges.rules)
        asked = await self._asked(record, judges, found)
        part = part_after(asked, ModelPart.AWAITED) if asked else None
        critique = await reviewed(record, judges, found, asked=asked, part=part)
        spoken = [one for one in (*critique.findings, *critique.leads) if one.guideline == guideline.id]
        hits = tuple(Hit(record.id, record.revision, one.start, end=one.end) for one in spoken)
        asks = any(question.guideline == guideline.id for question in critique.questions)
        return hits, asks, not isinstance(asked, Failure)

    async def _asked(self, record: DraftRecord, judges: Judges, found: tuple[Finding, ...]) -> Asked | None:
        if self.ask is None or judges.critic is None:
            return None
        case = case_of(record, judges, found, answers=await self._answers(record.id))
        known: Judgement | None = await self.ask.known(case, judges.critic, record.job)
        return without_own_contacts(known or await self.ask.apart(record.job, case, judges.critic), case.draft)

    async def _answers(self, draft_id: str) -> tuple[tuple[str, str], ...]:
        given = await self.answers.of(draft_id) if self.answers else ()
        return tuple((answer.guideline, answer.answer) for answer in given)


# What a lead sees of a trial, and what the lead makes of it.

SHOWN = 20
"""Places that a window shows."""


@dataclass(frozen=True, slots=True)
class ShownHit:
    """A place in a draft that the person may read. ``link`` is "" where there is none."""

    draft_id: str
    sentence: str
    quote: str
    platform: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class ShownTrial:
    """Everything that the window shows."""

    kept: KeptGuideline
    guideline: Guideline
    trial: GuidelineTrial | None = None
    hits: tuple[ShownHit, ...] = ()
    differs: tuple[tuple[str, str, str], ...] = ()
    """(what it is, as shipped, here) for a shipped guideline that was changed."""
    same_as: int = 0
    """The earlier version that has the same words, 0 for none."""

    @property
    def is_on(self) -> bool:
        """True where the newest version is on, so that there is nothing to switch on."""
        return self.kept.on is not None and self.kept.on.number == self.kept.newest.number

    @property
    def is_ready(self) -> bool:
        """True where the newest version was tried, so that it may be switched on."""
        done = self.trial is not None and self.trial.state is not TrialState.RUNNING
        return done and self.trial is not None and self.trial.version == self.kept.newest.number


@dataclass(frozen=True, slots=True)
class ShowTrial:
    """Reads the drafts anew: one that was deleted meanwhile is not shown."""

    libraries: Libraries
    trials: Trials
    drafts: Drafts
    links: Links
    sees: WhoSees

    async def __call__(self, team: str, user: str, guideline_id: str) -> ShownTrial | None:
        """The guideline with its trial; None where it is gone."""
        one = (await self.libraries.kept.of(team)).find(guideline_id)
        guideline = self.libraries.newest(one) if one else None
        if one is None or guideline is None:
            return None
        trial = await self.trials.find(team, guideline_id)
        hits = await self._hits(team, user, trial) if trial else ()
        shipped = self.libraries.shipped.find(guideline_id)
        differs = tuple(difference(shipped, guideline)) if shipped else ()
        versions = await self.libraries.kept.versions(team, guideline_id)
        return ShownTrial(one, guideline, trial, hits=hits, differs=differs, same_as=same_as(one.newest, versions))

    async def _hits(self, team: str, user: str, trial: GuidelineTrial) -> tuple[ShownHit, ...]:
        seen = await self.sees.drafts(team, user, [hit.draft_id for hit in trial.hits])
        shown: list[ShownHit] = []
        for hit in trial.hits:
            record = await self.drafts.find(hit.draft_id) if channel_of(hit.draft_id) in seen else None
            if record and not record.erased and record.revision == hit.revision and len(shown) < SHOWN:
                shown.append(hit_in(record, hit, await self.links.to(Place.of(hit.draft_id))))
        return tuple(shown)


def hit_in(record: DraftRecord, hit: Hit, link: str) -> ShownHit:
    """The place with its sentence."""
    text = record.draft.text
    sentence = text[slice(*sentence_around(text, hit.start, hit.end))].strip()
    return ShownHit(record.id, sentence, text[hit.start : hit.end], platform=record.draft.platform, link=link)


@dataclass(frozen=True, slots=True)
class JudgeTrial:
    """A lead says where it was wrong: those sentences become good examples. Nowhere wrong, it is switched on."""

    show: ShowTrial
    write: WriteGuidelines

    async def __call__(
        self, team: str, user: str, guideline_id: str, version: int, wrong: Sequence[str], fine: tuple[str, ...]
    ) -> Faults | int:
        """What is wrong, or how many sentences were kept as fine.

        0 says that it is on now, -1 that only the words were changed. After any change it is to be tried again.
        ``wrong`` are sentences that the window showed, ``fine`` are the words that make it fine.
        """
        shown = await self.show(team, user, guideline_id)
        if shown is None:
            return {"": words.GONE}
        form = form_of(shown.guideline)
        sentences = self.sentences(shown, wrong)
        changed = replace(form, fine=fine)
        if not sentences and changed == form:
            refused = await self.write.switch_on(team, user, guideline_id, version)
            return {"": refused} if refused else 0
        return await self.noted(team, user, shown, changed, sentences)

    async def noted(
        self, team: str, user: str, shown: ShownTrial, form: GuidelineForm, sentences: list[FineSentence]
    ) -> Faults | int:
        """Keep the form and the sentences, unless the words to flag are in one of them."""
        if wrong := await aside(0, lambda: self._wrong(shown, form, sentences), own=True):
            return {"fine": wrong}
        saved = await self.write.save(team, user, shown.kept.id, form)
        if isinstance(saved, dict):
            return {"fine": next(iter(saved.values()))}
        await self.write.kept.keep_fine(team, sentences)
        return len(sentences) or -1

    def _wrong(self, shown: ShownTrial, form: GuidelineForm, sentences: list[FineSentence]) -> str:
        files = self.write.libraries.files
        try:
            made = guideline_of(form, shown.guideline, files.catches)
        except BrokenFiles as error:
            return error.faults[0].reason
        if isinstance(made, dict):
            return next(iter(made.values()))
        still = _flagged(made, sentences, files)
        return words.still_flags(still) if still else ""

    def sentences(self, shown: ShownTrial, wrong: Sequence[str]) -> list[FineSentence]:
        """Without what may not leave this machine."""
        files, marked = self.write.libraries.files, set(wrong)
        hits = [hit for hit in shown.hits if mark_of(hit) in marked]
        made = ((hit, files.as_example(hit.sentence)) for hit in hits)
        return [FineSentence(shown.kept.id, hit.draft_id, text, platform=hit.platform) for hit, text in made if text]


def mark_of(hit: ShownHit) -> str:
    """Names a place among those of a window."""
    return reference(f"{hit.draft_id}:{hit.sentence}:{hit.quote}")


# They come as files in a direct message.


@dataclass(frozen=True, slots=True)
class ExportGuidelines:
    """The job behind it: one step for each file, which sends nothing twice. Sentences out of drafts stay here."""

    kept: KeptGuidelines
    mailbox: Mailbox

    async def __call__(self, step: Step, team: str, user: str, wish: str) -> str:
        """Run it; ``wish`` is its key. The result says what was done."""

        async def send(key: str) -> str:
            for one in (await self.kept.of(team)).guidelines:
                name = words.file_name(one.id, reference(key))
                await self.mailbox.send(team, user, name, one.newest.text)
            return "sent"

        return await step("send", send, f"guidelines:{team}:{user}:{wish}")
