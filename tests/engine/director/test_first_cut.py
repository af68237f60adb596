# ruff: noqa: E501 - the rows of a table stay on one line each

from __future__ import annotations

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo.engine.director import MediaItem, direct
from nemovideo.timeline import Timeline
from tests.engine.director.files import (
    assert_sound,
    calls,
    clip,
    first_cut,
    music,
    names,
    photo,
    photos,
    segments,
    song,
    titles,
)

CONVERT = (
    "Turn these 6 photos into a 30-second video with crossfade transitions and background music. "
    'Add the title "Trip" at the beginning.'
)


def test_first_cut_of_photos_is_a_whole_timeline() -> None:
    draft = first_cut(CONVERT, photos(6))
    assert draft["d"] == 30_000
    assert draft["m"] == {
        "title": "project",
        "width": 1920,
        "height": 1080,
        "fps": 30,
        "engine": "local/1",
    }
    assert names(draft) == [f"photo{number}.jpg" for number in range(6)]
    assert titles(draft)[0]["m"]["text"] == "Trip"
    assert (titles(draft)[0]["st"], titles(draft)[0]["d"]) == (0, 3000)
    assert_sound(draft)


def test_first_cut_reads_well_as_a_summary() -> None:
    draft = first_cut(f"{CONVERT} Background music: calm.", photos(6))
    summary = Timeline.from_draft(draft).summary()
    assert summary.startswith("Timeline (3 tracks): 1. Video: photo0.jpg +5 more (0-30s) 2. BGM: ")
    assert summary.endswith(', 60%) 3. Title: "Trip" (0-3s)')


def test_first_cut_is_told_with_its_parts() -> None:
    outcome = direct(CONVERT, photos(6), None, title="Bali")
    assert outcome.reply.startswith(
        "I made a 30-second video (1920x1080) from 6 photos: crossfades, the title “Trip” at the "
        "beginning, happy music in "
    )
    assert calls(outcome) == ["create_timeline", "add_transition", "add_text", "add_bgm"]
    assert not outcome.is_silent
    assert outcome.draft is not None
    assert outcome.draft["m"]["title"] == "Bali"


def test_first_cut_in_chinese_is_told_in_chinese() -> None:
    outcome = direct(
        "做一个竖屏的15秒短视频，标题是“天堂岛”，不要音乐", [photo(1), clip(2, 3000)], None
    )
    assert outcome.reply == (
        "做好了：用1张照片和1个片段做了一个15秒的视频（1080x1920），交叉淡化转场，"
        "开头有标题“天堂岛”，没有音乐。"
    )


def test_first_cut_says_the_same_every_time() -> None:
    assert direct(CONVERT, photos(6), None) == direct(CONVERT, photos(6), None)


@pytest.mark.parametrize(
    ("media", "size"),
    [
        ([photo(1, 1200, 1600), photo(2, 1200, 1600), photo(3)], (1080, 1920)),
        ([photo(1, 1200, 1600), photo(2)], (1920, 1080)),
        ([MediaItem("x", "x.jpg", "image")], (1920, 1080)),
    ],
)
def test_first_cut_stands_upright_when_most_pictures_do(
    media: list[MediaItem], size: tuple[int, int]
) -> None:
    metadata = first_cut("make a video", media)["m"]
    assert (metadata["width"], metadata["height"]) == size


@pytest.mark.parametrize(
    ("aspect", "size"),
    [("16:9", (1920, 1080)), ("9:16", (1080, 1920)), ("1:1", (1080, 1080)), ("4:5", (1080, 1350))],
)
def test_first_cut_has_the_size_that_is_asked_for(aspect: str, size: tuple[int, int]) -> None:
    metadata = first_cut(f"make a video, {aspect}", photos(2))["m"]
    assert (metadata["width"], metadata["height"]) == size


