"""What only looks like a fault beside the fault itself, in kinds of sentences that strangers wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from bot.core.drafts import Draft

if TYPE_CHECKING:
    from bot.rules.engine import RuleEngine


class Kind(NamedTuple):
    """A rule, posts that it is not about, and posts that it is about."""

    rule: str
    fine: tuple[str, ...]
    faults: tuple[str, ...]


WALK = (
    "Six miles along the river in the rain, and my socks were as dry at the end as they had been on the porch at dawn."
)
LINK = "Photos of the fair, free to use: https://"
KINDS = (
    Kind(
        "reaction begging",
        (  # compares, and asks for no like
            "What would your life look like if you stopped counting steps?",
            "Imagine what work might be like if you chose the hours.",
            "This is what it'd sound like if you put a piano on a barge.",
            "Ever wondered what your bread tastes like if you leave the dough for three days?",
            "A garden can feel like if you stand still long enough, it grows around you.",
        ),
        (
            "Like if you can't wait for spring!",
            "Saturday at last 🌞 Like if you're still in bed",
            "Our bakers never sleep. LIKE this if you love them.",
            "Retweet if you still write letters by hand.",
            "Follow us and like if you want summer back ☀️",
        ),
    ),
    Kind(
        "reaction begging",
        (  # the sign says what its sender would like to have
            "Drop a 💪 down below to get all the details of my next walking group.",
            "Leave a 🥐 below and I'll send you the recipe.",
            "Comment YES below for the link to the pattern.",
            "Drop a 📚 in the comments if you'd like the reading list.",
            "Put a 🙋 below to join Thursday's class, we have six mats.",
        ),
        (
            "Drop a 💪 down below!",
            "Leave a 🥐 below if you love croissants",
            "📌 Don't forget to like, comment and subscribe for more recipe videos",
            "Drop a 📚 in the comments if you'd rather read than work",
            "Drop a ❤️ below to get this to the whole town",
        ),
    ),
    Kind(
        "buried label",
        (  # the tie stands in the first words
            f"I've partnered with @ferrandale for the spring walks. {WALK} #sponsored",
            f"We teamed up with the @ferrandale crew. {WALK} #walking #ad",
            f"Always sponsored by @ferrandale. {WALK} #ad",
            f"This walk is sponsored by Ferrandale. {WALK} #ad #rain",
            f"In partnership with @ferrandale: {WALK} #sponsored",
        ),
        (
            f"{WALK} I've partnered with @ferrandale. #sponsored",
            f"Walked with my dog and @ferrandale socks. {WALK} #ad",
            f"{WALK} Thanks @ferrandale! #walking #ad",
            f"My partner walked, I complained. {WALK} Boots @ferrandale #sponsored",
            f"{WALK} Always sponsored by @ferrandale #ad",
        ),
    ),
    Kind(
        "label behind hashtags",
        (
            "I've partnered with @ferrandale 🥾 #rain #walks #socks #sponsored",
            "Sponsored by @ferrandale, walked by me #rain #walks #socks #ad",
            "Teamed up with @ferrandale! #rain #walks #socks #ad",
            "Our slides on growth are up #slides #template #contentmarketing #ad",
            "We're hiring two drivers in Porto #drivers #porto #jobs #ad",
        ),
        (
            "Dry feet, happy me 🥾 #rain #walks #socks #ad",
            "Loving these @ferrandale socks #rain #walks #socks #sponsored",
            "Two weeks of rain #rain #walks #socks #werbung",
            "My desk by @oakery #desk #oak #marketing #ad",
            "Coffee first, mails later @larkspurtea #tea #work #office #paidpartnership",
        ),
    ),
    Kind(
        "buried label",
        (  # a topic, or a job advert
            f"{WALK} The template for your own launch is out. #template #productlaunch #ad #marketing",
            f"{WALK} Three ads, taken apart. #digitalmarketing #ad",
            f"{WALK} What a headline has to do. #ad #branding",
            f"{WALK} We're hiring a guide for the valley, write to @ferrandale. #ad",
            f"{WALK} Guide wanted, thirty hours a week, paid lunch. #jobs #ad",
        ),
        (
            f"{WALK} And the template is by @slidery! #template #ad #marketing",
            f"{WALK} Socks by @ferrandale. #branding #ad",
            f"{WALK} #walking #ad",
            f"{WALK} Good job, boots. #boots #ad",
            f"{WALK} Hired these from @ferrandale. #sponsored",
        ),
    ),
    Kind(
        "tag begging",
        (  # a job advert
            "We're hiring! Know a nurse who loves nights? Tag them in the comments.",
            "Tag a friend who'd be great for this job.",
            "Cluster manager wanted in Guwahati. Apply by mail, or tag someone who fits. #hiring",
            "Tag someone who's looking for a new role in Leeds.",
            "Job opening: two pastry chefs. Tag a friend who bakes.",
        ),
        (
            "Tag a friend who hates her job 😂",
            "Tag someone who loves this as much as you",
            "Tag a coworker that never works on Fridays",
            "Know the feeling? Tag them in the comments.",
            "Hired a van, lost a shoe. Tag a friend who'd do the same",
        ),
    ),
    Kind(
        "like and win",
        (  # says when it ends
            "To enter: like this post and tag a friend. Winners will be announced in 72 hours.",
            "How to enter: follow us and comment. Winner drawn in 3 days!",
            "Follow and tag a friend to win. The giveaway closes in 48 hours.",
            "Like & share to win a tin. Entries open for one week.",
            "To enter, follow us and repost. We pick the winner within five days.",
        ),
        (
            "To enter: like this post and tag a friend. Winners will be announced soon.",
            "How to enter: follow us and comment. Winner gets two days at the sea!",
            "Follow and tag a friend to win. Grows in 48 hours.",
            "Like & share to win a tin. One week of tea for you!",
            "To enter, follow us and repost. We pick the winner.",
        ),
    ),
    Kind(
        "secret",
        (  # opens what the post shares
            f"{LINK}onedrive.live.com/?authkey=AKvotZe7xIXprwE9&id=3",
            f"{LINK}1drv.ms/f/fair?authkey=CNvotZe7xIXprwE9",
            f"{LINK}plus.google.com/stories/fair?authkey=CNvotZe7xIXprwE9",
            f"{LINK}firebasestorage.googleapis.com/v0/b/fair/o/1.jpg?alt=media&token=4f1c2a7e-9b7d-4e2c-8a55-0c1d2e3f4a5b",
            f"{LINK}www.dropbox.com/s/fair?access_key=x7Kp2vQ9Lm4TzR8wB3nY",
        ),
        (
            f"{LINK}fair.example/admin?authkey=AKvotZe7xIXprwE9",
            "authkey=CNvotZe7xIXprwE9 for the photos of the fair",
            f"{LINK}onedrive.live.com/fair and the authkey: CNvotZe7xIXprwE9",
            f"{LINK}evil-onedrive.live.com.example/?authkey=CNvotZe7xIXprwE9",
            f"{LINK}drive.google.com/fair?key=AIzaSyD4e5F6g7H8i9J0kLmNoPqRsTuVwXyZ012",
        ),
    ),
)


def named(rules: RuleEngine, text: str) -> set[str]:
    return {finding.rule for finding in rules.all_findings(Draft(text, "instagram"))}


@pytest.mark.parametrize(("rule", "text"), [(kind.rule, text) for kind in KINDS for text in kind.fine])
def test_what_only_looks_like_the_fault_is_let_pass(rules: RuleEngine, rule: str, text: str) -> None:
    assert rule not in named(rules, text)


@pytest.mark.parametrize(("rule", "text"), [(kind.rule, text) for kind in KINDS for text in kind.faults])
def test_the_fault_itself_is_still_found(rules: RuleEngine, rule: str, text: str) -> None:
    assert rule in named(rules, text)
