"""`candor audit CHANNEL`: a channel is read over the real wire, and what stands in the way is one sentence."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.core.errors import PersonCanFix
from bot.core.words.brand import audit as words
from bot.core.words.brand import posts as post_words
from bot.terminal import auditing
from bot.terminal.commands import run
from bot.workspace.server import Workspace
from bot.workspace.state import Channel, another_team
from tests.model.server import ScriptedModel

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from bot.core.brand.audit import AuditResult
    from bot.core.judging import Critique

MANIFEST = json.loads((Path(__file__).resolve().parent.parent.parent / "manifest.json").read_text(encoding="utf-8"))
BAIT = "Instagram\n\nTag three friends to win a year of bread! Delivery costs £4."
PLAIN = "LinkedIn\n\nDelivery costs £3. Fresh bread daily."
DRAFTS = ["audit", "#drafts"]


@pytest.fixture
async def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[Workspace]:
    """One that Candor is in, and a folder where it has never run."""
    monkeypatch.chdir(tmp_path)
    async with Workspace() as workspace:
        monkeypatch.setenv("SLACK_BOT_TOKEN", workspace.team.bot.token)
        monkeypatch.setenv("SLACK_API_URL", workspace.api_url)
        yield workspace


async def candor(*arguments: str) -> int:
    return await asyncio.to_thread(run, arguments)


async def test_a_channel_is_read_page_by_page_and_reported_like_a_file(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace.post("#drafts", PLAIN)
    for number in range(205):
        workspace.post("#drafts", f"Fresh bread daily from oven {number}, out at seven.")
    workspace.post("#drafts", "can someone look at the printer please?")
    ts = workspace.post("#drafts", "Fresh rolls, which nobody has corrected yet.")
    workspace.edit("#drafts", ts, BAIT)
    assert await candor(*DRAFTS) == 1
    said = capsys.readouterr()
    assert said.err.splitlines()[0] == words.channel_read("drafts", 208, 207)
    assert said.out.splitlines()[:2] == [
        words.NO_MODEL,
        "207 posts: 1 with something to change, 1 contradiction among them.",
    ]
    assert ": Must fix: Conditions left out. “Tag three" in said.out
    assert "Fresh rolls" not in (tmp_path / "audit.csv").read_text(encoding="utf-8")
    assert "Delivery costs £3" in (tmp_path / "audit.html").read_text(encoding="utf-8")
    assert not (tmp_path / ".candor").exists()
    assert await candor("audit", "C0DRAFTS", "--days", "1") == 1
    assert words.channel_read("drafts", 208, 207) in capsys.readouterr().err


async def test_it_carries_on_and_tells_first_what_a_model_takes(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for text in (PLAIN, BAIT):
        workspace.post("#drafts", text)

    def first_only(one: Critique) -> AuditResult:
        if journal.exists() and len(journal.read_text(encoding="utf-8").splitlines()) > 1:
            raise PersonCanFix(STOPPED)
        return result_of(one)

    journal, result_of = Path("audit.html.unfinished"), auditing.result_of
    with monkeypatch.context() as patched:
        patched.setattr(auditing, "result_of", first_only)
        assert await candor(*DRAFTS) == 2
    assert words.stopped(1, 2) in capsys.readouterr().err
    workspace.post("#drafts", "Fresh rolls from Monday, at seven.")
    assert await candor(*DRAFTS, "--resume") == 1
    assert words.resumed(1, 3, "audit.html.unfinished") in capsys.readouterr().err
    async with ScriptedModel() as model:
        monkeypatch.setenv("OPENAI_BASE_URL", model.url)
        assert await candor(*DRAFTS, "--model") == 0
        said = capsys.readouterr().out
        assert "at least 3 calls" in said
        assert words.GO_AHEAD in said
        assert not model.requests


STOPPED = "stopped by the test"


async def test_what_stands_in_the_way_is_one_sentence(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    team = workspace.team
    team.channels["C0ELSEWHERE"] = Channel("C0ELSEWHERE", team.id, "elsewhere", members=["U0MIKA"])
    workspace.post("#drafts", "ok")
    faults = {
        ("#elsewhere",): words.not_in_channel("elsewhere", is_id=False),
        ("#nowhere",): words.not_in_channel("nowhere", is_id=False),
        ("C0ELSEWHERE",): words.not_in_channel("C0ELSEWHERE", is_id=True),
        ("C0NOWHERE",): words.not_in_channel("C0NOWHERE", is_id=True),
        ("drafts",): words.no_file_or_channel("drafts"),
        ("drafts.csv",): "Can't read drafts.csv: No such file or directory.",
        ("#drafts", "--workspace", "T0NOWHERE"): post_words.unknown_workspace("T0NOWHERE"),
        ("#drafts",): f"{words.channel_read('drafts', 1, 0)}\n{words.NO_POSTS_THERE}",
    }
    for arguments, sentence in faults.items():
        assert await candor("audit", *arguments) == 2
        assert capsys.readouterr().err == f"{sentence}\n"
    (tmp_path / "#drafts").write_text("text\nFresh bread every morning.\n", encoding="utf-8")
    assert await candor(*DRAFTS) == 0  # a file of that name is a file
    assert await candor(*DRAFTS, "--days", "3") == 2
    assert words.ONLY_CHANNELS in capsys.readouterr().err
    (tmp_path / "#drafts").unlink()
    monkeypatch.setenv("SLACK_BOT_TOKEN", "")
    assert await candor(*DRAFTS) == 2
    assert capsys.readouterr().err.startswith("SLACK_BOT_TOKEN isn't set. ")


@pytest.mark.usefixtures("workspace")
async def test_a_scope_that_the_app_lacks_and_a_silent_slack_are_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bot = MANIFEST["oauth_config"]["scopes"]["bot"]
    narrow = {**MANIFEST, "oauth_config": {"scopes": {"bot": [one for one in bot if one != "channels:history"]}}}
    async with Workspace(manifest=narrow) as other:
        monkeypatch.setenv("SLACK_API_URL", other.api_url)
        assert await candor(*DRAFTS) == 2
        assert capsys.readouterr().err == f"{words.not_allowed('missing_scope')}\n"
    assert await candor(*DRAFTS) == 2
    assert "can't reach" in capsys.readouterr().err


async def test_of_several_workspaces_one_is_named(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    other = workspace.state.add_team(another_team("T0OTHER", "other", workspace.team))
    workspace.post("#drafts", PLAIN)
    monkeypatch.setenv("SLACK_BOT_TOKEN", f"{workspace.team.bot.token},{other.bot.token}")
    assert await candor(*DRAFTS) == 2
    assert capsys.readouterr().err == f"{post_words.which_workspace(sorted([other.id, workspace.team.id]))}\n"
    assert await candor(*DRAFTS, "--workspace", workspace.team.id) == 0
    assert words.channel_read("drafts", 1, 1) in capsys.readouterr().err
    assert await candor(*DRAFTS, "--workspace", other.id) == 2
    assert words.NO_POSTS_THERE in capsys.readouterr().err
