"""What a model may say in Candor's name."""

from __future__ import annotations

import unicodedata
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING

import regex

from bot.core.privacy import remembered
from bot.model.guards import is_link
from bot.model.masking import visible
from bot.model.quotes import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from bot.core.guidelines import Guideline
    from bot.model.forms import CritiqueAnswer, IssueAnswer, Opinion, QuestionAnswer
    from bot.model.masking import Masks, Sensitive


# What a model may say in Candor's name: no link, no call to anybody, no approval, nothing out of its prompts.
#
# A draft can talk a model round. Whatever it answers then, these words do not reach people.

_RUN = 8
"""So many words of a prompt in a row are no chance."""
_CALLS = ("@channel", "@here", "@everyone", "<!", "<@", "<#")
_LINKS = ("://", "www.", "](", "mailto:")
_DOTS = "․。．｡·•∙⋅‧"
"""What looks like the full stop in an address."""
_LOOKALIKES = str.maketrans(
    "аеорсухіјѕԁһӏпвмнткгѵԝզαορντικυεχγωϲϳ4310$@7", "aeopcyxijsdhlnbmhtkrvwgaopvtikyexywcjaelosat"
)
"""Letters of other scripts, and digits, that are read as a Latin letter, and that letter."""
_PHRASES = """
alles in ordnung|aprobado para publicar|aprovado para publica|approuvé pour publication|approvato per la pubblicazione
bon pour publication|gotowe do publikacji|kann so veröffentlicht werden|kann veröffentlicht werden
keine beanstandungen|darf veröffentlicht werden|grünes licht|luz verde|feu vert|via libera|groen licht|zielone światło
grönt ljus|зелёный свет|klaar om te publiceren|mag worden gepubliceerd|listo para publicar|puedes publicar
pronto para publica|pode publicar|pronto per la pubblicazione|puoi pubblicare|prêt à publier|peut être publié
vous pouvez publier|tu peux publier|zur veröffentlichung freigegeben|du kannst es veröffentlichen|får publiceras
klar för publicering|można publikować|можно публиковать|готово к публикации|yayınlanabilir
可以发布|可以發布|审核通过|審核通過|承認済み|公開して大丈夫
게시해도 됩니다|승인됨|승인되었습니다|تمت الموافقة|אושר לפרסום|स्वीकृत|đã được duyệt|sudah disetujui
อนุมัติแล้ว|all clear|approved by candor|approved for publi
approved to publish|candor approve|candor has approved
cleared for publi|good to go|looks fine to publish|looks good|no changes needed|no issues found|no objections
nothing to flag|green light|ready to post|ready to publish|ready to go live|safe to post|safe to publish
okay to publish|ok to publish|fine to publish|free to publish|fit to publish|clear to publish|good to publish
you can publish|you may publish|can be published|can go live|may go live|go ahead and publish|go ahead and post
publish now|publish it now|publish at|publish away|fully compliant|meets all guidelines|meets every guideline
passes all|passed all|passed the review|signed off by|has been signed off|is signed off|sign off granted
sign off given|legal is fine|legal is happy|this draft is approved|this draft is fine|this post is approved
this post is fine|this text is approved|this text is fine|fingerprint of the text|text version|sign off requested by
put on hold by|automated message from candor|automated message by candor|people sign off candor keeps
no blockers|no obstacles|no open points|no objection|nobody objects|nobody objected|no one objects|no one objected
no more to fix|points are settled|points are resolved|points are closed|everything is settled|rubber stamped
bra att publicera|redo att publiceras|validé par|validé pour|a été validé|validado por|validado para|validato da
validato per|validated by|validated for publi|abgesegnet
"""
_SPLIT = (
    ("sign|signs|signed|signing", "off"),
    ("wave|waves|waved|waving|nod|nods|nodded", "through"),
    ("give|gives|gave|given|giving", "thumbs up|go ahead|blessing|nod"),
    (
        "said yes to|says yes to|agreed to|agrees to",
        "text|draft|post|caption|copy|wording|version|publishing|publication",
    ),
    (
        "nothing",
        "in the way|in your way|block|blocks|blocking|blocked|hold it back|holds it back|hold it up|holds it up",
    ),
    ("nothing", "left to fix|left to change|left to do|left to correct|left to mend|to be fixed|to be changed|to fix"),
    ("nothing", "to change|to correct|to mend|to improve|against posting|against publishing|against release"),
    ("nothing", "stops publication|stops release|prevents publication|prevents release|wrong here"),
)
"""Phrases that approve of something, with other words between their beginnings and their ends."""
_BETWEEN = 4
_OTHERWISE = frozenset(("up", "get", "and", "for", "save", "take"))
"""With these between, as in "sign up and get 20 % off", it's something else."""
_VERDICTS = """
approved approuvé approvato aprobado aprovado compliant freigegeben genehmigt goedgekeurd lgtm zatwierdz greenlit
greenlighted cleared godkänd godkjent godkendt hyväksytty schváleno jóváhagyva onaylandı одобрен утвержден утверждён
схвален согласован εγκρίθηκε 已批准 承認 批准 승인 disetujui unbedenklich aprobada aprovada approvata approuvée godkänt
"""
MARKS = ("✅", "✔", "☑", "🟢", "🆗", ":white_check_mark:", ":heavy_check_mark:", ":ballot_box_with_check:")
_THUMBS = ("👍", "👌", ":+1:", ":thumbsup:", ":ok_hand:")
"""May stand in a quote: posts ask for them."""
_RECORDED = ("fingerprint", "sign off", "signoff", "signed off", "candor", "brand lead", "text version")
"""What a record of a sign-off speaks of, and a reason never does."""
_PUBLISH = ("publish", "ship", "launch")
_POST_IT = (("post", "send", "release", *_PUBLISH), ("it", "this", "now", "away"))
"""A clause of few words that begins so is an order to publish."""
_WRITTEN_DOTS = ("[.]", "(.)", "{.}", "[dot]", "(dot)", "{dot}")
_TOP_LEVEL = """
com org net info biz example test io ai app dev co uk de eu fr ch at nl es ru cn xyz site
"""
_ENDINGS = frozenset(_TOP_LEVEL.split())
"""Behind the word "dot", these are the end of a host."""
_QUAD, _MOST_OF_QUAD = 4, 255
_DOT = 2
_AROUND = ".,;:!?()[]\"'"
_ENCODED = 24
"""Characters in a row that are no word."""
_FEW = 3


