"""OpenAI's Batch API: what is asked first about many posts, in files that its server answers within a day."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from bot.core.brand.overnight import BatchProgress, BatchRequest, BatchResults
from bot.core.judging import Failure, ModelFailed, Usage
from bot.model.critic import ModelCritic
from bot.model.recorded import Key, RecordedAnswers, request_hash, request_line
from bot.model.spending import most_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
    from typing import TypeVar

    from openai.types import Batch, FileObject

    from bot.core.brand.overnight import BatchFile, OtherCritic
    from bot.core.judging import Case, Judgement
    from bot.core.ports import Critic
    from bot.model.context_window import ContextWindow
    from bot.model.language_model import LanguageModel, ModelReply, ModelRequest, Wire
    from bot.model.recorded import Recorded

    _T = TypeVar("_T")

_log = logging.getLogger(__name__)
_CASE = "post"
"""Begins the id of every line; the hash behind it says which request it is."""
_MARK = "candor"
"""Under which a batch carries its key."""
_ENDED = frozenset({"completed", "failed", "expired", "cancelled"})
_UNDER_WAY = frozenset({"validating", "in_progress", "finalizing"})
_KEPT = 3 * 24 * 3600
"""Seconds after which a server deletes files by itself, should nobody live to do it."""
_PAGE = 100
_SLOW = 600.0
"""Seconds that a whole file may take."""


class Gathering:
    """The `Critic` port: judges nothing, and notes what the critic would ask first."""

    def __init__(self, critic: ModelCritic, wire: Wire, file: BatchFile) -> None:
        self._critic, self._wire, self._file = critic, wire, file

    @property
    def fingerprint(self) -> str:
        return self._critic.fingerprint

    async def judge(self, case: Case) -> Judgement:
        """Raises `ModelFailed` always."""
        for request in await self._critic.first_requests(case):
            key = Key(_CASE, 1, 1, request=request_hash(self._wire, request))
            line = request_line(key, self._wire.path, self._wire.trimmed(request))
            self._file.add(key.request, BatchRequest(line, most_of(request)))
        raise ModelFailed(Failure.ABSENT)


class BatchedModel:
    """The `LanguageModel` port on answers that came; what follows from them is asked of ``model``.

    Of first questions without an answer only ``spare`` are asked: people agreed to half the price.
    """

    def __init__(self, model: LanguageModel, wire: Wire, answers: Mapping[str, Recorded], spare: int) -> None:
        self._model, self._wire, self._answers, self._spare = model, wire, answers, spare
        self.identity, self.window = model.identity, model.window

    async def ask(self, request: ModelRequest) -> ModelReply:
        recorded = self._answers.get(request_hash(self._wire, request))
        if recorded is None:
            return await self._model.ask(self._allowed(request))
        if isinstance(recorded.said, Failure):
            raise ModelFailed(recorded.said)
        return recorded.said

    def _allowed(self, request: ModelRequest) -> ModelRequest:
        """Raises `ModelFailed` where too many have no answer."""
        if ModelCritic.is_first(request):
            self._spare -= 1
            if self._spare < 0:
                raise ModelFailed(Failure.UNREACHABLE)
        return request

    async def aclose(self) -> None:
        """Nothing of its own is open."""


@dataclass(frozen=True, slots=True)
class ModelBatches:
    """The `Batches` port. ``opened`` gives the model itself, and ``paid`` counts what is asked in the ordinary way."""

    opened: Callable[[], Awaitable[Wire]]
    paid: LanguageModel
    window: ContextWindow

    async def gathering(self, file: BatchFile) -> OtherCritic:
        wire = await self.opened()
        return lambda critic: Gathering(_whole(critic), wire, file)

    async def reading(self, results: BatchResults, spare: int) -> OtherCritic:
        wire = await self.opened()
        answers = await asyncio.to_thread(_answers, wire, results.lines)
        model = BatchedModel(self.paid, wire, answers, spare=spare)
        return lambda critic: _whole(critic).on(model)

    async def hand_in(self, key: str, lines: Sequence[str], since: float) -> str:
        """What an attempt before this one left at the server is found by its key and its name.

        So nothing is sent again at once whose answer was lost: it may have come to be.
        """
        batches = (await self.opened()).client.batches
        if found := await self._found(key, since):
            return found
        made = partial(
            batches.create,
            input_file_id=await self._uploaded(f"{_MARK}-{key}.jsonl", lines, since),
            endpoint=(await self.opened()).path,
            completion_window="24h",
            metadata={_MARK: key},
            output_expires_after={"anchor": "created_at", "seconds": _KEPT},
        )
        return (await self._call(made, attempts=1)).id

    async def look(self, ids: Sequence[str]) -> BatchProgress:
        seen = [batch for batch in await self._batches(ids) if batch]
        counts = [batch.request_counts for batch in seen if batch.request_counts]
        for batch in seen:
            if batch.status == "failed":
                codes = ", ".join(str(error.code) for error in (batch.errors and batch.errors.data) or ())
                _log.warning("a batch failed: %s", codes)
        return BatchProgress(
            sum(count.completed + count.failed for count in counts),
            sum(count.total for count in counts),
            is_over=all(batch.status in _ENDED for batch in seen),
        )

    async def results(self, ids: Sequence[str]) -> BatchResults:
        wire, lines = await self.opened(), list[str]()
        files = [batch.output_file_id for batch in await self._batches(ids) if batch and batch.output_file_id]
        for file in files:
            if content := await self._unless_gone(partial(wire.client.files.content, file, timeout=_SLOW)):
                lines += content.content.decode().split("\n")
        answers = await asyncio.to_thread(_answers, wire, lines)
        usages = (one.said.usage for one in answers.values() if not isinstance(one.said, Failure))
        return BatchResults(tuple(lines), sum(usages, Usage()))

    async def cancel(self, ids: Sequence[str]) -> None:
        for batch in await self._batches(ids):
            await self._cancel(batch)

    async def drop(self, ids: Sequence[str]) -> None:
        client = (await self.opened()).client
        for batch in await self._batches(ids):
            await self._cancel(batch)
            files = (batch.input_file_id, batch.output_file_id, batch.error_file_id) if batch else ()
            for file in filter(None, files):
                await self._unless_gone(partial(client.files.delete, file))

    async def _cancel(self, batch: Batch | None) -> None:
        if batch and batch.status in _UNDER_WAY:
            with suppress(ModelFailed):  # it may have come to its end just now
                await self._call(partial((await self.opened()).client.batches.cancel, batch.id))

    async def _batches(self, ids: Sequence[str]) -> list[Batch | None]:
        client = (await self.opened()).client
        return [await self._unless_gone(partial(client.batches.retrieve, one)) for one in ids]

    async def _found(self, key: str, since: float) -> str:
        """The id of the batch with this key, "" for none."""

        async def look() -> str:
            listed = (await self.opened()).client.batches.list(limit=_PAGE)
            named = (((one.metadata or {}).get(_MARK), one.id, one.created_at) async for one in listed)
            return await _id_of(key, named, since)

        return await self._call(look)

    async def _uploaded(self, name: str, lines: Sequence[str], since: float) -> str:
        """The id of the file, which is sent once."""
        files = (await self.opened()).client.files

        async def look() -> str:
            listed = files.list(purpose="batch", limit=_PAGE, order="desc")
            return await _id_of(name, ((one.filename, one.id, one.created_at) async for one in listed), since)

        async def send() -> FileObject:
            content = await asyncio.to_thread(_content, lines)
            expiry = {"anchor": "created_at", "seconds": _KEPT}
            return await files.create(
                file=(name, content), purpose="batch", extra_body={"expires_after": expiry}, timeout=_SLOW
            )

        return await self._call(look) or (await self._call(send, attempts=1)).id

    async def _unless_gone(self, send: Callable[[], Awaitable[_T]]) -> _T | None:
        """None for what is there no more."""
        from openai import NotFoundError  # noqa: PLC0415 - not at a start

        async def asked() -> _T | None:
            try:
                return await send()
            except NotFoundError:
                return None

        return await self._call(asked)

    async def _call(self, send: Callable[[], Awaitable[_T]], attempts: int = 0) -> _T:
        """Raises `ModelFailed`, whatever it is that the server refuses."""
        from openai import APIStatusError  # noqa: PLC0415 - not at a start

        from bot.model.calls import call, refused  # noqa: PLC0415 - see above

        try:
            limits = (await self.opened()).limits
            return await call(send, replace(limits, attempts=attempts or limits.attempts), self.window)
        except APIStatusError as error:
            raise refused(error) from None


async def _id_of(wanted: str, listed: AsyncIterator[tuple[str | None, str, int]], since: float) -> str:
    """The id beside this name, "" for none. The newest are listed first, and a server may repeat a page."""
    seen = set[str]()
    async for name, one, created_at in listed:
        if name == wanted:
            return one
        if created_at < since or one in seen:
            break
        seen.add(one)
    return ""


def _whole(critic: Critic) -> ModelCritic:
    if not isinstance(critic, ModelCritic):
        raise ModelFailed(Failure.ABSENT)
    return critic


def _answers(wire: Wire, lines: Sequence[str]) -> dict[str, Recorded]:
    return {key.request: recorded for key, recorded in RecordedAnswers(wire, lines)}


def _content(lines: Sequence[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")
