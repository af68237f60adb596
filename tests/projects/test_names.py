"""Names of sessions, and how one is found by what is typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from nemovideo.errors import SessionNotFoundError
from nemovideo.projects.backends import Backend
from nemovideo.projects.journal import SessionRecord
from nemovideo.projects.names import MAX_CHARS, find_session, name_after, numbered


def session(session_id: str, name: str) -> SessionRecord:
    return SessionRecord(session_id, Backend("local"), None, None, name, 0.0)


SESSIONS = (
    session("aaa-1", "Summer trip"),
    session("aab-2", "Summer trip 2"),
    session("bbb-3", "亲子游"),
    session("ccc-4", "Twin"),
    session("ddd-5", "Twin"),
)


@pytest.mark.parametrize(
    ("paths", "title", "expected"),
    [
        (["/p/Summer trip/a.jpg", "/p/Summer trip/b.jpg"], None, "Summer trip"),
        (["/p/Summer trip/a.jpg", "/p/Summer trip/b.jpg"], "Lisbon  ", "Lisbon"),
        (["/p/beach.jpg"], None, "beach"),
        (["/p/Trip/day 1/a.jpg", "/p/Trip/day 2/b.jpg"], None, "Trip"),
        (["/a.jpg", "/b.jpg"], None, "project"),
        ([], "x" * 100, "x" * MAX_CHARS),
    ],
    ids=["folder", "title", "one file", "folders", "root", "long"],
)
def test_a_session_is_called_after_folder_or_title(
    paths: list[str], title: str | None, expected: str
) -> None:
    assert name_after([Path(path) for path in paths], title) == expected


def test_no_two_sessions_get_one_name() -> None:
    assert numbered("Lisbon", ["Porto"]) == "Lisbon"
    assert numbered("Lisbon", ["LISBON", "Lisbon 2"]) == "Lisbon 3"


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("aaa-1", "aaa-1"),
        ("summer  TRIP", "aaa-1"),
        ("Summer trip 2", "aab-2"),
        ("亲子", "bbb-3"),
        ("bb", "bbb-3"),
        ("zzz", None),
        ("", None),
    ],
)
def test_a_session_is_found_by_id_name_or_how_they_begin(wanted: str, found: str | None) -> None:
    record = find_session(SESSIONS, wanted)
    assert (record and record.session_id) == found


@pytest.mark.parametrize(
    ("wanted", "choices"),
    [
        ("twin", ["ccc-4 (“Twin”)", "ddd-5 (“Twin”)"]),
        ("sum", ["“Summer trip”", "“Summer trip 2”"]),
        ("aa", ["“Summer trip”", "“Summer trip 2”"]),
    ],
)
def test_where_several_are_meant_all_are_named(wanted: str, choices: list[str]) -> None:
    with pytest.raises(SessionNotFoundError, match="several") as caught:
        find_session(SESSIONS, wanted)
    assert caught.value.hint == f"Name one: {', '.join(choices)}."
