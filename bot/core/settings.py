"""Every setting of a workspace: how people type it, how it is kept, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo, available_timezones

from bot.core.findings import contact_in, with_contact
from bot.core.guidelines import Policy, Severity
from bot.core.judging import Strictness
from bot.core.reading.languages import language_of
from bot.core.reading.places import strange_place
from bot.core.spending import Budgets, Ceiling
from bot.core.watching import is_channel_id, is_channel_name
from bot.core.words import settings as words
from bot.core.words.people import ENGLISH
from bot.core.words.reviewing import LANGUAGES, SEVERITIES
from bot.core.words.settings import AS_DRAFT, LABELS, QUIET_WEEK, REPLY_LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from bot.core.guidelines import Library
    from bot.core.spending import Amount
    from bot.core.words.people import Language


# What a workspace (a Slack team) has set. Everything else is set for the installation.

SPOKEN = frozenset(REPLY_LANGUAGES) - {AS_DRAFT}


def language_of_replies(code: str, other: Callable[[str], Language]) -> Language:
    """The language of replies of that code (as in "de"); English where replies aren't written in it.

    ``other`` gives a language that is not English.
    """
    return other(code) if code in SPOKEN - {ENGLISH.code} else ENGLISH


DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class QuietWeek(StrEnum):
    """What the digest does in a week without drafts."""

    LINE = "line"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class DigestSettings:
    """Where and when the weekly digest is posted."""

    channel: str = ""
    """A channel's id or name; "" where no digest is wanted."""
    weekday: int = 0
    """0 is Monday."""
    hour: int = 9
    minute: int = 0
    zone: str = "UTC"
    """A name of the IANA time zone database, such as Europe/Berlin."""
    quiet_week: QuietWeek = QuietWeek.LINE


@dataclass(frozen=True, slots=True)
class ChannelStrictness:
    """How much of a review a reply shows: in some channels, by id, and in all others."""

    others: Strictness = Strictness.NORMAL
    channels: tuple[tuple[str, Strictness], ...] = ()

    def of(self, channel: str) -> Strictness:
        return dict(self.channels).get(channel, self.others)

    def __str__(self) -> str:
        return _joined([self.others.value, *(f"{channel} = {level}" for channel, level in self.channels)])

    def read(self, text: str) -> ChannelStrictness:
        """With what people typed: ``quiet`` for all, ``C012 = quiet`` for one. Raises ValueError."""
        others, channels = (self.others, dict(self.channels)) if text else (Strictness.NORMAL, {})
        for entry in _names(text):
            channel, _, level = " ".join(entry.replace("=", " ").split()).rpartition(" ")
            chosen = Strictness(_choice(level, Strictness))
            if not channel:
                others = chosen
            elif is_channel_id(channel):
                channels[channel] = chosen
            else:
                raise ValueError(words.NO_PICKED_CHANNEL)
        return ChannelStrictness(others, tuple(sorted((one, to) for one, to in channels.items() if to is not others)))


@dataclass(frozen=True, slots=True)
class WorkspaceSettings:
    """All of it; the defaults are those of the installation."""

    draft_channels: tuple[str, ...] = ()
    """Names (without #) or ids of the channels where drafts are reviewed without being asked."""
    digest: DigestSettings = field(default_factory=DigestSettings)
    policy: Policy = field(default_factory=Policy)
    markets: tuple[str, ...] = ()
    """Where the posts are seen, as the brand says it: countries or regions."""
    facts: tuple[str, ...] = ()
    """What is true of the brand, one sentence each; a claim that a fact carries needs no other support."""
    own_contacts: tuple[str, ...] = ()
    """E-mail addresses, telephone numbers and handles that the brand publishes as its own."""
    brand_leads: tuple[str, ...] = ()
    """Slack user ids; without any, the workspace's admins are the brand leads."""
    retention_days: int = 90
    """After which a draft's text and its critique are deleted; 0 keeps them until somebody deletes them."""
    external_authors: bool = False
    """True where drafts by people of other organisations (Slack Connect) are reviewed as well."""
    budgets: Budgets = field(default_factory=Budgets)
    """What the language model may cost here, in a month and in a day of the digest's time zone."""
    strictness: ChannelStrictness = field(default_factory=ChannelStrictness)
    reply_language: str = ""
    """The language of replies (as in "de"); "" where each is in that of its draft."""


@dataclass(frozen=True, slots=True)
class SettingChange:
    """One entry of the audit: who changed what, when (seconds since 1970)."""

    field: str
    old: str
    new: str
    user: str
    at: float


# What a brand says about itself, as its reviewers read it.


