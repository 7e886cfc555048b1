"""What people read about guidelines that brand leads write. Texts that say so are in Slack's markup."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.core.commands import NAME
from bot.core.words.people import brief, count, person
from bot.core.words.reviewing import SEVERITIES

# The list of a workspace's own guidelines.

TITLE = "Your own guidelines"
HOME = "Your guidelines"
"""A button."""
ABOUT = (
    "Guidelines that your brand leads write. Before you switch one on, I try it out on your latest drafts and show "
    "you what it would have flagged."
)
NEW = "New guideline"
PASTE = "Paste a file"
OPEN = "Open"
NONE_YET = "You haven't written any yet."
LATEST = "Latest changes"
ONLY_LEADS = "Only brand leads can write guidelines. Candor's Home shows who they are."
LATER = "Slack isn't answering right now, so I can't tell whether you may change this. Please try again in a minute."
GONE = "This guideline has been removed."
TOO_LONG_FOR_WINDOW = (
    "One of its texts is longer than a window can hold (3,000 characters). Get your guidelines as files with "
    f"`{NAME} guidelines export`, change this one, and paste it again."
)
TOO_MANY = "You have 30 guidelines of your own, which is the most I can keep. Remove one you no longer need."
EXPORTING = "I'm putting your guidelines together. They'll come as a direct message from me, one file each."
NONE_TO_EXPORT = "There's nothing to send yet: this workspace hasn't written any guidelines of its own."
FILE_TITLE = "A guideline of your own"
FILE_SAYS = (
    "Here's one of your own guidelines. If you edit it, paste it under *Your guidelines* on my Home tab to bring it "
    "back."
)
IN_THE_LIST = "Brand leads can add guidelines of their own, and change these for your workspace."

# The window for one guideline.

NEW_TITLE = "New guideline"
NEEDED = "A name, a question, a reason and two posts are enough."
MORE = "More options"
"""A button that unfolds the rest of the window."""
CHANGE_TITLE = "Change a guideline"
TRY = "Try it out"
LABELS = {
    "title": "Name",
    "question": "What do you want to know about a draft?",
    "why": "Why does it matter to readers?",
    "problem": "What's wrong if a draft breaks it",
    "severity": "How much it matters",
    "bad1": "A post that breaks it",
    "bad2": "Another post that breaks it",
    "good1": "A post that's fine",
    "good2": "Another post that's fine",
    "phrases": "Words to flag",
    "fine": "Words that make it fine",
    "certain": "If a draft has words to flag",
    "not_when": "When it doesn't apply",
    "fix": "What to write instead",
    "platforms": "Only on these platforms",
}
HINTS = {
    "title": "Such as “Guests, not customers”.",
    "question": "Yes means it's fine: “Do we call the people who stay with us guests?”",
    "why": "One to three sentences, shown to authors.",
    "problem": "The label of the point, such as “Calls guests customers”. Otherwise it's the name.",
    "bad1": "Put == around the words that break it: Our ==customers== love the view.",
    "good1": "Ideally one that looks similar.",
    "phrases": "One per line; they also work without a language model. (a|b) is either, word* any ending.",
    "fine": "One per line. If they're in the same sentence, I say nothing.",
    "not_when": "One case per line.",
}
CERTAIN = {"certain": "Always make it a point", "lead": "Take a closer look"}
CERTAIN_HINT = "The language model takes that look. Without one, I list the words under “Worth a look”."
ONE_SEVERITY = {
    "must-fix": "Must fix: likely to mislead or harm",
    "should-fix": "Should fix: a fair reader would feel tricked",
    "consider": "Consider: a matter of style",
}
MISSING = {
    "title": "Give it a name.",
    "question": "Ask a question to which yes means the draft is fine.",
    "why": "Say in a sentence why it matters to readers.",
    "bad1": "Give one post that breaks it: it shows me what you mean.",
    "good1": "Give one post that's fine: it shows me where to stop.",
}
USUAL_FIX = "Say it another way, or leave it out."
NOT_IN_BAD = "None of these words are in your posts that break it. Add a post that has them, or leave the words out."
NEVER_OURS = "This guideline protects people's data, so it stays as it is."

# The window with a trial.

TRIAL_TITLE = "Try it out"
ON_TITLE = "Switched on"
ONE_TITLE = "Your guideline"
"""Where the newest version is on, so that there is nothing to try."""
SWITCH_ON, SWITCH_OFF, CHANGE, STOP, AGAIN = "Switch on", "Switch off", "Change it", "Stop", "Try again"
SAVE = "Save"
"""For a version that is on already: what somebody marks in it."""
REMOVE, VERSIONS, LOOK = "Remove", "Earlier versions", "Show progress"
REMOVE_SURE = "Remove this guideline?"
REMOVE_MEANS = "This deletes all its versions. Points it has already made in reviews stay as they are."
RUNNING = (
    "I'm trying it on your latest drafts. You can close this window; the result will be here when you open it again."
)
NO_DRAFTS = "I haven't read any drafts in channels you can see yet, so there's nothing to try it on."
NO_MODEL = "No language model is connected, so this is only what the words to flag found."
NO_TRIAL = "I couldn't try it."
NO_WORDS = "No language model is connected and there are no words to flag, so it can't find anything yet."
NOT_TRIED = (
    "I haven't tried this version all the way through. If you want it on anyway, tick the box above *Switch on*."
)
UNTRIED = "Not tried all the way through"
UNTRIED_BOX = {"yes": "Switch it on anyway"}
STOPPED = "You stopped it, so this isn't the whole picture."
GIVEN_UP = "The language model stopped answering, so this isn't the whole picture."
RIGHT_OR_WRONG = {"right": "Yes, flag this", "wrong": "No, this is fine"}
KEEPS = (
    "If you say something is fine, I keep that sentence as a good example until its draft is deleted, and try the "
    "guideline again."
)
ON_FROM_NOW = "It applies from the next review. Earlier reviews stay as they are."
OPEN_DRAFT = "Open the draft"
DIFFERENCE = "What's different from the built-in one"
BEFORE, HERE = "Before", "Now"
NOTHING_LEFT = "(nothing)"
ASPECTS = LABELS | {"bad": "Posts that break it", "good": "Posts that are fine", "rules": "Fixed checks"}

# A file that is pasted, and earlier versions.

PASTE_TITLE = "Paste a guideline"
PASTE_LABEL = "The guideline's file"
PASTE_MORE = "The rest of it"
PASTE_HINT = (
    f"A Markdown file, as `{NAME} guidelines export` sends it. Slack allows 3,000 characters in one box, so begin the "
    "rest of a longer file in the next box, at the start of a line."
)
READ_IT = "Read it"
VERSIONS_TITLE = "Earlier versions"
USE_THIS = "Try this one"
VERSIONS_ABOUT = "Pick one to try out. It isn't switched on until you say so."
"""Nothing changes by looking."""
ON_NOW = "on now"
CHANGE_SHIPPED = "Change it here"
"""A button on a shipped guideline."""


def severity(one: str) -> str:
    """A severity in words."""
    return next(label for known, label in SEVERITIES.items() if known == one)


def line(title: str, version: int, *, on: bool, shipped: bool) -> str:
    """A guideline in the list, in plain text."""
    ours = ", your version of a built-in guideline" if shipped else ""
    return f"{title}\n{f'On, version {version}' if on else f'Off, version {version}'}{ours}"


def state(version: int, on: int, user: str, at: float, *, same_as: int = 0) -> str:
    """Which version is on, since when and by whom, in markup. ``same_as`` is the earlier one with the same words."""
    this = f"version {version}{_same(same_as)}"
    if not on:
        return f"{this.capitalize()}. It's off."
    newer = f" This is {this}." if version != on else ""
    return f"Version {on} has been on since {moment(at)}, switched on by {person(user)}.{newer}"


def moment(at: float) -> str:
    """A day, in markup."""
    fallback = datetime.fromtimestamp(at, UTC).strftime("%-d %B %Y")
    return f"<!date^{at:.0f}^{{date_short}}|{fallback}>"


def _same(number: int) -> str:
    return f" (same as version {number})" if number else ""


def version(number: int, user: str, at: float, *, same_as: int = 0) -> str:
    """A version in the list, in markup."""
    return f"*Version {number}*{_same(same_as)}, {moment(at)}, by {person(user)}"


_SAVED = {"changed": "saved"}


def change(act: str, number: int, user: str, at: float) -> str:
    """An entry of the audit, in markup; the title stands beside it."""
    return f"{moment(at)}: {person(user)} {_SAVED.get(act, act)} version {number} of"


def progress(checked: int, total: int) -> str:
    """How far a trial is."""
    return f"{checked} of {count(total, 'draft')} so far."


def spoken(hits: int, asked: int, drafts: int) -> str:
    """What a trial came to."""
    where = f"in the latest {count(drafts, 'draft')} that you can read" if drafts != 1 else "in the latest draft"
    said = f"It would have flagged {count(hits, 'place') if hits else 'nothing'} {where}."
    also = f" It would have asked the author something about {count(asked, 'draft')}." if asked else ""
    here = " Here it is." if hits == 1 else " Here they are."
    return said + (here if hits else "") + also


def left_out(excepted: int, held: int) -> str:
    """What a trial found and replies would not show."""
    gone = [f"{count(excepted, 'place')} left out by exceptions"] if excepted else []
    gone += [f"{count(held, 'place')} only counted, because the channel is set to quiet"] if held else []
    return f"Not included: {', and '.join(gone)}."


def examples(bad: tuple[int, int], good: tuple[int, int]) -> str:
    """What came of the guideline's own examples: (as they should be, of how many)."""
    fine = f"left alone {good[0]} of {good[1]} that are fine"
    return f"Your examples: flagged {bad[0]} of {bad[1]} that break it, {fine}."


