"""Words to colleagues around a draft ("for FB, ok?", "final check please:"): set apart, for all who read the draft.

They give the platform where they name one, and are no part of the draft's text. A note is told by its words alone: all
of them are of the few that people use to hand over a draft, and among them is a request or a name for a draft.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from bot.core.drafts import platform_named
from bot.core.reading.variants import has_heading, is_of_a_plan
from bot.core.reading.weights import NOTES_LEARNED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.core.drafts import Message


# What was learned from messages that were written for it: which words speak for which side
# (benchmarks/draft_or_talk.py).

_READ = 2_000
"""Characters at the beginning of a message; the rest says nothing new about what it is."""


@dataclass(frozen=True, slots=True)
class Learned:
    """The weights of a logistic regression: each feature's part in the logarithm of the odds."""

    weights: Mapping[str, float]

    @classmethod
    def read(cls, written: str) -> Learned:
        """Of ``feature=weight`` pairs between white space."""
        pairs = (pair.rpartition("=") for pair in written.split())
        return cls({feature: float(weight) for feature, _, weight in pairs})

    def odds(self, features: Mapping[str, float]) -> float:
        """The logarithm of the odds for what was learned."""
        found = (self.weights.get(feature, 0.0) * value for feature, value in features.items())
        return self.weights.get(_ALWAYS, 0.0) + sum(found)


_ALWAYS = "@always"
_PLAINER = {ord("’"): "'", 0xFE0F: None, 0x200D: None}
"""One apostrophe; and an emoji is one sign, whatever it is drawn with."""


def words_of(text: str) -> dict[str, float]:
    """The features of a text that are words: each alone and each pair; ``^`` is the beginning and ``$`` the end."""
    tokens = [token for piece in text[:_READ].lower().translate(_PLAINER).split() for token in _tokens(piece)]
    pairs = pairwise(("^", *tokens, "$"))
    return dict.fromkeys((*tokens, *(f"{one}_{other}" for one, other in pairs)), 1.0)


def _tokens(piece: str) -> list[str]:
    """What stands between two spaces: the signs before a word, the word, and the signs behind it."""
    if "://" in piece:
        return ["<link>"]
    at = [i for i, c in enumerate(piece) if c.isalnum()]
    begin, end = (at[0], at[-1] + 1) if at else (len(piece), len(piece))
    if begin and at and piece[begin - 1] in "@#":
        return [*_runs_of_signs(piece[: begin - 1]), f"<{piece[begin - 1]}>", *_runs_of_signs(piece[end:])]
    word = ["<number>" if piece[begin].isdigit() else piece[begin:end]] if at else []
    return [*_runs_of_signs(piece[:begin]), *word, *_runs_of_signs(piece[end:])]


def _runs_of_signs(signs: str) -> list[str]:
    """Each sign once, twice where it is repeated; all emoji are one."""
    runs = [(sign, sum(1 for _ in run)) for sign, run in groupby(signs, key=_sign)]
    return [sign if number == 1 or sign == "<emoji>" else sign * 2 for sign, number in runs]


def _sign(sign: str) -> str:
    return "<emoji>" if unicodedata.category(sign) == "So" else sign


# Words to colleagues.

