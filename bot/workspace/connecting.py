"""Connecting a language model from the page: the part of the control interface behind its dialog.

==========================  ==========================================================================================
GET  /local/model           which model is connected, and the servers found on this machine
POST /local/model/list      address, key: the models that the server lists
POST /local/model/connect   address, key, model, keep: try it, and use it where it answers
POST /local/model/off       go on without a model
==========================  ==========================================================================================

A key travels in the body of a request only, and in no answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.errors import PersonCanFix
from bot.core.installing import Fitness, ModelChoice, ModelServer, base_address, goes_in_the_clear
from bot.core.words import installing as words
from bot.workspace.changes import Change
from bot.workspace.control import answering
from bot.workspace.shapes import ApiRefusal

if TYPE_CHECKING:
    from aiohttp import web

    from bot.workspace.hub import Hub, Models
    from bot.workspace.shapes import Json

_LONGEST = 2000


class ModelControl:
    """Answers ``/local/model``."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Put the interface into a server."""
        router.add_get("/local/model", answering(self.state))
        for name, do in (("list", self.list), ("connect", self.connect), ("off", self.disconnect)):
            router.add_post(f"/local/model/{name}", answering(do, query=False))

    async def state(self, _: Json) -> Json:
        """Which model is connected, and what there is on this machine."""
        models = self._models
        return {**self._connected(models), "found": [_server(server) for server in await models.around()]}

    async def list(self, body: Json) -> Json:
        """The models that a server lists, or a sentence on why it lists none."""
        choice = _choice(body)
        if isinstance(choice, str):
            return {"models": [], "says": choice}
        seen = await self._models.at(choice.address, choice.key)
        if isinstance(seen, Fitness):
            return {"address": choice.address, "models": [], "says": words.tried(seen, choice.address, choice.model)}
        return {**_server(seen), "says": ""}

    async def connect(self, body: Json) -> Json:
        """Try a model, and use it where it answers."""
        choice = _choice(body)
        if isinstance(choice, str):
            return {"done": False, "says": choice}
        if not choice.model:
            return {"done": False, "says": words.NO_NAME}
        try:
            made = await self._models.connect(choice, keep=body.get("keep") is True)
        except PersonCanFix as error:
            return {"done": False, "says": str(error)}
        self._tell()
        if made.fitness is not Fitness.ANSWERS:
            return {"done": False, "says": words.tried(made.fitness, choice.address, choice.model, said=made.said)}
        return {"done": True, "says": words.answers(choice.model, kept=made.kept, trouble=made.trouble)}

    async def disconnect(self, _: Json) -> Json:
        """Go on without a model."""
        try:
            await self._models.disconnect()
        except PersonCanFix as error:
            return {"done": False, "says": str(error)}
        self._tell()
        return {"done": True, "says": words.DISCONNECTED}

    def _connected(self, models: Models) -> Json:
        choice = models.connected
        if choice is None:
            return {"connected": False, "says": says_none(self._hub), "address": "", "model": ""}
        says = words.connected(choice.model, choice.address)
        return {"connected": True, "says": says, "address": choice.address, "model": choice.model}

    def _tell(self) -> None:
        """Every open page shows what is connected."""
        self._hub.changes.emit(Change("switched", self._hub.state.first.id))

    @property
    def _models(self) -> Models:
        if self._hub.models is None:
            code = "no_models_here"
            raise ApiRefusal(code)
        return self._hub.models


def says_none(hub: Hub) -> str:
    """What the page says where no model is connected; recorded answers of one may be at work."""
    recorded = hub.switch is not None and hub.switch.chosen != hub.switch.choices[0][0]
    return words.NONE_OF_ONES_OWN if recorded else words.NONE


def _server(server: ModelServer) -> Json:
    return {"address": server.address, "models": list(server.for_text)}


def _choice(body: Json) -> ModelChoice | str:
    """What somebody typed, or a sentence on what is wrong with it."""
    address, key, model = (str(body.get(name) or "").strip() for name in ("address", "key", "model"))
    if not all(text.isprintable() and len(text) <= _LONGEST for text in (address, key, model)) or not key.isascii():
        return words.NO_CONTROL
    if not address:
        return words.EMPTY_ADDRESS
    try:
        choice = ModelChoice(base_address(address), model, key)
    except ValueError:
        return words.NO_ADDRESS
    return words.IN_THE_CLEAR if goes_in_the_clear(choice.address) else choice
