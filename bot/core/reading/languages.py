"""The language of a text, told by its small words, and what its characters are read as."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


# Texts read character by character, at the speed of a few calls for each text and not for each character.

FOREIGN = re.compile("[^\0-\x7f][^\0-\x7f]*")  # noqa: TID251 - signs of one class in a row leave nothing to go back over
"""What is not ASCII. Written so, it is found in half the time of the same with a "+"."""


class Characters(dict[str, str]):
    """What each character is read as, worked out once for each. That of an ASCII character is one as well."""

    _MOST = 8192

    def __init__(self, read: Callable[[str], str]) -> None:
        super().__init__()
        self._read = read
        self._ascii = bytes(ord(read(chr(code))) if chr(code).isascii() else code for code in range(256))

    def __missing__(self, character: str) -> str:
        if len(self) >= self._MOST:
            self.clear()
        read = self[character] = self._read(character)
        return read

    def of(self, text: str) -> str:
        """What the text is read as."""
        read = text.encode("utf-8", "surrogatepass").translate(self._ascii).decode("utf-8", "surrogatepass")
        return read if text.isascii() else FOREIGN.sub(self._of_run, read)

    def _of_run(self, run: re.Match[str]) -> str:
        return "".join(map(self.__getitem__, run[0]))


# The language of a text.

ANY = "any"
ENGLISH = "en"
"""The language of a rule about signs that mean the same in all of them."""
_SMALL_WORDS = {
    "de": """und der die das ist nicht wir ihr ich ein eine einen einem mit für auf von zu den dem im auch euch unser
        unsere bei noch nur wird werden sind aus nach wie bis zum zur heute gibt es sich oder wenn kein keine dass hier
        jetzt mehr schon vom uns dich dir dein deine eure haben über ohne""",
    "en": """the and are you our your with for to this that it they from just will what when how my but i be have has
        do can who by at there their his her if or us me it's don't we're you're before now not no all of is we""",
    "es": """el los las y es una un para con por que nuestro nuestra nuestros su sus del se más esta este como hay
        pero ya sin desde al lo nos te tu en la de""",
    "fr": """le la les des et est une un pour dans sur avec vous nous notre votre vos qui pas ce cette au aux du plus
        sont il elle on en jusqu c'est de se ne ou par chez""",
    "it": """il gli e è una un per con che non di della del nel sono le la alla anche più ci si i da come
        questo questa oggi ogni nostro nostra dal dei delle nei tutti fino senza ma""",
    "nl": """de het een en van niet wij jullie ons onze met voor op dat te zijn naar bij ook nog wordt aan deze die
        maar je er uit om zo is in we als hebben jouw alle tot geen vandaag hier jou zijn""",
    "pl": """w i na się nie jest z do to dla że jak po od nasz nasza są już tylko oraz
        nam przez przed przy bez""",
    "pt": """o os uma um para com não que do da em nosso nossa dos das mais é ao na no se por você seu sua só já hoje
        pra aos nas nos até isso muito tem são""",
}
_WORDS = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}
_SPOKEN_IN = {
    word: tuple(language for language in _WORDS if word in _WORDS[language])
    for word in chain.from_iterable(_WORDS.values())
}
"""The languages of each small word."""
UNKNOWN = "und"
"""A language that is not told apart here (ISO 639-2)."""
_LATIN = 0x250
"""Code points below are Latin letters."""
_SIGNS = {
    "de": "äöüß",
    "es": "¡¿ñáíóú",
    "fr": "çœèêàùîôëï",
    "it": "èàòìù",
    "nl": "",
    "pl": "ąęłżźśćń",
    "pt": "ãõçáéêóâ",
}
"""Letters and marks that English doesn't have."""
_SHARED = "a as come die do had i in is me no on or pour to was we"
_ENGLISH_TOO = frozenset(_SHARED.split())
"""Small words of other languages that say nothing in a short text."""
_SOME = 2
"""Small words and letters that it takes where nothing is English."""
_CLEAR = 3
"""Small words of another language that it takes, at least twice as many as of the rule's own."""


def is_in_another(language: str, text: str) -> bool:
    """True where the text is clearly in another language than ``language`` (as in "en")."""
    return _is_another(language, _counted(_said(text)))


def language_of(text: str) -> str:
    """The language of a text (as in "en"), by its small words and letters; English unless another is clear.

    `UNKNOWN` where most letters are of another script than Latin: their small words are not known here.
    """
    foreign = "".join(FOREIGN.findall(text))
    beyond = sum(c.isalpha() and ord(c) >= _LATIN for c in foreign)
    if beyond and 2 * beyond > sum(map(str.isalpha, text)):
        return UNKNOWN
    said = _said(text)
    counted = _counted(said)
    if _is_another(ENGLISH, counted):
        return max(_WORDS, key=lambda name: counted.get(name, 0))
    return _of_little({*said}, foreign.lower(), english=counted.get(ENGLISH, 0))


def _of_little(said: set[str], foreign: str, *, english: int) -> str:
    """The language of a text with few small words: their number and that of letters must outweigh what is English."""
    words = Counter(chain.from_iterable(_SPOKEN_IN.get(word, ()) for word in said - _ENGLISH_TOO if word[1:]))
    signs = {name: sum(map(foreign.count, some)) for name, some in _SIGNS.items()}
    weights = {name: words[name] + min(signs[name], _SOME) for name in _SIGNS if words[name] or signs[name] > 1}
    likeliest = max(weights, key=lambda name: (weights[name], signs[name]), default=ENGLISH)
    weight = weights.get(likeliest, 0)
    return likeliest if weight >= _SOME and weight > 2 * english else ENGLISH


def has_words_of(language: str, text: str) -> bool:
    """True where a small word of the language stands in the text that no other language has."""
    return any(_SPOKEN_IN.get(word) == (language,) for word in _said(text))


def _is_another(language: str, counted: Mapping[str, int]) -> bool:
    other = max((times for name, times in counted.items() if name != language), default=0)
    return other >= _CLEAR and other > 2 * counted.get(language, 0)


def _counted(said: Iterable[str]) -> dict[str, int]:
    """How many small words are said of each language that any are said of."""
    spoken = [*chain.from_iterable(filter(None, map(_SPOKEN_IN.get, said)))]
    return {language: spoken.count(language) for language in set(spoken)}


_LETTERS = Characters(lambda c: "'" if c in "'’" else c if c.isalpha() else " ")


def _said(text: str) -> list[str]:
    return _LETTERS.of(text.lower()).split()
