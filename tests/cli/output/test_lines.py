"""Lines on a terminal: broken at spaces, wide characters counted, words and code whole."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from nemovideo.cli.output.lines import LineFlow, flow

ENGLISH = (
    "• Make it with `nemo session new` and a-long-file-name.mp4 (very) good.\n\n  - go on here"
)
CHINESE = (
    "照片和片段变成了一段视频，文件保存在 /srv/film/video.mp4 里面。（可以运行 `nemo status` 查看）"
)


@pytest.mark.parametrize("text", [ENGLISH, CHINESE], ids=["english", "chinese"])
@pytest.mark.parametrize("width", [24, 40, 60, 120])
def test_no_line_is_wider_than_the_terminal_and_no_word_is_cut(text: str, width: int) -> None:
    lines = flow(text, width).split("\n")
    assert all(cell_len(line) <= width for line in lines)
    assert all(line == line.rstrip() for line in lines)
    for word in (
        "`nemo session new`",
        "a-long-file-name.mp4",
        "`nemo status`",
        "/srv/film/video.mp4",
    ):
        assert (word in text) == any(word in line for line in lines)


@pytest.mark.parametrize("text", [ENGLISH, CHINESE], ids=["english", "chinese"])
@pytest.mark.parametrize("width", [11, 24, 60])
@pytest.mark.parametrize("size", [3, 5, 17])
def test_text_that_comes_in_pieces_is_broken_as_whole_text_is(
    text: str, width: int, size: int
) -> None:
    text = text.replace(".mp4", "")
    lines = LineFlow(width)
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    assert "".join(map(lines.feed, pieces)) + lines.finish() == flow(text, width)


def test_the_end_of_a_sentence_does_not_wait_for_what_comes_next() -> None:
    lines = LineFlow(40)
    assert lines.feed("I begin with the pho") == "I begin with the"
    assert lines.feed("tos.") == " photos."


def test_a_path_wider_than_the_terminal_stays_in_one_piece() -> None:
    path = "/srv/" + "a" * 50 + "/film.mp4"
    assert flow(f"it is in {path} now", 30) == f"it is in\n{path}\nnow"


def test_code_is_broken_at_spaces_only_where_it_fits_no_line() -> None:
    assert flow("run `nemo session new` now", 12) == "run `nemo\nsession new`\nnow"


def test_what_follows_a_mark_stands_below_its_words() -> None:
    assert flow("• one two three four", 12) == "• one two\n  three four"
    assert flow("    a b c d e f", 9) == "    a b c\n    d e f"


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one() -> None:
    lines = flow("好的，“这样（非常）好”，我们走。" * 4, 11).split("\n")
    assert not any(line[0] in "，。”）" or line[-1] in "“（" for line in lines)


def test_off_a_terminal_nothing_is_broken() -> None:
    assert flow("word " * 100, None) == "word " * 100


def test_further_lines_begin_where_they_are_asked_to() -> None:
    assert flow("ok  one two three", 12, indent=4) == "ok  one two\n    three"
