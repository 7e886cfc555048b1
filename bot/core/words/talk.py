"""What people read when they talk with Candor."""

from __future__ import annotations

from bot.core.conversation import Answer, Ending

THINKING = "is thinking …"
STOP = "Stop"
STOP_OFFERED = "Candor is writing an answer."
TRY_AGAIN = "Try again"
LINK_LEFT_OUT = "[link]"
"""In the place of an address that the model made up: only the author knows the right one."""
GONE = "That no longer fits: the answer has ended, or its message is gone."
NO_MODEL = (
    "I cannot hold a conversation here: no language model is configured. What works without one: post a draft here or "
    "in a channel for drafts, and I check it by fixed rules, suggest changes and tell you why."
)
_NOTES = {
    Ending.STOPPED: "Stopped.",
    Ending.CUT: "The answer ends here: it reached the longest length. Ask for the rest if you need it.",
    Ending.BROKEN: "The answer broke off: the language model stopped responding. Nothing you wrote is lost.",
    Ending.UNREACHABLE: "The language model cannot be reached at the moment. Nothing you wrote is lost: try again.",
    Ending.DECLINED: "The language model declined to answer this. Ask it in other words, or ask a colleague.",
    Ending.NO_MODEL: NO_MODEL,
}
PROMPTS_TITLE = "Post a draft, or ask"
PROMPTS = (
    ("What can you do?", "What can you do for me, and what do you not do?"),
    ("What do you look for?", "Which guidelines do you check a draft against? Name the most important ones."),
    ("How do I label an ad?", "How do I say in an Instagram post that a product was a gift?"),
    ("Three honest openings", "Give me three openings for a post about a mistake that we have mended."),
)
"""What is offered to somebody who opens the conversation: (label, message)."""


def note(ending: Ending) -> str:
    """What stands below an answer that did not simply end, or in its place; "" for one that did."""
    return _NOTES.get(ending, "")


def whole(answer: Answer) -> str:
    """The answer with the note below it."""
    return "\n\n".join(filter(None, (answer.text, note(answer.ending))))


def footer(answer: Answer) -> str:
    """Who wrote this, and how far to trust it."""
    if not answer.text:
        return "Automated reply by Candor."
    model = f" ({answer.model})" if answer.model else ""
    return f"AI reply by Candor{model}. It can be wrong, and it approves nothing. People decide."
