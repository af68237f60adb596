"""Other pictures, sounds of clips, transitions and frames."""

from __future__ import annotations

from dataclasses import replace

from nemovideo.timeline.model import (
    Canvas,
    Fade,
    Look,
    Motion,
    Transition,
    View,
)
from tests.timeline.changes.scenes import (
    JOINED,
    PLAIN,
    SIX,
    WIPE,
    WITH_FILM,
    Cases,
    every,
    joints,
    with_fields,
)
from tests.timeline.timelines import changed, cut, photos

CASES: Cases = {
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
}
