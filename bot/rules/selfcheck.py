"""Runs the examples that every guideline file carries."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.core.draft import Draft, Picture
from bot.core.errors import FileFault
from bot.core.guideline import Library
from bot.core.rule import RuleKind
from bot.rules.engine import RuleEngine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.core.guideline import Example, Guideline
    from bot.core.rule import Rule, RuleExample


def check_examples(guideline: Guideline, path: str) -> Iterator[FileFault]:
    """Every example that does not come out as the file says, with its line.

    A rule catches its own Bad examples and lets its own Good ones through; no rule of the file flags
    a post under "## Good"; a post under "## Bad" that names a rule is caught by it.
    """
    for rule in guideline.rules:
        engine = RuleEngine(Library((replace(guideline, rules=(rule,)),)))
        for example in rule.catches:
            if not _trips(engine, rule, example, alt_text=""):
                yield FileFault(path, example.line, f"the rule “{rule.name}” does not catch this Bad example")
        for example in rule.lets_through:
            if _trips(engine, rule, example, alt_text="A lighthouse in fog."):
                yield FileFault(path, example.line, f"the rule “{rule.name}” flags this Good example")
    yield from _check_posts(guideline, path)


def _trips(engine: RuleEngine, rule: Rule, example: RuleExample, *, alt_text: str) -> bool:
    platform = (*rule.only_on, "")[0]
    if rule.kind is RuleKind.DETECTOR and rule.subject == "platform length":
        platform = "x"
    draft = Draft(example.text, platform, pictures=(Picture(alt_text),))
    return any(True for _ in engine.all_findings(draft))


def _check_posts(guideline: Guideline, path: str) -> Iterator[FileFault]:
    engine = RuleEngine(Library((guideline,)))
    for example in guideline.bad:
        found = {finding.rule for finding in engine.all_findings(_draft(example))}
        if example.caught_by and example.caught_by not in found:
            yield FileFault(path, example.line, f"the rule “{example.caught_by}” does not catch this post")
    for example in guideline.good:
        for finding in engine.all_findings(_draft(example)):
            reason = f"the rule “{finding.rule}” flags “{finding.quote}” in this Good post"
            yield FileFault(path, example.line, reason)


def _draft(example: Example) -> Draft:
    return Draft(example.text, example.platform, example.context)