def example(*, flagged: bool | None, bad: bool, with_model: bool) -> str:
    """What came of one of them."""
    if flagged is None:
        silent = "the language model didn't answer" if with_model else "that takes a language model"
        return f"Not tried ({silent})"
    if flagged:
        return "Flagged" if bad else "Flagged, but it's fine"
    return "Not flagged, but it breaks it" if bad else "Left alone"


def shown_only(number: int) -> str:
    """More than the window holds."""
    return f"These are the first {number}."


def flags_good(text: str) -> str:
    """The words to flag are in a post that is fine."""
    return f"The words to flag are also in a post that's fine: “{brief(text, 80)}”. Add words that make it fine."


FLAGS_FINE = "The words to flag are in a sentence of a draft that was called fine. Add words that make it fine."
"""Without the sentence: it may be from a channel that this lead isn't in."""


def still_flags(text: str) -> str:
    """The same for a sentence that a lead has just called fine."""
    return f"You say “{brief(text, 80)}” is fine, but the words to flag are in it. Add words that make it fine."


def noted(number: int) -> str:
    """Sentences became good examples, or, below 0, only the words were changed."""
    if number < 0:
        return "I've changed the words and am trying it again."
    kept = "this sentence" if number == 1 else f"these {number} sentences"
    return f"Thanks. I've kept {kept} as fine and am trying it again."


