"""The critic: one question to a language model about a draft, and every check of its answer."""

from __future__ import annotations

import asyncio
import copy
import hashlib
import logging
from collections import Counter
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from bot.core.contacts import PERSONAL
from bot.core.judgement import Drop, Failure, Judgement, ModelFailed
from bot.core.severity import Severity
from bot.flows.review_text import aside
from bot.model import answers, schema
from bot.model.asking import ask
from bot.model.brief import Brief, checklist_text, guidelines_text, is_told, without_orders
from bot.model.confirming import Confirmed, to_confirm, weigh
from bot.model.grounding import ground
from bot.model.guards import Rewordings, vocabulary
from bot.model.language_model import Request, Turn
from bot.model.own_words import OwnWords
from bot.model.questions import Asking, first_of_each

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.core.finding import Finding
    from bot.core.guideline import Guideline, Library
    from bot.core.judgement import Case, Usage
    from bot.core.ports import Rules
    from bot.model.answers import Opinion
    from bot.model.asking import Asked
    from bot.model.grounding import Grounded
    from bot.model.language_model import Form, LanguageModel, Limits
    from bot.model.masking import Sensitive
    from bot.model.prompts import Prompts

_log = logging.getLogger(__name__)
_CHECKS = "6"
"""To be raised when the checks of an answer change, so that stored judgements are not reused."""
_OPINION_FORM = schema.opinion_form()
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
        limits: Limits,
        *,
        sensitive: Sensitive,
        usual_answers: tuple[str, ...] = _USUAL_ANSWERS,
    ) -> None:
        self._model, self._rules, self._library = model, rules, library
        self._secret, self._limits, self._sensitive = secret, limits, sensitive
        self._usual_answers = usual_answers
        self._names = schema.short_names(library)
        guidelines = schema.judged(library)
        self._judged_names = {g.id: self._names[g.id] for g in guidelines}
        self._guidelines = {name: g for g in guidelines for name in (g.id, self._names[g.id])}
        self._known_words = vocabulary(library)
        self._form = schema.critique_form(self._judged_names.values())
        self._instructions = prompts.critique.substitute(
            guidelines=guidelines_text(guidelines, self._names), checklist=checklist_text(library)
        )
        self._pictures, self._contacts = prompts.pictures, prompts.contacts
        self._own_words = _own_words(prompts, sensitive)
        self._second = prompts.verify.substitute(guidelines=guidelines_text(_may_be_must_fix(guidelines), self._names))
        self._prompt_hash = _hash(self._instructions, self._second, str(self._form), str(_OPINION_FORM))
        checks = _CHECKS + self._pictures + self._contacts
        self._fingerprint = _hash(self._prompt_hash, repr(library), model.identity, str(limits.output_tokens), checks)

    @property
    def fingerprint(self) -> str:
        """Changes with the prompts, the guidelines in force, the model and its settings."""
        return self._fingerprint

    async def aclose(self) -> None:
        """Close the model's connections."""
        await self._model.aclose()

    def on(self, model: LanguageModel) -> ModelCritic:
        """The same critic with another way to a model, such as one that answers from a recording."""
        other = copy.copy(self)
        other._model = model  # noqa: SLF001 - its own
        return other

    async def judge(self, case: Case) -> Judgement:
        """The judgement on a case. Raises `ModelFailed`."""
        until = asyncio.get_running_loop().time() + self._limits.total
        brief = await aside(len(case.draft.text), lambda: self._brief(case))
        read = partial(answers.read_critique, names=self._names_for(case))
        try:
            async with asyncio.timeout_at(until):
                request = self._question(case, brief)
                asked = await ask(self._model, request, read)
            judgement = await self._checked(asked, brief, until)
        except TimeoutError:
            self._note(case, Failure.UNREACHABLE, None)
            raise ModelFailed(Failure.UNREACHABLE) from None
        except ModelFailed as error:
            self._note(case, error.failure, None)
            raise
        self._note(case, "judged", judgement.usage, judgement.model)
        return judgement

    def _question(self, case: Case, brief: Brief) -> Request:
        """Drafts without pictures and contact data are asked about with the same bytes as ever."""
        contacts = self._about_contacts(case)
        besides = (self._pictures if case.looks else "", self._contacts if contacts else "")
        told = "\n".join((self._instructions, *filter(None, besides)))
        form = schema.critique_form(self._names_for(case).values()) if contacts else self._form
        return self._request(case, told, brief.question(), form)

    def _about_contacts(self, case: Case) -> tuple[Guideline, ...]:
        """The guideline on contact data, where the rules noticed some; a model never raises it to a must-fix."""
        noticed = any(lead.guideline == PERSONAL for lead in case.leads)
        known = (g for g in self._library.guidelines if noticed and g.id == PERSONAL and g.fixed_rules_only)
        return tuple(replace(g, escalates_to=None) for g in known)

    def _names_for(self, case: Case) -> dict[str, str]:
        return self._judged_names | {g.id: self._names[g.id] for g in self._about_contacts(case)}

    def _guidelines_for(self, case: Case) -> dict[str, Guideline]:
        about = self._about_contacts(case)
        return self._guidelines | {name: g for g in about for name in (g.id, self._names[g.id])}

    def _brief(self, case: Case) -> Brief:
        return Brief(without_orders(case, self._rules), self._names, self._secret, self._sensitive)

    async def _checked(self, asked: Asked[answers.CritiqueAnswer], brief: Brief, until: float) -> Judgement:
        """The judgement in an answer: grounded, confirmed, and with no more questions than are asked."""
        draft = brief.case.draft
        source = "\n".join((draft.text, *(picture.alt_text for picture in draft.pictures)))
        answer = self._own_words.cleared(asked.answer, source, brief.masks)
        rewordings = Rewordings(brief, self._rules, self._known_words)
        # Rules read for every rewording.
        size = len(draft.text) * max(1, len(answer.issues))
        guidelines = self._guidelines_for(brief.case)
        grounded = await aside(size, lambda: ground(answer.issues, brief, guidelines, rewordings))
        asking = Asking(brief, self._guidelines, self._usual_answers)
        doubted = to_confirm(grounded.findings, brief.case.certain)
        second = await self._second_opinion(doubted, brief, until) if doubted else None
        opinions = self._opinions(second.answer.points if second else (), brief.case)
        left = weigh(grounded.findings, doubted, opinions, asking, self._guidelines)
        questions = first_of_each((*left.questions, *asking.asked(answer.questions)))
        return Judgement(
            findings=left.findings,
            questions=questions,
            dropped=grounded.dropped + left.dropped + _lost(left, questions),
            drops=_drops(grounded, left, questions),
            confidences={f.ref: grounded.confidences[f.ref] for f in left.findings},
            not_a_draft=answer.not_a_draft and brief.case.may_be_talk and not answer.issues,
            confirmed=not doubted or second is not None,
            model=asked.model,
            usage=asked.usage + second.usage if second else asked.usage,
            in_pictures=grounded.in_pictures,
        )

    def _opinions(self, given: Iterable[Opinion], case: Case) -> Sequence[Opinion]:
        """The opinions in words that may be said; none of them clears a draft that speaks to its reviewer."""
        opinions = self._own_words.opinions(given)
        if not is_told(case):
            return opinions
        return [o.model_copy(update={"verdict": "unsure"}) if o.verdict == "drop" else o for o in opinions]

    async def _second_opinion(
        self, doubted: Sequence[Finding], brief: Brief, until: float
    ) -> Asked[answers.OpinionsAnswer] | None:
        """The opinions, or None where they could not be had in time."""
        request = self._request(brief.case, self._second, brief.points(doubted), _OPINION_FORM)
        try:
            async with asyncio.timeout_at(until):
                return await ask(self._model, request, answers.read_opinions)
        except (TimeoutError, ModelFailed) as error:
            failure = error.failure if isinstance(error, ModelFailed) else Failure.UNREACHABLE
            self._note(brief.case, f"unconfirmed, {failure}", None)
            return None

    def _request(self, case: Case, instructions: str, said: str, form: Form) -> Request:
        return Request(
            instructions,
            (Turn("user", said),),
            form,
            self._limits.output_tokens,
            author=hashlib.sha256(f"{case.team}:{case.author_id}".encode()).hexdigest()[:64],
            cache_key=f"{form.name}:{self._prompt_hash}:{_hash(case.team)}",
        )

    def _note(self, case: Case, outcome: str, usage: Usage | None, model: str = "") -> None:
        """One line in the log: never a word of the draft or of the answer."""
        tokens = (usage.calls, usage.input_tokens, usage.cached_tokens, usage.output_tokens) if usage else "unknown"
        name = model or self._model.identity
        _log.info("%s: %s (prompt %s, team %s, tokens %s)", name, outcome, self._prompt_hash, case.team, tokens)


def _drops(grounded: Grounded, left: Confirmed, questions: Iterable[object]) -> dict[str, int]:
    more = Counter({Drop.REFUTED: left.dropped, Drop.TOO_MANY: _lost(left, questions)})
    return {drop.value: number for drop, number in sorted((grounded.drops + more).items())}


def _own_words(prompts: Prompts, sensitive: Sensitive) -> OwnWords:
    """Without the guidelines and what stands below them: Candor shows those to everybody."""
    ours = (prompts.critique.template, prompts.verify.template, prompts.pictures)
    return OwnWords((text.partition("$guidelines")[0] for text in ours), sensitive)


def _lost(left: Confirmed, questions: Iterable[object]) -> int:
    """How many doubts were more than can be asked."""
    asked = list(questions)
    return sum(question not in asked for question in left.questions)


def _may_be_must_fix(guidelines: Iterable[Guideline]) -> list[Guideline]:
    return [g for g in guidelines if Severity.MUST_FIX in (g.severity, g.escalates_to)]


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
