"""What people decide about points: verdicts, answers, exceptions, contact data and thumbs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, StrEnum
from typing import TYPE_CHECKING

from bot.core.deciding import (
    LATELY,
    OFTEN,
    Answer,
    Decision,
    Dismissal,
    Feedback,
    GuidelineException,
    Lasting,
    Proposal,
    Scope,
    Thumb,
    Verdict,
    VerdictReason,
    letter_for_letter,
)
from bot.core.drafts import Place, Target, later, newer, reference
from bot.core.errors import TryLater
from bot.core.findings import contact_of, with_contact, without_contact
from bot.core.judging import Question
from bot.core.reviewing import standing_in
from bot.core.settings import ALWAYS_ON
from bot.core.watching import PROPOSED, Notice, channel_of
from bot.core.words.deciding import proposal
from bot.flows.replying import find_point, lead_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.core.deciding import Covers, ExceptionStore, FeedbackReason, Feedbacks, Rated, Repeat, Repeats
    from bot.core.drafts import Click
    from bot.core.findings import Finding
    from bot.core.home import Links
    from bot.core.ports import Answers, Clock, Drafts, Jobs, ProblemsOf, Verdicts
    from bot.core.reviewing import DraftState, Point
    from bot.core.settings import WorkspaceSettings
    from bot.core.watching import BrandLeads, Hidden, Notices, SeenChannels
    from bot.flows.audience import WhoSees
    from bot.flows.settings import ChangeSettings, ChooseGuidelines
    from bot.flows.watching import TellLeads


# Somebody used, dismissed or took back a finding: keep it, then ask for the thread to show it. Safe to repeat.


@dataclass(frozen=True, slots=True)
class RecordVerdict:
    """Of two clicks on the same finding the later one counts, in whatever order they arrive."""

    drafts: Drafts
    verdicts: Verdicts
    jobs: Jobs
    exceptions: ExceptionStore | None = None
    """Where an exception ends when its author takes the dismissal back that it came from."""
    own: OwnContacts | None = None
    """Where contact data leaves the brand's own when somebody takes back that it is."""

    async def __call__(self, click: Click, decision: Decision) -> bool:
        """Keep the decision; False where the finding is gone or the button no longer fits it."""
        state, point = await find_point(self.drafts, click.target)
        if state is None or point is None or not _allowed(point, decision):
            return False
        verdict = Verdict(point.finding.ref, decision, click.user, at=click.at, revision=state.record.revision)
        for ref in _copies(state, point) if decision is Decision.OPEN else ():
            await self.verdicts.record(state.record.id, replace(verdict, finding=ref))
        await self.verdicts.record(state.record.id, verdict)  # last: by what it was, a repetition finds the copies
        if decision is Decision.OPEN:
            await self._lift(click, state, point)
        await self.jobs.refresh(state.record.id, click.cause)
        return True

    async def _lift(self, click: Click, state: DraftState, point: Point) -> None:
        """What goes further than the draft, as far as it came from what is taken back."""
        team = state.record.place.team
        if self.exceptions:
            for made in _made_by(click, state, point.finding):
                await self.exceptions.lift(team, made.id, click.user)
        if self.own and point.verdict and point.verdict.reason is VerdictReason.OWN_ADDRESS:
            await self.own.take_back(team, click.user, contact_of(point.finding))


def _copies(state: DraftState, point: Point) -> list[str]:
    """The other points of the decision behind it: edits carry a dismissal to what they make of its words."""
    known = point.verdict
    said = (known.decision, known.user, known.at) if known else None
    return [v.finding for v in state.verdicts if v != known and (v.decision, v.user, v.at) == said]


def _made_by(click: Click, state: DraftState, finding: Finding) -> list[GuidelineException]:
    own = [one for one in state.exceptions if one.author == click.user]
    here = [one for one in own if one.draft_id == click.target.draft_id and one.guideline == finding.guideline]
    return [one for one in here if one.speaks_of(finding, state.covers)]


def _allowed(point: Point, decision: Decision) -> bool:
    if decision is Decision.USED:
        return point.usable
    return point.finding.dismissable or decision is Decision.OPEN


# Somebody dismissed a finding with a reason: keep it here, or as an exception that goes further. Safe to repeat.


class Dismissed(Enum):
    """What became of a dismissal."""

    GONE = "gone"
    """The finding is gone, or stays for everybody's sake."""
    DONE = "done"
    ONLY_HERE = "only_here"
    """It holds for this draft; only a brand lead can make it general."""


