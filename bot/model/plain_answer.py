"""What a model says in free words, made safe to show."""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING

import regex

from bot.core.words.conversing import CONTACT_LEFT_OUT, INSTRUCTIONS_KEPT, LINK_LEFT_OUT, NOT_APPROVED
from bot.model.answers import THOUGHTS
from bot.model.guards import is_link
from bot.model.masking import visible
from bot.model.own_words import APPROVES, MARKS, approves, dotted, is_quad, is_verdict, skeleton, words_in
from bot.model.quotes import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from bot.model.masking import Sensitive


# What a model says in free words, made safe to show: nobody is called, and no link leads anywhere new.

_CALLS = ("@channel", "@here", "@everyone")
_LONGEST_HELD = 600
"""Characters that are held back at most until a link or a mask is complete."""
_AROUND = ".,;:!?()[]{}'\"“”‘’*_`~<>‹›"
_CONTACTS = frozenset(("phone number", "e-mail address", "card number", "iban", "id number", "secret"))
_GROUPS, _IN_NUMBERS = 10, "+()-./"
"""So many groups of digits may belong to one number; and what stands between them."""
_AT_START = (
    (regex.compile(r"\A\s*analysis(?=\p{L})"), regex.compile(r"assistantfinal")),
    (regex.compile(r"\A\s*Here is my thought process:"), regex.compile(r"Here is my response:")),
)
"""How an answer begins with a thought whose signs a server has left out, and Granite's."""
_LONE_ENDS = (*(end for _, end in THOUGHTS), regex.compile(r"assistantfinal"))
_SPECIAL = regex.compile(r"<\|\w{1,20}\|>|</?answer>")
_JUDGED, _SENTENCE = 30, regex.compile(r"[.!?:…](?=\s)|[。！？\n]")
"""So many characters, or a sentence, are held back until it is plain whether somebody thinks aloud there."""
_MUSES = regex.compile(
    r"\b(?:user|(?:we|i) (?:need|should|must)|(?:let me|let['’]s) (?:think|see|start|look|check|read|re\w+|analy[sz]e)"
    r"|(?:okay|ok|alright)[,.]? (?:so|the|let|i|we|now)|hmm+|nutzer(?:in)?|benutzer(?:in)?|utilisat(?:eur|rice)"
    r"|usuari[oa]|utente)\b|用户|用戶|好的|ユーザー",
    regex.IGNORECASE,
)
"""How thoughts begin. An answer that begins so is shown at its end."""
_ALOUD = regex.compile(
    r"\b(r1|qwq|qwen-?3|gpt-oss|magistral|seed-oss|nemotron|glm|exaone|minimax|kimi|smollm3|deepseek)|think|reason"
)
"""Names of models that think before they answer."""


def may_think_aloud(model: str) -> bool:
    """True if a model of that name may say its thoughts before its answer, if its server does not part them."""
    return _ALOUD.search(model.lower()) is not None


def links_in(texts: Iterable[str]) -> frozenset[str]:
    """The addresses that stand in texts."""
    return frozenset(_bare(word) for text in texts for word in _words(text) if _is_address(word))


