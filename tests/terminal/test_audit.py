"""`candor audit` on the command line: the report, what is carried on, and what a model costs and reads."""

from __future__ import annotations

import asyncio
import os
import signal
from typing import TYPE_CHECKING

import pytest

from bot.core.brand.audit import result_of
from bot.core.errors import PersonCanFix
from bot.core.words.brand import audit as words
from bot.core.words.brand import posts as table_words
from bot.core.words.brand import variants as variant_words
from bot.terminal import auditing
from bot.terminal.commands import run
from tests.model.server import REFUSAL, Fault, ScriptedModel, critique, issue

if TYPE_CHECKING:
    from pathlib import Path

    from bot.core.brand.audit import AuditResult
    from bot.core.judging import Critique

POSTS = """\
date,channel,audience,text,asset
2026-01-05,LinkedIn,students,Delivery costs £3. Fresh bread <b>daily</b>.,a.png
2026-02-05,IG,,"Tag three friends to win a year of bread! Delivery costs £4.",
2026-03-05,IG,parents,Delivery costs £3. Come and taste it.,
2026-03-06,IG,parents,Delivery costs £3. Come and taste it.,
"""
AUDIT = ["audit", "posts.csv"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "posts.csv").write_text(POSTS, encoding="utf-8")
    return tmp_path


def test_a_quotation_mark_that_is_not_closed_stops_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "posts.csv").write_text(POSTS.replace(' £4.",', " £4.,"), encoding="utf-8")
    assert run(AUDIT) == 2
    said = capsys.readouterr()
    assert said.err.startswith(f"Line 3: {table_words.UNCLOSED}\n")
    assert run([*AUDIT, "--skip-faulty"]) == 0
    assert "3 posts: nothing to change" in capsys.readouterr().out


def test_a_plan_as_a_spreadsheet_saves_it_is_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = "sep=;\nDatum;Kanal;Zielgruppe;Text\n05.01.2026;Instagram;Eltern;Schönes Brot, täglich für 3 €.\n"
    for code in ("cp1252", "utf-16"):
        (folder / "posts.csv").write_text(plan, encoding=code)
        assert run(AUDIT) == 0
        assert "1 post: nothing to change" in capsys.readouterr().out


