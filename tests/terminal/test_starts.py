"""What a command doesn't need isn't loaded: each of these libraries takes tenths of a second of processor time."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = ("dbos", "sqlalchemy", "slack_bolt", "slack_sdk", "aiohttp", "openai", "pydantic", "mcp")
RUN = f"""
import sys
from bot.terminal.commands import run
try:
    status = run(sys.argv[1:])
except SystemExit as end:
    status = end.code or 0
print(status, *[name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)
"""
STORE = ("sqlalchemy",)


@pytest.mark.parametrize(
    ("arguments", "environment", "status", "loaded"),
    [
        (["--help"], {}, 0, ()),
        (["audit", "--help"], {}, 0, ()),
        (["manifest"], {}, 0, ()),
        (["review", "draft.txt"], {}, 1, ()),
        (["gate", "draft.txt"], {}, 1, ()),
        (["audit", "drafts"], {}, 2, ()),
        (["import-posts", "missing.csv"], {}, 2, ()),
        (["serve"], {}, 2, ()),
        (["status"], {"MODEL_DEADLINE": "soon"}, 2, ()),
        (["serve"], {"MODEL_DEADLINE": "soon"}, 2, ()),
        (["doctor"], {"MODEL_DEADLINE": "soon"}, 1, ()),
        (["facts"], {}, 2, STORE),
        (["guidelines"], {}, 2, STORE),
        (["workspaces"], {}, 2, STORE),
        (["doctor", "--new-key"], {}, 0, STORE),
    ],
)
def test_a_command_loads_what_it_needs_alone(
    arguments: list[str], environment: dict[str, str], status: int, loaded: tuple[str, ...], tmp_path: Path, root: Path
) -> None:
    (tmp_path / "draft.txt").write_text("LAST CHANCE!!! Only 3 left. Tag three friends to win a cup!", encoding="utf-8")
    known = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}  # noqa: TID251 - of the test run
    ended = subprocess.run(
        [sys.executable, "-c", RUN, *arguments],
        cwd=tmp_path,
        env=known | environment | {"PYTHONPATH": str(root), "PROMPTS_DIR": str(root / "prompts")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stderr.splitlines()[-1].split() == [str(status), *loaded]