@dataclass(frozen=True, slots=True)
class DismissFinding:
    """The window to it has a ``key``: one window makes one exception, however often it is submitted."""

    drafts: Drafts
    verdicts: Verdicts
    exceptions: ExceptionStore
    leads: BrandLeads
    jobs: Jobs
    clock: Clock

    async def finding(self, click: Click) -> tuple[Finding, str] | None:
        """What the window is about, and what the draft says; None where there is nothing to dismiss."""
        state, point = await find_point(self.drafts, click.target)
        finding = _dismissable(point)
        return (finding, state.record.draft.text) if state and finding else None

    async def may_go_further(self, team: str, user: str) -> bool | None:
        """True where the person is a brand lead; None where that cannot be found out, and then they may not."""
        try:
            return await self.leads.includes(team, user)
        except TryLater:
            return None

    async def __call__(self, click: Click, dismissal: Dismissal, key: str) -> Dismissed:
        """Keep it and ask for the thread to show it. ``click`` is the one that opened the window."""
        state, point = await find_point(self.drafts, click.target)
        finding = _dismissable(point)
        if state is None or finding is None:
            return Dismissed.GONE
        dismissal = replace(dismissal, note=dismissal.note.strip())
        verdict = _verdict(state, finding.ref, click, dismissal=dismissal)
        await self.verdicts.record(state.record.id, verdict)
        done = await self._further(state, finding, click, dismissal=dismissal, key=key)
        await self.jobs.refresh(state.record.id, f"{verdict.at}:{click.user}:{key}")
        return done

    async def _further(
        self, state: DraftState, finding: Finding, click: Click, dismissal: Dismissal, key: str
    ) -> Dismissed:
        team = state.record.place.team
        if dismissal.scope is Scope.HERE:
            return Dismissed.DONE
        # By what it does, not by its name: whatever reaches other people's drafts is a brand lead's to decide.
        if not await self.may_go_further(team, click.user):
            return Dismissed.ONLY_HERE
        made = _exception(dismissal, finding, state.record.id, user=click.user, now=self.clock.now())
        made = replace(made, id=reference(f"exception:{made.draft_id}:{made.ref}:{key}"))
        return Dismissed.DONE if await self.exceptions.add(made) else Dismissed.GONE


def _exception(dismissal: Dismissal, finding: Finding, draft_id: str, *, user: str, now: float) -> GuidelineException:
    """The exception that a dismissal makes, without an id yet."""
    return GuidelineException(
        team=Place.of(draft_id).team,
        id="",
        guideline=finding.guideline,
        ref=finding.ref,
        quote=finding.quote,
        scope=dismissal.scope,
        campaign=" ".join(dismissal.campaign.split()),
        reason=dismissal.reason,
        note=dismissal.note,
        author=user,
        draft_id=draft_id,
        created_at=now,
        expires_at=dismissal.until(now),
    )


def _dismissable(point: Point | None) -> Finding | None:
    return point.finding if point and point.finding.dismissable else None


def _verdict(state: DraftState, ref: str, click: Click, dismissal: Dismissal) -> Verdict:
    """The same again where it is known, as after a submission that comes twice."""
    known = next((verdict for verdict in state.verdicts if verdict.finding == ref), None)
    said = (Decision.DISMISSED, click.user, dismissal.reason, dismissal.note)
    if known and (known.decision, known.user, known.reason, known.note) == said:
        return known
    at = later(click.at, known.at) if known else click.at
    revision = state.record.revision
    return Verdict(
        ref, Decision.DISMISSED, click.user, at=at, revision=revision, reason=dismissal.reason, note=dismissal.note
    )


# A channel's people keep dismissing one guideline for one reason: brand leads who read the channel hear of it, once.

_ASK_AGAIN = 60.0
"""Seconds."""
_CHANNELS = ("C", "G")
"""What the ids of channels begin with; a direct message is nobody else's."""


