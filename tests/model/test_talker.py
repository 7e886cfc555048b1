"""What the model reads in a conversation, and what of its words people see."""

from __future__ import annotations

import itertools
import json
import logging
from contextlib import aclosing
from dataclasses import replace
from string import Template
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.conversing import AnswerPiece, EarlierExchange, TalkContext, TalkPoint
from bot.core.deciding import Decision
from bot.core.drafts import Draft, Picture
from bot.core.guidelines import Policy
from bot.core.judging import ModelFailed
from bot.model.brief import load_prompt
from bot.model.conversing import ConversationSetup, ModelTalker
from bot.model.opening import open_speaker
from bot.model.plain_answer import PlainAnswer, links_in
from tests.core.test_own_guidelines import made
from tests.model.cases import CLAIM, QUICK
from tests.model.conftest import sensitive
from tests.model.server import Fault, ScriptedModel
from tests.model.sse import Stream

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

    from bot.core.guidelines import Library

MAIL = "ana.perez@example.org"
POST = f"Our tonic cures every cold. Write to {MAIL} or see https://a.example/tonic."
POINT = TalkPoint(
    2, CLAIM, "cures every cold", why="Readers may rely on it.", suggestion="warms you up", decision=Decision.OPEN
)
TALK = TalkContext(
    "T1",
    "U2",
    "why is 2 a problem?",
    said=(EarlierExchange("U1", "hello", "I read drafts."), EarlierExchange("U2", f"and {MAIL}?", "")),
    draft=Draft(POST, "linkedin", pictures=(Picture("a bottle"),)),
    reviewed=True,
    points=(POINT,),
    questions=("Was it paid for?",),
    facts=("Founded in 1998.",),
    markets=("Germany",),
)


@pytest.fixture
async def talker(server: ScriptedModel, api: Any, library: Library, root: Path) -> AsyncGenerator[ModelTalker]:
    model = open_speaker(api_key="k", base_url=server.url, model="m", effort="", limits=QUICK, api=api)
    prompt = load_prompt(root / "prompts" / "converse.md", "guidelines")
    made = ModelTalker(
        model, library, prompt, installation=ConversationSetup(b"secret", sensitive, "## The team's own")
    )
    yield made
    await made.aclose()


async def said(talker: ModelTalker, talk: TalkContext = TALK) -> list[AnswerPiece]:
    async with aclosing(talker.reply(talk)) as pieces:
        return [piece async for piece in pieces]


async def test_the_model_reads_the_draft_its_points_and_the_thread_and_no_names(
    server: ScriptedModel, talker: ModelTalker
) -> None:
    await said(talker)
    asked = server.requests[0]
    assert asked.talk == {
        "brand": {"facts": ["Founded in 1998."], "markets": ["Germany"]},
        "draft": {
            "platform": "linkedin",
            "context": "",
            "alt_texts": ["a bottle"],
            "text": POST.replace(MAIL, "[EMAIL_1]"),
        },
        "review": "done",
        "points": [
            {
                "number": 2,
                "guideline": "Claims come with evidence",
                "words": "cures every cold",
                "why": "Readers may rely on it.",
                "suggestion": "warms you up",
                "people_decided": "open",
            }
        ],
        "open_questions": ["Was it paid for?"],
        "conversation": [
            {"who": "person 1", "said": "hello"},
            {"who": "Candor", "said": "I read drafts."},
            {"who": "person 2", "said": "and [EMAIL_1]?"},
        ],
        "message": {"who": "person 2", "said": "why is 2 a problem?"},
    }
    assert "Claims come with evidence" in asked.instructions
    assert MAIL not in str(asked.body)
    assert "U2" not in asked.turns[0]


async def test_a_plain_talk_has_no_draft_and_one_under_review_says_so(
    server: ScriptedModel, talker: ModelTalker
) -> None:
    await said(talker, TalkContext("T1", "U1", "What can you do?"))
    await said(talker, replace(TALK, reviewed=False, points=(replace(POINT, guideline="no/such", suggestion=None),)))
    assert server.requests[0].talk["draft"] is None
    assert "points" not in server.requests[0].talk
    assert server.requests[1].talk["review"] == "under way"
    assert server.requests[1].talk["points"][0]["guideline"] == "no/such"


async def test_the_instructions_hold_the_guidelines_that_count_in_the_workspace(
    server: ScriptedModel, talker: ModelTalker, library: Library
) -> None:
    off = replace(TALK, policy=Policy(off=frozenset({CLAIM})))
    for talk in (TALK, off, TALK):
        await said(talker, talk)
    title = library.find(CLAIM)
    assert title
    assert [title.title in asked.instructions for asked in server.requests] == [True, False, True]
    assert server.requests[0].body == server.requests[2].body


