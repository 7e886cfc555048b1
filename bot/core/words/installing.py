"""What people read about the language model: which one is connected, how to connect one, and what a try came to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.connecting import Fitness
from bot.core.words.counting import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.connecting import ModelServer

BUTTON = "Connect a model"
CHANGE = "Change"
TITLE = "Connect a language model"
ABOUT = (
    "Any server that speaks OpenAI's protocol will do: OpenAI itself, or one on your own machine such as Ollama, "
    "LM Studio, llama.cpp or vLLM. Drafts then go to that server, with e-mail addresses, phone numbers and keys masked."
)
ADDRESS = "Address"
ADDRESS_EXAMPLE = "http://127.0.0.1:11434/v1"
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
_MOST = 6
"""Models that are named in a line."""
_TRIED = {
    Fitness.KEY_REFUSED: "{address} refused this key. Check that it is complete and still valid.",
    Fitness.NO_SUCH_MODEL: "{address} has no model called “{model}”.",
    Fitness.NO_CREDIT: "The key is right, but the account at {address} has no credit left.",
    Fitness.BUSY: "{address} is too busy to answer. Try again in a minute.",
    Fitness.AWAY: "Nothing answers at {address}. Is the server running, and is the address right?",
    Fitness.FAILING: "{address} answered with an error. The server's log may say why.",
    Fitness.OTHER_PROTOCOL: "The server at {address} doesn't speak OpenAI's protocol. Is the path right?",
    Fitness.UNREADABLE: "{model} responds, but not in the format Candor needs. Try a larger model.",
    Fitness.REFUSES: "{address} refused the request. It may not allow this model, or this kind of request.",
}


def connected(model: str, address: str) -> str:
    """Which model is connected, for the page's bar."""
    return f"Language model: {model} at {address.partition('://')[2].partition('/')[0]}"


def tried(fitness: Fitness, address: str, model: str) -> str:
    """What a try that failed came to."""
    return _TRIED[fitness].format(address=address, model=model)


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
