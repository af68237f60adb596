from __future__ import annotations

import copy
import json
import re
import tomllib
from dataclasses import replace
from importlib.resources import files
from string import Formatter
from typing import Any

import pytest
from hypothesis import given, settings

from nemovideo.protocol.draft import Draft, JsonObject
from nemovideo.timeline import Timeline, describe_changes, find_changes
from nemovideo.timeline.model import (
    Canvas,
    Caption,
    Clip,
    Fade,
    Look,
    Motion,
    Sound,
    Track,
    TrackType,
    Transition,
    View,
)
from nemovideo.timeline.wire import to_draft
from tests.timeline.drafts import draft, segment, titles, video, wild_drafts
from tests.timeline.timelines import changed, cut, in_a_row, local_timelines, photos

SIX = photos("abcdef")
PLAIN = cut(SIX)
JOINED = cut(photos("abcd", overlap=600))
FILM = Clip(id="f", name="f.mp4", kind="video", duration_ms=10_000)
WITH_FILM = cut(in_a_row([*photos("ab"), FILM]))
SONG = [
    Sound(id=f"s{n}", name="song.mp3", media="m", start_ms=n * 6000, duration_ms=6000, volume=0.6)
    for n in range(3)
]
WITH_MUSIC = cut(SIX, SONG)
HELLO = Caption(id="t1", text="Hello", duration_ms=3000, style="title", position="center")
BYE = Caption(id="t2", text="Bye", start_ms=15_000, duration_ms=3000, style="caption")
WITH_WORDS = cut(SIX, (), [HELLO, BYE])
SUBTITLES = [
    Caption(id=str(n), text=f"line {n}", start_ms=n * 1000, duration_ms=900, style="subtitle")
    for n in range(12)
]


def with_fields(**places: dict[str, Any]) -> Timeline:
    """Return the six photos of which some, by their letter, have other fields."""
    return PLAIN.with_clips(changed(SIX, {"abcdef".index(key): places[key] for key in places}))


def every(**fields: Any) -> Timeline:
    return with_fields(**dict.fromkeys("abcdef", fields))


def relaid(*clips: Clip, **fields: Any) -> Timeline:
    return cut(in_a_row(clips), **fields)


def joints(timeline: Timeline, **places: Transition | None) -> Timeline:
    letters = {f"{letter}.jpg": joint for letter, joint in places.items()}
    return timeline.with_clips(
        [
            replace(one, transition=letters.get(one.name or "", one.transition))
            for one in timeline.clips
        ]
    )


WIPE = Transition("wipeleft", 600)

