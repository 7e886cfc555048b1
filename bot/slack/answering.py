"""The window in which somebody changes an answer. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.words import answers as words
from bot.slack.elements import piece, plain, rich, rich_text
from bot.slack.forms import field, given, radios

if TYPE_CHECKING:
    from bot.core.answer import Answer
    from bot.core.click import Click
    from bot.slack.json import Json

CHANGED = "candor_answer_changed"
_ANSWER = "answer"
_OPTION = 75


def answer_window(answer: Answer, click: Click) -> Json:
    """The question with what can be answered."""
    options = {str(number): option[:_OPTION] for number, option in enumerate(answer.options)}
    chosen = str(answer.options.index(answer.answer)) if answer.answer in answer.options else ""
    return {
        "type": "modal",
        "callback_id": CHANGED,
        "private_metadata": f"{click.target.value}\n{click.at}",
        "title": plain(words.TITLE),
        "submit": plain(words.SUBMIT),
        "close": plain(words.CANCEL),
        "blocks": [
            rich_text(rich("rich_text_section", piece(answer.question, bold=True))),
            field(_ANSWER, words.ANSWER, radios(options, chosen), optional=False),
        ],
    }


def number_of(view: Json) -> int | None:
    """The option that somebody chose."""
    chosen = given(view).get(_ANSWER, "")
    return int(chosen) if chosen else None
