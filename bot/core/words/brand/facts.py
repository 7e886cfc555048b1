"""What people read about the brand's fact sheet. Texts that say so are in Slack's markup."""

from __future__ import annotations

from datetime import date

from bot.core.commands import NAME
from bot.core.words.people import Phrase, count, day_of, say

TITLE = "Fact sheet"
KINDS = {
    "price": "Price",
    "date": "Date",
    "quantity": "Quantity",
    "origin": "Origin",
    "promise": "Promise",
    "condition": "Condition",
    "claim": "Claim",
    "contact": "Contact",
    "value": "Value",
    "prefer": "Term to prefer",
    "avoid": "Term to avoid",
    "ai-label": "AI label",
    "human-route": "Way to a person",
    "other": "Other",
}
COLUMNS = {
    "kind": "Kind",
    "value": "Fact",
    "source": "Source",
    "owner": "Owner",
    "since": "From",
    "until": "Until",
    "markets": "Markets",
    "about": "About",
}
"""The headings of the table, and the labels in the window."""
ID = "Id"
CLAIM = "claim"
ALSO = (("value", CLAIM), ("source", "evidence"), ("until", "expires"), ("about", "product"))
"""What a list of claims calls the same columns."""
HINTS = {
    "value": "One short statement, such as “Cabin bag included in every fare” or “Founded in 2016 in Leeds”.",
    "source": "A link, or where this is written down. A claim needs one: its evidence, as a link or a file name.",
    "owner": "Who knows when it changes.",
    "until": "The last day it's true, or for a claim, the last day its evidence holds.",
    "markets": "Countries or regions, separated by commas. Leave it empty if it's true everywhere.",
    "about": "Only if you have several: the brand, product line or AI character.",
}
ABOUT = (
    "What's true of the brand. I compare drafts with it and show both statements when they differ. The language "
    "model, if there is one, reads what's valid today before every draft."
)
NONE_YET = "No facts yet."
ADD = "Add a fact"
PASTE = "Paste a table"
EDIT = "Edit"
NEXT = "More"
FIRST = "Back to the start"
SAVE = "Save"
END = "Ends today"
REMOVE = "Remove"
REMOVE_SURE = "Remove this fact?"
REMOVE_MEANS = "It's deleted from the sheet. To keep a record of when it stopped being true, end it instead."
NEW_FACT = "Add a fact"
EDIT_FACT = "Edit a fact"
PASTE_TITLE = "Paste a table"
PASTE_LABEL = "Facts"
PASTE_HINT = (
    "CSV or a Markdown table. The first line names the columns: Fact, Kind, Source, From, Until, Markets, About, "
    "Owner. Only Fact is required."
)
PREVIEW_TITLE = "Before saving"
PREVIEW = "Preview"
CORRECT = "Correct the table"
"""Buttons: what saving would do, and back to what was pasted."""
NOTHING_NEW = "There's nothing new in this table, so nothing will be saved."
NONE_GOOD = "None of these lines can be saved as they are, so nothing will change."
OPEN = "Open the sheet"
OTHERS = "Other sentences of the message"
TOO_MUCH = "That's more than one window holds. Choose fewer, and add the rest afterwards."
READING = "Reading the file…"
CANNOT_OPEN = "I can't open that file any more."
NOT_TEXT = "I can't read that file. Save it as CSV in UTF-8 and try again."
FILE_CHANGED = "The file isn't the one you looked at any more, so nothing was saved. Please open it again."
MISSING = "Not in this table any more"
END_MISSING = "End these facts today"
MISSING_LABEL = "Should they end?"
MISSING_HINT = "Without a tick they stay as they are."
ONLY_LEADS = "Only brand leads can change the fact sheet. Ask one of them to make the change."
LATER = "Slack isn't answering right now, so I can't tell whether you may change this. Please try again in a minute."
GONE = "This fact is no longer on the sheet."
SAVED = "Saved. It applies from the next review."
_EXPORT = f"`{NAME} facts export` sends you the sheet, `{NAME} facts export csv` for a spreadsheet."
NOT_LEAD = f"Brand leads add and change facts on my Home tab, under *Facts*. {_EXPORT}"
LEAD = f"Here you add and change facts, or paste a table. {_EXPORT}"
EXPORTING = "I'm putting the sheet together. It'll come as a direct message from me."
FILE_TITLE = "The brand's fact sheet"
FILE_SAYS = (
    "Here's the fact sheet. To bring changes back, a brand lead attaches the changed file to a message and chooses "
    "*Add a fact from this* in its menu, or pastes the table under *Facts* on my Home tab. Don't change the Id column."
)
FROM_MESSAGE = (
    "Here's what the message says. Keep only what's true of the brand and press *Preview*: I'll show you what "
    "changes before anything does."
)
NOTHING_STATED = (
    "There's no sentence in this message that could be a fact. "
    "You can add any other fact on my Home tab, under *Facts*."
)
NEW_SOURCE = "Where is it written down?"
NEW_SOURCE_HINT = "A link, or the name of a document. It's kept with the fact and shown in replies."
NEW_UNTIL_HINT = "The last day it's true."
NO_VALUE = "Write what's true, in a few words."
EVIDENCE_UNTIL = "The last day the new evidence holds. Leave it empty only if it never lapses."
SAME_EVIDENCE = "This is the evidence that has lapsed. Add newer evidence, or the new last day on which it holds."
NO_EVIDENCE = "A claim needs evidence: add a link or a file name."
ENDS_BEFORE = "It ends before it begins."
ON_SHEET = "Another fact on the sheet already says this."
TOO_MANY = "The sheet is full. First remove facts you no longer need."
LATEST = "Latest changes"
_ACTS = {"added": "added", "changed": "changed", "ended": "ended", "removed": "removed"}


