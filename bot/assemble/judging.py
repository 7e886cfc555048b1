"""A text and a model, without Slack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.assemble.critic import library_in_force
from bot.assemble.model import critic_maker
from bot.flows.review_text import review_text, review_text_with_model
from bot.rules.engine import RuleEngine

if TYPE_CHECKING:
    from bot.core.critique import Critique
    from bot.core.draft import Draft
    from bot.settings import Settings


async def review_with_model(draft: Draft, settings: Settings) -> Critique:
    """The full critique of one text."""
    library = library_in_force(settings)
    rules = RuleEngine(library)
    async with critic_maker(settings) as critic_for:
        if critic_for is None:
            return review_text(draft, rules)
        return await review_text_with_model(draft, rules, critic_for(library, rules))
