"""Answers of a model in a file: from a batch or recorded calls, given again to the same requests."""

from __future__ import annotations

import hashlib
import json
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, cast

from bot.core.judging import Failure, ModelFailed, Usage
from bot.model import answers as pj
from bot.model.context_window import ContextWindow
from bot.model.language_model import FILTERED, LENGTH, Heard, ModelLimits, ModelReply, ServerFailed
from bot.model.opening import open_model, open_speaker

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Iterable, Iterator
    from typing import Any

    from bot.model.language_model import ModelRequest, SpokenRequest, Wire

# Answers of a model in a file: one JSON line for each, from a batch or from calls that were recorded.
#
# Batch results are OpenAI's own lines (``custom_id, response, error``). A recorded call has ``custom_id, reply,
# failure, seconds``. Either is found by its ``custom_id``: ``<case>.r<run>.<call>.<request>``. The last part is a hash
# of the request, so that an answer to another request is known for what it is.

_HASH = 16
_PARTS = 4
_UNSEEN = ("safety_identifier", "prompt_cache_key")
"""Fields of a request that do not shape its answer."""
_OK, _BAD, _TIMEOUT, _CONFLICT, _TOO_MANY, _SERVER = 200, 400, 408, 409, 429, 500


@dataclass(frozen=True, slots=True)
class Key:
    """Which call it is. ``call`` counts from 1; ``request`` is the hash."""

    case: str
    run: int
    call: int
    request: str

    @property
    def custom_id(self) -> str:
        """As it stands in files."""
        return f"{self.case}.r{self.run}.{self.call}.{self.request}"

    @classmethod
    def parse(cls, custom_id: str) -> Key | None:
        """What `custom_id` gave, or None."""
        parts = custom_id.rsplit(".", _PARTS - 1)
        if len(parts) != _PARTS or not (parts[1].startswith("r") and parts[1][1:].isdecimal() and parts[2].isdecimal()):
            return None
        return cls(parts[0], int(parts[1][1:]), int(parts[2]), parts[3])


@dataclass(frozen=True, slots=True)
class Recorded:
    """One answer, or why there is none. ``seconds`` is None where nobody measured."""

    said: ModelReply | Failure
    seconds: float | None = None


def request_hash(model: Wire, request: ModelRequest) -> str:
    """The same for requests that a model would answer alike: interface, model, effort, words and form."""
    return body_hash(model.path, model.body(request))


def body_hash(path: str, body: dict[str, object]) -> str:
    """The same for a request that is written down already."""
    seen = {name: value for name, value in body.items() if name not in _UNSEEN}
    return hashlib.sha256(json.dumps([path, seen], sort_keys=True).encode()).hexdigest()[:_HASH]


def request_line(key: Key, path: str, body: dict[str, object]) -> str:
    """A line of a batch file."""
    return json.dumps({"custom_id": key.custom_id, "method": "POST", "url": path, "body": body}, ensure_ascii=False)


def recorded_line(key: Key, recorded: Recorded) -> str:
    """A line that keeps a call."""
    said = recorded.said
    reply, failure = (None, said.value) if isinstance(said, Failure) else (asdict(said), None)
    line = {"custom_id": key.custom_id, "reply": reply, "failure": failure, "seconds": recorded.seconds}
    return json.dumps(line, ensure_ascii=False)


class RecordedAnswers:
    """Recorded answers. ``unread`` counts lines that are no answer, ``failed`` those whose server gave none."""

    def __init__(self, model: Wire, lines: Iterable[str] = ()) -> None:
        self._model = model
        self._found: dict[Key, Recorded] = {}
        self._calls: set[tuple[str, int, int]] = set()
        self.unread = 0
        self.failed = 0
        for line in lines:
            if line.strip():
                self._read(pj.load(line))

    def __len__(self) -> int:
        return len(self._found)

    def __iter__(self) -> Iterator[tuple[Key, Recorded]]:
        """Every answer with its key."""
        return iter(self._found.items())

    def add(self, key: Key, recorded: Recorded) -> None:
        """Keep one more; a later one takes the place of an earlier one."""
        self._found[key] = recorded
        self._calls.add((key.case, key.run, key.call))

    def find(self, key: Key) -> Recorded | None:
        """The answer to this very request."""
        return self._found.get(key)

    def is_stale(self, key: Key) -> bool:
        """True where the same call was answered, but its request was another one."""
        return key not in self._found and (key.case, key.run, key.call) in self._calls

    def _read(self, line: object) -> None:
        key = Key.parse(pj.string(pj.at(line, "custom_id")))
        if key is None:
            self.unread += 1
            return
        recorded = _recorded(line) if pj.at(line, "reply") or pj.at(line, "failure") else self._of_batch(line)
        if recorded is None:
            self.failed += 1  # to be asked again
        else:
            self.add(key, recorded)

    def _of_batch(self, line: object) -> Recorded | None:
        status, body = pj.count(pj.at(line, "response", "status_code")), pj.at(line, "response", "body")
        if status >= _BAD:
            failure = _failure(status, pj.string(pj.at(body, "error", "code")))
            return Recorded(failure) if failure else None
        if status < _OK or pj.at(line, "error"):
            return None
        try:
            return Recorded(self._model.read(body))
        except ModelFailed as error:
            return Recorded(error.failure)
        except ServerFailed:
            return None


