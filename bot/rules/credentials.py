"""What a picture's Content Credentials (C2PA) say about AI, read offline.

The library is native code that takes a stranger's bytes, so it runs in a process of its own (`apart`).
"""

from __future__ import annotations

import asyncio
import io
import json
import logging
import sys
import unicodedata
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from bot.core.judging import Credentials, Signature, UseOfAI
from bot.rules.sandbox import answer_in_sandbox, shut_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.core.judging import Image


# In this process: start the other one, wait for it, and believe it as little as possible.

_LOG = logging.getLogger(__name__)
_PATIENCE = 10.0
"""Seconds, with the wait for one's turn: people wait for the review."""
_AT_ONCE = 2
_LONGEST_ANSWER = 2_000


def is_installed() -> bool:
    """True if the optional library is there; it is not loaded for that."""
    return find_spec("c2pa") is not None


class OfflineCredentials:
    """The `CredentialReader` port."""

    def __init__(self, patience: float = _PATIENCE) -> None:
        self._patience, self._turns = patience, asyncio.Semaphore(_AT_ONCE)

    async def read(self, image: Image) -> Credentials | None:
        try:
            async with asyncio.timeout(self._patience), self._turns:
                said = await answer_in_sandbox(__name__, image.kind, content=image.content, patience=self._patience)
                return believed(said or b"")
        except (OSError, TimeoutError) as error:
            _LOG.warning("a picture's Content Credentials could not be read: %s", type(error).__name__)
            return None


def believed(said: bytes) -> Credentials | None:
    """An answer, None if it isn't one."""
    try:
        answer = _dict(json.loads(said)) if len(said) <= _LONGEST_ANSWER else {}
        return Credentials(Signature(answer.get("signature")), UseOfAI(answer.get("ai")), tame(str(answer["program"])))
    except (ValueError, KeyError):
        return None


_NAME = 40
_IN_NAMES = frozenset(" -+·&'’")


def tame(name: str) -> str:
    """A name out of a stranger's file as it may be shown: short, on one line, no mention, no link, nobody's data."""
    from bot.rules.private_data import sensitive  # noqa: PLC0415 - the other process has no use for it

    said = unicodedata.normalize("NFKC", name[: 4 * _NAME])
    if any(sensitive(said)):
        return ""
    kept = "".join(
        sign if sign.isalnum() or sign in _IN_NAMES or (sign == "." and said[at + 1 : at + 2].isdigit()) else " "
        for at, sign in enumerate(said)
    )
    return " ".join(kept.split())[:_NAME].rstrip()


# In the other process: read standard input, print what it says. Nothing of the bot is there to be had.

_SECONDS = 8
_SETTINGS = {
    "verify": {"remote_manifest_fetch": False, "ocsp_fetch": False},
    "core": {"decode_identity_assertions": False},
}


def main() -> None:
    """Print the answer; no answer at all is one as well."""
    import c2pa  # noqa: PLC0415 - an optional part, and only here

    content = sys.stdin.buffer.read()
    context = c2pa.Context.from_dict(_SETTINGS)
    shut_in(_SECONDS)
    try:
        with c2pa.Reader(sys.argv[1], io.BytesIO(content), context=context) as reader:
            found = credentials_of(json.loads(reader.json()))
    except c2pa.C2paError as error:
        if not str(error).startswith("ManifestNotFound"):
            raise SystemExit(1) from None
        found = Credentials(Signature.ABSENT)
    sys.stdout.write(json.dumps({"signature": found.signature, "ai": found.ai, "program": found.program[:200]}))


# What a report of the library says about AI. Pure.

_STATES = {"Trusted": Signature.TRUSTED, "Valid": Signature.UNKNOWN}
_AI_SOURCES = ("trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia", "trainedAlgorithmicData")
_AI_PROGRAMS = (
    *("chatgpt", "dall-e", "dall·e", "dalle", "openai", "firefly", "midjourney", "stable diffusion", "imagen"),
    *("gemini", "bing image creator", "ideogram", "adobe express text to image"),
)
"""What older files name without saying that it is AI."""
_CREATED = "c2pa.created"
_MOST = 50
"""Manifests, and actions of each, that are looked at."""


def credentials_of(report: dict[str, Any]) -> Credentials:
    """What the newest manifest says, and those of the pictures it was made from."""
    signature = _STATES.get(str(report.get("validation_state")), Signature.BROKEN)
    said = [use for manifest in _manifests(report) for use in _uses(manifest)]
    for ai in (UseOfAI.MADE, UseOfAI.EDITED):
        for use, program in said:
            if use is ai:
                return Credentials(signature, ai, program)
    return Credentials(signature)


def _manifests(report: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The newest one first, then what it names as its ingredients, each once."""
    every, seen = _dict(report.get("manifests")), set[str]()
    waiting = [str(report.get("active_manifest"))]
    while waiting and len(seen) < _MOST:
        label = waiting.pop(0)
        if label in every and label not in seen:
            seen.add(label)
            manifest = _dict(every[label])
            yield manifest
            ingredients = [_dict(one) for one in _list(manifest.get("ingredients"))]
            waiting += [str(one.get("active_manifest")) for one in ingredients if one.get("relationship") != "inputTo"]


def _uses(manifest: dict[str, Any]) -> Iterator[tuple[UseOfAI, str]]:
    """Where it says that AI was used, with the program's name."""
    actions = [_dict(action) for action in _actions(manifest)]
    maker = next((_name(_dict(one)) for one in _list(manifest.get("claim_generator_info"))), "") or str(
        manifest.get("claim_generator") or ""
    )
    for action in actions:
        source = str(action.get("digitalSourceType") or "").rpartition("/")[2]
        agent = action.get("softwareAgent")
        program = (_name(_dict(agent)) if isinstance(agent, dict) else str(agent or "")) or maker
        if source in _AI_SOURCES or (not source and _is_ai(program)):
            whole = action.get("action") == _CREATED and source != "compositeWithTrainedAlgorithmicMedia"
            yield UseOfAI.MADE if whole else UseOfAI.EDITED, program
    if not actions and _is_ai(maker):
        yield UseOfAI.MADE, maker


def _actions(manifest: dict[str, Any]) -> list[Any]:
    assertions = [_dict(one) for one in _list(manifest.get("assertions"))]
    kept = [_dict(one.get("data")) for one in assertions if str(one.get("label")).startswith("c2pa.actions")]
    return [action for data in kept for action in _list(data.get("actions"))]


def _name(info: dict[str, Any]) -> str:
    return str(info.get("name") or "")


def _is_ai(program: str) -> bool:
    return any(name in program.casefold() for name in _AI_PROGRAMS)


def _dict(value: Any) -> dict[str, Any]:  # noqa: ANN401 - a stranger's JSON
    return value if isinstance(value, dict) else {}  # pyright: ignore[reportUnknownVariableType]


def _list(value: Any) -> list[Any]:  # noqa: ANN401 - the same
    return value[:_MOST] if isinstance(value, list) else []  # pyright: ignore[reportUnknownVariableType]


if __name__ == "__main__":
    main()
