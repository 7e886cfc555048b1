"""Whether a guideline is in the way in one channel: counted, proposed to brand leads, and never done by itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.core.digest_counting import health_of
from bot.core.setting_fields import texts
from bot.core.severity import Severity
from bot.core.verdict import Decision

if TYPE_CHECKING:
    from bot.core.digest import Facts, Health
    from bot.core.workspace_settings import WorkspaceSettings

SPAN = 90 * 24 * 3600.0
"""Seconds that are looked back on, and in which one guideline is proposed once for one channel."""
_KEY = "quiet"
_PARTS = 4
_EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Subject:
    """The guideline and the channel that a proposal is about. ``at`` is when it was first made."""

    guideline: str
    channel: str
    at: float

    @property
    def key(self) -> str:
        """Names it among all that brand leads of the workspace are told, and stands in its buttons."""
        return f"{_KEY}:{self.guideline}:{self.channel}:{self.at:.6f}"

    @classmethod
    def parse(cls, key: str) -> Subject | None:
        """What `key` gave; None for anything else."""
        parts = key.split(":")
        if len(parts) != _PARTS or parts[0] != _KEY:
            return None
        return cls(parts[1], parts[2], float(parts[3]))


def often_dismissed(facts: Facts) -> list[tuple[str, Health]]:
    """(channel, health) of every guideline that people of one channel often dismiss. Few findings prove nothing."""
    channels = sorted({_channel(review.draft_id) for review in facts.reviews})
    return [(channel, one) for channel in channels for one in health_of(_in(facts, channel))]


def examples_of(facts: Facts, subject: Subject) -> list[str]:
    """The ids of drafts of the channel in which the guideline was dismissed, the latest first."""
    here = _in(facts, subject.channel)
    refs = {p.ref for review in here.reviews for p in review.points if p.guideline == subject.guideline}
    dismissed = (v for v in here.verdicts if v.decision is Decision.DISMISSED and v.ref in refs)
    return list(dict.fromkeys(v.draft_id for v in sorted(dismissed, key=lambda v: -v.at)))[:_EXAMPLES]


def as_consider(settings: WorkspaceSettings, guideline: str) -> dict[str, str]:
    """The change of settings that makes a guideline's points ones to consider."""
    own = dict(settings.policy.severities) | {guideline: Severity.CONSIDER}
    policy = replace(settings.policy, severities=tuple(sorted(own.items())))
    return {"severities": texts(replace(settings, policy=policy))["severities"]}


def _in(facts: Facts, channel: str) -> Facts:
    reviews = tuple(review for review in facts.reviews if _channel(review.draft_id) == channel)
    verdicts = tuple(verdict for verdict in facts.verdicts if _channel(verdict.draft_id) == channel)
    return replace(facts, reviews=reviews, verdicts=verdicts)


def _channel(draft_id: str) -> str:
    return draft_id.split(":")[1]
