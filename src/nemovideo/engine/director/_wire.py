"""Drafts of the first form (``local/1``), as this package writes them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Any

from nemovideo.protocol.draft import JsonObject


class TrackType(IntEnum):
    """What a track holds, by the wire's numbers; OTHER stands for all that are unknown."""

    VIDEO = 0
    AUDIO = 1
    TEXT = 7
    OTHER = -1


def segment_to_wire(start_ms: int, duration_ms: int, metadata: Mapping[str, Any]) -> JsonObject:
    """Build a segment's document."""
    return {"st": start_ms, "d": duration_ms, "m": dict(metadata)}


def track_to_wire(
    track_type: TrackType, segments: list[JsonObject], metadata: Mapping[str, Any] | None = None
) -> JsonObject:
    """Build a track's document."""
    return {"tt": int(track_type), "sg": segments, "m": dict(metadata or {})}


def draft_to_wire(
    tracks: list[JsonObject], duration_ms: int, metadata: Mapping[str, Any]
) -> JsonObject:
    """Build a draft's document."""
    return {"t": tracks, "d": duration_ms, "m": dict(metadata)}
