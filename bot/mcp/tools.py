"""The tools: what may be asked, typed answers, and the same in words."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import wraps
from string import hexdigits
from typing import TYPE_CHECKING, Annotated, ParamSpec

from mcp.server.mcpserver import Context, MCPServer
from mcp.types import CallToolResult, TextContent, ToolAnnotations
from pydantic import BaseModel, Field

from bot.core.brand.facts import in_order, statement
from bot.core.drafts import PLATFORMS, platform_named
from bot.core.errors import BrokenFiles
from bot.core.gating import Document, GatePoint, document, points_of
from bot.core.guidelines import named
from bot.core.judging import ReviewState
from bot.core.words import mcp as words
from bot.core.words import terminal as terminal_words

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable

    from bot.core.brand.own_guidelines import LibraryOf
    from bot.core.guidelines import Library
    from bot.core.reading.front_matter import ReadYaml
    from bot.core.settings import WorkspaceSettingsOf
    from bot.flows.brand.facts import FactSheets
    from bot.flows.private_reviews import ReviewAlone
    from bot.flows.sign_off import IsSignedOff

_LOG = logging.getLogger(__name__)
_LONGEST, _LONGEST_CONTEXT, _LONGEST_NAME = 40_000, 4_000, 200
"""Characters; of a text as many as a message in Slack holds."""
_AT_ONCE = 4
"""Reviews: whoever asks for more waits."""
_HEX = 64
P = ParamSpec("P")


# The answers.


class ToolPoint(BaseModel):
    """One point of a review. ``replacement`` takes the place of the quote or of the words around it; null for none."""

    guideline: str
    severity: str
    title: str
    says: str
    asks: bool = Field(description="True if only the author can answer this.")
    quote: str
    line: int
    column: int
    replacement: str | None


class ReviewAnswer(BaseModel):
    """A review."""

    says: str = Field(description="What it came to, in a sentence. Begins with “Not reviewed” if no model read it.")
    reviewed: bool = Field(description="True only if a language model has read the whole draft.")
    points: list[ToolPoint]
    worth_a_look: list[ToolPoint] = Field(description="Words that fixed checks can't judge by themselves.")
    set_version: int = Field(description="How often the workspace has changed its own guidelines; 0 for never.")


class GuidelineAnswer(BaseModel):
    """A guideline in full."""

    id: str
    title: str
    severity: str
    problem: str
    question: str
    why: str
    not_when: list[str]
    fix: str
    bad_examples: list[str]
    good_examples: list[str]
    sources: list[str]


class GuidelineLine(BaseModel):
    """A guideline in the list."""

    id: str
    title: str
    severity: str
    own: bool = Field(description="True if the workspace's brand leads wrote it.")


class GuidelineList(BaseModel):
    """Those in force."""

    guidelines: list[GuidelineLine]


class FactLine(BaseModel):
    """A fact. Dates are ISO dates, empty without a limit."""

    kind: str
    value: str
    source: str
    about: str
    markets: list[str]
    since: str
    until: str


class FactList(BaseModel):
    """Those that hold today."""

    facts: list[FactLine]


class SignOffAnswer(BaseModel):
    """Whether exactly this text is signed off."""

    signed_off: bool
    at: str | None = Field(description="When, as an ISO date and time in UTC.")


def _answer(text: str, content: BaseModel) -> CallToolResult:
    return CallToolResult(content=[TextContent(type="text", text=text)], structured_content=content.model_dump())


# What stands behind them.


@dataclass(frozen=True, slots=True)
class ToolFlows:
    """What the tools lead to. ``team`` is the workspace that is asked, "" for none: then Candor's defaults apply."""

    team: str
    review: ReviewAlone
    libraries: LibraryOf
    settings: WorkspaceSettingsOf
    sheets: FactSheets
    is_signed_off: IsSignedOff
    read_yaml: ReadYaml
    _turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_AT_ONCE))

    async def in_force(self, team: str) -> Library:
        """The guidelines as the workspace has them."""
        return (await self.settings.of(team)).policy.apply(await self.libraries.of(team))

    @asynccontextmanager
    async def turn(self) -> AsyncGenerator[None]:
        """Around a review."""
        async with self._turns:
            yield


class _RefusedError(Exception):
    """What was asked cannot be answered; the message says why."""


def _guarded(tool: Callable[P, Awaitable[CallToolResult]]) -> Callable[P, Awaitable[CallToolResult]]:
    """The tool, of whose failures nobody outside reads more than that there was one: an error may quote a draft."""

    @wraps(tool)
    async def guarded(*args: P.args, **kwargs: P.kwargs) -> CallToolResult:
        try:
            return await tool(*args, **kwargs)
        except _RefusedError as refused:
            said = str(refused)
        except Exception as error:  # the one place that sees them all  # noqa: BLE001
            _LOG.warning("a tool failed: %s", type(error).__name__)
            said = words.FAILED
        return CallToolResult(content=[TextContent(type="text", text=said)], is_error=True)

    return guarded


def _told(point: GatePoint) -> ToolPoint:
    return ToolPoint(
        guideline=point.guideline,
        severity=point.severity.value,
        title=point.title,
        says=point.says,
        asks=point.asks,
        quote=point.quote,
        line=point.region.line,
        column=point.region.column,
        replacement=point.replacement[1] if point.replacement else None,
    )


# The tools.

TEAM = "candor.team"
"""Where the door notes in a request whose it is."""


