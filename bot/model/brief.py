"""What the model reads: prompts and the brief of one draft."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from string import Template
from typing import TYPE_CHECKING

from bot.core.brand.facts import FactKind
from bot.core.drafts import Draft
from bot.core.errors import BrokenFiles, FileFault
from bot.core.guidelines import OWN, Severity
from bot.core.words.brand.posts import FOR_THE_MODEL
from bot.model.language_model import Form
from bot.model.masking import Masks
from bot.model.quotes import fold

if TYPE_CHECKING:
    Schema = dict[str, object]

    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from bot.core.findings import Finding
    from bot.core.guidelines import Example, Guideline, Library
    from bot.core.judging import Case
    from bot.core.ports import Rules
    from bot.model.masking import Sensitive


# The prompt files: Markdown that a brand lead can edit, with a few ``$names`` that code fills in.

NAMES = {"critique.md": ("guidelines", "checklist"), "verify.md": ("guidelines",)}
"""The prompt files and what each has to mention."""
PICTURES = "critique-pictures.md"
CONTACTS = "critique-contacts.md"
ADDRESSED = "orders.md"
OWN_GUIDELINES = "critique-own.md"


@dataclass(frozen=True, slots=True)
class Prompts:
    """The texts of the prompt files. Only guidelines go through them; a draft never does."""

    critique: Template
    verify: Template
    pictures: str = ""
    """What is said besides where a case holds what was seen in pictures; "" where nothing looks at them."""
    contacts: str = ""
    """What is said besides where a draft holds contact data."""
    orders: str = ""
    """What is said where a draft is searched for words to its reviewer; "" where nobody looks for them."""
    own: str = ""
    """What is said before guidelines that a workspace wrote itself."""


def load_prompts(folder: Path, *, pictures: bool = False, orders: bool = False) -> Prompts:
    """The prompts in ``folder``, with what some requests need besides.

    Raises `BrokenFiles` that names file, line and ``$name``.
    """
    faults: list[FileFault] = []
    critique, verify = (_load(folder / name, wanted, faults) for name, wanted in NAMES.items())
    besides = _load(folder / PICTURES, (), faults).safe_substitute() if pictures else ""
    contacts = _load(folder / CONTACTS, (), faults).safe_substitute()
    looking = _load(folder / ADDRESSED, (), faults).safe_substitute() if orders else ""
    own = _load(folder / OWN_GUIDELINES, (), faults).safe_substitute()
    if faults:
        raise BrokenFiles(faults)
    return Prompts(critique, verify, besides, contacts=contacts, orders=looking, own=own)


def load_prompt(path: Path, *wanted: str) -> Template:
    """One prompt file that has to mention ``wanted``. Raises `BrokenFiles` that names file, line and ``$name``."""
    faults: list[FileFault] = []
    text = _load(path, wanted, faults)
    if faults:
        raise BrokenFiles(faults)
    return text


def _load(path: Path, wanted: tuple[str, ...], faults: list[FileFault]) -> Template:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        faults.append(FileFault(str(path), 1, "this prompt file is missing or cannot be read"))
        return Template("")
    found: set[str] = set()
    for number, line in enumerate(text.splitlines(), 1):
        names, broken = _names(line)
        found |= names
        faults += [FileFault(str(path), number, f"“${name}” is unknown here") for name in sorted(names - {*wanted})]
        if broken:
            faults.append(FileFault(str(path), number, "a dollar sign is written $$, unless a name follows it"))
    faults += [FileFault(str(path), 1, f"“${name}” is missing in this file") for name in wanted if name not in found]
    return Template(text.strip() + "\n")


def _names(line: str) -> tuple[set[str], bool]:
    template = Template(line)
    return set(template.get_identifiers()), not template.is_valid()


# The guidelines that it reads, and their names.


def judged(library: Library) -> tuple[Guideline, ...]:
    """The guidelines that a model is asked about."""
    return tuple(g for g in library.guidelines if not g.fixed_rules_only)


def short_names(library: Library) -> dict[str, str]:
    """The name of each guideline in prompts and answers, by its id: the last part, where that is unique.

    A workspace's own never take a name from the others.
    """
    last = [g.id.rpartition("/")[2] for g in library.guidelines if g.family != OWN]
    names = {g.id: g.id.rpartition("/")[2] for g in library.guidelines}
    return {
        guideline: name
        if last.count(name) == 1 and not guideline.startswith(f"{OWN}/")
        else guideline.replace("/", ".")
        for guideline, name in names.items()
    }


# What the model reads: the guidelines first, always the same bytes, and the case behind an unguessable fence.

_EARLIER = 1_000
"""Characters of an earlier post that are told."""
_CODE = 24
"""Hex digits of a fence, 96 bits."""
ORDERS = "words for a reviewer"
"""The rule that notices them, in many languages."""
_LEFT_OUT, _MOST_ORDERS, _ENDS = "[…]", 20, ".!?\n。！？"


def guidelines_text(guidelines: Iterable[Guideline], names: Mapping[str, str], about_own: str = "") -> str:
    """The guidelines as Markdown; behind them a workspace's own as data, after what is said ``about_own``."""
    every = list(guidelines)
    shipped = [_guideline(guideline, names[guideline.id]) for guideline in every if not guideline.own]
    own = [_own_guideline(guideline, names[guideline.id]) for guideline in every if guideline.own]
    return "\n\n".join([*shipped, *([about_own.strip()] if own and about_own else []), *own])


