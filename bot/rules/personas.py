"""Drafts beside the AI characters and chatbots on the fact sheet: whether people are told whom they talk to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from bot.core.brand.facts import FactKind
from bot.core.findings import RECORDED_FACT, Finding
from bot.core.words.brand import facts as words
from bot.rules.engine import RulesBeside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.core.brand.facts import Fact
    from bot.core.drafts import Draft

BOT_IDENTITY = "transparency/bot-identity"
_SAYS_SO = regex.compile(
    r"\b(?:A\.?I\b|(?:chat|ro)?[- ]?bots?\b|virtual|automat(?:ed|ic)|artificial|algorithm|language model)",
    regex.IGNORECASE,
)
"""What tells readers, in whatever words, that it is no person."""
_MET = (
    r"(?<![\w@#])(?i:i['’]?m|i am|my name is|this is|meet|(?:hi|hello) from|say (?:hi|hello) to|ask|text|message|dm"
    r"|(?:chat|talk|speak)(?:ing)? (?:with|to)|write to) {name}(?!\w)|^{name}:|^[-–—] ?{name}[.!]?$"
)


@dataclass(frozen=True, slots=True)
class RulesWithPersonas(RulesBeside):
    """The `Rules` port: those of ``rules``, and where a character speaks or is talked to and nobody says it is AI."""

    facts: tuple[Fact, ...]

    def findings(self, draft: Draft) -> tuple[Finding, ...]:
        """What the rules find in the draft, and its characters without a label."""
        mine = () if _SAYS_SO.search(draft.text) else tuple(self._unlabelled(draft.text))
        return (*self.rules.findings(draft), *mine)

    def _unlabelled(self, text: str) -> Iterator[Finding]:
        routes = {fact.about: fact.value for fact in self.facts if fact.kind is FactKind.HUMAN_ROUTE}
        for fact in self.facts:
            name = fact.about.partition(",")[0].strip()
            found = _met(text, name) if fact.kind is FactKind.AI_LABEL and name else None
            if found:
                yield Finding(
                    self.guideline.id,
                    self.guideline.severity,
                    found.start(),
                    end=found.end(),
                    quote=found[0],
                    why=words.unlabelled(name, fact.value, routes.get(fact.about, "")),
                    rule=f"{RECORDED_FACT}{fact.id}",
                )


def _met(text: str, name: str) -> regex.Match[str] | None:
    """Where somebody with that name speaks, or readers are asked to talk with them."""
    return regex.search(_MET.replace("{name}", regex.escape(name)), text, regex.MULTILINE)
