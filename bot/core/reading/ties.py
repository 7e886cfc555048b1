"""What an answer says of money, gifts, jobs and AI, in the eight languages of the labels.

Words are compared in small letters and without accents. A `*` stands for any ending.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING
from unicodedata import combining, normalize

from bot.core.reading.languages import language_of

if TYPE_CHECKING:
    from collections.abc import Iterator


class Tie(StrEnum):
    """What the answer says that readers have to be told."""

    AD = "ad"
    GIFT = "gift"
    STAFF = "staff"
    PICTURE = "picture"
    FILM = "film"
    VOICE = "voice"
    MADE_WITH_AI = "made_with_ai"


_NO = """
no not none neither nor never nothing without nobody nope cannot nein nee nö nicht kein keine keinen keiner keinem
keinerlei weder ohne nichts nie niemals niemand werbefrei non pas aucun aucune jamais rien ni sans personne sin nunca
jamás nada ningún ninguno ninguna nadie tampoco né senza niente nulla nessun nessuno nessuna neppure niet geen nooit
niets zonder żaden żadn* bez nigdy nic nikt ani não nem sem nenhum nenhuma ninguém adfree
"""
_NO_AT_FIRST = "noch mai"
"""Nor in Dutch, never in Italian; still and May elsewhere."""
_YES = """
yes yeah yep yup correct right true sure exactly ja jawohl jep jo genau richtig stimmt korrekt oui ouais exact
exactement sí claro correcto exacto certo esatto klopt inderdaad tak zgadza dokładnie sim exato isso
"""
_PARTLY = """
partly partially teilweise partiellement parcialmente parzialmente deels gedeeltelijk częściowo "en partie" "zum teil"
"en parte" "in parte" "ten dele" "po czesci" "em parte"
"""
_BUT = """
but just only aber sondern nur lediglich mais juste seulement pero sino solo sólo maar alleen ale lecz tylko
apenas só
"""
_BUT_AT_FIRST = "ma mas"
"""But in Italian and Portuguese; my and more elsewhere."""
_ANY_BUT = f"{_BUT} {_BUT_AT_FIRST}"
_OR_NOT = ("or not", "oder nicht", "ou non", "ou pas", "o no", "of niet", "czy nie", "ou não")
_MYSELF = """
myself ourselves selbst selber "own money" "own pocket" "out of pocket" "moi meme" "nous memes" "ma poche"
"mes deniers" "mi mismo" "yo mismo" "yo misma" "nosotros mismos" "mi bolsillo" "mi dinero" "me stesso" "me stessa"
"di tasca" "mio denaro" "noi stessi" zelf "sam zaplacilem" "sama zaplacilam" "sami zaplacilismy"
"zaplacilem sam" "zaplacilam sama" "wlasnej kieszeni" "wlasne pieniadze" "eu mesmo" "eu mesma" "nos mesmos"
"meu bolso" "meu dinheiro" "eigener tasche" "eigenes geld" "eigenem geld" "eigen zak" "eigen geld"
"""
"""With these it is the author's own money."""
_AD = """
ad ads paid sponsor* partnership partnered commission* affiliat* compensat* remunerat* collab* advert* fee money
barter* ambassad* "pays us" "pays me" "pay us" "pay me" zahlt zahlen gezahlt tausch botschafter* markenbotschafter*
bezahl* gesponsert gesponsort werb* anzeige provision provisionen honorar* vergüt* entgelt* kooperation*
zusammenarbeit auftrag* payé* paie paient embajador* ambasciat* ambasador* embaixador* płaci płacą
rémunér* partenariat* publicit* rétribu* affili* commercial*
paga* pago patrocin* publicid* publi comisi* afiliad* colaborac* retribu*
pubblicit* provvigion* collaborazion*
betaald* gesponsord reclame* advertentie* commissie* samenwerking* vergoeding*
płatn* opłacon* zapłac* reklam* prowizj* współprac* wynagrodz* afiliac*
comiss* parceria* remunerad*
"""
_GIFT = """
gift* free sample* invit* complimentary "given it" "given this" "given to" "was given" "were given" "been given"
"gave me" "gave us" geschenk* gratis kostenlos* eingeladen probe* muster
"zur verfugung gestellt" "gestellt bekommen" "geschickt bekommen" umsonst offert* cadeau* gratuit* échantillon*
regal* obsequi* muestra* omaggio campione campioni gekregen uitgenodigd* proefmonster* toegestuurd
prezent* podarun* podarowa* upomin* darmow* bezpłatn* darmo zaprosz* zaproszen* próbk* presente* brinde* oferta*
oferecid* ofereceram convid* amostra*
"""
_STAFF = """
work works worked working worker employ* staff founder* owner* cofounder* arbeite* angestellt* mitarbeit* inhaber*
gründer* travaill* emploi* salarié* fondat* propriétaire* trabaj* emplead* fundador* propietari* dueñ* lavor* dipendent*
impiegat* titolare werk werkt werken werknemer* werkzaam medewerk* eigenaar* oprichter* pracuj* pracown* zatrudni*
właściciel* założyciel* trabalh* empregad* funcionári* proprietári* dono
"own company" "own business" "own brand" "own shop" "eigene firma" "eigenes unternehmen" "eigene marke" "mon entreprise"
"ma marque" "propre entreprise" "propre marque" "mi empresa" "propia empresa" "mi marca" "propia marca" "mia azienda"
"propria azienda" "mio marchio" "eigen bedrijf" "eigen merk" "moja firma" "wlasna firma" "moja marka" "minha empresa"
"propria empresa" "minha marca"
"""
NAMES_OF_AI = """
ki ia generated generate generative generier* synthetic synthetisch* synthétique* sintétic* syntetyczn* généré*
génératif* générative* generad* generat* gegenereerd* wygenerowan* generowan* gerad* gerou intelligen* inteligenc*
midjourney dalle "dall e" chatgpt gpt* gemini firefly sora copilot grok elevenlabs suno heygen synthesia deepfake*
"stable diffusion" ideogram
"""
"""Beside AI itself, which is a verb in French and a preposition in Italian."""
_ALL = """
all fully everything entirely completely alles komplett vollständig gänzlich tout toute entièrement complètement todo
toda completo completamente tutto tutta interamente volledig helemaal wszystko całość całkowicie tudo totalmente
inteiramente
"""
_REAL = """
real genuine authentic echt echte echtes echter authentisch* vrai vraie vrais vraies réelle réelles authentique*
verdader* auténtic* vero vera veri vere autentic* prawdziw* autentyczn* verdadeir* autêntic*
"""
_MEDIA = {
    Tie.PICTURE: """
        picture* image* photo* visual* illustration* graphic* bild* abbildung* foto* grafik* dessin* imagen* imágenes
        ilustraci* immagin* illustrazion* afbeelding* beeld* plaatje* zdjęci* obraz* grafik* rysun* imagem imagens
        ilustraç*""",
    Tie.FILM: "video* film* clip* reel* footage vidéo* vídeo* filmpje* wideo* klip*",
    Tie.VOICE: """
        voice* audio sound* music* stimme* musik* voix musique* voz voces vozes sonido* música* voce voci suono* stem
        stemmen geluid* muziek* głos* dźwięk* muzyk* som sons""",
}
_KINDS = {Tie.AD: _AD, Tie.GIFT: _GIFT, Tie.STAFF: _STAFF}
_ENDS = frozenset(";:.!?()\n–—")
"""Behind these somebody may say the opposite of what was said before. A comma goes on with a denial."""


