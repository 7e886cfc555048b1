"""What people read about brand books and what is proposed from them. Texts that say so are in Slack's markup."""

from __future__ import annotations

from bot.core.words.people import count
from bot.core.words.spending import money

SHORTCUT = "Read as a brand book"
ONLY_LEADS = "Only brand leads can have a brand book read. Candor's Home shows who they are."
NO_FILE = "There's no PDF, Word (.docx), Markdown or text file on that message."
COMING = "I'm on it. An estimate will appear in the thread of that message."
OVER = "I've finished with that brand book, or it was deleted."
MOVED_ON = "Something about that brand book changed just as you pressed the button. Please press it again."
START, SEE = "Start", "See the proposals"
NO_MODEL = "Brand books are read by a language model, and none is connected."
ASKED = (
    "I'll look for rules, facts and terms in it, and propose each with the sentence it comes from. Nothing is switched "
    "on or saved until you say so."
)
STOPPED = "Cancelled. I haven't kept anything from it."
NOTHING = "I found nothing in it to propose: no rules for posts, no facts and no terms."
MADE_BY = "Automated message from Candor. The proposals are a language model's; people decide."
WINDOW = "Proposals"
ABOUT = (
    "A language model wrote these from your brand book. The quoted words are in the book. “Edit and try” opens the "
    "guideline, so you can see what it would have flagged before you switch it on. “Add to facts” opens the fact, "
    "already filled in, so you can check and save it."
)
EDIT, ADD_FACT, NO_THANKS = "Edit and try", "Add to facts", "No, thanks"
NONE_LEFT = "You've been through all of them."
ON_SHEET = "That's already on the fact sheet."
GONE = "Somebody has already decided on this proposal, or it was deleted."

# What is wrong with a file.

CANNOT_OPEN = (
    "I can't open that file. If I'm not in that channel, type `/invite @Candor` there and try again. Files can't be "
    "larger than 20 MB."
)
UNKNOWN = "I can't read that kind of file. I need a PDF, a Word file (.docx), Markdown or plain text."
OLD_WORD = "That's an old Word file (.doc), or it has a password. Save it as .docx without a password and try again."
LOCKED = "That PDF has a password. Save it without one and try again."
SCANNED = (
    "There's no text in that file, so its pages are probably pictures. Export it from the program it was made in, or "
    "run text recognition (OCR) on it first."
)
BROKEN = "That file is damaged, or it isn't what its name says. Save it again and try once more."
TOO_MUCH = "That file takes too long or too much memory to open. Save a smaller copy, with text and no pictures."
NOT_INSTALLED = (
    "PDF and Word files need an optional part of Candor. Whoever runs it can add it: `pip install 'candor[brandbook]'`."
)


def too_many_pages(most: int) -> str:
    """More than is read."""
    return f"That file has more than {most} pages. Save just the part about writing as a separate file."


def too_long(most: int) -> str:
    """More words than are read."""
    return f"That file has more than {most:,} characters of text. Save just the part about writing as a separate file."


def page(number: int) -> str:
    """Where a sentence is."""
    return f"page {number}"


def under(heading: str) -> str:
    """The same for a file without pages."""
    return f"under “{heading}”" if heading else "at the beginning"


def title(name: str) -> str:
    """The first line of the message; ``name`` is safe in markup."""
    return f"*Brand book: {name}*"


def takes(calls: int, tokens: int, dollars: float | None, model: str) -> str:
    """What reading it takes."""
    cost = f", about {money(dollars)}" if dollars is not None else ""
    return f"With {model} that's {count(calls, 'call')} and about {tokens:,} tokens{cost}."


def progress(done: int, of: int, found: int) -> str:
    """How far it is."""
    return f"Reading: part {min(done + 1, of)} of {of}, {count(found, 'proposal')} so far."


def ended(guidelines: int, facts: int, name: str) -> str:
    """What came of it; ``name`` is safe in markup."""
    kinds = [count(guidelines, "guideline")] if guidelines else []
    kinds += [count(facts, "fact or term", "facts and terms")] if facts else []
    return f"*{count(guidelines + facts, 'proposal')} from {name}*" + (f": {', '.join(kinds)}" if kinds else "")


