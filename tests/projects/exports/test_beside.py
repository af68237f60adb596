from __future__ import annotations

from pathlib import Path

import pytest

from nemovideo.errors import OutputNotWritableError
from nemovideo.projects.exports.beside import save_beside


def test_what_is_saved_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    save_beside("--out", tmp_path / "board.png", lambda file: file.write(b"picture"))
    assert (tmp_path / "board.png").read_bytes() == b"picture"

    with pytest.raises(OutputNotWritableError) as caught:
        save_beside("--out", tmp_path / "no" / "board.png", lambda file: file.write(b"picture"))

    assert caught.value.hint == "Choose another --out."
    assert [path.name for path in tmp_path.glob("*board*")] == ["board.png"]
