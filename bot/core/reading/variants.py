"""The posts inside one message: platform headings, plans, variants and the parts of a thread."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from bot.core.drafts import platform_named

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


# Days, times and dates in a line: by them a plan ("LinkedIn: Tuesday, 9:00") is told from a post.

_DAYS = """
monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun today tomorrow
tonight january february march april may june july august september october november december
jan feb mar apr jun jul aug sep sept oct nov dec
montag dienstag mittwoch donnerstag freitag samstag sonntag mo di mi do fr sa so heute morgen
januar februar märz mai juni juli oktober dezember
lundi mardi mercredi jeudi vendredi samedi dimanche aujourd'hui demain
janvier février mars avril juin juillet août septembre octobre novembre décembre
lunes martes miércoles jueves viernes sábado domingo hoy mañana
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
"""
_SETTLED = "tbd tba tbc done live posted published scheduled ready pending approved waiting skip none paused"
"""Words that can be an entry of a plan all by themselves."""
_BESIDE = """
at on by from until till and or am pm noon midnight morning evening afternoon night eod eow cet cest gmt utc est pst
the of next this week open nothing later soon first second half uhr um ab bis h à le el a las los de
"""
"""Words that stand beside days and times in a plan."""
_PLANS = """
plan plans planning schedule calendar timeline deadlines deadline dates status overview rota roadmap todo to-do
redaktionsplan zeitplan termine kalender calendrier planification calendario horario
"""
_POINTS = frozenset([*_DAYS.split(), *_SETTLED.split()])
_WHEN = frozenset(_BESIDE.split())
_ANNOUNCED = frozenset(_PLANS.split())
_DIGITS = len("31122026")
_LONGEST = 8
"""Words of an entry in a plan."""
_ENDS = (".", "!", "?", "…")


def is_when(words: str) -> bool:
    """True where these words say nothing but when, or that it is settled."""
    said = _words(words)
    return any(_is_point(word) for word in said) and all(map(is_of_a_plan, said))


def is_of_a_plan(word: str) -> bool:
    """True for a day, a time or a date, or a word that stands beside one."""
    return _is_point(word) or word in _WHEN


def is_entry(words: str) -> bool:
    """True where these words may be an entry of a plan: few, no sentence, and a time among them."""
    said = _words(words)
    short = 0 < len(said) <= _LONGEST and not words.rstrip().endswith(_ENDS)
    return short and any(_is_point(word) for word in said)


def is_short(words: str) -> bool:
    """True where there are no more words than in an entry of a plan."""
    return 0 < len(_words(words)) <= _LONGEST


def announces_plan(line: str) -> bool:
    """True for a line such as "Plan for June:"."""
    return line.rstrip().endswith(":") and not _ANNOUNCED.isdisjoint(_words(line))


def _words(text: str) -> list[str]:
    words = [word.strip(".,;:()[]–—-/*_") for word in text.lower().replace("’", "'").split()]
    return [word for word in words if word]


def _is_point(word: str) -> bool:
    """True for a day, a month, a time or a date ("9:00", "17h", "12.6.", "9am"), or an entry such as "tbd"."""
    number = word.removesuffix("am").removesuffix("pm").removesuffix("h").removesuffix("st").removesuffix("th")
    digits = "".join(c for c in number if c not in ":./-–")
    return word in _POINTS or (digits.isdecimal() and len(digits) <= _DIGITS)


# The posts inside one message: platform headings, variants and the parts of a thread.
#
# Read line by line with plain string methods: people's text meets no backtracking pattern here.

_HEADING_WORDS = frozenset(
    (
        "post",
        "caption",
        "copy",
        "version",
        "draft",
        "variant",
        "option",
        "thread",
        "reel",
        "story",
        "ad",
        "text",
        "a",
        "b",
        "c",
    )
)
_JOINED = str.maketrans({"/": " & ", "+": " & ", "(": " ", ")": " "})
_HEADING_MARKS = " \t*_#>•-"
_BOLD = "*_"
_BULLETS = ("-", "•", ">")
_RULES = ("-", "—", "*", "_", "=")
_LOOSE_RULES = (*_RULES, "–", "•", "~")
"""Of what may part variants where somebody asks to compare them; two of these signs are enough there."""
_DASHES = (" - ", " – ", " — ")
_LONGEST_HEADING = 40
_PART_DIGITS = 2
_POST_ON_X = "tweet"


@dataclass(frozen=True, slots=True)
class Variant:
    """One version of a post: ``text`` begins at code point ``start`` of the message.

    ``parts`` are the (start, end) of the posts of a thread inside ``text``; empty for a single post.
    """

    text: str
    start: int
    platform: str = ""
    parts: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


_Heading = tuple[int, tuple[str, int]]
"""The number of a line, the platform that it names, and where the post's text begins in it."""