_OWN_EXAMPLES = 6


def _own_guideline(guideline: Guideline, name: str) -> str:
    """One line of JSON: nothing in it can look like a heading or a fence."""
    bad = [example for example in guideline.bad if example.quote][:_OWN_EXAMPLES]
    fields = {
        "guideline": name,
        "title": guideline.title,
        "severity": guideline.severity.value,
        "question": guideline.question,
        "why": guideline.why,
        "not_when": list(guideline.not_when),
        "becomes": f"{guideline.escalates_to} when {guideline.escalates_when}" if guideline.escalates_to else "",
        "fix": guideline.fix,
        "only_on": list(guideline.platforms),
        "bad": [{"post": example.text, "because_of": example.quote} for example in bad],
        "good": [example.text for example in guideline.good[-_OWN_EXAMPLES:]],
    }
    return on_a_line({key: value for key, value in fields.items() if value})


def in_short(guidelines: Iterable[Guideline], names: Mapping[str, str]) -> str:
    """The same for a model that reads little at once: what each asks and how it is kept."""
    every = list(guidelines)
    shipped = ["\n".join((*_head(g, names[g.id]), f"Fix: {g.fix}")) for g in every if not g.own]
    own = [on_a_line({"guideline": names[g.id], "question": g.question, "fix": g.fix}) for g in every if g.own]
    return "\n\n".join([*shipped, *own])


def checklist_text(names: Iterable[str]) -> str:
    """A checklist in which everything is clear, as JSON."""
    return json.dumps(dict.fromkeys(names, "clear"), separators=(",", ":"))


def parted(guidelines: Sequence[Guideline], names: Mapping[str, str], calls: int) -> list[list[Guideline]]:
    """The guidelines for so many calls, families together where they can be, and about as much to read in each."""

    def size(group: Iterable[Guideline]) -> int:
        return len(guidelines_text(group, names))

    groups = [[*group] for _, group in groupby(guidelines, lambda guideline: guideline.id.partition("/")[0])]
    while len(groups) > calls:
        at = min(range(len(groups) - 1), key=lambda at: size([*groups[at], *groups[at + 1]]))
        groups[at : at + 2] = [[*groups[at], *groups[at + 1]]]
    while len(groups) < min(calls, len(guidelines)):
        at = max(range(len(groups)), key=lambda at: (len(groups[at]) > 1, size(groups[at])))
        long = groups[at]
        middle = min(range(1, len(long)), key=lambda cut: max(size(long[:cut]), size(long[cut:])))
        groups[at : at + 1] = [long[:middle], long[middle:]]
    return groups


def _guideline(guideline: Guideline, name: str) -> str:
    lines = [*_head(guideline, name), f"Why: {guideline.why}"]
    if guideline.not_when:
        lines.append(f"Not when: {'; '.join(guideline.not_when)}")
    if guideline.escalates_to:
        lines.append(f"Becomes {guideline.escalates_to} when {guideline.escalates_when}")
    if guideline.decided_from:
        lines.append(f"Decided from: {guideline.decided_from}")
    if guideline.platforms:
        lines.append(f"Only on: {', '.join(guideline.platforms)}")
    lines.append(f"Fix: {guideline.fix}")
    marked = [example for example in guideline.bad if example.quote]
    lines += [f"Bad{_beside(e)}: {_quoted(e.text)} because of {_quoted(e.quote)}" for e in _shortest(marked)]
    lines += [f"Good{_beside(e)}: {_quoted(e.text)}" for e in _shortest(guideline.good)]
    return "\n".join(lines)


def _head(guideline: Guideline, name: str) -> list[str]:
    return [f"### {name}: {guideline.title} ({guideline.severity})", f"Question: {guideline.question}"]


def _shortest(examples: Iterable[Example]) -> list[Example]:
    return sorted(examples, key=lambda example: len(example.text))[:1]


def _beside(example: Example) -> str:
    return f" ({example.context})" if example.context else ""


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


