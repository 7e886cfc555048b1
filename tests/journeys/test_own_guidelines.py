"""A brand lead writes a guideline in Home, tries it out on drafts, and switches it on."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.core.words.brand import own_guidelines as words
from tests.journeys.test_commands import typed
from tests.journeys.test_home import home, press, texts
from tests.journeys.test_privacy import direct

if TYPE_CHECKING:
    from tests.journeys.conftest import Stage

MANIFEST = json.loads((Path(__file__).resolve().parent.parent.parent / "manifest.json").read_text(encoding="utf-8"))
pytestmark = pytest.mark.parametrize("stage", [{"manifest": MANIFEST}], indirect=True)
POSTS = (
    "Our customers love the view from the terrace.\nCome and see it with us this spring.",
    "Dear customers of the harbour house,\nthe pool is open again from Friday on.",
    "Our guests love the view from the terrace.\nCome and see it with us this spring.",
)
FORM = {
    "title": "Guests, not customers",
    "question": "Do we call the people who stay with us guests?",
    "why": "Customers are counted, guests are welcomed.",
    "bad1": "Our ==customers== love the view.",
    "bad2": "Dear ==customers==, welcome back.",
    "good1": "Our guests love the view.",
    "good2": "Dear guests, welcome back.",
    "phrases": "customer*",
    "problem": "Calls guests customers",
}


def top(stage: Stage) -> dict[str, Any]:
    return stage.workspace.views(by="mika")[-1]


async def shows(stage: Stage, said: str) -> str:
    """What the window on top says, once it says this."""
    await stage.until(lambda: said in texts(top(stage)["blocks"]), f"a window that says “{said}”")
    return texts(top(stage)["blocks"])


async def submit(stage: Stage, **values: object) -> dict[str, Any]:
    return await stage.workspace.submit({name: {"value": value} for name, value in values.items()}, by="mika")


async def write(stage: Stage, **values: str) -> dict[str, Any]:
    """Type what is asked at first, unfold the rest of the window, and fill in everything."""
    workspace, view = stage.workspace, top(stage)
    (more,) = [b["block_id"] for b in view["blocks"] if words.MORE in str(b.get("elements"))]
    wanted = {"action_id": "candor_own_more", "block_id": more}
    typed = {"state": {name: {"value": values[name]} for name in ("title", "question")}}
    await workspace.interactions.click_in_view(
        workspace.team, workspace.person("mika"), view["id"], wanted=wanted | typed
    )
    return await submit(stage, **{name: value for name, value in values.items() if name not in typed["state"]})


async def close_all(stage: Stage) -> None:
    workspace = stage.workspace
    while workspace.views(by="mika"):
        await workspace.interactions.close(workspace.team, workspace.person("mika"), top(stage)["id"])


@pytest.mark.both_databases
async def test_a_lead_writes_tries_corrects_and_switches_on_a_guideline(played: Stage) -> None:
    for post in POSTS:
        await played.reply(played.workspace.post("#drafts", post))
    await home(played, "mika", "What Candor does")
    await press(played, "candor_own_list", "own")
    assert words.NONE_YET in texts(top(played)["blocks"])
    await press(played, "candor_own_new", "new")
    wrong = await write(played, **FORM | {"why": "Every such draft is approved."})
    assert wrong["errors"] == {"why": words.UNSAYABLE}
    await submit(played, **FORM)
    said = await shows(played, "It would have flagged 2 places in the latest 3 drafts that you can read.")
    assert words.NO_MODEL in said
    assert "“Dear customers of the harbour house,”" in said
    marks = [block["block_id"] for block in top(played)["blocks"] if block.get("block_id", "").startswith("mark:")]
    harbour = next(mark for mark in marks if _is_below(top(played), mark, "harbour"))
    still = await submit(played, **{harbour: "wrong"})
    assert still["errors"] == {"fine": words.still_flags("Dear customers of the harbour house,")}
    await submit(played, **{harbour: "wrong", "fine": "dear customers"})
    await shows(played, "It would have flagged 1 place")
    await submit(played)
    assert words.ON_FROM_NOW in texts(top(played)["blocks"])
    await close_all(played)
    replies = [await played.reply(played.workspace.post("#drafts", f"{post} Again.")) for post in POSTS]
    assert [("Calls guests customers" in texts(reply["blocks"])) for reply in replies] == [True, False, False]
    assert "set 1" not in texts(replies[0]["blocks"])


def _is_below(view: dict[str, Any], mark: str, word: str) -> bool:
    """True where the sentence above the mark holds the word."""
    blocks = view["blocks"]
    at = next(number for number, block in enumerate(blocks) if block.get("block_id") == mark)
    return word in blocks[at - 1]["text"]["text"]


async def test_a_lead_who_goes_on_changing_a_guideline_never_runs_out_of_windows(played: Stage) -> None:
    await home(played, "mika", "What Candor does")
    await press(played, "candor_own_list", "own")
    await press(played, "candor_own_new", "new")
    await write(played, **FORM)
    for version in (2, 3, 4):
        await shows(played, words.NO_DRAFTS)
        await press(played, "candor_own_change", "own/guests-not-customers")
        assert top(played)["title"]["text"] == words.CHANGE_TITLE
        await submit(played, why=f"People notice it {version} times.")
        await shows(played, f"Version {version}.")
    await shows(played, words.NO_DRAFTS)
    await press(played, "candor_own_versions", "own/guests-not-customers")
    assert top(played)["title"]["text"] == words.VERSIONS_TITLE
    await press(played, "candor_own_back", "own/guests-not-customers\n1")
    await shows(played, "Version 5 (same as version 1).")
    await close_all(played)


async def test_a_guideline_goes_out_and_comes_back_as_a_file(played: Stage) -> None:
    assert words.NONE_TO_EXPORT in await typed(played, "guidelines export", by="mika")
    assert words.ONLY_LEADS in await typed(played, "guidelines new", by="dana")
    assert words.HOME not in await typed(played, "guidelines", by="dana")
    assert words.HOME in await typed(played, "guidelines", by="mika")
    assert words.CHANGE_SHIPPED in await typed(played, "guidelines no false pressure", by="mika")
    assert await typed(played, "guidelines new", by="mika") == ""
    await write(played, **FORM | {"title": 'Guests, not "customers"'})
    await shows(played, words.NO_DRAFTS)
    await submit(played)
    await close_all(played)
    assert words.EXPORTING in await typed(played, "guidelines export", by="mika")
    await played.until(lambda: direct(played, "mika"), "the file")
    (file,) = direct(played, "mika")[-1]["files"]
    content = base64.b64decode(played.workspace.team.files[file["id"]]["content"]).decode()
    await home(played, "mika", "What Candor does")
    await press(played, "candor_own_list", "own")
    await press(played, "candor_own_paste", "paste")
    broken = await submit(played, file=content.replace("severity: should-fix", "severity: grave"))
    assert broken["errors"] == {
        "file": words.at_line(5, "“grave” is not a severity; use must-fix, should-fix, consider")
    }
    assert content.startswith("---\nid: own/guests-not-customers\n")
    changed = content.replace("severity: should-fix", "severity: must-fix").replace("Guests, not", "People, not")
    head, why, rest = changed.partition("## Why\n")
    await submit(played, file=head, more1=f"{why}{rest}")
    said = await shows(played, words.NO_DRAFTS)
    assert "This is version 2." in said
    await press(played, "candor_own_versions", "own/guests-not-customers")
    await press(played, "candor_own_back", "own/guests-not-customers\n1")
    await shows(played, "This is version 3 (same as version 1).")
    await shows(played, words.NO_DRAFTS)
    below = played.workspace.views(by="mika")[-2]
    assert "This is version 3" in texts(below["blocks"])
    await submit(played)
    below = played.workspace.views(by="mika")[-2]
    assert "Version 3 has been on" in texts(below["blocks"])
    assert below.get("submit", {}).get("text") != words.SWITCH_ON
    await close_all(played)
    await home(played, "mika", "What Candor does")
    await press(played, "candor_own_list", "own")
    await press(played, "candor_own_open", "own/guests-not-customers")
    await press(played, "candor_own_off", "own/guests-not-customers")
    assert "It's off." in await shows(played, "Version 3 (same as version 1).")
    await press(played, "candor_own_remove", "own/guests-not-customers")
    assert words.GONE in texts(top(played)["blocks"])


async def test_what_nothing_could_try_is_switched_on_only_by_a_lead_who_says_so(played: Stage) -> None:
    await played.reply(played.workspace.post("#drafts", POSTS[0]))
    await typed(played, "guidelines new", by="mika")
    posts = {"bad1": "The ==weather== is fine today.", "bad2": "It ==rains==.", "good1": "Our customers are idiots."}
    await write(played, **FORM | posts | {"phrases": ""})
    said = await shows(played, words.NO_TRIAL)
    assert words.NO_WORDS in said
    refused = await submit(played)
    assert refused["errors"] == {"untried": words.NOT_TRIED}
    await submit(played, untried=["yes"])
    assert words.ON_FROM_NOW in texts(top(played)["blocks"])


async def test_the_trial_counts_what_the_next_replies_show(played: Stage) -> None:
    await typed(played, "guidelines new", by="mika")
    await write(played, **FORM | {"severity": "consider"})
    examples = await shows(played, words.NO_DRAFTS)
    assert words.examples((2, 2), (2, 2)) in examples
    await submit(played)
    await close_all(played)
    for post in POSTS:
        await played.reply(played.workspace.post("#drafts", post))
    await typed(played, "settings strictness quiet", by="mika")
    await home(played, "mika", "What Candor does")
    await press(played, "candor_own_list", "own")
    await press(played, "candor_own_open", "own/guests-not-customers")
    await press(played, "candor_own_again", "own/guests-not-customers")
    said = await shows(played, "It would have flagged nothing in the latest 3 drafts")
    assert words.left_out(0, 2) in said