CASES: dict[str, tuple[Timeline | None, Timeline | None, list[str]]] = {
    # Which clips there are
    "one added": (
        PLAIN,
        relaid(*SIX, FILM),
        ["Clip added: f.mp4", "Video is now 28s long (was 18s)"],
    ),
    "removed": (
        PLAIN,
        cut(photos("acdf")),
        ["2 photos removed: b.jpg, e.jpg", "Video is now 12s long (was 18s)"],
    ),
    "photos and films removed": (
        WITH_FILM,
        relaid(*photos("b")),
        ["2 clips removed: a.jpg, f.mp4", "Video is now 3s long (was 16s)"],
    ),
    "last removed of joined ones": (
        JOINED,
        replace(JOINED, duration_ms=9600).with_clips(JOINED.clips[:3]),
        ["Photo removed: d.jpg", "Video is now 9.6s long (was 12s)"],
    ),
    "removed, the others filling its time": (
        PLAIN,
        cut(photos("abc", ms=6000)),
        ["3 photos removed: d.jpg, e.jpg, f.jpg"],
    ),
    "replaced": (
        PLAIN,
        PLAIN.with_clips(changed(SIX, {0: {"id": "v-z", "name": "z.jpg"}})),
        ["Replaced: a.jpg by z.jpg"],
    ),
    "replaced under the same id": (
        PLAIN,
        relaid(*changed(SIX, {0: {"name": "z.mp4", "kind": "video", "duration_ms": 5000}})),
        ["Replaced: a.jpg by z.mp4", "Video is now 20s long (was 18s)"],
    ),
    "duplicated": (
        PLAIN,
        relaid(*SIX[:2], replace(SIX[1], id="v-new"), *SIX[2:]),
        ["Photo duplicated: b.jpg", "Video is now 21s long (was 18s)"],
    ),
    "split": (
        WITH_FILM,
        relaid(
            *photos("ab"),
            replace(FILM, duration_ms=4000),
            replace(FILM, id="g", duration_ms=6000, source_start_ms=4000),
        ),
        ["Split: f.mp4 (4s + 6s)"],
    ),
    "cut out of a film": (
        WITH_FILM,
        relaid(
            *photos("ab"),
            replace(FILM, duration_ms=4000),
            replace(FILM, id="g", duration_ms=3000, source_start_ms=7000),
        ),
        ["Split: f.mp4 (4s + 3s)", "Video is now 13s long (was 16s)"],
    ),
    # Their order
    "swapped": (PLAIN, cut(photos("aecdbf")), ["Swapped: e.jpg and b.jpg"]),
    "moved": (PLAIN, cut(photos("bcadef")), ["Moved to place 3 of 6: a.jpg"]),
    "moved back": (PLAIN, cut(photos("aebcdf")), ["Moved to place 2 of 6: e.jpg"]),
    "moved to the front": (PLAIN, cut(photos("fabcde")), ["Moved to the front: f.jpg"]),
    "moved to the end": (PLAIN, cut(photos("bcdefa")), ["Moved to the end: a.jpg"]),
    "reversed": (
        PLAIN,
        cut(photos("fedcba")),
        ["Order reversed: f.jpg, e.jpg, d.jpg, c.jpg, +2 more"],
    ),
    "shuffled": (
        PLAIN,
        cut(photos("fbdaec")),
        ["New order: f.jpg, b.jpg, d.jpg, a.jpg, +2 more"],
    ),
    "moved among joined ones": (
        JOINED,
        cut(photos("bcad", overlap=600)),
        ["Moved to place 3 of 4: a.jpg"],
    ),
    "ids written anew": (
        PLAIN,
        cut([replace(one, id=f"v-{'abcdef'[n]}") for n, one in enumerate(photos("bcdef"))]),
        ["Photo removed: a.jpg", "Video is now 15s long (was 18s)"],
    ),
    # Their time
    "one longer": (
        PLAIN,
        relaid(*changed(SIX, {1: {"duration_ms": 8000}})),
        ["Video is now 23s long (was 18s)", "Length of b.jpg is now 8s (was 3s)"],
    ),
    "each": (
        PLAIN,
        cut(photos("abcdef", ms=2000)),
        ["Video is now 12s long (was 18s), 2s for each photo"],
    ),
    "whole": (
        relaid(*changed(SIX, {0: {"duration_ms": 6000}})),
        relaid(*changed(photos("abcdef", ms=2000), {0: {"duration_ms": 4000}})),
        ["Video is now 14s long (was 21s)"],
    ),
    "another rhythm": (
        PLAIN,
        relaid(*changed(SIX, {n: {"duration_ms": 1500 + n * 600} for n in range(6)})),
        ["Length of all 6 photos changed"],
    ),
    "photos, not the film": (
        WITH_FILM,
        relaid(*photos("ab", ms=2000), FILM),
        ["Video is now 14s long (was 16s)", "Length of all 2 photos is now 2s (was 3s)"],
    ),
    "end trimmed": (
        WITH_FILM,
        relaid(*photos("ab"), replace(FILM, duration_ms=4000)),
        ["Video is now 10s long (was 16s)", "Length of f.mp4 is now 4s (was 10s)"],
    ),
    "beginning trimmed": (
        WITH_FILM,
        relaid(*photos("ab"), replace(FILM, duration_ms=4000, source_start_ms=2000)),
        ["Video is now 10s long (was 16s)", "Part shown of f.mp4 is now 2-6s (was 0-10s)"],
    ),
    "faster": (
        WITH_FILM,
        relaid(*photos("ab"), replace(FILM, duration_ms=5000, speed=2.0)),
        ["Video is now 11s long (was 16s)", "Speed of f.mp4 is now 2x (was 1x)"],
    ),
    "faster and shorter": (
        WITH_FILM,
        relaid(*photos("ab"), replace(FILM, duration_ms=2000, speed=2.0)),
        [
            "Video is now 8s long (was 16s)",
            "Length of f.mp4 is now 2s (was 10s)",
            "Speed of f.mp4 is now 2x (was 1x)",
        ],
    ),
    # Their picture
    "motion of one": (
        PLAIN,
        with_fields(b={"motion": Motion("zoom-in")}),
        ["Motion of b.jpg is now zoom in (was still)"],
    ),
    "motion in turns": (
        PLAIN,
        cut(
            changed(SIX, {n: {"motion": Motion(("zoom-in", "pan-left")[n % 2])} for n in range(6)})
        ),
        [
            "Motion of 3 photos is now zoom in (was still): a.jpg, c.jpg, e.jpg",
            "Motion of 3 photos is now pan left (was still): b.jpg, d.jpg, f.jpg",
        ],
    ),
    "many motions": (
        PLAIN,
        with_fields(
            a={"motion": Motion("zoom-in")},
            b={"motion": Motion("pan-up")},
            c={"motion": Motion("pan-down")},
        ),
        ["Motion of 3 photos changed: a.jpg, b.jpg, c.jpg"],
    ),
    "gentler": (
        every(motion=Motion("zoom-in")),
        every(motion=Motion("zoom-in", 0.5)),
        ["Motion of all 6 photos is now zoom in 50% (was zoom in)"],
    ),
    "another way of its own": (
        with_fields(a={"motion": Motion("custom", 1, View(), View(zoom=1.2))}),
        with_fields(a={"motion": Motion("custom", 1, View(), View(zoom=1.3))}),
        ["Motion of a.jpg changed"],
    ),
    "ways of the old engine fitted to a shape": (
        every(motion=Motion("custom", 1, View(), View(zoom=1.2))),
        replace(
            every(motion=Motion("custom", 1, View(), View(zoom=1.3))), canvas=Canvas(1080, 1080, 30)
        ),
        ["Shape is now square (1080x1080)"],
    ),
    "fit, background, focus": (
        with_fields(a={"fit": "fill"}),
        with_fields(a={"fit": "whole", "background": "#ffffff", "focus": (0.2, 0.1)}),
        [
            "Fit of a.jpg is now whole (was fill)",
            "Background of a.jpg is now white",
            "Focus of a.jpg is now top left",
        ],
    ),
    "focus": (
        with_fields(a={"focus": (0.5, 0.5)}, b={"focus": (0.9, 0.5)}),
        with_fields(a={"focus": (0.5, 0.9)}),
        [
            "Focus of a.jpg is now bottom (was center)",
            "Focus of b.jpg is now automatic (was right)",
        ],
    ),
    "rotated and flipped": (
        PLAIN,
        with_fields(a={"rotation": 90, "flip": "vertical"}),
        ["Rotation of a.jpg is now 90° (was 0°)", "Flip of a.jpg is now vertical"],
    ),
    "looks put on": (
        PLAIN,
        with_fields(a={"looks": (Look("sepia", 0.5), Look("warm"))}),
        ["Look of a.jpg is now sepia 50%, warm"],
    ),
    "looks taken off": (
        every(looks=(Look("grayscale"),)),
        every(looks=()),
        ["Look of all 6 photos is now none (was grayscale)"],
    ),
    "as it is by itself": (
        PLAIN,
        every(speed=1.0, volume=1, motion=Motion("still"), looks=(), rotation=0),
        ["Timeline changed"],
    ),
    # Their sound
    "muted": (
        WITH_FILM,
        WITH_FILM.with_clips(changed(WITH_FILM.clips, {2: {"volume": 0}})),
        ["Volume of f.mp4 is now 0% (was 100%)"],
    ),
    # Transitions
    "transitions added": (cut(photos("abcd")), JOINED, ["Transitions added: crossfade 0.6s"]),
    "transitions removed": (
        JOINED,
        cut(photos("abcd")),
        ["Transitions removed (were crossfade 0.6s)"],
    ),
    "other transitions": (
        JOINED,
        joints(JOINED, b=WIPE, c=WIPE, d=WIPE),
        ["Transitions are now wipeleft 0.6s (were crossfade 0.6s)"],
    ),
    "longer transitions": (
        JOINED,
        cut(photos("abcd", overlap=1000)),
        ["Length of the transitions is now 1s (was 0.6s)"],
    ),
    "transitions shortened to fit": (
        JOINED,
        cut(photos("abcd", ms=1000, overlap=300)),
        ["Video is now 4s long (was 12s), 1s for each photo"],
    ),
    "other transitions and shorter": (
        JOINED,
        joints(cut(photos("abcd", ms=1000, overlap=600)), b=WIPE, c=WIPE, d=WIPE),
        [
            "Video is now 4s long (was 12s), 1s for each photo",
            "Transitions are now wipeleft 0.6s (were crossfade 0.6s)",
        ],
    ),
    "one shorter, and the transition to it": (
        JOINED,
        cut(
            changed(
                JOINED.clips,
                {
                    1: {"duration_ms": 900, "transition": Transition("crossfade", 300)},
                    2: {"start_ms": 3300},
                    3: {"start_ms": 6300},
                },
            )
        ),
        ["Video is now 9.3s long (was 12s)", "Length of b.jpg is now 0.3s (was 3s)"],
    ),
    "background of all, film and photos": (
        WITH_FILM,
        WITH_FILM.with_clips([replace(one, background="blur") for one in WITH_FILM.clips]),
        ["Background of all 3 clips is now blur"],
    ),
    "one transition": (
        JOINED,
        joints(JOINED, c=WIPE),
        ["Transition to c.jpg is now wipeleft 0.6s (was crossfade 0.6s)"],
    ),
    "one transition of the usual length": (
        JOINED,
        joints(JOINED, c=Transition("radial")),
        ["Transition to c.jpg is now radial (was crossfade 0.6s)"],
    ),
    "one transition less": (
        JOINED,
        joints(JOINED, c=None),
        ["Transition to c.jpg is now none (was crossfade 0.6s)"],
    ),
    "some transitions": (
        JOINED,
        joints(JOINED, c=WIPE, d=WIPE),
        ["2 transitions are now wipeleft 0.6s: to c.jpg, d.jpg"],
    ),
    "some other transitions": (
        JOINED,
        joints(JOINED, c=WIPE, d=Transition("radial")),
        ["2 transitions changed: to c.jpg, d.jpg"],
    ),
    # The frame
    "shape": (
        PLAIN,
        replace(PLAIN, canvas=Canvas(1080, 1080, 30)),
        ["Shape is now square (1080x1080)"],
    ),
    "odd shape": (
        PLAIN,
        replace(PLAIN, canvas=Canvas(1000, 800, 30)),
        ["Shape is now 1.25:1 (1000x800)"],
    ),
    "size and rate": (
        PLAIN,
        replace(PLAIN, canvas=Canvas(3840, 2160, 60)),
        [
            "Picture size is now 3840x2160 (was 1920x1080)",
            "Frames per second are now 60 (were 30)",
        ],
    ),
    "shape that nothing said": (
        replace(PLAIN, canvas=Canvas()),
        replace(PLAIN, canvas=Canvas(1080, 1920)),
        ["Shape is vertical (1080x1920)"],
    ),
    "shape that nothing says": (PLAIN, replace(PLAIN, canvas=Canvas(1920)), ["Timeline changed"]),
    "fades of the picture": (
        replace(PLAIN, fade_out=Fade("#000000", 1000)),
        replace(PLAIN, fade_in=Fade("#000000", 1000), fade_out=Fade("#ffffff", 2000)),
        ["Fade in is now from black, 1s", "Fade out is now to white, 2s (was to black, 1s)"],
    ),
    "fade removed": (
        replace(PLAIN, fade_in=Fade("#00ff00", 1000)),
        PLAIN,
        ["Fade in is now none (was from #00ff00, 1s)"],
    ),
    "project": (
        replace(PLAIN, title="A"),
        replace(PLAIN, title="B\nC"),
        ['Project is now called "B C" (was "A")'],
    ),
    # Music
    "music added": (PLAIN, WITH_MUSIC, ["Music added: song.mp3 (0-18s, 60%)"]),
    "music removed": (WITH_MUSIC, PLAIN, ["Music removed"]),
    "one piece of music removed": (
        cut(SIX, [SONG[0], replace(SONG[1], name="Epic", media="e")]),
        cut(SIX, SONG[:1]),
        ["Music removed: Epic (6-12s, 60%)"],
    ),
    "another song": (
        WITH_MUSIC,
        cut(
            SIX,
            [
                Sound(
                    id="s0", name="Lo-fi", duration_ms=18_000, volume=0.6, music={"style": "lo-fi"}
                )
            ],
        ),
        ["Music is now Lo-fi (was song.mp3)"],
    ),
    "quieter": (
        WITH_MUSIC,
        cut(SIX, [replace(one, volume=0.35) for one in SONG]),
        ["Volume of the music is now 35% (was 60%)"],
    ),
    "one of two songs quieter": (
        cut(SIX, [SONG[0], replace(SONG[1], name="b.mp3")]),
        cut(SIX, [SONG[0], replace(SONG[1], name="b.mp3", volume=0.2)]),
        ["Volume of b.mp3 is now 20% (was 60%)"],
    ),
    "fades of sound": (
        WITH_MUSIC,
        cut(SIX, [replace(one, fade_in_ms=2000, fade_out_ms=0) for one in SONG]),
        ["Fade in of the music is now 2s", "Fade out of the music is now none"],
    ),
    "later in the song": (
        WITH_MUSIC,
        cut(SIX, [replace(one, source_start_ms=30_000) for one in SONG]),
        ["Music now starts 30s into the song (was 0s)"],
    ),
    "ducking": (
        WITH_MUSIC,
        cut(SIX, [replace(one, ducks=True) for one in SONG]),
        ["Music is now quieter under a clip's own sound"],
    ),
    "no ducking": (
        cut(SIX, [replace(one, ducks=True) for one in SONG]),
        WITH_MUSIC,
        ["Music is no longer quieter under a clip's own sound"],
    ),
    "music for a part": (
        WITH_MUSIC,
        cut(SIX, SONG[:1]),
        ["Time of the music is now 0-6s (was 0-18s)"],
    ),
    "music as long as the video": (
        WITH_MUSIC,
        cut(photos("abcdef", ms=4000), [*SONG, replace(SONG[0], id="s4", start_ms=18_000)]),
        ["Video is now 24s long (was 18s), 4s for each photo"],
    ),
    # Words
    "words added": (
        PLAIN,
        WITH_WORDS,
        ['Title added: "Hello" (0-3s)', 'Caption added: "Bye" (15-18s)'],
    ),
    "words removed": (WITH_WORDS, cut(SIX, (), [BYE]), ['Title removed: "Hello" (0-3s)']),
    "other words": (
        WITH_WORDS,
        cut(SIX, (), [replace(HELLO, text="Hi"), BYE]),
        ['Title is now "Hi" (was "Hello")'],
    ),
    "words restyled": (
        WITH_WORDS,
        cut(
            SIX,
            (),
            [
                replace(
                    HELLO,
                    style="caption",
                    position="top-left",
                    size="large",
                    color="#ff0000",
                    fade_in_ms=400,
                ),
                BYE,
            ],
        ),
        [
            'Style of "Hello" is now caption (was title)',
            'Place of "Hello" is now top left (was center)',
            'Size of "Hello" is now large',
            'Color of "Hello" is now red',
            'Fade in of "Hello" is now 0.4s',
        ],
    ),
    "words moved": (
        WITH_WORDS,
        cut(SIX, (), [replace(HELLO, start_ms=5000), BYE]),
        ['Time of "Hello" is now 5-8s (was 0-3s)'],
    ),
    "words at the end go along": (
        WITH_WORDS,
        relaid(
            *changed(SIX, {1: {"duration_ms": 8000}}),
            captions=[HELLO, replace(BYE, start_ms=20_000)],
        ),
        ["Video is now 23s long (was 18s)", "Length of b.jpg is now 8s (was 3s)"],
    ),
    "words on a photo go along": (
        cut(SIX, (), [replace(HELLO, start_ms=6500, duration_ms=1000)]),
        relaid(
            *changed(SIX, {1: {"duration_ms": 8000}}),
            captions=[replace(HELLO, start_ms=11_500, duration_ms=1000)],
        ),
        ["Video is now 23s long (was 18s)", "Length of b.jpg is now 8s (was 3s)"],
    ),
    "words as long as their photo": (
        cut(SIX, (), [replace(HELLO, start_ms=3000)]),
        relaid(
            *changed(SIX, {1: {"duration_ms": 8000}}),
            captions=[replace(HELLO, start_ms=3000, duration_ms=8000)],
        ),
        ["Video is now 23s long (was 18s)", "Length of b.jpg is now 8s (was 3s)"],
    ),
    "words cut off with the video": (
        cut(SIX, (), [HELLO]),
        cut(photos("abcdef", ms=400), (), [replace(HELLO, duration_ms=2400)]),
        ["Video is now 2.4s long (was 18s), 0.4s for each photo"],
    ),
    "words to the end": (
        cut(SIX, (), [replace(HELLO, duration_ms=18_000)]),
        cut(photos("abcdef", ms=4000), (), [replace(HELLO, duration_ms=24_000)]),
        ["Video is now 24s long (was 18s), 4s for each photo"],
    ),
    "subtitles": (
        PLAIN,
        cut(SIX, (), SUBTITLES),
        ['12 subtitles added: "line 0", "line 1", "line 2", "line 3", +8 more'],
    ),
    "subtitles restyled": (
        cut(SIX, (), [HELLO, *SUBTITLES]),
        cut(SIX, (), [HELLO, *(replace(one, size="large") for one in SUBTITLES)]),
        ["Size of all 12 subtitles is now large"],
    ),
    "subtitles reworded": (
        cut(SIX, (), SUBTITLES),
        cut(SIX, (), [replace(one, text=f"Line {n}") for n, one in enumerate(SUBTITLES)]),
        ["Text of all 12 subtitles changed"],
    ),
    "words of several kinds": (
        WITH_WORDS,
        cut(SIX, (), [replace(HELLO, size="small"), replace(BYE, size="small")]),
        ["Size of all 2 texts is now small"],
    ),
    "all at once": (
        None,
        cut(
            photos("abcdef", overlap=600),
            [Sound(name="Sunny", duration_ms=18_000, volume=0.6)],
            [HELLO],
            title="project",
        ),
        [
            "6 photos added: a.jpg, b.jpg, c.jpg, d.jpg, +2 more",
            "Video is 18s long",
            "Shape is wide (1920x1080)",
            "Transitions added: crossfade 0.6s",
            'Title added: "Hello" (0-3s)',
            "Music added: Sunny (0-18s, 60%)",
        ],
    ),
}


