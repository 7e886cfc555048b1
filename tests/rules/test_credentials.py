"""Content Credentials of pictures that are signed for these tests."""

from __future__ import annotations

import asyncio
import json
import socket
import sys
from io import BytesIO
from typing import Any

import c2pa
import pytest

from bot.core.judging import Credentials, Image, Signature, UseOfAI
from bot.rules.credentials import OfflineCredentials, believed, credentials_of, is_installed, tame
from tests.pictures import PICTURE, action, manifest, png, signed, tampered


def report(content: bytes) -> dict[str, Any]:
    with c2pa.Reader("image/png", BytesIO(content), context=c2pa.Context.from_dict({})) as reader:
        return json.loads(reader.json())


MADE = Credentials(Signature.UNKNOWN, UseOfAI.MADE, "loaf-2")


async def test_real_pictures_are_read_in_a_process_of_its_own() -> None:
    assert is_installed()
    good, read = signed(PICTURE), OfflineCredentials(patience=300).read  # what is said, however slow the machine is
    contents = (good, tampered(good), png(), good[:400])
    said = await asyncio.gather(*(read(Image(content, "image/png")) for content in contents))
    broken = Credentials(Signature.BROKEN, UseOfAI.MADE, "loaf-2")
    assert said == [MADE, broken, Credentials(Signature.ABSENT), None]


async def test_what_takes_too_long_is_ended_and_says_nothing(caplog: pytest.LogCaptureFixture) -> None:
    reader = OfflineCredentials(patience=0.05)
    assert await reader.read(Image(signed(PICTURE), "image/png")) is None
    assert "TimeoutError" in caplog.text
    assert [child for child in asyncio.all_tasks() if "communicate" in str(child)] == []


_WITH_FETCHING_ON = """
import socket
from bot.rules import credentials
credentials._SETTINGS["verify"] = {"remote_manifest_fetch": True, "ocsp_fetch": True}
credentials.main()
"""


async def test_no_connection_is_made_even_if_the_library_wanted_to() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)  # noqa: FBT003 - the library's own
        away = signed(PICTURE, remote=f"http://127.0.0.1:{server.getsockname()[1]}/loaf.c2pa")
        assert await OfflineCredentials().read(Image(away, "image/png")) is None
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", _WITH_FETCHING_ON, "image/png", stdin=pipe, stdout=pipe, stderr=pipe
        )
        assert (await process.communicate(away))[0] == b""
        assert process.returncode != 0  # it may well crash: that's why it is a process of its own
        with pytest.raises(BlockingIOError):
            server.accept()


def test_a_chain_of_edits_says_what_its_first_picture_says() -> None:
    """What is opened and cropped stays what it was; what was only shown to a model says nothing."""
    crop = manifest({"action": "c2pa.cropped"}, by="An editor")
    every = {"new": crop | {"ingredients": [{"active_manifest": "old", "relationship": "parentOf"}]}, "old": PICTURE}
    assert credentials_of({"active_manifest": "new", "manifests": every, "validation_state": "Valid"}) == MADE
    every["new"] = crop | {"ingredients": [{"active_manifest": "old", "relationship": "inputTo"}]}
    assert credentials_of({"active_manifest": "new", "manifests": every}) == Credentials(Signature.BROKEN)
    every["old"] = crop | {"ingredients": [{"active_manifest": "new"}]}
    every["new"] = crop | {"ingredients": [{"active_manifest": "old"}]}
    assert credentials_of({"active_manifest": "new", "manifests": every}).ai is UseOfAI.NONE


@pytest.mark.parametrize(
    ("said", "ai", "program"),
    [
        (manifest(action(agent="Loaf 2")), UseOfAI.MADE, "Loaf 2"),
        (manifest(action()), UseOfAI.MADE, "Loaf Painter"),
        (manifest(action("compositeWithTrainedAlgorithmicMedia")), UseOfAI.EDITED, "Loaf Painter"),
        (manifest(action(name="c2pa.edited", agent="Adobe Firefly")), UseOfAI.EDITED, "Adobe Firefly"),
        (manifest(action("digitalCapture", agent="Firefly camera")), UseOfAI.NONE, ""),
        (manifest(action("", agent="DALL·E")), UseOfAI.MADE, "DALL·E"),
        (manifest(action("", name="c2pa.opened"), by="An editor"), UseOfAI.NONE, ""),
        (manifest(by="Midjourney"), UseOfAI.MADE, "Midjourney"),
        ({"claim_generator": "OpenAI-API c2pa-rs/0.31"}, UseOfAI.MADE, "OpenAI-API c2pa-rs/0.31"),
        (manifest(by="A camera"), UseOfAI.NONE, ""),
        (
            {"assertions": [7, {"label": "c2pa.actions", "data": {"actions": ["x", {"softwareAgent": 5}]}}]},
            UseOfAI.NONE,
            "",
        ),
        ({"assertions": "x", "claim_generator_info": {"name": 5}, "ingredients": 8}, UseOfAI.NONE, ""),
        ("nothing", UseOfAI.NONE, ""),
    ],
)
def test_what_a_manifest_says_of_ai(said: Any, ai: UseOfAI, program: str) -> None:
    found = credentials_of({"active_manifest": "m", "manifests": {"m": said}, "validation_state": "Trusted"})
    assert found == Credentials(Signature.TRUSTED, ai, program)


def test_a_real_report_has_the_form_that_is_read_here() -> None:
    assert credentials_of(report(signed(PICTURE))) == MADE


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Adobe_Firefly", "Adobe Firefly"),
        ("DALL·E 3", "DALL·E 3"),
        ("Photoshop 26.1", "Photoshop 26.1"),
        ("<!channel> *now* https://evil.example/x", "channel now https evil example x"),
        ("Write to ana@loaf.example", ""),
        ("Ring +44 20 7946 0958 today", ""),
        ("a\u202egpj\n\n\x00b", "a gpj b"),
        ("loaf " * 500, "loaf loaf loaf loaf loaf loaf loaf loaf"),
        ("\u200b", ""),
    ],
)
def test_a_strangers_name_is_tamed(name: str, shown: str) -> None:
    assert tame(name) == shown


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"7",
        b"{}",
        b'{"signature": "trusted", "ai": "made"}',
        b'{"signature": "x", "ai": "y", "program": ""}',
        b" " * 3000,
    ],
)
def test_an_answer_of_another_form_is_none(answer: bytes) -> None:
    assert believed(answer) is None