def brand_of(settings: WorkspaceSettings, text: str = "") -> str:
    """Markets, facts and contacts, always in the same words; "" where nothing is set.

    And the language of the reply, where that isn't the one of the draft's ``text`` anyway.
    """
    lines = [f"Markets: {', '.join(settings.markets)}."] if settings.markets else []
    if settings.facts:
        lines += ["Facts that the brand has recorded and can show proof of:", *(f"- {fact}" for fact in settings.facts)]
    if settings.own_contacts:
        lines.append(f"Contact data that the brand publishes as its own: {', '.join(settings.own_contacts)}.")
    return "\n".join(filter(None, (*lines, reasons_in(text, settings.reply_language))))


def reasons_in(text: str, chosen: str = "") -> str:
    """For the model: which language the reply to a draft is in, "" where that's the one of its ``text``.

    Code has no words in most languages, so a reply to a draft in one of these is in English, and all of it is.
    """
    own = language_of(text)
    replied = chosen or (own if own in SPOKEN else ENGLISH.code)
    return "" if replied == own else f"{words.REASONS_IN} {LANGUAGES[replied]}."


# Every workspace setting as text: how people type it, how it is kept, and what is wrong with it.

ALWAYS_ON = frozenset({"user-control/safe-to-publish"})
"""Guidelines that protect people's data: no workspace switches them off."""
_OF_CHANNELS = ("draft_channels", "digest_channel")
_MOST = 4000
_FEWEST_DAYS, _MOST_DAYS = 7, 3650
_HOURS, _MINUTES = 24, 60


@dataclass(frozen=True, slots=True)
class Known:
    """The names that settings may speak of. ``titles`` are (what people call it, id), for guidelines."""

    guidelines: frozenset[str]
    packs: frozenset[str]
    titles: tuple[tuple[str, str], ...] = ()
    priced: bool = True
    """False where nobody told Candor what tokens cost."""
    review: Callable[[], Amount] | None = None
    """What the review of a short draft may cost at most; None where no model is connected."""

    @classmethod
    def of(cls, library: Library, *, priced: bool = True, review: Callable[[], Amount] | None = None) -> Known:
        """The names in a library that holds every pack."""
        called = [(name, g.id) for g in library.guidelines for name in (g.title, g.problem) if name]
        return cls(frozenset(g.id for g in library.guidelines), library.packs, tuple(called), priced, review=review)

    def entries(self, text: str) -> Iterator[str]:
        """The names in a list that people typed, titles as ids; a title may hold a comma itself."""
        ids = {_folded(title): name for title, name in self.titles}
        parts = _names(text)
        while parts:
            for end in range(len(parts), 0, -1):
                title, equals, rest = ", ".join(parts[:end]).partition("=")
                known = "" if ", " in rest else ids.get(_folded(title))
                if known:
                    yield f"{known} {equals}{rest}".strip()
                    break
            else:
                end = 1
                yield parts[0]
            parts = parts[end:]


@dataclass(frozen=True, slots=True)
class Field:
    """One setting. ``put`` raises ValueError with what is wrong, as part of a sentence."""

    name: str
    text: Callable[[WorkspaceSettings], str]
    put: Callable[[WorkspaceSettings, str, Known], WorkspaceSettings]
    check: Callable[[str, Known], None] | None = None
    """What else is asked of a new value, in the same way; one that was kept before stays in force without it."""


def texts(settings: WorkspaceSettings) -> dict[str, str]:
    """Every setting as text, in the order in which people see them."""
    return {field.name: field.text(settings) for field in FIELDS.values()}


def channels_named(settings: WorkspaceSettings, changes: Iterable[SettingChange] = ()) -> frozenset[str]:
    """Every channel that the settings, or changes of them, speak of, by id or name."""
    named = {name for one in changes for value in (one.old, one.new) for name in channels_told(one.field, value)}
    own = (channel for channel, _ in settings.strictness.channels)
    return frozenset({*settings.draft_channels, settings.digest.channel, *own, *named} - {""})


def channels_told(field: str, value: str) -> tuple[str, ...]:
    """The channels that a value of a setting names, by id or name; none in settings of other things."""
    if field == "strictness":
        return tuple(channel for channel, _ in ChannelStrictness().read(value).channels)
    return _names(value) if field in _OF_CHANNELS else ()


def applied(settings: WorkspaceSettings, values: Mapping[str, str], known: Known) -> WorkspaceSettings:
    """The settings with the values that were kept; one that is not valid any more counts as never set."""
    for name, value in values.items():
        try:
            settings = FIELDS[name].put(settings, value, known)
        except (KeyError, ValueError):
            continue
    return settings