@pytest.mark.parametrize(("before", "after", "lines"), CASES.values(), ids=CASES)
def test_changes_are_told(before: Timeline | None, after: Timeline, lines: list[str]) -> None:
    assert list(describe_changes(before, after)) == lines


@pytest.mark.parametrize(("before", "after", "lines"), CASES.values(), ids=CASES)
def test_changes_are_told_in_other_languages_too(
    before: Timeline | None, after: Timeline, lines: list[str]
) -> None:
    chinese = describe_changes(before, after, language="zh-CN")
    spanish = describe_changes(before, after, language="es-MX")
    assert len(chinese) == len(spanish) == len(lines)
    assert all(re.search(r"[\u4e00-\u9fff]", line) for line in chinese)
    assert set(spanish).isdisjoint(lines)


@pytest.mark.parametrize(
    ("case", "line"),
    [
        ("removed", "移除了 2 张照片：b.jpg、e.jpg"),
        ("moved", "移到第 3 位（共 6 个）：a.jpg"),
        ("each", "视频时长现在是 12 秒（之前是 18 秒），每张照片 2 秒"),
        ("looks put on", "a.jpg 的滤镜现在是棕褐 50%、暖色"),
        ("one transition", "到 c.jpg 的转场现在是向左擦除 0.6 秒（之前是交叉淡化 0.6 秒）"),
        ("shape", "画面形状现在是正方形（1080x1080）"),
        ("quieter", "音乐的音量现在是 35%（之前是 60%）"),
        ("words moved", "“Hello”的时间现在是 5-8 秒（之前是 0-3 秒）"),
        ("as it is by itself", "时间线有变化"),
    ],
)
def test_changes_read_well_in_chinese(case: str, line: str) -> None:
    before, after, _ = CASES[case]
    assert line in describe_changes(before, after, language="zh")


