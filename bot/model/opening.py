"""Opens a model with the settings it is given."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Literal

from openai import AsyncOpenAI, Timeout

from bot.model.chat import ChatModel
from bot.model.responses import ResponsesModel

if TYPE_CHECKING:
    from bot.model.language_model import LanguageModel, Limits

_OPENAI = "https://api.openai.com/v1"


def open_model(
    *,
    api_key: str,
    base_url: str,
    model: str,
    effort: str,
    limits: Limits,
    api: Literal["responses", "chat"] | None = None,
) -> LanguageModel:
    """The model; close it after use.

    Without ``base_url`` OpenAI's Responses, with one the server's Chat Completions; ``api`` chooses otherwise. Local
    servers want no key, but the client insists on one.
    """
    # Its debug log holds whole requests, and so drafts.
    logging.getLogger("openai").setLevel(logging.INFO)
    client = AsyncOpenAI(
        api_key=api_key or "none",
        base_url=base_url or _OPENAI,
        max_retries=0,
        timeout=Timeout(limits.call, connect=limits.connect),
    )
    if (api or ("chat" if base_url else "responses")) == "chat":
        return ChatModel(client, model, effort, limits)
    return ResponsesModel(client, model, effort, limits)
