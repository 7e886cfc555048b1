"""A guideline is tried out before it speaks: on its own examples, and on the latest drafts."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from bot.core.brand.own_guidelines import (
    FineSentence,
    GuidelineForm,
    GuidelineTrial,
    Hit,
    KeptGuideline,
    TrialState,
    TriedExample,
    difference,
    form_of,
    guideline_of,
    same_as,
)
from bot.core.deciding import silencing, with_same
from bot.core.drafts import FIRST_REVISION, Draft, Place, reference
from bot.core.errors import BrokenFiles, TryLater
from bot.core.findings import sentence_around
from bot.core.judging import Critique, Failure, Judgement, ModelPart, Strictness
from bot.core.reviewing import DraftRecord, DraftState, Review, Standing, standing_in
from bot.core.watching import channel_of
from bot.core.words.brand import own_guidelines as words
from bot.flows.brand.own_guidelines import Faults, Libraries, WriteGuidelines, flagged
from bot.flows.reviewing import aside, case_of, found_by_rules, part_after, reviewed, without_own_contacts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.core.brand.own_guidelines import GuidelineJobs, JudgesTrying, KeptGuidelines, TrialBoard, Trials
    from bot.core.deciding import Covers
    from bot.core.findings import Finding
    from bot.core.guidelines import Example, Guideline
    from bot.core.home import Links
    from bot.core.judging import Asked
    from bot.core.ports import Answers, Clock, Drafts, Judges, Step
    from bot.core.settings import WorkspaceSettingsOf
    from bot.flows.asking import AskModel
    from bot.flows.audience import WhoSees
    from bot.flows.same_points import FindSamePoints


# It is tried out on the latest drafts.

_DRAFTS = 100
_AT_ONCE, _MANY = 4, 25
"""Drafts between two looks at whether somebody stopped it: with a model, and without."""
_LONGEST = 900.0
_AFTER = 60.0
"""Seconds after which Slack is asked again what somebody may read."""
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
class _TriedDraft:
    """What a review of one draft would come to, as far as the guideline is concerned."""

    hits: tuple[Hit, ...] = ()
    asks: bool = False
    excepted: int = 0
    held: int = 0
    answered: bool = True
    """False where the model was asked and gave no answer."""


@dataclass(frozen=True, slots=True)
class RunTrial:
    """The job behind it: what the review of each draft would be with this guideline in force, and nothing shown.

    The model's answers about drafts are kept as those of reviews are, so that a later review says just what the trial
    said, and a crash costs no second call. A draft counts as if it was posted anew: what people decided in its own
    thread is left out.
    """

    libraries: Libraries
    trials: Trials
    judges: JudgesTrying
    drafts: Drafts
    sees: WhoSees
    board: TrialBoard
    clock: Clock
    settings: WorkspaceSettingsOf
    same: FindSamePoints
    covers: Covers
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
        trial = GuidelineTrial(trial.guideline, trial.version, trial.user, at=trial.at, view=trial.view)
        trial = replace(trial, total=len(records), with_model=with_model)
        trial = replace(trial, examples=await self._examples(team, guideline))
        return await self._through(team, trial, guideline, records=records)

    async def _through(
        self, team: str, trial: GuidelineTrial, guideline: Guideline, records: Sequence[DraftRecord]
    ) -> str:
        silent, until, rest = 0, self.clock.now() + _LONGEST, iter(records)
        while batch := list(islice(rest, _AT_ONCE if trial.with_model else _MANY)):
            for seen in await asyncio.gather(*(self._look(record, guideline) for record in batch)):
                silent = 0 if seen.answered else silent + 1
                trial = _with(trial, seen)
            if silent >= _IN_A_ROW or self.clock.now() > until:
                trial = replace(trial, state=TrialState.GIVEN_UP)
                break
            if not await self.trials.note(team, trial):
                return "stopped"
            await self.board.show(team, trial)
        if trial.state is TrialState.RUNNING:
            trial = replace(trial, state=_end_of(trial, guideline))
        if await self.trials.note(team, trial):
            await self.board.show(team, trial)
        return trial.state.value

    async def _records(self, team: str, user: str) -> list[DraftRecord]:
        """The latest drafts that the person may read. Raises `TryLater`: without them nothing was tried."""
        seen = await self.sees.channels(team, user, await self.drafts.channels(team))
        if not seen.sure:
            raise TryLater(_AFTER)
        return await self.drafts.latest(team, seen.channels, _DRAFTS)

    async def _examples(self, team: str, guideline: Guideline) -> tuple[TriedExample, ...]:
        """Whether it speaks about its own examples, as they would be reviewed if they were drafts."""
        bad = [self._example(team, guideline, one, number=number) for number, one in enumerate(guideline.bad)]
        good = [
            self._example(team, guideline, one, number=number, bad=False) for number, one in enumerate(guideline.good)
        ]
        return tuple(await asyncio.gather(*bad, *good))

    async def _example(
        self, team: str, guideline: Guideline, one: Example, number: int, *, bad: bool = True
    ) -> TriedExample:
        draft = Draft(one.text, one.platform, context=one.context)
        record = DraftRecord(Place(team, "", f"{number}.{bad:d}"), "", draft, revision=FIRST_REVISION)
        critique, asked = await self._reviewed(record, guideline, "")
        said = (*critique.findings, *critique.leads, *critique.questions)
        if any(point.guideline == guideline.id for point in said):
            return TriedExample(number, bad=bad, flagged=True)
        decided = guideline.fixed_rules_only or (bool(guideline.rules) and not bad)
        silent = isinstance(asked, Failure) or (asked is None and not decided)
        return TriedExample(number, bad=bad, flagged=None if silent else False)

    async def _look(self, record: DraftRecord, guideline: Guideline) -> _TriedDraft:
        """What its reply would show of this guideline."""
        critique, asked = await self._reviewed(record, guideline, record.id)
        strictness = (await self.settings.of(record.place.team)).strictness.of(record.place.channel)
        critique = replace(critique, strictness=strictness)
        every = await self.same.exceptions.of(record.place.team)
        reaching = tuple(one for one in every if one.reaches(record.author_id))
        state = DraftState(record, Review(record.job, critique), None, exceptions=reaching, covers=self.covers)
        if reaching:
            mine = tuple(one for one in critique.findings if one.guideline == guideline.id)

            async def in_force() -> Mapping[str, Guideline]:
                return {guideline.id: guideline}

            told = await self.same(state, replace(critique, findings=mine), (), in_force=in_force)
            state = replace(state, exceptions=with_same(reaching, told))
        return _seen(state, critique, guideline.id, answered=not isinstance(asked, Failure))

    async def _reviewed(
        self, record: DraftRecord, guideline: Guideline, draft_id: str
    ) -> tuple[Critique, Asked | None]:
        """The review with this guideline in force, and what the model said: None where it was not asked."""
        judges = await self.judges.trying(guideline, record.place.team, record.draft.text, draft_id=draft_id)
        found = await found_by_rules(judges.told(record.draft), judges.rules)
        asked = await self._asked(record, judges, found)
        part = part_after(asked, ModelPart.AWAITED) if asked else None
        return await reviewed(record, judges, found, asked=asked, part=part), asked

    async def _asked(self, record: DraftRecord, judges: Judges, found: tuple[Finding, ...]) -> Asked | None:
        if self.ask is None or judges.critic is None:
            return None
        case = case_of(record, judges, found, answers=await self._answers(record.id))
        known: Judgement | None = await self.ask.known(case, judges.critic, record.job)
        return without_own_contacts(known or await self.ask.apart(record.job, case, judges.critic), case.draft)

    async def _answers(self, draft_id: str) -> tuple[tuple[str, str], ...]:
        given = await self.answers.of(draft_id) if self.answers else ()
        return tuple((answer.guideline, answer.answer) for answer in given)


def _with(trial: GuidelineTrial, seen: _TriedDraft) -> GuidelineTrial:
    return replace(
        trial,
        hits=trial.hits + seen.hits,
        asked=trial.asked + seen.asks,
        excepted=trial.excepted + seen.excepted,
        held=trial.held + seen.held,
        checked=trial.checked + 1,
    )


def _end_of(trial: GuidelineTrial, guideline: Guideline) -> TrialState:
    """How a trial ended that went through all that there was."""
    if trial.with_model and any(one.flagged is None for one in trial.examples):
        return TrialState.GIVEN_UP
    ran = any(one.flagged is not None for one in trial.examples)
    read = trial.checked and (trial.with_model or guideline.rules)
    return TrialState.DONE if ran or read else TrialState.NOTHING_RAN


def _seen(state: DraftState, critique: Critique, guideline: str, *, answered: bool) -> _TriedDraft:
    """What the reply shows of a guideline, and what it leaves out: by exceptions, or as the channel is quiet."""
    standing, record = standing_in(state) or Standing(critique), state.record
    looks = critique.leads + critique.let_go * (critique.strictness is Strictness.THOROUGH)
    gone = [one for one in looks if silencing(state.exceptions, one, record.draft.text, covers=state.covers)]
    gone += [one for one, _ in standing.excepted]
    spoken = [point.finding for point in standing.points] + [*standing.critique.leads]
    held = [*(point.finding for point in standing.held.points), *standing.held.leads, *standing.held.questions]
    hits = (one for one in spoken if one.guideline == guideline)
    return _TriedDraft(
        tuple(Hit(record.id, record.revision, one.start, end=one.end) for one in hits),
        any(question.guideline == guideline for question in standing.questions),
        sum(one.guideline == guideline for one in gone),
        held=sum(one.guideline == guideline for one in held),
        answered=answered,
    )


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
        """True where the trial of the newest version is over, however it ended."""
        done = self.trial is not None and self.trial.state is not TrialState.RUNNING
        return done and self.trial is not None and self.trial.version == self.kept.newest.number

    @property
    def is_whole(self) -> bool:
        """True where the newest version was tried to the end, so that nobody has to confirm that it is untried."""
        return self.trial is not None and self.trial.is_whole(self.kept.newest.number)


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
        shown: dict[str, ShownHit] = {}
        for hit in trial.hits:
            record = await self.drafts.find(hit.draft_id) if channel_of(hit.draft_id) in seen else None
            if record and not record.erased and record.revision == hit.revision and len(shown) < SHOWN:
                place = hit_in(record, hit, await self.links.to(Place.of(hit.draft_id)))
                shown.setdefault(mark_of(place), place)  # the same sentence twice in a draft is judged once
        return tuple(shown.values())


def hit_in(record: DraftRecord, hit: Hit, link: str) -> ShownHit:
    """The place with its sentence."""
    text = record.draft.text
    sentence = text[slice(*sentence_around(text, hit.start, hit.end))].strip()
    return ShownHit(record.id, sentence, text[hit.start : hit.end], platform=record.draft.platform, link=link)


@dataclass(frozen=True, slots=True)
class TrialMarks:
    """What a lead says in the window of a trial."""

    wrong: Sequence[str] = ()
    """Places that the window showed, as `mark_of` names them."""
    fine: tuple[str, ...] | None = ()
    """The words that make it fine; None where the window did not show them."""
    untried: bool = False
    """It is to be switched on although it was not tried to the end."""


@dataclass(frozen=True, slots=True)
class JudgeTrial:
    """A lead says where it was wrong: those sentences become good examples. Nowhere wrong, it is switched on."""

    show: ShowTrial
    write: WriteGuidelines

    async def __call__(self, team: str, user: str, guideline_id: str, version: int, marks: TrialMarks) -> Faults | int:
        """What is wrong, or how many sentences were kept as fine.

        0 says that it is on now, -1 that only the words were changed. After any change it is to be tried again.
        """
        shown = await self.show(team, user, guideline_id)
        if shown is None:
            return {"": words.GONE}
        form = form_of(shown.guideline)
        sentences = self.sentences(shown, marks.wrong)
        changed = form if marks.fine is None else replace(form, fine=marks.fine)
        if not sentences and changed == form:
            refused = await self.write.switch_on(team, user, guideline_id, version=version, untried=marks.untried)
            return {"untried" if refused == words.NOT_TRIED else "": refused} if refused else 0
        return await self.noted(team, user, shown, form=changed, sentences=sentences)

    async def noted(
        self, team: str, user: str, shown: ShownTrial, form: GuidelineForm, sentences: list[FineSentence]
    ) -> Faults | int:
        """Keep the form and the sentences, unless the words to flag are in one of them."""
        if wrong := await aside(0, lambda: self._wrong(shown, form, sentences), own=True):
            return {"fine": wrong}
        saved = await self.write.save(team, user, shown.kept.id, form=form)
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
        still = flagged(made, sentences, files)
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
