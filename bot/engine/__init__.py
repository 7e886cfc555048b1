"""Durable work: a job asked for once runs once, also after a crash. The only room that imports dbos.

Jobs and steps carry ids only, because the engine writes what it is given into its own tables.
"""

from bot.engine.jobs import Engine, EngineLimits, Flows

__all__ = ["Engine", "EngineLimits", "Flows"]
