"""What a person sees on Candor's Home tab."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.core.audience import Hidden, Seen
from bot.core.severity import Severity
from bot.core.variants import split_variants

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.core.digest import Digest
    from bot.core.presence import Unread
    from bot.core.record import DraftRecord
    from bot.core.standing import Standing
    from bot.core.workspace_settings import SettingChange, WorkspaceSettings

_NONE, _NOTHING = Hidden(), Seen()
_WEIGHTY = (Severity.MUST_FIX, Severity.SHOULD_FIX)


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A draft that waits for somebody. ``begins`` are its first words, without the platforms that it is headed for.

    ``link`` leads to it ("" where unknown).
    """

    draft_id: str
    begins: str
    must: int
    should: int
    link: str = ""
    platforms: tuple[str, ...] = ()

    @classmethod
    def of(cls, record: DraftRecord, standing: Standing | None) -> OpenDraft:
        """How a draft stands."""
        open_ = [finding.severity for finding in standing.open] if standing else []
        must, should = (open_.count(severity) for severity in _WEIGHTY)
        posts = split_variants(record.draft.text, record.draft.zones, record.draft.platform)
        platforms = tuple(dict.fromkeys(post.platform for post in posts if post.platform))
        begins = next((post.text for post in posts), record.draft.text)
        return cls(record.id, begins, must, should, platforms=platforms)

    @property
    def waits(self) -> bool:
        """True where a point is open that weighs something."""
        return bool(self.must or self.should)


@dataclass(frozen=True, slots=True)
class LeadsPart:
    """What only brand leads see. ``in_force`` is the number of guidelines that are.

    ``titles`` are those of all guidelines by id.
    """

    waiting: tuple[OpenDraft, ...] = ()
    elsewhere: Hidden = _NONE
    """Drafts that wait in channels that the person is not in."""
    troubles: tuple[Unread, ...] = ()
    changes: tuple[SettingChange, ...] = ()
    in_force: int = 0
    titles: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class HomeTab:
    """Everything on one person's Home. ``week`` is None where nothing is counted, ``lead`` for everybody else."""

    user: str
    settings: WorkspaceSettings
    leads: tuple[str, ...] = ()
    own: tuple[OpenDraft, ...] = ()
    elsewhere: Hidden = _NONE
    """Those of their own in channels that they left."""
    seen: Seen = _NOTHING
    """The channels of the settings that may be named to them."""
    week: Digest | None = None
    lead: LeadsPart | None = None
