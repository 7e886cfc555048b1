"""How often later words that are a dismissed point stay quiet, and how often others do by mistake.

    python benchmarks/dismissed.py FILE                         # without a model
    python benchmarks/dismissed.py FILE --batch-out REQUESTS    # writes what a model would be asked (JSON lines)
    python benchmarks/dismissed.py FILE --readable REQUESTS.md  # the same for a reader: without the answers
    python benchmarks/dismissed.py FILE --batch-in ANSWERS      # with the model's answers, checked by code
    python benchmarks/dismissed.py FILE --said                  # with those in the file, as far as it has some

Each line of the file is a pair: {"lang": "en", "kind": "plural", "dismissed": "...", "later": "...", "same": true}.
With "held_out" the pairs that nobody looked at while the matching was built are counted by themselves. The requests are
the bot's own, one for each pair that code alone does not cover. Answers have the form of ``candor eval --batch-in``
(docs/quality.md), or are lines with a request's ``custom_id``, ``difference`` and ``verdict``.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.assemble.evaluating import CaseModel, Exchange
from bot.core.judging import ModelFailed
from bot.core.same_points import PointPair
from bot.model.brief import load_prompt
from bot.model.language_model import ModelLimits
from bot.model.recorded import SECRET, RecordedAnswers, Recordings
from bot.model.same_points import ModelComparer
from bot.rules.private_data import sensitive
from bot.rules.same_points import may_be_same
from bot.rules.wording import covers

if TYPE_CHECKING:
    from collections.abc import Iterator

PROMPT = Path(__file__).resolve().parent.parent / "prompts/same-point.md"
READABLE = """# Requests: {title}

Answer each of the {number} requests below by itself, as the instructions say. Write one JSON line for each to a file
`answers-NAME.jsonl` beside this one:

    {{"custom_id": "…", "difference": "…", "verdict": "same"}}

`verdict` is `same`, `another` or `unsure`. The instructions speak of one JSON object with several `pairs`; here there
is one pair in each request, and the line above stands for it.

## Instructions

{prompt}

## Requests

"""


def main() -> None:
    """Print a table of Markdown, and the pairs that were judged wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, metavar="FILE")
    for option in ("--batch-out", "--batch-in", "--readable"):
        parser.add_argument(option, type=Path, metavar="FILE")
    parser.add_argument("--said", action="store_true")
    arguments = parser.parse_args()
    pairs = [json.loads(line) for line in arguments.file.read_text("utf-8").splitlines()]
    lines: list[str] = arguments.batch_in.read_text("utf-8").splitlines() if arguments.batch_in else []
    name = arguments.file.resolve().parent.name
    wanted, unanswered = asyncio.run(_told(pairs, list(map(_line, lines)), name, ask=bool(lines)))
    if arguments.batch_out:
        arguments.batch_out.write_text("".join(f"{line}\n" for line in wanted), "utf-8")
    if arguments.readable:
        arguments.readable.write_text("".join(_readable(name, wanted)), "utf-8")
    if arguments.batch_out or arguments.readable:
        sys.stdout.write(f"{len(wanted)} requests\n")
        return
    if lines:
        sys.stdout.write(f"{unanswered} pairs without an answer\n")
    for pair in pairs if arguments.said else ():
        pair["quiet"] |= pair.get("said") == "same" and may_be_same(pair["dismissed"], pair["later"])
    _print(pairs)


async def _told(pairs: list[dict[str, Any]], lines: list[str], name: str, *, ask: bool) -> tuple[list[str], int]:
    """Note in each pair whether it is kept quiet; the requests that have no answer, in an order that tells nothing."""
    recordings = Recordings(())
    exchange = Exchange(recordings.wire, RecordedAnswers(recordings.wire, lines))
    unanswered = 0
    for number, pair in enumerate(sorted(pairs, key=lambda pair: pair["later"][::-1]), 1):
        known, words = pair["dismissed"], pair["later"]
        pair["quiet"] = covers(known, words)
        if pair["quiet"]:
            continue
        model = CaseModel(exchange, f"{name}-{number}", 1)
        prompt = load_prompt(PROMPT).substitute()
        comparer = ModelComparer(model, prompt, SECRET, sensitive=sensitive, limits=ModelLimits())
        asked = PointPair(refs=("", ""), guideline="", known=known, words=words, sentence=words)
        try:
            (same,) = await comparer.same("", "", [asked])
        except ModelFailed:
            unanswered += 1
        else:
            pair["quiet"] = ask and same and may_be_same(known, words)
    await recordings.aclose()
    return exchange.wanted, unanswered


def _line(line: str) -> str:
    """An answer in few words as one that the model gave."""
    said = json.loads(line)
    if "verdict" not in said:
        return line
    entry = {"number": 1, "difference": said.get("difference", ""), "verdict": said["verdict"]}
    return json.dumps({"custom_id": said["custom_id"], "reply": {"text": json.dumps({"pairs": [entry]})}})


def _readable(name: str, wanted: list[str]) -> Iterator[str]:
    yield READABLE.format(title=name, number=len(wanted), prompt=PROMPT.read_text("utf-8").strip())
    for request in map(json.loads, wanted):
        content = json.loads(request["body"]["input"][-1]["content"].splitlines()[1])
        (pair,) = content["pairs"]
        yield f"custom_id: {request['custom_id']}\n{json.dumps(pair, ensure_ascii=False)}\n\n"


def _print(pairs: list[dict[str, Any]]) -> None:
    groups = {"all": pairs, "held out": [pair for pair in pairs if pair.get("held_out")]}
    for key in ("author", "lang", "kind"):
        names = dict.fromkeys(pair.get(key, "") for pair in pairs)
        groups |= {f"{key} {name}": [pair for pair in pairs if pair.get(key) == name] for name in names if name}
    rows = "".join(
        f"| {name} | {_share(some, same=True)} | {_share(some, same=False)} |\n"
        for name, some in groups.items()
        if name
    )
    sys.stdout.write(
        f"| pairs | the same point, kept quiet | another point, kept quiet by mistake |\n| --- | --- | --- |\n{rows}"
    )
    for pair in pairs:
        if pair["quiet"] != pair["same"]:
            sys.stdout.write(f"wrong: {pair['dismissed']} | {pair['later']}\n")


def _share(pairs: list[dict[str, Any]], *, same: bool) -> str:
    some = [pair["quiet"] for pair in pairs if pair["same"] is same]
    return f"{sum(some)} of {len(some)}" if some else "–"


if __name__ == "__main__":
    main()
