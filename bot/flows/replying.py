"""The reply to a draft and what is asked of it: kept true, unfolded, explained, and the clean text beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from bot.core.deciding import Decision, Mute
from bot.core.drafts import Place, reference
from bot.core.findings import CleanText, clean_text
from bot.core.judging import Outcome
from bot.core.reading.languages import language_of
from bot.core.reading.variants import split_variants
from bot.core.reviewing import Standing, open_points, same_words, standing_in
from bot.core.settings import language_of_replies
from bot.core.words.settings import AS_DRAFT
from bot.flows.reconciling import Instead, KeepMessage

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.core.brand.own_guidelines import LibraryOf
    from bot.core.brand.posts import KeptPosts
    from bot.core.drafts import Click, Target
    from bot.core.findings import Finding
    from bot.core.guidelines import Guideline
    from bot.core.ports import CleanTexts, Drafts, Jobs, Step, Thread
    from bot.core.reviewing import DraftRecord, DraftState, Point, Reply, Review
    from bot.core.settings import SettingValues
    from bot.core.words.people import Language
    from bot.flows.sign_off import KeepSignOff, TellSignOff


# Find what a click is about, as the draft stands now.


async def find_point(drafts: Drafts, target: Target) -> tuple[DraftState | None, Point | None]:
    """The draft, and the point that a button belongs to, as its reply shows it or as the newest review has it.

    A reply is behind while a new review is under way and until that is shown. Its points can be asked about and
    dismissed all the same; no edit of them is usable, as the words that it would change may be others by now.
    """
    state = await drafts.state(target.draft_id)
    point = point_in(state, target)
    if point or state is None or state.record.erased:
        return state, point
    behind = point_in(_as_shown(state), target) or point_in(state, await _renamed(drafts, state, target))
    return state, replace(behind, usable=False) if behind else None


def is_read_anew(state: DraftState | None) -> bool:
    """True while a review is on its way that will change the reply."""
    return state is not None and state.is_unread and not (state.record.erased or state.record.mute)


def _as_shown(state: DraftState) -> DraftState | None:
    """The draft before its edit while its new words are being read; None if they were read."""
    if state.review or state.earlier is None:
        return None
    record = replace(state.record, draft=replace(state.record.draft, text=state.earlier.text))
    return replace(state, record=record, review=state.earlier.review, earlier=None)


async def _renamed(drafts: Drafts, state: DraftState, target: Target) -> Target:
    """The same point as a new review of the same words quotes it."""
    before = await drafts.previous_review(state.review.job) if state.review else None
    if state.review is None or before is None:
        return target
    text = state.record.draft.text
    pairs = same_words(before.critique, state.review.critique, text, new=text, covers=state.covers)
    return next((replace(target, ref=new.ref) for old, new in pairs if old.ref == target.ref), target)


def point_in(state: DraftState | None, target: Target) -> Point | None:
    """The point that a button belongs to, None where it is gone."""
    standing = standing_in(state)
    pictured = (point for _, point in standing.pictured) if standing else ()
    points = (*standing.points, *pictured, *standing.held.points) if standing else ()
    found = [point for point in points if point.finding.ref == target.ref]
    # The same words may stand in a draft twice; the one that offers more answers for both.
    return max(found, key=lambda point: point.usable, default=None)


def lead_in(state: DraftState | None, target: Target) -> Finding | None:
    """What is only worth a look and has that button beside it, None where it is gone."""
    standing = standing_in(state)
    leads = standing.critique.leads + standing.held.leads if standing else ()
    return next((lead for lead in leads if lead.ref == target.ref), None)


# Somebody decided something about a draft: show it in the thread.


@dataclass(frozen=True, slots=True)
class Refresh:
    """The job behind a click: one step, the thread first, then whom a request for a sign-off waits for.

    ``propose`` looks whether brand leads should hear of what people here keep dismissing, and ``link`` notes where an
    approved text stands.
    """

    keep_reply: KeepReply
    tell: TellSignOff | None = None
    propose: Callable[[str], Awaitable[None]] | None = None
    link: Callable[[str], Awaitable[None]] | None = None

    async def __call__(self, step: Step, draft_id: str, cause: str) -> str:
        """Run it; the result says what was done with the reply."""

        async def refresh(key: str) -> str:
            settled = await self.keep_reply.settled(draft_id, key)
            if self.tell:
                await self.tell(draft_id)
            if self.propose:
                await self.propose(draft_id)
            if self.link:
                await self.link(draft_id)
            return settled.whole()

        return await step("refresh", refresh, f"refresh:{draft_id}:{cause}")


# In which language a draft is answered.


@dataclass(frozen=True, slots=True)
class ReplyLanguages:
    """The `LanguageOf` port: the one that a workspace set, or else the draft's; English where there are no words in it.

    ``other`` gives a language that is not English.
    """

    values: SettingValues
    drafts: Drafts
    other: Callable[[str], Language]

    async def __call__(self, team: str, text: str) -> Language:
        return self._named(await self._set(team) or language_of(text))

    async def of_draft(self, team: str, draft_id: str) -> Language:
        """The language of the replies to a draft that stands in the store, for what people do with them."""
        language = await self._set(team)
        if not language and draft_id.partition(":")[0] == team:
            found = await self.drafts.find(draft_id)
            language = language_of(found.draft.text) if found else ""
        return self._named(language)

    async def _set(self, team: str) -> str:
        return (await self.values.of(team)).get("reply_language", "").replace(AS_DRAFT, "")

    def _named(self, code: str) -> Language:
        return language_of_replies(code, self.other)


# Keep what Candor says in a draft's thread in line with the draft: the reply, its clean text, its sign-off.


class Settled(NamedTuple):
    """What was done with the reply, and the draft's state after it."""

    done: str
    state: DraftState | None
    failed: Exception | None = None
    """Why the clean text is not as it should be: nothing else waits for that."""

    def whole(self) -> str:
        """What was done. Raises what kept the clean text away, so that it is tried again."""
        if self.failed:
            raise self.failed
        return self.done


