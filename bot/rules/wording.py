"""Whether later words are the ones that somebody left alone: in another form, with small words or a size around them.

By normal form and word stems, without a model. Every doubt is an answer of no: a point told twice costs a click, one
that is never told costs more.
"""

from __future__ import annotations

import unicodedata
from itertools import permutations, takewhile
from typing import TYPE_CHECKING

import regex

from bot.core.privacy import remembered
from bot.rules.matching import expression

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# Words that matter to that, in every language that is known here. Forms, not stems: each as people write it.

_WORDS = {
    "denied": """no not never without none neither nor nobody nothing cannot non kein keine keinen keinem keiner
        keines nicht nie niemals ohne weder nirgends nichts nunca sin ningún ninguna ninguno ningunos ningunas nada
        jamás tampoco ni ne pas jamais sans aucun aucune rien mai senza nessun nessuna nessuno niente né niet geen
        nooit zonder não sem nenhum nenhuma nem bez żaden żadna żadne nigdy except außer excepto salvo sauf tranne
        impossible unmöglich imposible impossibile""",
    "number": """hundreds cents / thousand thousands tausend tausende mil mille duizend / million millions millionen
        millón millones / dozen dutzend docena / double doppelt doble twice / triple dreifach / half halb mitad
        moitié mezzo metade / couple several few wenige pocos pocas quelques / due twee dois duas / tre drie três /
        quattro vier quatro / cinque vijf / sei zes seis / sept sette zeven sete / otto acht oito / neuf nove negen
        / dieci tien dez / undici once / dodici / venti / cento honderd cem""",
    "date": """first erste erster erstes ersten primero primera premier première primo prima eerste / today tonight
        heute hoy aujourd'hui oggi vandaag hoje / tomorrow morgen mañana demain domani amanhã / midnight mitternacht
        medianoche minuit mezzanotte / second seconds sekunde sekunden segundo segundos seconde secondes / minute
        minutes minuten minuto minutos / hour hours stunde stunden hora horas heure heures ore uur / day days daily
        tag tage tagen día días jour jours giorno giorni dag dagen dia dias / week weeks woche wochen semana semanas
        semaine settimana weken / weekend wochenende / month months monat monate monaten mes meses mois mese maand /
        year years jahr jahre jahren año años année anno jaar ano anos / monday montag lunes / tuesday dienstag
        martes / wednesday mittwoch miércoles / thursday donnerstag jueves / friday freitag viernes / saturday
        samstag sábado / sunday sonntag domingo / january januar enero / february februar febrero / march märz marzo
        / april abril / may mai mayo / june juni junio / july juli julio / august agosto / september septiembre /
        october oktober octubre / november noviembre / december dezember diciembre""",
    "time": """now immediately instantly instant jetzt gleich sofort ahora ya maintenant ora adesso subito nu straks
        agora já / soon bald pronto bientôt presto logo / until till end ends ending ended close closes closing
        expires deadline bis ende endet enden läuft hasta fin acaba acaban termina terminan jusqu fino fine tot até
        fim / again yet already noch / fast faster quick quickly hurry schnell schneller rápido vite snel / always
        forever lifetime life immer ewig lebenslang siempre vida toujours sempre altijd""",
    "promise": """last final finally letzte letzter letztes letzten último última últimos últimas dernier dernière
        derniers dernières ultimo ultima ultimi ultime laatste only left remaining gone sold miss missing nur letzt
        übrig weg ausverkauft verpassen verpasst solo sólo queda quedan agota agotan agotado perder pierdes
        seulement reste restent épuisé rimasti esaurito alleen uitverkocht só apenas restam esgotado / free gratis
        kostenlos frei gratuit gratuite grátis / guarantee guarantees guaranteed garantie garantiert garantierte
        garantía garantiza garantizado garantizada garantizados garanti garantito garantita garantido garantida /
        proven proves proof prove bewiesen beweist probado comprobado demostrado prouvé provato bewezen comprovado /
        cure cures curing cured heal heals healing treat treats prevent prevents heilt heilen heilung cura curan
        guérit soigne guarisce geneest / doctor doctors expert experts science scientific scientifically clinical
        clinically medical arzt ärzte ärztin experten wissenschaft wissenschaftlich klinisch medizinisch médico
        médicos médica médicas experto expertos ciencia científico científicamente clínico clínicamente médecin
        médecins scientifique medici scientifico arts artsen / official officially offiziell oficial officiel
        ufficiale / best most cheapest lowest highest biggest beste bester bestes besten meisten günstigste mejor
        mejores meilleur meilleure migliore migliori melhor melhores / better more less cheaper besser mehr weniger
        günstiger más menos plus moins più meno beter meer minder mais / unique exclusive exclusively einzige
        einziger einzigartig exklusiv único única exclusivo exclusiva exclusif unico esclusivo enige / save saves
        saving discount percent rabatt spart sparen prozent descuento ahorra ahorrar remise sconto korting desconto
        / win wins winner prize gewinn gewinnen gana ganar premio gagner gagnez vinci ganhe / everyone everybody
        every jeder jede jedes jeden cada chaque ogni iedereen elke / must need needs muss müssen brauchst braucht
        debes necesitas doit / regret / secret geheim geheimnis secreto / safe safely sicher seguro segura sûr /
        healthy healthier gesund gesünder sano saludable / perfect perfekt perfecto perfecta parfait / pure rein
        puro pura pur / fully completely entirely völlig komplett wirksam""",
    "besides": """or oder lub instead than because if so that who which why ever weil wenn dass wer warum deshalb porque
        si que quien por ciento parce qui perché se che omdat als off over""",
    "bare": """a an at on u ur us but aber pero the my our your his her its their this that these those it it's is are
        be am we i you she he they all just will so really very truly totally absolutely literally insanely incredibly
        super simply der wirklich echt total sehr einfach dir dich euch muy tan realmente très vraiment die das den dem
        des ein eine einen einem einer eines mein meine unser unsere unseren unserem unserer unseres euer eure dein
        deine ihr ihre sein seine dies diese dieser dieses diesen ist sind wir ich es alles alle el la los las lo un
        una unos unas mi mis tu tus su sus nuestro nuestra nuestros nuestras este esta estos estas vuestro vuestra
        vuestros vuestras te son todo toda todos todas le les l d une mon ma mes notre nos votre vos sa ses ce cette
        ces est sont tout toute tous il gli uno della del dei delle nostro nostra nostri nostre vostro questo questa
        questi queste è sono tutto het een mijn onze ons deze dit zijn o os as um uma meu minha nosso nossa nossos
        nossas é são to jest są nasz nasza nasze""",
    "joining": """of in with for from on at to and by made new mit von für aus bei und zu zum zur im am uns neu neue
        neuer neues neuen con de del para por en y e nuevo nueva nuevos nuevas avec pour à au dans et nouveau nouvelle
        per di da nuovo nuova met van voor nieuwe com em do novo nova z w na dla""",
    "of": """of von de di van à z""",
    "turning": """from to for than before after over until till more less first then instead für gegen als vor nach
        statt bis mehr weniger erst dann zuerst von por para desde hasta antes después que más menos primero luego pour
        avant après plus moins per prima dopo più meno voor na meer minder antes depois mais menos przed po""",
    "ours": """our my unser unsere unserer unseren unserem unseres mein meine nuestro nuestra nuestros nuestras""",
    "free": """offert offerte kostenlose kostenloser kostenloses kostenlosen gratuits gratuites gratuito gratuita
        gratuitos gratuitas""",
    "strong": """free guarantee proven cure doctor official best unique save win secret safe healthy""",
    "measure": """second minute hour day week month year""",
    "every": """all alle allen alles todo toda todos todas tous toutes tutti tutte""",
    "we": """we i wir ich nosotros nous je noi nós""",
    "you": """you u du ihr tú vosotros usted ustedes tu vous voi você vocês""",
    "opening": """so yes oh well hey ja si sí oui sì tak""",
}
SETS = {name: frozenset(words.split()) - {"/"} for name, words in _WORDS.items()}
_LINES = [
    line
    for name in ("date", "time", "denied", "number", "promise")
    for line in " ".join(_WORDS[name].split()).split(" / ")
]
KINDS = {word: f"kind {number}" if number else "1" for number, line in enumerate(_LINES) for word in line.split()}
"""Of each word that weighs, the kind of what it says; the first is a number."""
KINDS.update(dict.fromkeys(SETS["free"], KINDS["free"]))
_MORE = SETS["denied"] | SETS["number"] | SETS["date"] | SETS["time"] | SETS["promise"] | SETS["besides"]
"""Words that say more than the ones beside them."""
_BARE = SETS["bare"]
"""Articles and the like: whether they are there or not changes nothing."""
_JOINING = SETS["joining"]
"""Words that add nothing of their own, beside those that were left alone."""
_OF = SETS["of"]
"""What comes before the size of an edition: the only number that may stand beside words without one."""
_TURNING = SETS["turning"] | SETS["denied"] | SETS["number"]
"""With these another order says something else: from good to best, less sugar and more fruit."""
_THAN = frozenset(("than", "als", "que", "dan"))
_BY = frozenset(("by", "von", "por", "par"))
"""Before whoever does it: tested by dermatologists, dermatologist-tested."""
_OPENING = SETS["opening"]
"""What may stand before the words and adds nothing."""
_LONGEST = 400
"""Letters on either side beyond which only the very words will do: comparing grows faster than they do."""
_FOR = frozenset(("for", "during", "für", "während", "para", "durante", "pour", "pendant", "per", "voor", "dla"))
_MOST_BESIDE = 3
"""Words of their own that may be beside those left alone in their draft, and never more than these have."""
_SIZE = 3
"""Words of a size, as in "of 300 prints"."""

