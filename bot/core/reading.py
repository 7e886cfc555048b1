"""What a message is: a draft, talk among colleagues, or nothing for Candor. One pure function."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from bot.core.addressing import is_said_to_candor
from bot.core.message import Author, Message
from bot.core.request import Taken
from bot.core.variants import has_heading

if TYPE_CHECKING:
    from bot.core.draft import Draft
    from bot.core.message import Place

_SUBTYPES = frozenset({"", "file_share", "thread_broadcast"})
"""The kinds of message that a person writes; joins, topics, ``me_message`` and the like are not among them."""

_GREETINGS = frozenset(["hi", "hey", "hello", "morning", "yo"])
_TEAM = frozenset(["all", "team", "folks", "guys", "both", "again"])
"""Not "everyone": so a brand greets its audience."""
_THANKS = (
    "thanks", "thank you", "thx", "ty ", "cheers,", "cheers!", "great job", "nice one", "well done", "good catch",
    "lgtm", "+1", "sounds good", "looks good", "got it", "will do", "welcome back", "happy birthday", "np ",
    "no worries", "noted",
)  # fmt: skip
_THANKS_TO_AN_AUDIENCE = ("thanks to ", "thank you to ")
_ANSWERS = frozenset(["yes", "no", "nope", "yep", "ok", "okay", "sure", "perfect", "agreed", "done", "congrats"])
_REQUESTS = (
    "can someone", "can anyone", "could someone", "can you", "can we", "could you", "could we", "any feedback",
    "any thoughts", "please review", "please check", "please have a look", "pls ", "let me know",
)  # fmt: skip
_OPENINGS = (
    "i'm ", "i am ", "i'll ", "i've ", "i will ", "i just ", "i think ", "i'd ", "i can ", "i have ", "let me ", "fyi",
    "heads up", "reminder:", "brb", "running late", "out of office", "ooo", "working from home", "wfh", "on my way",
    "we should ", "we need to ", "we have to ", "let's ", "lets ", "just a heads up", "quick question", "quick one",
)  # fmt: skip
_LABELS = ("caption:", "copy:", "draft:", "draft post:", "post:")
_ENDS = (". ", "! ", "? ", "… ", "。", "！", "？", "؟ ")  # fmt: skip
_SHORT = 8
"""Words. Without anything that speaks for a post, a shorter single sentence is talk."""
_TWO_SENTENCES = 5
"""Words that two sentences need to count as a post."""
_BRIEF = 14
"""Words. Up to this length thanks, requests and questions are for colleagues."""
_BESIDE_A_LINK = 4
"""Words that a link needs beside it to speak for a post."""


class Kind(StrEnum):
    """What a message is for Candor."""

    DRAFT = "draft"
    UNSURE = "unsure"
    """It may be a post or talk; only somebody with judgement can tell."""
    TALK = "talk"
    CONVERSATION = "conversation"
    """Somebody talks with Candor."""
    NOTHING = "nothing"


def kind_of(message: Message, *, switched_on: bool) -> Kind:
    """What the message is. ``switched_on`` tells whether drafts are reviewed in its channel."""
    if message.author is not Author.PERSON or message.subtype not in _SUBTYPES:
        return Kind.NOTHING
    if message.thread:
        return Kind.CONVERSATION if message.direct or message.mentions_us else Kind.NOTHING
    if not _words(message.text):
        return Kind.NOTHING if not message.text.strip() or message.pictures else Kind.TALK
    if message.direct or message.mentions_us:
        return Kind.CONVERSATION if message.direct and _is_said_to_us(message) else Kind.DRAFT
    return _in_a_draft_channel(message) if switched_on else Kind.NOTHING


def _is_said_to_us(message: Message) -> bool:
    """In a direct message. A mention, a platform's heading or a quote block speaks for a post to be reviewed."""
    marked = message.mentions_us or message.zones or message.pictures or has_heading(message.text)
    return not marked and is_said_to_candor(message.text)


