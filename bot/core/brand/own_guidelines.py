"""A workspace's own guidelines: written in a window, kept as files in versions, tried out before they speak."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from bot.core.drafts import reference
from bot.core.guidelines import OWN, Example, Grade, Guideline, Rule, RuleExample, RuleKind, RulePattern, Severity
from bot.core.reading.guideline_files import MARK, flat, marked, rule_lines, unmark, written
from bot.core.settings import ALWAYS_ON
from bot.core.words.brand import own_guidelines as words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from bot.core.guidelines import Library
    from bot.core.ports import Judges


# What a brand lead types into the window, and the guideline that comes of it.

OUR_WORDS = "our words"
"""The name of the rule that holds them."""
_SHOWN = 2
"""Bad and good examples that stand in the window; the others stay as they are."""
_LONGEST_WHY = 300
_REGEX = "regex: `"
LONGEST_TITLE, LONGEST_TEXT, LONGEST_LIST = 80, 600, 1500
LONGEST_FILE = 15_000
MOST_OWN = 30
"""Guidelines of its own that a workspace has."""


@dataclass(frozen=True, slots=True)
class GuidelineForm:
    """Everything in the window. An example may hold marks around the words that break the guideline."""

    title: str = ""
    problem: str = ""
    question: str = ""
    why: str = ""
    fix: str = ""
    severity: Severity = Severity.SHOULD_FIX
    platforms: tuple[str, ...] = ()
    not_when: tuple[str, ...] = ()
    bad: tuple[str, ...] = ()
    good: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    fine: tuple[str, ...] = ()
    certain: bool = True
    """Where the phrases are found, that is a point, whatever a language model thinks of it."""

    @property
    def is_short(self) -> bool:
        """True where nothing is filled in that most guidelines do without."""
        rest = (self.problem, self.fix, self.platforms, self.not_when, self.bad[1:], self.good[1:], self.fine)
        return self.certain and not any(rest)


def form_of(guideline: Guideline) -> GuidelineForm:
    """What the window shows of a guideline."""
    rule = our_rule(guideline)
    return GuidelineForm(
        guideline.title,
        guideline.problem if guideline.problem != guideline.title else "",
        guideline.question,
        why=guideline.why,
        fix=guideline.fix if guideline.fix != words.USUAL_FIX else "",
        severity=guideline.severity,
        platforms=guideline.platforms,
        not_when=guideline.not_when,
        bad=tuple(marked(example) for example in guideline.bad[:_SHOWN]),
        good=tuple(example.text for example in guideline.good[:_SHOWN]),
        phrases=tuple(_typed(pattern) for pattern in rule.phrases) if rule else (),
        fine=tuple(_typed(pattern) for pattern in rule.fine_when) if rule else (),
        certain=rule is None or rule.grade is Grade.CERTAIN,
    )


def our_rule(guideline: Guideline) -> Rule | None:
    """The rule that holds the words to flag."""
    return next((rule for rule in guideline.rules if rule.name == OUR_WORDS), None)


def _typed(pattern: RulePattern) -> str:
    return written(pattern).removeprefix("- ")


def guideline_of(
    form: GuidelineForm, base: Guideline, catches: Callable[[Rule, str], tuple[int, int] | None]
) -> Guideline | dict[str, str]:
    """The guideline, or what is wrong by the window's field. What the window does not show stays as in ``base``."""
    needed = ("title", "question", "why", "bad1", "good1")
    if missing := {name: words.MISSING[name] for name in needed if not _value_of(form, name).strip()}:
        return missing
    rule, known = _rule_of(form), {marked(one): one for one in (*base.bad, *base.good)}
    good = tuple(known.get(text) or Example(_clean(text), 0, *_platform(form)) for text in form.good)
    good += base.good[_SHOWN:]
    bad = tuple(_bad(text, form, rule, known=known.get(text), catches=catches) for text in form.bad)
    rules = tuple(one for one in base.rules if one.name != OUR_WORDS)
    if rule:
        caught = _lines((one.text for one in bad if one.caught_by), rule, catches, caught=True)
        if not caught:
            return {"phrases": words.NOT_IN_BAD}
        if flagged := next((one.text for one in good if catches(rule, one.text)), ""):
            return {"fine": words.flags_good(flagged)}
        through = _lines((one.text for one in good), rule, catches, caught=False)
        rules += (replace(rule, catches=caught, lets_through=through),)
    return replace(_with_prose(base, form), rules=rules, bad=bad + base.bad[_SHOWN:], good=good, own=True)


