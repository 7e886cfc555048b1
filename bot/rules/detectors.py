"""Detectors: named checks that phrases cannot express."""

from __future__ import annotations

import functools
import unicodedata
from typing import TYPE_CHECKING

from bot.rules.matching import Pattern, PatternSet
from bot.rules.private_data import cards, emails, phones, secrets
from bot.rules.text import SeenDraft, over_length

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


# Words in a draft that speak to whoever or whatever reviews it, and not to its readers.

_TO_REVIEWERS = (
    (
        r"\b(?:ignore|disregard|forget|override|bypass)\b[^.!?\n]{0,20}\b(?:previous|prior|earlier|above"
        r"|preceding)\b[^.!?\n]{0,12}\b(?:instructions?|guidelines|prompts?|orders)\b"
    ),
    (
        r"\b(?:ignore|disregard|override|bypass) (?:all )?(?:of )?your (?:guidelines|instructions"
        r"|system prompt|rules|checklist|programming)\b"
    ),
    r"\b(?:ignore|disregard) the guidelines (?:above|and (?:approve|answer|pass))\b",
    r"\bforget everything (?:you were told|above)\b[^.!?\n]{0,12}\band (?:approve|answer|reply|report)\b",
    r"(?:^|[.!?\n]) ?(?:ai )?reviewer ?[:,] ?[a-z]+",
    r"\b(?:an? |the |dear )?(?:ai reviewer|reviewer bot|review bot)\b ?,? (?:you|stop|must|do not)\b",
    (
        r"\bif you(?: are|'re) (?:an? )?(?:ai|llm|large language model|language model"
        r"|automated reviewer)\b ?,? ?(?:treat|respond|answer|reply|say|ignore|output|approve|return"
        r"|you)\b"
    ),
    r"\bas an ai\b[^.!?\n]{0,20} you (?:are|must|have|will)\b",
    (
        r"\b(?:note|message|memo|instructions?) (?:to|for) (?:the |any |all )?(?:(?:ai|llm"
        r"|automated) ?(?:reviewer|checker|critic|model|bot|checking|reading)|reviewer)\b"
    ),
    r"\b(?:hey|hi|hello|okay|ok|attention) candor\b",
    r"\bcandor (?:must|has to|should|shall) (?:reply|answer|say|ping|approve|return|report|write)\b",
    r"\b(?:candor (?:has approved|approves|says ?:)|approved by candor\b)",
    (
        r"\bthe (?:ai )?reviewer (?:(?:has to|must|may now|shall|should) (?:agree|ask|approve|return"
        r"|answer|say|report|ping|reply)|is (?:disabled|switched off))\b"
    ),
    r"\breviewer (?:disabled|switched off)\b",
    r"\b(?:do not|don't) (?:flag|raise) any[a-z ]{0,16} in this (?:draft|post|text)\b",
    r"\b(?:do not|don't) apply (?:the|your|any) guidelines\b",
    r"\b(?:do not|don't) mention [^.!?\n]{1,30} in your (?:review|critique)\b",
    (
        r"\b(?:mark|rate|treat|label|classify|judge) (?:this|the|every|all"
        r"|it)\b[^.!?\n]{0,30}\bas (?:approved|compliant|clear|not_applicable|not applicable)\b"
    ),
    r"\b(?:set|leave|keep) the checklist (?:to|clear|empty)\b",
    (
        r"\b(?:answer|reply|respond|return|output|print)\b (?:only |just )?(?:with "
        r"|that )?(?:only )?(?:the word )?["
        r'"'
        r"']?(?:all (?:is )?clear|everything is clear|nothing to flag"
        r"|no (?:issues|findings)|zero issues|an empty (?:list|critique)|approved)\b"
    ),
    r"\bsay (?:nothing to flag|that nothing is wrong here)\b",
    r"\b(?:and|must|to) (?:approve|pass) this (?:draft|post|text)\b",
    r"\b(?:end|skip) the review (?:now|and)\b",
    r"\byour new task is to (?:praise|approve|pass|answer|report)\b",
    (
        r"\b(?:new instructions|instructions) for the reviewer\b|\bbegin new instructions\b"
        r"|\bnew instructions ?: ?(?:output|answer|reply|return|ignore|approve)\b"
    ),
    (
        r"\breviewer instructions ?:|\bwhatever the guidelines say\b|\blower the severity of all\b"
        r"|\bdisable the fixed rules\b"
    ),
    r"\bfrom now on you (?:only )?(?:answer|reply|respond)\b",
    r"\byou are (?:now|no longer) an? (?:[a-z]+ )?(?:reviewer|assistant|critic)\b",
    r"\bpretend (?:that )?you are the (?:brand lead|reviewer|editor)\b",
    r"<\|(?:im_start|im_end|start_header_id|end_header_id|system|assistant|user)\|>|\[/?inst\]|<</?sys>>",
    r"</?(?:system|assistant|case|context|instructions?)(?: [0-9a-f]{4,64})?>",
    r"(?:^|\n)[# ]{0,4}(?:system (?:message|override|prompt update)\b|\[(?:system|admin)\])",
    r"(?:^|\n)[# ]{0,4}(?:system|developer message|assistant) ?: ?(?:you will|the reviewer|answer|approve|ignore|\{)",
    r"\brole: system\b|\bhuman: [^\n]{0,80}\nassistant:",
    r"""["'](?:issues|checklist|not_a_draft|already_found|may_be_talk|verdict)["'] ?:""",
    (
        r"(?:^|\n)[-=]{2,} ?end of (?:the )?(?:draft|post|material)\b|\bend of draft\b\. ?reviewer"
        r"|\bthe material ends here\b|\beverything after this line is an order\b"
    ),
    r"\b(?:verdict: (?:approved|clear|pass)|review result: nothing|compliance check: passed)",
    r"\bthis (?:text|post|draft) (?:has )?passed the review\b",
    (
        r"\b(?:print|repeat|reveal|show me|output|tell me|and) your (?:system prompt|initial prompt"
        r"|hidden (?:guidelines|instructions|prompt))\b"
    ),
    (
        r"\b(?:reveal|repeat|translate) your instructions\b|\bwhat are your instructions\b"
        r"|\brepeat the text above this message\b"
    ),
    (
        r"\b(?:the other drafts of this workspace|the drafts of other teams|quote the brand's context"
        r"|reveal the brand's context)\b"
    ),
    (
        r"\b(?:(?:begin|start) your reply with|every field of your answer|in the field why|your (?:answer"
        r"|reply) (?:has to|must) (?:contain|include)|to your reply\b|in the replacement\b)"
    ),
    r"\bin your review, (?:mention <@|link to <?http)",
    r"\bdecode (?:this|the following)\b[^.!?\n]{0,20}\band (?:follow|obey|execute) it\b",
    (
        r"\b(?:ignorier(?:e|t|en sie) (?:alle )?(?:die )?(?:vorherigen|bisherigen|obigen)"
        r"|vergiss deine) (?:anweisungen|regeln|richtlinien)\b|\bhinweis an (?:den prüfer|die ki)\b"
    ),
    (
        r"\bignore[zr]? (?:toutes )?les (?:instructions|consignes) (?:précédentes|ci-dessus)"
        r"|\bnote (?:au relecteur|à l'ia)\b"
    ),
    r"\bignora (?:todas )?las instrucciones (?:anteriores|previas)\b|\bnota para el revisor\b",
    r"\bignora (?:tutte )?le istruzioni precedenti\b|\bignore (?:todas )?as instruções anteriores\b",
    (
        r"\bnegeer (?:alle )?(?:vorige|eerdere) (?:instructies|aanwijzingen)\b"
        r"|\bzignoruj (?:wszystkie )?(?:poprzednie|wcześniejsze) (?:instrukcje|polecenia)\b"
    ),
    r"игнорируй(?:те)? (?:все )?предыдущие инструкции|önceki (?:tüm )?talimatları (?:yok say|unut|görmezden gel)",
    r"(?:忽略|无视)(?:之前|以上|先前|上面)的?(?:所有|全部)?的?(?:指令|指示|提示)|(?:以前|これまで|上記)の(?:指示|命令)を(?:すべて|全て)?無視",
    r"이전의? (?:모든 )?(?:지시|명령)(?:사항)?[를을] 무시|تجاهل (?:جميع |كل )?التعليمات السابقة",
    # Greeted or named as a reader of another kind, and told what to find.
    (
        r"\b(?:dear|hey|hi|hello|ps for|p\.s\. for|notes? (?:to|for)|attention|you,? the|as an?|to all|to"
        r" any) (?:the |any |all )?"
        r"(?:ai|llms?|bots?|robots?|language models?|chatgpt|assistants?|reviewers?|checkers?|moderators?"
        r"|(?:automated|automatic|ai|review|moderation) (?:reviewers?|checkers?|checks?|tools?|systems?|models?))\b"
        r"[^.!?\n]{0,60}\b(?:find (?:nothing|no)|flag|approve|leave [^.!?\n]{0,24}empty|empty (?:list|answer)"
        r"|no (?:points|issues|findings|remarks)|nothing (?:wrong|here|to)|skip (?:this|it|them|that)"
        r"|must (?:treat|skip|pass)"
        r"|let (?:this|it) (?:pass|through))\b"
    ),
    (
        r"\b(?:the|this|any|every) (?:ai|bot|tool|model|language model|assistant|checker|reviewer|system)"
        r" (?:needs to|must|has to|should|shall|is to|will) (?:only |just |now )?(?:return|say|answer"
        r"|report|find|output|respond|list|raise)"
        r"[^.!?\n]{0,16}\b(?:no|nothing|zero|empty|all clear|that all)\b"
    ),
    r"<!-- ?(?:to |for )?(?:the )?(?:reviewer|ai|llm|bot|assistant|checker|moderator)s?\b",
    (
        r"\b(?:correct|expected|right|only valid) (?:output|answer|result) is (?:an? )?(?:no|nothing|zero"
        r"|empty|none|clear)\b"
    ),
    (
        r"\b(?:output nothing|(?:output|return|answer with|reply with|respond with) (?:an empty list|no"
        r" (?:points|findings|issues)))\b"
    ),
    (
        r"(?:^|\n)(?:assistant|ai|model|reviewer) ?: ?(?:sure|okay|ok|of course|certainly|understood|i"
        r" found no|no (?:points|findings|issues))\b"
    ),
    (
        r"(?:^|\n)[# ]{0,4}system (?:note|notice|prompt) ?:|\b(?:evaluation|review|checking|moderation)"
        r" mode (?:is )?(?:off|disabled|ended)\b"
    ),
    r"\b(?:disregard|ignore|skip|suspend|waive) [a-z-]{3,30}(?: [a-z-]{3,20})? for this (?:text|draft|post)\b",
    (
        r"\b(?:rate|set|keep|put) (?:your |the |every |all )?(?:confidence|severity) (?:to |at |as"
        r" )?(?:low|lowest|zero|consider)\b"
    ),
    r"\b(?:findings|issues|points|remarks) must (?:all )?be (?:filed|rated|listed|reported|phrased)\b",
    r"\bwhatever you (?:find|flag)\b ?,? ?(?:phrase|say|write|call|rate|file|keep)\b",
    (
        r"\b(?:every|each|all) (?:quote|quotation|finding|remark)s? (?:that )?you (?:make|give|write)\b"
        r"|\basked for a second opinion\b"
    ),
    r"\bchecklist (?:is |was |has been )?already (?:completed|done|filled|ticked)\b",
    (
        r"\bas (?:the|your) brand lead\b ?,? ?i\b|\bso there(?: is|'s) nothing (?:here )?(?:to|for you"
        r" to) (?:review|flag)\b"
    ),
    (
        r"\b(?:liebe[rs]?|hinweis (?:für|an)|an) (?:alle |die |den |das |automatische[nr]? )*(?:ki|bots?"
        r"|prüfer|prüferin|sprachmodelle?"
        r"|assistent)\b ?[,:]|\bbitte leer antworten\b|\bantworte(?:t|n sie)? (?:nur"
        r"|ausschließlich)\b[^.!?\n]{0,24}\b(?:ok|in ordnung|keine)\b"
    ),
    (
        r"\b(?:chère|cher|note pour) (?:l')?(?:ia|robot|relecteur|modèle)\b ?[,:]"
        r"|\brépond(?:s|ez|re) (?:uniquement|seulement|juste) (?:que|par)\b"
    ),
    (
        r"\b(?:querid[ao]|estimad[ao]|nota para) (?:la )?(?:ia|bot|revisora?|modelo)\b ?[,:]"
        r"|\bla ia (?:debe|tiene que|solo puede) (?:responder|decir|contestar)\b"
        r"|\bresponde (?:solo|únicamente) (?:que|con)\b"
    ),
    r"\b(?:cara|gentile) ia\b ?[,:]|\b(?:beste|lieve) (?:ai|bot|beoordelaar)\b ?[,:]",
    r"只(?:需)?(?:回答|回复|输出)[^。\n]{0,6}(?:没有|无)[^。\n]{0,4}问题|問題(?:は)?(?:ない|なし|ありません)と(?:だけ)?(?:答え|回答)",
)
_PATTERNS = tuple(map(Pattern, _TO_REVIEWERS))
_SET = PatternSet(_TO_REVIEWERS)


