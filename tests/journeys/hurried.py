"""`candor` with its arguments, but a silent process's jobs are taken over after six seconds in place of twenty.

How long that takes is not what any journey is about; those that kill a process would only stand still meanwhile.
"""

from __future__ import annotations

import sys
from functools import partial

from bot.assemble import stores
from bot.terminal.commands import run


def hurry() -> None:
    """From now on, for every bot that this process makes."""
    stores.EngineLimits = partial(stores.EngineLimits, beat=1.0, dead=6.0)


if __name__ == "__main__":
    hurry()
    sys.exit(run(sys.argv[1:]))