def _with_prose(base: Guideline, form: GuidelineForm) -> Guideline:
    """A severity of one's own takes the place of the escalated one, too."""
    escalates = form.severity is base.severity
    return replace(
        base,
        title=flat(form.title),
        problem=flat(form.problem) or flat(form.title),
        severity=form.severity,
        escalates_to=base.escalates_to if escalates else None,
        escalates_when=base.escalates_when if escalates else "",
        question=flat(form.question),
        why=_prose(form.why),
        fix=_prose(form.fix) or words.USUAL_FIX,
        platforms=form.platforms,
        not_when=tuple(line for line in (flat(one) for one in form.not_when) if line),
    )


def _value_of(form: GuidelineForm, name: str) -> str:
    if name in ("bad1", "good1"):
        return next(iter(form.bad if name == "bad1" else form.good), "")
    return str(getattr(form, name))


def _prose(text: str) -> str:
    lines = "\n".join(line.strip() for line in text.splitlines())
    return "\n\n".join(filter(None, map(flat, lines.split("\n\n"))))


def _clean(text: str) -> str:
    return unmark(text.strip())[0] if MARK in text else text.strip()


def _platform(form: GuidelineForm) -> tuple[str]:
    return (form.platforms[0] if form.platforms else "",)


def _rule_of(form: GuidelineForm) -> Rule | None:
    """Words that a lead chose mean the same in every language."""
    if not form.phrases:
        return None
    why = " ".join(flat(form.why).split())
    sentence = why if len(why) <= _LONGEST_WHY else f"{why[: _LONGEST_WHY - 1].rpartition(' ')[0]}…"
    return Rule(
        OUR_WORDS,
        RuleKind.FLAG,
        0,
        why=sentence,
        grade=Grade.CERTAIN if form.certain else Grade.LEAD,
        phrases=tuple(_pattern_of(line, number) for number, line in enumerate(form.phrases, 1)),
        fine_when=tuple(_pattern_of(line, -number) for number, line in enumerate(form.fine, 1)),
        language="any",
    )


def _pattern_of(line: str, number: int) -> RulePattern:
    """``number`` is below 0 for words that make it fine, so that a mistake is told at its field."""
    is_regex = line.startswith(_REGEX) and line.endswith("`")
    return RulePattern(line.removeprefix(_REGEX)[:-1] if is_regex else line, number, is_regex=is_regex)


def _bad(
    text: str,
    form: GuidelineForm,
    rule: Rule | None,
    known: Example | None,
    catches: Callable[[Rule, str], tuple[int, int] | None],
) -> Example:
    """Without marks, what the words catch is what breaks the guideline; else it is all of it."""
    post, span = unmark(text.strip())
    found = catches(rule, post) if rule else None
    if known and known.caught_by != OUR_WORDS:
        return replace(known, caught_by=known.caught_by or OUR_WORDS) if found else known
    whole = (0, len(post)) if post.count("\n") == 0 else (0, post.index("\n"))
    return Example(post, 0, *_platform(form), span=span or found or whole, caught_by=OUR_WORDS if found else "")


def _lines(
    texts: Iterable[str], rule: Rule, catches: Callable[[Rule, str], tuple[int, int] | None], *, caught: bool
) -> tuple[RuleExample, ...]:
    """The examples of the rule itself, one line each: the whole post, or the line that holds the words."""
    found: list[RuleExample] = []
    for text in texts:
        lines = [" ".join(text.split()), *(" ".join(line.split()) for line in text.splitlines())]
        fitting = (line for line in lines if line and bool(catches(rule, line)) is caught)
        found += [RuleExample(line, 0) for line in [next(fitting, "")] if line]
    return tuple(found)


def id_for(title: str, taken: Collection[str]) -> str:
    """An id that no other guideline of the workspace has, made of the title's plain letters."""
    letters = "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in title.casefold())
    name = "-".join(letters.split())[:40].strip("-") or "guideline"
    numbered = (f"{OWN}/{name}" if number == 1 else f"{OWN}/{name}-{number}" for number in range(1, len(taken) + 2))
    return next(one for one in numbered if one not in taken)


_LONGEST_ID = 60


def id_among(names: Iterable[str], shipped: Collection[str]) -> str:
    """The first of these that can be the id of a workspace's guideline, a shipped one too; "" where none can."""
    return next((name for name in names if name in shipped or _is_own_id(name)), "")


def _is_own_id(name: str) -> bool:
    """True for what `id_for` makes."""
    family, _, letters = name.partition("/")
    parts = letters.split("-")
    plain = all(part and part.isascii() and part.isalnum() and part == part.lower() for part in parts)
    return family == OWN and plain and len(name) <= _LONGEST_ID


def may_be_own(guideline_id: str) -> bool:
    """False for the shipped ones that nobody changes."""
    return guideline_id not in ALWAYS_ON


def difference(shipped: Guideline, own: Guideline) -> list[tuple[str, str, str]]:
    """(what it is, as shipped, here) for everything that differs."""
    pairs = zip(_aspects(shipped).items(), _aspects(own).values(), strict=True)
    return [(name, old, new) for (name, old), new in pairs if old != new]


