"""Looking at pictures, where the settings ask for it and a model is configured."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.assemble.model import open_chosen
from bot.flows.look_at_pictures import LookAtPictures
from bot.flows.tell_pictures import TellPictures
from bot.model.language_model import Limits
from bot.model.prompts import load_prompt
from bot.model.recordings import RecordedModel
from bot.model.viewing import ModelViewer
from bot.slack.pictures import SlackPictures
from bot.store.looks import LookStore

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from bot.assemble.workspaces import Workspaces
    from bot.core.picture_ports import Viewer
    from bot.model.recordings import Recordings
    from bot.settings import Settings
    from bot.slack.clients import Clients
    from bot.store.database import Database

_LONGEST = 30.0
"""Seconds that a look may take: people wait for the review."""


@asynccontextmanager
async def open_viewer(settings: Settings, recordings: Recordings | None = None) -> AsyncGenerator[Viewer | None]:
    """The model that looks at pictures; None where none does. Raises `BrokenFiles` for a broken prompt."""
    if not (recordings or settings.model.looks):
        yield None
        return
    prompt = load_prompt(settings.prompts / "pictures.md")
    model, limits = (RecordedModel(recordings), Limits()) if recordings else open_chosen(settings)
    try:
        yield ModelViewer(model, prompt.substitute(), replace(limits, total=min(_LONGEST, limits.total)))
    finally:
        await model.aclose()


def looking(viewer: Viewer | None, db: Database, clients: Clients) -> LookAtPictures | None:
    """What looks before a draft is judged."""
    return LookAtPictures(SlackPictures(clients), LookStore(db), viewer) if viewer else None


def telling(viewer: Viewer | None, db: Database, own: Workspaces) -> TellPictures | None:
    """What tells of it in the review."""
    return TellPictures(LookStore(db), own.judges, viewer.sight) if viewer else None