def split_variants(text: str, zones: tuple[tuple[int, int], ...] = (), platform: str = "") -> tuple[Variant, ...]:
    """The variants in a message.

    Under platform headings, each heading's text (what stands above the first is a note to colleagues);
    without headings the quote and code blocks (``zones``), unless more is said outside them: then they
    are part of a post. Without either the whole message, with ``platform``. Lines such as ``---`` part
    the variants of one platform. Words are never lost: headings without any text are a text themselves.
    """
    lines = _lines(text)
    headings = _headings(lines)
    quoted = sum(end - start for start, end in zones)
    spans = [(0, len(text), platform)]
    if headings:
        spans = list(_under_headings(lines, headings, len(text)))
    elif 2 * quoted >= len(text.strip()):
        spans = [(start, end, platform) for start, end in zones]
    found = [_variant(text, *piece, name) for start, end, name in spans for piece in _apart(text, start, end)]
    return tuple(variant for variant in found if variant.text) or _whole(text, platform)


def without_headings(variants: Sequence[Variant]) -> str:
    """What all of them say."""
    return "\n\n".join(variant.text for variant in variants)


def has_heading(text: str) -> bool:
    """True where a line names a platform as a heading."""
    return bool(_headings(_lines(text)))


def _whole(text: str, platform: str) -> tuple[Variant, ...]:
    return (_variant(text, 0, len(text), platform=platform),) if text.strip() else ()


def _headings(lines: list[_Line]) -> list[_Heading]:
    """The lines that are headings, each with its platform and where the post's text begins in it."""
    said = [bool(line.text.strip(_HEADING_MARKS)) for line in lines]
    last = max((i for i, words in enumerate(said) if words), default=0)
    found: list[_Heading] = []
    for i, line in enumerate(lines):
        apart = (i == 0 or not said[i - 1]) and i < last
        if heading := _heading(line.text, apart=apart):
            found.append((i, heading))
    return [heading for run in _runs(found) for heading in _without_plan(lines, run, last)]


def _runs(headings: list[_Heading]) -> list[list[_Heading]]:
    """The headings, those on neighbouring lines together."""
    runs: list[list[_Heading]] = []
    for heading in headings:
        if runs and runs[-1][-1][0] == heading[0] - 1:
            runs[-1].append(heading)
        else:
            runs.append([heading])
    return runs


def _without_plan(lines: list[_Line], run: list[_Heading], last: int) -> list[_Heading]:
    """The run, nothing of one that plans ("- LinkedIn: Tuesday, 9:00"); a time above a post belongs to its heading."""
    first, end = run[0][0], run[-1][0]
    entries = [lines[i].text[begin:] for i, (_, begin) in run]
    listed = len(run) > 1 or lines[first].text.lstrip().startswith(_BULLETS)
    if listed and all(map(is_short, entries)):
        announced = first > 0 and announces_plan(lines[first - 1].text)
        if announced or 2 * sum(map(is_entry, entries)) >= len(run):
            return []
    if len(run) == 1 and is_when(entries[0]):
        platform = run[0][1][0]
        return [(first, (platform, len(lines[first].text)))] if end < last and not listed else []
    return run


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    start = 0
    for line in text.split("\n"):
        lines.append(_Line(line, start))
        start += len(line) + 1
    return lines


def _heading(line: str, *, apart: bool) -> tuple[str, int] | None:
    """The platform that the line names as a heading, and where the post's text begins in it.

    ``apart`` tells that nothing stands right above it and something below: there a bare name will do.
    """
    bare, whole = line.strip(), line.strip(_HEADING_MARKS)
    if bare[:1] == "#" and bare.lstrip("#")[:1] != " ":
        return None  # a hashtag
    head, colon, rest = _at_dash(line) or line.partition(":")
    if colon and len(head) < _LONGEST_HEADING and (platform := _named(head)):
        return None if _is_contact(rest) else (platform, len(line) - len(_behind(head, rest)))
    if len(whole) >= _LONGEST_HEADING or not (platform := _named(whole)):
        return None
    marked = bare != whole and not bare.startswith(_BULLETS)
    return (platform, len(line)) if marked or len(whole.split()) > 1 or (apart and bare[:1].isupper()) else None


