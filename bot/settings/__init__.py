"""The environment. Nothing else in Candor reads it."""

from bot.settings.reading import InstallSettings, ModelSettings, Settings, check_proxies, forget_proxies, read_settings
from bot.settings.table import SETTINGS, Setting, missing
from bot.settings.writing import in_environment, write_settings

__all__ = [
    "SETTINGS",
    "InstallSettings",
    "ModelSettings",
    "Setting",
    "Settings",
    "check_proxies",
    "forget_proxies",
    "in_environment",
    "missing",
    "read_settings",
    "write_settings",
]