@dataclass(frozen=True, slots=True)
class ProposeRelief:
    """Looks at a draft's dismissals after each decision about it. Changes nothing by itself. Safe to repeat."""

    drafts: Drafts
    repeats: Repeats
    tell: TellLeads
    links: Links
    names: ProblemsOf
    clock: Clock
    covers: Covers = letter_for_letter

    async def __call__(self, draft_id: str) -> None:
        """Tell them where there is something new to tell. Raises `TryLater`."""
        state = await self.drafts.state(draft_id)
        place = Place.of(draft_id)
        if state is None or not place.channel.startswith(_CHANNELS):
            return
        since = self.clock.now() - LATELY
        lately = [verdict for verdict in state.verdicts if float(verdict.at) >= since]
        dismissed = {verdict.reason for verdict in lately if verdict.decision is Decision.DISMISSED}
        for reason in sorted(one for one in dismissed if one and one is not VerdictReason.OWN_ADDRESS):
            await self._look(draft_id, place, reason, since=since)

    async def _look(self, draft_id: str, place: Place, reason: VerdictReason, since: float) -> None:
        found = await self.repeats.dismissed(place.team, place.channel, reason, since=since)
        for guideline in sorted({repeat.guideline for repeat in found if repeat.draft_id == draft_id}):
            repeats = [repeat for repeat in found if repeat.guideline == guideline]
            if len(repeats) >= OFTEN:
                await self._tell(place, reason, repeats[:OFTEN])

    async def _tell(self, place: Place, reason: VerdictReason, repeats: list[Repeat]) -> None:
        guideline, offer = repeats[0].guideline, Proposal.of(repeats, reason, self.covers)
        key = proposal_key(offer)
        if await self.tell.notices.is_told(answered(place.team, key)):
            return
        links = [await self.links.to(Place.of(repeat.draft_id)) for repeat in repeats]
        named = (await self.names(place.team)).get(guideline, guideline)
        can_be = offer.choice is None or guideline not in ALWAYS_ON
        said = proposal(named, offer if can_be else None, repeats, reason=reason, links=links)

        def text(seen: SeenChannels) -> str:
            if not seen.sure:
                raise TryLater(_ASK_AGAIN)
            return said if place.channel in seen else ""

        await self.tell(place.team, key, text, channels=[place.channel], offer=offer.target.value if can_be else "")


def proposal_key(one: Proposal) -> str:
    """What the notices of it are kept under."""
    return f"{PROPOSED}{one.guideline}:{channel_of(one.draft_id)}:{one.reason}"


def answered(team: str, key: str) -> Notice:
    """Kept where one of the brand leads has answered it."""
    return Notice(team, "", f"{key}:answered")


_WORDS_SHOWN = 10


class ProposalOutcome(Enum):
    """What became of an answer."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    BEFORE = "before"
    """Somebody has answered already."""
    AT_IT = "at it"
    """Somebody is answering; it may still come to nothing."""
    GONE = "gone"
    """The words, or the guideline, are gone."""
    NOT_YOURS = "not_yours"


@dataclass(frozen=True, slots=True)
class AnswerProposal:
    """The first brand lead's answer counts; then it rests. Raises `TryLater` where Slack does not say who leads."""

    drafts: Drafts
    exceptions: ExceptionStore
    choose: ChooseGuidelines
    leads: BrandLeads
    notices: Notices
    clock: Clock

    async def __call__(self, team: str, user: str, proposal: Proposal, *, accepted: bool) -> ProposalOutcome:
        if not await self.leads.includes(team, user):
            return ProposalOutcome.NOT_YOURS
        notice = answered(team, proposal_key(proposal))
        if not await self.notices.reserve(notice):
            return ProposalOutcome.BEFORE if await self.notices.is_told(notice) else ProposalOutcome.AT_IT
        try:
            done = await self._accept(team, user, proposal) if accepted else ProposalOutcome.DECLINED
        except TryLater:  # nothing was decided: the next click may answer at once
            await self.notices.forget(team, notice.key, ())
            raise
        await self.notices.told(notice)
        return done

    async def _accept(self, team: str, user: str, proposal: Proposal) -> ProposalOutcome:
        if proposal.choice:
            changed = await self.choose(team, user, {proposal.guideline: proposal.choice})
            return ProposalOutcome.GONE if changed.faults else ProposalOutcome.ACCEPTED
        _, point = await find_point(self.drafts, Target(proposal.draft_id, proposal.ref))
        finding = _dismissable(point)
        if finding is None:
            return ProposalOutcome.GONE
        lasting = Dismissal(proposal.reason, scope=Scope.ALWAYS, lasting=Lasting.QUARTER)
        made = _exception(lasting, finding, proposal.draft_id, user=user, now=self.clock.now())
        made = replace(made, id=reference(f"{proposal_key(proposal)}:{made.created_at}"))
        return ProposalOutcome.ACCEPTED if await self.exceptions.add(made) else ProposalOutcome.GONE


@dataclass(frozen=True, slots=True)
class ShowDismissed:
    """The words behind a suggestion, read when somebody asks: of a draft that was deleted since there are none.

    Raises `TryLater` where Slack does not say who leads.
    """

    repeats: Repeats
    leads: BrandLeads
    links: Links

    async def __call__(self, team: str, user: str, offer: Proposal) -> tuple[tuple[str, str], ...] | None:
        """The latest, each with a link to its draft; None for anybody but a brand lead."""
        if not await self.leads.includes(team, user):
            return None
        found = await self.repeats.dismissed(team, channel_of(offer.draft_id), offer.reason, since=0.0)
        mine = [one for one in found if one.guideline == offer.guideline][:_WORDS_SHOWN]
        return tuple([(one.finding.quote, await self.links.to(Place.of(one.draft_id))) for one in mine])