@dataclass(frozen=True, slots=True)
class Tools:
    """Each answers in words and as data. What they take is described to whoever calls them."""

    flows: ToolFlows

    def server(self, version: str) -> MCPServer:
        """Serves them, over whatever transport."""
        made = MCPServer(
            "candor", title="Candor", instructions=words.INSTRUCTIONS, version=version, log_level="WARNING"
        )
        for tool in (self.review_draft, self.why, self.guidelines, self.facts, self.sign_off_status):
            name = tool.__name__
            reads = ToolAnnotations(read_only_hint=True, open_world_hint=False)
            made.add_tool(tool, name, words.TITLES[name], words.TOOLS[name], annotations=reads)
        return made

    @_guarded
    async def review_draft(
        self,
        text: Annotated[str, Field(description=words.TEXT, max_length=_LONGEST)],
        ctx: Context,
        platform: Annotated[str, Field(description=words.PLATFORM, max_length=_LONGEST_NAME)] = "",
        context: Annotated[str, Field(description=words.CONTEXT, max_length=_LONGEST_CONTEXT)] = "",
    ) -> Annotated[CallToolResult, ReviewAnswer]:
        """The critique; nothing of the text is kept."""
        one = self._document(text, platform, context)
        if not one.draft.text.strip():
            raise _RefusedError(words.EMPTY)
        team = self._team(ctx)
        async with self.flows.turn():
            critique = await self.flows.review(team, one.draft)
        known = {guideline.id: guideline for guideline in (await self.flows.in_force(team)).guidelines}
        points = points_of(one, critique, known)
        leads = points_of(one, replace(critique, findings=critique.leads, questions=()), known)
        answer = ReviewAnswer(
            says=terminal_words.headline(critique),
            reviewed=critique.state is ReviewState.DONE and not critique.unplaced,
            points=[_told(point) for point in points],
            worth_a_look=[_told(point) for point in leads],
            set_version=critique.own_set,
        )
        return _answer(words.review(critique, points, leads), answer)

    @_guarded
    async def why(
        self, guideline: Annotated[str, Field(description=words.NAME, max_length=_LONGEST_NAME)], ctx: Context
    ) -> Annotated[CallToolResult, GuidelineAnswer]:
        """One guideline."""
        library = await self.flows.in_force(self._team(ctx))
        found, near = named(library, guideline)
        one = library.cited(found.id) if found else None
        if one is None:
            raise _RefusedError(words.no_guideline(near))
        answer = GuidelineAnswer(
            id=one.id,
            title=one.title,
            severity=one.severity.value,
            problem=one.problem,
            question=one.question,
            why=one.why,
            not_when=list(one.not_when),
            fix=one.fix,
            bad_examples=[example.text for example in one.bad],
            good_examples=[example.text for example in one.good],
            sources=[f"{source.name}: {source.citation}" for source in one.sources],
        )
        return _answer(words.guideline(one), answer)

    @_guarded
    async def guidelines(self, ctx: Context) -> Annotated[CallToolResult, GuidelineList]:
        """Those in force."""
        every = (await self.flows.in_force(self._team(ctx))).guidelines
        lines = [GuidelineLine(id=g.id, title=g.title, severity=g.severity.value, own=g.own) for g in every]
        return _answer(words.listed(every), GuidelineList(guidelines=lines))

    @_guarded
    async def facts(self, ctx: Context) -> Annotated[CallToolResult, FactList]:
        """The sheet, without who looks after which fact."""
        valid = in_order(await self.flows.sheets.valid(self._workspace(ctx)))
        lines = [
            FactLine(
                kind=fact.kind.value,
                value=fact.value,
                source=fact.source,
                about=fact.about,
                markets=list(fact.markets),
                since=fact.since,
                until=fact.until,
            )
            for fact in valid
        ]
        return _answer(words.facts(valid, [statement(fact) for fact in valid]), FactList(facts=lines))

    @_guarded
    async def sign_off_status(
        self,
        ctx: Context,
        text: Annotated[str, Field(description=words.EXACT_TEXT, max_length=_LONGEST)] = "",
        sha256: Annotated[str, Field(description=words.SHA256, max_length=_HEX)] = "",
    ) -> Annotated[CallToolResult, SignOffAnswer]:
        """For one text. Who approved it is for people in Slack to see."""
        wanted = sha256.strip().casefold()
        if bool(text) == bool(wanted) or (wanted and not (len(wanted) == _HEX and set(wanted) <= set(hexdigits))):
            raise _RefusedError(words.ONE_OF_BOTH)
        team, ask = self._workspace(ctx), self.flows.is_signed_off
        at = await ask(team, text) if text else await ask.hashed(team, wanted)
        moment = None if at is None else datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")
        return _answer(words.signed_off(at), SignOffAnswer(signed_off=at is not None, at=moment))

    def _document(self, text: str, platform: str, context: str) -> Document:
        """The draft with what is said of it. Raises `_RefusedError`."""
        try:
            one = document("", text, self.flows.read_yaml, platform=_platform(platform), context=context)
        except BrokenFiles as error:
            fault = error.faults[0]
            raise _RefusedError(words.in_line(fault.line, fault.reason)) from None
        except ValueError as error:
            raise _RefusedError(terminal_words.unknown_platform(str(error), PLATFORMS)) from None
        if several := [draft.platform for draft in one.drafts][1:]:
            raise _RefusedError(words.one_platform([one.draft.platform, *several]))
        return one

    def _team(self, ctx: Context) -> str:
        """The workspace, "" where Candor is in none. Raises `_RefusedError` where the request names none of several."""
        return self._workspace(ctx) if self.flows.team else ""

    def _workspace(self, ctx: Context) -> str:
        """Raises `_RefusedError` where there is none."""
        request, own = ctx.request_context.request, self.flows.team
        if team := own if request is None else str(request.scope.get(TEAM, own)):
            return team
        raise _RefusedError(words.NO_WORKSPACE)


def _platform(said: str) -> str:
    """Raises ValueError for one that nobody knows."""
    known = platform_named(said) if said.strip() else ""
    if known is None:
        raise ValueError(said)
    return known
