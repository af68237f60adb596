"""Builds drafts, renders them and reads back what was written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt

from nemovideo.protocol.draft import Draft
from nemovideo.render import RenderResult, render_draft
from nemovideo.timeline.model import Timeline

Rgb = npt.NDArray[np.uint8]

WIDTH, HEIGHT = 320, 180


def picture_segment(name: str, start_ms: float, duration_ms: float, **metadata: Any) -> Any:
    """Build a segment of the picture track."""
    return {"st": start_ms, "d": duration_ms, "m": {"name": name, **metadata}}


def make_draft(
    *pictures: Any,
    texts: tuple[Any, ...] = (),
    sounds: tuple[Any, ...] = (),
    size: tuple[int, int] = (WIDTH, HEIGHT),
    **more: Any,
) -> Draft:
    """Build a draft of one picture track, one of text and one of sound."""
    return Draft.from_wire(
        {
            "t": [
                {"tt": 0, "sg": list(pictures)},
                {"tt": 1, "sg": list(sounds)},
                {"tt": 7, "sg": list(texts)},
            ],
            "m": {"width": size[0], "height": size[1]},
            **more,
        }
    )


def make_timeline(*pictures: Any, **more: Any) -> Timeline:
    """Build what `make_draft` builds, as it is read."""
    return Timeline.from_draft(make_draft(*pictures, **more))


@dataclass(frozen=True)
class Film:
    """A rendered file."""

    path: Path
    result: RenderResult

    def frame(self, number: int) -> Rgb:
        """Decode one frame as rgb24."""
        for found, frame in enumerate(self.frames()):
            if found == number:
                return frame
        raise AssertionError(f"there is no frame {number}")

    def frames(self) -> Iterator[Rgb]:
        """Decode all frames as rgb24."""
        with av.open(str(self.path)) as container:
            for frame in container.decode(video=0):
                yield np.asarray(frame.to_ndarray(format="rgb24"), np.uint8)

    def durations(self) -> tuple[Fraction, Fraction, Fraction]:
        """The lengths in seconds: of the file, of the pictures, of the sound."""
        with av.open(str(self.path)) as container:
            video, audio = container.streams.video[0], container.streams.audio[0]
            assert container.duration is not None
            return (
                Fraction(container.duration, 1_000_000),
                (video.duration or 0) * (video.time_base or Fraction(0)),
                (audio.duration or 0) * (audio.time_base or Fraction(0)),
            )

    def boxes(self) -> list[str]:
        """The names of the file's outermost parts, in their order."""
        data, place, names = self.path.read_bytes(), 0, []
        while place < len(data):
            names.append(data[place + 4 : place + 8].decode("ascii"))
            place += int.from_bytes(data[place : place + 4], "big")
        return names


def render_film(draft: Draft, folder: Path, media: Mapping[str, Path] | None = None) -> Film:
    """Render a draft whose media are all files of a folder, by their names."""
    files = {path.name: path for path in folder.iterdir() if path.is_file()}
    output = folder / "out" / "film.mp4"
    output.parent.mkdir(exist_ok=True)
    return Film(output, render_draft(draft, files if media is None else media, output))
