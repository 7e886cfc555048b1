"""A language model without a server, for tests of what comes after it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bot.core.judging import Usage
from bot.model.context_window import ContextWindow
from bot.model.language_model import ModelReply

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.model.language_model import ModelRequest


class StandIn:
    """Answers every request with what ``answer`` makes of it: JSON, or a text as it is."""

    identity = "stand-in"

    def __init__(self, answer: Callable[[ModelRequest], Any]) -> None:
        self._answer = answer
        self.window = ContextWindow()
        self.requests: list[ModelRequest] = []

    async def ask(self, request: ModelRequest) -> ModelReply:
        self.requests.append(request)
        answer = self._answer(request)
        return ModelReply(answer if isinstance(answer, str) else json.dumps(answer), model="stand-in", usage=Usage(1))

    async def aclose(self) -> None:
        """Nothing is open."""