def _aspects(guideline: Guideline) -> dict[str, str]:
    form = form_of(guideline)
    others = (line for one in guideline.rules if one.name != OUR_WORDS for line in rule_lines(one))
    return {
        "title": form.title,
        "problem": form.problem,
        "question": form.question,
        "why": form.why,
        "fix": guideline.fix,
        "severity": words.severity(form.severity),
        "platforms": ", ".join(form.platforms),
        "not_when": "\n".join(form.not_when),
        "bad": "\n".join(marked(example) for example in guideline.bad),
        "good": "\n".join(example.text for example in guideline.good),
        "phrases": "\n".join(form.phrases),
        "fine": "\n".join(form.fine),
        "rules": "\n".join(others),
    }


# What is kept of it: versions, which one is on, examples out of drafts, and who did what.


class GuidelineAct(StrEnum):
    """What a brand lead did."""

    ADDED = "added"
    CHANGED = "changed"
    SWITCHED_ON = "switched on"
    SWITCHED_OFF = "switched off"
    REMOVED = "removed"


IN_FORCE = (GuidelineAct.SWITCHED_ON, GuidelineAct.SWITCHED_OFF, GuidelineAct.REMOVED)
"""What changes which guidelines are in force, and so the number of the set."""


@dataclass(frozen=True, slots=True)
class GuidelineVersion:
    """A guideline's file as it was at one time. The first is number 1."""

    guideline: str
    number: int
    text: str
    user: str
    at: float


def same_as(version: GuidelineVersion, versions: Iterable[GuidelineVersion]) -> int:
    """The number of the first version with the same words, 0 where there is none before it."""
    earlier = (one.number for one in versions if one.number < version.number and one.text == version.text)
    return min(earlier, default=0)


@dataclass(frozen=True, slots=True)
class GuidelineChange:
    """One entry of the audit; ``title`` is what the guideline was called then."""

    guideline: str
    act: GuidelineAct
    title: str
    version: int
    user: str
    at: float


@dataclass(frozen=True, slots=True)
class FineSentence:
    """Words of a draft that a brand lead called fine: a good example, deleted with the draft."""

    guideline: str
    draft_id: str
    text: str
    platform: str = ""


@dataclass(frozen=True, slots=True)
class KeptGuideline:
    """A guideline with its newest version, and the one that is on; None where it is off."""

    newest: GuidelineVersion
    on: GuidelineVersion | None = None
    user: str = ""
    """Who switched it on or off, and when."""
    at: float = 0.0
    fine: tuple[FineSentence, ...] = ()

    @property
    def id(self) -> str:
        return self.newest.guideline


@dataclass(frozen=True, slots=True)
class KeptSet:
    """A workspace's own guidelines in the order of their ids; ``number`` grows with every change of what is on."""

    number: int = 0
    guidelines: tuple[KeptGuideline, ...] = ()

    def find(self, guideline_id: str) -> KeptGuideline | None:
        return next((one for one in self.guidelines if one.id == guideline_id), None)

    def with_newest(self, version: GuidelineVersion) -> KeptSet:
        """As it would be once this version is kept."""
        one = self.find(version.guideline)
        changed = replace(one, newest=version) if one else KeptGuideline(version)
        others = [other for other in self.guidelines if other is not one]
        return replace(self, guidelines=tuple(sorted([*others, changed], key=lambda kept: kept.id)))

    def referred(self, ref: str) -> KeptGuideline | None:
        """The one that jobs name so: ids are made of titles, which are people's words."""
        return next((one for one in self.guidelines if reference(one.id) == ref), None)


# A trial: what a guideline would have said about the latest drafts.


class TrialState(StrEnum):
    """How far it is."""

    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    """Somebody stopped it."""
    GIVEN_UP = "given up"
    """The model did not answer, several times in a row."""
    NOTHING_RAN = "nothing ran"
    """There was nothing that could tell: no words to flag and no model, or neither examples nor drafts."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where it would have spoken, in a draft's revision."""

    draft_id: str
    revision: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TriedExample:
    """One of the guideline's own examples, by its ``number`` among the bad or the good ones, from 0."""

    number: int
    bad: bool
    flagged: bool | None
    """None where nothing could tell: it takes a model, and there was none or it did not answer."""

    @property
    def is_right(self) -> bool:
        return self.flagged is self.bad


