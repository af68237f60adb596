"""Typed timelines in few words, and any of the local engine's, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from nemovideo.timeline import names
from nemovideo.timeline.model import (
    Canvas,
    Caption,
    Clip,
    Fade,
    Look,
    Motion,
    Sound,
    Timeline,
    Track,
    TrackType,
    Transition,
    View,
)
from nemovideo.timeline.wire import ENGINE


def photos(letters: str, *, ms: int = 3000, overlap: int = 0, **fields: Any) -> list[Clip]:
    """Return photos ``a.jpg``, ``b.jpg`` …, each seen so long, with crossfades if they overlap."""
    joint = Transition("crossfade", overlap) if overlap else None
    return [
        Clip(
            id=f"v-{letter}",
            name=f"{letter}.jpg",
            kind="image",
            start_ms=place * ms,
            duration_ms=ms + (overlap if place < len(letters) - 1 else 0),
            transition=joint if place else None,
            **fields,
        )
        for place, letter in enumerate(letters)
    ]


def in_a_row(clips: Iterable[Clip]) -> list[Clip]:
    """Return clips one after the other, as long as they are."""
    row: list[Clip] = []
    for clip in clips:
        row.append(replace(clip, start_ms=row[-1].end_ms if row else 0))
    return row


def cut(
    clips: list[Clip],
    sounds: Iterable[Sound] = (),
    captions: Iterable[Caption] = (),
    **fields: Any,
) -> Timeline:
    """Return a timeline as long as its clips."""
    end_ms = max((clip.end_ms for clip in clips), default=0)
    timeline = Timeline(**{"duration_ms": end_ms, "canvas": Canvas(1920, 1080, 30), **fields})
    return timeline.with_clips(clips).with_sounds([*sounds]).with_captions([*captions])


def changed(clips: Iterable[Clip], places: Mapping[int, Mapping[str, Any]]) -> list[Clip]:
    """Return clips of which some have other fields."""
    return [replace(clip, **places.get(place, {})) for place, clip in enumerate(clips)]


_texts = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=12)
_maybe_texts = st.none() | _texts
_times = st.integers(0, 100_000)
_maybe_times = st.none() | _times
_fractions = st.floats(0, 1)
_volumes = st.none() | st.floats(-1, 3) | st.sampled_from([0, 1])
_colors = st.integers(0, 0xFFFFFF).map("#{:06x}".format)
_extras = st.sampled_from([{}, {"stickers": [1, "x"]}, {"resource": {"url": None}, "locked": True}])
"""Keys that nobody knows."""
_segment_extras = st.builds(
    lambda outer, inner: {**outer, "m": inner} if inner else outer, _extras, _extras
)
_common: Mapping[str, Any] = {
    "start_ms": _times,
    "duration_ms": _times,
    "id": _maybe_texts,
    "name": _maybe_texts,
    "title": _maybe_texts,
    "text": _maybe_texts,
    "volume": _volumes,
    "extra": _segment_extras,
}
_views = st.builds(View, _fractions, _fractions, st.floats(1, 4))
_motions = st.builds(Motion, st.sampled_from(names.MOTIONS), st.floats(0, 10)) | st.builds(
    Motion, st.just("custom"), st.just(1.0), _views, _views
)
_picture: Mapping[str, Any] = {
    "media": _maybe_texts,
    "kind": st.sampled_from([None, "image", "video"]),
    "motion": st.none() | _motions,
    "fit": st.sampled_from([None, *names.FITS]),
    "background": st.none() | st.just("blur") | _colors,
    "focus": st.none() | st.tuples(_fractions, _fractions),
    "looks": st.none()
    | st.lists(st.builds(Look, st.sampled_from(names.LOOKS), _fractions), max_size=3).map(tuple),
    "rotation": st.none() | st.sampled_from(names.ROTATIONS),
    "flip": st.sampled_from([None, *names.FLIPS]),
}
_clips = st.builds(
    Clip,
    **_common,
    **_picture,
    source_start_ms=_maybe_times,
    speed=st.none() | st.floats(0.1, 10),
    transition=st.none() | st.builds(Transition, st.sampled_from(names.TRANSITIONS), _maybe_times),
    beside=st.none() | st.builds(Clip, id=_maybe_texts, name=_texts, extra=_extras, **_picture),
)
_music = st.fixed_dictionaries(
    {"style": st.sampled_from(names.MUSIC_STYLES), "seed": st.integers(0, 99)}
)
_sounds = st.builds(
    Sound,
    **_common,
    fade_in_ms=_maybe_times,
    fade_out_ms=_maybe_times,
    source_start_ms=_maybe_times,
    loop_ms=st.none() | st.integers(0, 10_000).map(lambda at: (at, at + 2000)),
    ducks=st.sampled_from([None, True, False]),
).flatmap(
    lambda sound: (
        st.just(sound)
        | _texts.map(lambda media: replace(sound, media=media))
        | _music.map(lambda music: replace(sound, music=music))
    )
)
_captions = st.builds(
    Caption,
    **_common,
    style=st.sampled_from([None, *names.TEXT_STYLES]),
    position=st.sampled_from([None, *names.POSITIONS]),
    size=st.sampled_from([None, *names.TEXT_SIZES]),
    color=st.none() | _colors,
    fade_in_ms=_maybe_times,
    fade_out_ms=_maybe_times,
    on=_maybe_texts,
)
_tracks = st.one_of(
    *(
        st.builds(Track, st.just(kind), st.lists(segments, max_size=3).map(tuple), _extras)
        for kind, segments in (
            (TrackType.VIDEO, _clips),
            (TrackType.AUDIO, _sounds),
            (TrackType.TEXT, _captions),
        )
    )
)
_maybe_pixels = st.none() | st.integers(1, 8000)
_fades = st.none() | st.builds(Fade, _colors, st.integers(1, 10_000))
local_timelines = st.builds(
    Timeline,
    canvas=st.builds(Canvas, _maybe_pixels, _maybe_pixels, st.none() | st.integers(1, 60)),
    tracks=st.lists(_tracks, max_size=3).map(tuple),
    duration_ms=_times,
    title=_maybe_texts,
    fade_in=_fades,
    fade_out=_fades,
    engine=st.just(ENGINE),
    extra=_extras,
    metadata=_extras,
)
"""Any timeline of the local engine's."""
