"""Durable work: a job asked for once runs once, also after a crash. The only room that imports dbos.

Jobs and steps carry ids only, because the engine writes what it is given into its own tables.
"""

from bot.engine.flows import Flows
from bot.engine.jobs import Engine
from bot.engine.limits import Limits

__all__ = ["Engine", "Flows", "Limits"]
