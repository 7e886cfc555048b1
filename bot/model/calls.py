"""What the adapters to both kinds of servers share: calls within a deadline, refused fields, answers in pieces."""

from __future__ import annotations

import logging
import math
from abc import ABC, abstractmethod
from contextlib import suppress
from email.utils import parsedate_to_datetime
from functools import partial
from typing import TYPE_CHECKING, TypeVar, cast

import httpx2 as httpx
import openai
import regex
from pydantic_core import to_json
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt

from bot.core.errors import distrusted
from bot.core.judging import Failure, ModelFailed, Usage
from bot.core.words.operating import NO_JUDGEMENT, ONLY_THOUGHTS, untrusted
from bot.model import answers as pj
from bot.model.context_window import window_in
from bot.model.language_model import FILTERED, LENGTH, NO_ACCOUNTS, Heard, ModelLimits, ServerFailed, SpokenRequest

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterable, Mapping
    from typing import Any

    from openai import AsyncOpenAI
    from openai._models import BaseModel

    from bot.model.context_window import ContextWindow

    Body = dict[str, object]


# How calls end, and how long they are waited for.

_GOOD = """
stop stop_sequence stop_token stopped eos eos_token end end_turn end_of_turn complete completed done finish finished
tool_calls tool_call tool_use function_call
"""
_CUT = """
length max_length max_token max_tokens max_output_tokens max_completion_tokens max_new_tokens token_limit
model_length model_context_window_exceeded context_window_exceeded
"""
_DECLINED = """
safety image_safety recitation image_recitation prohibited_content image_prohibited_content blocklist block blocked
spii refusal refused sensitive toxic error_toxic moderation
"""
_GOOD_ENDS, _CUT_ENDS, _DECLINED_ENDS = (frozenset(words.split()) for words in (_GOOD, _CUT, _DECLINED))
_DECLINING = ("content_filter", "guardrail", "content_policy")
"""How answers end, in the words of OpenAI, Gemini, Anthropic, Mistral, Cohere, Zhipu, Amazon and the servers that
people run themselves."""


def is_cut(end: object) -> bool:
    """Whether an answer that ended so is cut at its longest length.

    Raises `ModelFailed` where the model or a filter declined, and `ServerFailed` for any other end that is no good one.
    """
    word = _end(end)
    if _declines(word):
        raise ModelFailed(Failure.REFUSED)
    if word and word not in _GOOD_ENDS | _CUT_ENDS:
        code = f"ended_with_{word:.40}"
        raise ServerFailed(code)
    return word in _CUT_ENDS


def _end(end: object) -> str:
    return str(end or "").partition(":")[0].rpartition(".")[2].strip().lower().replace("-", "_").replace(" ", "_")


def _declines(word: str) -> bool:
    return word in _DECLINED_ENDS or word.startswith(_DECLINING)


def note_thoughts(text: str, thought: object) -> None:
    """Say in the log that an answer is empty because its model only thought."""
    if thought and not text.strip():
        _log.warning(ONLY_THOUGHTS)


def usage_of(usage: object, read: str, written: str) -> Usage:
    """What one call took; ``read`` and ``written`` are the interface's names for the tokens."""
    return Usage(
        calls=1,
        input_tokens=pj.count(pj.at(usage, read)),
        cached_tokens=pj.count(pj.at(usage, f"{read}_details", "cached_tokens")),
        output_tokens=pj.count(pj.at(usage, written)),
    )


# One call to a server: the only place that waits and asks again, and that names what went wrong.

T = TypeVar("T")
_log = logging.getLogger(__name__)

