"""Two photos in one frame: how that is made and said, and what other edits do to it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from nemovideo.editing import EditError, apply_edits, direct, parse_edits
from nemovideo.editing.model import MediaItem
from nemovideo.editing.reading.reader import read_message
from nemovideo.timeline import Timeline
from nemovideo.timeline.model import Clip
from nemovideo.timeline.wire import to_draft
from tests.editing.scenes import scene, uprights

ALONE, PAIRED = uprights(), uprights(are_paired=True)
"""Wide, three upright photos, two wide ones and a film; and the same with 2 and 3 as a pair."""

Shown = str | tuple[str, str]


def edited(*edits: dict[str, Any], before: Any = PAIRED) -> Timeline:
    return apply_edits(before.timeline, parse_edits(list(edits)), before.media)


def shown(timeline: Timeline) -> list[Shown]:
    """The names of the clips, of pairs both, without endings."""
    names = [[(one.name or "").partition(".")[0] for one in c.pictures] for c in timeline.clips]
    return [names_of[0] if len(names_of) == 1 else (names_of[0], names_of[1]) for names_of in names]


def lengths(timeline: Timeline) -> list[int]:
    starts = [clip.start_ms for clip in timeline.clips] + [timeline.duration_ms]
    return [end - start for start, end in pairwise(starts)]


def beside(timeline: Timeline, place: int) -> Clip:
    found = timeline.clips[place].beside
    assert found is not None
    return found


AS_IT_WAS: list[Shown] = ["beach", "lake", "mountain", "IMG_0004", "city_night", "party"]
TOGETHER: list[Shown] = ["beach", ("lake", "mountain"), "IMG_0004", "city_night", "party"]


# Making them


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        ({"do": "pair", "clips": [2, 3]}, TOGETHER),
        ({"do": "pair"}, TOGETHER),
        ({"do": "pair", "kind": "upright"}, TOGETHER),
        ({"do": "pair", "clips": "photos"}, TOGETHER),
        (
            {"do": "pair", "clips": ["mountain", "lake.jpg"]},
            ["beach", ("mountain", "lake"), "IMG_0004", "city_night", "party"],
        ),
        (
            {"do": "pair", "clips": [4, 1]},
            ["lake", "mountain", ("IMG_0004", "beach"), "city_night", "party"],
        ),
        (
            {"do": "pair", "clips": [1, 2, 3, 4]},
            [("beach", "lake"), ("mountain", "IMG_0004"), "city_night", "party"],
        ),
    ],
    ids=["two", "all uprights", "by kind", "photos", "by name", "from elsewhere", "two twos"],
)
def test_photos_share_the_frame(edit: dict[str, Any], expected: list[Shown]) -> None:
    assert shown(edited(edit, before=ALONE)) == expected


def test_of_wide_photos_those_are_paired_that_are_asked_for() -> None:
    usual = scene()
    made = apply_edits(usual.timeline, parse_edits({"do": "pair", "kind": "wide"}), usual.media)
    assert shown(made) == [("beach", "lake"), ("mountain", "IMG_0004"), "city_night", "party"]


def test_a_pair_is_seen_as_long_as_both_were_and_nothing_else_moves() -> None:
    before, after = ALONE.timeline, PAIRED.timeline
    assert after.duration_ms == before.duration_ms
    assert lengths(after)[1] == lengths(before)[1] + lengths(before)[2]
    assert [c.start_ms for c in after.clips] == [
        clip.start_ms for clip in before.clips if clip.name != "mountain.jpg"
    ]
    assert after.clips[1].transition == before.clips[1].transition


def test_photos_of_a_pair_fill_their_halves_and_move_alike_and_gently() -> None:
    before, (_, pair, *_) = ALONE.timeline, PAIRED.timeline.clips
    assert {before.clips[place].fit for place in (1, 2)} == {"whole"}
    one, other = pair.pictures
    assert (one.fit, other.fit) == ("fill", "fill")
    assert one.motion == other.motion
    assert one.motion is not None
    assert one.motion.name == "zoom-in"
    assert one.motion.strength < 1


def test_photos_that_stood_still_do_so_together() -> None:
    made = edited({"do": "motion", "name": "still"}, {"do": "pair"}, before=ALONE)
    assert {one.motion and one.motion.name for one in made.clips[1].pictures} == {"still"}


def test_words_on_the_second_photo_stay_with_it() -> None:
    on_third = {"do": "text", "text": "Peak", "on": 3, "style": "caption"}
    made = edited(on_third, {"do": "pair"}, before=ALONE)
    (caption,) = made.captions
    pair = made.clips[1]
    assert (caption.start_ms, caption.on) == (pair.start_ms, beside(made, 1).id)
    again = apply_edits(made, parse_edits({"do": "unpair"}), ALONE.media)
    assert again.captions[0].start_ms == again.clips[2].start_ms


def test_pairing_the_same_again_changes_nothing() -> None:
    for edit in ({"do": "pair"}, {"do": "pair", "clips": ["lake", "mountain"]}):
        assert to_draft(edited(edit)) == to_draft(PAIRED.timeline)


def test_apart_again_all_is_as_it_was() -> None:
    made = edited({"do": "unpair"})
    assert shown(made) == AS_IT_WAS
    assert lengths(made) == lengths(ALONE.timeline)
    assert [(c.id, c.fit, c.wish) for c in made.clips] == [
        (clip.id, clip.fit, clip.wish) for clip in ALONE.timeline.clips
    ]


def test_a_first_pair_comes_apart_with_the_usual_transition() -> None:
    made = edited({"do": "pair", "clips": [1, 2]}, {"do": "unpair"}, before=ALONE)
    assert [clip.wish for clip in made.clips] == [clip.wish for clip in ALONE.timeline.clips]


def test_single_pairs_can_be_parted() -> None:
    two = {"do": "pair", "clips": [1, 2, 3, 4]}
    made = edited(two, {"do": "unpair", "clips": "IMG_0004"}, before=ALONE)
    assert shown(made) == [("beach", "lake"), "mountain", "IMG_0004", "city_night", "party"]


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        ({"do": "pair", "clips": 2}, "not 1"),
        ({"do": "pair", "clips": [1, 2, 3]}, "not 3"),
        ({"do": "pair", "clips": [5, 6]}, "party.mp4 is a film"),
        ({"do": "pair", "kind": "wide"}, "no two neighbours"),
        ({"do": "unpair"}, "no photos stand side by side"),
    ],
    ids=["one", "three", "film", "none that fit", "none to part"],
)
def test_what_cannot_stand_side_by_side_is_told(edit: dict[str, Any], reason: str) -> None:
    with pytest.raises(EditError, match=reason):
        edited(edit, before=ALONE)


def test_a_pair_takes_no_third() -> None:
    with pytest.raises(EditError, match=r"lake.jpg and mountain.jpg are a pair already"):
        edited({"do": "pair", "clips": [2, 3]})


@pytest.mark.parametrize(
    "edit",
    [{"do": "pair"}, {"do": "pair", "kind": "upright"}, {"do": "pair", "clips": [2, 3]}],
    ids=["all", "by kind", "two"],
)
def test_upright_frames_have_no_room_for_upright_photos(edit: dict[str, Any]) -> None:
    upright = {"do": "canvas", "aspect": "9:16"}
    with pytest.raises(EditError, match="make it wide first"):
        edited(upright, edit, before=ALONE)


def test_wide_photos_stand_one_above_the_other_in_an_upright_frame() -> None:
    usual = scene()
    edits = parse_edits([{"do": "canvas", "aspect": "9:16"}, {"do": "pair", "clips": [3, 5]}])
    made = apply_edits(usual.timeline, edits, usual.media)
    assert shown(made)[2] == ("mountain", "city_night")
    assert {one.fit for one in made.clips[2].pictures} == {"fill"}


# What other edits do to them


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        ({"do": "remove", "clips": 2}, ["beach", "IMG_0004", "city_night", "party"]),
        (
            {"do": "remove", "clips": "mountain.jpg"},
            ["beach", "lake", "IMG_0004", "city_night", "party"],
        ),
        (
            {"do": "remove", "clips": "lake"},
            ["beach", "mountain", "IMG_0004", "city_night", "party"],
        ),
        (
            {"do": "remove", "clips": ["lake", "mountain"]},
            ["beach", "IMG_0004", "city_night", "party"],
        ),
        ({"do": "keep", "clips": [1, 2]}, ["beach", ("lake", "mountain")]),
        ({"do": "keep", "clips": ["beach", "mountain"]}, ["beach", "mountain"]),
        (
            {"do": "move", "clips": "mountain", "to": "start"},
            [("lake", "mountain"), "beach", "IMG_0004", "city_night", "party"],
        ),
        (
            {"do": "swap", "first": 2, "second": 3},
            ["beach", "IMG_0004", ("lake", "mountain"), "city_night", "party"],
        ),
        (
            {"do": "swap", "first": "lake", "second": "mountain"},
            ["beach", ("mountain", "lake"), "IMG_0004", "city_night", "party"],
        ),
        ({"do": "reverse"}, ["party", "city_night", "IMG_0004", ("lake", "mountain"), "beach"]),
        (
            {"do": "duplicate", "clips": 2},
            [*TOGETHER[:2], ("lake", "mountain"), *TOGETHER[2:]],
        ),
        ({"do": "split", "clip": 2, "at_ms": 1000}, [*TOGETHER[:2], *TOGETHER[1:]]),
        ({"do": "add", "media": ["dog.jpg"], "after": 2}, [*TOGETHER[:2], "dog", *TOGETHER[2:]]),
        ({"do": "add"}, [*TOGETHER, "dog"]),
        ({"do": "first_cut"}, [*AS_IT_WAS, "dog"]),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else "",
)
def test_edits_of_order_take_a_pair_as_one_clip(
    edit: dict[str, Any], expected: list[Shown]
) -> None:
    assert shown(edited(edit)) == expected


def test_what_is_left_of_a_pair_has_its_own_time_and_looks_as_it_does_alone() -> None:
    made = edited({"do": "remove", "clips": "mountain"})
    assert lengths(made) == [length for n, length in enumerate(lengths(ALONE.timeline)) if n != 2]
    assert made.clips[1].fit == "whole"
    assert made.clips[1].transition == PAIRED.timeline.clips[1].transition


def test_every_picture_has_an_id_of_its_own() -> None:
    made = edited({"do": "duplicate", "clips": "all", "times": 2}, {"do": "add"})
    ids = [one.id for one in made.pictures]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    ("edit", "field", "both"),
    [
        ({"do": "look", "name": "sepia", "clips": 2}, "looks", True),
        ({"do": "look", "name": "sepia"}, "looks", True),
        ({"do": "look", "name": "sepia", "clips": "mountain"}, "looks", False),
        ({"do": "rotate", "degrees": 90, "clips": 2}, "rotation", True),
        ({"do": "rotate", "degrees": 90, "clips": "mountain.jpg"}, "rotation", False),
        ({"do": "fit", "fit": "whole", "clips": 2}, "fit", True),
        ({"do": "focus", "x": 0.1, "y": 0.9, "clips": "mountain"}, "focus", False),
        ({"do": "flip", "clips": "photos"}, "flip", True),
        ({"do": "motion", "name": "pan-up", "clips": 2}, "motion", True),
        ({"do": "background", "background": "#ffffff"}, "background", True),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else "",
)
def test_pictures_change_together_or_the_one_that_is_named(
    edit: dict[str, Any], field: str, both: bool
) -> None:
    before, after = (one.clips[1].pictures for one in (PAIRED.timeline, edited(edit)))
    changed = [getattr(a, field) != getattr(b, field) for a, b in zip(before, after, strict=True)]
    assert changed == [both, True]


def test_a_picture_that_is_turned_fits_its_half_as_usual() -> None:
    made = edited({"do": "rotate", "degrees": 90, "clips": "mountain"})
    assert [one.fit for one in made.clips[1].pictures] == ["fill", "fill"]  # 4:3 in 8:9


def test_another_shape_of_the_frame_keeps_pairs_and_comes_back() -> None:
    there = {"do": "canvas", "aspect": "9:16"}
    assert shown(edited(there)) == TOGETHER
    assert to_draft(edited(there, {"do": "canvas", "aspect": "16:9"})) == to_draft(PAIRED.timeline)


def test_length_and_transition_of_a_pair_are_those_of_one_clip() -> None:
    made = edited(
        {"do": "clip_length", "clips": "mountain", "duration_ms": 5000},
        {"do": "transition", "name": "wipeleft", "clips": 2},
    )
    assert lengths(made)[1] == 5000
    transition = made.clips[1].transition
    assert transition is not None
    assert transition.name == "wipeleft"


def test_names_of_both_are_written_on_a_pair() -> None:
    made = edited({"do": "caption_names", "clips": [1, 2]})
    assert [caption.text for caption in made.captions] == ["beach", "lake · mountain"]


def test_dates_of_a_pair_are_written_once_where_they_are_the_same() -> None:
    made = edited({"do": "caption_dates", "clips": [2]})
    texts = [caption.text for caption in made.captions]
    assert texts == ["1 July 2024 · 2 July 2024"]
    again = edited({"do": "caption_places", "clips": [2]})
    assert [caption.text for caption in again.captions] == ["Como"]


def test_a_title_on_a_pair_covers_no_face() -> None:
    """The heads are in the middle of the frame, where the halves meet."""
    faces = {"lake.jpg": (0.6, 0.3, 1.0, 0.7), "mountain.jpg": (0.0, 0.3, 0.4, 0.7)}
    items = [replace(item, faces=faces.get(item.name)) for item in PAIRED.media]
    made = apply_edits(PAIRED.timeline, parse_edits({"do": "text", "text": "Us", "on": 2}), items)
    assert made.captions[0].position == "top"
    before = apply_edits(
        PAIRED.timeline, parse_edits({"do": "text", "text": "Us", "on": 2}), PAIRED.media
    )
    assert before.captions[0].position == "center"


# How it is said


@pytest.mark.parametrize(
    "message",
    [
        "put the upright photos side by side",
        "show the portrait photos next to each other",
        "can you put the vertical photos side by side please?",
        "two upright photos side by side",
        "put the photos in pairs",
        "split screen for photos 2 and 3",
        "pair up the portrait photos",
        "let photo 2 and 3 share the screen",
        "combine photos 2 and 3 into one frame",
        "make the vertical ones side by side",
        "show the lake and the mountain next to each other",
        "竖拍的照片并排显示",
        "把竖拍的照片并排",
        "第二张和第三张并排",
        "竖屏照片两张并排",
        "两张竖图并排",
        "并排显示2和3",
        "把第二张和第三张拼在一起",
        "把第二张和第三张放在同一个画面里",
        "豎拍的照片並排顯示",
        "pon las fotos verticales una al lado de la otra",
        "quiero las fotos verticales en parejas",
        "empareja las fotos verticales",
        "la segunda y la tercera foto lado a lado",
        "coloca la foto 2 y la foto 3 una junto a la otra",
    ],
)
def test_it_is_said(message: str) -> None:
    reading = read_message(message, ALONE)
    assert not reading.not_understood, reading
    made = apply_edits(ALONE.timeline, reading.edits, ALONE.media)
    assert to_draft(made) == to_draft(PAIRED.timeline)


@pytest.mark.parametrize(
    "message",
    [
        "no longer side by side",
        "no more side by side",
        "don't show them side by side",
        "I don't want them side by side any more",
        "undo the side by side",
        "turn off the split screen",
        "take them apart",
        "show the photos one after the other again",
        "separate the second photo",
        "不要并排了",
        "取消并排",
        "一张一张显示",
        "分开显示",
        "把第二张分开",
        "ya no lado a lado",
        "no las pongas lado a lado",
        "pon las fotos una tras otra",
        "separa la segunda foto",
    ],
)
def test_taking_it_back_is_said(message: str) -> None:
    reading = read_message(message, PAIRED)
    assert not reading.not_understood, reading
    made = apply_edits(PAIRED.timeline, reading.edits, PAIRED.media)
    assert shown(made) == AS_IT_WAS


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("remove the mountain", ["beach", "lake", *TOGETHER[2:]]),
        ("remove mountain.jpg", ["beach", "lake", *TOGETHER[2:]]),
        ("delete the lake photo", ["beach", "mountain", *TOGETHER[2:]]),
        ("remove the lake and the mountain", ["beach", *TOGETHER[2:]]),
        ("remove the second photo", ["beach", *TOGETHER[2:]]),
        ("删掉mountain.jpg", ["beach", "lake", *TOGETHER[2:]]),
        ("quita mountain.jpg", ["beach", "lake", *TOGETHER[2:]]),
        ("swap the lake and the mountain", ["beach", ("mountain", "lake"), *TOGETHER[2:]]),
        ("replace the mountain with dog.jpg", ["beach", ("lake", "dog"), *TOGETHER[2:]]),
        ("replace the lake with dog.jpg", ["beach", ("dog", "mountain"), *TOGETHER[2:]]),
        ("move the mountain to the end", [TOGETHER[0], *TOGETHER[2:], TOGETHER[1]]),
        ("put photo 3 next to photo 4", ["beach", TOGETHER[1], "city_night", "IMG_0004", "party"]),
    ],
)
def test_a_picture_of_a_pair_is_found_by_its_name(message: str, expected: list[Shown]) -> None:
    reading = read_message(message, PAIRED)
    assert not reading.not_understood, reading
    assert shown(apply_edits(PAIRED.timeline, reading.edits, PAIRED.media)) == expected


def test_a_look_on_one_of_a_pair_is_said() -> None:
    reading = read_message("make the mountain black and white", PAIRED)
    made = apply_edits(PAIRED.timeline, reading.edits, PAIRED.media)
    assert [bool(one.looks) for one in made.clips[1].pictures] == [False, True]


def test_not_to_pair_where_nothing_is_paired_changes_nothing() -> None:
    outcome = direct(
        "please don't put the photos side by side", ALONE.media, to_draft(ALONE.timeline)
    )
    assert outcome.draft is None


def upright(name: str) -> MediaItem:
    return MediaItem(name, f"{name}.jpg", "image", 3000, 4000)


@pytest.mark.parametrize(
    ("message", "size"),
    [
        ("make a video with the upright photos side by side", (1920, 1080)),
        ("make a 20-second video, upright photos side by side, in 4K", (3840, 2160)),
        ("make a square video, upright photos side by side", (1080, 1080)),
        ("make a wide video and show the portrait photos side by side", (1920, 1080)),
        ("做一个视频，竖拍的照片并排显示", (1920, 1080)),
        ("haz un vídeo con las fotos verticales lado a lado", (1920, 1080)),
    ],
)
def test_a_first_cut_with_pairs_is_wide(message: str, size: tuple[int, int]) -> None:
    outcome = direct(message, [upright(name) for name in "abcde"], None)
    made = Timeline.from_draft(outcome.draft)
    assert outcome.not_understood == ()
    assert shown(made) == [("a", "b"), ("c", "d"), "e"]
    assert made.canvas.size == size


def test_the_frame_is_changed_before_two_share_it() -> None:
    files = [upright(name) for name in "abcd"]
    first = direct("make a video", files, None)
    outcome = direct("put the upright photos side by side in 16:9", files, first.draft)
    assert shown(Timeline.from_draft(outcome.draft)) == [("a", "b"), ("c", "d")]
    told = direct("put the upright photos side by side", files, first.draft)
    assert "16:9" in told.reply
