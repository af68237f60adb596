"""A picture that stands for a finished film: the liveliest of a few of its frames."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nemovideo.errors import RenderError
from nemovideo.projects.exports.beside import save_beside

FORMATS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP"}
_TRIES = 7


def save_poster(film: Path, poster: Path) -> None:
    """Take the picture with the most in it, of some that are spread over a film.

    Raises:
        RenderError: The film can't be read.
        OutputNotWritableError: The picture can't be written.
    """
    import av
    import numpy as np

    best: Any = None
    most = -1.0
    try:
        with av.open(str(film)) as container:
            video = container.streams.video[0]
            length = container.duration or 0
            for number in range(1, _TRIES + 1):
                container.seek(length * number // (_TRIES + 1))
                frame: Any = next(container.decode(video), None)
                if frame is None:
                    continue
                contrast = float(np.std(frame.to_ndarray(format="gray")))
                if contrast > most:
                    best, most = frame.to_image(), contrast
    except (av.FFmpegError, OSError, IndexError) as exc:
        raise RenderError(f"{film} can't be read for its poster") from exc
    if best is None:
        raise RenderError(f"{film} has no picture for its poster")
    picture, format = best, FORMATS[poster.suffix.lower()]
    save_beside("--poster", poster, lambda file: picture.save(file, format, quality=90))
