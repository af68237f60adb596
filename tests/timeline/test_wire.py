from __future__ import annotations

import copy
import json
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given, settings

from nemovideo.protocol.draft import Draft, JsonObject
from nemovideo.timeline import Timeline
from nemovideo.timeline.model import (
    Canvas,
    Caption,
    Clip,
    Fade,
    Look,
    Motion,
    Segment,
    Sound,
    TrackType,
    Transition,
    View,
)
from nemovideo.timeline.wire import ENGINE, to_draft
from tests.timeline.drafts import draft, segment, video, wild_drafts
from tests.timeline.timelines import local_timelines


@settings(max_examples=60)
@given(local_timelines)
def test_timeline_comes_back_from_its_draft(timeline: Timeline) -> None:
    document = json.loads(json.dumps(to_draft(timeline)))
    assert Timeline.from_draft(document) == timeline


@given(wild_drafts)
def test_any_json_is_read_without_changing_it(document: JsonObject) -> None:
    before = copy.deepcopy(document)
    timeline = Timeline.from_draft(document)
    assert document == before or document != document
    assert timeline.duration_ms >= 0
    for track in timeline.tracks:
        assert all(one.start_ms >= 0 <= one.duration_ms for one in track.segments)
    assert Timeline.from_draft(to_draft(timeline)).summary() == timeline.summary()


def only(timeline_type: int, metadata: Any, **more: Any) -> Any:
    """Return the one segment of a draft with its metadata."""
    track = {"tt": timeline_type, "sg": [{"st": 0, "d": 1000, "m": metadata, **more}]}
    return Timeline.from_draft({"t": [track]}).tracks[0].segments[0]


def clip(**metadata: Any) -> Clip:
    found = only(0, metadata)
    assert isinstance(found, Clip)
    return found


def test_what_nobody_knows_survives() -> None:
    document = {
        "version": 3,
        "t": [
            {
                "tt": 0,
                "sg": [{"id": "a", "st": 0, "d": 5, "m": {"stickers": [1]}, "res": {"url": "u"}}],
                "locked": True,
                "m": {"x": 1},
            },
            {"tt": 5, "sg": [{"st": 0, "d": 1, "m": {"name": "star"}}]},
        ],
        "d": 5,
        "m": {"title": "T", "theme": "dark"},
    }
    assert to_draft(Timeline.from_draft(document)) == {
        **document,
        "m": {"title": "T", "theme": "dark", "engine": ENGINE},
    }


def test_draft_that_was_read_is_the_same_timeline() -> None:
    document = draft(video(segment(0, 1000, "a")))
    assert Timeline.from_draft(Draft.from_wire(document)) == Timeline.from_draft(document)


@pytest.mark.parametrize(
    ("tt", "track_type", "segment_type"),
    [
        (0, TrackType.VIDEO, Clip),
        (1, TrackType.AUDIO, Sound),
        (7, TrackType.TEXT, Caption),
        (1.0, TrackType.AUDIO, Sound),
        (3, TrackType.OTHER, Segment),
        (True, TrackType.OTHER, Segment),
        ("0", TrackType.OTHER, Segment),
        (None, TrackType.OTHER, Segment),
        ([], TrackType.OTHER, Segment),
    ],
    ids=repr,
)
def test_kinds_of_tracks_are_told_apart(
    tt: object, track_type: TrackType, segment_type: type[Segment]
) -> None:
    (track,) = Timeline.from_draft({"t": [{"tt": tt, "sg": [{}]}]}).tracks
    assert (track.type, type(track.segments[0])) == (track_type, segment_type)


def test_segments_without_a_start_follow_the_one_before() -> None:
    segments = [{"d": 2000}, {"d": 3000.5}, {"d": 0.5}, {"st": 9000, "d": 500}, {"d": 100}]
    (track,) = Timeline.from_draft({"t": [{"tt": 0, "sg": segments}]}).tracks
    assert [one.start_ms for one in track.segments] == [0, 2000, 5000, 9000, 9500]
    assert (track.start_ms, track.end_ms) == (0, 9600)