@remembered(4096)
def skeleton(text: str) -> str:
    """The text as eyes read it: letters of other scripts as those that they look like, no accents, no marks.

    Words of another script stay what they are, if they are not written in lookalikes alone.
    """
    text = "".join(c for c in visible(text) if c not in "*_~`\u200c\u200d")
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    plain = "".join(c for c in plain if unicodedata.category(c) not in ("Mn", "Cf"))
    return "".join("." if c in _DOTS else c for c in plain)


def _as_latin(word: str) -> str:
    return word.translate(_LOOKALIKES)


def _plain_words(text: str) -> list[str]:
    """The words of a text in their skeletons; letters that stand apart are one word."""
    words: list[str] = []
    apart = False
    for word in words_in(skeleton(text)):
        single = len(word) == 1 and word.isalpha()
        if single and apart:
            words[-1] += word
        else:
            words.append(word)
        apart = single
    return words


def words_in(text: str) -> list[str]:
    """The runs of letters and digits."""
    return "".join(c if c.isalnum() else " " for c in text).split()


APPROVES = tuple(" ".join(words_in(skeleton(phrase))) for phrase in _PHRASES.replace("\n", "|").split("|") if phrase)
_STEMS = tuple(map(skeleton, _VERDICTS.split()))
_SPLIT_PHRASES = [[[tuple(p.split()) for p in part.split("|")] for part in parts] for parts in _SPLIT]
_LONGEST_LAST = max(len(last) for _, lasts in _SPLIT_PHRASES for last in lasts)


def is_verdict(word: str) -> bool:
    """True for a word (of `skeleton`) that gives a verdict, however it is spelt."""
    return word.startswith(_STEMS) or _as_latin(word).startswith(_STEMS)


