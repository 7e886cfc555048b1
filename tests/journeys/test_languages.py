"""A draft is answered in its own language, until brand leads choose one for all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.journeys.test_buttons import click, dismiss, said, until_reply

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
