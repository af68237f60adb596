"""Drafts to MP4 files: pictures, motion, transitions, text and sound; knows no HTTP.

The names below are loaded when they are first used: PyAV, OpenCV and NumPy take their time, and
much of the engine never needs them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nemovideo.render.export import RenderCancelled, RenderResult, render_draft

__all__ = ["RenderCancelled", "RenderResult", "render_draft"]


def __getattr__(name: str) -> object:
    if name in __all__:
        return getattr(import_module("nemovideo.render.export"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
