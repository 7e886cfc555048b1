"""The windows for the settings: an overview, a page for each kind, and one for each family of guidelines. Pure."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from bot.core.guidelines import FAMILIES, OWN, Choice, choice_of
from bot.core.settings import ALWAYS_ON, DAYS, texts
from bot.core.watching import is_channel_id
from bot.core.words import home as home_words
from bot.core.words import proof as proof_words
from bot.core.words import settings as settings_words
from bot.core.words.guidelines import on_a_point
from bot.core.words.people import channel as channel_name
from bot.core.words.reviewing import SEVERITIES
from bot.core.words.settings import LABELS
from bot.slack import blocks as forms
from bot.slack.blocks import bold, button, context, plain, section, told_window, window
from bot.slack.wire.payloads import escaped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.core.guidelines import Guideline, Library
    from bot.core.proof import WouldFlag
    from bot.core.settings import WorkspaceSettings
    from bot.core.watching import SeenChannels
    from bot.slack.wire.payloads import Json


PAGE, FAMILY = "candor_settings_page", "candor_settings_family"
"""The buttons that open a page; their value is its name. Of the windows they are the callback ids."""
STRICT = "strictness:"
"""How the page of a channel's strictness is called; the channel's id follows, "" for all others."""
_DAYS_KEPT = 3650
_ROWS = 20
"""Channels with their strictness on a page."""
_MOST = 90
"""Guidelines on a page: Slack takes 100 blocks."""


def overview(settings: WorkspaceSettings, library: Library, seen: SeenChannels) -> Json:
    """All settings in a few lines, with a button to each page."""
    values = texts(settings)
    said = {
        "channels": f"{home_words.channels(settings.draft_channels, seen)}; "
        f"strictness: {home_words.strictness(settings.strictness, seen)}",
        "digest": home_words.digest(settings, values["digest_day"], seen),
        "guidelines": home_words.guidelines(settings.policy, len(settings.policy.apply(library).guidelines)),
        "brand": home_words.brand(settings),
        "people": f"{home_words.named(settings.brand_leads)}; "
        f"drafts are kept {home_words.retention(settings.retention_days)}",
        "costs": home_words.budgets(settings),
    }
    blocks: list[Json] = []
    for page, label in settings_words.PAGES.items():
        beside = button(PAGE, settings_words.CHANGE, page)
        blocks.append(section(f"{bold(label)}\n{said[page]}", accessory=beside) | {"block_id": page})
    return window(settings_words.TITLE, blocks)


def page(
    name: str,
    settings: WorkspaceSettings,
    library: Library,
    joined: Mapping[str, str],
    seen: SeenChannels,
    *,
    priced: bool = True,
) -> Json:
    """One page with its inputs. ``joined`` are the names of the channels that Candor is in, by id.

    Without prices nobody is told to set a budget in dollars.

    Channels that the person may not see do not stand there; they stay when the page is saved.
    """
    settings = _without(settings, seen)
    if name == "guidelines":
        return _guidelines(settings, library)
    draw = {"channels": _channels, "digest": _digest}.get(name)
    plainly = {"brand": _brand, "costs": partial(_costs, priced=priced)}.get(name, _people_and_data)
    blocks = draw(settings, joined) if draw else plainly(settings)
    return _form(PAGE, name, settings_words.PAGES[name], blocks=blocks)


def family(name: str, settings: WorkspaceSettings, library: Library) -> Json:
    """The guidelines of a family, each with its choice."""
    blocks = [context(settings_words.FAMILY_HINT)]
    for guideline in [g for g in library.guidelines if g.family == name][:_MOST]:
        if guideline.id in ALWAYS_ON:
            named = "\n".join(filter(None, (bold(guideline.title), on_a_point(guideline), settings_words.ALWAYS_ON)))
            blocks.append(section(named))
        else:
            blocks.append(_choice(guideline, settings))
    return _form(FAMILY, name, settings_words.FAMILIES[name], blocks=blocks)


def strictness(channel: str, settings: WorkspaceSettings, counted: WouldFlag) -> Json:
    """The three levels for a channel, or for all others, each with what it would have done lately."""
    before = f"{channel} = " if channel else ""
    options = {f"{before}{level}": label for level, label in settings_words.LEVELS.items()}
    notes = {f"{before}{one.level}": proof_words.would_flag(one, counted.drafts) for one in counted.levels}
    where = channel_name(channel) if channel else settings_words.EVERYWHERE_ELSE
    chosen = forms.radios(options, f"{before}{settings.strictness.of(channel)}", notes=notes if counted.drafts else {})
    blocks = [
        section(f"{where}\n\n{settings_words.LEVELS_MEAN}"),
        forms.field("strictness", LABELS["strictness"], chosen, optional=False),
        context(settings_words.FINE_POSTS if counted.drafts else settings_words.NO_FIGURES),
    ]
    return _form(PAGE, f"{STRICT}{channel}", LABELS["strictness"], blocks=blocks)


def faults(view: Json, wrong: Mapping[str, str]) -> dict[str, str]:
    """The sentences at their inputs; one about no input of this window stands at the first."""
    inputs = list(forms.showed(view))
    return {name if name in inputs else inputs[0]: sentence for name, sentence in wrong.items()}


def told(sentence: str, title: str) -> Json:
    """A window that only says something."""
    return told_window(title, escaped(sentence))


def _channels(settings: WorkspaceSettings, joined: Mapping[str, str]) -> list[Json]:
    known, absent = _by_id(settings.draft_channels, joined)
    chosen = texts(settings)["external_authors"]
    blocks = [_field("draft_channels", forms.channels(known))]
    if absent:
        blocks.append(context(settings_words.absent_drafts(", ".join(absent))))
    blocks.append(_field("external_authors", forms.radios(settings_words.YES_OR_NO, chosen)))
    language = forms.menu(settings_words.REPLY_LANGUAGES, texts(settings)["reply_language"])
    blocks.append(_field("reply_language", language, optional=False))
    blocks.append(section(f"{bold(LABELS['strictness'])}\n{settings_words.STRICTNESS_HINT}"))
    for channel in [*filter(is_channel_id, known[:_ROWS]), ""]:
        where = channel_name(channel) if channel else settings_words.EVERYWHERE_ELSE
        level = settings_words.LEVELS[settings.strictness.of(channel)]
        beside = button(PAGE, settings_words.CHANGE, f"{STRICT}{channel}")
        blocks.append(section(f"{where}: {level}", accessory=beside) | {"block_id": f"{STRICT}{channel}"})
    return blocks


def _digest(settings: WorkspaceSettings, joined: Mapping[str, str]) -> list[Json]:
    values = texts(settings)
    wanted = (settings.digest.channel,) if settings.digest.channel else ()
    known, absent = _by_id(wanted, joined)
    return [
        _field("digest_channel", forms.channels(known, most=1)),
        *([context(settings_words.absent(", ".join(absent)))] if absent else []),
        _field("digest_day", forms.menu({day: day for day in DAYS}, values["digest_day"]), optional=False),
        _field("digest_time", forms.time(values["digest_time"]), optional=False),
        _field("digest_zone", forms.typed(values["digest_zone"], longest=60), optional=False),
        _field("quiet_week", forms.radios(settings_words.QUIET_WEEK, values["quiet_week"]), optional=False),
    ]


def _brand(settings: WorkspaceSettings) -> list[Json]:
    """What is longer than an input of Slack's can hold is left out: saving would cut it."""
    said = {"markets": settings.markets, "facts": settings.facts, "public_addresses": settings.own_contacts}
    values = {name: "\n".join(lines) for name, lines in said.items()}
    fit = [name for name, text in values.items() if len(text) <= forms.LONGEST_TYPED]
    notes = [context(settings_words.setting_windows_too_long(LABELS[name])) for name in values if name not in fit]
    return [*(_field(name, forms.typed(values[name], lines=True)) for name in fit), *notes]