def _at_dash(line: str) -> tuple[str, str, str] | None:
    """The line parted at its dash, where the platform stands before it ("TikTok - your tomatoes forgive you")."""
    parted = min((line.partition(dash) for dash in _DASHES), key=lambda parts: len(parts[0]))
    return parted if parted[1] and parted[2].strip() and ":" not in parted[0] and _named(parted[0]) else None


def _is_contact(text: str) -> bool:
    """True for what stands at the end of many posts: ``Instagram: @brio``, ``Email: hi@brio.example``."""
    words = [word.strip(".,;()") for word in text.split()]
    return bool(words) and all(any(c in word for c in "@/.") or word.strip("+-").isdigit() for word in words)


def _behind(head: str, rest: str) -> str:
    """The text behind a heading's colon, without what closes its bold print (``*IG:* text``)."""
    name = head.strip(" \t#>•-")
    mark = name[0] if name[0] in _BOLD and name[-1] != name[0] else ""
    return rest.lstrip(mark).lstrip(" \t") if mark else rest.lstrip(" \t")


def _named(head: str) -> str | None:
    """The platform of a heading, the first of several (``IG / FB caption 2``)."""
    words = head.strip(_HEADING_MARKS).lower().translate(_JOINED).split()
    while words and (words[-1] in _HEADING_WORDS or words[-1].isdigit()):
        words.pop()
    if words == [_POST_ON_X] and len(head.split()) == 1:
        return "x"  # with a number it is a part of a thread
    names = [platform_named(name) for name in " ".join(words).split("&")]
    return names[0] if all(names) else None


def _under_headings(lines: list[_Line], headings: list[_Heading], length: int) -> Iterator[tuple[int, int, str]]:
    ends = [*(lines[i].start for i, _ in headings[1:]), length]
    for (index, (platform, begin)), end in zip(headings, ends, strict=True):
        yield min(lines[index].start + begin, end), end, platform


def _apart(text: str, start: int, end: int, *, loose: bool = False) -> Iterator[tuple[int, int]]:
    """The pieces between lines such as ``---``; ``loose`` takes ``--``, ``- - -`` and other dashes for one, too."""
    begin = start
    for line in _lines(text[start:end]):
        mark = "".join(line.text.split()) if loose else line.text.strip()
        enough = len(mark) > 1 if loose else len(mark) > 2 - (mark[:1] == "—")
        if enough and mark[:1] in (_LOOSE_RULES if loose else _RULES) and not mark.strip(mark[0]):
            yield begin, start + line.start
            begin = min(start + line.end + 1, end)
    yield begin, end


def _variant(text: str, start: int, end: int, platform: str) -> Variant:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    piece = piece.strip()
    return Variant(piece, start + lead, platform, parts=_parts(piece))


def _parts(text: str) -> tuple[tuple[int, int], ...]:
    """The parts of a thread (``1/3``, ``2/``, ``Tweet 3:``), where two or more are numbered in order."""
    lines = _lines(text)
    numbered = [(line, *found) for line in lines if (found := _part_number(line.text))]
    if len(numbered) <= 1 or any(number != at for at, (_, number, _) in enumerate(numbered, 1)):
        return ()
    begins = [min(line.start + length, len(text)) for line, _, length in numbered]
    ends = [*(line.start for line, _, _ in numbered[1:]), len(text)]
    return tuple(zip(begins, ends, strict=True))


def _part_number(line: str) -> tuple[int, int] | None:
    """The number of a part at the start of the line and its length with the space behind it."""
    first, _, rest = line.partition(" ")
    if first.lower() == _POST_ON_X:
        second = rest.partition(" ")[0]
        return _numbered(second[:-1], len(first) + len(second) + 2) if second[-1:] in (":", ".") else None
    number, slash, total = first.strip("()").partition("/")
    fits = slash and len(total) <= _PART_DIGITS and (total.isdecimal() or total in ("", "n", "x"))
    return _numbered(number, len(first) + 1) if fits else None


def _numbered(number: str, length: int) -> tuple[int, int] | None:
    return (int(number), length) if number.isdecimal() and len(number) <= _PART_DIGITS else None


