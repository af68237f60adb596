"""Interlaced clips: the lines of a frame's two fields, taken one after the other, become one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import av
import av.error


def progressive(frames: Iterator[Any]) -> Iterator[Any]:
    """Yield frames without combs, as many as come; what is not flagged as interlaced stays.

    FFmpeg's `bwdif` looks at the frames before and after, so they come one late.
    """
    graph: Any = None
    form: object = None
    for frame in frames:
        if graph is not None and form != _form(frame):
            yield from _filtered(graph, None)
            graph = None
        if graph is None and frame.interlaced_frame:
            graph, form = _graph(frame), _form(frame)
        if graph is None:
            yield frame
        else:
            yield from _filtered(graph, frame)
    if graph is not None:
        yield from _filtered(graph, None)


def _form(frame: Any) -> object:
    return frame.width, frame.height, frame.format.name, frame.time_base


def _graph(frame: Any) -> Any:
    graph = av.filter.Graph()
    source = graph.add_buffer(
        width=frame.width, height=frame.height, format=frame.format, time_base=frame.time_base
    )
    fields = graph.add("bwdif", mode="send_frame", deint="interlaced")
    graph.link_nodes(source, fields, graph.add("buffersink")).configure()
    return graph


def _filtered(graph: Any, frame: Any) -> Iterator[Any]:
    graph.push(frame)
    while True:
        try:
            yield graph.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return
