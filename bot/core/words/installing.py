"""What people read who install Candor, connect a model, or start it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.errors import Trouble
from bot.core.installing import Fitness
from bot.core.watching import Gap, Undelivered, Unread
from bot.core.words.people import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.installing import Guest, ModelServer


# What people read while they install Candor, and what an operator reads when that cannot work.

DONE = "Candor is installed"
WAITING = "Candor is waiting for a yes"
NOT_DONE = "Candor was not installed"
OPEN_SLACK = "Open Slack"
TRY_AGAIN = "Try again"
_REASONS = {
    "access_denied": "You cancelled. Nothing has changed in your workspace.",
    "invalid_browser": "The installation began in another browser, or this one blocks cookies. "
    "Start again, and finish in the same browser.",
    "invalid_state": "More than ten minutes have passed and the link has expired. Start again.",
    "missing_code": "Slack didn't send a code. Start again.",
    "invalid_code": "Slack couldn't be reached or didn't accept the code, which works only once. Start again.",
    "storage_error": "Slack agreed, but Candor couldn't save what it received. Try again in a few minutes.",
}

_NEXT = (
    "Add Candor to the channel where you write drafts: type /invite @Candor there. Then post a draft; the answer "
    "will appear in its thread."
)
_REMOVE = "To remove Candor, uninstall the app in Slack. Everything it stored about your workspace is then deleted."
NO_KEYS = (
    "ENCRYPTION_KEYS is not set, and without a key Candor won't store workspace tokens. Make one and set it: "
    "candor doctor --new-key"
)


def done(workspace: str) -> tuple[str, ...]:
    """What to do next, one paragraph each."""
    name = f" in {workspace}" if workspace else ""
    return (
        f"Candor is an automated assistant, and it's now installed{name}. It doesn't read anything yet.",
        _NEXT,
        _REMOVE,
    )


def waiting(workspace: str, key: str) -> tuple[str, ...]:
    """It is installed, and the operator has not allowed it; one paragraph each."""
    name = f" in {workspace}" if workspace else ""
    return (
        f"Candor is installed{name}, but the people who run it haven't allowed it there yet.",
        "Until they do, it doesn't read or answer anything.",
        f"Please send them this ID: {key}. Once they say yes, Candor starts, and you don't have to install it again.",
        _REMOVE,
    )


def guest(one: Guest, installed_on: str) -> str:
    """One line of the operator's list."""
    key = one.home.key
    state = f"waiting for your yes: candor workspaces --allow {key}" if one.waits else "allowed"
    if one.revoked:
        state = "off: its tokens were revoked"
    return f"{key}  installed on {installed_on}  {state}"


def tokens_revoked(key: str) -> str:
    """The log's line, once for each time."""
    return (
        f"Slack says that the tokens of {key} were revoked, so Candor is off there. It keeps the workspace's data for "
        "7 days and then deletes them, unless somebody reinstalls Candor."
    )


def allowed(key: str, count: int) -> str:
    """The operator said yes."""
    what = "1 installation" if count == 1 else f"{count} installations"
    return f"{key}: {what} allowed. Candor starts there within a few seconds."


NO_GUESTS = "No workspace has installed Candor with OAuth."
WORKSPACES_HELP = "list the workspaces that installed Candor with OAuth, and allow those that are waiting"
ALLOW_HELP = "let this workspace (T...) or organisation (E...) use Candor"


def not_waiting(key: str) -> str:
    """There is nothing to allow."""
    return f"{key} isn't waiting. To see who is, run: candor workspaces"


def not_done(reason: str) -> str:
    """Why it did not work, and what helps."""
    return _REASONS.get(reason, "Slack didn't finish the installation. Start again.")


# What people read about the language model: which one is connected, how to connect one, and what a try came to.

