"""What a message is. The table is the specification; "draft" also stands for what a model should decide."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.draft import Picture
from bot.core.message import Author, Message, Place
from bot.core.reading import Kind, kind_of, refusal_of
from bot.core.request import Taken

POSTS = [
    # Short and loud
    "LAST CHANCE!!! Only minutes left!!! 30% off everything.",
    "3 spots left for our photo course. Gone tonight.",
    "Lisbon for €9! Go go go.",
    "Like and win a bike! Winner soon.",
    "Only today: buy two, get the third for free!",
    "Our bread is back #sourdough",
    "Perfect skin in 7 days or your money back",
    "Swipe up to shop the drop before it's gone",
    # Chatty
    "Okay so we did a thing. New oat flat white, same old chaos behind the counter ☕",
    "POV: you finally found a shampoo that doesn't lie to you",
    "Monday mood: croissant. That's it. That's the post.",
    "giveaway time!! tag 3 friends + follow us to win a year of free coffee ☕☕",
    "so... we kinda messed up the last batch?? here's what happened and what we do about it",
    "Ok but have you SEEN our new packaging?? 😍 we cried a little ngl",
    "Link in bio 🔗 new drop friday 6pm don't sleep on it",
    "Stop scrolling. This 20-second habit changed my mornings.",
    'Comment "GUIDE" and I\'ll send you the PDF 👇',
    "Caption: golden hour never looked this good ✨",
    "*Draft:* our summer menu is here",
    # Corporate
    "We're thrilled to announce that we've been named one of the Top 50 Workplaces in the North!",
    "I'm humbled and honoured to share that our team has won the Innovation Award 2026.",
    "Excited to share that we raised a €4M seed round to build the future of payroll 🚀",
    "In today's fast-paced world, leveraging synergies is key to unlocking sustainable growth for stakeholders.",
    "We need to talk about fast fashion. Every second, a truckload of textiles is burned or buried.",
    "We are hiring! Looking for a senior baker who likes early mornings and loud music.",
    # Posts that open as colleagues do
    "Sure, you could keep overpaying for insurance. Or you could switch in four minutes.",
    "No filters, no retouching, just skin. Meet the faces of our spring campaign.",
    "Done with diets? Same. Our new cookbook has zero rules and 80 recipes.",
    "I have a confession. I used to hate running, and then I found this app.",
    "I think we've all bought a plant we couldn't keep alive. Ours come with a 60-day promise.",
    "Let's be honest: nobody needs another productivity app. So we made a worse one.",
    "Just a reminder that your skin barrier is smarter than any serum.",
    "Thank you to everyone who came on Saturday! 412 of you, 90 loaves, one very tired oven.",
    "Thanks to you we planted 10,000 trees this year.",
    "Congrats to our very own Amira, who ran her first marathon yesterday in 4:12!",
    "Cheers to ten years of terrible puns and decent beer! Join us at the taproom on Saturday.",
    "Hello Manchester! Our second shop opens on Deansgate this Friday at 8.",
    "Good morning Leeds! We are open until noon today.",
    "Morning everyone! It's raining, so here's a code for 10% off umbrellas: SPLASH10",
    "Hi, I'm Liora, 27, yoga teacher and new mum. Follow my journey with Pavo!",
    # Questions to an audience
    "Which of these three soups should we film next week? We'll cook the winner on Thursday.",
    "Who else is tired of gym contracts that never end? We built one you can leave in two taps.",
    "Are we serious about climate? Here are the numbers, the gaps, and what we'll do about them by 2027.",
    "Our new bakery opens on Saturday! Who's coming?",
    "We redesigned our bottle: less plastic, same shampoo, a cap that finally closes. What do you think?",
    # Several lines, headings, quotes come below
    "We opened a bakery on Elm Street.\nCome and smell it.",
    "Hey Mika, two versions:\n\nLinkedIn: We opened a bakery.\nIG: Bread!",
    "IG: Bread is back",
    "Instagram\n\nBread is back",
    "1/2 Why bread?\n2/2 Because.",
    # Other languages
    "Unser neues Brot ist da. Kommt vorbei und probiert es!",
    "Nur noch heute: 20 % auf alles! Sichert euch jetzt euren Rabatt.",
    "On ouvre une nouvelle boutique à Lyon le 3 mai, venez goûter nos tartes.",
    "Dernière chance ! Plus que 3 places pour notre atelier de samedi.",
    "¡Última oportunidad! Solo quedan 5 plazas para el curso de fotografía.",
    "قهوتنا الجديدة وصلت! زورونا اليوم واستمتعوا بخصم 20% على كل المشروبات",
    "新しいパンが焼けました。今週末、ぜひお店へお越しください。",
    "春季新品上市！前一百名顾客可享八折优惠。",
    "วันนี้ลดราคาทุกชิ้นในร้าน มาเลยก่อนของหมด",
    "우리 동네에 새 빵집이 문을 열었습니다. 이번 주말에 놀러 오세요!",
]

TALK = [
    "thx!!",
    "thank you so much Dana, that was super quick",
    "Thanks for turning this around so fast, really appreciate it!",
    "Great photo, so warm and bright and honest, many thanks!",
    "good catch, fixed",
    "LGTM, ship it",
    "+1",
    "👍",
    ":tada: :tada:",
    "😂😂😂",
    "ok",
    "okay will do",
    "Ok, I'll update the sheet and ping you after lunch",
    "No, the client hasn't signed off on this one yet",
    "done ✅",
    "approved from my side",
    "haha true",
    "https://www.canva.com/design/abc",
    "see https://docs.example.com/brief",
    "Can someone look at this?",
    "can you review the LinkedIn one today?",
    "Can we push the deadline to Wednesday? The photographer is sick.",
    "The deck is almost done. Can you check slide four?",
    "could you please check the numbers in the second slide before I send it to legal",
    "Does anyone have the new logo in SVG?",
    "Anyone got a charger?",
    "Quick question: are we posting on Sunday?",
    "who's posting on Saturday?",
    "Where do I find the brand guidelines?",
    "should we add alt text?",
    "do we have the rights for this photo?",
    "What do you think of the second headline?",
    "lunch?",
    "@here who is on call today?",
    "@channel the office closes at 3 today because of the fire drill, please take your laptops with you",
    "Hi all, standup in five minutes",
    "Good morning all ☀️",
    "hey folks, who can cover the comments this weekend?",
    "Hi team, the assets for next week are in the shared folder, please have a look before Thursday.",
    "I'm off tomorrow, back on Monday",
    "I am out of office until the 12th, please ask Jonas for anything urgent.",
    "FYI legal needs two more days for the giveaway terms",
    "Heads up: the VPN is down again, IT is on it",
    "let's move this to Thursday",
    "Let's use the second photo, the first one is too dark",
    "We should probably run this past legal before it goes out",
    "just a heads up that I moved the review to 3pm",
    "Happy birthday Dana! 🎂",
    "congrats on the launch everyone, amazing work",
    "Amazing work on this one!!",
    "Sorry, wrong channel",
    "Legal said no to the giveaway.",
    "New mockups are in the drive",
    "Posting this at 5 unless someone objects",
    "Can you check this?\nThanks!",
    # Other languages
    "Danke dir!",
    "Kann jemand kurz drüberschauen?",
    "merci !",
    "Tu peux relire avant midi ?",
    "شكرا",
    "هل يمكن لأحد مراجعة النص؟",
    "ありがとうございます！",
    "これ、確認してもらえますか？",
    "谢谢",
]

UNSURE = [
    "sent it to the client, waiting for feedback",
    "Just a reminder that timesheets are due on Friday at noon",
    "Sounds like the shoot on Thursday moves to the big studio",
    "Hi everyone, the summer party moves to Friday because of the rain we expect",
    "Hi team,\nthe shoot moves to studio two on Thursday.\nBring the samples.",
    "Yes! Our pop-up is back for one weekend only. Doors open at ten.",
]


def message(text: str) -> Message:
    return Message(Place("T1", "C1", "1.0"), Author.PERSON, "U1", text, has_link="://" in text)


def kind(text: str) -> Kind:
    return kind_of(message(text), switched_on=True)


@pytest.mark.parametrize("text", POSTS)
def test_a_post_is_a_draft(text: str) -> None:
    assert kind(text) in (Kind.DRAFT, Kind.UNSURE)


@pytest.mark.parametrize("text", TALK)
def test_what_colleagues_say_to_each_other_is_talk(text: str) -> None:
    assert kind(text) == Kind.TALK


@pytest.mark.parametrize("text", UNSURE)
def test_a_long_message_that_may_be_either_is_left_to_judgement(text: str) -> None:
    assert kind(text) == Kind.UNSURE


@pytest.mark.parametrize("text", ["Bread is back.", "Agree?", "Tag someone who needs this.", "Hi team,\nlet's go"])
def test_a_short_message_that_may_be_either_is_talk(text: str) -> None:
    assert kind(text) == Kind.TALK


@pytest.mark.parametrize(
    "sign",
    [
        {"pictures": (Picture("A loaf"),)},
        {"zones": ((0, 14),)},
        {"text": "IG: Bread is back."},
        {"text": "Bread is back. #bread"},
        {"text": "Bread is back.\nCome in."},
        {"text": "Bread is back: see https://bread.example", "has_link": True},
    ],
)
def test_a_short_message_is_a_draft_where_something_speaks_for_a_post(sign: dict[str, object]) -> None:
    assert kind_of(replace(message("Bread is back."), **sign), switched_on=True) == Kind.DRAFT


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, Kind.DRAFT),
        ({"mentions": ("U2",)}, Kind.TALK),
        ({"mentions": ("U2",), "pictures": (Picture(),)}, Kind.UNSURE),
        ({"mentions": ("U2",), "zones": ((0, 5),)}, Kind.DRAFT),
        ({"subtype": "file_share", "pictures": (Picture(),)}, Kind.DRAFT),
        ({"subtype": "file_share", "pictures": (Picture(),), "text": ""}, Kind.NOTHING),
        ({"subtype": "file_share", "pictures": (Picture(),), "text": "😍"}, Kind.NOTHING),
        ({"text": " \n "}, Kind.NOTHING),
        ({"author": Author.BOT}, Kind.NOTHING),
        ({"author": Author.OUTSIDER}, Kind.NOTHING),
        ({"author": Author.OUTSIDER, "mentions_us": True}, Kind.NOTHING),
        ({"subtype": "me_message"}, Kind.NOTHING),
        ({"subtype": "channel_join"}, Kind.NOTHING),
        ({"subtype": "channel_topic"}, Kind.NOTHING),
        ({"subtype": "bot_message"}, Kind.NOTHING),
        ({"subtype": "me_message", "direct": True}, Kind.NOTHING),
        ({"thread": "0.5"}, Kind.NOTHING),
        ({"thread": "0.5", "subtype": "thread_broadcast"}, Kind.NOTHING),
        ({"thread": "0.5", "mentions_us": True}, Kind.CONVERSATION),
        ({"thread": "0.5", "direct": True}, Kind.CONVERSATION),
    ],
)
def test_who_wrote_it_and_where_decides_before_the_words_do(change: dict[str, object], expected: Kind) -> None:
    post = message("We opened a bakery on Elm Street this morning and it smells of cardamom and butter.")
    assert kind_of(replace(post, **change), switched_on=True) == expected


@pytest.mark.parametrize("text", ["thanks!", "Bread is back", "can you look at this?", POSTS[0]])
def test_a_mention_always_gets_a_review(text: str) -> None:
    for direct in (True, False):
        assert kind_of(replace(message(text), mentions_us=True, direct=direct), switched_on=False) == Kind.DRAFT


def test_an_emoji_alone_is_talk_even_where_a_review_would_be_forced() -> None:
    assert kind_of(replace(message("👍"), direct=True), switched_on=False) == Kind.TALK


@pytest.mark.parametrize("text", [POSTS[0], "IG: Bread is back", "thanks!"])
def test_elsewhere_candor_is_silent(text: str) -> None:
    assert kind_of(message(text), switched_on=False) == Kind.NOTHING


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        ({}, None),
        ({"thread": "0.5"}, None),
        ({"subtype": "me_message"}, None),
        ({"text": ":tada:"}, Taken.NO_TEXT),
        ({"text": "https://a.example/b"}, Taken.NO_TEXT),
        ({"subtype": "channel_join"}, Taken.NOT_BY_A_PERSON),
        ({"author": Author.BOT}, Taken.NOT_BY_A_PERSON),
        ({"author": Author.OUTSIDER}, Taken.OUTSIDER),
    ],
)
def test_what_can_be_asked_for(change: dict[str, object], refused: Taken | None) -> None:
    assert refusal_of(replace(message("thanks!"), **change)) is refused
