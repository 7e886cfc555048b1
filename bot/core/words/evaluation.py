"""What `candor eval` says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.words.counting import count

if TYPE_CHECKING:
    from collections.abc import Iterable

HELP = "measure the reviews on posts with known answers"
ABOUT = (
    "Run posts with known answers through the whole review, and print how good the reviews are. Without a file it "
    "uses the guidelines' own examples, which only show that the files hold together. Exit status: 0 measured, "
    "1 the model has no part in some reviews, "
    "2 it couldn't be measured."
)
FILE_HELP = "posts as JSON lines; several files make one set"
TAGS_HELP = "a JSON file that says which guidelines count as which tag: {tag: [guideline, ...]}"
RULES_HELP = "by fixed rules alone"
LIVE_HELP = "ask the configured model; a stopped run picks up where it left off"
RECORD_HELP = "where to keep the answers of --live (default: candor-eval.jsonl)"
REPLAY_HELP = "take the model's answers from this file and ask nobody"
BATCH_OUT_HELP = "write the requests without an answer to this file, for OpenAI's Batch API"
BATCH_IN_HELP = "take the model's answers from the results of a batch; may be given several times"
RUNS_HELP = "review every post this many times (default: 1)"
AT_ONCE_HELP = "how many posts are under way at the same time with --live (default: 8)"
JSON_HELP = "print JSON; offsets are code points"
HTML_HELP = "write a web page to this file, with every post that came out wrong"
AGAINST_HELP = "compare with a report that --json printed before, post by post"
SEED_HELP = "for the bootstrap intervals (default: 0)"

OWN_EXAMPLES = (
    "These are the guidelines' own examples. The fixed rules were written with them in view, so high figures\n"
    "only show that the files hold together. To measure the reviews, name a file with posts that others wrote:\n"
    "candor eval posts.jsonl --rules"
)
ONE_MODE = "Say how: --rules, --live, --replay FILE, or --batch-out FILE and --batch-in FILE."
NO_MODEL = "There's no model to ask: set OPENAI_API_KEY or OPENAI_BASE_URL, or use --rules."
NO_CASES = "there's no post in this file"
NO_CASE = "this line isn't a JSON object with an “id” and a “text”"
NO_GOLD = "an entry of “expected” needs a “guideline”"
WRONG_SPAN = "a “span” is words of the text, or where they begin and end in it"
NO_ANSWER = "an entry of “answers” needs a “guideline” and an “answer”"
NO_EXCEPTION = "an entry of “exceptions” needs a “guideline” and a “quote”"
BROKEN_TAGS = "this file isn't a JSON object of the form {tag: [guideline, ...]}"
NO_NUMBER = "choose a whole number above 0"
REVIEWING = "reviewing"

RULES, LIVE, REPLAY, BATCH = "fixed rules only", "asked live", "recorded answers", "answers of a batch"
"""The ways of measuring."""

TITLE = "How good the reviews are"
PER_GUIDELINE, PER_FAMILY = "By guideline", "By family"
SCORE_HEAD = ("", "right", "wrong", "missed", "precision", "recall", "F1", "words", "asked")
SCORE_NOTE = (
    "Posts, not findings: right is found and expected, wrong is found and not expected, missed is expected and not "
    "found. Precision is right of all found, recall right of all expected, both with Wilson's 95 % interval; F1 is "
    "their harmonic mean, its interval drawn from the posts. Words: how well the quoted words match the marked ones, "
    "from 0 to 1. Asked: questions to the author; they count as neither found nor missed. What a post's gold doesn't "
    "mention isn't counted."
)
ALARMS = "Posts with nothing wrong"
ALARMS_HEAD = ("kind", "posts", "flagged", "must-fix or should-fix", "findings", "asked")
ALARMS_NOTE = "Every finding counts here, whatever its guideline, unless the post's gold would accept it."
FATES = "What happened to the faults"
FATES_HEAD = ("", "shown", "folded", "asked about", "missed")
FATES_NOTE = "Shown is among the first three findings, folded behind “Show more”."
DROPS = "Dropped from the model's answers"
DROPS_HEAD = ("reason", "how many")
GROUNDING = "Findings"
GROUNDING_HEAD = ("", "how many")
CONFIDENCE = "How sure the model was, and how often it was right"
CONFIDENCE_HEAD = ("it said", "right")
CONFIDENCE_NOTE = (
    "Over the model's findings that the gold can judge. Low, medium and high are taken as .5, .7 and .9 for Brier's "
    "score and the calibration error; under 200 findings read both as a hint."
)
STABILITY = "Runs compared with each other"
STABILITY_HEAD = ("", "")
COSTS = "For each draft"
COSTS_HEAD = ("", "mean", "median", "95 % stay under", "all together")
COSTS_NOTE = "Tokens as the server counted them, confirmation included."
SIZES = "Requests"
SIZES_HEAD = ("form", "requests", "same in all", "share of input", "median request", "median answer")
SIZES_NOTE = "In tokens estimated as characters by four. What is the same in all can come from a server's cache."
AGAINST = "Compared with the other report"
AGAINST_HEAD = ("", "newly wrong", "newly right", "p")
AGAINST_NOTE = "McNemar's exact test on the posts that both have; for single guidelines corrected after Holm."
WRONG = "What came out wrong"
RIGHT_ALL = "Nothing came out wrong."
MISSES, FALSE_ALARMS = "missed", "false alarm"
MARKED, QUOTED = "marked by the gold", "quoted by the review"
WHY = "The review says:"

DROP_WORDS = {
    "already_found": "a fixed rule has the point already",
    "cap": "folded, behind “Show more”",
    "exception": "the team made an exception",
    "guard": "its guideline is not for the platform",
    "reason": "only the reason: the guideline's own is shown",
    "refuted": "refuted by the second opinion, or its doubt may not be asked",
    "rewording": "only the suggested words: they would add a fact or break a rule",
    "same_words": "another finding has the same words",
    "too_many": "more than are looked at or asked",
    "ungrounded": "its quote is not in the post",
    "unknown": "it names no guideline that is in force",
    "unsure": "the model itself was not sure",
}
FAULT_WORDS = {
    "absent": "no model is connected",
    "busy": "the server was busy",
    "key": "the server refused the key",
    "missing": "nobody has answered yet",
    "quota": "the account has no credit left",
    "refused": "the model declined to answer",
    "settings": "the server refused the request",
    "stale": "the recorded answer is stale: the request changed since",
    "too_long": "the answer was cut off",
    "unreachable": "the server could not be reached in time",
    "unreadable": "the answer could not be read",
}
ORIGINS = {"model": "from the model", "rule": "from fixed rules"}
VERBATIM = "quoted letter by letter"
BRIER, CALIBRATION_ERROR = "Brier's score", "calibration error"
COST_ROWS = ("calls", "new input tokens", "cached input tokens", "output tokens")
DOLLARS, SECONDS = "US dollars", "seconds"
FAULTS = "Reviews without the model"
FAULTS_HEAD = ("why", "how many")
FAULTS_NOTE = "These reviews used fixed checks alone, as they would for people, and are counted that way above."
UNCONFIRMED = "a must-fix that nobody confirmed became a question"


def same_id(name: str) -> str:
    """Two posts of one name."""
    return f"the id “{name}” was used before"


def no_report(name: str) -> str:
    """A file that is no report."""
    return f"{name} is not a report that `candor eval --json` printed."


def headline(posts: int, mode: str, models: Iterable[str]) -> str:
    """What was measured, in a line."""
    return f"{count(posts, 'post')}, {', '.join((mode, *models))}"


def batch_written(requests: int, name: str, path: str) -> str:
    """The requests are in the file; what to do with it."""
    return (
        f"{count(requests, 'request')} for {path} in {name}. Upload it for the Batch API, or answer it by other means, "
        "then run again with --batch-in and the results."
    )


def confirmations_written(requests: int, name: str) -> str:
    """Some answers call for a second opinion, or for another attempt."""
    return (
        f"{count(requests, 'more request')} in {name}: second opinions, answers to ask again, and what had no answer. "
        "Have them answered too, then run again with every result file: --batch-in FIRST --batch-in SECOND."
    )


def too_many_requests(requests: int, most: int) -> str:
    """More than a batch takes."""
    return f"{requests:,} requests are more than a batch takes ({most:,}); divide the posts or take fewer runs."


def unread(lines: int) -> str:
    """Lines that are no answers."""
    return f"{count(lines, 'line')} could not be read as an answer."


def failed(lines: int) -> str:
    """Answers that the server failed to give."""
    return f"{count(lines, 'request')} failed at the server and can be asked again with --batch-out."


def recorded(name: str) -> str:
    """Where live answers are."""
    return f"The answers are kept in {name}; they hold words of the posts."


def stale(answers: int) -> str:
    """The request changed."""
    return f"{count(answers, 'recorded answer')} {'is' if answers == 1 else 'are'} stale: the request changed since."


def compared(posts: int, difference: str) -> str:
    """The difference between two reports."""
    return f"{count(posts, 'post')} in both. F1 less the other's: {difference}"


def stability(runs: int) -> tuple[str, str, str]:
    """The names of the rows about several runs."""
    return f"runs: {runs}", "Krippendorff's alpha", "posts with the same guidelines in every run"


def cannot_keep(name: str, reason: str) -> str:
    """The file for answers cannot be written."""
    return f"{name} cannot be written: {reason}. Name another file with --record."