def _people_and_data(settings: WorkspaceSettings) -> list[Json]:
    days = texts(settings)["retention_days"]
    return [
        _field("brand_leads", forms.people(settings.brand_leads)),
        _field("retention_days", forms.number(days, _DAYS_KEPT), optional=False),
    ]


def _costs(settings: WorkspaceSettings, *, priced: bool) -> list[Json]:
    values = texts(settings)
    month, day = (_field(name, forms.typed(values[name], longest=60)) for name in ("monthly_budget", "daily_budget"))
    return [month if priced else month | {"hint": plain(settings_words.HINT_WITHOUT_PRICES)}, day]


def _guidelines(settings: WorkspaceSettings, library: Library) -> Json:
    blocks: list[Json] = []
    for name in FAMILIES:
        ids = {g.id for g in library.guidelines if g.family == name}
        on = [g for g in settings.policy.apply(library).guidelines if g.family == name]
        own = [g for g, _ in settings.policy.severities if g in ids and g not in settings.policy.off]
        summary = settings_words.family(len(on), len(ids), len(own))
        beside = button(FAMILY, settings_words.CHANGE, name)
        label = settings_words.FAMILIES[name]
        blocks.append(section(f"{bold(label)}\n{summary}", accessory=beside) | {"block_id": f"family:{name}"})
    on, known = ({one.id for one in some if one.family == OWN} for some in (library.guidelines, library.off))
    if known:
        blocks.append(section(f"{bold(settings_words.YOUR_OWN)}\n{settings_words.your_own(len(on), len(on | known))}"))
    packs = {name: name for name in sorted(library.packs)}
    if not packs:
        return window(settings_words.PAGES["guidelines"], blocks, close=settings_words.BACK)
    blocks.append(_field("packs", forms.boxes(packs, settings.policy.packs)))
    return _form(PAGE, "guidelines", settings_words.PAGES["guidelines"], blocks=blocks)


