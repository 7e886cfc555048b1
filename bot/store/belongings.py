"""Which rows, and which parts of others, belong to a person. Every table is named here once: a test sees to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.personal_data import Kind
from bot.store.decision_tables import EARLIER_TEXTS, EXCEPTIONS
from bot.store.digest_tables import DIGEST_SCHEDULES, DIGESTS
from bot.store.installation_tables import COVERED_TEAMS, INSTALLATIONS
from bot.store.setting_tables import SETTING_CHANGES, SETTINGS
from bot.store.sign_off_tables import FEEDBACK, OPT_OUTS, SIGN_OFFS
from bot.store.tables import (
    ANSWERS,
    ATTEMPTS,
    CLEAN_MESSAGES,
    CLEAN_TEXTS,
    CLOCKS,
    DRAFTS,
    GAPS,
    JUDGEMENTS,
    LOOKS,
    NOTICES,
    PRESENCE,
    PRIVATE_REVIEWS,
    REPLIES,
    REVIEWS,
    SIGN_OFF_MESSAGES,
    VERDICTS,
    WATERMARKS,
)
from bot.store.talk_tables import TURNS

if TYPE_CHECKING:
    import sqlalchemy as sa


@dataclass(frozen=True, slots=True)
class Own:
    """Whole rows that are a person's: those where one of the columns holds their id. ``hidden`` is not exported."""

    kind: Kind
    columns: tuple[str, ...]
    hidden: tuple[str, ...] = ()
    erased: str = ""
    """A column that is true for rows of which nothing is left but their place."""
    stays: bool = False
    """True where it outlives the deletion of everything else, because that is what the person wants."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A column in rows of others that says who did something, and what that person wrote with it."""

    kind: Kind
    column: str
    notes: tuple[str, ...] = ()
    nobody: str = ""
    """What stands there in place of the person's id."""


OWN: dict[sa.Table, Own] = {
    DRAFTS: Own(Kind.DRAFTS, ("author_id",), erased="erased"),
    FEEDBACK: Own(Kind.FEEDBACK, ("user",)),
    TURNS: Own(Kind.CONVERSATIONS, ("author_id",), ("opening",), erased="erased"),
    PRIVATE_REVIEWS: Own(Kind.PRIVATE_REVIEWS, ("user", "author_id"), ("answer_to", "id"), erased="ended"),
    NOTICES: Own(Kind.NOTICES, ("user",)),
    OPT_OUTS: Own(Kind.OPT_OUT, ("user",), stays=True),
}

SIGNED: dict[sa.Table, tuple[Signed, ...]] = {
    VERDICTS: (Signed(Kind.DECISIONS, "user", ("note",)),),
    ANSWERS: (Signed(Kind.ANSWERS, "user"),),
    SIGN_OFFS: (Signed(Kind.SIGN_OFFS, "user", ("note",)),),
    EXCEPTIONS: (Signed(Kind.EXCEPTIONS, "author", ("note",)), Signed(Kind.EXCEPTIONS, "lifted_by")),
    DRAFTS: (Signed(Kind.MUTES, "muted_by", nobody="-"),),  # "" would unmute the thread
    SETTING_CHANGES: (Signed(Kind.SETTINGS, "user"),),
    INSTALLATIONS: (Signed(Kind.INSTALLATIONS, "user"),),
}

WITH_DRAFT: tuple[sa.Table, ...] = (
    *(REVIEWS, JUDGEMENTS, CLEAN_TEXTS, EARLIER_TEXTS, REPLIES, CLEAN_MESSAGES, SIGN_OFF_MESSAGES),
    *(VERDICTS, ANSWERS, SIGN_OFFS, FEEDBACK, LOOKS, ATTEMPTS),
)
"""Rows that belong to whoever wrote their draft, and go with it."""

MENTIONS: dict[sa.Table, tuple[str, ...]] = {
    SIGN_OFFS: ("key",),
    REPLIES: ("owner",),
    CLEAN_MESSAGES: ("owner",),
    SIGN_OFF_MESSAGES: ("owner",),
}
"""Columns with keys that may hold the id of a person who clicked."""

HIDDEN: dict[sa.Table, tuple[str, ...]] = {
    INSTALLATIONS: ("bundle",),
    REPLIES: ("owner",),
    CLEAN_MESSAGES: ("owner",),
    SIGN_OFF_MESSAGES: ("owner",),
    SIGN_OFFS: ("key",),
}
"""Columns of the rows of others that nobody gets to see: secrets, and keys with other people's ids in them."""

QUOTING: dict[sa.Table, tuple[str, ...]] = {
    EXCEPTIONS: ("quote",),
    TURNS: ("answer",),
    ANSWERS: ("question", "options"),
    SIGN_OFFS: ("open",),
    PRIVATE_REVIEWS: ("text", "pictures", "zones"),
}
"""Columns with words of others: a person gets them as long as they can read the channel where those were said."""

IMPERSONAL: dict[sa.Table, str] = {
    DIGEST_SCHEDULES: "when digests come",
    DIGESTS: "where digests stand",
    COVERED_TEAMS: "which workspaces an organisation has",
    SETTINGS: "the workspace's settings; that somebody is a brand lead is for brand leads to change",
    WATERMARKS: "up to which message a channel was seen",
    PRESENCE: "when Candor was there",
    CLOCKS: "since when the machine's clock has gone on without a jump",
    GAPS: "when Candor was not there",
}
"""Tables that hold nothing about single people, each with what they hold."""