class Brief:
    """A case as the model sees it, and the way back from what it answers."""

    def __init__(self, case: Case, names: Mapping[str, str], secret: bytes, sensitive: Sensitive) -> None:
        self.case = case
        self._names = names
        self._secret = secret
        draft = case.draft
        alt_texts = [picture.alt_text for picture in draft.pictures]
        answers = [answer for _, answer in case.answers]
        about = [look.description for _, look in case.looks]
        written = [look.text for _, look in case.looks]
        earlier = [post.text for post in case.said_before]
        self.masks = Masks(sensitive, (draft.context, draft.text, *alt_texts, *answers, *about, *written, *earlier))
        # The context is masked first: its bytes then depend on nothing that changes from draft to draft.
        self._context = self.masks.see(draft.context).text
        self.draft = self.masks.see(draft.text)
        self._alt_texts = [self.masks.see(text).text for text in alt_texts]
        self._answers = [self.masks.see(text).text for text in answers]
        self._about = [self.masks.see(text).text for text in about]
        self._earlier = [self.masks.see(text).text for text in earlier]
        self.in_pictures = [self.masks.see(text) for text in written]
        """The words in the pictures of ``case.looks``, as the model sees them."""

    @property
    def beside(self) -> tuple[str, ...]:
        """What people wrote beside the draft, or what stands in its pictures, as the model sees it."""
        return tuple(filter(str.strip, (*self._alt_texts, *self._answers, *(seen.text for seen in self.in_pictures))))

    def folded(self) -> str:
        """The draft's words as `fold` spells them."""
        return self._folded

    @cached_property
    def _folded(self) -> str:
        return fold(self.case.draft.text)

    def question(self) -> str:
        """The user's message: the brand's context, then the case with the draft last."""
        return f"{self._context_block()}{self._fenced('case', self._case())}"

    def points(self, findings: Iterable[Finding]) -> str:
        """The user's message that asks for a second opinion on findings."""
        points = [
            {
                "number": number,
                "guideline": self._names[finding.guideline],
                "quote": self.draft.part(finding.start, finding.end),
                "objection": self.masks.hide(finding.why),
            }
            for number, finding in enumerate(findings, 1)
        ]
        case = {"platform": self.case.draft.platform, **self._said_before(), "answers": self._said()}
        case["draft"] = self.draft.text
        return f"{self._context_block()}{self._fenced('case', {**case, 'points': points})}"

    def _case(self) -> dict[str, object]:
        case = self.case
        return {
            "platform": case.draft.platform,
            "may_be_talk": case.may_be_talk,
            "alt_texts": self._alt_texts,
            **self._pictures(),
            **self._said_before(),
            "already_found": self._places(case.certain),
            "places_to_look": self._places(case.leads),
            "answers": self._said(),
            "draft": self.draft.text,
        }

    def _places(self, findings: Iterable[Finding]) -> list[dict[str, str]]:
        return [{"guideline": self._name(f.guideline), "quote": self.draft.part(f.start, f.end)} for f in findings]

    def _pictures(self) -> dict[str, object]:
        """Nothing at all where no picture was looked at, so that such a request stays the same."""
        seen = zip(self.case.looks, self._about, self.in_pictures, strict=True)
        pictures = [{"number": n, "description": about, "text": text.text} for (n, _), about, text in seen]
        return {"pictures": pictures} if pictures else {}

    def _said_before(self) -> dict[str, object]:
        """Nothing at all where there is nothing to compare with, so that such a request stays the same."""
        both = zip(self.case.said_before, self._earlier, strict=True)
        posts = [
            {"number": f"P{number}", "date": post.date, "platform": post.platform, "text": text[:_EARLIER]}
            for number, (post, text) in enumerate(both, 1)
        ]
        return {"said_before": {"note": FOR_THE_MODEL, "posts": posts}} if posts else {}

    def _said(self) -> list[dict[str, str]]:
        answers = zip(self.case.answers, self._answers, strict=True)
        return [{"guideline": self._name(guideline), "answer": answer} for (guideline, _), answer in answers]

    def _name(self, guideline: str) -> str:
        return self._names.get(guideline, guideline)

    def _context_block(self) -> str:
        return f"{self._fenced('context', {'context': self._context})}\n\n" if self._context.strip() else ""

    def _fenced(self, what: str, content: Mapping[str, object]) -> str:
        about = self.case.draft.context if what == "context" else self.case.draft.text
        return fenced(what, content, about, secret=self._secret)


def is_told(case: Case) -> bool:
    """True where the draft speaks to its reviewer; the model may have listened."""
    return any(finding.rule == ORDERS for finding in case.found)