FOR_THE_MODEL = (
    "The brand's fact sheet, with what is valid today. A draft that says otherwise contradicts it: end the why of "
    "such a point with the fact's number, such as [F1]. The reader sees the fact's own words beside your reason:"
)
LAPSED_FOR_THE_MODEL = (
    "Claims on the fact sheet whose evidence doesn't hold today. A draft that makes one of them is a point under "
    "claim-evidence: end its why with the claim's number."
)
CHANGED, ADD_EVIDENCE = Phrase("The fact has changed"), Phrase("Add evidence")
"""Buttons."""


DOUBT = Phrase("Readers compare, and if two statements differ, they doubt both.")


def contradiction(value: str, source: str, because: str = DOUBT) -> str:
    """Why a point matters that contradicts a fact. The draft's own words stand above it."""
    from_it = say("The fact sheet says: “{value}” ({source}).", value=value, source=source)
    return f"{from_it if source else say('The fact sheet says: “{value}”.', value=value)} {because}"


_TERMS = {
    (True, True): Phrase("The fact sheet lists “{value}” as a term to avoid ({source})."),
    (True, False): Phrase("The fact sheet lists “{value}” as a term to avoid."),
    (False, True): Phrase("The fact sheet lists “{value}” as a term to prefer ({source})."),
    (False, False): Phrase("The fact sheet lists “{value}” as a term to prefer."),
}
_OWN_WORDS = Phrase("A brand is easier to recognise if everyone uses the same words.")


def term(value: str, source: str, *, avoid: bool) -> str:
    """Why a point matters in which a draft says what the brand doesn't. The draft's own words stand above it."""
    return f"{say(_TERMS[avoid, bool(source)], value=value, source=source)} {say(_OWN_WORDS)}"


def unsupported(value: str, evidence: str, *, since: str, until: str, only: str) -> str:
    """Why a point matters whose claim no evidence on the sheet supports. The draft's own words stand above it."""
    but = say("but this evidence only covers {only}", only=only)
    but = say("but this evidence lapsed on {day}", day=day_of(until)) if until else but
    but = say("but this evidence only holds from {day}", day=day_of(since)) if since else but
    said = Phrase(
        "The fact sheet says: “{value}” ({evidence}), {but}. Add evidence that covers this post, or drop the claim."
    )
    return say(said, value=value, evidence=evidence, but=but)


