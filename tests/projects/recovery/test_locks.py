from __future__ import annotations

from pathlib import Path

import pytest

from nemovideo.errors import NemoError
from nemovideo.projects.recovery.locks import LOCKS_DIR, held, is_held


def test_a_lock_is_free_again_when_its_holder_is_done(data_dir: Path) -> None:
    for _ in range(2):
        with held(data_dir, "run_1"):
            assert is_held(data_dir, "run_1")
        assert not is_held(data_dir, "run_1")


def test_a_lock_that_can_not_be_written_says_so(data_dir: Path) -> None:
    data_dir.mkdir(parents=True, exist_ok=True)
    (data_dir / LOCKS_DIR).write_text("a file in the folder's place")
    with pytest.raises(NemoError, match=r"run_1\.lock can't be locked"), held(data_dir, "run_1"):
        pass