@pytest.mark.parametrize(
    ("media", "duration_ms"),
    [
        (photos(6), 30_000),
        (photos(20), 60_000),
        ([clip(1, 4000)], 4000),
        ([clip(1, 4000), clip(2, 5000)], 8400),
        ([clip(1, 4000), photo(1)], 8000),
        ([clip(1, 10)], 1000),
        ([clip(1, 4_000_000)], 3_600_000),
    ],
)
def test_first_cut_has_a_length_of_its_own_when_none_is_asked_for(
    media: list[MediaItem], duration_ms: int
) -> None:
    draft = first_cut("make a video", media)
    assert draft["d"] == duration_ms
    assert_sound(draft)


def test_first_cut_shows_each_photo_as_long_as_asked() -> None:
    assert first_cut("make a video with 2 seconds per photo", photos(4))["d"] == 8000


def test_first_cut_repeats_clips_that_are_too_short() -> None:
    outcome = direct("make a 30-second video", [clip(1, 4000)], None)
    assert outcome.draft is not None
    assert len(segments(outcome.draft)) == 9
    assert "so they repeat" in outcome.reply
    assert_sound(outcome.draft)


def test_first_cut_chooses_evenly_when_there_are_too_many() -> None:
    outcome = direct("make a 1-second video", photos(40), None)
    assert outcome.draft is not None
    assert names(outcome.draft) == [f"photo{number}.jpg" for number in range(0, 40, 4)]
    assert "I used 10 of 40" in outcome.reply


def test_first_cut_plays_an_uploaded_song() -> None:
    (one,) = music(first_cut("make a 30-second video with music", [*photos(2), song()]))
    assert (one["st"], one["d"], one["m"]["media"], one["m"]["volume"]) == (
        0,
        30_000,
        "a-song.wav",
        0.8,
    )
    assert (one["m"]["fade_in"], one["m"]["fade_out"]) == (1000, 2000)


def test_first_cut_plays_several_songs_in_turn() -> None:
    media = [*photos(2), song("a.wav", 20_000), song("b.wav", 5000)]
    played = [
        (one["m"]["name"], one["st"], one["d"])
        for one in music(first_cut("make a 30-second video", media))
    ]
    assert played == [("a.wav", 0, 20_000), ("b.wav", 20_000, 5000), ("a.wav", 25_000, 5000)]


def test_first_cut_plays_a_song_of_unknown_length_to_the_end() -> None:
    media = [*photos(2), song("a.wav", None), song("b.wav", 5000)]
    assert [one["d"] for one in music(first_cut("make a 30-second video", media))] == [30_000]


def test_first_cut_composes_what_is_named_beside_an_uploaded_song() -> None:
    (one,) = music(first_cut("make a video with epic music", [*photos(2), song()]))
    assert one["m"]["music"]["mood"] == "epic"


def test_first_cut_takes_the_music_from_the_mood_of_the_video() -> None:
    (one,) = music(first_cut("make a dreamy video", photos(2)))
    assert one["m"]["music"]["mood"] == "calm"


def test_first_cut_keeps_music_low_under_clips_that_sound() -> None:
    assert music(first_cut("make a video", [clip(1, 9000)]))[0]["m"]["volume"] == 0.35
    silent = [clip(1, 9000, has_audio=False)]
    assert music(first_cut("make a video", silent))[0]["m"]["volume"] == 0.6


def test_first_cut_takes_the_volume_that_is_asked_for() -> None:
    (one,) = music(first_cut("make a video, music volume 20%", photos(2)))
    assert one["m"]["volume"] == 0.2


def test_first_cut_without_music_has_none() -> None:
    assert music(first_cut("make a video, no music", photos(2))) == []


def test_first_cut_without_transitions_cuts() -> None:
    draft = first_cut("make a video without transitions", photos(3))
    assert all("transition" not in one["m"] for one in segments(draft))


def test_first_cut_of_one_photo_has_nothing_to_join() -> None:
    outcome = direct("make a video, no music", photos(1), None)
    assert outcome.reply.endswith("from 1 photo: no music.")


def test_first_cut_places_titles_one_after_the_other() -> None:
    message = 'make a 20-second video with the title "One" and the text "Two" and end with the caption "Bye" at the end'
    placed = [(one["m"]["text"], one["st"]) for one in titles(first_cut(message, photos(3)))]
    assert placed == [("One", 0), ("Two", 3000), ("Bye", 17_000)]


