"""What people read on the page of the local workspace, and what its control interface answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.core.brand.facts import Fact, FactKind
from bot.core.brand.posts import EarlierPost
from bot.core.deciding import GuidelineException, Lasting, Scope, VerdictReason
from bot.core.drafts import Place, reference
from bot.core.findings import folded
from bot.core.words.home import REMOVE_TEXT
from bot.core.words.people import count

REFUSED = "This workspace answers only its own page and programs on this machine."
TOMBSTONE = "This message was deleted."
MESSAGE_GONE = "The linked message is gone, or you don't have access to it."
FILE_GONE = "This file was deleted."
LINK_REMOVED = "Links to this address won't open."
NO_PICTURE = "Picture without an address"
TAKEN_FOR_TALK = "Treated as chat"
"""Under a message of one's own in a channel for drafts that nobody answered; what may be done about it follows."""
MORE = "More actions"
CHOOSE = "Choose …"
NONE = "None"
OPTIONAL = "(optional)"
"""Behind the label of what needn't be filled in, as Slack says it."""
COPY = "Copy"
YES = "Yes"
NO = "No"
GO = "Go there"
READ_BY = "Drafts are read by"
FIXED_CHECKS = "Fixed checks"
RECORDED_MODEL = "Language model (recorded)"
CHANGED_SAMPLE = (
    "You changed this sample, so its recorded answer no longer fits: fixed checks will read it, unless you connect a "
    "model."
)
GO_TO = "Move the clock ahead to"
DIGEST_TIME = "The weekly digest comes on the day and at the time in Candor's settings: Monday, 09:00 UTC by default."
SAID = {
    "replace": {
        "title": "Replace what you wrote?",
        "text": "The sample will replace the text in the box.",
        "confirm": "Replace",
        "deny": "Keep mine",
    },
    "discard": {
        "title": "Discard your changes?",
        "text": "What you entered in this window will be lost.",
        "confirm": "Discard",
        "deny": "Keep editing",
    },
    "delete": {"title": "Delete this message?", "text": REMOVE_TEXT, "confirm": "Delete"},
    "whole": "Show all of it",
    "copied": "Copied",
    "selected": "Selected: now copy it",
    "now": "It is now {time}.",
    "backwards": "The clock only goes forward. Choose a later time.",
    "posted": "Posted in {channel}.",
    "show": "Show it",
    "most": "Remove one first: the limit is {number}.",
}
"""What the page's script says."""

CANNOT_AUTHORIZE = (
    "This link isn't from an app in this workspace, or it would send you to an address that isn't allowed."
)
WHERE_TO_INSTALL = "Where?"
ALLOW = "Allow"
CANCEL = "Cancel"

FAILURES = {
    "operation_timeout": "Candor didn't answer in time. Nothing is lost; try again.",
    "dispatch_failed": "Candor isn't connected right now. Try again in a few seconds.",
    "unknown_command": "Candor doesn't know that command.",
    "cant_update_message": "Only its author can edit a message.",
    "cant_delete_message": "Only its author can delete a message.",
    "message_not_found": "That message is gone.",
    "no_text": "There's nothing to post.",
    "msg_too_long": "That's too long for one message.",
    "not_in_channel": "You're not in this channel.",
}
FAILED = "That didn't work."

