"""Makes clips as phones, cameras and other programs do: deep colours, turned, interlaced, odd."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt

from tests.support.media import clip_picture, write_jpeg, write_sound

Signal = npt.NDArray[np.float64]
"""Red, green and blue (…, 3), 0 to 1."""

HLG, PQ = 18, 16
BT709, UNNAMED, BT601, BT2020 = 1, 2, 5, 9
"""Transfer, matrix and primaries, by the numbers of ITU-T H.273."""

_LUMA = {BT709: (0.2126, 0.0722), BT601: (0.299, 0.114), BT2020: (0.2627, 0.0593)}
"""The weights of red and blue."""

_BT709_TO_BT2020 = np.array(
    [[0.6274, 0.3293, 0.0433], [0.0691, 0.9195, 0.0114], [0.0164, 0.0880, 0.8956]]
)
"""Of linear light; ITU-R BT.2087, 2."""

UPRIGHT = (65536, 0, 0, 65536)
ORIENTATIONS: dict[str, tuple[int, int, int, int]] = {
    "upright": UPRIGHT,
    "mirrored": (-65536, 0, 0, 65536),
    "on its head": (-65536, 0, 0, -65536),
    "on its head, mirrored": (65536, 0, 0, -65536),
    "right": (0, 65536, -65536, 0),
    "left": (0, -65536, 65536, 0),
    "transposed": (0, 65536, 65536, 0),
    "transposed the other way": (0, -65536, -65536, 0),
}
"""a, b, c and d of the display matrix: (x, y) goes to (a x + c y, b x + d y), y downwards."""


def to_hlg(sdr: Signal) -> Signal:
    """Return HLG's signal in BT.2020 for the film's, so that both look the same on a screen.

    203 cd/m² is white (ITU-R BT.2408); on from there the inverse OOTF and the OETF of BT.2100.
    """
    shown = (sdr**2.4) @ _BT709_TO_BT2020.T * 203 / 1000
    luminance = shown @ np.array([0.2627, 0.6780, 0.0593])
    scene = shown * np.maximum(luminance, 1e-12)[..., None] ** (1 / 1.2 - 1)
    low = np.sqrt(3 * scene)
    high = 0.17883277 * np.log(np.maximum(12 * scene - 0.28466892, 1e-12)) + 0.55991073
    return np.asarray(np.where(scene <= 1 / 12, low, high))


def to_pq(sdr: Signal) -> Signal:
    """Return PQ's signal in BT.2020 for the film's; 203 cd/m² is white."""
    power = ((sdr**2.4) @ _BT709_TO_BT2020.T * 203 / 10_000) ** 0.1593017578125
    return np.asarray(((0.8359375 + 18.8515625 * power) / (1 + 18.6875 * power)) ** 78.84375)


def to_bt2020(sdr: Signal) -> Signal:
    """Return the signal in BT.2020 without HDR for the film's."""
    return np.asarray(((sdr**2.4) @ _BT709_TO_BT2020.T) ** (1 / 2.4))


