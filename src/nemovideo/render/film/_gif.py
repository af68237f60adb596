"""A GIF of a finished film: fewer frames, and the 256 colours that suit it best."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import av.filter

from nemovideo.render.film.failures import translated_errors

FPS = 15


def write_gif(movie: Path, path: Path, on_frame: Callable[[], None]) -> int:
    """Write a finished film without its sound as a GIF that repeats for ever, whatever its name.

    With each frame that is read, twice in all, `on_frame` is called; what it raises ends the work.
    Returns how many frames it has.

    Raises:
        RenderError: It can't be written.
    """
    with translated_errors(path):
        palette = _palette(movie, on_frame)
        count = 0
        with av.open(str(path), "w", format="gif", options={"loop": "0"}) as target:
            stream: Any = None
            for frame in _with_palette(movie, palette, on_frame):
                if stream is None:
                    stream = target.add_stream("gif", rate=FPS)
                    stream.width, stream.height = frame.width, frame.height
                    stream.pix_fmt = "pal8"
                    stream.codec_context.time_base = Fraction(1, FPS)
                frame.pts, frame.time_base = count, Fraction(1, FPS)
                count += 1
                target.mux(stream.encode(frame))
            if stream is not None:
                target.mux(stream.encode(None))
    return count


def _palette(movie: Path, on_frame: Callable[[], None]) -> av.VideoFrame:
    with av.open(str(movie)) as source:
        video = source.streams.video[0]
        graph = av.filter.Graph()
        graph.link_nodes(
            graph.add_buffer(template=video),
            graph.add("fps", str(FPS)),
            graph.add("palettegen", "stats_mode=diff"),
            graph.add("buffersink"),
        ).configure()
        for frame in source.decode(video):
            on_frame()
            graph.push(frame)
        graph.push(None)
        palette = graph.pull()
        assert isinstance(palette, av.VideoFrame)
        return palette


def _with_palette(
    movie: Path, palette: av.VideoFrame, on_frame: Callable[[], None]
) -> Iterator[av.VideoFrame]:
    with av.open(str(movie)) as source:
        video = source.streams.video[0]
        graph = av.filter.Graph()
        frames = graph.add_buffer(template=video)
        colours = graph.add_buffer(
            width=palette.width,
            height=palette.height,
            format=palette.format,
            time_base=Fraction(1, FPS),
        )
        slowed, painted = graph.add("fps", str(FPS)), graph.add("paletteuse", "dither=bayer")
        sink = graph.add("buffersink")
        frames.link_to(slowed)
        slowed.link_to(painted, 0, 0)
        colours.link_to(painted, 0, 1)
        painted.link_to(sink)
        graph.configure()
        palette.pts, palette.time_base = 0, Fraction(1, FPS)
        colours.push(palette)
        colours.push(None)
        for frame in source.decode(video):
            on_frame()
            frames.push(frame)
            yield from _ready(graph)
        frames.push(None)
        yield from _ready(graph)


def _ready(graph: av.filter.Graph) -> Iterator[av.VideoFrame]:
    while True:
        try:
            frame = graph.pull()
        except (BlockingIOError, EOFError):
            return
        assert isinstance(frame, av.VideoFrame)
        yield frame