_SUBSCRIPTION = """\
Instagram

Our herb box brings six little pots to your door every month, and the first one is on us. 🌿
If you love your family, you cook with fresh herbs. It's that simple.
And should you ever want to stop: our office takes calls on weekdays from nine to eleven."""
_GIFTED = """\
Instagram

Three weeks with the Harbor & Pine rain barrel and I'm in love 😍 My tomatoes have never been happier!
Go and get one, they're in the shop by the harbor.

#balcony #urbangarden"""
_COUNTDOWN = """\
Email
Subject: LAST CHANCE: only 3 left!

The oak planter is almost gone. Your basket expires in 10 minutes, and this price will never come back.
Don't be the one who missed it."""
_GREEN = """\
LinkedIn

Proud day: all our candles are now 100% eco-friendly and completely climate neutral.
Studies show that natural wax is the healthiest choice for your home. The planet says thank you. 🌍"""
_CUSTOMER = """\
Instagram

> “Two nights on the linen mattress and my back pain was gone. It changed my life!”

9 out of 10 customers recommend it. It cures back pain with zero side effects. 💤"""
_PICTURE = """\
Facebook

Our spring raffle is on, and the big planter is the prize. How to enter is in the picture."""
_CLEAN = """\
Instagram

We got the size of our small pot wrong: it holds 1.8 litres, not 2.5. The label is corrected as of today.
If you bought one since 3 March and want to return it, bring it to any of our three shops. Sorry for the mix-up."""

SAMPLES = (
    ("A subscription", _SUBSCRIPTION),
    ("A gifted product", _GIFTED),
    ("A countdown", _COUNTDOWN),
    ("A green claim", _GREEN),
    ("A customer's words", _CUSTOMER),
    ("A picture", _PICTURE),
    ("A clean one", _CLEAN),
)
"""Drafts to try: a short label and the text. A model's answers to them are recorded (benchmarks/recordings.py)."""
_FOUNDED = """\
LinkedIn

We still pack every order ourselves, by the harbor where it all began. 🌱
Founded in 2014, and still run from the same little yard. The herb box costs €15 a month, and you can skip a month."""
CONTRADICTING = ("A fact that differs", _FOUNDED)
"""A draft that contradicts the sheet below: code alone finds that, so no answer to it is recorded."""
SHEET = (
    Fact("Founded in 2016 in Whitby", FactKind.ORIGIN, "company register, no. 0451", id="demo-founded"),
    Fact("The herb box costs €18 a month", FactKind.PRICE, "shop, since the spring menu", id="demo-box"),
    Fact("Returns within 30 days, opened or not", FactKind.CONDITION, "terms, section 4", id="demo-returns"),
    Fact("We pay the postage for returns", FactKind.PROMISE, "terms, section 4", id="demo-postage"),
    Fact("gardening solutions", FactKind.AVOID, "house style", id="demo-avoid"),
    Fact("“I'm Fern, an AI” is the chat's first line", FactKind.AI_LABEL, about="Fern, the chatbot", id="demo-fern"),
    Fact("“Person” in the chat reaches the shop", FactKind.HUMAN_ROUTE, about="Fern, the chatbot", id="demo-person"),
)
"""The fact sheet that the local workspace begins with."""
_CLAIMS = (
    Fact(
        "94% of customers would order the box again",
        FactKind.CLAIM,
        "survey of May 2025",
        until="2026-05-31",
        id="demo-94",
    ),
    Fact("9 in 10 customers say their herbs last two weeks", FactKind.CLAIM, "survey of May 2026", id="demo-herbs"),
)
_SOON = timedelta(days=9)


def sheet_on(moment: float) -> tuple[Fact, ...]:
    """The same with two claims; the evidence of the second lapses soon after a moment in seconds since 1970."""
    soon = datetime.fromtimestamp(moment, UTC).date() + _SOON
    return *SHEET, _CLAIMS[0], replace(_CLAIMS[1], until=soon.isoformat())


