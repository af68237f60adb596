from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from nemovideo.language._kept import kept


class Made(str):
    """What is made of a file."""

    __slots__ = ()


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    path = tmp_path / "en.toml"
    path.write_text("first")
    return path


def read(path: Path, maker: Path) -> tuple[Made, bool]:
    """Return what comes of a file, and whether it was made anew."""
    calls = []

    def make() -> Made:
        calls.append(1)
        return Made(path.read_text())

    return kept(path, (str(maker),), Made, make), bool(calls)


def test_what_was_made_is_taken_the_next_time(source: Path) -> None:
    assert read(source, source) == ("first", True)
    assert read(source, source) == ("first", False)


def test_a_changed_file_is_read_anew(source: Path) -> None:
    read(source, source)
    source.write_text("another")
    assert read(source, source) == ("another", True)


def test_a_changed_maker_makes_it_anew(source: Path, tmp_path: Path) -> None:
    maker = tmp_path / "maker.py"
    maker.write_text("1")
    read(source, maker)
    os.utime(maker, (1, 1))
    assert read(source, maker)[1]


@pytest.mark.parametrize("damage", [b"", b"nonsense", b"\x80\x04."], ids=["empty", "other", "cut"])
def test_what_is_damaged_is_made_anew(source: Path, damage: bytes) -> None:
    read(source, source)
    (found,) = source.parent.joinpath("__pycache__").iterdir()
    found.write_bytes(damage)
    assert read(source, source) == ("first", True)
    assert read(source, source) == ("first", False)


def test_where_nothing_may_be_kept_it_is_made_each_time(source: Path) -> None:
    source.parent.joinpath("__pycache__").write_text("a file where a folder should be")
    assert [read(source, source) for _ in range(2)] == [("first", True)] * 2
