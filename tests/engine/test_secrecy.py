"""A draft's text lives in the store and nowhere else."""

from __future__ import annotations

import json
import logging
import traceback
from typing import TYPE_CHECKING

import pytest

from bot.core.drafts import Author, Message, Place
from bot.core.reviewing import Standing
from bot.engine.jobs import Flows, IdsOnly, scrubbed
from bot.flows.replying import KeepReply, Refresh, RemoveReply
from bot.flows.reviewing import ReviewDraft
from bot.store.database import Database
from bot.store.drafts import DraftStore, ReplyStore
from bot.store.migrate import migrate
from tests.databases import everything_in, fresh
from tests.flows.fake_judges import FakeJudges
from tests.store.samples import FixedClock

if TYPE_CHECKING:
    from pathlib import Path

    from bot.core.deciding import Mute
    from bot.core.reviewing import DraftRecord, Reply
    from bot.rules.engine import RuleEngine
    from tests.engine.conftest import World

MARK = "zebra-marker"
PLACE = Place("T1", "C1", "1700000000.000100")


class _Thread:
    """Fails at first with an error that quotes the draft, as errors of adapters may."""

    def __init__(self, failures: int) -> None:
        self.failures = failures

    async def find(self, record: DraftRecord, reply: Reply) -> list[str]:
        del record, reply
        return []

    async def post(self, record: DraftRecord, reply: Reply, content: Standing | Mute) -> str:
        del reply
        assert isinstance(content, Standing)
        assert content.points
        self.failures -= 1
        if self.failures >= 0:
            message = f"could not post {record.draft.text}"
            raise RuntimeError(message) from LookupError(record.draft.text)
        return "1700000001.000000"

    async def update(self, record: DraftRecord, reply: Reply, content: Standing | Mute) -> bool:
        del record, reply, content
        return True

    async def delete(self, place: Place, ts: str) -> None:
        del place, ts

    async def retire(self, place: Place, ts: str) -> None:
        del place, ts

    async def announce(self, record: DraftRecord, key: str, must_fix: int) -> None:
        del record, key, must_fix

    async def clear(self, place: Place) -> None:
        del place

    async def show_working(self, record: DraftRecord, *, working: bool) -> None:
        del record, working


async def _review_with_errors(idle: World, tmp_path: Path, rules: RuleEngine, failures: int) -> str:
    elsewhere = tmp_path / "drafts"
    elsewhere.mkdir()
    database, clock = Database(fresh("sqlite", elsewhere)), FixedClock()
    await migrate(database)
    drafts = DraftStore(database, clock)
    thread = _Thread(failures)
    keep_reply = KeepReply(drafts, ReplyStore(database, clock), thread, clock)
    idle.flows = Flows(
        review=ReviewDraft(drafts, FakeJudges(rules), keep_reply),
        remove_reply=RemoveReply(keep_reply, thread),
        refresh=Refresh(keep_reply),
    )
    await idle.start()
    record = await drafts.add(Message(PLACE, Author.PERSON, "U1", text=f"Tag three friends, {MARK}, and win! #ad"))
    assert record is not None
    await idle.engine.review(record.job)
    status = await idle.until_ended(record.job.key)
    assert record.id.encode() in everything_in(idle.url, tmp_path)
    assert MARK.encode() not in everything_in(idle.url, tmp_path)
    await idle.stop()
    await database.close()
    return status


@pytest.mark.parametrize(
    ("url", "failures", "ending"),
    [("sqlite", 2, "SUCCESS"), ("sqlite", 99, "ERROR"), ("postgresql", 99, "ERROR")],
    indirect=["url"],
)
async def test_after_a_review_the_text_is_not_in_the_engine_nor_in_the_logs(
    idle: World, tmp_path: Path, rules: RuleEngine, caplog: pytest.LogCaptureFixture, failures: int, ending: str
) -> None:
    caplog.set_level(logging.DEBUG)
    assert await _review_with_errors(idle, tmp_path, rules, failures=failures) == ending
    assert MARK.encode() not in everything_in(idle.url, tmp_path)
    assert "RuntimeError" in caplog.text
    assert MARK not in caplog.text


async def _failing() -> str:
    raise ValueError(MARK)


async def test_an_error_leaves_no_trace_of_its_words() -> None:
    with pytest.raises(Exception, match=r"judge failed: ValueError at .*test_secrecy\.py") as caught:
        await scrubbed("judge", _failing())
    assert MARK not in "".join(traceback.format_exception(caught.value))
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)


def test_what_jobs_carry_comes_back_from_json() -> None:
    serializer = IdsOnly()
    inputs: dict[str, object] = {"args": ("T1:C1:1.0", "0", 3), "kwargs": {}}
    assert serializer.deserialize(serializer.serialize(inputs)) == {"args": ["T1:C1:1.0", "0", 3], "kwargs": {}}
    assert serializer.deserialize(serializer.serialize("judged")) == "judged"
    assert serializer.deserialize(serializer.serialize(None)) is None


def test_of_an_error_only_the_class_is_kept() -> None:
    serializer = IdsOnly()
    stored = serializer.serialize(ValueError(MARK))
    assert json.loads(stored) == {"error": "ValueError"}
    assert repr(serializer.deserialize(stored)) == "RuntimeError('ValueError')"


def test_anything_else_is_refused_without_quoting_it() -> None:
    with pytest.raises(TypeError, match=r"ids only, not Place$"):
        IdsOnly().serialize(PLACE)
