"""What a language model is asked about a draft, and what it made of it; the critique that comes of it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.core.drafts import reference
from bot.core.errors import CandorError
from bot.core.findings import Finding, Origin
from bot.core.guidelines import Severity

if TYPE_CHECKING:
    from bot.core.brand.posts import EarlierPost
    from bot.core.drafts import Draft
    from bot.core.guidelines import Checks


# A critique: what one review of one draft came to.

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
    NO_MODEL = "no_model"
    """Its server has no model of that name; the same goes for this and the next four."""
    NO_CREDIT = "no_credit"
    """The account with its provider has no credit left."""
    NO_ROOM = "no_room"
    """Its context takes less than a review needs, whatever the draft."""
    UNREADABLE = "unreadable"
    """It answered, in no form that could be read."""
    SETTINGS = "settings"
    """Its server refuses the requests as they are."""
    TALKED_ROUND = "talked_round"
    """It does what the draft tells it, so what it left out means nothing."""
    MONTH_SPENT = "month_spent"
    """The budget for the month is used. It is not asked again by itself: on the first of the month many drafts wait."""
    DAY_SPENT = "day_spent"
    """The same for the day."""
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
    """The model will not or cannot read this draft, or does what the draft tells it."""
    UNPAID = "unpaid"
    """The budget did not allow it."""
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
    ModelPart.NO_MODEL: ReviewState.AWAITED,
    ModelPart.NO_CREDIT: ReviewState.AWAITED,
    ModelPart.NO_ROOM: ReviewState.AWAITED,
    ModelPart.UNREADABLE: ReviewState.AWAITED,
    ModelPart.SETTINGS: ReviewState.AWAITED,
    ModelPart.DECLINED: ReviewState.REFUSED,
    ModelPart.TOO_LONG: ReviewState.REFUSED,
    ModelPart.TALKED_ROUND: ReviewState.REFUSED,
    ModelPart.MONTH_SPENT: ReviewState.UNPAID,
    ModelPart.DAY_SPENT: ReviewState.UNPAID,
    ModelPart.GIVEN_UP: ReviewState.GIVEN_UP,
    ModelPart.UNREACHED: ReviewState.GIVEN_UP,
}
AWAITING = tuple(part for part, state in _STATES.items() if state is ReviewState.AWAITED)
"""The parts after which a model is asked again."""


class Strictness(StrEnum):
    """How much of a review the reply in a channel shows."""

    QUIET = "quiet"
    """What must or should be fixed; the rest is counted, and shown to whoever asks."""
    NORMAL = "normal"
    THOROUGH = "thorough"
    """With what the model let go, and with little folded."""

    def holds(self, finding: Finding) -> bool:
        """True for what the reply only counts."""
        return self is Strictness.QUIET and finding.severity is Severity.CONSIDER and finding.dismissable


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
    beyond: int = 0
    """How many of its points are more than were looked at."""
    doubts: int = 0
    """How many of its points are not shown because it wasn't sure of them, or took them back when asked again."""
    own_set: int = 0
    """The number of the workspace's own set of guidelines; 0 where it has none."""
    strictness: Strictness = Strictness.NORMAL
    """As it was set for the channel when this review was made."""
    let_go: tuple[Finding, ...] = ()
    """Leads that the model saw and did not confirm."""

    @property
    def state(self) -> ReviewState:
        """How far this review came. Reviews of earlier versions name no part of the model, only whether it took one."""
        if self.outcome is Outcome.COULD_NOT_REVIEW:
            return ReviewState.PUT_ASIDE
        judged = self.model_part is ModelPart.OFF and not self.fixed_rules_only
        return ReviewState.DONE if judged else _STATES[self.model_part]

    @property
    def is_of_nothing(self) -> bool:
        """True where an edit left no words: then nothing was checked."""
        return self.outcome is Outcome.NOT_A_DRAFT and self.fixed_rules_only and not self.guidelines

    @property
    def is_of_no_draft(self) -> bool:
        """True there, and where the model says that it is none. Fixed checks can't tell: they are only silent."""
        return self.is_of_nothing or (self.outcome is Outcome.NOT_A_DRAFT and not self.fixed_rules_only)

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
    def is_all_shown(self) -> bool:
        """True where the model has nothing more to say or to ask than what people are shown."""
        return not (self.unplaced or self.left_out or self.beyond)

    @property
    def shown(self) -> tuple[Finding, ...]:
        """The findings that people see at once."""
        return self.findings[:SHOWN]

    @property
    def collapsed(self) -> tuple[Finding, ...]:
        """The findings behind "Show more"."""
        return self.findings[SHOWN:]

    @property
    def worth_a_look(self) -> dict[str, list[Finding]]:
        """The leads by their guideline's id."""
        looks: dict[str, list[Finding]] = {}
        for lead in self.leads:
            looks.setdefault(lead.guideline, []).append(lead)
        return looks

    @property
    def in_pictures(self) -> tuple[PicturePoint, ...]:
        """The points about words in pictures."""
        return self.pictures.points if self.pictures else ()


