"""What other programs, and the people behind them, read of Candor's tools."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.core.words.gating import point as point_line
from bot.core.words.guidelines import in_full, sections
from bot.core.words.people import count
from bot.core.words.reviewing import WORTH_A_LOOK, WORTH_WHY
from bot.core.words.terminal import footer, headline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.brand.facts import Fact
    from bot.core.gating import GatePoint
    from bot.core.guidelines import Guideline
    from bot.core.judging import Critique

# The command.

HELP = "let other programs ask for reviews, through the Model Context Protocol"
ABOUT = (
    "Serve Candor's tools to MCP clients, such as AI assistants and editors: over standard input and output, or with "
    "--http over streamable HTTP. Needs pip install 'candor[mcp]'. Reviewed texts aren't stored."
)
HTTP_HELP = "listen over HTTP, at /mcp (needs MCP_TOKEN)"
HOST_HELP = "the address to listen on with --http (default: 127.0.0.1)"
PORT_HELP = "the port to listen on with --http (default: 4300; 0 picks a free one)"
WORKSPACE_HELP = (
    "the ID of the workspace whose settings, guidelines, facts and budget apply; only needed if there are several"
)
NOT_INSTALLED = "`candor mcp` needs an optional part: pip install 'candor[mcp]'"


ENV_HELP = "a file of settings, such as .env; without --http none is read unless you name it here"
ENV_LEFT_OUT = (
    "The settings in .env weren't read, since it may belong to whatever project is open. If it's Candor's, add "
    "--env-file .env, or set the same in the environment."
)


def whose_database(folder: str) -> str:
    """Where nobody named it, it may be a stranger's."""
    return (
        f"{folder} may have come with the project that's open. If it's your Candor's, set DATA_DIR to it; if not, set "
        "DATA_DIR to your own, or to a folder that doesn't exist."
    )


def listening(url: str) -> str:
    """It can be asked."""
    return f"Candor's tools are at {url}. Press Ctrl+C to stop."


def answers_only(hosts: Sequence[str]) -> str:
    """Others than this machine may try to reach it, and by which address is not known."""
    return (
        f"Candor only answers requests for {' and '.join(hosts)}, and refuses others with 421. If clients use another "
        "name or address, set PUBLIC_URL to it, such as PUBLIC_URL=https://candor.example.com."
    )


def remembers_nothing(folder: str) -> str:
    """There is no database."""
    return (
        f"There's no Candor database in {folder}, so the built-in guidelines apply, without facts, sign-offs or a "
        "budget. If you have one, set DATA_DIR or DATABASE_URL to it."
    )


# The tools, as programs list them.

INSTRUCTIONS = (
    "Candor reviews draft posts for authenticity, transparency and user control, and points out the few changes that "
    "matter. It never approves or publishes: people decide. If an answer begins with “Not reviewed”, no language model "
    "has read the draft; say so, and don't call it fine."
)
TITLES = {
    "review_draft": "Review a draft post",
    "why": "Explain a guideline",
    "guidelines": "List the guidelines",
    "facts": "List the brand's facts",
    "sign_off_status": "Check a sign-off",
}
TOOLS = {
    "review_draft": (
        "Review a draft post and get the few changes that matter: the words in question, why a reader would mind, and "
        "the smallest rewording. Call it again after each change. If `reviewed` is false, no language model has read "
        "the draft, and it must not be called reviewed. The text isn't stored."
    ),
    "why": "Explain one guideline in full: what Candor looks for, why it matters, when it keeps quiet, and examples.",
    "guidelines": "List the guidelines that are in force, with the IDs that `why` takes.",
    "facts": (
        "List what's true of the brand today, each fact with its source. Use them instead of guessing prices, dates or "
        "promises."
    ),
    "sign_off_status": (
        "Check whether a brand lead has signed off exactly this text, character for character. Give either the text "
        "or the SHA-256 of its UTF-8 bytes. Any change, even a space, needs a new sign-off."
    ),
}
TEXT = "The draft, as it would be posted. Front matter may name a platform and context."
PLATFORM = "Where it would be posted, such as instagram, linkedin or sms. Leave it empty if you don't know yet."
CONTEXT = "Background from the author or the brand, such as whether a partner paid."
NAME = "The guideline's ID or title, or enough of it to tell which one you mean."
EXACT_TEXT = "The exact text. Leave it empty to give its hash instead."
SHA256 = "The SHA-256 of the text's UTF-8 bytes, as 64 hexadecimal digits."

# What they answer.

FAILED = "Candor couldn't answer that. Please try again; if it keeps failing, its log says why."
EMPTY = "There's no text to review: the draft is empty."
NO_WORKSPACE = "Candor isn't connected to a Slack workspace here, so it has no facts or sign-offs."
NO_FACTS = "The brand's fact sheet has no facts that are valid today."
ONE_OF_BOTH = "Give either the text or its SHA-256 (64 hexadecimal digits)."
NOT_SIGNED_OFF = "Not signed off: no brand lead has approved exactly this text."


def one_platform(names: Sequence[str]) -> str:
    """Only one can be reviewed at a time."""
    return f"The front matter names {len(names)} platforms ({', '.join(names)}). Ask once for each."


def in_line(line: int, fault: str) -> str:
    """The text's front matter is wrong."""
    return f"Line {line}: {fault}."


def review(critique: Critique, points: Sequence[GatePoint], leads: Sequence[GatePoint]) -> str:
    """The whole review; what it came to comes first."""
    lines = [headline(critique), *(f"- {point_line(one)}" for one in points)]
    if leads:
        lines += [f"{WORTH_A_LOOK}. {WORTH_WHY}", *(f"- “{one.quote}” {one.title}" for one in leads)]
    return "\n".join([*lines, footer(critique).strip()])


def guideline(one: Guideline) -> str:
    """A guideline in full."""
    return "\n\n".join([in_full(one), *(f"{heading}\n{text}" for heading, text in sections(one))])


def listed(guidelines: Sequence[Guideline]) -> str:
    """All of them, a line each."""
    return "\n".join([f"{count(len(guidelines), 'guideline')}:", *(f"- {one.id}: {one.title}" for one in guidelines)])


def no_guideline(near: Sequence[Guideline]) -> str:
    """No guideline has that name."""
    meant = f" Did you mean {' or '.join(one.id for one in near)}?" if near else ""
    return f"There's no guideline with that name.{meant} The tool `guidelines` lists them all."


def facts(valid: Sequence[Fact], statements: Sequence[str]) -> str:
    """Those that hold today."""
    lines = (f"- {fact.kind}: {statement}" for fact, statement in zip(valid, statements, strict=True))
    return "\n".join(lines) if valid else NO_FACTS


def signed_off(at: float | None) -> str:
    """Whether it is."""
    if at is None:
        return NOT_SIGNED_OFF
    return f"Signed off on {datetime.fromtimestamp(at, UTC):%-d %B %Y}: exactly this text."
