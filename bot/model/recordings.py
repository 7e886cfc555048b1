"""A language model's recorded answers, given again to the very requests that they answered and to no others."""

from __future__ import annotations

import hashlib
import json
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.judgement import Failure, ModelFailed, Usage
from bot.model.language_model import Heard, Limits, Reply
from bot.model.opening import open_model, open_speaker
from bot.model.recorded import Answers, body_hash

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Iterable

    from bot.model.language_model import Request, SpokenRequest

SECRET = b"candor recorded"
"""For the fence around a draft: always the same, so that requests are the same on every machine."""
_NAME, _EFFORT = "recorded", "low"
"""What requests are written for; nothing is sent anywhere."""


@dataclass(frozen=True, slots=True)
class Call:
    """A request that was made: its path, its body, the hash that stands for it, and whether there is an answer."""

    path: str
    body: dict[str, object]
    request: str
    answered: bool


class Recordings:
    """The answers in the lines of a file. ``told`` hears of every call; without it nothing is kept of any."""

    def __init__(self, lines: Iterable[str], told: Callable[[Call], object] | None = None) -> None:
        lines = list(lines)
        self.wire = open_model(api_key="", base_url="", model=_NAME, effort=_EFFORT, limits=Limits())
        self._spoken = open_speaker(api_key="", base_url="", model=_NAME, effort=_EFFORT, limits=Limits())
        self._answers = {key.request: recorded for key, recorded in Answers(self.wire, lines)}
        self._told = told
        self.identity = f"recorded {hashlib.sha256(json.dumps(lines).encode()).hexdigest()[:16]}"

    async def aclose(self) -> None:
        """Close what was opened to write requests down."""
        async with AsyncExitStack() as open_:
            open_.push_async_callback(self.wire.aclose)
            open_.push_async_callback(self._spoken.aclose)

    def answer(self, request: Request) -> Reply:
        """The answer. Raises `ModelFailed` where none was recorded."""
        return self._find(self.wire.path, self.wire.body(request))

    def said(self, request: SpokenRequest) -> Reply:
        """The answer in a conversation. Raises `ModelFailed` where none was recorded."""
        return self._find(self.wire.path, self._spoken.body(request))

    def _find(self, path: str, body: dict[str, object]) -> Reply:
        request = body_hash(path, body)
        recorded = self._answers.get(request)
        if self._told:
            self._told(Call(path, body, request, recorded is not None))
        if recorded is None:
            raise ModelFailed(Failure.ABSENT)
        if isinstance(recorded.said, Failure):
            raise ModelFailed(recorded.said)
        return recorded.said


class RecordedModel:
    """The `LanguageModel` port."""

    def __init__(self, recordings: Recordings) -> None:
        self._recordings = recordings

    @property
    def identity(self) -> str:
        """Changes with the answers."""
        return self._recordings.identity

    async def ask(self, request: Request) -> Reply:
        """The answer. Raises `ModelFailed` where none was recorded."""
        return self._recordings.answer(request)

    async def aclose(self) -> None:
        """Nothing of its own is open."""


class RecordedSpeaker:
    """The `Speaker` port."""

    def __init__(self, recordings: Recordings) -> None:
        self._recordings = recordings

    async def speak(self, request: SpokenRequest) -> AsyncGenerator[Heard]:
        """The answer. Raises `ModelFailed` where none was recorded."""
        said = self._recordings.said(request)
        yield Heard(said.text, said.model)
        yield Heard(model=said.model, last=True, cut=said.cut, usage=Usage())

    async def aclose(self) -> None:
        """Nothing of its own is open."""