def test_first_cut_shortens_the_title_of_a_short_video() -> None:
    (one,) = titles(first_cut('make a 2-second video with the title "Hi"', photos(1)))
    assert (one["d"], one["m"]["fade_in"]) == (1000, 250)


@pytest.mark.parametrize(
    ("wish", "order"),
    [
        ("in reverse order", [2, 1, 0]),
        ("start with photo2.jpg", [2, 0, 1]),
        ("end with photo0.jpg", [1, 2, 0]),
        ("keep this order: photo1.jpg, photo2.jpg, photo0.jpg", [1, 2, 0]),
        ("in the same order", [0, 1, 2]),
    ],
)
def test_first_cut_follows_an_order(wish: str, order: list[int]) -> None:
    draft = first_cut(f"make a video, {wish}", photos(3))
    assert names(draft) == [f"photo{number}.jpg" for number in order]


def test_first_cut_sorts_names_as_people_do() -> None:
    media = [MediaItem(name, name, "image", 4, 3) for name in ("b10.jpg", "b9.jpg", "A1.jpg")]
    draft = first_cut("make a video sorted by name", media)
    assert names(draft) == ["A1.jpg", "b9.jpg", "b10.jpg"]


def test_first_cut_shuffles_the_same_way_every_time() -> None:
    shuffled = names(first_cut("make a video in random order", photos(9)))
    assert sorted(shuffled) == names(first_cut("make a video", photos(9)))
    assert shuffled == names(first_cut("make a video in random order", photos(9)))


@pytest.mark.parametrize(
    ("message", "media", "reply"),
    [
        ("make a video", [], "There is nothing to work with yet."),
        ("做个视频", [], "还没有素材。"),
        ("make a video", [song()], "There is only sound so far."),
        ("hello", photos(1), "I didn't understand that, so nothing has changed. Tell me"),
        (
            "ciao bella",
            photos(1),
            "I didn't understand that, so nothing has changed. I couldn't use: “ciao bella”.",
        ),
        ("こんにちは", photos(1), "I didn't understand that"),
        (
            "make a 2 hour video",
            photos(1),
            "Nothing has changed. A video can last from 1 second to 1 hour.",
        ),
        ("飞到火星", photos(1), "这句话我没看懂，所以什么都没有改。这些我没能用上：“飞"),
    ],
)
def test_first_cut_is_refused_with_a_reason(
    message: str, media: list[MediaItem], reply: str
) -> None:
    outcome = direct(message, media, None)
    assert outcome.draft is None
    assert outcome.tool_calls == ()
    assert outcome.reply.startswith(reply)


@pytest.mark.parametrize(
    ("language", "word"), [("zh-CN", "做好了"), ("en", "I made"), ("ja", "I made")]
)
def test_first_cut_answers_in_the_sessions_language_when_the_message_has_none(
    language: str, word: str
) -> None:
    assert direct("9:16", photos(1), None, language=language).reply.startswith(word)


def test_first_cut_names_what_it_could_not_use() -> None:
    outcome = direct("make a purple 10-second video about Bali", photos(2), None)
    assert outcome.reply.endswith(" I couldn't use: “about Bali”, “purple”.")


def test_first_cut_leaves_its_inputs_as_they_are() -> None:
    media = photos(3)
    before = copy.deepcopy(media)
    direct(CONVERT, media, None)
    assert media == before


_media = st.lists(
    st.one_of(
        st.builds(photo, st.integers(0, 99), st.integers(1, 9000), st.integers(1, 9000)),
        st.builds(clip, st.integers(0, 99), st.integers(1, 90_000)),
        st.builds(song, st.just("s.wav"), st.one_of(st.none(), st.integers(0, 90_000))),
    ),
    max_size=40,
)


@given(
    _media,
    st.integers(1, 3600),
    st.sampled_from(["", ", no transitions", ", 2-second transitions"]),
)
def test_first_cut_of_anything_is_sound(media: list[MediaItem], length: int, wish: str) -> None:
    outcome = direct(f"make a {length}-second video{wish}", media, None)
    if outcome.draft is not None:
        assert outcome.draft["d"] == length * 1000
        assert_sound(outcome.draft)
