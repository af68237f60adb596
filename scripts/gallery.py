#!/usr/bin/env python
"""Draw docs/gallery/*.jpg and write docs/gallery.md: what transitions, words and fits look like.

    python scripts/gallery.py

Everything is drawn by the renderer, from examples/photos and the portrait in tests/data/pictures.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from nemovideo.editing import MediaItem, apply_edits, parse_edits  # noqa: E402
from nemovideo.editing.first_cut import first_cut  # noqa: E402
from nemovideo.render.frames import render_frames  # noqa: E402
from nemovideo.render.media_info import probe  # noqa: E402
from nemovideo.render.picture.subject import find_subject  # noqa: E402
from nemovideo.timeline.model import Timeline  # noqa: E402
from nemovideo.timeline.names import LOOKS, TRANSITIONS  # noqa: E402

PHOTOS = sorted((ROOT / "examples" / "photos").glob("*.jpg"))
PORTRAIT = ROOT / "tests" / "data" / "pictures" / "astronaut.jpg"
FOLDER = ROOT / "docs" / "gallery"
SIDE = 240
SHAPES = ("16:9", "9:16", "1:1")


def item_of(path: Path) -> MediaItem:
    """Return a photo as the engine would upload it."""
    info, subject = probe(path), find_subject(path)
    return MediaItem(
        *(path.name, path.name, info.kind, info.width, info.height),
        focus=subject and subject.focus,
        faces=subject and subject.faces,
    )


ITEMS = {path: item_of(path) for path in (*PHOTOS, PORTRAIT)}
MEDIA = {path.name: path for path in ITEMS}


def film(paths: Sequence[Path], *edits: dict[str, Any]) -> Timeline:
    """Return the first cut of photos, changed."""
    items = [ITEMS[path] for path in paths]
    return apply_edits(first_cut(items, "gallery"), parse_edits(list(edits)), items)


def frames(timeline: Timeline, times_ms: Iterable[float], side: int = SIDE) -> list[Image.Image]:
    """Return frames as pictures."""
    drawn = render_frames(timeline, MEDIA, times_ms, longest_side=side)
    return [Image.fromarray(np.asarray(pixels)) for pixels in drawn]


def sheet(name: str, pictures: Sequence[tuple[str, Image.Image]], columns: int) -> str:
    """Save pictures side by side with a line under each; return the line that shows it."""
    width = max(picture.width for _, picture in pictures) + 8
    height = max(picture.height for _, picture in pictures) + 20
    rows = -(-len(pictures) // columns)
    page = Image.new("RGB", (width * columns, height * rows), "white")
    draw = ImageDraw.Draw(page)
    for place, (label, picture) in enumerate(pictures):
        left, top = place % columns * width + 4, place // columns * height + 2
        page.paste(picture, (left, top))
        draw.text((left, top + picture.height + 3), label, fill="black")
    FOLDER.mkdir(exist_ok=True)
    page.save(FOLDER / f"{name}.jpg", quality=80)
    return f"![{name}](gallery/{name}.jpg)"


def transitions() -> str:
    """Draw each transition at its middle."""
    shown = []
    for name in TRANSITIONS:
        made = film(PHOTOS[:2], {"do": "transition", "name": name, "duration_ms": 1000})
        middle = made.clips[1].start_ms + made.clips[1].overlap_ms / 2
        shown.append((name, frames(made, [middle])[0]))
    return sheet("transitions", shown, 6)


def looks() -> str:
    """Draw each look, at its full amount."""
    made = [("none", film([PHOTOS[0]]))]
    made += [(name, film([PHOTOS[0]], {"do": "look", "name": name})) for name in LOOKS]
    return sheet("looks", [(name, frames(one, [1000])[0]) for name, one in made], 6)


def words() -> str:
    """Draw each style of words on a light, a dark and a busy picture."""
    shown = []
    for style, text in (
        ("title", "A week\nby the sea"),
        ("caption", "3 July 2024"),
        ("subtitle", "And then it rained."),
    ):
        for path, ground in ((PHOTOS[2], "light"), (PHOTOS[5], "dark"), (PORTRAIT, "busy")):
            edits = [{"do": "canvas", "aspect": "16:9"}, {"do": "fit", "fit": "fill"}]
            edit = {"do": "text", "text": text, "style": style, "start_ms": 0, "end_ms": 4000}
            shown.append((f"{style}, {ground}", frames(film([path], *edits, edit), [2000], 320)[0]))
    return sheet("words", shown, 3)


def fits() -> str:
    """Draw a portrait in three shapes: as a first cut has it, filled, whole."""
    shown = []
    for shape in SHAPES:
        canvas = {"do": "canvas", "aspect": shape}
        for label, *edits in (
            ("first cut",),
            ("fill", {"do": "fit", "fit": "fill"}),
            ("whole, blur", {"do": "fit", "fit": "whole"}),
            (
                "whole, white",
                {"do": "fit", "fit": "whole"},
                {"do": "background", "background": "#ffffff"},
            ),
        ):
            shown.append((f"{shape} {label}", frames(film([PORTRAIT], canvas, *edits), [1000])[0]))
    return sheet("fits", shown, 4)


def pairs() -> str:
    """Draw two photos that share the frame, in three shapes, and as they come in."""
    shown = []
    for shape in SHAPES:
        edits = [{"do": "canvas", "aspect": shape}, {"do": "pair", "clips": [2, 3]}]
        made = film([PHOTOS[0], PORTRAIT, PHOTOS[4]], *edits)
        pair = made.clips[1]
        for label, time in (("comes in", pair.start_ms + 300), ("alone", pair.end_ms - 1000)):
            shown.append((f"{shape} {label}", frames(made, [time])[0]))
    return sheet("pairs", shown, 6)


def films() -> str:
    """Draw a film of 30 seconds in three shapes, a frame every three seconds."""
    shown = []
    for shape in SHAPES:
        edits = [{"do": "canvas", "aspect": shape}, {"do": "length", "duration_ms": 30_000}]
        edits.append({"do": "text", "text": "Summer", "place": "start"})
        made = film([*PHOTOS, PORTRAIT], *edits)
        times = [1500 + 3000 * number for number in range(10)]
        shown += [
            (f"{shape} {time / 1000:g} s", picture)
            for time, picture in zip(times, frames(made, times, 200), strict=True)
        ]
    return sheet("films", shown, 10)


def main() -> None:
    """Draw everything and write the page."""
    page = f"""# What it looks like

Drawn by `python scripts/gallery.py` from `examples/photos` and a portrait by NASA
(`tests/data/pictures`).

## Transitions, at their middle

{transitions()}

## Looks, at their full amount

{looks()}

## Words on light, dark and busy pictures

{words()}

## How a portrait fits into three shapes

{fits()}

## Two photos in one frame

{pairs()}

## Thirty seconds in three shapes

{films()}
"""
    (ROOT / "docs" / "gallery.md").write_text(page, "utf-8")


if __name__ == "__main__":
    main()
