"""What people read about variants that are held beside one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.reading.variants import VariantLabel, label_kind
from bot.core.words.people import Phrase, brief, count, listed, platform, say

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bot.core.brand.variants import Drift, MatrixColumn, ReadThread, SetComparison, SetPost, ToldFact, ToldValue

# How things are called.

_LONGEST_LABEL, _LONGEST_SENTENCE = 60, 200
_NAMED = 3
"""Posts or audiences that a sentence names."""
KINDS = {
    "price": "Price",
    "date": "Date",
    "quantity": "Number",
    "origin": "Origin",
    "promise": "Promise",
    "condition": "Condition",
    "payer": "Who pays",
    "trait": "Addressed by",
}
PAYER_NAMED = "named"
TRAITS = {
    "health": "their health",
    "money": "money worries",
    "age": "their age",
    "family": "their family life",
    "faith": "their faith",
    "origin": "where they come from",
    "orientation": "whom they love",
    "politics": "their politics",
    "feeling": "how they feel",
}
"""Of those that people would rather tell themselves, by which a variant may address its readers."""


TOLD = "yes"
"""What a promise or condition has in the place of a value."""


def matter(fact: ToldFact) -> str:
    """What a row of the matrix is about: the words around the value."""
    return f"{KINDS[fact.kind.value]}: {brief(fact.label, _LONGEST_LABEL)}"


def sentence(value: ToldValue) -> str:
    """A sentence that says it."""
    return f"“{brief(value.sentence, _LONGEST_SENTENCE)}”" if value.sentence else ""


# What came of it.

CONTRADICTIONS = "Contradictions"
CONTRADICTIONS_ARE = "Variants that disagree about the same thing. At most one of them can be right."
MAY_BE_MEANT = "Different, perhaps on purpose"
MAY_BE_MEANT_ARE = "These may be about the same thing or two different ones. You decide."
PARTLY = "Only in some variants"
PARTLY_ARE = "Promises and conditions that some variants mention and others don't."
PERSONAL = "Different for nearly every reader"
PERSONAL_ARE = "Probably filled in for each person, so not compared."
DRIFT = "Different from the fact sheet"
DRIFT_IS = "What the variant says, then what the fact sheet says."
MATRIX = "Who reads what"
SWAP = "The swap test"
SWAP_QUESTION = "Would you be happy for each group to see what the other sees?"
SWAP_ONE = "There's only one wording, so every group already sees the same thing."
HOW = "How this was compared"
ONLY_ONE = (
    "That's only one variant. Put --- on a line of its own between variants, or give each one a heading such as "
    "“Students:”."
)
NOTHING = "There are no variants in this file."


def headline(compared: SetComparison, contradictions: int, looks: int) -> str:
    """How it came out."""
    audiences = len(compared.audiences)
    who = f" for {count(audiences, 'audience')}" if audiences else ""
    found = count(contradictions, "contradiction") if contradictions else "no contradictions"
    more = f", {count(looks, 'difference')} that may be on purpose" if looks else ""
    drift = f", {len(compared.drifts)} different from the fact sheet" if compared.drifts else ""
    return (
        f"{len(compared.posts):,} {'variant' if len(compared.posts) == 1 else 'variants'}{who}: {found}{more}{drift}."
    )


def how(compared: SetComparison, heads: int = 0) -> str:
    """What was compared, and what was not. ``heads`` are how many a language model has read."""
    texts = f"{compared.distinct:,} different {'text' if compared.distinct == 1 else 'texts'}"
    wordings = f"{len(compared.wordings):,} {'wording' if len(compared.wordings) == 1 else 'wordings'}"
    return (
        f"Candor read {texts} ({wordings} if you ignore names and numbers) and compared what they say, by code: "
        "prices, percentages, dates, years, quantities, where things are made, and some common promises and "
        f"conditions. {_read_by(heads)} Candor only calls it a contradiction if both sentences are clearly about the "
        "same thing, so it misses some that a reader would spot."
    )


def _read_by(heads: int) -> str:
    if not heads:
        return "No language model read them, and nothing was sent anywhere."
    return (
        f"The language model then read {count(heads, 'variant')}: one of each wording, and one for each value that "
        "differs."
    )


def told_by(compared: SetComparison, value: ToldValue) -> str:
    """Which posts say so, in a few words."""
    posts = [compared.posts[number] for number in value.posts]
    if len(posts) <= _NAMED:
        return ", ".join(called(post, compared.alone) for post in posts)
    audiences = list(dict.fromkeys(post.audience for post in posts if post.audience))
    named = ", ".join(audiences[:_NAMED]) + (f" and {len(audiences) - _NAMED} more" if len(audiences) > _NAMED else "")
    return f"{len(posts):,} variants" + (f" ({named})" if named else "")


def partly_told(compared: SetComparison, fact: ToldFact) -> str:
    """Something that only some are told, and who they are."""
    return f"{matter(fact)} ({told_by(compared, fact.values[0])})"


def called(post: SetPost, alone: Collection[str] = ()) -> str:
    """A post by its audience, and by its name unless the audience is ``alone`` in having one post."""
    if post.audience in alone:
        return post.audience
    if post.audience in ("", post.name):
        return post.name if not post.name.isdecimal() else f"no. {post.name}"
    return f"{post.audience} (no. {post.name})" if post.name.isdecimal() else f"{post.audience} ({post.name})"


OTHERS_READ = Phrase("Would each group be happy with what the other reads?")
AT_MOST_ONE = Phrase("Unless that's on purpose, at most one of them can be right.")


def other_readers(posts: Sequence[SetPost], fact: ToldFact) -> str:
    """Why it matters that another variant in the same draft says otherwise. The draft's own words stand above it."""
    first, other, *more = fact.compared
    mine, theirs = posts[other.posts[0]], posts[first.posts[0]]
    are_groups = all(one.audience and one.audience == _whom(one) for one in (mine, theirs))
    said = [_this(mine), *(_says(posts[value.posts[0]], value) for value in (first, *more[: _NAMED - 2]))]
    return " ".join([*filter(None, said), say(OTHERS_READ if are_groups else AT_MOST_ONE)])


