"""What a render may be asked to be: containers and how good."""

from __future__ import annotations

from typing import Literal

Quality = Literal["draft", "low", "medium", "high", "max"]
QUALITIES: tuple[Quality, ...] = ("draft", "low", "medium", "high", "max")
"""Of the engine on this machine; a draft is small and quick, to look at the whole."""
CLOUD_QUALITIES: tuple[Quality, ...] = ("low", "medium", "high")

Encoder = Literal["x264", "auto", "videotoolbox", "nvenc", "qsv", "amf"]
ENCODERS: tuple[Encoder, ...] = ("x264", "auto", "videotoolbox", "nvenc", "qsv", "amf")
"""What may write the pictures of an MP4 or MOV on this machine, the usual one first: a program, or
hardware of Apple's, NVIDIA's, Intel's or AMD's; `auto` takes hardware where some works."""

MIN_MAX_BYTES = 100_000
"""The smallest limit that a file may be given."""

Format = Literal["mp4", "mov", "webm", "gif"]
ENGINE_FORMATS: tuple[Format, ...] = ("mp4", "mov", "webm", "gif")
"""What the engine on this machine can make; the first is what it makes unless told otherwise."""
CLOUD_FORMATS = (*ENGINE_FORMATS, "mkv")
"""What the cloud may be asked for; whether it makes it, it says itself."""
