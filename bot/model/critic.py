"""One question to a language model about a draft, and every check of its answer."""

from __future__ import annotations

import asyncio
import copy
import logging
from collections import Counter
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from bot.core.findings import PERSONAL, Finding, Origin, share
from bot.core.guidelines import Severity
from bot.core.judging import NO_LOSS, Drop, Failure, Judgement, ModelFailed, Question, Usage
from bot.core.words.operating import NO_JUDGEMENT
from bot.core.words.reviewing import FOR_A_REVIEWER
from bot.flows.reviewing import Result, aside
from bot.model import brief as schemas
from bot.model.asking import ReadAnswer, ask, author_hash, short_hash
from bot.model.brief import (
    ORDERS,
    Brief,
    checklist_text,
    guidelines_text,
    is_told,
    judged,
    parted,
    short_names,
    without_orders,
)
from bot.model.context_window import LEAST_ANSWER, estimated
from bot.model.grounding import ground, one_per_span
from bot.model.guards import Rewordings, vocabulary
from bot.model.language_model import ModelMessage, ModelRequest
from bot.model.orders import LookForOrders, OrdersHeard, noticed, says_little, speaks_to_reviewer, undropped, without
from bot.model.own_words import OwnWords, accuses_of_ai, cleaned, guideline_named

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence

    from bot.core.guidelines import Guideline, Library
    from bot.core.judging import Case
    from bot.core.ports import Rules
    from bot.model.answers import AnswerReader
    from bot.model.brief import Prompts
    from bot.model.forms import CritiqueAnswer, Opinion, OpinionsAnswer, QuestionAnswer
    from bot.model.grounding import Grounded
    from bot.model.language_model import Form, LanguageModel, ModelLimits
    from bot.model.masking import Sensitive


# From the model's questions to those that an author is asked.

MOST = 2
_LONGEST_QUESTION = 200
_LONGEST_ANSWER = 60
_ANSWERS = range(2, 5)


class QuestionMaker:
    """Makes questions for one draft. ``usual`` are the answers where the model offers too few."""

    def __init__(self, brief: Brief, guidelines: Mapping[str, Guideline], usual: tuple[str, ...]) -> None:
        self._brief = brief
        self._guidelines = guidelines
        self._usual = usual
        self._answered = {guideline for guideline, _ in brief.case.answers}

    def asked(self, questions: Iterable[QuestionAnswer]) -> list[Question]:
        """The model's questions that may be asked; after them the guideline's own for each that may not."""
        given = list(questions)
        made = [self.question(q.guideline, q.question, q.answers) for q in given]
        own = [self._own(q.guideline) for q, question in zip(given, made, strict=True) if not question]
        return [question for question in (*made, *own) if question]

    def unknown(self, questions: Iterable[QuestionAnswer]) -> int:
        """How many questions name no guideline that is in force."""
        return sum(guideline_named(question.guideline, self._guidelines) is None for question in questions)

    def _own(self, name: str) -> Question | None:
        guideline = guideline_named(name, self._guidelines)
        return self.question(name, guideline.question) if guideline else None

    def question(self, name: str, text: str, answers: Sequence[str] = ()) -> Question | None:
        """The question, or None where it is empty, unknown, answered already or a hint at a machine's hand."""
        guideline = guideline_named(name, self._guidelines)
        if not guideline or guideline.id in self._answered:
            return None
        unmask = self._brief.masks.unmask
        asked = cleaned(unmask(text), _LONGEST_QUESTION)
        if not asked or accuses_of_ai(asked, self._brief.folded):
            return None
        offered = dict.fromkeys(cleaned(unmask(answer), _LONGEST_ANSWER + 1) for answer in answers)
        fitting = [answer for answer in offered if 0 < len(answer) <= _LONGEST_ANSWER][: _ANSWERS[-1]]
        return Question(guideline.id, asked, tuple(fitting) if len(fitting) in _ANSWERS else self._usual)


def first_of_each(questions: Iterable[Question]) -> tuple[Question, ...]:
    """The first question of each guideline, two at most."""
    first: dict[str, Question] = {}
    for question in questions:
        first.setdefault(question.guideline, question)
    return tuple(first.values())[:MOST]


# The second opinion: what a model calls must-fix is asked again, in other words, before anybody reads it.