@pytest.mark.parametrize(
    ("case", "line"),
    [
        ("removed", "Quitado (2 fotos): b.jpg, e.jpg"),
        ("moved", "Movido al puesto 3 de 6: a.jpg"),
        ("each", "El vídeo dura ahora 12 s (antes 18 s), 2 s por foto"),
        ("looks put on", "Filtro de a.jpg: ahora sepia 50%, cálido"),
        ("shape", "El formato es ahora cuadrado (1080x1080)"),
        ("words moved", "Tiempo de «Hello»: ahora 5-8 s (antes 0-3 s)"),
        ("as it is by itself", "La línea de tiempo ha cambiado"),
    ],
)
def test_changes_read_well_in_spanish(case: str, line: str) -> None:
    before, after, _ = CASES[case]
    assert line in describe_changes(before, after, language="es")


def test_change_is_a_line_in_english_that_knows_the_others() -> None:
    (change,) = find_changes(*CASES["shape"][:2])
    assert json.loads(json.dumps(change)) == "Shape is now square (1080x1080)"
    assert change.in_language("zh_CN.UTF-8") == "画面形状现在是正方形（1080x1080）"


def test_changes_in_an_unknown_language_are_english() -> None:
    before, after, lines = CASES["shape"]
    assert list(describe_changes(before, after, language="tlh")) == lines


