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
    Setting("SLACK_BOT_TOKEN", "The bot token; several workspaces: several tokens with commas.", "xoxb-1234-5678-abcd"),
    Setting("SLACK_APP_TOKEN", "The app token, for Socket Mode (no public address needed).", "xapp-1-A1234-5678-abcd"),
    Setting("SLACK_SIGNING_SECRET", "The signing secret, for HTTP instead of Socket Mode.", "8f742231b10e8888abcd99"),
    Setting("SLACK_API_URL", "Slack's Web API, or a server that speaks it.", "https://slack.com/api/"),
    Setting("SLACK_CLIENT_ID", "The app's client id, to be installed in many workspaces by OAuth.", "1234.5678"),
    Setting("SLACK_CLIENT_SECRET", "The client secret that belongs to it.", "3f2b8c51d09e4a77abcd"),
    Setting("PUBLIC_URL", "Where browsers reach HOST and PORT, for installing by OAuth.", "https://candor.example.com"),
    Setting("ENCRYPTION_KEYS", "Keys for stored tokens, the newest first. Made by candor doctor --new-key.", "new,old"),
    Setting("DRAFT_CHANNELS", "Channels where drafts are reviewed, names or ids with commas.", "drafts,C0123456789"),
    Setting("BRAND_LEADS", "User ids of the brand leads, with commas; empty: the workspace's admins.", "U0123456789"),
    Setting("DIGEST_CHANNEL", "The channel of the weekly digest, name or id; empty: no digest.", "brand"),
    Setting("DIGEST_TIME", "When it is posted: day, time and time zone.", "Monday 09:00 Europe/Berlin"),
    Setting("DATABASE_URL", "A PostgreSQL database, for several processes; empty: SQLite.", "postgresql://host/candor"),
    Setting("DATA_DIR", "The folder for SQLite's files and the process lock.", ".candor"),
    Setting("HOST", "The address to listen on; empty: every address of the machine.", "127.0.0.1"),
    Setting("PORT", "The port for events over HTTP and for health checks.", "3000"),
    Setting("OPENAI_API_KEY", "The key of the language model; without a model the fixed rules speak alone.", "sk-..."),
    Setting("OPENAI_BASE_URL", "Another OpenAI-compatible server.", "http://127.0.0.1:11434/v1"),
    Setting("OPENAI_API", "The interface: responses or chat; empty: chat for another server.", "chat"),
    Setting("OPENAI_MODEL", "The model's id.", "gpt-6-luna"),
    Setting("OPENAI_EFFORT", "How hard the model thinks: none, minimal, low, medium or high.", "low"),
    Setting("OPENAI_PRICES", "US dollars for a million new, cached and output tokens.", "0.25,0.025,2.00"),
    Setting("OPENAI_SEES_PICTURES", "yes: the model also looks at pictures attached to drafts (if it can).", "yes"),
    Setting("MODEL_PATIENCE", "Seconds after which the fixed rules speak alone and the full review follows.", "20"),
    Setting("MODEL_DEADLINE", "Seconds that one judgement may take in all.", "90"),
    Setting("INSTALLATION_SECRET", "Any long random text; empty: made from the bot token.", "correct-horse-battery"),
    Setting("PROMPTS_DIR", "A folder with your own prompts and guidelines; empty: the ones shipped.", "prompts"),
    Setting("GUIDELINE_PACKS", "Optional guideline packs to switch on, with commas between.", "access-for-all"),
    Setting("CLOCK_URL", "For rehearsals only: the server whose time counts.", "http://127.0.0.1:4200/local/clock"),
)


def missing(*names: str) -> PersonCanFix:
    """The error for settings that a command cannot do without."""
    wanted = {setting.name: setting for setting in SETTINGS}
    return PersonCanFix(
        "\n".join(
            f"{name} is not set: {wanted[name].about} For example {name}={wanted[name].example}" for name in names
        )
    )
