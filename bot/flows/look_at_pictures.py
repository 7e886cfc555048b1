"""Look at a draft's pictures before it is judged: once for each picture and model, and only at the first few."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.core.judgement import Failure, ModelFailed
from bot.core.picture_ports import Seen
from bot.core.pictures import MOST, Image, LeftOut, Look

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.core.judgement import Case
    from bot.core.picture_ports import Looks, PictureFiles, Viewer
    from bot.core.record import ReviewJob


@dataclass(frozen=True, slots=True)
class LookAtPictures:
    """One call to the model for all pictures that it has not seen. What fails is noted; the review goes on without."""

    files: PictureFiles
    looks: Looks
    viewer: Viewer

    async def recall(self, job: ReviewJob, case: Case) -> tuple[Case, bool]:
        """The case with what was seen before, and whether there is nothing left to look at."""
        files = _files(case)
        if not files:
            return case, True
        seen = await self.looks.of(job, self.viewer.sight)
        return _with(case, seen), files.keys() <= seen.by_file.keys()

    async def __call__(self, job: ReviewJob, case: Case) -> Case:
        """The case with what is seen in its pictures."""
        files = _files(case)
        if not files:
            return case
        seen = await self.looks.of(job, self.viewer.sight)
        wanted = [file for file in files if file not in seen.by_file]
        if wanted:
            fetched = await asyncio.gather(*(self.files.fetch(case.team, file) for file in wanted))
            new = await self._view(case, dict(zip(wanted, fetched, strict=True)))
            await self.looks.save(job, self.viewer.sight, new)
            seen = Seen({**seen.by_file, **new.by_file}, new.model or seen.model)
        return _with(case, seen)

    async def _view(self, case: Case, fetched: Mapping[str, Image | LeftOut]) -> Seen:
        images = {file: one for file, one in fetched.items() if isinstance(one, Image)}
        found: dict[str, Look | LeftOut] = {file: one for file, one in fetched.items() if isinstance(one, LeftOut)}
        if not images:
            return Seen(found)
        try:
            viewed = await self.viewer.view(case.team, case.author_id, tuple(images.values()))
        except ModelFailed as error:
            why = LeftOut.NO_MODEL if error.failure is Failure.ABSENT else LeftOut.UNSEEN
            return Seen(found | dict.fromkeys(images, why))
        return Seen(found | dict(zip(images, viewed.looks, strict=True)), viewed.model)


def _files(case: Case) -> dict[str, None]:
    """The files to look at, each once and in the draft's order."""
    return dict.fromkeys(picture.file for picture in case.draft.pictures[:MOST] if picture.file)


def _with(case: Case, seen: Seen) -> Case:
    looks = ((number, seen.by_file.get(picture.file)) for number, picture in enumerate(case.draft.pictures[:MOST], 1))
    return replace(case, looks=tuple((number, look) for number, look in looks if isinstance(look, Look)))