def unlabelled(name: str, label: str, route: str) -> str:
    """Why a point matters in which an AI character is nowhere called one."""
    label = label.rstrip(".")
    said = Phrase("{name} is AI, and this post doesn't say so. Label on the fact sheet: {label}.")
    human = Phrase("It also says how to reach a person: {route}.")
    why = Phrase("People talk to a program differently, so tell them before they do.")
    known = [say(said, name=name, label=label), *([say(human, route=route)] if route else [])]
    return " ".join([*known, say(why)])


def incomplete(about: str, missing: str) -> str:
    """An AI character of which something is not on the sheet yet."""
    return f"{about}: add a fact of the kind “{KINDS[missing]}”, so that drafts can be compared with it."


def lapses(value: str, until: str, today: str, *, approved: int, published: int, waiting: int) -> str:
    """What leans on evidence that lapses, or has."""
    act = "lapsed" if until < today else "lapses"
    when = "today" if until == today else f"on {date.fromisoformat(until):%-d %B}"
    counted = ((approved, "approved post"), (published, "published post"), (waiting, "waiting draft"))
    named = [count(number, one) for number, one in counted if number]
    listed = " and ".join(filter(None, [", ".join(named[:-1]), *named[-1:]])) or "no post or waiting draft"
    use = "use" if approved + published + waiting > 1 else "uses"
    return f"The evidence for “{value}” {act} {when}. {listed[0].upper()}{listed[1:]} {use} it."


def more_lapse(others: int) -> str:
    """That there are more of them than are shown."""
    claims = count(others, "more claim")
    return f"The evidence for {claims} lapses around then, too. You'll find them all under *Facts* on my Home tab."


def source(where: str, *, since: str, until: str, noted: str) -> str:
    """Where a fact stands, and when it is true or, without limits, when it was noted."""
    days = [day_of(one) if one else "" for one in (since, until)]
    when = period(*days) or (say("noted on {day}", day=day_of(noted)) if noted else "")
    return "; ".join(part for part in (where, when) if part)


def so_far(where: str) -> str:
    """The hint where a new source is asked for."""
    return f"A link, or the name of a document. So far: {where}"


def evidence_for(quote: str) -> str:
    """The button, for screen readers."""
    return say("Add evidence for {quote}", quote=quote)


def ask_a_lead(leads: list[str]) -> str:
    """For others than brand leads, in Slack's markup."""
    named = f": {', '.join(leads)}" if leads else ""
    return f"Only brand leads can change the fact sheet. Ask one of them{named}."


def line(value: str, aside: list[str]) -> str:
    """A fact on one line."""
    return f"{value} ({'; '.join(aside)})" if aside else value


def of_kind(kind: str, said: str) -> str:
    """A fact behind its kind."""
    return f"{KINDS[kind]}: {said}"


def with_owner(said: str, *, had: bool, has: bool) -> str:
    """A fact that somebody else looks after by now. Nobody is named: a note outlives who looks after a fact."""
    return f"{said} [{('another owner' if had else 'an owner') if has else 'no owner'}]"


def period(since: str, until: str) -> str:
    """From when until when it is true; "" without limits."""
    from_then = [say("from {day}", day=since)] if since else []
    return " ".join([*from_then, *([say("until {day}", day=until)] if until else [])])


def too_long(most: int) -> str:
    """The text is too long."""
    return f"Please use at most {most} characters."


def no_kind(typed: str) -> str:
    """There is no such kind."""
    return f"“{typed}” isn't a kind of fact. The kinds are: {', '.join(KINDS.values())}."


def no_date(typed: str) -> str:
    """This is no date."""
    return f"“{typed}” isn't a date like 2026-09-30."


def no_owner(typed: str) -> str:
    """This is nobody's id."""
    return f"“{typed}” isn't a Slack member ID like U012AB3CD. Leave the owner empty if you don't know it."


def as_sentence(said: str) -> str:
    """What is wrong with a table, as it is said of a fact sheet."""
    return said[:1].upper() + said[1:]


def twice(line_number: int) -> str:
    """The same fact stands above."""
    return f"The same fact is already in line {line_number}."


