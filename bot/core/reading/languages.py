"""The language of a text, told by its small words."""

from __future__ import annotations

ANY = "any"
ENGLISH = "en"
"""The language of a rule about signs that mean the same in all of them."""
_SMALL_WORDS = {
    "de": """und der die das ist nicht wir ihr ich ein eine einen einem mit für auf von zu den dem im auch euch unser
        unsere bei noch nur wird werden sind aus nach wie bis zum zur heute gibt es sich oder wenn kein keine dass""",
    "en": """the and are you our your with for to this that it they from just will what when how my but i be have has
        do can who by at there their his her if or us me it's don't we're you're before now not no all of is we""",
    "es": """el los las y es una un para con por que nuestro nuestra nuestros su sus del se más esta este como hay
        pero ya sin desde al lo nos te tu en la de""",
    "fr": """le la les des et est une un pour dans sur avec vous nous notre votre vos qui pas ce cette au aux du plus
        sont il elle on en jusqu c'est de se ne ou par chez""",
    "it": """il gli e è una un per con che non di della del nel sono le la alla anche più ci si i da come""",
    "nl": """de het een en van niet wij jullie ons onze met voor op dat te zijn naar bij ook nog wordt aan deze die
        maar je er uit om zo is in we als hebben""",
    "pl": """w i na się nie jest z do to dla że jak po od nasz nasza są już tylko oraz""",
    "pt": """o os uma um para com não que do da em nosso nossa dos das mais é ao na no se por""",
}
_WORDS = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}
UNKNOWN = "und"
"""A language that is not told apart here (ISO 639-2)."""
_LATIN = 0x250
"""Code points below are Latin letters."""
_CLEAR = 3
"""Small words of another language that it takes, at least twice as many as of the rule's own."""


def is_in_another(language: str, text: str) -> bool:
    """True where the text is clearly in another language than ``language`` (as in "en")."""
    said = _said(text)
    other = max(_count(said, words) for name, words in _WORDS.items() if name != language)
    return other >= _CLEAR and other > 2 * _count(said, _WORDS.get(language, frozenset()))


def language_of(text: str) -> str:
    """The language of a text (as in "en"), by its small words; English unless another is clear.

    `UNKNOWN` where most letters are of another script than Latin: their small words are not known here.
    """
    letters = [c for c in text if c.isalpha()]
    if 2 * sum(ord(c) < _LATIN for c in letters) < len(letters):
        return UNKNOWN
    if not is_in_another("en", text):
        return "en"
    said = _said(text)
    return max(_WORDS, key=lambda name: _count(said, _WORDS[name]))


def has_words_of(language: str, text: str) -> bool:
    """True where a small word of the language stands in the text that no other language has."""
    own = _WORDS.get(language, frozenset()).difference(*(w for name, w in _WORDS.items() if name != language))
    return any(word in own for word in _said(text))


def _said(text: str) -> list[str]:
    return "".join(c if c.isalpha() or c in "'’" else " " for c in text.lower()).replace("’", "'").split()


def _count(said: list[str], words: frozenset[str]) -> int:
    return sum(word in words for word in said)