# What tells a word's forms apart. Other endings make other words: natural, naturally; fast, faster.

_SHORTEST = 2
"""Letters that two forms of a word have in common."""
_ENDINGS = {
    "english": "- s es e ed d ing y ies ied ying ting ning ping ming ging ding ted ned ped med ged ded",
    "german": "- e en er es em n s t",
    "spanish": "- s es o a os as",
    "french": "- e s es x",
    "italian": "o a i e - he hi",
    "dutch": "- e en n s 's",
    "portuguese": "- s es o a os as",
    "polish": "- a e y i o u ow om ami ach em ie ego emu ej ym im ich ych ymi imi",
}
_VERBS = {
    "german": "- e en t et st est",
    "spanish": "o a e as es an en amos emos imos ar er ir ando iendo ad ed id",
    "french": "- e s es ent ez ons er",
}
"""Endings of one verb, whoever does it: their stems differ, so the words must have more in common."""
_SHORTEST_VERB = 4
_MORE_SO = {"", "er"}
"""What makes a comparison of a German word: schnell, schneller."""


def _endings(of: dict[str, str]) -> dict[str, frozenset[str]]:
    return {language: frozenset(ending.strip("-") for ending in said.split()) for language, said in of.items()}


PLAIN, _OF_VERBS = _endings(_ENDINGS), _endings(_VERBS)
_SIGNS = expression(
    r"(?P<number>\d(?:[\d.,:/]*\d)?)|(?P<unit>[%€$£¥‰])|(?P<word>\p{L}[\p{L}\p{M}]*(?:'\p{L}+)?)"
    r"|(?P<stop>[.!?;:,…()\n/|]|[–—]| - )"
)
_JOINED = expression(r"(?<=\p{L})-(?=\p{L})")
_HIDDEN = expression(r"[\u00ad\u200b-\u200d\u2060\ufe0e\ufe0f\ufeff]")
STOP = "."
_AND = frozenset(("and", "und", "y", "et", "&"))
_LIST = expression(r"\s*,\s*|\s+(?:and|und|y|et|&)\s+")
_LONGEST_LIST, _LONGEST_PART = 4, 2
_SHORTEST_TURNED = 3
"""Words of its own that a phrase has at least whose beginning may stand behind its end: not milk chocolate."""
_OURS, _WE, _YOU = SETS["ours"], SETS["we"], SETS["you"]
SUPERLATIVE = expression(r"\p{L}{3}(?:est|ste[nrsm]?)\b|\b(?:best|most|mejor(?:es)?|más)\b", regex.IGNORECASE)