_HANDING_OVER = """
please pls plz kindly can could would will you u someone anyone somebody anybody everyone all team folks guys both we
i i'd i'll me us my our your the this that these those it its it's one ones a an is are was be here here's there heres
quick quickly final last first second another new next latest updated revised rough short check checks review
reviewing look looking over at into through proofread proofreading read reads feedback thought thoughts opinion
opinions input comment comments note notes any some need needs needed want eyes pair approve approval approved
approving sign off sign-off ok okay fine good great to go goes going for on of in from with before after out live
posting publishing publish post posts caption captions copy draft drafts text texts version versions v1 v2 v3 story
reel thread tweet ad newsletter campaign launch asap now later week week's weekend monday's and or but so if what do
does did think about how work works sound sounds like let know give have take has had sanity ready just hi hey hello
morning thanks thank thx cheers candor fyi then when time moment sec minute instead
file files attached attachment below following forwarded see doc document snippet
cc wdyt tbc wip intro teaser subject line broadcast photo picture image embargo embargoed until till internal
only not do don't yet nobody one
bitte mal kurz schnell kann kannst könnt könnte könntest können schaust guckst drauf darauf jemand ihr du euch dir wir
ich das die der den dem ein eine einen es hier ist sind passt so noch final finaler prüfen checken check drüberschauen
drübergucken drüberlesen gegenlesen lesen schauen anschauen ansehen freigeben freigabe feedback meinung meinungen okay
entwurf text post beitrag version raus rausgehen online nicht veröffentlichen bild foto folgt für fürs auf zum zur und
ob was meint sagt haltet denkt davon dazu von hallo hi moin
danke vielen dank gerne
svp stp peux tu pouvez vous quelqu'un peut relire valider vérifier regarder jeter un une le la les ce cette coup d'œil
d'oeil avis retour retours merci de du des pour voici on valide validez ne pas publier visuel brouillon texte légende
version à ça va est-ce que qu'en pensez
penses bonjour salut avant
por favor puedes podéis pueden alguien puede revisar mirar leer echar un una el la los las vistazo este esta esto
borrador texto versión para antes de gracias hola qué os te les parece opinión opiniones comentarios aquí está va así
bien
no publicar dar visto bueno
"""
_WORDS = frozenset(_HANDING_OVER.split())
_REQUESTS = (
    "feedback", "thoughts", "opinion", "proofread", "for approval", "final check", "quick check", "last check",
    "sanity check", "for review", "wdyt", "do not publish", "don't publish", "do not post", "don't post", "embargo",
    "internal only", "see thread", "so raus", "raus?", "noch nicht veröffentlichen", "on valide ?", "on valide?",
    "ne pas publier", "va así", "no publicar", "what do you think", "what do you all think", "what do we think",
    "eyes on", "pair of eyes", "sign-off", "sign off on", " ok?", " okay?", " ok for ", " okay for ", " fine for ",
    "good to go?", "does this work", "does this sound", "does this read", "is this ok", "is this okay", "is this fine",
    "any comments", "gegenlesen", "drüberschauen", "drübergucken", "drüberlesen", "passt das", "meinung", "freigabe",
    "freigeben", "was meint ihr", "was sagt ihr", "relire", "à valider", "votre avis", "vos avis", "vos retours",
    "coup d'œil", "coup d'oeil", "qu'en pensez", "revisar", "un vistazo", "qué os parece", "qué te parece",
    "qué les parece", "visto bueno",
)  # fmt: skip
_MILD_REQUESTS = (
    "review", "check", "read", "approve", "approval", "comment", "prüfen", "checken", "lesen", "schauen", "anschauen",
    "ansehen", "valider", "vérifier", "regarder", "mirar", "leer",
)  # fmt: skip
_LOOKS = ("a look", "look at", "look over", "look through", "look into")
"""What posts say as well ("Look at this!"): a request only beside one of the words below."""
_ASKING = frozenset((
    "please", "pls", "plz", "kindly", "can", "could", "would", "need", "needs", "anyone", "someone", "somebody",
    "bitte", "kann", "könnt", "könnte", "können", "svp", "stp", "merci", "peux", "pouvez", "peut", "favor", "puedes",
    "podéis", "pueden", "puede", "alguien",
))  # fmt: skip
_DRAFTS = frozenset((
    "draft", "drafts", "caption", "captions", "copy", "version", "entwurf", "brouillon", "légende", "borrador",
))  # fmt: skip
"""What people call a draft and posts hardly say among nothing but the words of a note."""
_LABELS = frozenset((
    "post", "text", "draft post", "post draft", "new post", "final text", "beitrag", "texte", "texto",
))  # fmt: skip
_COPIED = frozenset(("cc", "fyi", "thanks", "danke", "merci", "gracias", "and", "und", "et", "y"))
"""Words beside people who are called, and nothing else."""
_STATES = frozenset(("draft", "entwurf", "brouillon", "borrador", "wip", "final", "finale", "v1", "v2", "v3"))
"""What stands alone on a line above a draft."""
_BESIDE_A_STATE = frozenset(("new", "version", "first", "second", "latest", "updated", "neuer", "neue", "copy", "the"))
_OF_A_TEXT = frozenset((
    "headline", "subhead", "subline", "body", "cta", "title", "titel", "hook", "option", "variant", "variante",
    "version", "intro", "text", "bild", "subject", "preheader", "button", "bio", "slide", "frame", "card",
))  # fmt: skip
"""What labels of a text's parts begin with; several of them belong to it, all or none."""
_LABELS_OF_POSTS = frozenset(("me", "also me", "opinion", "unpopular opinion", "hot take", "correction"))
"""What posts begin with, before a colon; said to readers, not to colleagues."""
_WHO_PAID = frozenset((
    "paid", "pays", "paying", "gifted", "invited", "hosted", "lent", "gave", "sent", "get", "earn", "sponsored",
))  # fmt: skip
_GETTING = frozenset(("i", "me", "we", "us"))
_OF_A_BRAND = frozenset(("from", "by", "with", "to", "at", "of", "von", "mit", "bei", "de", "avec", "con"))
"""Before a handle: who is named so is spoken of, not to."""
_POSTS_ON_X = frozenset(("tweet", "tweets"))
_OF_AN_AUDIENCE = frozenset((
    "us", "your", "our", "what",
))  # fmt: skip
"""At a post's end these speak to its readers ("Give us your feedback!")."""
_GREETINGS = frozenset((
    "hi", "hey", "hello", "morning", "hallo", "moin", "bonjour", "salut", "hola",
))  # fmt: skip
_THANKS = frozenset((
    "thanks", "thank", "thx", "cheers", "danke", "merci", "gracias",
))  # fmt: skip
_LONGEST_THANKS = 3
_ENDS = ".?!:…。？！："
_DASHES = ("-", "–", "—")
_BULLETS = tuple("-–•*·▪0123456789")
_PAIRS = {")": "(", "]": "["}
NOTES = Learned.read(NOTES_LEARNED)
_SURE_OF_A_NOTE, _SURE_OF_A_HEADING = 3.0, 2.5
"""The logarithm of the odds. What is set apart is not reviewed: of 16,000 published posts, 3 in 1,000 lose a line."""
_LONGEST = 16
"""Words of a note."""
_LONGEST_BESIDE = 10
"""Words of one that stands in a line with the draft, as far as was learned."""
_STANDS_ALONE = frozenset(("@own-line", "@colon", "@brackets"))
_FEWEST = 2
"""Words of a draft that stands beside a note."""