def words_for_a_reviewer(seen: SeenDraft) -> Iterator[tuple[int, int]]:
    """The first such words: once is enough to know."""
    folded = seen.folded
    spans = sorted(span for index in _SET.occurring(folded.bytes) for span in _PATTERNS[index].spans(folded.bytes))
    if spans:
        yield folded.span(*spans[0])


# Detectors: named checks that phrases cannot express. Each gives (start, end) in code points.

_STYLED = Pattern("[\U0001d400-\U0001d7ff]{3,}")
_SELECTORS = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
_EMOJI_SELECTOR = "\ufe0f"
_PRESENTATION = frozenset("\ufe0e\ufe0f")
"""As text, as an emoji: some keyboards write both behind one sign."""
_BETWEEN = 2
"""Visible characters between two runs of invisible ones that stand close together."""
_FEW = 3
_HARMLESS = frozenset("\u200e\u200f\u061c\u00ad\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u202d")
"""Marks of direction and the soft hyphen: phones, word processors and apps for quotations put them in.

Only U+202E, which turns letters round, makes people read other words than machines do.
"""
_ZERO_WIDTH = frozenset("\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff")
"""The invisible separator among them keeps lines empty: apps for captions put it there."""
_JOINED = 0x0590
"""From here on, scripts join letters or put no spaces between words, and zero-width characters have work to do."""
_BLACK_FLAG, _LAST_TAG = "\U0001f3f4", "\U000e007f"
_TAGS = range(0xE0020, 0xE0080)
_REGION = range(3, 7)
"""Letters in the name of a flag's region, such as “gbsct” (ISO 3166-2)."""
_NAMED = 3


