"""What ``candor doctor`` says: one sentence on what is so, and one on what to do where that is not well."""

from __future__ import annotations

import shlex
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.core.installing import Diagnosis, Fitness
from bot.core.judging import Failure
from bot.core.operating import FEWEST_CONNECTIONS
from bot.core.words.installing import PROXIES, TABLES_TOO_NEW, TRUST, database_remedy, tried
from bot.core.words.people import count
from bot.core.words.spending import money

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.core.judging import Usage


SETTINGS, CLOCK, TOKENS, CHANNELS = "settings", "clock", "tokens", "channels"
MODEL, DATABASE, PROMPTS, KEYS, PICTURES = "model", "database", "prompts", "keys", "pictures"
WELL, UNWELL = "ok", "!!"
HELP = "check settings, tokens, channels, model and database, and show what to fix"
ABOUT = (
    "Check everything Candor needs. You can do this while it's running. Exit status: 0 if all is well, 1 if something "
    "needs fixing."
)
JSON_HELP = "print JSON"
KEY_HELP = "print a new key for ENCRYPTION_KEYS and do nothing else"
_GIGABYTE = 1_000_000_000
_REINSTALL = "Update the app with the manifest from `candor manifest`, then reinstall it in the workspace."
_NO_METHOD = (
    "The server in SLACK_API_URL doesn't know users.conversations, so name channels by ID; buttons won't work there."
)
_EXAMPLES = {
    " For example: ": "Set it in .env or in the environment, for example:",
    "; use something like ": "Use something like",
}
"""How a sentence about a setting goes on with an example."""
APP_TOKEN = "app token"  # noqa: S105 - its name
_MODEL_REMEDIES = {
    Fitness.KEY_REFUSED: "Check OPENAI_API_KEY: it may be mistyped, revoked, or not allowed to use this model.",
    Fitness.NO_SUCH_MODEL: "Set OPENAI_MODEL to a model that the server has.",
    Fitness.NO_CREDIT: "Add credit to your account with the model's provider, or raise its limit.",
    Fitness.BUSY: "Try again in a few minutes; until then only fixed checks run.",
    Fitness.UNTRUSTED: TRUST,
    Fitness.FORBIDDEN: "Check what the network allows, and whether the provider serves your country.",
    Fitness.PROXY: PROXIES,
    Fitness.AWAY: "Check OPENAI_BASE_URL and the network, then run candor doctor again.",
    Fitness.SILENT: "Check the server, and its log. If it's only slow, raise MODEL_DEADLINE.",
    Fitness.FAILING: "Check the server's log, then run candor doctor again.",
    Fitness.EMPTY: "Try a lower OPENAI_EFFORT, or choose another OPENAI_MODEL.",
    Fitness.OTHER_PROTOCOL: "Check OPENAI_BASE_URL; it usually ends in /v1.",
}


def settings_hold() -> Diagnosis:
    """All settings have right values."""
    return Diagnosis(SETTINGS, "All settings are valid.")


def setting_mistyped(name: str, meant: str) -> Diagnosis:
    """A name in `.env` that nothing reads."""
    return Diagnosis(
        SETTINGS, f".env sets {name}, and Candor knows no such setting.", f"If you mean {meant}, rename it."
    )


def setting_fault(sentence: str) -> Diagnosis:
    """A setting is missing or wrong; the sentence is the one that a start would end with."""
    for mark, remedy in _EXAMPLES.items():
        says, found, example = sentence.partition(mark)
        if found:
            return Diagnosis(SETTINGS, says, f"{remedy} {example}")
    return Diagnosis(SETTINGS, sentence, "Fix it in .env or in the environment.")


def not_looked_at() -> Diagnosis:
    """Where settings are wrong, nothing else can be looked at."""
    return Diagnosis(
        SETTINGS, "Candor didn't check anything else.", "Fix the settings first, then run candor doctor again."
    )


def clock_right() -> Diagnosis:
    """The machine's clock agrees with Slack's."""
    return Diagnosis(CLOCK, "The clock agrees with Slack's.")


def clock_wrong(seconds: float) -> Diagnosis:
    """It does not; positive seconds are ahead."""
    way = "ahead of" if seconds > 0 else "behind"
    says = (
        f"The clock is {abs(seconds):.0f} seconds {way} Slack's, so Candor refuses signed events and times are wrong."
    )
    return Diagnosis(CLOCK, says, "Switch on time synchronisation (NTP) on this machine.")


