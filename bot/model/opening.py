"""Opens a model with the settings it is given."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from openai import AsyncOpenAI

    from bot.model.language_model import Limits, Wire
    from bot.model.speaking import SpeakingModel

_OPENAI = "https://api.openai.com/v1"


def open_model(
    *,
    api_key: str,
    base_url: str,
    model: str,
    effort: str,
    limits: Limits,
    api: Literal["responses", "chat"] | None = None,
) -> Wire:
    """The model; close it after use.

    Without ``base_url`` OpenAI's Responses, with one the server's Chat Completions; ``api`` chooses otherwise. Local
    servers want no key, but the client insists on one.
    """
    from bot.model.chat import ChatModel  # noqa: PLC0415 - see `_client`
    from bot.model.responses import ResponsesModel  # noqa: PLC0415

    client = _client(api_key, base_url, limits)
    if _speaks_chat(base_url, api):
        return ChatModel(client, model, effort, limits)
    return ResponsesModel(client, model, effort, limits)


def open_speaker(
    *,
    api_key: str,
    base_url: str,
    model: str,
    effort: str,
    limits: Limits,
    api: Literal["responses", "chat"] | None = None,
) -> SpeakingModel:
    """The same model, to answer piece by piece; close it after use."""
    from bot.model.speaking_chat import SpeakingChat  # noqa: PLC0415 - see `_client`
    from bot.model.speaking_responses import SpeakingResponses  # noqa: PLC0415

    client = _client(api_key, base_url, limits)
    if _speaks_chat(base_url, api):
        return SpeakingChat(client, model, effort, limits)
    return SpeakingResponses(client, model, effort, limits)


def _speaks_chat(base_url: str, api: Literal["responses", "chat"] | None) -> bool:
    return (api or ("chat" if base_url else "responses")) == "chat"


def _client(api_key: str, base_url: str, limits: Limits) -> AsyncOpenAI:
    # The library is a fifth of all that a start imports, and many starts have no model.
    from openai import AsyncOpenAI, Timeout  # noqa: PLC0415

    # Its debug log holds whole requests, and so drafts.
    logging.getLogger("openai").setLevel(logging.INFO)
    return AsyncOpenAI(
        api_key=api_key or "none",
        base_url=base_url or _OPENAI,
        max_retries=0,
        timeout=Timeout(limits.call, connect=limits.connect),
    )