@pytest.mark.parametrize(
    ("document", "duration_ms"),
    [
        pytest.param({"d": 5000}, 5000, id="its-own"),
        pytest.param({"d": 2999.9999999}, 3000, id="float-error"),
        pytest.param({"t": [{"sg": [{"d": 700}]}]}, 700, id="the-longest-track"),
        pytest.param({"d": -1, "t": [{"sg": [{"d": 700}]}]}, 700, id="negative"),
        pytest.param({"d": "5000"}, 0, id="text"),
        pytest.param({"d": True}, 0, id="truth"),
        pytest.param({"d": 1e300}, 0, id="beyond-all-measure"),
        pytest.param({"d": 10**400}, 0, id="beyond-floats"),
    ],
)
def test_length(document: JsonObject, duration_ms: int) -> None:
    assert Timeline.from_draft(document).duration_ms == duration_ms


def test_whole_of_a_draft_is_read() -> None:
    fade = {"color": "#FFffFF", "d": 500}
    timeline = Timeline.from_draft(
        draft(title="Trip", width=1080, height=0.5, fps=25, fade_in=fade, fade_out={"d": 0})
    )
    assert timeline.title == "Trip"
    assert timeline.canvas == Canvas(1080, None, 25)
    assert timeline.canvas.size == (1920, 1080)
    assert (timeline.fade_in, timeline.fade_out) == (Fade("#ffffff", 500), None)
    assert timeline.engine is None


def test_colour_of_a_fade_is_black_when_nothing_says_it() -> None:
    assert Timeline.from_draft(draft(fade_out={"d": 1000})).fade_out == Fade("#000000", 1000)


# Drafts of the engine's first form


def test_first_form_shows_pictures_whole_on_their_blurred_copy() -> None:
    assert (clip(fit="blur").fit, clip(fit="blur").background) == ("whole", "blur")


def test_first_form_has_ways_between_two_views() -> None:
    motion = {"from": [0.5, 0.5, 1], "to": [0.25, 2, 0.5]}
    assert clip(motion=motion).motion == Motion(
        "custom", 1.0, View(0.5, 0.5, 1.0), View(0.25, 1.0, 1.0)
    )


def test_way_with_one_view_stays_there() -> None:
    view = View(0.1, 0.2, 1.5)
    assert clip(motion={"to": [0.1, 0.2, 1.5]}).motion == Motion("custom", 1.0, view, view)
    assert clip(motion={"from": ["x", None, 1.5]}).motion == Motion(
        "custom", 1.0, View(zoom=1.5), View(zoom=1.5)
    )


@pytest.mark.parametrize(
    ("mood", "style"),
    [("happy", "upbeat"), ("calm", "ambient"), ("epic", "cinematic"), ("lofi", "lo-fi")],
)
def test_first_form_has_moods(mood: str, style: str) -> None:
    sound = only(1, {"music": {"mood": mood, "key": "C", "seed": 1}})
    assert (sound.kind, sound.style) == ("composed", style)
    assert sound.music == {"key": "C", "seed": 1, "style": style}


@pytest.mark.parametrize(
    ("given", "name"), [("zoom", "zoomin"), ("fade", "crossfade"), ("wipeleft", "wipeleft")]
)
def test_transitions_have_one_name(given: str, name: str) -> None:
    assert clip(transition={"name": given, "d": 600}).transition == Transition(name, 600)
    assert clip(transition=given).transition == Transition(name)


# What makes no sense


@pytest.mark.parametrize(
    ("field", "key", "value", "read"),
    [
        ("transition", "transition", "none", None),
        ("transition", "transition", {"d": 5}, None),
        ("transition", "transition", 7, None),
        ("transition", "transition", {"name": "radial", "duration_ms": 5}, Transition("radial", 5)),
        ("motion", "motion", "zoom-in", None),
        ("motion", "motion", {"from": [1, 2], "to": "x"}, None),
        ("motion", "motion", {"name": "zoom-in", "strength": 99}, Motion("zoom-in", 10.0)),
        ("motion", "motion", {"name": ["zoom-in"]}, None),
        ("looks", "look", "sepia", None),
        ("looks", "look", [5, {"name": "sepia", "amount": 7}], (Look("sepia", 1.0),)),
        ("looks", "look", [], ()),
        ("fit", "fit", ["fill"], None),
        ("background", "background", "blur", "blur"),
        ("background", "background", "#FFF", None),
        ("background", "background", "#A0b0C0", "#a0b0c0"),
        ("focus", "focus", [0.5], None),
        ("focus", "focus", [0.5, "x"], None),
        ("focus", "focus", [-1, 2], (0.0, 1.0)),
        ("rotation", "rotation", 45, None),
        ("rotation", "rotation", -90, 270),
        ("rotation", "rotation", "90", None),
        ("speed", "speed", 0, None),
        ("speed", "speed", 1.5, 1.5),
        ("kind", "kind", "photo", None),
        ("flip", "flip", "sideways", None),
        ("source_start_ms", "source_start", True, None),
        ("source_start_ms", "source_start", 1500, 1500),
        ("media", "media", 5, None),
        ("volume", "volume", float("nan"), None),
    ],
)
def test_clip_is_read_leniently(field: str, key: str, value: object, read: object) -> None:
    assert getattr(clip(**{key: value}), field) == read


