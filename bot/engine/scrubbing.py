"""What the engine may know: ids and results in a word, and of an error its class, never its words."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

from dbos import Serializer

from bot.core.errors import CandorError, TryLater, in_short

if TYPE_CHECKING:
    from collections.abc import Awaitable


_LOG = logging.getLogger(__name__)


class WorkFailed(Exception):
    """Stands for an error; says its class, Slack's code for it, and where in Candor it happened.

    ``for_good`` is True for what would only come again; else ``after`` is the least pause in seconds.
    """

    def __init__(self, what: str, error: Exception) -> None:
        super().__init__(f"{what} failed: {in_short(error)}")
        self.for_good = isinstance(error, CandorError) and not isinstance(error, TryLater)
        self.after = error.after if isinstance(error, TryLater) else 0.0


async def scrubbed(what: str, work: Awaitable[str]) -> str:
    """The result of the work; whatever error it raises becomes a `WorkFailed`."""
    try:
        return await work
    except WorkFailed:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, its words must not reach tables or logs
        failed = WorkFailed(what, error)
    _LOG.warning("%s", failed)
    raise failed  # here and not above, so that it does not carry the other one along


class IdsOnly(Serializer):
    """JSON instead of pickle: whoever can write the tables must not be able to run code."""

    def serialize(self, data: Any) -> str:  # noqa: ANN401 - the engine's own signature
        """Plain values; anything else is refused."""
        return json.dumps(data, default=_error_in_short)

    def deserialize(self, serialized_data: str) -> Any:  # noqa: ANN401 - the engine's own signature
        """What `serialize` was given; an error comes back as a RuntimeError."""
        return json.loads(serialized_data, object_hook=_or_error)

    def name(self) -> str:
        """Stands beside each value in the tables."""
        return "candor_ids"


def _error_in_short(value: object) -> dict[str, str]:
    """An error's class alone, except where it is known to quote nothing."""
    if isinstance(value, BaseException):
        return {"error": str(value) if isinstance(value, WorkFailed) else type(value).__name__}
    message = f"a job may carry ids only, not {type(value).__name__}"
    raise TypeError(message)


def _or_error(value: dict[str, Any]) -> dict[str, Any] | RuntimeError:
    return RuntimeError(value["error"]) if set(value) == {"error"} else value