class SideNotes(IntEnum):
    """What the words around a draft tell."""

    NOTHING = 0
    REVIEW = 1
    """Somebody asks for a look at what follows, whatever that is."""
    DRAFT = 2
    """They call it a draft, or name its platform."""


@dataclass(frozen=True, slots=True)
class WithoutNotes:
    """A message without the words to colleagues around its draft. ``firm`` is True where a colon hands it over.

    ``begin`` is where its text begins in the whole one, in code points.
    """

    message: Message
    asking: SideNotes = SideNotes.NOTHING
    firm: bool = False
    begin: int = 0


def set_apart(message: Message) -> WithoutNotes:
    """The draft in a message. Where nothing would be left, the message stays whole."""
    text = message.text
    begin, notes = _before(message)
    end, after = _behind(message, begin)
    if not notes and all(_is_thanks(plain_words(note)) for note in after):
        end, after = len(text), []  # a post may thank its readers
    notes += after
    if not notes:
        begin = _past_calls(message, begin)
    if (begin, end) == (0, len(text)):
        return WithoutNotes(message)
    said = " ".join(notes)
    platform = next((name for word in plain_words(said) if (name := _platform(word))), None)
    named = platform is not None or any(_names_a_draft(note) for note in notes)
    asking = SideNotes.DRAFT if named else SideNotes.REVIEW
    firm = any(note.endswith((":", "：")) for note in notes)
    left = _cut(message, begin, end, platform=platform)
    return WithoutNotes(left, asking if notes else SideNotes.NOTHING, firm, begin=begin)


def is_only_a_note(message: Message) -> bool:
    """True where it hands over a draft that isn't there ("can you look at this?")."""
    return _is_note(message, 0, len(message.text), closing=False)


_FILES = """
attached attachment file files document doc docx pdf canvas deck slides slide script voiceover audio podcast episode
recording voice memo video videos clip clips film reel carousel story
anhang angehängt anbei datei dateien dokument aufnahme tonspur skript
ci-joint ci-jointe jointe pièce fichier fichiers enregistrement vidéo épisode
adjunto adjunta adjunté archivo archivos documento grabación vídeo episodio guion
"""
_OF_A_FILE = frozenset(_FILES.split())
"""What people call a file in which a draft is."""
_BESIDE_A_FILE = _WORDS | _OF_A_FILE | {"im"}


