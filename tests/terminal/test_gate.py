"""`candor gate`: many drafts, for scripts and pull requests."""

from __future__ import annotations

import asyncio
import io
import json
import re
import shlex
import sys
from asyncio.subprocess import PIPE, STDOUT
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from bot.core.drafts import Author, Message, Place
from bot.core.reviewing import subject_of
from bot.core.sign_off import Act, SignOffAct
from bot.core.words import gating as words
from bot.store.database import Database
from bot.store.drafts import DraftStore
from bot.store.migrate import migrate
from bot.store.sign_off import SignOffStore
from bot.terminal.commands import run
from tests.databases import run as run_sql
from tests.model.server import REFUSAL, ScriptedModel, critique, issue, question
from tests.store.samples import FixedClock

DOCS = Path(__file__).resolve().parent.parent.parent / "docs" / "gate"
BAIT = "---\nplatform: instagram\n---\nOur new oven is here.\nTag three friends to win!\n"
SECRET = "Our demo key is sk-abcdefghijklmnopqrstuvwx, have fun."
CLEAN = "The bakery opens at six.\n"


@pytest.fixture
def posts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "my posts"
    folder.mkdir()
    (folder / "bait, 1.md").write_text(BAIT, encoding="utf-8")
    (folder / "clean.txt").write_text(CLEAN, encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


def said(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (".", "Is a directory"),
        ("gone/report.json", "No such file or directory"),
        ("clean.txt/report.json", "Not a directory"),
        ("/proc/report.json", "No such file or directory"),
    ],
)
async def test_a_report_that_cannot_be_written_is_told_before_the_model_is_asked_or_after_the_review_is_shown(
    posts: Path, file: str, reason: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async with ScriptedModel() as model:
        model.otherwise = critique()
        monkeypatch.setenv("OPENAI_BASE_URL", model.url)
        assert await asyncio.to_thread(run, ["gate", f"--report=json={file}", str(posts / "clean.txt")]) == 2
        told = capsys.readouterr()
        assert told.err == f"Can't write {file}: {reason}.\n"
        assert bool(told.out) is bool(model.requests) is file.startswith("/proc")


@pytest.mark.usefixtures("posts")
def test_points_are_told_with_their_lines_and_a_clean_draft_needs_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["gate", "bait, 1.md", "./clean.txt"]) == 1
    lines = said(capsys).splitlines()
    assert all(line.startswith("bait, 1.md:5:1: ") for line in lines[:-1])
    assert "Must fix: Conditions left out. “Tag three friends to win”" in lines[0]
    assert lines[-1].startswith(f"2 drafts: {len(lines) - 1} points. No language model is connected")
    assert run(["gate", "clean.txt"]) == 0
    assert "nothing here was reviewed" in said(capsys)
    assert run(["gate", "clean.txt", "--require-model"]) == 3
    assert "clean.txt: Not reviewed: no language model is connected." in said(capsys)


