"""Guards a suggested rewording: it keeps the author's marks, adds no fact, trips no rule."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

import regex

from bot.core.findings import Edit
from bot.core.reading.labelled import labels_in
from bot.core.reading.languages import language_of
from bot.core.reading.quantities import COUNTING, quantities
from bot.core.reading.ties import NAMES_OF_AI
from bot.core.reading.variants import split_variants
from bot.flows.reviewing import rule_findings
from bot.model.answers import continuing, fitted, plain_words, trimmed
from bot.model.masking import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.core.drafts import Draft
    from bot.core.findings import Finding
    from bot.core.guidelines import Guideline, Library
    from bot.core.judging import Case
    from bot.core.ports import Rules
    from bot.core.reading.variants import Variant
    from bot.model.brief import Brief


# What a text states that can be true or false: numbers, amounts, dates, and what vouches for a claim.

_MONEY = """
percent cent cents prozent procent pct euro euros dollar dollars pound pounds pence penny eur usd gbp chf franc francs
franken zloty pln
"""
_CALENDAR = """
today tonight tomorrow yesterday noon midnight monday tuesday wednesday thursday friday saturday sunday weekend
january february april june july august september october november december
heute morgen gestern montag dienstag mittwoch donnerstag freitag samstag sonntag wochenende januar februar märz
juni juli oktober dezember
demain lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril juin juillet août septembre
octobre novembre décembre
hoy mañana ayer lunes martes miércoles jueves viernes sábado domingo enero febrero marzo abril mayo junio julio
agosto septiembre octubre noviembre diciembre
vandaag gisteren maandag dinsdag woensdag donderdag vrijdag zaterdag zondag januari februari maart augustus
"""
_SAID_IN_WORDS = COUNTING | frozenset(_MONEY.split()) | frozenset(_CALENDAR.split())
_MONTHS_THAT_ARE_WORDS = frozenset(("May", "March"))
"""They are dates only where they are written with a capital."""
_VOUCHING = (
    "studies", "study", "survey", "research", "scientist", "scientific", "expert", "institut", "universit", "laborator",
    "clinical", "certif", "approved", "proven", "patent", "award", "guarant", "official", "licensed", "accredit",
)  # fmt: skip
"""How words begin that lend a claim somebody's authority, or promise something in the brand's name."""
_SAME = 5
"""Letters by which two forms of a word know each other."""
_INSIDE = ".,:’'"
_THOUSAND = 3


def stated(text: str) -> Iterator[str]:
    """Every number, amount and date of a text in one spelling; and each of the same value has the same."""
    yield from _numbers(text)
    yield from (c for c in text if c in "%‰" or unicodedata.category(c) == "Sc")
    for word in words_of(text):
        lower = word.lower()
        if {lower, lower.removesuffix("fold")} & _SAID_IN_WORDS or word in _MONTHS_THAT_ARE_WORDS:
            yield lower


def vouches(text: str, known: frozenset[str]) -> bool:
    """True where the text names a study, a seal or a guarantee of which the ``known`` words say nothing."""
    starts = {word[:_SAME] for word in known}
    said = (word.lower() for word in words_of(text))
    return any(word.startswith(_VOUCHING) and word[:_SAME] not in starts for word in said)


def words_of(text: str) -> list[str]:
    """The runs of letters and digits."""
    return "".join(c if c.isalnum() else " " for c in text).split()


def _numbers(text: str) -> Iterator[str]:
    """Runs of digits with the points and commas inside them; signs such as ½ by themselves."""
    number = ""
    for at, c in enumerate(f"{text} "):
        if c.isdecimal():
            number += c
        elif number and c in _INSIDE and text[at + 1 : at + 2].isdecimal():
            number += "," if c != ":" else c
        else:
            if number:
                yield _plain(number)
            number = ""
            if c.isnumeric():
                yield c


def _plain(number: str) -> str:
    """Without what parts the thousands; the same for a decimal point and a decimal comma."""
    first, *rest = number.split(",")
    grouped = rest and len(first) <= _THOUSAND and all(len(group) == _THOUSAND for group in rest)
    return "".join((first, *rest)) if grouped else number


# The marks of a post: its links, hashtags, handles, emoji and line breaks. A rewording keeps what it found.

_EMOJI = regex.compile(r"(?=\p{Extended_Pictographic}|\p{RI}{2}|[0-9#*]\uFE0F?\u20E3)\X")
"""One grapheme at a time, as the rules count them; there is nothing to backtrack over."""
_TOKEN = regex.compile(r"\S+")
_TEXT_SIGNS = frozenset("©®™")
"""Pictographic by Unicode, and plain signs to everybody."""
_AROUND = ".,;:!?()[]'\"“”<>"


def is_link(text: str) -> bool:
    """True for an address: with a scheme, or dots between letters as in ``shop.example``."""
    folded = text.lower()
    head, dot, tail = folded.strip(".,;:!?()'\"").rpartition(".")
    return "://" in folded or "www." in folded or bool(dot and head[-1:].isalnum() and tail[:2].isalpha() and tail[1:])


def sign(token: str) -> str:
    """A token without what stands around it, in lower case."""
    return token.strip(_AROUND).lower()


def signs(text: str) -> Iterator[str]:
    """The tokens of a text as signs."""
    return map(sign, visible(text).split())


def is_sign(token: str) -> bool:
    """True for links, handles and hashtags."""
    return "#" in token or "@" in token or is_link(token)


def kept(words: str, quote: str, labels: Iterable[str] = ()) -> str | None:
    """The words with what they must keep of the quote, or None where they lost it in a place that nobody can tell.

    Every emoji, hashtag, handle, link and line break of the quote stays. What stood before or behind its words and was
    left out is put back there. Free are: a quote that holds nothing but marks, for then they are the point; a hashtag
    where the words bring one of the ``labels`` that the guideline asks for; and, where the quote is left out as a
    whole, its emoji and line breaks, which belong to its words. Its links, hashtags and handles stay even then.
    """
    head, tail = _edges(quote)
    if len(head) == len(quote):
        return words
    labels = frozenset(labels)
    if _lost(words, quote, labels):
        words = _put_back(words, head, tail) if words.strip() else _left_over(head, tail)
    breaks = words.count("\n") != quote.count("\n") if words.strip() else False
    return None if breaks or _lost(words, quote, labels) else words


def _put_back(words: str, head: str, tail: str) -> str:
    lost, (own_head, own_tail) = marks(head + tail) - marks(words), _edges(words)
    if lost & marks(head) and marks(head) - marks(own_head):
        words = head + words[len(own_head) :].lstrip()
    if lost & marks(tail) and marks(tail) - marks(own_tail):
        words = words[: len(words) - len(own_tail)].rstrip() + tail
    return words


def _left_over(head: str, tail: str) -> str:
    """What stays of a quote that is left out."""
    return " ".join(edge.strip() for edge in (head, tail) if any(map(is_sign, edge.split())))


def _lost(words: str, quote: str, labels: frozenset[str]) -> bool:
    has, had = marks(words), marks(quote)
    free = "#" if any(label in has and label not in had for label in labels) else None
    lost = (mark for mark in had - has if words.strip() or is_sign(mark))
    return any(mark[:1] != free for mark in lost)


def marks(text: str) -> Counter[str]:
    """The links, hashtags, handles and emoji of a text, and how often each is there."""
    return Counter(mark for _, _, mark in _pieces(text) if mark)


def _edges(text: str) -> tuple[str, str]:
    """What stands before its first and behind its last words; a text without words is all edge."""
    words = [(start, end) for start, end, mark in _pieces(text) if not mark]
    return (text[: words[0][0]], text[words[-1][1] :]) if words else (text, "")


def _pieces(text: str) -> Iterator[tuple[int, int, str]]:
    """The start and end of everything but white space, and its mark, "" for words and punctuation."""
    for token in _TOKEN.finditer(text):
        if is_sign(token[0]) or _is_named_emoji(token[0]):
            yield *token.span(), sign(token[0]) or token[0]
            continue
        at = token.start()
        for emoji in _EMOJI.finditer(text, at, token.end()):
            if emoji[0] in _TEXT_SIGNS:
                continue
            if at < emoji.start():
                yield at, emoji.start(), ""
            yield *emoji.span(), emoji[0].replace("\ufe0f", "")
            at = emoji.end()
        if at < token.end():
            yield at, token.end(), ""


def _is_named_emoji(token: str) -> bool:
    """True for what Slack writes in the place of an emoji of the workspace."""
    return len(token) > 2 and token[0] == token[-1] == ":"  # noqa: PLR2004 - a name between the colons


# Guards a suggested rewording: it keeps the author's marks, adds no fact, trips no rule, and is as small as can be.

_CITED = """
agree agrees approved approves certified certifies confirm confirmed confirms experts find finds found institute
prove proved proves recommend recommends report reported reports research researchers said say says scientists show
showed shows studies study survey tested tests university
"""
_CITING = frozenset(_CITED.split())
"""What stands beside the name of a source."""
_SENTENCE_ENDS = ".!?:\n"
_LONGEST = 600
_LONGEST_SLOT = 60
_ACRONYM = 3
_WHOLE = 4_000
"""Characters of a draft that is read as a whole for each rewording: the longest posts that platforms take."""
_BESIDE = 1_500
"""Characters on both sides of an edit that are read in a longer one."""


_NEAR_A_LABEL = 30
_IN_LABELS = (
    "ad", "sponsor", "paid", "anzeige", "werb", "dauerwerb", "gespons", "bezahl", "enthält", "pub", "patroc", "inserz",
    "reclam", "reklam", "materia", "parten", "partner", "collab", "colab", "asocia", "betaald", "wsp", "współ", "płat",
    "parceria", "work", "arbeit", "employ", "travail", "trabaj", "emple", "lavor", "werk", "prac", "trabal", "ai", "ki",
    "ia", "virtuel", "made", "mitki", "image", "kib", "gener", "génér", "creat", "créé", "hecho", "feito", "gerad",
    "gemaakt", "meta", "wygen", "mein", "meinem", "mon", "mi", "mijn", "moj", "mój",
)  # fmt: skip
"""How words begin of which some stands in every label of `bot.core.reading.labelled` that names no AI."""
_MAY_LABEL = (*_IN_LABELS, *(name.strip('"*') for name in NAMES_OF_AI.split() if len(name.strip('"')) > 1))


def may_hold_a_label(text: str) -> bool:
    """False where no label is: most edits touch none, and then nothing is counted."""
    return any(word.lower().startswith(_MAY_LABEL) for word in words_of(text))


def vocabulary(library: Library) -> frozenset[str]:
    """Words that are no names, as they stand in lower case in the guidelines; and short ones in capitals ("AI")."""
    words: set[str] = {"I"}
    for guideline in library.guidelines:
        examples = (example.text for example in (*guideline.bad, *guideline.good))
        prose = (
            guideline.title,
            guideline.problem,
            guideline.question,
            guideline.why,
            guideline.fix,
            *guideline.not_when,
        )
        for text in (*prose, *examples):
            words |= {w for w in words_of(text) if w.islower() or (w.isupper() and len(w) <= _ACRONYM)}
    return frozenset(words)


class Rewordings:
    """Judges rewordings for one draft."""

    def __init__(self, brief: Brief, rules: Rules, known: frozenset[str]) -> None:
        self._draft = brief.case.draft
        self._masks = brief.masks
        self._rules = rules
        self._known = known
        answers = [answer for _, answer in brief.case.answers]
        alt_texts = (picture.alt_text for picture in self._draft.pictures)
        earlier = (post.text for post in brief.case.said_before)
        self._answered = "\n".join(answers)
        self._records = _numbered(brief.case)
        self._told = "\n".join((self._draft.context, *answers, *earlier))
        self._source = "\n".join((self._draft.text, *alt_texts, self._told))

    def edit(self, guideline: Guideline, span: tuple[int, int], suggested: str | None, *, why: str = "") -> Edit | None:
        """The edit that puts the suggested words in the place of the span, or None where they must not stand there.

        ``why`` is the reason of the point: it names the facts and posts that the point shows by their numbers.
        """
        if suggested is None or len(suggested) > _LONGEST or self._gives_away(suggested):
            return None
        quote = self._draft.text[slice(*span)]
        words = plain_words(visible(self._masks.unmask(suggested)), quote)
        words = words and fitted(words, self._draft.text, span)
        words = words and continuing(words, self._draft.text, span, source=self._source, known=self._known)
        words = kept(words, quote, _labels(guideline)) if words is not None else None
        if words is None or words.split() == quote.split():
            return None
        if not self._adds_nothing(words, guideline, quote) or self._changes_figures(words, quote, why):
            return None
        edit = trimmed(Edit(*span, words), quote)
        return edit if self._keeps_labels(edit) and self._trips_nothing(edit, guideline.family) else None

    def _gives_away(self, suggested: str) -> bool:
        """True where a value from outside the draft would be published with it."""
        return any(m in suggested and value not in self._draft.text for m, value in self._masks.values.items())

    def _moves_link(self, token: str, quote: str) -> bool:
        """True for an address that only another place of the draft holds: no reader shall be led there from here."""
        return is_link(token) and sign(token) not in {*signs(quote), *signs(self._told)}

    def _adds_nothing(self, words: str, guideline: Guideline, quote: str) -> bool:
        bare = _without_slots(words)
        known = self._signs | _labels(guideline)
        if any(is_sign(t) and (sign(t) not in known or self._moves_link(t, quote)) for t in bare.split()):
            return False
        if any(fact not in self._stated for fact in stated(bare)) or vouches(bare, self._words):
            return False
        return not any(self._names_in(bare, by_place=quote[:1].isupper()))

    def _changes_figures(self, words: str, quote: str, why: str) -> bool:
        """True for a number with its unit that nobody said of this: no quote, answer, fact or post that is shown.

        The rest of the draft speaks of other things, and a fact that the point doesn't show can't be checked there.
        """
        said = " ".join(token for token in _without_slots(words).split(" ") if not is_sign(token))
        if not any(stated(said)):
            return False
        figures = quantities(said)
        shown = (self._records.get(name, "") for name in named_records(why))
        known = quantities(visible("\n".join((quote, self._answered, *shown))))
        beside = quantities(visible(self._records[""]))
        return not all(any(map(figure.is_of, known)) or any(map(figure.counts_the_same, beside)) for figure in figures)

    def _keeps_labels(self, edit: Edit) -> bool:
        """True where the post says as often as before that it is advertising, by an employee or made with AI.

        A label may move, and another may take its place.
        """
        draft, edit = self._around(edit)
        touched = draft.text[max(0, edit.start - _NEAR_A_LABEL) : edit.end + _NEAR_A_LABEL]
        if not may_hold_a_label(touched):
            return True
        before, after = (labels_in(text, self._language) for text in (draft.text, _edited(draft, edit).text))
        return not before - after

    def _names_in(self, text: str, *, by_place: bool) -> Iterator[str]:
        """Words with a capital that neither the source nor the guidelines know as words.

        ``by_place`` says that the first word has its capital from where it stands. That proves nothing, unless it is
        cited: "Harvard found".
        """
        words = [*_with_openings(text), ("", False), ("", False)]
        for i, (word, opens) in enumerate(words[:-2]):
            lower = word.lower()
            known = lower in self._words or word in self._known or (opens and lower in self._known)
            cited = any(after.lower() in _CITING for after, _ in words[i + 1 : i + 3])
            if word[:1].isupper() and not known and (i > 0 or cited or not by_place):
                yield word

    def _trips_nothing(self, edit: Edit, family: str) -> bool:
        """True where the text around the edit, with its platforms and parts, trips no more rules than before.

        And where the new words trip none, unless it was tripped before by words that reach beyond the edit and is of
        another family: that is another point. A rule of this ``family`` that goes on speaking was not cured.
        """
        draft, edit = self._around(edit)
        before = self._before if draft is self._draft else rule_findings(draft, self._rules)
        after = _edited(draft, edit)
        found = rule_findings(after, self._rules)
        was, now = _counted(before), _counted(found)
        cured = {(f.guideline, f.rule) for f in before if f.family == family and _touches(f, edit.start, edit.end)}
        if not after.text.strip() or now - was or any(now[rule] >= was[rule] for rule in cured):
            return False
        known = {finding.key for finding in before}
        end = edit.start + len(edit.text)
        here = (f for f in found if f.key not in known and _touches(f, edit.start, end))
        return all(f.family != family and any(_outlasts(b, edit, f) for b in before) for f in here)

    def _around(self, edit: Edit) -> tuple[Draft, Edit]:
        """The draft, or of a long one the part of the post around the edit; and the edit in it.

        Rules read in line with the length of what they read. A long draft with many points would be read as often as
        it has points, and nobody else is served meanwhile.
        """
        if len(self._draft.text) <= _WHOLE:
            return self._draft, edit
        post = next((p for p in self._posts if p.start <= edit.start <= p.start + len(p.text)), self._posts[0])
        begin = max(post.start, self._draft.text.rfind("\n", 0, max(0, edit.start - _BESIDE)) + 1, edit.start - _WHOLE)
        end = min(post.start + len(post.text), edit.end + _BESIDE)
        part = replace(self._draft, text=self._draft.text[begin:end], platform=post.platform, zones=(), parts=())
        return part, edit.moved(-begin)

    @cached_property
    def _posts(self) -> tuple[Variant, ...]:
        return split_variants(self._draft.text, self._draft.zones, self._draft.platform)

    @cached_property
    def _language(self) -> str:
        return language_of(self._draft.text)

    @cached_property
    def _before(self) -> tuple[Finding, ...]:
        return rule_findings(self._draft, self._rules)

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(word.lower() for word in words_of(visible(self._source)))

    @cached_property
    def _stated(self) -> frozenset[str]:
        return frozenset(stated(visible(self._source)))

    @cached_property
    def _signs(self) -> frozenset[str]:
        return frozenset(signs(self._source))


_FACT_LINE = regex.compile(r"^- (F\d+) (.*)$", regex.MULTILINE)
_IN_BRACKETS = regex.compile(r"\[([^\[\]\n]{2,60})\]")
_RECORD = regex.compile(r"\b[FP]\d{1,4}\b")


def _numbered(case: Case) -> dict[str, str]:
    """The facts and earlier posts by the numbers under which the model reads them; "" is the rest of the context."""
    facts = {found[1]: found[2] for found in _FACT_LINE.finditer(case.draft.context)}
    posts = {f"P{number}": post.text for number, post in enumerate(case.said_before, 1)}
    return {**facts, **posts, "": _FACT_LINE.sub("", case.draft.context)}


def named_records(why: str) -> list[str]:
    """The numbers in brackets of a reason ("[F2, P1]")."""
    return [name for said in _IN_BRACKETS.finditer(why) for name in _RECORD.findall(said[1])]


def _counted(findings: Iterable[Finding]) -> Counter[tuple[str, str]]:
    return Counter((finding.guideline, finding.rule) for finding in findings)


def _outlasts(before: Finding, edit: Edit, after: Finding) -> bool:
    """True for a finding of the same rule whose words reached beyond those that the edit takes the place of."""
    same = (before.guideline, before.rule) == (after.guideline, after.rule)
    beyond = before.start < edit.start or edit.end < before.end
    return same and beyond and _touches(before, edit.start, edit.end)


def _touches(finding: Finding, start: int, end: int) -> bool:
    return finding.start < end and start < finding.end


def _labels(guideline: Guideline) -> frozenset[str]:
    """The hashtags that the guideline itself tells authors to use, such as #ad."""
    said = f"{guideline.fix} {' '.join(rule.insert for rule in guideline.rules)}"
    return frozenset(label for label in map(sign, said.split()) if label.startswith("#"))


