"""Marker words through all that Candor does: they stand in the store's text columns, and after deletion nowhere."""

from __future__ import annotations

import asyncio
import base64
import logging
import re
import socket
import sqlite3
import sys
import tempfile
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import ClientSession
from mcp import Client
from mcp.client.stdio import StdioServerParameters

from bot.core.words.brand.audit import FILES
from tests.journeys.test_a_model import settings
from tests.journeys.test_books import GUESTS
from tests.journeys.test_buttons import dismiss, until_clean, until_reply
from tests.journeys.test_commands import typed
from tests.journeys.test_composer import posted as compose
from tests.journeys.test_conversation import answered
from tests.journeys.test_facts import MANIFEST, add, press_point
from tests.journeys.test_home import home
from tests.journeys.test_home import press as press_in_home
from tests.journeys.test_mutes import DOWN, thumb
from tests.journeys.test_own_guidelines import FORM, close_all, shows, submit, top, write
from tests.journeys.test_pictures import SEES, look, looks, png
from tests.journeys.test_privacy import DELETE, ask_for_deletion, direct
from tests.journeys.test_sign_off import MIKA, menu, press, until_sign_off
from tests.model.server import ScriptedModel, critique, issue, opinions, question

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from tests.journeys.conftest import Stage
    from tests.model.server import Asked

pytestmark = [
    pytest.mark.parametrize("stage", [{"manifest": MANIFEST}], indirect=True),
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),  # whose files are looked through
]

WORDS: dict[str, tuple[str, ...]] = {
    "drafts": ("text", "context", "pictures"),
    "reviews": ("critique",),
    "judgements": ("judgement",),
    "looks": ("look",),
    "earlier_texts": ("text",),
    "clean_texts": ("text",),
    "verdicts": ("note",),
    "answers": ("answer", "question", "options"),
    "exceptions": ("quote", "note"),
    "private_reviews": ("text",),
    "facts": ("value", "source"),
    "fact_changes": ("new",),
    "posts": ("text",),
    "post_terms": ("term",),
    "guideline_versions": ("guideline", "text"),
    "guideline_switches": ("guideline",),
    "guideline_changes": ("guideline", "title"),
    "guideline_trials": ("guideline",),
    "guideline_examples": ("guideline", "text"),
    "sign_offs": ("note",),
    "feedback": ("note",),
    "turns": ("text", "answer"),
    "audits": ("name",),
    "brand_books": ("name", "proposals"),
}
"""The columns with people's words, and a model's about them; a guideline's id is made of its title."""
START = "candor_book_start"
MESSAGE, PERSON, WORKSPACE, NOBODY = EVERYONE = "kpwm"
"""The last letter of a marker: with what it has to go, or that it must not come at all."""


def marker(kind: str, owner: str) -> str:
    return f"zq{kind}{owner}"


