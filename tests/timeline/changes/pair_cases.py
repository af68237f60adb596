"""Photos that come to share the frame, that go apart, and what becomes of pairs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from nemovideo.timeline.model import Canvas, Clip, Look, Motion
from tests.timeline.changes.scenes import PLAIN, SIX, Cases, relaid

A, B, C, D, E, F = SIX


def pair(first: Clip, second: Clip, **fields: Any) -> Clip:
    """Two photos in one frame, as long as both were; each with fields."""
    one, two = (replace(clip, **fields) for clip in (first, second))
    both = replace(two, start_ms=0, duration_ms=0)
    return replace(one, beside=both, duration_ms=first.duration_ms + second.duration_ms)


MOVED = {"motion": Motion("zoom-in", 0.7), "fit": "fill"}
PAIRED = relaid(A, pair(B, C), D, E, F)
TWO = relaid(A, pair(B, C), pair(D, E), F)
SEPIA = (Look("sepia"),)

CASES: Cases = {
    "two side by side": (
        PLAIN,
        relaid(A, pair(B, C, **MOVED), D, E, F),
        ["Side by side now: b.jpg and c.jpg"],
    ),
    "one above the other": (
        replace(PLAIN, canvas=Canvas(1080, 1920, 30)),
        relaid(A, pair(B, C, **MOVED), D, E, F, canvas=Canvas(1080, 1920, 30)),
        ["One above the other now: b.jpg and c.jpg"],
    ),
    "two twos": (
        PLAIN,
        TWO,
        ["Side by side now: b.jpg and c.jpg, d.jpg and e.jpg"],
    ),
    "one that stood elsewhere": (
        PLAIN,
        relaid(A, pair(B, E), C, D, F),
        ["Side by side now: b.jpg and e.jpg"],
    ),
    "apart": (PAIRED, PLAIN, ["No longer together: b.jpg and c.jpg"]),
    "others together": (
        PAIRED,
        relaid(A, B, pair(C, D), E, F),
        ["No longer together: b.jpg and c.jpg", "Side by side now: c.jpg and d.jpg"],
    ),
    "sides changed": (
        PAIRED,
        relaid(A, pair(C, B), D, E, F),
        ["Swapped: c.jpg and b.jpg"],
    ),
    "pair moved": (PAIRED, relaid(A, D, E, F, pair(B, C)), ["Moved to the end: b.jpg"]),
    "clip moved among pairs": (
        TWO,
        relaid(A, pair(D, E), F, pair(B, C)),
        ["Moved to the end: b.jpg"],
    ),
    "moved to a place that is counted in clips": (
        TWO,
        relaid(pair(B, C), A, pair(D, E), F),
        ["Swapped: b.jpg and a.jpg"],
    ),
    "one of a pair removed": (
        PAIRED,
        relaid(A, B, D, E, F),
        ["Photo removed: c.jpg", "Video is now 15s long (was 18s)"],
    ),
    "first of a pair removed": (
        PAIRED,
        relaid(A, C, D, E, F),
        ["Photo removed: b.jpg", "Video is now 15s long (was 18s)"],
    ),
    "pair removed": (
        PAIRED,
        relaid(A, D, E, F),
        ["2 photos removed: b.jpg, c.jpg", "Video is now 12s long (was 18s)"],
    ),
    "pair longer": (
        PAIRED,
        relaid(A, replace(pair(B, C), duration_ms=8000), D, E, F),
        [
            "Video is now 20s long (was 18s)",
            "Length of 2 photos is now 8s (was 6s): b.jpg, c.jpg",
        ],
    ),
    "look of one of a pair": (
        PAIRED,
        relaid(A, pair(B, replace(C, looks=SEPIA)), D, E, F),
        ["Look of c.jpg is now sepia"],
    ),
    "look of all": (
        PAIRED,
        relaid(
            *(replace(clip, looks=SEPIA) for clip in (A, pair(B, replace(C, looks=SEPIA)), D, E, F))
        ),
        ["Look of all 6 photos is now sepia"],
    ),
}