def retention_waits(jump: float, until: float) -> Diagnosis:
    """Old drafts stay for now; ``jump`` is in seconds, ``until`` a moment in seconds since 1970."""
    way, days = "ahead" if jump > 0 else "back", max(1, round(abs(jump) / 86400))
    day = datetime.fromtimestamp(until, UTC)
    says = (
        f"The clock has moved {way} by {count(days, 'day')} since Candor last checked it (or Candor was off), so "
        f"Candor won't delete old drafts before {day.day} {day:%B %Y, %H:%M} UTC."
    )
    return Diagnosis(CLOCK, says)


def slack_away(url: str, reason: str) -> Diagnosis:
    """Slack cannot be reached."""
    return Diagnosis(TOKENS, f"Candor can't reach {url} ({reason}).", "Check SLACK_API_URL and the network.")


def slack_untrusted(url: str, reason: str) -> Diagnosis:
    """Something answers there, with a certificate that this machine does not trust."""
    return Diagnosis(TOKENS, f"The certificate of {url} isn't trusted ({reason}).", TRUST)


def slack_odd(asked: str, reason: str, *, is_slack: bool) -> Diagnosis:
    """An answer that says nothing about what was ``asked``: a failure of Slack's own, or a page by who is between."""
    remedy = "Run candor doctor again in a few minutes. If it stays like this, look at https://status.slack.com."
    if not is_slack:
        remedy = "Check SLACK_API_URL, and if a proxy or firewall is in between, whether it lets Candor reach Slack."
    return Diagnosis(
        TOKENS, f"Slack didn't answer as it should ({reason}), so Candor couldn't check the {asked}.", remedy
    )


def bot_token_works(which: str, team: str, team_id: str) -> Diagnosis:
    """A bot token is good."""
    return Diagnosis(TOKENS, f"The {which} works: workspace {team} ({team_id}).")


def bot_token_refused(which: str, reason: str) -> Diagnosis:
    """It is not. ``which`` never quotes it."""
    remedy = "Copy SLACK_BOT_TOKEN again from the app's page (OAuth & Permissions)."
    if which.startswith("installation"):
        remedy = "Reinstall Candor in that workspace: open PUBLIC_URL/slack/install in a browser."
    return Diagnosis(TOKENS, f"Slack rejected the {which} ({reason}).", remedy)


def scopes_missing(team_id: str, missing: Iterable[str]) -> Diagnosis:
    """The app was installed with an older manifest."""
    return Diagnosis(TOKENS, f"Workspace {team_id}: the app is missing the scopes {', '.join(missing)}.", _REINSTALL)


def app_token_works() -> Diagnosis:
    """Socket Mode can begin."""
    return Diagnosis(TOKENS, "The app token works: Socket Mode can connect.")


def app_token_refused(reason: str) -> Diagnosis:
    """It cannot."""
    remedy = "Create an app-level token with the connections:write scope (Basic Information) and set SLACK_APP_TOKEN."
    return Diagnosis(TOKENS, f"Slack rejected the app token ({reason}).", remedy)


def nobody_installed(url: str) -> Diagnosis:
    """OAuth is on, and no workspace came yet."""
    return Diagnosis(TOKENS, f"No workspace has installed Candor yet. To install it, open {url}/slack/install")


def no_channels(team_id: str) -> Diagnosis:
    """A choice, no fault."""
    says = f"Workspace {team_id}: Candor isn't on in any channel. It reviews direct messages, and drafts on request."
    return Diagnosis(CHANNELS, says)


def in_channel(team_id: str, channel: str) -> Diagnosis:
    """Candor is where it should be."""
    return Diagnosis(CHANNELS, f"Workspace {team_id}: Candor is in {_channel(channel)}.")


def not_in_channel(team_id: str, channel: str) -> Diagnosis:
    """The channel is there, Candor is not in it."""
    place = _channel(channel)
    return Diagnosis(CHANNELS, f"Workspace {team_id}: Candor isn't in {place}.", f"Type /invite @Candor in {place}.")


def no_such_channel(team_id: str, channel: str) -> Diagnosis:
    """Not there, or private and so not to be seen."""
    place = _channel(channel)
    remedy = f"Check the name in DRAFT_CHANNELS; if {place} is private, type /invite @Candor there."
    return Diagnosis(CHANNELS, f"Workspace {team_id}: Candor can't see a channel called {place}.", remedy)


def channels_of(team_id: str) -> str:
    """What is asked about them."""
    return f"channels in workspace {team_id}"


def channels_unread(team_id: str, reason: str) -> Diagnosis:
    """The channels cannot be listed."""
    remedy = _NO_METHOD if reason == "unknown_method" else _REINSTALL
    return Diagnosis(CHANNELS, f"Workspace {team_id}: Candor couldn't list the channels ({reason}).", remedy)


