from __future__ import annotations

from pathlib import Path

from nemovideo.projects.recovery.locks import held, is_held


def test_a_lock_is_free_again_when_its_holder_is_done(data_dir: Path) -> None:
    for _ in range(2):
        with held(data_dir, "run_1"):
            assert is_held(data_dir, "run_1")
        assert not is_held(data_dir, "run_1")
