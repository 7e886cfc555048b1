"""What people read about the data stored about them and how it is deleted. Texts are in Slack's markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.commands import NAME
from bot.core.privacy import DataKind
from bot.core.words.people import count

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.core.privacy import Holdings, Reader


TITLE = "What is stored about you in this workspace"
NOTHING = "Nothing."
_KINDS = {
    DataKind.DRAFTS: ("draft", "drafts", "the texts, their reviews and what was decided"),
    DataKind.POSTS: ("approved post", "approved posts", "drafts of yours that I compare later ones with"),
    DataKind.DECISIONS: ("decision", "decisions", "which points you used or dismissed"),
    DataKind.ANSWERS: ("answer", "answers", "what you answered to questions about drafts"),
    DataKind.SIGN_OFFS: ("sign-off entry", "sign-off entries", "what you asked for or decided"),
    DataKind.FEEDBACK: ("rating", "ratings", "whether a review helped you"),
    DataKind.CONVERSATIONS: ("message to me", "messages to me", "each with my answer"),
    DataKind.COMPARISONS: ("comparison", "comparisons", "of variants, asked for by others, that quote you"),
    DataKind.PRIVATE_REVIEWS: ("private review", "private reviews", "in progress, deleted with the answer"),
    DataKind.EXCEPTIONS: ("exception", "exceptions", "which words you asked me to leave alone"),
    DataKind.MUTES: ("muted thread", "muted threads", "which ones you muted"),
    DataKind.SETTINGS: ("changed setting", "changed settings", "what you changed and when"),
    DataKind.FACTS: ("fact", "facts", "on the brand's sheet, with you as the owner"),
    DataKind.FACT_CHANGES: ("change of a fact", "changes of facts", "what you changed on the brand's sheet and when"),
    DataKind.GUIDELINES: ("entry about guidelines", "entries about guidelines", "what you did with your team's own"),
    DataKind.INSTALLATIONS: ("installation", "installations", "that you installed me"),
    DataKind.NOTICES: ("notice", "notices", "that I told you something, but not what I said"),
    DataKind.AUDITS: ("audit", "audits", "when you asked for which, but not what was found"),
    DataKind.BOOKS: ("brand book", "brand books", "that you had me read, with the guidelines I proposed"),
    DataKind.OPT_OUT: ("request", "requests", "that I read your drafts only when you ask"),
}
IS_LEAD = "The settings list you as a brand lead; any brand lead can change that."
ELSEWHERE = (
    "Your workspace keeps your messages and mine in Slack. I don't keep profiles, scores or figures about people."
)
NEXT = f"`{NAME} privacy export` sends you all of it as a file. `{NAME} privacy delete` deletes it."
EXPORTING = "I'm putting your file together. It'll come as a direct message from me."
FILE_TITLE = "What Candor stores about you"
FILE_SAYS = "Here's everything I store about you in this workspace, as you asked. Nobody else got this file."
FILE_ABOUT = (
    "Everything Candor stores about this person in this workspace, by table. Times are seconds since 1970 (UTC) "
    "or Slack's timestamps. Other people's names are left out, and so are keys that would open the workspace and "
    "what others said in channels that this person can't read any more."
)
LEFT_OUT = "left out: you can't read that channel any more"
"""In place of words of others."""
UNNAMED = "a channel you're not in"
"""In place of a channel's name."""
NO_FILE = (
    "I couldn't send you the file: Slack won't accept files from me. An admin can fix that by installing the app again."
)
ASK = "Delete what is stored about you?"
CONSEQUENCES = (
    "• Deleted for good: your drafts with their reviews and my replies, your conversations with me, your private "
    "reviews and your ratings. So are audits that you asked for, and audits and comparisons that quote you.\n"
    "• Your decisions, answers and sign-offs on other people's drafts stay, and so do your exceptions, without your "
    "name or notes. Names of campaigns in your exceptions stay too, or those would stop working.\n"
    "• Facts on the brand's sheet stay, without your name as their owner or as the person who changed them.\n"
    f"• What others wrote stays, and so does your choice not to be reviewed (`{NAME} unmute` undoes that).\n"
    "• Your messages in Slack stay; only you can delete them. This can't be undone."
)
DELETE = "Delete my data"
KEEP = "Keep it"
DELETING = "Deleting. I'll send you a direct message when it's done."
KEPT = "Nothing was deleted."