def _edited(draft: Draft, edit: Edit) -> Draft:
    """The draft with the edit made; zones and parts move along."""
    by = len(edit.text) - (edit.end - edit.start)

    def moved(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
        return tuple((s + by if s >= edit.end else s, e + by if e >= edit.end else e) for s, e in spans)

    text = draft.text[: edit.start] + edit.text + draft.text[edit.end :]
    return replace(draft, text=text, zones=moved(draft.zones), parts=moved(draft.parts))


def _without_slots(text: str) -> str:
    """The text without ``[slots]`` that the author is to fill; what states something in brackets is no slot."""
    kept: list[str] = []
    head, found, rest = text.partition("[")
    while found:
        slot, closed, behind = rest.partition("]")
        plain = closed and len(slot) <= _LONGEST_SLOT and not any(c.isdigit() or c in "@#[\n" for c in slot)
        if plain and not is_link(slot):
            kept += [head, " x "]
        else:
            kept += [head, " "]
            behind = rest
        head, found, rest = behind.partition("[")
    return "".join((*kept, head))


def _with_openings(text: str) -> Iterator[tuple[str, bool]]:
    """Each word, and whether it opens a sentence."""
    word, opens = "", True
    for c in f"{text} ":
        if c.isalnum():
            word += c
            continue
        if word:
            yield word, opens
            word, opens = "", False
        opens = opens or c in _SENTENCE_ENDS
