"""What a message is: a draft, talk among colleagues, perhaps either, or nothing for Candor. One pure function."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.core import signs
from bot.core.addressing import is_said_to_candor
from bot.core.message import Author
from bot.core.notes import set_apart
from bot.core.plans import announces_plan
from bot.core.request import Taken
from bot.core.variants import has_heading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.core.message import Message
    from bot.core.record import DraftRecord

_SUBTYPES = frozenset({"", "file_share", "thread_broadcast"})
"""The kinds of message that a person writes; joins, topics, ``me_message`` and the like are not among them."""

_ENDS = (". ", "! ", "? ", "… ", "。", "！", "？", "؟ ", "។", "။")
_TINY, _SHORT, _LONG = 2, 8, 16
"""Words."""
_TWO_SENTENCES = 5
"""Words that two sentences need to speak for a post."""
_BRIEF = 14
"""Words. Up to this length thanks, requests and questions are for colleagues."""
_BESIDE_A_LINK = 4
"""Words that a link needs beside it to speak for a post."""
_SURE = 2
"""How much more must speak for one side than for the other."""
_CODE = ("`", "->", "=>", "()", "//")
_MOST = 3
"""How much the same sign can weigh, however often it is there."""
_UNSPACED = (
    ("\u0e00", "\u0eff"),  # Thai, Lao
    ("\u0f00", "\u0fff"),  # Tibetan
    ("\u1000", "\u109f"),  # Burmese
    ("\u1780", "\u17ff"),  # Khmer
    ("\u1950", "\u1aaf"),  # Tai Le, New Tai Lue, Tai Tham
    ("\u3040", "\u30ff"),  # Japanese
    ("\u3400", "\u9fff"),  # Chinese characters
    ("\ua980", "\ua9ff"),  # Javanese, more Burmese
    ("\uaa60", "\uaadf"),  # more Burmese, Tai Viet
    ("\uff66", "\uff9f"),  # Japanese of half width
    ("\U00020000", "\U0003ffff"),  # rare Chinese characters
)
"""Scripts that put no space between words (line breaking classes SA, ID and CJ of Unicode's annex 14)."""
_BREAKS = str.maketrans(dict.fromkeys('([{"“”„«»¡¿*_~`', " ") | {"’": "'", "ʼ": "'"})


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
        if (message.direct or message.mentions_us) and (message.pictures or message.unread):
            return Kind.CONVERSATION
        return Kind.NOTHING if not message.text.strip() or message.pictures else Kind.TALK
    if message.direct or message.mentions_us:
        return Kind.CONVERSATION if message.direct and _is_said_to_us(message) else Kind.DRAFT
    return _in_a_draft_channel(message) if switched_on and not message.borrowed else Kind.NOTHING


def may_be_talk(record: DraftRecord) -> bool:
    """True where a draft that was taken may be talk after all, and nobody asked for its review."""
    return record.unsure and not record.asked


def _is_said_to_us(message: Message) -> bool:
    """In a direct message. A mention, a platform's heading or a quote block speaks for a post to be reviewed."""
    around = set_apart(message)
    said = around.message
    marked = message.mentions_us or said.zones or said.pictures or has_heading(said.text) or around.firm
    return not marked and is_said_to_candor(said.text) and not _goes_on_as_a_post(said)


def _goes_on_as_a_post(message: Message) -> bool:
    """True for a post that opens with a question ("Do you know where your coffee comes from? We do. …")."""
    seen = _Seen.of(message)
    asks, _, rest = message.text.partition("?")
    answered = len(_words(rest)) >= _BESIDE_A_LINK and not seen.question and not seen.said() & signs.ME
    ours = _Seen.of(replace(message, text=asks)).said() & signs.US
    return answered and _for_a_post(seen) >= (_MOST if ours else _SURE)


def refusal_of(message: Message) -> Taken | None:
    """Why a message cannot be reviewed although somebody asks for it; None where it can."""
    if message.author is Author.OUTSIDER:
        return Taken.OUTSIDER
    if message.author is Author.BOT or message.subtype not in _SUBTYPES | {"me_message"}:
        return Taken.NOT_BY_A_PERSON
    return None if _words(message.text) else Taken.NO_TEXT


def _in_a_draft_channel(message: Message) -> Kind:
    around = set_apart(message)
    seen = _Seen.of(around.message)
    post = _for_a_post(seen) + (0, 2, 4)[around.asking]
    talk = _for_talk(seen, called=bool(message.mentions or "@here" in message.text or "@channel" in message.text))
    if post - talk >= (_SURE if talk else 1):
        return Kind.DRAFT
    return Kind.TALK if talk - post >= _SURE else Kind.UNSURE


@dataclass(frozen=True, slots=True)
class _Seen:
    """A message's words as the signs are looked for in them."""

    message: Message
    text: str
    """In small letters, on one line, with a space before it and behind it."""
    words: int
    sentences: int

    @classmethod
    def of(cls, message: Message) -> _Seen:
        """Prepare the words."""
        text = f" {' '.join(message.text.lower().translate(_BREAKS).split())} "
        body = text.rstrip(" .!?…。！？؟។။")
        return cls(message, text, _length(message.text), 1 + sum(body.count(end) for end in _ENDS))

    def has(self, phrases: Iterable[str]) -> int:
        """How many of the phrases it says, from the beginning of a word on."""
        return sum(_from_a_word(phrase) in self.text for phrase in phrases)

    def begins(self, phrases: Iterable[str]) -> bool:
        """True where it begins with one of them."""
        return self.text[1:].startswith(tuple(phrases))

    @property
    def single(self) -> bool:
        """True for one sentence."""
        return self.sentences == 1

    @property
    def question(self) -> bool:
        """True where it ends by asking."""
        return self.text.rstrip().endswith(("?", "？", "؟"))

    def has_tool(self) -> bool:
        """True where it links to a place where people work."""
        links = [word for word in self.text.split() if "://" in word]
        return any(tool in link for link in links for tool in signs.TOOLS)

    def said(self) -> set[str]:
        """Its words."""
        return {word.strip(".,;:!?…") for word in self.text.split()}


def _for_a_post(seen: _Seen) -> int:
    """How much speaks for a post."""
    message, raw = seen.message, seen.message.text
    quoted = sum(end - start for start, end in message.zones) * 2 >= len(raw.strip())
    said = seen.said()
    return sum(
        (
            4 * has_heading(raw),
            (4 if quoted else 1) * bool(message.zones),
            2 * bool(message.pictures),
            message.has_link and seen.words >= _BESIDE_A_LINK and not seen.has_tool(),
            min(_MOST, 2 * seen.has(signs.CALLS)),
            bool(said & signs.US) and (bool(said & signs.YOU) or not seen.begins(signs.OPENINGS)),
            _looks_like_a_post(seen),
        )
    )


def _looks_like_a_post(seen: _Seen) -> int:
    """The same by what it looks like: its shape, hashtags, figures, capitals and emoji."""
    raw = seen.message.text
    tokens = raw.split()
    lines = [line for line in raw.splitlines() if line.strip()]
    return sum(
        (
            len(lines) > 1 or seen.words >= _LONG or (not seen.single and seen.words >= _TWO_SENTENCES),
            2 * any(len(word) > _TINY and word[0] == "#" and word[1].isalpha() for word in tokens),
            any(c in raw for c in "€$£¥₹") or any("%" in word and word[0].isdigit() for word in tokens),
            raw.count("!") > 1 or sum(word.isalpha() and word.isupper() and len(word) > _MOST for word in tokens) > 1,
            sum(unicodedata.category(c) == "So" for c in raw) > 1,
        )
    )


def _for_talk(seen: _Seen, *, called: bool) -> int:
    """How much speaks for talk."""
    brief = seen.words <= _BRIEF
    mine = seen.said() & signs.ME
    first_line = seen.message.text.lower().lstrip(" *_#•-").partition("\n")[0]
    return sum(
        (
            2 * called,
            _asks_or_answers(seen),
            2 * seen.begins(signs.TEAM_GREETINGS),
            2 * seen.begins(signs.STATUS),
            seen.begins(signs.OPENINGS) and brief,
            min(_MOST, seen.has(signs.COLLEAGUES)),
            4 * first_line.startswith(signs.NOTES) or 3 * announces_plan(first_line),
            2 * seen.has_tool(),
            bool(mine),
            bool(mine) and ("?" in seen.text or seen.question),
            2 * any(mark in word for word in seen.text.split() for mark in _CODE if "://" not in word),
            2 * (seen.message.has_link and seen.words < _BESIDE_A_LINK),
            seen.message.text[:1].islower() and brief and seen.single,
            seen.words <= _TINY and seen.single,
        )
    )


def _asks_or_answers(seen: _Seen) -> int:
    """How much it reads as what people say to each other: a request, a question, thanks, an answer."""
    brief = seen.words <= _BRIEF
    asks = {phrase for phrase in signs.REQUESTS if _from_a_word(phrase) in seen.text}
    firm = 2 + seen.single + brief if asks - signs.MILD_REQUESTS else 0
    thanks = seen.begins(signs.THANKS) and not seen.begins(signs.THANKS_TO_AN_AUDIENCE)
    thanks |= seen.text.rstrip(" !.").endswith(signs.THANKS_AT_THE_END)
    first = seen.text.split()[0]
    answers = first.strip(",.!…") in signs.ANSWERS and (first[-1] in ",.!…" or seen.words <= _SHORT)
    return sum(
        (
            firm or bool(asks),
            brief and 3 * thanks,
            brief and 2 * answers,
            seen.question and not asks and not seen.has(signs.CALLS),
        )
    )


def _from_a_word(phrase: str) -> str:
    return f" {phrase}" if phrase[0].isalnum() and phrase[0] < _UNSPACED[0][0] else phrase


def _length(text: str) -> int:
    """How many words; in scripts without spaces two letters count as one."""
    unspaced = sum(any(low <= c <= high for low, high in _UNSPACED) and c.isalpha() for c in text)
    return len(_words(text)) + unspaced // 2


def _words(text: str) -> list[str]:
    """The words of a text; links, emoji and ``:names:`` of emoji are none."""
    pieces = [piece for piece in text.split() if "://" not in piece and not (piece[0] == piece[-1] == ":")]
    return [piece for piece in pieces if any(c.isalnum() for c in piece)]