@dataclass(frozen=True, slots=True)
class KeepReply(KeepMessage[Standing | Mute]):
    """The reply shows the review of what the draft says now, and what people decided about its points.

    In a muted thread it shows that instead.
    """

    kind: ClassVar[str] = "reply"
    clean_text: KeepCleanText | None = None
    sign_off: KeepSignOff | None = None

    async def __call__(self, draft_id: str, *, owner: str) -> str:
        """Bring all up to date; what was done last with the reply. Raises `TryLater` where it cannot settle."""
        return (await self.settled(draft_id, owner)).whole()

    async def settled(self, draft_id: str, owner: str) -> Settled:
        """The same for whoever has more to do before the clean text is tried again."""
        (done, state), failed = await self.keep(draft_id, owner), None
        if self.clean_text:
            try:
                _, state = await self.clean_text.keep(draft_id, owner, state)
            except Exception as error:  # noqa: BLE001 - `Settled.whole` raises it
                state, failed = None, error
        if self.sign_off:  # after the clean text, which it may be about
            _, state = await self.sign_off.keep(draft_id, owner, state)
        return Settled(done, state, failed)

    def noted(self, state: DraftState) -> Reply | None:
        """Where the reply stands, as far as is noted."""
        return state.reply

    async def wanted(self, state: DraftState) -> Standing | Mute | Instead:
        """The review with what people decided; the reply stays as it is while a new review is under way."""
        if state.record.erased:
            return Instead.REMOVE
        if state.record.mute:
            return _muted(state.record.mute, state) if state.reply else Instead.LEAVE
        if state.review is None or _is_talk(state.review, state.reply):
            return Instead.LEAVE
        return standing_in(state) or Instead.LEAVE


def _muted(mute: Mute, state: DraftState) -> Mute:
    """With what nobody has handled: a mute ends the messages, not the points."""
    standing = standing_in(state)
    return replace(mute, left=open_points(standing)) if standing else mute


def _is_talk(review: Review, reply: Reply | None) -> bool:
    """True where the review says that nobody asked: then nobody is answered."""
    return review.critique.outcome is Outcome.NOT_A_DRAFT and reply is None


# Remove what was said about a draft that was deleted.


