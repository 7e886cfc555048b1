"""What people read about an audit of what is out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from bot.core.commands import NAME
from bot.core.findings import on_one_line
from bot.core.words.people import brief, count, day_of
from bot.core.words.people import platform as named
from bot.core.words.reviewing import SEVERITIES, WORTH_A_LOOK, reply_point
from bot.core.words.spending import money

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.brand.audit import AuditPoint, AuditReport, AuditRow
    from bot.core.brand.variants import SetComparison, SetPost, ToldFact, ToldValue
    from bot.core.judging import Usage

# The report.

TITLE = "Candor: audit of your posts"
NO_MODEL = (
    "Not reviewed: no language model was used, so tone and context are unchecked. This is what the fixed checks found."
)
RECURRING = "What keeps coming up"
RECURRING_ARE = "How many posts have each problem. The dark part is must-fix."
CONTRADICTIONS = "Contradictions"
CONTRADICTIONS_ARE = "Posts that disagree about the same thing. Readers compare, and then doubt both."
CHANGED = "What changed"
CHANGED_ARE = (
    "One value up to a certain day, and a different one from then on. That's fine if the thing itself changed."
)
BY_MONTH = "By month"
BY_PLATFORM = "By platform"
SHARE = "How many posts have something to change. The dark part is posts with a must-fix."
WORST = "Post by post, worst first"
NOTHING = "The fixed checks found nothing."
NOTHING_MODEL = "Nothing to flag."
NO_DATE = "No date"
NO_PLATFORM = "No platform"
HOW = "How this was done"
_TWO = 2
COLUMNS = ("finding", "severity", "guideline", "date", "platform", "audience", "id", "line", "asset", "quote", "why")


def headline(report: AuditReport) -> str:
    """How it came out."""
    flagged = f"{report.flagged:,} with something to change" if report.flagged else "nothing to change"
    more_looks = f"{report.looked_at:,} more" if report.flagged else f"{report.looked_at:,}"
    looks = f", {more_looks} worth a look" if report.looked_at else ""
    contradictions = count(len(report.contradictions), "contradiction")
    more = f", {contradictions} among them" if report.contradictions else ""
    return f"{len(report.posts):,} {'post' if len(report.posts) == 1 else 'posts'}: {flagged}{looks}{more}."


def more_posts(number: int) -> str:
    """How many of the worst posts are not shown; the page and the table have them."""
    return f"…and {count(number, 'more post')} on the page and in the CSV file."


def found_none(report: AuditReport) -> str:
    """That posts were compared where no two contradict each other; "" where there is nothing to say about it."""
    return "" if report.contradictions or len(report.posts) < _TWO else NO_CONTRADICTIONS


def not_reviewed(report: AuditReport) -> str:
    """What stands first where a language model did not read everything; "" where it did."""
    if not report.model:
        return NO_MODEL
    if not report.unread:
        return ""
    return (
        f"Not reviewed: {report.unread:,} of {len(report.posts):,} posts. The language model didn't read them, so they "
        "only got the fixed checks."
    )


def how(report: AuditReport) -> str:
    """What was done, and what was not."""
    reviewed = "the language model and the fixed checks" if report.model else "the fixed checks"
    return (
        f"{count(report.compared.distinct, 'different text')} went through {reviewed}. Then Candor compared what the "
        "posts say about the same thing, by code: prices, percentages, dates with a year, years and quantities. It "
        "left out offers, anything for a day or a season, and numbers that grow. It also left out sentences that might "
        "be about different things, so it misses some contradictions. People decide."
    )


def said_on(compared: SetComparison, value: ToldValue) -> str:
    """How many posts say so, and when."""
    days = sorted(compared.posts[number].day for number in value.posts)
    dated = [day for day in days if day]
    posts = count(len(value.posts), "post")
    if not dated:
        return posts
    first, last = day_of(dated[0]), day_of(dated[-1])
    return f"{posts}, {first}" if first == last else f"{posts}, {first} to {last}"


def what_changed(number: int) -> str:
    """Above what changed, where people who read it can tell whether it was meant to."""
    return f"{count(number, 'value')} changed. Intended?"


def change(compared: SetComparison, fact: ToldFact) -> str:
    """One value up to a day, and the next from another day on; the last day has its year, as have those of others."""
    spans = [sorted(compared.posts[number].day for number in value.posts) for value in fact.compared]
    year = f" {spans[-1][0][:4]}"
    days = [day_of(spans[0][-1]), *(day_of(span[0]) for span in spans[1:])]
    days = [*(day.removesuffix(year) for day in days[:-1]), days[-1]]
    ways = ["on" if spans[0][0] == spans[0][-1] else "until", *("from" for _ in days[1:])]
    told = [f"{value.shown} {way} {day}" for value, way, day in zip(fact.compared, ways, days, strict=True)]
    said, gap, rest = fact.label.partition("…")
    return f"{said if gap and not rest.strip(' .!') else f'{fact.label}: '}{', '.join(told)}"


def month(name: str) -> str:
    """A month as people write it."""
    return f"{date.fromisoformat(f'{name}-01'):%B %Y}" if name else NO_DATE


def platform(name: str) -> str:
    """A platform at the beginning of a line."""
    return f"{(said := named(name))[:1].upper()}{said[1:]}" if name else NO_PLATFORM


def about(post: SetPost) -> str:
    """Which post it is."""
    parts = (day_of(post.day) if post.day else "", platform(post.platform) if post.platform else "", post.audience)
    told = " · ".join(part for part in (*parts, post.asset) if part)
    number = f"no. {post.name}" if post.name.isdecimal() else post.name
    return f"{told} · {number}" if told else number


def point(one: AuditPoint, title: str) -> str:
    """A point on one line."""
    return f"{SEVERITIES[one.severity]}: {title}. {reply_point(on_one_line(one.quote), one.why)}"


def look(one: AuditPoint, title: str) -> str:
    """What is worth a look, on one line."""
    return f"{WORTH_A_LOOK}: {title}. {reply_point(on_one_line(one.quote), one.why)}"


def row(one: AuditRow) -> str:
    """The figures of a bar."""
    must = f", {one.must_fix:,} must fix" if one.must_fix else ""
    return f"{one.flagged:,} of {one.posts:,}{must}"


# The command.

HELP = "audit published posts or an editorial plan, one by one and against each other"
ABOUT = (
    "Audit published posts or an editorial plan. Candor reviews each post and compares them all with each "
    "other. FILE is CSV with the column names in its first line (text, plus date, platform, audience, asset and id if "
    "you have them), or JSON Lines with the same names; - reads standard input. CHANNEL is a Slack channel that Candor "
    "is in: its name with a # and quotation marks, such as '#drafts', or its ID. Writes an HTML page and a CSV file. "
    "If it's stopped, --resume carries on with the posts that are left. Without --model only the fixed checks run. "
    "Exit status: 0 nothing found, 1 points or contradictions, 2 Candor couldn't run, 3 nothing found, but the model "
    "didn't read every post."
)
FILE_HELP = "a CSV or JSON Lines file, or a Slack channel: '#drafts' (in quotation marks) or its ID"
DAYS_HELP = "of a channel: how many days to look back (default: everything)"
WORKSPACE_HELP = "of a channel: the ID of its workspace, if Candor is in several"
HTML_HELP = "where to write the page (default: audit.html, or audit-2.html and so on if that exists)"
CSV_HELP = "where to write the table (default: audit.csv, or audit-2.csv and so on if that exists)"
RESUME_HELP = "carry on with an audit that was stopped"
MODEL_HELP = "also review with the connected language model; shows how many calls and tokens that takes first"
SKIP_HELP = "audit the good lines even if others have mistakes"
YES_HELP = "with --model: go ahead and send the posts"
CHECKING = "Reviewing"
NO_SUCH_MODEL = "No language model is connected. Set OPENAI_API_KEY or OPENAI_BASE_URL, or leave out --model."
FIRST_SHOWN, WORST_TOLD = 10, 5


def unfinished(name: str) -> str:
    """An earlier audit was stopped."""
    return (
        f"There's an unfinished audit in {name}. Carry on with --resume, or delete that file to start again. "
        "To leave it for later, name another page with --html."
    )


def other_audit(name: str) -> str:
    """The journal belongs to an audit of other posts or by other means, or somebody wrote into it."""
    return (
        f"{name} is damaged, or from an audit with different posts, guidelines, facts or model. Delete it to start "
        "again, or name another page with --html."
    )


def stopped(done: int, of: int) -> str:
    """Somebody stopped it, or the model cannot go on."""
    return f"Stopped after {done:,} of {of:,} texts. Carry on with --resume."


def resumed(done: int, of: int, name: str) -> str:
    """What is done already, and where that stands."""
    return f"Carrying on with {name}: {done:,} of {of:,} texts were already done."


SLACK_SILENT = "Slack didn't answer. Try again in a minute."
ONLY_CHANNELS = "--days and --workspace are for Slack channels. FILE is read as it is, so leave them out."


def no_file_or_channel(name: str) -> str:
    """Neither is there; channels begin with a sign that shells take for something else."""
    return f"There's no file called {name}. For a Slack channel, add a # and quotation marks: '#{name}'."


def not_in_channel(named: str, *, is_id: bool) -> str:
    """What was typed is no channel that Candor can read; an id may have been meant as the name of a file."""
    if is_id:
        return f"There's no file called {named}, and Candor isn't in a channel with that ID."
    return f"Candor isn't in a channel called #{named}. Check the name, or type /invite @Candor in that channel."


def not_allowed(code: str) -> str:
    """Slack refuses to show a channel; ``code`` is its word for it."""
    return (
        f"Slack doesn't let Candor read that channel ({code}). Add the scopes that candor manifest prints, and install "
        "the app again."
    )


def slack_failed(code: str) -> str:
    """Slack didn't show a channel; ``code`` is its word for it, "" where it said nothing."""
    return f"Slack couldn't show that channel ({code}). Try again in a minute." if code else SLACK_SILENT


