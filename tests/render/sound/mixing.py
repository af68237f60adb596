"""Soundtracks in few words, and how loud they are, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from nemovideo.render.clip.sound import SAMPLE_RATE
from nemovideo.render.sound.soundtrack import Soundtrack
from nemovideo.timeline.model import Timeline

Sound = npt.NDArray[np.float32]
MUSIC = {"style": "upbeat", "key": "C", "mode": "major", "tempo": 96, "seed": 7}


def segment(start_ms: float, duration_ms: float, **metadata: Any) -> dict[str, Any]:
    return {"id": str(start_ms), "st": start_ms, "d": duration_ms, "m": metadata}


def sounds(*segments: dict[str, Any]) -> dict[str, Any]:
    return {"tt": 1, "sg": list(segments)}


def mix(
    *tracks: dict[str, Any], media: Mapping[str, Path] | None = None, seconds: float = 1
) -> Sound:
    track = Soundtrack.of(
        Timeline.from_draft({"t": list(tracks)}), media or {}, Fraction(str(seconds))
    )
    blocks = list(track.blocks(1600))
    return np.concatenate(blocks) if blocks else np.zeros((0, 2), np.float32)


def level(sound: Sound, start_s: float, end_s: float) -> float:
    """The amplitude of a tone between two times."""
    part = sound[round(start_s * SAMPLE_RATE) : round(end_s * SAMPLE_RATE)]
    return float(np.sqrt(2 * np.mean(part.astype(np.float64) ** 2)))
