"""A sign-off as Slack shows it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from slack_sdk.errors import SlackApiError

from bot.core.drafts import Click, Target
from bot.core.sign_off import Act, Prospect, Refused, SignOff, Subject, Wish
from bot.core.words import sign_off as words
from bot.core.words.people import brief, say
from bot.slack.blocks import (
    actions,
    button,
    fallback,
    piece,
    plain,
    rich,
    rich_text,
    section,
    small,
    told_window,
    window,
)
from bot.slack.clicks import click_of, instead, open_window, team_of, user_of, whisper, wrong_at
from bot.slack.threads import SlackMessages
from bot.slack.wire.payloads import escaped, part, reason, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.core.ports import ProblemsOf
    from bot.core.reviewing import DraftRecord
    from bot.core.sign_off import OpenPoint, SignOffAct
    from bot.flows.sign_off import AskForSignOff, DecideSignOff
    from bot.slack.wire.clients import Clients
    from bot.slack.wire.payloads import Json


# A sign-off as Slack's blocks, and its windows. Pure.
#
# What people typed stands in rich text, or escaped, so that nothing in it can become a mention or a link.

DECIDE = "candor_sign_off_"
DECISIONS = (Act.APPROVED, Act.CHANGES, Act.HELD)
WINDOW = "candor_sign_off"
NOTE = "note"
_LONGEST_NOTE = 1_000
_EARLIER = 8
"""Earlier entries that the message shows."""
_BRIEF = 100
"""Characters of an earlier note that are shown."""
_LISTED = 20
"""Open points that a window lists."""


def sign_off_blocks(sign_off: SignOff, record: DraftRecord, titles: Mapping[str, str]) -> list[Json]:
    """Where it stands, what was said, what it is about, and what can be decided now."""
    last = sign_off.last
    said = [rich_text(rich("rich_text_quote", piece(last.note)))] if last.note else []
    row = [
        button(f"{DECIDE}{act}", words.LABELS[act], Target(record.id, sign_off.subject.ref).value)
        for act in DECISIONS
        if sign_off.waits or act is not last.act
    ]
    headline = "\n".join(filter(None, [f"*{words.headline(sign_off)}*", words.below(sign_off)]))
    return [section(headline), *said, small(words.for_leads(sign_off.leads)), actions(*row), _print(sign_off, titles)]


def note_window(wish: Wish) -> Json:
    """Asks for the words to a decision."""
    typed: Json = {"type": "plain_text_input", "action_id": NOTE, "multiline": True, "max_length": _LONGEST_NOTE}
    asked = {"type": "input", "block_id": NOTE, "label": plain(words.NOTE_LABEL[wish.act]), "element": typed}
    return _window(wish, [asked, small(words.about(wish.subject))])


def approve_window(wish: Wish, prospect: Prospect, titles: Mapping[str, str]) -> Json:
    """Shows what is approved, and what is still open in it."""
    blocks: list[Json] = []
    if not prospect.reviewed:
        blocks.append(section(words.APPROVE_ANYWAY[prospect.state]))
    if prospect.must_fix:
        listed = _list(list(prospect.must_fix), titles)
        blocks += [section(words.STILL_OPEN), listed, section(words.APPROVE_ALL_THE_SAME)]
    return _window(wish, [*blocks, section(words.about(prospect.subject))])


def _print(sign_off: SignOff, titles: Mapping[str, str]) -> Json:
    """The small print."""
    last, earlier = sign_off.last, list(sign_off.history[:-1])
    lines = [_about(sign_off, titles)]
    if last.act is not Act.ASKED:
        lines.append(words.open_then(sign_off, _titles(last.open, titles)))
    if earlier:
        shown = [_entry(act) for act in reversed(earlier[-_EARLIER:])]
        lines.append(words.history(shown, len(earlier) - len(shown)))
    return small("\n".join([*lines, words.fingerprints(sign_off), say(words.RECORDED)]))


def _about(sign_off: SignOff, titles: Mapping[str, str]) -> str:
    """Which text, and what is open in it, unless that is just what was open when it was decided."""
    now, last = sign_off.now, sign_off.last
    waits = sign_off.waits or (now and (now.open, now.reviewed) != (last.open, last.reviewed))
    said = [words.about(sign_off.subject)]
    return " ".join([*said, words.open_now(now, _titles(now.open, titles))] if now and waits else said)


def _entry(act: SignOffAct) -> str:
    return words.entry(act, escaped(brief(act.note, _BRIEF)))


def _titles(points: tuple[OpenPoint, ...], titles: Mapping[str, str]) -> list[str]:
    """Each guideline once, as people know it."""
    return list(dict.fromkeys(escaped(titles.get(point.guideline, point.guideline)) for point in points))


def _list(points: list[OpenPoint], titles: Mapping[str, str]) -> Json:
    named = (words.point(point.severity, titles.get(point.guideline, point.guideline)) for point in points[:_LISTED])
    entries = [rich("rich_text_section", piece(name)) for name in named]
    return rich_text({"type": "rich_text_list", "style": "bullet", "elements": entries})


def _window(wish: Wish, blocks: list[Json]) -> Json:
    memo = json.dumps([wish.draft_id, wish.act, wish.subject.ref, wish.key])
    return window(words.TITLES[wish.act], blocks, submit=words.SEND[wish.act], callback=WINDOW, memo=memo)


# The sign-off in a draft's thread: its message, and what the buttons and windows of it do.

_EXPIRED = frozenset({"expired_trigger_id", "trigger_expired"})


class SlackSignOffs(SlackMessages[SignOff]):
    """The `ThreadMessage` port for sign-offs."""

    def __init__(self, clients: Clients, problems: ProblemsOf) -> None:
        super().__init__(clients)
        self._problems = problems

    async def _content(self, record: DraftRecord, content: SignOff) -> Json:
        problems = await self._problems(record.place.team)
        return {"blocks": sign_off_blocks(content, record, problems), "text": fallback(words.summary(content))}


@dataclass(frozen=True, slots=True)
class SignOffClicks:
    """Each returns only when what was decided is durable."""

    ask_for: AskForSignOff
    decide: DecideSignOff
    problems: ProblemsOf
    clients: Clients

    async def ask(self, body: Json, click: Click | None = None) -> None:
        """The author asks for a sign-off; ``click`` is given where it came from a menu."""
        click = click or click_of(body)
        if click is None:
            return
        refused = await self.ask_for(click)
        asked = words.ASKED_DIRECTLY if click.place.is_direct else words.ASKED
        await whisper(self.clients, body, words.refused(refused) if refused else asked, click=click)

    async def press(self, body: Json, act: Act) -> None:
        """A button of the sign-off's message: the person saw the text that it names."""
        click = click_of(body)
        subject = Subject.parse(click.target.ref) if click else None
        if click is None or subject is None:
            return
        wish = Wish(click.target.draft_id, click.user, act, subject=subject, key=click.cause)
        answer = await (self.decide(wish) if act is Act.APPROVED else self._look(wish))
        await self._go_on(body, click, wish, answer=answer)
        if answer is None:
            await whisper(self.clients, body, words.TAKEN[act], click=click)

    async def choose(self, body: Json, click: Click, act: Act) -> None:
        """The menu of the review: a window says first which text is meant."""
        found = await self.decide.look(click.target.draft_id, click.user, act)
        if isinstance(found, Refused):
            await self._tell(body, found, click)
        else:
            wish = Wish(click.target.draft_id, click.user, act, subject=found.subject, key=click.cause)
            await self._go_on(body, click, wish, answer=found)

    async def submit(self, body: Json) -> Json:
        """A window is sent; gives what Slack is answered."""
        wish = _wish(body)
        if wish and wish.act in words.NOTE_LABEL and not wish.note.strip():
            return wrong_at({NOTE: words.NO_NOTE})
        refused = await self.decide(wish) if wish else None
        if wish is None:
            return {}
        if not isinstance(refused, Refused):
            await whisper(self.clients, body, words.TAKEN[wish.act], click=Click(Target(wish.draft_id), wish.user, ""))
            return {}
        # Whoever typed a note must not lose it, but then there is nobody left who may send it.
        view = told_window(words.TITLES[wish.act], words.refused(refused))
        return instead(view)

    async def _look(self, wish: Wish) -> Refused | Prospect:
        return await self.decide.look(wish.draft_id, wish.user, wish.act)

    async def _go_on(self, body: Json, click: Click, wish: Wish, answer: Refused | Prospect | None) -> None:
        if isinstance(answer, Refused):
            await self._tell(body, answer, click)
        elif answer:
            approves = wish.act is Act.APPROVED
            problems = await self.problems(team_of(body))
            await self._open(body, click, approve_window(wish, answer, problems) if approves else note_window(wish))

    async def _open(self, body: Json, click: Click, view: Json) -> None:
        try:
            await open_window(self.clients, body, view)
        except SlackApiError as error:
            if reason(error) not in _EXPIRED:
                raise
            await whisper(self.clients, body, words.TOO_SLOW, click=click)

    async def _tell(self, body: Json, refused: Refused, click: Click | None) -> None:
        await whisper(self.clients, body, words.refused(refused), click=click)


def _wish(body: Json) -> Wish | None:
    """What a window of this workspace asks for, None for any other."""
    view = part(body, "view")
    draft_id, act, ref, key = cast("list[str]", json.loads(text(view, "private_metadata")))
    subject = Subject.parse(ref)
    if subject is None or draft_id.partition(":")[0] != team_of(body):
        return None
    note = text(part(part(part(part(view, "state"), "values"), NOTE), NOTE), "value")
    return Wish(draft_id, user_of(body), Act(act), subject=subject, key=key, note=note, confirmed=True)
