"""What a model may say in Candor's name: no link, no call to anybody, no approval, nothing out of its prompts.

A draft can talk a model round. Whatever it answers then, these words do not reach people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.model.folded import fold
from bot.model.marks import is_link
from bot.model.masking import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.model.answers import CritiqueAnswer, IssueAnswer, Opinion, QuestionAnswer

_RUN = 8
"""So many words of a prompt in a row are no chance."""
_CALLS = ("@channel", "@here", "@everyone", "<!", "<@", "<#")
_LINKS = ("://", "www.", "](", "mailto:")
"""And what `is_link` knows where a path follows: a bare ``booking.com`` is how some brands are called."""
APPROVES = (
    "alles in ordnung",
    "aprobado para publicar",
    "aprovado para publica",
    "approuvé pour publication",
    "approvato per la pubblicazione",
    "bon pour publication",
    "gotowe do publikacji",
    "kann so veröffentlicht werden",
    "keine beanstandungen",
    "klaar om te publiceren",
    "listo para publicar",
    "pronto para publica",
    "pronto per la pubblicazione",
    "prêt à publier",
    "zur veröffentlichung freigegeben",
    "可以发布",
    "审核通过",
    "承認済み",
    "all clear",
    "approved by candor",
    "approved for publi",
    "approved to publish",
    "candor approve",
    "candor has approved",
    "cleared for publi",
    "good to go",
    "looks fine to publish",
    "looks good",
    "no changes needed",
    "no issues found",
    "nothing to flag",
    "ready to post",
    "ready to publish",
    "safe to post",
    "safe to publish",
    "signed off by candor",
    "sign off granted",
    "this draft is approved",
    "this draft is fine",
    "this post is approved",
    "this post is fine",
    "this text is approved",
    "this text is fine",
)
_VERDICTS = """
approved approuvé approvato aprobado aprovado compliant freigegeben genehmigt goedgekeurd lgtm zatwierdzone 已批准 承認
"""
VERDICTS = frozenset(_VERDICTS.split())
"""Verdicts when a sentence begins with them; elsewhere they may speak of the post's own words."""


class OwnWords:
    """Clears answers of what Candor never says. ``prompts`` are the texts that stay where they are."""

    def __init__(self, prompts: Iterable[str]) -> None:
        self._runs = frozenset(run for prompt in prompts for run in _runs(prompt))

    def cleared(self, answer: CritiqueAnswer) -> CritiqueAnswer:
        """The answer; an issue loses its reason, and a question its words, where they may not be said."""
        issues = [self._issue(issue) for issue in answer.issues]
        return answer.model_copy(update={"issues": issues, "questions": [self._question(q) for q in answer.questions]})

    def opinions(self, opinions: Iterable[Opinion]) -> list[Opinion]:
        """The same for the second opinion."""
        return [o if self.may_say(o.question) else o.model_copy(update={"question": ""}) for o in opinions]

    def may_say(self, text: str) -> bool:
        """True for words that Candor may say of a draft."""
        folded = fold(visible(text))
        forbidden = any(sign in folded for sign in (*_CALLS, *_LINKS, *APPROVES)) or any(
            "/" in word and is_link(word.partition("/")[0]) for word in folded.split()
        )
        return not forbidden and not self._opens_with_verdict(folded) and not self.repeats(text)

    def repeats(self, text: str) -> bool:
        """True where a whole clause of a prompt stands in the text."""
        return not self._runs.isdisjoint(_runs(text))

    @staticmethod
    def _opens_with_verdict(folded: str) -> bool:
        return any(word in VERDICTS for word in words_in(folded)[:1])

    def _issue(self, issue: IssueAnswer) -> IssueAnswer:
        suggested = issue.replacement or ""
        said, quoted = fold(visible(suggested)), fold(visible(issue.quote))
        brought = any(sign in said and (sign in _CALLS or sign not in quoted) for sign in (*_CALLS, *APPROVES))
        return issue.model_copy(
            update={
                "why": issue.why if self.may_say(issue.why) else "",
                "replacement": None if brought or self.repeats(suggested) else issue.replacement,
            }
        )

    def _question(self, question: QuestionAnswer) -> QuestionAnswer:
        if all(map(self.may_say, (question.question, *question.answers))):
            return question
        return question.model_copy(update={"question": ""})


def _runs(text: str) -> Iterator[str]:
    words = words_in(fold(visible(text)))
    return (" ".join(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1))


def words_in(text: str) -> list[str]:
    """The runs of letters and digits."""
    return "".join(c if c.isalnum() else " " for c in text).split()