PICTURES = (
    "It also looks at pictures attached to drafts, as they are: nothing in a picture can be masked. I store what it "
    "says about them, not the pictures."
)
CREDENTIALS = (
    "I read the Content Credentials of pictures attached to drafts without sending them to anyone, and store what they "
    "say about AI with the draft."
)


def counts(holdings: Holdings) -> list[str]:
    """A line for each kind of which there is something."""
    lines: list[str] = []
    for kind, (one, many, what) in _KINDS.items():
        if number := holdings.counts.get(kind, 0):
            lines.append(f"• *{count(number, one, many)}*: {what}")
    return lines


def reader(one: Reader) -> str:
    """Who and what reads texts and pictures."""
    return f"{_model(one)} {CREDENTIALS}" if one.reads_credentials else _model(one)


def _model(one: Reader) -> str:
    if not one.model:
        return "No language model reads your texts. Fixed checks do, and the texts aren't sent to anyone."
    texts = (
        f"The language model {one.model} at {one.host} reads your texts. E-mail addresses, phone and card numbers and "
        "access keys are masked first, if their format gives them away. Names and postal addresses aren't."
    )
    return f"{texts} {PICTURES}" if one.sees_pictures else texts


def kept(days: int) -> str:
    """How long drafts are stored."""
    if not days:
        return "Drafts are kept until somebody deletes the message. That deletes the stored text and my reply too."
    after = f"{count(days, 'day')} after their last change"
    return f"Drafts are deleted {after}, or as soon as you delete the message."


DELETED = (
    DataKind.DRAFTS,
    DataKind.POSTS,
    DataKind.FEEDBACK,
    DataKind.CONVERSATIONS,
    DataKind.COMPARISONS,
    DataKind.PRIVATE_REVIEWS,
    DataKind.NOTICES,
    DataKind.AUDITS,
    DataKind.BOOKS,
)
"""The kinds that are a person's own. Of the others, but for their wish not to be reviewed, only their name goes."""


def forgotten(counts: Mapping[DataKind, int]) -> str:
    """The receipt, for when it is done. Of audits it counts those that quoted the person, too."""
    deleted = [_counted(kind, counts) for kind in DELETED if counts.get(kind)]
    others = (kind for kind in _KINDS if kind not in (*DELETED, DataKind.OPT_OUT))
    unnamed = [_counted(kind, counts) for kind in others if counts.get(kind)]
    lines = ["Done: what was stored about you in this workspace is deleted."]
    if deleted:
        lines.append(f"• *Deleted for good*, with my replies and files: {', '.join(deleted)}.")
    if unnamed:
        lines.append(f"• *Kept without your name or notes*, because they're the team's: {', '.join(unnamed)}.")
    stays = "What others wrote stays, and so do names of campaigns in your exceptions"
    choice = " and your choice not to be reviewed" if counts.get(DataKind.OPT_OUT) else ""
    return "\n".join([*lines, f"• {stays}{choice}."])


def _counted(kind: DataKind, counts: Mapping[DataKind, int]) -> str:
    one, many, _ = _KINDS[kind]
    return count(counts[kind], one, many)


def expired(days: int) -> str:
    """What is left of a reply once its draft has been deleted."""
    after = f"after {count(days, 'day')}"
    return (
        f"The stored text of this draft and its review were deleted {after}, as set in this workspace's settings. "
        "What's here in Slack is yours to keep or delete."
    )


def file_name(key: str) -> str:
    """The name of the file; ``key`` says which wish it answers."""
    return f"candor-{key}.json"