BUTTON = "Connect a model"
CHANGE = "Change"
TITLE = "Connect a language model"
ABOUT = (
    "Any server that speaks OpenAI's protocol will do: OpenAI itself, or one on your own machine such as Ollama, "
    "LM Studio, llama.cpp or vLLM. Drafts then go to that server, with e-mail addresses, phone numbers and keys masked."
)
ADDRESS = "Address"
ADDRESS_EXAMPLE = "http://127.0.0.1:11434/v1"
ADDRESS_HINT = "For OpenAI it's https://api.openai.com/v1; for Ollama on this machine, http://127.0.0.1:11434/v1."
KEY = "Key"
KEY_HINT = "Leave it empty if the server doesn't ask for one."
MODEL = "Model"
MODEL_HINT = "Type the address first, and the server's models will be listed here."
KEEP = "Remember it: write it to .env in the folder Candor was started from"
TRY = "Try it"
DISCONNECT = "Disconnect"
CLOSE = "Close"
FOUND = "Found on this machine:"
NONE = "No language model: fixed checks only"
NONE_OF_ONES_OWN = "No language model for your own drafts"
DISCONNECTED = "No language model is connected now. The next time Candor starts, it will use your settings again."
EMPTY_ADDRESS = "Enter the server's address."
NO_ADDRESS = "That isn't an address. It should look like this: http://127.0.0.1:11434/v1"
IN_THE_CLEAR = (
    "With http:// anyone on the way could read your drafts and the key. Use https://; http:// is only for this "
    "machine, private networks and names without a dot."
)
NO_NAME = "Enter the name of a model."
NO_CONTROL = "The address, the key and the model have to be single lines of plain text."
BOT_FAILED = "The model answers, but Candor couldn't start with it and carries on as before."
SAID = {
    "listed": "{number} models listed. Pick one, or type its name.",
    "trying": "Trying … a model on your own machine may need a minute to load.",
    "failed": "Candor's local workspace didn't answer. Is it still running?",
}
"""What the page's script says."""
TRUST = "If your company has its own CA, set SSL_CERT_FILE to a file with its certificate and the public ones."
PROXIES = "Check HTTPS_PROXY and what the proxy allows; hosts to reach without it go into NO_PROXY."
_MOST = 6
"""Models that are named in a line."""
_TRIED = {
    Fitness.KEY_REFUSED: "{address} refused this key. Check that it is complete and still valid.",
    Fitness.NO_SUCH_MODEL: "{address} has no model called “{model}”.",
    Fitness.NO_CREDIT: "The key is right, but the account at {address} has no credit left.",
    Fitness.BUSY: "{address} is too busy to answer. Try again in a minute.",
    Fitness.AWAY: "Nothing answers at {address}. Is the server running, and is the address right?",
    Fitness.UNTRUSTED: f"The certificate of {{address}} isn't trusted. {TRUST}",
    Fitness.FORBIDDEN: (
        "The request to {address} was refused (403 Forbidden), and the refusal doesn't mention the key. A proxy or "
        "firewall may have blocked it, or the server may not serve your country."
    ),
    Fitness.PROXY: f"The proxy doesn't let Candor reach {{address}}. {PROXIES}",
    Fitness.SILENT: "The server at {address} took the request but didn't answer in time. Is it busy, or stuck?",
    Fitness.FAILING: "{address} answered with an error. The server's log may say why.",
    Fitness.OTHER_PROTOCOL: "The server at {address} doesn't speak OpenAI's protocol. Is the path right?",
    Fitness.UNREADABLE: "{model} responds, but not in the format Candor needs. Try a larger model.",
    Fitness.EMPTY: "{model} gave an empty answer. Some models think so long that nothing is left for the answer.",
    Fitness.REFUSES: "{address} refused the request. It may not allow this model, or this kind of request.",
}


def connected(model: str, address: str) -> str:
    """Which model is connected, for the page's bar."""
    return f"Language model: {model} at {address.partition('://')[2].partition('/')[0]}"


