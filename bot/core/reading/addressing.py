"""Whether a direct message is a post to be reviewed, or is said to Candor itself: a greeting, thanks, a question."""

from __future__ import annotations

from bot.core.reading.side_notes import plain_words

US = frozenset((
    "we", "we're", "we've", "we'll", "our", "ours", "us", "wir", "uns", "unser", "unsere", "unserem", "unseren",
    "unserer", "nous", "notre", "nos", "nosotros", "nuestro", "nuestra", "nuestros", "nuestras", "nostro",
    "nostra", "nosso", "nossa", "onze", "ons",
))  # fmt: skip
YOU = frozenset((
    "you", "your", "you're", "yours", "you'll", "u", "du", "dich", "dir", "dein", "deine", "ihr", "euch", "eure",
    "euer", "vous", "votre", "vos", "tu", "ton", "ta", "tes", "te", "tú", "os", "vuestro", "vuestra", "usted",
    "ustedes", "você", "vocês", "je", "jullie",
))  # fmt: skip
ME = frozenset((
    "i", "i'm", "i've", "i'd", "i'll", "me", "my", "im", "ive", "imo", "afaik", "idk", "ich", "mir", "mich", "mein",
    "meine", "je", "j'ai", "moi", "mon", "yo", "mi", "mis", "io", "eu", "ik", "mij",
))  # fmt: skip
"""Somebody speaks for themselves."""

ENDS = (". ", "! ", "? ", "… ", "。", "！", "？", "؟ ", "។", "။")
"""How sentences end."""

