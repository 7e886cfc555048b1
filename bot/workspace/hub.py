"""What every part of the server works with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from bot.workspace.api.limits import Limits
from bot.workspace.changes import Changes
from bot.workspace.faults import Faults, Traffic
from bot.workspace.files import Files
from bot.workspace.functions import Functions, Manifest
from bot.workspace.oauth import OAuth
from bot.workspace.talk import Talk
from bot.workspace.tickets import Responses, Tickets, Triggers
from bot.workspace.views import Views

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.core.installing import Connected, Fitness, ModelChoice, ModelServer
    from bot.workspace.clock import LocalClock
    from bot.workspace.state import State
    from bot.workspace.switching import Switch


class Models(Protocol):
    """The language model behind the bot."""

    @property
    def connected(self) -> ModelChoice | None:
        """The model in use, without its key; None where there is none."""
        ...

    async def around(self) -> tuple[ModelServer, ...]:
        """The servers on this machine."""
        ...

    async def at(self, address: str, key: str) -> ModelServer | Fitness:
        """The server at an address with its models, or why there is none to be seen."""
        ...

    async def connect(self, choice: ModelChoice, *, keep: bool) -> Connected:
        """Try the model, and use it where it answers. Raises `PersonCanFix` where the bot does not start with it."""
        ...

    async def disconnect(self) -> None:
        """Go on without a model. Raises `PersonCanFix` where the bot does not start so."""
        ...


@dataclass
class Stream:
    """A message that takes pieces."""

    began: float
    text: str


@dataclass
class Hub:
    """One workspace server's parts; one object, so that each part is handed one thing."""

    state: State
    clock: LocalClock
    manifest: Manifest = field(default_factory=Manifest)
    url: str = ""

    def __post_init__(self) -> None:
        self.changes = Changes()
        self.api_origin = self.url
        """Where apps call: people may come to another port, and an app's token goes nowhere but here."""
        self.faults = Faults()
        self.limits = Limits(self.clock.now)
        self.traffic = Traffic(self.clock.now)
        self.traffic.listeners.append(lambda _: self.changes.wake())
        self.tickets = Tickets(self.clock.now)
        self.triggers = Triggers(self.clock.now)
        self.talk = Talk(self.state, self.clock, self.changes)
        self.views = Views(self.state, self.changes)
        self.files = Files(self.state, self.clock.now)
        self.functions = Functions(self.manifest, self.changes)
        self.oauth = OAuth(self.state, self.manifest, self.clock.now)
        self.responses = Responses(self.clock.now)
        self.switch: Switch | None = None
        self.is_connected: Callable[[], bool] = lambda: True
        self.models: Models | None = None
        self.statuses: dict[tuple[str, str], str] = {}
        self.titles: dict[tuple[str, str], str] = {}
        self.prompts: dict[tuple[str, str], list[dict[str, str]]] = {}
        self.streams: dict[tuple[str, str], Stream] = {}