# One word, written in more than one way. The first of each stands for the others.

_SHORT = """limited: ltd /
    appointment: appt appts appointments /
    as soon as possible: asap /
    approximately: approx ca circa zirka aprox aproximadamente /
    information: info infos informationen información /
    including: incl inkl inklusive incluido /
    excluding: excl exkl zzgl zuzüglich /
    zum beispiel: zb bspw /
    por ejemplo: pej /
    beziehungsweise: bzw /
    por favor: xfavor /
    maximum: max máx maximal máximo /
    please: pls plz /
    doctor: dr /
    mehrwertsteuer: mwst /
    part: pt /
    pieces: pcs stk stück /
    january: jan /
    february: feb /
    september: sept /
    october: oct /
    november: nov /
    december: dec /
    people: ppl /
    with: w/ /
    number: nr nummer número núm /
    12 pm: noon /
    telephone: tel telefon teléfono tfno"""
UNITS = """minutes: min mins minute minuten minuto minutos /
    hours: h hr hrs hour std stunde stunden hora horas /
    seconds: s sec secs second sek sekunde sekunden segundo segundos /
    days: day tag tage tagen día días /
    weeks: wk wks week woche wochen semana semanas /
    months: month monat monate monaten mes meses /
    years: yr yrs year jahr jahre jahren año años /
    grams: g gr gram gramm gramme gramo gramos /
    kilograms: kg kgs kilo kilos kilogram kilogramm kilogramo kilogramos /
    metres: m meter meters metre metro metros /
    kilometres: km kms kilometer kilometers kilómetro kilómetros /
    centimetres: cm zentimeter centímetro centímetros /
    litres: l liter liters litre litro litros /
    millilitres: ml milliliter mililitros /
    pounds: lb lbs pound /
    ounces: oz ounce /
    percent: % pct prozent porciento /
    $: dollar dollars usd /
    €: euro euros eur"""