_NO_CREDIT = (
    "insufficient_quota",
    "billing_hard_limit_reached",
    "billing_not_active",
    "credit_balance_too_low",
    "insufficient_credits",
    "insufficient_balance",
)
_SAY_NO_CREDIT = (
    "credit balance",
    "insufficient balance",
    "insufficient credit",
    "out of credit",
    "billing is not",
    "enable billing",
    "billing details",
)
_SAY_QUOTA = ("exceeded your current quota", "check your plan", "quota exceeded for your account", "monthly quota")
"""With a 429. A quota of requests for a minute or a day passes, and is called one without such words."""
_NOT_HERE = ("unsupported_country", "unsupported_region", "unsupported_country_region_territory")
_SAY_NOT_HERE = ("country, region, or territory", "region not supported", "not available in your country")
_SAY_KEY = ("api key not valid", "invalid api key", "incorrect api key", "api key expired", "api key is invalid")
_NAMES_KEY = ("invalid_api_key", "api_key_invalid", "authentication_error", "invalid_authentication")
UNKNOWN_MODEL = ("model_not_found", "invalid_model", "unknown_model")
_SAY_UNKNOWN = ("not found", "not exist", "no such model", "unknown model", "invalid model", "not a valid model")
_SAY_FILTERED = ("moderation", "flagged")
_PAYMENT, _FORBIDDEN, _MISSING, _TIMEOUT, _CONFLICT, _TOO_MANY, _SERVER = 402, 403, 404, 408, 409, 429, 500
_UNREAD = (400, 413, 422)
_NO_ENTRY = 401
_SAY_LOCKED = ("key", "token", "credential", "permission", "authent", "authoriz", "authoris", "scope", "project")
"""With a 403 in JSON. Without such words it may as well be a proxy, a firewall or a country that is not served."""
_NAMES_KEY_PLAINLY = regex.compile(r"(?<![a-z])(?:(?:api[ _-]?)?keys?|(?<!csrf[ _-])tokens?|credentials?)(?![a-z])")
_SHORT = 300
"""With a 403 in a line of plain text, which proxies and firewalls send as well: they speak of permissions, too."""
_SAY_LENGTH = (
    "maximum context length",
    "context size",
    "context window",
    "maximum model length",
    "than the context length",
    "max_new_tokens` must be",
    "prompt is too long",
    "input is too long",
)
"""How servers without a code of their own put it (vLLM, LM Studio, Together, Anthropic and others)."""
_ABOUT_FORM = (
    "response_format",
    "response_schema",
    "json_schema",
    "json_object",
    "json_validate_failed",
    "additionalproperties",
    "grammar",
)
_UNMADE = "json_validate_failed"
"""The model broke the form this time, as Groq says it; the next time it may keep to it."""


async def call(send: Callable[[], Awaitable[T]], limits: ModelLimits, window: ContextWindow) -> T:
    """What ``send`` gives, asked again while that may help. A refusal may name the model's ``window``.

    Raises `ModelFailed`, or the client's own error where the server refuses the request as it stands (400, 422,
    501): the adapter knows whether a part of it can be left out.
    """
    retrying = AsyncRetrying(
        retry=retry_if_exception(_may_pass),
        wait=lambda state: _pause(state, limits),
        stop=lambda state: stop_after_attempt(limits.attempts)(state) or _asked_pause(state) > limits.longest_wait,
        reraise=True,
    )
    try:
        return await retrying(send)
    except (openai.APIStatusError, ModelFailed) as error:
        if isinstance(error, ModelFailed) or is_refusal_of_form(error):
            raise
        failed = _failed(error)
        if failed.failure is Failure.NO_ROOM:
            window.learn(window_in(error.body, error.message))
        raise failed from None
    except Exception as error:  # noqa: BLE001 - whatever a client library raises, the caller gets one kind of error
        raise _failed(error) from None


def is_refusal_of_form(error: Exception) -> bool:
    """True where the server read the request and does not take it as it is."""
    if not isinstance(error, openai.APIStatusError) or _known(error):
        return False
    return error.status_code in (400, 422, 501) or (error.status_code == _MISSING and is_about_form(error))


def is_about_form(error: openai.APIStatusError) -> bool:
    """True where the server cannot hold an answer to the form that was asked for."""
    said = f"{error.code} {error.param} {error.body}".lower()
    return any(word in said for word in _ABOUT_FORM)