# Words.


def plain(text: str) -> str:
    """The same in small letters and without accents."""
    bare = "".join(sign for sign in normalize("NFD", text.casefold()) if not combining(sign))
    return bare.replace("ł", "l")


def words_of(text: str) -> list[str]:
    """The words in small letters, without signs and accents. "Isn't" is "is" and "not"."""
    said = plain(text).replace("’", "'").replace("n't", " not").replace("a.i.", "ai ").replace("i.a.", "ia ")
    return "".join(sign if sign.isalnum() else " " for sign in said).split()


@dataclass(frozen=True, slots=True)
class WordList:
    """Words, beginnings of words and runs of words."""

    whole: frozenset[str]
    begun: tuple[str, ...]
    runs: tuple[str, ...]

    def __contains__(self, word: str) -> bool:
        return word in self.whole or word.startswith(self.begun)

    def stands_in(self, words: list[str]) -> bool:
        """True where one of them is said."""
        said = f" {' '.join(words)} "
        return any(word in self for word in words) or any(run in said for run in self.runs)


@cache
def word_list(listed: str) -> WordList:
    """Words apart, with a `*` behind what only begins one, and runs of words between quotes."""
    pieces = plain(listed).split('"')
    words = " ".join(pieces[::2]).split()
    begun = tuple(word[:-1] for word in words if word.endswith("*"))
    return WordList(frozenset(words), begun, tuple(f" {run} " for run in pieces[1::2]))