class PlainAnswer:
    """Takes an answer in pieces and gives it on in pieces, without what a model thinks aloud.

    What was given is never taken back, but for one thing: some servers leave out where a thought begins, so that only
    its end tells that all before it was one. Then ``thought`` is True from that `feed` on, and what was given is void.
    """

    def __init__(
        self,
        known: frozenset[str],
        unmask: Callable[[str], str],
        sensitive: Sensitive | None = None,
        *,
        holds: bool = False,
    ) -> None:
        """``known`` are the addresses that may stand there, ``unmask`` puts values in the place of their masks.

        What ``sensitive`` finds is left out: the model sees only masks, so it can have made up such a value at most.
        With ``holds``, or where it begins like a thought, nothing is given before a thought or everything has ended.
        """
        self._known = known
        self._unmask = unmask
        self._sensitive = sensitive
        self._held = ""
        self._begun = False
        self._holds = self._judged = holds
        self.thought = False

    def feed(self, piece: str) -> str:
        self._held += piece
        self._leave_out_thoughts()
        self._judge()
        if self._holds or not self._judged:
            return ""
        end = min(_settled(self._held), self._opened(partial=True))
        ready, self._held = self._held[:end], self._held[end:]
        return self._shown(ready)

    def rest(self, *, whole: bool = True) -> str:
        """What is left at the end; of an answer that was not ``whole`` nothing that may have been a thought."""
        self._judge(ended=True)
        ready, self._held = self._held[: self._opened()], ""
        if self._holds and not whole:
            return ""
        return self._shown(ready)

    def _judge(self, *, ended: bool = False) -> None:
        """Find out, once, whether what is held begins like a thought: a server may have left out its first sign."""
        start = self._held.lstrip()[:_JUDGED]
        if not self._judged and (ended or len(start) >= _JUDGED or _SENTENCE.search(start)):
            self._judged, self._holds = True, _MUSES.search(start) is not None

    def _leave_out_thoughts(self) -> None:
        """Those that are complete: from their beginning to their end, or all up to an end that has no beginning."""
        for opening, end in self._families():
            while (start := opening.search(self._held)) and (stop := end.search(self._held, start.end())):
                before, after = self._held[: start.start()], self._held[stop.end() :]
                self._held = before + (after if before.strip() or self._begun else after.lstrip())
                self._holds, self._judged = False, True
        last = max((found.end() for end in _LONE_ENDS for found in end.finditer(self._held)), default=-1)
        if last >= 0:
            self._held = self._held[last:].lstrip()
            self.thought, self._begun, self._holds, self._judged = True, False, False, True

    def _opened(self, *, partial: bool = False) -> int:
        """Where a thought begins that has not ended; with ``partial`` also where one may begin."""
        found = (opening.search(self._held, partial=partial) for opening, _ in self._families())
        return min((one.start() for one in found if one), default=len(self._held))

    def _families(self) -> tuple[tuple[regex.Pattern[str], regex.Pattern[str]], ...]:
        return THOUGHTS if self._begun else (*THOUGHTS, *_AT_START)

    def _shown(self, text: str) -> str:
        shown = self._plain(text)
        shown = shown if self._begun else shown.lstrip()
        self._begun = self._begun or bool(shown)
        return shown

    def _plain(self, text: str) -> str:
        text = _SPECIAL.sub("", text)
        text = self._unmask(self._without_contacts(_without_links(visible(text), self._known)))
        for call in _CALLS:
            text = _without_sign(text, call)
        text = "".join(_word(piece, self._known) for piece in _with_spaces(text))
        return text.replace("<", "‹")

    def _without_contacts(self, text: str) -> str:
        spans = sorted(self._sensitive(text), reverse=True) if self._sensitive else []
        last = len(text)
        for start, end, kind in spans:
            if kind in _CONTACTS and end <= last:
                text = f"{text[:start]}{CONTACT_LEFT_OUT}{text[end:]}"
                last = start
        return text


def _settled(text: str) -> int:
    """Up to where nothing that comes can change what is meant: the last space outside of brackets and numbers."""
    end = max(text.rfind(" "), text.rfind("\n")) + 1
    words = text.split(" ")
    digits = len(words[-1])
    for word in reversed(words[:-1][-_GROUPS:]):
        if not word or not all(c.isdigit() or c in _IN_NUMBERS for c in word):
            break
        digits += len(word) + 1
    end = min(end, len(text) - digits)
    opened = text.rfind("[")
    if opened < 0 or len(text) - opened > _LONGEST_HELD:
        return end
    closed = text.find("]", opened)
    following = text[closed + 1 : closed + 2]
    is_open = closed < 0 or not following or (following == "(" and text.find(")", closed) < 0)
    return min(end, opened) if is_open else end


def _without_links(text: str, known: frozenset[str]) -> str:
    """Links with a label become the bare address where somebody named it, else the label; pictures too."""
    out: list[str] = []
    at = 0
    while (middle := text.find("](", at)) >= 0:
        start, end = text.rfind("[", at, middle), text.find(")", middle)
        if start < 0 or end < 0:
            out.append(text[at : middle + 2])
            at = middle + 2
            continue
        target = text[middle + 2 : end].strip()
        before = text[at:start].removesuffix("!")
        keeps = _is_address(target) and _bare(target) in known
        out.append(before + (target if keeps else text[start + 1 : middle]))
        at = end + 1
    return "".join([*out, text[at:]])


