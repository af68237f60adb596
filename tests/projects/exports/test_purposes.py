"""What an export keeps to of where the video goes, and what it says of the rest."""

from __future__ import annotations

import pytest

from nemovideo.errors import UsageError
from nemovideo.projects.exports.purposes import check_length, export_options, what_differs
from nemovideo.timeline import Timeline
from nemovideo.timeline.model import Canvas


@pytest.mark.parametrize(
    ("purpose", "size", "wanted"),
    [
        pytest.param("reel", (1920, 1080), ["9:16"], id="shape"),
        pytest.param("reel", (1280, 720), ["9:16", "1080p"], id="shape and pixels"),
        pytest.param("whatsapp", (1080, 1080), ["720p"], id="pixels"),
        pytest.param("whatsapp", (720, 1280), [], id="any shape"),
        pytest.param("reel", (None, None), [], id="nothing said"),
    ],
)
def test_what_differs_is_the_timelines_shape_and_its_pixels(
    purpose: str, size: tuple[int | None, int | None], wanted: list[str]
) -> None:
    notes = what_differs(purpose, Timeline(canvas=Canvas(*size)))
    assert [note.split('"make it ')[1].split('"')[0] for note in notes] == wanted


def test_the_cloud_is_told_no_size_of_a_file() -> None:
    options, notes = export_options("email", is_local=False)
    assert "max_size" not in options
    assert "18MB" in notes[0]


def test_a_story_is_no_longer_than_a_minute() -> None:
    check_length("story", 60.0)
    with pytest.raises(UsageError, match="60 s long, not 61 s"):
        check_length("story", 61.0)