def points_to_a_file(message: Message) -> bool:
    """True where the draft is in a file that nobody reads: beside it there are no words, or some that hand it over."""
    words = plain_words(_without_calls(message, 0, len(message.text)))
    if not message.unread or len(words) > _LONGEST:
        return False
    known = (word in _BESIDE_A_FILE or _platform(word) or is_of_a_plan(word) for word in words)
    named = not _OF_A_FILE.isdisjoint(words) or not (_DRAFTS | _STATES).isdisjoint(words)
    return not words or is_only_a_note(message) or (named and all(known))


def without_notes(message: Message) -> Message:
    """The message as it is kept: the draft alone."""
    return set_apart(message).message


def _before(message: Message) -> tuple[int, list[str]]:
    """Where the draft begins, and the notes before it."""
    text, after, notes, called, headed = message.text, 0, list[str](), False, False
    for begin, end in pieces_before(text):
        piece = text[begin:end].strip()
        beside = called and _goes_with_a_call(text, begin, end)
        told = _is_note if headed else _is_set_apart
        if not beside and (has_heading(piece + "\nx") or not told(message, begin, end, closing=False)):
            break
        headed = headed or _heads_a_draft(text, begin, end)
        called = _is_a_call(message, begin, end)
        notes.append(piece)
        after = end + _space(text[end:])
    return after, notes


def _behind(message: Message, begin: int) -> tuple[int, list[str]]:
    """Where the draft ends, and the notes behind it."""
    text, end, notes, called = message.text, len(message.text), list[str](), False
    for start, stop in pieces_behind(text, begin):
        beside = called and _goes_with_a_call(text, start, stop)
        if not beside and not _is_set_apart(message, start, stop, closing=True):
            break
        called = _is_a_call(message, start, stop)
        notes.append(text[start:stop].strip())
        end = _end_before(text, start)
    return end, notes


def _heads_a_draft(text: str, begin: int, end: int) -> bool:
    """True for "Instagram (from @marie)" on its own line: below it only what is plainly a note is one."""
    words = plain_words(text[begin:end])
    own = text[begin:end].endswith((":", "：")) or text[end : end + 1] == "\n"
    return own and bool(words) and _platform(words[0]) is not None


def _is_a_call(message: Message, begin: int, end: int) -> bool:
    return bool(message.called) and not plain_words(_without_calls(message, begin, end))


def _goes_with_a_call(text: str, begin: int, end: int) -> bool:
    """True for "cc", "new one" or an emoji beside people who are called."""
    words = plain_words(text[begin:end])
    return len(words) <= _LONGEST_THANKS and all(word in _WORDS for word in words)


def pieces_before(text: str) -> Iterator[tuple[int, int]]:
    """Where each piece at the beginning begins and ends, as long as a draft would be left behind it."""
    begin = 0
    while (end := _piece_end(text, begin)) and _is_left(text[end:]):
        yield begin, end
        begin = end + _space(text[end:])


def pieces_behind(text: str, begin: int = 0) -> Iterator[tuple[int, int]]:
    """The same of the pieces at the end, the last one first; the draft begins at ``begin``."""
    end = len(text)
    while (start := _last_piece(text, begin, end)) > begin and _is_left(text[begin:start]):
        yield start, end
        end = _end_before(text, start)


def _end_before(text: str, start: int) -> int:
    return len(text[:start].rstrip().rstrip("-–—").rstrip())


def _piece_end(text: str, begin: int) -> int:
    """Where the first piece (a line, a sentence, words before a dash or in brackets) ends; 0 where it is all."""
    closing = {"(": ")", "[": "]"}.get(text[begin : begin + 1], "")
    if closing and (at := text.find(closing, begin)) > 0:
        return at + 1
    for i in range(begin, len(text)):
        if _is_end(text, i):
            return i + 1
        if text[i] == "\n" or (text[i] in _DASHES and text[i - 1 : i + 2] == f" {text[i]} "):
            return i
    return 0


def _last_piece(text: str, begin: int, end: int) -> int:
    """Where the last piece begins."""
    body = text[begin:end].rstrip()
    if body[-1:] in _PAIRS and (at := body.rfind(_PAIRS[body[-1]])) > 0:
        return begin + at
    last = max((i for i in range(begin, end) if text[i].isalnum()), default=begin)
    for i in range(last, begin, -1):
        if (_is_end(text, i) and text[i] not in ":：") or text[i] == "\n":
            return i + 1
        if text[i] in _DASHES and text[i - 1 : i + 2] == f" {text[i]} ":
            return i + 1
    return begin


