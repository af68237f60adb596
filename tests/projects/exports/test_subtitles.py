"""The words of a film as a file of subtitles."""

from __future__ import annotations

from pathlib import Path

import pytest

from nemovideo.editing import MediaItem, apply_edits, parse_edits
from nemovideo.editing.first_cut import first_cut
from nemovideo.errors import OutputNotWritableError
from nemovideo.projects.exports.subtitles import save_subtitles
from nemovideo.protocol.draft import JsonObject
from nemovideo.timeline.wire import to_draft

SPOKEN = """1
00:00:00,500 --> 00:00:02,000
Hello,
how are you?

2
00:00:02,250 --> 00:00:03,900
你好 – ¡hola!

"""
PHOTO = MediaItem("a", "a.jpg", "image", 40, 30)


def draft_with(*edits: JsonObject) -> JsonObject:
    timeline = first_cut([PHOTO], "project")
    return to_draft(apply_edits(timeline, parse_edits([*edits]), [PHOTO]))


def test_subtitles_come_out_as_they_went_in(tmp_path: Path) -> None:
    path = tmp_path / "a.srt"
    assert save_subtitles(draft_with({"do": "subtitles", "srt": SPOKEN}), path)
    assert path.read_text("utf-8") == SPOKEN


def test_titles_and_captions_come_in_the_order_of_their_times(tmp_path: Path) -> None:
    late = {"do": "text", "text": "late", "start_ms": 3000, "end_ms": 4000}
    early = {"do": "text", "text": "early", "start_ms": 1000, "end_ms": 2000}
    save_subtitles(draft_with(late, early), tmp_path / "a.srt")
    lines = (tmp_path / "a.srt").read_text().splitlines()
    assert [line for line in lines if line.isalpha()] == ["early", "late"]
    assert "00:00:01,000 --> 00:00:02,000" in lines


def test_a_film_without_words_gives_no_file(tmp_path: Path) -> None:
    assert not save_subtitles(draft_with(), tmp_path / "a.srt")
    assert not (tmp_path / "a.srt").exists()


def test_a_place_that_takes_no_file_is_told(tmp_path: Path) -> None:
    draft = draft_with({"do": "subtitles", "srt": SPOKEN})
    with pytest.raises(OutputNotWritableError, match="No such file"):
        save_subtitles(draft, tmp_path / "missing" / "a.srt")
