"""What local-engine.md says that the engine understands, it understands; and the reverse."""

from __future__ import annotations

import re

import pytest

from nemovideo.engine.director import asks_to_undo, direct
from tests.engine.director.files import first_cut, photos, song
from tests.support.pages import DOCS

PAGE = (DOCS / "local-engine.md").read_text("utf-8")
MEDIA = [*photos(3), song()]
BEFORE = 'Make a 20-second video with crossfades, calm music and the title "One".'
NOT_UNDERSTOOD = (
    "trim the second clip",
    "crop the first photo",
    "rotate the first photo",
    "remove photo1.jpg",
    "make the first photo black and white",
    "make it faster",
    "add subtitles",
    "add a voiceover",
    "add a logo",
    "make the title red",
    "pick the best ones",
)
"""Said in words on the page."""


def documented_phrases() -> list[str]:
    rows = re.findall(r"^\| [a-z, ]+ \|.*\|$", PAGE, flags=re.MULTILINE)
    return [phrase for row in rows for phrase in re.findall(r"`([^`]+)`", row)]


def test_page_has_phrases_in_both_languages() -> None:
    phrases = documented_phrases()
    chinese = [phrase for phrase in phrases if re.search("[\u4e00-\u9fff]", phrase)]
    assert len(phrases) > 40
    assert len(chinese) > 10


@pytest.mark.parametrize("phrase", documented_phrases())
def test_phrase_of_the_page_is_understood(phrase: str) -> None:
    if asks_to_undo(phrase):
        return
    outcome = direct(phrase, MEDIA, first_cut(BEFORE, MEDIA[:3]))
    assert outcome.draft is not None, outcome.reply
    assert "couldn't use" not in outcome.reply
    assert "没能用上" not in outcome.reply


@pytest.mark.parametrize("phrase", NOT_UNDERSTOOD)
def test_what_the_page_denies_changes_nothing(phrase: str) -> None:
    outcome = direct(phrase, MEDIA, first_cut(BEFORE, MEDIA[:3]))
    assert outcome.draft is None
    assert "couldn't use" in outcome.reply