# Variants for several audiences, each under a heading that names its own: to be compared, not to be reviewed.

_LONGEST_LABEL, _LONGEST_INLINE = 5, 3
"""Words of a heading that names an audience: in a line of its own, and before its text."""
_TELLING = ("audience:", "segment:", "for:")
_INTO = ("for ", "to ")


@dataclass(frozen=True, slots=True)
class AudienceVariant:
    """One version of a post, and whom it is for."""

    text: str
    audience: str = ""
    platform: str = ""
    name: str = ""
    """What it is called, such as "B", where it has no audience."""


def told_apart(text: str, *, asked: bool = True) -> tuple[AudienceVariant, ...]:
    """The variants in a text: between lines such as ``---``, or else under headings, or else one for each platform.

    Where they are lettered or numbered, each begins with its letter or number. Unless somebody ``asked`` to compare
    them, a line of other signs may be an ornament, and a first line without a mark a title.
    """
    text = text.replace(" --- ", "\n---\n") if asked else text
    pieces = _pieces(text, loose=asked)
    is_parted = bool(pieces[1:])
    if not is_parted and (listed := _listed(text.strip())):
        return listed
    pieces = pieces if is_parted else _under_audiences(text.strip())
    if not pieces[1:]:
        return tuple(AudienceVariant(one.text, platform=one.platform) for one in split_variants(text))
    loose = (asked or not is_parted) and all(_audience(piece, loose=True) for piece in pieces)
    return tuple(_addressed(piece, loose=loose) for piece in pieces)


def is_parted(text: str) -> bool:
    """True where lines such as ``---`` part it."""
    return bool(_pieces(text)[1:])


def _pieces(text: str, *, loose: bool = False) -> list[str]:
    return [piece for start, end in _apart(text, 0, len(text), loose=loose) if (piece := text[start:end].strip())]


def each_addressed(text: str, note: str = "") -> tuple[AudienceVariant, ...]:
    """The same where there may be only one, with whom its heading, or else the ``note`` above, says that it is for."""
    several = told_apart(text)
    if several[1:] or any(one.platform for one in several):
        return several
    alone = _addressed(text.strip(), loose=False)
    if label_kind(alone.audience) is VariantLabel.OTHER:
        alone = AudienceVariant(text)  # a title
    return (alone if alone.audience else replace(alone, audience=audience_in(note)),)


_CALLED = frozenset(("variant", "variante", "version", "option", "text", "post", "draft", "copy", "caption", "idea"))
_FEWEST = 4
"""Words of a variant that only has a number before it; steps and tips are often shorter."""
_LONGEST_TOPIC = 3
"""Letters of words that two variants of one campaign may share by chance."""


def _listed(text: str) -> tuple[AudienceVariant, ...]:
    """Variants that begin with "A)", "1." or "Variant B:" in turn; nothing for a list inside of a post.

    A list has a sentence above it, or its entries are short or of different things.
    """
    lines = text.split("\n")
    if len(lines) == 1:
        lines = _in_one_line(text)
    marks = [(at, found) for at, line in enumerate(lines) if (found := _mark(line))]
    first = marks[0][1][0] if marks else ""
    expected = [chr(ord(first) + step) for step in range(len(marks))] if first in ("A", "1") else []
    above = "\n".join(lines[: marks[0][0]]).strip() if marks else ""
    announced = not above or not _CALLED.isdisjoint(word.removesuffix("s") for word in _words(above))
    if len(marks) <= 1 or [name for _, (name, _, _) in marks] != expected or not announced:
        return ()
    ends = [*(at for at, _ in marks[1:]), len(lines)]
    spans = zip(marks, ends, strict=True)
    texts = ["\n".join([found[2], *lines[at + 1 : end]]).strip() for (at, found), end in spans]
    is_called = all(found[1] for _, found in marks)
    if not all(texts) or not (is_called or first == "A" or _are_alike(texts)):
        return ()
    return tuple(AudienceVariant(text, name=found[0]) for text, (_, found) in zip(texts, marks, strict=True))


def _in_one_line(text: str) -> list[str]:
    """The line parted before each letter: "A) The lamp costs £20. B) The lamp costs £25."."""
    for letter in "BCDEFGH":
        text = text.replace(f" {letter}) ", f"\n{letter}) ")
    return text.split("\n") if text.startswith("A) ") else [text]


