"""One call to a server: the only place that waits and asks again, and that names what went wrong."""

from __future__ import annotations

import logging
import math
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, TypeVar

import openai
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt

from bot.core.judgement import Failure, ModelFailed
from bot.core.words.model import KEY_REFUSED
from bot.model.language_model import FILTERED, LENGTH, ServerFailed

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from bot.model.language_model import Limits

_T = TypeVar("_T")
_log = logging.getLogger(__name__)

_NO_CREDIT = ("insufficient_quota", "billing_hard_limit_reached", "billing_not_active")
_PAYMENT, _TIMEOUT, _CONFLICT, _TOO_MANY, _SERVER = 402, 408, 409, 429, 500
_UNREAD = (400, 413, 422)
_NO_ENTRY = (401, 403)
_SAY_LENGTH = ("maximum context length", "context size", "context window", "maximum model length")
"""How servers without a code of their own put it (vLLM and others)."""


async def call(send: Callable[[], Awaitable[_T]], limits: Limits) -> _T:
    """What ``send`` gives, asked again while that may help.

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
        raise _failed(error) from None
    except Exception as error:  # noqa: BLE001 - whatever a client library raises, the caller gets one kind of error
        raise _failed(error) from None


def is_refusal_of_form(error: Exception) -> bool:
    """True where the server read the request and does not take it as it is."""
    return isinstance(error, openai.APIStatusError) and error.status_code in (400, 422, 501) and not _known(error)


def refused(error: openai.APIStatusError) -> ModelFailed:
    """The failure for a request that nothing can be left out of."""
    return _failed(error)


def _known(error: openai.APIStatusError) -> bool:
    return error.code in FILTERED or _is_too_long(error)


def _is_too_long(error: openai.APIError | ServerFailed) -> bool:
    """True where more was asked than the model can read."""
    kind = error.type if isinstance(error, openai.APIError) else None
    said = error.message.lower() if isinstance(error, openai.APIStatusError) and error.status_code in _UNREAD else ""
    return error.code in LENGTH or kind in LENGTH or any(words in said for words in _SAY_LENGTH)


def _may_pass(error: BaseException) -> bool:
    if isinstance(error, openai.APIStatusError):
        passing = error.status_code in (_TIMEOUT, _CONFLICT, _TOO_MANY) or error.status_code >= _SERVER
        return passing and not _lacks_credit(error) and not is_refusal_of_form(error)
    return isinstance(error, openai.APIConnectionError | ServerFailed)


def _lacks_credit(error: openai.APIStatusError) -> bool:
    return error.status_code == _PAYMENT or error.code in _NO_CREDIT or error.type in _NO_CREDIT


def _failed(error: Exception) -> ModelFailed:
    """The failure for an error. Its text is not passed on: servers like to quote the request."""
    failure = _failure(error)
    status = error.status_code if isinstance(error, openai.APIStatusError) else 0
    code = error.code if isinstance(error, openai.APIError | ServerFailed) else None
    said = KEY_REFUSED if failure is Failure.KEY else f"model call failed: {failure}"
    _log.warning("%s (%s, status %d, code %s)", said, type(error).__name__, status, code)
    return ModelFailed(failure)


def _failure(error: Exception) -> Failure:
    code = error.code if isinstance(error, openai.APIError | ServerFailed) else ""
    status = error.status_code if isinstance(error, openai.APIStatusError) else 0
    if code in _NO_CREDIT or (isinstance(error, openai.APIStatusError) and _lacks_credit(error)):
        return Failure.QUOTA
    if isinstance(error, openai.APIError | ServerFailed) and (code in FILTERED or _is_too_long(error)):
        return Failure.REFUSED if code in FILTERED else Failure.TOO_LONG
    if status in _NO_ENTRY:
        return Failure.KEY
    if status == _TOO_MANY or code == "rate_limit_exceeded":
        return Failure.BUSY
    away = status in (_TIMEOUT, _CONFLICT) or status >= _SERVER
    lost = isinstance(error, openai.APIConnectionError | ServerFailed)
    return Failure.UNREACHABLE if away or lost else Failure.SETTINGS


def _pause(state: RetryCallState, limits: Limits) -> float:
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