def without_orders(case: Case, rules: Rules) -> Case:
    """The case without sentences that speak to a reviewer where nobody reviews them: beside the draft."""

    def left(text: str) -> str:
        for _ in range(_MOST_ORDERS):
            found = next((f for f in rules.findings(Draft(text)) if f.rule == ORDERS), None) if text.strip() else None
            if found is None:
                return text
            start = max(text.rfind(end, 0, found.start) for end in _ENDS) + 1
            stop = min((at for end in _ENDS if (at := text.find(end, found.end)) >= 0), default=len(text))
            text = f"{text[:start]} {_LEFT_OUT}{text[stop + 1 :]}"
        return _LEFT_OUT

    draft = case.draft
    pictures = tuple(replace(picture, alt_text=left(picture.alt_text)) for picture in draft.pictures)
    return replace(
        case,
        said_before=tuple(replace(post, text=left(post.text)) for post in case.said_before),
        draft=replace(draft, context=left(draft.context), pictures=pictures),
        answers=tuple((guideline, left(answer)) for guideline, answer in case.answers),
    )


def fenced(what: str, content: Mapping[str, object], about: str, secret: bytes) -> str:
    """The content on one line of JSON between two lines that nobody who wrote it (``about``) could know."""
    message = f"{what}\n{about}".encode("utf-8", "surrogatepass")
    code = hmac.new(secret, message, hashlib.sha256).hexdigest()[:_CODE]
    return f"<{what} {code}>\n{on_a_line(content)}\n</{what} {code}>"


def on_a_line(content: Mapping[str, object]) -> str:
    """The content as one line of JSON, whatever stands in it."""
    return json.dumps(content, ensure_ascii=False).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


# The forms of the model's answers, as strict JSON schemas.
#
# Why the answer to a draft looks as it does:
#
# - Evidence before verdict: an issue begins with its quote and says why before it names a severity, and the checklist
#   comes after all issues. A model writes from front to back; what it has quoted is what it then has to stand by.
# - The checklist is an object with one property for each guideline, so that a strict server cannot leave a guideline
#   out or answer it twice. A list of pairs would take twice the tokens, and output is what costs.
# - Guidelines go by short names ("way-out"), which cost less than paths and hold only letters that every server takes.
# - Everything is required, nothing else is allowed, absence is null: what strict mode asks for. Lengths and the number
#   of entries are limited by code, as few servers enforce them.

VERDICTS = ("clear", "issue", "question", "not_applicable")
CONFIDENCES = ("low", "medium", "high")
OPINIONS = ("keep", "drop", "unsure")
SAMENESS = ("same", "another", "unsure")


def critique_form(names: Iterable[str]) -> Form:
    """The form of a critique over the guidelines of these names."""
    names = list(names)
    issue = _object(
        {
            "quote": _TEXT,
            "why": _TEXT,
            "guideline": _enum(names),
            "severity": _enum(Severity),
            "replacement": {"type": ["string", "null"]},
            "confidence": _enum(CONFIDENCES),
        }
    )
    question = _object({"guideline": _enum(names), "question": _TEXT, "answers": _list(_TEXT)})
    checklist = _object({name: _enum(VERDICTS) for name in names})
    return Form(
        "critique",
        _object(
            {
                "issues": _list(issue),
                "questions": _list(question),
                "checklist": checklist,
                "not_a_draft": {"type": "boolean"},
            }
        ),
    )


def opinion_form() -> Form:
    """The form of a second opinion."""
    point = _object({"number": {"type": "integer"}, "reason": _TEXT, "verdict": _enum(OPINIONS), "question": _TEXT})
    return Form("second_opinion", _object({"points": _list(point)}))


def orders_form() -> Form:
    """The form of what speaks to a reviewer."""
    return Form("orders", _object({"quotes": _list(_TEXT)}))


def same_point_form() -> Form:
    """The form of what is said of pairs: words that were left alone, and later ones."""
    pair = _object({"number": {"type": "integer"}, "difference": _TEXT, "verdict": _enum(SAMENESS)})
    return Form("same_point", _object({"pairs": _list(pair)}))


def proposals_form() -> Form:
    """The form of what a brand book is read into."""
    texts, lists = ("quote", "title", "problem", "question", "why", "fix"), ("not_when", "bad", "good", "words")
    page: Schema = {"page": {"type": "integer"}}
    fields = {**page, **dict.fromkeys(texts, _TEXT), **dict.fromkeys(lists, _list(_TEXT)), "severity": _enum(Severity)}
    facts = {**page, "quote": _TEXT, "kind": _enum(FactKind), "value": _TEXT, "about": _TEXT}
    return Form("proposals", _object({"proposals": _list(_object(fields)), "facts": _list(_object(facts))}))


_TEXT: Mapping[str, object] = {"type": "string"}


def _object(properties: Mapping[str, object]) -> Schema:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: Mapping[str, object]) -> Schema:
    return {"type": "array", "items": items}


def _enum(values: Iterable[str]) -> Schema:
    return {"type": "string", "enum": [str(value) for value in values]}