def _failure(status: int, code: str) -> Failure | None:
    """What asking again would not change, or None."""
    if code in FILTERED or code in LENGTH:
        return Failure.REFUSED if code in FILTERED else Failure.TOO_LONG
    passing = status in (_TIMEOUT, _CONFLICT, _TOO_MANY) or status >= _SERVER
    return None if passing else Failure.SETTINGS


def _recorded(line: object) -> Recorded | None:
    reply, seconds = pj.at(line, "reply"), pj.at(line, "seconds")
    measured = float(seconds) if isinstance(seconds, int | float) else None
    if failure := pj.string(pj.at(line, "failure")):
        known = failure in {one.value for one in Failure}
        return Recorded(Failure(failure), measured) if known else None
    usage = {name: pj.count(pj.at(reply, "usage", name)) for name in Usage.__slots__}
    cut = cast("Any", pj.at(reply, "cut")) is True
    said = ModelReply(pj.string(pj.at(reply, "text")), cut, pj.string(pj.at(reply, "model")), usage=Usage(**usage))
    return Recorded(said, measured)


# A language model's recorded answers, given again to the very requests that they answered and to no others.

SECRET = b"candor recorded"
"""For the fence around a draft: always the same, so that requests are the same on every machine."""
_NAME, _EFFORT = "recorded", "low"
"""What requests are written for; nothing is sent anywhere."""


@dataclass(frozen=True, slots=True)
class RecordedCall:
    """A request that was made: its path, its body, the hash that stands for it, and whether there is an answer."""

    path: str
    body: dict[str, object]
    request: str
    answered: bool


class Recordings:
    """The answers in the lines of a file. ``told`` hears of every call; without it nothing is kept of any."""

    def __init__(self, lines: Iterable[str], told: Callable[[RecordedCall], object] | None = None) -> None:
        lines = list(lines)
        self.wire = open_model(api_key="", base_url="", model=_NAME, effort=_EFFORT, limits=ModelLimits())
        self._spoken = open_speaker(api_key="", base_url="", model=_NAME, effort=_EFFORT, limits=ModelLimits())
        self._answers = {key.request: recorded for key, recorded in RecordedAnswers(self.wire, lines)}
        self._told = told
        self.identity = f"recorded {hashlib.sha256(json.dumps(lines).encode()).hexdigest()[:16]}"

    async def aclose(self) -> None:
        """Close what was opened to write requests down."""
        async with AsyncExitStack() as open_:
            open_.push_async_callback(self.wire.aclose)
            open_.push_async_callback(self._spoken.aclose)

    def answer(self, request: ModelRequest) -> ModelReply:
        """The answer. Raises `ModelFailed` where none was recorded."""
        return self._find(self.wire.path, self.wire.body(request))

    def said(self, request: SpokenRequest) -> ModelReply:
        """The answer in a conversation. Raises `ModelFailed` where none was recorded."""
        return self._find(self.wire.path, self._spoken.body(request))

    def _find(self, path: str, body: dict[str, object]) -> ModelReply:
        request = body_hash(path, body)
        recorded = self._answers.get(request)
        if self._told:
            self._told(RecordedCall(path, body, request, answered=recorded is not None))
        if recorded is None:
            raise ModelFailed(Failure.ABSENT)
        if isinstance(recorded.said, Failure):
            raise ModelFailed(recorded.said)
        return recorded.said


class RecordedModel:
    """The `LanguageModel` port."""

    def __init__(self, recordings: Recordings) -> None:
        self._recordings = recordings
        self.window = ContextWindow()

    @property
    def identity(self) -> str:
        """Changes with the answers."""
        return self._recordings.identity

    async def ask(self, request: ModelRequest) -> ModelReply:
        """The answer. Raises `ModelFailed` where none was recorded."""
        return self._recordings.answer(request)

    async def aclose(self) -> None:
        """Nothing of its own is open."""


class RecordedSpeaker:
    """The `Speaker` port."""

    def __init__(self, recordings: Recordings) -> None:
        self._recordings = recordings
        self.model = ""
        self.window = ContextWindow()

    async def speak(self, request: SpokenRequest) -> AsyncGenerator[Heard]:
        """The answer. Raises `ModelFailed` where none was recorded."""
        said = self._recordings.said(request)
        yield Heard(said.text, said.model)
        yield Heard(model=said.model, last=True, cut=said.cut, usage=Usage())

    async def aclose(self) -> None:
        """Nothing of its own is open."""
