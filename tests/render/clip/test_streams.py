"""What PyAV raises becomes an error of ours."""

from __future__ import annotations

import errno
import inspect

import av.error
import pytest

from nemovideo.errors import NemoError, RenderError
from nemovideo.render.clip._streams import to_nemo_error


def _av_errors() -> list[type[Exception]]:
    classes = [cls for _, cls in inspect.getmembers(av.error, inspect.isclass)]
    return [cls for cls in classes if issubclass(cls, av.error.FFmpegError)]


@pytest.mark.parametrize("error", _av_errors(), ids=lambda cls: cls.__name__)
def test_every_error_of_pyav_becomes_one_of_ours(error: type[Exception]) -> None:
    ours = to_nemo_error(error(errno.EINVAL, "text"), "beach.mp4")
    assert isinstance(ours, NemoError)
    assert "beach.mp4" in ours.message


def test_a_lack_of_memory_is_not_the_files_fault() -> None:
    assert isinstance(to_nemo_error(MemoryError(), "beach.mp4"), RenderError)
