"""Clips that come, go, move and take other times."""

from __future__ import annotations

from dataclasses import replace

from tests.timeline.changes.scenes import FILM, JOINED, PLAIN, SIX, WITH_FILM, Cases, relaid
from tests.timeline.timelines import changed, cut, photos

CASES: Cases = {
    # Which clips there are
    "one added": (
        PLAIN,
        relaid(*SIX, FILM),
        ["Clip added: f.mp4", "Video is now 28s long (was 18s)"],
    ),
    "removed": (
        PLAIN,
        cut(photos("acdf")),
        ["2 photos removed: b.jpg, e.jpg", "Video is now 12s long (was 18s)"],
    ),
    "photos and films removed": (
        WITH_FILM,
        relaid(*photos("b")),
        ["2 clips removed: a.jpg, f.mp4", "Video is now 3s long (was 16s)"],
    ),
    "last removed of joined ones": (
        JOINED,
        replace(JOINED, duration_ms=9600).with_clips(JOINED.clips[:3]),
        ["Photo removed: d.jpg", "Video is now 9.6s long (was 12s)"],
    ),
    "removed, the others filling its time": (
        PLAIN,
        cut(photos("abc", ms=6000)),
        ["3 photos removed: d.jpg, e.jpg, f.jpg"],
    ),
    "replaced": (
        PLAIN,
        PLAIN.with_clips(changed(SIX, {0: {"id": "v-z", "name": "z.jpg"}})),
        ["Replaced: a.jpg by z.jpg"],
    ),
    "replaced under the same id": (
        PLAIN,
        relaid(*changed(SIX, {0: {"name": "z.mp4", "kind": "video", "duration_ms": 5000}})),
        ["Replaced: a.jpg by z.mp4", "Video is now 20s long (was 18s)"],
    ),
    "duplicated": (
        PLAIN,
        relaid(*SIX[:2], replace(SIX[1], id="v-new"), *SIX[2:]),
        ["Photo duplicated: b.jpg", "Video is now 21s long (was 18s)"],
    ),
    "split": (
        WITH_FILM,
        relaid(
            *photos("ab"),
            replace(FILM, duration_ms=4000),
            replace(FILM, id="g", duration_ms=6000, source_start_ms=4000),
        ),
        ["Split: f.mp4 (4s + 6s)"],
    ),
    "cut out of a film": (
        WITH_FILM,
        relaid(
            *photos("ab"),
            replace(FILM, duration_ms=4000),
            replace(FILM, id="g", duration_ms=3000, source_start_ms=7000),
        ),
        ["Split: f.mp4 (4s + 3s)", "Video is now 13s long (was 16s)"],
    ),
    # Their order
    "swapped": (PLAIN, cut(photos("aecdbf")), ["Swapped: e.jpg and b.jpg"]),
    "moved": (PLAIN, cut(photos("bcadef")), ["Moved to place 3 of 6: a.jpg"]),
    "moved back": (PLAIN, cut(photos("aebcdf")), ["Moved to place 2 of 6: e.jpg"]),
    "moved to the front": (PLAIN, cut(photos("fabcde")), ["Moved to the front: f.jpg"]),
    "moved to the end": (PLAIN, cut(photos("bcdefa")), ["Moved to the end: a.jpg"]),
    "reversed": (
        PLAIN,
        cut(photos("fedcba")),
        ["Order reversed: f.jpg, e.jpg, d.jpg, c.jpg, +2 more"],
    ),
    "shuffled": (
        PLAIN,
        cut(photos("fbdaec")),
        ["New order: f.jpg, b.jpg, d.jpg, a.jpg, +2 more"],
    ),
    "moved among joined ones": (
        JOINED,
        cut(photos("bcad", overlap=600)),
        ["Moved to place 3 of 4: a.jpg"],
    ),
    "ids written anew": (
        PLAIN,
        cut([replace(one, id=f"v-{'abcdef'[n]}") for n, one in enumerate(photos("bcdef"))]),
        ["Photo removed: a.jpg", "Video is now 15s long (was 18s)"],
    ),
    # Their time
    "one longer": (
        PLAIN,
        relaid(*changed(SIX, {1: {"duration_ms": 8000}})),
        ["Video is now 23s long (was 18s)", "Length of b.jpg is now 8s (was 3s)"],
    ),
    "each": (
        PLAIN,
        cut(photos("abcdef", ms=2000)),
        ["Video is now 12s long (was 18s), 2s for each photo"],
    ),
    "whole": (
        relaid(*changed(SIX, {0: {"duration_ms": 6000}})),
        relaid(*changed(photos("abcdef", ms=2000), {0: {"duration_ms": 4000}})),
        ["Video is now 14s long (was 21s)"],
    ),
    "another rhythm": (
        PLAIN,
        relaid(*changed(SIX, {n: {"duration_ms": 1500 + n * 600} for n in range(6)})),
        ["Length of all 6 photos changed"],
    ),
    "photos, not the film": (
        WITH_FILM,
        relaid(*photos("ab", ms=2000), FILM),
        ["Video is now 14s long (was 16s)", "Length of all 2 photos is now 2s (was 3s)"],
    ),
    "end trimmed": (
        WITH_FILM,
        relaid(*photos("ab"), replace(FILM, duration_ms=4000)),
        ["Video is now 10s long (was 16s)", "Length of f.mp4 is now 4s (was 10s)"],
    ),
    "beginning trimmed": (
        WITH_FILM,
        relaid(*photos("ab"), replace(FILM, duration_ms=4000, source_start_ms=2000)),
        ["Video is now 10s long (was 16s)", "Part shown of f.mp4 is now 2-6s (was 0-10s)"],
    ),
    "faster": (
        WITH_FILM,
        relaid(*photos("ab"), replace(FILM, duration_ms=5000, speed=2.0)),
        ["Video is now 11s long (was 16s)", "Speed of f.mp4 is now 2x (was 1x)"],
    ),
    "faster and shorter": (
        WITH_FILM,
        relaid(*photos("ab"), replace(FILM, duration_ms=2000, speed=2.0)),
        [
            "Video is now 8s long (was 16s)",
            "Length of f.mp4 is now 2s (was 10s)",
            "Speed of f.mp4 is now 2x (was 1x)",
        ],
    ),
}
