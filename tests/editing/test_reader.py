"""Reading words: what holds for any text, any language, any clause."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings, strategies as st

from nemovideo.editing import EDITS, EditError, apply_edits, parse_edits
from nemovideo.editing.first_cut import first_cut
from nemovideo.editing.reading.items import Scene
from nemovideo.editing.reading.reader import read_message
from nemovideo.editing.reading.result import Reading
from nemovideo.language.lexicon import languages, lexicon_of, read_lexicon
from nemovideo.language.tokens import tokenize
from nemovideo.language.values import read_values
from nemovideo.timeline import Timeline
from nemovideo.timeline.wire import to_draft
from tests.editing.scenes import media, photo, scene, timeline

SCENE = scene()
WORDS = sorted(
    {form for code in languages() for form in lexicon_of(code).entries}
    | {"3", "photo", "5 s", "“Hi”", "beach.jpg", "9:16", "50%", "第", "，", "?", "-5", "2-4", "and"}
)


def read(message: str) -> Reading:
    return read_message(message, SCENE)


@given(st.text(max_size=200))
def test_any_text_is_read(message: str) -> None:
    assert isinstance(read(message), Reading)


@settings(max_examples=300)
@given(st.lists(st.sampled_from(WORDS), max_size=12))
def test_any_words_give_a_whole_timeline_or_a_reason(words: list[str]) -> None:
    before = timeline()
    for edit in read(" ".join(words)).edits:
        try:
            after = edit.apply(before, media())
        except EditError:
            continue
        assert_whole(after)
        before = after


def assert_whole(after: Timeline) -> None:
    """Check what holds for every timeline."""
    assert 1000 <= after.duration_ms <= 3_600_000
    assert after.clips[0].start_ms == 0
    assert after.clips[-1].end_ms == after.duration_ms
    for left, right in zip(after.clips, after.clips[1:], strict=False):
        assert left.end_ms - right.start_ms == right.overlap_ms
        assert right.start_ms > left.start_ms
    ids = [segment.id for track in after.tracks for segment in track.segments]
    assert len(ids) == len(set(ids))
    for segment in (*after.sounds, *after.captions):
        assert 0 <= segment.start_ms < segment.end_ms <= after.duration_ms
    assert Timeline.from_draft(to_draft(after)).to_json() == after.to_json()


@pytest.mark.parametrize("message", ["sort it", "order it like that", "put it last"])
def test_what_needs_clips_is_read_where_there_are_none(message: str) -> None:
    assert read_message(message, Scene(Timeline(), ())).edits == []


@pytest.mark.parametrize(
    "message",
    [
        "make it purple",
        "mute the first 5 seconds",
        "add music at 5 seconds",
        "remove the blurry photos",
        "make the second photo more dramatic",
        "trim the first clip to fly to Mars",
        "write something nice",
        "删除模糊的照片",
        "把画面变得更高级",
        "haz la segunda foto más dramática",
    ],
)
def test_what_is_half_understood_changes_nothing_and_is_named(message: str) -> None:
    reading = read(message)
    assert reading.edits == []
    assert reading.not_understood == [message]


@pytest.mark.parametrize(
    "message",
    [
        "is the second photo too dark?",
        "how long is it",
        "what happens if I remove the music?",
        "视频有多长？",
        "¿cuánto dura el vídeo?",
    ],
)
def test_questions_change_nothing(message: str) -> None:
    reading = read(message)
    assert reading.edits == []
    assert reading.questions


@pytest.mark.parametrize(
    "message", ["don't remove the title", "不要删除标题", "no quites el título", "keep the music"]
)
def test_negations_change_nothing_and_are_understood(message: str) -> None:
    reading = read(message)
    assert reading.edits == []
    assert reading.left_alone
    assert not reading.not_understood


@pytest.mark.parametrize(
    ("message", "key"),
    [
        ("make it -5 seconds long", "length_range"),
        ("make it 3 hours long", "length_range"),
        ("remove the ninth photo", "no_such_clip"),
        ("rotate the first photo by 45 degrees", "only_quarters"),
        ("music at 400%", "out_of_range"),
        ("at 120 fps", "fps_range"),
        ("删除第九张照片", "no_such_clip"),
        ("use missing.mp3 as the music", "no_file"),
    ],
)
def test_what_is_out_of_range_is_said(message: str, key: str) -> None:
    reading = read(message)
    problems = [problem for problem, _ in reading.problems]
    for edit in reading.edits:
        with pytest.raises(EditError) as caught:
            apply_edits(timeline(), [edit], media())
        problems.append(caught.value.key)
    assert problems == [key]


def test_numbers_mean_the_timeline_before_the_message() -> None:
    edits = read("remove the first photo and make the second black and white").edits
    after = apply_edits(timeline(), edits, media())
    assert next(clip for clip in after.clips if clip.looks).name == "lake.jpg"


def test_it_is_what_was_named_last() -> None:
    edits = read("move the last photo to the front and rotate it to the left").edits
    after = apply_edits(timeline(), edits, media())
    assert [clip.rotation for clip in after.clips] == [270, 0, 0, 0, 0, 0]


def test_one_of_several_is_asked_for() -> None:
    before = apply_edits(timeline(), read("duplicate the clip").edits, media())
    reading = read_message("mute the clip", Scene(before, media()))
    assert [choice.label for choice in reading.choices] == ["party.mp4", "party.mp4"]
    assert reading.edits == []


def test_what_is_said_again_can_be_corrected_alone() -> None:
    again = "make the lake darker. make the beach warm. make the lake darker"
    reading = read(f"{again}, the mountain I mean")
    assert [edit.clips for edit in reading.edits] == [["p2"], ["p1"], ["p3"]]  # type: ignore[attr-defined]


def test_what_is_unclear_is_asked_each_time_that_it_is_said() -> None:
    once, twice = read("delete the photo"), read("delete the photo. delete the photo")
    assert twice.choices == [*once.choices, *once.choices]
    assert len(once.choices) == 5


def test_counted_photos_are_found_behind_mere_numbers() -> None:
    wish = read("把1、2、3张变成黑白")
    assert wish.edits != []
    assert read("4、5。把1、2、3张变成黑白").edits == wish.edits


def test_a_further_language_needs_no_code() -> None:
    german = read_lexicon(
        {
            "code": "de",
            "numbers": {"drei": 3},
            "ordinals": {"dritte": 3},
            "concepts": {
                "remove": ["entferne"],
                "photo": ["foto", "fotos"],
                "filler": ["das", "bitte"],
                "second": ["sekunden"],
            },
        }
    )
    tokens, lexicon = tokenize(
        "Bitte entferne das dritte Foto, drei Sekunden", languages=[lexicon_of("en"), german]
    )
    assert lexicon.code == "de"
    values = [(token.kind, token.values) for token in read_values(tokens) if token.kind != "word"]
    assert values == [("ordinal", 3), ("punct", ","), ("duration", 3000)]
    assert all(token.is_known for token in tokens if token.kind == "word")


def test_forms_of_a_verb_are_made_of_its_infinitive() -> None:
    lexicon = read_lexicon(
        {
            "code": "xx",
            "conjugation": {
                "er": {"plain": ["er", "ed"], "stressed": ["e", "a"], "told": ["ieron"]}
            },
            "irregular": {"mover": "muev"},
            "inflection": {"o": ["o", "as"]},
            "enclitics": {"it": ["lo"]},
            "accented": {"filler": ["muevé"]},
            "concepts": {"move": ["{mover}"], "mute": ["{mover} quiet{o}"]},
        }
    )

    def concepts(text: str) -> list[list[str]]:
        tokens, _ = tokenize(text, languages=[lexicon])
        return [sorted(token.concepts) for token in tokens]

    assert concepts("mover moved mueve mueva") == [["move"]] * 4
    assert concepts("muévelo") == [["move"], ["it"]]
    assert concepts("moved quieto, muévelo quietas") == [["mute"], [], ["mute"]]
    assert concepts("movieron muevé") == [[], ["filler"]]


@pytest.mark.parametrize(
    ("message", "number"),
    [
        ("删掉海滩", 1),
        ("把海灘那张照片删掉", 1),
        ("borra la playa", 2),
        ("quita la foto de la montana", 3),
        ("elimina la foto del cumpleaños", 4),
    ],
)
def test_names_of_files_are_found_in_any_script_and_spelling(message: str, number: int) -> None:
    names = ("海滩.jpg", "playa.jpg", unicodedata.normalize("NFD", "montaña.jpg"), "cumpleaños.jpg")
    files = [photo(name, place) for place, name in enumerate(names, 1)]
    reading = read_message(message, Scene(first_cut(files, "project"), files))
    assert reading.edits == parse_edits([{"do": "remove", "clips": [f"p{number}"]}])


def test_every_edit_says_what_it_is_for() -> None:
    assert all((kind.__doc__ or "").strip() for kind in EDITS)
