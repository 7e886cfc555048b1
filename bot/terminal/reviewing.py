"""`candor review` and `candor check`: one draft, or the guideline files."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import asdict, replace
from datetime import UTC, datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.text import Text

from bot.assemble.rules import check_library, fixed_rules, whole_library
from bot.core.drafts import Draft
from bot.core.errors import PersonCanFix
from bot.core.guidelines import Severity
from bot.core.judging import Outcome, ReviewState
from bot.core.labels import aged, aged_markets
from bot.core.words import terminal as words
from bot.core.words.people import again, quoted, speaking
from bot.core.words.reviewing import lead, problem_of
from bot.flows.reviewing import review_text
from bot.settings import read_settings
from bot.terminal.files import apart, draft_language, read_draft, text_or_file
from bot.terminal.log import printable_lines

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from bot.core.findings import Finding
    from bot.core.guidelines import Library
    from bot.core.judging import Critique
    from bot.settings import Settings


# A critique, pretty in a terminal.

_COLOURS = {Severity.MUST_FIX: "bold red", Severity.SHOULD_FIX: "yellow", Severity.CONSIDER: "cyan"}


def render(critique: Critique, draft: Draft, problems: Mapping[str, str]) -> None:
    """Print the critique; plain text if standard output is no terminal. ``problems`` are by the guidelines' ids."""
    console = Console(highlight=False, soft_wrap=True)
    console.print(Text(words.headline(critique), style="bold"))
    for number, finding in enumerate(critique.findings, 1):
        console.print(_render_finding(number, finding, draft, problem=problem_of(finding, problems)))
    for question in critique.questions:
        console.print(Text(printable_lines(words.question(question))))
    if critique.leads:
        lines = (lead(problems.get(name, name), leads) for name, leads in critique.worth_a_look.items())
        console.print(Text(printable_lines(words.leads(lines, is_read=critique.state is ReviewState.DONE))))
    console.print(Text(words.footer(critique), style="dim"))


def _render_finding(number: int, finding: Finding, draft: Draft, problem: str) -> Text:
    text = Text(f"\n{number}. ")
    text.append(words.point(finding.severity, problem), _COLOURS[finding.severity])
    text.append(f"  {words.line_of(draft.text, finding.start)}\n", "dim")
    quote = printable_lines(" ".join(quoted(finding.quote, draft.text, finding.start).split()))
    text.append(f"   {words.quote(quote)}\n", "italic")
    text.append(f"   {printable_lines(again(finding.why))}")
    if edit := finding.edit:
        old, new = finding.change(draft.text)
        whole = edit if edit.start == edit.end else replace(edit, text=new)
        beyond = "" if edit.start == edit.end or old == finding.quote else " ".join(old.split())
        text.append(f"\n   {printable_lines(words.edit(whole, beyond))}", "green")
    return text


# ``candor review``: one draft from a file or standard input.

CLEAN, FOUND, FAILED, NOT_REVIEWED = 0, 1, 2, 3


def review(arguments: argparse.Namespace) -> int:
    """0 for nothing to flag, 1 for findings or questions, 2 where nobody could review the draft, the model included.

    3 where no model reviewed it, if that is asked for, and nothing was found either.
    """
    draft = Draft(read_draft(arguments.draft), arguments.platform or "", text_or_file(arguments.context))
    if not draft.text.strip():
        raise PersonCanFix(words.EMPTY_DRAFT)
    settings = read_settings()
    critique = read_apart(draft, settings)
    if arguments.json:
        sys.stdout.write(json.dumps(as_json(critique), ensure_ascii=False, indent=2) + "\n")
    else:
        with speaking(draft_language(draft.text)):
            render(critique, draft, whole_library(settings).problems)
    outcome = _outcome(critique)
    if arguments.require_model and outcome != Outcome.FINDINGS and critique.state is not ReviewState.DONE:
        return NOT_REVIEWED
    return {Outcome.NOTHING_TO_FLAG: CLEAN, _BY_CHECKS_ALONE: CLEAN, Outcome.FINDINGS: FOUND}.get(outcome, FAILED)


_BY_CHECKS_ALONE = "not_reviewed"
"""The outcome where no model is connected and the fixed checks found nothing: that is no review."""


def _outcome(critique: Critique) -> str:
    """That the fixed checks found nothing is no answer where a model is connected and did not read the draft."""
    if critique.outcome is not Outcome.NOTHING_TO_FLAG or critique.state is ReviewState.DONE:
        return critique.outcome
    return _BY_CHECKS_ALONE if critique.state is ReviewState.CHECKS_ONLY else Outcome.COULD_NOT_REVIEW


def read_apart(whole: Draft, settings: Settings) -> Critique:
    """The critique of the draft without the words to colleagues around it; offsets are those of the whole text."""
    around = apart(whole.text)
    platform = whole.platform or around.message.platform or ""
    critique = _critique(replace(whole, text=around.message.text, platform=platform), settings)
    findings = tuple(finding.moved(around.begin) for finding in critique.findings)
    return replace(critique, findings=findings, leads=tuple(lead.moved(around.begin) for lead in critique.leads))


def _critique(draft: Draft, settings: Settings) -> Critique:
    if not settings.model.is_configured:
        return review_text(draft, fixed_rules(settings))
    # Loaded only here: without a model nobody waits for its library.
    judging = import_module("bot.assemble.judging")
    return asyncio.run(judging.review_with_model(draft, settings))


def as_json(critique: Critique) -> dict[str, Any]:
    """The critique as JSON; offsets are code points of the draft."""
    checks = critique.checks
    return {
        "outcome": str(_outcome(critique)),
        "fixed_rules_only": critique.fixed_rules_only,
        "model": critique.model_part.value,
        "checks": asdict(checks) if checks else None,
        "findings": [_review_finding(finding) for finding in critique.findings],
        "worth_a_look": [_review_finding(finding) for finding in critique.leads],
        "questions": [
            {"guideline": q.guideline, "question": q.question, "answers": list(q.answers)} for q in critique.questions
        ],
        "unplaced": critique.unplaced,
        "left_out": critique.left_out,
        "beyond": critique.beyond,
        "doubts": critique.doubts,
    }


def _review_finding(finding: Finding) -> dict[str, Any]:
    return {
        "guideline": finding.guideline,
        "severity": finding.severity.value,
        "quote": finding.quote,
        "start": finding.start,
        "end": finding.end,
        "why": finding.why,
        "replacement": finding.replacement,
        "edit": asdict(finding.edit) if finding.edit else None,
        "origin": finding.origin.value,
    }


# ``candor check``: are all guideline files right, and do their examples come out as they say?


def check(_: argparse.Namespace) -> int:
    """0 when everything holds, 1 when an example does not; broken files raise."""
    library, faults = check_library(read_settings())
    for fault in faults:
        sys.stdout.write(f"{fault}\n")
    sys.stdout.write(
        words.checked(len(library.guidelines), _rules(library), _examples(library), faults=len(faults)) + "\n"
    )
    today = datetime.now(UTC).date()  # noqa: TID251 - the clock port is beside the database, which no check needs
    for language, day in aged(today).items():
        Console().print(Text(words.aged(language, day), style="yellow"))
    for market, day in aged_markets(today).items():
        Console().print(Text(words.aged_market(market, day), style="yellow"))
    return int(bool(faults))


def _rules(library: Library) -> int:
    return sum(len(guideline.rules) for guideline in library.guidelines)


def _examples(library: Library) -> int:
    posts = sum(len(g.bad) + len(g.good) for g in library.guidelines)
    return posts + sum(len(r.catches) + len(r.lets_through) for g in library.guidelines for r in g.rules)