def _is_end(text: str, i: int) -> bool:
    after = text[i + 1 : i + 2]
    return text[i] in _ENDS and (not after or after.isspace() or not text[i].isascii())


def _is_set_apart(message: Message, begin: int, end: int, *, closing: bool) -> bool:
    """True where the piece is words to colleagues: by its few words alone, or by all that was learned."""
    if _is_part_of_the_text(message.text, begin, end):
        return False
    if _is_note(message, begin, end, closing=closing):
        return True
    text = message.text
    signs = note_signs(text, begin, end, closing=closing)
    if _STANDS_ALONE.isdisjoint(signs) and len(plain_words(text[begin:end])) > _LONGEST_BESIDE:
        return False
    sure = _SURE_OF_A_HEADING if "@colon" in signs or _heads_a_draft(text, begin, end) else _SURE_OF_A_NOTE
    return NOTES.odds(words_of(text[begin:end]) | signs) >= sure


def _is_note(message: Message, begin: int, end: int, *, closing: bool) -> bool:
    """True where nothing but words to colleagues stands there, and something is asked or named."""
    piece = message.text[begin:end].strip()
    bare = _without_calls(message, begin, end)
    words = plain_words(bare)
    called = bare != message.text[begin:end]
    if called and all(word in _COPIED for word in words):
        return True
    if not closing and _is_a_state(message.text, end, words):
        return True
    if not 0 < len(words) <= _LONGEST or (closing and not _OF_AN_AUDIENCE.isdisjoint(words)):
        return False
    if not closing:
        words = _without_name(bare, words)
    if not all(word in _WORDS or _platform(word) or is_of_a_plan(word) for word in words):
        return False
    return _asks(piece, words) or _names_a_draft(piece) or (closing and _is_thanks(words))


def _is_a_state(text: str, end: int, words: list[str]) -> bool:
    """True for "DRAFT" or "Final!!" alone on its line, or before a dash."""
    alone = text[end : end + 1] == "\n" or text[end:].lstrip(" ")[:1] in _DASHES
    return alone and not _STATES.isdisjoint(words) and all(word in _STATES | _BESIDE_A_STATE for word in words)


def _is_part_of_the_text(text: str, begin: int, end: int) -> bool:
    """True for a label such as "Headline:" or "Option A:", if another line of the text has one as well.

    And for a line of a list, and what a post alone says: "Me:", whose mixer it is ("from @dorn"), and in brackets at
    its end who paid.
    """
    piece = text[begin:end].strip()
    if " ".join(plain_words(piece.partition(":")[0])) in _LABELS_OF_POSTS and ":" in piece:
        return True
    if _names_a_brand(piece) or (piece[:1] in _PAIRS.values() and _tells_who_paid(plain_words(piece))):
        return not _asks(piece, plain_words(piece))
    if _is_in_a_list(text, piece):
        return True
    heads = [line.partition(":")[0].lower().split() for line in text.splitlines() if ":" in line]
    labels = [head for head in heads if 0 < len(head) <= _FEWEST and head[0].strip("*_") in _OF_A_TEXT]
    return len(labels) > 1 and text[begin:end].strip(" *_").lower().partition(":")[0].split() in labels


def _is_in_a_list(text: str, piece: str) -> bool:
    """True for a line behind an emoji with which another line begins as well: what readers may choose from."""
    return unicodedata.category(piece[:1] or " ") == "So" and text.count("\n" + piece[0]) + (text[0] == piece[0]) > 1


def _names_a_brand(piece: str) -> bool:
    """True for "this mixer from @dorn"."""
    return any(word[0] == "@" and before.lower() in _OF_A_BRAND for before, word in pairwise(piece.split()))


def _tells_who_paid(words: list[str]) -> bool:
    """True for "they paid me", without which a label would be missed."""
    return not _WHO_PAID.isdisjoint(words) and not _GETTING.isdisjoint(words)


