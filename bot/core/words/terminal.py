"""What people read at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.critique import Outcome
from bot.core.words.counting import count
from bot.core.words.model import WORTH_A_LOOK, WORTH_WHY, reason
from bot.core.words.model import checked as by_checks
from bot.core.words.reply import COULD_NOT, NOTHING, left_out, lost, unplaced

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.core.critique import Critique, Question
    from bot.core.finding import Edit

ABOUT = "Candor reads draft posts before your audience does and points out the few changes that matter."
EXAMPLES = """\
examples:
  candor try
  candor review post.txt --platform instagram
  candor review "We open at nine."
  candor doctor
  candor eval posts.jsonl --rules
"""
REVIEW_HELP = "review one draft and print what to change"
REVIEW_ABOUT = (
    "Review one draft. Exit status: 0 nothing to flag, 1 something to change or to answer, 2 it couldn't be reviewed."
)
TRY_HELP = "start Candor with a local Slack-like workspace, in the browser"
TRY_ABOUT = (
    "Start the real bot and a local workspace that speaks Slack's protocol, in one process on this machine. "
    "You don't need an account, a key or a network."
)
TRY_PORT_HELP = "the port for the page and the local Web API (default: 4200, or the next free one; 0: any free one)"
TRY_MODEL_HELP = "use this model from a local server with an OpenAI-compatible API (Ollama, LM Studio ...)"
TRY_BROWSER_HELP = "print the page's address instead of opening it"
TRY_DATA_HELP = "keep messages and reviews in this folder; without it they're lost when Candor stops"
SERVE_HELP = "receive drafts from Slack and review them"
SERVE_ABOUT = (
    "Receive drafts from Slack and review them until stopped, over Socket Mode if SLACK_APP_TOKEN is set, otherwise "
    "over HTTP on PORT."
)
RECEIVE_ONLY_HELP = "leave the reviewing to `candor work` (needs PostgreSQL)"
WORK_HELP = "review what `candor serve` receives (needs PostgreSQL)"
WORK_ABOUT = "Review what other processes receive, until stopped. Start as many as you like, on any machine."
MIGRATE_HELP = "bring the database's tables up to date"
MANIFEST_HELP = "print the app manifest for Slack"
RUNNING = "Candor is running. Stop it with Ctrl+C."
JOBS_HELP = "list the drafts that were put aside because reviewing them crashed Candor"
RETRY_HELP = "review that draft again, or all of them"
NO_JOBS = "No drafts have been put aside."
MIGRATED = "The tables are up to date."
CHECK_HELP = "check every guideline file and run every example in it"
FILE_HELP = "the file with the draft, in UTF-8, or the draft itself in quotes; - reads standard input"
PLATFORM_HELP = "where it will be posted: instagram, LinkedIn, sms ..."
CONTEXT_HELP = "what the author or the brand says about the post, as text or the name of a file"
JSON_HELP = "print JSON; offsets are code points"
EMPTY_DRAFT = "There's no text to review: the draft is empty."


def put_aside(draft_id: str, begun: int) -> str:
    """A draft that is not reviewed any more."""
    return f"{draft_id}: its review was cut short {begun} times. To try again: candor jobs --retry {draft_id}"


def retried(draft_ids: Iterable[str]) -> str:
    """Drafts that get a new review."""
    return f"These will be reviewed again within a minute: {', '.join(draft_ids) or 'none'}."


def trying(url: str, data: str) -> str:
    """The local workspace is up."""
    kept = f"Everything is kept in {data}." if data else "Nothing is kept afterwards."
    return f"Candor is running in a local workspace: {url}\n{kept} Stop it with Ctrl+C."


def welcome(candor: str) -> str:
    """What one can do first. ``candor`` is how this command was called."""
    steps = (
        ("try", "a small Slack-like workspace in your browser, with no account and no key"),
        ("review post.txt", "a review of one draft, right here"),
        ('review "We open at nine."', "the same, with the text typed in"),
        ("doctor", "checks your setup, and says how to fix what's wrong"),
    )
    width = max(len(command) for command, _ in steps)
    lines = "\n".join(f"  {candor} {command:<{width}}   {what}" for command, what in steps)
    return (
        f"{ABOUT}\n\nStart here:\n\n{lines}\n\n"
        f"When you are ready for your own Slack, {candor} manifest prints the manifest of the app to install,\n"
        f"and {candor} serve runs it. {candor} --help lists every command."
    )


def not_a_port(value: str) -> str:
    """Something that cannot be a port."""
    return f"“{value}” is not a port: choose a number from 0 to 65535"


def port_taken(port: int) -> str:
    """Another program listens there."""
    return f"Another program is using port {port}. Choose a different one, such as {port + 1}."


def port_refused(port: int, reason: str) -> str:
    """The system does not let us listen there."""
    return f"Port {port} can't be used ({reason}). Choose one above 1023, such as 4200."


def folder_unusable(folder: str, reason: str) -> str:
    """A folder for data that cannot be used."""
    return f"Can't save anything in {folder} ({reason}). Name another folder with --data."


def folder_holds_something_else(path: str) -> str:
    """A file of that name that Candor did not write."""
    return f"{path} is not a workspace that Candor saved. Name another folder with --data."


def stopped_by_system(reason: str, name: str) -> str:
    """The system refused something on the way: a full disk, missing rights. ``name`` may be empty."""
    return f"Candor had to stop: {f'{name}: ' if name else ''}{reason}."


def unknown_platform(name: str, known: Iterable[str]) -> str:
    """A platform nobody knows."""
    return f"“{name}” is not a platform Candor knows; use one of {', '.join(known)}"


def cannot_read(name: str, reason: str) -> str:
    """A file that cannot be opened."""
    return f"Can't read {name}: {reason}."


def no_draft(candor: str) -> str:
    """Nothing to review was named."""
    return f'Which draft? Name a file ({candor} review post.txt), or put the text in quotes ({candor} review "...").'


def no_such_draft(name: str, candor: str) -> str:
    """One word, and no file of that name."""
    return f'No file is called “{name}”. To review a text, put it in quotes: {candor} review "Your draft here".'


def one_draft(candor: str) -> str:
    """Several files at once."""
    return f"Candor reviews one draft at a time: {candor} review post.txt"


READ_AS_DRAFT = "(No file has that name, so this is read as the draft itself.)"


def cannot_write(name: str, reason: str) -> str:
    """A file that cannot be written."""
    return f"Can't write {name}: {reason}."


def not_utf8(name: str, position: int) -> str:
    """A file in another encoding."""
    return f"{name} is not UTF-8 text (byte {position}); save it as UTF-8 and try again."


def headline(critique: Critique) -> str:
    """What the review came to, in a few words."""
    if critique.unplaced and not critique.says_something:
        return lost(critique.unplaced)
    if critique.outcome is Outcome.COULD_NOT_REVIEW:
        return COULD_NOT
    if critique.fixed_rules_only:
        return f"{reason(critique)} {by_checks(critique, len(critique.findings))}"
    if critique.outcome is Outcome.NOTHING_TO_FLAG:
        return NOTHING
    counts = ((len(critique.findings), "change"), (len(critique.questions), "question"))
    return ", ".join(count(number, noun) for number, noun in counts if number)


def question(asked: Question) -> str:
    """A question with its answers."""
    return f"\n?  {asked.question}  ({' / '.join(asked.answers)})"


def line_of(text: str, position: int) -> str:
    """Where in the draft it is."""
    return f"line {text.count(chr(10), 0, position) + 1}"


def edit(change: Edit) -> str:
    """The suggested change."""
    if change.start == change.end:
        how = "take it out here, and put at the start" if change.gone else "add at the start"
        return f"→ {how}: {change.text.strip()}"
    return f"→ {change.text}" if change.text else "→ leave it out"


def leads(lines: Iterable[str]) -> str:
    """What is worth a look, where no model could say more."""
    return "\n".join([f"\n{WORTH_A_LOOK}. {WORTH_WHY}", *(f"   {line}" for line in lines)])


def footer(critique: Critique) -> str:
    """What was read, and by whom."""
    if critique.fixed_rules_only:
        return "\nFixed checks only. People decide."
    left = f"{unplaced(critique.unplaced)} " if critique.unplaced and critique.says_something else ""
    left += f"{left_out(critique.left_out)} " if critique.left_out else ""
    checked = f"Checked against {count(critique.guidelines, 'guideline')}"
    return f"\n{left}{checked} by fixed checks and a language model. An AI wrote this; people decide."


def checked(guidelines: int, rules: int, examples: int, faults: int) -> str:
    """The result of checking all guideline files."""
    counted = f"{count(guidelines, 'guideline')}, {count(rules, 'fixed rule')}, {count(examples, 'example')}"
    return f"{counted}: {'everything matches the files' if not faults else count(faults, 'fault')}."
