from __future__ import annotations

import os
import subprocess
import sys
import threading
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest

from nemovideo.errors import OutputExistsError, OutputNotWritableError, UsageError
from nemovideo.projects.exports.outputs import OutputTarget, choose_output, take_name

NOON = datetime(2026, 5, 4, 12, 0, 1)


def choose(out: str | None, folder: Path, *, replace: bool = False) -> OutputTarget:
    return choose_output(out, folder, may_replace=lambda _: replace, now=lambda: NOON)


def test_choose_output_dates_the_name(tmp_path: Path) -> None:
    assert choose(None, tmp_path).path == tmp_path / "nemo-20260504-120001.mp4"


def test_choose_output_counts_on_when_the_dated_name_is_taken(tmp_path: Path) -> None:
    (tmp_path / "nemo-20260504-120001.mp4").touch()
    (tmp_path / "nemo-20260504-120001-2.mp4").touch()
    assert choose(None, tmp_path).path == tmp_path / "nemo-20260504-120001-3.mp4"


def test_choose_output_gives_a_dated_name_to_one_process_only(tmp_path: Path) -> None:
    names = [
        choose_output(
            None,
            tmp_path / "out",
            may_replace=lambda _: False,
            take_name=partial(take_name, tmp_path / "data"),
            now=lambda: NOON,
        ).path
        for _ in range(3)
    ]
    assert [path and path.stem for path in names] == [
        "nemo-20260504-120001",
        "nemo-20260504-120001-2",
        "nemo-20260504-120001-3",
    ]


def test_take_name_forgets_names_of_days_past(tmp_path: Path) -> None:
    assert take_name(tmp_path, tmp_path / "a.mp4")
    assert not take_name(tmp_path, tmp_path / "a.mp4")
    for mark in (tmp_path / "names").iterdir():
        os.utime(mark, (0, 0))
    assert take_name(tmp_path, tmp_path / "a.mp4")


def test_take_name_gives_every_name_where_nothing_can_be_written_down(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    assert take_name(tmp_path / "data", tmp_path / "a.mp4")


def test_choose_output_reads_a_dash_as_stdout(tmp_path: Path) -> None:
    target = choose("-", tmp_path)
    assert target.is_stdout
    assert str(target) == "-"


def test_choose_output_never_replaces_without_a_yes(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(b"old")
    with pytest.raises(OutputExistsError):
        choose(str(tmp_path / "a.mp4"), tmp_path)
    assert choose(str(tmp_path / "a.mp4"), tmp_path, replace=True).path == tmp_path / "a.mp4"
    assert (tmp_path / "a.mp4").read_bytes() == b"old"


def test_choose_output_makes_missing_folders_and_leaves_them_empty(tmp_path: Path) -> None:
    choose(str(tmp_path / "new" / "deep" / "a.mp4"), tmp_path)
    assert list((tmp_path / "new" / "deep").iterdir()) == []


def test_choose_output_refuses_a_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a folder"):
        choose(str(tmp_path), tmp_path)


def test_choose_output_says_that_it_cannot_write(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputNotWritableError, match="can't be written"):
        choose(str(tmp_path / "file" / "a.mp4"), tmp_path)


needs_pipes = pytest.mark.skipif(os.name == "nt", reason="there are no such files on Windows")


@needs_pipes
def test_choose_output_takes_a_pipe_as_it_is(tmp_path: Path) -> None:
    pipe = tmp_path / "p.mp4"
    os.mkfifo(pipe)

    target = choose(str(pipe), tmp_path)

    assert target.is_written_into
    assert pipe.is_fifo()


@needs_pipes
def test_what_goes_into_a_pipe_comes_out_at_its_other_end(tmp_path: Path) -> None:
    pipe = tmp_path / "p.mp4"
    os.mkfifo(pipe)
    film = os.urandom(300_000)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()

    stream = choose(str(pipe), tmp_path).stream()
    stream.write(film)
    stream.flush()
    reader.join(30)

    assert read == [film]
    assert pipe.is_fifo()


@needs_pipes
def test_a_pipe_whose_reader_has_gone_is_an_error(tmp_path: Path) -> None:
    pipe = tmp_path / "p.mp4"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    stream = choose(str(pipe), tmp_path).stream()
    stream.write(b"x")
    os.close(reader)

    with pytest.raises(OutputNotWritableError, match=r"p\.mp4 can't be written"):
        stream.write(b"x")


@needs_pipes
def test_choose_output_refuses_a_terminal(tmp_path: Path) -> None:
    master, slave = os.openpty()
    try:
        with pytest.raises(UsageError, match="is a terminal"):
            choose(os.ttyname(slave), tmp_path)
    finally:
        os.close(master)
        os.close(slave)


@needs_pipes
def test_choose_output_knows_stdout_by_its_other_names(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; from nemovideo.projects.exports.outputs import choose_output;"
        "print(choose_output('/dev/stdout', Path(), may_replace=lambda _: False))"
    )
    with (tmp_path / "out").open("wb") as file:
        subprocess.run([sys.executable, "-c", code], stdout=file, check=True, timeout=60)

    assert (tmp_path / "out").read_text() == "-\n"


def test_a_link_stays_a_link_to_what_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.mp4").touch()
    (tmp_path / "a.mp4").symlink_to(tmp_path / "real" / "a.mp4")

    target = choose(str(tmp_path / "a.mp4"), tmp_path, replace=True)

    assert target.replaced == (tmp_path / "real" / "a.mp4").resolve()
    assert str(target) == str(tmp_path / "a.mp4")


@pytest.mark.parametrize("out", ["", " "])
def test_choose_output_says_that_a_name_is_empty(tmp_path: Path, out: str) -> None:
    with pytest.raises(UsageError, match="--out is empty"):
        choose(out, tmp_path)
