"""Words in a draft that speak to whoever or whatever reviews it, and not to its readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.rules.folding import EncodedText
from bot.rules.matcher import Pattern, PatternSet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.core.draft import Draft

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
)
_PATTERNS = tuple(map(Pattern, _TO_REVIEWERS))
_SET = PatternSet(_TO_REVIEWERS)


def words_for_a_reviewer(draft: Draft) -> Iterator[tuple[int, int]]:
    """The first such words: once is enough to know."""
    folded = EncodedText(draft.text, folded=True)
    spans = sorted(span for index in _SET.occurring(folded.bytes) for span in _PATTERNS[index].spans(folded.bytes))
    if spans:
        yield folded.span(*spans[0])
