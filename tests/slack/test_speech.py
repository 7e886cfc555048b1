from __future__ import annotations

import pytest

from bot.core.conversing import Ending, TurnAnswer
from bot.slack.blocks import MOST_BYTES, fallback, parts_of
from bot.slack.conversing import LONGEST, below, short, turn_in, with_note
from bot.slack.wire.payloads import unescaped
from tests.flows.fake_talk import turn


def test_a_long_answer_is_cut_where_a_line_or_a_word_ends() -> None:
    lines = "\n".join("word " * 20 for _ in range(300))
    parts = parts_of(lines, LONGEST)
    assert all(0 < len(part) <= LONGEST for part in parts)
    assert "".join(part.replace("\n", "") for part in parts) == lines.replace("\n", "")
    assert [len(part) for part in parts_of("x" * (LONGEST + 5), LONGEST)] == [LONGEST, 5]
    assert parts_of("a " * LONGEST, LONGEST)[0].endswith("a")
    assert parts_of("short") == ["short"]


def test_the_note_and_the_way_to_try_again_stand_where_they_belong() -> None:
    assert with_note("end", TurnAnswer(Ending.ANSWERED, "end")) == "end"
    assert with_note("end", TurnAnswer(Ending.STOPPED, "end")) == "end\n\nStopped."
    kinds = [block["type"] for block in below(turn(), TurnAnswer(Ending.BROKEN, "x"))]
    assert kinds == ["actions", "context"]
    assert [block["type"] for block in below(turn(), TurnAnswer(Ending.DECLINED))] == ["context"]


def test_the_text_for_notifications_calls_nobody() -> None:
    assert short("<!channel> & co") == "&lt;!channel&gt; &amp; co"


@pytest.mark.parametrize(
    ("value", "expected"), [("T1:C1:1.0", "T1:C1:1.0"), ("T2:C1:1.0", ""), ("", ""), ("T1", ""), ("v1|T1:C1:1.0|x", "")]
)
def test_a_button_speaks_only_of_its_own_workspace(value: str, expected: str) -> None:
    assert turn_in(value, "T1") == expected


@pytest.mark.parametrize("sign", ["a", "値", "&", "<", "😀"])
def test_the_plain_text_never_has_more_bytes_than_slack_takes_in_an_edit(sign: str) -> None:
    said = short("x" + sign * 5_000)
    assert 3_900 < len(said.encode()) <= MOST_BYTES
    assert said.endswith("…")
    assert unescaped(said).strip("x…") == sign * (len(unescaped(said)) - 2)


def test_a_name_in_slacks_markup_is_not_cut_in_two() -> None:
    assert fallback("x" * 3_990 + "<@U0DANA> and more") == "x" * 3_990 + "…"
