"""Pictures, and a model that sees them, in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.judging import Credentials, Failure, Image, LeftOut, Look, ModelFailed, Usage
from bot.core.ports import SeenPictures, Viewed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.reviewing import ReviewJob

PNG = b"\x89PNG\r\n\x1a\n"


class FakeFiles:
    """Every file is a picture, unless ``left_out`` says why not."""

    def __init__(self, **left_out: LeftOut) -> None:
        self.left_out = left_out
        self.fetched: list[str] = []

    async def fetch(self, team: str, file: str) -> Image | LeftOut:
        assert team == "T1"
        self.fetched.append(file)
        return self.left_out.get(file) or Image(PNG + file.encode(), "image/png")


class FakeReader:
    """Reads what it is told to read in each file, None if it is told nothing."""

    def __init__(self, **said: Credentials) -> None:
        self.said = said
        self.read_files: list[str] = []

    async def read(self, image: Image) -> Credentials | None:
        file = image.content.removeprefix(PNG).decode()
        self.read_files.append(file)
        return self.said.get(file)


class FakeViewer:
    """Sees what it is told to see in each picture, or fails."""

    sight = "s1"

    def __init__(self, *looks: Look, failure: Failure | None = None) -> None:
        self.looks, self.failure = looks, failure
        self.calls: list[int] = []

    async def view(self, team: str, author_id: str, images: Sequence[Image]) -> Viewed:
        assert (team, author_id) == ("T1", "U1")
        self.calls.append(len(images))
        if self.failure:
            raise ModelFailed(self.failure)
        return Viewed((*self.looks, *[Look()] * len(images))[: len(images)], "m-1", Usage(1, 500, 0, output_tokens=50))


class FakeLooks:
    def __init__(self) -> None:
        self.rows: dict[tuple[str, str, str], tuple[Look | LeftOut, str, str]] = {}
        self.asked = 0

    async def of(self, job: ReviewJob, sight: str) -> SeenPictures:
        self.asked += 1
        held = {
            file: (one, model)
            for (draft_id, seen_by, file), (one, revision, model) in self.rows.items()
            if (draft_id, seen_by) == (job.draft_id, sight) and (one != LeftOut.UNSEEN or revision == job.revision)
        }
        model = next((model for _, model in held.values() if model), "")
        return SeenPictures({file: one for file, (one, _) in held.items()}, model)

    async def save(self, job: ReviewJob, sight: str, seen: SeenPictures) -> None:
        for file, one in seen.by_file.items():
            self.rows[job.draft_id, sight, file] = (one, job.revision, seen.model)
