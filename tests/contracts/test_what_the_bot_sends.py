"""The real bot at work: all its blocks and windows, and all that the workspace delivered to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.words.reviewing import AS_FILE, OUTDATED
from tests.journeys.conftest import BAD, CLEAN, Stage
from tests.journeys.test_buttons import buttons, click, click_in_window, dismiss, submit, until_clean, until_reply
from tests.model.server import ScriptedModel, critique, issue, question

if TYPE_CHECKING:
    from tests.contracts.conftest import Wires

HURRY = f"{BAD} Hurry up! Don't miss out on it. Tick tock! Time is running out!"
DRAFTS = [
    CLEAN,
    HURRY,
    "For Mika, two versions:\n\nLinkedIn: We bake bread.\n\nIG: Act now before it's gone!",
    "<!channel> Act now before it's gone & <https://a.example|win>, @mika! 🎉\n> #offer\n- `one`\n1. *two*",
    f"Act now before it's gone, {'very ' * 700} soon!\n{'We bake bread. ' * 150}",
    f"{HURRY}\n{'word ' * 7_960}",
]


async def test_replies_to_drafts_of_all_kinds_edited_and_deleted(wires: Wires, played: Stage) -> None:
    workspace = played.workspace
    drafts = [workspace.post("#drafts", text) for text in DRAFTS]
    mention = workspace.post("#brand", "<@U0CANDOR> Act now before it's gone")
    workspace.delete("#drafts", workspace.post("#drafts", "Thanks Mika, looks good"))
    for ts in drafts:
        await played.reply(ts)
    await played.reply(mention, channel="#brand")
    workspace.edit("#drafts", drafts[0], HURRY)
    workspace.edit("#drafts", drafts[1], CLEAN)
    workspace.unfurl("#drafts", drafts[3], {"title": "Win", "title_link": "https://a.example", "id": 1})
    await played.until(lambda: "found nothing" not in played.reply_to(drafts[0])["text"], "points")
    await played.reply(drafts[1], "found nothing")
    workspace.delete("#drafts", drafts[2])
    await played.until(lambda: not played.replies(drafts[2]), "the reply to be gone")
    assert {"chat.postMessage", "chat.update"} == {method for method, _ in wires.blocks}
    assert len(wires.blocks) >= len(DRAFTS) + 3
    assert wires.faults() == []


async def test_buttons_and_windows(wires: Wires, played: Stage) -> None:
    workspace = played.workspace
    hurry = f"{HURRY} Act now!\nSelling fast!"
    ts = workspace.post("#drafts", hurry)
    await played.reply(ts)
    await click(played, ts, "candor_use")
    await until_clean(played, ts, "Until [offer end date]")
    await until_reply(played, ts, "Used: ")
    await dismiss(played, ts)
    await until_reply(played, ts, "Dismissed: “")
    await click(played, ts, "candor_why", by="mika")
    await click(played, ts, "candor_more")
    await click_in_window(played, "candor_use")
    await played.until(lambda: buttons(workspace.views()[0], "candor_undo"), "the edit to be used")
    await click_in_window(played, "candor_why")
    await click(played, ts, "candor_undo")
    workspace.edit("#drafts", ts, f"{hurry} We bake bread on Elm Street.")
    await until_clean(played, ts, OUTDATED)
    workspace.edit("#drafts", ts, f"{hurry}\n{'word ' * 3_000}")
    await until_reply(played, ts, f"{len(hurry) + 15_001} characters read")
    await click(played, ts, "candor_use")
    await until_clean(played, ts, AS_FILE)
    assert {"views.open", "views.push", "views.update"} == {method for method, _ in wires.views}
    assert wires.faults() == []


async def test_points_and_questions_of_a_model(wires: Wires, stage: Stage) -> None:
    long = "Readers may rely on it. " * 20
    asked = [question("authenticity/claim-evidence", f"{n}: {long}?", *"abcdef") for n in range(4)]
    points = [issue(line, "authenticity/claim-evidence", why=long) for line in HURRY.split(". ")]
    async with ScriptedModel() as model:
        model.will(critique(*points, questions=tuple(asked)))
        await stage.start(OPENAI_BASE_URL=model.url, OPENAI_API_KEY="sk-made-up", OPENAI_API="chat")
        ts = stage.workspace.post("#drafts", f"{HURRY}\nOur tonic cures every cold.")
        await stage.reply(ts)
        await click(stage, ts, "candor_answer_0")
        await stage.stop()
    assert wires.faults() == []


async def test_answers_to_one_person_alone(wires: Wires, stage: Stage) -> None:
    many = critique(questions=(question("authenticity/claim-evidence", "Was it paid for?", "Yes", "No"),))
    async with ScriptedModel() as model:
        model.will(many)
        await stage.start(OPENAI_BASE_URL=model.url, OPENAI_API_KEY="sk-made-up", OPENAI_API="chat")
        for text, count in ((HURRY, 2), (CLEAN, 4)):
            ts = stage.workspace.post("#general", text)
            await stage.workspace.shortcut("review_this_draft", "#general", ts)
            await stage.until(lambda n=count: len(stage.workspace.ephemerals("#general")) == n, "the answer")
        await stage.stop()
    assert {method for method, _ in wires.blocks} == {"response_url"}
    assert len(wires.blocks) == 2
    assert wires.faults() == []


async def test_dismissals_exceptions_and_answers(wires: Wires, stage: Stage) -> None:
    asked = question("transparency/commercial-disclosure", "Was it paid for?", "Paid", "No")
    async with ScriptedModel() as model:
        model.will(critique(questions=(asked,)), critique(), critique())
        await stage.start(OPENAI_BASE_URL=model.url, OPENAI_API_KEY="sk-made-up", OPENAI_API="chat")
        ts = stage.workspace.post("#drafts", f"{HURRY} #spring")
        await stage.reply(ts, "1 question")
        await dismiss(stage, ts, by="mika", scope="tag:#spring", note="<!here> & *so*", lasting="30")
        await until_reply(stage, ts, "Dismissed: “")
        await dismiss(stage, ts, by="mika", scope="always")
        await click(stage, ts, "candor_answer_0")
        await until_reply(stage, ts, "Answered: ")
        await click(stage, ts, "candor_change_answer_0")
        await submit(stage, answer="1")
        other = stage.workspace.post("#drafts", "LAST CHANCE!!! #spring\nWe bake.")
        await stage.reply(other)
        await until_reply(stage, other, "left out by an exception.")
        await click(stage, other, "candor_excepted", by="mika")
        stage.workspace.edit("#drafts", ts, CLEAN)
        await until_reply(stage, ts, "Since the edit")
        await stage.stop()
    assert {"views.open", "views.update"} == {method for method, _ in wires.views}
    assert len(wires.views) >= 4
    assert wires.faults() == []