def at_line(number: int, reason: str) -> str:
    """A mistake in a file."""
    return f"Line {number}: {reason}"


def file_name(guideline_id: str, key: str) -> str:
    """The name of an exported file; the key makes each wish its own."""
    return f"{guideline_id.replace('/', '.')}.{key}.md"


# What is wrong with a file beside its form.

TOO_LONG = "this file is longer than 15,000 characters"
TOO_MUCH = "from here on, the phrases are too much work for every draft; use fewer, or simpler ones"
NO_PACK = "“pack:” is only for built-in guidelines; you switch your own on in Slack"
NO_ALWAYS = "“Always kept: yes” is only for secrets: people must be able to dismiss your points"
NO_ORDERS = "this gives the reviewer orders instead of saying what to look for"
PRIVATE = "this looks like a secret, an e-mail address or somebody's number, and guidelines go to the language model"
HIDDEN = "there's a hidden character in this line"
UNSAYABLE = (
    "I'd be saying this in my own name, so it can't approve anything, mention people or contain a link; "
    "put words from a post in “quotation marks”"
)
RESERVED = "please give this check another name"
NO_REFERENCE = "I don't know the references listed here"


# At a terminal.

HELP = "list a workspace's own guidelines, save them as files, or import them from files"
TERMINAL_ABOUT = (
    "List the guidelines that a workspace's brand leads wrote, with the version that's on. With --export, Candor "
    "writes the newest version of each as a Markdown file, like the built-in ones, to keep in a repository. With "
    "--import, Candor reads such files, says what's wrong on which line, and saves them as new versions once you add "
    "--yes. That doesn't switch any of them on."
)
NONE_HERE = "This workspace has no guidelines of its own."
EXPORT_HELP = "write each one into this folder, as FAMILY/NAME.md"
IMPORT_HELP = "read these Markdown files, or all in a folder, and show what they'd change"
YES_HELP = "with --import: save them"
NO_FILES = "There are no Markdown files there."
NOT_IMPORTED = "Nothing was saved. Correct these lines first."
NOT_YET = "Nothing has been saved yet. To save, add --yes."


def would_be(guideline: str, before: int, *, same: bool) -> str:
    """What becomes of a file; ``before`` is the version that there was, 0 for none."""
    if same:
        return f"{guideline}: version {before} already says this"
    return f"{guideline}: version {before + 1}" if before else f"{guideline}: new"


def imported(number: int) -> str:
    """They are saved."""
    return f"{count(number, 'guideline')} saved, none switched on. Brand leads can try them out in Slack."


def terminal_line(name: str, on: int, newest: int) -> str:
    """A guideline in the list, with the version that is on, 0 for none."""
    state = f"version {on} on" if on else "off"
    return f"{name}: {state}" + (f", version {newest} not switched on" if on and on != newest else "")


def exported(number: int, folder: str) -> str:
    """They are written."""
    return f"{count(number, 'guideline')} written to {folder}."
