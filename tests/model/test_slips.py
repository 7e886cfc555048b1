"""What is nearly JSON in a model's answer is read, and what stands around it or in its strings is left alone."""

from __future__ import annotations

import pytest
from pydantic import BaseModel

from bot.model.forms import read_as


class _Read(BaseModel):
    a: object


@pytest.mark.parametrize(
    ("answer", "read"),
    [
        ('#1: {"a": [1, 2,]}', [1, 2]),
        ('Answer #1: {"a": 1,}', 1),
        ('See https://a.example // #1: {"a": {"b": [1,],},} // done', {"b": [1]}),
        ('{"a": "https://a.example/#2 // not, } a comment",}', "https://a.example/#2 // not, } a comment"),
        ('5" wide: {"a": [None, True,]}', [None, True]),
        ('{"a": 1,} #2: {"a": 2,}', 2),
        ('{"a": [1, // one\n2, # two\n/* and } */],}', [1, 2]),
        ('{"a": 1 /* one */, // no more\n}', 1),
        ('Here: {"a": 1,} /* never closed', 1),
        ('{"a": "They call it „two weeks" as a promise."}', 'They call it „two weeks" as a promise.'),
        ('{"a": "the label "Zutaten": flour", "b": [1,]}', 'the label "Zutaten": flour'),
        ('{"a": "won\\\'t"}', "won't"),
        (r'{"wrapped": {"a": "5 \* 3, won\”t, \u201cso\u201d, a \"b\""}}', '5 * 3, won”t, “so”, a "b"'),
        ('{"a": "C:\\docs and \\users"}', "C:\\docs and \\users"),
    ],
)
def test_slips_are_taken_out_of_the_objects_alone(answer: str, read: object) -> None:
    assert read_as(answer, _Read).a == read
