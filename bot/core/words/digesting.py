"""What people read in the weekly digest."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.core.digesting import families_of
from bot.core.words import watching as words
from bot.core.words.people import count

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.core.deciding import FeedbackCount
    from bot.core.digesting import Digest, Figures, Health, Lapse, Period
    from bot.core.watching import SeenChannels


FAMILIES = {
    "authenticity": "Authenticity",
    "transparency": "Transparency",
    "user-control": "User control",
    "own": "Your own",
}
CHART = "Points by family"
THIS_WEEK = "This week"
WEEK_BEFORE = "The week before"
FAMILY = "Family"
BY_GUIDELINE = "By guideline"
BY_FAMILY = "By family"
POINTS = "Points"
FOOTER = (
    "Automated digest from Candor. I count drafts and points automatically, never people. Deleted drafts aren't "
    "counted."
)
_BAR = "█"
_LONGEST_BAR = 12
_MOST_GUIDELINES = 8
_MINUTE, _HOUR, _DAY = 60, 3600, 24 * 3600


def title(digest: Digest) -> str:
    """The headline."""
    return f"Weekly digest, {days(digest.period, digest.zone)}"


def days(period: Period, zone: str) -> str:
    """The days that a digest counts: ``14 July to 20 July 2026``."""
    first, last = (datetime.fromtimestamp(at, ZoneInfo(zone)) for at in (period.since, period.until))
    year = "" if first.year == last.year else f" {first.year}"
    return f"{first.day} {first:%B}{year} to {last.day} {last:%B} {last.year}"


def quiet(digest: Digest) -> str:
    """The one line of a week in which nothing happened."""
    return f"{title(digest)}: no drafts were reviewed."


def late(due: float) -> str:
    """It does not come when it should."""
    return f"This digest was due on {_moment(due)}. It's late because I wasn't running or Slack didn't accept it."


def missed(moments: tuple[float, ...]) -> str:
    """Digests that nobody will get any more."""
    if len(moments) == 1:
        return f"I skipped the digest due on {_moment(moments[0])}, because I couldn't post it within a week."
    between = f"due from {_moment(moments[0])} to {_moment(moments[-1])}"
    return f"I skipped {len(moments)} digests, {between}, because I couldn't post them within a week."


def drafts(digest: Digest) -> str:
    """How many drafts, how many of them were fine, and how fast it was."""
    figures, before = digest.figures, digest.before
    read = count(figures.reviewed, "draft") if figures.reviewed else "No drafts"
    said = f"*{read} read*{_change(figures.reviewed, before and before.reviewed)}"
    share = figures.clean_share
    said += _of_which(figures) + (f" ({share}%)" if share is not None and figures.clean else "")
    if figures.median_wait is not None:
        said += f". Half of the replies came within {duration(figures.median_wait)}"
    return f"{said}."


def points(digest: Digest) -> str:
    """What was found and what people made of it; "" where there was nothing to read."""
    figures, before = digest.figures, digest.before
    if not (figures.reviewed or figures.points or figures.accepted or figures.dismissed or before):
        return ""
    said = f"*{count(figures.points, 'point')} found*{_change(figures.points, before and before.points)}"
    said = f"{said}; {figures.accepted} accepted, {figures.dismissed} dismissed."
    return f"{said} Exceptions left out {count(figures.excepted, 'point')}." if figures.excepted else said


def helpful(thumbs: FeedbackCount) -> str:
    """What people thought of reviews; "" where nobody said."""
    up, down = thumbs.up, thumbs.down
    called = f"{count(up or down, 'review')} {'was' if (up or down) == 1 else 'were'} called"
    if up:
        return f"{called} helpful, {down} not." if down else f"{called} helpful."
    return f"{called} not helpful." if down else ""


def still_open(number: int) -> str:
    """Must-fix points that nobody decided."""
    return f"{count(number, 'must-fix point')} {'is' if number == 1 else 'are'} still open."


def guidelines(digest: Digest, titles: Mapping[str, str]) -> list[str]:
    """One line for each guideline with findings, those with the most first."""
    before = digest.before
    shown = digest.figures.findings[:_MOST_GUIDELINES]
    lines = [f"{titles.get(g, g)}: {number}{_change(number, before and before.of(g))}" for g, number in shown]
    rest = len(digest.figures.findings) - len(shown)
    return [*lines, f"and {count(rest, 'more guideline')}"] if rest else lines


def bars(digest: Digest) -> str:
    """The chart in characters, for where Slack draws none."""
    families = families_of(digest.figures)
    most = max(number for _, number in families)
    return "\n".join(f"{FAMILIES[family]}: {_bar(number, most)} {number}" for family, number in families)


def waiting(number: int) -> str:
    """Drafts that a brand lead is waited for."""
    return f"{count(number, 'draft')} {'is' if number == 1 else 'are'} waiting for sign-off."


def lapsing(lapses: tuple[Lapse, ...], titles: Mapping[str, str]) -> str:
    """Exceptions that end soon."""
    named = "; ".join(f"{titles.get(lapse.guideline, lapse.guideline)}, {_moment(lapse.at)}" for lapse in lapses)
    return f"{count(len(lapses), 'exception')} {'ends' if len(lapses) == 1 else 'end'} soon: {named}."


def health(one: Health, titles: Mapping[str, str]) -> str:
    """A guideline that may be in the way. ``titles`` are the names by which leads find it in the settings, too."""
    return (
        f"People dismissed *{titles.get(one.guideline, one.guideline)}* {one.dismissed} times out of {one.findings} in "
        "twelve weeks. A lower severity or clearer wording may help; a brand lead can change both."
    )


def summary(digest: Digest) -> str:
    """The digest in one line, for notifications and screen readers."""
    figures = digest.figures
    read = f"{count(figures.reviewed, 'draft')} read{_of_which(figures)}"
    decided = f"{count(figures.points, 'point')} found, {figures.accepted} accepted, {figures.dismissed} dismissed"
    return f"{title(digest)}: {read}; {decided}."


def undelivered(channel: str, seen: SeenChannels) -> str:
    """For brand leads: the digest has no place."""
    return (
        f"I couldn't post the weekly digest: I'm not in {words.channel_name(channel, seen)}, it's archived, or the app "
        f"is missing a permission. Type `/invite @Candor` there, or choose another channel in the settings.\n"
        "Automated message from Candor."
    )


def with_outsiders(channel: str, seen: SeenChannels) -> str:
    """For brand leads: people of other organisations would read the digest."""
    return (
        f"I didn't post the weekly digest: people from other organisations are in {words.channel_name(channel, seen)}, "
        f"and they'd read it too. Choose another channel in the settings.\n"
        "Automated message from Candor."
    )


def duration(seconds: float) -> str:
    """A time that people can grasp: ``8 seconds``, ``3 minutes``."""
    amount, unit = next(
        (seconds / size, name)
        for size, name in ((_DAY, "day"), (_HOUR, "hour"), (_MINUTE, "minute"), (1, "second"))
        if seconds >= size or size == 1
    )
    return count(max(1, round(amount)), unit)


def _of_which(figures: Figures) -> str:
    """How many drafts no model has read, and how many of the others were fine. "0 of them" is nothing to tell."""
    fixed, clean = figures.checked_only, figures.clean
    if fixed and not figures.judged:
        return ", by fixed checks only"
    others = f"the other {figures.judged}" if fixed else "them"
    parts = [f", {fixed} by fixed checks only"] if fixed else []
    return "".join([*parts, f", {clean} of {others} with nothing to flag"] if clean else parts)


def _change(now: int, before: int | None) -> str:
    if before is None:
        return ""
    if now == before:
        return " (same as the week before)"
    return f" ({abs(now - before)} {'more' if now > before else 'fewer'} than the week before)"


def _bar(number: int, most: int) -> str:
    return _BAR * (max(1, round(_LONGEST_BAR * number / most)) if number else 0) or "–"


def _moment(seconds: float) -> str:
    """In the reader's own time zone; the words after the bar show where Slack cannot tell that."""
    fallback = datetime.fromtimestamp(seconds, UTC).strftime("%-d %B %Y, %H:%M UTC")
    return f"<!date^{seconds:.0f}^{{date_short_pretty}}, {{time}}|{fallback}>"
