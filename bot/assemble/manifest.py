"""The app manifest: what Candor asks of Slack."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def manifest_file() -> Path:
    """The app manifest in the checkout, or the one shipped in the package."""
    checkout = _PACKAGE.parent / "manifest.json"
    return checkout if checkout.exists() else _PACKAGE / "manifest.json"