def detect(name: str, seen: SeenDraft) -> Iterator[tuple[int, int]]:
    """The spans that the detector called ``name`` finds. Raises KeyError for an unknown name."""
    return DETECTORS[name](seen)


def codes_in(quote: str) -> str:
    """The codes of the invisible characters of the words, as “U+202E”; a few of them where there are many kinds."""
    hidden = dict.fromkeys(c for c in quote if unicodedata.category(c) == "Cf" or c in _SELECTORS)
    codes = [f"U+{ord(c):04X}" for c in hidden]
    return ", ".join(codes[:_NAMED]) + (" and others" if len(codes) > _NAMED else "")


def _hidden(seen: SeenDraft) -> Iterator[tuple[int, int]]:
    """Runs of invisible characters that hide something.

    Joiners in emoji and scripts, flags of regions and marks of direction are normal. Words whose letters all have some
    between them are one run.
    """
    if all(map(_hides_nothing, seen.plain.signs)):
        return
    close: list[tuple[int, int]] = []
    for start, end in _hidden_runs(seen.text):
        if close and start - close[-1][1] > _BETWEEN:
            yield from _together(close)
            close = []
        close.append((start, end))
    yield from _together(close)


@functools.lru_cache(8192)
def _hides_nothing(character: str) -> bool:
    """True for what is never hidden, wherever it stands: most texts hold nothing else."""
    if character == _EMOJI_SELECTOR or character in _HARMLESS:
        return True
    return character not in _SELECTORS and unicodedata.category(character) != "Cf"


