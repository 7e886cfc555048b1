"""What people read when they talk with Candor, and how it introduces itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.commands import NAME
from bot.core.conversing import Ending, TurnAnswer
from bot.core.words.privacy import kept, reader
from bot.core.words.reviewing import recorded

if TYPE_CHECKING:
    from bot.core.privacy import Introduction


# What people read when they talk with Candor.

THINKING = "is thinking …"
STOP = "Stop"
STOP_OFFERED = "Candor is writing an answer."
TRY_AGAIN = "Try again"
LINK_LEFT_OUT = "[link]"
"""In the place of an address that the model made up: only the author knows the right one."""
CONTACT_LEFT_OUT = "[left out]"
"""In the place of a number or an address that the model made up."""
NOT_APPROVED = "I can't approve posts: people decide."
INSTRUCTIONS_KEPT = "I don't share my own instructions."
"""What stands once in the place of words that a model was talked into."""
GONE = "This is out of date: the answer has ended, or its message is gone."
NO_MODEL = (
    "I can't hold a conversation here, because no language model is connected. Send me a post, without a question "
    "attached, and I'll run my fixed checks on it; *Why* below a point explains that point. The person who runs Candor "
    "can connect a model: `candor doctor` tells them how."
)
NO_MODEL_YET = (
    "I can't hold a conversation here, because no language model is connected. Choose *Connect a model* in the top bar "
    "and I can. If the bar also shows *Language model (recorded)*, choose that to see recorded answers to the "
    "questions offered here. Without either, *Why* below a point explains that point."
)
"""The same in a local workspace, where one click is enough."""
UNRECORDED = (
    "There's no recorded answer to that, and no language model is connected to give one now. To ask anything you like, "
    "choose *Connect a model* in the top bar. The questions offered in direct messages have recorded answers, and so "
    "does “@Candor why is 1 a problem?” in the thread of the sample *A subscription*. Press *Why* below a point to "
    "read its guideline."
)
"""The same where a model's recorded answers take its place."""
GREETING = (
    "Hi! Post a draft here, or in a channel where I review, and I'll answer in its thread.\n"
    f"You can also ask me about wording or a guideline. `{NAME} help` lists the rest."
)
NOT_READ = (
    "Not reviewed: I only read text. Paste the words into a message (for a video or recording, its caption or script) "
    "and I'll review them."
)
"""Of a file, whatever is in it: nobody has opened it, listened to it or watched it."""
_CAN_FIX = "The person who runs Candor can fix that."
_NOTES = {
    Ending.NO_WORDS: NOT_READ,
    Ending.STOPPED: "Stopped.",
    Ending.CUT: "The answer stops here because it got too long. Ask for the rest if you need it.",
    Ending.BROKEN: "The answer broke off: the language model stopped responding. Nothing you wrote is lost.",
    Ending.UNREACHABLE: "I can't reach the language model right now. Nothing you wrote is lost; please try again.",
    Ending.DECLINED: "The language model wouldn't answer this. Try rephrasing it, or ask a colleague.",
    Ending.NO_ROOM: f"I can't answer: this is more than the language model can read at once. {_CAN_FIX}",
    Ending.KEY: f"I can't answer: the language model's server refused the key. {_CAN_FIX}",
    Ending.NO_SUCH_MODEL: f"I can't answer: the language model's server has no model by that name. {_CAN_FIX}",
    Ending.NO_CREDIT: f"I can't answer: the account for the language model has no credit left. {_CAN_FIX}",
    Ending.MONTH_SPENT: (
        "I can't answer: my budget for this month is used up, or too little is left. Ask me again on the first of next "
        "month."
    ),
    Ending.DAY_SPENT: "I can't answer: my budget for today is used up, or too little is left. Ask me again tomorrow.",
    Ending.NO_MODEL: NO_MODEL,
}
PROMPTS_TITLE = "Post a draft, or ask"
PROMPTS = (
    ("What can you do?", "What can you do for me, and what do you not do?"),
    ("What do you look for?", "Which guidelines do you check a draft against? Name the most important ones."),
    ("How do I label an ad?", "How do I say in an Instagram post that a product was a gift?"),
    ("Three honest openings", "Give me three openings for a post about a mistake we've put right."),
)
"""What is offered to somebody who opens the conversation: (label, message)."""
_ASKED = {label.casefold().strip("?"): message for label, message in PROMPTS}
PROMPTS_WITHOUT_MODEL = PROMPTS[:3]
"""Those that the help answers as well."""
_WHAT = (
    "I read drafts before your audience does and point out the few changes that matter: the words, what they do to a "
    "reader, and a better way to put it. Post a draft here or in a channel I review, or choose *Review this draft* in "
    f"any message's menu. `{NAME} help` lists the rest.\n\n"
    "No language model is connected here, so I only run fixed checks: I can't judge tone or context, write copy or "
    "hold a conversation. I never approve or publish anything. People decide."
)
_CHECKED = (
    "I look for three things: authenticity (evidence, real voices, permission), transparency (ads that look "
    "like ads, AI labels, conditions up front) and user control (no false pressure, an easy way out, no fear). "
    f"`{NAME} guidelines` lists everything that applies here, and `{NAME} guidelines commercial disclosure` shows one "
    "in full."
)
_LABELS = (
    "Say it in the first few words of the post, so nobody has to open the rest to see it: *Gifted by @brand* or *Ad* "
    "for a gift, *Ad* or *Paid partnership with @brand* for money. Switch on the platform's own label as well. Most "
    "readers don't know what #sp or #collab means. "
    f"`{NAME} guidelines commercial disclosure` shows the guideline. This isn't legal advice."
)
_LINK = (
    "I don't open links. Paste the text of the post here and I'll review it. If it's a picture or a video, paste its "
    "caption."
)
_HELP = (
    (("label an ad", "was a gift", "was gifted", "label a gift", "label a paid", "label ads"), _LABELS),
    (("guidelines do you", "guidelines are", "you look for", "you check", "rules do you"), _CHECKED),
    (("what can you", "what do you do", "what can i", "who are you", "how do you work", "help", "?"), _WHAT),
)
"""What a message may be about, by words in it, and the answer."""