_SURVEYS = """\
Instagram

The herb box keeps its promise. 🌿 Nine in ten customers say their herbs last two weeks.
And 94% of customers would order the box again."""
LAPSED = ("Evidence that lapsed", _SURVEYS)
"""A draft that makes both claims of the sheet: one has evidence that holds. No answer to it is recorded either."""
_DELIVERY = """\
LinkedIn

The new planters are in, and there's one for every balcony. 🪴
Delivery costs €5, however many planters you order."""
DIFFERING = ("A post that differs", _DELIVERY)
"""A draft that contradicts the post below; no answer to it is recorded either."""
HISTORY = (
    EarlierPost(
        "We've got wheels! From now on we'll bring planters to your door by cargo bike. 🚲\n"
        "Delivery costs €4, however many planters you order.",
        "2026-09-14",
        "instagram",
        link="https://social.example/harbor-and-pine/914",
        id="demo-delivery",
    ),
    EarlierPost("Our repotting class costs €12, soil included.", "2026-06-02", "linkedin", id="demo-class-1"),
    EarlierPost("Our repotting class costs €15, soil included.", "2026-07-08", "instagram", id="demo-class-2"),
    EarlierPost("Our repotting class costs €12, soil included.", "2026-08-11", "email", id="demo-class-3"),
    EarlierPost("LAST CHANCE!!! Only 3 lemon trees left, act now.", "2026-08-30", "instagram", id="demo-last-chance"),
    EarlierPost("Tag three friends to win a lemon tree!", "2026-09-21", "instagram", id="demo-friends"),
)
"""What the brand said before: published posts that the local workspace begins with, and that an audit finds wrong."""
_TO_TWO_AUDIENCES = """\
City people:
Fresh herbs on the smallest balcony. The herb box costs €15 a month. Cancel any time.
---
Parents:
Dinner sorted. The herb box costs €18 a month. Free delivery."""
HOUSE_RULE = """\
---
title: Handmade, not cheap
problem: Called cheap
severity: should-fix
fixed_rules_only: true
---

## Question

Does the post say what a thing costs or why it lasts, rather than that it's cheap?

## Why

“Cheap” makes readers think of the price and forget the hands behind it. Every pot is thrown in our own yard. Say that.

## Not when

- a customer's own words

## Fix

Say what it costs, or what makes it last.

## Flag: cheap words
“{match}” makes our pots sound like any others. Say what they cost, or why they last.
Grade: certain
- (cheap|cheaper|cheapest)
### Bad
- Cheap pots for every balcony.
### Good
- Pots from €4, thrown in our own yard.
"""
"""A guideline of the team's own. No model is asked about it: the answers to the samples were recorded without it."""
HOUSE_RULE_MEETS = (
    "Your guideline and an exception",
    """\
Instagram

The spring pots are in: twelve colours, thrown by hand in our own yard, and as cheap as last year. 🌱
Tag a friend who'd grow basil in one.""",
)
"""A draft about which that guideline says something, and of which the exception below leaves something out."""
VARIANTS = ("Two audiences", _TO_TWO_AUDIENCES)
"""Versions of one post that contradict each other, for “@Candor compare”; no answer to it is recorded either."""
WITH_PICTURE = {_PICTURE: "raffle.png"}
"""The picture that belongs to a sample."""


def kept_dismissal(draft_id: str, lead: str, moment: float) -> GuidelineException:
    """What a brand lead dismissed in all drafts, once."""
    guideline, quote = "authenticity/earned-attention", "Tag a friend"
    return GuidelineException(
        team=Place.of(draft_id).team,
        id="demo-tag",
        guideline=guideline,
        ref=reference(f"{guideline}:{folded(quote)}"),
        quote=quote,
        scope=Scope.ALWAYS,
        reason=VerdictReason.HOUSE_STYLE,
        note="Our regulars like to bring a neighbour along.",
        author=lead,
        draft_id=draft_id,
        created_at=moment,
        expires_at=Lasting.YEAR.until(moment),
    )


def authorize(app: str) -> str:
    """Asked of somebody who installs an app."""
    return f"Let {app} into a workspace?"


def whole_organisation(name: str) -> str:
    """One of the places to install an app in."""
    return f"All of {name}'s workspaces"


def absent(app: str) -> str:
    """Beside the purpose of a channel that the app is not a member of."""
    return f"{app} isn't in this channel"


def unsupported(kind: str) -> str:
    """In the place of something that the page cannot draw."""
    return f"This page can't show “{kind}”."


def replies(number: int) -> str:
    """The link that opens a thread."""
    return count(number, "reply", "replies")
