"""Fonts that came as wheels are asked first; those of the system help out."""

from __future__ import annotations

from pathlib import Path

import pytest

from nemovideo.render.text.fonts import (
    Face,
    FontBook,
    bundled_faces,
    faces_by_language,
    font_of,
    wants_colour,
)
from tests.render.text.drawing import bundled_only
from tests.support.samples.emoji_font import EMOJI, write_emoji_font

PLAIN = tuple(face for face in bundled_faces() if not face.is_colour)


@pytest.mark.parametrize(
    ("char", "file"),
    [
        ("a", "NotoSans["),
        ("λ", "NotoSans["),
        ("Ж", "NotoSans["),
        ("ế", "NotoSans["),
        ("天", "NotoSansCJK"),
        ("あ", "NotoSansCJK"),
        ("한", "NotoSansCJK"),
        ("𠮷", "NotoSansCJK"),
        ("س", "NotoSansArabic"),
        ("؟", "NotoSansArabic"),
        ("א", "NotoSansHebrew"),
        ("क", "NotoSansDevanagari"),
        ("ท", "NotoSansThai"),
        ("ক", "NotoSansBengali"),
        ("த", "NotoSansTamil"),
        ("త", "NotoSansTelugu"),
        ("ક", "NotoSansGujarati"),
        ("ಕ", "NotoSansKannada"),
        ("മ", "NotoSansMalayalam"),
        ("ක", "NotoSansSinhala"),
        ("Հ", "NotoSansArmenian"),
        ("ქ", "NotoSansGeorgian"),
        ("አ", "NotoSansEthiopic"),
        ("ក", "NotoSansKhmer"),
        ("ລ", "NotoSansLao"),
        ("မ", "NotoSansMyanmar"),
    ],
)
def test_every_script_has_a_font_by_wheel(char: str, file: str) -> None:
    face = bundled_only().face_for(char)
    assert face is not None
    assert face.path.name.startswith(file)


@pytest.mark.parametrize("char", ["\U0001f389", "★", "→", "♥", "☀", "✓", "€", "½", "№"])
def test_symbols_have_a_font_without_the_extra(char: str) -> None:
    assert FontBook(PLAIN, faces_by_language()).face_for(char) is not None


@pytest.mark.parametrize("char", ["\U000e0fff", "𓀀", "\U0001fbff"])
def test_what_no_font_has_has_none(char: str) -> None:
    assert bundled_only().face_for(char) is None


@pytest.mark.parametrize(
    ("language", "index"),
    [("zh", 2), ("ja", 0), ("ko", 1), ("", 2)],
    ids=["zh", "ja", "ko", "unknown"],
)
def test_font_book_chooses_the_languages_face(language: str, index: int) -> None:
    face = bundled_only().face_for("旅", language)
    assert face is not None
    assert face.index == index


def test_font_book_takes_quotes_from_the_chinese_face_in_chinese() -> None:
    chinese, latin = bundled_only().face_for("“", "zh"), bundled_only().face_for("“", "")
    assert chinese is not None
    assert latin is not None
    assert chinese.path.name.startswith("NotoSansCJK")
    assert latin.path.name.startswith("NotoSans[")


@pytest.mark.parametrize("char", ["a", "天", "س", "क"])
def test_fonts_have_one_weight(char: str) -> None:
    face = bundled_only().face_for(char)
    assert face is not None
    font = font_of(face)
    thin = font.face.upem * 0.001
    assert any(axis.tag == "wght" for axis in font.face.axis_infos)
    assert list(font.get_var_coords_design())[:1] == pytest.approx([600], abs=thin)


def test_font_book_prefers_emoji_in_colour() -> None:
    face = bundled_only().face_for("❤\ufe0f")
    assert face is not None
    assert face.is_colour


@pytest.mark.parametrize("cluster", ["❤\ufe0f", "1\ufe0f\u20e3", "\U0001f389"])
def test_font_book_has_emoji_without_the_extra(cluster: str) -> None:
    face = FontBook(PLAIN, {}).face_for(cluster)
    assert face is not None
    assert face.path.name.startswith("NotoEmoji")


def test_font_book_takes_the_systems_emoji_in_colour_before_those_without(tmp_path: Path) -> None:
    path = write_emoji_font(tmp_path)
    assert FontBook(PLAIN, {}, [tmp_path]).face_for(EMOJI) == Face(path, is_colour=True)


def test_font_book_draws_the_text_form_of_an_emoji_without_colour() -> None:
    face = bundled_only().face_for("\u2600\ufe0e", "zh")
    assert face is not None
    assert not face.is_colour


def test_font_book_takes_help_from_the_systems_fonts(tmp_path: Path) -> None:
    (tmp_path / "SomeFont.ttf").write_bytes(PLAIN[0].path.read_bytes())
    (tmp_path / "broken.ttf").write_bytes(b"no font")
    face = FontBook([], {}, [tmp_path, tmp_path / "gone"]).face_for("é")
    assert face == Face(tmp_path / "SomeFont.ttf")


@pytest.mark.parametrize(
    ("cluster", "wanted"),
    [("🎉", True), ("❤\ufe0f", True), ("❤", False), ("☀\ufe0e", False), ("a", False)],
)
def test_wants_colour_follows_nature_and_selector(cluster: str, wanted: bool) -> None:
    assert wants_colour(cluster) is wanted