def _word(piece: str, known: frozenset[str]) -> str:
    """A word, or what stands in the place of an address that nobody named."""
    if not _is_address(piece):
        return piece
    label, link, target = piece.partition("](")
    address = target if link and not _is_address(label) else piece
    return piece if _bare(address) in known else LINK_LEFT_OUT


def _without_sign(text: str, call: str) -> str:
    while (at := text.lower().find(call)) >= 0:
        text = text[:at] + text[at + 1 :]
    return text


def _is_address(word: str) -> bool:
    folded = word.lower()
    name, at, host = folded.partition("@")
    is_mail = bool(at) and name[-1:].isalnum() and "." in host.strip(_AROUND)
    return is_mail or "://" in folded or "www." in folded or _is_host(word)


def _is_host(word: str) -> bool:
    """True for the bare name of a host, also with signs that only look like its letters and dots."""
    bare = dotted(skeleton(word.strip(_AROUND))).partition("/")[0]
    head, _, ending = bare.rpartition(".")
    lower = word.strip(_AROUND).partition("/")[0][-len(ending) :].islower()
    return is_quad(bare) or (is_link(bare) and ending.isalpha() and lower and len(head) > 1)


def _bare(word: str) -> str:
    return word.strip(_AROUND).rstrip("/").lower()


def _words(text: str) -> list[str]:
    return text.replace("(", " ").replace(")", " ").replace("<", " ").replace(">", " ").replace("|", " ").split()


def _with_spaces(text: str) -> list[str]:
    """The words and the spaces between them, each by itself."""
    pieces: list[str] = []
    for character in text:
        if pieces and pieces[-1][-1].isspace() == character.isspace():
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


# What a model says in free words, without what Candor never says: approvals, and its own instructions.
#
# A person, or the draft itself, can talk a model into speaking for them. An answer is shown while it is still being
# found, so words are held back only as long as they may be the beginning of something that is left out.