# Somebody changes an answer: keep the new one, then review the draft again with it. Safe to repeat.


@dataclass(frozen=True, slots=True)
class ChangeAnswer:
    """Only what was asked can be answered anew."""

    drafts: Drafts
    answers: Answers
    jobs: Jobs

    async def answer(self, click: Click) -> Answer | None:
        """The answer that a button belongs to, None where it is gone."""
        return _answer(await self.drafts.state(click.target.draft_id), click)

    async def __call__(self, click: Click, number: int) -> bool:
        """Keep the option with that number; False where it is gone. ``click`` is the one that opened the window."""
        state = await self.drafts.state(click.target.draft_id)
        known = _answer(state, click)
        if state is None or known is None or number >= len(known.options):
            return False
        chosen = known.options[number]
        if chosen != known.answer:
            at = later(click.at, known.at)
            await self.answers.record(state.record.id, replace(known, answer=chosen, user=click.user, at=at))
        # Where it stands already, the attempt before may have died in between: then the round begins, unless it was
        # begun. A round under way may have read the answer before.
        if job := await self.drafts.next_round(state.shows if chosen == known.answer else state.record.job):
            await self.jobs.review(job)
        await self.jobs.refresh(state.record.id, f"changed:{number}:{click.cause}")
        return True


def _answer(state: DraftState | None, click: Click) -> Answer | None:
    answers = state.answers if state else ()
    found = (answer for answer in answers if Question(answer.guideline, "", ()).ref == click.target.ref)
    return next((answer for answer in found if answer.options), None)


# Somebody answered a question about a draft: keep the answer, then review the draft again with it.


@dataclass(frozen=True, slots=True)
class AnswerQuestion:
    """The reply shows at once that it was answered; the new round follows. Safe to repeat."""

    drafts: Drafts
    answers: Answers
    jobs: Jobs

    async def __call__(self, click: Click, number: int) -> bool:
        """Keep the answer with that number; False where the question is gone or somebody else answered it."""
        state = await self.drafts.state(click.target.draft_id)
        asked = _asked(state, click)
        if state is None or asked is None or number >= len(asked.answers):
            return False
        again = any(answer.at == click.at for answer in state.answers)
        chosen = asked.answers[number]
        answer = Answer(
            asked.guideline, chosen, click.user, at=click.at, question=asked.question, options=asked.answers
        )
        await self.answers.record(state.record.id, answer)
        # The same click may come again after a crash: then the round begins unless it was begun already.
        if job := await self.drafts.next_round(state.shows if again else state.record.job):
            await self.jobs.review(job)
        await self.jobs.refresh(state.record.id, click.cause)
        return True


def _asked(state: DraftState | None, click: Click) -> Question | None:
    """The question, where nobody answered it by another click."""
    if state is None or state.review is None:
        return None
    taken = {answer.guideline for answer in state.answers if answer.at != click.at}
    asked = (q for q in state.review.critique.questions if q.ref == click.target.ref)
    return next((q for q in asked if q.guideline not in taken), None)


# Show the exceptions of a workspace: all of them, or those that matter to one draft.


@dataclass(frozen=True, slots=True)
class ListExceptions:
    """Reads what is in force at this moment. An exception quotes the channel in which somebody made it."""

    exceptions: ExceptionStore
    drafts: Drafts
    sees: WhoSees

    async def __call__(self, team: str, user: str, draft_id: str = "") -> tuple[tuple[GuidelineException, ...], Hidden]:
        """Those that the person may see, the newest first, and how many others there are.

        With ``draft_id`` only those that silence a finding of that draft.
        """
        every = await self._every(team, draft_id)
        seen = await self.sees.drafts(team, user, [one.draft_id for one in every])
        return seen.of(every, lambda one: channel_of(one.draft_id))

    async def _every(self, team: str, draft_id: str) -> tuple[GuidelineException, ...]:
        if not draft_id:
            return await self.exceptions.of(team)
        standing = standing_in(await self.drafts.state(draft_id))
        return tuple(dict.fromkeys(one for _, one in standing.excepted)) if standing else ()


# Somebody lifts an exception: its author, or a brand lead. Safe to repeat.


