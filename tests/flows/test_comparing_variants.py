"""Variants in Slack: what is compared when somebody asks for it, and what is told."""

from __future__ import annotations

import pytest

from bot.assemble.rules import compare_variants
from bot.core.brand.facts import Fact
from bot.core.brand.variants import is_wish_to_compare
from bot.core.conversing import Ending, Turn
from bot.core.words.brand import variants as words
from bot.core.words.conversing import footer
from bot.flows.brand.facts import FactSheets
from bot.flows.brand.posts import CompareVariants
from bot.flows.conversing import Converse, Recall
from tests.flows.fake_facts import FakeFacts
from tests.flows.fake_settings import FakeSettings
from tests.flows.fake_talk import FakeSettings as TalkSettings
from tests.flows.fake_talk import FakeSpeech, FakeTurns, turn
from tests.flows.fakes import FakeClock, message, straight_on
from tests.flows.world import Steps, World

VARIANTS = """\
Students:
The Brio box is £5 a month. Free delivery. Delivery costs £4. Offer ends 12 June. <!channel> [x](https://a.example)
---
Parents:
Our Brio box costs £7 a month. Delivery costs £3. Offer ends 12 June. Refunds within 30 days.
---
Teachers:
Gift refunds within 14 days. Offer ends 12 June.
"""


THINGS = ["cat", "dog", "cow", "hen", "fox", "owl", "bee", "ant", "bat"]


def comparing(*facts: Fact) -> CompareVariants:
    sheets = FakeFacts({"T1": {fact.id: fact for fact in facts}})
    return CompareVariants(compare_variants, FactSheets(sheets, FakeSettings(), FakeClock(straight_on)))


async def test_contradictions_come_first_and_everything_has_a_line() -> None:
    compare = comparing(Fact("Delivery costs £3", id="f1"))
    first, *parts = (await compare("T1", VARIANTS)).split("\n\n")
    assert first.startswith("3 variants for 3 audiences: 2 contradictions, 1 difference that may be on purpose, 1 diff")
    assert parts[0].splitlines()[:2] == [
        f"**{words.CONTRADICTIONS}**",
        "- Price: Delivery costs … Students: “£4”; Parents: “£3”",
    ]
    assert "- Price: The Brio box is … Students: “£5 a month”; Parents: “£7 a month”" in parts[0]
    assert parts[1] == f"**{words.DRIFT}**\n- Students: “Delivery costs £4”. The fact sheet says: Delivery costs £3"
    assert parts[2].splitlines()[0] == f"**{words.MAY_BE_MEANT}**"
    assert parts[3] == f"**{words.PARTLY}**\n- Promise: free delivery (Students)"
    assert parts[4] == f"**{words.SAME}**\n- Date: Offer ends … Students, Parents, Teachers: “12 June”"
    assert parts[5:] == [words.swap("Students", "Parents"), words.BY_CODE]


async def test_peoples_words_call_nobody_and_long_lists_are_cut() -> None:
    one, two = (" ".join(f"The @here <{thing}> *[x]* costs £{price}." for thing in THINGS) for price in (1, 2))
    said = await comparing()("T1", f"{one}\n---\n{two}")
    assert not set("<>@*[]") & set(said.replace(f"**{words.CONTRADICTIONS}**", ""))
    assert "- …and 3 more." in said


async def test_however_much_is_compared_slack_takes_the_answer() -> None:
    told = " ".join(f"{thing} costs £{{0}} for {'very ' * 60}good people." for thing in THINGS)
    mixed = " ".join(f"Delivery costs £{{0}}. Gift {thing} costs £{{1}}." for thing in THINGS)
    variants = [f"For: {'w' * 300}\n{told} {mixed}".format(n, n % 2) for n in range(20)]
    said = await comparing()("T1", "\n---\n".join(variants))
    assert len(said) < 11_000
    parts = said.split("\n\n")
    assert max(map(len, parts)) < 2_900
    assert parts[-1] == words.BY_CODE


async def test_one_variant_is_told_how_to_write_several() -> None:
    assert await comparing()("T1", "") == words.NO_VARIANTS
    assert await comparing()("T1", "Just one.") == words.ONLY_ONE


@pytest.mark.parametrize(
    "said", ["compare", "Compare!", "compare these variants, please", "please compare both versions"]
)
def test_a_wish_to_compare(said: str) -> None:
    assert is_wish_to_compare(said)
    assert not is_wish_to_compare(f"{said} with last year")
    assert not is_wish_to_compare("these variants")


async def answered(asked: Turn, world: World, *, compares: bool = True) -> Turn:
    turns = FakeTurns()
    recall = Recall(turns, world.drafts, TalkSettings())
    await turns.add(asked)
    await Converse(turns, FakeSpeech(), recall, compare=comparing() if compares else None)(Steps(), asked.id, 0)
    return turns.rows[asked.id]


async def test_in_a_thread_the_draft_or_what_is_pasted_is_compared_without_a_model() -> None:
    world = World()
    pasted = await answered(turn(text=f"compare\n{VARIANTS}"), world)
    assert pasted.answer.ending is Ending.COMPARED
    assert pasted.answer.text.startswith("3 variants")
    assert footer(pasted.answer) == "Automated reply from Candor."
    assert (await answered(turn(text="compare"), world)).answer.text == words.NOT_HERE
    assert (await answered(turn(text="compare"), world, compares=False)).answer.ending is Ending.NO_MODEL
    assert (await answered(turn(text="why?"), world)).answer.ending is Ending.NO_MODEL


async def test_the_draft_of_the_thread_is_compared_until_it_is_deleted() -> None:
    world = World()
    record = await world.drafts.add(message(VARIANTS))
    assert record
    asked = turn(text="Compare these, please", thread=record.place.ts)
    assert (await answered(asked, world)).answer.text.startswith("3 variants for 3 audiences: 2 contradictions")
    await world.drafts.erase(record.place)
    assert (await answered(asked, world)).answer.text == words.NOT_HERE
