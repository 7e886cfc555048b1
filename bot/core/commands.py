"""What people type behind the slash command. A closed grammar: nothing is guessed, the nearest is named."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum

NAME = "/candor"
_QUOTES = "\"'`„“”‟‚‘’‛«»‹›"
_PAIRS = frozenset(
    {
        '""',
        "''",
        "``",
        "„“",
        "„”",
        "“”",
        "””",
        "‚‘",
        "‚’",
        "‘’",
        "’’",
        "«»",
        "»«",
        "‹›",
        "›‹",
    }  # as people of many languages open and close
)
_AROUND = f"{_QUOTES}.,;:!?…"
_A_TEXT = 4
"""Words from which on an unknown command is more likely a text to review."""


class Verb(StrEnum):
    """The commands."""

    REVIEW = "review"
    COMPARE = "compare"
    AUDIT = "audit"
    GUIDELINES = "guidelines"
    DIGEST = "digest"
    SETTINGS = "settings"
    EXCEPTIONS = "exceptions"
    FACTS = "facts"
    USAGE = "usage"
    PROOF = "proof"
    MUTE = "mute"
    UNMUTE = "unmute"
    PRIVACY = "privacy"
    HELP = "help"


CHOICES = {
    Verb.DIGEST: ("preview", "now"),
    Verb.EXCEPTIONS: ("",),
    Verb.USAGE: ("",),
    Verb.PROOF: ("",),
    Verb.FACTS: ("show", "export", "export csv"),
    Verb.MUTE: ("drafts",),
    Verb.UNMUTE: ("drafts",),
    Verb.PRIVACY: ("show", "export", "delete"),
    Verb.HELP: ("", *(verb.value for verb in Verb if verb is not Verb.HELP)),
}
"""What may stand behind a command; the first is meant where nothing does."""
_ALSO = {
    "check": "review",
    "critique": "review",
    "read": "review",
    "variants": "compare",
    "posts": "audit",
    "published": "audit",
    "rules": "guidelines",
    "preview": "digest preview",
    "lift": "exceptions",
    "fact": "facts",
    "sheet": "facts",
    "cost": "usage",
    "costs": "usage",
    "budget": "usage",
    "spending": "usage",
    "figures": "proof",
    "stats": "proof",
    "results": "proof",
    "stop": "mute",
    "opt-out": "mute",
    "start": "unmute",
    "opt-in": "unmute",
    "show": "privacy show",
    "data": "privacy show",
    "export": "privacy export",
    "delete": "privacy delete",
    "forget": "privacy delete",
    "hello": "help",
    "commands": "help",
}
"""What people write for a command; it is only proposed."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command that is understood. ``what`` is one of its `CHOICES`; ``text`` is what else stands behind it."""

    verb: Verb
    what: str = ""
    text: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Unclear:
    """Something else. ``nearest`` is the command that may be meant, "" where none is near."""

    said: str = field(repr=False)
    nearest: str = ""


def parse(line: str) -> Command | Unclear:
    """The command in what stands behind the slash command's name. Case, spaces and quotation marks do not matter."""
    line = line.strip()
    first, _, rest = line.partition(next((sign for sign in line if sign.isspace()), " "))
    name, rest = _bare(first), rest.strip()
    if not line:
        return Command(Verb.HELP)
    if name not in set(Verb):
        return Unclear(line, _nearest(name, line))
    verb = Verb(name)
    if verb not in CHOICES:
        return Command(verb, text=unquoted(rest))
    what = _bare(" ".join(rest.split())) or CHOICES[verb][0]
    if what in CHOICES[verb]:
        return Command(verb, what)
    return Unclear(line, " ".join([verb, *get_close_matches(what, CHOICES[verb], 1)]).strip())


def unquoted(text: str) -> str:
    """The text without the quotation marks around all of it."""
    text = text.strip()
    around = text[:1] + text[-1:]
    return text[1:-1].strip() if len(text) > 1 and around in _PAIRS else text


def _bare(word: str) -> str:
    return word.strip(_AROUND).casefold()


def _nearest(name: str, line: str) -> str:
    if name in _ALSO:
        return _ALSO[name]
    if near := get_close_matches(name, [verb.value for verb in Verb], 1):
        return near[0]
    return "review" if len(line.split()) >= _A_TEXT else ""
