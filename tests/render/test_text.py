"""Texts fit their frame, are white on a shadow, never show boxes and say what they leave out."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from nemovideo.render import _layout
from nemovideo.render._cmap import coverage
from nemovideo.render.fonts import Face, FontBook, bundled_faces, wants_colour
from nemovideo.render.text import TextPicture, render_text
from tests.support.emoji_font import EMOJI, write_emoji_font

FRAMES = [(1920, 1080), (1080, 1920), (1080, 1080)]
BUNDLED = FontBook(bundled_faces(), ())
"""A machine without any fonts but those that come as wheels."""


def show(text: str, style: str = "title", width: int = 1920, height: int = 1080) -> TextPicture:
    return render_text(text, style, width, height, fonts=BUNDLED)


def ink(picture: TextPicture) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of the white in the frame."""
    white = (picture.pixels[..., 3] > 250) & (picture.pixels[..., :3].min(axis=2) > 200)
    rows, columns = np.nonzero(white.any(axis=1))[0], np.nonzero(white.any(axis=0))[0]
    return (
        picture.x + int(columns[0]),
        picture.y + int(rows[0]),
        picture.x + int(columns[-1]),
        picture.y + int(rows[-1]),
    )


def drawn_lines(picture: TextPicture) -> int:
    """How many separate bands of white there are."""
    white = (picture.pixels[..., 3] > 250) & (picture.pixels[..., :3].min(axis=2) > 200)
    rows = white.any(axis=1).astype(int)
    return int((np.diff(rows, prepend=0) == 1).sum())


@pytest.mark.parametrize(("width", "height"), FRAMES, ids=["wide", "tall", "square"])
@pytest.mark.parametrize(
    "text",
    [
        "Paradise Found",
        "天堂岛之旅",
        "家族旅行 2026 — été",
        "The sixty character title that someone wrote for their trip!",
        "word " * 100,
        "x" * 500,
        "字" * 500,
        "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl",
    ],
    ids=["latin", "chinese", "mixed", "long", "500 in words", "one word", "500 chinese", "lines"],
)
@pytest.mark.parametrize("style", ["title", "caption"])
def test_render_text_stays_within_the_frame(text: str, width: int, height: int, style: str) -> None:
    left, top, right, bottom = ink(show(text, style, width, height))
    assert right - left <= width * 0.88
    assert bottom - top <= height * (0.6 if style == "title" else 0.3) + 4
    assert abs((left + right) / 2 - width / 2) < width * 0.02
    assert top >= 0
    assert bottom < height


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "\t \u3000", "\u200d", "\x00\x07"])
@pytest.mark.parametrize("style", ["title", "caption", "other"])
def test_render_text_of_nothing_shows_nothing(text: str, style: str) -> None:
    picture = show(text, style)
    assert picture.pixels.shape == (1, 1, 4)
    assert not picture.pixels.any()
    assert picture.missing == ()


def test_render_text_puts_a_title_in_the_middle() -> None:
    _, top, _, bottom = ink(show("Paradise Found"))
    assert abs((top + bottom) / 2 - 540) < 20


def test_render_text_puts_a_caption_in_the_lower_third() -> None:
    _, top, _, bottom = ink(show("Paradise Found", "caption"))
    assert top > 720
    assert bottom < 1080 * 0.93


def test_render_text_draws_captions_smaller_than_titles() -> None:
    title, caption = ink(show("Paradise")), ink(show("Paradise", "caption"))
    assert (caption[2] - caption[0]) * 1.5 < title[2] - title[0]


def test_render_text_takes_an_unknown_style_for_a_title() -> None:
    assert np.array_equal(show("Hi", "subtitle").pixels, show("Hi", "title").pixels)


def test_render_text_is_white_on_a_soft_shadow() -> None:
    pixels = show("Hello").pixels
    assert (pixels[pixels[..., 3] == 255][:, :3].max(axis=1) > 250).any()
    shadow = pixels[(pixels[..., 3] > 40) & (pixels[..., 3] < 160)]
    assert shadow[:, :3].mean() < 60


def test_render_text_reads_on_white() -> None:
    pixels = show("Hello").pixels.astype(float)
    alpha = pixels[..., 3:] / 255
    on_white = pixels[..., :3] * alpha + 255 * (1 - alpha)
    assert on_white.min() < 110


def test_render_text_is_cut_to_its_ink() -> None:
    alpha = show("Hello").pixels[..., 3]
    edges = [alpha[0], alpha[-1], alpha[:, 0], alpha[:, -1]]
    assert all(edge.any() for edge in edges)


def test_render_text_keeps_line_breaks() -> None:
    assert drawn_lines(show("ONE\nTWO\r\nSIX")) == 3


def test_render_text_shrinks_a_little_rather_than_break_a_line() -> None:
    assert drawn_lines(show("PARADISE FOUND", width=1080, height=1200)) == 1


def test_render_text_keeps_words_whole() -> None:
    assert drawn_lines(show("DAMPFSCHIFFFAHRT", width=1080, height=1920)) == 1


