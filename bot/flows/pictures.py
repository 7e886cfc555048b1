"""The pictures of a draft: looked at where settings ask for it, and told of in the thread."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.core.findings import folded
from bot.core.judging import (
    LONGEST_TEXT,
    MOST,
    Credentials,
    Critique,
    Failure,
    Hint,
    Image,
    LeftOut,
    Look,
    ModelFailed,
    Outcome,
    PicturePoint,
    PictureReview,
    Question,
    Signature,
    UseOfAI,
)
from bot.core.labels import AI_CONTENT
from bot.core.ports import SeenPictures
from bot.core.reading.labelled import is_labelled
from bot.core.reading.ties import Tie
from bot.core.words import reviewing as words

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable, Iterator, Mapping

    from bot.core.drafts import Draft
    from bot.core.judging import Case
    from bot.core.ports import CredentialReader, JudgesOf, PictureFiles, PictureNotes, Rules, Viewer
    from bot.core.reviewing import DraftState, ReviewJob


# Read pictures' Content Credentials: once for each of the first few. No model has a part in it.

_CREDENTIALS = "credentials"
"""Beside the models' names for their sights."""


@dataclass(frozen=True, slots=True)
class ReadCredentials:
    """What cannot be read counts as not said; a later revision tries again."""

    files: PictureFiles
    looks: PictureNotes
    reader: CredentialReader

    async def __call__(self, job: ReviewJob, draft: Draft) -> Mapping[int, Credentials]:
        """What they say, by the pictures' numbers."""
        files = _files(draft)
        seen = await self.looks.of(job, _CREDENTIALS) if files else SeenPictures()
        known = seen.by_file
        if wanted := [file for file in files if file not in known]:
            fetched = await asyncio.gather(*(self.files.fetch(job.team, file) for file in wanted))
            known = {**known, **await self.keep(job, dict(zip(wanted, fetched, strict=True)))}
        looks = {number: known.get(picture.file) for number, picture in enumerate(draft.pictures[:MOST], 1)}
        return {n: look.credentials for n, look in looks.items() if isinstance(look, Look) and look.credentials}

    async def keep(self, job: ReviewJob, fetched: Mapping[str, Image | LeftOut]) -> Mapping[str, Look | LeftOut]:
        """Read files that are here already."""
        read = await asyncio.gather(*map(self._read, fetched.values()))
        found = dict(zip(fetched, read, strict=True))
        await self.looks.save(job, _CREDENTIALS, SeenPictures(found))
        return found

    async def _read(self, file: Image | LeftOut) -> Look | LeftOut:
        if isinstance(file, LeftOut):
            return file
        said = await self.reader.read(file)
        return Look(credentials=said) if said else LeftOut.UNSEEN


# Look at a draft's pictures before it is judged: once for each picture and model, and only at the first few.

_NOT_SEEN = {Failure.ABSENT: LeftOut.NO_MODEL, Failure.MONTH_SPENT: LeftOut.UNPAID, Failure.DAY_SPENT: LeftOut.UNPAID}


@dataclass(frozen=True, slots=True)
class LookAtPictures:
    """One call to the model for all pictures that it has not seen. What fails is noted; the review goes on without."""

    files: PictureFiles
    looks: PictureNotes
    viewer: Viewer
    credentials: ReadCredentials | None = None

    async def recall(self, job: ReviewJob, case: Case) -> tuple[Case, bool]:
        """The case with what was seen before, and whether there is nothing left to look at."""
        files = _files(case.draft)
        if not files:
            return case, True
        seen = await self.looks.of(job, self.viewer.sight)
        return _with(case, seen), files.keys() <= seen.by_file.keys()

    async def __call__(self, job: ReviewJob, case: Case) -> Case:
        """The case with what is seen in its pictures."""
        files = _files(case.draft)
        if not files:
            return case
        seen = await self.looks.of(job, self.viewer.sight)
        wanted = [file for file in files if file not in seen.by_file]
        if wanted:
            several = await asyncio.gather(*(self.files.fetch(case.team, file) for file in wanted))
            fetched = dict(zip(wanted, several, strict=True))
            beside = self.credentials.keep(job, fetched) if self.credentials else asyncio.sleep(0)
            new, _ = await asyncio.gather(self._view(case, fetched), beside)
            await self.looks.save(job, self.viewer.sight, new)
            seen = SeenPictures({**seen.by_file, **new.by_file}, new.model or seen.model)
        return _with(case, seen)

    async def _view(self, case: Case, fetched: Mapping[str, Image | LeftOut]) -> SeenPictures:
        images = {file: one for file, one in fetched.items() if isinstance(one, Image)}
        found: dict[str, Look | LeftOut] = {file: one for file, one in fetched.items() if isinstance(one, LeftOut)}
        if not images:
            return SeenPictures(found)
        try:
            viewed = await self.viewer.view(case.team, case.author_id, tuple(images.values()))
        except ModelFailed as error:
            why = _NOT_SEEN.get(error.failure, LeftOut.UNSEEN)
            return SeenPictures(found | dict.fromkeys(images, why))
        return SeenPictures(found | dict(zip(images, viewed.looks, strict=True)), viewed.model)


