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
        "The bot token. For several workspaces, separate their tokens with commas.",
        "xoxb-1234-5678-abcd",
    ),
    Setting("SLACK_APP_TOKEN", "The app token, for Socket Mode (no public address needed).", "xapp-1-A1234-5678-abcd"),
    Setting(
        "SLACK_SIGNING_SECRET", "The signing secret, if you use HTTP instead of Socket Mode.", "8f742231b10e8888abcd99"
    ),
    Setting(
        "SLACK_API_URL", "The address of Slack's Web API, or of a server that works like it.", "https://slack.com/api/"
    ),
    Setting("SLACK_CLIENT_ID", "The app's client ID, for OAuth installation in many workspaces.", "1234.5678"),
    Setting("SLACK_CLIENT_SECRET", "The client secret that goes with the client ID.", "3f2b8c51d09e4a77abcd"),
    Setting("PUBLIC_URL", "The public address of HOST and PORT, for OAuth installation.", "https://candor.example.com"),
    Setting(
        "ENCRYPTION_KEYS",
        "Keys that encrypt stored tokens, newest first. Make one with candor doctor --new-key.",
        "new,old",
    ),
    Setting(
        "ALLOWED_WORKSPACES",
        "Who may install Candor with OAuth right away: IDs of workspaces (T...) and organisations (E...), "
        "or the word anybody. Others wait for your yes.",
        "T0123456789,E0123456789",
    ),
    Setting(
        "DRAFT_CHANNELS",
        "Channels where Candor reviews drafts: names or IDs, separated by commas.",
        "drafts,C0123456789",
    ),
    Setting(
        "BRAND_LEADS",
        "User IDs of the brand leads, separated by commas. Leave it empty to use the workspace's admins.",
        "U0123456789",
    ),
    Setting(
        "DIGEST_CHANNEL", "The channel for the weekly digest: a name or ID. Leave it empty for no digest.", "brand"
    ),
    Setting("DIGEST_TIME", "When to post the digest: day, time and time zone.", "Monday 09:00 Europe/Berlin"),
    Setting(
        "DATABASE_URL",
        "A PostgreSQL database, if several processes share the work. Leave it empty to use SQLite.",
        "postgresql://host/candor",
    ),
    Setting("DATA_DIR", "The folder for SQLite's files and the process lock.", ".candor"),
    Setting("HOST", "The address to listen on. Leave it empty to listen on all of them.", "127.0.0.1"),
    Setting("PORT", "The port for events over HTTP and for health checks.", "3000"),
    Setting(
        "OPENAI_API_KEY", "The language model's API key. Without a model, Candor runs only its fixed checks.", "sk-..."
    ),
    Setting("OPENAI_BASE_URL", "The address of another OpenAI-compatible server.", "http://127.0.0.1:11434/v1"),
    Setting(
        "OPENAI_API",
        "Which API to use: responses or chat. If it's empty, Candor uses chat for servers other than OpenAI's.",
        "chat",
    ),
    Setting("OPENAI_MODEL", "The model's ID.", "gpt-6-luna"),
    Setting("OPENAI_EFFORT", "How hard the model thinks: none, minimal, low, medium or high.", "low"),
    Setting("OPENAI_PRICES", "Prices in US dollars per million new, cached and output tokens.", "0.25,0.025,2.00"),
    Setting("OPENAI_SEES_PICTURES", "Set this to yes if the model can look at pictures and you'd like it to.", "yes"),
    Setting(
        "MODEL_PATIENCE",
        "Seconds to wait for the model before replying with fixed checks only. The full review follows.",
        "20",
    ),
    Setting("MODEL_DEADLINE", "The longest the model may take over one answer, in seconds.", "90"),
    Setting(
        "INSTALLATION_SECRET",
        "Any long, random text. If it's empty, Candor makes one from the bot token.",
        "correct-horse-battery",
    ),
    Setting("PROMPTS_DIR", "A folder with your own prompts and guidelines. Leave it empty to use Candor's.", "prompts"),
    Setting("GUIDELINE_PACKS", "Optional guideline packs to switch on, separated by commas.", "access-for-all"),
)


def missing(*names: str) -> PersonCanFix:
    """The error for settings that a command cannot do without."""
    wanted = {setting.name: setting for setting in SETTINGS}
    return PersonCanFix(
        "\n".join(
            f"{name} isn't set. {wanted[name].about} For example: {name}={wanted[name].example}" for name in names
        )
    )
