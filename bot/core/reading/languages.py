"""The language of a text, told by its small words or recognised by a library, and what its characters are read as."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence


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
_OWN_WORDS = {one: frozenset(word for word in _WORDS[one] if _SPOKEN_IN[word] == (one,)) for one in _WORDS}
"""The small words that no other of these languages has."""
_OTHER_WORDS = {
    "de": """neue neuer neues neuen mein meine meinen meiner unser unserem unseren unserer ab morgen gestern jede jeder
        jedes jeden komm kommt macht machen endlich wieder immer sehr viel viele alles dieser diese dieses diesen seid
        habe hast kann können muss müssen wollen woche schuhe danke bitte frisch frische samstag sonntag montag dienstag
        mittwoch donnerstag freitag uhr kaufen kostenlos laden jahr jahre wochenende liebe lieber freue freuen freut
        bald gegen durch unter hinter weil damit doch nein ihre ihren ihnen seine einfach ganz gerade schmeckt mich
        warum wer wo jemand niemand etwas nichts gehen geht kommen dann also beim euer eurem er sie""",
    "es": """mi mis tus nuevo nueva nuevos nuevas todo toda todos todas hoy mañana ahora siempre muy bien mejor día días
        semana estos estas ese esa eso gracias hola ven descubre disponible disponibles tienda tiendas verano invierno
        favorito favorita zapatos piel hemos tengo tiene tenemos quiero quieres puedes aquí allí donde cuando porque
        pero encanta sábado domingo lunes martes miércoles jueves viernes precio hasta entre sobre qué cómo cuánto
        quién son somos está están fue hace hacer había nuestras vuestra vosotros usted ustedes también nada alguien
        vez otra otro así quien al""",
    "fr": """mon mes tes ses leur leurs cet ces été nouveau nouvelle nouveaux nouvelles tous toutes toute partout chaque
        jour jours semaine aujourd'hui demain dès disponible maintenant enfin très bien merci venez découvrez profitez
        avant après aussi comme quand mais donc moi toi lui être avoir faire peut veut chaussures peau samedi dimanche
        lundi mardi mercredi jeudi vendredi heures préféré préférée je tu ils elles sans sous entre rien tout quelqu'un
        où quoi comment pourquoi cela ça encore déjà toujours trop peu deux trois mieux bonjour nos suis es ai as avait
        était sera""",
    "it": """il mio mie miei tuo tua nuovo nuova nuovi nuove questi queste tutto tutta tutte domani adesso sempre molto
        bene meglio giorno giorni settimana grazie ciao scopri scoprite trovate disponibile negozio negozi estate
        inverno preferito preferita scarpe pelle hai abbiamo hanno essere dove perché però anche ancora solo sabato
        domenica lunedì martedì mercoledì giovedì venerdì prezzo buongiorno quella quello quelle alle agli allo sulla
        sul nella negli dalla lo uno cosa quando quanto chi qui già due tre prima dopo voi noi lei loro ecco mai niente
        qualcuno fatto fare nostre nostri vostro vostra sua suo sei siamo c'è dov'è""",
    "nl": """mijn jullie onze nieuwe nieuw wat dit deze heel heerlijk heerlijke lekker lekkere echt echte eindelijk
        morgen gisteren altijd veel elke elk iedere kom komt gaan snel kijken kijk bekijk winkel winkels dagen schoenen
        favoriete zomer liefde bedankt dank graag bent hebt heb heeft waren kunnen moet moeten willen alleen weer meer
        minder goed goede mooie mooi leuk leuke aanrader tussen zonder tegen zaterdag zondag maandag dinsdag woensdag
        donderdag vrijdag uur vanaf tijdens binnen buiten samen thuis iets iemand niemand waarom hoe dan want nu door
        worden werd onder over jij ik hij uw u mij ze toch even wel jaar eerste""",
    "pl": """ta tę tego tej tym ten moje mój moja twoje twój twoja nowe nowy nowa nowego każdy każdym każdego każda
        każdemu wszystkie wszystko dziś dzisiaj jutro teraz zawsze bardzo dobrze najlepszy najlepsze dzień dni tydzień
        dziękujemy cześć odkryj kupicie kup sklepie sklep sklepu ulubione ulubiony ulubiona skóra krem polecam
        uwielbiam kocham masz mamy jestem jesteśmy będzie było był była gdzie kiedy dlaczego ale lub czy kto ze
        zapraszamy sobota sobotę niedziela niedzielę poniedziałek wtorek środa środę czwartek piątek godz zł co jak
        nas wam was twojej naszej naszym naszych ich jej jego ma mają może można tu tak też jeszcze gdy bo pod""",
    "pt": """meu minha meus minhas teu tua novo nova novos novas todo toda todos todas hoje amanhã agora sempre bem
        melhor dia dias semana este esta estes estas esse essa isto obrigado obrigada olá vem venha descubra disponível
        loja lojas verão inverno favorito favorita sapatos pele tenho temos quero queres pode podes aqui ali onde quando
        porque nossas nossos coleção perca adoro recomendo domingo terça quarta quinta sexta preço grátis entre sobre
        pelo pela pelos num numa ou quem eu ele ela eles lhe está estão foi fazer há ter sem de nada alguém depois
        antes também ainda muita muitos vos vossa à das dois três""",
}
"""Words of posts that say in a short one what language it is in. Some are English words as well, or names."""
_KNOWN_WORDS = {language: _WORDS[language] | frozenset(words.split()) for language, words in _OTHER_WORDS.items()}
_KNOWN_IN = {
    word: tuple(language for language in _KNOWN_WORDS if word in _KNOWN_WORDS[language])
    for word in chain.from_iterable(_KNOWN_WORDS.values())
}
_ELIDED_WORDS = {
    "fr": "c d j l m n qu s t jusqu lorsqu puisqu aujourd",
    "it": "l d un dell all nell sull dall quest quell tutt c",
}
_ELIDED = {language: frozenset(words.split()) for language, words in _ELIDED_WORDS.items()}
"""What stands before an apostrophe."""
UNKNOWN = "und"
"""A language in another script (ISO 639-2): which one is not told apart."""
_LATIN = 0x250
"""Code points below are Latin letters."""
_SIGNS = {
    "de": "äöüß",
    "es": "¡¿ñáíóú",
    "fr": "çœèéêàùîôëï",
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
_LIKELY, _SURE = 0.33, 0.75
"""How likely a language must be to be taken for it: where nothing speaks against it, and where small words do."""
_FEWEST, _FEW = 10, 20
"""Letters and spaces that tell nothing if they are fewer, and little if they are no more than that."""
_HEARD = 300
"""Characters from a text's beginning that are enough to recognise its language."""


