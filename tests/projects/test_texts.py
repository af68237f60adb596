from __future__ import annotations

import os
from pathlib import Path

import pytest

from nemovideo.config import Settings
from nemovideo.errors import ConfigError
from nemovideo.projects.backends import Backend
from nemovideo.projects.journal import Journal
from nemovideo.projects.setup.settings_file import set_setting
from nemovideo.projects.texts import well_formed
from nemovideo.projects.turns import send_message
from nemovideo.projects.workspace import Workspace
from tests.support.scripted_cloud import ScriptedCloud


@pytest.mark.parametrize(
    ("text", "fit"),
    [
        pytest.param("caf\u00e9 \u4f60\u597d", "caf\u00e9 \u4f60\u597d", id="text"),
        pytest.param("caf\udcc3\udca9", "caf\u00e9", id="utf-8-in-another-locale"),
        pytest.param("make it \udcff red", "make it \ufffd red", id="no-utf-8"),
        pytest.param("a\ud800b", "a\ufffd\ufffd\ufffdb", id="half-a-pair-from-json"),
    ],
)
def test_well_formed_text_can_be_encoded(text: str, fit: str) -> None:
    assert well_formed(text) == fit
    assert well_formed(text).encode().decode() == fit


def test_journal_keeps_names_that_are_no_utf8(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        journal.sessions.save("s1", Backend("local"), name="x\udcff")
        record = journal.sessions.get("s1")
    assert record is not None
    assert record.name == "x\ufffd"


def test_message_that_is_no_utf8_is_sent_as_far_as_it_is_text(
    config_dir: Path, data_dir: Path
) -> None:
    with ScriptedCloud() as cloud:
        settings = Settings(config_dir, data_dir, api_url=cloud.url, token="nmv_usr_mine123")
        with Workspace(settings, sleep=lambda _: None) as workspace:
            session = workspace.create(name="x\udcff")
            send_message(session, os.fsdecode(b"make it \xff red"))
        sent = cloud.calls("POST", "/run_sse")[0].json
    assert sent["new_message"]["parts"] == [{"text": "make it \ufffd red"}]


def test_set_setting_refuses_what_the_file_can_not_hold(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="UTF-8"):
        set_setting(tmp_path / "config.toml", "output_dir", "o\udcff")
    assert not (tmp_path / "config.toml").exists()