def refusal_of(message: Message) -> Taken | None:
    """Why a message cannot be reviewed although somebody asks for it; None where it can."""
    if message.author is Author.OUTSIDER:
        return Taken.OUTSIDER
    if message.author is Author.BOT or message.subtype not in _SUBTYPES | {"me_message"}:
        return Taken.NOT_BY_A_PERSON
    return None if _words(message.text) else Taken.NO_TEXT


def may_be_talk(draft: Draft, place: Place) -> bool:
    """True where a draft that was taken may be talk after all, as far as its words tell."""
    link = "://" in draft.text
    said = Message(place, Author.PERSON, "", draft.text, has_link=link, zones=draft.zones, pictures=draft.pictures)
    return not place.channel.startswith("D") and kind_of(said, switched_on=True) is Kind.UNSURE


def _in_a_draft_channel(message: Message) -> Kind:
    if has_heading(message.text) or message.zones:
        return Kind.DRAFT
    post = _signs_of_a_post(message)
    talk = _signs_of_talk(message)
    if post != talk:
        return Kind.DRAFT if post > talk else Kind.TALK
    length, single = _length(message.text), _sentences(message.text) == 1
    if length < (_SHORT if single or talk else _TWO_SENTENCES):
        return Kind.TALK
    plain = not talk and not _may_be_talk(message.text) and (length >= 2 * _SHORT or not single)
    return Kind.DRAFT if plain else Kind.UNSURE


def _signs_of_a_post(message: Message) -> int:
    lines = [line for line in message.text.splitlines() if line.strip()]
    hashtag = any(len(word) > 2 and word[0] == "#" and word[1:2].isalpha() for word in message.text.split())  # noqa: PLR2004
    link = message.has_link and _length(message.text) >= _BESIDE_A_LINK
    label = message.text.lstrip(" *_").lower().startswith(_LABELS)
    return sum((len(lines) > 1, hashtag, link, label, bool(message.pictures)))


def _signs_of_talk(message: Message) -> int:
    """How much speaks for talk. Openings that posts have too count in a single short sentence only."""
    text = _plain(message.text)
    length, single = _length(text), _sentences(text) == 1
    addressed = bool(message.mentions) or _greeted(text) in _TEAM or "@here" in text or "@channel" in text
    asks = (single and text.startswith(_REQUESTS)) or (length <= _BRIEF and any(words in text for words in _REQUESTS))
    thanks = text.startswith(_THANKS) and not text.startswith(_THANKS_TO_AN_AUDIENCE)
    thanks = length <= _BRIEF and (thanks or text.rstrip("!. ").endswith((" thanks", " thank you")))
    slight = length <= _BRIEF and (single or length < _SHORT) and _may_be_talk(text)
    return sum((addressed, asks, thanks, slight and not asks))


def _may_be_talk(text: str) -> bool:
    """True for what colleagues say to each other and posts say as well."""
    text = _plain(text)
    first = text.partition(" ")[0]
    answers = first.rstrip(",.!") in _ANSWERS and (first[-1] in ",.!" or first == text)
    return answers or text.startswith(_OPENINGS) or text.endswith(("?", "？", "؟"))


def _greeted(text: str) -> str:
    """Whom the text greets ("hi team" -> "team"), "" for nobody."""
    first, _, rest = text.removeprefix("good ").partition(" ")
    return rest.partition(" ")[0].strip(",.!") if first.strip(",.!") in _GREETINGS else ""


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").split())


def _sentences(text: str) -> int:
    body = text.rstrip(" \n.!?…。！？؟")
    return 1 + sum(body.count(end) for end in _ENDS)


def _length(text: str) -> int:
    """How many words; in scripts without spaces two characters count as one."""
    unspaced = sum("\u0e00" <= c <= "\u0eff" or "\u3040" <= c <= "\u9fff" for c in text)
    return len(_words(text)) + unspaced // 2


def _words(text: str) -> list[str]:
    """The words of a text; links, emoji and ``:names:`` of emoji are none."""
    pieces = [piece for piece in text.split() if "://" not in piece and not (piece[0] == piece[-1] == ":")]
    return [piece for piece in pieces if any(c.isalnum() for c in piece)]