_SAME = 0.5


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What the second opinion left of the findings, and the questions that came of doubt."""

    findings: tuple[Finding, ...]
    questions: tuple[Question, ...]
    dropped: int


def to_confirm(findings: Sequence[Finding], found: Sequence[Finding]) -> tuple[Finding, ...]:
    """The must-fix findings that rest on the model alone; what a rule found as well needs no second opinion."""
    return tuple(f for f in findings if f.severity is Severity.MUST_FIX and not _is_found(f, found))


def _is_found(finding: Finding, found: Sequence[Finding]) -> bool:
    return any(other.guideline == finding.guideline and share(finding, other) >= _SAME for other in found)


def weigh(
    findings: Sequence[Finding],
    doubted: Sequence[Finding],
    opinions: Sequence[Opinion],
    asking: QuestionMaker,
    guidelines: Mapping[str, Guideline],
) -> Confirmed:
    """Kept findings stay, refuted ones go, and what nobody confirmed is asked of the author.

    ``doubted`` were numbered from 1 for the opinions. Of contradicting opinions on one finding none counts. A finding
    in doubt whose question may not be asked, as the author has answered it before, goes as well.
    """
    said = _one_each(opinions)
    stays = {id(finding) for finding in findings} - {id(finding) for finding in doubted}
    questions: list[Question] = []
    dropped = 0
    for number, finding in enumerate(doubted, 1):
        opinion = said.get(number)
        if opinion and opinion.verdict == "keep":
            stays.add(id(finding))
            continue
        question = None
        if not opinion or opinion.verdict == "unsure":
            asked = opinion.question if opinion else ""
            own = guidelines[finding.guideline].question
            question = asking.question(finding.guideline, asked) or asking.question(finding.guideline, own)
        questions += [question] if question else []
        dropped += not question
    return Confirmed(tuple(f for f in findings if id(f) in stays), tuple(questions), dropped)


def _one_each(opinions: Sequence[Opinion]) -> dict[int, Opinion]:
    said: dict[int, Opinion] = {}
    at_odds: set[int] = set()
    for opinion in opinions:
        if said.setdefault(opinion.number, opinion).verdict != opinion.verdict:
            at_odds.add(opinion.number)
    return {number: opinion for number, opinion in said.items() if number not in at_odds}


# The critic: one question to a language model about a draft, and every check of its answer.

_log = logging.getLogger(__name__)
_CHECKS = "9"
"""To be raised when the checks of an answer change, so that stored judgements are not reused."""
_OPINION_FORM = schemas.opinion_form()
_ORDERS_FORM = schemas.orders_form()
_MOST_CALLS = 4
"""Into so many calls a critique is parted at most."""
_USUAL_CASE = 1000
"""Tokens of a usual draft with what is said of it."""
_USUAL_ANSWERS = ("Yes", "No", "Not sure")


class ModelCritic:
    """Judges drafts with a language model. Safe to share; it keeps nothing of a draft.

    Args:
        model: The language model.
        library: The guidelines in force.
        rules: Their fixed rules, to check rewordings with.
        prompts: The texts of the prompt files.
        secret: The installation's secret, for the fence around a draft.
        limits: How long a judgement may take.
        sensitive: Gives (start, end, kind) of what may not leave this machine.
        usual_answers: What an author can answer where the model offers nothing.
    """

    def __init__(  # noqa: PLR0913 - its parts, put together in one place only
        self,
        model: LanguageModel,
        library: Library,
        rules: Rules,
        prompts: Prompts,
        secret: bytes,
        limits: ModelLimits,
        *,
        sensitive: Sensitive,
        usual_answers: tuple[str, ...] = _USUAL_ANSWERS,
    ) -> None:
        self._model, self._rules, self._library = model, rules, library
        self._secret, self._limits, self._sensitive = secret, limits, sensitive
        self._usual_answers = usual_answers
        self._names = short_names(library)
        guidelines = judged(library)
        self._guidelines = {name: g for g in guidelines for name in (g.id, self._names[g.id])}
        self._known_words = vocabulary(library)
        form = schemas.critique_form(self._names[g.id] for g in guidelines)
        self._template, self._asked_about, self._about_own = prompts.critique, guidelines, prompts.own
        self._calls, self._took, self._parts = 1, 0.0, dict[int, tuple[_Part, ...]]()
        self._instructions = self._part(guidelines).instructions
        self._pictures, self._contacts = prompts.pictures, prompts.contacts
        self._orders = LookForOrders(prompts.orders, secret, self._about_orders) if prompts.orders else None
        self._own_words = _own_words(prompts, sensitive)
        severe = guidelines_text(_may_be_must_fix(guidelines), self._names, prompts.own)
        self._second = prompts.verify.substitute(guidelines=severe)
        self._prompt_hash = short_hash(self._instructions, self._second, str(form), str(_OPINION_FORM))
        self._fingerprint = short_hash(self._prompt_hash, repr(library), model.identity, *_checks(prompts, limits))

    @property
    def fingerprint(self) -> str:
        return self._fingerprint

    @property
    def standing_tokens(self) -> int:
        """About how many tokens the model reads before every draft."""
        return estimated(self._instructions)

    async def aclose(self) -> None:
        await self._model.aclose()

    def on(self, model: LanguageModel) -> ModelCritic:
        """The same critic with another way to a model, such as one that answers from a recording."""
        other = copy.copy(self)
        other._model = model  # noqa: SLF001 - its own
        return other

    async def first_requests(self, case: Case) -> list[ModelRequest]:
        """What it asks before it has heard anything."""
        brief = await self._brief(case)
        calls = max(self._calls, await self._fewest(case, brief))
        asked = [request for request, _ in self._questions(case, brief, calls)]
        return [*asked, self._orders.first((await self._unheard(brief))[0])] if self._orders else asked

    @staticmethod
    def is_first(request: ModelRequest) -> bool:
        """False for what follows from an answer: a second opinion, or a broken answer's repair."""
        return request.form.name != _OPINION_FORM.name and len(request.turns) == 1

    async def judge(self, case: Case) -> Judgement:
        until = asyncio.get_running_loop().time() + self._limits.total
        brief = await self._brief(case)
        listening = (
            None if self._took >= self._limits.one_by_one_from else asyncio.ensure_future(self._heard(brief, until))
        )
        try:
            judgement = await self._judged(case, brief, listening, until=until)
        except TimeoutError:
            _log.warning("%s (within %g seconds)", NO_JUDGEMENT[Failure.UNREACHABLE], self._limits.total)
            self._note(case, Failure.UNREACHABLE, None)
            raise ModelFailed(Failure.UNREACHABLE) from None
        except ModelFailed as error:
            self._note(case, error.failure, None)
            raise
        finally:
            if listening:
                listening.cancel()
        self._note(case, "talked round" if judgement.talked_round else "judged", judgement.usage, model=judgement.model)
        return judgement

    async def _judged(
        self, case: Case, brief: Brief, listening: Awaitable[OrdersHeard] | None, until: float
    ) -> Judgement:
        """The judgement. Where words speak to a reviewer, the rest of the draft is judged once more without them."""
        began = asyncio.get_running_loop().time()
        async with asyncio.timeout_at(until):
            asked = await self._asked(case, brief)
        self._took = asyncio.get_running_loop().time() - began
        if listening:
            heard = await listening
        else:
            silenced = is_told(case) or says_little(asked.answer, case)
            heard = await self._heard(brief, until) if silenced else OrdersHeard()
        if heard.unable and not is_told(case) and says_little(asked.answer, case):
            heard = replace(
                heard, talked_round=await self._aside(len(case.draft.text), lambda: speaks_to_reviewer(case))
            )
        told = self._told(case, heard)
        judgement = await self._checked(asked, brief if told is case else await self._brief(told), until)
        judgement = replace(
            judgement,
            findings=(*told.found[len(case.found) :], *judgement.findings),
            talked_round=heard.talked_round,
            confirmed=judgement.confirmed and heard.looked,
            usage=judgement.usage + heard.usage,
        )
        return await self._without_words(told, heard.words, judgement, until=until) if heard.words else judgement

    async def _without_words(self, case: Case, words: tuple[str, ...], first: Judgement, until: float) -> Judgement:
        """With what the model says when it does not see these words. What it said before stays."""
        brief = await self._brief(case, words)
        try:
            async with asyncio.timeout_at(until):
                asked = await self._asked(case, brief)
            again = await self._checked(asked, brief, until)
        except (TimeoutError, ModelFailed):
            return replace(first, confirmed=False)
        return _both(first, again)

    async def _heard(self, brief: Brief, until: float) -> OrdersHeard:
        """What speaks to a reviewer. The model looks for what no fixed rule knows, and does not see what one does."""
        if self._orders is None:
            return OrdersHeard()
        brief, known = await self._unheard(brief)
        heard = await self._orders(self._model, brief, until)
        return replace(heard, words=(*known, *heard.words))

    async def _unheard(self, brief: Brief) -> tuple[Brief, tuple[str, ...]]:
        """The brief without words that a fixed rule knows to speak to a reviewer, and these."""
        case, known = brief.case, tuple[str, ...]()
        if is_told(case):
            known = await self._aside(len(case.draft.text), lambda: noticed(case.draft, self._rules))
            brief = await self._brief(case, known)
        return brief, known

    def _told(self, case: Case, heard: OrdersHeard) -> Case:
        """The case with a finding on the first words that only the model noticed; one is enough to know."""
        guideline = next((g for g in self._library.guidelines if g.id == PERSONAL), None)
        if not (guideline and heard.spans) or is_told(case):
            return case
        (start, end), text = heard.spans[0], case.draft.text
        found = Finding(
            PERSONAL,
            guideline.severity,
            start,
            end=end,
            quote=text[start:end],
            why=FOR_A_REVIEWER,
            rule=ORDERS,
            origin=Origin.MODEL,
        )
        return replace(case, found=(*case.found, found))

    def _about_orders(self, case: Case, instructions: str, said: str) -> ModelRequest:
        return self._request(case, instructions, said, form=_ORDERS_FORM)

    async def _asked(self, case: Case, brief: Brief) -> ReadAnswer[CritiqueAnswer]:
        """The answer about every guideline: in one call, or in several where the model's window is small."""
        calls = max(self._calls, await self._fewest(case, brief))
        while True:
            try:
                asked = [await ask(self._model, *question) for question in self._questions(case, brief, calls)]
            except ModelFailed as failed:
                if failed.failure is not Failure.NO_ROOM:
                    raise
                if calls >= _MOST_CALLS:
                    raise ModelFailed(await self._blamed(brief)) from None
                calls = max(calls + 1, await self._fewest(case, brief))
            else:
                break
        if calls > self._calls and estimated(brief.question()) <= _USUAL_CASE:
            self._calls = calls
            _log.warning("%s has a small context: guidelines are asked about in %d calls", self._model.identity, calls)
        return _together(asked)

    async def _fewest(self, case: Case, brief: Brief) -> int:
        """How few calls do, as far as is known."""
        room = await self._model.window.tokens()
        for calls in range(1, _MOST_CALLS if room else 1):
            asked = (request for request, _ in self._questions(case, brief, calls))
            if max(estimated(r.instructions, r.turns[0].text) for r in asked) + LEAST_ANSWER <= room:
                return calls
        return _MOST_CALLS if room else 1

    async def _blamed(self, brief: Brief) -> Failure:
        """Whether a shorter draft would have been read."""
        room = await self._model.window.tokens()
        least = max(estimated(part.instructions) for part in self._in_parts(_MOST_CALLS)) + LEAST_ANSWER + _USUAL_CASE
        is_long = room >= least if room else estimated(brief.question()) > 2 * _USUAL_CASE
        return Failure.TOO_LONG if is_long else Failure.NO_ROOM

    def _in_parts(self, calls: int) -> tuple[_Part, ...]:
        if calls not in self._parts:
            groups = parted(self._asked_about, self._names, calls)
            self._parts[calls] = tuple(self._part(group) for group in groups)
        return self._parts[calls]

    def _part(self, guidelines: Sequence[Guideline]) -> _Part:
        told = guidelines_text(guidelines, self._names, self._about_own)
        checklist = checklist_text(self._names[guideline.id] for guideline in guidelines)
        instructions = self._template.substitute(guidelines=told, checklist=checklist)
        return _Part(instructions, {g.id: self._names[g.id] for g in guidelines})

    def _questions(
        self, case: Case, brief: Brief, calls: int
    ) -> list[tuple[ModelRequest, AnswerReader[CritiqueAnswer]]]:
        """Drafts without pictures and contact data are asked about with the same bytes as ever."""
        from bot.model.forms import read_critique  # noqa: PLC0415 - not at a start

        *others, last = self._in_parts(calls)
        contacts = self._about_contacts(case)
        last = replace(last, names=last.names | {g.id: self._names[g.id] for g in contacts})
        besides = (self._pictures if case.looks else "", self._contacts if contacts else "")
        asked: list[tuple[ModelRequest, AnswerReader[CritiqueAnswer]]] = []
        for part in (*others, last):
            told = "\n".join((part.instructions, *filter(None, besides)))
            form = schemas.critique_form(part.names.values())
            read = partial(read_critique, names=part.names, named=self._id_of)
            asked.append((self._request(case, told, brief.question(), form=form), read))
        return asked

    def _id_of(self, name: str) -> str:
        guideline = guideline_named(name, self._guidelines)
        return guideline.id if guideline else name

    def _about_contacts(self, case: Case) -> tuple[Guideline, ...]:
        """The guideline on contact data, where the rules noticed some; a model never raises it to a must-fix."""
        noticed = any(lead.guideline == PERSONAL for lead in case.leads)
        known = (g for g in self._library.guidelines if noticed and g.id == PERSONAL and g.fixed_rules_only)
        return tuple(replace(g, escalates_to=None) for g in known)

    def _guidelines_for(self, case: Case) -> dict[str, Guideline]:
        about = self._about_contacts(case)
        return self._guidelines | {name: g for g in about for name in (g.id, self._names[g.id])}

    async def _brief(self, case: Case, words: tuple[str, ...] = ()) -> Brief:
        """What the model sees of the case, without ``words``."""
        sensitive = without(words, self._sensitive) if words else self._sensitive
        return await self._aside(
            len(case.draft.text),
            lambda: Brief(without_orders(case, self._rules), self._names, self._secret, sensitive=sensitive),
        )

    async def _aside(self, size: int, work: Callable[[], Result]) -> Result:
        """Work for which rules read so many characters."""
        return await aside(size, work, own=bool(self._rules.own_set))

    async def _checked(self, asked: ReadAnswer[CritiqueAnswer], brief: Brief, until: float) -> Judgement:
        """The judgement in an answer: grounded, confirmed, and with no more questions than are asked."""
        draft = brief.case.draft
        source = "\n".join((draft.text, *(picture.alt_text for picture in draft.pictures)))
        size = len(draft.text) * max(1, len(asked.answer.issues))  # each reason is held against it
        answer = await aside(size, lambda: self._own_words.cleared(asked.answer, source, brief.masks))
        rewordings = Rewordings(brief, self._rules, self._known_words)
        guidelines = self._guidelines_for(brief.case)
        grounded = await self._aside(size, lambda: ground(answer.issues, brief, guidelines, rewordings=rewordings))
        asking = QuestionMaker(brief, guidelines, self._usual_answers)
        doubted = to_confirm(grounded.findings, brief.case.certain)
        second = await self._second_opinion(doubted, brief, until) if doubted else None
        points = second.answer.points if second else ()
        given = await aside(size, lambda: self._own_words.opinions(points, source, brief.masks))
        given = undropped(given) if is_told(brief.case) else given
        left = weigh(grounded.findings, doubted, given, asking=asking, guidelines=self._guidelines)
        doubts = (*left.questions, *asking.asked(answer.questions))
        drops = _drops(grounded, left, doubts, unknown=asking.unknown(answer.questions))
        return Judgement(
            findings=left.findings,
            questions=first_of_each(doubts),
            dropped=drops.total() - sum(drops[drop] for drop in NO_LOSS),
            drops=dict(sorted((+drops).items())),
            confidences={f.ref: grounded.confidences[f.ref] for f in left.findings},
            not_a_draft=answer.not_a_draft and brief.case.may_be_talk and not answer.issues,
            confirmed=not doubted or second is not None,
            model=asked.model,
            usage=asked.usage + second.usage if second else asked.usage,
            in_pictures=grounded.in_pictures,
        )

    async def _second_opinion(
        self, doubted: Sequence[Finding], brief: Brief, until: float
    ) -> ReadAnswer[OpinionsAnswer] | None:
        """The opinions, or None where they could not be had in time."""
        from bot.model.forms import read_opinions  # noqa: PLC0415 - not at a start

        request = self._request(brief.case, self._second, brief.points(doubted), form=_OPINION_FORM)
        try:
            async with asyncio.timeout_at(until):
                return await ask(self._model, request, read_opinions)
        except (TimeoutError, ModelFailed) as error:
            failure = error.failure if isinstance(error, ModelFailed) else Failure.UNREACHABLE
            self._note(brief.case, f"unconfirmed, {failure}", None)
            return None

    def _request(self, case: Case, instructions: str, said: str, form: Form) -> ModelRequest:
        return ModelRequest(
            instructions,
            (ModelMessage("user", said),),
            form,
            output_tokens=self._limits.output_tokens,
            author=author_hash(case.team, case.author_id),
            cache_key=f"{form.name}:{self._prompt_hash}:{short_hash(case.team)}",
            team=case.team,
        )

    def _note(self, case: Case, outcome: str, usage: Usage | None, model: str = "") -> None:
        """One line in the log: never a word of the draft or of the answer."""
        tokens = (usage.calls, usage.input_tokens, usage.cached_tokens, usage.output_tokens) if usage else "unknown"
        name = model or self._model.identity
        _log.info("%s: %s (prompt %s, team %s, tokens %s)", name, outcome, self._prompt_hash, case.team, tokens)