_RUN = 8
"""So many words of the instructions in a row are no chance."""
_SUSPECT = 3
"""So many may be one; from there on they are held back."""
_ABOUT_POSTS = frozenset(("looks good", "good to go", "ready to post", "no changes needed"))
"""What a suggested wording, in a quote block, may well say of something else."""
_LINKING = """
be been is are was were has have had ist sind wird wurde hat est sont a ont esta es e foi jest wordt heeft ha ma
har ar er
"""
_OF_A_DRAFT = (
    "it all this that these they everything draft post text copy caption s re is are entwurf beitrag das alles"
)
_AGENTS = "by von par por da door av af przez"
_DECLARING = "hereby declare declared consider considered mark marked status verdict result hiermit"
_IS, _DECLARES, _BY, _DRAFT = (frozenset(words.split()) for words in (_LINKING, _DECLARING, _AGENTS, _OF_A_DRAFT))
"""What stands just before a verdict that is given, and not only spoken of; near it; behind it; and what it is about."""
_CONTRACTED = frozenset(("s", "re"))
_ACCENTED = ("validé", "approuvé")
"""A verdict that an accent tells from another word, and one that needs none."""
_NEGATIONS = """
not t never cannot nor neither nobody whether if unless until once when before who
nicht kein keine ob wenn bis pas jamais si no nunca non mai nie czy niet geen
"""
_HEDGES = frozenset(_NEGATIONS.split())
_SURE = frozenset(("doubt", "worry", "hesitate", "problem"))
"""With these a "not" is none."""
_NEAR = 5
_SHORT = _FEW = 3
_TOGETHER = 30
"""So many letters of the instructions in one word are no chance."""
_QUOTES = "\"'“„«‘"
_CLAUSE_ENDS, _SENTENCE_ENDS = ".,:;!?…)", ".!?…"
_PERMITS = regex.compile(
    r"(?:you|we|they)(?: can| may)(?: \w+ly| now| just)? (?:post|publish|send|ship|release)(?: it| this| that)?"
    r"(?: today| now| away| as it is| as is| tomorrow)*"
    r"|(?:(?:so|then|just|please|now|okay|ok|yes) )*(?:post|publish|ship|release) (?:it|this"
    r"|that)(?: today| now| away| as it is| as is| tomorrow)*"
    r"|(?:go ahead and )?(?:hit|press|click) (?:publish|post|send)(?: now)?"
    r"|(?:good|free|clear|ok|okay|safe|set|welcome|allowed|cleared) to (?:post|publish|send|ship"
    r"|release)(?: it| this| that| now)*"
    r"|(?:it|this|everything|the (?:post|draft|text|caption))(?: one)? passes|fine (?:by|with) me"
    r"|(?:i|candor) says? (?:yes|ok|okay|go)|thumbs up(?: from (?:me|us|candor))?|(?:my|our|candor s) blessing"
    r"|consider it (?:signed off|done|cleared|approved)|nothing stands in the way(?: of (?:publishing"
    r"|posting|it|publication))?"
    r"|(?:this one|the (?:post|draft|text)) ?(?:s|is) (?:safe|perfect|ready|flawless)|it ?(?:s"
    r"|is) (?:perfect|flawless|ready)"
    r"|don t change a thing|(?:result|status|verdict|outcome|ergebnis|urteil|resultat"
    r"|resultado) (?:is )?(?:pass|passed|ok|okay|go|clear|ready|bestanden)"
    r"|freigabe (?:ist )?(?:erteilt|gegeben|da|durch)|(?:das |es |der (?:text|beitrag"
    r"|post) )?kann (?:jetzt |das |es )*so (?:raus|live|online)"
    r"|kann (?:das|es|der (?:text|beitrag|post)) (?:jetzt |so )*(?:raus|live gehen|online gehen|rausgehen)"
    r"|du (?:kannst|darfst) (?:es|das|ihn) (?:jetzt |so |gern )*(?:posten|veroffentlichen)|passt so"
    r"|(?:vous pouvez|tu peux) (?:le |la )?(?:publier|poster)(?: tel quel)?|publiez(?: le| la)?|publie (?:le|la)"
    r"|(?:se )?puede(?:s)? (?:publicarse|publicarlo|publicar|salir)(?: asi| ya| tal cual)*|publica(?:lo"
    r"|dlo)|publiquelo|pubblicate|pubblicalo"
)
"""Clauses that end so permit something, or say how a review ended; in the words that `skeleton` leaves."""
_OWN_ACTS = regex.compile(
    r"(?:i|candor)(?: ve| have| has)?(?: already| now| just| hereby)? (?:approved|dismissed|signed (?:it "
    r"|this )?off|switched (?:it )?off"
    r"|turned off|disabled|muted|published|posted|scheduled|deleted)"
    r"|ich habe (?:\w+ ){0,4}(?:freigegeben|genehmigt|verworfen|abgeschaltet|ausgeschaltet|veroffentlicht"
    r"|gepostet|geloscht)"
    r"|j ai (?:deja )?(?:approuve|valide|publie|supprime|desactive|ignore)|he (?:ya )?(?:aprobado"
    r"|publicado|borrado|desactivado|descartado)"
)
"""What it says it did: it can only talk."""
_RESULTS = frozenset(("result", "status", "verdict", "outcome", "ergebnis", "urteil", "resultat", "resultado"))
_ENDED = frozenset(("pass", "passed", "ok", "okay", "go", "clear", "ready", "done", "bestanden", "fertig", "listo"))
_MENTIONED = regex.compile(
    r"^\W*[\"“„«‘][^\"”“»’\n]{1,60}[\"”“»’]\W+(?!(?:says?|said) (?:candor|i|we)\b|from\b|by\b)\w", regex.IGNORECASE
)
_WORD_OF_QUOTES = regex.compile(r"^\W*[\"“„«‘][^\"”“»’\n]{1,60}[\"”“»’]?\s*$")
_MOST = max(len(phrase.split()) for phrase in APPROVES)


