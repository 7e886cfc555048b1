"""The SDK's types are partly unknown to the type checker, so tests take its objects as they come."""

from __future__ import annotations

from typing import Any, TypeAlias

Client: TypeAlias = Any
"""An `AsyncWebClient`."""
App: TypeAlias = Any
"""Bolt's `AsyncApp`."""
