"""What the model reads: the guidelines first, always the same bytes, and the case behind an unguessable fence."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from bot.core.draft import Draft
from bot.model.folded import fold
from bot.model.masking import Masks
from bot.model.schema import judged, short_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.core.finding import Finding
    from bot.core.guideline import Example, Guideline, Library
    from bot.core.judgement import Case
    from bot.core.ports import Rules
    from bot.model.masking import Sensitive

_CODE = 24
"""Hex digits of a fence, 96 bits."""
_ORDERS = "words for a reviewer"
"""The rule that notices them, in many languages."""
_LEFT_OUT, _MOST_ORDERS, _ENDS = "[…]", 20, ".!?\n。！？"


def guidelines_text(guidelines: Iterable[Guideline], names: Mapping[str, str]) -> str:
    """The guidelines as Markdown."""
    return "\n\n".join(_guideline(guideline, names[guideline.id]) for guideline in guidelines)


def checklist_text(library: Library) -> str:
    """A checklist in which everything is clear, as JSON."""
    names = short_names(library)
    return json.dumps({names[g.id]: "clear" for g in judged(library)}, separators=(",", ":"))


def _guideline(guideline: Guideline, name: str) -> str:
    lines = [f"### {name}: {guideline.title} ({guideline.severity})", f"Question: {guideline.question}"]
    lines.append(f"Why: {guideline.why}")
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
        self.masks = Masks(sensitive, (draft.context, draft.text, *alt_texts, *answers, *about, *written))
        # The context is masked first: its bytes then depend on nothing that changes from draft to draft.
        self._context = self.masks.see(draft.context).text
        self.draft = self.masks.see(draft.text)
        self._alt_texts = [self.masks.see(text).text for text in alt_texts]
        self._answers = [self.masks.see(text).text for text in answers]
        self._about = [self.masks.see(text).text for text in about]
        self.in_pictures = [self.masks.see(text) for text in written]
        """The words in the pictures of ``case.looks``, as the model sees them."""

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
        case = {"platform": self.case.draft.platform, "answers": self._said(), "draft": self.draft.text}
        return f"{self._context_block()}{self._fenced('case', {**case, 'points': points})}"

    def _case(self) -> dict[str, object]:
        case = self.case
        return {
            "platform": case.draft.platform,
            "may_be_talk": case.may_be_talk,
            "alt_texts": self._alt_texts,
            **self._pictures(),
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

    def _said(self) -> list[dict[str, str]]:
        answers = zip(self.case.answers, self._answers, strict=True)
        return [{"guideline": self._name(guideline), "answer": answer} for (guideline, _), answer in answers]

    def _name(self, guideline: str) -> str:
        return self._names.get(guideline, guideline)

    def _context_block(self) -> str:
        return f"{self._fenced('context', {'context': self._context})}\n\n" if self._context.strip() else ""

    def _fenced(self, what: str, content: Mapping[str, object]) -> str:
        about = self.case.draft.context if what == "context" else self.case.draft.text
        return fenced(what, content, about, self._secret)


def is_told(case: Case) -> bool:
    """True where the draft speaks to its reviewer; the model may have listened."""
    return any(finding.rule == _ORDERS for finding in case.found)


def without_orders(case: Case, rules: Rules) -> Case:
    """The case without sentences that speak to a reviewer where nobody reviews them: beside the draft."""

    def left(text: str) -> str:
        for _ in range(_MOST_ORDERS):
            found = next((f for f in rules.findings(Draft(text)) if f.rule == _ORDERS), None) if text.strip() else None
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
        draft=replace(draft, context=left(draft.context), pictures=pictures),
        answers=tuple((guideline, left(answer)) for guideline, answer in case.answers),
    )


def fenced(what: str, content: Mapping[str, object], about: str, secret: bytes) -> str:
    """The content on one line of JSON between two lines that nobody who wrote it (``about``) could know."""
    message = f"{what}\n{about}".encode("utf-8", "surrogatepass")
    code = hmac.new(secret, message, hashlib.sha256).hexdigest()[:_CODE]
    line = json.dumps(content, ensure_ascii=False).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"<{what} {code}>\n{line}\n</{what} {code}>"
