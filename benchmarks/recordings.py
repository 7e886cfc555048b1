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
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from bot.assemble.trying import RECORDINGS, Trial, local_workspace, settings_for
from bot.core.judging import RECORDED, Failure
from bot.core.words.conversing import PROMPTS
from bot.core.words.workspace import SAMPLES, WITH_PICTURE
from bot.model.language_model import ModelReply
from bot.model.recorded import Key, Recorded, RecordedAnswers, Recordings, recorded_line, request_line
from bot.settings import forget_proxies, read_settings
from bot.slack.points import USE
from bot.slack.reviewing import ANSWER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.model.recorded import RecordedCall
    from bot.workspace.server import Workspace

PAGE = Path(__file__).resolve().parent.parent / "bot/workspace/page"
ASKED = "@Candor why is 1 a problem?"
"""What a visitor writes below the first sample, also after using the words that its first point offers."""
_LINES = SAMPLES[0][1].splitlines(keepends=True)
DROPPED = next(line for line in _LINES if line.startswith("If you love"))
EDITS = (SAMPLES[0][1].replace(DROPPED, ""), SAMPLES[0][1].replace(DROPPED, "\n"))
"""The first sample without one of its lines: taken out, or left empty."""
_SECONDS = 60.0


@dataclass
class Heard:
    """Every call of the bot by its request, under its key; those without an answer as lines of a batch file."""

    keys: dict[str, Key] = field(default_factory=dict[str, Key])
    missing: dict[str, str] = field(default_factory=dict[str, str])

    def note(self, call: RecordedCall) -> None:
        """Take one more."""
        key = self.keys[call.request] = key_of(call)
        if not call.answered:
            self.missing[call.request] = request_line(key, call.path, call.body)

    def misses(self, draft: str) -> bool:
        """Whether the review of the draft lacks an answer."""
        return any(self.keys[request].case == _slug(_label(draft)) for request in self.missing)

    @property
    def ordered(self) -> list[Key]:
        """Every key, in an order that does not depend on chance."""
        return sorted(self.keys.values(), key=lambda key: (key.case, key.run, key.call))


def key_of(call: RecordedCall) -> Key:
    """What a call is about, in words: the sample with the answer that was given to its question, or what was said.

    The critique is the first call, its second opinion the second; every repetition counts two more.
    """
    turns = cast("list[dict[str, Any]]", call.body["input"])
    form = cast("dict[str, Any]", call.body.get("text", {})).get("format", {}).get("name", "")
    number = (2 if form == "second_opinion" else 1) + len(turns) - 1
    if form == "pictures":
        return Key("a-picture-look", 1, number, request=call.request)
    content: dict[str, Any] = json.loads(str(turns[0]["content"]).splitlines()[-2])
    if form:
        said = [answer["answer"] for answer in content["answers"]]
        return Key(_slug(" ".join([_label(content["draft"]), *said])), 1, number, request=call.request)
    used = " used" if any(point["people_decided"] == "used" for point in content.get("points", ())) else ""
    return Key(_slug(f"talk {content['message']['said']}{used}"), 1, number, request=call.request)


def _label(draft: str) -> str:
    """The sample that a draft is; quoted lines come without their sign."""
    edited = (f"{SAMPLES[0][0]} edited", EDITS[0])
    return next(label for label, text in (*SAMPLES, edited) if _slug(text) == _slug(draft))


def _slug(text: str) -> str:
    return "-".join("".join(sign if sign.isalnum() else " " for sign in text.lower()).split())


async def play(lines: Iterable[str]) -> Heard:
    """What the bot asks when a visitor does everything that has a recorded answer."""
    heard = Heard()
    with tempfile.TemporaryDirectory(prefix="candor-") as name:
        folder = Path(name)
        workspace = local_workspace(folder)
        workspace.hub.limits.on = False  # no visitor is as quick as this one, and only the requests matter
        await workspace.start()
        settings = settings_for(workspace, folder, read_settings({}))
        trial = Trial(workspace, settings, Recordings(lines, heard.note))
        try:
            await trial.start()
            first, *_ = await asyncio.gather(*(_sample(workspace, heard, text) for _, text in SAMPLES))
            await asyncio.gather(
                _say(workspace, "#drafts", ASKED, thread=first),
                _use_and_ask(workspace),
                *(_edit(workspace, text) for text in EDITS if not heard.misses(SAMPLES[0][1])),
                *(_say(workspace, "@dana", message) for _, message in PROMPTS),
            )
        finally:
            await trial.stop()
            await workspace.stop()
    return heard


