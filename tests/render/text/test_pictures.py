"""Texts fit their frame and can be read on any ground."""

from __future__ import annotations

import numpy as np
import pytest

from nemovideo.render.text import TextPicture, TextStyle
from nemovideo.render.text.style import contrast, rgb_of, safe_area
from nemovideo.timeline.names import POSITIONS, TEXT_SIZES, TEXT_STYLES
from tests.render.text.drawing import FRAMES, WIDE, drawn_lines, even_ground, show

LONG_TITLE = "And so we went on a journey that nobody had planned. " * 29
"""Somewhat more than 1,500 letters."""


def ink(picture: TextPicture) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of the white in the frame; small letters are nowhere quite white."""
    white = (picture.pixels[..., 3] > 200) & (picture.pixels[..., :3].min(axis=2) > 110)
    rows, columns = np.nonzero(white.any(axis=1))[0], np.nonzero(white.any(axis=0))[0]
    return (
        picture.x + int(columns[0]),
        picture.y + int(rows[0]),
        picture.x + int(columns[-1]),
        picture.y + int(rows[-1]),
    )


def over(picture: TextPicture, ground: tuple[int, int, int]) -> np.ndarray:
    """The picture laid over a colour."""
    alpha = picture.pixels[..., 3:] / 255
    return np.asarray(picture.pixels[..., :3] * alpha + np.array(ground) * (1 - alpha))


@pytest.mark.parametrize("frame", FRAMES, ids=["wide", "tall", "square"])
@pytest.mark.parametrize(
    "text",
    [
        "Paradise Found",
        "天堂岛之旅",
        "家族旅行 2026 — été",
        "The sixty character title that someone wrote for their trip!",
        "word " * 100,
        "x" * 300,
        "字" * 300,
        "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl",
        "مرحبا بكم في رحلتنا الطويلة إلى البحر الأبيض المتوسط",
        "ที่นี่มีน้ำผึ้งป่าและกล้วยไม้สวยงามมากมายให้เที่ยวชม",
    ],
    ids=[
        "latin",
        "chinese",
        "mixed",
        "long",
        "500 in words",
        "one word",
        "300 chinese",
        "lines",
        "arabic",
        "thai",
    ],
)
@pytest.mark.parametrize("style", TEXT_STYLES)
def test_render_text_stays_in_the_safe_area(text: str, frame: tuple[int, int], style: str) -> None:
    left, top, right, bottom = ink(show(text, style, frame))
    safe = safe_area(frame)
    assert safe.x - 1 <= left <= right <= safe.right
    assert safe.y - 1 <= top <= bottom <= safe.bottom
    assert abs((left + right) / 2 - frame[0] / 2) < frame[0] * 0.02


@pytest.mark.parametrize("position", POSITIONS)
@pytest.mark.parametrize("frame", FRAMES, ids=["wide", "tall", "square"])
def test_render_text_stands_where_it_is_told(position: str, frame: tuple[int, int]) -> None:
    style = TextStyle("title", position, "small")
    left, top, right, bottom = ink(show("At sea", style, frame, even_ground("#000000")))
    safe, slack = safe_area(frame), 0.09 * frame[1]
    if "left" in position:
        assert left <= safe.x + 3
    elif "right" in position:
        assert right >= safe.right - 4
    else:
        assert abs((left + right) / 2 - frame[0] / 2) <= 2
    if "top" in position:
        assert top <= safe.y + slack
    elif "bottom" in position:
        assert bottom >= safe.bottom - slack
    else:
        assert abs((top + bottom) / 2 - frame[1] / 2) <= 3


@pytest.mark.parametrize("style", TEXT_STYLES)
def test_render_text_is_larger_in_larger_sizes(style: str) -> None:
    heights = []
    for size in TEXT_SIZES:
        _, top, _, bottom = ink(show("Hill", TextStyle(style, "center", size)))
        heights.append(bottom - top)
    assert heights == sorted(set(heights))


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "\t \u3000", "\u200d", "\x00\x07", "\u200b"])
@pytest.mark.parametrize("style", ["title", "caption", "other"])
def test_render_text_of_nothing_shows_nothing(text: str, style: str) -> None:
    picture = show(text, style)
    assert picture.pixels.shape == (1, 1, 4)
    assert not picture.pixels.any()
    assert picture.notes() == ()


def test_render_text_puts_a_title_in_the_middle() -> None:
    _, top, _, bottom = ink(show("Paradise Found"))
    assert abs((top + bottom) / 2 - WIDE[1] / 2) < 5


def test_render_text_puts_a_caption_in_the_lower_third() -> None:
    _, top, _, bottom = ink(show("Paradise Found", "caption"))
    assert top > WIDE[1] * 2 / 3
    assert bottom < WIDE[1] * 0.93


def test_render_text_puts_a_subtitle_below_a_caption() -> None:
    caption, subtitle = ink(show("Paradise", "caption")), ink(show("Paradise", "subtitle"))
    assert subtitle[3] > caption[3]
    assert subtitle[2] - subtitle[0] < caption[2] - caption[0]


def test_subtitle_has_two_lines_at_most() -> None:
    picture = show("word " * 100, "subtitle", (960, 540))
    assert drawn_lines(picture) == 2
    assert len(picture.cut) > 200


def test_title_of_1500_letters_is_shown_whole() -> None:
    picture = show(LONG_TITLE, frame=(1920, 1080))
    assert picture.cut == ""
    assert drawn_lines(picture) > 12


def test_title_that_has_no_room_ends_in_an_ellipsis_and_says_so() -> None:
    text = " ".join(f"word{number}" for number in range(900))
    picture = show(text, frame=(1920, 1080))
    assert text.endswith(picture.cut)
    assert 1500 < len(text) - len(picture.cut) < len(text)
    (note,) = picture.notes()
    assert f"last {len(picture.cut)} characters" in note
    assert picture.cut[:20] in note


@pytest.mark.parametrize(
    "text", ["word " * 2000, "क्षि" * 9000, "a" + "\n" * 3000 + "b"], ids=["words", "one", "lines"]
)
def test_end_of_any_text_is_shown_or_told(text: str) -> None:
    picture = show(text)
    assert picture.cut
    assert text.strip().endswith(picture.cut)


def test_letters_are_never_too_small_to_read() -> None:
    heights = np.diff(_rows_of_ink(show("H\n" * 60, frame=(1920, 1080))))
    assert heights.max() >= 0.02 * 1080


def _rows_of_ink(picture: TextPicture) -> np.ndarray:
    """Where bands of ink begin and end, by turns."""
    white = (picture.pixels[..., 3] > 250) & (picture.pixels[..., :3].min(axis=2) > 200)
    changes = np.diff(white.any(axis=1).astype(int), prepend=0, append=0)
    return np.asarray(np.nonzero(changes)[0])


@pytest.mark.parametrize("style", TEXT_STYLES)
@pytest.mark.parametrize(
    "color", ["#ffffff", "#ffdd00", "#e02020", "#1133aa", "#101010", "#808080", "#ff66cc"]
)
@pytest.mark.parametrize("ground", ["#ffffff", "#000000", "its like"])
def test_render_text_stands_out_on_any_ground(style: str, color: str, ground: str) -> None:
    picture = show("Hello", TextStyle(style, color=color), (960, 540))
    rgb = rgb_of(color)
    seen = over(picture, rgb if ground == "its like" else rgb_of(ground))
    is_letter = (picture.pixels[..., 3] > 250) & (
        np.abs(picture.pixels[..., :3].astype(int) - rgb).max(axis=2) < 20
    )
    around = _around(is_letter)
    best = max(contrast(rgb, (int(r), int(g), int(b))) for r, g, b in seen[around])
    typical = np.median([contrast(rgb, (int(r), int(g), int(b))) for r, g, b in seen[around]])
    assert best >= 4.4
    assert typical >= 2.5


def _around(letters: np.ndarray) -> np.ndarray:
    """The pixels that are two beside a letter, above or below."""
    near = np.zeros_like(letters)
    for axis in (0, 1):
        for step in (-2, 2):
            near |= np.roll(letters, step, axis)
    return np.asarray(near & ~letters)


def test_render_text_has_its_colour() -> None:
    pixels = show("Hello", TextStyle("title", color="#ff8000")).pixels
    opaque = pixels[pixels[..., 3] == 255][:, :3]
    assert (np.abs(opaque.astype(int) - (255, 128, 0)).max(axis=1) <= 1).sum() > 100


def test_backing_can_be_chosen() -> None:
    shadow, outline, plate = (
        show("Hello", TextStyle("title", backing=backing)).pixels
        for backing in ("shadow", "outline", "plate")
    )
    assert not np.array_equal(shadow, outline)
    full = plate[plate.shape[0] // 2, :, 3]
    assert (full > 120).all()


def test_render_text_is_cut_to_its_ink() -> None:
    alpha = show("Hello").pixels[..., 3]
    edges = [alpha[0], alpha[-1], alpha[:, 0], alpha[:, -1]]
    assert all(edge.any() for edge in edges)


def test_moved_to_takes_everything_along() -> None:
    picture = show("Hello")
    moved = picture.moved_to(picture.box.__class__(7, 9, picture.box.width, picture.box.height))
    assert (moved.x - picture.x, moved.y - picture.y) == (7 - picture.box.x, 9 - picture.box.y)


def test_render_text_keeps_line_breaks() -> None:
    assert drawn_lines(show("ONE\nTWO\r\nSIX")) == 3


def test_render_text_shrinks_a_little_rather_than_break_a_line() -> None:
    assert drawn_lines(show("PARADISE FOUND", frame=(540, 600))) == 1


def test_render_text_keeps_words_whole() -> None:
    assert drawn_lines(show("DAMPFSCHIFFFAHRT", frame=(540, 960))) == 1


@pytest.mark.parametrize("frame", [(2, 2), (16, 16), (64, 4096), (4096, 64)], ids=str)
def test_render_text_survives_any_frame(frame: tuple[int, int]) -> None:
    for style in TEXT_STYLES:
        picture = show("Hello world 天堂岛", style, frame)
        assert picture.pixels.shape[2] == 4
        assert 0 <= picture.x < frame[0] or not picture.pixels.any()


@pytest.mark.parametrize("frame", FRAMES, ids=["wide", "tall", "square"])
def test_second_line_of_a_title_is_smaller(frame: tuple[int, int]) -> None:
    rows = _rows_of_ink(show("HILL\nHILL", frame=(frame[0] * 3, frame[1] * 3)))
    first, second = rows[1] - rows[0], rows[3] - rows[2]
    assert second == pytest.approx(0.5 * first, rel=0.15)
    assert rows[2] - rows[1] > 0.3 * second


def test_second_line_is_large_enough_to_read() -> None:
    rows = _rows_of_ink(show("H\nHILL", TextStyle("title", size="small"), (1920, 1080)))
    assert rows[3] - rows[2] >= 0.02 * 1080


@pytest.mark.parametrize("style", ["caption", "subtitle"])
def test_lines_of_a_caption_are_alike(style: str) -> None:
    rows = _rows_of_ink(show("HILL\nHILL", style, (1920, 1080), even_ground("#000000")))
    assert rows[3] - rows[2] == pytest.approx(rows[1] - rows[0], abs=1)