def approves(clause: str) -> Iterator[str]:
    """The phrases in a clause of skeleton words that approve of something."""
    latin = _as_latin(clause)
    for phrase in APPROVES:
        if f" {phrase}" in f" {clause}" or f" {phrase}" in f" {latin}" or (not phrase.isascii() and phrase in clause):
            yield phrase


def _split(words: list[str]) -> Iterator[str]:
    """The phrases that approve of something though other words stand in the middle."""
    for firsts, lasts in _SPLIT_PHRASES:
        for at, first in _found(words, firsts):
            rest = words[at + len(first) :]
            for until, last in _found(rest[: _BETWEEN + _LONGEST_LAST], lasts):
                between = rest[:until]
                if until <= _BETWEEN and _OTHERWISE.isdisjoint(between) and not any(map(str.isdigit, between)):
                    yield " ".join((*first, *last))


def _found(words: list[str], phrases: list[tuple[str, ...]]) -> Iterator[tuple[int, tuple[str, ...]]]:
    for at in range(len(words)):
        for phrase in phrases:
            if tuple(words[at : at + len(phrase)]) == phrase:
                yield at, phrase


def dotted(folded: str) -> str:
    """The text with dots in the place of "[.]", "(dot)" and, between the words of a host, "dot"."""
    for sign in _WRITTEN_DOTS:
        folded = folded.replace(f" {sign} ", ".").replace(f" {sign}", ".").replace(f"{sign} ", ".").replace(sign, ".")
    words = folded.split()
    made: list[str] = []
    for at, word in enumerate(words):
        if word == "dot" and made and at + 1 < len(words) and _leads(words[at + 1 :]):
            made[-1] += "."
        elif made and made[-1].endswith(".") and words[at - 1] == "dot":
            made[-1] += word
        else:
            made.append(word)
    return " ".join(made)


def _leads(words: list[str]) -> bool:
    """True where the words behind a "dot" come to the end of a host: "shop dot evil dot example"."""
    bare = [word.partition("/")[0].strip(_AROUND) for word in words]
    return bare[0] in _ENDINGS or (bare[1:2] == ["dot"] and len(bare) > _DOT and bare[_DOT] in _ENDINGS)


def is_host(word: str) -> bool:
    """True for the bare name of a host or its number, with or without a path."""
    host = word.strip(_AROUND).partition("/")[0].partition(":")[0]
    return "." in host and (is_quad(host) or is_link(host))


def is_quad(host: str) -> bool:
    """True for an address such as "192.0.2.7"."""
    parts = host.split(".")
    return len(parts) == _QUAD and all(p.isdecimal() and int(p[:_QUAD]) <= _MOST_OF_QUAD for p in parts)


_NUMBERS = regex.compile(r"\[[FP]\d{1,4}\]")
"""Of facts and earlier posts, whose own words are shown."""


