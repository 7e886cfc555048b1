"""What is printed of a draft at a terminal is in one language: the draft's, if replies in Slack are written in it."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.core.drafts import Draft
from bot.core.errors import FileFault
from bot.core.findings import Edit, Finding
from bot.core.gating import GatePoint, GateResult, Region
from bot.core.guidelines import Severity
from bot.core.judging import Critique, ModelPart, Outcome, Question, ReviewState
from bot.core.words.gating import point as gate_line
from bot.core.words.gating import summary
from bot.core.words.people import Language, speaking
from bot.terminal.commands import run
from bot.terminal.reviewing import render
from tests.model.server import REFUSAL, ScriptedModel, critique, issue, question

if TYPE_CHECKING:
    from pathlib import Path

DRAFTS = {
    "en": "Our new bread is here.\nOnly today! Tag three friends to win a loaf for your table.",
    "de": "Unser neues Brot ist da.\nNur noch heute! Markiere drei Freunde und gewinne einen Laib für deinen Tisch.",
    "fr": "Notre nouveau pain est là.\nAujourd'hui seulement ! Identifiez trois amis et gagnez un pain pour vous.",
    "es": "Nuestro nuevo pan ya está aquí.\n¡Solo hoy! Etiqueta a tres amigos y gana un pan para tu mesa.",
}
PLAIN = {
    "en": "Our new bread is here.\nWe bake it with the flour from the mill and we sell it all day.",
    "de": "Unser neues Brot ist da.\nWir backen es mit dem Mehl aus der Mühle und verkaufen es den ganzen Tag.",
    "fr": "Notre nouveau pain est là.\nNous le cuisons avec la farine du moulin et le vendons toute la journée.",
    "es": "Nuestro nuevo pan ya está aquí.\nLo hacemos con la harina del molino y lo vendemos todo el día.",
}
BY_CHECKS = {
    "en": (
        "Not reviewed: no language model is connected.",
        "Consider: Engagement bait  line 2\n   “Tag three friends",
        "Fixed checks only. People decide.",
    ),
    "de": (
        "Nicht geprüft: Es ist kein Sprachmodell angeschlossen.",
        "Vielleicht ändern: Köder für Reichweite  Zeile 2\n   „Markiere drei Freunde“",
        "Nur feste Prüfregeln. Ihr entscheidet.",
    ),
    "fr": (
        "Non relu : aucun modèle de langage n’est connecté.",
        "À envisager : Piège à interactions  ligne 2\n   « Identifiez trois amis »",
        "Contrôles automatiques uniquement. Ce sont des humains qui décident.",
    ),
    "es": (
        "Sin revisar: no hay ningún modelo de lenguaje conectado.",
        "A valorar: Caza de interacciones  línea 2\n   «Etiqueta a tres amigos»",
        "Solo comprobaciones fijas. Deciden las personas.",
    ),
}
LOOK = {
    "en": "Worth a look. Fixed checks can't tell",
    "de": "Einen Blick wert. Die festen Prüfregeln",
    "fr": "À regarder. Les contrôles automatiques",
    "es": "Conviene mirarlo. Las comprobaciones fijas",
}
BY_MODEL = {
    "en": ("1 change, 1 question", "Leave it out.", "Reviewed against", "An AI wrote this; people decide."),
    "de": ("1 Änderungsvorschlag, 1 Frage", "Weglassen.", "Anhand von", "Das Review hat eine KI geschrieben"),
    "fr": ("1 changement proposé, 1 question", "À supprimer.", "Relu selon", "ce sont des humains qui décident."),
    "es": ("1 cambio propuesto, 1 pregunta", "Mejor quitarlo.", "Revisado según", "deciden las personas."),
}
DECLINED = {
    "en": "Not reviewed: the language model declined",
    "de": "Nicht geprüft: Das Sprachmodell wollte",
    "fr": "Non relu :",
    "es": "Sin revisar: el modelo de lenguaje",
}
AS_WORDS = {
    "en": "(There's no file with that name",
    "de": "(Eine Datei mit diesem Namen gibt es nicht",
    "fr": "(Aucun fichier ne porte ce nom",
    "es": "(No hay ningún archivo con ese nombre",
}
NO_BREAK = "\xa0"


def printed(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out.replace(NO_BREAK, " ")


@pytest.mark.parametrize("language", DRAFTS)
def test_without_a_model_all_of_it_is_in_the_drafts_language(
    language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "post.txt"
    path.write_text(DRAFTS[language], encoding="utf-8")
    assert run(["review", str(path)]) == 1
    said = printed(capsys)
    for sentence in (*BY_CHECKS[language], LOOK[language]):
        assert sentence in said
    for other in DRAFTS.keys() - {language}:
        assert [one for one in (*BY_CHECKS[other], LOOK[other]) if one in said] == []
    assert "\\x" not in said


@pytest.mark.parametrize("language", PLAIN)
async def test_so_it_is_with_a_model_that_answers_and_with_one_that_declines(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "post.txt"
    path.write_text(PLAIN[language], encoding="utf-8")
    async with ScriptedModel() as model:
        found = issue(PLAIN[language].splitlines()[0], "authenticity/claim-evidence", replacement="")
        asked = question("transparency/commercial-disclosure", "A?", "B", "C")
        model.will(critique(found, questions=(asked,)), REFUSAL)
        monkeypatch.setenv("OPENAI_BASE_URL", model.url)
        assert await asyncio.to_thread(run, ["review", str(path)]) == 1
        said = printed(capsys)
        assert await asyncio.to_thread(run, ["review", str(path)]) == 2
        declined = capsys.readouterr().out
    headline, *others = BY_MODEL[language]
    assert said.splitlines()[0] == headline
    assert [one for one in others if one not in said] == []
    assert declined.replace(NO_BREAK, " ").startswith(DECLINED[language])
    for other in PLAIN.keys() - {language}:
        assert [one for one in BY_MODEL[other] if one in said] == []


@pytest.mark.parametrize("language", DRAFTS)
def test_words_in_the_place_of_a_file_are_taken_for_a_draft_in_its_language(
    language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["review", DRAFTS[language]]) == 1
    assert capsys.readouterr().err.startswith(AS_WORDS[language])


def test_words_to_colleagues_do_not_tell_the_language(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "post.txt"
    path.write_text(f"Here's the draft for Instagram, what do you think of it?\n\n{DRAFTS['de']}", encoding="utf-8")
    assert run(["review", str(path)]) == 1
    assert BY_CHECKS["de"][0] in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Só hoje: marque três amigos e ganhe um pão para a sua mesa!", "can read Portuguese"),
        ("Solo oggi: tagga tre amici e vinci un pane per la tua tavola, non è uno scherzo!", "can read Italian"),
        ("Alleen vandaag: tag drie vrienden en win een brood voor bij het ontbijt!", "can read Dutch"),
        ("新しいパンができました。三人の友達をタグ付けして、パンを当てよう！", "can read this language"),
    ],
)
def test_a_draft_in_another_language_is_answered_in_english_which_says_what_was_read(
    text: str, named: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "post.txt"
    path.write_text(text, encoding="utf-8")
    run(["review", str(path)])
    said = capsys.readouterr().out
    assert said.startswith("Not reviewed: no language model is connected. Only ")
    assert named in said
    assert said.endswith("Fixed checks only. People decide.\n")


async def test_a_model_is_told_that_the_rest_of_the_reply_is_in_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    drafts = {**PLAIN, "nl": "Ons nieuwe brood ligt klaar. Wij bakken het elke ochtend met meel van de molen."}
    told: dict[str, bool] = {}
    async with ScriptedModel() as model:
        monkeypatch.setenv("OPENAI_BASE_URL", model.url)
        for language, text in drafts.items():
            for command in ("review", "gate"):
                path = tmp_path / f"{language}.txt"
                path.write_text(text, encoding="utf-8")
                await asyncio.to_thread(run, [command, str(path)])
                told[f"{command} {language}"] = "the draft's own language: English." in "".join(
                    model.requests[-1].turns
                )
    capsys.readouterr()
    assert [asked for asked, in_english in told.items() if in_english] == ["review nl", "gate nl"]


GATED = {
    "en": ("Consider: Engagement bait. “Tag three friends", "1 draft: ", "No language model is connected"),
    "de": ("Vielleicht ändern: Köder für Reichweite. „Markiere drei Freunde“", "1 Entwurf: ", "kein Sprachmodell"),
    "fr": (
        "À envisager : Piège à interactions. « Identifiez trois amis »",
        "1 brouillon : ",
        "Aucun modèle de langage",
    ),
    "es": ("A valorar: Caza de interacciones. «Etiqueta a tres amigos»", "1 borrador: ", "ningún modelo de lenguaje"),
}


@pytest.mark.parametrize("form", ["text", "github", "sarif"])
@pytest.mark.parametrize("language", DRAFTS)
def test_the_gate_speaks_of_each_draft_in_its_language(
    language: str, form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "post.txt"
    path.write_text(DRAFTS[language], encoding="utf-8")
    assert run(["gate", str(path), "--format", form]) == 1
    said = printed(capsys).replace("%3A", ":").replace("::", ". ")
    reason = GATED[language][0].partition(". ")[2]
    assert reason in said
    if form != "sarif":
        assert GATED[language][0].partition(". ")[0] in said
        assert all(part in said.splitlines()[-1] for part in GATED[language][1:])


def test_the_gate_sums_up_drafts_of_several_languages_in_english(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = [tmp_path / f"{language}.txt" for language in ("de", "fr")]
    for path in paths:
        path.write_text(DRAFTS[path.stem], encoding="utf-8")
    assert run(["gate", *map(str, paths)]) == 1
    *lines, last = printed(capsys).splitlines()
    assert {"Vielleicht ändern" in line for line in lines if "de.txt" in line} == {True}
    assert {"À envisager" in line for line in lines if "fr.txt" in line} == {True}
    assert last.startswith(f"2 drafts: {len(lines)} points. No language model")


def test_json_is_the_same_in_all_languages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "post.txt"
    path.write_text(DRAFTS["fr"], encoding="utf-8")
    assert run(["review", str(path), "--json"]) == 1
    (found,) = json.loads(capsys.readouterr().out)["findings"]
    assert "borrows readers' friends" in found["why"]
    assert run(["gate", str(path), "--format", "json"]) == 1
    (point,) = json.loads(capsys.readouterr().out)["files"][0]["points"]
    assert (point["title"], point["says"]) == ("Engagement bait", found["why"])


class Dashes(Language):
    """A dash in the place of each letter outside the gaps: whatever still has letters was never looked up."""

    code = "xx"

    def text(self, english: str) -> str:
        return re.sub(r"(\{\w+\})|[A-Za-z]", lambda found: found[1] or "-", english)

    def texts(self, one: str, many: str, number: int) -> str:
        return self.text(super().texts(one, many, number))

    def listed(self, names: list[str]) -> str:
        return " -- ".join(names)

    def again(self, said: str) -> str:
        return self.text(said)


TEXT = "12345 67890"
FOUND = Finding("1", Severity.MUST_FIX, 6, end=11, quote="67890", why="It hurts.", edit=Edit(6, 11, ""))
WHOLE = Critique(
    Outcome.FINDINGS,
    (
        FOUND,
        replace(FOUND, edit=Edit(6, 11, "0")),
        replace(FOUND, edit=Edit(0, 11, "0")),
        replace(FOUND, edit=Edit(0, 11, "")),
        replace(FOUND, edit=Edit(0, 0, "#1 ")),
        replace(FOUND, edit=Edit(0, 0, "#1 ", gone=((6, 11),))),
    ),
    (Question("1", "Was it paid for?", ("Yes", "No")),),
    fixed_rules_only=False,
    model_part=ModelPart.ANSWERED,
    leads=tuple(replace(FOUND, lead=True, quote=str(number)) for number in range(9)),
    unplaced=2,
    left_out=2,
    beyond=2,
    doubts=2,
)
NO_MODEL = replace(WHOLE, fixed_rules_only=True, model_part=ModelPart.OFF)


@pytest.mark.parametrize(
    "critique",
    [
        WHOLE,
        NO_MODEL,
        replace(NO_MODEL, model_part=ModelPart.KEY),
        replace(NO_MODEL, model_part=ModelPart.TALKED_ROUND),
        replace(WHOLE, outcome=Outcome.NOTHING_TO_FLAG, findings=(), questions=(), unplaced=0),
        replace(WHOLE, findings=(), questions=(), doubts=0),
        Critique(Outcome.COULD_NOT_REVIEW),
    ],
)
def test_nothing_of_it_stays_english(critique: Critique, capsys: pytest.CaptureFixture[str]) -> None:
    with speaking(Dashes()):
        render(critique, Draft(TEXT), {})
    assert re.findall("[A-Za-z]+", capsys.readouterr().out) == []


GATE_POINT = GatePoint("1", "2", Severity.MUST_FIX, "It hurts.", "It hurts.", Region(1, 1, end_line=1, end_column=2))
FAULT = FileFault("3", 1, "6")
RESULT = GateResult("3", (GATE_POINT,), (GATE_POINT,), state=ReviewState.CHECKS_ONLY, unread=True)


def test_nothing_of_what_the_gate_says_stays_english() -> None:
    points = (
        GATE_POINT,
        replace(GATE_POINT, asks=True),
        replace(GATE_POINT, quote="4", replacement=(GATE_POINT.region, "5")),
        replace(GATE_POINT, quote="4", replacement=(GATE_POINT.region, "")),
    )
    with speaking(Dashes()):
        lines = [*map(gate_line, points), summary([RESULT]), summary([replace(RESULT, known=(), fault=FAULT)])]
    assert re.findall("[A-Za-z]+", " ".join(lines)) == []


def test_what_a_model_let_go_is_not_said_to_be_beyond_fixed_checks(capsys: pytest.CaptureFixture[str]) -> None:
    render(WHOLE, Draft(TEXT), {})
    assert "The language model didn't think they were a problem here." in capsys.readouterr().out
