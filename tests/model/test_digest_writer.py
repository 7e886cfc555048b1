"""A model's paragraph about the week is shown only with counted figures."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from bot.core.digest import WEEK, Digest, Figures, Period, Written
from bot.core.digest_ports import DigestWriter
from bot.core.errors import BrokenFiles
from bot.core.judgement import ModelFailed
from bot.model.digest_writer import ModelDigestWriter
from bot.model.prompts import load_prompt
from tests.model.cases import QUICK
from tests.model.stand_in import StandIn

if TYPE_CHECKING:
    from pathlib import Path

    from bot.model.language_model import Reply, Request

NOW = 1_800_000_000.0
GUIDELINE = "user-control/no-false-pressure"
DIGEST = Digest(Period(NOW - WEEK, NOW), "UTC", Figures(12, 5, ((GUIDELINE, 6),), 4, 2, 8.0))
GOOD = "This week 12 drafts were reviewed. Of the 6 points, 4 were accepted."


def writer(root: Path, *answers: Any) -> tuple[ModelDigestWriter, StandIn]:
    left = list(answers)
    model = StandIn(lambda _: left.pop(0) if len(left) > 1 else left[0])
    prompt = load_prompt(root / "prompts" / "digest.md", "openers")
    return ModelDigestWriter(model, prompt, {GUIDELINE: "No false pressure"}, QUICK), model


async def test_the_model_sees_figures_and_its_words_come_back(root: Path) -> None:
    made, model = writer(root, {"text": f"  {GOOD} "})
    assert isinstance(made, DigestWriter)
    assert await made.write("T1", DIGEST) == Written(GOOD, "stand-in")
    (request,) = model.requests
    assert "points under the guideline No false pressure: 6" in request.turns[0].text
    assert "Compared" in request.instructions
    assert "$" not in request.instructions


@pytest.mark.parametrize("bad", [{"text": "There were 13 drafts."}, {"words": GOOD}, "no JSON", {"text": ""}], ids=str)
async def test_an_answer_that_breaks_a_rule_is_asked_for_once_more_then_given_up(root: Path, bad: object) -> None:
    made, model = writer(root, bad, {"text": GOOD})
    assert (await made.write("T1", DIGEST)).text == GOOD
    assert len(model.requests) == 2
    made, model = writer(root, bad)
    with pytest.raises(ModelFailed):
        await made.write("T1", DIGEST)
    assert len(model.requests) == 2


async def test_a_model_that_never_answers_is_not_waited_for(root: Path) -> None:
    class Silent(StandIn):
        async def ask(self, request: Request) -> Reply:
            await asyncio.sleep(60)
            return await super().ask(request)

    prompt = load_prompt(root / "prompts" / "digest.md", "openers")
    made = ModelDigestWriter(Silent(lambda _: {}), prompt, {}, replace(QUICK, total=0.05))
    with pytest.raises(ModelFailed):
        await made.write("T1", DIGEST)


def test_an_unknown_name_in_the_prompt_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "digest.md").write_text("Begin with $openers, $people.\n", encoding="utf-8")
    with pytest.raises(BrokenFiles, match="people"):
        load_prompt(tmp_path / "digest.md", "openers")