def _choice(guideline: Guideline, settings: WorkspaceSettings) -> Json:
    own = {Choice(severity): label for severity, label in SEVERITIES.items()}
    labels = {Choice.AS_SHIPPED: settings_words.as_shipped(guideline.severity), **own, Choice.OFF: settings_words.OFF}
    options = {choice.value: label for choice, label in labels.items()}
    resting = guideline.pack and guideline.pack not in settings.policy.packs
    chosen = forms.menu(options, choice_of(settings.policy, guideline.id))
    hint = ". ".join(filter(None, (on_a_point(guideline), settings_words.IN_A_PACK if resting else "")))
    return forms.field(guideline.id, guideline.title, chosen, hint=hint, optional=False)


def _without(settings: WorkspaceSettings, seen: SeenChannels) -> WorkspaceSettings:
    (drafts, _), (digest, _) = seen.parted(settings.draft_channels), seen.parted([settings.digest.channel])
    chosen = replace(settings.digest, channel=next(iter(digest), ""))
    return replace(settings, draft_channels=drafts, digest=chosen)


def _by_id(wanted: tuple[str, ...], joined: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """The ids of those that Candor is in, and the names or ids of the rest."""
    ids = {name: channel for channel, name in joined.items()} | {channel: channel for channel in joined}
    ids |= {name: name for name in wanted if name not in ids and is_channel_id(name)}
    return list(dict.fromkeys(ids[name] for name in wanted if name in ids)), [n for n in wanted if n not in ids]


def as_shown(settings: WorkspaceSettings, joined: Mapping[str, str]) -> dict[str, str]:
    """Every setting as the windows show it: channels that Candor is in by their ids."""
    known, absent = _by_id(settings.draft_channels, joined)
    return texts(settings) | {"draft_channels": ", ".join([*known, *absent])}


def _field(name: str, element: Json, *, optional: bool = True) -> Json:
    return forms.field(name, LABELS[name], element, hint=settings_words.HINTS.get(name, ""), optional=optional)


def _form(callback: str, name: str, title: str, blocks: list[Json]) -> Json:
    return window(title, blocks, submit=settings_words.SAVE, callback=callback, memo=name)
