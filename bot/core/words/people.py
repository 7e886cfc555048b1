"""The language that is spoken; and names of people, channels and platforms, numbers and days, in its sentences."""

from __future__ import annotations

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


# Numbers of things, in words.


def count(number: int, one: str, many: str | None = None) -> str:
    """``1 change``, ``2 changes``."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def day_of(iso: str) -> str:
    """A date as people write it: ``1 December 2026``."""
    return on(date.fromisoformat(iso))


def brief(text: str, most: int) -> str:
    """At most that many characters and, where there is more, three dots; words stay whole if they are not very long."""
    if len(text) <= most:
        return text
    whole = text[: most + 1].rpartition(" ")[0]
    return f"{(whole if len(whole) > most // 2 else text[:most]).rstrip()}…"


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
