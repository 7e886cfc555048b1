from __future__ import annotations

from bot.core.drafts import Draft
from bot.core.ports import Judges
from bot.core.settings import WorkspaceSettings, brand_of
from bot.flows.watching import NamedLeads
from tests.flows.fake_settings import FakeSettings
from tests.flows.fakes import FakeRules

NAMED = FakeSettings({"T1": WorkspaceSettings(brand_leads=("U1",))})


class _Slack:
    async def of(self, team: str) -> tuple[str, ...]:
        return (f"UADMIN{team}",)

    async def includes(self, team: str, user: str) -> bool:
        return user == f"UADMIN{team}"


async def test_without_named_leads_slack_says_who_is_in_charge() -> None:
    leads = NamedLeads(FakeSettings(), _Slack(), overridden=False)
    assert await leads.of("T1") == ("UADMINT1",)


async def test_a_workspace_names_its_own() -> None:
    leads = NamedLeads(NAMED, _Slack(), overridden=False)
    assert await leads.of("T1") == ("U1",)
    assert await leads.of("T2") == ("UADMINT2",)


async def test_the_installation_overrules_the_workspace() -> None:
    assert await NamedLeads(NAMED, _Slack(), overridden=True).of("T1") == ("UADMINT1",)


async def test_what_the_brand_says_comes_before_what_the_author_says() -> None:
    settings = WorkspaceSettings(markets=("Germany",), facts=("We bake at night.",))
    brand = brand_of(settings)
    assert brand.splitlines()[0] == "Markets: Germany."
    assert brand.endswith("- We bake at night.")
    judges = Judges(FakeRules(), brand=brand)
    assert judges.told(Draft("x", context="A rerun.")).context == f"{brand}\n\nA rerun."
    assert judges.told(Draft("x")).context == brand
    assert Judges(FakeRules()).told(Draft("x", context="A rerun.")).context == "A rerun."


def test_a_brand_that_says_nothing_gives_no_context() -> None:
    assert brand_of(WorkspaceSettings()) == ""


async def test_whoever_a_workspace_names_is_one_and_else_slack_is_asked() -> None:
    leads = NamedLeads(NAMED, _Slack(), overridden=False)
    assert [await leads.includes("T1", user) for user in ("U1", "UADMINT1")] == [True, False]
    assert [await leads.includes("T2", user) for user in ("U1", "UADMINT2")] == [False, True]
    assert await NamedLeads(NAMED, _Slack(), overridden=True).includes("T1", "UADMINT1")
