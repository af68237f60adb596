"""What of a timeline's words can't be shown is known without drawing anything."""

from __future__ import annotations

from typing import Any

import pytest

from nemovideo.render.text import TextStyle, lay_out, text_notes
from nemovideo.render.text.fonts import FontBook, bundled_faces
from tests.render.text.drawing import bundled_only
from tests.support.samples.films import HEIGHT, WIDTH, make_timeline, picture_segment

LONG = "and so it went on and on " * 200


def notes_of(*texts: dict[str, Any]) -> tuple[str, ...]:
    segments = tuple({"st": 0, "d": 1000, "m": text} for text in texts)
    timeline = make_timeline(picture_segment("a.jpg", 0, 1000), texts=segments)
    return text_notes(timeline, fonts=bundled_only())


@pytest.mark.parametrize("text", ["Hi \U00013000", LONG, "\U00013000", "Hello", "天堂岛 🎉", "  "])
@pytest.mark.parametrize("style", ["title", "subtitle"])
def test_text_notes_are_those_of_the_drawn_text(text: str, style: str) -> None:
    picture = lay_out(text, TextStyle(style), (WIDTH, HEIGHT), fonts=bundled_only()).drawn(None)
    assert notes_of({"text": text, "style": style}) == picture.notes()
    assert bool(picture.notes()) == (text in (LONG, "Hi \U00013000", "\U00013000"))


def test_text_notes_say_a_thing_once() -> None:
    assert len(notes_of({"text": "a \U00013000"}, {"text": "b \U00013000 \U00013001"})) == 2


def test_text_notes_on_a_timeline_without_pictures_are_none() -> None:
    assert text_notes(make_timeline()) == ()


@pytest.mark.parametrize(("text", "count"), [("Hi 🎉", 1), ("☀\ufe0e", 0), ("Hi", 0)])
def test_emoji_without_colour_are_told_with_what_brings_colours(text: str, count: int) -> None:
    plain = FontBook([face for face in bundled_faces() if not face.is_colour], {})
    picture = lay_out(text, TextStyle(), (WIDTH, HEIGHT), fonts=plain).drawn(None)
    assert len(picture.notes()) == count
    assert all("emoji" in note for note in picture.notes())