async def test_a_workspaces_own_guidelines_are_known_to_it_alone_and_stand_behind_the_others(
    server: ScriptedModel, talker: ModelTalker, library: Library
) -> None:
    own = replace(made(), title="Guests, not customers")
    point = replace(POINT, guideline=own.id)
    for known in (library.with_own((own,), version=2), library.with_own((), version=9), None):
        await said(talker, replace(TALK, library=known, points=(point,)))
    first, second, third = server.requests
    shipped, _, told = first.instructions.partition("## The team's own")
    assert json.loads(told[told.index("{") : told.index("}\n\n#") + 1])["title"] == "Guests, not customers"
    assert "Claims come with evidence" in shipped
    assert first.talk["points"][0]["guideline"] == "Guests, not customers"
    assert second.body == third.body
    assert "The team's own" not in second.instructions


async def test_values_come_back_and_nothing_new_is_linked_or_called(server: ScriptedModel, talker: ModelTalker) -> None:
    server.will(
        "Write to [EMAIL_1], see [the page](https://a.example/tonic), not [this](https://evil.example) or "
        "https://evil.example/x now. <!channel> @here <@U123> ![pic](https://evil.example/p.png) ends [date]"
    )
    text = "".join(piece.text for piece in await said(talker))
    assert text == (
        f"Write to {MAIL}, see https://a.example/tonic, not this or [link] now. ‹!channel> here ‹@U123> pic ends [date]"
    )


async def test_a_cut_answer_says_so_and_names_its_model(server: ScriptedModel, talker: ModelTalker) -> None:
    server.will(Stream("It ends here", "cut"))
    pieces = await said(talker)
    assert (pieces[-1].cut, pieces[-1].model) == (True, "m-2026")


async def test_neither_words_nor_errors_are_logged(
    server: ScriptedModel, talker: ModelTalker, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.will("zebra-answer", Fault("status", 400, "invalid_value", message="zebra-error"))
    await said(talker, replace(TALK, message="zebra-question"))
    with pytest.raises(ModelFailed):
        await said(talker)
    assert "talked (team T1, tokens (100, 60, 20))" in caplog.text
    assert "zebra" not in caplog.text


def plain(text: str, cuts: tuple[int, ...] = (), known: str = "") -> str:
    answer = PlainAnswer(links_in([known]), lambda words: words.replace("[EMAIL_1]", MAIL))
    ends = sorted({min(cut, len(text)) for cut in cuts})
    pieces = [text[start:end] for start, end in itertools.pairwise([0, *ends, len(text)])]
    return "".join([*map(answer.feed, pieces), answer.rest()])


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain words", "plain words"),
        ("  \n leading", "leading"),
        ("<think>hm https://x.example</think>\n\nAnswer", "Answer"),
        ("<think>never ends", ""),
        ("<thinking>hm</thinking> Answer", "Answer"),
        ("<seed:think>hm</seed:think>Answer", "Answer"),
        ("[THINK]hm[/THINK]Answer", "Answer"),
        ("Answer, <think>or not?</think>and so on", "Answer, and so on"),
        (
            "<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>final<|message|>Answer<|return|>",
            "Answer",
        ),
        ("<b>bold</b>", "‹b>bold‹/b>"),
        ("a@b", "a@b"),
        ("ask me@evil.example, please", "ask [link] please"),
        ("@ channel", "@ channel"),
        ("@@channel", "channel"),
        ("[a](b) c", "a c"),
        ("[a](www.evil.example)", "a"),
        ("x](https://evil.example) y", "[link] y"),
        ("[https://evil.example](https://evil.example)", "[link]"),
        ("[open and never closed " + "x " * 400, "[open and never closed " + "x " * 400),
        ("1. [date]\n2. [price] (net)", "1. [date]\n2. [price] (net)"),
        ("tag\u200bged \u202eno", "tagged no"),
        ("see https://a.example/.", "see https://a.example/."),
        ("Write to [EMAIL_1].", f"Write to {MAIL}."),
    ],
)
def test_what_is_shown_of_an_answer(text: str, shown: str) -> None:
    known = f"https://a.example {MAIL}"
    assert plain(text, known=known) == shown
    for cut in range(len(text)) if len(text) < 80 else ():
        assert plain(text, (cut, cut + 3), known=known) == shown


@given(
    st.lists(st.sampled_from(["[", "](", ")", "https://", "evil.ex", " ", "@", "channel", "<!", "here", "a", "!["])),
    st.data(),
)
def test_no_way_of_cutting_lets_a_call_or_a_new_link_through(parts: list[str], data: st.DataObject) -> None:
    text = "".join(parts)
    cuts = data.draw(st.lists(st.integers(0, max(0, len(text))), max_size=6))
    shown = plain(text, tuple(cuts))
    assert "<" not in shown
    assert "https://" not in shown
    assert "@channel" not in shown
    assert "@here" not in shown


def test_a_prompt_needs_its_guidelines(tmp_path: Path) -> None:
    (tmp_path / "converse.md").write_text("$guidelines", encoding="utf-8")
    assert isinstance(load_prompt(tmp_path / "converse.md", "guidelines"), Template)
    with pytest.raises(Exception, match="“\\$other” is missing"):
        load_prompt(tmp_path / "converse.md", "guidelines", "other")


def read(pieces: list[AnswerPiece]) -> str:
    """What stands there in the end."""
    last = max((number for number, piece in enumerate(pieces) if piece.anew), default=0)
    return "".join(piece.text for piece in pieces[last:])


