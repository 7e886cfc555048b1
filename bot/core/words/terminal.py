"""What people read at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.judging import Outcome, ReviewState
from bot.core.words.people import Phrase, again, count, day_of, forms, say, several
from bot.core.words.reviewing import (
    ADD_AT_START,
    CHANGES,
    COULD_NOT,
    LANGUAGES,
    LEAVE_OUT,
    LET_GO_WHY,
    MOVE_TO_START,
    POINTS,
    QUESTIONS,
    SEVERITIES,
    WORTH_A_LOOK,
    WORTH_WHY,
    beside,
    left_out,
    lost,
    nothing,
    reason,
)
from bot.core.words.reviewing import checked as by_checks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.core.findings import Edit
    from bot.core.guidelines import Severity
    from bot.core.judging import Critique, Question


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
    "Review one draft. Exit status: 0 if there's nothing to flag, 1 if there's something to change or answer, 2 if "
    "Candor couldn't review it, 3 if no language model reviewed it (with --require-model). Without a model, only fixed "
    "checks run: 0 then means they found nothing, and the outcome in the JSON is not_reviewed."
)
TRY_HELP = "start Candor in a local, Slack-like workspace in your browser"
TRY_ABOUT = (
    "Start the real bot and a local workspace that speaks Slack's protocol, all in one process on this machine. "
    "You don't need an account, a key or a network connection."
)
TRY_PORT_HELP = (
    "the port for the page and the local Web API (default: 4200, or the next free one; 0 picks any free one)"
)
TRY_MODEL_HELP = "use this model from a local server with an OpenAI-compatible API (such as Ollama or LM Studio)"
TRY_BROWSER_HELP = "print the page's address instead of opening it"
TRY_DATA_HELP = "keep messages and reviews in this folder; without it they're lost when Candor stops"
SERVE_HELP = "receive drafts from Slack and review them"
SERVE_ABOUT = (
    "Receive drafts from Slack and review them until you stop it. Candor uses Socket Mode if SLACK_APP_TOKEN is set, "
    "and HTTP on PORT if it isn't."
)
RECEIVE_ONLY_HELP = "leave the reviewing to `candor work` (needs PostgreSQL)"
WORK_HELP = "review what `candor serve` receives (needs PostgreSQL)"
WORK_ABOUT = (
    "Review the drafts that other processes receive, until you stop it. Run as many of these as you like, anywhere."
)
MIGRATE_HELP = "bring the database's tables up to date"
MANIFEST_HELP = "print the app manifest for Slack"
RUNNING = "Candor is running. Press Ctrl+C to stop."
MIGRATED = "The tables are up to date."
CHECK_HELP = "check every guideline file and run all its examples"
FILE_HELP = "a UTF-8 file with the draft, or the draft itself in quotes; - reads standard input"
PLATFORM_HELP = "where the post will appear, such as instagram, LinkedIn or sms"
CONTEXT_HELP = "background from the author or the brand, as text or the name of a file"
REQUIRE_HELP = "exit with status 3 if no language model has reviewed the draft and there are no points"
JSON_HELP = "print JSON; offsets count Unicode code points"
VERSION_HELP = "print the version and exit"
NO_NAME = "The file name is empty."
EMPTY_DRAFT = "There's no text to review: the draft is empty."


STARTING = "Starting Candor. The page opens in a few seconds ..."


def trying(url: str, data: str) -> str:
    """The local workspace is up."""
    kept = f"Everything is saved in {data}." if data else "Nothing is saved when you stop it."
    return f"Candor is running in a local workspace: {url}\n{kept} Press Ctrl+C to stop."


def welcome(candor: str) -> str:
    """What one can do first. ``candor`` is how this command was called."""
    steps = (
        ("try", "open a small, Slack-like workspace in your browser; no account or key needed"),
        ("review post.txt", "review one draft, right here"),
        ('review "We open at nine."', "review the text in quotes"),
        ("doctor", "check your setup and see how to fix any problems"),
    )
    width = max(len(command) for command, _ in steps)
    lines = "\n".join(f"  {candor} {command:<{width}}   {what}" for command, what in steps)
    return (
        f"{ABOUT}\n\nStart here:\n\n{lines}\n\n"
        f"When you're ready for your own Slack, {candor} manifest prints the manifest to install the app with,\n"
        f"and {candor} serve runs the bot. {candor} --help lists every command."
    )


def needs(option: str, other: str) -> str:
    """An option that does nothing without another one."""
    return f"{option} does nothing without {other}: add that, or leave {option} out"


def not_a_port(value: str) -> str:
    """Something that cannot be a port."""
    return f"“{value}” isn't a port: choose a number from 0 to 65535"


def port_taken(port: int) -> str:
    """Another program listens there."""
    return f"Another program is using port {port}. Choose a different one, such as {port + 1}."


def port_refused(port: int, reason: str) -> str:
    """The system does not let us listen there."""
    return f"Port {port} can't be used ({reason}). Choose one above 1023, such as 4200."


def port_in_use(port: str) -> str:
    """Another program listens there; ``port`` as it was set, such as PORT=3000, here and below."""
    return f"{port}: another program is using that port. Stop it, or choose another port."


def same_port(port: int) -> str:
    """Two settings name one port."""
    return f"PORT and METRICS_PORT are both {port}. Choose another one for METRICS_PORT, such as METRICS_PORT=9464."


def port_reserved(port: str) -> str:
    """The system keeps it for administrators."""
    return f"{port}: Candor isn't allowed to use that port. Choose one above 1023."


def no_such_host(host: str) -> str:
    """An address of some other machine, or none at all."""
    return (
        f"{host}: this machine has no such address. Use 127.0.0.1 to be reached from this machine only, or 0.0.0.0 to "
        "be reached from others, too."
    )


def cannot_listen(host: str, port: str, reason: str) -> str:
    """The system refuses for any other reason."""
    return f"{host}, {port}: Candor can't listen there ({reason}). Choose another address or port."


def folder_unusable(folder: str, reason: str) -> str:
    """A folder for data that cannot be used."""
    return f"Can't save anything in {folder} ({reason}). Choose another folder with --data."


def folder_holds_something_else(path: str) -> str:
    """A file of that name that Candor did not write."""
    return f"{path} isn't a workspace saved by Candor. Choose another folder with --data."


def stopped_by_system(reason: str, name: str) -> str:
    """The system refused something on the way: a full disk, missing rights. ``name`` may be empty."""
    return f"Candor had to stop: {f'{name}: ' if name else ''}{reason}."


def unknown_platform(name: str, known: Iterable[str]) -> str:
    """A platform nobody knows."""
    return f"Candor doesn't know the platform “{name}”. Choose one of these: {', '.join(known)}"


def no_front_matter(language: str, problem: str) -> str:
    """What stands before the draft cannot be read."""
    return (
        f"the front matter isn't valid {language} ({problem.rstrip('.')}). Quotes around the values often help; if "
        "these lines are part of the draft, add an empty line above them"
    )


def no_text(key: str) -> str:
    """An entry of the front matter is not what it has to be."""
    return f"“{key}” has to be text, or a list of texts"


def cannot_read(name: str, reason: str) -> str:
    """A file that cannot be opened."""
    return f"Can't read {name}: {reason}."


def no_draft(candor: str) -> str:
    """Nothing to review was named."""
    return f'Which draft? Name a file ({candor} review post.txt), or put the text in quotes ({candor} review "...").'


def no_such_draft(name: str, candor: str) -> str:
    """One word, and no file of that name."""
    return (
        f'There\'s no file called “{name}”. To review some text, put it in quotes: {candor} review "Your draft here".'
    )


def one_draft(candor: str) -> str:
    """Several files at once."""
    return f"Candor reviews one draft at a time: {candor} review post.txt"


READ_AS_DRAFT = Phrase("(There's no file with that name, so Candor is reading it as the draft.)")


def same_file(name: str) -> str:
    """Two names that must not lead to one file do."""
    return f"{name} is named twice, so one file would overwrite the other. Choose another name."


def cannot_write(name: str, reason: str) -> str:
    """A file that cannot be written."""
    return f"Can't write {name}: {reason}."


def not_utf8(name: str, position: int) -> str:
    """A file in another encoding."""
    return f"{name} isn't UTF-8 text (byte {position}); save it as UTF-8 and try again."


def headline(critique: Critique) -> str:
    """What the review came to, in a few words."""
    if critique.unplaced and not critique.says_something:
        return lost(critique.unplaced)
    if critique.state is ReviewState.PUT_ASIDE:
        return say(COULD_NOT)
    found = len(critique.findings)
    if critique.state is not ReviewState.DONE:
        return f"{reason(critique)} {by_checks(critique, several(found, *POINTS) if found else '')}"
    if critique.outcome is Outcome.NOTHING_TO_FLAG:
        return nothing(critique.doubts)
    counts = ((found, CHANGES), (len(critique.questions), QUESTIONS))
    return ", ".join(several(number, *noun) for number, noun in counts if number)


def question(asked: Question) -> str:
    """A question with its answers."""
    return f"\n?  {again(asked.question)}  ({' / '.join(map(again, asked.answers))})"


def point(severity: Severity, problem: str) -> str:
    """The line above a point."""
    return say("{severity}: {problem}", severity=SEVERITIES[severity], problem=problem)


def quote(words: str) -> str:
    """The words that a point is about."""
    return say("“{quote}”", quote=words)


def line_of(text: str, position: int) -> str:
    """Where in the draft it is."""
    return say("line {number}", number=text.count("\n", 0, position) + 1)


def edit(change: Edit, old: str = "") -> str:
    """The suggested change. ``old`` are the words that it takes the place of, where they are more than the quote."""
    if change.start == change.end:
        return f"→ {say(MOVE_TO_START if change.gone else ADD_AT_START)}{change.text.strip()}"
    if not change.text:
        return f"→ {say('Leave out “{old}”.', old=old) if old else say(LEAVE_OUT)}"
    return f"→ {say('Instead of “{old}”: {new}', old=old, new=change.text) if old else change.text}"


def leads(lines: Iterable[str], *, is_read: bool = False) -> str:
    """What is worth a look, where no model could say more; ``is_read`` where one has read the draft and let it go."""
    why = LET_GO_WHY if is_read else WORTH_WHY
    return "\n".join([f"\n{say(WORTH_A_LOOK)}. {say(why)}", *(f"   {line}" for line in lines)])


def footer(critique: Critique) -> str:
    """What was read, and by whom."""
    if critique.state is not ReviewState.DONE:
        return f"\n{say('Fixed checks only. People decide.')}"
    said = filter(None, (beside(critique), left_out(critique.left_out) if critique.left_out else ""))
    left = "".join(f"{one} " for one in said)
    by_both = forms(
        "Reviewed against {number} guideline with fixed checks and a language model. An AI wrote this; people decide.",
        "Reviewed against {number} guidelines with fixed checks and a language model. An AI wrote this; people decide.",
    )
    return f"\n{left}{several(critique.guidelines, *by_both)}"


def checked(guidelines: int, rules: int, examples: int, faults: int) -> str:
    """The result of checking all guideline files."""
    counted = f"{count(guidelines, 'guideline')}, {count(rules, 'fixed check')}, {count(examples, 'example')}"
    return f"{counted}: {_problems(faults) if faults else 'everything checks out'}."


def aged(language: str, day: str) -> str:
    """Nobody has looked for long whether a label is still what is asked for."""
    return f"The labels in {LANGUAGES[language]} were last checked on {day_of(day)}, over 180 days ago. Rules change."


def aged_market(market: str, day: str) -> str:
    """The same of what a market asks for."""
    return f"The AI label rules ({market}) were last checked on {day_of(day)}, over 180 days ago. Rules change."


def _problems(number: int) -> str:
    return f"{count(number, 'problem')} found"
