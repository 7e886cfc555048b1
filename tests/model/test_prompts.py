"""The prompt files and the forms of answers."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from bot.core.errors import BrokenFiles
from bot.core.guidelines import Library
from bot.model.brief import (
    CONTACTS,
    NAMES,
    OWN_GUIDELINES,
    checklist_text,
    critique_form,
    judged,
    load_prompts,
    opinion_form,
    short_names,
)
from bot.model.forms import CritiqueAnswer, OpinionsAnswer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def write(folder: Path, **texts: str) -> Path:
    for name in NAMES:
        (folder / name).write_text(texts.get(name.partition(".")[0], "$guidelines $checklist"), encoding="utf-8")
    if "verify" not in texts:
        (folder / "verify.md").write_text("$guidelines", encoding="utf-8")
    (folder / CONTACTS).write_text("Contacts.", encoding="utf-8")
    (folder / OWN_GUIDELINES).write_text("Their own.", encoding="utf-8")
    return folder


def test_names_are_filled_in(tmp_path: Path) -> None:
    prompts = load_prompts(write(tmp_path, critique="It costs $$5.\n${guidelines}\n$checklist"))
    assert prompts.critique.substitute(guidelines="$x", checklist="{}") == "It costs $5.\n$x\n{}\n"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("$guidelines\n$checklist\n$draft", "critique.md:3: “$draft” is unknown here"),
        ("$guidelines", "critique.md:1: “$checklist” is missing in this file"),
        ("$guidelines $checklist\nfor $5", "critique.md:2: a dollar sign is written $$, unless a name follows it"),
    ],
)
def test_a_broken_prompt_names_file_line_and_variable(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(BrokenFiles) as raised:
        load_prompts(write(tmp_path, critique=text))
    assert [str(f).removeprefix(f"{tmp_path}/") for f in raised.value.faults] == [fault]


def test_missing_prompts_are_all_named(tmp_path: Path) -> None:
    with pytest.raises(BrokenFiles) as raised:
        load_prompts(tmp_path)
    assert {f.path.rpartition("/")[2] for f in raised.value.faults} == {
        "critique.md",
        "verify.md",
        CONTACTS,
        OWN_GUIDELINES,
    }


def examples(root: Path, library: Library) -> list[Any]:
    text = load_prompts(root / "prompts").critique.substitute(
        guidelines="", checklist=checklist_text(short_names_of_judged(library))
    )
    blocks = text.split("```json\n")[1:]
    return [json.loads(block.partition("```")[0]) for block in blocks]


def test_the_examples_are_answers_and_at_least_half_are_clean(root: Path, in_force: Library) -> None:
    found = examples(root, in_force)
    names = set(short_names(in_force).values())
    assert 8 <= len(found) <= 11
    assert 2 * sum(not answer["issues"] for answer in found) >= len(found)
    for answer in found:
        CritiqueAnswer.model_validate(answer)
        entries = [*answer["issues"], *answer["questions"]]
        assert {entry["guideline"] for entry in entries} <= set(answer["checklist"]) <= names
        for issue in answer["issues"]:
            guideline = next(g for g in in_force.guidelines if g.id.endswith(f"/{issue['guideline']}"))
            assert issue["severity"] == guideline.severity
    jsonschema.validate(found[0], dict(critique_form(short_names_of_judged(in_force)).schema))


def short_names_of_judged(library: Library) -> list[str]:
    names = short_names(library)
    return [names[g.id] for g in judged(library)]


def objects(schema: Any, depth: int = 1) -> Iterator[tuple[int, Any]]:
    yield depth, schema
    for below in (*schema.get("properties", {}).values(), *([schema["items"]] if "items" in schema else [])):
        if below["type"] in ("object", "array"):
            yield from objects(below, depth + 1)


@pytest.mark.parametrize("form", ["critique", "opinion"])
def test_forms_are_strict_small_and_always_the_same(library: Library, form: str) -> None:
    def made() -> Any:
        return (critique_form(short_names_of_judged(library)) if form == "critique" else opinion_form()).schema

    assert json.dumps(made()) == json.dumps(made())
    found = list(objects(made()))
    assert max(depth for depth, _ in found) <= 4
    whole = [schema for _, schema in found if schema["type"] == "object"]
    assert sum(len(schema["properties"]) for schema in whole) <= 60
    for schema in whole:
        assert schema["required"] == list(schema["properties"])
        assert schema["additionalProperties"] is False
    jsonschema.Draft202012Validator.check_schema(made())


def test_every_judged_guideline_has_its_slot_and_no_other(library: Library) -> None:
    schema: Any = critique_form(short_names_of_judged(library)).schema
    slots = list(schema["properties"]["checklist"]["properties"])
    assert len(slots) == len(set(slots)) == sum(not g.fixed_rules_only for g in library.guidelines)
    assert "safe-to-publish" not in slots
    assert schema["properties"]["issues"]["items"]["properties"]["guideline"]["enum"] == slots
    assert list(schema["properties"]["issues"]["items"]["properties"])[:2] == ["quote", "why"]


def test_names_that_two_families_share_stay_whole(library: Library) -> None:
    first = library.guidelines[0]
    twins = Library((replace(first, id="authenticity/same"), replace(first, id="transparency/same")))
    assert list(short_names(twins).values()) == ["authenticity.same", "transparency.same"]


def test_a_second_opinion_has_its_form() -> None:
    point = {"number": 1, "reason": "r", "verdict": "keep", "question": ""}
    jsonschema.validate({"points": [point]}, dict(opinion_form().schema))
    assert OpinionsAnswer.model_validate({"points": [point]}).points[0].verdict == "keep"


def test_no_prompt_claims_to_know_a_machines_hand(root: Path) -> None:
    for name in NAMES:
        assert "written by AI" in " ".join((root / "prompts" / name).read_text(encoding="utf-8").split())
