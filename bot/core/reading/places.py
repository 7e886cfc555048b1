"""Where a post is seen: countries and regions as people name them in eight languages, and which lies in which."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING
from unicodedata import combining, normalize

from bot.core.reading.territories import TERRITORIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# What people say beside the names of the Unicode CLDR. "003" and the like are the regions of UN M49.

_OTHER_NAMES = """
001: worldwide, global, international, everywhere, globally, whole world, weltweit, überall, ganze Welt, mondial,
monde entier, partout, mundial, mundo entero, todo el mundo, internacional, en todas partes, mondiale, tutto il mondo,
internazionale, ovunque, wereldwijd, hele wereld, internationaal, overal, cały świat, całym świecie, wszędzie,
międzynarodowy, globalny, mundo inteiro, todo o mundo, em todo o lado;
003: Norteamérica; 011: West Africa; 014: East Africa; 015: North Africa; 019: the Americas; 030: East Asia;
034: South Asia; 202: Sub-Saharan Africa, Subsaharan Africa; 419: Latinoamérica, LatAm;
053: Australasia, Australia and New Zealand; 009: Pacific;
AE: Emirates, UAE; BO: Bolivia; BQ: Bonaire; BA: Bosnia; CC: Cocos Islands; CG CD: Congo; CI: Ivory Coast;
CN: Mainland China, People's Republic of China, Festlandchina, Volksrepublik China, Chine continentale,
China continental, Cina continentale; CV: Cabo Verde; CZ: Czech Republic, Česko, Tschechische Republik,
République tchèque, Tsjechische Republiek; DE: Bundesrepublik; DK: Danmark; FI: Suomi; FR: Metropolitan France;
GB: Great Britain, Britain, Großbritannien, Grande-Bretagne, Gran Bretaña, Gran Bretagna, Groot-Brittannië,
Wielka Brytania, Grã-Bretanha, United Kingdom of Great Britain and Northern Ireland;
GB-ENG: England, Angleterre, Inglaterra, Inghilterra, Engeland, Anglia;
GB-NIR: Northern Ireland, Ireland North, North of Ireland, Nordirland, Irlande du Nord, Irlanda del Norte,
Irlanda del Nord, Noord-Ierland, Irlandia Północna, Irlanda do Norte;
GB-SCT: Scotland, Schottland, Écosse, Escocia, Scozia, Schotland, Szkocja, Escócia;
GB-WLS: Wales, South Wales, North Wales, Pays de Galles, Gales, Galles, Walia, País de Gales;
HK: Hong Kong, Hongkong; IE: Éire, Republic of Ireland; IM: Isle of Man; KR KP: Korea; KR: South Korea, Südkorea;
KP: North Korea, Nordkorea; MF SX: Saint Martin; MK: Macedonia; MM: Burma; MO: Macau, Macao;
MX: México; NL: Holland, Nederland, Hollande, Holanda, Olanda, Holandia; NO: Norge; PS: Palestine, Palästina, Palestina;
RU: Russian Federation; SE: Sverige; SJ: Svalbard; SX: Sint Maarten; TL: Timor-Leste; TR: Turkey, Türkiye; VA: Vatican;
VC: Saint Vincent and the Grenadines; VG VI: Virgin Islands; AU: New South Wales;
GS: South Georgia; CA: New Brunswick; PG: New Britain, New Ireland;
US: United States of America, America, EE UU, U S of A, Vereinigte Staaten von Amerika, États-Unis d'Amérique,
Estados Unidos de América, Stati Uniti d'America, Verenigde Staten van Amerika, Stany Zjednoczone Ameryki,
Estados Unidos da América; US-CT US-MA US-ME US-NH US-RI US-VT: New England;
US-NY: New York, New York City, New York State, Nueva York, Nova York, Nova Iorque, Nowy Jork;
US-CA: California, Californie, Kalifornien, Californië, Kalifornia, Califórnia; US-FL: Florida, Floride;
US-TX: Texas, Tejas; US-VA: Virginia; US-NM: New Mexico; US-NJ: New Jersey, Jersey City
"""
_STATES = """
AL Alabama, AK Alaska, AZ Arizona, AR Arkansas, CO Colorado, CT Connecticut, DE Delaware, DC District of Columbia,
HI Hawaii, ID Idaho, IL Illinois, IN Indiana, IA Iowa, KS Kansas, KY Kentucky, LA Louisiana, ME Maine, MD Maryland,
MA Massachusetts, MI Michigan, MN Minnesota, MS Mississippi, MO Missouri, MT Montana, NE Nebraska, NV Nevada,
NH New Hampshire, NC North Carolina, ND North Dakota, OH Ohio, OK Oklahoma, OR Oregon, PA Pennsylvania, RI Rhode Island,
SC South Carolina, SD South Dakota, TN Tennessee, UT Utah, VT Vermont, WA Washington, WV West Virginia, WI Wisconsin,
WY Wyoming
"""
"""Those of the USA that are named in English alone. Georgia is the country."""
_REGIONS = """
Nordics, Nordic countries, Nordische Länder, pays nordiques, países nórdicos, paesi nordici, Noordse landen,
kraje nordyckie = AX DK FI FO GL IS NO SE;
Scandinavia, Skandinavien, Scandinavie, Escandinavia, Scandinavië, Skandynawia, Escandinávia = DK NO SE;
Baltics, Baltic states, Baltikum, pays baltes, países bálticos, paesi baltici, Baltische staten,
kraje bałtyckie = EE LV LT;
Benelux = BE LU NL; Iberia, Iberische Halbinsel, Péninsule ibérique, península ibérica = AD ES GI PT;
Balkans, Balkan, Balcanes, Balcani, Bałkany, Balcãs = AL BA BG GR HR ME MK RO RS SI XK;
British Isles, Britische Inseln = GB GG IE IM JE; D-A-CH = AT CH DE; Alps, Alpen = AT CH DE FR IT LI SI;
European Economic Area, Europäischer Wirtschaftsraum, Espace économique européen, Espacio Económico Europeo,
Spazio economico europeo, Europese Economische Ruimte, Europejski Obszar Gospodarczy,
Espaço Económico Europeu = EU IS LI NO;
Central Europe, Mitteleuropa, Zentraleuropa, Europe centrale, Europa Central, Europa centrale, Centraal-Europa,
Midden-Europa, Europa Środkowa = AT CH CZ DE HU LI PL SI SK;
CEE = 151 EE LV LT HR SI; Middle East, Naher Osten, Nahost, Moyen-Orient, Proche-Orient, Oriente Medio, Medio Oriente,
Midden-Oosten, Bliski Wschód, Médio Oriente, Oriente Médio = AE BH CY EG IL IQ IR JO KW LB OM PS QA SA SY TR YE;
Gulf, Gulf states, Golfstaaten, pays du Golfe, GCC = AE BH KW OM QA SA; Maghreb = DZ LY MA MR TN;
Far East, Ferner Osten, Extrême-Orient = 030 035; Asia Pacific, Asien-Pazifik, Asie-Pacifique,
Asia-Pacífico = 030 034 035 009;
Commonwealth = AG AU BB BD BN BS BW BZ CA CM CY DM FJ GA GB GD GH GM GY IN JM KE KI KN LC LK LS MT MU MV MW MY MZ NA NG
NR NZ PG PK RW SB SC SG SL SZ TG TO TT TV TZ UG VC VU WS ZA ZM
"""
_CODES = """
EU UE = EU; EEA EWR EEE EER EOG = EU IS LI NO; EFTA = CH IS LI NO; UK U.K. GBR VK = GB; US USA U.S. EUA EEUU = US;
UAE = AE; KSA = SA; DACH = AT CH DE; EMEA = 150 002 AE BH CY IL IQ IR JO KW LB OM PS QA SA SY TR YE;
MENA = 015 AE BH CY IL IQ IR JO KW LB OM PS QA SA SY TR YE; APAC = 030 034 035 009; LATAM = 419; NAM = 003;
NA RoW ROW = ; GCC = AE BH KW OM QA SA; ANZ = AU NZ; CEE = 151 EE LV LT HR SI; CIS = AM AZ BY KG KZ MD RU TJ UZ;
ASEAN = BN ID KH LA MM MY PH SG TH TL VN; BENELUX = BE LU NL; NORDICS = AX DK FI FO GL IS NO SE; SEA = 035;
CEEMEA = 151 EE LV LT HR SI 002 AE BH IL IQ JO KW OM QA SA TR; NY NYC = US-NY; AUS = AU; CAN = CA; DEU = DE; AUT = AT;
CHE = CH; FRA = FR; ESP = ES; ITA = IT; NLD = NL; POL = PL; PRT = PT; SWE = SE; DNK = DK; FIN = FI; IRL = IE; PRC = CN
"""
"""Counted in capital letters or alone: "us" and "in" are words."""
_OWN_CODES = """
AT AU BE BG BR CA CH CN CY CZ DE DK EE ES FI FR GB GR HR HU IE IN IT JP KR LT LU LV MT MX NL NO NZ PL PT RO SE SG SI SK
TR ZA HK
"""
_US_STATES = """
AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI
SC SD TN TX UT VT VA WA WV WI WY
"""
_IN_REGIONS = {
    "002": "015 202",
    "003": "021 013 029",
    "005": "AR BO BR BV CL CO EC FK GF GS GY PE PY SR UY VE",
    "009": "053 054 057 061",
    "011": "BF BJ CI CV GH GM GN GW LR ML MR NE NG SH SL SN TG",
    "013": "BZ CR GT HN MX NI PA SV",
    "014": "BI DJ ER ET IO KE KM MG MU MW MZ RE RW SC SO SS TF TZ UG YT ZM ZW",
    "015": "DZ EG EH LY MA SD TN",
    "017": "AO CD CF CG CM GA GQ ST TD",
    "018": "BW LS NA SZ ZA",
    "019": "003 005",
    "021": "BM CA GL PM US",
    "029": "AG AI AW BB BL BQ BS CU CW DM DO GD GP HT JM KN KY LC MF MQ MS PR SX TC TT VC VG VI",
    "030": "CN HK JP KP KR MN MO TW",
    "034": "AF BD BT IN IR LK MV NP PK",
    "035": "BN ID KH LA MM MY PH SG TH TL VN",
    "039": "AD AL BA CY ES GI GR HR IT ME MK MT PT RS SI SM VA XK",
    "053": "AU CC CX HM NF NZ",
    "054": "FJ NC PG SB VU",
    "057": "FM GU KI MH MP NR PW UM",
    "061": "AS CK NU PF PN TK TO TV WF WS",
    "142": "030 034 035 143 145",
    "143": "KG KZ TJ TM UZ",
    "145": "AE AM AZ BH CY GE IL IQ JO KW LB OM PS QA SA SY TR YE",
    "150": "039 151 154 155",
    "151": "BG BY CZ HU MD PL RO RU SK UA",
    "154": "AX DK EE FI FO GB GG IE IM IS JE LT LV NO SE SJ",
    "155": "AT BE CH DE FR LI LU MC NL",
    "202": "011 014 017 018",
    "419": "005 013 029",
    "EU": "AT AX BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK",
    "EZ": "AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK",
    "GB": "GB-ENG GB-NIR GB-SCT GB-WLS",
    "US": " ".join(f"US-{state}" for state in _US_STATES.split()),
    "001": "002 009 019 142 150 AQ",
}
"""UN M49 (Cyprus is in Europe and in Asia here), with the European Union, the eurozone, and parts of countries.