def changed(
    settings: WorkspaceSettings, values: Mapping[str, str], known: Known
) -> tuple[dict[str, str], dict[str, str]]:
    """The values that differ, as they will be kept, and one sentence for each field that cannot be so."""
    new: dict[str, str] = {}
    faults: dict[str, str] = {}
    for name, value in values.items():
        field = FIELDS[name]
        try:
            text = field.text(field.put(settings, value.strip(), known))
            if field.check:
                field.check(text, known)
        except ValueError as error:
            faults[name] = words.fault(name, str(error))
        else:
            if text != field.text(settings):
                new[name] = text
    return new, faults


_LISTS = frozenset({"draft_channels", "packs", "markets", "facts", "public_addresses", "brand_leads"})


def merged(name: str, shown: str, given: str, *, now: str) -> str:
    """What somebody makes of a setting that a window had ``shown`` and that is ``now`` perhaps another.

    Of a list what was added and taken out counts: what others added or took out meanwhile stays so.
    """
    entries: Callable[[str], Iterable[str]] = str.splitlines if name == "facts" else _names
    before, after, there = ([*entries(text)] for text in (shown, given, now))
    if name not in _LISTS or set(before) == set(there):
        return given
    kept = [one for one in there if one in after or one not in before]
    return "\n".join(dict.fromkeys([*kept, *(one for one in after if one not in before)]))


