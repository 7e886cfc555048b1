"""A critique: what one review of one draft came to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.core.click import reference

if TYPE_CHECKING:
    from bot.core.finding import Finding
    from bot.core.pictures import PicturePoint, PictureReview
    from bot.core.rule import Checks

RECORDED = "recorded "
"""How the id of a model begins whose answer was recorded; the day follows, as in 2026-11-29."""
SHOWN = 3
"""How many findings are shown at most; the rest are folded."""


class Outcome(StrEnum):
    """How a review ended. A failed or partial one never looks like "nothing to flag"."""

    FINDINGS = "findings"
    NOTHING_TO_FLAG = "nothing_to_flag"
    COULD_NOT_REVIEW = "could_not_review"
    NOT_A_DRAFT = "not_a_draft"
    """Talk after all: nobody is answered."""


class ModelPart(StrEnum):
    """What part the language model had in a review."""

    OFF = "off"
    """None is configured."""
    ANSWERED = "answered"
    AWAITED = "awaited"
    """It has not answered yet; the full review follows."""
    DECLINED = "declined"
    """It will not answer this draft."""
    TOO_LONG = "too_long"
    """The draft is more than it can read, or its answer more than it can write."""
    GIVEN_UP = "given_up"
    """It was asked for a day and never answered."""
    UNREACHED = "unreached"
    """It did not answer, and nobody asks it again."""
    KEY = "key"
    """Its server refuses the key: somebody has to mend the settings. In a channel it is asked again all the same."""
    OUTGROWN = "outgrown"
    """There was a recorded answer to what the draft said before, and there is none to what it says now."""


class ReviewState(StrEnum):
    """How far a review came: what replies, sign-offs and digests ask. ``ModelPart`` says why."""

    DONE = "done"
    """A language model and the fixed checks have read the draft."""
    CHECKS_ONLY = "checks_only"
    """Nobody expects more than the fixed checks, as no model is connected."""
    AWAITED = "awaited"
    """The fixed checks have spoken and the full review is still to come, or nothing has been read yet."""
    GIVEN_UP = "given_up"
    """The model never answered, and is not asked again."""
    REFUSED = "refused"
    """The model will not or cannot read this draft."""
    PUT_ASIDE = "put_aside"
    """Every attempt at it died: not even the fixed checks have read it."""

    @property
    def is_whole(self) -> bool:
        """True if there was all the reading that this workspace can have."""
        return self in (ReviewState.DONE, ReviewState.CHECKS_ONLY)


_STATES = {
    ModelPart.OFF: ReviewState.CHECKS_ONLY,
    ModelPart.OUTGROWN: ReviewState.CHECKS_ONLY,
    ModelPart.ANSWERED: ReviewState.DONE,
    ModelPart.AWAITED: ReviewState.AWAITED,
    ModelPart.KEY: ReviewState.AWAITED,
    ModelPart.DECLINED: ReviewState.REFUSED,
    ModelPart.TOO_LONG: ReviewState.REFUSED,
    ModelPart.GIVEN_UP: ReviewState.GIVEN_UP,
    ModelPart.UNREACHED: ReviewState.GIVEN_UP,
}


@dataclass(frozen=True, slots=True)
class Question:
    """What the text alone cannot tell, asked once, with ``answers`` to choose from."""

    guideline: str
    question: str
    answers: tuple[str, ...]

    @property
    def ref(self) -> str:
        """What stands for it in a button: a draft has one question per guideline."""
        return reference(f"question:{self.guideline}")


@dataclass(frozen=True, slots=True)
class Critique:
    """The findings and questions about a draft, the most severe first.

    ``fixed_rules_only`` says that no language model took part, so tone and context were not judged.
    """

    outcome: Outcome
    findings: tuple[Finding, ...] = ()
    questions: tuple[Question, ...] = ()
    fixed_rules_only: bool = True
    guidelines: int = 0
    """How many guidelines were in force."""
    model_part: ModelPart = ModelPart.OFF
    model: str = ""
    """The id of the model that answered, as its server gave it."""
    pictures: PictureReview | None = None
    """None where pictures are not looked at, or the draft has none."""
    leads: tuple[Finding, ...] = ()
    """Words that are worth a look, where no model could say more about them."""
    checks: Checks | None = None
    """The fixed checks that ran; None in reviews of earlier versions."""
    unplaced: int = 0
    """How many of the model's points have no place in the text, so that they cannot be shown."""
    left_out: int = 0
    """How many of the model's doubts are more than people are asked about at once."""

    @property
    def state(self) -> ReviewState:
        """How far this review came. Reviews of earlier versions name no part of the model, only whether it took one."""
        if self.outcome is Outcome.COULD_NOT_REVIEW:
            return ReviewState.PUT_ASIDE
        judged = self.model_part is ModelPart.OFF and not self.fixed_rules_only
        return ReviewState.DONE if judged else _STATES[self.model_part]

    @property
    def awaits_model(self) -> bool:
        """True where the model is asked again, so that a full review may follow."""
        return self.state is ReviewState.AWAITED

    @property
    def follows_a_recording(self) -> bool:
        """True where a recorded answer was shown, or was before the draft's last edits."""
        return self.model_part is ModelPart.OUTGROWN or self.model.startswith(RECORDED)

    @property
    def says_something(self) -> bool:
        """True where there is a point or a question to show."""
        return bool(self.findings or self.questions or self.in_pictures)

    @property
    def shown(self) -> tuple[Finding, ...]:
        """The findings that people see at once."""
        return self.findings[:SHOWN]

    @property
    def folded(self) -> tuple[Finding, ...]:
        """The findings behind "Show more"."""
        return self.findings[SHOWN:]

    @property
    def quotes_worth_a_look(self) -> dict[str, list[str]]:
        """The quotes of the leads by their guideline's id."""
        quotes: dict[str, list[str]] = {}
        for lead in self.leads:
            quotes.setdefault(lead.guideline, []).append(lead.quote)
        return quotes

    @property
    def in_pictures(self) -> tuple[PicturePoint, ...]:
        """The points about words in pictures."""
        return self.pictures.points if self.pictures else ()
