"""A language model is connected while the bot runs: over the control interface, as the page does it."""

from __future__ import annotations

import json
import stat
from functools import partial
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from bot.assemble.judging import with_model
from bot.assemble.trying import Trial, settings_for
from bot.core.errors import PersonCanFix
from bot.settings import read_settings
from bot.workspace.server import Workspace
from tests.model.server import Fault, ScriptedModel, critique, issue

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

POST = "Our tonic cures every cold within a day.\nCome and taste it on Saturday."
CLAIM = issue("cures every cold within a day", "authenticity/claim-evidence", replacement="warms you up")
KEY = "sk-made-up-0123456789"


class Desk:
    """The local workspace with the bot in it, and somebody at its page."""

    def __init__(self, workspace: Workspace, session: aiohttp.ClientSession, trial: Trial) -> None:
        self.workspace, self.trial = workspace, trial
        self._session = session

    async def act(self, what: str, headers: dict[str, str] | None = None, **body: Any) -> dict[str, Any]:
        url = f"{self.workspace.url}/local/model{what}"
        async with self._session.post(url, json=body, headers=headers) as answer:
            return json.loads(await answer.text()) if answer.status == 200 else {"status": answer.status}

    async def look(self) -> dict[str, Any]:
        async with self._session.get(f"{self.workspace.url}/local/model") as answer:
            return dict(await answer.json())

    async def reply(self, post: str = POST) -> str:
        """What Candor says about a draft."""
        channel, ts = self.workspace.channel("#drafts"), self.workspace.post("#drafts", post)
        await self.workspace.until(lambda: channel.thread(ts), 60, "a reply")
        return json.dumps(channel.thread(ts), ensure_ascii=False)


@pytest.fixture
async def model() -> AsyncGenerator[ScriptedModel]:
    async with ScriptedModel() as model:
        model.models = ("m-1", "nomic-embed-text")
        yield model


@pytest.fixture
async def desk(tmp_path: Path, root: Path) -> AsyncGenerator[Desk]:
    folder = tmp_path / "data"
    async with Workspace() as workspace, aiohttp.ClientSession() as session:
        settings = settings_for(workspace, folder, read_settings({"PROMPTS_DIR": str(root / "prompts")}))
        trial = Trial(workspace, settings)
        await trial.start()
        yield Desk(workspace, session, trial)
        await trial.stop()


def ready_then(model: ScriptedModel, *replies: Any) -> None:
    model.will('{"ready": true}', *replies)


async def test_a_model_is_connected_used_kept_and_taken_away_again(
    desk: Desk, model: ScriptedModel, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert "Not reviewed" in await desk.reply()
    assert (await desk.look())["says"] == "No language model for your own drafts"
    listed = await desk.act("/list", address=model.url.removesuffix("/v1"), key=KEY)
    assert (listed["address"], listed["models"], listed["says"]) == (model.url, ["m-1"], "")

    (tmp_path / ".env").write_text("# mine\nDRAFT_CHANNELS=drafts\nOPENAI_MODEL=old\n", encoding="utf-8")
    ready_then(model, critique(CLAIM))
    made = await desk.act("/connect", address=model.url, key=KEY, model="m-1", keep=True)
    assert made["done"]
    assert made["says"].startswith("m-1 answers. Candor will use it from the next draft. It's saved in .env")
    assert model.requests[-1].headers["Authorization"] == f"Bearer {KEY}"
    assert "cures every cold" in await desk.reply()
    state = await desk.look()
    assert (state["connected"], state["model"], state["address"]) == (True, "m-1", model.url)

    kept = tmp_path / ".env"
    assert kept.read_text(encoding="utf-8").startswith("# mine\nDRAFT_CHANNELS=drafts\nOPENAI_MODEL='m-1'\n")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert read_settings().model.key == KEY

    told = [listed, made, state, desk.workspace.traffic.after(0), caplog.text]
    assert KEY not in json.dumps(told, default=str)
    assert (await desk.act("/off"))["done"]
    assert "Not reviewed" in await desk.reply("Another tonic.\nTaste it on Sunday, in all three shops.")


async def test_what_does_not_work_is_told_and_changes_nothing(desk: Desk, model: ScriptedModel) -> None:
    for reply, says in (
        (Fault(status=401, code="invalid_api_key"), "refused this key"),
        (Fault(status=404, code="model_not_found"), "has no model called “m-1”"),
        (Fault(status=429, code="insufficient_quota"), "no credit left"),
        ("Ready when you are!", "not in the format Candor needs"),
        (Fault("page"), "doesn't speak OpenAI's protocol"),
    ):
        model.will(reply)
        made = await desk.act("/connect", address=model.url, key=KEY, model="m-1")
        assert not made["done"]
        assert says in made["says"]
    typed: tuple[tuple[dict[str, Any], str], ...] = (
        ({"address": "http://127.0.0.1:9/v1", "model": "m-1"}, "Nothing answers at http://127.0.0.1:9/v1"),
        ({"address": "nowhere at all", "model": "m-1"}, "isn't an address"),
        ({"address": " ", "model": "m-1"}, "Enter the server's address."),
        ({"address": "http://llm.example.com/v1", "model": "m-1", "key": KEY}, "anyone on the way could read"),
        ({"address": model.url, "model": ""}, "Enter the name of a model"),
        ({"address": model.url, "model": "m-1", "key": "two\nlines"}, "single lines"),
    )
    for body, says in typed:
        assert says in (await desk.act("/connect", **body))["says"]
    assert desk.trial.connected is None
    assert "Not reviewed" in await desk.reply()


async def test_other_pages_and_addresses_with_a_key_in_them_are_refused(desk: Desk, model: ScriptedModel) -> None:
    typed = {"address": model.url, "key": KEY, "model": "m-1"}
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Host": "evil.example"}):
        assert (await desk.act("/connect", headers, **typed))["status"] == 403
    query = f"?address={model.url}&key={KEY}&model=m-1"
    assert not (await desk.act(f"/connect{query}"))["done"]
    assert model.requests == []


async def test_a_model_is_chosen_by_name_among_the_servers_of_this_machine(
    model: ScriptedModel, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.assemble import judging as connecting  # noqa: PLC0415 - what it looks at is changed for this test
    from bot.model.opening import look_around  # noqa: PLC0415 - the same

    port = int(model.url.rpartition(":")[2].removesuffix("/v1"))
    monkeypatch.setattr(connecting, "look_around", partial(look_around, (port, 9)))
    settings = read_settings({"PROMPTS_DIR": str(root / "prompts"), "OPENAI_API_KEY": "sk-for-somebody-else"})
    found = (await with_model(settings, "m-1")).model
    assert (found.url, found.name, found.key) == (model.url, "m-1", "")  # a key goes where it was meant to go only
    assert (await with_model(settings, "gpt-6")).model.key == "sk-for-somebody-else"
    nothing = read_settings({"PROMPTS_DIR": str(root / "prompts")})
    with pytest.raises(PersonCanFix, match="has m-1, nomic-embed-text"):
        await with_model(nothing, "gpt-6")