Nobody who says Latin America means the Union, so it is without what belongs to France there.
"""

_BUT_WORDS = """
not non no without except excluding excl outside minus ex but nicht ohne außer ausser ausgenommen außerhalb kein sauf
hors excepté sans pas sin excepto salvo fuera menos tranne eccetto escluso esclusa fuori senza zonder behalve buiten
niet bez oprócz poza nie exceto fora sem não
"""
_BUT = frozenset(_BUT_WORDS.casefold().split())
"""What follows is left out: "EU (without Malta)", "non-EU"."""
_BESIDE_WORDS = """
the and or of all in only market markets und oder die der das nur alle ganz et ou la le les tout toute toda y o el los
las solo e i il lo gli en de het w oraz na a os as
"""
_BESIDE = frozenset(_BESIDE_WORDS.split())
"""Words around a place that change nothing about it."""
_NEW_WORDS = "new neu neue neues nouveau nouvelle nueva nuevo nuova nuovo nieuw nowa nowy nova novo"
_NEW = frozenset(_NEW_WORDS.split())
"""New Denmark isn't Denmark."""
_LETTERS = 2
"""Letters at most between the dots of a short name: "EE.UU."."""


@dataclass(frozen=True, slots=True)
class Places:
    """What a text names: ``parts`` are codes of countries, of states of the USA and of the nations of the UK.

    ``exact`` where nothing else is said that may mean a part of them, as in "Berlin (Germany)".
    """

    parts: frozenset[str] = frozenset()
    named: bool = False
    exact: bool = False


