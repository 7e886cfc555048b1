"""Pictures fetched from the local workspace over HTTP, and what a review says of them in blocks."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web

from bot.core.deciding import Decision, Verdict, VerdictReason
from bot.core.drafts import Draft, Picture, Place
from bot.core.guidelines import Severity
from bot.core.judging import (
    LARGEST,
    Credentials,
    Critique,
    Image,
    LeftOut,
    ModelPart,
    Outcome,
    PicturePoint,
    PictureReview,
    Question,
    Signature,
    UseOfAI,
)
from bot.core.labels import AI_CONTENT
from bot.core.ports import SystemClock
from bot.core.reviewing import DraftRecord, standing_of
from bot.core.words.reviewing import MADE_WITH_AI
from bot.slack import points
from bot.slack.points import SlackPictures, SlackTextFiles, may_have_token
from bot.slack.reviewing import reply_blocks, reply_text
from bot.slack.wire.clients import Clients, Late, connect
from bot.slack.wire.payloads import is_cut
from bot.workspace.checking import check_message_blocks
from bot.workspace.server import Workspace

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

TEAM = "T0HARBOR"
PNG = b"\x89PNG\r\n\x1a\n and more"


@pytest.fixture
async def workspace() -> AsyncGenerator[Workspace]:
    async with Workspace() as workspace:
        yield workspace


@pytest.fixture
async def pictures(workspace: Workspace) -> SlackPictures:
    return SlackPictures(
        Clients(await connect([workspace.team.bot.token], workspace.api_url, Late(workspace.api_url, SystemClock())))
    )


def shared(workspace: Workspace, content: bytes = PNG, name: str = "loaf.png") -> str:
    ts = workspace.share("#drafts", "Our bread is back.", content, name=name)
    return str(workspace.message("#drafts", ts)["files"][0]["id"])


async def test_a_picture_is_fetched_with_the_workspaces_own_token(
    workspace: Workspace, pictures: SlackPictures
) -> None:
    assert await pictures.fetch(TEAM, shared(workspace)) == Image(PNG, "image/png")


@pytest.mark.parametrize(
    ("content", "name", "left_out"),
    [
        (PNG + bytes(LARGEST), "loaf.png", LeftOut.TOO_LARGE),
        (b"<svg>", "loaf.svg", LeftOut.OTHER_KIND),
        (b"no picture at all", "loaf.png", LeftOut.OTHER_KIND),
        (PNG, "loaf.txt", LeftOut.OTHER_KIND),
    ],
)
async def test_what_is_too_large_or_no_picture_is_left_out(
    workspace: Workspace, pictures: SlackPictures, content: bytes, name: str, left_out: LeftOut
) -> None:
    assert await pictures.fetch(TEAM, shared(workspace, content, name)) is left_out


async def test_a_size_that_slack_understates_is_not_believed(workspace: Workspace, pictures: SlackPictures) -> None:
    file = shared(workspace, PNG + bytes(LARGEST))
    workspace.team.files[file]["size"] = 10
    assert await pictures.fetch(TEAM, file) is LeftOut.TOO_LARGE


async def test_a_picture_is_fetched_where_the_app_calls_also_when_people_come_to_another_port(
    workspace: Workspace, pictures: SlackPictures
) -> None:
    await workspace.listen(0)
    assert workspace.url != workspace.api_url.removesuffix("/api/")
    assert isinstance(await pictures.fetch(TEAM, shared(workspace)), Image)


async def test_what_slack_refuses_is_left_out(workspace: Workspace, pictures: SlackPictures) -> None:
    file = shared(workspace)
    workspace.faults.on("files.info", error="missing_scope")
    assert await pictures.fetch(TEAM, file) is LeftOut.UNSEEN
    assert await pictures.fetch(TEAM, "F0NONE") is LeftOut.UNSEEN
    assert await pictures.fetch("T0NOBODY", file) is LeftOut.UNSEEN


async def test_who_is_sent_on_to_a_page_to_sign_in_has_no_picture(
    workspace: Workspace, pictures: SlackPictures, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = shared(workspace)

    def refuse(*_: object) -> bool:
        return False

    monkeypatch.setattr("bot.workspace.responding.Responding._may_read", refuse)
    assert await pictures.fetch(TEAM, file) is LeftOut.UNSEEN


async def test_a_token_goes_to_no_other_server(
    workspace: Workspace, pictures: SlackPictures, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(request.headers.get("Authorization", ""))
        return web.Response(body=PNG, content_type="image/png")

    app = web.Application()
    app.router.add_get("/{any:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    elsewhere = f"http://127.0.0.1:{runner.addresses[0][1]}/loaf.png"
    file = shared(workspace)

    def lying(file: dict[str, Any], _: str) -> dict[str, Any]:
        return {**file, "url_private": elsewhere}

    monkeypatch.setattr("bot.workspace.api.files.shown", lying)
    assert await pictures.fetch(TEAM, file) is LeftOut.UNSEEN
    await runner.cleanup()
    assert asked == []


@pytest.mark.parametrize(
    ("url", "may"),
    [
        ("https://files.slack.com/files-pri/T1-F1/loaf.png", True),
        ("https://files.slack-gov.com/files-pri/T1-F1/loaf.png", True),
        ("http://files.slack.com/files-pri/T1-F1/loaf.png", False),
        ("https://files.slack.com.evil.example/loaf.png", False),
        ("https://files.slack.com@evil.example/loaf.png", False),
        ("https://evil.example\\@files.slack.com/loaf.png", False),
        ("https://files.slack.com:8443/loaf.png", False),
        ("https://evil.example/files.slack.com", False),
        ("https://drive.example/loaf.png", False),
        ("http://127.0.0.1:4200/files/F1", True),
        ("http://127.0.0.1:4201/files/F1", False),
        ("https://127.0.0.1:4200/files/F1", False),
        ("/files/F1", False),
        ("", False),
    ],
)
def test_where_a_token_may_go(url: str, may: bool) -> None:  # noqa: FBT001 - a table
    assert may_have_token(url, "http://127.0.0.1:4200/api/") is may
    assert not may_have_token("", "")


TEXT = "Our bread is back."
TITLES = {"a/claim": "Claims have evidence"}
POINT = PicturePoint(1, "a/claim", Severity.SHOULD_FIX, quote="<!channel> cures all", why="Nobody has shown it.")


def written(review: PictureReview, *verdicts: Verdict, asked: Question | None = None) -> tuple[str, str]:
    outcome = Outcome.FINDINGS if review.points or asked else Outcome.NOTHING_TO_FLAG
    part, questions = ModelPart.ANSWERED, (asked,) if asked else ()
    critique = Critique(
        outcome, questions=questions, fixed_rules_only=False, guidelines=25, model_part=part, pictures=review
    )
    standing = standing_of(critique, verdicts)
    draft = Draft(TEXT, pictures=(Picture(),))
    blocks = reply_blocks(standing, DraftRecord(Place("T1", "C1", "1.0"), "U1", draft, revision="0"), TITLES)
    assert check_message_blocks(blocks) == blocks
    for block in blocks:
        if block["type"] != "rich_text":
            assert "<!" not in json.dumps(block)
    return json.dumps(blocks, ensure_ascii=False), reply_text(standing)


def test_points_stand_in_the_reply_as_severe_as_they_are_and_ping_nobody() -> None:
    blocks, text = written(PictureReview(1, "m-1", points=(POINT,)))
    assert "🟠 Should fix, in picture 1: Claims have evidence" in blocks
    assert '"accessibility_label": "Dismiss: picture 1, Claims have evidence"' in blocks
    assert '"accessibility_label": "Why: picture 1, Claims have evidence"' in blocks
    assert "*1 point about a picture*" in blocks
    assert "candor_use" not in blocks
    assert "<!channel>" not in text
    assert "cures all" in text


def test_what_stays_for_everybodys_sake_cannot_be_dismissed() -> None:
    blocks, _ = written(PictureReview(1, "m-1", points=(replace(POINT, dismissable=False),)))
    assert "candor_dismiss" not in blocks
    assert "candor_why" in blocks


def test_a_dismissed_point_keeps_a_way_back() -> None:
    verdict = Verdict(POINT.finding.ref, Decision.DISMISSED, "U2", at="5.0", revision="0", reason=VerdictReason.PROOF)
    blocks, text = written(PictureReview(1, "m-1", points=(POINT,)), verdict)
    assert "All points handled: 1 dismissed." in blocks
    assert "Dismissed: “&lt;!channel&gt; cures all”" in blocks
    assert "candor_undo" in blocks
    assert "in picture 1" not in blocks
    assert "cures all" not in text


def test_three_points_are_shown_and_the_rest_counted() -> None:
    blocks, _ = written(PictureReview(1, "m-1", points=(POINT,) * 5))
    assert blocks.count("Should fix, in picture 1: ") == 3
    assert "And 2 more points about pictures." in blocks


def test_alt_texts_and_the_footer_stand_below_a_clean_draft_as_well() -> None:
    blocks, _ = written(PictureReview(1, "m-1", (LeftOut.TOO_MANY,), points=(), alt_texts=((2, "A loaf of rye"),)))
    assert "Nothing to flag." in blocks
    assert "Suggested alt text for picture 2:" in blocks
    copied = '{"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "A loaf of rye"}]}'
    assert copied in blocks
    assert "1 picture looked at (m-1). 1 picture not looked at: " in blocks


# Text files.


async def text_file(
    workspace: Workspace, content: bytes, *, forwarded: bool = False, without: str = "", **changed: Any
) -> dict[str, Any]:
    """The file as a message brings it, once Candor has had a second for reading it."""
    ts = workspace.share("#drafts", "Our draft:", content, name="draft.txt")
    sent: list[dict[str, Any]] = [parcel.payload["event"] for parcel in workspace.courier.sent]
    (item,) = [event for event in sent if event.get("ts") == ts]
    file: dict[str, Any] = item["files"][0]
    file |= changed
    file.pop(without, None)
    if forwarded:
        item["attachments"] = [{"is_share": True, "files": item.pop("files")}]

    async def is_switched_on(_: str, channel: str) -> bool:
        return channel == "C0DRAFTS"

    clients = Clients(
        await connect([workspace.team.bot.token], workspace.api_url, Late(workspace.api_url, SystemClock()))
    )
    await SlackTextFiles(clients, is_switched_on).read(TEAM, str(changed.get("channel", "C0DRAFTS")), item)
    return file


async def test_a_text_file_is_read_beyond_the_lines_that_slack_shows(workspace: Workspace) -> None:
    draft = "\n".join(f"Line {number}" for number in range(40))
    file = await text_file(workspace, draft.encode())
    assert file["preview"] == draft
    assert not is_cut(file)


@pytest.mark.parametrize(
    "how", [{"without": "preview"}, {"forwarded": True}, {"forwarded": True, "without": "preview"}]
)
async def test_a_text_file_without_a_preview_or_in_a_forward_is_read_too(
    workspace: Workspace, how: dict[str, Any]
) -> None:
    draft = "\n".join(f"Line {number}" for number in range(40))
    assert (await text_file(workspace, b"\xef\xbb\xbf" + draft.encode(), **how))["preview"] == draft


@pytest.mark.parametrize(
    ("content", "changed"),
    [
        (b"x" * 130_000, {}),
        (b"Line\n" * 40, {"mimetype": "text/html"}),
        (b"Line\n" * 40, {"channel": "C0GENERAL"}),
        (b"Line\n" * 40, {"url_private": "https://elsewhere.example/draft.txt"}),
        (b"Line\n" * 40, {"url_private": "http://[no address"}),
        (b"\xff\xfe" * 400, {}),
    ],
)
async def test_what_is_no_text_too_long_or_somewhere_else_stays_unread(
    workspace: Workspace, content: bytes, changed: dict[str, Any]
) -> None:
    assert is_cut(await text_file(workspace, content, **changed))


async def test_a_slow_file_keeps_no_message_waiting(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(points, "_SOON", 0.0)
    assert is_cut(await text_file(workspace, b"Line\n" * 40))


MADE = Credentials(Signature.UNKNOWN, UseOfAI.MADE, "<!channel>")
SAID = "This picture's Content Credentials say it was made with AI (“<!channel>”). "


@pytest.mark.parametrize(("signature", "suggested"), [(Signature.UNKNOWN, 1), (Signature.BROKEN, 0)])
def test_what_credentials_say_is_part_of_the_question_and_suggests_an_answer(
    signature: Signature, suggested: int
) -> None:
    """Even a name that nobody tamed pings no one in rich text."""
    asked = Question(AI_CONTENT, "Was the picture made with AI?", MADE_WITH_AI)
    blocks, text = written(PictureReview(credentials=((1, replace(MADE, signature=signature)),)), asked=asked)
    assert blocks.count(SAID) == 1
    assert blocks.index("Was the picture made with AI?") < blocks.index(SAID) < blocks.index("candor_answer_0")
    assert blocks.count('"style": "primary"') == suggested
    assert "Credentials" not in text


def test_without_a_question_it_stands_below_and_other_questions_have_no_part_in_it() -> None:
    blocks, _ = written(PictureReview(credentials=((1, MADE),)))
    assert blocks.count(SAID) == 1
    asked = Question("a/claim", "Who says so?", ("Yes", "No"))
    blocks, _ = written(PictureReview(credentials=((1, MADE),)), asked=asked)
    assert blocks.count(SAID) == 1
    assert blocks.index("candor_answer_0") < blocks.index(SAID)
    assert "primary" not in blocks