def refused(error: openai.APIStatusError) -> ModelFailed:
    """The failure for a request that nothing can be left out of."""
    return _failed(error)


def _known(error: openai.APIStatusError) -> bool:
    other = _is_filtered(error) or _is_too_long(error) or _lacks_credit(error) or is_about_model(error)
    return other or (error.status_code in _UNREAD and _refuses_key(error))


def is_about_model(error: openai.APIStatusError) -> bool:
    """True where the server has no model of that name."""
    said = _says(error)
    named = error.status_code in (400, _MISSING) and "model" in said and any(words in said for words in _SAY_UNKNOWN)
    return error.code in UNKNOWN_MODEL or (named and not is_about_form(error))


def _says(error: openai.APIError | ServerFailed) -> str:
    """All that the server says of it, also in a list (Gemini) or a string (xAI, Hugging Face)."""
    return f"{error.message} {error.body}".lower() if isinstance(error, openai.APIStatusError) else ""


def _is_filtered(error: openai.APIError | ServerFailed) -> bool:
    forbidden = isinstance(error, openai.APIStatusError) and error.status_code == _FORBIDDEN
    if isinstance(error, openai.APIStatusError) and any(
        _declines(_end(pj.at(choice, "finish_reason"))) for choice in pj.items(pj.at(error.body, "choices"))
    ):
        return True  # an answer that a filter stopped, sent as an error
    return error.code in FILTERED or (forbidden and any(words in _says(error) for words in _SAY_FILTERED))


def _is_too_long(error: openai.APIError | ServerFailed) -> bool:
    """True where more was asked than the model can read."""
    kind = error.type if isinstance(error, openai.APIError) else None
    said = _says(error) if isinstance(error, openai.APIStatusError) and error.status_code in _UNREAD else ""
    return error.code in LENGTH or kind in LENGTH or any(words in said for words in _SAY_LENGTH)


def _may_pass(error: BaseException) -> bool:
    if isinstance(error, openai.APIStatusError):
        passing = error.status_code in (_TIMEOUT, _CONFLICT, _TOO_MANY) or error.status_code >= _SERVER
        if error.code == _UNMADE:
            return True
        return passing and not _lacks_credit(error) and not is_refusal_of_form(error)
    return isinstance(error, openai.APIConnectionError | ServerFailed)


def _lacks_credit(error: openai.APIStatusError) -> bool:
    speaks = error.status_code in (*_UNREAD, _FORBIDDEN, _TOO_MANY)
    words = (*_SAY_NO_CREDIT, *(_SAY_QUOTA if error.status_code == _TOO_MANY else ()))
    said = speaks and any(one in _says(error) for one in words)
    return said or error.status_code == _PAYMENT or error.code in _NO_CREDIT or error.type in _NO_CREDIT


def _refuses_key(error: openai.APIStatusError) -> bool:
    """True also where a server answers a wrong key with status 400. A country that it doesn't serve is no wrong key."""
    if error.code in _NOT_HERE or any(words in _says(error) for words in _SAY_NOT_HERE):
        return False
    named = error.code in _NAMES_KEY or error.type in (*_NAMES_KEY, NO_ACCOUNTS)
    said = error.status_code in _UNREAD and any(words in _says(error) for words in _SAY_KEY)
    locked = error.status_code == _FORBIDDEN and is_about_key(error.response.text or str(error.body))
    return error.status_code == _NO_ENTRY or named or said or locked


def is_about_key(body: str) -> bool:
    """Whether what came with a 403 speaks of the key or of what it may do. A web page is no model server's."""
    said = body.strip().lower()
    if any(words in said for words in (*_NOT_HERE, *_SAY_NOT_HERE)):
        return False
    if said[:1] in ("{", "[", '"'):
        return any(words in said for words in _SAY_LOCKED)
    return len(said) <= _SHORT and "<" not in said and bool(_NAMES_KEY_PLAINLY.search(said))