def _mark(line: str) -> tuple[str, bool, str] | None:
    """Its letter or number, whether it is called a variant, and the text behind."""
    head, _, rest = line.strip().lstrip("*_#> ").partition(" ")
    called = head.casefold() in _CALLED
    if called:
        head, _, rest = rest.partition(" ")
    name = head.strip("*_").strip("().:")
    is_marked = called or (head != name and head.strip("*_")[-1:] in (")", ".", ":"))
    is_name = len(name) == 1 and (name in "ABCDEFGH" or name in "123456789")
    return (name, called, rest.strip().lstrip(":–—- ").strip()) if is_marked and is_name else None


def _are_alike(texts: Sequence[str]) -> bool:
    """True for several ways to say the same: none is very short, and each has a word of the first."""
    said = [{word for word in _words(text) if len(word) > _LONGEST_TOPIC} for text in texts]
    return all(len(text.split()) >= _FEWEST for text in texts) and all(said[0] & other for other in said[1:])


def _under_audiences(text: str) -> list[str]:
    """The text parted before each heading, or before each paragraph where each begins with its audience."""
    lines = text.split("\n")
    heads = [at for at, line in enumerate(lines[:-1]) if _audience(f"{line}\n-", loose=False)]
    if heads[1:]:
        ends = [*heads[1:], len(lines)]
        return ["\n".join(lines[at:end]).strip() for at, end in zip(heads, ends, strict=True)]
    paragraphs = [part.strip() for part in (text.split("\n\n") if "\n\n" in text else lines) if part.strip()]
    return paragraphs if all(_audience(part, loose=True) for part in paragraphs) else [text]


def _addressed(piece: str, *, loose: bool) -> AudienceVariant:
    audience, rest = _audience(piece, loose=loose) or ("", piece)
    if platform := _named(audience) if audience else None:
        return AudienceVariant(rest, platform=platform)
    return AudienceVariant(rest, audience)


def _audience(piece: str, *, loose: bool) -> tuple[str, str] | None:
    """Whom the heading of a piece names, and the text below it; ``loose`` takes bare words for a heading, too."""
    first, _, below = piece.partition("\n")
    line = first.strip()
    if told := next((way for way in _TELLING if line.casefold().startswith(way)), ""):
        return _unled(line[len(told) :]), below.strip()
    is_marked = line.startswith(("# ", "## ", "### ")) or (line[:1] in _BOLD and line.rstrip(":")[-1:] in _BOLD)
    whole = line.strip(_HEADING_MARKS + ":")
    is_bare = ":" not in line and not line.endswith(_ENDS) and (loose or bool(audience_in(whole)))
    is_heading = is_marked or line.endswith(":") or is_bare
    if below.strip() and is_heading and 0 < len(whole.split()) <= _LONGEST_LABEL:
        return _unled(whole), below.strip()
    head, colon, rest = line.partition(":")
    is_head = head[:1].isupper() if loose else len(rest.split()) > _LONGEST_LABEL and bool(audience_in(head))
    if colon and rest.strip() and is_head and len(head.split()) <= _LONGEST_INLINE:
        return _unled(head), f"{rest.strip()}\n{below}".strip()
    return None


def _unled(label: str) -> str:
    label = label.strip(_HEADING_MARKS + ":")
    led = next((way for way in _INTO if label.casefold().startswith(way)), "")
    return label[len(led) :].strip()


# What the heading of a variant says.

