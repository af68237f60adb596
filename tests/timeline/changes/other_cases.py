"""Other music and other words."""

from __future__ import annotations

from dataclasses import replace

from nemovideo.timeline.model import (
    Sound,
)
from tests.timeline.changes.scenes import (
    BYE,
    HELLO,
    PLAIN,
    SIX,
    SONG,
    SUBTITLES,
    WITH_MUSIC,
    WITH_WORDS,
    Cases,
    relaid,
)
from tests.timeline.timelines import changed, cut, photos

CASES: Cases = {
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