def test_with_a_baseline_only_new_points_fail_and_a_secret_always_does(
    posts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (posts / "bait, 1.md").write_text(f"{BAIT}{SECRET}\n", encoding="utf-8")
    assert run(["gate", "bait, 1.md", "clean.txt", "--write-baseline", "base.json"]) == 1
    (posts / "bait, 1.md").write_text(BAIT.replace("Our new", "Really, our new"), encoding="utf-8")
    assert run(["gate", "bait, 1.md", "clean.txt", "--baseline", "base.json"]) == 0
    assert "already known" in said(capsys)
    (posts / "clean.txt").write_text(SECRET, encoding="utf-8")
    assert run(["gate", "bait, 1.md", "clean.txt", "--baseline", "base.json"]) == 1
    assert said(capsys).startswith("clean.txt:1:17: Must fix")


@pytest.mark.parametrize(
    "written",
    [
        ["--report", "sarif=clean.txt"],
        ["--write-baseline", "clean.txt"],
        ["--report", "sarif=out", "--report", "json=./out"],
    ],
)
def test_no_file_is_written_over_a_draft_or_another_report(posts: Path, written: list[str]) -> None:
    assert run(["gate", "clean.txt", *written]) == 2
    assert (posts / "clean.txt").read_text(encoding="utf-8") == CLEAN
    assert not (posts / "out").exists()


@pytest.mark.usefixtures("posts")
def test_what_nobody_expected_is_no_point_in_a_draft(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_: object) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr("bot.terminal.gating.status", broken)
    assert run(["gate", "clean.txt"]) == 2
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_standard_input_is_a_draft_and_what_cannot_be_run_is_2(
    posts: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Tag three friends to win!")))
    assert run(["gate", "--platform", "instagram", "--format", "json"]) == 1
    (answer,) = json.loads(said(capsys))["files"]
    assert (answer["path"], answer["reviewed"], answer["state"]) == ("stdin", False, "checks_only")
    (posts / "base.json").write_text("[]", encoding="utf-8")
    for wrong in (["absent.md"], ["clean.txt", "--baseline", "base.json"], ["clean.txt", "--signed-off"]):
        assert run(["gate", *wrong]) == 2
    assert "isn't a baseline" in capsys.readouterr().err


def test_a_file_that_cannot_be_read_is_told_with_its_line_and_the_others_are_reviewed(
    posts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (posts / "fax.md").write_text("---\nplatform: fax\n---\nHello", encoding="utf-8")
    (posts / "latin.md").write_bytes("Grüße".encode("latin-1"))
    names = ["fax.md", "latin.md", "absent.md", "bait, 1.md"]
    assert run(["gate", *names]) == 2
    told = capsys.readouterr()
    assert "bait, 1.md:5:1: Must fix" in told.out
    assert told.out.splitlines()[-1].startswith("4 drafts: 2 points, 3 couldn't be read.")
    faults = told.err.splitlines()
    assert faults[0].startswith("fax.md:2: Candor doesn't know the platform “fax”. Choose")
    assert faults[1].startswith("latin.md:1: latin.md isn't UTF-8 text")
    assert faults[2].startswith("absent.md:1: Can't read absent.md")
    assert run(["gate", *names, "--format", "github"]) == 2
    assert "::error file=fax.md,line=2,title=This file couldn't be read::Candor doesn't know" in said(capsys)
    assert run(["gate", *names, "--format", "json"]) == 2
    answer = json.loads(said(capsys))
    states = {one["path"]: one["state"] for one in answer["files"]}
    assert states == dict.fromkeys(names[:3], "unreadable") | {"bait, 1.md": "checks_only"}
    assert run(["gate", *names, "--format", "sarif"]) == 2
    log = json.loads(said(capsys))
    jsonschema.validate(log, SARIF)
    notes = log["runs"][0]["invocations"][0]["toolExecutionNotifications"]
    assert [note["level"] for note in notes] == ["warning", "error", "error", "error"]
    assert run(["gate", *names, "--write-baseline", "base.json"]) == 2
    assert not (posts / "base.json").exists()
    assert run(["gate", *names, "--signed-off"]) == 2


def test_a_baseline_counts_copies_and_knows_its_files_from_any_folder(
    posts: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = posts / "bait, 1.md"
    assert run(["gate", draft.name, "./bait, 1.md", str(draft), "--write-baseline", "base.json"]) == 0
    assert "2 points saved as known in base.json." in capsys.readouterr().err
    assert run(["gate", str(draft), "--baseline", "base.json"]) == 0
    monkeypatch.chdir(posts.parent)
    assert run(["gate", "my posts/bait, 1.md", "--baseline", "my posts/base.json"]) == 0
    said(capsys)
    assert run(["gate", "my posts/bait, 1.md", "--write-baseline", "-"]) == 0
    printed = said(capsys)
    assert list(json.loads(printed)["known"]) == ["my posts/bait, 1.md"]
    assert not Path("-").exists()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(printed.encode())))
    assert run(["gate", str(draft), "--baseline", "-"]) == 0
    draft.write_text(f"{BAIT}Tag three friends to win!\n", encoding="utf-8-sig", newline="\r\n")
    said(capsys)
    assert run(["gate", str(draft), "--baseline", "my posts/base.json"]) == 1
    assert said(capsys).splitlines()[-1].startswith("1 draft: 2 new points, 1 already known.")
    refs = json.loads(printed)["known"]["my posts/bait, 1.md"]
    old = {"version": 1, "known": {"my posts/bait, 1.md": list(refs)}}
    (posts / "old.json").write_text(json.dumps(old), encoding="utf-8")
    assert run(["gate", "my posts/bait, 1.md", "--baseline", "my posts/old.json"]) == 0
    assert "Save it again with --write-baseline." in capsys.readouterr().err


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github"])
@pytest.mark.usefixtures("posts")
def test_no_report_gives_a_secret_away(form: str, posts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = "sk-proj-abcdefghijklmnopqrstuvwxyz1234567890ABCDEF"
    (posts / "key.md").write_text(f"Only 2 left of {key}! {SECRET} password: hunter2hunter2!", encoding="utf-8")
    (posts / "front.md").write_text(f"---\nplatform: {key}\n---\nHi", encoding="utf-8")
    assert run(["gate", "key.md", "front.md", "--format", form]) == 2
    told = "".join(capsys.readouterr())
    assert told.count("[secret]") >= 3
    for part in ("sk-proj", "abcdefgh", "hunter2"):
        assert part not in told


@pytest.mark.usefixtures("posts")
def test_github_gets_one_note_for_each_point_beside_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["gate", "bait, 1.md", "--format", "github"]) == 1
    first, *_, last = said(capsys).splitlines()
    assert first.startswith("::error file=bait%2C 1.md,line=5,endLine=5,col=1,endColumn=25,title=Must fix%3A Cond")
    assert "::“Tag three friends to win”" in first
    assert not last.startswith("::")


def test_neither_a_draft_nor_its_name_gives_orders_to_a_terminal_or_a_log(
    posts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "::stop-commands::x\n::add-mask::e.md"
    (posts / name).write_text("Tag three \x1b[2Kfriends to win!\nBuy now, only 3 left!\x1b[8m", encoding="utf-8")
    (posts / "e.md").write_text("Key: AKIA\x1b[2KIOSFODNN7EXAMPLE, password=\x1b[8mhunter2hunter2!", encoding="utf-8")
    run(["gate", name, "e.md"])
    told = said(capsys)
    assert "\x1b" not in told
    assert not any(line.startswith("::") for line in told.splitlines())
    assert told.startswith("./::stop-commands::x\\n::add-mask::e.md:")


OBJECT: dict[str, Any] = {"type": "object", "additionalProperties": False}
TEXT = OBJECT | {"properties": {"text": {"type": "string", "minLength": 1}}, "required": ["text"]}
PLACE_IN = {name: {"type": "integer", "minimum": 1} for name in ("startLine", "startColumn", "endLine", "endColumn")}
REGION = OBJECT | {"properties": PLACE_IN | {"snippet": TEXT}, "required": ["startLine"]}
ARTIFACT = OBJECT | {"properties": {"uri": {"type": "string", "pattern": "^[^ ]+$"}}, "required": ["uri"]}
LOCATION = OBJECT | {
    "properties": {
        "physicalLocation": OBJECT
        | {"properties": {"artifactLocation": ARTIFACT, "region": REGION}, "required": ["artifactLocation"]}
    }
}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
RULE = OBJECT | {
    "properties": {
        "id": {"type": "string"},
        "name": {"type": "string"},
        "shortDescription": TEXT,
        "fullDescription": TEXT,
        "defaultConfiguration": OBJECT | {"properties": {"level": LEVEL}},
    },
    "required": ["id"],
}
NOTE = OBJECT | {
    "properties": {"level": LEVEL, "message": TEXT, "locations": {"type": "array", "items": LOCATION}},
    "required": ["message"],
}
REPLACEMENT = OBJECT | {
    "properties": {"deletedRegion": REGION, "insertedContent": OBJECT | {"properties": {"text": {"type": "string"}}}},
    "required": ["deletedRegion"],
}
CHANGE = OBJECT | {
    "properties": {
        "artifactLocation": ARTIFACT,
        "replacements": {"type": "array", "items": REPLACEMENT, "minItems": 1},
    },
    "required": ["artifactLocation", "replacements"],
}
FIX = OBJECT | {
    "properties": {"description": TEXT, "artifactChanges": {"type": "array", "items": CHANGE, "minItems": 1}},
    "required": ["artifactChanges"],
}
RESULT = OBJECT | {
    "properties": {
        "ruleId": {"type": "string"},
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": LEVEL,
        "message": TEXT,
        "locations": {"type": "array", "items": LOCATION},
        "partialFingerprints": {"type": "object", "additionalProperties": {"type": "string"}},
        "baselineState": {"enum": ["new", "unchanged", "updated", "absent"]},
        "fixes": {"type": "array", "items": FIX, "uniqueItems": True},
    },
    "required": ["message"],
}
DRIVER = OBJECT | {
    "properties": {
        "name": {"type": "string"},
        "version": {"type": "string"},
        "rules": {"type": "array", "items": RULE, "uniqueItems": True},
    },
    "required": ["name"],
}
INVOCATION = OBJECT | {
    "properties": {
        "executionSuccessful": {"type": "boolean"},
        "toolExecutionNotifications": {"type": "array", "items": NOTE},
    },
    "required": ["executionSuccessful"],
}
RUN = OBJECT | {
    "properties": {
        "tool": OBJECT | {"properties": {"driver": DRIVER}, "required": ["driver"]},
        "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
        "invocations": {"type": "array", "items": INVOCATION},
        "results": {"type": "array", "items": RESULT},
    },
    "required": ["tool"],
}
SARIF = OBJECT | {
    "properties": {
        "$schema": {"type": "string"},
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "items": RUN},
    },
    "required": ["version", "runs"],
}
"""What SARIF 2.1.0 says of the parts that Candor writes; nothing else may stand there."""


async def test_with_a_model_all_points_become_valid_sarif_and_a_draft_that_nobody_read_fails(
    posts: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (posts / "tonic.md").write_text("Our tonic cures every cold.\n", encoding="utf-8")
    claim = issue("cures every cold", "authenticity/claim-evidence", replacement="warms you up")
    async with ScriptedModel() as model:
        monkeypatch.setenv("OPENAI_BASE_URL", model.url)
        model.will(critique(claim, questions=(question("transparency/commercial-disclosure"),)))
        assert await asyncio.to_thread(run, ["gate", "tonic.md", "--format", "sarif"]) == 1
        log = json.loads(said(capsys))
        jsonschema.validate(log, SARIF)
        found, asked = log["runs"][0]["results"]
        assert found["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"] == {"text": "warms you up"}
        assert log["runs"][0]["tool"]["driver"]["rules"][found["ruleIndex"]]["id"] == found["ruleId"]
        assert asked["message"] == {"text": "Was it paid for?"}
        model.will(critique(), REFUSAL)
        monkeypatch.setattr("bot.assemble.judging._AT_ONCE", 1)
        assert await asyncio.to_thread(run, ["gate", "clean.txt", "tonic.md", "--format", "sarif"]) == 3
        log = json.loads(said(capsys))
        jsonschema.validate(log, SARIF)
        assert log["runs"][0]["invocations"][0]["executionSuccessful"] is False
        model.will(critique())
        assert await asyncio.to_thread(run, ["gate", "clean.txt", "--require-model"]) == 0
        assert said(capsys) == "1 draft: 0 points.\n"


async def test_whether_exactly_this_text_is_signed_off_is_asked_of_the_store(
    posts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    (tmp_path / "engine.db").touch()
    database, clock, place = Database(f"sqlite:///{tmp_path / 'candor.db'}"), FixedClock(), Place("T1", "C1", "1.0")
    await migrate(database)
    drafts = DraftStore(database, clock)
    await drafts.add(Message(place, Author.PERSON, "U1", CLEAN.strip()))
    state = await drafts.state(place.draft_id)
    assert state
    act = SignOffAct("k", Act.APPROVED, "U2", at=clock.now(), subject=subject_of(state))
    await SignOffStore(database).record(place.draft_id, act)
    await database.close()
    for team in ("T1", "T2"):
        run_sql(f"sqlite:///{tmp_path / 'candor.db'}", "INSERT INTO presence VALUES (:team, 1.0)", team=team)
        if team == "T1":
            assert await asyncio.to_thread(run, ["gate", "clean.txt", "--signed-off"]) == 0
            assert said(capsys) == "clean.txt: signed off on 14 November 2023\n"
    assert await asyncio.to_thread(run, ["gate", "clean.txt", "--signed-off"]) == 2
    assert "Say which with --workspace: T1, T2." in capsys.readouterr().err
    # Brand leads of one workspace approve nothing for another.
    assert await asyncio.to_thread(run, ["gate", "clean.txt", "--signed-off", "--workspace", "T2"]) == 1
    assert said(capsys) == "clean.txt: not signed off\n"
    run_sql(f"sqlite:///{tmp_path / 'candor.db'}", "DELETE FROM presence WHERE team = 'T2'")
    assert await asyncio.to_thread(run, ["gate", "clean.txt", "--signed-off"]) == 0
    assert said(capsys) == "clean.txt: signed off on 14 November 2023\n"
    (posts / "clean.txt").write_text(CLEAN, encoding="utf-8-sig", newline="\r\n")
    assert await asyncio.to_thread(run, ["gate", "clean.txt", "--signed-off"]) == 0
    assert said(capsys) == "clean.txt: signed off on 14 November 2023\n"
    (posts / "clean.txt").write_text(CLEAN.replace("six", "seven"), encoding="utf-8")
    assert await asyncio.to_thread(run, ["gate", "clean.txt", "--signed-off"]) == 1
    assert said(capsys) == "clean.txt: not signed off\n"


def test_settings_and_sign_offs_that_came_with_the_drafts_have_no_say(
    posts: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (posts / "prompts" / "guidelines").mkdir(parents=True)
    (posts / ".candor").mkdir()
    (posts / ".candor" / "engine.db").touch()
    assert run(["gate", "bait, 1.md"]) == 1
    assert capsys.readouterr().err == ""
    (posts / ".env").write_text("PROMPTS_DIR=prompts\nDATA_DIR=.candor\ntwo words\n", encoding="utf-8")
    assert run(["gate", "bait, 1.md"]) == 1
    assert capsys.readouterr().err == f"{words.ENV_LEFT_OUT}\n"
    assert run(["gate", "clean.txt", "--signed-off"]) == 2
    assert capsys.readouterr().err == f"{words.ENV_LEFT_OUT}\n{words.NO_DATABASE}\n"
    assert run(["gate", "bait, 1.md", "--env-file", ".env"]) == 2
    assert capsys.readouterr().err.startswith("Line 3 of .env isn't a setting.")
    assert run(["gate", "bait, 1.md", "--env-file", "gone.env"]) == 2
    assert capsys.readouterr().err == "gone.env can't be read (No such file or directory).\n"
    (posts / ".env").rename("ours.env")
    (posts / "ours.env").write_text("DATA_DIR=.candor\n", encoding="utf-8")
    assert run(["gate", "clean.txt", "--signed-off", "--env-file", "ours.env"]) == 2
    assert "The database tables are out of date." in capsys.readouterr().err
    monkeypatch.setenv("PROMPTS_DIR", "prompts")  # whoever wrote the command may name even that
    assert run(["gate", "bait, 1.md"]) == 2


# What people copy, and what GitHub and pre-commit look for at the top of the repository.

ROOT = DOCS.parent.parent
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))


async def ran(script: str, folder: Path, **environment: str) -> tuple[int, str]:
    """A step of the action, as GitHub's runner starts it."""
    shell = ("--noprofile", "--norc", "-eo", "pipefail", "-c", script)
    process = await asyncio.create_subprocess_exec(
        "bash", *shell, cwd=folder, stdout=PIPE, stderr=STDOUT, env={"PATH": "/usr/bin:/bin"} | environment
    )
    said, _ = await process.communicate()
    return process.returncode or 0, said.decode()


async def test_the_action_reads_once_and_reports_twice(posts: Path, tmp_path: Path) -> None:
    (tmp_path / "candor").mkdir()
    (tmp_path / "candor" / "bin").symlink_to(Path(sys.executable).parent)
    step = ACTION["runs"]["steps"][-1]
    given = {name: str(one.get("default", "")) for name, one in ACTION["inputs"].items()}
    output = tmp_path / "output"
    base = {"RUNNER_TEMP": str(tmp_path), "GITHUB_OUTPUT": str(output)}

    async def act(**inputs: str) -> tuple[int, str]:
        values = given | {name.replace("_", "-"): value for name, value in inputs.items()}
        asked = {name: values[text.partition("inputs.")[2].rstrip(" }")] for name, text in step["env"].items()}
        return await ran(step["run"], posts, **base, **asked)

    status, said = await act(files="*.md *.txt", require_model="false")
    assert (status, said.count("::error file=bait%2C 1.md,line=5")) == (1, 1), said
    log = json.loads((posts / "candor.sarif").read_text(encoding="utf-8"))
    jsonschema.validate(log, SARIF)
    assert len(log["runs"][0]["results"]) == said.count("file=bait")
    assert output.read_text(encoding="utf-8") == "sarif-file=candor.sarif\n"
    assert run(["gate", "bait, 1.md", "--write-baseline", "base.json"]) == 0
    assert (await act(files="*.md", baseline="base.json", require_model="false"))[0] == 0
    for yes in ("true", "True", "TRUE", "yes", "1"):
        assert (await act(files="*.txt", require_model=yes))[0] == 3
    output.unlink()
    for wrong in ({"require_model": "maybe"}, {"require_model": ""}, {"baseline": "absent.json"}):
        assert (await act(files="*.md", **wrong))[0] == 2
        assert not (posts / "candor.sarif").exists()
    assert not output.exists()
    status, said = await act(files="*.rst gone.md", require_model="no")
    assert (status, said) == (0, "::notice title=Candor::No file matches the input files, so nothing was reviewed.\n")
    assert not (posts / "candor.sarif").exists()


async def test_the_action_takes_the_files_that_are_there_and_runs_nothing_that_came_with_them(
    posts: Path, tmp_path: Path
) -> None:
    program = tmp_path / "candor" / "bin"
    program.mkdir(parents=True)
    (program / "python").symlink_to(sys.executable)
    (program / "candor").write_text('#!/bin/sh\nfor one; do printf "%s;" "$one"; done\n', encoding="utf-8")
    (program / "candor").chmod(0o755)
    for name in ("a.md", "b/c.md", "b/.git/d.md", ".e.md", "b/f.txt"):
        (posts / "new" / name).parent.mkdir(parents=True, exist_ok=True)
        (posts / "new" / name).touch()
    (posts / "pathlib.py").write_text("raise SystemExit(9)", encoding="utf-8")
    (posts / "new" / "elsewhere.md").symlink_to(__file__)
    (posts / "new" / "b" / "up").symlink_to(posts)
    script = ACTION["runs"]["steps"][-1]["run"]

    async def taken(files: str) -> list[str]:
        given = {"FILES": files, "SARIF_FILE": "s", "BASELINE": "", "REQUIRE_MODEL": "no", "GITHUB_OUTPUT": "o"}
        status, said = await ran(script, posts, RUNNER_TEMP=str(tmp_path), **given)
        assert status == 0
        return said.partition("--;")[2].split(";")[:-1]

    assert await taken("new/**/*.md gone.md new/gone.*") == ["new/a.md", "new/b/c.md"]
    assert await taken("./new/** bait*.md") == ["new/a.md", "new/b/c.md", "new/b/f.txt", "bait, 1.md"]
    assert await taken("new/.*.md new/b**.md") == ["new/.e.md"]
    assert await taken(f"{tmp_path}/*/new/a.md ../*/clean.txt") == [f"{posts}/new/a.md", "../my posts/clean.txt"]
    assert not re.search(r"globstar|mapfile|readarray|declare -A|,,\}|\^\^\}|&>>|\|&", script)  # none is in bash 3.2


def test_the_workflow_gives_the_action_what_it_takes_and_uploads_only_what_is_there() -> None:
    workflow = yaml.safe_load((DOCS / "github.yml").read_text(encoding="utf-8"))
    job = workflow["jobs"]["gate"]
    (ours,) = [step for step in job["steps"] if "CANDOR" in step.get("uses", "")]
    assert set(ours["with"]) <= set(ACTION["inputs"])
    needed = {name for name, one in ACTION["inputs"].items() if one.get("required")}
    assert needed <= set(ours["with"])
    assert "secrets.OPENAI_API_KEY" in ours["with"]["openai-api-key"]
    upload = job["steps"][-1]
    assert upload["with"]["sarif_file"] == ACTION["inputs"]["sarif-file"]["default"]
    assert f"hashFiles('{upload['with']['sarif_file']}') != ''" in upload["if"]
    assert workflow["permissions"] == {"contents": "read", "security-events": "write"}
    scripts = [step.get("run", "") for step in ACTION["runs"]["steps"]]
    assert not any(re.search(r"python\"? -(?!I)|PYTHON\" -(?!I)", script) for script in scripts)  # see `-I` there
    assert not any("${{" in script for script in scripts)  # what somebody typed is never part of a script
    assert all(step.get("shell") == "bash" for step in ACTION["runs"]["steps"] if "run" in step)


def test_the_hook_is_one_that_pre_commit_can_run(posts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert set(hook) == {"id", "name", "description", "entry", "language", "types", "require_serial"}
    assert (hook["language"], hook["require_serial"]) == ("python", True)
    (repository,) = yaml.safe_load((DOCS / "pre-commit.yml").read_text(encoding="utf-8"))["repos"]
    (used,) = repository["hooks"]
    assert used["id"] == hook["id"]
    assert re.match(used["files"], "posts/monday.md")
    assert run(["gate", "bait, 1.md", "--write-baseline", used["args"][-1]]) == 0
    command = [*shlex.split(hook["entry"])[1:], *used["args"]]
    assert run([*command, "bait, 1.md", "clean.txt"]) == 0
    (posts / "clean.txt").write_text(BAIT, encoding="utf-8")
    assert run([*command, "bait, 1.md", "clean.txt"]) == 1
    assert "clean.txt:5:1" in said(capsys)


@pytest.mark.usefixtures("posts")
def test_one_run_gives_as_many_reports_as_are_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    reports = ("--report", "sarif=a.sarif", "--report", "json=b=.json")
    assert run(["gate", "bait, 1.md", *reports]) == 1
    assert said(capsys).startswith("bait, 1.md:5:1")
    jsonschema.validate(json.loads(Path("a.sarif").read_text(encoding="utf-8")), SARIF)
    assert json.loads(Path("b=.json").read_text(encoding="utf-8"))["status"] == 1
    for wrong in ("sarif", "sarif=", "html=a.html"):
        with pytest.raises(SystemExit):
            run(["gate", "bait, 1.md", "--report", wrong])
        assert "such as sarif=candor.sarif" in capsys.readouterr().err
