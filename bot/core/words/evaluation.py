"""What `candor eval` says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.words.counting import count

if TYPE_CHECKING:
    from collections.abc import Iterable

HELP = "measure the reviews on posts with known answers"
ABOUT = (
    "Run posts with known answers through the whole review, and print how good the reviews are. Without a file it "
    "uses the guidelines' own examples, which only shows that the files are consistent. Exit status: 0 measured, "
    "1 some reviews had to do without the model, "
    "2 nothing could be measured."
)
FILE_HELP = "posts as JSON lines; several files are read as one set"
TAGS_HELP = "a JSON file that maps tags to guidelines: {tag: [guideline, ...]}"
RULES_HELP = "use fixed rules only"
LIVE_HELP = "ask the configured model; a stopped run picks up where it left off"
RECORD_HELP = "where to save the answers from --live (default: candor-eval.jsonl)"
REPLAY_HELP = "use the model's answers from this file, without asking any model"
BATCH_OUT_HELP = "write the unanswered requests to this file, for OpenAI's Batch API"
BATCH_IN_HELP = "use the model's answers from batch results; can be repeated"
RUNS_HELP = "review every post this many times (default: 1)"
AT_ONCE_HELP = "how many posts to run at once with --live (default: 8)"
JSON_HELP = "print JSON; offsets are code points"
HTML_HELP = "save a web page to this file, showing every post that came out wrong"
AGAINST_HELP = "compare, post by post, with a report that --json printed earlier"
SEED_HELP = "for the bootstrap intervals (default: 0)"

OWN_EXAMPLES = (
    "These are the guidelines' own examples. The fixed rules were written with them in mind, so high figures\n"
    "only show that the files are consistent. To measure the reviews, name a file of posts that other people wrote:\n"
    "candor eval posts.jsonl --rules"
)
ONE_MODE = "Choose how: --rules, --live, --replay FILE, or --batch-out FILE and --batch-in FILE."
NO_MODEL = "There's no model to ask: set OPENAI_API_KEY or OPENAI_BASE_URL, or use --rules."
NO_CASES = "this file has no posts in it"
NO_CASE = "this line isn't a JSON object with an “id” and a “text”"
NO_GOLD = "an entry of “expected” needs a “guideline”"
WRONG_SPAN = "a “span” is words from the text, or where they begin and end in it"
NO_ANSWER = "an entry of “answers” needs a “guideline” and an “answer”"
NO_EXCEPTION = "an entry of “exceptions” needs a “guideline” and a “quote”"
BROKEN_TAGS = "this file isn't a JSON object of the form {tag: [guideline, ...]}"
NO_NUMBER = "choose a whole number above 0"
REVIEWING = "reviewing"

RULES, LIVE, REPLAY, BATCH = "fixed rules only", "asked live", "recorded answers", "answers from a batch"
"""The ways of measuring."""

TITLE = "How good the reviews are"
PER_GUIDELINE, PER_FAMILY = "By guideline", "By family"
SCORE_HEAD = ("", "right", "wrong", "missed", "precision", "recall", "F1", "words", "asked")
SCORE_NOTE = (
    "These are posts, not findings. Right means found and expected, wrong means found but not expected, missed means "
    "expected but not found. Precision is the share of those found that are right; recall is the share of those "
    "expected that were found. Both have Wilson 95% intervals. F1 is their harmonic mean, with an interval resampled "
    "from the posts. Words: how closely the quoted words match the marked ones, from 0 to 1. Asked: questions to the "
    "author; they count as neither found nor missed. Anything a post's known answers don't mention isn't counted."
)
ALARMS = "Posts with nothing wrong"
ALARMS_HEAD = ("kind", "posts", "flagged", "must-fix or should-fix", "findings", "asked")
ALARMS_NOTE = "Every finding counts here, whatever its guideline, unless the post's known answers would accept it."
FATES = "What happened to the faults"
FATES_HEAD = ("", "shown", "folded", "asked about", "missed")
FATES_NOTE = "Shown means among the first three findings; folded means behind “Show more”."
DROPS = "Dropped from the model's answers"
DROPS_HEAD = ("reason", "how many")
GROUNDING = "Findings"
GROUNDING_HEAD = ("", "how many")
CONFIDENCE = "How sure the model was, and how often it was right"
CONFIDENCE_HEAD = ("it said", "right")
CONFIDENCE_NOTE = (
    "Only the model's findings that the known answers can judge. Low, medium and high count as 0.5, 0.7 and 0.9 in the "
    "Brier score and the calibration error. With fewer than 200 findings, treat both as a rough guide."
)
STABILITY = "Runs compared with each other"
STABILITY_HEAD = ("", "")
COSTS = "For each draft"
COSTS_HEAD = ("", "mean", "median", "95% are under", "total")
COSTS_NOTE = "Tokens as the server counted them, including confirmation."
SIZES = "Requests"
SIZES_HEAD = ("form", "requests", "same in all", "share of input", "median request size", "median answer size")
SIZES_NOTE = "In tokens, estimated at four characters each. What is the same in all can come from a server's cache."
AGAINST = "Compared with the other report"
AGAINST_HEAD = ("", "now wrong", "now right", "p")
AGAINST_NOTE = "McNemar's exact test on the posts in both reports, with Holm's correction for single guidelines."
WRONG = "What came out wrong"
RIGHT_ALL = "Nothing came out wrong."
MISSES, FALSE_ALARMS = "missed", "false alarm"
MARKED, QUOTED = "marked in the known answers", "quoted by the review"
WHY = "The review says:"

DROP_WORDS = {
    "already_found": "already covered by a fixed rule",
    "cap": "folded, behind “Show more”",
    "exception": "the team made an exception",
    "guard": "its guideline doesn't apply to the platform",
    "reason": "only the reason was dropped: the guideline's own is shown",
    "refuted": "refuted by the second opinion, or doubted where no question is allowed",
    "rewording": "only the suggested words were dropped: they would add a fact or break a rule",
    "same_words": "another finding quotes the same words",
    "too_many": "over the limit for findings or questions",
    "ungrounded": "its quote is not in the post",
    "unknown": "it names no guideline that applies",
    "unsure": "the model itself was not sure",
}
FAULT_WORDS = {
    "absent": "no model is connected",
    "busy": "the server was busy",
    "key": "the server refused the key",
    "missing": "no answer yet",
    "quota": "the account has no credit left",
    "refused": "the model declined to answer",
    "settings": "the server refused the request",
    "stale": "the recorded answer is stale: the request has changed since",
    "too_long": "the answer was cut off",
    "unreachable": "the server could not be reached in time",
    "unreadable": "the answer could not be read",
}
ORIGINS = {"model": "from the model", "rule": "from fixed rules"}
VERBATIM = "quoted word for word"
BRIER, CALIBRATION_ERROR = "Brier score", "calibration error"
COST_ROWS = ("calls", "new input tokens", "cached input tokens", "output tokens")
DOLLARS, SECONDS = "US dollars", "seconds"
FAULTS = "Reviews without the model"
FAULTS_HEAD = ("why", "how many")
FAULTS_NOTE = "These reviews fell back on fixed checks, as they would for real users, and are counted that way above."
UNCONFIRMED = "an unconfirmed must-fix became a question"


def same_id(name: str) -> str:
    """Two posts of one name."""
    return f"the id “{name}” was used before"


def no_report(name: str) -> str:
    """A file that is no report."""
    return f"{name} isn't a report printed by `candor eval --json`."


def headline(posts: int, mode: str, models: Iterable[str]) -> str:
    """What was measured, in a line."""
    return f"{count(posts, 'post')}, {', '.join((mode, *models))}"


def batch_written(requests: int, name: str, path: str) -> str:
    """The requests are in the file; what to do with it."""
    return (
        f"{count(requests, 'request')} for {path} in {name}. Upload it for the Batch API, or get it answered some "
        "other way, then run again with --batch-in and the results."
    )


def confirmations_written(requests: int, name: str) -> str:
    """Some answers call for a second opinion, or for another attempt."""
    return (
        f"{count(requests, 'more request')} in {name}: second opinions, answers to ask for again, and unanswered "
        "requests. Get them answered too, then run again with every result file: --batch-in FIRST --batch-in SECOND."
    )


def too_many_requests(requests: int, most: int) -> str:
    """More than a batch takes."""
    return f"{requests:,} requests is more than a batch allows ({most:,}); split the posts or do fewer runs."


def unread(lines: int) -> str:
    """Lines that are no answers."""
    return f"{count(lines, 'line')} could not be read as an answer."


def failed(lines: int) -> str:
    """Answers that the server failed to give."""
    return f"{count(lines, 'request')} failed on the server and can be asked again with --batch-out."


def recorded(name: str) -> str:
    """Where live answers are."""
    return f"The answers are saved in {name}; they contain words from the posts."


def stale(answers: int) -> str:
    """The request changed."""
    return (
        f"{count(answers, 'recorded answer')} {'is' if answers == 1 else 'are'} stale: the request has changed since."
    )


def compared(posts: int, difference: str) -> str:
    """The difference between two reports."""
    return f"{count(posts, 'post')} in both. F1 minus the other's: {difference}"


def stability(runs: int) -> tuple[str, str, str]:
    """The names of the rows about several runs."""
    return f"runs: {runs}", "Krippendorff's alpha", "posts that drew the same guidelines in every run"


def cannot_keep(name: str, reason: str) -> str:
    """The file for answers cannot be written."""
    return f"Can't write {name}: {reason}. Name another file with --record."
