"""What the slash command answers, as Slack's blocks. Pure."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from bot.core.click import reference
from bot.core.command import Verb
from bot.core.setting_fields import texts
from bot.core.words import audience, home, privacy
from bot.core.words import commands as words
from bot.slack.digest_blocks import digest_blocks
from bot.slack.elements import LONGEST, actions, bold, button, context, section
from bot.slack.mrkdwn import escaped
from bot.slack.windows import guideline_blocks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.core.audience import Seen
    from bot.core.command import Unclear
    from bot.core.digest import Digest
    from bot.core.guideline import Guideline, Library
    from bot.core.personal_data import Holdings
    from bot.core.workspace_settings import SettingChange, WorkspaceSettings
    from bot.slack.json import Json

DELETE, KEEP = "candor_delete_my_data", "candor_keep_my_data"
_SAID = 60
_VALUE = 300


def told(text: str) -> Json:
    """One line, in Slack's markup."""
    return {"text": text}


def shown(text: str, blocks: list[Json]) -> Json:
    """Blocks, with a text for clients that show none."""
    return {"text": text, "blocks": blocks}


def help_answer(topic: str) -> Json:
    """Everything there is, or one command."""
    if topic:
        return told(words.TOPICS[Verb(topic)])
    lines = "\n".join(words.line(verb) for verb in words.LINES)
    return shown(words.ABOUT, [section(words.ABOUT), section(lines), _small(words.MORE)])


def unclear_answer(unclear: Unclear) -> Json:
    """One line with the nearest command. A whole text is not repeated."""
    said = unclear.said
    if unclear.nearest == Verb.REVIEW and len(said.split()) > 1:
        return told(words.not_a_command(unclear.nearest))
    return told(words.unclear(cut(said), unclear.nearest))


def cut(said: str) -> str:
    """What somebody typed, short and safe in markup."""
    line = " ".join(said.split())
    return escaped(line if len(line) <= _SAID else f"{line[: _SAID - 1]}…")


def guideline_list(library: Library, in_force: Library, settings: WorkspaceSettings) -> Json:
    """Every guideline by family, as this workspace has it."""
    here = {guideline.id: guideline for guideline in in_force.guidelines}
    blocks: list[Json] = [section(words.GUIDELINES)]
    for family, members in groupby(library.guidelines, lambda guideline: guideline.family):
        every = list(members)
        number = sum(guideline.id in here for guideline in every)
        lines = [_line(here.get(one.id, one), _state(one, here, settings)) for one in every]
        blocks.append(section("\n".join([bold(words.family(family, number, len(every))), *lines])))
    return shown(words.GUIDELINES, blocks)


def guideline_answer(guideline: Guideline) -> Json:
    """One guideline in full."""
    return shown(escaped(guideline.title), guideline_blocks(guideline))


def no_guideline(said: str, near: tuple[Guideline, ...]) -> Json:
    """No guideline has that name."""
    return told(words.no_guideline(cut(said), [escaped(one.title) for one in near]))


def settings_answer(
    settings: WorkspaceSettings,
    changes: tuple[SettingChange, ...],
    leads: tuple[str, ...],
    titles: Mapping[str, str],
    seen: Seen,
) -> Json:
    """The settings, who changed them last, and who can. ``titles`` are the guidelines' titles by id."""
    said = {name: value_of(name, value, titles, seen) for name, value in texts(settings).items()}
    lines = "\n".join(words.setting(name, value) for name, value in said.items())
    blocks = [section(bold(words.SETTINGS)), section(lines), _small(home.leads(leads)), section(bold(words.CHANGES))]
    for change in changes:
        values, in_markup = home.values(change, titles, seen)
        blocks.append(section(f"{home.change(change)}: {values if in_markup else escaped(values)}"))
    return shown(words.SETTINGS, blocks if changes else [*blocks, context(home.NO_CHANGES)])


def saved(
    name: str, settings: WorkspaceSettings, titles: Mapping[str, str], seen: Seen, *, stays: bool = False
) -> Json:
    """A setting was changed; ``stays`` says that the person was kept on the list of brand leads."""
    return told(words.saved(name, value_of(name, texts(settings)[name], titles, seen), stays=stays))


def value_of(name: str, value: str, titles: Mapping[str, str], seen: Seen) -> str:
    """A setting's value in markup: channels, people and guidelines by name."""
    listed = [one for one in value.split(", ") if one]
    if name in ("draft_channels", "digest_channel"):
        return audience.channels(listed, seen)
    if name == "brand_leads":
        return ", ".join(f"<@{one}>" for one in listed)
    line = " · ".join(home.readable(name, value, titles).splitlines())
    return escaped(line if len(line) <= _VALUE else f"{line[: _VALUE - 1]}…")


def preview(digest: Digest, titles: Mapping[str, str]) -> Json:
    """This week's digest for one person alone."""
    return shown(words.PREVIEW, [_small(words.PREVIEW), *digest_blocks(digest, titles)])


def privacy_answer(holdings: Holdings) -> Json:
    """What is stored about a person."""
    counts = "\n".join(privacy.counts(holdings)) or privacy.NOTHING
    also = [privacy.IS_LEAD] if holdings.is_lead else []
    how = "\n".join([privacy.kept(holdings.days), privacy.reader(holdings.reader), *also, privacy.ELSEWHERE])
    return shown(privacy.TITLE, [section(f"{bold(privacy.TITLE)}\n{counts}"), section(how), _small(privacy.NEXT)])


def deletion_question(key: str) -> Json:
    """What is deleted, and the buttons to say so. ``key`` names the question: it is answered once."""
    delete = button(DELETE, privacy.DELETE, reference(key)) | {"style": "danger"}
    buttons = actions(delete, button(KEEP, privacy.KEEP, reference(key)))
    return shown(privacy.ASK, [section(f"{bold(privacy.ASK)}\n{privacy.CONSEQUENCES}"), buttons])


def _line(guideline: Guideline, state: str) -> str:
    return escaped(words.guideline(guideline, state))


def _state(guideline: Guideline, here: Mapping[str, Guideline], settings: WorkspaceSettings) -> str:
    if guideline.id in here:
        return ""
    return words.OFF if guideline.id in settings.policy.off else words.NOT_ASKED


def _small(markup: str) -> Json:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": markup[:LONGEST]}]}
