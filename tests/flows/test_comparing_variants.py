"""Variants in Slack: what is compared when somebody asks for it, and what is told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from bot.assemble.rules import compare_variants
from bot.core.brand.facts import Fact
from bot.core.brand.variants import is_wish_to_compare
from bot.core.conversing import Ending, Turn
from bot.core.drafts import Author, Changed, Deleted, Draft, Message, Posted
from bot.core.errors import Trouble
from bot.core.words.brand import variants as words
from bot.core.words.conversing import footer
from bot.flows.brand.facts import FactSheets
from bot.flows.brand.variants import MOST_MESSAGES, CompareVariants, ReadThreads
from bot.flows.conversing import Converse, Recall
from bot.flows.receiving import AdmitOutsiders
from tests.flows.fake_facts import FakeFacts
from tests.flows.fake_settings import FakeSettings
from tests.flows.fake_talk import FakeSettings as TalkSettings
from tests.flows.fake_talk import FakeSpeech, FakeTurns, turn
from tests.flows.fakes import NOW, FakeClock, message, straight_on
from tests.flows.world import Steps, World

if TYPE_CHECKING:
    from bot.core.drafts import MessageEvent

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


def comparing(*facts: Fact, world: World | None = None) -> CompareVariants:
    sheets = FakeFacts({"T1": {fact.id: fact for fact in facts}})
    world = world or World()
    threads = ReadThreads(world.drafts, world.channels, world.opt_outs, admit=AdmitOutsiders(FakeSettings()))
    return CompareVariants(compare_variants, FactSheets(sheets, FakeSettings(), FakeClock(straight_on)), threads)


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


async def test_what_all_are_told_of_the_payer_has_one_line() -> None:
    said = await comparing()("T1", "Tea. Paid for by Leaf & Co.\n---\nMore tea. Paid for by Leaf & Co.")
    assert "- Who pays: Paid for by … no. 1, no. 2: “Leaf & Co”" in said
    assert said.count("Who pays") == 1


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
    await Converse(turns, FakeSpeech(), recall, compare=comparing(world=world) if compares else None)(
        Steps(), asked.id, 0
    )
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


async def test_below_a_draft_whose_time_is_up_the_replies_are_compared() -> None:
    world = World()
    record = await world.drafts.add(message(VARIANTS))
    assert record
    world.drafts.rows[record.id] = replace(record, author_id="", draft=Draft(""), erased=True)
    assert "I read 2 variants in 2 replies" in await thread_of(
        below(1, STUDENTS), below(2, PARENTS), top="", world=world
    )


# The replies in a thread.

STUDENTS = "Students:\nThe Brio box is £5 a month. Free delivery."
PARENTS = "For parents:\nSchool mornings sorted: our Brio box costs £7 a month."
TOP = message(STUDENTS).place


def below(second: int, text: str, **more: Any) -> Posted:
    made = Message(replace(TOP, ts=f"{NOW + second:.6f}"), Author.PERSON, "U2", text=text, thread=TOP.ts)
    return Posted(replace(made, **more))


async def thread_of(*replies: MessageEvent, top: str = STUDENTS, world: World | None = None) -> str:
    """What somebody reads who asks to compare the thread."""
    world = world or World()
    if top:
        await world.drafts.add(message(top))
        world.channels.past.append(Posted(message("Slack's own words of the draft, which are not read.")))
    world.channels.threads += replies
    asked = turn(text="compare", thread=TOP.ts)
    return (await answered(asked, world)).answer.text


async def test_the_replies_that_are_variants_are_compared_with_the_draft() -> None:
    said = await thread_of(
        below(1, PARENTS),
        below(2, "Looks good, thanks! Can we make it £6?"),
        below(3, "Here's the teachers version:\n\nThe Brio box is £9 a month. Cancel any time."),
        below(4, "The Brio box is £1 a month.", author=Author.BOT),
        below(5, "@candor The Brio box is £2 a month.", mentions_us=True),
        below(6, "compare"),
        below(7, "Our Brio box: £3 a month for everyone. Order now!", author=Author.OUTSIDER),
        below(8, "Our Brio box: £4 a month for everyone. Order now!", borrowed=True),
    )
    first, read, contradictions, *_ = said.split("\n\n")
    assert first.startswith("3 variants for 3 audiences: 1 contradiction")
    assert read == (
        "I read 1 variant in the draft at the top and 2 variants in 2 replies (reply 1: “School mornings sorted: our "
        "Brio box…”; reply 2: “The Brio box is £9 a month. Cancel any…”). I left out 2 replies that read like talk and "
        "1 reply from outside your organisation."
    )
    assert "Students: “£5 a month”; parents: “£7 a month”; teachers: “£9 a month”" in contradictions


async def test_each_reply_counts_in_its_newest_words_and_once_and_not_when_it_is_deleted() -> None:
    edited = below(1, PARENTS.replace("7", "8"), revision="1.0")
    said = await thread_of(Changed(edited.message), below(1, PARENTS), Deleted(replace(TOP, ts="9.0")))
    assert "Students: “£5 a month”; parents: “£8 a month”" in said
    assert "1 variant in 1 reply (" in said


async def test_the_answer_notes_whose_messages_it_may_quote() -> None:
    world = World()
    world.channels.past.append(Posted(replace(message(STUDENTS), author_id="U7")))
    world.channels.threads += [
        below(1, PARENTS),
        below(2, "Looks good, thanks!", author_id="U3"),
        below(3, "Teachers:\nThe Brio box is £9 a month.", author_id="U4"),
        below(4, "Nurses:\nThe Brio box is £9 a month.", author_id="U4"),
    ]
    there = await answered(turn(text="compare", thread=TOP.ts), world)
    assert there.answer.quoted == ("U7", "U2", "U4")
    assert (await answered(turn(text=f"compare\n{VARIANTS}"), world)).answer.quoted == ()


async def test_variants_without_an_audience_are_called_by_where_they_stand() -> None:
    two = "A) The Brio box is £6 a month.\nB) The Brio box is £7 a month."
    top = "The Brio box is £5 a month.\n---\nThe Brio box is £5 a month, baked in Leeds."
    said = await thread_of(below(1, two), below(2, "The Brio box costs £8 a month. Order now!"), top=top)
    assert "the draft, no. 1, the draft, no. 2: “£5 a month”" in said
    assert "reply 1, A: “£6 a month”; reply 1, B: “£7 a month”; reply 2: “£8 a month”" in said
    placed = await thread_of(below(1, "LinkedIn: The Brio box is £6 a month. Order yours now!"))
    assert "Students: “£5 a month”; reply 1: “£6 a month”" in placed
    titled = await thread_of(below(1, "*Spring sale*\nThe Brio box is £6 a month. Order yours now!"))
    assert "(reply 1: “*Spring sale* The Brio" not in titled
    assert "(reply 1: “Spring sale The Brio box" in titled
    both = await thread_of(below(1, "Students:\nThe Brio box is £6 a month."))
    assert "Students (the draft): “£5 a month”; Students (reply 1): “£6 a month”" in both


async def test_a_thread_under_talk_is_compared_too_and_its_first_message_where_it_is_a_variant() -> None:
    world = World()
    world.channels.past.append(Posted(message("Who has the variants for spring? Please add them below.")))
    said = await thread_of(below(1, STUDENTS), below(2, PARENTS), top="", world=world)
    assert "I read 2 variants in 2 replies" in said
    assert "top" not in said
    unkept = World()
    unkept.channels.past.append(Posted(message(STUDENTS)))
    assert "I read 1 variant in the draft at the top and 1" in await thread_of(below(1, PARENTS), top="", world=unkept)


async def test_people_who_are_read_only_when_they_ask_are_left_out_unless_they_ask() -> None:
    world = World()
    world.opt_outs.out |= {("T1", "U2"): 1.0, ("T1", "U1"): 1.0}
    said = await thread_of(below(1, PARENTS), below(2, PARENTS, author_id="U1"), world=world)
    assert "1 variant in 1 reply" in said
    assert "I left out 1 reply by people who've asked me not to read their drafts." in said


async def test_a_long_thread_is_read_up_to_a_number_and_says_so() -> None:
    many = [below(n, f"Our Brio box is £7 a month. Order box {n} now!") for n in range(1, MOST_MESSAGES + 50)]
    said = await thread_of(*many)
    assert f"{MOST_MESSAGES - 1} variants in {MOST_MESSAGES - 1} replies" in said
    assert "and 993 more)" in said
    assert "The thread is very long: I only read its first 1,000 messages." in said


async def test_what_slack_does_not_show_is_said() -> None:
    world = World()
    world.channels.troubles["T1", "C1"] = Trouble.ABSENT
    assert await thread_of(top="", world=world) == words.NOT_READ
    world = World()
    world.channels.troubles["T1", "C1"] = Trouble.LATER
    said = await thread_of(top=VARIANTS, world=world)
    assert said.startswith("3 variants")
    assert words.THREAD_UNREAD in said


async def test_one_variant_alone_is_told_how_to_add_others() -> None:
    said = await thread_of(below(1, "Nice one, thanks!"))
    assert said.startswith(words.ONLY_ONE_HERE)
    assert said.endswith("I read 1 variant in the draft at the top. I left out 1 reply that reads like talk.")
    nothing = await thread_of(below(1, "Nice one, thanks!"), top="")
    assert nothing == f"{words.NOT_HERE}\n\nI left out 1 reply that reads like talk."
