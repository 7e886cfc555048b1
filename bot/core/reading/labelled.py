"""Whether a post says already that it is advertising, who its author works for, or that AI made something.

Words are compared in small letters and without accents, whole, and not where they are denied.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.reading.languages import language_of
from bot.core.reading.ties import Tie, is_denied, names_ai, names_medium, plain, word_list, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPENING = 125
"""Characters that a reader sees before “more”."""
_IN_FRONT = """
ad advert advertisement advertorial sponsored "sponsored post" "sponsored content" "sponsored video" "paid post"
"paid ad" anzeige werbung dauerwerbesendung gesponsert "bezahlte werbung" "bezahlte anzeige" publicité pub publi
sponsorisé publicidad patrocinado patrocinada pubblicità sponsorizzato sponsorizzata inserzione advertentie reclame
gesponsord reklama sponsorowane "materiał sponsorowany" publicidade patrocínio
"""
"""What is a label in front of a post or in brackets, set apart by a sign."""
_ONLY_IN = {"adv": {"it"}, "pub": {"fr", "pt"}, "publi": {"es"}, "advertising": {"it"}}
"""Words that mean something else, or nothing to most, in other languages. “Pub” is a label in capitals elsewhere."""
_TAGS = """
ad advert advertisement sponsored paidad paidpartnership anzeige werbung bezahltewerbung bezahltepartnerschaft
gesponsert publicité partenariatrémunéré collaborationcommerciale sponsorisé publicidad patrocinado patrocinada
pubblicità sponsorizzato advertentie reclame gesponsord betaaldesamenwerking betaaldpartnerschap reklama
materiałreklamowy współpracareklamowa płatnawspółpraca publicidade patrocínio parceriapaga adv advertising pub publi
"""
_PHRASES = """
"paid partnership" "paid promotion" "paid collaboration" "paid me" "this is an ad" "this is a paid ad"
"bezahlte partnerschaft" "bezahlter partnerschaft" "bezahlte kooperation" "bezahlter kooperation"
"bezahlte zusammenarbeit" "bezahlter zusammenarbeit" "das ist werbung" "enthalt werbung"
"partenariat remunere" "partenariat commercial" "collaboration commerciale" "collaboration remuneree"
"ceci est une publicite" "colaboracion pagada" "colaboracion remunerada" "asociacion pagada" "esto es publicidad"
"collaborazione pagata" "collaborazione retribuita" "partnership pubblicizzata" "questa e pubblicita"
"betaald partnerschap" "betaalde samenwerking" "betaalde promotie" "dit is een advertentie" "dit is reclame"
"material reklamowy" "material sponsorowany" "wspolpraca reklamowa" "wspolpraca platna" "platna wspolpraca"
"platne partnerstwo" "to jest reklama" "parceria paga" "parceria remunerada" "publicidade paga" "isto e publicidade"
"""
_BY = """
"sponsored by" "gesponsert von" "gesponsert durch" "sponsorise par" "sponsorisee par" "patrocinado por"
"patrocinada por" "sponsorizzato da" "sponsorizzata da" "gesponsord door"
"sponsorowany przez" "sponsorowane przez" "sponsorowana przez"
"""
"""A label in front, or where the sentence speaks of the post."""
_THE_POST = """
post posts video reel story episode article beitrag beiträge folge publication vidéo épisode publicación vídeo
episodio contenuto puntata bericht aflevering wpis film odcinek publicação
"""
_UNCLEAR = {"de": frozenset(("ad", "ads")), "es": frozenset(("ad", "ads", "colab", "sp"))}
"""By the language of the post: what is not clear enough, as the sources of that language's own labels say."""
_STAFF = """
"i work for" "i work at" "i work with" "i work in" "i work here" "we work for" "we work at" "my employer"
"ich arbeite bei" "ich arbeite fur" "ich arbeite in" "ich arbeite hier" "wir arbeiten bei" "wir arbeiten fur"
"mein arbeitgeber" "meinem arbeitgeber" "je travaille chez" "je travaille pour" "je travaille a" "mon employeur"
"trabajo en" "trabajo para" "mi empleador" "lavoro in" "lavoro per" "lavoro da" "lavoro presso" "ik werk bij"
"ik werk voor" "mijn werkgever" "pracuje w" "pracuje we" "pracuje dla" "moj pracodawca" "trabalho na" "trabalho no"
"trabalho em" "trabalho para"
"""
_AI_TAGS = """
madewithai aigenerated aigeneratedimage aiart kigeneriert mitki kibild généréparia imageia hechoconia generadoconia
creatoconia generatoconia gemaaktmetai metaigemaakt wygenerowaneprzezai feitocomia geradoporia
"""
_MADE = """
made generated created produced edited rendered generier* erstellt* erzeugt* gemacht* entstanden bearbeitet généré*
créé* fait faite faits faites réalisé* generad* hecho hecha hechos hechas cread* realizad* generat* creat* fatto fatta
fatti fatte realizzat* gemaakt* gegenereerd* gecreëerd* bewerkt* wygenerowan* stworzon* utworzon* zrobion* gerad* feito
feita feitos feitas criad*
"""
_BETWEEN = """
with by using the an a help of mit von durch hilfe einer der per l une la avec par grace à con una por da tramite dell
met een door behulp van z przez użyciem pomocą com uma pela pelo generative generativer generativen künstlicher
artificial artificielle kunstmatige sztuczną sztucznej
"""
_SAYS_SO = """
"images virtuelles" "image virtuelle" "ai generated" "ki generierte" "ki generierter" "ki generiertes" "ki generierten"
"""
_HYPHENED = ("ai-generated", "ai-made", "ai-created", "ki-generiert", "ki-erstellt", "ki-erzeugt", "ai-gegenereerd")
_ABOUT_SUCH = """
"to spot" "you spot" "can spot" "we spot" "i spot" "people spot" spotting
detect detects detecting detection recognise recognize identify
"vs ai" "versus ai" "ai vs" "ai versus" "generated vs" "generated versus" everywhere fool fools fooled "about ai"
"tell ai" erkenn* uberall "uber ki" reconnaitre reperer detecter partout reconocer detectar identificar riconoscere
herken* rozpoznac reconhecer
"""
"""Words beside which such pictures are what a sentence is about, not what the post shows."""
_HOW = """
how why wie warum woran comment pourquoi como "por que" come perche hoe waarom jak dlaczego
"""
_TELLING = """
tell know notice distinguish unterscheide* merk* distinguer savoir distinguir saber notar distinguere capire
onderscheid* odroznic
"""
"""Beside a word of how they say the same."""
_BEGINNING = """
"how to" "how do" "how does" "how did" "how can" "how should" "how ai" "learn how" "here s how to"
"spot ai" "spot the ai" "spot an ai" "wie man" "wie du"
"wie ihr" "wie sie" "wie ki" "hoe je" "hoe u" "hoe ai" "comment l ia" "como la ia" "como a ia" why warum pourquoi
"por que" perche waarom dlaczego
"""
"""How a sentence begins that is about such pictures; further behind, its words may tell what a picture shows."""
_AT_FIRST = 4
"""Words of such a beginning, at most."""
_INFINITIVE = {"como": ("ar", "er", "ir"), "comment": ("er", "ir", "re"), "come": ("are", "ere", "ire"), "jak": ("c",)}
"""Endings of a verb right behind "how" at the beginning ("Cómo crear ...")."""
_BESIDE_SIGNS = frozenset(",?'’&%+\"“”„«»")
"""What behind a word says that it is part of a sentence or of a quotation."""
_QUOTES = frozenset('"“”„«»‘')
_NEAR = 4
"""Words between what was made and what made it."""
_CREDIT = 2
"""Words of a bare credit."""


