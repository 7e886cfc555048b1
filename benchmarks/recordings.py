"""The answers of a language model that `candor try` shows without a key: ask for them anew when they are out of date.

    python benchmarks/recordings.py                       # plays every scene; exits with 1 where an answer is missing
    python benchmarks/recordings.py --batch-out FILE      # writes the requests that have no answer (JSON lines)
    python benchmarks/recordings.py --batch-in FILE       # keeps the answers in a batch's results

The requests are those of the real bot in a real local workspace. An answer may call for a second opinion, so go on
until nothing is missing. The form of both files is that of ``candor eval --batch-out`` (docs/quality.md). ``--day`` is
when the model answered.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bot.assemble.trying import RECORDINGS, Trial, local_workspace, rehearsed, settings_for
from bot.core.judgement import RECORDED, Failure
from bot.core.words import reply
from bot.core.words.talk import PROMPTS
from bot.core.words.workspace import SAMPLES, WITH_PICTURE
from bot.model.language_model import Reply
from bot.model.recorded import Answers, Key, Recorded, recorded_line, request_line
from bot.model.recordings import Recordings
from bot.settings import forget_proxies, read_settings
from bot.slack.blocks import ANSWER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from bot.model.recordings import Call
    from bot.workspace import Workspace

PAGE = Path(__file__).resolve().parent.parent / "bot/workspace/page"
ASKED = "@Candor why is 1 a problem?"
"""What a visitor writes below the first sample."""
_SECONDS = 60.0


@dataclass
class Heard:
    """Every call of the bot by its key, in order; those without an answer as lines of a batch file."""

    scene: str = ""
    keys: dict[str, Key] = field(default_factory=dict[str, Key])
    missing: list[str] = field(default_factory=list[str])
    _counts: Counter[str] = field(default_factory=Counter[str])

    def note(self, call: Call) -> None:
        """Take one more."""
        if call.request in self.keys:
            return
        self._counts[self.scene] += 1
        key = self.keys[call.request] = Key(self.scene, 1, self._counts[self.scene], call.request)
        if not call.answered:
            self.missing.append(request_line(key, call.path, call.body))


async def play(lines: Iterable[str]) -> Heard:
    """What the bot asks when a visitor does everything that has a recorded answer."""
    heard = Heard()
    with tempfile.TemporaryDirectory(prefix="candor-") as name:
        folder = Path(name)
        workspace = local_workspace(folder)
        await workspace.start()
        settings = rehearsed(workspace, settings_for(workspace, folder, read_settings({})))
        trial = Trial(workspace, settings, Recordings(lines, heard.note))
        try:
            await trial.start()
            await _visit(workspace, heard)
        finally:
            await trial.stop()
            await workspace.stop()
    return heard


async def _visit(workspace: Workspace, heard: Heard) -> None:
    first = ""
    for label, text in SAMPLES:
        heard.scene = label.lower().replace(" ", "-").replace("'", "")
        ts = await _draft(workspace, text)
        await _answers(workspace, heard, ts, text)
        first = first or ts
    heard.scene = "talk"
    await _say(workspace, "#drafts", ASKED, first)
    for _, message in PROMPTS:
        await _say(workspace, "@dana", message)


async def _draft(workspace: Workspace, text: str) -> str:
    """Post a sample and wait for its review."""
    picture = WITH_PICTURE.get(text)
    if picture:
        ts = workspace.share("#drafts", text, (PAGE / picture).read_bytes(), picture)
    else:
        ts = workspace.post("#drafts", text)
    await workspace.until(lambda: _ours(workspace, "#drafts", ts), _SECONDS, f"a reply to “{text[:30]}”")
    return ts


async def _answers(workspace: Workspace, heard: Heard, ts: str, text: str) -> None:
    """Give every answer to the sample's first question, each to a fresh copy of it."""
    scene, buttons = heard.scene, _answer_buttons(_ours(workspace, "#drafts", ts)[0])
    for number, action in enumerate(buttons, 1):
        heard.scene = f"{scene}-answer-{number}"
        copy = await _draft(workspace, text)
        before = _ours(workspace, "#drafts", copy)[0]["text"]
        await workspace.click("#drafts", _ours(workspace, "#drafts", copy)[0]["ts"], action)

        def read_again(copy: str = copy, before: str = before) -> bool:
            now = str(_ours(workspace, "#drafts", copy)[0]["text"])
            return now != before and reply.ANSWERED not in now

        await workspace.until(read_again, _SECONDS, f"the review after answer {number}")


async def _say(workspace: Workspace, channel: str, text: str, thread: str = "") -> None:
    """Say something to Candor and wait until its answer is whole."""
    there = len(_ours(workspace, channel, thread)) if thread else 0
    ts = workspace.post(channel, text, thread_ts=thread)

    def is_answered() -> bool:
        said = _ours(workspace, channel, thread or ts)[there:]
        return any("reply by Candor" in json.dumps(message) for message in said)

    await workspace.until(is_answered, _SECONDS, f"an answer to “{text}”")


def _ours(workspace: Workspace, channel: str, ts: str) -> list[dict[str, Any]]:
    """The bot's messages in a thread."""
    return [message for message in workspace.channel(channel).thread(ts) if message.get("bot_id")]


def _answer_buttons(message: dict[str, Any]) -> list[str]:
    """The actions that answer the first question."""
    for block in message["blocks"]:
        actions = [str(element.get("action_id", "")) for element in block.get("elements", ())]
        if asked := [action for action in actions if action.startswith(ANSWER)]:
            return asked
    return []


def main() -> int:
    """Play, and write or keep what is asked for; 1 while an answer is missing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--batch-out", type=Path, metavar="FILE")
    parser.add_argument("--batch-in", type=Path, metavar="FILE")
    parser.add_argument("--day", type=date.fromisoformat, metavar="YYYY-MM-DD")
    arguments = parser.parse_args()
    forget_proxies()
    kept = read_settings({}).prompts / RECORDINGS
    lines = kept.read_text(encoding="utf-8").splitlines() if kept.exists() else []
    if arguments.batch_in:
        if not arguments.day:
            parser.error("--batch-in needs --day: when the model answered")
        lines += list(_answered(arguments.batch_in.read_text(encoding="utf-8").splitlines(), arguments.day))
    heard = asyncio.run(play(lines))
    if arguments.batch_in:
        kept.write_text("".join(f"{line}\n" for line in _in_order(lines, heard)), encoding="utf-8")
    if arguments.batch_out:
        arguments.batch_out.write_text("".join(f"{line}\n" for line in heard.missing), encoding="utf-8")
    sys.stdout.write(f"{len(heard.keys)} requests, {len(heard.missing)} without an answer\n")
    return 1 if heard.missing else 0


def _answered(results: list[str], day: date) -> Iterator[str]:
    """The answers in a batch's results, as they are kept."""
    wire = Recordings(()).wire
    for key, recorded in Answers(wire, results):
        if not isinstance(recorded.said, Failure):
            said = Reply(recorded.said.text, recorded.said.cut, f"{RECORDED}{day.isoformat()}")
            yield recorded_line(key, Recorded(said))


def _in_order(lines: list[str], heard: Heard) -> Iterator[str]:
    """The answers that are asked for, in the order of the scenes; the others are out of date."""
    answers = {key.request: recorded for key, recorded in Answers(Recordings(()).wire, lines)}
    for request, key in heard.keys.items():
        if request in answers:
            yield recorded_line(key, answers[request])


if __name__ == "__main__":
    sys.exit(main())