def test_changes_have_the_same_holes_in_every_language() -> None:
    table = tomllib.loads(
        files("nemovideo.timeline").joinpath("phrases.toml").read_text(encoding="utf-8")
    )
    for rows in table.values():
        for key, forms in rows.items():
            assert set(forms) == {"en", "zh", "es"}, key
            assert _holes(forms["en"]) == _holes(forms["zh"]) == _holes(forms["es"]), key


def _holes(form: str | list[str]) -> list[set[str]]:
    forms = [form] if isinstance(form, str) else form
    return [{key for _, key, _, _ in Formatter().parse(one) if key} for one in forms]


@pytest.mark.parametrize(("before", "after", "lines"), CASES.values(), ids=CASES)
def test_changes_of_drafts_are_those_of_timelines(
    before: Timeline | None, after: Timeline, lines: list[str]
) -> None:
    drafts = [None if one is None else to_draft(one) for one in (before, after)]
    assert list(describe_changes(*drafts)) == lines
    read = [None if one is None else Draft.from_wire(one) for one in drafts]
    assert list(describe_changes(*read)) == lines


# Drafts of the cloud


CLOUD = draft(video(segment(0, 5000, "beach"), segment(5000, 5000, "hills")))


def test_changes_of_equal_drafts_are_none() -> None:
    assert describe_changes(CLOUD, copy.deepcopy(CLOUD)) == ()
    assert describe_changes(None, None) == ()
    assert describe_changes(PLAIN, replace(PLAIN)) == ()


