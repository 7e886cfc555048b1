"""The language that is spoken; and names of people, channels and platforms, numbers and days, in its sentences."""

from __future__ import annotations

import unicodedata
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import TYPE_CHECKING

from bot.core.watching import is_channel_id

if TYPE_CHECKING:
    from collections.abc import Generator

# The language in which something is drawn: English, as it stands in the code, unless somebody says otherwise.


class Language:
    """English. Other languages look its sentences up in their catalogues."""

    code = "en"

    def text(self, english: str) -> str:
        """The sentence in this language."""
        return english

    def texts(self, one: str, many: str, number: int) -> str:
        """The sentence for that number of things."""
        return one if number == 1 else many

    def day(self, day: date) -> str:
        """A date as people write it."""
        return f"{day:%-d %B %Y}"

    def listed(self, names: list[str]) -> str:
        """``a``, ``a and b``, ``a, b and c``."""
        return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))

    def again(self, said: str) -> str:
        """What code said in English at some time, in this language."""
        return said


ENGLISH = Language()


async def in_english(team: str, text: str) -> Language:
    """The `LanguageOf` port, where there are no other languages."""
    del team, text
    return ENGLISH


_SPOKEN: ContextVar[Language] = ContextVar("language", default=ENGLISH)


@contextmanager
def speaking(language: Language) -> Generator[None]:
    """What is drawn meanwhile is in that language."""
    token = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(token)


class Phrase(str):
    """A label or sentence as it stands in the code, in English. Where it is drawn it becomes the spoken language's."""

    __slots__ = ()


def spoken(text: str) -> str:
    """A `Phrase` in the language that is spoken; people's own words as they are."""
    return _SPOKEN.get().text(text) if isinstance(text, Phrase) else text


def say(english: str, **values: object) -> str:
    """The sentence in the language that is spoken, with values in the place of their ``{names}``."""
    return _filled(_SPOKEN.get().text(english), values)


def several(number: int, one: str, many: str, **values: object) -> str:
    """The same of a number of things; ``{number}`` stands for it."""
    return _filled(_SPOKEN.get().texts(one, many, number), {"number": number, **values})


def forms(one: str, many: str) -> tuple[str, str]:
    """A sentence of one thing and of more, for `several`."""
    return one, many


def again(said: str) -> str:
    """A stored sentence that code made in English, in the language that is spoken; anything else as it is."""
    return _SPOKEN.get().again(said)


def on(day: date) -> str:
    """A date in the language that is spoken."""
    return _SPOKEN.get().day(day)


def listed(names: list[str]) -> str:
    """Names, and the word for "and" before the last one, in the language that is spoken."""
    return _SPOKEN.get().listed(names)


def _filled(sentence: str, values: dict[str, object]) -> str:
    named = {name: spoken(value) if isinstance(value, str) else value for name, value in values.items()}
    return sentence.format(**named) if values else sentence


CLOSE, CANCEL = Phrase("Close"), Phrase("Cancel")


# Numbers of things, in words.


def count(number: int, one: str, many: str | None = None) -> str:
    """``1 change``, ``2 changes``."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def day_of(iso: str) -> str:
    """A date as people write it: ``1 December 2026``."""
    return on(date.fromisoformat(iso))


def brief(text: str, most: int) -> str:
    """At most that many characters and, where there is more, three dots; words stay whole if they are not very long."""
    if len(text) <= most:
        return text
    whole = text[: most + 1].rpartition(" ")[0]
    return f"{(whole if len(whole) > most // 2 else text[:most]).rstrip()}…"


# Quotes, with characters in them that nobody can see.

_JOINERS = frozenset("\u200c\u200d")
_EMOJI_SELECTOR = "\ufe0f"
_FLAG, _TAGS = "\U0001f3f4", range(0xE0020, 0xE0080)
_AROUND = 20


def legible(quote: str) -> str:
    """Hidden characters by their codes, as “(U+202E)”; what joins emoji and letters stays.

    As they are, some turn the rest of the line around and others show nothing at all.
    """
    return quote if quote.isprintable() else "".join(_seen(quote, at) for at in range(len(quote)))


def quoted(quote: str, text: str, start: int) -> str:
    """A quote from that place of a text; one that nobody can see comes with what is next to it."""
    said = legible(quote)
    if not quote or said == quote or any(one.isprintable() and not one.isspace() for one in quote):
        return said
    before, after = text[max(0, start - _AROUND) : start], text[start + len(quote) :][:_AROUND]
    first = before.partition(" ")[2] if start > _AROUND else before
    last = after.rpartition(" ")[0] if len(after) == _AROUND else after
    return f"{legible(first).lstrip()}{said}{legible(last).rstrip()}"


def _seen(quote: str, at: int) -> str:
    sign, before = quote[at], quote[at - 1 : at]
    if unicodedata.category(sign) != "Cf" or sign == _EMOJI_SELECTOR:
        return sign
    joins = sign in _JOINERS and before > "\u0590" and unicodedata.category(before)[0] in "LMS"
    in_flag = ord(sign) in _TAGS and (before == _FLAG or (before and ord(before) in _TAGS))
    return sign if joins or in_flag or (sign in _JOINERS and before == _EMOJI_SELECTOR) else f"(U+{ord(sign):04X})"


# Names of people and channels in sentences, in Slack's markup.

SOMEBODY = Phrase("somebody whose name was deleted")
_NOBODY = ("", "-")
"""What stands where a person's id stood who wanted their data to be deleted."""
_NO_MARKUP = str.maketrans("", "", "<>&*`~_|@!")


OPERATOR = "terminal"
"""In place of an id, of what was done on the command line."""


def is_forgotten(user: str) -> bool:
    """True where the id was deleted."""
    return user in _NOBODY


def person(user: str) -> str:
    """The person's name, as Slack shows it."""
    if user == OPERATOR:
        return "whoever runs Candor"
    return spoken(SOMEBODY) if is_forgotten(user) else f"<@{user}>"


def channel(name: str) -> str:
    """A channel by id or by name, as Slack shows it. What is neither stands there without its markup."""
    bare = name.removeprefix("#")
    return f"<#{bare}>" if is_channel_id(bare) else f"#{bare.translate(_NO_MARKUP)}"


_PLATFORMS = {
    "email": Phrase("e-mail"),
    "linkedin": "LinkedIn",
    "sms": "SMS",
    "tiktok": "TikTok",
    "whatsapp": "WhatsApp",
    "youtube": "YouTube",
}


def platform(name: str) -> str:
    """A platform as people write it."""
    return spoken(_PLATFORMS.get(name, name.capitalize()))