def tried(fitness: Fitness, address: str, model: str, said: str = "") -> str:
    """What a try that failed came to, and what the server ``said``."""
    told = _TRIED[fitness].format(address=address, model=model)
    return f"{told} The answer was: “{said}”" if said else told


def answers(model: str, *, kept: bool, trouble: str) -> str:
    """A model that answered and is used from now on."""
    lasts = (
        "It's saved in .env, so Candor will use it next time too."
        if kept
        else "It stays connected until you stop Candor."
    )
    return f"{model} answers. Candor will use it from the next draft. {trouble or lasts}"


def in_environment(names: Sequence[str]) -> str:
    """Why writing to the file would be no use."""
    said = " and ".join(names)
    return f"It isn't saved in .env, because {said} in your environment would override it next time."


def not_written(reason: str) -> str:
    """The file could not be written."""
    return f"It couldn't be saved in .env ({reason}), so it only stays connected until you stop Candor."


def found(server: ModelServer, use: str) -> str:
    """A server that was found, and how to use it. ``use`` is what to type or to set."""
    return f"There's a language model at {server.address} ({_named(server)}). To use it: {use}"


def has_no_models(server: ModelServer) -> str:
    """A server that was found and lists nothing to use."""
    return f"There's a model server at {server.address}, but it has no text model yet."


def offered(server: ModelServer) -> str:
    """A server that was found, and how to use it from the settings."""
    if not server.for_text:
        return has_no_models(server)
    return found(server, to_set(server.address, server.for_text[0]))


def to_set(address: str, model: str) -> str:
    """How to use a model by settings."""
    return f"set OPENAI_BASE_URL={address} and OPENAI_MODEL={model}"


def nobody_has(model: str, servers: Sequence[ModelServer], ports: Sequence[int]) -> str:
    """The model that somebody asked for is on no server of this machine."""
    if not servers:
        looked = ", ".join(map(str, ports))
        return (
            f"No language model server was found on this machine (ports {looked}), so “{model}” can't be used. "
            "Start one, or set OPENAI_BASE_URL."
        )
    listed = "; ".join(f"{server.address} has {_named(server, every=True)}" for server in servers)
    return f"No server on this machine has a model called “{model}”: {listed}."


def _named(server: ModelServer, *, every: bool = False) -> str:
    names = server.models if every else server.for_text
    shown = ", ".join(names[:_MOST]) or "no model"
    return shown if len(names) <= _MOST else f"{shown} and {count(len(names) - _MOST, 'other')}"


# What an operator reads when Candor starts, or cannot.

TABLES_TOO_NEW = (
    "The database tables are from a newer version of Candor, and this version can't use them. Install the newer "
    "version, or restore the backup from before the upgrade."
)
MIGRATE_FIRST = "The database tables are out of date. Run: candor migrate"
_WHY = {
    Trouble.ABSENT: "Candor isn't in it, or it's archived",
    Trouble.NO_SCOPE: "the app is missing a scope from its manifest",
    Trouble.LATER: "Slack didn't answer; Candor will try again",
}


def token_refused(token: str, reason: str) -> str:
    """Slack does not accept a token."""
    return f"SLACK_BOT_TOKEN: Slack rejected the token {token}... ({reason}); copy it again from the app's page."


def token_unanswered(which: list[int], reason: str) -> str:
    """Slack had no answer at the start; that says nothing about the tokens, told by their place in the setting."""
    many = "one token" if len(which) == 1 else f"{len(which)} tokens"
    named = ", ".join(f"bot token {number}" for number in which)
    return f"Slack couldn't answer for {many} ({named}: {reason}); trying again"


def slack_unreachable(url: str, reason: str) -> str:
    """Slack cannot be reached at all."""
    return f"SLACK_API_URL: can't reach {url} ({reason}); check the address and the network."


def slack_untrusted(url: str, reason: str) -> str:
    """Slack's certificate, or that of who stands between, is not trusted here."""
    return f"SLACK_API_URL: the certificate of {url} isn't trusted ({reason}). {TRUST}"