def left_out(unfounded: int, unusable: int) -> str:
    """What was dropped, "" for nothing."""
    said: list[str] = []
    if unfounded:
        them = "it" if unfounded == 1 else "them"
        said.append(f"{count(unfounded, 'proposal')} left out, because the book's own words don't bear {them} out.")
    if unusable:
        left = f"{count(unusable, 'proposal')} left out"
        said.append(f"{left}, for links, commands or other things a guideline can't contain.")
    return " ".join(said)


def interrupted(why: str) -> str:
    """The model gave up on the way; ``why`` is a clause."""
    return f"I had to stop: {why}. I've kept what I found so far. Press *{START}* to carry on from there."


def proposed(heading: str, problem: str) -> str:
    """A proposal in the list, in plain text."""
    return f"{heading}\n{problem}" if problem and problem != heading else heading


def fact(kind: str, value: str, about: str) -> str:
    """A fact or a term in the list, in plain text."""
    return f"{kind}: {value}" + (f" ({about})" if about else "")


def more(number: int) -> str:
    """Those that the list has no room for."""
    return f"{count(number, 'more proposal')} will move up as you decide on these."


def source(name: str, where: str) -> str:
    """Where a fact stands, as the sheet says it."""
    return f"{name}, {where}"


def rests_on(quote: str, where: str) -> str:
    """The sentence that it rests on, in plain text."""
    return f"“{quote}” ({where})"


def line(name: str, number: int) -> str:
    """A brand book in the list of a workspace's own guidelines, in plain text."""
    return f"{name}\n{count(number, 'proposal')} to look at"


# At a terminal.

HELP = "turn a brand book into proposals: guidelines as Markdown files, facts and terms as a CSV file"
TERMINAL_ABOUT = (
    "Read a brand book (PDF, Word, Markdown or text) with the connected language model, and write what it proposes "
    "into a new folder: each guideline as a Markdown file that --import reads, facts and terms as facts.csv for the "
    "fact sheet, and sources.csv with the sentence in the book that each comes from. Nothing is switched on or put on "
    "a sheet. Without --yes, Candor only says what that would take. It exits with status 1 if the model gives up "
    "partway through."
)
EPILOG = "To have a brand book read, run candor guidelines propose FILE --out FOLDER, then run it again with --yes."
BOOK_HELP = "the brand book"
OUT_HELP = "write into this folder, which must be new or empty"
GO_HELP = "ask the model"
NO_MODEL_HERE = (
    "Brand books are read by a language model, and none is connected. Set OPENAI_API_KEY, or OPENAI_BASE_URL for a "
    "server of your own."
)
GO_AHEAD = "Nothing has been sent yet. To go ahead, add --yes."
FACTS_FILE, SOURCES_FILE = "facts.csv", "sources.csv"
SOURCES = ("proposal", "sentence", "where")


def cannot_use(name: str, why: str) -> str:
    """A file that is no brand book that can be read."""
    return f"{name}: {why}"


def not_empty(folder: str) -> str:
    """There is something in it that would be mixed with proposals."""
    return f"{folder} isn't an empty folder, and Candor doesn't overwrite anything. Give --out a new folder."


def took(calls: int, tokens: int, dollars: float | None, model: str) -> str:
    """What reading it cost."""
    cost = f", {money(dollars)}" if dollars is not None else ""
    return f"{model} read it in {count(calls, 'call')}: {tokens:,} tokens{cost}."


def interrupted_here(done: int, of: int, why: str) -> str:
    """The model gave up; ``why`` is a clause."""
    kept = " Anything found by then is in the folder." if done else ""
    return f"Stopped after {done} of {count(of, 'part')}: {why}.{kept}"


def written(guidelines: int, facts: int, folder: str) -> str:
    """What there is now, and what comes next."""
    kinds = [count(guidelines, "guideline")] if guidelines else []
    kinds += [count(facts, "fact or term", "facts and terms")] if facts else []
    lines = [f"Written to {folder}: {', '.join(kinds)}."]
    if guidelines:
        lines.append(f"Check the guidelines, then run: candor guidelines --import {folder}")
    if facts:
        lines.append(f"Check {FACTS_FILE}, then paste its contents under “Facts” on Candor's Home.")
    return "\n".join(lines)


def without_evidence(number: int) -> str:
    """Claims, which the sheet takes with a source only."""
    return f"{count(number, 'claim')} without evidence: before you paste, put a link or file name under “Source”."
