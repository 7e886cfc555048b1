"""Whether the settings are enough for what a process is to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.errors import PersonCanFix
from bot.core.words import install as words
from bot.settings import missing

if TYPE_CHECKING:
    from bot.settings import Settings


def check_settings(settings: Settings, *, receives: bool = True, works: bool = True) -> None:
    """Raises `PersonCanFix` with one sentence for each setting that is missing."""
    _check_installing(settings, receives=receives)
    absent = [] if settings.bot_tokens or settings.install.is_on else ["SLACK_BOT_TOKEN"]
    if receives and not settings.app_token and not settings.signing_secret:
        absent.append("SLACK_APP_TOKEN")
    if receives and not settings.app_token and settings.signing_secret and settings.port is None:
        absent.append("PORT")
    if not (receives and works) and not settings.database_url:
        absent.append("DATABASE_URL")
    if absent:
        raise missing(*absent)


def _check_installing(settings: Settings, *, receives: bool) -> None:
    app = settings.install
    wanted = {
        "SLACK_CLIENT_ID": bool(app.client_id) or not app.client_secret,
        "SLACK_CLIENT_SECRET": bool(app.client_secret) or not app.client_id,
        "PUBLIC_URL": bool(app.public_url) or not (app.is_on and receives),
        "PORT": settings.port is not None or not (app.is_on and receives),
    }
    if absent := [name for name, there in wanted.items() if not there]:
        raise missing(*absent)
    if app.is_on and not app.keys:
        raise PersonCanFix(words.NO_KEYS)