def test_render_text_shows_chinese_without_system_fonts() -> None:
    picture = show("天堂岛之旅")
    left, top, right, bottom = ink(picture)
    assert picture.missing == ()
    assert 4 < (right - left) / (bottom - top) < 6.5  # five square characters


def test_render_text_reports_what_no_font_shows() -> None:
    with_emoji, without = show("天堂岛之旅 🎉"), show("天堂岛之旅")
    assert with_emoji.missing == ("🎉",)
    assert np.array_equal(with_emoji.pixels, without.pixels)


def test_render_text_reports_a_whole_cluster_once() -> None:
    assert show("a👨‍👩‍👧b👨‍👩‍👧 🇫🇷").missing == ("👨‍👩‍👧", "🇫🇷")


def test_render_text_of_only_missing_characters_shows_nothing() -> None:
    picture = show("🎉🎉")
    assert (bool(picture.pixels.any()), picture.missing) == (False, ("🎉",))


def test_render_text_without_any_font_reports_everything() -> None:
    picture = render_text("Hi!", "title", 640, 360, fonts=FontBook({}, ()))
    assert (bool(picture.pixels.any()), picture.missing) == (False, ("H", "i", "!"))


def test_render_text_draws_accents_alike_however_they_are_written() -> None:
    composed, decomposed = show("été"), show("e\u0301te\u0301")
    assert np.array_equal(composed.pixels, decomposed.pixels)
    assert decomposed.missing == ()


def test_render_text_is_the_same_each_time() -> None:
    assert np.array_equal(show("Paradise").pixels, show("Paradise").pixels)


def test_render_text_draws_emoji_in_their_colours(tmp_path: Path) -> None:
    write_emoji_font(tmp_path)
    fonts = FontBook(bundled_faces(), (tmp_path,))
    picture = render_text(f"天堂岛 {EMOJI}", "title", 1920, 1080, fonts=fonts)
    opaque = picture.pixels[picture.pixels[..., 3] == 255][:, :3].astype(int)
    yellow = np.abs(opaque - (255, 204, 0)).max(axis=1) <= 2
    red = np.abs(opaque - (204, 0, 51)).max(axis=1) <= 2
    assert picture.missing == ()
    assert 100**2 > yellow.sum() > 70**2
    assert 70**2 > red.sum() > 40**2


def test_render_text_draws_the_text_form_of_an_emoji_without_colour(tmp_path: Path) -> None:
    write_emoji_font(tmp_path)
    face = FontBook(bundled_faces(), (tmp_path,)).face_for("\u2600\ufe0e", "zh")
    assert face is not None
    assert not face.is_colour


def test_font_book_takes_help_from_the_systems_fonts(tmp_path: Path) -> None:
    latin = bundled_faces()[""][0]
    (tmp_path / "SomeFont.ttf").write_bytes(latin.path.read_bytes())
    (tmp_path / "broken.ttf").write_bytes(b"no font")
    face = FontBook({}, (tmp_path, tmp_path / "gone")).face_for("é", "")
    assert face == Face(tmp_path / "SomeFont.ttf")


@pytest.mark.parametrize(
    ("text", "language", "index"),
    [("旅", "zh", 2), ("旅", "ja", 0), ("旅", "ko", 1), ("旅", "", 2)],
    ids=["zh", "ja", "ko", "unknown"],
)
def test_font_book_chooses_the_languages_face(text: str, language: str, index: int) -> None:
    face = BUNDLED.face_for(text, language)
    assert face is not None
    assert face.index == index


def test_font_book_takes_latin_letters_from_the_bold_face() -> None:
    face = BUNDLED.face_for("a", "zh")
    assert face is not None
    assert face.variation == "SemiBold"


def test_font_book_takes_quotes_from_the_chinese_face_in_chinese() -> None:
    chinese, latin = BUNDLED.face_for("“", "zh"), BUNDLED.face_for("“", "")
    assert chinese is not None
    assert latin is not None
    assert (chinese.index, latin.variation) == (2, "SemiBold")


@pytest.mark.parametrize(
    ("char", "is_there"),
    [("a", True), ("é", True), ("Ж", True), ("天", False), ("🎉", False), ("\uffff", False)],
)
def test_coverage_of_a_latin_font(char: str, is_there: bool) -> None:
    assert (ord(char) in coverage(bundled_faces()[""][0].path)) is is_there


@pytest.mark.parametrize(
    ("char", "is_there"), [("天", True), ("あ", True), ("한", True), ("𠮷", True), ("ا", False)]
)
def test_coverage_of_a_collection(char: str, is_there: bool) -> None:
    face = bundled_faces()["zh"][0]
    assert (ord(char) in coverage(face.path, face.index)) is is_there


def test_coverage_reads_the_older_table_of_segments(tmp_path: Path) -> None:
    path = tmp_path / "a.ttf"
    path.write_bytes(_font_with_segments())
    found = [char for char in map(chr, range(0x2000)) if ord(char) in coverage(path)]
    assert found == ["A", "B", "C", "x", "z"]  # y is in the segment, but without a glyph


