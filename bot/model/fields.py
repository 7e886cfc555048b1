"""Fields of a request that some servers refuse: left out once refused, and remembered."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import openai

_log = logging.getLogger(__name__)


class Fields:
    """Which optional fields a model takes. ``optional`` are tried in that order when an error names several."""

    def __init__(self, model: str, optional: Iterable[str]) -> None:
        self._model = model
        self._optional = tuple(optional)
        self.dropped: set[str] = set()

    def without_dropped(self, body: Mapping[str, object]) -> dict[str, object]:
        """The request without what this model refused before."""
        return {name: value for name, value in body.items() if name not in self.dropped}

    def drop_named(self, error: openai.APIStatusError, body: Mapping[str, object]) -> str:
        """The one field of the request that the error names, from now on left out; "" where it names none."""
        name = self._named(error, body)
        if name:
            self.drop(name)
        return name

    def drop(self, name: str) -> None:
        """Leave the field out from now on."""
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