def reading_channel(name: str, messages: int) -> str:
    """Beside a bar without an end."""
    return f"Reading #{name}: {count(messages, 'message')}"


def channel_read(name: str, messages: int, posts: int) -> str:
    """What was found, once it is read."""
    return f"Read {count(messages, 'message')} in #{name} and found {count(posts, 'post')}."


NO_POSTS_THERE = (
    "Nothing there reads like a post: talk among colleagues, replies in threads and apps' messages don't count."
)
NONE_DONE = "There's no unfinished audit to carry on with, so this one starts from the beginning."


def estimate(usage: Usage, dollars: float | None, model: str) -> str:
    """What a review with the model takes."""
    cost = f", about {money(dollars)}" if dollars is not None else ""
    return (
        f"With {model} that's at least {usage.calls:,} calls and about {usage.input_tokens + usage.output_tokens:,} "
        f"tokens{cost}. Second opinions on must-fix points are extra."
    )


def overnight(takes: str) -> str:
    """The same in batches; ``takes`` is at their price."""
    return f"{takes} That's half the usual price, but the answers may take up to 24 hours."


GO_AHEAD = "Nothing has been sent yet. To go ahead, add --yes."


# An audit in Slack. Texts are in Slack's markup.

BUTTON = "Audit"
WINDOW = "Audit a channel"
WINDOW_ABOUT = (
    "I'll go through every draft I keep from this channel, approved or not, and the posts approved here or imported "
    "as published, one by one and against each other. You get what keeps coming up, contradictions and the worst "
    "posts, as a direct message with a page and a CSV file."
)
COUNTED = (
    "“Posts” here means all the drafts I keep from that channel, approved or not, and the posts approved there or "
    "imported as published."
)
NO_CONTRADICTIONS = (
    "No contradictions found. Only code compared the posts with each other, and it misses some that a reader would "
    "spot."
)
CHANNEL = "Channel"
DAYS = "How many days back"
DAYS_HINT = "0 means as far back as I keep posts."
MOST_DAYS = 3650
GO = "Audit"
SHORTCUT = "Audit this file"
NO_FILE = (
    "There's no CSV or JSON Lines file on that message. I need one with the column names in its first line: `text`, "
    "and `date`, `channel`, `audience` and `asset` if you have them."
)
TABLE_POSTED = (
    "I don't review tables as drafts. To get the posts in yours checked, open that message's menu: *Audit this file* "
    "reviews each post, and *Compare variants* shows where versions contradict each other. I only say this once, and "
    "only to you."
)
READING_FILE = "I'm on it. The audit will appear in the thread of that message."
COMPARING_FILE = "I'm on it. The comparison will appear in the thread of that message."
NOT_THERE = "I can't find that message: either I'm not in that channel, or you can't read it yourself."
COMING = "I'm on it. I'll send you the audit as a direct message."
NOT_YOURS = "I can't audit that channel for you: either I'm not in it, or you can't read it yourself."
NO_CHANNEL = f"Which channel? Type `{NAME} audit #channel`, or add a number of days: `{NAME} audit #channel 90`."
NO_CHANNELS = "I'm in no channel that you can read. Type `/invite @Candor` in one."
NOT_YOUR_AUDIT = "Only the person who asked for this, or a brand lead, can do that."
MOVED_ON = "That audit changed just as you pressed the button. Please press it again."
OVER = "That's over or was deleted."
STOPPED = "Cancelled. I haven't kept any of it."
STOPPED_LATER = "Cancelled. The page and table from the fixed checks are still here; the model's part isn't kept."
WITHDRAWN = (
    "This audit was deleted, because the person who asked for it, or somebody it quoted, had their data deleted. You "
    "can run it again."
)
CANNOT_OPEN = (
    "I can't open that file. If I'm not in that channel, type `/invite @Candor` there and try again. It mustn't be "
    "larger than 30 MB."
)
NOT_TEXT = "I can't read that file: it needs to be CSV or JSON, saved as UTF-8."
NO_UPLOAD = (
    "Slack won't accept files from me, so there's no page here. An admin can fix that by installing the app again. "
    "Or run `candor audit` on a command line."
)
FILES = "The page and the CSV file with every post are in this thread. I don't keep a copy."
VARIANT_FILES = "The page and the CSV file with the comparison are in this thread. I don't keep a copy."
WITH_MODEL = "Use the language model"
ASK_TITLE = "Send these posts?"
ASK_START = "Start"
OVERNIGHT = "Start overnight, half the price"
OVERNIGHT_TITLE = "Send these posts overnight?"
FINE = "Mark as fine"
FINE_TITLE = "This is fine"
FINE_IS = "From now on I'll leave these words alone under this guideline, in audits and in everyone's drafts:"
FINE_EITHER = "You say that these words are fine:"
FINE_HOW = "What should I do?"
FINE_ALONE = "Leave these words alone"
FINE_EXAMPLE_IS = (
    "A good example helps the language model with similar sentences in the same channel. It's deleted with the draft. "
    "“Where?” and “For how long?” only apply if I leave the words alone."
)
FINE_EXAMPLE_KEPT = "Done. I've kept that sentence as a good example, for drafts in its channel."
NO_EXAMPLE = (
    "I can't keep that sentence: the draft has changed or been deleted, or the sentence is addressed to a reviewer. "
    "Choose “Leave these words alone” instead."
)
FINE_WHERE = "Where?"
FINE_ALL = "In all posts"
FINE_KEPT = "Done. It's listed under `/candor exceptions`, where you can lift it. The report itself doesn't change."
ONLY_LEADS = "Only a brand lead can do that, because it affects everyone's posts."
MADE_BY = "Automated message from Candor. People decide what to do about it."
WORST_SHOWN, RECURRING_SHOWN, FACTS_SHOWN, FAULTS_SHOWN = 5, 5, 3, 5
_TITLE = "Audit of "