@dataclass(frozen=True, slots=True)
class RemoveReply:
    """The job behind a deletion. Replies that quoted the draft as said before are brought up to date as well."""

    keep_reply: KeepReply
    thread: Thread
    posts: KeptPosts | None = None
    jobs: Jobs | None = None

    async def __call__(self, step: Step, draft_id: str) -> str:
        """Run it; the result says what was done."""

        async def remove(key: str) -> str:
            done = await self.keep_reply(draft_id, owner=key)
            await self.thread.clear(Place.of(draft_id))
            return done

        done = await step("remove", remove, f"remove:{draft_id}")
        if self.posts and self.jobs:
            await _unquote(step, draft_id, self.posts, jobs=self.jobs)
        return done


async def _unquote(step: Step, draft_id: str, posts: KeptPosts, *, jobs: Jobs) -> None:
    """Let the replies that quoted it be shown anew: its words are gone from their reviews."""

    async def look(_: str) -> str:
        return ",".join(await posts.quoting(draft_id))

    async def forget(_: str) -> str:
        await posts.unquoted(draft_id)
        return "forgotten"

    if quoting := await step("look", look, f"quoting:{draft_id}"):
        for other in quoting.split(","):
            await jobs.refresh(other, f"unquoted:{reference(draft_id)}")
        await step("forget", forget, f"unquoted:{draft_id}")


# Somebody asked for more: everything about a draft that its reply does not show.


@dataclass(frozen=True, slots=True)
class ShowMore:
    """Reads what stands now, so that a window can be drawn again after a click in it."""

    drafts: Drafts

    async def __call__(self, click: Click) -> tuple[DraftRecord, Standing] | None:
        """The draft and how its review stands, None where the draft is gone or its new words are being read."""
        state = await self.drafts.state(click.target.draft_id)
        standing = standing_in(state)
        return (state.record, standing) if state and standing else None


# Somebody asked why: find the guideline behind a finding.


@dataclass(frozen=True, slots=True)
class ShowWhy:
    """Answers with the guideline as it is in force now, as severe as the point that was asked about."""

    drafts: Drafts
    libraries: LibraryOf

    async def __call__(self, click: Click) -> Guideline | None:
        """The guideline, None where the finding or the guideline is gone."""
        _, point = await find_point(self.drafts, click.target)
        library = await self.libraries.of(click.place.team) if point else None
        cited = library.cited(point.finding.guideline) if point and library else None
        return replace(cited, severity=point.finding.severity) if point and cited else None


# Keep the one clean text of a draft: posted with the first edit that is used, removed with the last.


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepCleanText(KeepMessage[CleanText]):
    """Follows the author's edits: made anew from each version's review, with the used points that still fit.

    Until that review is there it says so in place of the old words, which nobody should copy. Where the review of the
    new words leaves no used point, it goes.
    """

    kind: ClassVar[str] = "clean"
    texts: CleanTexts

    def noted(self, state: DraftState) -> Reply | None:
        """Where the clean text stands, as far as is noted."""
        return state.clean

    async def wanted(self, state: DraftState) -> CleanText | Instead:
        """The text to copy. It is kept, as a sign-off may be about it."""
        if state.record.erased or not any(verdict.decision is Decision.USED for verdict in state.verdicts):
            return Instead.REMOVE
        if state.record.mute and state.clean is None:
            return Instead.LEAVE
        if made := _made_from(state):
            await self.texts.save(state.record.id, made)
            return made
        return _awaited(state)


def _awaited(state: DraftState) -> CleanText | Instead:
    """Without a used point: its message waits for the whole review of the new words, which may bring one back."""
    if state.review and not state.review.critique.awaits_model:
        return Instead.REMOVE
    if state.made is None or state.clean is None:
        return Instead.LEAVE
    old = state.review is not None or state.made.revision != state.record.revision
    return replace(state.made, outdated=old)


def _made_from(state: DraftState) -> CleanText | None:
    standing = standing_in(state)
    used = standing.used if standing else ()
    draft = state.record.draft
    posts = split_variants(draft.text, draft.zones, draft.platform)
    return clean_text(state.record.revision, draft.text, used, variants=posts) if used else None
