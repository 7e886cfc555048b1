"""A sign-off: asked for, decided, kept with the exact text, and told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from bot.core.drafts import reference
from bot.core.errors import TryLater
from bot.core.judging import ReviewState
from bot.core.reviewing import approved_at, open_points, sign_off_of, standing_in, subject_of
from bot.core.sign_off import MOST_NAMED, Act, Prospect, Refusal, Refused, SignOff, SignOffAct
from bot.core.watching import Notice
from bot.core.words import sign_off as words
from bot.flows.reconciling import Instead, KeepMessage

if TYPE_CHECKING:
    from bot.core.drafts import Click, Place
    from bot.core.home import Links
    from bot.core.ports import Clock, Drafts, Jobs
    from bot.core.reviewing import DraftState, Reply
    from bot.core.sign_off import SignOffs, Wish
    from bot.core.watching import BrandLeads, DirectMessages, Notices
    from bot.flows.audience import WhoSees


# What somebody would decide on, and whether they may.


@dataclass(frozen=True, slots=True)
class LookAtSignOff:
    """Brand leads decide, and nobody approves their own draft."""

    drafts: Drafts
    leads: BrandLeads

    async def __call__(self, draft_id: str, user: str, act: Act) -> Prospect | Refused:
        """The text with what is open in it, or why the person cannot decide."""
        state = await self.drafts.state(draft_id)
        if state is None or is_out_of_reach(state):
            return Refused(Refusal.GONE)
        team, author = state.record.place.team, state.record.author_id
        try:
            # The list is believed for minutes; whoever decides must be one now.
            is_lead = await self.leads.includes(team, user)
            if is_lead and not (user == author and act is Act.APPROVED):
                return prospect_of(state)
            others = tuple(lead for lead in await self.leads.of(team) if lead != user)
        except TryLater:
            return Refused(Refusal.LATER)
        if is_lead:
            return Refused(Refusal.OWN_DRAFT, others) if others else Refused(Refusal.ONLY_LEAD)
        return Refused(Refusal.NOT_A_LEAD if others else Refusal.NO_LEADS, others)


def is_out_of_reach(state: DraftState) -> bool:
    """True where nothing about a sign-off could be shown: the draft is gone, or its thread was muted before."""
    return state.record.erased or (state.record.mute is not None and state.sign_off is None)


def prospect_of(state: DraftState) -> Prospect:
    """The text that stands there now, with what is open in it."""
    standing = standing_in(state)
    read = ReviewState.AWAITED if standing is None or state.is_unread else standing.critique.state
    return Prospect(subject_of(state), open_points(standing) if standing else (), read)


# Whether exactly this text is signed off: for scripts and other programs, which cannot see the thread.


@dataclass(frozen=True, slots=True)
class IsSignedOff:
    """Asked of one workspace: its brand leads approve nothing for another."""

    drafts: Drafts
    sign_offs: SignOffs

    async def __call__(self, team: str, text: str) -> float | None:
        """When it was approved, in seconds since 1970; None where it was not, or has changed since.

        How lines end is no change: files of Windows end theirs in CRLF, messages in LF.
        """
        lines = text.replace("\r\n", "\n")
        times = [await self._exactly(team, said) for said in dict.fromkeys((lines, lines.replace("\n", "\r\n")))]
        return max((at for at in times if at), default=None)

    async def _exactly(self, team: str, text: str) -> float | None:
        states = [await self.drafts.state(draft_id) for draft_id in await self.sign_offs.with_text(team, text)]
        return max((at for state in states if state and (at := approved_at(state, text))), default=None)

    async def hashed(self, team: str, sha256: str) -> float | None:
        """The same of the text with that SHA-256."""
        text = await self.sign_offs.with_hash(team, sha256)
        return await self(team, text) if text else None


# Keep the one message about a draft's sign-off: posted with the first request or decision, edited in place.


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepSignOff(KeepMessage[SignOff]):
    """Goes on in a muted thread where it stands already: what it says must not become untrue."""

    kind: ClassVar[str] = "sign-off"
    leads: BrandLeads

    def noted(self, state: DraftState) -> Reply | None:
        """Where the message stands, as far as is noted."""
        return state.sign_off

    async def wanted(self, state: DraftState) -> SignOff | Instead:
        """How the sign-off stands for the text of now, what is open in that, and who can decide."""
        known = sign_off_of(state)
        if known is None:
            return Instead.REMOVE
        if state.record.mute and state.sign_off is None:
            return Instead.LEAVE
        return replace(known, leads=await self._leads(state), now=prospect_of(state))

    async def _leads(self, state: DraftState) -> tuple[str, ...]:
        try:
            leads = await self.leads.of(state.record.place.team)
        except TryLater:
            return ()  # the message must not wait for names
        return tuple(lead for lead in leads if lead != state.record.author_id)


# Tell by direct message whose turn it is. Safe to repeat.

_AFTER = 60.0
"""Seconds after which who was not told is tried again."""


@dataclass(frozen=True, slots=True)
class TellSignOff:
    """Leads are told of a request, the author of an objection, and whoever approved of a text that has changed since.

    Each once, without words of the draft, and nobody who cannot read its channel.
    """

    drafts: Drafts
    leads: BrandLeads
    notices: Notices
    messages: DirectMessages
    links: Links
    sees: WhoSees

    async def __call__(self, draft_id: str) -> str:
        """Tell who was not told yet, as long as it stands so. Raises `TryLater` where somebody is left."""
        state = await self.drafts.state(draft_id)
        known = sign_off_of(state) if state else None
        if state is None or known is None or state.record.place.is_direct:
            return "nothing"
        key = f"sign-off:{reference(f'{draft_id}:{known.last.key}')}"
        key = f"{key}:changed" if known.stale else key
        notices = await self._notices(state, await self._turn(state, known), key)
        if left := [notice for notice in notices if not await self.notices.is_told(notice)]:
            said = words.your_turn(known, state.record, await self.links.to(state.record.place))
            for notice in left:
                if not await self.notices.reserve(notice):
                    raise TryLater(_AFTER)
                await self.messages.tell(notice, said)
                await self.notices.told(notice)
        return "told"

    async def _turn(self, state: DraftState, known: SignOff) -> list[str]:
        """Whose turn it is. Nobody is told of what they did themselves."""
        author, last = state.record.author_id, known.last
        if last.act is Act.ASKED:
            return [lead for lead in await self.leads.of(state.record.place.team) if lead != author]
        if known.stale:
            return [last.user] if last.act is Act.APPROVED else []
        return [author] if last.act is not Act.APPROVED and author not in ("", last.user) else []

    async def _notices(self, state: DraftState, people: list[str], key: str) -> list[Notice]:
        """The first few of them who can read it. Raises `TryLater`."""
        place, inside = state.record.place, list[str]()
        for user in people:
            if len(inside) == MOST_NAMED:
                break  # Slack is asked about each
            seen = await self.sees.channels(place.team, user, [place.channel])
            if not seen.sure:
                raise TryLater(_AFTER)
            inside += [user] if place.channel in seen else []
        return [Notice(place.team, user, key) for user in inside]


# The author of a draft asks the brand leads to sign it off. Safe to repeat.


@dataclass(frozen=True, slots=True)
class AskForSignOff:
    """Keeps the request, then asks for the thread to show it."""

    drafts: Drafts
    sign_offs: SignOffs
    leads: BrandLeads
    jobs: Jobs
    clock: Clock
    sees: WhoSees

    async def __call__(self, click: Click) -> Refused | None:
        """None where it was taken, else why not."""
        state = await self.drafts.state(click.target.draft_id)
        if state is None or is_out_of_reach(state):
            return Refused(Refusal.GONE)
        if click.user != state.record.author_id:
            return Refused(Refusal.NOT_THE_AUTHOR)
        refused = await self._nobody(state) or _already(state, click)
        if refused is None:
            asked = SignOffAct(click.cause, Act.ASKED, click.user, at=self.clock.now(), subject=subject_of(state))
            await self.sign_offs.record(state.record.id, asked)
            await self.jobs.refresh(state.record.id, click.cause)
        return refused

    async def _nobody(self, state: DraftState) -> Refused | None:
        try:
            leads = await self.leads.of(state.record.place.team)
        except TryLater:
            return Refused(Refusal.LATER)
        if set(leads) <= {state.record.author_id}:
            return Refused(Refusal.ONLY_LEAD if leads else Refusal.NO_LEADS)
        others = tuple(lead for lead in leads if lead != state.record.author_id)
        return None if await self._is_read(state.record.place, others) else Refused(Refusal.NO_LEADS_INSIDE, others)

    async def _is_read(self, place: Place, leads: tuple[str, ...]) -> bool:
        """True where one of them can read it, or Slack does not say. A direct message is another matter."""
        for lead in leads:
            seen = await self.sees.channels(place.team, lead, [place.channel])
            if place.is_direct or place.channel in seen or not seen.sure:
                return True
        return False


def _already(state: DraftState, click: Click) -> Refused | None:
    """The same click may come again after a crash: then it is taken, so that the thread shows it in the end."""
    known = sign_off_of(state)
    if known is None or any(act.key == click.cause for act in known.history):
        return None
    if known.last.act is Act.ASKED:
        return Refused(Refusal.ALREADY_ASKED)
    return Refused(Refusal.ALREADY_APPROVED) if known.approved else None


# A brand lead approves a draft, asks for changes, or holds it. Safe to repeat.


@dataclass(frozen=True, slots=True)
class DecideSignOff:
    """Keeps the decision about the text that the person saw, then asks for the thread to show it."""

    look: LookAtSignOff
    sign_offs: SignOffs
    jobs: Jobs
    clock: Clock

    async def __call__(self, wish: Wish) -> Refused | Prospect | None:
        """None where it was taken; why not; or what an approval has to be confirmed in view of."""
        found = await self.look(wish.draft_id, wish.user, wish.act)
        if isinstance(found, Refused):
            return found
        same = found.subject.fingerprint == wish.subject.fingerprint
        if wish.act is Act.APPROVED and not same:
            return Refused(Refusal.CHANGED)
        if wish.act is Act.APPROVED and found.needs_care and not wish.confirmed:
            return found
        # A note on words that have changed meanwhile is kept all the same: it shows as made on the earlier text.
        left, reviewed = (found.open, found.reviewed) if same else ((), False)
        act = SignOffAct(
            wish.key,
            wish.act,
            wish.user,
            at=self.clock.now(),
            subject=wish.subject,
            note=wish.note.strip(),
            open=left,
            reviewed=reviewed,
        )
        await self.sign_offs.record(wish.draft_id, act)
        await self.jobs.refresh(wish.draft_id, wish.key)
        return None


# How many drafts wait for a brand lead.


@dataclass(frozen=True, slots=True)
class CountedSignOffs:
    """The `SignOffs` port of the digest, which takes the number alone."""

    sign_offs: SignOffs

    async def waiting(self, team: str) -> int:
        return len(await self.sign_offs.waiting(team))
