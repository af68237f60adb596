from __future__ import annotations

from typing import Any

import pytest

from nemovideo.errors import InputNotFoundError
from nemovideo.projects.exports.here import localise
from nemovideo.projects.journal import UploadRecord
from nemovideo.projects.recovery.states import UploadState


def uploaded(*names: str) -> list[UploadRecord]:
    return [
        UploadRecord(
            "s", name, f"/photos/{name}", f"srv_{name}", UploadState.DONE, url=f"https://cdn/{name}"
        )
        for name in names
    ]


def draft(*segments: dict[str, Any], track_type: int = 0) -> dict[str, Any]:
    return {"t": [{"tt": track_type, "sg": list(segments)}], "d": 1000}


def names_of(document: dict[str, Any]) -> list[str]:
    return [segment["m"]["name"] for segment in document["t"][0]["sg"]]


def test_localise_matches_by_name_link_stem_and_place() -> None:
    given = draft(
        {"m": {"name": "srv_c.jpg"}},
        {"m": {"name": "x"}, "res": {"url": "https://cdn/a.jpg"}},
        {"m": {"name": "B"}},
        {"d": 5},
    )
    local = localise(given, uploaded("a.jpg", "b.jpg", "c.jpg", "d.jpg"))
    assert names_of(local.document) == ["c.jpg", "a.jpg", "b.jpg", "d.jpg"]
    assert local.notes == ()


def test_localise_leaves_the_clouds_draft_as_it_is() -> None:
    given = draft({"m": {"name": "srv_a.jpg", "media": "cloud-id"}})
    localise(given, uploaded("a.jpg"))
    assert given == draft({"m": {"name": "srv_a.jpg", "media": "cloud-id"}})


def test_localise_composes_music_that_is_not_here_and_says_so() -> None:
    local = localise(draft({"m": {"name": "Lo-fi"}}, track_type=1), uploaded("a.jpg"))
    assert "music" in local.document["t"][0]["sg"][0]["m"]
    assert local.notes == ('"Lo-fi" is not on this machine: other music was composed in its place',)


def test_localise_takes_an_uploaded_song() -> None:
    local = localise(draft({"m": {"name": "song"}}, track_type=1), uploaded("song.mp3"))
    assert names_of(local.document) == ["song.mp3"]
    assert local.notes == ()


def test_localise_finds_both_pictures_of_a_pair() -> None:
    given = draft({"m": {"name": "srv_c.jpg", "beside": {"name": "srv_b.jpg", "media": "x"}}})
    metadata = localise(given, uploaded("a.jpg", "b.jpg", "c.jpg")).document["t"][0]["sg"][0]["m"]
    assert metadata == {"name": "c.jpg", "beside": {"name": "b.jpg"}}


def test_localise_names_the_second_picture_of_a_pair_that_is_missing() -> None:
    given = draft({"m": {"name": "a.jpg", "beside": {"name": "z.jpg"}}})
    with pytest.raises(InputNotFoundError, match=r'"z\.jpg"'):
        localise(given, uploaded("a.jpg", "b.jpg"))


def test_localise_names_the_picture_that_is_missing() -> None:
    with pytest.raises(InputNotFoundError, match='"two"'):
        localise(draft({"m": {"name": "one"}}, {"m": {"name": "two"}}), uploaded("a.jpg"))