# What a language model is asked about a draft, and what it made of it.


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
    said_before: tuple[EarlierPost, ...] = ()
    """Earlier posts that may speak of the same."""

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
        parts += [["said before", post.date, post.platform, post.text] for post in self.said_before]
        return hashlib.sha256(json.dumps([fingerprint, *parts]).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Usage:
    """What a judgement cost, in tokens as the server counted them, over all its calls."""

    calls: int = 0
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.calls + other.calls,
            self.input_tokens + other.input_tokens,
            self.cached_tokens + other.cached_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
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
    """More doubts than are asked."""
    BEYOND = "beyond"
    """More issues than are looked at."""
    SAME_WORDS = "same_words"
    """Another finding has these words already; not a loss, and not part of ``dropped``."""
    REWORDING = "rewording"
    """Only the suggested words are left out; the finding stays, so it is not part of ``dropped`` either."""
    REASON = "reason"
    """Only its reason is left out, and the guideline's own stands there; not part of ``dropped`` either."""


NO_LOSS = frozenset((Drop.SAME_WORDS, Drop.REWORDING, Drop.REASON))
"""What is counted, although a point still reaches people."""
_WITHOUT_PLACE = (Drop.UNGROUNDED, Drop.UNKNOWN)
_DOUBTFUL = (Drop.UNSURE, Drop.REFUTED, Drop.GUARD)


@dataclass(frozen=True, slots=True)
class Judgement:
    """The model's findings and questions, checked by code: every quote is in the draft, or in a picture's text.

    ``dropped`` counts findings that were not grounded or not allowed. ``confirmed`` is False where a
    must-fix finding was found but the second opinion could not be had, or where nobody could look for words that speak
    to a reviewer; such an answer is not reused.
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
    talked_round: bool = False
    """True where the model does what the draft tells it; such an answer is not reused either."""

    @property
    def unplaced(self) -> int:
        """How many points have no place that could be shown: in the text, or under a guideline."""
        return sum(self.drops.get(drop.value, 0) for drop in _WITHOUT_PLACE)

    @property
    def doubts(self) -> int:
        """How many points are not shown, as the model wasn't sure, took them back, or means another platform."""
        return sum(self.drops.get(drop.value, 0) for drop in _DOUBTFUL)

    @property
    def left_out(self) -> int:
        """How many doubts are not asked, as they are more than people are asked about at once."""
        return self.drops.get(Drop.TOO_MANY.value, 0)

    @property
    def beyond(self) -> int:
        """How many points were more than are looked at."""
        return self.drops.get(Drop.BEYOND.value, 0)

    @property
    def reusable(self) -> bool:
        """True where an equal case need not be asked about again."""
        return self.confirmed and not self.unplaced and not self.talked_round


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
    """The draft is more than it reads beside the guidelines, or the answer was cut off, also with a larger limit."""
    NO_ROOM = "no_room"
    """Its context is smaller than what is asked."""
    QUOTA = "quota"
    """The account has no credit left."""
    SETTINGS = "settings"
    """The server refuses the request as it is; often the address is wrong."""
    MODEL = "model"
    """The server has no model of that name."""
    KEY = "key"
    """The server refuses the key."""
    MONTH_SPENT = "month_spent"
    """The call was not made: the budget for the month is used."""
    DAY_SPENT = "day_spent"
    """The same for the day."""
    ABSENT = "absent"
    """No model is connected that could answer this: there are only recorded answers, to other requests."""


class ModelFailed(CandorError):
    """No judgement came of a case. ``passing`` tells whether asking again later may help.

    The message never quotes the draft or the answer.
    """

    def __init__(self, failure: Failure, *, lost: bool = False) -> None:
        """``lost`` says that an answer may have been made, and paid for, that never came."""
        super().__init__(f"the language model gave no judgement: {failure.value}")
        self.failure, self.lost = failure, lost

    @property
    def passing(self) -> bool:
        """True for what goes away with time."""
        return self.failure not in _FINAL

    @property
    def may_cost(self) -> bool:
        """True where nobody knows whether the call has to be paid."""
        return self.lost or self.failure in (Failure.REFUSED, Failure.TOO_LONG, Failure.UNREADABLE)


_FINAL = (Failure.REFUSED, Failure.TOO_LONG, Failure.ABSENT, Failure.MONTH_SPENT, Failure.DAY_SPENT)


Asked = Judgement | Failure
"""What came of asking a model."""


# The pictures of a draft: what a model saw in them, and what a review says of that.

MOST = 4
"""Pictures of a draft that are looked at, the first ones."""
LARGEST = 5 * 2**20
"""Bytes of a picture that is looked at."""
LONGEST_TEXT = 4000
"""Characters of the words in a picture that are read."""
_KINDS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)
_RIFF, _WEBP = slice(0, 4), slice(8, 12)