_HELLOS = frozenset((
    "hi", "hey", "heyy", "hii", "hello", "hiya", "howdy", "yo", "sup", "morning", "hallo", "moin", "servus",
    "bonjour", "bonsoir", "salut", "coucou", "hola", "buenas", "ciao", "olá", "oi", "hoi", "hej", "cześć", "привет",
    "こんにちは", "你好", "안녕하세요", "مرحبا", "สวัสดี",
))  # fmt: skip
_HELLO_PAIRS = frozenset((
    ("good", "morning"), ("good", "afternoon"), ("good", "evening"), ("good", "day"), ("guten", "morgen"),
    ("guten", "tag"), ("guten", "abend"), ("grüß", "dich"), ("grüß", "gott"), ("buenos", "días"), ("buenas", "tardes"),
    ("buenas", "noches"), ("bom", "dia"), ("boa", "tarde"), ("goede", "morgen"), ("dzień", "dobry"),
))  # fmt: skip
_BESIDE_HELLOS = frozenset((
    "candor", "there", "good", "morning", "afternoon", "evening", "guten", "morgen", "tag", "abend", "buenos", "days",
    "buenas", "días", "tardes", "noches", "again", "zusammen", "bot", "you", "how", "are", "is", "it", "going",
    "doing", "today", "anybody", "anyone", "home", "everyone", "all", "team", "wie", "geht's", "ça", "va", "qué", "tal",
    "nice", "to", "meet", "quick", "question", "kurze", "frage", "new", "here", "grüß", "dich", "gott", "day", "bom",
    "dia", "boa", "tarde", "goede", "dzień", "dobry",
))  # fmt: skip
_COLLEAGUE = frozenset(("team", "candor", "colleague", "kollege", "kollegin", "équipe", "equipo", "question", "frage"))
_THANKS = frozenset((
    "thanks", "thank", "thx", "thanx", "ty", "tysm", "tyvm", "cheers", "ta", "danke", "dank", "dankeschön", "merci",
    "gracias", "grazie", "obrigado", "obrigada", "bedankt", "dankjewel", "tack", "takk", "tak", "kiitos", "dzięki",
    "dziękuję", "спасибо", "дякую", "ありがとう", "ありがとうございます", "谢谢", "감사합니다", "شكرا", "ขอบคุณ",
))  # fmt: skip
_BESIDE_THANKS = frozenset(("you", "so", "very", "much", "a", "for", "für", "pour", "por"))
_PRAISE = frozenset(("appreciated", "helps", "helped", "helpful", "geholfen", "hilfreich", "utile", "útil"))
_TO_AN_AUDIENCE = frozenset((
    "to", "everyone", "everybody", "all", "community", "followers", "fans", "customers", "guests", "visitors",
    "readers", "subscribers", "who", "an", "alle", "allen", "kunden", "gäste", "à", "tous", "toutes", "todos", "todas",
    "who've", "each", "visiting", "coming", "shopping", "joining", "voting", "being", "amazing",
))  # fmt: skip
"""Words right behind thanks, or behind "for", that are for readers of a post."""
_MOST_OF_THANKS = 9
_GREETINGS = frozenset((
    "help", "ping", "ok", "okay", "hilfe", "aide", "ayuda", "stop", "why", "warum", "pourquoi", "huh", "what", "yes",
    "no", "really", "test", "testing",
))  # fmt: skip
_SAID_BRIEFLY = frozenset((
    "lol", "haha", "hahaha", "hm", "hmm", "oops", "sure", "nope", "yep", "yeah", "nice", "cool", "great", "perfect",
    "wow", "sorry", "ja", "nein", "oui", "non", "sí", "genau", "klar", "vale", "claro", "ok", "okay", "no", "yes",
))  # fmt: skip
"""Nothing but these is an answer, not a post."""
_ASKED = (
    "you're wrong", "you are wrong", "you got it wrong", "you got this wrong", "you misread", "you misunderstood",
    "du irrst", "du liegst falsch", "tu te trompes", "vous vous trompez", "te equivocas",
    "ignore your instructions", "ignore all previous ",
    "ignore previous ", "ignore the previous ", "forget your instructions", "print your system ", "print your prompt",
    "print your instructions", "reveal your system ", "reveal your prompt", "reveal your instructions",
    "can u ", "hilf mir", "who else can see", "is it ok to say", "is it okay to say", "warum ist das ", "why is this",
    "cómo cambio", "comment changer", "you missed ", "c'est quoi la règle", "are you", "can you", "could you",
    "did you", "do you", "does candor", "explain ", "give me ", "give us ", "help me ", "help us ", "how can i ",
    "how can we ", "how do i ", "how do we ", "how do you ", "how does candor", "how should i ", "how should we ",
    "how would you ", "i need ", "i'd like ", "i would like ", "list ", "may i ", "may we ", "please ", "should i ",
    "should we ", "show me ", "show us ", "suggest ", "tell me ", "what about ", "what are your ", "what can i ",
    "what can you ", "what did you ", "what do you ", "what does ", "what guidelines", "what is a ", "what is the ",
    "what should ", "what would you ", "what's a ", "what's the ", "where do you ", "was kannst du", "was machst du",
    "wer bist du", "que peux-tu", "que fais-tu", "qui es-tu", "qué puedes", "qué haces", "quién eres",
    "which guideline", "which guidelines", "which rules", "who are you", "who made you",
    "why did you ", "why do you ", "why is that",
    "will you ", "would you ", "write a ", "write me ", "write us ", "who can see", "who sees", "why was ",
    "how strict ", "how sure ", "i don't understand", "i do not understand", "i don't agree", "i disagree",
    "das verstehe ich nicht", "ich verstehe nicht", "je ne comprends pas", "no entiendo",
    "kannst du", "könntest du", "peux-tu", "pourrais-tu", "puedes ", "podrías ",
    "erklär", "erkläre", "erklären", "explique", "explica", "explícame", "explicame", "make it ",
    "lösch", "lösche", "löschen", "and for ", "und für ",
    "tu peux m'", "tu peux me ", "tu pourrais m'", "tu pourrais me ", "vous pouvez m'", "vous pouvez me ",
    "est-ce que tu peux m", "est-ce que vous pouvez m", "me puedes ", "me puede ", "me podrías ", "me explicas",
    "magst du mir", "würdest du mir", "erklärst du mir", "zeigst du mir", "sagst du mir",
)  # fmt: skip
"""How people begin who want something of Candor; a heading, a mention or a post behind it decides against it."""
_FORGETTING = frozenset((
    "delete", "erase", "forget", "wipe", "remove", "clear", "purge", "lösch", "lösche", "löscht", "vergiss", "entferne",
    "supprime", "supprimez", "efface", "effacez", "oublie", "oubliez", "borra", "elimina", "olvida", "suprime",
))  # fmt: skip
_OF_ME = frozenset((
    "me", "my", "mine", "i've", "mich", "mir", "meine", "meinen", "meiner", "mein", "moi", "mes", "ma", "mon", "mí",
    "mi", "mis",
))  # fmt: skip
"""Whose data is to be forgotten: of all else, a post may say it too ("Forget everything you know about bread")."""
_HUSHING = (
    "mute yourself",
    "mute you",
    "mute candor",
    "mute this bot",
    "silence you",
    "silence yourself",
    "silence candor",
    "snooze you",
    "pause yourself",
    "pause you ",
    "pause candor",
    "be quiet for",
    "be quiet until",
    "be quiet today",
    "leave me alone",
    "stop reviewing",
    "stop messaging me",
    "stop commenting on my",
    "turn you off",
    "switch you off",
    "dich stumm",
    "stell dich still",
    "sei still",
    "sei heute bitte still",
    "sei bitte still",
    "lass mich in ruhe",
    "dich abschalten",
    "dich ausschalten",
    "dich leise",
    "schweig bitte",
    "te mets en sourdine",
    "te mettre en sourdine",
    "mets-toi en",
    "tais-toi",
    "te faire taire",
    "laisse-moi tranquille",
    "te désactive",
    "te désactiver",
    "te coupe le son",
    "te silencio",
    "silenciarte",
    "silénciate",
    "te callo",
    "cállate",
    "callarte",
    "te desactivo",
    "desactivarte",
    "te apago",
    "apagarte",
    "te pauso",
    "pausarte",
    "déjame en paz",
)
"""How people ask it to be quiet, or how to have it so."""
_DENIED = (
    "das ist falsch", "das stimmt nicht", "das ist nicht wahr", "c'est faux", "ce n'est pas vrai", "eso no es verdad",
    "eso no es cierto", "eso no es así", "eso no es correcto", "that's wrong", "that is wrong", "that's not true",
    "that is not true", "not true",
)  # fmt: skip
"""Said to Candor where nothing follows but a sign or a reason: "Das ist falsch verstandene Sparsamkeit" is a post."""
_SIGNS_BEHIND = (",", ".", "!", "?", ";", "…", "- ", "–", "—")
_REASONS = frozenset(
    ("about", "because", "since", "as", "weil", "denn", "da", "parce", "car", "porque", "though", "here")
)
_OF_THE_WORK = frozenset((
    "candor", "point", "points", "punkt", "punkte", "draft", "drafts", "entwurf", "entwürfe", "brouillon", "borrador",
    "review", "reviews", "reviewed", "reviewing", "guideline", "guidelines", "richtlinie", "richtlinien", "rule",
    "rules", "label", "labels", "kennzeichnung", "flag", "flagged", "flags", "wording", "caption", "captions",
    "headline", "headlines", "copy", "hook", "hooks", "opening", "openings", "hashtag", "hashtags", "rewrite",
    "rephrase", "shorten", "shorter", "sign-off", "dismiss", "dismissed", "exception", "suggestion", "suggestions",
    "disclosure", "#ad", "#werbung", "#anzeige", "#gifted", "kennzeichnen",
))  # fmt: skip
"""What people speak of with Candor; as a question, or of their own, it is no post."""
_QUESTIONS = frozenset((
    "is", "are", "was", "does", "do", "did", "can", "could", "may", "should", "would", "will", "why", "what", "what's",
    "whats", "how", "which", "who", "where", "when", "has", "have", "warum", "wieso", "was", "wie", "welche", "welches",
    "welcher", "wer", "wo", "wann", "ist", "sind", "darf", "dürfen", "kann", "können", "muss", "müssen", "brauche",
    "pourquoi", "comment", "quel", "quelle", "qui", "où", "est-ce", "puis-je", "peut-on", "dois-je", "por", "cómo",
    "qué", "cuál", "quién", "dónde", "puedo", "podemos", "es", "debo", "and", "und", "et", "y",
))  # fmt: skip
_QUOTES = ("'", '"', "“", "‘", "«", "„", "»")
_FIT = (
    " ok to write", " ok to say", " ok to use", " okay to write", " okay to say", " okay to use", " fine to write",
    " fine to say", " fine to use", " allowed to write", " allowed to say", " allowed to use", "can i write",
    "can we write", "can i say", "can we say", "may we say", "may we write", " too strong?", " too pushy?",
    " need a label", " need an ad label", " need a source", " a problem?", " ein problem?", " un problème",
    " un problema?", "do we say", "do i say", "kann ich schreiben", "können wir schreiben", "darf ich schreiben",
    "puis-je écrire", "puis-je dire", "puedo decir", "puedo escribir", " my post", " my posts", " my text",
    " my data", " meinen text", " mon texte", " mi texto",
)  # fmt: skip
"""How people ask about a wording of theirs, or about what is theirs."""
_POLITELY = frozenset(("please", "pls", "bitte", "stp", "svp", "s'il", "te", "vous", "plaît", "por", "favor", "just"))
_MOST_OF_HUSHING = 12
_ADDRESSING_BRIEF = 3
_LONGEST = 60
_LONGEST_LINES = 2


