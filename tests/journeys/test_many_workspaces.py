"""A hundred workspaces in one process: each has its own channels, policy, facts and exceptions, and sees no others."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from bot.core.deciding import GuidelineException, Scope
from bot.core.drafts import Draft
from bot.core.ports import SystemClock
from bot.core.settings import SettingChange
from bot.store.database import Database
from bot.store.deciding import ExceptionTable
from bot.store.settings import SettingValueStore
from bot.workspace.state import State, another_team, harbor_and_pine
from tests.model.server import ScriptedModel

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from bot.core.findings import Finding
    from bot.rules.engine import RuleEngine
    from tests.journeys.conftest import Stage

MANY = 100
PRESSURE = "user-control/no-false-pressure"
TITLE = "Pressure without reason"
WORDS = "LAST CHANCE!"
TEAMS = [f"T0W{n:03}" for n in range(MANY)]


def _state() -> State:
    """Every workspace has its own channel, and one that bears the name of the next one's."""
    state = State()
    harbor = harbor_and_pine()
    for n, name in enumerate(TEAMS):
        team = state.add_team(another_team(name, name, harbor))
        for k in (n, (n + 1) % MANY):
            team.add_channel(f"C{name[1:]}P{k:03}", f"posts-{k:03}", [*team.people, team.bot.user_id])
    return state


def _values(n: int) -> dict[str, str]:
    """Every third switches a guideline off, every third makes it mild."""
    values = {"draft_channels": f"posts-{n:03}", "facts": f"The oven of bakery {n:03} is marker-{n:03}."}
    return values | [{}, {"guidelines_off": PRESSURE}, {"severities": f"{PRESSURE} = consider"}][n % 3]


def _draft(n: int) -> str:
    return f"{WORDS} Act now, only today.\nLoaf of letter-{n:03}."


def _written(message: dict[str, Any]) -> str:
    return json.dumps(message, ensure_ascii=False)


def _others(n: int, text: str) -> list[str]:
    return [mark for k in range(MANY) if k != n for mark in (f"marker-{k:03}", f"letter-{k:03}") if mark in text]


def _exception(n: int, pressing: Finding) -> GuidelineException:
    team = TEAMS[n]
    return GuidelineException(
        team=team,
        id=f"E{n}",
        guideline=PRESSURE,
        ref=pressing.ref,
        quote=pressing.quote,
        scope=Scope.ALWAYS,
        note=f"marker-{n:03}",
        author="U1",
        draft_id=f"{team}:C1:1.000000",
        created_at=1.0,
    )


@pytest.fixture
async def model() -> AsyncGenerator[ScriptedModel]:
    async with ScriptedModel() as model:
        yield model


def _asked(model: ScriptedModel) -> set[int]:
    """The workspaces whose drafts the model was asked about."""
    return {n for n in range(MANY) for asked in model.requests if f"letter-{n:03}" in asked.turns[0]}


@pytest.mark.parametrize("stage", [{"state": _state()}], indirect=True)
@pytest.mark.timeout(400)
async def test_nothing_crosses_over_between_a_hundred_workspaces(
    stage: Stage, model: ScriptedModel, rules: RuleEngine
) -> None:
    await stage.start(OPENAI_BASE_URL=model.url, OPENAI_API_KEY="sk-made-up")
    database = Database(stage.database_url)
    values, exceptions = SettingValueStore(database), ExceptionTable(database, SystemClock())
    pressing = next(f for f in rules.findings(Draft(_draft(0))) if f.quote == WORDS)
    for n, team in enumerate(TEAMS):
        change = SettingChange("facts", "", "", user="U1", at=float(n))
        await values.save(team, _values(n), (change,))
        if n % 6 == 0:
            await exceptions.add(_exception(n, pressing))
    mine = [stage.workspace.post(f"#posts-{n:03}", _draft(n), by="ola", team=team) for n, team in enumerate(TEAMS)]
    next_ones = [f"#posts-{(n + 1) % MANY:03}" for n in range(MANY)]
    other = [stage.workspace.post(next_ones[n], _draft(n), by="ola", team=team) for n, team in enumerate(TEAMS)]
    for n, team in enumerate(TEAMS):
        reply = await stage.reply(mine[n], channel=f"#posts-{n:03}", team=team)
        said = _written(reply)
        assert (TITLE in said) == (n % 3 != 1), (n, said)
        assert ("Consider" in said) == (n % 3 == 2), (n, said)
        assert (f'"{WORDS}"' in said) == (n % 3 != 1 and n % 6 != 0), (n, said)
        assert ("1 point left out by an exception" in said) == (n % 6 == 0)
        assert _others(n, said) == []
        assert stage.replies(other[n], next_ones[n], team) == []
    # A starved machine may answer without the model first, or ask it twice for one draft.
    await stage.workspace.until(lambda: len(_asked(model)) == MANY, 120, "the model to be asked about every draft")
    for asked in (one for one in model.requests if one.compares):
        assert sum(f"marker-{k:03}" in asked.turns[0] or f"letter-{k:03}" in asked.turns[0] for k in range(MANY)) <= 1
    for asked in (one for one in model.requests if not one.compares):
        (n,) = [k for k in range(MANY) if f"letter-{k:03}" in asked.turns[0]]
        assert f"marker-{n:03}" in asked.turns[0]
        assert _others(n, asked.turns[0] + asked.instructions) == []
        assert (f"### {PRESSURE.partition('/')[2]}: " in asked.instructions) == (n % 3 != 1)
    assert [len(await values.changes(team, 9)) for team in TEAMS] == [1] * MANY
    await database.close()
