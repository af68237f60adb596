"""Encoders in hardware: which there are, how they are told what to do, and whether they work here.

An encoder may be listed and yet have no hardware or driver behind it, refuse a size, or give
something else than it got. So each is tried out on a few frames of the film's size, which are
decoded again; what came of that is kept for a week, under the version of the libraries.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import av
import numpy as np

from nemovideo.errors import RenderError
from nemovideo.render.film.coding import GRADES, Coding, Picture, PictureEncoder
from nemovideo.render.film.pieces.kept import KeptPieces

_TRIED_FRAMES = 12
_LEAST_DB = 30.0
"""What comes out of a trial is nearer to what went in than this."""
_REMEMBERED_S = 7 * 86400.0
_BITS_PER_PIXEL = {"max": 0.2, "high": 0.1, "medium": 0.06, "low": 0.035, "draft": 0.06}


@dataclass(frozen=True)
class Hardware:
    """A kind of hardware that encodes H.264."""

    codec: str
    """FFmpeg's name."""
    systems: tuple[str, ...]
    """Values of `sys.platform` where it may be found."""
    options: Callable[[float], Mapping[str, str]]
    """What it is told for a quality: that of x264's scale."""
    pixels: str = "yuv420p"


HARDWARE: Mapping[str, Hardware] = {
    "videotoolbox": Hardware("h264_videotoolbox", ("darwin",), lambda _: {"realtime": "0"}),
    "nvenc": Hardware(
        "h264_nvenc",
        ("linux", "win32"),
        lambda quality: {"preset": "p5", "rc": "vbr", "cq": f"{quality:.0f}", "b": "0"},
    ),
    "qsv": Hardware(
        "h264_qsv",
        ("linux", "win32"),
        lambda quality: {"preset": "medium", "global_quality": f"{quality:.0f}"},
        pixels="nv12",
    ),
    "amf": Hardware(
        "h264_amf",
        ("linux", "win32"),
        lambda quality: {
            "quality": "balanced",
            "rc": "cqp",
            "qp_i": f"{quality:.0f}",
            "qp_p": f"{quality + 2:.0f}",
        },
        pixels="nv12",
    ),
}
"""By the names of `nemovideo.protocol.outputs.ENCODERS`."""


def find_hardware(
    wish: str, quality: str, size: tuple[int, int], fps: int, kept: KeptPieces | None
) -> tuple[Coding | None, str]:
    """Return how hardware encodes, or None where none works; and a sentence for the user.

    The wish is a name of `HARDWARE`, or ``auto`` for the first that works; what comes of a trial is
    remembered among what is kept.
    """
    names = [wish]
    if wish == "auto":
        names = [name for name, hardware in HARDWARE.items() if sys.platform in hardware.systems]
    reasons = []
    for name in names:
        coding = hardware_coding(name, quality, size, fps)
        reason = _remembered(coding, kept)
        if not reason:
            return coding, f"{name} encoded the pictures."
        reasons.append(f"{name} {reason}")
    if wish == "auto":
        return None, "No hardware that encodes works here: x264 encoded the pictures."
    return None, f"{reasons[0]}: x264 encoded the pictures in its place."


def hardware_coding(name: str, quality: str, size: tuple[int, int], fps: int) -> Coding:
    """Return how a kind of hardware is asked for a quality."""
    hardware = HARDWARE[name]
    options = {**hardware.options(GRADES[quality].crf), "profile": "high", "bf": "0"}
    if name == "videotoolbox":  # only some chips know a constant quality
        options["b"] = str(round(_BITS_PER_PIXEL[quality] * size[0] * size[1] * fps))
    return Coding(hardware.codec, options, *size, fps, threads=1, pixels=hardware.pixels)


def try_out(coding: Coding) -> str:
    """Encode a few frames, decode them, and return what is wrong as the end of a sentence."""
    if coding.encoder not in av.codecs_available:
        return "is not among the encoders of this PyAV"
    try:
        encoder = PictureEncoder(coding)
    except RenderError:
        return "can't be opened on this machine"
    try:
        packets = list(encoder.encode(_pictures(coding)))
        found = _decoded(encoder.header, [packet.content for packet in packets])
    except (RenderError, av.FFmpegError):
        return "failed in a trial"
    if sorted(packet.time for packet in packets) != list(range(_TRIED_FRAMES)):
        return "lost frames in a trial"
    if not packets[0].is_key or len(found) != _TRIED_FRAMES:
        return "gave frames in a trial that can't be decoded"
    wanted = [picture.planes.y.copy() for picture in _pictures(coding)]
    if any(_decibels(one, other) < _LEAST_DB for one, other in zip(found, wanted, strict=True)):
        return "gave other frames in a trial than it got"
    return ""


def _remembered(coding: Coding, kept: KeptPieces | None) -> str:
    """Return what is wrong with hardware, from a trial of the last days or a new one."""
    key = sha256(repr(("trial", coding, av.__version__, av.library_versions)).encode()).hexdigest()
    stored = kept.get(key) if kept is not None else None
    if stored is not None:
        tried = json.loads(stored)
        if 0 <= time.time() - tried["at"] < _REMEMBERED_S:
            return str(tried["reason"])
    reason = try_out(coding)
    if kept is not None:
        kept.put(key, json.dumps({"at": time.time(), "reason": reason}).encode())
    return reason


def _pictures(coding: Coding) -> Iterator[Picture]:
    """Yield soft stripes that move, each in a picture of its own."""
    for number in range(_TRIED_FRAMES):
        picture = Picture.blank(coding.width, coding.height)
        picture.planes.fill((128, 118, 138))
        waves = np.sin((np.arange(coding.width) + 4 * number) / 40)
        picture.planes.y[:] = np.rint(128 + 60 * waves).astype(np.uint8)
        yield picture


def _decoded(header: bytes, packets: list[bytes]) -> list[Any]:
    """Return the luma of all frames, in the order in which they show."""
    decoder: Any = av.CodecContext.create("h264", "r")
    decoder.extradata = header
    frames = [frame for content in packets for frame in decoder.decode(av.Packet(content))]
    frames += decoder.decode(None)
    return [frame.to_ndarray()[: frame.height] for frame in frames]


def _decibels(found: Any, wanted: Any) -> float:
    if found.shape != wanted.shape:
        return 0.0
    error = float(np.square(found.astype(np.float32) - wanted).mean())
    return 99.0 if error == 0 else float(10 * np.log10(255**2 / error))
