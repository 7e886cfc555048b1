"""What a review says about pictures, out of what a model saw in them: alt texts, points, and one question."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.core.critique import Critique, Outcome, Question
from bot.core.labels import AI_CONTENT, Tie, is_labelled
from bot.core.pictures import MOST, Hint, LeftOut, Look, PicturePoint, PictureReview
from bot.core.words import pictures as words

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from bot.core.draft import Draft
    from bot.core.judging_ports import JudgesOf
    from bot.core.picture_ports import Looks, Seen
    from bot.core.ports import Rules
    from bot.core.record import DraftState, ReviewJob

_GAP = "\n\n"


@dataclass(frozen=True, slots=True)
class TellPictures:
    """Adds it to a critique. ``sight`` names the viewer whose looks count."""

    looks: Looks
    judges: JudgesOf
    sight: str

    async def __call__(
        self, job: ReviewJob, critique: Critique, state: DraftState, in_force: Container[str]
    ) -> Critique:
        """The critique with its pictures. ``in_force`` are the ids of guidelines."""
        draft = state.record.draft
        # While the model is awaited nothing is said yet: the full review follows.
        if not draft.pictures or critique.awaits_model or critique.outcome is Outcome.NOT_A_DRAFT:
            return critique
        seen = await self.looks.of(job, self.sight)
        looks = tuple(_looks(draft, seen))
        rules = (await self.judges.of(job.team)).rules
        points = _together(_rule_points(draft, looks, rules), critique.in_pictures)
        review = PictureReview(
            len(looks), seen.model if looks else "", tuple(_left_out(draft, seen)), points, tuple(_offers(draft, looks))
        )
        asks = AI_CONTENT in in_force and not any(answer.guideline == AI_CONTENT for answer in state.answers)
        asked = (*critique.questions, *(_question(draft, looks, critique) if asks else ()))
        said = critique.findings or asked or points
        outcome = Outcome.FINDINGS if said else critique.outcome
        return replace(critique, outcome=outcome, questions=asked, pictures=review)


def _looks(draft: Draft, seen: Seen) -> Iterator[tuple[int, Look]]:
    for number, picture in enumerate(draft.pictures[:MOST], 1):
        look = seen.by_file.get(picture.file)
        if isinstance(look, Look):
            yield number, look


def _left_out(draft: Draft, seen: Seen) -> Iterator[LeftOut]:
    for picture in draft.pictures[:MOST]:
        look = seen.by_file.get(picture.file, LeftOut.UNSEEN)
        if isinstance(look, LeftOut):
            yield look
    yield from [LeftOut.TOO_MANY] * len(draft.pictures[MOST:])


def _offers(draft: Draft, looks: Iterable[tuple[int, Look]]) -> Iterator[tuple[int, str]]:
    for number, look in looks:
        if look.alt_text and not draft.pictures[number - 1].alt_text.strip():
            yield number, look.alt_text


def _rule_points(draft: Draft, looks: Iterable[tuple[int, Look]], rules: Rules) -> Iterator[PicturePoint]:
    """What the fixed rules find in a picture's words, read below the post: a label there counts for the picture."""
    for number, look in looks:
        if look.text.strip():
            begins = len(draft.text) + len(_GAP)
            both = replace(draft, text=f"{draft.text}{_GAP}{look.text}", pictures=())
            for finding in rules.findings(both):
                if finding.start >= begins and not finding.lead:
                    said = (finding.guideline, finding.severity, finding.quote, finding.why)
                    yield PicturePoint(number, *said, dismissable=finding.dismissable)


def _together(found: Iterable[PicturePoint], judged: Iterable[PicturePoint]) -> tuple[PicturePoint, ...]:
    """One point for each guideline and picture, the rules' first; the most severe first."""
    points: dict[tuple[int, str], PicturePoint] = {}
    for point in (*found, *judged):
        points.setdefault((point.number, point.guideline), point)
    return tuple(sorted(points.values(), key=lambda point: (point.severity.rank, point.number)))


def _question(draft: Draft, looks: Iterable[tuple[int, Look]], critique: Critique) -> tuple[Question, ...]:
    """Whether a picture was made with AI: asked, where something speaks for it and the post does not say so itself."""
    numbers = [number for number, look in looks if look.made_with_ai is Hint.SOMETHING]
    asked = any(question.guideline == AI_CONTENT for question in critique.questions)
    found = any(finding.guideline == AI_CONTENT for finding in critique.findings)
    if not numbers or asked or found or is_labelled(draft.text, Tie.PICTURE):
        return ()
    return (Question(AI_CONTENT, words.made_with_ai(numbers, len(draft.pictures)), words.MADE_WITH_AI),)
