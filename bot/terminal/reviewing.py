"""``candor review``: one draft from a file or standard input."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import asdict, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.assemble.critic import fixed_rules, whole_library
from bot.core.critique import Outcome
from bot.core.draft import Draft
from bot.core.errors import PersonCanFix
from bot.core.message import Author, Message, Place
from bot.core.notes import set_apart
from bot.core.words import terminal as words
from bot.flows.review_text import review_text
from bot.settings import read_settings
from bot.terminal.files import read_draft, read_text
from bot.terminal.render import render

if TYPE_CHECKING:
    import argparse

    from bot.core.critique import Critique
    from bot.core.finding import Finding
    from bot.settings import Settings

CLEAN, FOUND, FAILED = 0, 1, 2


def review(arguments: argparse.Namespace) -> int:
    """0 for nothing to flag, 1 for findings or questions, 2 where the draft could not be reviewed."""
    draft = Draft(read_draft(arguments.draft), arguments.platform or "", _context(arguments.context))
    if not draft.text.strip():
        raise PersonCanFix(words.EMPTY_DRAFT)
    settings = read_settings()
    critique = read_apart(draft, settings)
    if arguments.json:
        sys.stdout.write(json.dumps(as_json(critique), ensure_ascii=False, indent=2) + "\n")
    else:
        render(critique, draft, whole_library(settings).problems)
    return {Outcome.NOTHING_TO_FLAG: CLEAN, Outcome.FINDINGS: FOUND}.get(critique.outcome, FAILED)


def read_apart(whole: Draft, settings: Settings) -> Critique:
    """The critique of the draft without the words to colleagues around it; offsets are those of the whole text."""
    around = set_apart(Message(Place("", "", ""), Author.PERSON, "", whole.text))
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
        "outcome": critique.outcome.value,
        "fixed_rules_only": critique.fixed_rules_only,
        "checks": asdict(checks) if checks else None,
        "findings": [_finding(finding) for finding in critique.findings],
        "worth_a_look": [_finding(finding) for finding in critique.leads],
        "questions": [
            {"guideline": q.guideline, "question": q.question, "answers": list(q.answers)} for q in critique.questions
        ],
        "unplaced": critique.unplaced,
        "left_out": critique.left_out,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "guideline": finding.guideline,
        "severity": finding.severity.value,
        "quote": finding.quote,
        "start": finding.start,
        "end": finding.end,
        "why": finding.why,
        "replacement": finding.replacement,
        "origin": finding.origin.value,
    }


def _context(value: str) -> str:
    """The text itself, or what the file of that name holds."""
    try:
        is_file = bool(value) and Path(value).is_file()
    except OSError:
        is_file = False
    return read_text(value) if is_file else value