def test_posts_are_reviewed_and_compared(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    claim = "94% of guests would come back"
    (folder / "posts.csv").write_text(POSTS.replace("Come and taste it.", f"{claim}."), encoding="utf-8")
    facts = f"Fact,Kind,Source\nDelivery costs £3,,\n{claim},Claim,survey.pdf\n"
    (folder / "facts.csv").write_text(facts, encoding="utf-8")
    assert run([*AUDIT, "--facts", "facts.csv"]) == 1
    said = capsys.readouterr()
    lines = said.out.splitlines()
    assert lines[:2] == [words.NO_MODEL, "4 posts: 1 with something to change, 1 contradiction among them."]
    assert "  Engagement bait: 1 of 4" in lines
    assert "    £3: 3 posts, 5 January 2026 to 6 March 2026  “Delivery costs £3”" in lines
    assert said.err.splitlines()[-2:] == [variant_words.written("audit.html"), variant_words.written("audit.csv")]
    page = (folder / "audit.html").read_text(encoding="utf-8")
    assert "<b>daily" not in page
    assert words.NO_MODEL.replace("'", "&#x27;") in page
    rows = (folder / "audit.csv").read_text(encoding="utf-8")
    assert "earned-attention,2026-02-05,instagram,,2,3,,Tag three friends" in rows
    assert "one-story" in rows
    assert "claim-evidence" not in rows
    assert (
        "\ncontradicts,,Price: Delivery costs …,2026-01-05,linkedin,students,1,2,a.png,Delivery costs £3,£3\n" in rows
    )
    assert not list(folder.glob("*.unfinished"))
    at = lines.index(words.WORST)
    assert lines[at + 1].startswith("  5 February 2026 · Instagram · no. 2: Must fix: Conditions left out. “Tag three")
    assert words.NO_CONTRADICTIONS not in lines


def test_earlier_files_stay_and_the_worst_posts_are_told_and_counted(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        f"Tag three friends to win a {colour} cup!\n"
        for colour in ["red", "blue", "green", "pink", "black", "grey", "white"]
    ]
    (folder / "posts.csv").write_text("".join(["text\n", *rows]), encoding="utf-8")
    (folder / "audit.csv").write_text("mine", encoding="utf-8")
    for number in (2, 3):
        assert run(AUDIT) == 1
        said = capsys.readouterr()
        named = [f"audit-{number}.html", f"audit-{number}.csv"]
        assert said.err.splitlines()[-2:] == [variant_words.written(one) for one in named]
    assert (folder / "audit.csv").read_text(encoding="utf-8") == "mine"
    assert not (folder / "audit.html").exists()
    lines = said.out.splitlines()
    assert words.NO_CONTRADICTIONS in lines
    assert len([line for line in lines if "Conditions left out. “Tag" in line]) == words.WORST_TOLD
    assert lines[-1] == f"  {words.more_posts(2)}"
    assert words.NO_CONTRADICTIONS in (folder / "audit-3.html").read_text(encoding="utf-8").replace("&#x27;", "'")


def test_a_clean_set_says_so(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "posts.csv").write_text("text\nFresh bread every morning.\n", encoding="utf-8")
    assert run([*AUDIT, "--html", "a.html", "--csv", "a.csv"]) == 0
    assert "1 post: nothing to change." in capsys.readouterr().out
    assert words.NOTHING in (folder / "a.html").read_text(encoding="utf-8")


def test_a_stopped_audit_carries_on_without_doing_anything_twice(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reviewed: list[str] = []

    def result_then_ctrl_c(critique_of_it: Critique) -> AuditResult:
        reviewed.append("")
        if len(reviewed) == 2:
            signal.raise_signal(signal.SIGINT)
        return result_of(critique_of_it)

    monkeypatch.setattr(auditing, "result_of", result_then_ctrl_c)
    # In the background of a script nobody presses Ctrl-C, and so the shell has it ignored.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    assert run(AUDIT) == 130
    signal.signal(signal.SIGINT, before)
    assert words.stopped(2, 3) in capsys.readouterr().err
    assert run(AUDIT) == 2
    assert words.unfinished("audit.html.unfinished") in capsys.readouterr().err
    with (folder / "audit.html.unfinished").open("a", encoding="utf-8") as journal:
        journal.write('["half a li')
    (folder / "facts.csv").write_text("Fact\nBread is good\n", encoding="utf-8")
    assert run([*AUDIT, "--resume", "--facts", "facts.csv"]) == 2
    assert words.other_audit("audit.html.unfinished") in capsys.readouterr().err
    (folder / "mine").write_text("mine", encoding="utf-8")
    (folder / "audit.html.unfinished.new").symlink_to("mine")
    assert run([*AUDIT, "--resume"]) == 1
    assert (folder / "mine").read_text(encoding="utf-8") == "mine"
    assert words.resumed(2, 3, "audit.html.unfinished") in capsys.readouterr().err
    assert len(reviewed) == 3


def stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """An audit that ends after its first post."""
    results: list[AuditResult] = []

    def first_only(one: Critique) -> AuditResult:
        if results:
            raise PersonCanFix(STOPPED)
        results.append(result_of(one))
        return results[0]

    with monkeypatch.context() as patched:
        patched.setattr(auditing, "result_of", first_only)
        assert run(AUDIT) == 2


STOPPED = "stopped by the test"


def test_it_carries_on_though_another_audit_wrote_files_of_that_name_meanwhile(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stopped(monkeypatch)
    assert (folder / "audit.html.unfinished").exists()
    (folder / "others.csv").write_text("text\nFresh bread every morning.\n", encoding="utf-8")
    assert run(["audit", "others.csv", "--html", "others.html", "--csv", "audit.csv"]) == 0
    others = (folder / "audit.csv").read_text(encoding="utf-8")
    capsys.readouterr()
    assert run(AUDIT) == 2  # not begun anew beside it without a word
    assert words.unfinished("audit.html.unfinished") in capsys.readouterr().err
    assert run(["audit", "others.csv", "--resume"]) == 2
    assert words.other_audit("audit.html.unfinished") in capsys.readouterr().err
    assert run([*AUDIT, "--resume"]) == 1
    said = capsys.readouterr().err.splitlines()
    assert words.resumed(1, 3, "audit.html.unfinished") in said
    assert said[-2:] == [variant_words.written("audit-2.html"), variant_words.written("audit-2.csv")]
    assert (folder / "audit.csv").read_text(encoding="utf-8") == others
    assert not list(folder.glob("*.unfinished"))
    assert run([*AUDIT, "--resume"]) == 1
    assert words.NONE_DONE in capsys.readouterr().err


def test_of_several_unfinished_audits_the_last_one_carries_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stopped(monkeypatch)
    journal = (folder / "audit.html.unfinished").rename(folder / "audit-7.html.unfinished")
    for older in ("audit.html.unfinished", "audit-9.html.unfinished", "mine.html.unfinished"):
        (folder / older).write_text("older", encoding="utf-8")
    for older in ("audit.html.unfinished", "audit-9.html.unfinished"):
        os.utime(folder / older, (1, 1))
    assert run([*AUDIT, "--resume"]) == 1
    assert words.resumed(1, 3, journal.name) in capsys.readouterr().err
    assert (folder / "audit-7.html").exists()
    assert sorted(one.name for one in folder.glob("*.unfinished")) == [
        "audit-9.html.unfinished",
        "audit.html.unfinished",
        "mine.html.unfinished",
    ]


async def test_a_model_is_asked_once_somebody_has_seen_what_it_takes(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await asyncio.to_thread(run, [*AUDIT, "--model"]) == 2
    assert words.NO_SUCH_MODEL in capsys.readouterr().err
    async with ScriptedModel() as model:
        monkeypatch.setenv("OPENAI_BASE_URL", model.url)
        monkeypatch.setenv("OPENAI_PRICES", "1,0.1,2")
        assert await asyncio.to_thread(run, [*AUDIT, "--model"]) == 0
        said = capsys.readouterr().out
        assert "at least 3 calls" in said
        assert "about $" in said
        assert words.GO_AHEAD in said
        assert not model.requests
        model.otherwise = Fault(status=401)
        assert await asyncio.to_thread(run, [*AUDIT, "--model", "--yes"]) == 2
        assert "refused the key" in capsys.readouterr().err
        found = critique(issue("Fresh bread", "authenticity/claim-evidence"))
        model.otherwise = lambda asked: found(asked) if "Fresh bread" in asked.draft else REFUSAL
        assert await asyncio.to_thread(run, [*AUDIT, "--model", "--yes", "--resume"]) == 1
        assert "Not reviewed: 3 of 4 posts." in capsys.readouterr().out
        assert "Fresh bread" in (folder / "audit.csv").read_text(encoding="utf-8")
