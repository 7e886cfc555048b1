"""The command line: ``candor`` and ``python -m bot``."""

from __future__ import annotations

import sys

from bot.terminal.commands import run


def main() -> None:
    """Run the command named on the command line and exit with its status."""
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
