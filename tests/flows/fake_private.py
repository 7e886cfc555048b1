"""Private reviews in memory, and the person who gets the answers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.core.errors import TryLater

if TYPE_CHECKING:
    from bot.core.judging import Critique
    from bot.core.private_reviews import PrivateReview


class FakePrivateReviews:
    def __init__(self) -> None:
        self.rows: dict[str, PrivateReview] = {}
        self.ended: dict[str, float] = {}

    async def add(self, review: PrivateReview) -> None:
        if review.id not in self.ended:
            self.rows.setdefault(review.id, review)

    async def find(self, review_id: str) -> PrivateReview | None:
        return self.rows.get(review_id)

    async def save_critique(self, review_id: str, critique: Critique) -> None:
        if review_id in self.rows:
            self.rows[review_id] = replace(self.rows[review_id], critique=critique)

    async def end(self, review_id: str) -> None:
        if review := self.rows.pop(review_id, None):
            self.ended[review_id] = review.asked_at

    async def forget(self, before: float) -> int:
        asked = self.ended | {review.id: review.asked_at for review in self.rows.values()}
        old = [review_id for review_id, asked_at in asked.items() if asked_at < before]
        for review_id in old:
            self.rows.pop(review_id, None)
            self.ended.pop(review_id, None)
        return len(old)

    async def waiting(self, before: float) -> list[str]:
        return [review.id for review in self.rows.values() if review.asked_at < before]


class FakePrivateAnswers:
    """``takes`` is how many answers Slack still takes."""

    def __init__(self) -> None:
        self.takes = 5
        self.said: list[str | Critique] = []
        self.given_up: list[str] = []
        self.is_away = False

    async def reading(self, review: PrivateReview) -> bool:
        assert review.answer_to
        return self._say("reading")

    async def show(self, review: PrivateReview, critique: Critique) -> bool:
        assert review.answer_to
        return self._say(critique)

    async def give_up(self, review: PrivateReview) -> None:
        self.given_up.append(review.id)
        if self.is_away:
            raise TryLater(1)

    def _say(self, what: str | Critique) -> bool:
        self.takes -= 1
        if self.takes >= 0:
            self.said.append(what)
        return self.takes >= 0
