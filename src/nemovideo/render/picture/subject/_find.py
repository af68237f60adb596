"""Where in a photo its subject is. Faces by YuNet, everything else by smartcrop.

YuNet: W. Wu, H. Peng, S. Yu, "YuNet: A Tiny Millisecond-level Face Detector", 2023; OpenCV runs it.
Smartcrop scores edges, skin and colour; what it would keep of the picture is what the eye goes to.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image
from smartcrop import SmartCrop

from nemovideo.errors import NemoError
from nemovideo.render.picture.files import load_picture

logger = logging.getLogger(__name__)

_SIDE = 480
"""Pixels of the shorter side of the picture that is looked at."""
_SALIENT_SIDE = 192
_SURE = 0.75
"""How sure the detector must be of a face, 0–1."""
_SMALLEST = 0.25
"""A face this much smaller than the largest is somebody in the background."""
_HAIR, _CHIN, _EARS = 0.45, 0.2, 0.25
"""How far a head reaches beyond the face that is found, in heights and widths of that."""
_MODEL = Path(__file__).parent / "yunet_2023mar.onnx"
_LOCK = Lock()


@dataclass(frozen=True)
class Subject:
    """What a photo is about; all numbers are 0–1 of the upright picture."""

    focus: tuple[float, float]
    """What must stay in sight: x, y."""
    faces: tuple[float, float, float, float] | None = None
    """The box around all heads: left, top, right, bottom; None when there are none."""


def find_subject(path: Path) -> Subject | None:
    """Look for the subject of a photo; None when it can't be read."""
    try:
        pixels = load_picture(path, max_width=_SIDE, max_height=_SIDE)
        faces = _faces(pixels)
        if faces is not None:
            left, top, right, bottom = faces
            return Subject(((left + right) / 2, (top + bottom) / 2), faces)
        return Subject(_salient(pixels))
    except (NemoError, cv2.error, OSError, ValueError) as exc:
        logger.info("no subject was looked for in %s: %s", path.name, exc)
        return None


def _faces(pixels: npt.NDArray[np.uint8]) -> tuple[float, float, float, float] | None:
    height, width = pixels.shape[:2]
    with _LOCK:  # the detector keeps the size of the picture
        detector = _detector()
        detector.setInputSize((width, height))
        _, found = detector.detect(np.ascontiguousarray(pixels[..., ::-1]))
    if found is None:
        return None
    boxes = np.asarray(found)[:, :4]
    boxes = boxes[boxes[:, 3] >= _SMALLEST * boxes[:, 3].max()]
    x, y, wide, high = boxes.T
    left, top = (x - _EARS * wide).min() / width, (y - _HAIR * high).min() / height
    right = (x + (1 + _EARS) * wide).max() / width
    bottom = (y + (1 + _CHIN) * high).max() / height
    edges = (min(max(float(edge), 0.0), 1.0) for edge in (left, top, right, bottom))
    a, b, c, d = (round(edge, 4) for edge in edges)
    return a, b, c, d


@cache
def _detector() -> cv2.FaceDetectorYN:
    logs = cv2.utils.logging
    before = logs.getLogLevel()
    logs.setLogLevel(logs.LOG_LEVEL_ERROR)  # it warns of targets that nobody asked for
    try:
        return cv2.FaceDetectorYN.create(str(_MODEL), "", (_SIDE, _SIDE), _SURE)
    finally:
        logs.setLogLevel(before)


def _salient(pixels: npt.NDArray[np.uint8]) -> tuple[float, float]:
    image = Image.fromarray(pixels)
    image.thumbnail((_SALIENT_SIDE * 4, _SALIENT_SIDE), Image.Resampling.BOX)
    found = SmartCrop().crop(image, 100, 100)["top_crop"]
    x = (found["x"] + found["width"] / 2) / image.width
    y = (found["y"] + found["height"] / 2) / image.height
    return round(min(max(x, 0.0), 1.0), 4), round(min(max(y, 0.0), 1.0), 4)
