from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo.protocol.draft import (
    Draft,
    TrackType,
    draft_to_wire,
    segment_to_wire,
    track_to_wire,
)

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)
DRAFT_LIKE = st.fixed_dictionaries(
    {},
    optional={
        "t": st.lists(
            st.fixed_dictionaries(
                {},
                optional={
                    "tt": ANY_JSON,
                    "sg": st.lists(
                        st.fixed_dictionaries(
                            {}, optional={"st": ANY_JSON, "d": ANY_JSON, "m": ANY_JSON}
                        )
                        | ANY_JSON
                    )
                    | ANY_JSON,
                    "m": ANY_JSON,
                },
            )
            | ANY_JSON
        )
        | ANY_JSON,
        "d": ANY_JSON,
        "m": ANY_JSON,
    },
)


@given(document=DRAFT_LIKE)
def test_draft_goes_back_exactly_as_it_came(document: dict[str, Any]) -> None:
    text = json.dumps(document)
    read = Draft.from_wire(json.loads(text))
    assert json.dumps(read.raw) == text


@given(document=ANY_JSON | DRAFT_LIKE)
def test_draft_reads_any_json_without_changing_it(document: Any) -> None:
    before = copy.deepcopy(document)
    draft = Draft.from_wire(document)
    assert document == before
    assert draft.duration_ms >= 0
    for track in draft.tracks:
        assert all(segment.start_ms >= 0 <= segment.duration_ms for segment in track.segments)


def test_draft_keeps_whole_floats_apart_from_integers() -> None:
    text = '{"d": 1.0, "t": [], "m": {"x": 1, "y": 1.50}}'
    assert json.dumps(Draft.from_wire(json.loads(text)).raw) == (
        '{"d": 1.0, "t": [], "m": {"x": 1, "y": 1.5}}'
    )


def test_draft_places_segments_without_a_start_after_the_one_before() -> None:
    track = Draft.from_wire(
        {"t": [{"tt": 0, "sg": [{"d": 2000}, {"d": 3000}, {"st": 9000, "d": 500}, {"d": 100}]}]}
    ).tracks[0]
    assert [segment.start_ms for segment in track.segments] == [0, 2000, 9000, 9500]
    assert (track.start_ms, track.end_ms) == (0, 9600)


@pytest.mark.parametrize(
    ("tt", "track_type"),
    [
        (0, TrackType.VIDEO),
        (1, TrackType.AUDIO),
        (7, TrackType.TEXT),
        (1.0, TrackType.AUDIO),
        (3, TrackType.OTHER),
        (True, TrackType.OTHER),
        ("0", TrackType.OTHER),
        (None, TrackType.OTHER),
        ([], TrackType.OTHER),
    ],
    ids=repr,
)
def test_draft_tells_the_kinds_of_tracks(tt: object, track_type: TrackType) -> None:
    assert Draft.from_wire({"t": [{"tt": tt}]}).tracks[0].type is track_type


@pytest.mark.parametrize(
    ("document", "duration_ms"),
    [
        pytest.param({"d": 5000}, 5000, id="its-own"),
        pytest.param({"t": [{"sg": [{"d": 700}]}]}, 700, id="the-longest-track"),
        pytest.param({"d": -1, "t": [{"sg": [{"d": 700}]}]}, 700, id="negative"),
        pytest.param({"d": "5000"}, 0, id="text"),
        pytest.param({"d": True}, 0, id="truth"),
        pytest.param({"d": 1e300}, 0, id="beyond-all-measure"),
        pytest.param({"d": 10**400}, 0, id="beyond-floats"),
    ],
)
def test_draft_length(document: dict[str, Any], duration_ms: float) -> None:
    assert Draft.from_wire(document).duration_ms == duration_ms


def test_draft_is_ready_with_one_segment_on_any_track() -> None:
    assert not Draft.from_wire({"t": [{"sg": []}, {}]}).is_ready
    assert Draft.from_wire({"t": [{"sg": []}, {"sg": [{}]}]}).is_ready


def test_draft_reads_title_and_size() -> None:
    draft = Draft.from_wire({"m": {"title": "Trip", "width": 1080, "height": 0.5}})
    assert (draft.title, draft.width, draft.height) == ("Trip", 1080, None)


def test_draft_that_was_built_reads_as_it_was_meant() -> None:
    segment = segment_to_wire(500, 1000, {"name": "a", "volume": 0.5})
    track = track_to_wire(TrackType.AUDIO, [segment])
    draft = Draft.from_wire(draft_to_wire([track], 1500, {"title": "T"}))
    read = draft.tracks[0].segments[0]
    assert (read.start_ms, read.end_ms, read.name, read.volume) == (500, 1500, "a", 0.5)
    assert (draft.duration_ms, draft.title) == (1500, "T")


def test_track_without_segments_spans_nothing() -> None:
    track = Draft.from_wire({"t": [{}]}).tracks[0]
    assert (track.start_ms, track.end_ms) == (0, 0)
