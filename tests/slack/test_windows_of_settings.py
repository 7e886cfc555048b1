from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.core.deciding import FeedbackCount
from bot.core.digesting import Digest, Figures, Period
from bot.core.errors import Trouble, TryLater
from bot.core.guidelines import Guideline, Library, Policy, Severity
from bot.core.home import Composition, HomeTab, LeadsPart, MadeWithAi, OpenDraft, Paid
from bot.core.judging import Strictness
from bot.core.proof import LevelCount, WouldFlag
from bot.core.settings import ChannelStrictness, DigestSettings, SettingChange, WorkspaceSettings
from bot.core.spending import Budgets, Ceiling
from bot.core.watching import Hidden, SeenChannels, Unread
from bot.core.words import home as home_words
from bot.core.words import settings as words
from bot.core.words.proof import would_flag
from bot.flows.home import ShowHome
from bot.flows.settings import ChooseGuidelines
from bot.slack import blocks as forms
from bot.slack import settings as setting_windows
from bot.slack.channels import SlackJoinedChannels
from bot.slack.commands import value_of
from bot.slack.composing import composition_of, edit_window, message, new_window
from bot.slack.home import HomeTabs, home_view
from bot.slack.wire.clients import Clients
from bot.workspace.checking import check_message_blocks, check_view
from tests.flows.fake_privacy import FakeJoined
from tests.flows.fake_settings import FakeSettings

SETTINGS = WorkspaceSettings(
    draft_channels=("drafts", "C2", "gone"),
    digest=DigestSettings("brand"),
    policy=Policy(frozenset({"transparency/a"}), severities=(("user-control/b", Severity.CONSIDER),)),
    facts=("We bake at night.",),
    brand_leads=("U1",),
)
ALL = SeenChannels(frozenset({"drafts", "C2", "gone", "brand", *(f"c{n}" for n in range(40))}))
JOINED = {"C1": "drafts", "C3": "brand"}


def library(packs: int = 1) -> Library:
    names = ("authenticity/a", "transparency/a", "user-control/b", "user-control/safe-to-publish")
    listed = [
        Guideline(
            name, name.title(), Severity.MUST_FIX, question="?", why="why", fix="fix", problem=f"Broken {name[-1]}"
        )
        for name in names
    ]
    extra = [
        Guideline("authenticity/x", "X", Severity.CONSIDER, question="?", why="why", fix="fix", pack="extra")
    ] * packs
    return Library((*listed, *extra))


def filled(view: dict[str, Any], **values: dict[str, Any]) -> dict[str, Any]:
    """The window as Slack sends it back: every input as it was at first, but for these."""
    keys = {
        "initial_value": "value",
        "initial_option": "selected_option",
        "initial_options": "selected_options",
        "initial_users": "selected_users",
        "initial_conversations": "selected_conversations",
        "initial_conversation": "selected_conversation",
        "initial_time": "selected_time",
    }
    state: dict[str, Any] = {}
    for block in view["blocks"]:
        if element := block.get("element"):
            held = {keys[key]: value for key, value in element.items() if key in keys}
            state[block["block_id"]] = {"value": {"type": element["type"], **held, **values.get(block["block_id"], {})}}
    return {**view, "state": {"values": state}}


@pytest.mark.parametrize("page", [*words.PAGES, *words.FAMILIES])
def test_every_window_fits_slacks_limits_and_changes_nothing_untouched(page: str) -> None:
    draw = setting_windows.page if page in words.PAGES else None
    for settings in (SETTINGS, WorkspaceSettings()):
        for known in (library(), library(0)):
            view = draw(page, settings, known, JOINED, ALL) if draw else setting_windows.family(page, settings, known)
            check_view(view, "modal")
            assert forms.differing(filled(view)) == {}
    check_view(setting_windows.overview(SETTINGS, library(), ALL), "modal")