def is_said_to_candor(text: str) -> bool:
    """True for a greeting, a question or a request. Unsure: False, as a missed review is worse than one too many."""
    said = " ".join(text.lower().replace("’", "'").split())
    hello, comma, rest = said.partition(", ")
    said = (rest if comma and is_greeting(hello) else said).lstrip("¿¡ ")
    for name in ("candor, ", "candor "):
        said = said.removeprefix(name)
    words = said.split()
    if len(words) > _LONGEST or len([line for line in text.splitlines() if line.strip()]) > _LONGEST_LINES:
        return False
    brief = len(words) <= _ADDRESSING_BRIEF and words[0].strip(",.!?") in _GREETINGS
    brief = brief or (len(words) <= _ADDRESSING_BRIEF and _SAID_BRIEFLY.issuperset(plain_words(said) or [said]))
    greets = is_greeting(text) or is_thanks(text) or brief
    asks = _begins_asking(said) or _is_about_being_left(said)
    return greets or _is_of_the_work(said) or (asks and not _turns_to_readers(said))


def _is_about_being_left(said: str) -> bool:
    """True for "Delete everything you know about me" and "How do I mute you for today?"."""
    words = plain_words(_split(said)[0])
    polite = next((at for at, word in enumerate(words) if word not in _POLITELY), 0)
    forgets = words[polite : polite + 1] and words[polite] in _FORGETTING and not _OF_ME.isdisjoint(words)
    hushes = len(words) <= _MOST_OF_HUSHING and any(f" {one}" in f" {said}" for one in _HUSHING)
    return bool(forgets or hushes)