def test_silent_edit_is_told_as_the_contract_says() -> None:
    after = draft(*CLOUD["t"], titles(segment(0, 3000, text="Paradise Found")))
    assert describe_changes(CLOUD, after) == ('Title added: "Paradise Found" (0-3s)',)


@pytest.mark.parametrize(
    ("after", "lines"),
    [
        (draft(video(segment(0, 10_000, "hills"))), ["Clip removed: beach"]),
        (draft(*CLOUD["t"], anything=[1]), ["Timeline changed"]),
        (
            draft(*CLOUD["t"], {"tt": 5, "sg": [segment(0, 1000, "star")]}),
            ["Track added: star (0-1s)"],
        ),
        (
            draft(video(segment(0, 5000, "beach"), segment(5000, 5000, "lake"))),
            ["Replaced: hills by lake"],
        ),
    ],
    ids=["removed", "what nobody knows", "a kind that nobody knows", "no ids"],
)
def test_changes_in_the_cloud_are_told(after: JsonObject, lines: list[str]) -> None:
    assert list(describe_changes(CLOUD, after)) == lines


def test_changes_of_pieces_of_an_unknown_kind_are_told() -> None:
    def stickers(*segments: JsonObject) -> JsonObject:
        return draft({"tt": 5, "sg": list(segments)})

    before = stickers(segment(0, 1000, "star", volume=0.5), segment(0, 2000))
    after = stickers(segment(1000, 1000, "star", volume=0.1), segment(0, 2000, "moon"))
    assert describe_changes(before, after) == (
        "Track is now moon (was untitled)",
        "Volume of star is now 10% (was 50%)",
        "Time of star is now 1-2s (was 0-1s)",
    )