def test_the_workspaces_own_guidelines_are_counted_where_there_are_some() -> None:
    own = Guideline("own/guests", "Guests", Severity.CONSIDER, question="?", why="why", fix="fix", own=True)
    known = library().with_own((own,), (own, replace(own, id="own/off")), version=3)
    view = setting_windows.page("guidelines", SETTINGS, known, joined={}, seen=ALL)
    check_view(view, "modal")
    assert words.your_own(1, 2) in json.dumps(view)
    without = setting_windows.page("guidelines", SETTINGS, library(), joined={}, seen=ALL)
    assert words.YOUR_OWN not in json.dumps(without)


def test_only_what_somebody_touched_is_told() -> None:
    view = setting_windows.page("digest", SETTINGS, library(), joined=JOINED, seen=ALL)
    touched = filled(view, digest_channel={"selected_conversations": []}, digest_time={"selected_time": "10:00"})
    assert forms.differing(touched) == {"digest_channel": "", "digest_time": "10:00"}
    packs = filled(
        setting_windows.page("guidelines", SETTINGS, library(), joined={}, seen=ALL),
        packs={"selected_options": [{"value": "extra"}]},
    )
    assert forms.differing(packs) == {"packs": "extra"}


def test_channels_that_candor_is_not_in_are_named_or_chosen_by_id() -> None:
    view = setting_windows.page("channels", SETTINGS, library(), joined=JOINED, seen=ALL)
    assert view["blocks"][0]["element"]["initial_conversations"] == ["C1", "C2"]
    assert "gone" in view["blocks"][1]["elements"][0]["text"]
    digest = setting_windows.page(
        "digest", WorkspaceSettings(digest=DigestSettings("gone")), library(), joined=JOINED, seen=ALL
    )
    assert "gone" in digest["blocks"][1]["elements"][0]["text"]


def test_a_text_that_no_input_holds_is_not_offered_for_change() -> None:
    long = WorkspaceSettings(facts=tuple(f"{n} {'word ' * 30}" for n in range(25)))
    view = setting_windows.page("brand", long, library(), joined={}, seen=ALL)
    check_view(view, "modal")
    assert [block["type"] for block in view["blocks"]] == ["input", "input", "context"]


def test_without_prices_nobody_is_told_to_set_a_budget_in_dollars() -> None:
    for priced in (True, False):
        view = setting_windows.page("costs", SETTINGS, library(), joined={}, seen=ALL, priced=priced)
        hint = view["blocks"][0]["hint"]["text"]
        assert ("$50.00" in hint, "20,000,000 tokens" in hint) == (priced, True)


def test_a_budget_that_is_set_is_on_home_before_anything_is_spent() -> None:
    budgets = Budgets(Ceiling(tokens=20_000_000))
    tab = HomeTab("U1", WorkspaceSettings(budgets=budgets), lead=LeadsPart())
    assert "*Budget*: 20,000,000 tokens a month, none used yet" in json.dumps(home_view(tab))
    assert "*Budget*" not in json.dumps(home_view(replace(tab, lead=None)))


def test_a_fault_about_no_input_of_the_window_stands_at_the_first() -> None:
    view = setting_windows.page("people", SETTINGS, library(), joined={}, seen=ALL)
    wrong = setting_windows.faults(view, {"": "Only leads.", "retention_days": "Too many."})
    assert wrong == {"brand_leads": "Only leads.", "retention_days": "Too many."}
    check_view(setting_windows.told("<!channel> & co", "Settings"), "modal")


def test_a_guideline_shows_its_choice() -> None:
    view = setting_windows.family("user-control", SETTINGS, library())
    chosen = {b["block_id"]: b["element"]["initial_option"]["value"] for b in view["blocks"] if b["type"] == "input"}
    assert chosen == {"user-control/b": "consider"}
    assert view["blocks"][1]["hint"]["text"] == "On a point: “Broken b”"
    assert f"On a point: “Broken h”\n{words.ALWAYS_ON}" in view["blocks"][2]["text"]["text"]
    off = setting_windows.family("transparency", SETTINGS, library())
    assert off["blocks"][1]["element"]["initial_option"]["value"] == "off"