class OwnWords:
    """Clears answers of what Candor never says. ``prompts`` are the texts that stay where they are."""

    def __init__(self, prompts: Iterable[str], sensitive: Sensitive | None = None) -> None:
        """``sensitive`` finds numbers and addresses: a model sees only masks of those that a case holds."""
        self._runs = frozenset(run for prompt in prompts for run in _runs(prompt))
        self._sensitive = sensitive

    def cleared(self, answer: CritiqueAnswer, source: str = "", masks: Masks | None = None) -> CritiqueAnswer:
        """The answer; an issue loses its reason, and a question its words, where they may not be said.

        ``source`` is what the author wrote: its words may be quoted, and values behind ``masks`` stand in it.
        """
        may_say = self._gate(source, masks)
        issues = [self._issue(issue, may_say) for issue in answer.issues]
        questions = [self._question(question, may_say) for question in answer.questions]
        return answer.model_copy(update={"issues": issues, "questions": questions})

    def opinions(self, opinions: Iterable[Opinion], source: str = "", masks: Masks | None = None) -> list[Opinion]:
        """The same for the second opinion."""
        may_say = self._gate(source, masks)
        return [o if may_say(o.question) else o.model_copy(update={"question": ""}) for o in opinions]

    def _gate(self, source: str, masks: Masks | None) -> Callable[[str], bool]:
        outside = [mask for mask, value in masks.values.items() if value not in source] if masks else []
        quotable = _Quotable(source)

        def may_say(text: str) -> bool:
            return not any(mask in text for mask in outside) and self._may_say(text, quotable)

        return may_say

    def may_say(self, text: str, source: str = "") -> bool:
        """True for words that Candor may pass on about a draft. Words of the ``source`` may be quoted in them."""
        return self._may_say(text, _Quotable(source))

    def _may_say(self, text: str, source: _Quotable) -> bool:
        own = _without_quotes(text, source)
        return not (
            self.repeats(text)
            or any(mark in text for mark in MARKS)
            or any(mark in own for mark in _THUMBS)
            or _leads_away(own)
            or _gives_verdict(own)
            or _is_encoded(own, source.text)
            or (self._sensitive and any(True for _ in self._sensitive(own)))
        )

    def repeats(self, text: str) -> bool:
        """True where a whole clause of a prompt stands in the text."""
        return not self._runs.isdisjoint(_runs(text))

    def _issue(self, issue: IssueAnswer, may_say: Callable[[str], bool]) -> IssueAnswer:
        suggested = issue.replacement or ""
        quoted = _verdicts(issue.quote)
        brought = (
            any(sign not in quoted for sign in _verdicts(suggested))
            or any(sign in fold(visible(suggested)) for sign in _CALLS)
            or any(sign in suggested and sign not in issue.quote for sign in ("<", "]("))
            or any(host not in dotted(fold(skeleton(issue.quote))) for host in _hosts(suggested))
        )
        return issue.model_copy(
            update={
                "why": issue.why if may_say(issue.why) and explains(issue.why, issue.quote) else _facts(issue.why),
                "replacement": None if brought or self.repeats(suggested) else issue.replacement,
            }
        )

    @staticmethod
    def _question(question: QuestionAnswer, may_say: Callable[[str], bool]) -> QuestionAnswer:
        if all(map(may_say, (question.question, *question.answers))):
            return question
        return question.model_copy(update={"question": ""})


def _verdicts(text: str) -> list[str]:
    """The words and phrases of a text that give a verdict, or belong to a record of one."""
    words = _plain_words(text)
    spoken = " ".join(words)
    signs = (sign for sign in _RECORDED if f" {sign}" in f" {spoken}")
    return [*filter(is_verdict, words), *approves(spoken), *_split(words), *signs]


def _leads_away(text: str) -> bool:
    """True for a call to people, a link, or the bare name of a host."""
    folded = fold(skeleton(text))
    return any(sign in folded for sign in (*_CALLS, *_LINKS)) or any(True for _ in _hosts(text))


def _hosts(text: str) -> Iterator[str]:
    """The bare names of hosts, also where another sign stands for a dot."""
    yield from (word.strip(_AROUND) for word in dotted(fold(skeleton(text))).split() if is_host(word))


def _gives_verdict(text: str) -> bool:
    if _verdicts(text):
        return True
    sentences = skeleton(text).replace("!", ".").replace("?", ".").replace(";", ".").replace(":", ".").split(".")
    if any(words_in(one)[:1] and words_in(one)[0] in _PUBLISH for one in sentences):
        return True
    verbs, objects = _POST_IT
    clauses = (
        words_in(clause) for one in sentences for clause in one.replace(" so ", ",").replace(" - ", ",").split(",")
    )
    return any(words[0] in verbs and words[1] in objects for words in clauses if _FEW > len(words) - 1 > 0)


def _is_encoded(text: str, source: str) -> bool:
    long = (word for word in words_in(text) if len(word) >= _ENCODED and word.isascii() and word not in source)
    return any(not word.isalpha() or not (word.islower() or word.isupper() or word.istitle()) for word in long)


