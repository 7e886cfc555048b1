"""What a language model is asked about a draft, and what it made of it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.core.errors import CandorError

if TYPE_CHECKING:
    from bot.core.critique import Question
    from bot.core.draft import Draft
    from bot.core.finding import Finding
    from bot.core.pictures import Look, PicturePoint


@dataclass(frozen=True, slots=True)
class Case:
    """A draft as it is put before the model.

    ``found`` is what the fixed rules found, ``answers`` are the author's (guideline id, answer).
    ``may_be_talk`` allows the model to say that this is no draft at all. ``looks`` are (number of a picture, what was
    seen in it); empty where no picture was looked at.
    """

    team: str
    author_id: str
    draft: Draft
    found: tuple[Finding, ...] = ()
    answers: tuple[tuple[str, str], ...] = ()
    may_be_talk: bool = False
    looks: tuple[tuple[int, Look], ...] = ()

    @property
    def certain(self) -> tuple[Finding, ...]:
        """What the rules found that needs nobody's judgement."""
        return tuple(finding for finding in self.found if not finding.lead)

    @property
    def leads(self) -> tuple[Finding, ...]:
        """What the rules found that the model confirms or lets go."""
        return tuple(finding for finding in self.found if finding.lead)

    def digest(self, fingerprint: str) -> str:
        """The same for the same words, facts, answers, guidelines, prompts and model; hexadecimal.

        What people dismissed is not in it: code applies that, so that a click never asks the model.
        """
        draft = self.draft
        alts = [picture.alt_text for picture in draft.pictures]
        parts = [draft.text, draft.platform, draft.context, alts, draft.zones, self.answers, self.may_be_talk]
        parts += [[number, look.description, look.text] for number, look in self.looks]
        return hashlib.sha256(json.dumps([fingerprint, *parts]).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Usage:
    """What a judgement cost, in tokens as the server counted them, over all its calls."""

    calls: int = 0
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0

    def __add__(self, other: Usage) -> Usage:
        """Both together."""
        return Usage(
            self.calls + other.calls,
            self.input_tokens + other.input_tokens,
            self.cached_tokens + other.cached_tokens,
            self.output_tokens + other.output_tokens,
        )


class Drop(StrEnum):
    """Why something that a model said does not reach people."""

    UNGROUNDED = "ungrounded"
    """It quotes what the draft does not say."""
    GUARD = "guard"
    """Its guideline is not for the platform of its post."""
    UNKNOWN = "unknown"
    """It names no guideline that is in force."""
    UNSURE = "unsure"
    """Of low confidence, and no must-fix."""
    REFUTED = "refuted"
    """The second opinion refuted it, or its doubt may not be asked."""
    TOO_MANY = "too_many"
    """More issues than are looked at, or more doubts than are asked."""
    SAME_WORDS = "same_words"
    """Another finding has these words already; not a loss, and not part of ``dropped``."""
    REWORDING = "rewording"
    """Only the suggested words are left out; the finding stays, so it is not part of ``dropped`` either."""
    REASON = "reason"
    """Only its reason is left out, and the guideline's own stands there; not part of ``dropped`` either."""


NO_LOSS = frozenset((Drop.SAME_WORDS, Drop.REWORDING, Drop.REASON))
"""What is counted, although a point still reaches people."""
_WITHOUT_PLACE = (Drop.UNGROUNDED, Drop.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Judgement:
    """The model's findings and questions, checked by code: every quote is in the draft, or in a picture's text.

    ``dropped`` counts findings that were not grounded or not allowed. ``confirmed`` is False where a
    must-fix finding was found but the second opinion could not be had; such an answer is not reused.
    ``drops`` counts by `Drop`, ``confidences`` are the model's own words for how sure it is, by a finding's ``ref``;
    both are for measuring, and empty in judgements of earlier versions.
    """

    findings: tuple[Finding, ...] = ()
    questions: tuple[Question, ...] = ()
    dropped: int = 0
    not_a_draft: bool = False
    confirmed: bool = True
    model: str = ""
    usage: Usage = Usage()
    drops: dict[str, int] = field(default_factory=dict[str, int], hash=False)
    confidences: dict[str, str] = field(default_factory=dict[str, str], hash=False)
    in_pictures: tuple[PicturePoint, ...] = ()

    @property
    def unplaced(self) -> int:
        """How many points have no place that could be shown: in the text, or under a guideline."""
        return sum(self.drops.get(drop.value, 0) for drop in _WITHOUT_PLACE)

    @property
    def left_out(self) -> int:
        """How many doubts are not asked, as they are more than people are asked about at once."""
        return self.drops.get(Drop.TOO_MANY.value, 0)

    @property
    def reusable(self) -> bool:
        """True where an equal case need not be asked about again."""
        return self.confirmed and not self.unplaced


class Failure(StrEnum):
    """Why a model gave no judgement."""

    BUSY = "busy"
    """Too many requests, also after waiting."""
    UNREACHABLE = "unreachable"
    """No answer in time, a broken connection or an error of the server."""
    UNREADABLE = "unreadable"
    """The answer kept breaking the schema."""
    REFUSED = "refused"
    """The model or its filter declined to answer."""
    TOO_LONG = "too_long"
    """The answer was cut off, also with a larger limit."""
    QUOTA = "quota"
    """The account has no credit left."""
    SETTINGS = "settings"
    """The address or the model's name is wrong."""
    KEY = "key"
    """The server refuses the key."""
    ABSENT = "absent"
    """No model is connected that could answer this: there are only recorded answers, to other requests."""


class ModelFailed(CandorError):
    """No judgement came of a case. ``passing`` tells whether asking again later may help.

    The message never quotes the draft or the answer.
    """

    def __init__(self, failure: Failure) -> None:
        super().__init__(f"the language model gave no judgement: {failure.value}")
        self.failure = failure

    @property
    def passing(self) -> bool:
        """True for what goes away with time."""
        return self.failure not in (Failure.REFUSED, Failure.TOO_LONG, Failure.ABSENT)


Asked = Judgement | Failure
"""What came of asking a model."""
