"""One message with a post for each of five platforms, and an edit that cures one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.journeys.conftest import Stage

POSTS = {
    "IG": ("Instagram", "New rye in the window 🥖 Act now! #rye"),
    "LinkedIn": ("LinkedIn", "We hired two bakers. Hurry up and read on."),
    "X": ("X", "Rye is back & warm. Only 3 left, so run."),
    "TikTok": ("TikTok", "Marek dances with the dough. Selling fast!"),
    "YouTube": ("YouTube", "Our film about the old mill. Don't miss out!"),
}
QUOTES = ("Act now!", "Hurry up", "Only 3 left", "Selling fast", "Don't miss out")


def message(**instead: str) -> str:
    posts = {name: instead.get(name, text) for name, (_, text) in POSTS.items()}
    return "For Mika, one for each\n\n" + "\n\n".join(f"{name}: {text}" for name, text in posts.items())


def labelled(blocks: list[dict[str, Any]]) -> dict[str, str]:
    """The words of every point that is shown, by its label."""
    points = [block["elements"] for block in blocks if block["type"] == "rich_text" and len(block["elements"]) > 2]
    return {_text(label): _text(quote) for label, quote, *_ in points}


def _text(element: dict[str, Any]) -> str:
    return "".join(piece.get("text", "") for piece in element["elements"])


async def seen(stage: Stage, ts: str, by: str) -> dict[str, str]:
    """Every point, in the reply and behind "Show more"."""
    reply = stage.reply_to(ts)
    await stage.workspace.click("#drafts", reply["ts"], "candor_more", by=by)
    (window,) = stage.workspace.views(by=by)
    return labelled(reply["blocks"]) | labelled(window["blocks"])


async def test_every_fault_stands_under_its_own_platform_and_an_edit_cures_one(played: Stage) -> None:
    ts = played.workspace.post("#drafts", message())
    await played.reply(ts, "found 5 points")
    points = await seen(played, ts, "dana")
    assert len(points) == 5
    for (platform, _), quote in zip(POSTS.values(), QUOTES, strict=True):
        (label,) = [label for label, words in points.items() if quote in words]
        assert f"({platform})" in label
    played.workspace.edit("#drafts", ts, message(X="Rye is back & warm until Friday."))
    await played.reply(ts, "found 4 points")
    left = await seen(played, ts, "mika")
    assert len(left) == 4
    assert not any("(X)" in label for label in left)
    assert "fixed (Pressure without reason, “Only 3 left”" in str(played.reply_to(ts)["blocks"][1])