@dataclass(frozen=True, slots=True)
class GuidelineTrial:
    """What is known so far. Of the drafts only places are kept, never words."""

    guideline: str
    version: int
    user: str
    at: float
    view: str = ""
    """Slack's id of the window that shows it."""
    state: TrialState = TrialState.RUNNING
    total: int = 0
    checked: int = 0
    asked: int = 0
    """Drafts about which it would have asked the author something."""
    with_model: bool = False
    hits: tuple[Hit, ...] = ()
    excepted: int = 0
    """Places that exceptions would leave out; none of the hits."""
    held: int = 0
    """Places and questions that a reply would only count, as its channel is quiet; none of the hits."""
    examples: tuple[TriedExample, ...] = ()

    @property
    def key(self) -> str:
        """Names it among all trials of the guideline."""
        return f"{self.version}:{self.at:.3f}"

    def is_whole(self, version: int) -> bool:
        """True where it tried this version to the end, with something that can tell."""
        return self.state is TrialState.DONE and self.version == version


# What the flows need from the outside. Every call names its workspace (team).


class KeptGuidelines(Protocol):
    """Workspaces' own guidelines."""

    async def of(self, team: str) -> KeptSet: ...

    async def versions(self, team: str, guideline: str) -> tuple[GuidelineVersion, ...]:
        """Every version, the newest first."""
        ...

    async def save(self, team: str, version: GuidelineVersion, change: GuidelineChange) -> GuidelineVersion:
        """Keep a new version and the entry of the audit: all or nothing. The version as it is kept.

        Where another text has its number since, as two people saved at once, it takes the next one.
        """
        ...

    async def switch(self, team: str, change: GuidelineChange) -> None:
        """The change's version is on from now on; none where it says so."""
        ...

    async def remove(self, team: str, change: GuidelineChange) -> None:
        """Delete all versions of it, its examples and its trial."""
        ...

    async def changes(self, team: str, most: int) -> tuple[GuidelineChange, ...]:
        """The latest entries of the audit, the newest first."""
        ...

    async def keep_fine(self, team: str, fine: Iterable[FineSentence]) -> None:
        """Keep good examples, unless their drafts were erased meanwhile."""
        ...


class Trials(Protocol):
    """The latest trial of each guideline."""

    async def find(self, team: str, guideline: str) -> GuidelineTrial | None:
        """The latest one."""
        ...

    async def begin(self, team: str, trial: GuidelineTrial) -> None:
        """It takes the place of the one before."""
        ...

    async def note(self, team: str, trial: GuidelineTrial) -> bool:
        """Keep how far it is; False where it was stopped or another one has begun, and nothing is kept."""
        ...

    async def stop(self, team: str, guideline: str) -> None: ...


class GuidelineFiles(Protocol):
    """Reads guidelines as people write them, and says what is wrong with them."""

    def read(self, guideline_id: str, text: str) -> Guideline:
        """The guideline in a file. Raises `BrokenFiles` for all that is wrong, words that may not be said too."""
        ...

    def heading(self, text: str) -> tuple[str, str]:
        """The id and the title that a file states, "" for what does not stand there or cannot be read."""
        ...

    def catches(self, rule: Rule, text: str) -> tuple[int, int] | None:
        """The first words of a text that a rule catches. Raises `BrokenFiles` for phrases that cannot be understood."""
        ...

    def as_example(self, text: str) -> str:
        """The words of a draft as a guideline may hold them: nothing private, and "" where they speak to a reviewer."""
        ...


class LibraryOf(Protocol):
    """The guidelines of each workspace."""

    async def of(self, team: str) -> Library:
        """Every guideline at this moment: the shipped ones, and the workspace's own that are on."""
        ...


class JudgesTrying(Protocol):
    """The judges of a workspace as they would be with one more guideline."""

    async def trying(self, guideline: Guideline, team: str, text: str, draft_id: str) -> Judges:
        """Those of a draft, with this guideline in the place of any of its id."""
        ...


class GuidelineJobs(Protocol):
    """Durable work on guidelines."""

    async def try_guideline(self, team: str, ref: str, key: str) -> None: ...

    async def export_guidelines(self, team: str, user: str, key: str) -> None:
        """Send the person the workspace's own guidelines as files."""
        ...


class TrialBoard(Protocol):
    """The window that shows a trial."""

    async def show(self, team: str, trial: GuidelineTrial) -> None:
        """Show how far it is; a window that is closed by now is fine."""
        ...


_SECTIONS = {
    "title:": "title",
    "problem:": "problem",
    "severity:": "severity",
    "platforms:": "platforms",
    "## Question": "question",
    "## Why": "why",
    "## Not when": "not_when",
    "## Fix": "fix",
    "## Flag": "phrases",
    "### Fine when": "fine",
    "## Bad": "bad1",
    "## Good": "good1",
}


def field_at(text: str, line: int) -> str:
    """The field of the window that a line of a file came from."""
    before = text.splitlines()[:line]
    known = (name for one in reversed(before) for start, name in _SECTIONS.items() if one.startswith(start))
    return next(known, "title")