"""Behind a number alone: a minute is no minimum."""
_SPELT = """gray: grey / yogurt: yoghurt yoghourt / donut: doughnut / cozy: cosy / jewelry: jewellery / mom: mum /
    pajamas: pyjamas / plow: plough / tire: tyre / program: programme / check: cheque / mustache: moustache /
    aluminum: aluminium / skeptical: sceptical / airplane: aeroplane / artisan: artisanal / cookies: biscuits"""
_FIGURES = """0: zero null cero / 1: one eins uno / 2: two zwei dos deux / 3: three drei tres trois / 4: four vier
    cuatro quatre / 5: five fünf fuenf cinco cinq / 6: six sechs seis / 7: seven sieben siete / 8: eight acht ocho
    huit / 9: nine neun nueve / 10: ten zehn diez dix / 11: eleven elf onze / 12: twelve zwölf zwoelf doce douze /
    13: thirteen dreizehn trece / 14: fourteen vierzehn catorce / 15: fifteen fünfzehn quince / 20: twenty zwanzig
    veinte vingt / 30: thirty dreißig dreissig treinta trente / 40: forty vierzig cuarenta / 50: fifty fünfzig
    cincuenta / 100: hundred hundert cien cent"""


def ways(table: str) -> dict[str, str]:
    """Of each other way to write a word the one that stands for all of them."""
    lines = (line.split(": ") for line in " ".join(table.split()).split(" / "))
    return {way: one for one, ways in lines for way in ways.split()}


def _any(ways: Iterable[str]) -> str:
    """The longest first; inside a short form there may be full stops and spaces: z. B., x favor."""
    spaced = {"zb": r"z\.\s?b", "pej": r"p\.\s?ej", "xfavor": r"x\sfavor", "porciento": r"por\s?ciento"}
    return "|".join(spaced.get(way, regex.escape(way)) for way in sorted(ways, key=len, reverse=True))