def example_refused(why: str) -> str:
    """The words to flag would still be found; ``why`` says so and asks for words that make it fine."""
    return f"{why} You can do that under “Your guidelines” on my Home tab, or leave these words alone here."


FINE_USAGE = (
    f"Add one or more ids from an audit's page: `{NAME} audit fine 3f2a1b-4 3f2a1b-7`. You'll find each id after its "
    "point. For a channel called “fine”, type `#fine`."
)
FINE_SLOW = "That took too long, and I don't know if all of it was done. Please try again: nothing will be done twice."


def how_to_name(one: str) -> str:
    """Above the points on the page; ``one`` is an id."""
    return (
        f"Brand leads: if a point is fine, type {NAME} audit fine {one} in Slack, with the id after that point. You "
        "can add several ids. Candor then leaves those words alone in later audits and drafts."
    )


def fine_by_ids(done: int, until: str, gone: Sequence[str], unknown: Sequence[str]) -> str:
    """Points that were named by their ids; ``until`` is an ISO date."""
    said: list[str] = []
    if done:
        said.append(
            f"Done: until {day_of(until)}, I'll leave the words of {count(done, 'point')} alone under "
            f"{'its guideline' if done == 1 else 'their guidelines'}, in audits and in everyone's drafts. To see or "
            f"lift an exception, type `{NAME} exceptions`."
        )
    if gone:
        said.append(f"I can't do that for {_names(gone)}: that post or guideline isn't there any more.")
    if unknown:
        said.append(
            f"I don't know {_names(unknown)}. Use the ids on an audit's page. They stop working when the audit or "
            "the post is deleted."
        )
    return " ".join(said)


