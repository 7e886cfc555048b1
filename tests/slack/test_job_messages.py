"""The message of an audit or a book where Slack lets nobody edit it any more, asked over HTTP."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from bot.core.brand.audit import Audit, AuditShown
from bot.core.brand.books import BookShown, BookState
from bot.core.errors import TryLater
from bot.core.words.brand import audit as words
from bot.slack.brand.audit import SlackAuditBoard
from bot.slack.brand.books import SlackBookBoard
from bot.workspace.state import HARBOR
from tests.core.test_books import BOOK

if TYPE_CHECKING:
    from bot.slack.wire.clients import Clients
    from bot.workspace.server import Workspace

GOING, DONE = AuditShown(3), AuditShown(3, said="*The report*")
FILES = {"page.html": "<p>The page</p>", "table.csv": "a,b"}


class Standing:
    """An audit that Mika asked for in a thread of a channel; its first message stands there."""

    def __init__(self, workspace: Workspace, clients: Clients) -> None:
        self.workspace, self.board = workspace, SlackAuditBoard(clients)
        self.channel = workspace.channel("#drafts")
        self.thread = workspace.post("#drafts", "Our plan for spring", by="mika")
        self.audit = Audit("a1", "U0MIKA", 0.0, file="F1", name="plan.csv", place=self.channel.id, thread=self.thread)

    async def post(self) -> None:
        _, _, ts = await self.board.post(HARBOR, self.audit, GOING)
        self.audit = replace(self.audit, ts=ts)

    async def show(self, shown: AuditShown) -> None:
        await self.board.show(HARBOR, self.audit, shown)

    def closed(self, error: str, times: int = 1) -> None:
        self.workspace.faults.on("chat.update", error=error, times=times)

    @property
    def said(self) -> list[str]:
        """What Candor's messages in the thread say."""
        return [str(one.get("blocks")) for one in self.channel.thread(self.thread) if one.get("bot_id")]

    @property
    def direct(self) -> list[dict[str, Any]]:
        return [one for one in self.workspace.messages("@mika") if one.get("bot_id")]


@pytest.fixture
async def standing(workspace: Workspace, clients: Clients) -> Standing:
    made = Standing(workspace, clients)
    await made.post()
    return made


@pytest.mark.parametrize("error", ["edit_window_closed", "cant_update_message"])
async def test_a_report_is_posted_once_more_where_its_message_cannot_be_edited(standing: Standing, error: str) -> None:
    standing.closed(error)
    await standing.show(GOING)
    assert len(standing.said) == 1  # how far it is can wait
    for _ in range(2):  # the second time as after a crash
        standing.closed(error)
        await standing.show(DONE)
    first, again = standing.said
    assert "The report" in again
    assert "The report" not in first
    standing.closed(error, times=2)
    await standing.show(DONE)
    assert len(standing.said) == 3
    assert standing.direct == []
    standing.closed(error, times=2)  # the second and the third
    await standing.board.withdraw(HARBOR, standing.audit)
    assert "The report" not in str(standing.said)
    assert words.WITHDRAWN in str(standing.said)


@pytest.mark.parametrize("error", ["is_archived", "not_in_channel"])
async def test_a_report_comes_as_a_direct_message_where_candor_may_not_write_any_more(
    standing: Standing, error: str
) -> None:
    bot = standing.workspace.team.bot.user_id
    if error == "is_archived":
        standing.channel.is_archived = True
        for method in ("chat.postMessage", "files.completeUploadExternal"):
            standing.workspace.faults.on(method, error=error)
    else:
        standing.workspace.hub.talk.leave(standing.channel, bot)
    standing.closed(error)
    await standing.show(GOING)
    assert standing.direct == []
    uploads = await standing.board.upload(HARBOR, standing.audit, FILES)
    assert uploads
    assert len(uploads) == len(FILES)
    standing.closed(error)
    await standing.show(DONE)
    assert "The report" in str(standing.direct)
    assert [bool(one.get("files")) for one in standing.direct] == [True, True, False]
    standing.closed(error)
    await standing.show(DONE)
    assert len(standing.direct) == 3
    await standing.board.withdraw(HARBOR, replace(standing.audit, uploads=uploads))
    assert words.WITHDRAWN in str(standing.direct)
    assert "The report" not in str(standing.direct)
    assert not any(one.get("files") for one in standing.direct)
    assert standing.workspace.team.files.keys().isdisjoint(uploads)