def test_coverage_of_what_is_no_font_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "a.ttf"
    path.write_bytes(b"\x00\x01\x00\x00\x00\x02" + bytes(20))
    assert ord("a") not in coverage(path)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("abc", ["a", "b", "c"]),
        ("e\u0301a", ["é", "a"]),
        ("q\u0307a", ["q\u0307", "a"]),
        ("👨‍👩‍👧x", ["👨‍👩‍👧", "x"]),
        ("👍🏽👍", ["👍🏽", "👍"]),
        ("🇫🇷🇩🇪", ["🇫🇷", "🇩🇪"]),
        ("❤\ufe0f!", ["❤\ufe0f", "!"]),
        ("1\ufe0f\u20e3", ["1\ufe0f\u20e3"]),
        ("a\tb\u00a0c", ["a", " ", "b", " ", "c"]),
        ("a\u202eb\x1bc", ["a", "b", "c"]),
    ],
    ids=[
        "letters",
        "composed",
        "accent",
        "family",
        "skin",
        "flags",
        "heart",
        "keycap",
        "blanks",
        "controls",
    ],
)
def test_clusters_are_what_readers_take_for_characters(text: str, wanted: list[str]) -> None:
    assert _layout.clusters(text) == wanted


@pytest.mark.parametrize(
    ("text", "limit", "wanted"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("one two three", 100, ["one two three"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("今天天气很好。", 6, ["今天天气很", "好。"]),
        ("他说「你好」吗", 3, ["他说", "「你", "好」吗"]),
        ("去Paris玩", 6, ["去Paris", "玩"]),
        ("well-known", 6, ["well-", "known"]),
    ],
    ids=["words", "room", "one word", "no comma first", "brackets", "mixed", "hyphen"],
)
def test_wrap_breaks_where_a_line_may_end(text: str, limit: float, wanted: list[str]) -> None:
    items = _layout.clusters(text)
    lines = _layout.wrap(items, [1.0] * len(items), limit)
    assert ["".join(items[number] for number in line) for line in lines] == wanted


def test_balanced_evens_out_lines() -> None:
    items = _layout.clusters("a trip to the sea and on")
    lines = _layout.balanced(items, [1.0] * len(items), 20)
    assert ["".join(items[number] for number in line) for line in lines] == [
        "a trip to the",
        "sea and on",
    ]


def test_balanced_never_breaks_a_word_for_it() -> None:
    items = _layout.clusters("Paradise Found")
    lines = _layout.balanced(items, [1.0] * len(items), 13)
    assert ["".join(items[number] for number in line) for line in lines] == ["Paradise", "Found"]


@pytest.mark.parametrize(
    ("text", "language"),
    [("Paris", ""), ("天堂岛", "zh"), ("京都の旅", "ja"), ("제주도", "ko"), ("漢字 카페", "ko")],
)
def test_language_is_told_by_script(text: str, language: str) -> None:
    assert _layout.language_of(text) == language


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("abc", ["abc"]),
        ("אבג", ["אבג"]),
        ("אב cd", ["cd", "אב "]),
        ("ab גד ef", ["ab ", "גד", " ef"]),
        ("אב 12", ["אב 12"]),
        ("אב 12 cd", ["cd", "אב 12 "]),
    ],
    ids=["latin", "hebrew", "hebrew first", "latin first", "number", "number between"],
)
def test_visual_runs_stand_from_left_to_right(text: str, wanted: list[str]) -> None:
    items = _layout.clusters(text)
    runs = _layout.visual_runs(items, [0] * len(items), _layout.base_direction(items))
    assert [run for run, _ in runs] == wanted


def test_visual_runs_split_where_the_face_changes() -> None:
    runs = _layout.visual_runs(list("ab天"), ["x", "x", "y"], "ltr")
    assert [run for run, _ in runs] == ["ab", "天"]


@pytest.mark.parametrize(
    ("cluster", "wanted"),
    [("🎉", True), ("❤\ufe0f", True), ("❤", False), ("☀\ufe0e", False), ("a", False)],
)
def test_wants_colour_follows_nature_and_selector(cluster: str, wanted: bool) -> None:
    assert wants_colour(cluster) is wanted


def _font_with_segments() -> bytes:
    """A file with nothing but a cmap of format 4: A-C by a shift, x-z through a list of glyphs."""
    ends, starts = (ord("C"), ord("z"), 0xFFFF), (ord("A"), ord("x"), 0xFFFF)
    shifts, offsets, glyphs = (1, 0, 1), (0, 4, 0), (7, 0, 9)
    segments = struct.pack(">3HH3H3H3H3H", *ends, 0, *starts, *shifts, *offsets, *glyphs)
    subtable = struct.pack(">7H", 4, 14 + len(segments), 0, 6, 4, 1, 2) + segments
    cmap = struct.pack(">HHHHI", 0, 1, 3, 1, 12) + subtable
    directory = struct.pack(">IHHHH4sIII", 0x00010000, 1, 16, 0, 0, b"cmap", 0, 28, len(cmap))
    return directory + cmap