@pytest.mark.parametrize("api", ["chat"], indirect=True)
async def test_a_thought_without_a_beginning_is_taken_back_once_and_then_held(
    server: ScriptedModel, talker: ModelTalker
) -> None:
    server.otherwise = Stream("My secret plan is to be short. </think> Use #ad at the start.")
    first = await said(talker)
    assert read(first) == "Use #ad at the start."
    second = await said(talker)
    assert "secret" not in "".join(piece.text for piece in second)
    assert read(second) == "Use #ad at the start."
    server.otherwise = Stream("My secret plan is", "cut")
    assert "secret" not in "".join(piece.text for piece in await said(talker))


@pytest.mark.parametrize("model", ["deepseek-r1:8b", "Qwen3-14B", "openai/gpt-oss-20b", "seed-oss-36b"])
async def test_of_a_model_that_thinks_by_its_name_nothing_is_shown_before_the_thought_ends(
    server: ScriptedModel, library: Library, root: Path, model: str
) -> None:
    speaker = open_speaker(api_key="k", base_url=server.url, model=model, effort="", limits=QUICK, api="chat")
    prompt = load_prompt(root / "prompts" / "converse.md", "guidelines")
    talker = ModelTalker(speaker, library, prompt, installation=ConversationSetup(b"secret", sensitive))
    server.will(
        Stream("A secret plan. </think> Use #ad."),
        Stream("No plan. Use #ad."),
        Stream("Use it at the very start, and then stop."),
    )
    assert "".join(piece.text for piece in await said(talker)) == "Use #ad."
    assert read(await said(talker)) == "No plan. Use #ad."
    assert len([piece for piece in await said(talker) if piece.text]) > 1
    await talker.aclose()


FINAL = "<|end|><|start|>assistant<|channel|>final<|message|>"
THOUGHTS = (
    ("<think>", "</think>"),
    ("<THINK>", "</THINK>"),
    ("<Thinking>", "</Thinking>"),
    ('<think effort="low">', "</think>"),
    ("< think >", "</ think >"),
    ("<thought>", "</thought>"),
    ("<reasoning>", "</reasoning>"),
    ("<analysis>", "</analysis>"),
    ("<scratchpad>", "</scratchpad>"),
    ("<reflection>", "</reflection>"),
    ("<antThinking>", "</antThinking>"),
    ("<seed:think>", "</seed:think>"),
    ("[THINK]", "[/THINK]"),
    ("◁think▷", "◁/think▷"),
    ("<|START_THINKING|>", "<|END_THINKING|><|START_RESPONSE|>"),
    ("<|begin_of_thought|>", "<|end_of_thought|>\n\n<|begin_of_solution|>"),
    ("<|inner_prefix|>", "<|inner_suffix|>"),
    ("<|channel>thought\n", "<channel|>"),
    ("<unused94>thought\n", "<unused95>"),
    ("<|channel|>analysis<|message|>", FINAL),
    ("<|channel|>commentary<|message|>", FINAL),
    ("<|channel|>analysis<|message|>", "<|end|><|channel|>final <|constrain|>json<|message|>"),
    ("analysisWe keep a ", "assistantfinal"),
    ("Here is my thought process: ", "\nHere is my response: "),
)


@pytest.mark.parametrize(("opening", "end"), THOUGHTS)
@given(cuts=st.lists(st.integers(0, 120), max_size=6))
def test_no_thought_is_shown_however_it_is_cut(opening: str, end: str, cuts: list[int]) -> None:
    assert plain(f"{opening}secret, {end}\nThe answer.", tuple(cuts)) == "The answer."
    assert plain(f"{opening}secret, and no end", tuple(cuts)) == ""
    assert plain(f"{opening}secret, and no end", tuple(range(90))) == ""


@pytest.mark.parametrize("mused", ["Okay, the user asks why. ", "We need to be short. ", "Hmm. ", "Der Nutzer fragt. "])
def test_what_begins_like_a_thought_waits_for_the_end_whoever_says_it(mused: str) -> None:
    text = f"{mused}A secret plan, so flatter them. </think> Use #ad."
    answer = PlainAnswer(frozenset(), str)
    assert "".join(answer.feed(character) for character in text) + answer.rest() == "Use #ad."
    cut = PlainAnswer(frozenset(), str)
    assert "".join(cut.feed(character) for character in mused) + cut.rest(whole=False) == ""
    assert plain(f"{mused}That is all.", tuple(range(40))) == f"{mused}That is all."


def test_what_begins_like_an_answer_is_shown_as_it_comes() -> None:
    answer = PlainAnswer(frozenset(), str)
    assert answer.feed("Use #ad at the very start of the ") == "Use #ad at the very start of the "
    assert answer.feed("caption, a < b ") == "caption, a ‹ b "
    short = PlainAnswer(frozenset(), str)
    assert short.feed("Yes. Use ") == "Yes. Use "
    assert plain("<answer>Use #ad.</answer>") == "Use #ad."
    assert plain("Use #ad. <think>Or not?</think> Then stop.", (4, 9, 20)) == "Use #ad.  Then stop."
