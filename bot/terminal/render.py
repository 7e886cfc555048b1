"""A critique, pretty in a terminal."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from bot.core.severity import Severity
from bot.core.words import terminal as words
from bot.core.words.model import lead
from bot.core.words.reply import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.core.critique import Critique
    from bot.core.draft import Draft
    from bot.core.finding import Finding

_COLOURS = {Severity.MUST_FIX: "bold red", Severity.SHOULD_FIX: "yellow", Severity.CONSIDER: "cyan"}


def render(critique: Critique, draft: Draft, problems: Mapping[str, str]) -> None:
    """Print the critique; plain text if standard output is no terminal. ``problems`` are by the guidelines' ids."""
    console = Console(highlight=False, soft_wrap=True)
    console.print(Text(words.headline(critique), style="bold"))
    for number, finding in enumerate(critique.findings, 1):
        console.print(_finding(number, finding, draft, problems.get(finding.guideline, finding.guideline)))
    for question in critique.questions:
        console.print(Text(words.question(question)))
    if critique.leads:
        lines = (lead(problems.get(name, name), quotes) for name, quotes in critique.quotes_worth_a_look.items())
        console.print(Text(words.leads(lines)))
    console.print(Text(words.footer(critique), style="dim"))


def _finding(number: int, finding: Finding, draft: Draft, problem: str) -> Text:
    text = Text(f"\n{number}. ")
    text.append(f"{SEVERITIES[finding.severity]}: {problem}", _COLOURS[finding.severity])
    text.append(f"  {words.line_of(draft.text, finding.start)}\n", "dim")
    text.append(f"   “{' '.join(finding.quote.split())}”\n", "italic")
    text.append(f"   {finding.why}")
    if edit := finding.edit:
        whole = edit if edit.start == edit.end else replace(edit, text=finding.change(draft.text)[1])
        text.append(f"\n   {words.edit(whole)}", "green")
    return text
