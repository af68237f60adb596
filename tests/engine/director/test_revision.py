from __future__ import annotations

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo.engine.director import direct
from nemovideo.protocol.draft import JsonObject
from nemovideo.timeline import describe_changes
from tests.engine.director.files import (
    assert_sound,
    calls,
    change,
    clip,
    first_cut,
    music,
    names,
    photos,
    segments,
    song,
    titles,
)

MEDIA = [*photos(4), song()]
DRAFT = first_cut(
    'make a 20-second video with slide left transitions, calm music and the title "Trip"',
    photos(4),
)


@pytest.mark.parametrize(
    ("message", "changes"),
    [
        ("make it 15 seconds", ["Video is now 15s long (was 20s)"]),
        ("make it 5 seconds longer", ["Video is now 25s long (was 20s)"]),
        ("2 seconds per photo", ["Video is now 8s long (was 20s)"]),
        ("remove the music", ["Music removed"]),
        ('change the title to "X"', ['Title is now "X" (was "Trip")']),
        ("标题改成“新的”", ['Title is now "新的" (was "Trip")']),
        ("remove the title", ['Title removed: "Trip" (0-3s)']),
        ('add the text "Bye" at the end', ['Title added: "Bye" (17-20s)']),
        ("use crossfades", ["Transitions are now crossfade 0.6s (were slideleft 0.6s)"]),
        ("用硬切", ["Transitions removed (were slideleft 0.6s)"]),
        ("use song.wav as the music", None),
        ("换一首音乐", None),
        ("make the music quieter", None),
        ("music volume 100%", None),
        ("reverse the order", None),
        ("换成竖屏", None),
        ("epic music", None),
    ],
)
def test_revision_changes_one_thing_without_a_word(message: str, changes: list[str] | None) -> None:
    outcome = direct(message, MEDIA, DRAFT)
    assert outcome.is_silent
    assert outcome.reply
    assert len(outcome.tool_calls) == 1
    assert outcome.draft is not None
    told = list(describe_changes(DRAFT, outcome.draft))
    assert told
    assert told == (changes or told)
    assert_sound(outcome.draft)


def test_revision_leaves_the_rest_as_it_is() -> None:
    after = change('change the title to "X"', MEDIA, DRAFT)
    expected = copy.deepcopy(DRAFT)
    titles(expected)[0]["m"].update(text="X", name="X")
    assert after == expected


def test_revision_leaves_the_draft_that_it_got_alone() -> None:
    before = copy.deepcopy(DRAFT)
    direct("make it 15 seconds, vertical, no music, no title", MEDIA, DRAFT)
    assert before == DRAFT


def test_revision_of_several_things_is_told() -> None:
    outcome = direct("make it 10 seconds and square, and remove the music", MEDIA, DRAFT)
    assert not outcome.is_silent
    assert outcome.reply == "Done: 10 s long, 1080x1080, no music."
    assert calls(outcome) == ["set_duration", "set_canvas", "remove_bgm"]


def test_revision_tells_what_it_could_not_use() -> None:
    outcome = direct("make it 10 seconds and trim the first clip", MEDIA, DRAFT)
    assert not outcome.is_silent
    assert outcome.reply == "Done: 10 s long. I couldn't use: “trim the first clip”."


@pytest.mark.parametrize(
    ("message", "reply"),
    [
        ("hello", "I didn't understand that, so nothing has changed. I can set"),
        (
            "make it purple",
            "I didn't understand that, so nothing has changed. I couldn't use: “purple”.",
        ),
        (
            "make it epic",
            "I didn't understand that, so nothing has changed. I couldn't use: “epic”.",
        ),
        ("trim the first clip to 5 seconds", "I didn't understand that, so nothing has changed."),
        ("make it 20 seconds", "Nothing to change: the video is like that already."),
        ("add music", "Nothing to change: the video is like that already."),
        ("no captions and make it 2 hours", "Done: no title any more. A video can last"),
        ("make it 2 hours", "Nothing has changed. A video can last from 1 second to 1 hour."),
        (
            "make it 30 seconds shorter",
            "Nothing has changed. A video can last from 1 second to 1 hour.",
        ),
        ("add a title", "Nothing has changed. I need the words of the title, in quotes"),
        (
            "use missing.mp3 as the music",
            "Nothing has changed. I found no uploaded sound of that name.",
        ),
        ("撤销", "这句话我没看懂，所以什么都没有改。"),
    ],
)
def test_revision_never_pretends(message: str, reply: str) -> None:
    assert direct(message, MEDIA, DRAFT).reply.startswith(reply)


def test_revision_says_when_there_is_no_music_to_turn_down() -> None:
    silent = change("remove the music", MEDIA, DRAFT)
    outcome = direct("make the music quieter", MEDIA, silent)
    assert outcome.draft is None
    assert outcome.reply == "Nothing has changed. There is no music on the timeline."


def test_revision_of_no_music_again_changes_nothing() -> None:
    silent = change("remove the music", MEDIA, DRAFT)
    assert direct("no music", MEDIA, silent).draft is None


def test_revision_puts_music_back() -> None:
    silent = change("remove the music", MEDIA, DRAFT)
    assert len(music(change("add epic music", MEDIA, silent))) == 1


def test_revision_keeps_the_mood_of_other_music() -> None:
    before, after = (
        music(draft)[0]["m"]["music"]
        for draft in (DRAFT, change("use different music", photos(4), DRAFT))
    )
    assert after["mood"] == before["mood"] == "calm"
    assert after["seed"] != before["seed"]