@cache
def parts_of(codes: str) -> frozenset[str]:
    """The parts of some countries and regions, by their codes: "EU", "AT CH DE"."""
    within = (parts_of(_IN_REGIONS[code]) if code in _IN_REGIONS else (code,) for code in codes.split())
    return frozenset(chain.from_iterable(within))


@lru_cache(maxsize=1024)
def places_in(text: str) -> Places:
    """The places that stand in a text: "Europe", "EU + UK", "États-Unis", "Non-EU", "DACH without Austria"."""
    parts: frozenset[str] = frozenset()
    named, but, exact = False, False, True
    for word, codes in _read(text):
        if codes is None:
            but = but or word in _BUT
            exact = exact and (word in _BUT or word in _BESIDE)
            continue
        parts = (parts if named else parts_of("001")) - codes if but else parts | codes
        named = True
    return Places(parts, named, exact=exact and named)


def names_a_place(text: str) -> bool:
    """True where a country or region stands in the text, alone or with more words: "Berlin (Germany)", "EU + UK"."""
    return places_in(text).named


def covers(markets: Iterable[str], seen: Iterable[str]) -> bool:
    """True where everything lies within these ``markets`` where a post is ``seen``: Germany within the EU.

    What is no known place counts as within its like alone.
    """
    known = {market.casefold().strip(): places_in(market) for market in markets}
    parts = frozenset[str]().union(*(one.parts for one in known.values() if one.exact))
    return all(name.casefold().strip() in known or _lies_in(places_in(name), parts) for name in seen)


