"""A draft is answered in its own language, until brand leads choose one for all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.journeys.test_buttons import click, dismiss, said, until_reply
from tests.model.server import Asked, Json, ScriptedModel, critique, issue

if TYPE_CHECKING:
    from tests.journeys.conftest import Stage

POST = (
    "Endlich ist er da: unser neuer Ofen für euch, und wir freuen uns auf euch!\nHeute gibt es Brot. #spon @brioclean"
)


async def test_a_german_draft_is_answered_in_german_until_english_is_chosen(played: Stage) -> None:
    ts = played.workspace.post("#drafts", POST)
    reply = said(await played.reply(ts, "Nicht geprüft: Es ist kein Sprachmodell angeschlossen."))
    assert "Unbedingt ändern: Nicht als Werbung gekennzeichnet" in reply
    assert "„#spon“ sagt den meisten nichts darüber, wer bezahlt hat." in reply
    assert "Ihr entscheidet." in reply
    await click(played, ts, "candor_why")
    assert played.workspace.views(by="dana")[-1]["title"]["text"] == "Warum"
    await dismiss(played, ts)
    await until_reply(played, ts, "Verworfen: „#spon“ (Nicht als Werbung gekennzeichnet), von")
    await played.workspace.command("#drafts", "/candor settings reply_language English", by="mika")
    other = played.workspace.post("#drafts", f"{POST} Kommt vorbei.")
    assert "Must fix: Not labelled as an ad" in said(await played.reply(other, "Not reviewed"))


WHY = {"pt": "Ninguém mostrou que a constipação passa.", "en": "Nobody has shown that colds pass."}


def polyglot(asked: Asked) -> Json:
    """Gives its reason in the draft's language, and in English where the request wants that."""
    told = "in the draft's own language: English." in "".join(asked.turns)
    return critique(
        issue(
            "cura qualquer constipação num dia",
            "authenticity/claim-evidence",
            severity="should-fix",
            why=WHY["en" if told else "pt"],
            replacement="reconforta num dia",
        )
    )(asked)


async def test_a_reply_to_a_draft_in_another_language_is_wholly_in_english_but_for_the_drafts_words(
    stage: Stage,
) -> None:
    async with ScriptedModel() as model:
        model.will(polyglot)
        await stage.start(OPENAI_BASE_URL=model.url, OPENAI_API_KEY="sk-made-up", OPENAI_API="chat")
        post = "O nosso chá de gengibre cura qualquer constipação num dia.\nVem prová-lo connosco no sábado. ☕ #chá"
        reply = said(await stage.reply(stage.workspace.post("#drafts", post), "1 change"))
    assert "Should fix" in reply
    assert WHY["en"] in reply
    assert WHY["pt"] not in reply
    assert "reconforta num dia" in reply
