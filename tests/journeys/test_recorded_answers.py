"""Without a key `candor try` shows what a model adds, with recorded answers to the drafts that the page offers."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from benchmarks.recordings import play
from bot.assemble import trying
from bot.assemble.trying import FIXED, RECORDED, Trial, local_workspace, settings_for
from bot.core.words.conversing import NO_MODEL_YET, UNRECORDED
from bot.core.words.workspace import CONTRADICTING, DIFFERING, HOUSE_RULE_MEETS, SAMPLES
from bot.model.recorded import RecordedAnswers, Recordings
from bot.settings import known_settings, read_settings
from bot.workspace.switching import Spot
from tests.journeys.test_buttons import said

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from bot.workspace.server import Workspace

LABEL = "Recorded answer from a language model, "
AGAIN = "see benchmarks/recordings.py: --batch-out FILE writes the requests, --batch-in FILE keeps the answers"
OWN = "Instagram\n\nLAST CHANCE!!! Only 3 left, act now before it's gone."


class Room:
    """A workspace in which somebody tries Candor out."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    def words(self, ts: str) -> str:
        """What Candor's first reply in the thread says."""
        replies = [message for message in self.workspace.channel("#drafts").thread(ts) if message.get("bot_id")]
        return said(replies[0]) if replies else ""

    async def reads(self, ts: str, words: str, *, without: str = "") -> str:
        """The reply once it holds these words, and others no longer."""

        def there() -> bool:
            text = self.words(ts)
            return words in text and not (without and without in text)

        await self.workspace.until(there, 60, f"a reply with “{words}”")
        return self.words(ts)

    async def switch(self, name: str, ts: str = "") -> None:
        assert self.workspace.hub.switch
        spot = Spot(self.workspace.channel("#drafts"), ts)
        await self.workspace.hub.switch.turn(name, spot, self.workspace.hub.changes)


@pytest.fixture
async def room(tmp_path: Path) -> AsyncGenerator[Room]:
    workspace = local_workspace(tmp_path)
    await workspace.start()
    trial = Trial(workspace, settings_for(workspace, tmp_path, read_settings({})))
    try:
        await trial.start()
        yield Room(workspace)
    finally:
        await trial.stop()
        await workspace.stop()


@pytest.mark.timeout(300)
async def test_every_recorded_answer_is_to_a_request_of_today() -> None:
    kept = {key.request: key for key, _ in RecordedAnswers(Recordings(()).wire, _lines())}
    heard = await play(_lines())
    stale = sorted(f"{key.case} ({key.call})" for request, key in heard.keys.items() if request in heard.missing)
    assert stale == [], f"prompt, guidelines, rules or sample changed since. Ask anew: {AGAIN}"
    assert set(kept) == set(heard.keys), f"answers that nobody asks for any more. Sort them out: {AGAIN}"


@pytest.mark.timeout(300)
async def test_the_same_draft_is_read_by_a_recorded_model_and_by_fixed_checks(room: Room) -> None:
    ts = room.workspace.post("#drafts", SAMPLES[0][1])
    assert "3 changes" in await room.reads(ts, LABEL)
    await room.switch(FIXED, ts)
    assert "fixed checks ran" in await room.reads(ts, "Not reviewed: no language model is connected.", without=LABEL)
    await room.switch(RECORDED, ts)
    assert "3 changes" in await room.reads(ts, LABEL, without="Not reviewed")


async def test_a_draft_that_contradicts_the_sheet_shows_both_statements_by_fixed_checks(room: Room) -> None:
    ts = room.workspace.post("#drafts", CONTRADICTING[1])
    shown = await room.reads(ts, "Founded in 2016 in Whitby", without=LABEL)
    assert "The herb box costs €18 a month" in shown
    assert "company register, no. 0451" in shown


async def test_a_newcomer_sees_a_guideline_of_the_teams_own_and_a_dismissal_that_stays(room: Room) -> None:
    ts = room.workspace.post("#drafts", HOUSE_RULE_MEETS[1])
    shown = await room.reads(ts, "1 point left out by an exception.", without=LABEL)
    assert "Should fix: Called cheap" in shown
    assert "set 1" not in shown


async def test_a_draft_that_contradicts_an_earlier_post_shows_both_statements_by_fixed_checks(room: Room) -> None:
    ts = room.workspace.post("#drafts", DIFFERING[1])
    shown = await room.reads(ts, "A post published on Instagram on 14 September 2026 says", without=LABEL)
    assert "Delivery costs €4, however many planters you order" in shown


async def test_an_own_draft_and_an_edited_sample_are_read_by_fixed_checks_and_say_so(room: Room) -> None:
    own = room.workspace.post("#drafts", OWN)
    assert LABEL not in await room.reads(own, "Not reviewed: no language model is connected.")
    sample = room.workspace.post("#drafts", SAMPLES[0][1])
    await room.reads(sample, LABEL)
    for words in ("Try it.", "Try it. And it is bread."):
        room.workspace.edit("#drafts", sample, f"{SAMPLES[0][1]} {words}")
        assert "fixed checks ran" in await room.reads(sample, "you changed this draft", without=LABEL)
    room.workspace.edit("#drafts", sample, SAMPLES[0][1])
    await room.reads(sample, LABEL, without="Not reviewed")


async def test_what_nobody_recorded_is_answered_as_without_a_model(room: Room) -> None:
    ts = room.workspace.post("@dana", "How do I make a post sound warmer?")
    (answer, *_) = await room.workspace.replies("@dana", ts)
    assert LABEL not in said(answer)
    assert UNRECORDED in said(answer)
    await room.switch(FIXED)
    ts = room.workspace.post("@dana", "How do I make a post sound warmer?")
    (answer, *_) = await room.workspace.replies("@dana", ts)
    assert NO_MODEL_YET in said(answer)


async def test_own_prompts_without_recorded_answers_are_read_by_fixed_checks_and_no_switch_is_offered(
    tmp_path: Path,
) -> None:
    shutil.copytree(read_settings({}).prompts, tmp_path / "prompts")
    (tmp_path / "prompts" / trying.RECORDINGS).unlink()
    workspace = local_workspace(tmp_path)
    await workspace.start()
    settings = settings_for(workspace, tmp_path, read_settings({"PROMPTS_DIR": str(tmp_path / "prompts")}))
    trial = Trial(workspace, settings)
    try:
        await trial.start()
        assert workspace.hub.switch is None
        ts = workspace.post("#drafts", SAMPLES[0][1])
        assert "Not reviewed" in await Room(workspace).reads(ts, "Automated reply from Candor")
    finally:
        await trial.stop()
        await workspace.stop()


def test_only_a_rehearsal_gives_the_bot_recorded_answers() -> None:
    """`candor serve` has no way to them: no setting names the file, and no other command hands them over."""
    room = Path(trying.__file__).parent.parent
    users = {path.name for path in room.rglob("*.py") if "recordings=" in path.read_text(encoding="utf-8")}
    assert users == {"trying.py"}
    assert not any("record" in name.lower() for name in known_settings())


def _lines() -> list[str]:
    return (read_settings({}).prompts / trying.RECORDINGS).read_text(encoding="utf-8").splitlines()