@pytest.mark.parametrize(
    ("loop", "read"),
    [
        ([500, 30_500.4], (500, 30_500)),
        ([500, 600], None),
        ([9000, 500], None),
        ([500], None),
        (["a", None, 3], None),
        ("0-30", None),
    ],
    ids=str,
)
def test_loop_is_read_leniently(loop: object, read: tuple[int, int] | None) -> None:
    sound = only(1, {"media": "m1", "loop": loop})
    assert isinstance(sound, Sound)
    assert sound.loop_ms == read


@pytest.mark.parametrize(
    ("metadata", "kind", "style"),
    [
        ({"music": {"style": "lo-fi"}}, "composed", "lo-fi"),
        ({"music": {"style": 5}}, "composed", None),
        ({"music": {"mood": ["happy"]}}, "composed", None),
        ({"music": {}}, "composed", None),
        ({"music": "lo-fi"}, None, None),
        ({"music": {"style": "lo-fi"}, "media": "m1"}, "file", None),
        ({"media": "pack:calm_acoustic_1"}, "pack", "calm"),
        ({}, None, None),
    ],
)
def test_sound_is_read_leniently(metadata: JsonObject, kind: str | None, style: str | None) -> None:
    sound = only(1, metadata)
    assert (sound.kind, sound.style) == (kind, style)


def test_sound_ducks_where_the_draft_says_so() -> None:
    assert [only(1, {"ducks": value}).ducks for value in (True, False, 1)] == [True, False, None]


def test_words_are_read_leniently() -> None:
    caption = only(7, {"text": "Hi", "style": "huge", "position": "top-left", "color": "red"})
    assert (caption.label, caption.style, caption.position, caption.color) == (
        ("Hi", None, "top-left", None)
    )
    assert caption.is_text


@pytest.mark.parametrize("metadata", [None, [], "x", 5], ids=repr)
def test_metadata_of_any_shape_says_nothing(metadata: object) -> None:
    found = only(0, metadata)
    said = {one.name for one in fields(found) if getattr(found, one.name) not in (None, {})}
    assert said == {"start_ms", "duration_ms"}


def test_second_picture_of_a_pair_is_read() -> None:
    look = [{"name": "sepia", "amount": 0.5}]
    pair = clip(name="a.jpg", beside={"id": "p2", "name": "b.jpg", "look": look, "sticker": 1})
    assert pair.beside == Clip(
        id="p2", name="b.jpg", looks=(Look("sepia", 0.5),), extra={"sticker": 1}
    )


@pytest.mark.parametrize(
    "beside",
    [None, "b.jpg", 3, [], {}, {"name": 3}, {"id": "p2"}],
    ids=["null", "text", "number", "list", "empty", "name that is none", "without a file"],
)
def test_second_picture_that_names_no_file_is_none(beside: object) -> None:
    assert clip(name="a.jpg", beside=beside).beside is None


def test_pictures_of_a_pair_come_and_go_together() -> None:
    pair = only(0, {"name": "a.jpg", "beside": {"name": "b.jpg", "beside": {"name": "c.jpg"}}})
    assert isinstance(pair, Clip)
    assert [(one.name, one.end_ms, one.beside) for one in pair.pictures] == [
        ("a.jpg", 1000, None),
        ("b.jpg", 1000, None),
    ]


def test_clip_runs_together_with_the_one_before_for_its_transition() -> None:
    lengths = [clip(transition=one).overlap_ms for one in ({"name": "radial", "d": 600}, "radial")]
    assert lengths == [600, 0]
    assert clip().overlap_ms == 0
    assert clip(kind="video").is_film


def test_tracks_stand_in_order_whatever_is_put_on_first() -> None:
    timeline = (
        Timeline()
        .with_captions([Caption(text="a")])
        .with_sounds([Sound(name="b")])
        .with_clips([Clip(name="c")])
    )
    assert [track.type for track in timeline.tracks] == ["video", "audio", "text"]
    assert timeline.with_sounds([]).with_captions([]).tracks == timeline.tracks[:1]
