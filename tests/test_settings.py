from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.assemble.critic import fixed_rules
from bot.core.errors import PersonCanFix
from bot.settings import SETTINGS, read_settings

if TYPE_CHECKING:
    from pathlib import Path


def test_nothing_need_be_set(root: Path) -> None:
    assert read_settings({}).prompts == root / "prompts"


def test_a_file_called_env_is_read_and_the_environment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("GUIDELINE_PACKS=access-for-all\n", encoding="utf-8")
    assert read_settings().packs == {"access-for-all"}
    monkeypatch.setenv("GUIDELINE_PACKS", "other")
    assert read_settings().packs == {"other"}


def test_a_wrong_value_is_told_with_its_name_and_a_right_one() -> None:
    with pytest.raises(PersonCanFix) as caught:
        read_settings({"PROMPTS_DIR": "/nowhere"})
    assert str(caught.value) == (
        "PROMPTS_DIR: there is no folder “guidelines” in /nowhere; a right value looks like PROMPTS_DIR=prompts"
    )


def test_an_unknown_pack_is_told_with_the_known_ones() -> None:
    with pytest.raises(PersonCanFix, match="no pack extra; there is access-for-all"):
        fixed_rules(read_settings({"GUIDELINE_PACKS": "extra"}))


def test_every_setting_stands_in_the_example_file_with_its_meaning(root: Path) -> None:
    written = (root / ".env.example").read_text(encoding="utf-8")
    names = [line.split("=")[0].lstrip("# ") for line in written.splitlines() if "=" in line]
    assert names == [setting.name for setting in SETTINGS]
    for setting in SETTINGS:
        assert setting.about in written