_WAYS = ways(_SHORT) | ways(UNITS) | ways(_SPELT)
_IN_FIGURES = ways(_FIGURES)
_WORD_FOR_A_FIGURE = expression(rf"(?<![\p{{L}}\d]|\bno )(?:{_any(_IN_FIGURES)})(?![\p{{L}}\d'])")
_WRITTEN_OUT = expression(
    rf"(?<=\d)(?P<gap>[\s-]?)(?:{_any(ways(UNITS))})(?![\p{{L}}\d'])\.?"
    rf"|(?<![\p{{L}}\d'])(?:(?:{_any(ways(_SHORT))})(?![\p{{L}}\d'])\.?"
    rf"|(?:{_any(ways(_SPELT))})(?=s?(?!\p{{L}})))"
)
_ONLY = expression(
    r"\b(?:only|nur(?: noch)?|sólo|solo|plus que|seulement)\s(?=(?:a )?(?:\d|few|wenige|pocos|pocas|quelques))"
)
_ONE_OF = expression(
    r"\b(?:one of|among|ein(?:e[rns]?)? de[rns]|(?:una?|uno) de (?:los|las|nuestr[oa]s)|(?:l'un|une?) (?:de nos|des)"
    r"|un[oa]? de(?:i|gli|lle)|een van de|uma? d[oa]s)\b"
)
"""Before a superlative: not the only one."""
HEDGED = expression(
    r"\b(?:up to|may|might|could|possibly|helps?|almost|nearly|selected|kann|könnten?|hilft|bis zu|ausgewählte|puede"
    r"|podría|ayuda|casi|hasta|peut|pourrait|aide|presque|jusqu)\b"
)
_TAG, _CAMEL = expression(r"#(\p{L}\w+)"), expression(r"(?<=\p{Ll})(?=\p{Lu})")
_NOT, _FULL = expression(r"\b(\p{L}+)n't\b"), {"wo": "will", "ca": "can", "sha": "shall"}
_ZEROS = ways("000: k thousand tausend mil mille / 000000: million millionen millones")
_MANY = expression(rf"(?<![\d.,])(\d+)\s?({'|'.join(_ZEROS)})(?![\p{{L}}\d])")
_PARTED = expression(r"(?<![\d.,])\d{1,3}(?:[.,]\d{3})+(?![\d.,]*\d)")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = expression(r"\b(mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\b\.?(?=,?\s*\d)")
_MONEY = expression(r"([$€£])\s?(\d[\d.,]*)")
_UNSAID = expression(r"[\s.-]")
_BETWEEN = expression(r"(?<!\d)[^\p{L}\p{M}\p{N}%€$£¥‰+]+|[^\p{L}\p{M}\p{N}%€$£¥‰+]+(?!\d)")
_BRITISH = expression(
    r"(?<=\p{L}{2})our(?=s?$|e|i)|(?<=\p{L}{3})is(?=e[dsr]?$|ing$|ation)|(?<=\p{L}{3})ys(?=e[ds]?$)|(?<=\p{L}{2}[bt])re(?=s?$)"
    r"|(?<=\p{L}{2})l(?=l(?:ed|ing|er)s?$)|(?<=\p{L}{2}og)ue(?=s?$)|(?<=\p{L}{2}en)c(?=es?$)"
    r"|(?<=g)e(?=ing$)|(?<=\p{L}{2})ves$"
)
_AMERICAN = {"our": "or", "is": "iz", "ys": "yz", "re": "er", "l": "", "ue": "", "c": "s", "e": "", "ves": "f"}
_GERMAN = expression(r"ae|oe|ue|ph|th|t(?=i(?:al|ell))")
_NEW = {"ae": "ä", "oe": "ö", "ue": "ü", "ph": "f", "th": "t", "t": "z"}
_SPANISH = expression(r"^ps(?=[ei])")
_ACCENTS = expression(r"[\u0300\u0301\u0302]")


def covers(known: str, words: str, *, same_draft: bool = False) -> bool:
    """True where ``words`` say what ``known`` says and no more: a number, a date, a promise or a no is more.

    ``same_draft`` says that both are of one draft, before and after an edit or another review.
    """
    known, words = folded(known), folded(words)
    if _claims_more(known, words):
        return False
    known = known if _ONLY.search(words) else _ONLY.sub("", known)
    one, other = (_BETWEEN.sub("", text) for text in (known, words))
    if one == other or max(len(one), len(other)) > _LONGEST:
        return one == other
    joints = ("", " ") if "-" in known + words else (" ",)
    others = [tokens_of(words, joint) for joint in joints]
    return any(
        _covers(tokens_of(order, joint), tokens, same_draft=same_draft)
        for order in _orders(known)
        for joint in joints
        for tokens in others
    )