def yuv_frame(
    signal: Signal,
    pixel_format: str = "yuv420p10le",
    *,
    matrix: int = BT2020,
    transfer: int = UNNAMED,
    primaries: int = UNNAMED,
    is_full: bool = False,
) -> Any:
    """Make a frame of a signal (height, width, 3); computed here, not by what is to be tested.

    Args:
        signal: What it shows; where colours are kept at half the size, flat in squares of two.
        pixel_format: Planar YUV of 8 or 10 bits.
        matrix: To convert with; named in the frame, as are `transfer` and `primaries`.
        transfer: One of the numbers above.
        primaries: Likewise.
        is_full: Full range instead of limited.
    """
    frame: Any = av.VideoFrame(signal.shape[1], signal.shape[0], pixel_format)
    red, blue = _LUMA[matrix]
    y = signal @ np.array([red, 1 - red - blue, blue])
    u, v = (signal[..., 2] - y) / (2 - 2 * blue), (signal[..., 0] - y) / (2 - 2 * red)
    one = 4 if "10" in pixel_format else 1
    offset, luma, chroma = (0, 256 - 1 / one, 256 - 1 / one) if is_full else (16, 219, 224)
    values = (offset + luma * y, 128 + chroma * u, 128 + chroma * v)
    for plane, value in zip(frame.planes, values, strict=True):
        step_y, step_x = signal.shape[0] // plane.height, signal.shape[1] // plane.width
        stored = np.rint(value[::step_y, ::step_x] * one)[: plane.height, : plane.width]
        rows = np.zeros((plane.height, plane.line_size // (1 + (one > 1))), _type(one))
        rows[:, : plane.width] = stored
        plane.update(rows.tobytes())
    frame.colorspace, frame.color_range = matrix, 2 if is_full else 1
    frame.color_trc, frame.color_primaries = transfer, primaries
    return frame


def _type(one: int) -> Any:
    return np.uint16 if one > 1 else np.uint8


def write_frames(
    path: Path,
    frames: Iterable[Any],
    *,
    codec: str = "libx264",
    fps: int = 10,
    options: Mapping[str, str] | None = None,
    orientation: Sequence[int] = UPRIGHT,
    aspect: Fraction | None = None,
    muxer: Mapping[str, str] | None = None,
) -> Path:
    """Write a clip of frames, with their colours named as theirs; the first gives the form.

    Args:
        path: Its extension names the format.
        frames: All of one size and pixel format.
        codec: As PyAV calls it.
        fps: Frames a second.
        options: Of the encoder; by default those of good quality.
        orientation: A display matrix: one of `ORIENTATIONS`.
        aspect: Width of a pixel by its height.
        muxer: Options of the format.
    """
    frames = list(frames)
    first: Any = frames[0]
    with av.open(str(path), "w", options=dict(muxer or {})) as container:
        stream: Any = container.add_stream(codec, rate=fps)
        stream.width, stream.height = first.width, first.height
        stream.pix_fmt = first.format.name
        stream.options = dict(_GOOD.get(codec, {}) if options is None else options)
        context = stream.codec_context
        for tag in ("color_trc", "color_primaries", "colorspace", "color_range"):
            setattr(context, tag, getattr(first, tag))
        if aspect is not None:
            context.sample_aspect_ratio = aspect
        if tuple(orientation) != UPRIGHT:
            a, b, c, d = orientation
            stream.set_display_matrix([a, b, 0, c, d, 0, 0, 0, 1 << 30])
        for number, frame in enumerate(frames):
            frame.pts = number
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


_GOOD = {
    "libx264": {"crf": "6", "preset": "veryfast"},
}


def write_mjpeg(path: Path, sizes: Iterable[tuple[int, int]], *, fps: int = 10) -> Path:
    """Write a clip of JPEGs, each of its own size: quadrants."""
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream("mjpeg", rate=fps)
        stream.pix_fmt, stream.time_base = "yuvj420p", Fraction(1, fps)
        for number, size in enumerate(sizes):
            if number == 0:
                stream.width, stream.height = size
            packet = av.Packet(write_jpeg(path.with_suffix(".jpg"), *size).read_bytes())
            packet.stream, packet.time_base, packet.is_keyframe = stream, stream.time_base, True
            packet.pts = packet.dts = number
            container.mux(packet)
    return path


def clip_frame(number: int) -> Any:
    """Make frame `number` of a small clip; `frame_index` tells it."""
    frame: Any = av.VideoFrame.from_ndarray(clip_picture(64, 48, number), "rgb24")
    return frame.reformat(format="yuv420p")


def write_covered_mp4(path: Path) -> Path:
    """Write an MP4 of sound that carries the picture of a record."""
    sound = write_sound(path.with_suffix(".m4a"))
    cover = write_jpeg(path.with_suffix(".jpg")).read_bytes()
    with av.open(str(sound)) as source, av.open(str(path), "w") as target:
        audio = target.add_stream_from_template(source.streams.audio[0])
        picture: Any = target.add_stream("mjpeg", rate=1)
        picture.width, picture.height, picture.pix_fmt = 64, 48, "yuvj420p"
        picture.disposition = av.stream.Disposition.attached_pic
        packet = av.Packet(cover)
        packet.stream, packet.pts, packet.dts = picture, 0, 0
        target.start_encoding()
        target.mux(packet)
        for packet in source.demux():
            if packet.dts is not None:
                packet.stream = audio
                target.mux(packet)
    return path


def interlaced_frames(count: int, pixel_format: str = "yuv420p") -> list[Any]:
    """Make frames of a bright bar that moves by 5 pixels from field to field, the top one first."""
    frames = []
    for number in range(count):
        picture = np.full((96, 128, 3), 30, np.uint8)
        for field in (0, 1):
            left = 8 + 10 * number + 5 * field
            picture[field::2, left : left + 20] = 220
        frame: Any = av.VideoFrame.from_ndarray(picture, "rgb24")
        frames.append(frame.reformat(format=pixel_format))
    return frames


def write_float_wav(path: Path, samples: npt.NDArray[np.float32], *, rate: int = 48_000) -> Path:
    """Write samples (n, channels) as they are, be they no numbers; no channel has a place."""
    channels, data = samples.shape[1], samples.astype("<f4").tobytes()
    form = struct.pack("<HHIIHH", 3, channels, rate, 4 * channels * rate, 4 * channels, 32)
    chunks = b"WAVEfmt " + struct.pack("<I", len(form)) + form
    chunks += b"data" + struct.pack("<I", len(data)) + data
    path.write_bytes(b"RIFF" + struct.pack("<I", len(chunks)) + chunks)
    return path


def shifted(path: Path, out: Path, *, video_s: float = 0, audio_s: float = 0) -> Path:
    """Copy a clip, its tracks moved in time; what comes to lie before 0 an edit list hides."""
    with av.open(str(path)) as source, av.open(str(out), "w") as target:
        streams = {s.index: target.add_stream_from_template(s) for s in source.streams}
        for packet in source.demux():
            if packet.pts is None or packet.dts is None:
                continue
            moved = video_s if packet.stream.type == "video" else audio_s
            ticks = round(moved / packet.time_base)
            packet.pts, packet.dts = packet.pts + ticks, packet.dts + ticks
            packet.stream = streams[packet.stream.index]
            target.mux(packet)
    return out
