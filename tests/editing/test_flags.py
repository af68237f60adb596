"""What `convert` writes in words from its flags reads back as the same flags."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

from hypothesis import given, settings, strategies as st

from nemovideo.editing import MediaItem, direct
from nemovideo.projects.convert.prompts import NO_MUSIC, VideoWishes, exact_edits, write_prompt
from nemovideo.projects.inputs.checking import InputFile
from nemovideo.timeline.names import (
    ASPECTS,
    LABELS,
    MUSIC_STYLES,
    NO_TRANSITION,
    RESOLUTIONS,
    TRANSITIONS,
    USUAL_FRAME_RATES,
)
from tests.editing.scenes import photo

NAMES = [f"photo {number}.jpg" for number in range(5)]
FILES = [InputFile(Path(name), "image", 1) for name in NAMES]
SONG = MediaItem("song", "my song.mp3", "audio", duration_ms=30_000)
MEDIA = [*(photo(name, number) for number, name in enumerate(NAMES)), SONG]
TITLES = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x5FF, exclude_characters='"“”'),
    min_size=1,
    max_size=30,
).filter(lambda text: bool(text.strip()) and unicodedata.is_normalized("NFC", text))

WISHES = st.builds(
    VideoWishes,
    duration_s=st.none() | st.integers(2, 120).map(float) | st.sampled_from([7.5, 12.25]),
    aspect=st.none() | st.sampled_from(ASPECTS),
    size=st.none() | st.sampled_from(list(RESOLUTIONS)),
    fps=st.none() | st.sampled_from(USUAL_FRAME_RATES),
    title=st.none() | TITLES,
    is_cut_to_beat=st.booleans(),
    captions=st.none() | st.sampled_from(LABELS),
    music=st.none() | st.sampled_from([NO_MUSIC, *MUSIC_STYLES]),
    transition=st.none() | st.sampled_from([NO_TRANSITION, *TRANSITIONS]),
)


@settings(max_examples=150)
@given(WISHES)
def test_words_read_back_as_the_flags(wishes: VideoWishes) -> None:
    words = direct(write_prompt(FILES, wishes), MEDIA, None)
    document = {"prompt": "", "edits": list(exact_edits(wishes) or ())}
    exact = direct(json.dumps(document), MEDIA, None)
    assert words.not_understood == ()
    assert words.draft == exact.draft
