"""Titles have a second line when one is wished, and stand where they cover no face."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from nemovideo.editing import MediaItem, apply_edits, direct, parse_edits
from nemovideo.editing.first_cut import first_cut
from nemovideo.render.picture.subject import find_subject
from nemovideo.timeline import Timeline
from nemovideo.timeline.wire import to_draft
from tests.editing import scenes

ROOT = Path(__file__).parents[2]
PLAIN = MediaItem("p", "p.jpg", "image", 4000, 3000)
TITLE = {"do": "text", "text": "A week\nby the sea"}


def face(left: float, top: float, right: float, bottom: float) -> MediaItem:
    """A photo with a head in it."""
    focus = ((left + right) / 2, (top + bottom) / 2)
    return MediaItem(
        "f", "f.jpg", "image", 4000, 3000, focus=focus, faces=(left, top, right, bottom)
    )


def made(*items: MediaItem, edits: list[dict[str, Any]]) -> Timeline:
    edits = [{"do": "canvas", "aspect": "16:9"}, *edits]
    return apply_edits(first_cut(items, "x"), parse_edits(edits), items)


def position(*items: MediaItem, **more: Any) -> str | None:
    return made(*items, edits=[{**TITLE, **more}]).captions[0].position


MIDDLE = face(0.4, 0.35, 0.6, 0.6)


@pytest.mark.parametrize(
    ("items", "more", "wanted"),
    [
        pytest.param([PLAIN], {}, "center", id="nobody is there"),
        pytest.param([MIDDLE], {}, "bottom", id="a face in the middle"),
        pytest.param([face(0.2, 0.5, 0.8, 0.95)], {}, "top", id="one down to the bottom"),
        pytest.param([face(0.02, 0.3, 0.14, 0.6)], {}, "center", id="one aside"),
        pytest.param([MIDDLE], {"position": "center"}, "center", id="the middle is asked for"),
        pytest.param([MIDDLE], {"style": "caption"}, "bottom", id="captions stand at the bottom"),
        pytest.param([MIDDLE, PLAIN], {"place": "end"}, "center", id="at the end nobody is there"),
        pytest.param([PLAIN, MIDDLE], {"place": "whole"}, "bottom", id="somebody is there later"),
    ],
)
def test_a_title_covers_no_face(items: list[MediaItem], more: dict[str, Any], wanted: str) -> None:
    assert position(*items, **more) == wanted


@pytest.mark.parametrize(
    ("head", "edit", "wanted"),
    [
        (face(0.0, 0.3, 0.65, 0.7), {"do": "rotate", "degrees": 90}, ("bottom", "bottom")),
        (face(0.0, 0.3, 0.65, 0.7), {"do": "rotate", "degrees": 270}, ("bottom", "top")),
        (face(0.3, 0.35, 0.7, 1.0), {"do": "flip", "direction": "vertical"}, ("top", "bottom")),
    ],
    ids=["turned up", "turned down", "mirrored"],
)
def test_faces_are_where_the_clip_shows_them(
    head: MediaItem, edit: dict[str, Any], wanted: tuple[str, str]
) -> None:
    whole = {"do": "fit", "fit": "whole"}
    both = [made(head, edits=edits) for edits in ([whole, TITLE], [whole, edit, TITLE])]
    assert tuple(timeline.captions[0].position for timeline in both) == wanted


@pytest.mark.parametrize(
    ("aspect", "wanted"), [("16:9", "left"), ("9:16", "center"), ("1:1", "bottom")]
)
def test_a_title_leaves_a_real_face_alone(aspect: str, wanted: str) -> None:
    path = ROOT / "tests/data/pictures/astronaut.jpg"
    subject = find_subject(path)
    assert subject is not None
    item = MediaItem(*("a", path.name, "image", 512, 512), focus=subject.focus, faces=subject.faces)
    edits = [{"do": "canvas", "aspect": aspect}, TITLE]
    timeline = apply_edits(first_cut([item], "x"), parse_edits(edits), [item])
    assert timeline.captions[0].position == wanted


def test_the_place_that_was_chosen_is_told() -> None:
    timeline = made(MIDDLE, edits=[TITLE])
    (track,) = (track for track in timeline.to_json()["tracks"] if track["type"] == "text")
    assert track["segments"][0]["position"] == "bottom"


@pytest.mark.parametrize(
    ("message", "wanted"),
    [
        ('add the second line "June"', "Summer\nJune"),
        ('change the title to "Lake\\nJune"', "Lake\nJune"),
        ('change the title to "Lake\nJune"', "Lake\nJune"),
        ("副标题“六月”", "Summer\n六月"),
        ('añade la segunda línea "Junio"', "Summer\nJunio"),
    ],
)
def test_a_second_line_is_said(message: str, wanted: str) -> None:
    outcome = direct(message, scenes.media(), to_draft(scenes.timeline()))
    assert outcome.not_understood == ()
    assert Timeline.from_draft(outcome.draft).captions[0].text == wanted


@pytest.mark.parametrize(
    "message",
    [
        'make a video with the title "Lake Como" and the second line "Summer 2024"',
        "做一个视频，标题“Lake Como”，副标题“Summer 2024”",
        'haz un vídeo con el título "Lake Como" y la segunda línea "Summer 2024"',
    ],
    ids=["en", "zh", "es"],
)
def test_a_first_cut_may_have_a_title_of_two_lines(message: str) -> None:
    outcome = direct(message, [PLAIN], None)
    assert outcome.not_understood == ()
    assert Timeline.from_draft(outcome.draft).captions[0].text == "Lake Como\nSummer 2024"


def test_a_second_line_goes_again() -> None:
    edits: list[dict[str, Any]] = [TITLE, {"do": "edit_text", "captions": 1, "second_line": ""}]
    assert made(PLAIN, edits=edits).captions[0].text == "A week"


def test_of_several_titles_one_must_be_named() -> None:
    both = made(PLAIN, edits=[TITLE, {"do": "text", "text": "The end", "place": "end"}])
    outcome = direct('add the second line "June"', [PLAIN], to_draft(both))
    assert outcome.draft is None
    assert "2 titles" in outcome.reply
    named = direct('add the second line "June" to the last title', [PLAIN], to_draft(both))
    assert Timeline.from_draft(named.draft).captions[1].text == "The end\nJune"
