"""Later words that an exception or a dismissal speaks of, and those that it does not."""

from __future__ import annotations

import pytest

from bot.rules.same_points import may_be_same
from bot.rules.wording import covers


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ("limited edition", "limited editions"),
        ("limited edition", "limited-edition"),
        ("limited edition", "LIMITED EDITION!"),
        ("limited edition", "limited edition of 300 prints"),
        ("our limited edition", "a limited edition"),
        ("e-mail list", "email lists"),
        ("you won't believe it", "You won’t believe it"),
        ("Act now! Only 3 left", "act now, only 3 left"),
        ("sale\nof the year", "sale of the year"),
        ("limitierte Auflage", "unsere neuen limitierten Auflagen"),
        ("bester Preis", "beste Preise"),
        ("klima\u00adneutral", "klima-neutral"),
        ("edición limitada", "ediciones limitadas"),
        ("édition limitée", "l’édition limitée"),
        ("edizione limitata", "edizioni limitate"),
        ("beperkte oplage", "beperkte oplagen"),
        ("oferta exclusiva", "ofertas exclusivas"),
        ("limitowana edycja", "limitowane edycje"),
        ("…", "…"),
        ("baked daily by hand", "hand-baked daily"),
        ("50 free tickets, today only", "Today only: 50 free tickets!"),
        ("limited time offer", "ltd. time offer"),
        ("zum Beispiel Dinkelbrot", "z. B. Dinkelbrot"),
        ("5 minutes to glow", "5-min to glow"),
        ("in zwei Wochen glatter", "in 2 Wochen glatter"),
        ("our favourite doughnut", "our favorite donuts"),
        ("Fotografie für alle", "Photographie fuer alle"),
        ("edición limitada", "Edicion limitada"),
        ("verwöhnt deine Haut", "verwöhne deine Haut"),
        ("comprando con calma", "compra con calma"),
        ("best coffee in Leeds", "so, best coffee in Leeds"),
        ("you won't find a softer hoodie", "You will not find a softer hoodie"),
        ("don't miss out", "Do NOT miss out!!"),
        ("cruelty free", "#CrueltyFree"),
        ("selling out fast", "these are selling out so fast"),
        ("this will blow your mind", "this'll blow your mind"),
        ("trusted by ten thousand teams", "Trusted by 10,000 teams"),
        ("for $50", "for 50 USD"),
        ("ends Sunday, 9 pm", "ends Sun, 9pm"),
        ("partage cette photo", "partagez cette photo"),
        ("reserva ya", "reservad ya"),
        ("doors close on Friday", "Doors closing Friday!"),
        ("dermatologist-tested", "tested by dermatologists"),
        ("trusted by thousands of teams", "Thousands of teams trust us"),
        ("cancel any time", "Cancel anytime 🙌"),
        ("only a few left", "just a few left ❤️"),
        ("comment for part two", "comment for pt. 2"),
    ],
)
def test_other_forms_and_a_few_harmless_words_around_are_covered(known: str, words: str) -> None:
    assert covers(known, words)


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ("sale", "sale ends tonight, last chance"),
        ("limited edition", "no limited edition"),
        ("limited edition", "isn't a limited edition"),
        ("limited edition", "limited edition, handmade"),
        ("limited edition", "limited edition everyone loves and shares"),
        ("limited edition", "limited edition for $300"),
        ("limited edition", "limited edition of 300"),
        ("limited edition", "limited edition of 30% silk"),
        ("300 limited editions", "300 limited editions of 20 prints"),
        ("limited edition", "12 May limited edition"),
        ("limited edition of 300 prints", "limited edition"),
        ("limited edition", "unlimited edition"),
        ("buy one, get two", "buy two, get one"),
        ("brands that people trust", "people that trusted brands made rich"),
        ("from good to best", "from best to good"),
        ("children pay, parents eat free", "parents pay, children eat free"),
        ("a minimum of 5", "5 min"),
        ("our fastest router", "the fastest router"),
        ("our oats beat dairy", "dairy beats our oats"),
        ("vegan chocolate milk", "vegan milk chocolate"),
        ("we land sooner than others", "others land sooner than we"),
        ("limited. edition", "limited"),
        ("only 3 left", "only 13 left"),
        ("from 1.5 kg", "from 15 kg"),
        ("handmade", "handmade soap"),
        ("natural", "naturally"),
        ("fast", "faster"),
        ("organic", "organisation"),
        ("", "limited edition"),
        ("…", "limited"),
        ("limited", "…"),
        ("the", "a"),
        ("3 left", "only 3 left"),
        ("only members save", "members save"),
        ("made for kids", "made by kids"),
        ("loved by cats and dogs", "cats and dogs love snakes"),
        ("from $1.50", "from $150"),
        ("a shot for more energy", "a shot for more energy during pregnancy"),
    ],
)
def test_another_number_promise_or_product_and_a_denial_are_not(known: str, words: str) -> None:
    assert not covers(known, words)


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ("cheaper than your daily latte", "costs less than your daily latte"),
        ("trusted by over ten thousand teams", "10,000+ teams trust us"),
        ("€50 less", "50 euros less"),
        ("sleep better from night one", "better sleep from the first night"),
        ("like nobody else", "like no one else"),
        ("she won't judge", "she never judges"),
        ("9 out of 10 dogs", "9/10 dogs"),
        ("loved by 10,000+ customers", "loved by over 10k customers"),
        ("saves three hours a week", "save 3 hrs every week"),
        ("we teamed up with bakers", "we partnered with bakers"),
        ("everyone talks about it", "the one that everyone talks about"),
        ("our softest towel", "a softer towel"),
        ("a softer towel", "our softest towel"),
        ("noch heute bestellen", "heute noch kaufen"),
        ("half price on all frames", "every frame is 50% off"),
        ("moitié prix sur toutes les poussettes", "-50 % sur l'ensemble de nos poussettes"),
        ("first month only £1", "First month only £1.00"),
        ("cura el acné en siete días", "cura el acné en una semana"),
        ("schlank in zwei Wochen", "in 14 Tagen zur schlanken Figur"),
        ("flash sale starts at 6 p.m.", "flash sale starts at 18:00"),
        ("no charge for your first consultation", "your first consultation is free"),
        ("kostenlose Erstberatung beim Anwalt", "gratis Erstberatung beim Anwalt"),
        ("hair removal that lasts forever", "your hair will never grow back"),
        ("our packaging doesn't harm the planet", "packaging with zero damage to the earth"),
        ("guaranteed to double your sales", "you will sell twice as much, and that's a promise"),
        ("you can't lose money with this fund", "it is impossible to make a loss with this fund"),
        ("nobody makes a better burger in Austin", "the best burger in Austin is ours"),
        ("garanteed returns of 8% a year", "guaranteed returns of 8% a year"),
        ("nobody in Glasgow does better pizza", "Glasgow's finest pizza, full stop"),
        ("the hotel is two minutes from the beach", "leave our hotel and 120 seconds later you're on the sand"),
        ("we answer every message within the hour", "you'll hear back in 60 minutes or less"),
        ("wir verwenden kein Palmöl", "auf Palmöl wird bei uns ganz verzichtet"),
    ],
)
def test_other_words_may_say_the_same_where_nothing_weighs_more(known: str, words: str) -> None:
    assert may_be_same(known, words)


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ("30% less frizz", "80% less frizz"),
        ("from $9 a month", "from $19 a month"),
        ("returns within 30 days", "free returns within 30 days"),
        ("returns within 30 days", "guaranteed returns within 30 days"),
        ("results may vary", "results vary"),
        ("up to 60% off boots", "60% off boots"),
        ("no fees", "fees"),
        ("for runners", "for every runner"),
        ("great for kids", "the first for kids"),
        ("fees", "no fees"),
        ("ends Sunday", "ends tonight"),
        ("a soft towel", "the fluffiest towel"),
        ("supports gut health", "cures bad guts"),
        ("hilft beim Einschlafen", "klinisch bewiesen"),
        ("für unsere Gäste", "für jeden Gast"),
        ("une crème douce", "une crème gratuite"),
        ("open from 6 p.m.", "open from 6:00"),
        ("in two weeks", "in two days"),
        ("double your sales", "triple your sales"),
        ("free for a week", "free for a year"),
        ("ends on Friday", "ends on Saturday"),
        ("save 20 percent", "save 70 percent in 3 weeks"),
        ("save 20%", "save 50% for 3 days"),
        ("20% off, last chance", "free"),
        ("only 20 jars left", "proven by doctors to heal acne"),
        ("20% off until Sunday", "free until we say so, guaranteed to cure you"),
        ("most loved", "proven by doctors"),
        ("contains 5 kg", "contains 5 g"),
        ("200 ml for €5", "200 l for €5"),
        ("not clinically proven", "clinically proven to work well"),
        ("free returns", "no returns"),
        ("helps with sleep", "cures insomnia"),
        ("never on a Friday", "always on a Monday"),
        ("doesn't hurt", "hurts"),
    ],
)
def test_nothing_that_weighs_more_may_be_the_same_whatever_anybody_says(known: str, words: str) -> None:
    assert not may_be_same(known, words)


def test_what_we_do_is_not_what_you_do_and_one_of_the_best_not_the_best() -> None:
    assert covers("we cover return shipping", "We cover return shipping!")
    assert not covers("we cover return shipping", "you cover return shipping")
    assert not covers("eine der schönsten Burgen am Rhein", "die schönste Burg am Rhein")
    assert not covers("du zahlst den Versand", "wir zahlen den Versand")


def test_of_long_words_only_the_very_same_are_covered() -> None:
    known = "a long line about bread " * 2_000
    assert covers(known, known.upper())
    assert not covers(known, f"{known} and butter")