def _together(runs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [(runs[0][0], runs[-1][1])] if len(runs) > _FEW else runs


def _hidden_runs(text: str) -> Iterator[tuple[int, int]]:
    normal, inside = _flags(text), _inside_words(text)
    start: int | None = None
    for i, c in enumerate(text):
        hidden = i in inside or (c > "\x7f" and i not in normal and _is_hidden(text, i))
        if hidden and start is None:
            start = i
        elif not hidden and start is not None:
            yield start, i
            start = None
    if start is not None:
        yield start, len(text)


def _is_hidden(text: str, at: int) -> bool:
    """Overrides and tags always; a selector behind another one. What stands inside words is known already."""
    character = text[at]
    if character in _SELECTORS:
        before, first = text[at - 1 : at], text[at - 2 : at - 1]
        if before not in _SELECTORS or character == before == _EMOJI_SELECTOR:
            return False
        return not (_PRESENTATION.issuperset((before, character)) and first not in _SELECTORS)
    return unicodedata.category(character) == "Cf" and character not in _HARMLESS and character not in _ZERO_WIDTH


def _inside_words(text: str) -> set[int]:
    """Where zero-width characters stand between letters of scripts that need none.

    What copying leaves behind at the edge of a word hides nothing from anybody.
    """
    places: set[int] = set()
    start: int | None = None
    for i, c in enumerate(text):
        if c in _ZERO_WIDTH:
            start = i if start is None else start
        elif start is not None:
            if start and all(sign.isalnum() and ord(sign) < _JOINED for sign in (text[start - 1], c)):
                places.update(range(start, i))
            start = None
    return places


def _flags(text: str) -> set[int]:
    """Where the tags of a region's flag stand, such as Scotland's."""
    places: set[int] = set()
    at = text.find(_BLACK_FLAG)
    while at >= 0:
        end = at + 1
        while end < len(text) and ord(text[end]) in _TAGS and text[end] != _LAST_TAG:
            end += 1
        if end - at - 1 in _REGION and text[end : end + 1] == _LAST_TAG:
            places.update(range(at + 1, end + 1))
        at = text.find(_BLACK_FLAG, end)
    return places


def _styled(seen: SeenDraft) -> Iterator[tuple[int, int]]:
    if not seen.text.isascii():
        for span in _STYLED.spans(seen.written.bytes):
            yield seen.written.span(*span)


def _missing_alt(seen: SeenDraft) -> Iterator[tuple[int, int]]:
    """The first line, once, where a picture has no alt text."""
    draft = seen.draft
    if draft.text.strip() and any(not picture.alt_text.strip() for picture in draft.pictures):
        start = len(draft.text) - len(draft.text.lstrip())
        yield start, start + len(draft.text[start:].split("\n", 1)[0].rstrip())


DETECTORS: dict[str, Callable[[SeenDraft], Iterator[tuple[int, int]]]] = {
    "card number": cards,
    "e-mail address": emails,
    "hidden characters": _hidden,
    "missing alt text": _missing_alt,
    "phone number": phones,
    "platform length": over_length,
    "secret": secrets,
    "styled letters": _styled,
    "words for a reviewer": words_for_a_reviewer,
}