def kind_of(content: bytes) -> str:
    """The media type that the first bytes tell: PNG, JPEG, GIF or WebP; "" for anything else."""
    if (content[_RIFF], content[_WEBP]) == (b"RIFF", b"WEBP"):
        return "image/webp"
    return next((kind for start, kind in _KINDS if content.startswith(start)), "")


@dataclass(frozen=True, slots=True)
class Image:
    """A picture's bytes with their media type."""

    content: bytes
    kind: str


class Hint(StrEnum):
    """Whether something in a picture speaks for it that AI made it. It leads to a question at most."""

    UNCLEAR = "unclear"
    NOTHING = "nothing"
    SOMETHING = "something"


class LeftOut(StrEnum):
    """Why a picture was not looked at."""

    TOO_MANY = "too_many"
    TOO_LARGE = "too_large"
    OTHER_KIND = "other_kind"
    UNSEEN = "unseen"
    """Slack did not give it, or the model did not answer. A later revision tries again."""
    NO_MODEL = "no_model"
    """Nothing is connected that could look at it."""
    UNPAID = "unpaid"
    """The budget did not allow it. A later revision tries again."""


class Signature(StrEnum):
    """How far a picture's Content Credentials can be believed."""

    ABSENT = "absent"
    """It has none, which proves nothing."""
    BROKEN = "broken"
    """They don't check out: the picture may be another one, or was changed since, if only by Slack."""
    UNKNOWN = "unknown"
    """They are about this picture, unchanged; nobody can tell from here who signed them."""
    TRUSTED = "trusted"
    """The same, by somebody whom a list of signers names."""


class UseOfAI(StrEnum):
    """What Content Credentials say that AI did."""

    NONE = "none"
    EDITED = "edited"
    MADE = "made"


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a picture's Content Credentials say. Whoever wrote the file wrote that as well: it's for people to judge."""

    signature: Signature
    ai: UseOfAI = UseOfAI.NONE
    program: str = ""
    """What made or changed the picture, as it may be shown."""

    @property
    def suggests_ai(self) -> bool:
        """True if they say that AI was used, and check out."""
        return self.ai is not UseOfAI.NONE and self.signature is not Signature.BROKEN


@dataclass(frozen=True, slots=True)
class Look:
    """What a model said about one picture, each "" if nothing; or what its Content Credentials say."""

    description: str = ""
    text: str = ""
    """What can be read in it."""
    alt_text: str = ""
    made_with_ai: Hint = Hint.UNCLEAR
    credentials: Credentials | None = None


@dataclass(frozen=True, slots=True)
class PicturePoint:
    """A point about words that stand in a picture: nothing that an edit of the draft could cure."""

    number: int
    """Which picture of the draft, from 1."""
    guideline: str
    severity: Severity
    quote: str
    why: str
    dismissable: bool = True

    @property
    def finding(self) -> Finding:
        """The same as a finding, so that people can decide about it. Its quote stands nowhere in the draft's text."""
        return Finding(
            self.guideline,
            self.severity,
            0,
            end=0,
            quote=self.quote,
            why=self.why,
            origin=Origin.MODEL,
            dismissable=self.dismissable,
        )


@dataclass(frozen=True, slots=True)
class PictureReview:
    """What a review says about pictures: how many a model looked at, and which it did not."""

    looked: int = 0
    model: str = ""
    left_out: tuple[LeftOut, ...] = ()
    """A reason for each picture that was left out."""
    points: tuple[PicturePoint, ...] = ()
    alt_texts: tuple[tuple[int, str], ...] = ()
    """(number of the picture, proposal) for each that has none."""
    credentials: tuple[tuple[int, Credentials], ...] = ()
    """(number of the picture, what its Content Credentials say), if there is something to tell."""
    unread: int = 0
    """Pictures whose words were read in part."""