def test_changes_of_a_timeline_with_several_picture_tracks_are_told() -> None:
    logo = Clip(id="l", name="logo.png", kind="image", duration_ms=18_000)
    before = replace(PLAIN, tracks=(*PLAIN.tracks, Track(TrackType.VIDEO, (logo,))))
    after = replace(
        PLAIN, tracks=(*PLAIN.tracks, Track(TrackType.VIDEO, (replace(logo, flip="vertical"),)))
    )
    assert describe_changes(before, after) == ("Flip of logo.png is now vertical",)


@given(wild_drafts, wild_drafts)
def test_changes_between_any_json_are_lines(before: JsonObject, after: JsonObject) -> None:
    lines = describe_changes(before, after)
    assert bool(lines) == (before != after)
    assert all(line and "\n" not in line for line in lines)


@settings(max_examples=30)
@given(local_timelines, local_timelines)
def test_changes_between_any_timelines_are_as_many_lines_in_every_language(
    before: Timeline, after: Timeline
) -> None:
    lines = describe_changes(before, after)
    chinese = describe_changes(before, after, language="zh")
    spanish = describe_changes(before, after, language="es")
    assert bool(lines) == (before != after)
    assert len(lines) == len(chinese) == len(spanish)
    assert all(line and "\n" not in line for line in (*lines, *chinese, *spanish))
