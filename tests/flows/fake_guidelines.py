"""Workspaces' own guidelines, in memory."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bot.core.brand.own_guidelines import (
    IN_FORCE,
    FineSentence,
    GuidelineAct,
    GuidelineChange,
    GuidelineTrial,
    GuidelineVersion,
    KeptGuideline,
    KeptSet,
    TrialState,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping

    from bot.core.guidelines import Library


@dataclass
class SameLibrary:
    """The same guidelines for every workspace."""

    library: Library

    async def of(self, team: str) -> Library:
        assert team
        return self.library


def problems(known: Mapping[str, str] | None = None) -> Callable[[str], Awaitable[Mapping[str, str]]]:
    async def of(team: str) -> Mapping[str, str]:
        assert team
        return known or {}

    return of


@dataclass
class FakeGuidelines:
    """The `KeptGuidelines` port."""

    kept: dict[tuple[str, str], list[GuidelineVersion]] = field(
        default_factory=dict[tuple[str, str], "list[GuidelineVersion]"]
    )
    switches: dict[tuple[str, str], GuidelineChange] = field(default_factory=dict[tuple[str, str], GuidelineChange])
    audit: list[tuple[str, GuidelineChange]] = field(default_factory=list[tuple[str, GuidelineChange]])
    fine: list[tuple[str, FineSentence]] = field(default_factory=list[tuple[str, FineSentence]])

    async def of(self, team: str) -> KeptSet:
        number = sum(where == team and change.act in IN_FORCE for where, change in self.audit)
        return KeptSet(number, tuple(self._kept(*key) for key in sorted(self.kept) if key[0] == team))

    def _kept(self, team: str, guideline: str) -> KeptGuideline:
        versions = self.kept[team, guideline]
        switch = self.switches.get((team, guideline))
        on = [v for v in versions if switch and switch.act is GuidelineAct.SWITCHED_ON and v.number == switch.version]
        fine = tuple(one for where, one in self.fine if where == team and one.guideline == guideline)
        by, at = (switch.user, switch.at) if switch else ("", 0.0)
        return KeptGuideline(versions[-1], next(iter(on), None), by, at, fine)

    async def versions(self, team: str, guideline: str) -> tuple[GuidelineVersion, ...]:
        return tuple(self.kept.get((team, guideline), [])[::-1])

    async def save(self, team: str, version: GuidelineVersion, change: GuidelineChange) -> GuidelineVersion:
        self.kept.setdefault((team, version.guideline), []).append(version)
        self.audit.append((team, change))
        return version

    async def switch(self, team: str, change: GuidelineChange) -> None:
        self.switches[team, change.guideline] = change
        self.audit.append((team, change))

    async def remove(self, team: str, change: GuidelineChange) -> None:
        self.kept.pop((team, change.guideline))
        self.switches.pop((team, change.guideline), None)
        self.audit.append((team, change))

    async def changes(self, team: str, most: int) -> tuple[GuidelineChange, ...]:
        return tuple(change for where, change in self.audit[::-1] if where == team)[:most]

    async def keep_fine(self, team: str, fine: Iterable[FineSentence]) -> None:
        self.fine += [(team, one) for one in fine]


@dataclass
class FakeTrials:
    """The `Trials` port."""

    known: dict[tuple[str, str], GuidelineTrial] = field(default_factory=dict[tuple[str, str], GuidelineTrial])

    async def find(self, team: str, guideline: str) -> GuidelineTrial | None:
        return self.known.get((team, guideline))

    async def begin(self, team: str, trial: GuidelineTrial) -> None:
        self.known[team, trial.guideline] = trial

    async def note(self, team: str, trial: GuidelineTrial) -> bool:
        known = self.known.get((team, trial.guideline))
        if known is None or known.state is not TrialState.RUNNING or known.at != trial.at:
            return False
        self.known[team, trial.guideline] = trial
        return True

    async def stop(self, team: str, guideline: str) -> None:
        known = self.known.get((team, guideline))
        if known and known.state is TrialState.RUNNING:
            self.known[team, guideline] = replace(known, state=TrialState.STOPPED)


class FakeTrialBoard:
    """The `TrialBoard` port: what was shown, in order."""

    def __init__(self, trials: FakeTrials) -> None:
        self.trials = trials
        self.shown: list[GuidelineTrial] = []
        self.stop_after = 0
        """Somebody stops the trial once so much was shown; 0 for nobody."""

    async def show(self, team: str, trial: GuidelineTrial) -> None:
        self.shown.append(trial)
        if len(self.shown) == self.stop_after:
            await self.trials.stop(team, trial.guideline)


@dataclass
class FakeGuidelineJobs:
    """The `GuidelineJobs` port."""

    tried: list[tuple[str, str, str]] = field(default_factory=list[tuple[str, str, str]])
    exported: list[tuple[str, str, str]] = field(default_factory=list[tuple[str, str, str]])

    async def try_guideline(self, team: str, ref: str, key: str) -> None:
        self.tried.append((team, ref, key))

    async def export_guidelines(self, team: str, user: str, key: str) -> None:
        self.exported.append((team, user, key))