def _orders(known: str) -> list[str]:
    """The ways to say a short list: fresh and local, local and fresh. Anything else has one order."""
    parts = [part.strip() for part in _LIST.split(known) if part.strip()]
    listed = 1 < len(parts) <= _LONGEST_LIST and all(len(part.split()) <= _LONGEST_PART for part in parts)
    return [" ".join(order) for order in permutations(parts)] if listed else [known]


def _covers(known: Sequence[str], words: Sequence[str], *, same_draft: bool) -> bool:
    said = [token for token in known if token != STOP]
    if not said or not words:
        return False
    ways = _other_places(said, words)
    return any(
        any(all(is_form(one, other, language) for one, other in way) for way in ways)
        or any(_only_adds(said, words, *span, same_draft=same_draft) for span in _runs(said, words, language))
        for language in PLAIN
    )


def _other_places(said: list[str], words: Sequence[str]) -> list[list[tuple[str, str]]]:
    """Word beside word, where the end stands before the beginning: today only, 50 tickets. Or an "of" is more."""
    later = [token for token in words if token != STOP]
    pairs = [(said, later)]
    if not any(token in _TURNING or token[0].isdigit() for token in (*said, *later)):
        pairs.append(_without(_JOINING, said, later))
    passive = len(_BY & {*said}) + len(_BY & {*later}) == 1
    if passive:
        pairs.append(_without(_BY, said, later))
    turned = [(ours[cut:] + ours[:cut], others) for ours, others in pairs for cut in range(1, len(ours))]
    same = [] if _THAN & {*said} or len(pairs[-1][0]) < _SHORTEST_TURNED - passive else turned
    fitting = ((ours, others) for ours, others in (*same, _without(_OF, said, later)) if len(ours) == len(others))
    return [list(zip(ours, others, strict=True)) for ours, others in fitting]


def _without(some: frozenset[str], one: list[str], other: list[str]) -> tuple[list[str], list[str]]:
    return [token for token in one if token not in some], [token for token in other if token not in some]


def _claims_more(known: str, words: str) -> bool:
    """True if a doubt is lost, or the best of ours is the best of all now, or what we do is what you do."""
    said, later = ({*_SIGNS.sub(r" \g<0> ", text).split()} for text in (known, words))
    if any(pattern.search(known) and not pattern.search(words) for pattern in (_ONE_OF, HEDGED)):
        return True
    turned = {bool(text & _WE) - bool(text & _YOU) for text in (said, later)} == {1, -1}
    return turned or (bool(said & _OURS) and not later & _OURS and bool(SUPERLATIVE.search(known)))


def _runs(said: Sequence[str], words: Sequence[str], language: str) -> Iterator[tuple[int, int]]:
    """Where the words stand in the others, in their order and with nothing but stops between them."""
    for start, token in enumerate(words):
        at, left = start, list(reversed(said))
        while left and at < len(words) and token != STOP:
            if words[at] != STOP and not is_form(left.pop(), words[at], language):
                break
            at += 1
        else:
            if not left and token != STOP:
                yield start, at


def _only_adds(said: Sequence[str], words: Sequence[str], start: int, end: int, *, same_draft: bool) -> bool:
    """True where around the run is nothing but small words, one that opens the sentence, and its size.

    Any other word may make another point of it: "good for skin" is none of "good for skin cancer". In the draft that
    the words were left alone in, where a model may quote a little more of them, a few that weigh nothing may be there.
    """
    before = [
        at for at in range(start) if words[at] not in _JOINING | {STOP} and not (at == 0 and words[at] in _OPENING)
    ]
    behind = [at for at in range(end, len(words)) if words[at] not in _JOINING | {STOP}]
    if not behind and not before:
        return True
    if not before and _is_size(said, words, end):
        return True
    few = len(before) + len(behind) <= min(sum(token not in _JOINING for token in said), _MOST_BESIDE)
    near = STOP not in words[min(before, default=start) : end] and not (behind and words[end] in _FOR)
    return same_draft and few and near and all(_weighs_nothing(words[at]) for at in (*before, *behind))