@dataclass(frozen=True, slots=True)
class _Word:
    """As it is compared, and where it stands."""

    said: str
    start: int
    end: int


def is_labelled(text: str, tie: Tie, language: str = "") -> bool:
    """True where the post says it already, where readers see it, in words that are clear in its language."""
    language = language or language_of(text)
    if tie in (Tie.AD, Tie.GIFT):
        return _says_it_is_an_ad(text.strip()[:_OPENING], language)
    if tie is Tie.STAFF:
        return any(_affirms(clause, _STAFF) for clause in _clauses(text))
    return any(_says_ai(clause, language) for clause in _clauses(text)) or _has_tag(text, _AI_TAGS, language)


def labels_in(text: str, language: str) -> Counter[Tie]:
    """How often the post says it, wherever readers see it: of advertising each time, of the rest whether it does."""
    tags = sum(_has_tag(word, _TAGS, language) for word in text.split())
    phrases = sum(_affirms(clause, _PHRASES) or _is_sponsored(clause) for clause in _clauses(text))
    others = {tie: is_labelled(text, tie, language) for tie in (Tie.STAFF, Tie.PICTURE)}
    return Counter({Tie.AD: tags + phrases + len(list(_in_front(text, language))), **others})


def _says_it_is_an_ad(seen: str, language: str) -> bool:
    return (
        _has_tag(seen, _TAGS, language)
        or any(_affirms(clause, _PHRASES) or _is_sponsored(clause) for clause in _clauses(seen))
        or _stands_in_front(seen, language)
    )


def _is_clear(word: str, language: str) -> bool:
    return language in _ONLY_IN.get(word, {language}) and word not in _UNCLEAR.get(language, ())


def _has_tag(text: str, tags: str, language: str) -> bool:
    tagged = (words_of(word[1:])[:1] for word in text.split() if word.startswith("#"))
    return any(word in word_list(tags) and _is_clear(word, language) for words in tagged for word in words)


def _affirms(clause: str, phrases: str) -> bool:
    words = words_of(clause)
    return word_list(phrases).stands_in(words) and not is_denied(words)


def _is_sponsored(clause: str) -> bool:
    words = words_of(clause)
    first = word_list(_BY).stands_in(words[:3])
    return _affirms(clause, _BY) and (first or word_list(_THE_POST).stands_in(words))


