"""The local workspace, and the settings with which the unmodified bot runs in it."""

from __future__ import annotations

import asyncio
import json
import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.assemble.bot import Bot
from bot.assemble.judging import chosen, tried_now, write_down
from bot.assemble.manifest import manifest_file
from bot.assemble.memory import Rehearsal
from bot.core.drafts import Place
from bot.core.errors import PersonCanFix
from bot.core.installing import OPENAI, Connected, Fitness, ModelChoice, ModelServer
from bot.core.words import installing as installing_words
from bot.core.words import terminal as terminal_words
from bot.core.words import workspace as workspace_words
from bot.model.opening import look_around, models_at
from bot.model.recorded import Recordings
from bot.settings import InstallSettings
from bot.workspace.server import Workspace
from bot.workspace.switching import Switch

if TYPE_CHECKING:
    from pathlib import Path

    from bot.settings import ModelSettings, Settings
    from bot.workspace.state import Team
    from bot.workspace.switching import Spot


_LOG = logging.getLogger(__name__)
FIXED, MODEL, RECORDED = "fixed", "model", "recorded"
"""Who reads drafts: fixed checks alone, the model of the settings, or a model's recorded answers."""
_ACK_SECONDS = 20.0
"""Slack gives three. Here bot, workspace and browser share one machine, and a click counts also where that is busy."""
RECORDINGS = "recorded.jsonl"
"""The file of recorded answers, beside the prompts."""


def local_workspace(folder: Path) -> Workspace:
    """A workspace that keeps its messages in the folder and gives the bot what its manifest asks for.

    Raises `PersonCanFix` where the folder holds another kind of file under that name.
    """
    manifest, kept = json.loads(manifest_file().read_text(encoding="utf-8")), folder / "workspace.json"
    try:
        return Workspace(save_to=kept, manifest=manifest, ack_seconds=_ACK_SECONDS)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise PersonCanFix(terminal_words.folder_holds_something_else(str(kept))) from None


def settings_for(workspace: Workspace, folder: Path, settings: Settings) -> Settings:
    """The person's settings, but for what ties the bot to this workspace."""
    bots = [team.bot for team in workspace.state.teams.values()]
    return replace(
        settings,
        bot_tokens=tuple(bot.token for bot in bots),
        app_token=bots[0].app_token,
        api_url=workspace.api_url,
        draft_channels=settings.draft_channels or frozenset({"drafts"}),
        database_url="",
        data_dir=folder,
        port=None,
        install=InstallSettings(),
    )


def recorded_answers(settings: Settings) -> Recordings | None:
    """The answers that come with the prompts; None where somebody's own prompts have none."""
    kept = settings.prompts / RECORDINGS
    return Recordings(kept.read_text(encoding="utf-8").splitlines()) if kept.exists() else None


class Trial:
    """The bot in a local workspace. Who reads drafts there is a switch on its page, and turning it starts the bot anew.

    Without a model in the settings a model's recorded answers take its place; drafts that they are not about are read
    by fixed checks. Bot and workspace go by one clock, and there is a digest: a newcomer need not wait for Monday.
    """

    def __init__(self, workspace: Workspace, settings: Settings, recordings: Recordings | None = None) -> None:
        channel = settings.digest_channel or "brand"
        self._workspace, self._settings = workspace, replace(settings, digest_channel=channel)
        self._recordings = recordings or recorded_answers(settings)
        self._bot: Bot | None = None
        self._turning = asyncio.Lock()

    async def start(self) -> None:
        """Start with the most that there is. Raises `PersonCanFix`."""
        async with self._turning:
            await self._begin()
        self._workspace.hub.models = self

    async def _begin(self) -> None:
        most, label = FIXED, workspace_words.FIXED_CHECKS
        if self._settings.model.is_configured:
            most, label = MODEL, self._settings.model.name
        elif self._recordings:
            most, label = RECORDED, workspace_words.RECORDED_MODEL
        await self._run(most)
        choices = ((FIXED, workspace_words.FIXED_CHECKS), (most, label))
        offered = Switch(workspace_words.READ_BY, choices, most, choose=self._choose)
        self._workspace.hub.switch = None if most == FIXED else offered

    async def stop(self) -> None:
        async with self._turning:
            await self._leave()
        if self._recordings:
            await self._recordings.aclose()

    @property
    def connected(self) -> ModelChoice | None:
        """The model of the settings, without its key; None where there is none."""
        model = self._settings.model
        return ModelChoice(model.url or OPENAI, model.name) if model.is_configured else None

    async def around(self) -> tuple[ModelServer, ...]:
        return await look_around()

    async def at(self, address: str, key: str) -> ModelServer | Fitness:
        return await models_at(address, key)

    async def connect(self, choice: ModelChoice, *, keep: bool) -> Connected:
        """Try the model; one that answers reads drafts from now on, and with ``keep`` at the next start too.

        Raises `PersonCanFix` where the bot does not start with it; it then goes on as before.
        """
        model = chosen(self._settings.model, choice)
        async with self._turning:
            tried = await tried_now(model)
            if tried.fitness is not Fitness.ANSWERS:
                return Connected(tried.fitness, choice, said=tried.said)
            await self._turn_to(model)
        trouble = await asyncio.to_thread(write_down, model) if keep else ""
        return Connected(Fitness.ANSWERS, choice, kept=keep and not trouble, trouble=trouble)

    async def disconnect(self) -> None:
        """Go on without a model of one's own. Raises `PersonCanFix` as `connect` does."""
        async with self._turning:
            await self._turn_to(replace(self._settings.model, key="", url=""))

    async def _turn_to(self, model: ModelSettings) -> None:
        before = self._settings
        await self._leave()
        self._settings = replace(before, model=model)
        try:
            await self._begin()
        except Exception as error:  # whatever it is, people's workspace goes on as it was  # noqa: BLE001
            _LOG.warning("the bot did not start with the model that was chosen: %s", type(error).__name__)
            self._settings = before
            await self._begin()
            raise PersonCanFix(installing_words.BOT_FAILED) from None

    async def _choose(self, name: str, spot: Spot) -> None:
        """Let somebody else read drafts, beginning with the one that people look at."""
        async with self._turning:
            await self._leave()
            bot = await self._run(name)
        if spot.ts:
            await bot.review_again(Place(spot.channel.team, spot.channel.id, spot.ts).draft_id)

    async def _run(self, name: str) -> Bot:
        settings = self._settings
        if name == FIXED:
            settings = replace(settings, model=replace(settings.model, key="", url=""))
        recordings = self._recordings if name == RECORDED else None
        self._bot = bot = Bot(settings, rehearsal=Rehearsal(self._workspace.hub.clock, recordings=recordings))
        await bot.start()
        for team in self._workspace.state.teams.values():
            await self._begin_brand(bot, team)
        return bot

    async def _begin_brand(self, bot: Bot, team: Team) -> None:
        """With facts, a post, a guideline and a dismissal of its own, so that there is something to see."""
        now = self._workspace.hub.clock.now()
        begun = await bot.begin_sheet(team.id, workspace_words.sheet_on(now), workspace_words.HISTORY)
        lead = next((person.id for person in team.people.values() if person.is_admin), "")
        if begun and lead and (drafts := team.channel("drafts")):
            kept = workspace_words.kept_dismissal(f"{team.id}:{drafts.id}:{now:.6f}", lead, now)
            await bot.begin_rules(workspace_words.HOUSE_RULE, kept)

    async def _leave(self) -> None:
        bot, self._bot = self._bot, None
        if bot:
            await bot.stop()
