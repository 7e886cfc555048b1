"""A draft is judged variant by variant, each for its own platform."""

from __future__ import annotations

import threading
from dataclasses import replace

from bot.core.drafts import Draft
from bot.core.findings import Edit, Finding
from bot.core.guidelines import Checks, Severity
from bot.core.judging import Judgement, Outcome
from bot.flows.reviewing import critique_beside, critique_of, found_by_rules, review_text, rule_findings


class NoHurry:
    """Minds one word, and only on one platform."""

    guidelines = 3
    own_set = 0

    def __init__(self) -> None:
        self.read: list[tuple[str, str, int]] = []

    def across(self, draft: Draft) -> tuple[Finding, ...]:
        return ()

    def checks(self, draft: Draft) -> Checks:
        return Checks(len(draft.platform), 9)

    def findings(self, draft: Draft) -> tuple[Finding, ...]:
        self.read.append((draft.platform, draft.text, len(draft.parts)))
        at = draft.text.find("now")
        if at < 0 or draft.platform == "email":
            return ()
        edit = Edit(at, at + 3, "today")
        bare = Finding("transparency/label", Severity.CONSIDER, 0, end=1, quote=draft.text[:1], why="Why.")
        return (
            Finding("user-control/hurry", Severity.SHOULD_FIX, at, end=at + 3, quote="now", why="Why.", edit=edit),
            bare,
        )


def test_every_variant_is_judged_for_its_own_platform_and_a_note_above_is_not() -> None:
    rules = NoHurry()
    review_text(Draft("Needed now!\nNewsletter: Buy now\nX thread:\n1/ Buy\n2/ now"), rules)
    assert rules.read == [("email", "Buy now", 0), ("x", "1/ Buy\n2/ now", 2)]


def test_findings_and_their_edits_stand_where_they_stand_in_the_whole_draft() -> None:
    text = "A note\n\nIG: Buy now\n---\nCome now"
    critique = review_text(Draft(text), NoHurry())
    hurried = [f for f in critique.findings if f.edit]
    assert [text[f.start : f.end] for f in critique.findings] == [f.quote for f in critique.findings]
    assert [f.replacement for f in hurried] == ["today", "today"]
    assert [f.start for f in hurried] == [text.index("now"), text.rindex("now")]


def test_a_lead_is_no_finding_and_a_model_takes_its_place() -> None:
    class Leads(NoHurry):
        def findings(self, draft: Draft) -> tuple[Finding, ...]:
            return tuple(replace(finding, lead=finding.edit is not None) for finding in super().findings(draft))

    draft = Draft("Buy now")
    alone = review_text(draft, Leads())
    assert ([f.quote for f in alone.findings], [f.quote for f in alone.leads]) == (["B"], ["now"])
    judged = critique_of(draft, rule_findings(draft, Leads()), Judgement(), rules=Leads())
    assert ([f.quote for f in judged.findings], judged.leads) == (["B"], ())


def test_the_checks_are_those_of_the_post_that_most_can_read() -> None:
    assert review_text(Draft("IG: Bread\nX: Bread"), NoHurry()).checks == Checks(len("instagram"), 9)
    assert review_text(Draft(""), NoHurry()).checks == Checks()


def test_nothing_found_is_nothing_to_flag() -> None:
    critique = review_text(Draft("Newsletter: Buy now"), NoHurry())
    assert (critique.outcome, critique.findings, critique.guidelines) == (Outcome.NOTHING_TO_FLAG, (), 3)


async def test_a_long_draft_is_read_in_a_thread_so_that_nobody_waits_for_it() -> None:
    where: list[bool] = []

    class Watched(NoHurry):
        def findings(self, draft: Draft) -> tuple[Finding, ...]:
            where.append(threading.current_thread() is threading.main_thread())
            return super().findings(draft)

        def across(self, draft: Draft) -> tuple[Finding, ...]:
            return ()

        def checks(self, draft: Draft) -> Checks:
            where.append(threading.current_thread() is threading.main_thread())
            return super().checks(draft)

    short, long = Draft("Buy now"), Draft("Buy now. " * 400)
    for draft in (short, long):
        found = await found_by_rules(draft, Watched())
        critique = await critique_beside(draft, found, None, rules=Watched())
        assert (len(found), len(critique.findings)) == (2, 2)
    assert where == [True, True, False, False]


async def test_a_workspaces_own_patterns_are_looked_for_in_a_thread_of_their_own_however_short_the_draft() -> None:
    where: list[str] = []

    class Own(NoHurry):
        own_set = 2

        def findings(self, draft: Draft) -> tuple[Finding, ...]:
            where.append(threading.current_thread().name)
            return super().findings(draft)

    assert len(await found_by_rules(Draft("Buy now"), Own())) == 2
    assert "own patterns" in where[0]
