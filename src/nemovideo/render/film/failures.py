"""What PyAV and the disk raise while a video is written, as errors of ours."""

from __future__ import annotations

import errno
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import av

from nemovideo.errors import RenderError


@contextmanager
def translated_errors(path: Path) -> Generator[None, None, None]:
    """Turn what PyAV and the file system raise into a `RenderError`."""
    try:
        yield
    except (av.FFmpegError, OSError, ValueError) as exc:
        raise to_render_error(exc, path) from exc


def to_render_error(exc: Exception, path: Path) -> RenderError:
    """Say what went wrong with writing a file, and what to do."""
    number = getattr(exc, "errno", None)
    if number in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return RenderError(
            f"the disk is full: the video could not be written to {path.parent}",
            hint="Free some space or choose another place, then export again.",
        )
    if number in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOENT, errno.ENOTDIR):
        return RenderError(
            f"the video can't be written to {path.parent}",
            hint="Choose a folder that exists and that you may write to.",
        )
    if isinstance(exc, av.error.ExternalError):
        return RenderError(
            "the encoder failed: the machine may lack memory, processes or threads",
            hint="Close other programs, or raise the limits (ulimit -u, ulimit -v).",
        )
    reason = (exc.strerror if isinstance(exc, OSError) else None) or exc
    return RenderError(f"the video could not be written: {reason}")
