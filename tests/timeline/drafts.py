"""Drafts in few words, for the tests of this folder."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from nemovideo.protocol.draft import JsonObject


def segment(
    start_ms: float, duration_ms: float, name: str | None = None, **metadata: Any
) -> JsonObject:
    named = {} if name is None else {"name": name}
    return {"st": start_ms, "d": duration_ms, "m": {**named, **metadata}}


def video(*segments: JsonObject) -> JsonObject:
    return {"tt": 0, "sg": list(segments), "m": {}}


def music(*segments: JsonObject) -> JsonObject:
    return {"tt": 1, "sg": list(segments), "m": {}}


def titles(*segments: JsonObject) -> JsonObject:
    return {"tt": 7, "sg": list(segments), "m": {}}


def draft(*tracks: JsonObject, duration_ms: int = 10_000, **metadata: Any) -> JsonObject:
    return {"t": list(tracks), "d": duration_ms, "m": metadata}


_numbers = st.one_of(
    st.integers(), st.floats(), st.integers(min_value=0, max_value=100_000), st.just(10**400)
)
_json = st.recursive(
    st.one_of(st.none(), st.booleans(), _numbers, st.text()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(), inner)),
    max_leaves=8,
)
_metadata = st.one_of(
    _json,
    st.fixed_dictionaries(
        {},
        optional={
            "name": st.one_of(st.text(), _json),
            "title": st.one_of(st.text(), _json),
            "text": st.one_of(st.text(), _json),
            "volume": st.one_of(_numbers, _json),
            "transition": st.one_of(_json, st.fixed_dictionaries({"name": _json})),
            "beside": st.one_of(_json, st.fixed_dictionaries({"name": _json})),
            "width": _numbers,
            "height": _numbers,
        },
    ),
)
_segments = st.one_of(
    _json,
    st.fixed_dictionaries({}, optional={"st": _numbers, "d": _numbers, "m": _metadata}),
)
_tracks = st.one_of(
    _json,
    st.fixed_dictionaries(
        {"tt": st.one_of(st.sampled_from([0, 1, 7]), _json)},
        optional={"sg": st.one_of(st.lists(_segments, max_size=5), _json)},
    ),
)
wild_drafts = st.one_of(
    st.dictionaries(st.text(), _json),
    st.fixed_dictionaries(
        {"t": st.one_of(st.lists(_tracks, max_size=4), _json)},
        optional={"d": _numbers, "m": _metadata},
    ),
)
"""JSON objects of any shape, many of them almost drafts."""