class Lifted(Enum):
    """What became of it."""

    DONE = "done"
    GONE = "gone"
    """It had ended already."""
    NOT_YOURS = "not_yours"


@dataclass(frozen=True, slots=True)
class LiftException:
    """The draft it came from shows it at once, and so does ``shown_in``; others with their next review or click."""

    exceptions: ExceptionStore
    leads: BrandLeads
    jobs: Jobs

    async def __call__(self, team: str, exception_id: str, user: str, shown_in: str = "") -> Lifted:
        found = await self.exceptions.find(team, exception_id)
        if found is None:
            return Lifted.GONE
        if user != found.author and not await self._is_lead(team, user):
            return Lifted.NOT_YOURS
        done = await self.exceptions.lift(team, exception_id, user)
        # Also where it was lifted already: the attempt before may have died in between.
        for draft_id in {found.draft_id, shown_in} - {""}:
            await self.jobs.refresh(draft_id, f"lifted:{exception_id}")
        return Lifted.DONE if done else Lifted.GONE

    async def _is_lead(self, team: str, user: str) -> bool:
        try:
            return await self.leads.includes(team, user)
        except TryLater:
            return False


# Somebody says that a contact in a draft is the brand's own: keep it for good, or here. Safe to repeat.

_FIELD = "public_addresses"


@dataclass(frozen=True, slots=True)
class Owned:
    """What became of it. ``for_good`` is True where a brand lead said so: the contact stands in the settings now."""

    contact: str
    for_good: bool


@dataclass(frozen=True, slots=True)
class OwnContacts:
    """The list itself is a setting, so who added what is noted there, and brand leads edit it."""

    drafts: Drafts
    verdicts: Verdicts
    jobs: Jobs
    change: ChangeSettings

    async def __call__(self, click: Click) -> Owned | None:
        """Dismiss the point, and add the contact where the person may; None where the point is gone."""
        state, point = await find_point(self.drafts, click.target)
        found = point.finding if point else lead_in(state, click.target)
        contact = contact_of(found) if found else ""
        if state is None or found is None or not contact:
            return None
        decided = Decision.DISMISSED, click.user, click.at, state.record.revision, VerdictReason.OWN_ADDRESS
        await self.verdicts.record(state.record.id, Verdict(found.ref, *decided))
        added = await self._add(state.record.place.team, click.user, contact)
        await self.jobs.refresh(state.record.id, click.cause)
        return Owned(contact, added)

    async def take_back(self, team: str, user: str, contact: str) -> None:
        """Take it out of the settings again, where the person may; for anybody else it stays there."""
        await self._edit(team, user, lambda own: without_contact(own, contact))

    async def _add(self, team: str, user: str, contact: str) -> bool:
        return await self._edit(team, user, lambda own: with_contact(own, contact))

    async def _edit(self, team: str, user: str, edit: Callable[[tuple[str, ...]], tuple[str, ...]]) -> bool:
        def edited(settings: WorkspaceSettings) -> dict[str, str]:
            return {_FIELD: ", ".join(edit(settings.own_contacts))}

        try:
            return not (await self.change.edit(team, user, edited)).faults
        except TryLater:
            return False


# Somebody says whether a critique helped. Safe to repeat.


class Given(StrEnum):
    """What became of it."""

    KEPT = "kept"
    TAKEN_BACK = "taken back"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class GiveFeedback:
    """The same thumb a second time takes it back, the other one replaces it."""

    feedbacks: Feedbacks

    async def __call__(self, rated: Rated, given: Feedback) -> Given:
        known = await self.feedbacks.find(rated, given.user)
        if known and not newer(given.at, known.at):  # the same click again, or an earlier one that comes late
            return Given.TAKEN_BACK if known.thumb is Thumb.NONE else Given.KEPT
        back = known is not None and known.thumb is given.thumb
        kept = Feedback(given.user, Thumb.NONE if back else given.thumb, given.at)
        if not await self.feedbacks.save(rated, kept):
            return Given.GONE
        return Given.TAKEN_BACK if back else Given.KEPT


# Somebody says what was wrong with a critique.


@dataclass(frozen=True, slots=True)
class ExplainFeedback:
    """Belongs to the thumb that stands; one that was turned or taken back meanwhile needs no reason."""

    feedbacks: Feedbacks

    async def __call__(self, rated: Rated, user: str, reason: FeedbackReason, note: str) -> bool:
        """Keep it; False where there is no thumb down any more."""
        known = await self.feedbacks.find(rated, user)
        if known is None or known.thumb is not Thumb.DOWN:
            return False
        return await self.feedbacks.save(rated, replace(known, reason=reason, note=note.strip()))