def no_model() -> Diagnosis:
    """A choice, no fault."""
    says = "No language model is set, so only fixed checks run. To change that, set OPENAI_API_KEY."
    return Diagnosis(MODEL, says)


def model_works(name: str, seconds: float, usage: Usage, dollars: float | None) -> Diagnosis:
    """It reviewed a sample draft."""
    tokens = f"{count(usage.calls, 'call')}, {count(usage.input_tokens, 'token')} in, {usage.output_tokens} out"
    cost = "" if dollars is None else f", {money(dollars)}"
    return Diagnosis(MODEL, f"The model {name} reviewed a sample draft in {seconds:.1f} seconds ({tokens}{cost}).")


def review_fails(name: str, failure: Failure, deadline: float) -> Diagnosis:
    """It answers a short question, but gave no review of a sample draft."""
    why = _FAILURES.get(failure, _OTHER_FAILURE).format(deadline=f"{deadline:.0f}")
    remedy = _FAILURE_REMEDIES.get(failure, "Choose another OPENAI_MODEL.")
    return Diagnosis(MODEL, f"The model {name} answers, but couldn't review a sample draft: {why}.", remedy)


_OTHER_FAILURE = "it didn't finish within {deadline} seconds (MODEL_DEADLINE)"
_FAILURES = {
    Failure.UNREADABLE: "its answer isn't in the format Candor needs",
    Failure.TOO_LONG: "its answer was cut off",
    Failure.NO_ROOM: "its context window is too small",
    Failure.REFUSED: "it declined to answer",
    Failure.BUSY: "its server is too busy",
    Failure.QUOTA: "the account has no credit left",
    Failure.KEY: "its server refused the key",
    Failure.SETTINGS: "its server refused the request",
}
_FAILURE_REMEDIES = {
    Failure.UNREACHABLE: "Raise MODEL_DEADLINE, or use a faster model or machine.",
    Failure.NO_ROOM: "Give it a context window of 16,000 tokens, or at least 8,000.",
    Failure.TOO_LONG: "Give it a context window of 16,000 tokens, or choose another OPENAI_MODEL.",
    Failure.BUSY: "Try again in a few minutes; until then only fixed checks run.",
    Failure.QUOTA: "Add credit to your account with the model's provider, or raise its limit.",
    Failure.KEY: "Check that the key is allowed to use this model.",
}


def model_fails(name: str, address: str, fitness: Fitness, said: str = "") -> Diagnosis:
    """It did not, or not in the form that reviews need. ``said`` are the server's own words."""
    remedy = _MODEL_REMEDIES.get(fitness, "Choose another OPENAI_MODEL, or another OPENAI_API.")
    return Diagnosis(MODEL, tried(fitness, address, name, said=said), remedy)


def model_found(sentence: str) -> Diagnosis:
    """A server on this machine that could be used."""
    return Diagnosis(MODEL, sentence)


def database_new(folder: str) -> Diagnosis:
    """SQLite, before the first start."""
    return Diagnosis(DATABASE, f"The database will be created in {folder} the first time Candor starts.")


def database_away(reason: str) -> Diagnosis:
    """Nobody answers there, or its file can't be used."""
    return Diagnosis(DATABASE, f"Candor can't use the database: {reason}.", database_remedy(reason))


def database_behind(*, sqlite: bool) -> Diagnosis:
    """Migrations are missing; SQLite's run at the start."""
    if sqlite:
        return Diagnosis(
            DATABASE, "The tables are from an earlier version; Candor will update them next time it starts."
        )
    return Diagnosis(DATABASE, "The database tables are out of date.", "Run: candor migrate")


def database_ahead() -> Diagnosis:
    """Migrations ran that this code does not know, and they did more than add something."""
    says, _, remedy = TABLES_TOO_NEW.partition(". ")
    return Diagnosis(DATABASE, f"{says}.", remedy)


def database_works() -> Diagnosis:
    """It can be read and written."""
    return Diagnosis(DATABASE, "The database is up to date and writable.")


def connections_fit(processes: int, each: int, most: int) -> Diagnosis:
    """What the processes may open in all, against what the server allows; ``processes`` is at least 1."""
    running = count(processes, "process", "processes")
    says = f"{running} can open up to {processes * each} of PostgreSQL's {most} connections."
    return Diagnosis(DATABASE, says)


def connections_short(processes: int, each: int, most: int) -> Diagnosis:
    """Together they may open more than there are."""
    running = count(processes, "process", "processes")
    says = f"{running} can open up to {processes * each} connections, but PostgreSQL allows only {most}."
    lower = most // processes
    if lower < FEWEST_CONNECTIONS:
        return Diagnosis(DATABASE, says, "Raise max_connections in PostgreSQL, or run fewer processes.")
    return Diagnosis(
        DATABASE, says, f"Set DATABASE_CONNECTIONS to {lower} or lower, or raise max_connections in PostgreSQL."
    )


