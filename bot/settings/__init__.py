"""The environment. Nothing else in Candor reads it."""

from bot.settings.reading import InstallSettings, ModelSettings, Settings, check_proxies, forget_proxies, read_settings
from bot.settings.table import SETTINGS, Setting, missing

__all__ = [
    "SETTINGS",
    "InstallSettings",
    "ModelSettings",
    "Setting",
    "Settings",
    "check_proxies",
    "forget_proxies",
    "missing",
    "read_settings",
]
