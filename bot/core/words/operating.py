"""What an operator reads: `candor status` and `candor jobs`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.judging import Failure, ModelPart
from bot.core.operating import Concern, JobState
from bot.core.words.people import count
from bot.core.words.spending import money

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.core.operating import JobSeen, Operation, ReviewsSeen, StepSeen

STATUS_HELP = "show what Candor is doing, what's waiting and what needs attention"
STATUS_ABOUT = (
    "Show what Candor is doing, from its database. This works whether or not Candor is running. Exit status: 0 if "
    "nothing needs attention, 1 if something does."
)
STATUS_JSON_HELP = "print JSON; times are seconds since 1970"
JOBS_HELP = "list jobs and drafts that need attention; show, retry or cancel them"
JOBS_ABOUT = (
    "List what failed or was cancelled in the last 24 hours, drafts that Candor put aside because reviewing them "
    "crashed it, and what's waiting or running. A draft's ID looks like T0123:C0123:1700000000.000100; its reference, "
    "such as K7Q2XM, works as well."
)
SHOW_HELP = "show every job for this draft, or the job with this key, step by step"
RETRY_HELP = "retry a draft that was put aside, the job with this key, or all of them"
CANCEL_HELP = "cancel this job; a step that's already running still finishes, and a review's reply says there's none"

NO_JUDGEMENT = {
    Failure.KEY: "the language model's server refused the key; check OPENAI_API_KEY",
    Failure.MODEL: "the language model's server has no model by that name; check OPENAI_MODEL",
    Failure.QUOTA: "the account for the language model has no credit left",
    Failure.NO_ROOM: "the request is larger than the language model's context window",
    Failure.UNREADABLE: "the language model's answer could not be read",
    Failure.SETTINGS: "the language model's server refused the request; check OPENAI_BASE_URL and OPENAI_MODEL",
    Failure.REFUSED: "the language model declined to answer",
    Failure.BUSY: "the language model is busy",
    Failure.UNREACHABLE: "the language model didn't answer",
    Failure.TOO_LONG: "the language model's answer was cut off",
    Failure.MONTH_SPENT: "too little is left of this month's budget for the language model",
    Failure.DAY_SPENT: "too little is left of today's budget for the language model",
}
"""For the log."""
ONLY_THOUGHTS = "the language model's answer was empty: it only thought; try a lower OPENAI_EFFORT, or another model"


def untrusted(why: str) -> str:
    """The same, where the server's certificate is what is wrong."""
    return f"the certificate of the language model's server isn't trusted ({why}); set SSL_CERT_FILE"


_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_LATELY = 120
_FEW = 5


def seconds(number: float) -> str:
    """A length of time, as exact as people need it."""
    if number < 10:  # noqa: PLR2004 - with one decimal up to here
        return f"{number:.1f} s"
    if number < _LATELY:
        return f"{number:.0f} s"
    if number < 2 * _HOUR:
        return f"{number / _MINUTE:.0f} min"
    return f"{number / _HOUR:.0f} h" if number < 2 * _DAY else f"{number / _DAY:.0f} days"


def status(seen: Operation) -> list[tuple[str, str]]:
    """One line for each part: (its name, what is to be said of it)."""
    return [
        ("Process", _process(seen)),
        ("Slack", f"last heard from {seconds(seen.now - seen.heard)} ago" if seen.heard else "never connected"),
        ("Jobs", f"{seen.waiting} waiting{_since(seen, seen.oldest)}, {seen.running} running"),
        ("Drafts", f"{seen.drafts} waiting for a reply{_since(seen, seen.oldest_draft)}"),
        ("Reviews", _reviews(seen.reviews)),
        ("Model", _model(seen.reviews, seen.unjudged)),
    ]


def _process(seen: Operation) -> str:
    if seen.workers is None:
        return "running" if seen.is_running else "not running"
    return f"{count(seen.workers, 'process', 'processes')} running"


def _since(seen: Operation, oldest: float | None) -> str:
    return "" if oldest is None else f" (oldest: {seconds(max(0.0, seen.now - oldest))})"


def _reviews(seen: ReviewsSeen) -> str:
    if not seen.number:
        return "none in the last hour"
    full = seen.by_part.get(ModelPart.ANSWERED, 0)
    waited = "" if seen.median is None else f"; median {seconds(seen.median)}, slowest {seconds(max(seen.waits))}"
    return f"{seen.number} in the last hour, {full} by the model{waited}"


def _model(seen: ReviewsSeen, unjudged: int) -> str:
    if not seen.calls and unjudged:
        return f"no answer in the last hour; {count(unjudged, 'draft')} waiting for one"
    if not seen.calls:
        return "no calls in the last hour"
    cached = f"{seen.cached_tokens:,} of them cached" if seen.cached_tokens else "none of them cached"
    cost = "" if seen.cost_usd is None else f", {money(seen.cost_usd)}"
    return (
        f"{count(seen.calls, 'call')} in the last hour: {seen.input_tokens:,} input tokens ({cached}), "
        f"{seen.output_tokens:,} output tokens{cost}"
    )


