"""The flows with fakes around them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.core.reviewing import Review, ReviewJob
from bot.flows.deciding import AnswerQuestion, RecordVerdict
from bot.flows.muting import IsMuted
from bot.flows.receiving import ReceiveMessage
from bot.flows.replying import KeepCleanText, KeepReply, Refresh, RemoveReply
from bot.flows.reviewing import ReviewDraft
from bot.flows.sign_off import KeepSignOff, TellSignOff
from tests.flows.fake_channels import FakeChannels
from tests.flows.fake_judges import FakeJudges
from tests.flows.fake_leads import FakeLeads, FakeLinks, FakeMessages, FakeNotices, seeing
from tests.flows.fake_people import FakeAnswers, FakeCleanTexts, FakeVerdicts
from tests.flows.fake_signing import FakeOptOuts, FakeSignOffs, FakeThreadMutes
from tests.flows.fake_thread import FakeThread
from tests.flows.fakes import (
    CRITIQUE,
    POST,
    FakeClock,
    FakeDrafts,
    FakeJobs,
    FakeReplies,
    FakeRules,
    FakeWatermarks,
    message,
    straight_on,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.core.judging import Critique
    from tests.flows.fakes import Pause


class Steps:
    """Runs a step and remembers its result, so that the job's next run does not repeat it."""

    def __init__(self) -> None:
        self.done: dict[str, str] = {}

    async def __call__(self, name: str, work: Callable[..., Awaitable[str]], key: str) -> str:
        if name not in self.done:
            self.done[name] = await work(key)
        return self.done[name]


@dataclass
class World:
    """All of it together. ``pause`` is awaited wherever other work may come in between."""

    pause: Pause = straight_on
    rules: FakeRules = field(default_factory=FakeRules)
    jobs: FakeJobs = field(default_factory=FakeJobs)
    channels: FakeChannels = field(default_factory=FakeChannels)
    watermarks: FakeWatermarks = field(default_factory=FakeWatermarks)

    def __post_init__(self) -> None:
        self.clock = FakeClock(self.pause)
        self.replies = FakeReplies(self.clock, self.pause)
        self.drafts = FakeDrafts(self.clock, self.replies, self.pause)
        self.thread = FakeThread(self.pause)
        self.cleans = FakeThread(self.pause)
        self.verdicts, self.answers = FakeVerdicts(self.drafts), FakeAnswers(self.drafts)
        texts = FakeCleanTexts(self.drafts)
        keep_clean_text = KeepCleanText(self.drafts, self.drafts.cleans, self.cleans, self.clock, texts=texts)
        self.signs, self.leads, self.opt_outs = FakeThread(self.pause), FakeLeads(), FakeOptOuts()
        keep_sign_off = KeepSignOff(self.drafts, self.drafts.sign_offs, self.signs, self.clock, leads=self.leads)
        self.keep = KeepReply(self.drafts, self.replies, self.thread, self.clock, keep_clean_text, keep_sign_off)
        self.notices, self.messages, self.links = FakeNotices(self.clock), FakeMessages(), FakeLinks()
        self.sees, self.audience = seeing(self.leads)
        tell = TellSignOff(
            self.drafts, self.leads, self.notices, messages=self.messages, links=self.links, sees=self.sees
        )
        self.refresh = Refresh(self.keep, tell)
        self.decide = RecordVerdict(self.drafts, self.verdicts, self.jobs)
        self.answer = AnswerQuestion(self.drafts, self.answers, self.jobs)
        self.review = ReviewDraft(self.drafts, FakeJudges(self.rules), self.keep)
        self.remove = RemoveReply(self.keep, self.thread)
        self.is_muted = IsMuted(self.opt_outs)
        self.receive = ReceiveMessage(
            self.drafts, self.jobs, self.channels, watermarks=self.watermarks, is_muted=self.is_muted
        )
        self.sign_offs, self.mutes = FakeSignOffs(self.drafts), FakeThreadMutes(self.drafts)

    async def reviewed(self, text: str = POST, revision: str = "0", critique: Critique = CRITIQUE) -> str:
        """Keep a draft or its edit with a finished review; gives the key of that job."""
        changed = message(text, revision)
        record = await self.drafts.add(changed) or await self.drafts.revise(changed)
        if record is None:
            return ""
        await self.drafts.save_review(Review(record.job, critique))
        return record.job.key

    @property
    def shown(self) -> list[str]:
        """The revisions that the replies in the thread show; one where all is well."""
        return [job.revision for _, job in self.standing.values()]

    @property
    def standing(self) -> dict[str, tuple[str, ReviewJob]]:
        """What stands in the thread."""
        return self.thread.standing
