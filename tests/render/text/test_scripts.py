"""Texts in every script, with emoji, and what no font shows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from nemovideo.render.text import TextStyle, lay_out, missing_characters
from nemovideo.render.text.fonts import FontBook, bundled_faces
from tests.render.text.drawing import WIDE, drawn_lines, show
from tests.support.samples.emoji_font import EMOJI, write_emoji_font


def test_lines_of_tall_scripts_do_not_touch() -> None:
    assert drawn_lines(show("ပြည်ကြီး\nပြည်ကြီး", frame=(960, 540))) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Paradise",
        "ελλάς",
        "Жизнь",
        "天堂岛",
        "京都の",
        "제주도",
        "سلام",
        "שלום",
        "नमस्ते",
        "ที่นี่",
        "🎉👨‍👩‍👧",
    ],
)
def test_every_script_is_shown_without_the_systems_fonts(text: str) -> None:
    picture = show(text)
    assert picture.missing == ()
    assert (picture.pixels[..., 3] == 255).sum() > 100


def test_render_text_reports_what_no_font_shows() -> None:
    with_other, without = show("天堂岛之旅 𓀀"), show("天堂岛之旅")
    assert with_other.missing == ("𓀀",)
    assert with_other.notes() == ("No font here can show 𓀀: it is left out.",)
    assert np.array_equal(with_other.pixels, without.pixels)


def test_missing_characters_are_named_once_and_whole() -> None:
    fonts = FontBook([face for face in bundled_faces() if "NotoSans[" in face.path.name], {})
    missing = missing_characters("a👨‍👩‍👧b👨‍👩‍👧 🇫🇷 天", fonts=fonts)
    assert missing == ("👨‍👩‍👧", "🇫🇷", "天")
    assert missing_characters("Hello\nworld \u200d") == ()


def test_render_text_of_only_missing_characters_shows_nothing() -> None:
    picture = show("𓀀𓀀")
    assert (bool(picture.pixels.any()), picture.missing) == (False, ("𓀀",))


def test_render_text_without_any_font_reports_everything() -> None:
    picture = lay_out("Hi!", TextStyle(), WIDE, fonts=FontBook([], {})).drawn(None)
    assert (bool(picture.pixels.any()), picture.missing) == (False, ("H", "i", "!"))


def test_render_text_draws_accents_alike_however_they_are_written() -> None:
    composed, decomposed = show("été"), show("e\u0301te\u0301")
    assert np.array_equal(composed.pixels, decomposed.pixels)


def test_render_text_draws_emoji_in_their_colours(tmp_path: Path) -> None:
    write_emoji_font(tmp_path)
    plain = [face for face in bundled_faces() if not face.is_colour]
    fonts = FontBook(plain, {}, [tmp_path])
    picture = lay_out(f"A {EMOJI}", TextStyle(), (1920, 1080), fonts=fonts).drawn(None)
    opaque = picture.pixels[picture.pixels[..., 3] == 255][:, :3].astype(int)
    yellow = np.abs(opaque - (255, 204, 0)).max(axis=1) <= 2
    red = np.abs(opaque - (204, 0, 51)).max(axis=1) <= 2
    assert 100**2 > yellow.sum() > 70**2
    assert 70**2 > red.sum() > 40**2


def test_flag_is_drawn_in_its_colours() -> None:
    picture = show("🇫🇷", frame=(960, 540))
    opaque = picture.pixels[picture.pixels[..., 3] == 255][:, :3].astype(int)
    blue, red = opaque[:, 2] > opaque[:, 0] + 80, opaque[:, 0] > opaque[:, 2] + 80
    assert blue.sum() > 200
    assert red.sum() > 200
