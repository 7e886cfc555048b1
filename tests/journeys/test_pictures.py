"""Pictures attached to drafts: real bytes through the workspace, to a model that can see, and into the review."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

import pytest

from bot.core.judging import LARGEST
from bot.core.words import conversing as talk_words
from tests.journeys.conftest import BAD
from tests.journeys.test_a_model import settings
from tests.model.server import Fault, ScriptedModel, critique, issue
from tests.pictures import action, manifest, png, signed

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from tests.journeys.conftest import Stage

POST = "Our new lodge opens on Saturday.\nCome and see it from ten."
SEES = {"OPENAI_SEES_PICTURES": "yes"}
CLAIM = "The only lodge that heals your back"


def look(**other: Any) -> dict[str, Any]:
    usual = {"number": 1, "description": "A wooden lodge at dawn.", "text_in_picture": "", "made_with_ai": "unclear"}
    return {**usual, "alt_text": "A wooden lodge with lit windows at dawn", **other}


def looks(*entries: dict[str, Any]) -> dict[str, Any]:
    return {"pictures": list(entries or [look()])}


@pytest.fixture
async def model() -> AsyncGenerator[ScriptedModel]:
    async with ScriptedModel() as model:
        yield model


def written(reply: dict[str, Any]) -> str:
    return json.dumps(reply["blocks"], ensure_ascii=False)


async def test_a_picture_with_more_words_than_are_read_is_not_said_to_be_read_to_the_end(
    stage: Stage, model: ScriptedModel
) -> None:
    model.will(looks(look(text_in_picture="Come to the lodge by the sea. " * 200)), critique())
    await stage.start(**settings(model, "responses", **SEES))
    reply = await stage.reply(stage.workspace.share("#drafts", POST, png()), "Nothing to flag")
    assert (
        "1 picture looked at (gpt-6-luna-2026). 1 picture not read to the end: more than 4000 characters."
        in written(reply)
    )


@pytest.mark.parametrize("api", ["responses", "chat"])
async def test_a_picture_is_looked_at_its_alt_text_proposed_and_its_making_asked_about(
    stage: Stage, model: ScriptedModel, api: str
) -> None:
    model.will(looks(look(made_with_ai="something")), critique())
    await stage.start(**settings(model, api, **SEES))
    content = png()
    reply = await stage.reply(stage.workspace.share("#drafts", POST, content), "1 question")
    assert "Was the picture made with AI?" in written(reply)
    assert "Suggested alt text for picture 1:" in written(reply)
    assert "A wooden lodge with lit windows at dawn" in written(reply)
    assert "1 picture looked at (gpt-6-luna-2026)." in written(reply)
    seeing, judging = model.requests
    assert base64.b64encode(content).decode() in json.dumps(seeing.body)
    assert judging.case["pictures"] == [{"number": 1, "description": "A wooden lodge at dawn.", "text": ""}]
    assert "base64" not in json.dumps(judging.body)


async def test_the_answer_calls_for_a_label_and_nobody_looks_or_asks_again(stage: Stage, model: ScriptedModel) -> None:
    model.will(looks(look(made_with_ai="something")))
    await stage.start(**settings(model, **SEES))
    ts = stage.workspace.share("#drafts", POST, png(), alt_text="The lodge")
    await stage.reply(ts, "1 question")
    await stage.workspace.click("#drafts", stage.reply_to(ts)["ts"], "candor_answer_0")
    reply = await stage.reply(ts, "1 change")
    assert "AI-generated image." in written(reply)
    assert "Was the picture made with AI?" not in written(reply)
    assert "Suggested alt text" not in written(reply)
    assert ["pictures" in asked.schema["properties"] for asked in model.requests] == [True, False, False]


async def test_words_in_a_picture_are_reviewed_with_the_draft(stage: Stage, model: ScriptedModel) -> None:
    point = issue(CLAIM, "authenticity/claim-evidence", why="Readers may rely on a cure that nobody has shown.")
    model.will(looks(look(text_in_picture=f"{CLAIM}\nAsk ana.perez@example.org")), critique(point))
    await stage.start(**settings(model, **SEES))
    reply = await stage.reply(stage.workspace.share("#drafts", POST, png()), "2 points about pictures")
    assert "Should fix, in picture 1: " in written(reply)
    assert CLAIM in written(reply)
    assert "ana.perez" not in json.dumps(model.requests[1].body)


async def test_by_default_no_picture_leaves_slack_and_the_reply_says_that_nobody_looked(
    stage: Stage, model: ScriptedModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.assemble.wiring.is_installed", bool)  # as without the optional library
    await stage.start(**settings(model))
    reply = await stage.reply(stage.workspace.share("#drafts", POST, png()), "Nothing to flag")
    assert "1 picture not looked at." in written(reply)
    assert len(model.requests) == 1
    assert "pictures" not in model.requests[0].case
    assert stage.workspace.traffic.calls("files.info") == []


async def test_what_cannot_be_looked_at_is_said_and_the_review_goes_on(stage: Stage, model: ScriptedModel) -> None:
    refused = Fault("status", 400, "invalid_value", param="input", message="this model does not support image inputs")
    model.will(refused, critique())
    await stage.start(**settings(model, **SEES))
    reply = await stage.reply(stage.workspace.share("#drafts", POST, png()), "Nothing to flag")
    assert "1 picture not looked at: Slack or the model wouldn't let me." in written(reply)
    large = png() + bytes(LARGEST)
    reply = await stage.reply(stage.workspace.share("#drafts", f"{POST} Bring boots.", large), "Nothing to flag")
    assert "1 picture not looked at: larger than 5 MB." in written(reply)
    reply = await stage.reply(stage.workspace.share("#drafts", f"{POST} Or shoes.", b"no picture"), "Nothing to flag")
    assert "1 picture not looked at: not a PNG, JPEG, WebP or GIF." in written(reply)


async def test_an_edit_pays_for_no_second_look_and_a_deletion_leaves_nothing(
    stage: Stage, model: ScriptedModel
) -> None:
    model.will(looks(look(description="A zebra in the snow.")))
    await stage.start(**settings(model, **SEES))
    ts = stage.workspace.share("#drafts", POST, png())
    await stage.reply(ts, "Nothing to flag")
    stage.workspace.edit("#drafts", ts, f"{POST} Bring boots.")
    await stage.until(lambda: len(model.requests) == 3, "the edit to be judged")
    assert [asked.case.get("pictures") for asked in model.requests[1:]] == [
        [{"number": 1, "description": "A zebra in the snow.", "text": ""}]
    ] * 2
    assert stage.places_with("A zebra in the snow.")
    assert base64.b64encode(png()).decode() not in json.dumps(model.requests[2].body)
    stage.workspace.delete("#drafts", ts)
    await stage.until_kept("A zebra in the snow.", kept=False)


async def test_without_the_right_to_read_files_the_review_says_so(stage: Stage, model: ScriptedModel) -> None:
    await stage.start(**settings(model, **SEES))
    stage.workspace.faults.on("files.info", error="missing_scope")
    reply = await stage.reply(stage.workspace.share("#drafts", POST, png()), "Nothing to flag")
    assert "1 picture not looked at" in written(reply)
    assert len(model.requests) == 1


async def test_who_asks_what_is_stored_is_told_that_pictures_are_seen(stage: Stage, model: ScriptedModel) -> None:
    await stage.start(**settings(model, **SEES))
    await stage.workspace.command("#drafts", "/candor privacy")
    await stage.until(lambda: stage.workspace.ephemerals("#drafts"), "the answer")
    (answer,) = stage.workspace.ephemerals("#drafts")
    assert "It also looks at pictures attached to drafts, as they are" in json.dumps(answer)


async def test_a_draft_in_a_text_file_is_read_whole_and_one_that_cannot_be_read_is_named(stage: Stage) -> None:
    await stage.start()
    filler = "\n".join(f"Loaf {number} is out of the oven." for number in range(30))
    draft = f"{filler}\n{BAD}".encode()
    ts = stage.workspace.share("#drafts", "Instagram draft for Monday:", draft, name="monday.txt")
    read = await stage.reply(ts)
    written = json.dumps(read["blocks"], ensure_ascii=False)
    assert "LAST CHANCE!!!" in written
    assert "not read" not in written
    unread = stage.workspace.share(
        "#drafts", f"Instagram draft for Monday:\n{BAD}", b"PK" + bytes(99), name="monday.docx"
    )
    assert "1 attachment not read or played." in json.dumps((await stage.reply(unread))["blocks"])


async def test_a_draft_that_is_only_in_a_file_is_said_to_be_unread_and_talk_about_files_is_left_alone(
    stage: Stage,
) -> None:
    await stage.start()
    workspace = stage.workspace
    for name, said in (("clip.mp4", ""), ("draft.docx", "please look at this"), ("plan.docx", "invoice for March")):
        workspace.share("#drafts", said, b"PK" + bytes(99), name=name, by="dana")
    workspace.share("#brand", "draft v2 attached", b"PK" + bytes(99), name="draft.docx", by="dana")
    await stage.until(lambda: len(workspace.ephemerals("#drafts")) == 2, "both to be told")
    await stage.quiet()
    told = workspace.channel("#drafts").ephemerals
    assert [(one["to"], one["text"]) for one in told] == [("U0DANA", talk_words.NOT_READ)] * 2
    assert not workspace.channel("#brand").ephemerals
    await workspace.command("#drafts", "/candor mute", by="mika")
    await stage.until(lambda: len(workspace.channel("#drafts").ephemerals) == 3, "the answer to the command")
    workspace.share("#drafts", "draft v3 attached", b"PK" + bytes(99), name="draft.docx", by="mika")
    asked = workspace.share("@dana", "please look at this", b"PK" + bytes(99), name="talk.m4a", by="dana")
    await stage.until(lambda: talk_words.NOT_READ in str(workspace.channel("@dana").thread(asked)), "that")
    await stage.quiet()
    assert len(workspace.channel("#drafts").ephemerals) == 3


async def test_content_credentials_are_read_without_a_model_and_go_with_the_draft(stage: Stage) -> None:
    """Signed here, sent through the workspace, read in another process; the author answers, and no word is left."""
    await stage.start()
    said = manifest(action(agent={"name": "Okapi_Painter <!channel>"}))
    ts = stage.workspace.share("#drafts", POST, signed(said), alt_text="The lodge")
    reply = await stage.reply(ts, "1 question for you")
    assert "Was the picture made with AI?" in written(reply)
    assert "say it was made with AI (“Okapi Painter channel”). The signature matches the picture" in written(reply)
    (answers,) = [block["elements"] for block in reply["blocks"] if "candor_answer_0" in json.dumps(block)]
    assert [button.get("style") for button in answers] == ["primary", None, None]
    await stage.workspace.click("#drafts", reply["ts"], "candor_answer_0")
    assert "AI-generated image." in written(await stage.reply(ts, "1 point"))
    await stage.until_kept("Okapi Painter", kept=True)
    stage.workspace.delete("#drafts", ts)
    await stage.until_kept("Okapi Painter", kept=False)
