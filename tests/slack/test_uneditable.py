"""What becomes of a message that Slack lets nobody edit any more, asked over HTTP."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from bot.core.conversing import Ending, PieceOutcome, Turn, TurnAnswer
from bot.core.deciding import Proposal, VerdictReason
from bot.core.drafts import Place
from bot.core.errors import CannotEdit
from bot.core.home import Composition
from bot.core.privacy import Introduction
from bot.core.words import deciding as deciding_words
from bot.flows.deciding import ProposalOutcome
from bot.slack.composing import SlackDraftBoard
from bot.slack.conversing import SlackSpeech
from bot.slack.deciding import Deciding
from bot.slack.installing import Arrivals
from bot.workspace.state import HARBOR

if TYPE_CHECKING:
    from bot.slack.wire.clients import Clients
    from bot.workspace.server import Workspace

OFFER = Proposal("user-control/no-false-pressure", VerdictReason.PROOF, f"{HARBOR}:C1:1.0", "abc")
CLOSED = ("edit_window_closed", "cant_update_message")


@pytest.mark.parametrize("error", CLOSED)
async def test_the_end_of_an_answer_is_posted_anew(workspace: Workspace, clients: Clients, error: str) -> None:
    channel, speech = workspace.channel("#drafts"), SlackSpeech(clients)
    asked = workspace.post("#drafts", "Why is this pressure?")
    turn = Turn(Place(HARBOR, channel.id, asked), asked, "U0DANA", text="Why?")
    failed, answer = TurnAnswer(Ending.UNREACHABLE), TurnAnswer(Ending.ANSWERED, "It hurries people.")

    def said() -> list[str]:
        return [str(one["blocks"]) for one in channel.thread(asked)]

    first = await speech.settle(turn, "", failed)
    workspace.faults.on("chat.update", error=error)
    assert await speech.edit(turn, first, "It hurries") is PieceOutcome.CLOSED
    workspace.faults.on("chat.update", error=error)
    workspace.faults.on("chat.delete", error="cant_delete_message")
    second = await speech.settle(turn, first, answer)
    assert ["It hurries people." in one for one in said()] == [False, True]
    workspace.faults.on("chat.update", error=error)  # as after a crash that came before the second was noted
    assert await speech.settle(turn, first, answer) == second != first
    (only,) = said()
    assert "It hurries people." in only
    channel.messages.clear()
    assert await speech.settle(turn, second, answer) == ""


@pytest.mark.parametrize("error", CLOSED)
async def test_a_composed_draft_is_not_said_to_be_removed(workspace: Workspace, clients: Clients, error: str) -> None:
    ts = workspace.post("#drafts", "Draft")
    workspace.faults.on("chat.update", error=error)
    with pytest.raises(CannotEdit):
        await SlackDraftBoard(clients).update(
            Place(HARBOR, workspace.channel("#drafts").id, ts), "U0DANA", Composition("New words")
        )


def body(workspace: Workspace, channel: str, ts: str, value: str = "") -> dict[str, Any]:
    container = {"channel_id": workspace.channel(channel).id, "message_ts": ts}
    who = {"team": {"id": HARBOR}, "user": {"id": "U0MIKA"}, "container": container}
    return {**who, "actions": [{"value": value, "action_ts": "1.0"}], "message": {"text": "A suggestion."}}


@pytest.mark.parametrize("error", CLOSED)
async def test_who_switches_a_channel_reads_how_it_is_now(workspace: Workspace, clients: Clients, error: str) -> None:
    async def switch(*_: object, on: bool) -> None:
        assert on

    class Introduce:
        async def about(self, team: str, channel: str) -> Introduction:
            return Introduction(team, channel, switched_on=True)

    arrivals = Arrivals(cast("Any", None), cast("Any", switch), cast("Any", Introduce()), clients=clients)
    ts = workspace.post("#brand", "Hello")
    workspace.faults.on("chat.update", error=error)
    await arrivals.switched(body(workspace, "#brand", ts), on=True)
    (told,) = workspace.ephemerals("#brand", by="mika")
    assert "Stop reviewing here" in str(told["blocks"])


@pytest.mark.parametrize("error", CLOSED)
async def test_who_answers_a_suggested_exception_reads_what_came_of_it(
    workspace: Workspace, clients: Clients, error: str
) -> None:
    async def answer(*_: object, accepted: bool) -> ProposalOutcome:
        assert not accepted
        return ProposalOutcome.DECLINED

    deciding = Deciding.__new__(Deciding)
    object.__setattr__(deciding, "clicks", SimpleNamespace(clients=clients))
    object.__setattr__(deciding, "answer", answer)
    ts = workspace.post("#brand", "A suggestion.")
    workspace.faults.on("chat.update", error=error)
    await deciding.answer_proposal(body(workspace, "#brand", ts, OFFER.target.value), accepted=False)
    (told,) = workspace.ephemerals("#brand", by="mika")
    assert told["text"] == deciding_words.DECLINED
