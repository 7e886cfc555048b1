"""Batches over the real protocol, through the unmodified client, for both interfaces."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

import pytest

from bot.core.brand.overnight import BatchFile, BatchResults
from bot.core.judging import Failure, ModelFailed, Usage
from bot.model import brief as briefs
from bot.model.critic import ModelCritic
from bot.model.overnight import ModelBatches
from bot.model.spending import most_of
from bot.rules.private_data import sensitive
from tests.flows.model_fakes import FakeCritic
from tests.model.cases import CLAIM, POST, PRESSURE, QUICK, case
from tests.model.server import CUT, REFUSAL, Fault, ScriptedModel, critique, issue, opinions, unsupported

if TYPE_CHECKING:
    from pathlib import Path

    from bot.core.guidelines import Library
    from bot.core.judging import Case
    from bot.model.language_model import Wire
    from bot.rules.engine import RuleEngine
    from tests.model.conftest import Open

HURRY = "so hurry over before your neighbour does"
CASES = [case(f"{POST} It has {number} legs.") for number in range(3)]


class Play:
    """A critic that looks for orders as well, and its batches. ``file`` is what was gathered last."""

    def __init__(self, wire: Wire, critic: ModelCritic) -> None:
        async def opened() -> Wire:
            return wire

        self.wire, self.critic, self.file = wire, critic, BatchFile()
        self.batches = ModelBatches(opened, wire, wire.window)

    async def gather(self, *cases: Case) -> list[str]:
        self.file = BatchFile()
        gathering = (await self.batches.gathering(self.file))(self.critic)
        assert gathering.fingerprint == self.critic.fingerprint
        for one in cases:
            with pytest.raises(ModelFailed):
                await gathering.judge(one)
        return self.file.lines

    async def handed_in(self, key: str = "k1") -> str:
        return await self.batches.hand_in(key, await self.gather(*CASES), 1.0)

    async def reading(self, results: BatchResults, spare: int = 0) -> ModelCritic:
        return cast("ModelCritic", (await self.batches.reading(results, spare))(self.critic))


@pytest.fixture
def play(opened: Open, in_force: Library, rules: RuleEngine, root: Path) -> Play:
    wire = cast("Wire", opened())
    prompts = briefs.load_prompts(root / "prompts", orders=True)
    critic = ModelCritic(wire, in_force, rules, prompts=prompts, secret=b"secret", limits=QUICK, sensitive=sensitive)
    return Play(wire, critic)


async def test_lines_are_the_very_requests_that_are_sent_otherwise(server: ScriptedModel, play: Play) -> None:
    for one in CASES:
        await play.critic.judge(one)
    sent = [asked.body for asked in (*server.requests, *server.looks)]
    lines = [json.loads(line) for line in await play.gather(*CASES, CASES[0])]
    assert len(lines) == len({line["custom_id"] for line in lines}) == len(sent) == 6
    if play.wire.path == "/v1/responses":
        assert sorted(map(json.dumps, sent)) == sorted(json.dumps(line["body"]) for line in lines)
    assert {(line["method"], line["url"]) for line in lines} == {("POST", play.wire.path)}
    requests = [request for one in CASES for request in await play.critic.first_requests(one)]
    assert play.file.most == sum(map(most_of, requests), Usage())


async def test_answers_are_read_as_if_they_had_come_at_once(server: ScriptedModel, play: Play) -> None:
    server.otherwise = critique(issue(HURRY, PRESSURE, why="It hurries people."))
    at_once = [await play.critic.judge(one) for one in CASES]
    batch = await play.handed_in()
    seen = await play.batches.look([batch])
    assert (seen.done, seen.total, seen.is_over) == (0, 0, False)
    server.batches.ends = "completed"
    seen = await play.batches.look([batch])
    assert (seen.done, seen.total, seen.is_over) == (6, 6, True)
    results = await play.batches.results([batch])
    assert results.usage.calls == 6
    read = await play.reading(results)
    before = len(server.requests)
    assert [await read.judge(one) for one in CASES] == at_once
    assert len(server.requests) == before
    await play.batches.drop([batch])
    assert server.batches.files == {}
    await play.batches.drop([batch, "batch_99"])
    assert await play.batches.results([batch]) == BatchResults()
    assert (await play.batches.look(["batch_99"])).is_over


async def test_second_opinions_and_repairs_are_asked_in_the_ordinary_way(server: ScriptedModel, play: Play) -> None:
    severe = critique(issue(HURRY, CLAIM, severity="must-fix"))
    server.will(severe, "no answer at all", CUT)
    server.batches.ends = "completed"
    batch = await play.handed_in()
    await play.batches.look([batch])
    read = await play.reading(await play.batches.results([batch]), spare=1)
    server.will(opinions("keep"))
    assert (await read.judge(CASES[0])).confirmed
    assert [asked.is_second_opinion for asked in server.requests if asked.headers] == [True]
    assert await read.judge(CASES[1])
    assert "cannot be used" in server.requests[-1].turns[-1]
    assert await read.judge(CASES[2])  # once more, and longer


async def test_what_expired_or_failed_is_asked_as_far_as_was_agreed_and_what_was_refused_is_not(
    server: ScriptedModel, play: Play
) -> None:
    server.batches.ends, server.batches.unanswered = "expired", 2
    server.will(REFUSAL if play.wire.path == "/v1/responses" else Fault("refusal"))
    server.will(Fault(status=500))
    batch = await play.handed_in()
    await play.batches.look([batch])
    results = await play.batches.results([batch])
    read = await play.reading(results, spare=1)
    assert await read.judge(CASES[1])
    assert len([asked for asked in server.requests if asked.headers]) == 1
    with pytest.raises(ModelFailed) as failed:
        await read.judge(CASES[2])
    assert failed.value.failure is Failure.UNREACHABLE


async def test_it_is_handed_in_once_whatever_is_lost(server: ScriptedModel, play: Play) -> None:
    server.batches.dies = True
    with pytest.raises(ModelFailed):
        await play.handed_in()
    server.batches.dies = False
    assert await play.handed_in() == "batch_1"
    assert (len(server.batches.batches), len(server.batches.files)) == (1, 1)
    assert await play.handed_in("k2") == "batch_2"
    server.batches.batches.clear()
    assert await play.handed_in() == "batch_1"  # its file was there already
    assert len(server.batches.contents) == 2
    for kept in (*server.batches.batches.values(), *server.batches.files.values()):
        kept["created_at"] = 0  # older than anything of this night
    assert await play.handed_in("k3") == "batch_2"


async def test_a_server_that_repeats_its_list_is_not_read_for_ever(server: ScriptedModel, play: Play) -> None:
    server.batches.more = True
    assert [await play.handed_in(key) for key in ("k1", "k2", "k2")] == ["batch_1", "batch_2", "batch_2"]


async def test_what_is_under_way_is_cancelled(server: ScriptedModel, play: Play) -> None:
    batch = await play.handed_in()
    await play.batches.drop([batch])
    await play.batches.drop([batch])
    assert (server.batches.cancelled, server.batches.files) == ([batch], {})
    assert (await play.batches.look([batch])).is_over


async def test_what_was_answered_before_it_was_cancelled_can_still_be_read(server: ScriptedModel, play: Play) -> None:
    ended = await play.handed_in()
    server.batches.ends = "completed"
    await play.batches.look([ended])
    server.batches.ends = ""
    going = await play.handed_in("k2")
    await play.batches.cancel([ended, going, "batch_99"])
    assert server.batches.cancelled == [going]
    assert (await play.batches.results([ended, going])).usage.calls == 6


async def test_why_a_server_takes_none_is_said_in_the_words_of_other_calls(
    server: ScriptedModel, play: Play, caplog: pytest.LogCaptureFixture
) -> None:
    server.batches.refuses = "insufficient_quota"
    with pytest.raises(ModelFailed) as failed:
        await play.handed_in()
    assert failed.value.failure is Failure.QUOTA
    server.batches.refuses, server.batches.ends = "", "failed"
    batch = await play.handed_in()
    assert (await play.batches.look([batch])).is_over
    assert "token_limit_exceeded" in caplog.text
    assert await play.batches.results([batch]) == BatchResults()


async def test_what_the_server_is_known_to_refuse_is_left_out(server: ScriptedModel, play: Play) -> None:
    field = "reasoning" if play.wire.path == "/v1/responses" else "response_format"
    server.will(unsupported(field))
    await play.critic.judge(CASES[0])
    if field == "reasoning":
        assert all(field not in json.loads(line)["body"] for line in await play.gather(*CASES))


async def test_only_a_models_critic_can_be_read_overnight(play: Play) -> None:
    with pytest.raises(ModelFailed):
        (await play.batches.gathering(BatchFile()))(FakeCritic())
