"""What people read about posts from before, approved or from a file, and of what is wrong in a table."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from bot.core.words.brand.facts import DOUBT
from bot.core.words.people import Phrase, brief, count, on, say
from bot.core.words.people import platform as named

if TYPE_CHECKING:
    from collections.abc import Sequence

FOR_THE_MODEL = (
    "What the brand said in earlier posts, each with its date. If the draft says otherwise about the same thing, that "
    "is a point under one-story: say in why what was said before, and end it with the post's number, such as [P1]. The "
    "reader sees the post's own words beside your reason. They may be out of date, so never correct the draft in "
    "silence, and say nothing of them where there is no conflict."
)
_LONGEST = 300
"""Characters of an earlier statement that are shown."""
_TYPED = 40
HELP = "import posts you've already published"
ABOUT = (
    "Import posts you've already published, so Candor can point out where a draft contradicts them. FILE is CSV with "
    "the column names in its first line (text and date, plus platform and link if you have them), or JSON Lines with "
    "the same names; - reads standard input. If anything in it is wrong, Candor lists every mistake with its line and "
    "saves nothing."
)
FILE_HELP = "a CSV or JSON Lines file"
SKIP_HELP = "save the good lines even if others have mistakes"
WORKSPACE_HELP = "the ID of the workspace, such as T012AB3CD; only needed if there are several"
NO_WORKSPACE = "Candor hasn't been in a workspace yet. Start it once with candor serve, then try again."
NO_OBJECT = "this line isn't a JSON object."
NO_ARRAY = "this can't be read as JSON from here on."
UNCLOSED = (
    'a quotation mark opens here and isn\'t closed where it should be. Close it, and write "" for a quotation mark '
    "inside quoted text."
)
NO_TEXT = "the text is missing."
NOTHING = "There are no posts in this file."


def source(day: str, platform: str, *, approved: bool) -> str:
    """How a post is named in a sentence that begins with it."""
    when = on(date.fromisoformat(day))
    if not platform:
        return say("A post approved on {day}", day=when) if approved else say("A post published on {day}", day=when)
    said = Phrase("A post published on {platform} on {day}")
    said = Phrase("A post approved for {platform} on {day}") if approved else said
    return say(said, platform=named(platform), day=when)


def contradiction(source_of_it: str, statement: str, link: str, because: str = DOUBT) -> str:
    """Why a point matters that contradicts an earlier post. The draft's own words stand above it."""
    statement = brief(" ".join(statement.split()), _LONGEST)
    told = say("{source} says: “{statement}”", source=source_of_it, statement=statement)
    return f"{told}{f' {link}' if link else ''}\n{because}"


def no_heading(needed: Sequence[str]) -> str:
    """Nobody can tell what stands in which column."""
    return f"the first line has to name the columns, including {' and '.join(f'“{name}”' for name in needed)}."


def too_many(columns: int) -> str:
    """The row has more cells than the heading."""
    return (
        f"this row has more than {count(columns, 'cell')}. Put quotation marks round text with commas or line breaks."
    )


def not_text(heading: str) -> str:
    """A list or an object stands where a text belongs."""
    return f"“{brief(heading, _TYPED)}” has to be text in quotation marks, not a list or an object."


def ambiguous(typed: str, one: str, other: str) -> str:
    """The day and the month may stand in either order; both readings as ISO dates."""
    return f"“{brief(typed, _TYPED)}” can be read in two ways. Write {one} or {other}."


def twice(line: int) -> str:
    """The same post stands above."""
    return f"the same post is already on line {line}."


def too_long(most: int) -> str:
    """The text is too long."""
    return f"the text is longer than {most:,} characters."


def no_date(typed: str) -> str:
    """There is no date, or none that can be read."""
    return f"“{brief(typed, _TYPED)}” isn't a date like 2026-09-30." if typed else "the date is missing."


def not_yet(day: str) -> str:
    """A post of a day to come has not been published."""
    return f"{day} is yet to come. Import this post once it's published."


def no_link(typed: str) -> str:
    """This is no address."""
    return f"“{brief(typed, _TYPED)}” isn't a link like https://www.linkedin.com/posts/1."


def no_platform(typed: str) -> str:
    """This is no name of a platform."""
    return f"“{brief(typed, _TYPED)}” is too long for a platform's name."


def fault(line: int, said: str) -> str:
    """What is wrong in a line of the file."""
    return f"Line {line}: {said}"


def nothing_saved(faults: int) -> str:
    """Below the faults."""
    return f"{count(faults, 'mistake')}, so nothing was saved. Fix the file, or save the rest with --skip-faulty."


def unused(columns: tuple[str, ...]) -> str:
    """Columns that nothing was made of."""
    return f"Columns not used: {', '.join(f'“{brief(one, _TYPED)}”' for one in columns)}."


def saved(new: int, known: int, skipped: int) -> str:
    """What became of the file."""
    said = [count(new, "new post saved", "new posts saved")]
    said += [f"{known} already there"] if known else []
    said += [count(skipped, "line skipped", "lines skipped")] if skipped else []
    return f"{', '.join(said)}. Candor will compare drafts with them from the next review on."


def full(most: int) -> str:
    """There is no room for that many."""
    return f"That would be more than {most:,} posts in this workspace, so nothing was saved. Import only the latest."


def which_workspace(teams: list[str]) -> str:
    """Candor is in several."""
    return f"Candor is in several workspaces. Say which with --workspace: {', '.join(teams)}."


def unknown_workspace(team: str) -> str:
    """Candor has never been there."""
    return f"Candor hasn't been in workspace “{brief(team, _TYPED)}”. IDs look like T012AB3CD."