_PEOPLE = """
student students parent parents mum mums mom moms dad dads family families teacher teachers pupil pupils graduate
graduates commuter commuters tourist tourists traveller travellers traveler travelers visitor visitors resident
residents local locals neighbour neighbours neighbor neighbors runner runners cyclist cyclists hiker hikers swimmer
swimmers gamer gamers foodie foodies reader readers listener listeners viewer viewers fan fans follower followers lover
lovers owner owners buyer buyers renter renters homeowner homeowners gardener gardeners baker bakers cook cooks nurse
nurses doctor doctors developer developers marketer marketers founder founders freelancer freelancers creator creators
professional professionals manager managers worker workers recruiter recruiters applicant applicants employee employees
colleagues customer customers client clients shopper shoppers beginner beginners newcomer newcomers donor donors
volunteer volunteers millennials boomers gen-z women men women's men's people crowd audience everyone everybody public
couples singles retiree retirees farmer farmers journalists investors patients drivers riders
studierende studenten studentinnen eltern familien lehrkräfte lehrer lehrerinnen schüler schülerinnen pendler
pendlerinnen kunden kundinnen anfänger anfängerinnen gäste einheimische touristen touristinnen läufer läuferinnen azubis
berufstätige rentner rentnerinnen ältere jugendliche erwachsene alle familie
étudiants étudiantes étudiant·es parents familles enseignants enseignantes salariés débutants touristes riverains
clients clientes lecteurs bénévoles
estudiantes padres madres familias profesores profesoras clientes principiantes turistas vecinos jóvenes voluntarios
"""
_PAY_APART = """
adult adults child children kid kids senior seniors pensioner pensioners concession concessions member members
non-member non-members nonmembers subscriber subscribers guest guests staff trade wholesale business businesses company
companies team teams enterprise enterprises agency agencies individual individuals school schools charity charities
nonprofits vip premium existing new returning group groups
erwachsene kinder senioren seniorinnen mitglieder nichtmitglieder abonnenten firmen unternehmen privatkunden
geschäftskunden bestandskunden neukunden
adultes enfants membres entreprises abonnés adultos niños socios empresas
"""
"""People who often pay another price than others do."""
_CALLED_SO = """
a an the our and for to here here's this is now version versions variant variants variation option options text post
posts caption copy draft idea one other first second third short shorter long longer formal casual funny serious
friendly playful bold plain simple punchy final alternative alt
die der das eine unsere für variante fassung kurz lang kürzer länger kurzfassung langfassung
version pour les des la le une notre courte longue variante para los las una nuestra corta larga opción
"""
"""Words of headings that only tell variants apart."""
_WHOM, _PAYS_APART, _NO_WHOM = frozenset(_PEOPLE.split()), frozenset(_PAY_APART.split()), frozenset(_CALLED_SO.split())
_AROUND = ".,;:!?()[]“”\"'’*_#"


class VariantLabel(Enum):
    """What a heading tells of the text below it."""

    NONE = auto()
    """There is none."""
    NAME = auto()
    """It only tells variants apart, as "Variant B" and "Short" do, or names their platform."""
    PEOPLE = auto()
    PAYERS = auto()
    """People who often pay another price, such as members."""
    OTHER = auto()
    """Perhaps a size, a market, a day or a thing: something else may be said of each."""


def label_kind(label: str) -> VariantLabel:
    """What a heading tells; of "Members" and "Students" that some pay apart."""
    said = _label_words(label)
    left = [word for word in said if word not in _NO_WHOM and len(word) > 1 and not word.isdecimal()]
    if not said:
        return VariantLabel.NONE
    if not _PAYS_APART.isdisjoint(left):
        return VariantLabel.PAYERS
    if not _WHOM.isdisjoint(left):
        return VariantLabel.PEOPLE
    return VariantLabel.OTHER if left and not platform_named(" ".join(left)) else VariantLabel.NAME


def audience_in(label: str) -> str:
    """The people whom a heading names ("Version for parents" → "parents"), "" where it may name something else."""
    kept = [word for word in label.split() if word.casefold().strip(_AROUND).replace("’", "'") not in _NO_WHOM]
    known = [word for word in _label_words(" ".join(kept)) if word in _WHOM | _PAYS_APART]
    return " ".join(kept).strip(_AROUND) if known and len(known) == len(kept) else ""


def _label_words(label: str) -> list[str]:
    words = label.casefold().replace("’", "'").replace("gen z", "gen-z").split()
    return [word for one in words if (word := one.strip(_AROUND))]


# Where in a message with several posts a point stands: its platform, its variant, its part of a thread.


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The numbers count from 1; 0 where there is only one variant for the platform, or no thread.

    ``platform`` is "" where nothing tells it. ``part`` is one of ``parts``.
    """

    platform: str = ""
    variant: int = 0
    part: int = 0
    parts: int = 0


def whereabouts(variants: Sequence[Variant], offset: int) -> Whereabouts:
    """Where the code point ``offset`` of the message is; nothing is told of what stands outside its posts."""
    for variant in variants:
        at = offset - variant.start
        if 0 <= at <= len(variant.text):
            siblings = [other for other in variants if other.platform == variant.platform]
            number = siblings.index(variant) + 1 if len(siblings) > 1 else 0
            part = next((n for n, (_, end) in enumerate(variant.parts, 1) if at < end), len(variant.parts))
            return Whereabouts(variant.platform, number, part, parts=len(variant.parts))
    return Whereabouts()