async def _sample(workspace: Workspace, heard: Heard, text: str) -> str:
    """Post a sample, and fresh copies of it to give every answer to its first question; gives the first one's ts."""
    ts = await _draft(workspace, text)
    if heard.misses(text):
        return ts  # its question may then be another one
    for number in range(len(_buttons(_ours(workspace, "#drafts", ts)[0], ANSWER))):
        copy = await _draft(workspace, text)
        reply, before = _ours(workspace, "#drafts", copy)[0], len(heard.keys)
        await workspace.click("#drafts", reply["ts"], **_buttons(reply, ANSWER)[number])
        await workspace.until(
            lambda before=before: len(heard.keys) > before, _SECONDS, f"a request after answer {number}"
        )
    return ts


async def _use_and_ask(workspace: Workspace) -> None:
    ts = await _draft(workspace, SAMPLES[0][1])
    reply = _ours(workspace, "#drafts", ts)[0]
    if use := _buttons(reply, USE):
        await workspace.click("#drafts", reply["ts"], **use[0])
        await workspace.until(lambda: len(_ours(workspace, "#drafts", ts)) > 1, _SECONDS, "the clean text")
    await _say(workspace, "#drafts", ASKED, thread=ts)


async def _edit(workspace: Workspace, text: str) -> None:
    ts = await _draft(workspace, SAMPLES[0][1])
    before = _ours(workspace, "#drafts", ts)[0]["text"]
    workspace.edit("#drafts", ts, text)
    await workspace.until(
        lambda: _ours(workspace, "#drafts", ts)[0]["text"] != before, _SECONDS, "the review after an edit"
    )


async def _draft(workspace: Workspace, text: str) -> str:
    """Post a draft and wait for its review."""
    picture = WITH_PICTURE.get(text)
    if picture:
        ts = workspace.share("#drafts", text, (PAGE / picture).read_bytes(), name=picture)
    else:
        ts = workspace.post("#drafts", text)
    await workspace.until(lambda: _ours(workspace, "#drafts", ts), _SECONDS, f"a reply to “{text[:30]}”")
    return ts


async def _say(workspace: Workspace, channel: str, text: str, thread: str = "") -> None:
    """Say something to Candor and wait until its answer is whole."""
    there = len(_ours(workspace, channel, thread)) if thread else 0
    ts = workspace.post(channel, text, thread_ts=thread)

    def is_answered() -> bool:
        said = _ours(workspace, channel, thread or ts)[there:]
        return any("reply from Candor" in json.dumps(message) for message in said)

    await workspace.until(is_answered, _SECONDS, f"an answer to “{text}”")


def _ours(workspace: Workspace, channel: str, ts: str) -> list[dict[str, Any]]:
    """The bot's messages in a thread."""
    return [message for message in workspace.channel(channel).thread(ts) if message.get("bot_id")]


def _buttons(message: dict[str, Any], action: str) -> list[dict[str, str]]:
    """The first buttons of one row whose actions begin so, as a click names them."""
    for block in message["blocks"]:
        actions = [str(element.get("action_id", "")) for element in block.get("elements", ())]
        if wanted := [name for name in actions if name.startswith(action)]:
            return [{"action_id": name, "block_id": block["block_id"]} for name in wanted]
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
        arguments.batch_out.write_text(
            "".join(f"{line}\n" for line in sorted(heard.missing.values())), encoding="utf-8"
        )
    sys.stdout.write(f"{len(heard.keys)} requests, {len(heard.missing)} without an answer\n")
    return 1 if heard.missing else 0


def _answered(results: list[str], day: date) -> Iterator[str]:
    """The answers in a batch's results, as they are kept."""
    wire = Recordings(()).wire
    for key, recorded in RecordedAnswers(wire, results):
        if not isinstance(recorded.said, Failure):
            said = ModelReply(recorded.said.text, recorded.said.cut, f"{RECORDED}{day.isoformat()}")
            yield recorded_line(key, Recorded(said))


def _in_order(lines: list[str], heard: Heard) -> Iterator[str]:
    """The answers that are asked for, in the order of the scenes; the others are out of date."""
    answers = {key.request: recorded for key, recorded in RecordedAnswers(Recordings(()).wire, lines)}
    for key in heard.ordered:
        if key.request in answers:
            yield recorded_line(key, answers[key.request])


if __name__ == "__main__":
    sys.exit(main())