class _Ear:
    """Who recognises languages by more than small words; core knows nobody who does."""

    recognised: Callable[[str], Sequence[tuple[str, float]]] | None = None


def recognise_with(recognised: Callable[[str], Sequence[tuple[str, float]]]) -> None:
    """Have languages recognised that have no small words here: a line's likeliest ones, each with its share of 1."""
    _Ear.recognised = recognised


def is_in_another(language: str, text: str) -> bool:
    """True where the text is clearly in another language than ``language`` (as in "en"), by its small words."""
    return _is_another(language, _counted(_said(text)))


def sounds_like_another(language: str, text: str) -> bool:
    """True where the text is recognised as one of another language that has no small words here."""
    if len({*text[:_HEARD].lower().split()} & _OWN_WORDS.get(language, frozenset())) >= _CLEAR:
        return False
    heard, likely = _heard(text, language)
    return likely >= _SURE and heard != language and heard not in _WORDS


def language_of(text: str) -> str:
    """The language of a text (as in "en"); English unless another is clear.

    `UNKNOWN` where most letters are of another script than Latin.
    """
    return clear_language(text) or ENGLISH


def clear_language(text: str) -> str:
    """The same, but "" where nothing tells, instead of English."""
    said = _said(text)
    counted = _counted(said)
    told = _told(text, said, counted)
    if told == UNKNOWN:
        return told
    heard, likely = _heard(text, ENGLISH, told)
    if heard in (ENGLISH, told):
        return told
    sure = counted.get(ENGLISH, 0) > _of_others(ENGLISH, counted) or (told and heard in _WORDS)
    return heard if likely >= (_SURE if sure else _LIKELY) else told


