"""Kinds of sentences in posts by strangers that a rule took for something else, and kinds that rules passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.core.drafts import Draft

if TYPE_CHECKING:
    from bot.rules.engine import RuleEngine


def named(rules: RuleEngine, text: str) -> set[str]:
    return {finding.rule for finding in rules.all_findings(Draft(text, "instagram"))}


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("tag begging", "Win a tin! Tag a friend. The giveaway closes at noon on 08/06."),
        ("tag begging", "To enter, follow us and tag two friends. Open to US residents, 18 and older."),
        ("taguer des amis", "Identifie un ami pour participer. Règlement complet en bio."),
        ("reaction begging", "Comment 👇 if you know which harbour this is."),
        ("reaction begging", "What would life be like if you moved?"),
        ("teasing instead of telling", "Meet the 11 teams that will row on Sunday."),
        ("teasing instead of telling", "We can hardly wait for it to get warmer."),
        (
            "like and win",
            "Giveaway time! To enter: 1. Like this photo 2. Follow us. For details, visit larkspur.example/tin",
        ),
        ("superlative", "We fund research into the world's leading cause of blindness."),
        ("superlative", "We were named to the world's most admired bakeries list."),
        ("share of people", "94% of women said their skin felt softer.* (*Consumer testing on 104 women.)"),
        ("half a label", "Protecting what you love, for fifty years. #LifetimePartner"),
        ("crowd as proof", "Join the 2026 Harbour Challenge."),
        ("praise from somebody", "Over 7,000 five-star reviews."),
        ("powered by AI", "An investigation found AI-powered therapists that claim credentials."),
        ("countdown", "She climbed it in just 2 hours 40 minutes."),
        ("streak guilt", "Dear SoHo, we missed you. The doors open on Monday."),
        ("buried label", f"{'A good day at the sea. ' * 8} ・・・ #ad Happy Friday, my friends!"),
        ("buried label", f"{'A good day at the sea. ' * 8} #AdımAtDünyaya"),
        ("buried label", f"{'A good day at the sea. ' * 8} See our story for the tides. #ad"),
        ("secret", "Our webinar on tides starts at six. Watch here: link in bio. Password: 8L&50807"),
        ("secret", "Join us at six: https://us02web.zoom.us/j/80000000000?pwd=R3hlOTZwSUtuTnMxelVncEd1MHVB"),
    ],
)
def test_what_only_looks_like_a_fault_is_let_pass(rules: RuleEngine, rule: str, text: str) -> None:
    assert rule not in named(rules, text)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("tag begging", "Win a tin! Tag a friend. The more you tag, the more chances."),
        ("tag begging", "Tag your foodie gang 👇 and book a table. Only till 6 April."),
        ("tag begging", "Who is your ride or die? Tag 'em in the comments"),
        ("tag begging", "Tag 3 of your friends"),
        ("taguer des amis", "Identifie un ami en commentaire."),
        ("reaction begging", "Throw a 🧼 in the comments"),
        ("reaction begging", "Comment with a 💛 if you are too"),
        ("reaction begging", "Drop a 🔥 emoji  below"),
        ("like and win", "Would you like one? Like this post and follow us to win."),
        ("crowd as proof", "Over 7,000 5-star reviews!"),
        ("superlative", "We make the world's most advanced kettle."),
        ("countdown", "Only 2 days, 12 hours left!"),
        ("streak guilt", "We miss you! Come back and finish your lesson."),
        ("buried label", f"{'A good day at the sea. ' * 8} #ad #sea"),
        ("buried label", f"{'A good day at the sea. ' * 8} And our tin by @larkspurtea! #ad"),
        ("secret", "The webinar's host login is zoom@larkspur.example, password: 8L&50807"),
        ("secret", "Press login: https://larkspur.example/?pwd=R3hlOTZwSUtuTnMxelVncEd1MHVB"),
    ],
)
def test_the_fault_itself_is_found(rules: RuleEngine, rule: str, text: str) -> None:
    assert rule in named(rules, text)