def _weighs_nothing(word: str) -> bool:
    return word[0].isalpha() and word not in _MORE and "n't" not in word


def _is_size(said: Sequence[str], words: Sequence[str], at: int) -> bool:
    """True for "of 300 prints" from there on, if the words had no number yet."""
    behind = [word for word in words[at:] if word != STOP]
    sized = len(behind) == _SIZE and behind[0] in _OF and behind[1].isdecimal() and behind[2].isalpha()
    return sized and not any(token[0].isdigit() for token in said)


@remembered(8192)
def _stem(language: str, word: str) -> str:
    import snowballstemmer  # noqa: PLC0415 - dozens of languages, which a start needs not

    return snowballstemmer.stemmer(language).stemWord(word)


def is_form(one: str, other: str, language: str) -> bool:
    """True for two forms of one word: of one stem, with endings that leave its meaning alone."""
    if one == other or _spelt(one, language) == _spelt(other, language):
        return True
    if _unmarked(one[0]) != _unmarked(other[0]) or not (one.isalpha() and other.isalpha()):
        return False
    bare, plain = _unmarked(one), _unmarked(other)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(bare, plain, strict=False)))
    endings = [{bare[at:], plain[at:]} for at in range(_SHORTEST, same + 1)]
    verbs = [pair for pair in endings[_SHORTEST_VERB - _SHORTEST :] if pair <= _OF_VERBS.get(language, frozenset())]
    if verbs and not {one, other} & _MORE:
        return True
    one_stem = _stem(language, one) == _stem(language, other)
    return one_stem and any(pair <= PLAIN[language] and pair != _MORE_SO for pair in endings)


@remembered(8192)
def _spelt(word: str, language: str) -> str:
    """A word in the one spelling that stands for the others: American, new German, without accents elsewhere."""
    if language == "english":
        return _BRITISH.sub(lambda match: _AMERICAN[match.group()], word)
    if language == "german":
        return _GERMAN.sub(lambda match: _NEW[match.group()], word)
    return _SPANISH.sub("s", _ACCENTS.sub("", unicodedata.normalize("NFD", word)))


def tokens_of(text: str, joint: str) -> tuple[str, ...]:
    """Words, numbers and stops; ``joint`` takes the place of the hyphens inside words."""
    found = _SIGNS.finditer(_JOINED.sub(joint, text))
    tokens = [STOP if match.lastgroup == "stop" else _bare(match.group()) for match in found]
    kept = [token for token in tokens if token and token not in _BARE | _AND]
    while kept and kept[-1] == STOP:
        kept.pop()
    while kept and kept[0] == STOP:
        del kept[0]
    return tuple(kept)


def _bare(token: str) -> str:
    """Without a genitive's end, or a French article before it; a contracted no stays."""
    before, mark, behind = token.partition("'")
    if not mark or behind == "t":
        return token
    return before if behind in {"s", "re", "ve", "ll", "m", "d"} else behind


def folded(text: str) -> str:
    """The words with one way to write figures, units, money and short forms."""
    text = unicodedata.normalize("NFKC", _HIDDEN.sub("", text)).replace("’", "'").replace("‑", "-")
    text = _TAG.sub(lambda match: _CAMEL.sub(" ", match[1]), text).strip().casefold()
    text = _NOT.sub(lambda match: f"{_FULL.get(match[1], match[1])} not", text.replace("cannot", "can not"))
    text = _WORD_FOR_A_FIGURE.sub(lambda match: _IN_FIGURES[match.group()], text)
    text = _MANY.sub(lambda match: match[1] + _ZEROS[match[2]], text)
    text = _PARTED.sub(lambda match: regex.sub("[.,]", "", match.group()), text)
    text = _DAY.sub(lambda match: next(day for day in _DAYS if day.startswith(match[1])), text)
    return _MONEY.sub(r"\2 \1", _WRITTEN_OUT.sub(_written_out, text))


def _written_out(match: regex.Match[str]) -> str:
    before = "" if match["gap"] is None else " "
    return before + _WAYS[_UNSAID.sub("", match.group())]


def _unmarked(word: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", word) if not unicodedata.combining(sign))