def found(content: bytes, owners: str = EVERYONE) -> set[str]:
    """The markers that stand in bytes, as they are or in Base64."""
    packed = re.findall(rb"[A-Za-z0-9+/]{16,}", content)
    plain = b" ".join([content, *(base64.b64decode(one[: len(one) // 4 * 4]) for one in packed)])
    return {one.decode().lower() for one in re.findall(rf"zq[a-z]+[{owners}]\b".encode(), plain, re.IGNORECASE)}


def draft(owner: str) -> str:
    lines = (
        f"for FB, {marker('aside', owner)} ok?\n",
        f"Our *{marker('bold', owner)}* {marker('draft', owner)} tonic cures every cold within a day.",
        f"LAST CHANCE for {marker('pressure', owner)}!!! Come on Saturday.",
        f"Dear customers of {marker('fine', owner)}, the pool is open.",
    )
    return "\n".join(lines)


def judged(asked: Asked) -> Any:
    """What the model says of whatever it is asked, each time with words that are found again."""
    if asked.streams:
        return f"That is {marker('told', next(iter(found(str(asked.turns).encode())))[-1])}."
    properties = asked.schema.get("properties", {})
    if "pictures" in properties:
        shown = next(one for one in EVERYONE if base64.b64encode(png(ord(one))).decode() in str(asked.body))
        return looks(look(description=marker("look", shown)))
    if "proposals" in properties:
        said = {"page": 1, "quote": f"We say {marker('rule', WORKSPACE)}, never customers."}
        term = said | {"kind": "prefer", "value": marker("rule", WORKSPACE), "about": ""}
        return {"proposals": [GUESTS | said], "facts": [term]}
    if "pairs" in properties:
        pairs = asked.case["pairs"]
        return {"pairs": [{"number": one["number"], "difference": "more", "verdict": "another"} for one in pairs]}
    if asked.is_second_opinion:
        return opinions("keep")(asked)
    owner = next((one for one in EVERYONE if marker("draft", one) in asked.draft), "")
    quote = f"{marker('draft', owner)} tonic cures every cold within a day"
    more = {"why": f"{marker('why', owner)} may mislead.", "replacement": f"{marker('draft', owner)} tonic warms"}
    paid = question(
        "transparency/commercial-disclosure", f"Was {marker('ask', owner)} paid?", marker("paid", owner), "No"
    )
    open_ = () if asked.case["answers"] else (paid,)
    issues = [issue(quote, "authenticity/claim-evidence", **more)]
    if (line := f"See {marker('edit', owner)} there") in asked.draft:
        issues.append(issue(line, "authenticity/one-story", why=f"{marker('where', owner)} is missing."))
    # a guideline's own example has no owner
    return (critique(*issues, questions=open_) if owner else critique())(asked)


async def sign_off(stage: Stage, ts: str, owner: str) -> None:
    await menu(stage, ts, "asked")
    await until_sign_off(stage, ts, "Sign-off requested")
    await press(stage, ts, "changes")
    await stage.workspace.submit({"note": {"note": marker("change", owner)}}, by="mika")
    await until_sign_off(stage, ts, "asked for changes")
    await press(stage, ts, "approved")
    await until_sign_off(stage, ts, "Approved by")


async def work_on(stage: Stage, owner: str) -> str:
    """A draft of Dana's with a picture: answered, used, edited, dismissed, thumbed down and signed off."""
    ts = stage.workspace.share("#drafts", draft(owner), png(ord(owner)), alt_text=marker("alt", owner))
    await stage.reply(ts, "1 question")
    reply = stage.reply_to(ts)
    await stage.workspace.click("#drafts", reply["ts"], "candor_answer_0")
    await thumb(stage, ts, DOWN)
    await stage.workspace.submit({"reason": {"reason": "tone"}, "note": {"note": marker("thumb", owner)}})
    await press_point(stage, ts, "candor_use", by="dana")
    await until_clean(stage, ts, marker("draft", owner))
    stage.workspace.edit("#drafts", ts, f"{draft(owner)}\nSee {marker('edit', owner)} there.")
    await until_reply(stage, ts, "new with the edit")
    await dismiss(stage, ts, by="mika", scope="always", note=marker("note", WORKSPACE))
    await until_reply(stage, ts, "dismissed")
    await sign_off(stage, ts, owner)
    return ts


async def talk(stage: Stage, owner: str, by: str = "dana") -> str:
    ts = stage.workspace.post(f"@{by}", f"Why is that so, {marker('talk', owner)}?", by=by)
    await answered(stage, ts, marker("told", owner), channel=f"@{by}")
    return ts


async def ask_other_programs(stage: Stage, model: ScriptedModel) -> set[str]:
    """Review a text by MCP in a process of its own; the markers on command lines meanwhile."""
    environment = {**settings(model), "DATA_DIR": str(stage.folder)}
    command = StdioServerParameters(command=sys.executable, args=["-m", "bot", "mcp"], env=environment, cwd=Path.cwd())
    async with Client(command) as client:
        await client.call_tool("review_draft", {"text": draft(NOBODY)})
        return await asyncio.to_thread(on_command_lines)


def on_command_lines() -> set[str]:
    seen: set[str] = set()
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            seen |= found(path.read_bytes())
        except OSError:  # it has just ended
            continue
    return seen


async def write_a_guideline(stage: Stage) -> None:
    await home(stage, "mika", "What Candor does")
    await press_in_home(stage, "candor_own_list", "own")
    await press_in_home(stage, "candor_own_new", "new")
    form = FORM | {
        "question": f"Do we say {marker('rule', WORKSPACE)}?",
        "title": f"Guests {marker('title', WORKSPACE)}",
    }
    await write(stage, **form)
    await shows(stage, "It would have flagged")
    marks = [block["block_id"] for block in top(stage)["blocks"] if block.get("block_id", "").startswith("mark:")]
    await submit(stage, **dict.fromkeys(marks, "wrong"), fine="dear customers")
    await shows(stage, "It would have flagged nothing")
    await submit(stage)
    await close_all(stage)


async def audit_all(stage: Stage) -> None:
    """The channel, whose drafts the report quotes, and a file with words that stay nowhere."""
    plan = f"text\nLAST CHANCE for {marker('plan', NOBODY)}!!!\n"
    workspace, name = stage.workspace, f"{marker('file', WORKSPACE)}.csv"
    ts = workspace.share("#brand", "The plan", plan.encode(), name=name, by="mika")
    await workspace.shortcut("audit_file", "#brand", ts, by="mika")
    await typed(stage, "audit", by="mika")
    threads = (lambda: workspace.channel("#brand").thread(ts), lambda: direct(stage, "mika"))
    for said in threads:
        await stage.until(lambda said=said: FILES in str(said()), "an audit that is done")
    await stage.until(lambda: not stage.run("SELECT 1 FROM audit_results WHERE draft_id = ''"), "its results to go")


async def read_a_book(stage: Stage) -> None:
    """Of its text only what a proposal quotes stays."""
    workspace, name = stage.workspace, f"{marker('book', WORKSPACE)}.md"
    text = f"# Voice\nWe say {marker('rule', WORKSPACE)}, never customers. {marker('page', NOBODY)} founded us.\n"
    ts = workspace.share("#brand", "Our book", text.encode(), name=name, by="mika")
    await workspace.shortcut("read_brand_book", "#brand", ts, by="mika")
    thread = workspace.channel("#brand").thread
    await stage.until(lambda: START in str(thread(ts)), "what it takes")
    (asks,) = [one for one in thread(ts) if START in str(one)]
    await workspace.click("#brand", asks["ts"], START, by="mika", value=asks["blocks"][-1]["elements"][0]["value"])
    await stage.until(lambda: "*2 proposals from" in str(thread(ts)), "the proposal")


async def note_a_fact(stage: Stage) -> None:
    await home(stage, "mika", "What Candor does")
    await press_in_home(stage, "candor_home_facts", "facts")
    await add(stage, value=f"Founded by {marker('fact', WORKSPACE)}", kind="origin", source=marker("source", WORKSPACE))
    await close_all(stage)


def in_tables(database: Path) -> dict[str, set[str]]:
    """Each column with markers in it, as "table.column", and these."""
    seen: dict[str, set[str]] = {}
    with closing(sqlite3.connect(database)) as connection:
        for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            rows = connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - a name from the catalogue
            for number, column in enumerate(rows.description):
                cells = " ".join(str(row[number]) for row in connection.execute(f'SELECT * FROM "{table}"'))  # noqa: S608 - the same
                if words := found(cells.encode()):
                    seen[f"{table}.{column[0]}"] = words
    return seen


def in_files(folder: Path, owners: str = EVERYONE, *, but: str = "nothing") -> dict[str, set[str]]:
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(but))
    return {path.name: words for path in files if (words := found(path.read_bytes(), owners))}


async def gone(folder: Path, owners: str = EVERYONE) -> None:
    async with asyncio.timeout(60):
        while in_files(folder, owners):
            await asyncio.sleep(0.2)


@asynccontextmanager
async def figures_of(stage: Stage, model: ScriptedModel) -> AsyncGenerator[Any]:
    """The bot runs, with a model and figures for Prometheus; asks for these."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    await stage.start(**settings(model), **SEES, METRICS_PORT=port, HOST="127.0.0.1", BRAND_LEADS=MIKA)

    async def asked() -> bytes:
        async with ClientSession() as session, session.get(f"http://127.0.0.1:{port}/metrics") as answer:
            return await answer.read()

    yield asked
    await stage.stop()


async def play(stage: Stage) -> tuple[str, str]:
    """All that leaves words with Candor; the draft and the question that belong to `MESSAGE`."""
    draft_of = {owner: await work_on(stage, owner) for owner in (MESSAGE, PERSON)}
    asked = await talk(stage, MESSAGE)
    await talk(stage, PERSON)
    await talk(stage, WORKSPACE, by="mika")
    composed = await compose(stage, draft(PERSON), audience=marker("audience", PERSON))
    await stage.reply(composed)
    await note_a_fact(stage)
    await write_a_guideline(stage)
    await audit_all(stage)
    await read_a_book(stage)
    await typed(stage, f"review {draft(PERSON)}")
    return draft_of[MESSAGE], asked


async def test_words_stand_in_the_stores_text_columns_alone_and_after_deletion_nowhere(
    stage: Stage, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    async with ScriptedModel() as model:
        model.otherwise = judged
        stage.workspace.hub.limits.on = False  # in a minute so much is played that Slack would make the bot wait
        async with figures_of(stage, model) as figures:
            posted, asked = await play(stage)
            stored = in_tables(stage.folder / "candor.db").keys() | {"private_reviews.text"}  # maybe deleted by now
            assert stored == {f"{table}.{column}" for table, names in WORDS.items() for column in names}
            assert in_tables(stage.folder / "engine.db") == {} == in_files(tmp_path, but="candor.db")
            assert await ask_other_programs(stage, model) == set()
            assert in_files(tmp_path, NOBODY) == {}
            stage.workspace.delete("#drafts", posted)
            stage.workspace.delete("@dana", asked)
            await gone(tmp_path, MESSAGE)
            await ask_for_deletion(stage, DELETE)
            await stage.until(lambda: any(m["text"].startswith("Done:") for m in direct(stage)), "the receipt")
            await gone(tmp_path, PERSON)
            assert in_files(tmp_path) != {}
            stage.workspace.uninstall()
            await gone(tmp_path)
            assert found(await figures()) == set() == found(caplog.text.encode())
    assert in_files(tmp_path) == {}
