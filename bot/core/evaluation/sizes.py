"""How much of what a model reads is the same each time, and can come from a server's cache."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.core.evaluation.intervals import percentile

CHARACTERS_PER_TOKEN = 4
"""No tokenizer is at hand that works without a network, so sizes are characters by this."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """One kind of request (``form``), in estimated tokens.

    ``prefix`` is what all of them begin with, ``share`` its part of everything that is sent in.
    """

    form: str
    requests: int
    prefix: int
    share: float
    request: float
    """The median request."""
    answer: float | None
    """The median answer; None where there is none."""


@dataclass(slots=True)
class Measured:
    """The texts of one form, one by one; none of them is kept but for what they begin with alike."""

    form: str
    prefix: str | None = None
    sent: list[int] = field(default_factory=list[int])
    answered: list[int] = field(default_factory=list[int])

    def ask(self, text: str) -> None:
        """Everything that the model reads, in its order."""
        self.prefix = text if self.prefix is None else _common(self.prefix, text)
        self.sent.append(len(text))

    def answer(self, text: str) -> None:
        """What it answered."""
        self.answered.append(len(text))

    @property
    def sizes(self) -> Sizes:
        """The sizes of what was asked. There has to be something."""
        prefix = len(self.prefix or "")
        answer = percentile(sorted(self.answered), 50)
        return Sizes(
            self.form,
            len(self.sent),
            _tokens(prefix),
            prefix * len(self.sent) / sum(self.sent),
            _tokens(percentile(sorted(self.sent), 50) or 0),
            None if answer is None else _tokens(answer),
        )


def _common(one: str, other: str) -> str:
    """What both begin with. Most often that is all of ``one``; else halves are compared, not letters."""
    if other.startswith(one):
        return one
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[:middle] == other[:middle] else (low, middle - 1)
    return one[:low]


def _tokens(characters: float) -> int:
    return round(characters / CHARACTERS_PER_TOKEN)