@dataclass(frozen=True, slots=True)
class _Part:
    """What one call asks about: some of the guidelines, or all."""

    instructions: str
    names: dict[str, str]


def _together(asked: Sequence[ReadAnswer[CritiqueAnswer]]) -> ReadAnswer[CritiqueAnswer]:
    """Several answers as one, the gravest points first; it is talk only where all say so."""
    from bot.model.forms import CritiqueAnswer  # noqa: PLC0415 - not at a start

    if len(asked) == 1:
        return asked[0]
    said = [one.answer for one in asked]
    answer = CritiqueAnswer.model_construct(
        issues=sorted((issue for one in said for issue in one.issues), key=lambda issue: issue.severity.rank),
        questions=[question for one in said for question in one.questions],
        checklist={name: verdict for one in said for name, verdict in one.checklist.items()},
        not_a_draft=all(one.not_a_draft for one in said),
    )
    return ReadAnswer(answer, asked[0].model, sum((one.usage for one in asked), Usage()))


def _both(first: Judgement, again: Judgement) -> Judgement:
    """Both judgements on one draft as one: nothing that either of them found is lost."""
    drops = Counter(first.drops) + Counter(again.drops)
    return replace(
        first,
        findings=one_per_span((*first.findings, *again.findings)),
        questions=first_of_each((*again.questions, *first.questions)),
        dropped=first.dropped + again.dropped,
        drops=dict(sorted(drops.items())),
        confidences=again.confidences | first.confidences,
        not_a_draft=first.not_a_draft and again.not_a_draft,
        confirmed=first.confirmed and again.confirmed,
        usage=first.usage + again.usage,
        in_pictures=tuple(dict.fromkeys((*first.in_pictures, *again.in_pictures))),
    )


