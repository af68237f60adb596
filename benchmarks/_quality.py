"""How near a rendered video comes to what it should show: SSIM, and the jitter of a moving grid."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import av
import cv2
import numpy as np
import numpy.typing as npt

Plane = npt.NDArray[np.float64]
Box = tuple[float, float, float, float]
"""Left, top, width and height as fractions of what fills the frame at rest."""

LUMA = np.array([0.2126, 0.7152, 0.0722])


@dataclass(frozen=True)
class Move:
    """A camera's way over a photo: eased from one box to another."""

    photo: Path
    frames: int
    start: Box
    end: Box

    def box(self, frame: int) -> Box:
        """Return what is seen at a frame counted from the shot's start."""
        part = 0.5 - 0.5 * math.cos(math.pi * frame / (self.frames - 1))
        left, top, width, height = (
            a + (b - a) * part for a, b in zip(self.start, self.end, strict=True)
        )
        return left, top, width, height


def luma_frames(path: Path, numbers: Iterable[int], matrix: int) -> Iterator[tuple[int, Plane]]:
    """Yield frames' luma, 0 to 255, computed from RGB by the matrix that the file was made with.

    Args:
        path: The video.
        numbers: Which frames.
        matrix: 1 for BT.709, 5 for BT.601.
    """
    wanted = set(numbers)
    with av.open(str(path)) as container:
        for number, frame in enumerate(container.decode(video=0)):
            if number in wanted:
                rgb = frame.to_ndarray(
                    format="rgb24", src_colorspace=matrix, src_color_range=1, dst_color_range=2
                )
                yield number, rgb @ LUMA
            if number >= max(wanted):
                return


def ideal_luma(photo: Plane, box: Box, width: int, height: int) -> Plane:
    """Resample a photo's luma as well as it can be: separable cubic in floating point.

    The kernel is widened where the picture is reduced, so that nothing aliases.
    """
    source_height, source_width = photo.shape
    full_width = min(source_width, source_height * width / height)
    full_height = full_width * height / width
    left = (source_width - full_width) / 2 + box[0] * full_width
    top = (source_height - full_height) / 2 + box[1] * full_height
    rows = _weights(top, box[3] * full_height / height, height, source_height)
    columns = _weights(left, box[2] * full_width / width, width, source_width)
    return _apply(_apply(photo, rows).T, columns).T


def ssim(first: Plane, second: Plane) -> float:
    """Return the mean structural similarity (Gaussian window of 11, sigma 1.5)."""

    def blur(plane: Plane) -> Plane:
        return np.asarray(cv2.GaussianBlur(plane, (11, 11), 1.5), np.float64)

    mean_1, mean_2 = blur(first), blur(second)
    var_1, var_2 = blur(first * first) - mean_1**2, blur(second * second) - mean_2**2
    covariance = blur(first * second) - mean_1 * mean_2
    c_1, c_2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    over = (2 * mean_1 * mean_2 + c_1) * (2 * covariance + c_2)
    under = (mean_1**2 + mean_2**2 + c_1) * (var_1 + var_2 + c_2)
    return float((over / under)[8:-8, 8:-8].mean())


def mean_ssim(path: Path, matrix: int, wanted: Mapping[int, tuple[Move, int]]) -> float:
    """Return the mean similarity of a video's frames to what they should show.

    Args:
        path: The video.
        matrix: See `luma_frames`.
        wanted: For each frame of the video what it shows, and at which frame of that.
    """
    photos: dict[Path, Plane] = {}
    values = []
    for number, luma in luma_frames(path, wanted, matrix):
        move, frame = wanted[number]
        if move.photo not in photos:
            photos.clear()
            photos[move.photo] = _photo_luma(move.photo)
        height, width = luma.shape
        values.append(ssim(luma, ideal_luma(photos[move.photo], move.box(frame), width, height)))
    return sum(values) / len(values)


def jitter(path: Path, matrix: int, move: Move, dots: Sequence[tuple[float, float]]) -> float:
    """Return how far dots stray from their ideal way, in pixels RMS; a constant offset is none.

    Args:
        path: A video of a picture of bright dots on a darker ground.
        matrix: See `luma_frames`.
        move: The camera's way.
        dots: Their centres in the picture, as fractions.
    """
    errors = []
    for number, luma in luma_frames(path, range(move.frames), matrix):
        height, width = luma.shape
        left, top, box_width, box_height = move.box(number)
        errors.append(
            [
                _miss(luma, (x - left) / box_width * width, (y - top) / box_height * height)
                for x, y in dots
            ]
        )
    misses = np.array(errors)
    strays = misses - misses.mean(axis=0)
    return float(np.sqrt((strays**2).sum(axis=2).mean()))


def _photo_luma(path: Path) -> Plane:
    picture = cv2.imread(str(path))
    assert picture is not None, f"{path} can't be read"
    return np.asarray(picture[..., ::-1] @ LUMA, np.float64)


def _miss(luma: Plane, x: float, y: float, reach: int = 24) -> tuple[float, float]:
    left, top = round(x) - reach, round(y) - reach
    near = luma[top : top + 2 * reach, left : left + 2 * reach]
    weight = np.clip(near - 75, 0, None)  # the ground is 60: the encoder's noise does not count
    places = np.arange(2 * reach) + 0.5
    total = weight.sum()
    return (
        float((weight.sum(axis=0) * places).sum() / total) + left - x,
        float((weight.sum(axis=1) * places).sum() / total) + top - y,
    )


def _weights(
    origin: float, step: float, count: int, length: int
) -> tuple[npt.NDArray[np.int64], Plane]:
    """Return for each sample the source pixels that it is made of, and their shares."""
    centres = origin + (np.arange(count) + 0.5) * step - 0.5
    wide = max(1.0, step)
    reach = math.ceil(2 * wide)
    places = np.floor(centres).astype(np.int64)[:, None] + np.arange(1 - reach, reach + 1)[None, :]
    distance = np.abs(places - centres[:, None]) / wide
    inner = 1.5 * distance**3 - 2.5 * distance**2 + 1
    outer = -0.5 * distance**3 + 2.5 * distance**2 - 4 * distance + 2
    shares = np.where(distance < 1, inner, np.where(distance < 2, outer, 0.0))
    shares /= shares.sum(axis=1, keepdims=True)
    return places.clip(0, length - 1), shares


def _apply(plane: Plane, weights: tuple[npt.NDArray[np.int64], Plane]) -> Plane:
    places, shares = weights
    result = np.zeros((places.shape[0], plane.shape[1]))
    for tap in range(places.shape[1]):
        result += plane[places[:, tap]] * shares[:, tap : tap + 1]
    return result
