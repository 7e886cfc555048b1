"""What people read of a check of many drafts: at a terminal, in a log, beside a line of a pull request."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.core.findings import on_one_line
from bot.core.judging import ReviewState
from bot.core.words.people import Phrase, again, count, forms, say, several
from bot.core.words.reviewing import SEVERITIES, reply_point

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.gating import GatePoint, GateResult

HELP = "check many drafts at once, for scripts and pull requests"
ABOUT = (
    "Review drafts in files and fail if there's something new to change or answer. Front matter can name a draft's "
    "platform and context. Exit status: 0 if nothing is new, 1 if there are new points, 2 if Candor couldn't run or a "
    "file couldn't be read, 3 if a draft wasn't reviewed."
)
FILES_HELP = "UTF-8 files, one draft in each; leave it out, or use -, to read standard input"
BASELINE_HELP = "a file of points you already know about; only new ones fail"
WRITE_HELP = "save the current points in this file, so that they pass from now on; - prints them"
FORMAT_HELP = "text, json, sarif (code scanning), or github (annotations on a pull request)"
REPORT_HELP = "write the report in this format to a file as well; can be given several times"
MODEL_HELP = "fail with status 3 if there's a draft that no language model has read"
SIGNED_HELP = "don't review; check that exactly these texts were signed off in Slack (needs Candor's database)"
CONTEXT_HELP = "background for every draft that doesn't have its own in its front matter"
ENV_HELP = "a file of settings, such as .env; none is read unless you name it here"
ENV_LEFT_OUT = (
    "The settings in .env weren't read, since it may have come with the drafts. If it's yours, add --env-file .env, or "
    "set the same in the environment."
)
NO_DATABASE = (
    "Which database says what was signed off? Set DATA_DIR or DATABASE_URL: one that came with the drafts won't do."
)
STDIN = "stdin"
FIXED_CHECKS = Phrase("No language model is connected, so only the fixed checks ran: nothing here was reviewed.")
NOT_REVIEWED = "Not reviewed"
UNREADABLE = "This file couldn't be read"
HIDDEN = "[secret]"
"""Takes the place of a secret: reports end up in logs that many people can read."""
OLD_BASELINE = (
    "This baseline is from an older version, which didn't count copies: any number of a known point passes. Save it "
    "again with --write-baseline."
)
NOTHING_SAVED = "Nothing was saved: first, every file has to be readable."
FIX = "The smallest change that fixes it"
_DRAFTS = forms("{number} draft", "{number} drafts")
_POINTS = forms("{number} point", "{number} points")
_NEW_POINTS = forms("{number} new point", "{number} new points")


def cannot_use(name: str, fault: str) -> str:
    """Something is wrong with a file."""
    return f"{name}: {fault}."


def no_report(said: str) -> str:
    """Neither a format nor a file."""
    return f"“{said}” should be a format and a file, such as sarif=candor.sarif"


def no_files(candor: str) -> str:
    """Nothing to check was named."""
    return f"Which drafts? Name one or more files: {candor} gate posts/*.md"


def label(point: GatePoint) -> str:
    """Severity and title."""
    problem = again(point.title)
    if point.asks:
        return say("Question: {problem}", problem=problem)
    return say("{severity}: {problem}", severity=SEVERITIES[point.severity], problem=problem)


def message(point: GatePoint) -> str:
    """What it is about, and the suggested words."""
    said = reply_point(on_one_line(point.quote), point.says) if point.quote else again(point.says)
    if point.replacement is None:
        return said
    new = point.replacement[1].strip()
    return f"{said} {say('Suggested: {new}', new=new) if new else say('Suggested: leave it out')}"


def point(one: GatePoint) -> str:
    """The same on one line."""
    return " ".join(f"{label(one)}. {message(one)}".split())


def summary(results: Sequence[GateResult]) -> str:
    """How it came out."""
    new, known = sum(len(one.points) for one in results), sum(len(one.known) for one in results)
    unread, broken = sum(one.unread for one in results), sum(bool(one.fault) for one in results)
    points = _NEW_POINTS if known else _POINTS
    drafts = several(len(results), *_DRAFTS)
    said = [say("{drafts}: {points}", drafts=drafts, points=several(new, *points))]
    said += [say("{number} already known", number=known)] if known else []
    said += [say("{number} not reviewed", number=unread)] if unread else []
    said += [say("{number} couldn't be read", number=broken)] if broken else []
    alone = any(one.state is ReviewState.CHECKS_ONLY for one in results)
    return ", ".join(said) + "." + (f" {say(FIXED_CHECKS)}" if alone else "")


def baseline_written(name: str, results: Sequence[GateResult]) -> str:
    """Where the points of now stand; no name is standard output."""
    saved = count(sum(len(one.points) + len(one.known) for one in results), "point")
    return f"{saved} saved as known{f' in {name}' if name else ''}."


def signed_off(at: float | None) -> str:
    """Whether a text is."""
    if at is None:
        return "not signed off"
    return f"signed off on {datetime.fromtimestamp(at, UTC):%-d %B %Y}"