def exceeds(markets: Iterable[str], seen: Iterable[str]) -> bool:
    """True where a post is surely ``seen`` outside of these ``markets``, not where nobody can tell.

    Europe may only mean the Union, and the west of Europe any country there.
    """
    known = {market.casefold().strip(): places_in(market) for market in markets}
    if not all(one.parts for one in known.values()):
        return False
    parts = frozenset[str]().union(*map(_at_most, known.values()))
    return any(name.casefold().strip() not in known and _lies_beyond(places_in(name), parts) for name in seen)


def _at_most(place: Places) -> frozenset[str]:
    europe = parts_of("150")
    is_vague = place.parts < europe and any(place.parts == parts_of(code) for code in _VAGUE)
    return europe if is_vague else place.parts


_VAGUE = ("039", "151", "154", "155", "151 EE LV LT HR SI", "AT CH CZ DE HU LI PL SI SK", "AX DK FI FO GL IS NO SE")
"""Parts of Europe of which everybody thinks otherwise."""


def _lies_beyond(place: Places, parts: frozenset[str]) -> bool:
    if not place.exact or place.parts in map(parts_of, _VAGUE):
        return bool(place.parts) and place.parts.isdisjoint(parts)
    least = parts_of("EU") if place.parts == parts_of("150") else place.parts
    return not least <= parts


def meet(markets: Iterable[str], parts: frozenset[str]) -> bool:
    """True where one of the markets has any of these parts: New York has one of the USA, and the USA has New York."""
    return any(places_in(market).parts & parts for market in markets)


