"""What a message is: a draft, talk among colleagues, perhaps either, or nothing for Candor. One pure function."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING

from bot.core.drafts import Author
from bot.core.reading.addressing import ENDS, ME, US, YOU, is_said_to_candor
from bot.core.reading.side_notes import Learned, SideNotes, is_only_a_note, points_to_a_file, set_apart, words_of
from bot.core.reading.variants import AudienceVariant, announces_plan, each_addressed, has_heading
from bot.core.reading.weights import MESSAGES_LEARNED
from bot.core.reviewing import RequestOutcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.core.drafts import Message
    from bot.core.reviewing import DraftRecord


# Words by which talk among colleagues and posts for an audience are told apart, in a handful of languages.
#
# Each list is one sign. None decides alone: `bot.core.reading.draft_or_talk` weighs them.

REQUESTS: tuple[str, ...] = (
    "can someone", "can anyone", "could someone", "could anyone", "can somebody", "can you", "can we", "could you",
    "could we", "any feedback", "any thoughts", "please review", "please check", "please have a look",
    "please look at", "please add", "please send", "please update", "please use", "please let me know", "let me know",
    "pls ", "plz ", "can you review", "can you check", "can you look", "can you send", "can you please",
    "could you please", "can we push", "does anyone", "does anybody", "has anyone", "has anybody", "anyone got",
    "anyone have", "anyone know", "who can ", "who is on", "who's on", "who has the", "who owns", "where do i",
    "where can i find", "where is the", "where's the", "when is the", "when do we", "do we have", "should we ",
    "should i ", "are we ", "is someone", "is anyone", "would you mind", "need someone", "do you have a minute",
    "quick question", "quick one", "kann jemand", "kann mal jemand", "kann bitte", "könnte jemand", "könnt ihr",
    "könntet ihr", "kannst du", "könntest du", "könnten wir", "können wir", "könnten sie", "hat jemand", "weiß jemand",
    "wer kann", "wer hat", "wer übernimmt", "wo finde ich", "wo liegt", "wo ist ", "bitte mal", "bitte kurz",
    "bitte bis ", "schaut bitte", "schau bitte", "gebt mir bescheid", "gib mir bescheid", "sollen wir", "haben wir ",
    "drüberschauen", "drübergucken", "drüberlesen", "quelqu'un peut", "quelqu'un a ", "quelqu'un pourrait",
    "quelqu'un sait", "tu peux", "peux-tu", "pouvez-vous", "vous pouvez relire", "pourrais-tu", "pourriez-vous",
    "est-ce qu'on", "est-ce que tu", "est-ce que quelqu'un", "qui peut", "qui s'occupe", "où est ", "où se trouve",
    "on peut ", "merci de ", "dites-moi", "dis-moi", "faut-il", "alguien puede", "alguien tiene", "alguien sabe",
    "alguien podría", "puedes ", "podéis ", "podrías ", "pueden revisar", "me puedes", "me pueden", "nos puedes",
    "quién puede", "quién tiene", "quién se encarga", "dónde está", "dónde encuentro", "tenemos ", "podemos ",
    "avísame", "avisadme", "avísenme", "decidme", "díganme", "por favor revis", "qualcuno può", "qualcuno ha ",
    "puoi ", "potete ", "potresti ", "fatemi sapere", "chi può", "alguém pode", "alguém tem", "você pode",
    "vocês podem", "me avisa", "quem pode", "kan iemand", "kun je ", "kunnen jullie", "kunnen we ", "wie kan ",
    "laat me weten", "heeft iemand", "czy ktoś", "możesz ", "możecie ", "kan nogen", "kan någon", "voiko joku",
    "кто-нибудь", "можешь", "можете", "кто может", "посмотрите пожалуйста", "biri bakabilir", "bakar mısın", "هل يمكن",
    "ممكن أحد", "من يستطيع", "確認して", "もらえますか", "できますか", "お願いできますか", "お願いします", "能不能",
    "可以帮", "请帮", "谁能", "帮忙看", "확인해", "부탁드", "해주실", "ช่วยดู", "ใครช่วย", "ai có thể",
)  # fmt: skip
"""How people ask their colleagues for something."""
MILD_REQUESTS = frozenset((
    "are we ", "should i ", "can we", "can you", "could you", "could we", "do we have", "haben wir ", "können wir",
    "on peut ", "tenemos ", "podemos ", "puedes ", "tu peux", "puoi ", "kun je ", "any thoughts", "let me know",
    "お願いします", "możesz ", "можешь", "можете", "where is the", "podéis ", "potete ", "sollen wir", "merci de ",
))  # fmt: skip
"""Those that speak to an audience as well ("Can you smell it?")."""
THANKS: tuple[str, ...] = (
    "thanks", "thank you", "thx", "ty ", "many thanks", "cheers,", "cheers!", "great job", "good job", "nice one",
    "nice work", "well done", "good catch", "lgtm", "+1", "sounds good", "looks good", "looks great", "amazing work",
    "love it", "got it", "will do", "welcome back", "happy birthday", "np ", "no worries", "noted", "congrats on",
    "great work", "danke", "vielen dank", "besten dank", "super, danke", "gute arbeit", "passt", "alles klar", "gern",
    "glückwunsch", "merci", "super merci", "bien reçu", "ça marche", "parfait", "bravo", "beau travail",
    "joyeux anniversaire", "gracias", "muchas gracias", "perfecto", "buen trabajo", "de acuerdo", "vale,", "genial,",
    "feliz cumpleaños", "grazie", "obrigad", "valeu", "bedankt", "dank je", "dankjewel", "tack", "takk", "tak ",
    "kiitos", "dzięki", "dziękuję", "спасибо", "дякую", "teşekkür", "شكرا", "תודה", "धन्यवाद", "ありがとう", "了解",
    "承知", "谢谢", "謝謝", "好的", "收到", "감사", "고마워", "ขอบคุณ", "cảm ơn", "terima kasih",
)  # fmt: skip
THANKS_TO_AN_AUDIENCE: tuple[str, ...] = (
    "thanks to ", "thank you to ", "thank you for ", "thanks for 1", "merci à ", "gracias a ", "danke an ",
    "danke für 1",
)  # fmt: skip
THANKS_AT_THE_END = (" thanks", " thank you", " danke", " merci", " gracias")
ANSWERS = frozenset((
    "yes", "no", "nope", "yep", "yeah", "ok", "okay", "sure", "perfect", "agreed", "done", "congrats", "ja", "nein",
    "genau", "klar", "oui", "non", "d'accord", "sí", "vale", "claro", "sorry", "oops", "hm", "hmm", "haha", "lol",
))  # fmt: skip
STATUS: tuple[str, ...] = (
    "i'll ", "i will be", "i've ", "i just ", "i'd ", "let me ", "fyi", "heads up", "just a heads up", "reminder:",
    "quick reminder", "kind reminder", "friendly reminder", "gentle reminder", "small reminder", "brb", "running late",
    "out of office", "ooo", "working from home", "wfh", "on my way", "update:", "status:", "we should probably",
    "note:", "todo:", "to do:", "ich habe ", "ich bin ", "ich mache", "ich kümmere", "ich schick", "ich übernehme",
    "zur info", "kurze info", "kurze erinnerung", "erinnerung:", "info:", "bin heute", "bin morgen", "bin ab",
    "komme später", "wir müssen", "wir sollten", "je suis ", "j'ai ", "je serai", "je m'occupe", "je prends",
    "je vous ", "je t'", "pour info", "petit rappel", "rappel :", "rappel:", "info :", "on devrait", "il faut ",
    "estoy ", "voy a ", "os paso", "les paso", "yo me encargo", "me encargo", "para vuestra información",
    "recordatorio:", "recordatorio ", "aviso:", "hoy no ", "mañana no ", "sono in", "promemoria:", "vou ", "estou ",
    "lembrete:", "ik heb ", "ik ben ", "ter info", "herinnering:", "ich komme", "je travaille", "llego tarde",
    "llegaré",
)  # fmt: skip
"""How people begin who tell colleagues where things stand."""
OPENINGS: tuple[str, ...] = (
    "i'm ", "i am ", "i think ", "i can ", "i have ", "i need ", "we should ", "we need to ", "we have to ", "let's ",
    "lets ", "guys", "so i ", "ich ", "je ", "hi everyone", "hello everyone", "hey everyone", "morning",
    "good morning", "guten morgen", "bonjour", "buenos días", "buenas", "hola", "hallo", "moin", "salut",
)  # fmt: skip
"""How posts begin as well."""
TEAM_GREETINGS: tuple[str, ...] = (
    "hi all", "hi team", "hi folks", "hi guys", "hi both", "hi again", "hello all", "hello team", "hey all",
    "hey team", "hey folks", "hey guys", "hey both", "morning all", "morning team", "morning folks",
    "good morning all", "good morning team", "good afternoon all", "good afternoon team", "afternoon all", "yo team",
    "dear all", "dear team", "hallo zusammen", "hallo team", "hallo alle", "hi zusammen", "guten morgen zusammen",
    "guten morgen team", "morgen zusammen", "moin zusammen", "moin team", "hey zusammen", "liebes team", "liebe alle",
    "liebe kolleg", "bonjour à tous", "bonjour à toutes", "bonjour l'équipe", "bonjour tout le monde", "salut à tous",
    "salut l'équipe", "salut tout le monde", "hello à tous", "hello l'équipe", "coucou", "hola a todos", "hola equipo",
    "hola a tod", "hola chicos", "hola chic", "buenos días a todos", "buenos días equipo", "buenas tardes equipo",
    "buenas a todos", "ciao a tutti", "ciao ragazzi", "buongiorno a tutti", "oi pessoal", "olá equipe", "olá equipa",
    "bom dia pessoal", "hoi allemaal", "hallo allemaal", "goedemorgen allemaal", "hej alla", "hej alle",
    "cześć wszystkim", "всем привет", "коллеги", "お疲れ様", "おはようございます", "大家好", "各位",
    "안녕하세요 여러분",
)  # fmt: skip
COLLEAGUES: tuple[str, ...] = (
    "ping me", "ping you", "dm me if", "still waiting", "waiting for", "waiting on", "wrong channel", "take over",
    "taking over", "is off sick", "off sick", "out sick", "is up", "on it", "new here", "my first day",
    "first week here", "work with you all", "working with you all", "will have it ready", "have it ready", "have the ",
    "redoing", "signed off", "sign off", "sign-off", "my side", "your side", "from legal", "legal said", "legal needs",
    "for legal", "with legal", "past legal", "said no", "said yes", "the client", "our client", "the agency",
    "the sheet", "the deck", "the doc", "the brief", "the folder", "the drive", "in the drive", "shared folder",
    "the standup", "the call", "the meeting", "meeting notes", "meeting at", "meeting room", "the spreadsheet",
    "the calendar", "the slides", "slide ", "the budget", "the invoice", "the deadline", "the campaign", "the shoot",
    "the photographer", "the designer", "the printer", "the intern", "the team", "the mockup", "mockups", "the assets",
    "the logo", "the ticket", "by eod", "before eod", "eod", "asap", "tbd", "on call", "on leave", "on holiday",
    "in a meeting", "back on monday", "back online", "off today", "off tomorrow", "leaving early", "for lunch",
    "timesheet", "standup", "stand-up", "all-hands", "1:1", "retro", "sprint", "kickoff", "kick-off", "q1 ", "q2 ",
    "q3 ", "q4 ", "v2 ", "v3 ", "final_", "google doc", "figma", "canva", "notion", "trello", "jira", "asana", "vpn",
    "wifi", "laptop", "invite", "expense", "onboarding", "hashtags to the", "the captions", "the caption",
    "the headline", "my drafts", "her drafts", "his drafts", "their drafts", "linkedin one", "linkedin version",
    "instagram version", "the posts", "this version", "last version", "second photo", "second one", "first one is",
    "latest version", "we're behind", "push the ", "move the ", "moved to", "moves to", "unless someone objects",
    "are we posting", "posting this", "the workshop room", "scheduled", "reschedule", "besprechung",
    "geschäftsleitung", "geschäftsführung", "der cfo", "gemeldet", "kündig", "team, wir", "sprechen.", "geredet",
    "bis wann", "meeting", "termin ", "der kunde", "die kundin", "beim kunden", "vom kunden", "kunde ", "freigabe",
    "freigegeben", "rechnung", "urlaub", "krank", "homeoffice", "im büro", "die folien", "der ordner", "im ordner",
    "die tabelle", "in der tabelle", "der kalender", "redaktionsplan", "agentur", "rechtsabteilung", "entwurf",
    "entwürfe", "protokoll", "bis heute abend", "bis freitag", "bis morgen", "rausgeben", "rausschicken",
    "hochgeladen", "das logo", "réunion", "le client", "la cliente", "du client", "l'agence", "le planning",
    "le tableau", "le fichier", "le dossier", "en congé", "malade", "télétravail", "au bureau", "service juridique",
    "le juridique", "valider", "validé", "validation", "la version", "avant midi", "ce matin", "compte rendu",
    "compte-rendu", "le budget", "la facture", "la maquette", "le visuel", "les visuels", "brouillon", "reunión",
    "el cliente", "la clienta", "del cliente", "la agencia", "la hoja", "la carpeta", "el documento", "el calendario",
    "presupuesto", "vacaciones", "enferm", "teletrabajo", "la oficina", "el plazo", "factura", "borrador",
    "la presentación", "las diapositivas", "subido", "acta de", "antes del mediodía", "esta mañana", "la versión",
    "riunione", "il cliente", "la cartella", "il foglio", "in ferie", "la bozza", "reunião", "o cliente", "a planilha",
    "a pasta", "de férias", "rascunho", "vergadering", "de klant", "de map", "op vakantie", "spotkanie", "klient ",
    "совещание", "клиент ", "会議", "打ち合わせ", "共有", "资料", "会议", "회의", "ประชุม",
)  # fmt: skip
"""What people speak of at work, and audiences hardly."""
NOTES: tuple[str, ...] = (
    "meeting notes", "notes from", "notes:", "minutes", "agenda", "action items", "to-dos", "todos", "todo",
    "next steps", "protokoll", "notizen", "besprechungsnotizen", "aufgaben", "compte rendu", "compte-rendu",
    "ordre du jour", "acta", "notas de", "orden del día", "tareas", "verbale", "ata da", "notulen", "議事録",
    "会议纪要",
)  # fmt: skip
"""How the first line of notes begins."""
TOOLS: tuple[str, ...] = (
    "docs.google", "drive.google", "sheets.google", "slides.google", "meet.google", "calendar.google", "figma.",
    "canva.", "notion.", "trello.", "asana.", "atlassian.", "jira.", "confluence.", "dropbox.", "sharepoint.",
    "onedrive.", "miro.", "loom.", "zoom.", "teams.microsoft", "airtable.", "monday.com", "github.", "gitlab.",
    "slack.", "://docs.", "://wiki.", "://intranet", "wetransfer.", "frame.io", "://drive.", "://calendar.",
)  # fmt: skip
"""Parts of addresses at which people work."""
CALLS: tuple[str, ...] = (
    "link in bio", "link in the bio", "swipe", "tap the", "tap to", "click the link", "shop ", "sign up", "subscribe",
    "follow us", "follow for", "comment below", "in the comments", "tag a", "tag someone", "tag your", "tag 2",
    "tag 3", "tag three", "tag two", "share this", "save this", "join us", "join our", "book now", "book your",
    "book at", "book a", "order now", "order yours", "order online", "buy ", "get yours", "get your", "get one",
    "grab ", "discover", "learn more", "read more", "find out", "dm us", "register", "download", "try it", "try our",
    "visit us", "visit our", "come in", "come and", "come by", "come see", "stop by", "drop by", "see you there",
    "see you at", "see you on", "don't miss", "dont miss", "don't sleep", "dont sleep", "last chance", "last call",
    "limited", "giveaway", "win a ", "win our", "to enter", "enter now", "% off", "for free", "free ", "sale ",
    "sale.", "sale!", "discount", "promo", "deals ", "deal of", "offer", "guaranteed", "money back", "introducing",
    "meet our", "meet the", "meet your", "now open", "opens on", "out now", "is here", "is back", "are back",
    "coming soon", "new drop", "launching", "launches", "available", "spots left", "only 3", "ends ", "celebrat",
    "proud", "thrilled", "excited to", "humbled", "honoured", "honored", "announce", "hiring", "apply", "streak",
    "checkout", "your cart", "pov:", "pov ", "unpopular opinion", "fun fact", "did you know", "here's why",
    "here's how", "anzeige", "werbung", "#ad", "#anzeige", "#gifted", "gifted", "paid partnership", "sponsored",
    "#publi", "reply stop", "your order", "our story", "dear friends", "dear customers", "miracle", "now in store",
    "#1 ", "unsubscribe", "who's coming", "doors at", "doors open", "tickets", "workout", "recipe", "in bio", "mood:",
    "collection", "shipping", "kommt vorbei", "komm vorbei", "jetzt bestellen", "jetzt sichern", "jetzt anmelden",
    "jetzt kaufen", "jetzt mit", "jetzt entdecken", "sichert euch", "sichere dir", "nur noch", "nur heute", "rabatt",
    "gratis", "kostenlos", "gewinnspiel", "gewinne", "gewinnt", "mitmachen", "folgt uns", "folge uns", "markiert",
    "markiere", "bestellt", "bestelle", "entdecke", "entdeckt", "ab sofort", "endlich", "neu:", "neu bei uns",
    "ist da!", "ist da.", "ist da ", "sind da!", "sind da.", "wir freuen uns", "verfügbar", "angebot", "anmelden",
    "meldet euch an", "heilt", "unser neues", "unsere neue", "unser neuer", "besucht uns", "schaut vorbei", "venez",
    "découvrez", "profitez", "dernière chance", "plus que", "offert", "gratuit", "promotion", "soldes", "réservez",
    "commandez", "inscrivez-vous", "abonnez-vous", "suivez", "participez", "gagnez", "concours", "notre nouveau",
    "nos nouve", "notre nouvelle", "une nouvelle", "on ouvre", "rejoignez", "disponible", "lien en bio", "jusqu'à",
    "rendez-vous", "ven ", "venid", "vengan", "descubre", "aprovecha", "última oportunidad", "últimas", "solo quedan",
    "solo hoy", "oferta", "descuento", "sorteo", "gana ", "participa", "síguenos", "etiqueta", "reserva", "compra",
    "suscríbete", "apúntate", "inscríbete", "nuestro nuevo", "nuestra nueva", "ya disponible", "enlace en", "abrimos",
    "te esperamos", "os esperamos", "scopri", "sconto", "offerta", "vieni", "iscriviti", "prenota", "novità",
    "desconto", "promoção", "aproveite", "venha", "confira", "korting", "ontdek", "bestel", "schrijf je in", "nieuw",
    "скидк", "акция", "только сегодня", "خصم", "الآن", "お店", "新しい", "今週末", "限定", "セール", "新品", "优惠",
    "限时", "上市", "折", "오세요", "할인", "출시", "ลดราคา", "โปรโมชั่น", "advertisement",
)  # fmt: skip
"""What posts say to their readers: calls, offers and news."""
# What a message is: a draft, talk among colleagues, perhaps either, or nothing for Candor. One pure function.

_SUBTYPES = frozenset({"", "file_share", "thread_broadcast"})
"""The kinds of message that a person writes; joins, topics, ``me_message`` and the like are not among them."""

_TINY = 2
_LENGTHS = (3, 6, 10, 16, 30)
"""Words."""
_BESIDE_A_LINK = 4
"""Words that a link needs beside it to speak for a post."""
_SURE_OF_A_POST, _SURE_OF_TALK = 0.3, -2.5
"""A post that is taken for talk is lost, talk that is taken for a post only disturbs: so the second needs more."""
_SURE_IN_PRIVATE, _SURE_WITHOUT_A_SPEAKER, _SURE_WITH_SIGNS_OF_A_POST = -1.5, -3.0, -4.0
"""Whoever writes to Candor alone either sends it a post or talks with it. It needs to be least sure of talk where
somebody briefly speaks of themselves, speaks to somebody or asks, and of one to three words."""
_SURE_THOUGH_IT_ASKS = 2.0
"""A post that begins as people do who want something of Candor ("Did you know we bake without salt too?")."""
_PUZZLED = ("?", "??", "???", "!?", "?!", "？")
_OF_A_SPEAKER = ("@you", "@me", "@question", "@request")
_OF_POSTS = ("@us", "@calls", "@money", "@percent", "@hashtag", "@many-emoji")
_QUOTES, _QUOTES_END = ('"', "“", "„", "«"), ('"', "”", "“", "»")
_SENTENCE_ENDS = (".", "!", "…")
_NAMES_BEGIN_BEHIND = (*_SENTENCE_ENDS, "?", ":")
_CODE = ("`", "->", "=>", "()", "//")
_PAID = r"(?:[€$£¥₹] ?\d|\d[\d.,]{0,9} ?(?:[€$£¥₹]|euros?\b|eur\b|usd\b|gbp\b|chf\b|pounds?\b|dollars?\b))"
_PEOPLE = r"(?:customers?|clients?|users?|members?|readers?|guests?|people|women|men|parents|kund(?:en|innen)|clientes)"
_STATES = re.compile(  # noqa: TID251 - every repetition in it is short
    rf"\b(?:costs?|kostet|kosten|coûten?t?|cuestan?) [^.!?\n]{{0,20}}?{_PAID}"
    rf"|\d ?(?:%|percent|per ?cent|prozent|por ciento|pour cent|in \d+|out of \d+|von \d+|de cada \d+)"
    rf" (?:(?:of|der|de|des|los|las|our|the|unserer|nuestros|nos) ){{0,2}}{_PEOPLE}\b"
    r"|\b(?:delivery|shipping|postage|returns|entry|admission|parking|refills?|samples?|der versand|die lieferung"
    r"|der eintritt|la livraison|l'entrée|el envío|la entrada) (?:is|are|ist|sind|est|sont|es|son)"
    r" (?:always |now |still |immer |jetzt |toujours |siempre )?(?:free|kostenlos|gratis|gratuite?s?)\b"
)
"""What a brand states of itself: a price, what costs nothing, a share of its customers."""
_NO_STATEMENT = (
    *("@me", "@question", "@request", "@mild-request", "@colleagues", "@tool", "@status", "@team"),
    *("@thanks", "@answer", "@notes"),
)
_MOST = 3
"""How much the same sign can weigh, however often it is there."""
_UNSPACED = (
    ("\u0e00", "\u0eff"),  # Thai, Lao
    ("\u0f00", "\u0fff"),  # Tibetan
    ("\u1000", "\u109f"),  # Burmese
    ("\u1780", "\u17ff"),  # Khmer
    ("\u1950", "\u1aaf"),  # Tai Le, New Tai Lue, Tai Tham
    ("\u3040", "\u30ff"),  # Japanese
    ("\u3400", "\u9fff"),  # Chinese characters
    ("\ua980", "\ua9ff"),  # Javanese, more Burmese
    ("\uaa60", "\uaadf"),  # more Burmese, Tai Viet
    ("\uff66", "\uff9f"),  # Japanese of half width
    ("\U00020000", "\U0003ffff"),  # rare Chinese characters
)
"""Scripts that put no space between words (line breaking classes SA, ID and CJ of Unicode's annex 14)."""
_BREAKS = str.maketrans(dict.fromkeys('([{"“”„«»¡¿*_~`', " ") | {"’": "'", "ʼ": "'"})


MESSAGES = Learned.read(MESSAGES_LEARNED)


class MessageKind(StrEnum):
    """What a message is for Candor."""

    DRAFT = "draft"
    UNSURE = "unsure"
    """It may be a post or talk; only somebody with judgement can tell."""
    TALK = "talk"
    CONVERSATION = "conversation"
    """Somebody talks with Candor."""
    NOTHING = "nothing"


def kind_of(message: Message, *, switched_on: bool) -> MessageKind:
    """What the message is. ``switched_on`` tells whether drafts are reviewed in its channel."""
    if message.author is not Author.PERSON or message.subtype not in _SUBTYPES:
        return MessageKind.NOTHING
    if message.thread:
        return MessageKind.CONVERSATION if message.direct or message.mentions_us else MessageKind.NOTHING
    if not _reading_words(message.text):
        shown = message.pictures or message.unread or message.has_link or message.text.strip() in _PUZZLED
        if shown and (message.direct or message.mentions_us):
            return MessageKind.CONVERSATION
        return MessageKind.NOTHING if not message.text.strip() or message.pictures else MessageKind.TALK
    if message.direct or message.mentions_us:
        talks = points_to_a_file(message) or (message.direct and _is_said_to_us(message))
        return MessageKind.CONVERSATION if talks else MessageKind.DRAFT
    return _in_a_draft_channel(message) if switched_on and not message.borrowed else MessageKind.NOTHING


def is_left(record: DraftRecord) -> bool:
    """False where an edit left nothing of a draft but signs, emoji and links."""
    return bool(record.draft.pictures or _reading_words(record.draft.text))


def hands_over_a_file(message: Message) -> bool:
    """True for a person's message to colleagues whose draft is in a file that nobody reads, so that none is reviewed.

    Where Candor is asked, it answers.
    """
    asked = message.thread or message.direct or message.mentions_us
    by_a_person = message.author is Author.PERSON and message.subtype in _SUBTYPES
    forwarded = message.borrowed and _reading_words(message.text)
    return by_a_person and not asked and not forwarded and points_to_a_file(message)


def may_be_talk(record: DraftRecord) -> bool:
    """True where a draft that was taken may be talk after all, and nobody asked for its review."""
    return record.unsure and not record.asked


def _is_said_to_us(message: Message) -> bool:
    """In a direct message. A mention, a platform's heading or a quote block speaks for a post to be reviewed."""
    around = set_apart(message)
    said = around.message
    marked = message.mentions_us or said.zones or said.pictures or has_heading(said.text) or around.firm
    if marked or _goes_on_as_a_post(said):
        return False
    odds = post_odds(said)
    if is_said_to_candor(said.text):
        return odds < _SURE_THOUGH_IT_ASKS
    return not around.asking and odds <= _sure_in_private(said)


def _sure_in_private(message: Message) -> float:
    """How little may speak for a post where somebody talks with Candor, and none of its own phrases says so."""
    signs = signs_of(message, asking=SideNotes.NOTHING)
    if "@lines" in signs or f"@over-{_LENGTHS[-1]}" in signs:
        return -inf
    if {sign for sign in _OF_POSTS if sign in signs} - ({"@calls"} if "@question" in signs else set()):
        return _SURE_WITH_SIGNS_OF_A_POST
    speaks = any(sign in signs for sign in _OF_A_SPEAKER) or f"@over-{_LENGTHS[0]}" not in signs
    return _SURE_IN_PRIVATE if speaks and f"@over-{_LENGTHS[3]}" not in signs else _SURE_WITHOUT_A_SPEAKER


def _goes_on_as_a_post(message: Message) -> bool:
    """True for a post that opens with a question ("Do you know where your coffee comes from? We do. …")."""
    seen = _Seen.of(message)
    asks, _, rest = message.text.partition("?")
    answered = len(_reading_words(rest)) >= _BESIDE_A_LINK and not seen.question and not seen.said() & ME
    ours = _Seen.of(replace(message, text=asks)).said() & US
    signs = signs_of(replace(message, text=rest), asking=SideNotes.NOTHING) if answered else {}
    return sum(sign in signs for sign in _OF_POSTS) >= (_MOST - 1 if ours else 1)


def refusal_of(message: Message) -> RequestOutcome | None:
    """Why a message cannot be reviewed although somebody asks for it; None where it can."""
    if message.author is Author.OUTSIDER:
        return RequestOutcome.OUTSIDER
    if message.author is Author.BOT or message.subtype not in _SUBTYPES | {"me_message"}:
        return RequestOutcome.NOT_BY_A_PERSON
    has_words = _reading_words(message.text) and not points_to_a_file(message)
    return None if has_words else RequestOutcome.NO_TEXT


def _in_a_draft_channel(message: Message) -> MessageKind:
    if points_to_a_file(message):
        return MessageKind.TALK
    around = set_apart(message)
    odds = post_odds(around.message, asking=around.asking)
    if odds >= _SURE_OF_A_POST:
        return MessageKind.DRAFT
    return MessageKind.TALK if odds <= _SURE_OF_TALK else MessageKind.UNSURE


_SURE_IN_A_THREAD = 1.0
"""There most of what people write is talk."""
_TO_COLLEAGUES = ("@request", "@team", "@thanks", "@answer", "@status", "@notes", "@tool")


def variants_of_reply(message: Message) -> tuple[AudienceVariant, ...]:
    """The posts in what a person wrote in a thread, each with whom a heading says it is for; nothing of talk."""
    around = set_apart(replace(message, thread="", direct=False))
    text = around.message.text
    if message.borrowed or not _reading_words(text):
        return ()
    odds = post_odds(around.message, asking=around.asking)
    variants = each_addressed(text, message.text[: around.begin].strip().rpartition("\n")[2])
    is_headed = bool(variants[1:] or variants[0].audience or variants[0].platform)
    signs = signs_of(around.message, asking=SideNotes.NOTHING)
    sure = odds >= _SURE_IN_A_THREAD and not any(sign in signs for sign in _TO_COLLEAGUES)
    if not sure and not (is_headed and odds > _SURE_OF_TALK):
        return ()
    return variants


def post_odds(message: Message, *, asking: SideNotes = SideNotes.NOTHING) -> float:
    """How much speaks for a post, as the logarithm of the odds; less than 0 speaks for talk."""
    signs = signs_of(message, asking=asking)
    return MESSAGES.odds(signs | words_of(message.text)) + _beside_the_words(message) + 3.5 * _states(message, signs)


def _states(message: Message, signs: Mapping[str, float]) -> bool:
    """True for a statement about what is sold, and no word to anybody."""
    text = message.text.strip()
    spoken = any(sign in signs for sign in _NO_STATEMENT) or text[:1].islower()
    return not spoken and bool(_STATES.search(text.lower().replace("’", "'")))


def _beside_the_words(message: Message) -> float:
    """What few messages that were learned from show, or none, in the same unit: weighed by hand."""
    quoted = sum(end - start for start, end in message.zones) * 2 >= len(message.text.strip())
    return (
        4.0 * has_heading(message.text)
        + (4.0 if quoted else 1.0) * bool(message.zones)
        + 4.0 * _opens_with_somebodys_words(message.text)
        + 2.0 * ("⭐⭐⭐" in message.text.replace("\ufe0f", ""))
        + 2.0 * bool(message.pictures)
        - 1.5 * bool(message.mentions or "@here" in message.text or "@channel" in message.text)
        - 2.0 * is_only_a_note(message)
        - 3.0 * announces_plan(message.text.lower().lstrip(" *_#•-").partition("\n")[0])
    )


def _opens_with_somebodys_words(text: str) -> bool:
    """True for '"The goats are why I came." Ines, regular since 2019': a quoted sentence, and whose it is."""
    begun = text.lstrip(" *_>⭐\ufe0f🌟")
    end = next((at for at, c in enumerate(begun) if at and c in _QUOTES_END), 0) if begun[:1] in _QUOTES else 0
    said, behind = begun[1:end], begun[end + 1 :]
    whole = len(_reading_words(said)) >= _MOST and said[-1:] in _SENTENCE_ENDS
    return whole and bool(_reading_words(behind)) and not behind.rstrip().endswith(("?", "？"))


@dataclass(frozen=True, slots=True)
class _Seen:
    """A message's words as the signs are looked for in them."""

    message: Message
    text: str
    """In small letters, on one line, with a space before it and behind it."""
    words: int
    sentences: int

    @classmethod
    def of(cls, message: Message) -> _Seen:
        text = f" {' '.join(message.text.lower().translate(_BREAKS).split())} "
        body = text.rstrip(" .!?…。！？؟។။")
        return cls(message, text, _length(message.text), 1 + sum(body.count(end) for end in ENDS))

    def has(self, begun: Iterable[str]) -> int:
        """How many of the phrases it says, each given as it is looked for (`_from_words`)."""
        return sum([phrase in self.text for phrase in begun])

    def begins(self, phrases: Iterable[str]) -> bool:
        """True where it begins with one of them."""
        return self.text[1:].startswith(tuple(phrases))

    @property
    def single(self) -> bool:
        """True for one sentence."""
        return self.sentences == 1

    @property
    def question(self) -> bool:
        """True where it ends by asking."""
        return self.text.rstrip().endswith(("?", "？", "؟"))

    def has_tool(self) -> bool:
        """True where it links to a place where people work."""
        links = [word for word in self.text.split() if "://" in word]
        return any(tool in link for link in links for tool in TOOLS)

    def said(self) -> set[str]:
        return {word.strip(".,;:!?…") for word in self.text.split()}


def signs_of(message: Message, *, asking: SideNotes) -> dict[str, float]:
    """The signs of a post and of talk that a message shows, each with how strongly."""
    seen = _Seen.of(message)
    raw, said = message.text, seen.said()
    mild = seen.has(_BEGUN_MILD_REQUESTS)
    begins = {
        "@thanks": seen.begins(THANKS) and not seen.begins(THANKS_TO_AN_AUDIENCE),
        "@thanks-last": seen.text.rstrip(" !.").endswith(THANKS_AT_THE_END),
        "@status": seen.begins(STATUS),
        "@opening": seen.begins(OPENINGS),
        "@team": seen.begins(TEAM_GREETINGS),
        "@notes": raw.lower().lstrip(" *_#•-").startswith(NOTES),
        "@answer": seen.text.split()[0].strip(",.!…") in ANSWERS,
    }
    says = {
        "@calls": min(_MOST, seen.has(_BEGUN_CALLS)),
        "@colleagues": min(_MOST, seen.has(_BEGUN_COLLEAGUES)),
        "@request": seen.has(_BEGUN_REQUESTS) > mild,
        "@mild-request": mild > 0,
        "@us": bool(said & US),
        "@you": bool(said & YOU),
        "@me": bool(said & ME),
        "@tool": seen.has_tool(),
        "@code": any(mark in word for word in seen.text.split() for mark in _CODE if "://" not in word),
    }
    asked = {f"@asking-{asking.value}": bool(asking)}
    return {name: float(value) for name, value in (begins | says | asked | _shape(seen, raw)).items() if value}


def _shape(seen: _Seen, raw: str) -> dict[str, bool]:
    """What it looks like: its length, hashtags, figures, capitals and emoji."""
    tokens = raw.split()
    lines = sum(bool(line.strip()) for line in raw.splitlines())
    emoji = sum(unicodedata.category(c) == "So" for c in raw)
    return {
        **{f"@over-{words}": seen.words > words for words in _LENGTHS},
        "@lines": lines > 1,
        "@many-lines": lines > _MOST,
        "@single": seen.single,
        "@question": seen.question,
        "@small": not any(c.isupper() for c in raw),
        "@small-start": next((c.islower() for c in raw if c.isalpha()), False),
        "@names": _names(tokens) > 1,
        "@unended": raw.rstrip()[-1:].isalnum(),
        "@hashtag": any(len(word) > _TINY and word[0] == "#" and word[1].isalpha() for word in tokens),
        "@money": any(c in raw for c in "€$£¥₹"),
        "@percent": any("%" in word and word[0].isdigit() for word in tokens),
        "@loud": raw.count("!") > 1 or sum(w.isalpha() and w.isupper() and len(w) > _MOST for w in tokens) > 1,
        "@emoji": emoji > 0,
        "@many-emoji": emoji > 1,
        "@quotes": any(c in raw for c in '"“”«»„'),
        "@link-alone": seen.message.has_link and seen.words < _BESIDE_A_LINK,
    }


def _names(tokens: list[str]) -> int:
    """How many words begin with a capital where no sentence does: names, in most languages."""
    words = [token.strip("\"“(*_'") for token in tokens if "://" not in token]
    within = (word for before, word in pairwise(words) if before[-1:] not in _NAMES_BEGIN_BEHIND)
    return sum(word[:1].isupper() and word.replace("’", "'").partition("'")[0] != "I" for word in within)


def _from_words(phrases: Iterable[str]) -> tuple[str, ...]:
    """The phrases as they are looked for: from the beginning of a word on, where their script has spaces."""
    return tuple(f" {one}" if one[0].isalnum() and one[0] < _UNSPACED[0][0] else one for one in phrases)


_BEGUN_CALLS, _BEGUN_COLLEAGUES = _from_words(CALLS), _from_words(COLLEAGUES)
_BEGUN_REQUESTS, _BEGUN_MILD_REQUESTS = _from_words(REQUESTS), _from_words(MILD_REQUESTS)


def _length(text: str) -> int:
    """How many words; in scripts without spaces two letters count as one."""
    far = [] if text.isascii() else [c for c in text if c >= _UNSPACED[0][0] and c.isalpha()]
    unspaced = sum(any(low <= c <= high for low, high in _UNSPACED) for c in far)
    return len(_reading_words(text)) + unspaced // 2


def _reading_words(text: str) -> list[str]:
    """The words of a text; links, emoji and ``:names:`` of emoji are none."""
    pieces = [piece for piece in text.split() if "://" not in piece and not (piece[0] == piece[-1] == ":")]
    return [piece for piece in pieces if any(c.isalnum() for c in piece)]
