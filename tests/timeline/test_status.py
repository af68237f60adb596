from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from nemovideo.timeline import Timeline
from nemovideo.timeline.model import (
    Canvas,
    Caption,
    Clip,
    Fade,
    Look,
    Motion,
    Sound,
    Transition,
)
from nemovideo.timeline.wire import to_draft
from tests.timeline.drafts import draft, music, segment, titles, video

EVERY = {"name", "text", "start_ms", "duration_ms", "volume"}
CLIP = EVERY | {
    *("kind", "transition", "motion", "fit", "background", "look", "speed"),
    *("source_start_ms", "rotation", "flip", "beside"),
}
SOUND = EVERY | {"kind", "style", "fade_in_ms", "fade_out_ms", "source_start_ms"}
CAPTION = EVERY | {
    "style", "position", "size", "color", "backing", "fade_in_ms", "fade_out_ms"
}  # fmt: skip

FULL = Timeline(
    canvas=Canvas(1080, 1920, 25),
    duration_ms=5000,
    fade_in=Fade("#000000", 500),
    engine="local/2",
).with_clips(
    [
        Clip(
            id="v1",
            name="a\nb.mp4",
            media="m1",
            duration_ms=5000,
            volume=0,
            kind="video",
            transition=Transition("crossfade", 600),
            motion=Motion("zoom-in", 2),
            fit="whole",
            background="#ffffff",
            looks=(Look("sepia", 0.5),),
            speed=2.0,
            source_start_ms=1000,
            rotation=90,
            flip="horizontal",
            beside=Clip(name="b.jpg", kind="image", looks=(), rotation=0),
        )
    ]
)
FULL = FULL.with_sounds(
    [
        Sound(
            name="Mellow",
            duration_ms=5000,
            volume=0.35,
            music={"style": "lo-fi"},
            fade_in_ms=1000,
            fade_out_ms=2000,
            source_start_ms=0,
        )
    ]
).with_captions(
    [
        Caption(
            text="Hi\nyou",
            start_ms=500,
            duration_ms=2000,
            style="caption",
            position="bottom",
            size="small",
            color="#ff0000",
            fade_in_ms=0,
            fade_out_ms=400,
        )
    ]
)


def segments_of(timeline: Timeline) -> list[dict[str, Any]]:
    tracks = json.loads(json.dumps(timeline.to_json()))["tracks"]
    return [one for track in tracks for one in track["segments"]]


def test_status_of_the_whole() -> None:
    document = FULL.to_json()
    tracks = document.pop("tracks")
    assert document == {
        "ready": True,
        "summary": FULL.summary(),
        "duration_ms": 5000,
        "canvas": {"width": 1080, "height": 1920, "fps": 25},
        "fade_in": {"color": "#000000", "duration_ms": 500},
        "fade_out": None,
    }
    heads = [{key: track[key] for key in track if key != "segments"} for track in tracks]
    assert heads == [
        {"type": "video", "name": "a b.mp4", "start_ms": 0, "end_ms": 5000, "volume": 0},
        {"type": "audio", "name": "Mellow", "start_ms": 0, "end_ms": 5000, "volume": 0.35},
        {"type": "text", "name": "Hi you", "start_ms": 500, "end_ms": 2500, "volume": None},
    ]


def test_status_of_segments() -> None:
    assert segments_of(FULL) == [
        {
            "name": "a b.mp4",
            "text": None,
            "start_ms": 0,
            "duration_ms": 5000,
            "volume": 0,
            "kind": "video",
            "transition": {"name": "crossfade", "duration_ms": 600},
            "motion": "zoom-in",
            "fit": "whole",
            "background": "#ffffff",
            "look": [{"name": "sepia", "amount": 0.5}],
            "speed": 2.0,
            "source_start_ms": 1000,
            "rotation": 90,
            "flip": "horizontal",
            "beside": {
                "name": "b.jpg",
                "kind": "image",
                "motion": None,
                "fit": None,
                "look": [],
                "rotation": 0,
                "flip": None,
            },
        },
        {
            "name": "Mellow",
            "text": None,
            "start_ms": 0,
            "duration_ms": 5000,
            "volume": 0.35,
            "kind": "composed",
            "style": "lo-fi",
            "fade_in_ms": 1000,
            "fade_out_ms": 2000,
            "source_start_ms": 0,
        },
        {
            "name": "Hi you",
            "text": "Hi\nyou",
            "start_ms": 500,
            "duration_ms": 2000,
            "volume": None,
            "style": "caption",
            "position": "bottom",
            "size": "small",
            "color": "#ff0000",
            "backing": None,
            "fade_in_ms": 0,
            "fade_out_ms": 400,
        },
    ]


def test_status_is_the_same_after_the_wire() -> None:
    assert Timeline.from_draft(to_draft(FULL)).to_json() == FULL.to_json()


def test_status_of_the_cloud_has_every_key_and_null_for_what_it_does_not_say() -> None:
    cloud = draft(
        video(segment(0, 4000, "beach")),
        music(segment(0, 4000, "Lo-fi")),
        titles(segment(0, 3000, text="Hi")),
        {"tt": 5, "sg": [segment(0, 1000, "star")]},
    )
    found = segments_of(Timeline.from_draft(cloud))
    assert [set(one) for one in found] == [CLIP, SOUND, CAPTION, EVERY]
    said = {"name", "text", "start_ms", "duration_ms"}
    assert all(one[key] is None for one in found for key in one if key not in said)
    document = Timeline.from_draft(cloud).to_json()
    assert document["canvas"] == {"width": None, "height": None, "fps": None}
    assert (document["fade_in"], document["fade_out"]) == (None, None)


def test_status_of_a_track_without_segments() -> None:
    (track,) = Timeline.from_draft(draft(music())).to_json()["tracks"]
    assert track == {
        "type": "audio",
        "name": None,
        "start_ms": 0,
        "end_ms": 0,
        "volume": None,
        "segments": [],
    }


@pytest.mark.parametrize("looks", [(), None], ids=["none", "nothing said"])
def test_status_tells_no_looks_from_nothing_said(looks: tuple[Look, ...] | None) -> None:
    timeline = FULL.with_clips([replace(FULL.clips[0], looks=looks, transition=None)])
    clip = segments_of(timeline)[0]
    assert clip["look"] == (None if looks is None else [])
    assert clip["transition"] is None