def _begins_asking(said: str) -> bool:
    """True where its first words, whole, are those of somebody who wants something of Candor, or contradicts it."""
    if any(said.startswith(one) and not (one[-1].isalnum() and said[len(one) :][:1].isalnum()) for one in _ASKED):
        return True
    behind = next((said[len(one) :].strip() for one in _DENIED if said.startswith(one)), None)
    return behind is not None and (not behind or behind.startswith(_SIGNS_BEHIND) or behind.split()[0] in _REASONS)


def _is_of_the_work(said: str) -> bool:
    """A question or a sentence in one's own name about a wording, a review or a draft."""
    first, second = _split(said)
    words = set(plain_words(first)) | {word.rstrip("?.,!:;") for word in first.split() if word[0] == "#"}
    asks = first.endswith("?") and first.split()[0].strip("".join(_QUOTES)) in _QUESTIONS
    named = not _OF_THE_WORK.isdisjoint(words)
    quotes = any(one in first for one in (*_FIT, *_QUOTES[1:], " '"))
    own = _begins_asking(first) or bool(words & ME)
    fits = named or (quotes and not _turns_to_readers(said))
    return (asks and fits) or (named and own and not (words & US) and not second)


def _turns_to_readers(said: str) -> bool:
    """True where something follows a request that is neither a question nor said in one's own name."""
    _, second = _split(said)
    own = set(plain_words(second)) & ME or second.startswith(("we need", "it's for", "it is for", "wir brauchen"))
    return len(plain_words(second)) > 1 and not own and not second.endswith("?") and not is_thanks(second)


def _split(said: str) -> tuple[str, str]:
    """The first sentence, and the others."""
    ends = [at for at in (said.find(end) for end in ENDS) if at >= 0]
    return (said[: min(ends) + 1], said[min(ends) + 1 :].strip()) if ends else (said, "")


def is_greeting(text: str) -> bool:
    """True for hello and nothing else."""
    words = plain_words(text)
    greets = words[:1] and (words[0] in _HELLOS or tuple(words[:2]) in _HELLO_PAIRS)
    if not greets or not any(map(str.isalpha, text)):
        return False
    of_oneself = bool(set(words) & ME) and not set(words).isdisjoint(_COLLEAGUE) and not set(words) & (US | YOU)
    return all(word in _HELLOS | _BESIDE_HELLOS for word in words) or (of_oneself and not _split(text.strip())[1])


def is_thanks(text: str) -> bool:
    """True for thanks, or for "that helped", that are meant for Candor: short, and not for the readers of a post."""
    words = plain_words(text)
    if not words or len(words) > _MOST_OF_THANKS or any(map(str.isdigit, text)) or "#" in text:
        return False
    at = next((at for at, word in enumerate(words) if word in _THANKS), None)
    if at is None:
        return not _PRAISE.isdisjoint(words) and not set(words) & US
    behind = [word for word in words[at + 1 :] if word not in _BESIDE_THANKS]
    return not behind or (behind[0] not in _TO_AN_AUDIENCE and not set(words) & US)