def offered(said: str) -> str:
    """The question behind a label that somebody typed instead of pressing it; anything else as it is."""
    return _ASKED.get(" ".join(said.casefold().split()).strip(" .!?"), said)


def from_help(message: str) -> str:
    """The answer where no model is configured and the help has one (Markdown), else ""."""
    said = " ".join(message.lower().replace("’", "'").split())
    words = said.strip(" .!?") or said[:1]
    if said.startswith(("http://", "https://", "<http")) and " " not in said:
        return _LINK
    return next(
        (answer for about, answer in _HELP if any(one in said if " " in one else one == words for one in about)), ""
    )


def note(ending: Ending) -> str:
    """What stands below an answer that did not simply end, or in its place; "" for one that did."""
    return _NOTES.get(ending, "")


def whole(answer: TurnAnswer) -> str:
    """The answer with the note below it."""
    if answer.ending is Ending.NO_MODEL and answer.text:
        return answer.text
    return "\n\n".join(filter(None, (answer.text, note(answer.ending))))


def footer(answer: TurnAnswer) -> str:
    """Who wrote this, and how far to trust it."""
    if not answer.text or answer.ending in (Ending.NO_MODEL, Ending.GREETED, Ending.COMPARED):
        return "Automated reply from Candor."
    if said := recorded(answer.model):
        return f"AI reply from Candor. {said}"
    model = f" ({answer.model})" if answer.model else ""
    return f"AI reply from Candor{model}. It can be wrong. People decide."


# What Candor says of itself when it is invited to a channel, in Slack's markup.

SUMMARY = "Candor introduces itself."
HELLO = (
    "*I'm Candor, an automated assistant.* I read draft posts before your audience does and point out the few "
    "changes that matter."
)
ON = (
    "In this channel I review drafts without being asked and answer in their threads. I stay out of conversations "
    "between people. If I mistake a draft for chat, mention me in it or choose *Review this draft* in its menu."
)
OFF = (
    "In this channel I read a message only if somebody mentions me in it or chooses *Review this draft* in its "
    "menu. A brand lead can switch on reviews for all drafts here."
)
STORED = "I store the text of a draft with its review."
QUIET = (
    f"`{NAME} mute` keeps me away from your drafts, the menu on a reply mutes one thread, and `{NAME} privacy` "
    "shows what's stored."
)
SWITCH_ON = "Review drafts here"
SWITCH_OFF = "Stop reviewing here"
LATER = "Slack didn't say who the brand leads are. Please try again in a minute."
_MOST = 5


def data(introduction: Introduction) -> str:
    """What is stored, for how long, and who reads it."""
    return f"{STORED} {kept(introduction.days)} {reader(introduction.reader)}"


def only_leads(leads: tuple[str, ...]) -> str:
    """Who can switch a channel on or off."""
    named = ", ".join(f"<@{user}>" for user in leads[:_MOST])
    who = f"Here that's {named}." if named else "I don't know of any here; you can make a workspace admin one."
    return f"Only brand leads can switch reviews on or off. {who}"