class Restrained:
    """Takes an answer in pieces and gives it on in pieces. ``titles`` of guidelines may be named in quotation marks."""

    def __init__(self, instructions: str, titles: Iterable[str]) -> None:
        words = words_in(fold(instructions))
        self._runs = frozenset(_grams(words, _RUN, _RUN))
        self._parts = frozenset(_grams(words, _SUSPECT, _RUN - 1))
        self._titles = frozenset(" ".join(words_in(fold(title))) for title in titles)
        self._rest = ""
        self._pending: list[str] = []
        self._run: list[str] = []
        self._clause: list[str] = []
        self._given: set[str] = set()
        self._label, self._said, self._marked = "", "", False
        self._compact = "".join(words)
        self._begun = self._dropping = self._quoting = self._shouts = self._spelling = False
        self._new_line = True
        self._last = "\n"

    def feed(self, text: str) -> str:
        self._rest += text
        *whole, self._rest = _tokens(self._rest)
        return "".join(map(self._shown, whole))

    def rest(self) -> str:
        """What is left at the end."""
        last, self._rest = self._rest, ""
        shown = self._shown(f"{last}\n")
        left, self._pending = "".join(self._pending), []
        return f"{shown}{left}".removesuffix("\n")

    def _shown(self, token: str) -> str:
        shown = self._take(token)
        if not shown and self._dropped_line(token):
            shown = "\n" * token.count("\n")
        self._last = shown[-1:] or self._last
        return shown

    def _dropped_line(self, token: str) -> bool:
        """True where a line ends in what is left out, and nothing parts the lines yet."""
        return "\n" in token and not self._pending and self._last != "\n"

    def _take(self, token: str) -> str:
        words = words_in(fold(visible(token)))
        if self._new_line:
            self._quoting = token.lstrip().startswith(">")
        self._new_line = "\n" in token
        self._pending.append(token)
        self._said += token
        self._run = [*self._run, *words][-_RUN:]
        self._hear(token)
        self._shouts = any(word.isupper() and is_verdict(skeleton(word)) for word in words_in(visible(token)))
        ends = self._new_line or token.rstrip()[-1:] in _CLAUSE_ENDS
        if tuple(self._run) in self._runs or self._is_run_together(words):
            return self._cut(INSTRUCTIONS_KEPT, token)
        self._marked = self._marked or (not self._quoting and any(mark in token for mark in MARKS))
        if self._approves(ends=ends) or self._gives_verdict(ends=ends) or self._permits(ends=ends):
            return self._cut(NOT_APPROVED, token)
        if ends:
            self._label = self._clause[-1] if self._clause and token.rstrip()[-1:] == ":" else ""
            self._clause, self._said, self._marked = [], "", False
        if self._dropping:
            self._pending, self._dropping = [], not _ends_sentence(token)
            return ""
        return self._release(self._held(ends=ends))

    def _is_run_together(self, words: list[str]) -> bool:
        """True for the instructions without their spaces."""
        letters = "".join(words)
        return any(letters[at : at + _TOGETHER] in self._compact for at in range(0, len(letters) - _TOGETHER + 1, 5))

    def _hear(self, token: str) -> None:
        """Add the words as eyes read them; letters that stand apart make one word."""
        for word in words_in(skeleton(unicodedata.normalize("NFKC", token).casefold().replace(*_ACCENTED))):
            single = len(word) == 1 and word.isalpha()
            if single and self._spelling and self._clause:
                self._clause[-1] += word
            else:
                self._clause.append(word)
            self._spelling = single

    def _release(self, held: int) -> str:
        ready = self._pending[: len(self._pending) - held]
        self._pending = self._pending[len(ready) :]
        if ready:
            self._begun = not _ends_sentence(ready[-1])
        return "".join(ready)

    def _cut(self, note: str, token: str) -> str:
        """Leave out what is held and the rest of its sentence; say why, once."""
        said = f"[…] {note} " if self._begun else f"{note} "
        said = "" if note in self._given else said
        self._given.add(note)
        self._pending, self._clause, self._said = [], [], ""
        self._dropping, self._begun = not _ends_sentence(token), False
        return said.rstrip() + "\n" * token.count("\n") if said and "\n" in token else said

    def _approves(self, *, ends: bool) -> bool:
        clause = " ".join(self._clause)
        for phrase in approves(clause):
            before, _, _ = clause.partition(phrase)
            if self._mentions() or (not ends and _WORD_OF_QUOTES.match(self._said)):
                continue
            if self._quoting and phrase in _ABOUT_POSTS and not (ends and self._is_all(phrase)):
                continue
            if phrase in self._titles and "".join(self._pending).lstrip()[:1] in _QUOTES:
                self._clause = []  # a guideline's title, in quotation marks
            elif not self._hedged(before.split()):
                return True
        return False

    def _permits(self, *, ends: bool) -> bool:
        """True for a clause that permits something, claims an act, or is nothing but a mark of approval."""
        clause = " ".join(self._clause)
        if self._quoting or (clause and self._mentions()):
            return False
        if found := _OWN_ACTS.search(clause):
            return (found.start() == 0 or clause[found.start() - 1] == " ") and not self._hedged(
                clause[: found.start()].split()
            )
        if not ends:
            return False
        labelled = self._label in _RESULTS or self._marked
        if labelled and (not self._clause or (len(self._clause) <= _FEW and not _ENDED.isdisjoint(self._clause))):
            return bool(self._clause) or self._marked
        tails = (at for at in range(len(self._clause)) if _PERMITS.fullmatch(" ".join(self._clause[at:])))
        first = next(tails, None)
        return first is not None and not self._hedged(self._clause[:first])

    def _mentions(self) -> bool:
        """True where the clause goes on behind words in quotation marks at its start: they are only mentioned."""
        return _MENTIONED.match(self._said) is not None

    def _may_permit(self, tail: str) -> bool:
        return any(one.fullmatch(tail, partial=True) is not None for one in (_PERMITS, _OWN_ACTS))

    def _is_all(self, phrase: str) -> bool:
        """True where the clause says no more than the phrase, of a draft."""
        left = list(self._clause)
        for word in phrase.split():
            if word in left:
                left.remove(word)
        return _DRAFT.issuperset(left)

    def _gives_verdict(self, *, ends: bool) -> bool:
        short = self._shouts or (ends and len(self._clause) <= _SHORT)
        for at, word in enumerate(self._clause):
            if not is_verdict(word):
                continue
            before, after = self._clause[:at], self._clause[at + 1 : at + 2]
            contracted = bool(before) and before[-1] in _CONTRACTED and not _DRAFT.isdisjoint(before[-2:-1])
            given = short or contracted or not _IS.isdisjoint(before[-2:]) or not _DECLARES.isdisjoint(before[-_SHORT:])
            opens = at == 0 and not _BY.isdisjoint(after)
            if (given or opens) and not self._hedged(before):
                return True
        return False

    @staticmethod
    def _hedged(before: list[str]) -> bool:
        near = before[-_NEAR:]
        return not _HEDGES.isdisjoint(near) and _SURE.isdisjoint(near) and ("not", "only") not in pairwise(near)

    def _held(self, *, ends: bool) -> int:
        """How many tokens may be the beginning of what is left out; where a clause ``ends``, only of instructions."""
        held = words = 0
        spelt = True
        for number, token in enumerate(reversed(self._pending), 1):
            words += len(words_in(fold(visible(token))))
            tail = " ".join(self._clause[-words:]) if words else ""
            opens = words <= _MOST and any(p.startswith(tail) for p in APPROVES)
            verdict = len(self._clause) <= _SHORT and any(map(is_verdict, self._clause))
            parts = tuple(self._run[-max(words, _SUSPECT) :]) in self._parts
            apart = self._spelling and len(words_in(skeleton(token))) == 1 and len(token.strip()) == 1
            spelt = spelt and apart
            permits = bool(tail) and not ends and self._may_permit(tail)
            held = number if parts or spelt or permits or (not ends and (opens or verdict)) else held
        return held


def _ends_sentence(token: str) -> bool:
    return "\n" in token or token.rstrip(" \"'”’)*_")[-1:] in _SENTENCE_ENDS


def _tokens(text: str) -> list[str]:
    """The words, each with the white space behind it; the last one may go on, and may be empty."""
    tokens: list[str] = []
    start, spaced = 0, False
    for at, character in enumerate(text):
        if spaced and not character.isspace():
            tokens.append(text[start:at])
            start = at
        spaced = character.isspace()
    return [*tokens, text[start:], ""] if spaced else [*tokens, text[start:]]


def _grams(words: list[str], least: int, most: int) -> Iterator[tuple[str, ...]]:
    for size in range(least, most + 1):
        yield from (tuple(words[at : at + size]) for at in range(len(words) - size + 1))