def _names(text: str) -> tuple[str, ...]:
    """Names with commas or line ends between, each once."""
    parts = (part.strip() for part in text.replace("\n", ",").split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


def _joined(names: Iterable[str]) -> str:
    return ", ".join(names)


def _channels(text: str) -> tuple[str, ...]:
    """Ids as they are, names as Slack writes them."""
    return tuple(
        dict.fromkeys(name if is_channel_id(name) else name.removeprefix("#").lower() for name in _names(text))
    )


def _choice(text: str, names: Iterable[str], labels: Mapping[str, str] | None = None) -> str:
    """The choice that is meant by its name, or by its label where it has one."""
    shown = {name: (labels or {}).get(name, name) for name in names}
    for name, label in shown.items():
        if _folded(text) in (_folded(name), _folded(label)):
            return name
    raise ValueError(words.one_of(list(shown.values())))


def _folded(name: str) -> str:
    return "".join(sign for sign in name.casefold() if sign.isalnum())


def _check_channels(text: str, _: Known) -> None:
    """A name that could be markup is no channel's."""
    if strange := [one for one in _names(text) if not (is_channel_id(one) or is_channel_name(one))]:
        raise ValueError(words.no_channel(strange[0]))


def _put_channels(settings: WorkspaceSettings, text: str, _: Known) -> WorkspaceSettings:
    return replace(settings, draft_channels=_channels(text))


def _put_strictness(settings: WorkspaceSettings, text: str, _: Known) -> WorkspaceSettings:
    return replace(settings, strictness=settings.strictness.read(text))


def _put_digest_channel(settings: WorkspaceSettings, text: str, _: Known) -> WorkspaceSettings:
    return replace(settings, digest=replace(settings.digest, channel=next(iter(_channels(text)), "")))


def _put_day(settings: WorkspaceSettings, text: str, _: Known) -> WorkspaceSettings:
    return replace(settings, digest=replace(settings.digest, weekday=DAYS.index(_choice(text, DAYS))))


def _put_time(settings: WorkspaceSettings, text: str, _: Known) -> WorkspaceSettings:
    hours, colon, minutes = text.partition(":")
    numbers = hours.isascii() and hours.isdecimal() and minutes.isascii() and minutes.isdecimal()
    if not (colon and numbers and int(hours) < _HOURS and int(minutes) < _MINUTES):
        raise ValueError(words.NO_TIME)
    return replace(settings, digest=replace(settings.digest, hour=int(hours), minute=int(minutes)))


def _put_zone(settings: WorkspaceSettings, text: str, _: Known) -> WorkspaceSettings:
    return replace(settings, digest=replace(settings.digest, zone=_zone(text)))


def _zone(text: str) -> str:
    """The zone's own spelling, whatever the case it is typed in; blanks stand for underscores."""
    try:
        ZoneInfo(text)
    except (LookupError, ValueError, OSError):
        wanted = "_".join(text.split()).casefold()
        known = next((name for name in sorted(available_timezones()) if name.casefold() == wanted), "")
        if not known:
            raise ValueError(words.NO_ZONE) from None
        return known
    return text


def _put_quiet_week(settings: WorkspaceSettings, text: str, _: Known) -> WorkspaceSettings:
    return replace(
        settings, digest=replace(settings.digest, quiet_week=QuietWeek(_choice(text, QuietWeek, QUIET_WEEK)))
    )


def _put_off(settings: WorkspaceSettings, text: str, known: Known) -> WorkspaceSettings:
    off = _guidelines(known.entries(text), known)
    if kept := sorted(off & ALWAYS_ON):
        raise ValueError(words.never_off(_titles(kept, known)))
    return replace(settings, policy=replace(settings.policy, off=off))


def _put_packs(settings: WorkspaceSettings, text: str, known: Known) -> WorkspaceSettings:
    ids = {_folded(pack): pack for pack in known.packs}
    packs = {name: ids.get(_folded(name), "") for name in _names(text)}
    if unknown := [name for name, pack in packs.items() if not pack]:
        raise ValueError(words.no_pack(unknown[0], sorted(known.packs)))
    return replace(settings, policy=replace(settings.policy, packs=frozenset(packs.values())))


def _guidelines(names: Iterable[str], known: Known) -> frozenset[str]:
    found = frozenset(names)
    if unknown := sorted(found - known.guidelines):
        near = get_close_matches(unknown[0], [title for title, _ in known.titles], 1)
        raise ValueError(words.no_guideline(unknown[0], next(iter(near), "")))
    return found


def _titles(ids: list[str], known: Known) -> list[str]:
    """What people call them."""
    called = {name: title for title, name in reversed(known.titles)}
    return [called.get(one, one) for one in ids]


def _put_severities(settings: WorkspaceSettings, text: str, known: Known) -> WorkspaceSettings:
    own: dict[str, Severity] = {}
    for pair in known.entries(text):
        name, equals, level = (part.strip() for part in pair.partition("="))
        if not equals:
            raise ValueError(words.NO_PAIRS)
        _guidelines([name], known)
        if name in ALWAYS_ON:
            raise ValueError(words.never_off(_titles([name], known)))
        own[name] = Severity(_choice(level, Severity, {one.value: label for one, label in SEVERITIES.items()}))
    return replace(settings, policy=replace(settings.policy, severities=tuple(sorted(own.items()))))


def _put_markets(settings: WorkspaceSettings, text: str, _: Known) -> WorkspaceSettings:
    return replace(settings, markets=_names(_limited(text)))


def _check_markets(text: str, _: Known) -> None:
    if strange := strange_place(_names(text)):
        raise ValueError(words.no_place(*strange))


def _put_facts(settings: WorkspaceSettings, text: str, _: Known) -> WorkspaceSettings:
    lines = (" ".join(line.split()) for line in _limited(text).splitlines())
    return replace(settings, facts=tuple(dict.fromkeys(line for line in lines if line)))


def _put_contacts(settings: WorkspaceSettings, text: str, _: Known) -> WorkspaceSettings:
    names = _names(_limited(text))
    if strange := [name for name in names if not contact_in(name)]:
        raise ValueError(words.no_contact(strange[0]))
    own: tuple[str, ...] = ()
    for name in names:
        own = with_contact(own, name)
    return replace(settings, own_contacts=own)


def _limited(text: str) -> str:
    if len(text) > _MOST:
        raise ValueError(words.settings_too_long(_MOST))
    return text


def _put_leads(settings: WorkspaceSettings, text: str, _: Known) -> WorkspaceSettings:
    people = tuple(name.strip("<@>").partition("|")[0] for name in _names(text))
    if any(not (name[:1] in "UW" and name.isascii() and name.isalnum() and name.isupper()) for name in people):
        raise ValueError(words.NO_USER)
    return replace(settings, brand_leads=people)


def _put_retention(settings: WorkspaceSettings, text: str, _: Known) -> WorkspaceSettings:
    days = int(text) if text.isascii() and text.isdecimal() and len(text) <= len(str(_MOST_DAYS)) else -1
    if days and not _FEWEST_DAYS <= days <= _MOST_DAYS:
        raise ValueError(words.NO_DAYS)
    return replace(settings, retention_days=days)


def _put_external(settings: WorkspaceSettings, text: str, _: Known) -> WorkspaceSettings:
    return replace(settings, external_authors=_choice(text, ("yes", "no")) == "yes")


def _put_language(settings: WorkspaceSettings, text: str, _: Known) -> WorkspaceSettings:
    return replace(settings, reply_language=_choice(text, REPLY_LANGUAGES, REPLY_LANGUAGES).replace(AS_DRAFT, ""))


def _put_month(settings: WorkspaceSettings, text: str, _: Known) -> WorkspaceSettings:
    return replace(settings, budgets=replace(settings.budgets, month=Ceiling.read(text)))


def _put_day_budget(settings: WorkspaceSettings, text: str, _: Known) -> WorkspaceSettings:
    return replace(settings, budgets=replace(settings.budgets, day=Ceiling.read(text)))


def _check_budget(text: str, known: Known) -> None:
    limits = Ceiling.read(text)
    if limits.dollars is not None and not known.priced:
        raise ValueError(words.NO_PRICES)
    if limits and known.review and not limits.holds(most := known.review()):
        raise ValueError(words.too_small(str(most.within(limits))))


_ALL = (
    Field("draft_channels", lambda s: _joined(s.draft_channels), _put_channels, check=_check_channels),
    Field("strictness", lambda s: str(s.strictness), _put_strictness),
    Field("reply_language", lambda s: s.reply_language or AS_DRAFT, _put_language),
    Field("digest_channel", lambda s: s.digest.channel, _put_digest_channel, check=_check_channels),
    Field("digest_day", lambda s: DAYS[s.digest.weekday], _put_day),
    Field("digest_time", lambda s: f"{s.digest.hour:02}:{s.digest.minute:02}", _put_time),
    Field("digest_zone", lambda s: s.digest.zone, _put_zone),
    Field("quiet_week", lambda s: s.digest.quiet_week, _put_quiet_week),
    Field("guidelines_off", lambda s: _joined(sorted(s.policy.off)), _put_off),
    Field("packs", lambda s: _joined(sorted(s.policy.packs)), _put_packs),
    Field("severities", lambda s: _joined(f"{g} = {level}" for g, level in s.policy.severities), _put_severities),
    Field("markets", lambda s: _joined(s.markets), _put_markets, check=_check_markets),
    Field("facts", lambda s: "\n".join(s.facts), _put_facts),
    Field("public_addresses", lambda s: _joined(s.own_contacts), _put_contacts),
    Field("brand_leads", lambda s: _joined(s.brand_leads), _put_leads),
    Field("retention_days", lambda s: str(s.retention_days), _put_retention),
    Field("external_authors", lambda s: "yes" if s.external_authors else "no", _put_external),
    Field("monthly_budget", lambda s: str(s.budgets.month), _put_month, check=_check_budget),
    Field("daily_budget", lambda s: str(s.budgets.day), _put_day_budget, check=_check_budget),
)
FIELDS = {field.name: field for field in _ALL}


# The settings by the names that people type.

_NOTHING = frozenset({"none", "-", "—", "–"})
_LONGEST = 12
"""Words that a name may have."""


def setting_in(text: str) -> tuple[str, str] | None:
    """The (field, value) in ``draft channels #drafts``, by a field's name or its label; None where none is named.

    ``none`` and a dash stand for an empty value.
    """
    text = text.replace("=", " = ", 1)
    words = text.split()
    for count in range(min(len(words), _LONGEST), 0, -1):
        name = _NAMES.get(_folded("".join(words[:count])))
        if name:
            value = text.split(None, count)[count].strip() if len(words) > count else ""
            value = value.removeprefix("=").strip()
            return name, "" if value.casefold() in _NOTHING else value
    return None


def nearest_setting(text: str) -> str:
    """The field that may be meant, "" where none is near."""
    words = text.split()
    tries = [_folded("".join(words[:count])) for count in range(1, min(len(words), _LONGEST) + 1)]
    near = [match for name in tries for match in get_close_matches(name, _NAMES, 1, 0.7)]
    return _NAMES[near[0]] if near else ""


_NAMES = {_folded(label): name for name, label in LABELS.items()} | {_folded(name): name for name in FIELDS}


# What flows need to know of workspaces' settings. Every call names its workspace (team).


class WorkspaceSettingsOf(Protocol):
    """The settings in force."""

    async def of(self, team: str) -> WorkspaceSettings:
        """The workspace's settings at this moment; ask each time, a change counts at once."""
        ...


class SettingValues(Protocol):
    """What was set in a workspace, as text by the field's name (see `bot.core.settings`)."""

    async def of(self, team: str) -> dict[str, str]:
        """The values that were set; a field that is not there has its default."""
        ...

    async def save(
        self,
        team: str,
        values: Mapping[str, str],
        changes: tuple[SettingChange, ...],
        seen: Mapping[str, str] | None = None,
    ) -> bool:
        """Keep the values and the entries of the audit, all or nothing.

        ``seen`` is what `of` gave before the values were made of it. False, and nothing is kept, where somebody set one
        of the same fields since.
        """
        ...

    async def changes(self, team: str, most: int) -> tuple[SettingChange, ...]:
        """The latest entries of the audit, the newest first."""
        ...