# Errors that come as answers: some gateways send them with status 200.

_LIMITED = ("rate_limit", "too_many_requests", "resource_exhausted")
_MALFORMED = ("invalid_request", "bad_request", "invalid_argument")
_TOLD = ("retry-after", "retry-after-ms", "date")
"""Headers that matter beside an error."""


def refuse_errors(answer: object, response: httpx.Response) -> None:
    """Raise the error in the body of a good answer, as if it had come with its own status.

    What the server calls its own failure, or has no name for, is left to whoever reads the answer.
    """
    body = next(iter(pj.items(answer)), answer)
    first = next(iter(pj.items(pj.at(body, "choices"))), None)
    error = pj.at(body, "error") or pj.at(first, "error")
    error = body if pj.at(body, "object") == "error" else error
    if error and not pj.string(pj.at(body, "status")):
        refusal = _as_refused(error, response)
        if refusal.status_code < _SERVER:
            raise refusal


def _as_refused(error: object, response: httpx.Response) -> openai.APIStatusError:
    headers = {name: response.headers[name] for name in _TOLD if name in response.headers}
    message = pj.string(error) or pj.string(pj.at(error, "message")) or "the answer is an error"

    def with_status(status: int) -> openai.APIStatusError:
        told = type(response)(status, headers=headers, request=response.request)
        return openai.APIStatusError(message, response=told, body=error)

    return with_status(_status_of(error, with_status(_UNREAD[0])))


def _status_of(error: object, as_refused: openai.APIStatusError) -> int:
    """The status that the error belongs to: the one that it names, or that goes with its words."""
    for name in ("code", "status"):
        number = str(pj.at(error, name) or "")
        if number.isdecimal() and _UNREAD[0] <= int(number) < 2 * _SERVER:
            return int(number)
    named = " ".join(str(pj.at(error, name) or "").lower() for name in ("code", "type", "status"))
    if any(words in named for words in _LIMITED):
        return _TOO_MANY
    refused = _known(as_refused) or is_about_form(as_refused) or any(words in named for words in _MALFORMED)
    return _UNREAD[0] if refused else _SERVER


def _failed(error: Exception) -> ModelFailed:
    """The failure for an error. Its text is not passed on: servers like to quote the request."""
    failure = _failure(error)
    status = error.status_code if isinstance(error, openai.APIStatusError) else 0
    code = error.code if isinstance(error, openai.APIError | ServerFailed) else None
    said = untrusted(why) if (why := distrusted(error)) else NO_JUDGEMENT[failure]
    _log.warning("%s (%s, status %d, code %s)", said, type(error).__name__, status, code)
    # A server that was slow, or broke off, may have done the work all the same.
    return ModelFailed(failure, lost=isinstance(error, openai.APITimeoutError | ServerFailed))


def _failure(error: Exception) -> Failure:
    code = error.code if isinstance(error, openai.APIError | ServerFailed) else ""
    status = error.status_code if isinstance(error, openai.APIStatusError) else 0
    if code in _NO_CREDIT or (isinstance(error, openai.APIStatusError) and _lacks_credit(error)):
        return Failure.QUOTA
    if isinstance(error, openai.APIError | ServerFailed) and (_is_filtered(error) or _is_too_long(error)):
        return Failure.REFUSED if _is_filtered(error) else Failure.NO_ROOM
    if code in _NAMES_KEY or (isinstance(error, openai.APIStatusError) and _refuses_key(error)):
        return Failure.KEY
    if code in UNKNOWN_MODEL or (isinstance(error, openai.APIStatusError) and is_about_model(error)):
        return Failure.MODEL
    if status == _TOO_MANY or code == "rate_limit_exceeded":
        return Failure.BUSY
    away = status in (_TIMEOUT, _CONFLICT) or status >= _SERVER
    lost = isinstance(error, openai.APIConnectionError | ServerFailed)
    return Failure.UNREACHABLE if away or lost else Failure.SETTINGS


