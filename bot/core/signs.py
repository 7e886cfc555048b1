"""Words by which talk among colleagues and posts for an audience are told apart, in a handful of languages.

Each list is one sign. None decides alone: `bot.core.reading` weighs them.
"""

from __future__ import annotations

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
    "限时", "上市", "折", "오세요", "할인", "출시", "ลดราคา", "โปรโมชั่น",
)  # fmt: skip
"""What posts say to their readers: calls, offers and news."""
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
