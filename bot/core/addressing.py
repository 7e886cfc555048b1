"""Whether a direct message is a post to be reviewed, or is said to Candor itself."""

from __future__ import annotations

_HELLOS = frozenset((
    "hi", "hey", "hello", "hiya", "yo", "morning", "hallo", "moin", "servus", "bonjour", "salut", "coucou", "hola",
    "buenas", "ciao", "olá", "oi", "hoi", "hej", "cześć", "привет", "こんにちは", "你好", "안녕하세요", "مرحبا",
    "สวัสดี",
))  # fmt: skip
_BESIDE_HELLOS = frozenset((
    "candor", "there", "good", "morning", "afternoon", "evening", "guten", "morgen", "tag", "abend", "buenos",
    "buenas", "días", "tardes", "again", "zusammen", "bot", "you", "days",
))  # fmt: skip
_THANKS = frozenset((
    "thanks", "thank", "thx", "ty", "cheers", "danke", "merci", "gracias", "grazie", "obrigado", "obrigada", "bedankt",
    "tack", "takk", "kiitos", "dziękuję", "спасибо", "ありがとう", "ありがとうございます", "谢谢", "감사합니다",
    "شكرا", "ขอบคุณ",
))  # fmt: skip
_BESIDE_THANKS = frozenset((
    "you", "so", "very", "much", "a", "lot", "many", "again", "candor", "great", "perfect", "super", "nice", "good",
    "ok", "okay", "cool", "lovely", "awesome", "wow", "that", "helps", "helped", "was", "is", "all", "for", "the",
    "your", "help", "this", "it", "dir", "schön", "vielen", "dank", "sehr", "beaucoup", "bien", "muchas", "mille",
    "mil", "dann", "amazing",
))  # fmt: skip
_GREETINGS = frozenset((
    "help", "ping", "ok", "okay", "hilfe", "aide", "ayuda",
))  # fmt: skip
_ASKED = (
    "are you", "can you", "could you", "did you", "do you", "does candor", "explain ", "give me ", "give us ",
    "help me ", "help us ", "how can i ", "how can we ", "how do i ", "how do we ", "how do you ", "how does candor",
    "how should i ", "how should we ", "how would you ", "i need ", "i'd like ", "i would like ", "list ", "may i ",
    "may we ", "please ", "should i ", "should we ", "show me ", "show us ", "suggest ", "tell me ", "what about ",
    "what are your ", "what can i ", "what can you ", "what did you ", "what do you ", "what does ", "what guidelines",
    "what is a ", "what is the ", "what should ", "what would you ", "what's a ", "what's the ", "where do you ",
    "was kannst du", "was machst du", "wer bist du", "que peux-tu", "que fais-tu", "qui es-tu", "qué puedes",
    "qué haces", "quién eres", "which guideline", "which rules", "who are you", "who made you", "why did you ",
    "why do you ", "why is that", "will you ", "would you ", "write a ", "write me ", "write us ",
)  # fmt: skip
"""How people begin who want something of Candor; posts hardly begin so, and a heading or a mention decides for one."""
_CHECKED = ("is ", "are ", "does ", "do we ", "can i ", "can we ", "could i ", "may we ", "would ")
_QUOTES = ("'", '"', "“", "‘", "«", "„")
_FIT = (
    " ok to write", " ok to say", " ok to use", " okay to write", " okay to say", " okay to use", " fine to write",
    " fine to say", " fine to use", " allowed to write", " allowed to say", " allowed to use", "can i write",
    "can we write", "can i say", "can we say", "may we say", "may we write", " too strong?", " too pushy?",
    " need a label", " need an ad label", " need a source",
)  # fmt: skip
"""How people ask about a wording of theirs."""
_BRIEF = 3
_LONGEST = 60
_LONGEST_LINES = 2


def is_said_to_candor(text: str) -> bool:
    """True for a greeting, a question or a request. Unsure: False, as a missed review is worse than one too many."""
    said = " ".join(text.lower().replace("’", "'").split())
    for name in ("candor, ", "candor ", "hi candor, ", "hey candor, ", "hi, ", "hey, ", "hello, "):
        said = said.removeprefix(name)
    words = said.split()
    if len(words) > _LONGEST or len([line for line in text.splitlines() if line.strip()]) > _LONGEST_LINES:
        return False
    asks = said.endswith("?") and said.startswith(_CHECKED) and _is_about_a_wording(said)
    greets = is_greeting(text) or is_thanks(text) or (len(words) <= _BRIEF and words[0].strip(",.!?") in _GREETINGS)
    return greets or asks or said.startswith(_ASKED)


def is_greeting(text: str) -> bool:
    """True for hello and nothing else."""
    words = _words(text)
    greets = not _HELLOS.isdisjoint(words) or words[:1] in (["good"], ["guten"], ["buenos"])
    return greets and all(word in _HELLOS | _BESIDE_HELLOS for word in words)


def is_thanks(text: str) -> bool:
    """True for thanks and nothing else."""
    words = _words(text)
    return not _THANKS.isdisjoint(words) and all(word in _THANKS | _BESIDE_THANKS for word in words)


def _words(text: str) -> list[str]:
    words = (word.strip(".,;:!?¡¿…()*_~！。") for word in text.lower().split())
    return [word for word in words if any(c.isalnum() for c in word)]


def _is_about_a_wording(question: str) -> bool:
    """True where it names words in quotes right at the start, or asks whether they may be used."""
    _, _, rest = question.partition(" ")
    return rest.startswith(_QUOTES) or any(one in question for one in _FIT)
