"""The label that an answer calls for: what to write first, by platform and language, and the platform's own switch.

What stands behind the words, as background and never as legal advice:

- “Ad” first: the FTC's Endorsement Guides (16 CFR 255) want a tie to be stated where nobody can miss it, and the CAP
  Code (2.1 to 2.4) wants advertising to be recognisable as such. “Gifted” alone leaves open whether it is advertising.
- “Anzeige” or “Werbung” first: what Germany's media authorities accept in their guide on labelling; they take “#ad”
  for unclear.
- Pictures, sound and films made with AI: AI Act Art. 50 and New York's §396-b; only where a realistic asset is made so.
- The platforms' own switches change often. They come beside the label, never in place of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.core.findings import Edit, Finding
from bot.core.judging import Outcome
from bot.core.reading.variants import split_variants
from bot.core.words import reviewing as words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bot.core.deciding import Answer
    from bot.core.drafts import Draft
    from bot.core.guidelines import Severity
    from bot.core.judging import Critique
    from bot.core.reading.variants import Variant


COMMERCIAL = "transparency/commercial-disclosure"
AI_CONTENT = "transparency/ai-content-label"
_OPENING = 125
"""Characters that a reader sees before “more”."""
_QUOTE = 40
_FIRST = 3
"""Words among which a plain “Ad” counts as a label."""

_NO = frozenset(
    [
        "no",
        "not",
        "none",
        "neither",
        "never",
        "nothing",
        "without",
        "nein",
        "nicht",
        "kein",
        "keine",
        "keiner",
        "weder",
        "ohne",
        "nichts",
    ]
)
_YES = frozenset(("yes", "ja", "correct", "stimmt"))
_GIFT = ("gift", "free", "sample", "geschenk", "gratis", "kostenlos", "invited", "eingeladen")
_AD = ("paid", "sponsor", "partnership", "commission", "affiliate", "bezahlt", "gesponsert", "werbe", "provision")
_STAFF = ("work", "employ", "arbeite", "angestellt", "mitarbeit")
_AI = frozenset(("ai", "ki", "generated", "generiert", "generierte", "synthetic", "midjourney", "artificial"))
_ALL = frozenset(("all", "fully", "everything", "alles", "komplett", "vollständig"))
_GERMAN = frozenset(
    [
        "und",
        "der",
        "die",
        "das",
        "ist",
        "nicht",
        "wir",
        "ihr",
        "ich",
        "ein",
        "eine",
        "mit",
        "für",
        "auf",
        "von",
        "zu",
        "den",
        "im",
        "auch",
        "euch",
        "unser",
    ]
)
_ENGLISH = frozenset(
    [
        "and",
        "the",
        "is",
        "not",
        "we",
        "you",
        "i",
        "a",
        "an",
        "with",
        "for",
        "on",
        "of",
        "to",
        "in",
        "also",
        "our",
        "my",
        "it",
        "this",
    ]
)
_AD_WORDS = frozenset(("ad", "ads", "advert", "advertisement", "sponsored", "anzeige", "werbung"))
_AD_TAGS = frozenset(f"#{word}" for word in (*_AD_WORDS, "paidpartnership", "paidad"))
_AD_PHRASES = ("paid partnership", "paid promotion", "paid me", "bezahlte partnerschaft", "[ad]", "(ad)")
_AI_PHRASES = ("ai-generated", "ai generated", "made with ai", "ki-generiert", "mit ki", "#madewithai", "#aigenerated")
_STAFF_PHRASES = ("i work", "we work", "my employer", "ich arbeite", "mein arbeitgeber")


class Tie(StrEnum):
    """What the answer says that readers have to be told."""

    AD = "ad"
    GIFT = "gift"
    STAFF = "staff"
    PICTURE = "picture"
    FILM = "film"
    VOICE = "voice"
    MADE_WITH_AI = "made_with_ai"


_MEDIA = {
    Tie.PICTURE: ("picture", "image", "photo", "visual", "illustration", "bild", "foto"),
    Tie.FILM: ("video", "film", "clip", "reel", "footage"),
    Tie.VOICE: ("voice", "audio", "sound", "music", "stimme", "musik"),
}
_TAGGED = frozenset(("bluesky", "mastodon", "threads", "x"))
"""Where a label is commonly a hashtag."""
_TEXTS = {
    Tie.AD: ("Ad: ", "Anzeige: "),
    Tie.GIFT: ("Ad (gifted): ", "Werbung (Geschenk): "),
    Tie.STAFF: ("I work for [company]. ", "Ich arbeite bei [Unternehmen]. "),
    Tie.PICTURE: ("AI-generated image. ", "KI-generiertes Bild. "),
    Tie.FILM: ("AI-generated video. ", "KI-generiertes Video. "),
    Tie.VOICE: ("AI-generated voice. ", "KI-generierte Stimme. "),
    Tie.MADE_WITH_AI: ("Made with AI. ", "Mit KI erstellt. "),
}
"""In English, in German."""
_TAGS = {Tie.AD: ("#ad ", "#Anzeige "), Tie.GIFT: ("#ad (gifted) ", "#Werbung (Geschenk) ")}
_PAID_SWITCHES = {
    "facebook": "Paid partnership",
    "instagram": "Paid partnership",
    "linkedin": "Brand partnership",
    "pinterest": "Paid partnership",
    "snapchat": "Paid partnership",
    "tiktok": "Disclose commercial content",
    "youtube": "Includes paid promotion",
}
_AI_SWITCHES = {
    "facebook": "AI info",
    "instagram": "AI info",
    "threads": "AI info",
    "tiktok": "AI-generated content",
    "youtube": "Altered content",
}
_PHRASES = {Tie.AD: _AD_PHRASES, Tie.GIFT: _AD_PHRASES, Tie.STAFF: _STAFF_PHRASES}


@dataclass(frozen=True, slots=True)
class Label:
    """``text`` goes before the post, with the space after it; ``switch`` is the platform's own label, or ""."""

    text: str
    switch: str = ""


