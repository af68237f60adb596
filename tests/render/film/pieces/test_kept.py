"""A folder of pieces: whole or not at all, and no more than its limit."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from nemovideo.render.film.pieces.kept import KeptPieces

PIECE = b"0123456789" * 100


def kept_in(folder: Path, limit_bytes: int = 10_000) -> KeptPieces:
    return KeptPieces(folder / "pieces", limit_bytes)


def test_what_was_kept_is_found_again(tmp_path: Path) -> None:
    kept_in(tmp_path).put("a", PIECE)
    assert kept_in(tmp_path).get("a") == PIECE
    assert kept_in(tmp_path).get("b") is None


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda stored: stored[:-1], id="cut off"),
        pytest.param(lambda stored: stored[:500] + b"x" + stored[501:], id="another byte"),
        pytest.param(lambda stored: stored + b"x", id="longer"),
        pytest.param(lambda stored: stored[:0], id="empty"),
    ],
)
def test_what_is_damaged_is_not_given_out_and_goes(tmp_path: Path, damage: object) -> None:
    kept = kept_in(tmp_path)
    kept.put("a", PIECE)
    (path,) = kept.folder.iterdir()
    assert callable(damage)
    path.write_bytes(damage(path.read_bytes()))
    assert kept.get("a") is None
    assert list(kept.folder.iterdir()) == []


def test_what_was_not_used_for_longest_goes_first(tmp_path: Path) -> None:
    kept = kept_in(tmp_path, 3500)
    for age, key in enumerate("abc"):
        kept.put(key, PIECE)
        (path,) = kept.folder.glob(f"{key}*")
        os.utime(path, (1000 + age, 1000 + age))
    assert kept.get("a") == PIECE  # used just now
    kept.put("d", PIECE)
    assert {key for key in "abcd" if kept.get(key)} == set("acd")
    assert kept.size_bytes <= 3500


def test_nothing_is_kept_without_a_limit(tmp_path: Path) -> None:
    kept = kept_in(tmp_path, 0)
    kept.put("a", PIECE)
    assert kept.get("a") is None
    assert not kept.folder.exists()


def test_all_of_it_can_be_cleared(tmp_path: Path) -> None:
    kept = kept_in(tmp_path)
    kept.put("a", PIECE)
    (kept.folder / ".half-written").write_bytes(b"x")
    assert kept.trim(0) > len(PIECE)
    assert list(kept.folder.iterdir()) == []


def test_a_folder_that_can_not_be_written_keeps_nothing_and_breaks_nothing(tmp_path: Path) -> None:
    (tmp_path / "pieces").write_text("a file")
    kept = kept_in(tmp_path)
    kept.put("a", PIECE)
    assert kept.get("a") is None
    assert kept.trim(0) == 0