def unknown_pack(names: list[str], known: list[str]) -> str:
    """A pack that no guideline belongs to."""
    return f"GUIDELINE_PACKS: there's no pack called {', '.join(names)}; choose from: {', '.join(known) or 'none'}"


READY, NOT_READY = "ready\n", "not ready\n"
WITHOUT = "ready, but Slack hasn't answered for a bot token yet; asking again\n"
BEHIND = "ready, but Slack couldn't deliver everything; reading it back until it gets through\n"
"""Still 200: a balancer that took the process out would keep Slack out as well."""


def noticed(news: Gap | Unread | Undelivered) -> str:
    """What was missed, or could not be made good, for the log."""
    if isinstance(news, Undelivered):
        drafts = "1 draft" if news.count == 1 else f"{news.count} drafts"
        return (
            f"Workspace {news.team}: Slack didn't deliver {drafts}, now read back. Check that it can reach the address."
        )
    if isinstance(news, Gap):
        hours = (news.ended - news.began) / 3600
        said = f"nothing was received for {hours:.0f} hours; posts over 24 hours old weren't reviewed"
        return f"Workspace {news.team}: {said}."
    channel = f"channel {news.channel}" if news.channel else "the list of channels"
    why = _WHY[news.trouble]
    if news.code and news.trouble is Trouble.LATER:
        why = f"Slack answered {news.code}; Candor will try again"
    return f"Workspace {news.team}: Candor couldn't read {channel} ({why})."


def folder_unusable(folder: str, reason: str) -> str:
    """The folder for SQLite's files cannot be used: missing rights, a file in its place, a full disk."""
    return f"DATA_DIR: can't write to {folder} ({reason}). Check its permissions and space, or name another one."


def folder_taken(folder: str) -> str:
    """Another process has it."""
    return (
        f"another Candor is running with the data in {folder}: stop that one, give this one a folder of its own, "
        "or use PostgreSQL, which several can share"
    )


AWAY = "the PostgreSQL server can't be reached, or refuses the connection"
DAMAGED = "its file is damaged, or isn't a database"
_REMEDIES = {
    AWAY: "Check that the server is running, and the host, port, name, user and password in DATABASE_URL.",
    DAMAGED: "Put back the last backup of DATA_DIR, or point DATA_DIR at another folder.",
}


def database_stopped(reason: str) -> str:
    """The database could not be used: `AWAY`, `DAMAGED`, or what the system says of the disk."""
    return f"Candor couldn't use the database ({reason}). {database_remedy(reason)}"


def database_remedy(reason: str) -> str:
    """What to do about that."""
    disk = "Check the disk space, the permissions of its files, and whether another program is using them."
    return _REMEDIES.get(reason, disk)


def not_utf_8(file: str) -> str:
    """The file of settings, mostly `.env`, has another encoding."""
    return f"{file} isn't saved as UTF-8, so it can't be read. Save it as UTF-8 and try again."


def no_env(file: str, reason: str) -> str:
    """The file can't be read."""
    return f"{file} can't be read ({reason})."


def no_setting_on(file: str, line: int) -> str:
    """What stands there is not repeated: it may be half a key."""
    return f"Line {line} of {file} isn't a setting. Write NAME=value there, or # before it if it's a note."


def redirected(file: str, url: str, key: str) -> str:
    """An address from the file would get a key from the environment."""
    return (
        f"{url} is set in {file}, but {key} comes from the environment, so {file} could send that key anywhere. "
        f"Set both in the environment, or both in {file}."
    )


def proxy(name: str) -> str:
    """A proxy's address that no library here takes; it may hold a password, so it is not quoted."""
    return (
        f"{name}: a proxy's address starts with http:// or https:// and has a host (SOCKS won't work here),"
        f" as in {name}=http://proxy.example.com:8080"
    )