# A word in front of the post, or of a part of it, or alone in brackets.


def _stands_in_front(seen: str, language: str) -> bool:
    return any(_in_front(seen, language))


def _in_front(seen: str, language: str) -> Iterator[str]:
    """The words that are labels."""
    words = list(_words(seen))
    for at, word in enumerate(words):
        before = seen[words[at - 1].end if at else 0 : word.start]
        begins = not at or any(sign in "\n|•·–—([" for sign in before)
        apart = begins and not _QUOTES & set(before) and not before.endswith("#")
        if apart and any(_is_label(words[at : at + size], seen, language) for size in (2, 1)):
            yield word.said


def _is_label(words: list[_Word], seen: str, language: str) -> bool:
    said, typed = " ".join(word.said for word in words), seen[words[0].start : words[-1].end]
    in_capitals = typed.isupper() and typed[1:] != ""
    known = word_list(_IN_FRONT)
    if said not in known.whole and f" {said} " not in known.runs and said != "adv":
        return False
    if not _is_clear(said, language) and not (said == "pub" and in_capitals):
        return False
    return _is_set_apart(seen[words[-1].end :], in_capitals=in_capitals and len(words) == 1)


def _is_set_apart(rest: str, *, in_capitals: bool) -> bool:
    """True where a sign, the end or, behind capitals, a word in small letters follows."""
    bare = rest.lstrip(" \xa0")
    if not bare or bare[0] in "\n:|":
        return True
    if bare[0].isalpha():
        word = bare.split()[0]
        return in_capitals and not word.isupper()
    glued = bare == rest and bare[0] in "-./" and bare[1:2].isalnum()
    return not (bare[0].isalnum() or bare[0] in _BESIDE_SIGNS or glued)


# Pictures, films and voices.


def _says_ai(clause: str, language: str) -> bool:
    """True for "generated by AI", "KI-generiert", "Foto: mit KI" and the like."""
    words = words_of(clause)
    romance = language in {"fr", "it"}
    if is_denied(words) or _only_speaks_of_it(clause, romance=romance):
        return False
    if not (names_ai(clause, romance=romance) or "virtuelles" in words or "virtuelle" in words):
        return False
    if word_list(_SAYS_SO).stands_in(words) or any(said in plain(clause) for said in _HYPHENED):
        return True
    return _is_credit(clause, romance=romance) or any(
        _is_made_by(words, at, romance=romance) for at, _ in enumerate(words)
    )


def _only_speaks_of_it(clause: str, *, romance: bool) -> bool:
    """True for "How to spot AI-generated images" and for questions."""
    naming = (words_of(part) for part in clause.split(":") if names_ai(part, romance=romance))
    return clause.rstrip().endswith("?") or any(map(_is_about_such, naming))


def _is_about_such(words: list[str]) -> bool:
    if word_list(_ABOUT_SUCH).stands_in(words):
        return True
    if word_list(_HOW).stands_in(words) and word_list(_TELLING).stands_in(words):
        return True
    begins = word_list(_BEGINNING)
    first = " ".join(words[:_AT_FIRST])
    if words[0] in begins or f"{first} ".startswith(tuple(run[1:] for run in begins.runs)):
        return True
    return len(words) > 1 and words[1].endswith(_INFINITIVE.get(words[0], ("-",)))


def _is_credit(clause: str, *, romance: bool) -> bool:
    """True for "AI image" alone or before a colon, and for "Bild: KI"."""
    front, _, behind = clause.partition(":")
    medium, tool = words_of(front), words_of(behind)
    if len(medium) <= _CREDIT and names_ai(front, romance=romance):
        return names_medium(medium) is not None
    return 0 < len(tool) <= _CREDIT and names_ai(behind, romance=romance) and names_medium(medium[-1:]) is not None


def _is_made_by(words: list[str], at: int, *, romance: bool) -> bool:
    if not names_ai("AI" if words[at] == "ai" else words[at], romance=romance):
        return False
    before = list(reversed(words[max(0, at - _NEAR) : at]))
    between = 0
    while between < len(before) and before[between] in word_list(_BETWEEN):
        between += 1
    made = word_list(_MADE)
    maker = before[between : between + 1]
    if maker and maker[0] in made:
        return bool(between) or maker[0].startswith("wygenerowan")  # made by AI, in its case alone
    follows = words[at + 1 : at + 2]
    if follows:
        return bool(between) and follows[0] in made  # "mit KI erstellt"
    return bool(between) and names_medium(maker) is not None  # "Bild mit KI"


def _clauses(text: str) -> Iterator[str]:
    """The parts of the sentences; of a question with its mark."""
    for sign in ".!;,()[]–—|":
        text = text.replace(sign, "\n")
    text = text.replace("?", "?\n")
    yield from filter(str.strip, text.split("\n"))


def _words(text: str) -> Iterator[_Word]:
    start = None
    for at, sign in enumerate(f"{text} "):
        if sign.isalnum() and start is None:
            start = at
        elif not sign.isalnum() and start is not None:
            yield _Word(plain(text[start:at]), start, at)
            start = None