def _files(draft: Draft) -> dict[str, None]:
    """The files to look at, each once and in the draft's order."""
    return dict.fromkeys(picture.file for picture in draft.pictures[:MOST] if picture.file)


def _with(case: Case, seen: SeenPictures) -> Case:
    looks = ((number, seen.by_file.get(picture.file)) for number, picture in enumerate(case.draft.pictures[:MOST], 1))
    return replace(case, looks=tuple((number, look) for number, look in looks if isinstance(look, Look)))


# What a review says about pictures, out of what a model saw in them and what their Content Credentials say: alt texts,
# points, and one question.

_GAP = "\n\n"


@dataclass(frozen=True, slots=True)
class TellPictures:
    """Adds it to a critique. ``sight`` names the viewer whose looks count, None if no model looks at pictures."""

    looks: PictureNotes
    judges: JudgesOf
    sight: str | None
    credentials: ReadCredentials | None = None

    async def __call__(
        self, job: ReviewJob, critique: Critique, state: DraftState, in_force: Container[str]
    ) -> Critique:
        """The critique with its pictures. ``in_force`` are the ids of guidelines."""
        draft = state.record.draft
        # While the model is awaited nothing is said yet: the full review follows.
        if critique.awaits_model or critique.outcome is Outcome.NOT_A_DRAFT:
            return critique
        seen = await self.looks.of(job, self.sight) if self.sight else SeenPictures()
        looks = tuple(_looks(draft, seen))
        said: Mapping[int, Credentials] = {}
        if self.credentials and AI_CONTENT in in_force:
            said = await self.credentials(job, draft)
        rules = (await self.judges.of(job.team)).rules
        points = _together(_rule_points(draft, looks, rules), critique.in_pictures)
        asks = AI_CONTENT in in_force and not any(answer.guideline == AI_CONTENT for answer in state.answers)
        signs = [number for number, look in looks if look.made_with_ai is Hint.SOMETHING]
        question = _question(draft, {*signs, *_claimed(said)}, critique) if asks else ()
        review = PictureReview(
            len(looks),
            seen.model if looks else "",
            tuple(_left_out(draft, seen)) if self.sight else (),
            points=points,
            alt_texts=tuple(_offers(draft, looks)),
            credentials=_told(draft, said, signs if question else ()),
            unread=sum(len(look.text) >= LONGEST_TEXT for _, look in looks),
        )
        asked = (*critique.questions, *question)
        outcome = Outcome.FINDINGS if critique.findings or asked or points else critique.outcome
        return replace(critique, outcome=outcome, questions=asked, pictures=review)


def _claimed(said: Mapping[int, Credentials]) -> list[int]:
    """The pictures that are said to be made or edited with AI, whoever says so: that's worth a question."""
    return [number for number, one in said.items() if one.ai is not UseOfAI.NONE]


_PROVE_NOTHING = (Signature.ABSENT, Signature.BROKEN)


def _told(draft: Draft, said: Mapping[int, Credentials], signs: Collection[int]) -> tuple[tuple[int, Credentials], ...]:
    """What people should know: what speaks for AI, and that missing or broken ones say nothing.

    The latter is told of pictures with other ``signs`` of AI alone. What the post tells its readers needs no telling.
    """
    labelled = is_labelled(draft.text, Tie.PICTURE)
    return tuple(
        (number, one)
        for number, one in said.items()
        if (not labelled if one.ai is not UseOfAI.NONE else number in signs and one.signature in _PROVE_NOTHING)
    )


def _looks(draft: Draft, seen: SeenPictures) -> Iterator[tuple[int, Look]]:
    for number, picture in enumerate(draft.pictures[:MOST], 1):
        look = seen.by_file.get(picture.file)
        if isinstance(look, Look):
            yield number, look


def _left_out(draft: Draft, seen: SeenPictures) -> Iterator[LeftOut]:
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
    """One point for the same words of a picture under one guideline, the rules' first; the most severe first."""
    points: list[PicturePoint] = []
    for point in (*found, *judged):
        if not any(_is_same(point, other) for other in points):
            points.append(point)
    return tuple(sorted(points, key=lambda point: (point.severity.rank, point.number)))


def _is_same(point: PicturePoint, other: PicturePoint) -> bool:
    if (point.number, point.guideline) != (other.number, other.guideline):
        return False
    short, long = sorted((folded(point.quote), folded(other.quote)), key=len)
    return short == long or (point.dismissable and bool(short) and short in long)


def _question(draft: Draft, pictures: Collection[int], critique: Critique) -> tuple[Question, ...]:
    """Whether a picture was made with AI: asked, where something speaks for it and the post does not say so itself."""
    asked = any(question.guideline == AI_CONTENT for question in critique.questions)
    found = any(finding.guideline == AI_CONTENT for finding in critique.findings)
    if not pictures or asked or found or is_labelled(draft.text, Tie.PICTURE):
        return ()
    return (Question(AI_CONTENT, words.made_with_ai(sorted(pictures), len(draft.pictures)), words.MADE_WITH_AI),)