async def test_a_direct_message_is_found_however_much_was_said_since(standing: Standing) -> None:
    standing.workspace.hub.talk.leave(standing.channel, standing.workspace.team.bot.user_id)
    uploads = await standing.board.upload(HARBOR, standing.audit, FILES)
    standing.closed("cant_update_message")
    await standing.show(DONE)
    for number in range(101):
        standing.workspace.post("@mika", f"Thanks, number {number}", by="mika")
    assert await standing.board.upload(HARBOR, standing.audit, FILES) == uploads
    standing.closed("cant_update_message")
    await standing.show(DONE)
    assert ["The report" in str(one) for one in standing.direct].count(True) == 1
    await standing.board.withdraw(HARBOR, replace(standing.audit, uploads=uploads or ()))
    assert "The report" not in str(standing.direct)


async def test_a_message_that_somebody_deleted_is_not_posted_again(standing: Standing) -> None:
    (mine,) = [one for one in standing.channel.thread(standing.thread) if one.get("bot_id")]
    standing.workspace.hub.talk.delete(standing.channel, mine)
    await standing.show(DONE)
    assert "The report" not in str(standing.said) + str(standing.direct)


async def test_an_attempt_after_a_crash_keeps_files_that_say_the_same_and_takes_the_others_place(
    standing: Standing,
) -> None:
    page, table = await standing.board.upload(HARBOR, standing.audit, FILES) or ("", "")
    again = FILES | {"table.csv": "a,b without a draft that was deleted meanwhile"}
    kept, other = await standing.board.upload(HARBOR, standing.audit, again) or ("", "")
    assert kept == page
    assert other != table
    assert {*standing.workspace.team.files} == {page, other}
    assert len([one for one in standing.channel.thread(standing.thread) if one.get("files")]) == 2


async def test_audits_whose_ids_begin_alike_have_files_of_their_own(standing: Standing) -> None:
    first, second = (replace(standing.audit, id=f"a1b2c3{end}") for end in ("d4e5f6", "a7b8c9"))
    uploads = await standing.board.upload(HARBOR, first, FILES) or ()
    more = await standing.board.upload(HARBOR, second, FILES) or ()
    assert len({*uploads, *more}) == 4
    assert {*standing.workspace.team.files} == {*uploads, *more}


@pytest.mark.parametrize("error", ["ratelimited", "internal_error", "token_revoked"])
async def test_a_bad_moment_of_slack_leaves_nothing_undone(standing: Standing, error: str) -> None:
    for method in ("conversations.open", "conversations.replies", "chat.update"):
        standing.workspace.faults.on(method, error=error)
        with pytest.raises(TryLater):
            await standing.board.withdraw(HARBOR, standing.audit)
    await standing.board.withdraw(HARBOR, standing.audit)
    assert words.WITHDRAWN in str(standing.said)


@pytest.mark.parametrize("error", ["cant_delete_message", "missing_scope", "compliance_exports_prevent_deletion"])
async def test_what_slack_does_not_let_go_keeps_nothing_else_from_going(standing: Standing, error: str) -> None:
    uploads = await standing.board.upload(HARBOR, standing.audit, FILES)
    assert uploads
    for method in ("chat.delete", "files.delete"):
        standing.workspace.faults.on(method, error=error)
    await standing.board.withdraw(HARBOR, replace(standing.audit, uploads=uploads))
    assert words.WITHDRAWN in str(standing.said)
    assert [*standing.workspace.team.files] == [uploads[0]]


async def test_a_books_end_is_posted_once_more_and_its_steps_are_not(workspace: Workspace, clients: Clients) -> None:
    board, channel = SlackBookBoard(clients), workspace.channel("#drafts")
    thread = workspace.post("#drafts", "Our brand book", by="mika")
    book = replace(BOOK, user="U0MIKA", place=channel.id, thread=thread, state=BookState.RUNNING)
    _, _, ts = await board.post(HARBOR, book, BookShown(3))
    for state, messages in ((BookState.RUNNING, 1), (BookState.DONE, 2)):
        workspace.faults.on("chat.update", error="edit_window_closed")
        await board.show(HARBOR, replace(book, ts=ts, state=state), BookShown(3))
        assert len([one for one in channel.thread(thread) if one.get("bot_id")]) == messages
