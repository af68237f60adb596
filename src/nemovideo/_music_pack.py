"""The extra ``music``: finished tracks by mood, from the package `immich-memories-music`.

What is known of each track stands in ``_music_pack.toml``, as `render.sound.beats` heard it. Reads
files' names and sizes alone; the tracks are found without loading anything.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, metadata, version
from importlib.util import find_spec
from pathlib import Path

EXTRA = "music"
PACKAGE = "immich-memories-music"
_MODULE = PACKAGE.replace("-", "_")
_LICENSE_KEYS = ("License-Expression", "License")
_KNOWN = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Track:
    """A finished piece of music."""

    name: str
    """``happy_acoustic_1``: its mood, its style, and which of them."""
    path: Path
    duration_ms: int | None = None
    """None for a track that is newer than this program."""
    beat: tuple[float, ...] | None = None
    """The fields of `timeline.beat.Beat`; None where its beats can't be told."""


@dataclass(frozen=True)
class PackFacts:
    """What is to be said of the package."""

    name: str
    version: str
    license: str
    count: int


@cache
def tracks() -> Mapping[str, Track]:
    """Return the tracks that are installed by their names; none without the extra."""
    spec = find_spec(_MODULE)
    if spec is None or spec.origin is None:
        return {}
    files = sorted((Path(spec.origin).parent / "tracks").glob("*/*.opus"))
    known = tomllib.loads(_KNOWN.read_text(encoding="utf-8"))
    return {path.stem: _track(path, known.get(path.stem, {})) for path in files}


def facts() -> PackFacts | None:
    """Return which package is installed, and its license; None without the extra."""
    try:
        about = metadata(PACKAGE)
    except PackageNotFoundError:
        return None
    named = next((about[key] for key in _LICENSE_KEYS if key in about), "license unknown")
    return PackFacts(PACKAGE, version(PACKAGE), named, len(tracks()))


def _track(path: Path, known: Mapping[str, object]) -> Track:
    if known.get("size_bytes") != path.stat().st_size:
        return Track(path.stem, path)
    duration_ms, beat = known.get("duration_ms"), known.get("beat")
    return Track(
        path.stem,
        path,
        duration_ms if isinstance(duration_ms, int) else None,
        tuple(beat) if isinstance(beat, list) else None,
    )