class _Quotable:
    """What an author wrote. A long text takes its time to fold, so that is done once for all that quotes it."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def words(self) -> str:
        return fold(visible(self.text))


def _without_quotes(text: str, source: _Quotable) -> str:
    """The text without words of the source in quotation marks; one that is nothing but a quote is no reason."""
    kept, rest = "", text
    for opening, closing in (("“", "”"), ('"', '"'), ("„", "“"), ("«", "»"), ("‘", "’")):
        kept, rest = "", rest or kept
        while (start := rest.find(opening)) >= 0 and (end := rest.find(closing, start + 1)) >= 0:
            quoted = fold(visible(rest[start + 1 : end])).strip(" .,!?")
            kept += rest[:start] + (" " if quoted and quoted in source.words else rest[start : end + 1])
            rest = rest[end + 1 :]
        rest = kept + rest
    return rest if len(words_in(rest)) >= _FEW else text


def _runs(text: str) -> Iterator[str]:
    words = words_in(fold(visible(text)))
    return (" ".join(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1))


# What is beneath a finding explains it: it neither praises the words nor scolds, threatens or speaks of itself.

_REPORTS = regex.compile(
    r"\b(?:says?|said|saying|claims?|claiming|promis\w+|suggests?|implies|implying|calls?|tells?|names?"
    r"|makes?|states?|presents?"
    r"|sounds? like|if|unless|until|whether|nobody|without|not|nor|can't|isn't"
    r"|sagt|behauptet|verspricht|nennt|stellt|ob|wenn|nicht|ohne|dit|affirme|promet|si|pas|sans|dice"
    r"|afirma|promete|no|sin)\b"
)
"""With these a clause speaks of what the draft says, or of what is not so."""
_PRAISES = regex.compile(
    r"\b(?:well done|good job|great (?:copy|post|job|work|text|line|wording|draft|stuff)|nice (?:work|job"
    r"|one|copy|post)|love (?:this|it)"
    r"|(?:\d+|ten|five) ?(?:/|out of) ?(?:\d+|ten|five)\b ?[,.!]|flawless|impeccable|spotless"
    r"|perfectly (?:fine|acceptable|okay|ok|good|clear)"
    r"|(?:is|are|it's|that's|looks|reads|all|totally|absolutely) (?:just |all |totally |absolutely "
    r"|perfectly |quite )?"
    r"(?:fine|good|great|perfect|okay|ok|acceptable|unproblematic)(?= as (?:it|they|is)| here| now| by me| to me|$)"
    r"|nothing (?:is )?wrong|no (?:problems?|concerns?|complaints?|worries|faults?|issues?)(?: here| with"
    r"| at all|$)|keep (?:it|this|them)(?: as|$)"
    r"|pass(?:es|ed)? (?:every|all|the|each|any)(?: \w+){0,2} (?:checks?|tests?|reviews?|guidelines?)"
    r"|don't change (?:it|a|this|anything)"
    r"|leave (?:it|this|them) (?:as|alone)|carry on|go ahead|thumbs up"
    r"|passt so|gut gemacht|gefällt mir|(?:super|toller?|guter?) (?:text|beitrag|post)|kann (?:so "
    r"|gern )?(?:raus|bleiben|live)|bitte posten"
    r"|nichts (?:zu beanstanden|auszusetzen|zu meckern|einzuwenden)|einwandfrei|tadellos|alles (?:gut"
    r"|bestens|klar|okay|ok)\b|lass(?:t)? es so"
    r"|rien à (?:signaler|redire|changer|corriger)|publiez|publie-le|bien joué|bon travail|beau travail"
    r"|tout (?:est )?(?:bon|va bien|conforme)"
    r"|ne change[zr]? rien|j'adore|c'est parfait|todo (?:bien|correcto|en orden|perfecto)|adelante$"
    r"|publíca(?:lo|dlo)|publíquelo|buen trabajo"
    r"|bien hecho|nada que (?:señalar|cambiar|objetar|corregir)|me encanta|está perfecto|así está bien)\b?"
)
_PRAISING = """
perfect perfectly acceptable great good fine excellent superb wonderful lovely flawless brilliant nice wording copy text
line post okay ok very really this is it all bravo parfait très bien excellente perfecto muy excelente perfekt sehr gut
super toll prima bestens harmless legit valid correct true fair
"""
_ONLY_PRAISE = frozenset(_PRAISING.split())
"""A clause of these alone says nothing of a fault."""
_SCOLDS = regex.compile(
    r"\b(?:idiots?|morons?|stupid|dumb(?:ass)?|imbeciles?|fools?|liars?|pathetic|garbage|rubbish|crap"
    r"|bullshit|shame on you|shut up"
    r"|you (?:lie|lied|cheat|are lying|clown|fraud)|dummkopf|dumm|blöd\w*|depp\w*|lügner\w*|trottel"
    r"|schwachsinn|schrott"
    r"|imbéciles?|stupides?|menteu(?:r|se)s?|débiles?|connards?|idiotas?|estúpid[oa]s?|mentiros[oa]s?|basura)\b"
)
_THREATENS = regex.compile(
    r"\breport(?:ed|ing)? (?:this |you |it )?to (?:hr|your|the (?:police|boss|management|authorities))\b"
    r"|\byour (?:boss|manager|employer)\b"
    r"|\byou(?:'ll| will) (?:be (?:fired|sacked|reported|sued)|regret|lose your job)\b"
    r"|\bmy (?:instructions|prompt|orders|system prompt|rules|guidelines|programming) (?:say|tell|are|is"
    r"|state|require|forbid)"
)


def explains(why: str, quote: str) -> bool:
    """True for a reason that speaks of a fault. Words of the quote may be named in it, whatever they are."""
    said, quoted = fold(visible(why)), fold(visible(quote))
    if _THREATENS.search(said) or any(one[0] not in quoted for one in _SCOLDS.finditer(said)):
        return False
    clauses = [clause.strip() for clause in _CLAUSES.split(said) if clause.strip()]
    return not any(map(_is_praise, clauses))


_CLAUSES = regex.compile(r"(?<=[.!?;])\s|(?<=\D),\s|[.!?;]$| - ")


def _is_praise(clause: str) -> bool:
    words = words_in(clause)
    alone = bool(words) and _ONLY_PRAISE.issuperset(words)
    return alone or (_PRAISES.search(clause.rstrip(" .!?")) is not None and not _REPORTS.search(clause))


def _facts(why: str) -> str:
    return " ".join(_NUMBERS.findall(why))


# Small checks of the words that a model puts in front of people.

_LONGEST_WHY = 300

_ACCUSES = (
    "ai slop",
    "slop",
    "auto-generated",
    "autogenerated",
    "computer-generated",
    "machine-generated text",
    "machine-made",
    "no human wrote",
    "no person wrote",
    "ai-written",
    "ai written",
    "ai-generated text",
    "ai-generated copy",
    "chatgpt",
    "generated by ai",
    "machine-written",
    "reads like ai",
    "reads like a bot",
    "reads like a machine",
    "reads like chatgpt",
    "sounds like ai",
    "sounds like a bot",
    "sounds like a machine",
    "sounds like chatgpt",
    "sounds ai",
    "written by ai",
    "written by a bot",
    "written by a machine",
    "written with ai",
)
"""Candor never says or hints that a text was written by a machine: nobody can tell."""
_MACHINE = (
    r"(?:an? |the |some )?(?:a\.?i\b\.?|llm|(?:large )?language model|chat ?gpt|chatbot|gpt|claude|gemini"
    r"|copilot|machine|bot|robot"
    r"|algorithm|computer|text generator|neural net)"
)
_MACHINE_DE = r"(?:eine[mnr]? |de[mnr] |die )?(?:ki|künstlichen? intelligenz|maschine|sprachmodell|chatgpt|roboter|bot)"
_MACHINE_FR = r"(?:une? |l'|la )?(?:ia|intelligence artificielle|machine|robot|modèle de langage|chatgpt)"
_MACHINE_ES = r"(?:una? |la |el )?(?:ia|inteligencia artificial|máquina|robot|modelo de lenguaje|chatgpt)"
_WRITTEN_BY = regex.compile(
    rf"\b(?:written|wrote|authored|composed|drafted|typed|penned|phrased) (?:\w+ly )?(?:by|with|using) {_MACHINE}\b"
    rf"|\b{_MACHINE} (?:wrote|has written|must have written|probably wrote|typed|composed)\b"
    rf"|\bvon {_MACHINE_DE} (?:geschrieben|verfasst|getextet|formuliert)\b|\bmaschinell (?:geschrieben"
    rf"|verfasst|erzeugt)"
    rf"|\b(?:écrit|rédigé)e?s? (?:par|avec) {_MACHINE_FR}\b|\b(?:escrit|redactad)[oa]s? (?:por|con) {_MACHINE_ES}\b"
)
"""Who wrote a text. That a picture was made with AI may well be said."""
_LIKE_ONE = regex.compile(
    rf"\b(?:sounds?|reads?|feels?|seems?|smells?|looks?|comes across)\b[^.!?,;]{{0,24}}?(?:\b(?:like"
    rf"|as if)\b[^.!?,;]{{0,20}}?"
    rf"\b{_MACHINE}\b|\b(?:auto-?|machine-?|computer-?|ai-?)(?:generated|made|written|like|ish)\b|\brobotic\b)"
    rf"|\b(?:klingt|liest sich|wirkt|hört sich)\b[^.!?,;]{{0,24}}?\b(?:{_MACHINE_DE}|maschinell|automatisch)\b"
    rf"|\b(?:on dirait|sonne|semble|ressemble|se lit)\b[^.!?,;]{{0,24}}?(?<!\w){_MACHINE_FR}\b"
    rf"|\b(?:suena|parece|se lee)\b[^.!?,;]{{0,24}}?\b{_MACHINE_ES}\b"
)
"""What a text is like: a judgement, unless it is quoted."""

_JUDGES = ("reads ", "sounds ")
_ALIKE = 0.9


def cleaned(text: str, most: int) -> str:
    """The text on one line without hidden characters, cut at a word where it is too long."""
    text = " ".join(visible(text).split())
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    words = cut if text[most - 1] == " " else cut.rpartition(" ")[0]
    return f"{(words or cut).rstrip(' ,;:-')}…"


def accuses_of_ai(text: str, folded: Callable[[], str]) -> bool:
    """True where a sentence says of the draft, in words of its own, that a machine wrote it.

    What the draft says may be spoken of; "sounds like" is a judgement, unless it is quoted. ``folded`` gives the
    draft's words (see `fold`); it is asked only where it matters, because a long draft takes its time.
    """
    said = fold(text)
    likened = (one[0] for one in _LIKE_ONE.finditer(said))
    if any(f'"{words}' not in said and f"'{words}" not in said for words in likened):
        return True
    found = [words for words in _ACCUSES if words in said] + [one[0] for one in _WRITTEN_BY.finditer(said)]
    quoted = any(f'"{words}' in said or f"'{words}" in said for words in found)
    ours = folded() if found else ""
    return any(words not in ours or (words.startswith(_JUDGES) and not quoted) for words in found)


def guideline_named(name: str, guidelines: Mapping[str, Guideline]) -> Guideline | None:
    """The guideline of an id or a short name, also by its title or its problem, or with a slip that fits one alone."""
    if found := guidelines.get(name):
        return found
    said = _plain_name(name.partition(":")[0])
    spelt: dict[str, Guideline] = {}
    for known, guideline in guidelines.items():
        for one in filter(None, map(_plain_name, (known, guideline.title, guideline.problem))):
            spelt.setdefault(one, guideline)
    near = {spelt[one].id: spelt[one] for one in get_close_matches(said, spelt, cutoff=_ALIKE)} if said else {}
    return spelt.get(said) or (next(iter(near.values())) if len(near) == 1 else None)


def reason(said: str, guideline: Guideline, folded: Callable[[], str]) -> str:
    """Why the words matter, as the model ``said``; the guideline's own sentence where that may not be read."""
    why = cleaned(said, _LONGEST_WHY)
    if why and not accuses_of_ai(why, folded):
        return why
    sentence, stop, _ = guideline.why.partition(". ")
    return cleaned(f"{sentence}{stop.strip()}", _LONGEST_WHY) or guideline.title


def _plain_name(name: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in name.casefold().rpartition("/")[2]).split())