FULL = Composition("<!channel> Act now", "instagram", "Gardeners", market="Ireland", ai=MadeWithAi.ALL, paid=Paid.PAID)


@pytest.mark.parametrize("composition", [FULL, Composition("x")])
def test_a_composition_comes_back_out_of_its_window(composition: Composition) -> None:
    view = edit_window(composition, "T1:C1:1.0")
    check_view(view, "modal")
    assert composition_of(filled(view)) == composition
    check_message_blocks(message("U1", composition)["blocks"])


def test_a_new_window_suggests_the_first_channel() -> None:
    for channels in ([], ["C1", "C2"]):
        view = new_window(channels)
        check_view(view, "modal")
        assert view["blocks"][1]["element"].get("initial_conversation", "") == (channels or [""])[0]


def tab(*, lead: bool) -> HomeTab:
    drafts = tuple(
        OpenDraft(f"T1:C1:{n}.0", "word " * 99, n, should=1, link="https://a.example/1" if n else "") for n in range(10)
    )
    trouble = tuple(Unread("T1", f"c{n}", Trouble.ABSENT) for n in range(40))
    change = SettingChange("facts", "x" * 4000, "y", user="U1", at=0.0)
    named = SettingChange("brand_leads", "U1", "", user="U1", at=0.0)
    part = LeadsPart(drafts, Hidden(2), trouble, changes=(change, named, change, change, change), in_force=24)
    week = Digest(Period(0, 7 * 86400.0), "UTC", Figures(reviewed=2, findings=(("a/b", 3),)), must_fix_open=1)
    return HomeTab(
        "U1", SETTINGS, ("U1",), own=drafts, elsewhere=Hidden(1), seen=ALL, week=week, lead=part if lead else None
    )


@pytest.mark.parametrize("lead", [True, False])
def test_a_full_home_fits_slacks_limits(lead: bool) -> None:  # noqa: FBT001 - a parameter
    view = home_view(tab(lead=lead), with_exceptions=lead)
    check_view(view, "home")
    buttons = [e["action_id"] for block in view["blocks"] if block["type"] == "actions" for e in block["elements"]]
    assert ("candor_home_settings" in buttons, "candor_home_exceptions" in buttons) == (lead, lead)
    assert len(view["blocks"]) < 60


def test_only_leads_see_on_home_how_many_reviews_were_called_helpful() -> None:
    week = Digest(Period(0, 7 * 86400.0), "UTC", Figures(reviewed=4, thumbs=FeedbackCount(3, 1)))
    lead = HomeTab("U1", WorkspaceSettings(), week=week, lead=LeadsPart())
    assert "\\n3 reviews were called helpful, 1 not." in json.dumps(home_view(lead))
    assert "called helpful" not in json.dumps(home_view(replace(lead, lead=None)))
    unrated = replace(week, figures=Figures(reviewed=4))
    assert "called helpful" not in json.dumps(home_view(replace(lead, week=unrated)))


def test_an_empty_home() -> None:
    quiet = Digest(Period(0, 7 * 86400.0), "UTC", Figures())
    check_view(home_view(HomeTab("U1", WorkspaceSettings(), week=quiet, lead=LeadsPart())), "home")
    check_view(home_view(HomeTab("U1", WorkspaceSettings())), "home")


class AsleepChange:
    """Slack does not say who leads."""

    async def edit(self, *_: object) -> None:
        raise TryLater(60)


async def test_a_slack_that_does_not_say_who_leads_keeps_the_window_open() -> None:
    choose = ChooseGuidelines(AsleepChange())  # pyright: ignore[reportArgumentType]
    clients = Clients([])
    tabs = HomeTabs(
        ShowHome.__new__(ShowHome), choose, SlackJoinedChannels.__new__(SlackJoinedChannels), clients=clients
    )
    view = filled(setting_windows.page("people", SETTINGS, library(), joined={}, seen=ALL))
    body = {"view": view, "team": {"id": "T1"}, "user": {"id": "U1"}}
    assert await tabs.save_page(body) == {"brand_leads": words.LATER}