def _this(post: SetPost) -> str:
    """Whose words they are that stand above, where a reply does not say so: it names platforms."""
    is_told = not post.audience or post.audience != _whom(post)
    return "" if is_told else say(Phrase("This is in the variant for {name}."), name=post.audience)


def _says(post: SetPost, value: ToldValue) -> str:
    whom, words = _whom(post), sentence(value)
    if whom:
        return say(Phrase("The variant for {name} says {words}."), name=whom, words=words)
    if post.audience:  # "Option 2"
        return say(Phrase("The variant called {name} says {words}."), name=post.audience, words=words)
    return say(Phrase("Variant {name} of this draft says {words}."), name=post.name, words=words)


def _whom(post: SetPost) -> str:
    names_people = post.audience and label_kind(post.audience) is not VariantLabel.NAME
    return post.audience if names_people else platform(post.platform) if post.platform else ""


def cell(values: tuple[tuple[str, int], ...], posts: int) -> str:
    """A cell of the matrix."""
    if not values:
        return "–"
    if len(values) == 1 and values[0][1] == posts:
        return values[0][0]
    shown = [f"{value} ({number:,})" if posts > 1 else value for value, number in values[:_NAMED]]
    return ", ".join(shown) + (f" and {len(values) - _NAMED} more" if len(values) > _NAMED else "")


def column(of: MatrixColumn, size: int, alone: Collection[str] = ()) -> str:
    """The heading of a column."""
    match of:
        case int():
            name = f"Wording {of}" if of else "Others"
        case str():
            name = of
        case _:
            name = called(of, alone)
    return f"{name} ({size:,})" if size > 1 else name


def swap(first: str, second: str) -> str:
    """The question of the swap test, in one line."""
    return f"{SWAP}: would you be happy if {first} and {second} saw each other's variant?"


def reader(post: SetPost, alone: Collection[str]) -> str:
    """Who reads a post."""
    name = called(post, alone)
    return name if post.audience else f"readers of {name}"


def drifted(compared: SetComparison, drift: Drift) -> str:
    """Words that differ from the sheet, and whose they are."""
    names = ", ".join(called(compared.posts[number], compared.alone) for number in drift.posts[:_NAMED])
    more = f" and {len(drift.posts) - _NAMED:,} more" if len(drift.posts) > _NAMED else ""
    return f"{names}{more}"


def more(number: int) -> str:
    """How many are not shown."""
    return f"…and {number:,} more."


# In Slack: plain lines, safe in its markup and in Markdown once people's own signs are.

NO_VARIANTS = (
    "Add the variants you'd like compared, with --- on a line of its own between them and a heading such as "
    "“Students:” above each. Or add the link to a message: I compare the variants in its thread, or in its CSV file."
)
NOT_HERE = (
    "I can compare variants in a thread: those in the draft at its top, and those that people post as replies. There "
    "are none here. Or write “compare” and paste the variants below it, with --- on a line of its own between them."
)
ONLY_ONE_HERE = (
    "There's only one variant in this thread. Post the others as replies, each under a heading such as “Students:”, or "
    "put --- on a line of its own between them."
)
NOT_READ = "I can't read that thread, probably because I'm not in that channel."
AT_THE_TOP = "the draft"
_SHOWN_REPLIES, _LONGEST_BEGINNING = 6, 40


def reply(number: int) -> str:
    """What the variant of a reply is called."""
    return f"reply {number}"


