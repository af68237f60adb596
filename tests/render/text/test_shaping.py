"""Scripts are joined, stacked and reordered by the font alone: nothing of the system takes part."""

from __future__ import annotations

import pytest

from nemovideo.render.text import segments
from nemovideo.render.text.fonts import FontBook, bundled_faces, faces_by_language
from nemovideo.render.text.shaping import Line, Shaper
from tests.render.text.drawing import bundled_only

PLAIN = FontBook([face for face in bundled_faces() if not face.is_colour], faces_by_language())
"""Without the extra for emoji in colour."""


def line(text: str, language: str | None = None, fonts: FontBook | None = None) -> Line:
    told = segments.language_of(text) if language is None else language
    clusters = segments.clusters(text)
    return Shaper(clusters, told, fonts or bundled_only()).line(range(len(clusters)))


def glyphs(text: str, language: str | None = None, fonts: FontBook | None = None) -> list[int]:
    """The numbers of its glyphs, from left to right."""
    runs = line(text, language, fonts).runs
    return [glyph.number for run in runs for glyph in run.glyphs]


def test_arabic_letters_are_joined() -> None:
    dotless_forms = [number for number in glyphs("ددب") if number not in glyphs("د")]
    start, middle, end = (set(glyphs(text)) for text in ("بد", "ببد", "ب"))
    assert len(dotless_forms) >= 1
    assert start != end
    assert middle - start - end


def test_arabic_lam_alef_is_one_shape() -> None:
    assert len(glyphs("لا")) <= len(glyphs("ل")) + len(glyphs("ا"))
    assert set(glyphs("لا")).isdisjoint(glyphs("ا ل"))


def test_hebrew_runs_from_right_to_left() -> None:
    assert glyphs("אב") == [*glyphs("ב"), *glyphs("א")]


def test_brackets_are_mirrored_in_lines_from_right_to_left() -> None:
    opening, closing = glyphs("("), glyphs(")")
    assert glyphs("(א)") == [*opening, *glyphs("א"), *closing]


def test_numbers_and_names_keep_their_direction_in_arabic() -> None:
    numbers = glyphs("مرحبا Nemo 12")
    assert numbers[: len("Nemo 12")] == glyphs("Nemo 12")


def test_devanagari_conjunct_is_one_shape_with_its_vowel_before_it() -> None:
    whole, conjunct, syllable = glyphs("क्षि"), glyphs("क्ष"), glyphs("कि")
    assert len(whole) == 2
    assert len(conjunct) == 1
    assert whole[1] == conjunct[0]
    assert len(syllable) == 2
    assert syllable[1] == glyphs("क")[0]  # written after the consonant, drawn before it


def test_thai_marks_stand_one_above_the_other() -> None:
    (run,) = line("ที่").runs
    vowel_alone, tone_alone = (line(text).ascent for text in ("ที", "ท่"))
    assert len(run.glyphs) == 3
    assert run.width == pytest.approx(line("ท").width)
    assert run.ascent > max(vowel_alone, tone_alone)


@pytest.mark.parametrize("fonts", [PLAIN, bundled_only()], ids=["plain", "colour"])
@pytest.mark.parametrize(
    "emoji",
    ["👨‍👩‍👧", "🇫🇷", "👍🏽", "1\ufe0f\u20e3", "❤\ufe0f", "🏳\ufe0f‍🌈", "🧑‍🚀"],
    ids=["family", "flag", "skin", "keycap", "heart", "rainbow", "job"],
)
def test_emoji_of_several_characters_is_one_picture(emoji: str, fonts: FontBook) -> None:
    (run,) = line(emoji, fonts=fonts).runs
    drawn = [glyph for glyph in run.glyphs if glyph.number > 3]  # not the blanks for selectors
    assert len(drawn) == 1


def test_emoji_in_colour_differ_in_skin_and_flag() -> None:
    assert len({*glyphs("👍"), *glyphs("👍🏽"), *glyphs("👍🏿")}) == 3
    assert glyphs("🇫🇷") != glyphs("🇩🇪")


def test_emoji_do_not_change_the_blanks_around_them() -> None:
    together = line("a 🎉 b", fonts=PLAIN).width
    apart = sum(line(text, fonts=PLAIN).width for text in ("a ", "🎉", " b"))
    assert together == pytest.approx(apart)


def test_accents_are_set_on_their_letter() -> None:
    assert line("q\u0307").width == pytest.approx(line("q").width)
    assert glyphs("e\u0301") == glyphs("é")


def test_ligatures_and_kerning_are_the_fonts_own() -> None:
    assert len(glyphs("ffi")) == 1
    assert line("AVA").width < 2 * line("A").width + line("V").width


def test_han_characters_are_those_of_the_language() -> None:
    assert len({*glyphs("骨", "zh"), *glyphs("骨", "ja")}) == 2
    assert glyphs("骨", "") == glyphs("骨", "zh")
    assert line("骨", "ko").runs[0].face.index == 1


@pytest.mark.parametrize(
    "text",
    ["Paradise", "天堂岛 2026", "مرحبا Nemo 12", "नमस्ते क्षि", "ที่นี่", "👨‍👩‍👧 🇫🇷", "efficient"],
)
def test_widths_add_up_to_the_line(text: str) -> None:
    clusters = segments.clusters(text)
    shaper = Shaper(clusters, segments.language_of(text), bundled_only())
    widths = shaper.widths()
    assert len(widths) == len(clusters)
    assert sum(widths) == pytest.approx(shaper.line(range(len(clusters))).width)


def test_empty_line_has_no_runs() -> None:
    assert line("").runs == ()
    assert (line("").width, line("").ascent) == (0, 0)