async def test_while_slack_does_not_say_where_candor_is_no_channel_is_taken_for_one_that_somebody_took_out() -> None:
    names = FakeJoined()
    tabs = HomeTabs(ShowHome.__new__(ShowHome), ChooseGuidelines(AsleepChange()), names, clients=Clients([]))  # pyright: ignore[reportArgumentType]
    names.trouble = Trouble.LATER
    view = setting_windows.page("channels", SETTINGS, library(), joined=JOINED, seen=ALL)
    view = filled(view, draft_channels={"selected_conversations": ["C1"]})
    body = {"view": view, "team": {"id": "T1"}, "user": {"id": "U1"}}
    assert await tabs.save_page(body) == {"draft_channels": words.LATER}


# How strict Candor is in a channel.

LEVELS = WorkspaceSettings(("C1", "C2"), strictness=ChannelStrictness(channels=(("C2", Strictness.QUIET),)))


def test_a_channels_strictness_is_chosen_with_the_figures_beside_it() -> None:
    counted = WouldFlag(7, tuple(LevelCount(level, n, n // 3) for n, level in enumerate(Strictness, 2)))
    for channel, chosen in (("C2", "C2 = quiet"), ("", "normal")):
        view = setting_windows.strictness(channel, LEVELS, counted)
        check_view(view, "modal")
        assert forms.differing(filled(view)) == {}
        assert forms.showed(view)["strictness"] == chosen
        (element,) = [block["element"] for block in view["blocks"] if block["type"] == "input"]
        notes = [option["description"]["text"] for option in element["options"]]
        assert notes[1] == "Flags 3 of your last 7 drafts; 1 of them was a fine post."
        assert notes[0].endswith("none of them was a fine post.")
    none = setting_windows.strictness("C2", LEVELS, WouldFlag())
    check_view(none, "modal")
    assert words.NO_FIGURES in json.dumps(none)
    most = would_flag(LevelCount(Strictness.QUIET, 100, 100), 100)
    assert would_flag(LevelCount(Strictness.QUIET, 0, 0), 9) == "Flags none of your last 9 drafts."
    assert max(len(most), len(would_flag(LevelCount(Strictness.QUIET, 1, 1), 1))) <= 75


def test_each_draft_channel_has_its_row_and_home_tells_the_levels() -> None:
    seen = SeenChannels(frozenset({"C1"}))
    view = setting_windows.page("channels", LEVELS, library(), joined={"C1": "a", "C2": "b"}, seen=ALL)
    assert [b["text"]["text"] for b in view["blocks"] if b.get("accessory")] == [
        "<#C2>: Quiet",
        "Everywhere else: Normal",
    ]
    home = json.dumps(home_view(HomeTab("U1", LEVELS, seen=seen)))
    assert "*Strictness*: normal; quiet in 1 channel you're not in" in home
    change = SettingChange("strictness", "normal", "normal, C2 = quiet", user="U1", at=0.0)
    assert home_words.values(change, {}, ALL) == ("normal → normal; quiet in <#C2>", True)
    assert value_of("strictness", "quiet", {}, ALL) == "quiet"


async def test_the_page_of_a_strictness_counts_for_its_channel() -> None:
    asked: list[tuple[str, ...]] = []

    async def count(*about: str) -> WouldFlag:
        asked.append(about)
        return WouldFlag()

    show = ShowHome.__new__(ShowHome)
    object.__setattr__(show, "settings", FakeSettings({"T1": LEVELS}))
    joined, clients = SlackJoinedChannels.__new__(SlackJoinedChannels), Clients([])
    tabs = HomeTabs(show, ChooseGuidelines.__new__(ChooseGuidelines), joined, clients=clients)
    body = {"team": {"id": "T1"}, "user": {"id": "U1"}}
    for counting in (replace(tabs, count=count), tabs):  # pyright: ignore[reportArgumentType]
        view = await counting._page(body, "strictness:C2")  # pyright: ignore[reportPrivateUsage]
        assert view["private_metadata"] == "strictness:C2"
    assert asked == [("T1", "U1", "C2")]