@cache
def place_names() -> tuple[str, ...]:
    """All names that are known, each once."""
    return tuple(dict.fromkeys(name for name, _ in _all_names()))


def strange_place(names: Iterable[str]) -> tuple[str, str] | None:
    """The first that is no country or region, and the known one nearest to it, "" for none; None where all are."""
    strange = next((name for name in names if not names_a_place(name)), None)
    return None if strange is None else (strange, nearest_place(strange))


def nearest_place(text: str) -> str:
    """The place that may be meant, "" where none is near."""
    by_fold = {name.casefold(): name for name in place_names()}
    near = get_close_matches(" ".join(text.casefold().split()), by_fold, 1, 0.7)
    return by_fold[near[0]] if near else ""


def _lies_in(place: Places, parts: frozenset[str]) -> bool:
    return bool(place.parts) and place.parts <= parts


def _listed(text: str, sign: str) -> Iterator[tuple[str, str]]:
    """Both sides of each entry."""
    for entry in " ".join(text.split()).split(";"):
        left, _, right = entry.partition(sign)
        yield left.strip(), right.strip()


def _all_names() -> Iterator[tuple[str, str]]:
    """Names, with the codes that each stands for."""
    for codes, names in chain(_listed(TERRITORIES, ": "), _listed(_OTHER_NAMES, ": ")):
        yield from ((name.strip(), codes) for name in names.split(","))
    for state in " ".join(_STATES.split()).split(","):
        code, _, name = state.strip().partition(" ")
        yield name, f"US-{code}"
    for names, codes in _listed(_REGIONS, " = "):
        yield from ((name.strip(), codes) for name in names.split(","))


@cache
def _table() -> tuple[dict[str, str], dict[str, str], int]:
    """Names in small letters and short names, each with what it stands for, and how many words a name has at most."""
    names: dict[str, str] = {}
    for name, codes in _all_names():
        key = " ".join(_words(name)).casefold()
        names[key] = f"{names[key]} {codes}" if key in names else codes
    for name, codes in list(names.items()):
        names.setdefault(_plain(name), codes)  # "Etats-Unis", "Espana"
    short = {code: code for code in _OWN_CODES.split()}
    for left, codes in _listed(_CODES, "="):
        short |= dict.fromkeys((code.replace(".", "") for code in left.split()), codes)
    return names, short, max(len(name.split()) for name in names)


def _read(text: str) -> Iterator[tuple[str, frozenset[str] | None]]:
    """The longest names, with their parts, and None with every other word."""
    names, short, most = _table()
    words = _words(text)
    lone = len(words) == 1
    at = 0
    while at < len(words):
        size, codes = _longest(words[at : at + most], names)
        code = words[at].upper() if lone else words[at]
        if size and at and words[at - 1].casefold() in _NEW:
            size = 0
        elif not size and code in short:
            size, codes = 1, short[code]
        yield words[at].casefold(), parts_of(codes) if size else None
        at += size or 1


def _longest(words: list[str], names: dict[str, str]) -> tuple[int, str]:
    """How many of the first words are a name, and what it stands for."""
    for size in range(len(words), 0, -1):
        said = " ".join(words[:size]).casefold()
        codes = names.get(said) or names.get(_plain(said))
        if codes:
            return size, codes
    return 0, ""


def _words(text: str) -> list[str]:
    """Letters and figures; of "U.S.A." one word."""
    text = normalize("NFC", text).replace("&", " and ")
    kept = "".join(c if c.isalnum() or c == "." or combining(c) else " " for c in text)
    return [part for word in kept.split() for part in _undotted(word)]


def _undotted(word: str) -> list[str]:
    parts = word.strip(".").split(".")
    return ["".join(parts)] if len(parts) > 1 and max(map(len, parts)) <= _LETTERS else [*filter(None, parts)]


def _plain(text: str) -> str:
    """The same without accents, and "St. Lucia" for Saint Lucia."""
    bare = "".join(c for c in normalize("NFD", text) if not combining(c)).replace("ł", "l")
    return f" {bare}".replace(" saint ", " st ").strip()