def _heard(text: str, *against: str) -> tuple[str, float]:
    """The language that is recognised, and how likely it is that the text is in none of those ``against`` it.

    A few letters tell less than many. Handles, hashtags and links tell nothing, so a text is heard without them, in
    small letters; but where it's English as it is written, it is in no other language.
    """
    words = [word for word in text[:_HEARD].split() if word[0] not in "#@" and "://" not in word]
    plain = " ".join(_said(" ".join(words)))
    if _Ear.recognised is None or len(plain) < _FEWEST:
        return "", 0
    shares = _Ear.recognised(plain)
    found, share = shares[0] if shares else ("", 0)
    if found in against:
        return found, share
    likely = sum(share for name, share in shares if name not in against) / (2 if len(plain) <= _FEW else 1)
    if likely >= _LIKELY and ENGLISH in against and ENGLISH in dict(_Ear.recognised(" ".join(words))[:1]):
        return "", 0
    return found, likely


def _told(text: str, said: list[str], counted: Mapping[str, int]) -> str:
    """The language that small words and letters tell, "" where none do."""
    foreign = "".join(FOREIGN.findall(text))
    beyond = sum(c.isalpha() and ord(c) >= _LATIN for c in foreign)
    if beyond and 2 * beyond > sum(map(str.isalpha, text)):
        return UNKNOWN
    evidence, signs = _evidence({*said}), {name: sum(map(foreign.lower().count, some)) for name, some in _SIGNS.items()}
    weights = {n: evidence[n] + min(signs[n], _SOME) for n in _SIGNS if evidence[n] or signs[n] > 1}
    likeliest = max(weights, key=lambda name: (weights[name], signs[name]), default=ENGLISH)
    weight = weights.get(likeliest, 0)
    clear = weight >= _SOME and weight > 2 * counted.get(ENGLISH, 0)
    if likeliest != ENGLISH and (clear or _is_another(ENGLISH, counted)):
        return likeliest
    english = len({*said} & _WORDS[ENGLISH] - _ENGLISH_TOO)
    return ENGLISH if english > max(evidence.values(), default=0) else ""


def _evidence(said: set[str]) -> Counter[str]:
    """How many words of each language there are, without those that are English as well."""
    words = Counter(chain.from_iterable(_KNOWN_IN.get(word, ()) for word in said - _ENGLISH_TOO if word[1:]))
    for word in said:
        before, apostrophe, behind = word.partition("'")
        if apostrophe and behind[1:]:
            words.update(language for language, elided in _ELIDED.items() if before in elided)
    return words


def has_words_of(language: str, text: str) -> bool:
    """True where a small word of the language stands in the text that no other language has."""
    return not _OWN_WORDS.get(language, frozenset()).isdisjoint(_said(text))


def _is_another(language: str, counted: Mapping[str, int]) -> bool:
    other = _of_others(language, counted)
    return other >= _CLEAR and other > 2 * counted.get(language, 0)


def _of_others(language: str, counted: Mapping[str, int]) -> int:
    """How many small words are said of whichever other language most are said of."""
    return max((times for name, times in counted.items() if name != language), default=0)


def _counted(said: Iterable[str]) -> dict[str, int]:
    """How many small words are said of each language that any are said of."""
    spoken = [*chain.from_iterable(filter(None, map(_SPOKEN_IN.get, said)))]
    return {language: spoken.count(language) for language in set(spoken)}


def _spelt(sign: str) -> str:
    if sign in "'’":
        return "'"
    return sign if sign.isalpha() else " "


_LETTERS = Characters(_spelt)


def _said(text: str) -> list[str]:
    return _LETTERS.of(text.lower()).split()