def test_revision_gives_other_music_a_mood_when_a_song_played() -> None:
    with_song = change("use song.wav as the music", MEDIA, DRAFT)
    assert (
        music(change("use different music", MEDIA, with_song))[0]["m"]["music"]["mood"] == "happy"
    )


def test_revision_moves_the_last_title_with_the_end() -> None:
    with_bye = change('add the text "Bye" at the end', MEDIA, DRAFT)
    after = change("make it 10 seconds", MEDIA, with_bye)
    assert [(one["st"], one["d"]) for one in titles(after)] == [(0, 3000), (7000, 3000)]


def test_revision_replaces_a_title_for_the_time_that_is_asked() -> None:
    after = change('title "Hi" for 5 seconds', MEDIA, DRAFT)
    assert [(one["m"]["text"], one["d"]) for one in titles(after)] == [("Hi", 5000)]


def test_revision_replaces_all_titles_when_the_old_ones_shall_go() -> None:
    after = change('remove the title, then add the text "New"', MEDIA, DRAFT)
    assert [one["m"]["text"] for one in titles(after)] == ["New"]


def test_revision_adds_files_that_came_later() -> None:
    media = [*photos(6), song()]
    outcome = direct("add the new photos", media, DRAFT)
    assert outcome.draft is not None
    assert names(outcome.draft)[-2:] == ["photo4.jpg", "photo5.jpg"]
    assert outcome.draft["d"] == 30_000
    assert_sound(outcome.draft)


def test_revision_starts_anew_when_a_new_video_is_asked_for() -> None:
    outcome = direct("turn these photos into a 12-second video", photos(3), DRAFT)
    assert outcome.draft is not None
    assert (outcome.draft["d"], len(segments(outcome.draft)), titles(outcome.draft)) == (
        12_000,
        3,
        [],
    )


def test_revision_keeps_the_kind_of_transition_when_its_length_changes() -> None:
    after = change("make the transitions last 1 second", MEDIA, DRAFT)
    assert {str(one["m"].get("transition")) for one in segments(after)[1:]} == {
        "{'name': 'slideleft', 'd': 1000}"
    }


def test_revision_brings_transitions_back_as_crossfades() -> None:
    plain = change("hard cuts", MEDIA, DRAFT)
    assert (
        segments(change("add transitions", MEDIA, plain))[1]["m"]["transition"]["name"]
        == "crossfade"
    )


def test_revision_keeps_cuts_when_the_length_changes() -> None:
    plain = change("hard cuts", MEDIA, DRAFT)
    after = change("make it 10 seconds", MEDIA, plain)
    assert all("transition" not in one["m"] for one in segments(after))


def test_revision_refuses_a_length_that_is_too_short_for_all() -> None:
    many = first_cut("make a video", photos(40))
    outcome = direct("make it 1 second", photos(40), many)
    assert outcome.draft is None
    assert outcome.reply == "Nothing has changed. 1 s is too short for 40 pictures."


def test_revision_repeats_clips_that_are_too_short() -> None:
    draft = first_cut("make a video", [clip(1, 4000)])
    outcome = direct("make it 10 seconds", [clip(1, 4000)], draft)
    assert outcome.draft is not None
    assert len(segments(outcome.draft)) == 3
    assert_sound(outcome.draft)


def test_revision_plays_songs_in_turn_to_a_new_end() -> None:
    media = [*photos(2), song("a.wav", 6000), song("b.wav", 4000)]
    after = change("make it 18 seconds", media, first_cut("make a 10-second video", media))
    assert [one["d"] for one in music(after)] == [6000, 4000, 6000, 2000]


def test_revision_works_on_a_timeline_whose_files_are_gone() -> None:
    assert_sound(change("make it 10 seconds and vertical", [], DRAFT))


def test_revision_takes_a_size_for_granted_that_is_missing() -> None:
    bare = {**copy.deepcopy(DRAFT), "m": {}}
    assert change("make it square", MEDIA, bare)["m"] == {"width": 1080, "height": 1080}


def test_revision_takes_a_volume_for_full_that_is_missing() -> None:
    plain = copy.deepcopy(DRAFT)
    music(plain)[0]["m"]["volume"] = "loud"
    assert music(change("music quieter", MEDIA, plain))[0]["m"]["volume"] == 0.6


@pytest.mark.parametrize(
    "draft",
    [{}, {"d": 5}, {"d": 5, "t": None}, {"d": 5, "t": [{"tt": 0, "sg": [{"st": "x"}]}, 7]}],
    ids=repr,
)
def test_revision_of_no_timeline_is_a_first_cut(draft: JsonObject) -> None:
    outcome = direct("make it 10 seconds", photos(2), draft)
    assert outcome.draft is not None
    assert len(segments(outcome.draft)) == 2


_WISHES = [
    "make it 7 seconds",
    "make it 3 seconds longer",
    "vertical",
    "hard cuts",
    "zoom transitions",
    "no music",
    "lofi music",
    'title "A"',
    'text "Z" at the end',
    "remove the title",
    "reverse the order",
    "add the new photos",
    "音乐小声一点",
    "use song.wav as the music",
]


@given(st.lists(st.sampled_from(_WISHES), max_size=5))
def test_revision_after_revision_stays_sound(messages: list[str]) -> None:
    media = [*photos(3), clip(1, 4000), song()]
    draft = first_cut("make a 12-second video", photos(2))
    for message in messages:
        draft = direct(message, media, draft).draft or draft
        assert_sound(draft)
