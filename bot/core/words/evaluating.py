"""What `candor eval` says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.words.people import count

if TYPE_CHECKING:
    from collections.abc import Iterable


HELP = "measure how good the reviews are, on posts with known answers"
ABOUT = (
    "Review posts with known answers, and print how well the reviews did. If you don't name a file, Candor uses the "
    "guidelines' own examples, which only shows that the files are consistent. Exit status: 0 if everything was "
    "measured, 1 if some reviews ran without the model, 2 if nothing could be measured."
)
FILE_HELP = "posts in JSON Lines format; several files are combined into one set"
TAGS_HELP = "a JSON file that maps tags to guidelines: {tag: [guideline, ...]}"
BRANDS_HELP = (
    "a JSON file with the fact sheets and earlier posts of the brands in the posts: [{brand, facts, posts}, ...]"
)
RULES_HELP = "use fixed checks only"
LIVE_HELP = "ask the configured model; an interrupted run picks up where it left off"
RECORD_HELP = "where to save the answers from --live (default: candor-eval.jsonl)"
REPLAY_HELP = "use the model's answers saved in this file instead of asking a model"
BATCH_OUT_HELP = "write the unanswered requests to this file, for OpenAI's Batch API"
BATCH_IN_HELP = "use the model's answers from this file of batch results; can be repeated"
RUNS_HELP = "review every post this many times (default: 1)"
AT_ONCE_HELP = "how many posts to review at once with --live (default: 8)"
JSON_HELP = "print JSON; offsets count Unicode code points"
HTML_HELP = "write a web page to this file, showing every post the reviews got wrong"
AGAINST_HELP = "compare post by post with an earlier --json report"
SEED_HELP = "random seed for the bootstrap intervals (default: 0)"

OWN_EXAMPLES = (
    "These figures come from the guidelines' own examples. The fixed checks were written with them in mind, so high\n"
    "scores only show that the files are consistent. To measure the reviews, use posts that other people wrote:\n"
    "candor eval posts.jsonl --rules"
)
ONE_MODE = "Choose one: --rules, --live, --replay FILE, or --batch-out FILE and --batch-in FILE."
NO_MODEL = "There's no model to ask: set OPENAI_API_KEY or OPENAI_BASE_URL, or use --rules."
NO_CASES = "there are no posts in this file"
NO_CASE = "this line isn't a JSON object with an “id” and a “text”"
NO_GOLD = "each entry in “expected” needs a “guideline”"
WRONG_SPAN = "a “span” must be words from the text, or their start and end positions"
NO_ANSWER = "each entry in “answers” needs a “guideline” and an “answer”"
NO_EXCEPTION = "each entry in “exceptions” needs a “guideline” and a “quote”"
BROKEN_TAGS = "this file isn't a JSON object of the form {tag: [guideline, ...]}"
BROKEN_BRANDS = "this file isn't a JSON list of the form [{brand, facts, posts}, ...], with each brand once"
NO_DAY = "“today” must be a date like 2026-09-30"
NO_STATEMENT = "a post that contradicts something needs a “statement”: what it contradicts, word for word"
NO_NUMBER = "choose a whole number above 0"
REVIEWING = "reviewing"

RULES, LIVE, REPLAY, BATCH = "fixed checks only", "asked live", "recorded answers", "answers from a batch"
"""The ways of measuring."""

TITLE = "How good the reviews are"
PER_GUIDELINE, PER_FAMILY = "By guideline", "By family"
SCORE_HEAD = ("", "right", "wrong", "missed", "precision", "recall", "F1", "words", "asked")
SCORE_NOTE = (
    "The table counts posts, not findings. Right means found and expected, wrong means found but not expected, and "
    "missed means expected but not found. Precision says how much of what was found is right; recall says how much of "
    "what was expected was found. Both come with Wilson 95% intervals. F1 is their harmonic mean, with an interval "
    "resampled from the posts. “Words” shows how closely the quoted words match the marked ones, from 0 to 1. “Asked” "
    "counts questions to the author, which are neither found nor missed. Faults that the known answers don't mention "
    "aren't counted."
)
CONTRADICTIONS = "Contradictions with facts and earlier posts"
CONTRADICTIONS_HEAD = (
    "",
    "contradicting",
    "both shown",
    "by fixed checks",
    "by the model",
    "one shown",
    "fine",
    "false",
)
CONTRADICTIONS_NOTE = (
    "“Both shown” means that a finding quotes the marked words of the post and gives the statement they contradict, "
    "word for word. “One shown” means that it quotes the words but not the statement. “Fine” counts posts that "
    "contradict nothing, and “false” those of them in which something was called a contradiction."
)
ALARMS = "Posts with nothing wrong"
ALARMS_HEAD = ("kind", "posts", "flagged", "must-fix or should-fix", "findings", "asked")
ALARMS_NOTE = "Every finding counts here, under any guideline, unless the post's known answers accept it."
FATES = "What happened to the faults"
FATES_HEAD = ("", "shown", "folded", "asked about", "missed")
FATES_NOTE = "“Shown” means among the first three findings; “folded” means under “Show more”."
DROPS = "Dropped from the model's answers"
DROPS_HEAD = ("reason", "how many")
GROUNDING = "Findings"
GROUNDING_HEAD = ("", "how many")
CONFIDENCE = "How sure the model was, and how often it was right"
CONFIDENCE_HEAD = ("model's confidence", "right")
CONFIDENCE_NOTE = (
    "This covers only the model's findings that the known answers can settle. Low, medium and high count as "
    "0.5, 0.7 and 0.9 in the Brier score and the calibration error. With fewer than 200 findings, both are only a "
    "rough guide."
)
STABILITY = "How far the runs agree"
STABILITY_HEAD = ("", "")
COSTS = "Cost per draft"
COSTS_HEAD = ("", "mean", "median", "95th percentile", "total")
COSTS_NOTE = "Tokens are the server's own count and include second opinions."
SIZES = "Requests"
SIZES_HEAD = ("form", "requests", "shared by all", "share of input", "median request size", "median answer size")
SIZES_NOTE = (
    "Sizes are in tokens, at roughly four characters each. A server can cache the part that all requests share."
)
AGAINST = "Compared with the other report"
AGAINST_HEAD = ("", "now wrong", "now right", "p")
AGAINST_NOTE = "McNemar's exact test on the posts in both reports, with Holm's correction for individual guidelines."
WRONG = "What the reviews got wrong"
RIGHT_ALL = "The reviews got everything right."
MISSES, FALSE_ALARMS = "missed", "false alarm"
MARKED, QUOTED = "marked in the known answers", "quoted by the review"
WHY = "The review says:"

DROP_WORDS = {
    "already_found": "already covered by a fixed check",
    "beyond": "over the limit for findings",
    "cap": "folded, under “Show more”",
    "exception": "the team made an exception",
    "guard": "its guideline doesn't apply to this platform",
    "reason": "only the reason was dropped, and the guideline's own was shown",
    "refuted": "rejected by the second opinion, or in doubt under a guideline that asks no questions",
    "rewording": "only the rewording was dropped, because it would add a fact or break a rule",
    "same_words": "another finding quotes the same words",
    "too_many": "over the limit for questions",
    "ungrounded": "its quote isn't in the post",
    "unknown": "it doesn't name a guideline that applies",
    "unsure": "the model wasn't sure",
}
FAULT_WORDS = {
    "absent": "no model is connected",
    "busy": "the server was busy",
    "day_spent": "today's budget is used up",
    "key": "the server refused the key",
    "missing": "no answer yet",
    "model": "the server has no model by that name",
    "month_spent": "this month's budget is used up",
    "no_room": "the model's context was too small",
    "quota": "the account has no credit left",
    "refused": "the model declined to answer",
    "settings": "the server refused the request",
    "stale": "the recorded answer is out of date: the request has changed",
    "too_long": "the answer was cut off",
    "unreachable": "the server couldn't be reached in time",
    "unreadable": "the answer couldn't be read",
}
ORIGINS = {"model": "from the model", "rule": "from fixed checks"}
VERBATIM = "quoted word for word"
BRIER, CALIBRATION_ERROR = "Brier score", "calibration error"
COST_ROWS = ("calls", "new input tokens", "cached input tokens", "output tokens")
DOLLARS, SECONDS = "US dollars", "seconds"
FAULTS = "Reviews without the model"
FAULTS_HEAD = ("why", "how many")
FAULTS_NOTE = (
    "These reviews fell back on fixed checks, as they would for real users. The figures above include them as they are."
)
UNCONFIRMED = "an unconfirmed must-fix became a question"


def same_id(name: str) -> str:
    """Two posts of one name."""
    return f"the id “{name}” is already in use"


def no_brand(name: str) -> str:
    """A post of a brand that nobody described."""
    return f"no brand is called “{name}”: name the file it's in with --brands"


def wrong_fact(value: str, fault: str) -> str:
    """A row of a fact sheet."""
    return f"the fact “{value}”: {fault}"


def wrong_post(number: int, fault: str) -> str:
    """A row of earlier posts."""
    return f"earlier post {number}: {fault}"


def no_report(name: str) -> str:
    """A file that is no report."""
    return f"{name} isn't a report printed by `candor eval --json`."


def headline(posts: int, mode: str, models: Iterable[str]) -> str:
    """What was measured, in a line."""
    return f"{count(posts, 'post')}, {', '.join((mode, *models))}"


def batch_written(requests: int, name: str, path: str) -> str:
    """The requests are in the file; what to do with it."""
    return (
        f"{count(requests, 'request')} for {path} saved in {name}. Upload the file to the Batch API, or get answers "
        "some other way, then run this again with --batch-in and the results."
    )


def confirmations_written(requests: int, name: str) -> str:
    """Some answers call for a second opinion, or for another attempt."""
    return (
        f"{count(requests, 'more request')} saved in {name}: second opinions, retries and requests with no answer yet. "
        "Get answers to these too, then run this again with every result file: --batch-in FIRST --batch-in SECOND."
    )


def too_many_requests(requests: int, most: int) -> str:
    """More than a batch takes."""
    return f"A batch can hold {most:,} requests, and this makes {requests:,}. Split the posts or do fewer runs."


def unread(lines: int) -> str:
    """Lines that are no answers."""
    return f"Candor couldn't read {count(lines, 'line')} of the answers."


def failed(lines: int) -> str:
    """Answers that the server failed to give."""
    return f"{count(lines, 'request')} failed on the server. To ask again, use --batch-out."


def recorded(name: str) -> str:
    """Where live answers are."""
    return f"The answers are saved in {name}. They contain words from the posts."


def stale(answers: int) -> str:
    """The request changed."""
    return (
        f"{count(answers, 'recorded answer')} {'is' if answers == 1 else 'are'} out of date: the request has changed."
    )


def compared(posts: int, difference: str) -> str:
    """The difference between two reports."""
    return f"{count(posts, 'post')} in both reports. F1 in this one minus F1 in the other: {difference}"


def stability(runs: int) -> tuple[str, str, str]:
    """The names of the rows about several runs."""
    return f"runs: {runs}", "Krippendorff's alpha", "posts with the same guidelines in every run"


def cannot_keep(name: str, reason: str) -> str:
    """The file for answers cannot be written."""
    return f"Can't write {name}: {reason}. Choose another file with --record."