def same_id(line_number: int) -> str:
    """Two rows change one fact."""
    return f"Line {line_number} already changes the same fact. Leave Id empty for a new one."


def of_several(about: list[str]) -> str:
    """A table without a column for that can mean any of them."""
    return f"This is on the sheet for {', '.join(one or '(nothing named)' for one in about)}. Add a column “About”."


def fault(line_number: int, sentence: str) -> str:
    """What is wrong in a line of a pasted table."""
    return f"Line {line_number}: {sentence}"


def faults(number: int) -> str:
    """The heading above what is wrong."""
    return f"{count(number, 'line needs', 'lines need')} a second look and won't be saved:"


def will_save(new: int, changed: int, same: int) -> str:
    """What saving would do."""
    said = [count(new, "new fact")] if new else []
    said += [count(changed, "changed fact")] if changed else []
    said += [f"{count(same, 'fact')} already on the sheet"] if same else []
    return f"{', '.join(said)}. Nothing is saved until you press *Save*."


def number_of(facts: int) -> str:
    """How many facts there are."""
    return count(facts, "fact") if facts else NONE_YET


def others_hint(left_out: int) -> str:
    """Below the sentences that a message has besides, of which a window doesn't hold all."""
    choose = "Choose those that are true of the brand."
    return f"{choose} {count(left_out, 'more sentence')} didn't fit." if left_out else choose


def more(number: int) -> str:
    """How many are not shown."""
    return f"…and {number} more."


def shown(kind: str, ended: str) -> str:
    """What stands in small print below a fact: its kind, and whether it is over or yet to come."""
    return f"{KINDS[kind]} · {ended}" if ended else KINDS[kind]


OVER, YET_TO_COME = "ended", "not valid yet"


def old_and_new(old: str, new: str) -> str:
    """What a change does to a fact."""
    return f"{old} → {new}"


def change(act: str, old: str, new: str) -> str:
    """An entry of the audit, behind the person's name."""
    return f"{_ACTS[act]} {old_and_new(old, new) if old and new and old != new else old or new}"


def file_name(key: str, ending: str = "md") -> str:
    """The name of the file; ``key`` says which wish it answers."""
    return f"facts-{key}.{ending}"


# `candor facts`.

HELP = "list a workspace's fact sheet, save it as a file, or import it from one"
TERMINAL_ABOUT = (
    "List the facts on a workspace's sheet. With --export, Candor writes the sheet to a file: CSV for a name that ends "
    "in .csv, Markdown for any other, to keep in a repository. With --import, Candor reads such a file, says what's "
    "wrong on which line and what it would change, and saves it once you add --yes. A row with an Id changes the fact "
    "with that Id; what the file has no column for stays as it is."
)
EXPORT_HELP = "write the sheet to this file"
IMPORT_HELP = "read this CSV, Markdown or JSON file and show what it would change; - reads standard input"
YES_HELP = "with --import: save it"
SKIP_HELP = "with --import: save the good lines even if others have mistakes"
END_HELP = "with --import: end the facts today that an exported sheet has no more"
NOT_IMPORTED = "Nothing was saved. Correct these lines first, or save the rest with --skip-faulty."
NOT_YET = "Nothing has been saved yet. To save, add --yes."
_SAID = {"new": "new: ", "changed": "changed: ", "missing": "not in the file: "}


def terminal_line(about: str, said: str) -> str:
    """What would become of one fact: it is new, changed or missing."""
    return f"{_SAID[about]}{said}"


def exported(number: int, name: str) -> str:
    """They are written."""
    return f"{count(number, 'fact')} written to {name}."


def imported(new: int, changed: int, ended: int) -> str:
    """They are saved."""
    said = [count(new, "new fact"), count(changed, "changed fact"), *([f"{ended} ended"] if ended else [])]
    return f"Saved: {', '.join(said)}. Candor compares drafts with them from the next review on."


def left(missing: int) -> str:
    """Facts that stay although an exported sheet has them no more."""
    stay = "stays" if missing == 1 else "stay"
    return f"{count(missing, 'fact')} not in the file {stay} on the sheet. To end what's missing, add --end-missing."