def note_signs(text: str, begin: int, end: int, *, closing: bool) -> dict[str, float]:
    """How a piece at the beginning or the end of a message stands there."""
    piece = text[begin:end].strip()
    edge = text[max(0, begin - 2) : begin + 1] if closing else text[end : end + 2]
    words = len(plain_words(piece))
    signs = {
        "@behind" if closing else "@before": True,
        "@first": begin == 0,
        "@colon": piece.endswith((":", "：")),
        "@question": piece.endswith(("?", "？")),
        "@question-behind": closing and piece.endswith(("?", "？")),
        "@own-line": "\n" in edge,
        "@blank-line": "\n\n" in edge,
        "@brackets": piece[:1] in _PAIRS.values(),
        "@pointing": any(sign in piece for sign in "👇👆⬇⬆^→↓↑"),
        "@before-a-list": not closing and text[end:].lstrip()[:1] in _BULLETS,
        "@small": piece[:1].islower(),
        "@unended": piece[-1:].isalnum(),
        **{f"@over-{number}": words > number for number in (1, 3, 6, 10, 16)},
    }
    return {name: 1.0 for name, value in signs.items() if value}


def _asks(piece: str, words: list[str]) -> bool:
    said = " " + " ".join(piece.lower().replace("’", "'").split())
    asking = not _ASKING.isdisjoint(words)
    mild = any(one in words for one in _MILD_REQUESTS) or any(look in said for look in _LOOKS)
    firm = any(request in said for request in _REQUESTS) and (asking or not piece.endswith("!"))
    return firm or (mild and asking)


def _names_a_draft(piece: str) -> bool:
    """True for "caption:", "draft for Monday:", "for FB", "(IG)"."""
    words = plain_words(piece)
    label = piece.endswith((":", "：")) and (" ".join(words) in _LABELS or not _DRAFTS.isdisjoint(words))
    platform = any(_platform(word) for word in words)
    handed = bool({"for", "für", "fürs", "pour", "para"} & set(words)) or piece[:1] in ("(", "[")
    return label or (platform and handed) or (handed and not _DRAFTS.isdisjoint(words))


def _is_thanks(words: list[str]) -> bool:
    """True for "Thanks!" behind a draft and its note."""
    return bool(words) and words[0] in _THANKS and len(words) <= _LONGEST_THANKS


def _without_name(bare: str, words: list[str]) -> list[str]:
    """Without the name of the colleague who is spoken to ("Mika, can you …", "Hey Mika!")."""
    raw = bare.split()
    greets = words[0] in _GREETINGS
    spoken = raw[1:2] if greets else raw[:1]
    named = bool(spoken) and (greets or (spoken[0][:1].isupper() and spoken[0].endswith(",")))
    return (
        [word for i, word in enumerate(words) if not (named and i == int(greets))] if len(raw) == len(words) else words
    )


def _without_calls(message: Message, begin: int, end: int) -> str:
    """The piece with nothing where people are called."""
    kept, at = "", begin
    for start, stop in message.called:
        if begin <= start and stop <= end:
            kept += message.text[at:start] + " "
            at = stop
    return kept + message.text[at:end]


def _past_calls(message: Message, begin: int) -> int:
    """Past the people who are called before the draft begins."""
    for start, stop in message.called:
        if message.text[begin:start].strip(" ,:\n") or not _is_left(message.text[stop:]):
            break
        begin = stop + _space(message.text[stop:])
    return begin


def _cut(message: Message, begin: int, end: int, platform: str | None) -> Message:
    """The message from one place to the other."""
    zones = tuple((max(a - begin, 0), min(z, end) - begin) for a, z in message.zones if z > begin and a < end)
    marks = tuple((max(a - begin, 0), min(z, end) - begin, m) for a, z, m in message.marks if z > begin and a < end)
    called = tuple((a - begin, z - begin) for a, z in message.called if begin <= a and z <= end)
    return replace(
        message,
        text=message.text[begin:end],
        zones=zones,
        marks=marks,
        called=called,
        platform=message.platform or platform or message.platform,
    )


def _space(text: str) -> int:
    return len(text) - len(text.lstrip(" \n\t,:-–—"))


def _is_left(text: str) -> bool:
    return sum(any(c.isalnum() for c in word) for word in text.split()) >= _FEWEST or any(
        not c.isascii() and c.isalpha() for c in text
    )


def plain_words(text: str) -> list[str]:
    """The words in small letters, without the signs around them."""
    words = (word.strip(".,;:!?¿¡…()[]*_\"'–—-。？！：") for word in text.lower().replace("’", "'").split())
    return [word for word in words if any(c.isalnum() for c in word)]


def _platform(word: str) -> str | None:
    if word in _POSTS_ON_X:
        return "x"
    return platform_named(word) if word != "text" else None