def _pause(state: RetryCallState, limits: ModelLimits) -> float:
    """The seconds that the server asked for, else twice as long as before."""
    return _asked_pause(state) or min(limits.pause * 2 ** (state.attempt_number - 1), limits.longest_wait)


def _asked_pause(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    return asked_pause(error.response.headers) if isinstance(error, openai.APIStatusError) else 0.0


def asked_pause(headers: Mapping[str, str]) -> float:
    """The seconds that a server asks to wait: milliseconds, seconds, or a date beside its own; 0 where it does not."""
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            seconds = float(headers.get(name, "")) * unit
        except ValueError:
            continue
        if math.isfinite(seconds) and seconds > 0:
            return seconds
    try:
        until, now = (parsedate_to_datetime(headers.get(name, "")) for name in ("retry-after", "date"))
        return max(0.0, (until - now).total_seconds())
    except (ValueError, TypeError):
        return 0.0


# Fields of a request that some servers refuse: left out once refused, and remembered.

_log = logging.getLogger(__name__)
_LIMITS = ("max_tokens", "max_completion_tokens", "max_output_tokens")
_MOST_OUTPUT = regex.compile(
    r"(?:at most|less than or equal to|no more than|up to|maximum(?: value)?(?: is| of)|<=)\D{0,12}([1-9]\d{1,6})"
)


class Fields:
    """Which optional fields a model takes. ``optional`` are tried in that order when an error names several."""

    def __init__(self, model: str, optional: Iterable[str]) -> None:
        self._model = model
        self._optional = tuple(optional)
        self._longest = 0
        self.dropped: set[str] = set()

    def without_dropped(self, body: Mapping[str, object]) -> dict[str, object]:
        """The request without what this model refused before."""
        return {name: value for name, value in body.items() if name not in self.dropped}

    def output(self, tokens: int) -> int:
        """So many tokens for an answer, or as many as the model gives at most."""
        return min(tokens, self._longest) if self._longest else tokens

    def drop_named(self, error: openai.APIStatusError, body: Mapping[str, object]) -> str:
        """The one field of the request that the error names, from now on left out; "" where it names none.

        Where only the longest answer is too long, that gives way to the longest one that the error names.
        """
        name = self._named(error, body)
        most = _MOST_OUTPUT.search(error.message.lower()) if name in _LIMITS else None
        if most and int(most[1]) < cast("int", body[name]):
            self._longest = int(most[1])
            _log.warning("the model %s gives %d tokens at most", self._model, self._longest)
            return name
        if name:
            self.drop(name)
        return name

    def drop(self, name: str) -> None:
        if name not in self.dropped:
            self.dropped.add(name)
            _log.warning("the model %s refuses %s; it is left out from now on", self._model, name)

    def _named(self, error: openai.APIStatusError, body: Mapping[str, object]) -> str:
        present = [name for name in self._optional if name in body]
        parameter = str(error.param or "").partition(".")[0].partition("[")[0]
        if parameter in present:
            return parameter
        words = frozenset(_words(str(error.body)))
        return next((name for name in present if name in words), "")


def _words(text: str) -> Iterable[str]:
    """The words of an error; a dot ends one, so that ``reasoning.effort`` names ``reasoning``."""
    return "".join(c if c.isalnum() or c == "_" else " " for c in text).split()


# A language model of some server.


class HttpClient(openai.DefaultAioHttpClient):
    """Speaks through aiohttp, which is there for Slack anyhow: a call takes half the work.

    A server that hung up is told from one that was slow, which may have done the work.
    """

    async def send(self, request: httpx.Request, **how: Any) -> httpx.Response:  # noqa: ANN401 - as the method that it is
        try:
            return await super().send(request, **how)
        except httpx.TimeoutException as error:
            if isinstance(error.__cause__, TimeoutError):
                raise
            raise httpx.RemoteProtocolError(type(error.__cause__).__name__, request=request) from error


class ServerModel:
    """What its interface looks like is for each kind to tell; ``optional`` are the fields that a server may refuse."""

    optional: tuple[str, ...]

    def __init__(
        self, client: AsyncOpenAI, model: str, effort: str, limits: ModelLimits, window: ContextWindow
    ) -> None:
        self.client = client
        self.model = model
        self.effort = effort
        self.limits = limits
        self.window = window
        self.fields = Fields(model, self.optional)

    async def aclose(self) -> None:
        await self.client.close()

    async def asked(
        self, body: Callable[[], dict[str, object]], once: Callable[[dict[str, object]], Awaitable[T]]
    ) -> T:
        """Send it, as often as something that the server refuses can be left out."""
        while True:
            wanted = self.fields.without_dropped(body())
            try:
                return await call(partial(once, wanted), self.limits, self.window)
            except openai.APIStatusError as error:
                if not (is_refusal_of_form(error) and self.gives_way(error, wanted)):
                    raise refused(error) from None

    async def posted(self, path: str, body: dict[str, object]) -> httpx.Response:
        """The response to it. The library would take eight times as long to write the same bytes."""
        return await self.client.post(path, cast_to=httpx.Response, content=to_json(body))

    def gives_way(self, error: openai.APIStatusError, body: dict[str, object]) -> bool:
        """Whether something was left out or replaced, so that asking again makes sense."""
        return bool(self.fields.drop_named(error, body))


class SpeakingModel(ServerModel, ABC):
    """One that answers piece by piece."""

    @abstractmethod
    def body(self, request: SpokenRequest) -> dict[str, object]:
        """The request as its interface wants it."""

    @abstractmethod
    async def send(self, body: dict[str, object]) -> AsyncIterator[BaseModel]:
        """Send it and give the events as they come."""

    @abstractmethod
    def read(self, event: dict[str, object]) -> Heard | None:
        """What an event says. Raises `ModelFailed` for a refusal, `ServerFailed` for a failure."""

    async def speak(self, request: SpokenRequest) -> AsyncGenerator[Heard]:
        """The answer. Raises `ModelFailed`, also in the middle of it: what was begun is never asked again."""
        heard = await self._begun(request)
        try:
            async for piece in heard:
                yield piece
        except ServerFailed:
            raise ModelFailed(Failure.UNREACHABLE, lost=True) from None
        finally:
            await heard.aclose()

    async def _begun(self, request: SpokenRequest) -> AsyncGenerator[Heard]:
        """The pieces, of which the first has arrived; up to there everything can be asked again."""
        return await self.asked(partial(self.body, request), self._begin)

    async def _begin(self, body: dict[str, object]) -> AsyncGenerator[Heard]:
        pieces = self._pieces(await self.send(body))
        try:
            first = await anext(pieces)
        except BaseException:  # also where it is cancelled: a stream that nobody reads on is closed
            await pieces.aclose()
            raise

        async def all_of_them() -> AsyncGenerator[Heard]:
            try:
                yield first
                async for piece in pieces:
                    yield piece
            finally:
                await pieces.aclose()

        return all_of_them()

    async def _pieces(self, events: AsyncIterator[BaseModel]) -> AsyncGenerator[Heard]:
        """What the events say. A stream that ends without saying so was cut off."""
        ended = False
        try:
            async for event in events:
                piece = self.read(event.to_dict(warnings=False))
                if piece and (piece.text or piece.last or piece.usage):
                    ended = ended or piece.last
                    yield piece
        except (ModelFailed, ServerFailed):
            raise
        except openai.APIError as error:
            raise ServerFailed(error.code or type(error).__name__) from None
        except Exception as error:  # noqa: BLE001 - the client's transport raises errors of its own here
            raise ServerFailed(type(error).__name__) from None
        finally:
            with suppress(AttributeError):
                await events.aclose()  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType] - the client's stream has it
        if not ended:
            code = "cut_stream"
            raise ServerFailed(code)