def is_denied(words: list[str]) -> bool:
    """True where these words deny something."""
    return word_list(_NO).stands_in(words) or any(word in word_list(_NO_AT_FIRST) for word in words[:1])


def names_ai(text: str, *, romance: bool = False) -> bool:
    """True where AI or a tool for it is named. In French and Italian "ai" in small letters is another word."""
    words = words_of(text)
    typed = "".join(sign if sign.isalnum() else " " for sign in text.replace("A.I.", "AI")).split()
    small = "ai" in words and not romance and ("j", "ai") not in pairwise(words)
    return "AI" in typed or small or word_list(NAMES_OF_AI).stands_in(words)


def names_medium(words: list[str]) -> Tie | None:
    """The picture, film or voice that is named, in this order."""
    return next((tie for tie, listed in _MEDIA.items() if word_list(listed).stands_in(words)), None)


# Answers.


def says_yes(answer: str) -> bool:
    """True for an answer that is plainly a yes."""
    return any(word in word_list(_YES) for word in words_of(answer)[:1])


def money_tie(answer: str, question: str) -> Tie | None:
    """Money goes before a gift, and that before a job. None where no tie is told."""
    found = [tie for said in _told(answer, question) if (tie := _money_in(words_of(said)))]
    return min(found, key=[*_KINDS].index, default=None)


def ai_tie(answer: str, question: str, *, has_pictures: bool) -> Tie | None:
    """What was made with AI. None where nothing was, and where it isn't said what."""
    real = word_list(_REAL).stands_in
    if real(words_of(question)) or real(words_of(answer)):
        question = ""  # "Is it real, or made with AI?", and yes is an answer to neither
    romance = not {"fr", "it"}.isdisjoint(map(language_of, (question, answer)))
    told = _told(answer, question)
    if not any(names_ai(part, romance=romance) for part in told):
        return None
    words = words_of(" ".join((answer, *told)))
    assumed = Tie.PICTURE if has_pictures else Tie.MADE_WITH_AI if word_list(_ALL).stands_in(words) else None
    return names_medium(words) or assumed


def _money_in(words: list[str]) -> Tie | None:
    paid_by_myself = word_list(_MYSELF).stands_in(words)
    kinds = (tie for tie, listed in _KINDS.items() if word_list(listed).stands_in(words))
    return next((tie for tie in kinds if not (tie is Tie.AD and paid_by_myself)), None)


def _told(answer: str, question: str) -> list[str]:
    """What the answer affirms, clause by clause, with the question's own where it is a plain yes to it."""
    told, denies = _affirmed(answer)
    partly = word_list(_PARTLY).stands_in(words_of(answer)[:2])
    if denies or not (says_yes(answer) or partly):
        return told
    asked = f" {' '.join(question.split())} "
    for or_not in _OR_NOT:
        asked = asked.replace(f" {or_not}", "")
    return told + _affirmed(asked)[0]


def _affirmed(text: str) -> tuple[list[str], bool]:
    """The clauses in which nothing is denied, and whether something is in others."""
    told: list[str] = []
    denying, denies = False, False
    for clause, anew in _clauses(text):
        words = words_of(clause)
        if word_list(_NO).whole.issuperset(words):  # "No, it was a gift"
            denying, denies = False, True
        elif is_denied(words):
            denying, denies = True, True
        elif anew or not denying:
            denying = False
            told.append(clause)
    last = words_of(text)[-1:]
    if len(words_of(text)) > 1 and any(word in word_list(_NO) for word in last):  # "AI? No."
        told = told[:-1]
    return told, denies


def _clauses(text: str) -> Iterator[tuple[str, bool]]:
    """Clauses with words, each with whether it may say the opposite of the one before."""
    clause: list[str] = []
    anew = True
    for word in _spaced(text).split(" "):
        comma, ends, but = word == ",", word in _ENDS, plain(word) in word_list(_BUT if clause else _ANY_BUT)
        if comma or ends or but:
            if words_of(" ".join(clause)):
                yield " ".join(clause), anew
                anew = False
            clause = []
            anew = anew or ends or but
        if not (comma or ends):
            clause.append(word)
    if words_of(" ".join(clause)):
        yield " ".join(clause), anew


def _spaced(text: str) -> str:
    """Signs that end a clause stand apart, and all the rest is parted by one space."""
    text = text.replace("A.I.", "AI").replace("I.A.", "IA").replace(" - ", " – ")
    apart = "".join(f" {sign} " if sign in _ENDS or sign == "," else sign for sign in text)
    return " ".join(part for part in apart.replace("\n", ";").split())
