from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

from bot.assemble.judging import open_chosen
from bot.settings import read_settings
from bot.terminal.commands import run
from tests.model.server import REFUSAL, ScriptedModel, critique, issue

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

POST = "Our tonic cures every cold within a day.\nCome and taste it on Saturday."


async def test_review_asks_the_configured_model_and_a_refusal_leaves_the_rules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "post.txt"
    path.write_text(POST, encoding="utf-8")
    async with ScriptedModel() as model:
        model.will(critique(issue("cures every cold", "authenticity/claim-evidence")), REFUSAL, REFUSAL)
        monkeypatch.setenv("OPENAI_BASE_URL", model.url)
        assert await asyncio.to_thread(run, ["review", str(path), "--json", "--context", "It is a joke."]) == 1
        answer = json.loads(capsys.readouterr().out)
        assert [f["origin"] for f in answer["findings"]] == ["model"]
        assert (answer["fixed_rules_only"], answer["model"]) == (False, "answered")
        assert "It is a joke." in json.dumps(model.requests[0].turns)
        assert await asyncio.to_thread(run, ["review", str(path)]) == 2
        assert "declined to read this draft" in capsys.readouterr().out
        assert await asyncio.to_thread(run, ["review", str(path), "--json"]) == 2
        answer = json.loads(capsys.readouterr().out)
        assert (answer["outcome"], answer["model"]) == ("could_not_review", "declined")
        model.will(REFUSAL, critique())
        assert await asyncio.to_thread(run, ["review", str(path), "--require-model"]) == 3
        capsys.readouterr()
        assert await asyncio.to_thread(run, ["review", str(path), "--require-model", "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["outcome"] == "nothing_to_flag"


async def test_one_call_may_take_as_long_as_the_whole_judgement() -> None:
    model, limits = open_chosen(read_settings({"OPENAI_BASE_URL": "http://127.0.0.1:9/v1", "MODEL_DEADLINE": "500"}))
    await model.aclose()
    assert (limits.call, limits.total) == (500, 500)