def _drops(grounded: Grounded, left: Confirmed, doubts: Iterable[Question], unknown: int) -> Counter[Drop]:
    """With the refuted points, the doubts beyond those that are asked, and the questions under no guideline."""
    unasked = max(0, len({doubt.guideline for doubt in doubts}) - MOST)
    return grounded.drops + Counter({Drop.REFUTED: left.dropped, Drop.TOO_MANY: unasked, Drop.UNKNOWN: unknown})


def _checks(prompts: Prompts, limits: ModelLimits) -> tuple[str, str]:
    """What else shapes a judgement: how long an answer may be, and what is done beside the critique."""
    return str(limits.output_tokens), _CHECKS + prompts.pictures + prompts.contacts + prompts.orders


def _own_words(prompts: Prompts, sensitive: Sensitive) -> OwnWords:
    """Without the guidelines and what stands below them: Candor shows those to everybody."""
    ours = (prompts.critique.template, prompts.verify.template, prompts.pictures)
    return OwnWords((text.partition("$guidelines")[0] for text in ours), sensitive)


def _may_be_must_fix(guidelines: Iterable[Guideline]) -> list[Guideline]:
    return [g for g in guidelines if Severity.MUST_FIX in (g.severity, g.escalates_to)]


# A critic for each policy, all on one model.


@dataclass(frozen=True, slots=True)
class CriticMaker:
    """The `MakesCritics` port. ``load`` brings what the model needs, where that is still to be loaded."""

    model: LanguageModel
    prompts: Prompts
    secret: bytes
    limits: ModelLimits
    sensitive: Sensitive
    load: Callable[[], Awaitable[object]] | None = None

    def __call__(self, library: Library, rules: Rules) -> ModelCritic:
        return ModelCritic(
            self.model,
            library,
            rules,
            prompts=self.prompts,
            secret=self.secret,
            limits=self.limits,
            sensitive=self.sensitive,
        )

    async def prepare(self) -> None:
        if self.load:
            await self.load()