def with_labels(
    critique: Critique, draft: Draft, answers: Iterable[Answer], severities: Mapping[str, Severity]
) -> Critique:
    """The critique with a point for each label that an answer calls for and that a post does not have yet.

    ``severities`` are those of the guidelines in force. A finding of the same guideline takes the label as its edit.
    """
    if critique.outcome is Outcome.NOT_A_DRAFT:
        return critique
    findings = list(critique.findings)
    for answer in answers:
        tie = tie_of(answer, has_pictures=bool(draft.pictures))
        if tie and answer.guideline in severities:
            for variant in split_variants(draft.text, draft.zones, draft.platform):
                _put(findings, variant, answer, tie=tie, severity=severities[answer.guideline])
    if not findings:
        return critique
    findings.sort(key=lambda finding: finding.severity.rank)
    return replace(critique, outcome=Outcome.FINDINGS, findings=tuple(findings))


def tie_of(answer: Answer, *, has_pictures: bool = False) -> Tie | None:
    """What has to be told, None where the answer calls for no label or does not say."""
    said = _tokens(answer.answer)
    if not said or _NO & set(said):
        return None
    if said[0] in _YES:
        said += _tokens(answer.question)
    if answer.guideline == COMMERCIAL:
        kinds = ((Tie.AD, _AD), (Tie.GIFT, _GIFT), (Tie.STAFF, _STAFF))
        return next((tie for tie, starts in kinds if _any_begins(said, starts)), None)
    if answer.guideline != AI_CONTENT or not _AI & set(said):
        return None
    medium = next((tie for tie, starts in _MEDIA.items() if _any_begins(said, starts)), None)
    assumed = Tie.PICTURE if has_pictures else Tie.MADE_WITH_AI if _ALL & set(said) else None
    return medium or assumed


def label_for(tie: Tie, platform: str, text: str) -> Label:
    """The label for a post in the language of its text."""
    commercial = tie in _TAGS
    switches = _PAID_SWITCHES if commercial else {} if tie is Tie.STAFF else _AI_SWITCHES
    texts = _TAGS[tie] if commercial and platform in _TAGGED else _TEXTS[tie]
    return Label(texts[is_german(text)], switches.get(platform, ""))


def is_labelled(text: str, tie: Tie) -> bool:
    """True where the post says it already, where readers see it."""
    commercial = tie in _TAGS
    seen = text.strip()[:_OPENING].casefold() if commercial else text.casefold()
    if any(phrase in seen for phrase in _PHRASES.get(tie, _AI_PHRASES)):
        return True
    first = set(_tokens(seen)[:_FIRST])
    return commercial and bool(first & _AD_WORDS or _AD_TAGS & set(_tags(seen)))


def is_german(text: str) -> bool:
    """True where the small words are German rather than English."""
    said = _tokens(text)
    return sum(word in _GERMAN for word in said) > sum(word in _ENGLISH for word in said)


def _put(findings: list[Finding], variant: Variant, answer: Answer, tie: Tie, severity: Severity) -> None:
    lead = len(variant.text) - len(variant.text.lstrip())
    start, end = variant.start + lead, variant.start + len(variant.text)
    if start == end or is_labelled(variant.text, tie):
        return
    label = label_for(tie, variant.platform, variant.text)
    edit, more = Edit(start, start, label.text), words.switch(variant.platform, label.switch)
    for at, known in enumerate(findings):
        if known.guideline == answer.guideline and start <= known.start < end:
            moved = replace(edit, gone=known.edit.gone if known.edit else ())
            findings[at] = replace(known, edit=moved, why=" ".join(filter(None, (known.why, more))))
            return
    quote = _opening(variant.text[lead:])
    why = " ".join(filter(None, (words.why(answer.answer), more)))
    findings.append(Finding(answer.guideline, severity, start, end=start + len(quote), quote=quote, why=why, edit=edit))


def _opening(text: str) -> str:
    """The first words, as many as are needed to know the post again."""
    line = text.splitlines()[0].rstrip()
    cut = line[:_QUOTE].rpartition(" ")[0] if len(line) > _QUOTE else ""
    return cut.rstrip() or line[:_QUOTE]


def _tokens(text: str) -> list[str]:
    """The words in small letters, without signs."""
    return "".join(sign if sign.isalnum() else " " for sign in text.casefold()).split()


def _tags(text: str) -> Iterator[str]:
    for word in text.split():
        if word.startswith("#"):
            yield f"#{_tokens(word)[0]}" if _tokens(word) else word


def _any_begins(said: Iterable[str], starts: tuple[str, ...]) -> bool:
    return any(word.startswith(starts) for word in said)
