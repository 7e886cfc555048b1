"""The language model in a conversation: what it reads, and what of its words is passed on."""

from __future__ import annotations

import logging
from contextlib import aclosing
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.core.conversing import AnswerPiece
from bot.core.judging import ModelFailed
from bot.model.asking import author_hash, short_hash
from bot.model.brief import fenced, guidelines_text, in_short, short_names
from bot.model.context_window import LEAST_ANSWER
from bot.model.language_model import ModelMessage, SpokenRequest
from bot.model.masking import Masks
from bot.model.plain_answer import PlainAnswer, Restrained, links_in, may_think_aloud

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable
    from string import Template

    from bot.core.conversing import TalkContext
    from bot.core.guidelines import Library, Policy
    from bot.core.judging import Usage
    from bot.model.language_model import Speaker
    from bot.model.masking import Sensitive


_log = logging.getLogger(__name__)
_POLICIES = 64
"""How many instructions are kept ready; others are made anew."""
_OUTPUT = 3000
"""Tokens of an answer."""


@dataclass(frozen=True, slots=True)
class ConversationSetup:
    """What is the same for every conversation: the secret for the fence, and what may not leave this machine.

    ``about_own`` is said before a workspace's own guidelines.
    """

    secret: bytes
    sensitive: Sensitive
    about_own: str = ""


class ModelTalker:
    """The `Talker` port. Safe to share; it keeps nothing of a conversation."""

    def __init__(self, model: Speaker, library: Library, prompt: Template, installation: ConversationSetup) -> None:
        """``library`` holds every shipped guideline; each workspace's policy says which of them count."""
        self._model, self._library = model, library
        self._installation = installation
        self._holds = may_think_aloud(model.model)
        """Whether nothing is shown of an answer before it is known where its thoughts end."""
        self._own = prompt.template.partition("$guidelines")[0]

        @lru_cache(_POLICIES)
        def instructions(policy: Policy, library: Library) -> str:
            in_force, about_own = policy.apply(library), installation.about_own
            return prompt.substitute(guidelines=guidelines_text(in_force.guidelines, short_names(in_force), about_own))

        @lru_cache(_POLICIES)
        def in_fewer_words(policy: Policy, library: Library) -> str:
            in_force = policy.apply(library)
            return prompt.substitute(guidelines=in_short(in_force.guidelines, short_names(in_force)))

        self._instructions: Callable[[Policy, Library], str] = instructions
        self._in_fewer_words: Callable[[Policy, Library], str] = in_fewer_words

    async def aclose(self) -> None:
        await self._model.aclose()

    async def reply(self, talk: TalkContext) -> AsyncGenerator[AnswerPiece]:
        """The answer, piece by piece. Raises `ModelFailed`, also in the middle."""
        texts = tuple(_texts(talk))
        masks = Masks(self._installation.sensitive, texts)
        plain = PlainAnswer(links_in(texts), masks.unmask, self._installation.sensitive, holds=self._holds)
        titles = self._known(talk).titles
        restrained = Restrained(self._own, titles.values())
        model, cut, usage, thought = "", False, None, False
        async with aclosing(self._model.speak(await self._request(talk, masks))) as heard:
            try:
                async for piece in heard:
                    model, cut, usage = piece.model or model, cut or piece.cut, piece.usage or usage
                    ready = plain.feed(piece.text)
                    if plain.thought and not thought:
                        thought = self._holds = True
                        restrained = Restrained(self._own, titles.values())
                        yield AnswerPiece("", model, anew=True)
                    if text := restrained.feed(ready):
                        yield AnswerPiece(text, model)
            except ModelFailed:
                # What was said is not taken back.
                yield AnswerPiece(restrained.feed(plain.rest(whole=False)) + restrained.rest(), model)
                raise
        self._holds = thought
        self._note(talk, model, usage)
        yield AnswerPiece(restrained.feed(plain.rest(whole=not cut)) + restrained.rest(), model, cut)

    async def _request(self, talk: TalkContext, masks: Masks) -> SpokenRequest:
        """In fewer words, and with a shorter answer, where the model reads little at once."""
        library = self._known(talk)
        content = fenced("talk", _content(talk, library.titles, masks), "\n".join(_texts(talk)), secret=self._secret)
        instructions, window = self._instructions(talk.policy, library), self._model.window
        left = await window.left_beside(instructions, content)
        if left and left < LEAST_ANSWER:
            instructions = self._in_fewer_words(talk.policy, library)
            left = await window.left_beside(instructions, content)
        return SpokenRequest(
            instructions,
            (ModelMessage("user", content),),
            min(_OUTPUT, max(left, LEAST_ANSWER)) if left else _OUTPUT,
            author=author_hash(talk.team, talk.author_id),
            cache_key=f"talk:{short_hash(instructions)}:{short_hash(talk.team)}",
            team=talk.team,
        )

    def _known(self, talk: TalkContext) -> Library:
        return replace(talk.library, version=0) if talk.library else self._library

    @property
    def _secret(self) -> bytes:
        return self._installation.secret

    def _note(self, talk: TalkContext, model: str, usage: Usage | None) -> None:
        """One line in the log: never a word of what was said."""
        tokens = (usage.input_tokens, usage.cached_tokens, usage.output_tokens) if usage else "unknown"
        _log.info("%s: talked (team %s, tokens %s)", model, talk.team, tokens)


def _texts(talk: TalkContext) -> list[str]:
    """Everything that the model sees and people wrote."""
    texts = [*talk.facts, *talk.markets, talk.message, *talk.questions]
    for one in talk.said:
        texts += (one.text, one.answer)
    for point in talk.points:
        texts += (point.quote, point.why, point.suggestion or "")
    if talk.draft:
        texts += (talk.draft.text, talk.draft.context, *(picture.alt_text for picture in talk.draft.pictures))
    return texts


def _content(talk: TalkContext, titles: dict[str, str], masks: Masks) -> dict[str, object]:
    """What is never the same comes last."""
    people: dict[str, str] = {}
    conversation: list[dict[str, str]] = []
    for one in talk.said:
        conversation.append({"who": _who(one.author_id, people), "said": masks.see(one.text).text})
        if one.answer:
            conversation.append({"who": "Candor", "said": masks.see(one.answer).text})
    return {
        "brand": {"facts": [masks.see(fact).text for fact in talk.facts], "markets": list(talk.markets)},
        **_about(talk, titles, masks),
        "conversation": conversation,
        "message": {"who": _who(talk.author_id, people), "said": masks.see(talk.message).text},
    }


def _who(author: str, people: dict[str, str]) -> str:
    """Nobody is named: the first who speaks is person 1."""
    return people.setdefault(author, f"person {len(people) + 1}")


def _about(talk: TalkContext, titles: dict[str, str], masks: Masks) -> dict[str, object]:
    if talk.draft is None:
        return {"draft": None}
    draft, points = talk.draft, talk.points
    return {
        "draft": {
            "platform": draft.platform,
            "context": masks.see(draft.context).text,
            "alt_texts": [masks.see(picture.alt_text).text for picture in draft.pictures],
            "text": masks.see(draft.text).text,
        },
        "review": "done" if talk.reviewed else "under way",
        "points": [
            {
                "number": point.number,
                "guideline": titles.get(point.guideline, point.guideline),
                "words": masks.see(point.quote).text,
                "why": masks.see(point.why).text,
                "suggestion": masks.see(point.suggestion).text if point.suggestion is not None else None,
                "people_decided": point.decision.value,
            }
            for point in points
        ],
        "open_questions": [masks.see(question).text for question in talk.questions],
    }