def _named(teams: Sequence[str]) -> str:
    more = len(teams) - _FEW
    named = ", ".join(teams[:_FEW]) + (f" and {more} more" if more > 0 else "")
    return f"{'workspace' if len(teams) == 1 else 'workspaces'} {named}"


def concern(which: Concern, seen: Operation) -> str:
    """What is wrong and what to do, in two sentences."""
    return {
        Concern.NOBODY_WORKS: "Candor isn't running. Start it with candor serve, and it will catch up.",
        Concern.DEAF: "Candor hasn't heard from Slack for a while. Run candor doctor to find out why.",
        Concern.SILENT: (
            f"Candor hasn't heard from {_named(seen.silent)} for a while, but does hear from others. Run candor doctor "
            "to find out why. If you've taken its token out of SLACK_BOT_TOKEN, this line goes away after a week."
        ),
        Concern.UNPOSTED: (
            f"Slack doesn't take finished reviews in {_named(seen.unposted)}. The log says what it answers; candor "
            "doctor checks tokens and scopes."
        ),
        Concern.NO_ANSWER: (
            f"The language model gave no review of {count(seen.unjudged, 'draft')}; Candor asks again later. Run "
            "candor doctor to find out why."
        ),
        Concern.DISK_FULL: "The disk is nearly full. Once it's full, Candor can't take drafts. Free some space.",
        Concern.NO_MODEL: "The language model's server refuses what Candor asks. Run candor doctor to find out why.",
        Concern.JOBS_WAIT: "Jobs have been waiting for more than five minutes. candor jobs lists them.",
        Concern.DRAFTS_WAIT: (
            "Drafts have been waiting for a reply for more than five minutes. candor jobs lists their jobs; run candor "
            "doctor to check the rest."
        ),
        Concern.PUT_ASIDE: (
            f"{count(seen.put_aside, 'draft')} put aside after crashing Candor. candor jobs lists them."
        ),
        Concern.JOBS_FAILED: f"{count(seen.failed, 'job')} failed in the last 24 hours. candor jobs lists them.",
    }[which]


ALL_WELL = "Nothing needs attention."
NO_JOBS = "Nothing is waiting, running, failed or put aside."
UNKNOWN = "There's no such job."
_STATES = {
    JobState.WAITING: "waiting",
    JobState.RUNNING: "running",
    JobState.FAILED: "failed",
    JobState.CANCELLED: "cancelled",
    JobState.DONE: "done",
}


def job(seen: JobSeen, now: float) -> str:
    """One job in a line."""
    state = _STATES[seen.state]
    if seen.state is JobState.WAITING and seen.due > now:
        state = f"due in {seconds(seen.due - now)}"
    elif seen.state in (JobState.WAITING, JobState.RUNNING):
        state = f"{state} for {seconds(max(0.0, now - seen.due))}"
    else:
        state = f"{state} {seconds(max(0.0, now - seen.changed))} ago"
    again = f", started {seen.starts} times" if seen.starts > 1 else ""
    return f"{seen.key}  {seen.kind}: {state}{again}"


def steps(seen: Sequence[StepSeen]) -> Iterable[str]:
    """The steps of a job, a line each."""
    for one in seen:
        took = "" if one.seconds is None else f", {seconds(one.seconds)}"
        yield f"    {one.name}: {'failed' if one.failed else 'done'}{took}"


def put_aside(draft_id: str, begun: int, code: str) -> str:
    """A draft that is not reviewed any more."""
    return (
        f"{draft_id} ({code}): put aside after its review was cut short {begun} times. "
        f"To try again: candor jobs --retry {draft_id}"
    )


def retried(keys: Sequence[str]) -> str:
    """What is tried again."""
    return f"Trying again within a minute: {', '.join(keys)}." if keys else "There's nothing to retry."


def cancelled(key: str) -> str:
    """A job that goes no further."""
    return f"Cancelled: {key}."


def nothing_there(folder: str) -> str:
    """No database yet."""
    return (
        f"There's nothing in {folder} yet: Candor has never run with this DATA_DIR. Start it with candor serve, or set "
        "DATA_DIR or DATABASE_URL to the one it uses."
    )


NO_METRICS = (
    "METRICS_PORT is set, but the library for it isn't installed. Install it with pip install 'candor[metrics]', or "
    "leave METRICS_PORT empty."
)
NO_TRACING = (
    "OTEL_EXPORTER_OTLP_ENDPOINT is set, but the library for it isn't installed. Install it with "
    "pip install 'candor[tracing]', or leave OTEL_EXPORTER_OTLP_ENDPOINT empty."
)
