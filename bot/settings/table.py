"""Every environment variable that Candor knows."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.errors import PersonCanFix


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable: what it is for, and an example of a right value."""

    name: str
    about: str
    example: str


SETTINGS = (
    Setting(
        "SLACK_BOT_TOKEN",
        "The bot token. For several workspaces, list their tokens with commas.",
        "xoxb-1234-5678-abcd",
    ),
    Setting("SLACK_APP_TOKEN", "The app token, for Socket Mode (no public address needed).", "xapp-1-A1234-5678-abcd"),
    Setting("SLACK_SIGNING_SECRET", "The signing secret, for HTTP instead of Socket Mode.", "8f742231b10e8888abcd99"),
    Setting("SLACK_API_URL", "Slack's Web API, or a server that speaks it.", "https://slack.com/api/"),
    Setting("SLACK_CLIENT_ID", "The app's client ID, for installing it in many workspaces with OAuth.", "1234.5678"),
    Setting("SLACK_CLIENT_SECRET", "The client secret that belongs to it.", "3f2b8c51d09e4a77abcd"),
    Setting(
        "PUBLIC_URL", "Where browsers reach HOST and PORT, for installing with OAuth.", "https://candor.example.com"
    ),
    Setting(
        "ENCRYPTION_KEYS", "Keys for stored tokens, newest first. Make one with candor doctor --new-key.", "new,old"
    ),
    Setting(
        "DRAFT_CHANNELS", "Channels where drafts are reviewed: names or IDs, with commas between.", "drafts,C0123456789"
    ),
    Setting(
        "BRAND_LEADS",
        "User IDs of the brand leads, with commas between. Leave empty for the workspace's admins.",
        "U0123456789",
    ),
    Setting("DIGEST_CHANNEL", "The weekly digest's channel, name or ID. Leave empty for no digest.", "brand"),
    Setting("DIGEST_TIME", "When the digest is posted: day, time and time zone.", "Monday 09:00 Europe/Berlin"),
    Setting(
        "DATABASE_URL",
        "A PostgreSQL database, for several processes. Leave empty for SQLite.",
        "postgresql://host/candor",
    ),
    Setting("DATA_DIR", "The folder for SQLite's files and the process lock.", ".candor"),
    Setting("HOST", "The address to listen on. Leave empty to listen on all of them.", "127.0.0.1"),
    Setting("PORT", "The port for events over HTTP and for health checks.", "3000"),
    Setting("OPENAI_API_KEY", "The language model's key. Without a model, only fixed checks run.", "sk-..."),
    Setting("OPENAI_BASE_URL", "Another OpenAI-compatible server.", "http://127.0.0.1:11434/v1"),
    Setting("OPENAI_API", "The interface: responses or chat; empty: chat for another server.", "chat"),
    Setting("OPENAI_MODEL", "The model's ID.", "gpt-6-luna"),
    Setting("OPENAI_EFFORT", "How hard the model thinks: none, minimal, low, medium or high.", "low"),
    Setting("OPENAI_PRICES", "US dollars per million new, cached and output tokens.", "0.25,0.025,2.00"),
    Setting("OPENAI_SEES_PICTURES", "Set to yes if the model should also look at pictures in drafts (and can).", "yes"),
    Setting(
        "MODEL_PATIENCE", "Seconds to wait before replying with fixed checks alone; the full review follows.", "20"
    ),
    Setting("MODEL_DEADLINE", "The most seconds that one judgement may take.", "90"),
    Setting(
        "INSTALLATION_SECRET", "Any long random text. If empty, it's made from the bot token.", "correct-horse-battery"
    ),
    Setting("PROMPTS_DIR", "A folder with your own prompts and guidelines. Leave empty for Candor's.", "prompts"),
    Setting("GUIDELINE_PACKS", "Optional guideline packs to switch on, with commas between.", "access-for-all"),
    Setting("CLOCK_URL", "For rehearsals only: the server to take the time from.", "http://127.0.0.1:4200/local/clock"),
)


def missing(*names: str) -> PersonCanFix:
    """The error for settings that a command cannot do without."""
    wanted = {setting.name: setting for setting in SETTINGS}
    return PersonCanFix(
        "\n".join(
            f"{name} is not set: {wanted[name].about} For example {name}={wanted[name].example}" for name in names
        )
    )