def database_read_only(reason: str) -> Diagnosis:
    """It can be read, not written."""
    return Diagnosis(
        DATABASE, f"Candor can't write to the database ({reason}).", "Check the permissions of its files or its user."
    )


def folder_unusable(folder: str) -> Diagnosis:
    """SQLite's folder cannot be used."""
    return Diagnosis(
        DATABASE, f"Candor can't write to {folder}.", "Check its permissions, or set DATA_DIR to another folder."
    )


def folder_unread(folder: str, reason: str) -> Diagnosis:
    """It cannot be looked into."""
    return Diagnosis(DATABASE, f"Candor can't look into {folder} ({reason}).", "Check who owns it.")


def files_private(folder: str) -> Diagnosis:
    """Nobody else can read what is stored."""
    return Diagnosis(DATABASE, f"Only their owner can read {folder} and the files in it.")


def files_open(folder: str, names: Sequence[str]) -> Diagnosis:
    """Others can; "." among the names is the folder."""
    files = [name for name in names if name != "."]
    what = ([folder] if "." in names else []) + ([_files(files, folder)] if files else [])
    says = f"Other accounts on this machine can open {' and '.join(what)}."
    return Diagnosis(DATABASE, says, f"Run: chmod -R u=rwX,go= {shlex.quote(folder)}")


def _files(names: Sequence[str], folder: str) -> str:
    return f"{names[0]} in {folder}" if len(names) == 1 else f"{len(names)} files in {folder}"


def disk_holds(folder: str, free: int) -> Diagnosis:
    """There is room; ``free`` is in bytes."""
    return Diagnosis(DATABASE, f"The disk under {folder} has {_size(free)} left.")


def disk_full(folder: str, free: int) -> Diagnosis:
    """There is hardly any; ``free`` is in bytes."""
    says = f"The disk under {folder} is nearly full: {_size(free)} left. On a full disk Candor can't take drafts."
    return Diagnosis(DATABASE, says, "Free some space, or set DATA_DIR to a folder on another disk.")


def _size(size: int) -> str:
    return f"{size / 1e9:.1f} GB" if size >= _GIGABYTE else f"{size / 1e6:.0f} MB"


def lock(*, held: bool) -> Diagnosis:
    """Whether a Candor runs on SQLite's files; either is well."""
    says = "Candor is running and using these files." if held else "Candor isn't running with these files."
    return Diagnosis(DATABASE, says)


def prompts_hold(guidelines: int) -> Diagnosis:
    """Every file can be read."""
    return Diagnosis(PROMPTS, f"The prompts and {count(guidelines, 'guideline')} are valid.")


def prompts_fault(sentence: str) -> Diagnosis:
    """One that cannot."""
    return Diagnosis(PROMPTS, sentence, "Fix the file; candor check lists every error and runs the examples.")


def credentials_read(*, is_installed: bool) -> Diagnosis:
    """Whether pictures' Content Credentials are. Nothing is wrong if they aren't."""
    if is_installed:
        return Diagnosis(PICTURES, "Candor reads the Content Credentials of attached pictures, offline.")
    how = "To switch that on, run pip install 'candor[credentials]'. Nothing is sent anywhere."
    return Diagnosis(PICTURES, f"Candor doesn't read the Content Credentials of attached pictures. {how}")


def keys_fit(installations: int) -> Diagnosis:
    """Every installation can be opened."""
    return Diagnosis(KEYS, f"ENCRYPTION_KEYS can decrypt {count(installations, 'installation')}.")


def key_misses(home: str) -> Diagnosis:
    """One that cannot be opened."""
    remedy = "Add its old key back at the end of ENCRYPTION_KEYS, or reinstall Candor there."
    return Diagnosis(KEYS, f"No key in ENCRYPTION_KEYS can decrypt the installation in {home}.", remedy)


def key_is_old(installations: int) -> Diagnosis:
    """Not all are encrypted with the newest key."""
    says = (
        f"{count(installations, 'installation')} still {'needs' if installations == 1 else 'need'} an older key. Candor"
        " will switch to the newest next time it starts."
    )
    return Diagnosis(KEYS, says)


def summary(faults: int) -> str:
    """The last line."""
    return "All is well." if not faults else f"{count(faults, 'thing')} to fix."


def _channel(channel: str) -> str:
    """Ids are written in capitals, names are not."""
    return channel if channel.isupper() and channel.isalnum() else f"#{channel}"