def _names(ids: Sequence[str]) -> str:
    return " or ".join(f"“{brief(one, 20)}”" for one in ids[:5])


def fine_example(title: str) -> str:
    """The other way than an exception; ``title`` is that of a guideline of the workspace's own."""
    return f"Keep as a good example for “{brief(title, 40)}”"


def title(name: str, *, compares: bool = False) -> str:
    """What it is of; ``name`` is safe in markup."""
    return f"*{'Comparison of ' if compares else _TITLE}{name}*"


def comparing(done: int, of: int) -> str:
    """How far a comparison of variants is; each different text is read once."""
    return f"Comparing {of:,} variants. {count(done, 'different text')} read so far."


def progress(done: int, of: int, *, model: bool) -> str:
    """How far it is."""
    how = "the language model" if model else "the fixed checks"
    return f"Going through the posts with {how}: {done:,} of {of:,} done."


def waiting(done: int, of: int) -> str:
    """The posts are at the model's server, in batches."""
    so_far = f" {done:,} of {of:,} answers are in." if of else ""
    return (
        f"The language model is reading the posts overnight.{so_far} It can take up to 24 hours; I'll put the results "
        "here once they're in."
    )


def too_many(most: int) -> str:
    """More than an audit in Slack takes."""
    return f"That's more than {most:,} posts, which is too many here. Run `candor audit` on a command line."


def none(channel: str) -> str:
    """There are no posts."""
    if channel:
        return (
            "I don't keep any posts of that channel from that time. Post a draft there, or import published posts with "
            "`candor import-posts`."
        )
    return "I can't find a post in that file. It needs the column names in its first line, and one of them is `text`."


def more_channels(shown: int, number: int) -> str:
    """Below a menu that has only the first channels by name."""
    return f"These are the first {shown} of {number:,} channels. For another one, type `{NAME} audit #channel`."


def left_out(number: int) -> str:
    """Lines of the file that were left out; the first of them are named below."""
    return f"{count(number, 'line')} couldn't be read and {'was' if number == 1 else 'were'} left out:"


def file_names(*, model: bool, variants: bool = False) -> tuple[str, str]:
    """The page and the table."""
    stem = f"candor-{'variants' if variants else 'audit'}{'-with-model' if model else ''}"
    return f"{stem}.html", f"{stem}.csv"
