"""The team that is there at first: Harbor & Pine, who sell things for the house and the garden."""

from __future__ import annotations

from bot.workspace.state import State
from bot.workspace.team import InstalledApp, Person, Team

HARBOR = "T0HARBOR"
SIGNING_SECRET = "harbor-signing-secret"  # noqa: S105 - of the made-up app on this machine


def default_state() -> State:
    """One team with two people, three channels and Candor."""
    state = State()
    state.add_team(harbor_and_pine())
    return state


def harbor_and_pine() -> Team:
    """Dana writes, Mika looks after the brand. Candor sits in #drafts and #brand, not in #general."""
    bot = InstalledApp("U0CANDOR", "B0CANDOR", "A0CANDOR", "xoxb-harbor-candor", "xapp-harbor-candor", SIGNING_SECRET)
    team = Team(HARBOR, "Harbor & Pine", "harbor-pine", bot)
    team.add_person(Person("U0DANA", "dana", "Dana", "xoxp-dana", "Copywriter"))
    team.add_person(Person("U0MIKA", "mika", "Mika", "xoxp-mika", "Brand lead", is_admin=True))
    people = list(team.people)
    team.add_channel("C0DRAFTS", "drafts", [*people, bot.user_id]).purpose = "Posts before they go out"
    team.add_channel("C0BRAND", "brand", [*people, bot.user_id]).purpose = "How we sound, and what we stand for"
    team.add_channel("C0GENERAL", "general", people).purpose = "Everything else"
    return team


def another_team(team_id: str, name: str, app_of: Team) -> Team:
    """One more team that installed the same app, with Ola who writes there and a channel for drafts."""
    key = team_id.removeprefix("T0").lower()
    app = app_of.bot
    user_id, bot_id = f"U0{key.upper()}BOT", f"B0{key.upper()}BOT"
    bot = InstalledApp(user_id, bot_id, app.app_id, f"xoxb-{key}-{app.name}", app.app_token, app.signing_secret)
    team = Team(team_id, name, key, bot)
    writer = team.add_person(Person(f"U0{key.upper()}OLA", "ola", "Ola", f"xoxp-{key}-ola", "Editor", is_admin=True))
    team.add_channel(f"C0{key.upper()}DRAFTS", "drafts", [writer.id, user_id])
    return team
