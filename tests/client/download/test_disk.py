"""A download on disk: whole under its name or not there at all."""

from __future__ import annotations

import io
import os
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from nemovideo.client import NemoVideo
from nemovideo.errors import (
    NetworkError,
    OutputNotWritableError,
)
from tests.client.download.films import FILE, JOB, VIDEO, cut_after, left_behind
from tests.support.answers import Answer, mp4
from tests.support.good_day import file_answer
from tests.support.scripted_cloud import Request, ScriptedCloud


def test_download_into_a_missing_folder_is_refused(client: NemoVideo, target: Path) -> None:
    with pytest.raises(OutputNotWritableError, match="can't be written"):
        client.renders.download(JOB, target.parent / "no" / "v.mp4")


def test_download_onto_a_folder_is_refused(client: NemoVideo, tmp_path: Path) -> None:
    with pytest.raises(OutputNotWritableError, match="is a folder"):
        client.renders.download(JOB, tmp_path)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_download_onto_a_full_disk_leaves_nothing(
    cloud: ScriptedCloud, client: NemoVideo, target: Path
) -> None:
    part = _part_name(client, target)
    part.symlink_to("/dev/full")

    with pytest.raises(OutputNotWritableError, match="No space left") as caught:
        client.renders.download(JOB, target)

    assert caught.value.exit_code == 2
    assert not target.exists()
    assert left_behind(target) == []


def test_download_that_is_interrupted_leaves_nothing(client: NemoVideo, target: Path) -> None:
    def interrupt(_: int, __: int | None) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        client.renders.download(JOB, target, on_bytes=interrupt)

    assert not target.exists()
    assert left_behind(target) == []


def test_download_never_shows_a_part_under_the_targets_name(
    cloud: ScriptedCloud, client: NemoVideo, target: Path
) -> None:
    seen: list[bool] = []
    cloud.on("GET", FILE, cut_after(100_000))

    client.renders.download(JOB, target, on_bytes=lambda *_: seen.append(target.exists()))

    assert seen
    assert not any(seen)


def test_download_writes_over_the_remains_of_a_killed_run(client: NemoVideo, target: Path) -> None:
    _part_name(client, target).write_bytes(b"old" * 200_000)

    client.renders.download(JOB, target)

    assert target.read_bytes() == VIDEO
    assert left_behind(target) == []


def test_download_survives_another_run_that_finishes_first(
    cloud: ScriptedCloud, client: NemoVideo, target: Path
) -> None:
    def other_run_wins(request: Request) -> Answer:
        client.renders.download(JOB, target)
        moved.append(target.exists())
        return file_answer(VIDEO, request)

    moved: list[bool] = []
    cloud.on("GET", FILE, other_run_wins)

    client.renders.download(JOB, target)

    assert moved == [True]
    assert target.read_bytes() == VIDEO
    assert left_behind(target) == []


def test_download_takes_the_longest_file_name(client: NemoVideo, target: Path) -> None:
    long_target = target.with_name("v" * 251 + ".mp4")

    client.renders.download(JOB, long_target)

    assert long_target.read_bytes() == VIDEO


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_download_gives_the_file_ordinary_permissions(client: NemoVideo, target: Path) -> None:
    before = os.umask(0o022)
    try:
        client.renders.download(JOB, target)
    finally:
        os.umask(before)

    assert target.stat().st_mode & 0o777 == 0o644


def test_download_to_a_stream_writes_it_whole(client: NemoVideo) -> None:
    stream = io.BytesIO()

    assert client.renders.download(JOB, stream).size_bytes == len(VIDEO)
    assert stream.getvalue() == VIDEO


def test_download_to_a_stream_writes_nothing_when_it_fails(
    cloud: ScriptedCloud, client: NemoVideo
) -> None:
    cloud.always("GET", "*", cut_after(100_000))
    stream = io.BytesIO()

    with pytest.raises(NetworkError):
        client.renders.download(JOB, stream)

    assert stream.getvalue() == b""


def test_download_keeps_memory_flat(cloud: ScriptedCloud, client: NemoVideo, target: Path) -> None:
    cloud.good_day.video = mp4(20_000_000)
    tracemalloc.start()
    try:
        client.renders.download(JOB, target)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    # The scripted cloud lives in the same process and slices its copy once.
    assert peak < 45_000_000
    assert target.stat().st_size == 20_000_000


def _part_name(client: NemoVideo, target: Path) -> Path:
    """Find out the temporary name by watching a download."""
    names: list[str] = []

    def watch(_: int, __: int | None) -> None:
        names.extend(left_behind(target))

    probe: Callable[[int, int | None], None] = watch
    client.renders.download(JOB, target, on_bytes=probe)
    target.unlink()
    return target.parent / names[0]