def thread_read(read: ReadThread) -> str:
    """What of a thread was compared, and what was left out."""
    if not (read.posts or read.talk or read.muted or read.outsiders or read.is_unread):
        return ""
    found = [f"{count(len(read.draft), 'variant')} in the draft at the top"] if read.draft else []
    if read.replies:
        written = sum(map(len, read.replies))
        found.append(f"{count(written, 'variant')} in {_replies(len(read.replies))} ({_begun(read.replies)})")
    left = [f"{_replies(read.talk)} that {'reads' if read.talk == 1 else 'read'} like talk"] if read.talk else []
    left += [f"{_replies(read.outsiders)} from outside your organisation"] if read.outsiders else []
    left += [f"{_replies(read.muted)} by people who've asked me not to read their drafts"] if read.muted else []
    told = [f"I read {listed(found)}." if found else ""]
    told += [f"I left out {listed(left)}." if left else ""]
    told += [f"The thread is very long: I only read its first {read.longest:,} messages." if read.longest else ""]
    told += [THREAD_UNREAD if read.is_unread else ""]
    return " ".join(filter(None, told))


THREAD_UNREAD = "Slack didn't let me read all the replies, so some variants may be missing."


def _replies(number: int) -> str:
    return "1 reply" if number == 1 else f"{number:,} replies"


def _begun(replies: Sequence[Sequence[SetPost]]) -> str:
    """How the first of them begin, so that people find them."""
    shown = [
        f"{reply(number)}: “{brief(' '.join(posts[0].text.split()), _LONGEST_BEGINNING)}”"
        for number, posts in enumerate(replies[:_SHOWN_REPLIES], 1)
    ]
    left = len(replies) - len(shown)
    return "; ".join([*shown, *([f"and {left:,} more"] if left else [])])


BY_CODE = "Fixed checks compared these, not a language model, so they can miss what a reader would see. People decide."
SAME = "The same wherever it's mentioned"
HEADINGS = frozenset((CONTRADICTIONS, DRIFT, MAY_BE_MEANT, PARTLY, SAME))
_MOST_LINES, _LONGEST_LINE = 6, 220
_LONGEST_SIDE, _LONGEST_DRIFT = 150, 400
"""Characters, so that Slack takes the whole in one message and each part of it in one block."""


def in_short(
    compared: SetComparison,
    contradictions: Sequence[ToldFact],
    looks: Sequence[ToldFact],
    partly: Sequence[ToldFact],
    same: Sequence[ToldFact],
    pair: tuple[SetPost, SetPost] | None,
) -> str:
    """The whole comparison for a message: what contradicts first."""
    drifts = [
        f"{drifted(compared, one)}: “{brief(one.quote, _LONGEST_SIDE)}”. "
        f"The fact sheet says: {brief(one.fact, _LONGEST_SIDE)}"
        for one in compared.drifts
    ]
    parts = [
        [headline(compared, len(contradictions), len(looks))],
        _listed(CONTRADICTIONS, [_read(compared, fact) for fact in contradictions]),
        _listed(DRIFT, drifts, longest=_LONGEST_DRIFT),
        _listed(MAY_BE_MEANT, [_read(compared, fact) for fact in looks]),
        _listed(PARTLY, [partly_told(compared, fact) for fact in partly]),
        _listed(SAME, [_read(compared, fact) for fact in same]),
        [swap(*(reader(post, compared.alone) for post in pair))] if pair else [],
        [BY_CODE],
    ]
    return "\n\n".join("\n".join(part) for part in parts if part)


def _listed(title: str, lines: Sequence[str], longest: int = _LONGEST_LINE) -> list[str]:
    shown = [brief(" ".join(line.split()), longest) for line in lines[:_MOST_LINES]]
    left = [more(len(lines) - _MOST_LINES)] if len(lines) > _MOST_LINES else []
    return [title, *(f"- {line}" for line in (*shown, *left))] if lines else []


def _read(compared: SetComparison, fact: ToldFact) -> str:
    values = (f"{told_by(compared, value)}: “{value.shown}”" for value in fact.compared)
    return f"{matter(fact)} {'; '.join(values)}"


# The command.

HELP = "compare the variants of one campaign: who reads what, and where they contradict each other"
ABOUT = (
    "Compare the variants of one campaign and show who reads what. FILE is CSV with the column names in its first line "
    "(text, plus audience, platform and id if you have them), JSON Lines with the same names, or a text with --- "
    "between the variants and a heading such as “Students:” above each; - reads standard input. Works without a "
    "language model and sends nothing anywhere. Exit status: 0 no contradictions, 1 variants contradict each other or "
    "the fact sheet, 2 Candor couldn't run."
)
FILE_HELP = "a CSV, JSON Lines or text file"
FACTS_HELP = "also compare with this fact sheet, as sent by `/candor facts export`"
CSV_HELP = "save the findings as CSV"
HTML_HELP = "save everything as one HTML page"
SKIP_HELP = "compare the good lines even if others have mistakes"
COLUMNS = ("finding", "kind", "matter", "says", "posts", "audiences", "ids", "sentence")
TITLE = "Candor: variants compared"


def stopped(faults: int) -> str:
    """Below the faults of a file."""
    return f"{count(faults, 'mistake')}. Fix the file, or leave those lines out with --skip-faulty."


def no_facts(name: str) -> str:
    """A file that should hold facts holds none."""
    return f"There are no facts in {name}. Use the table that `/candor facts export` sends."


def written(name: str) -> str:
    """A file was written."""
    return f"Saved {name}"
