"""Makes the photos, clips and sounds that tests need; everything is small and deterministic."""

from __future__ import annotations

import io
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt
from PIL import Image

Rgb = npt.NDArray[np.uint8]
Colour = tuple[int, int, int]

RED: Colour = (208, 32, 32)
GREEN: Colour = (32, 160, 48)
BLUE: Colour = (40, 64, 200)
YELLOW: Colour = (224, 208, 40)
QUADRANTS = (RED, GREEN, BLUE, YELLOW)
"""Top left, top right, bottom left, bottom right of every picture made here."""

_BACK_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}

_VIDEO_CODECS = {
    "mp4": ("libx264", "aac"),
    "mov": ("libx264", "aac"),
    "mkv": ("libx264", "aac"),
    "webm": ("libvpx", "libopus"),
    "avi": ("mpeg4", "libmp3lame"),
}
_SOUND_CODECS = {"wav": "pcm_s16le", "mp3": "libmp3lame", "webm": "libopus"}
_SOUND_FORMATS = {"m4a": "ipod", "aac": "adts"}


def quadrants(width: int, height: int) -> Rgb:
    """Four flat colours, so that a turned or mirrored picture is told at its corners."""
    picture = np.empty((height, width, 3), np.uint8)
    top, left = height // 2, width // 2
    picture[:top, :left], picture[:top, left:] = RED, GREEN
    picture[top:, :left], picture[top:, left:] = BLUE, YELLOW
    return picture


def corners(picture: Rgb) -> list[Colour]:
    """The colours in the middle of the four quadrants, in the order of `QUADRANTS`."""
    height, width = picture.shape[:2]
    places = [(1, 1), (1, 3), (3, 1), (3, 3)]
    return [_colour(picture[height * y // 4, width * x // 4]) for y, x in places]


def is_like(found: list[Colour], wanted: tuple[Colour, ...] = QUADRANTS, by: int = 12) -> bool:
    """Whether colours are the same, but for what compression does to them."""
    return bool(np.abs(np.array(found, int) - np.array(wanted, int)).max() <= by)


def write_jpeg(
    path: Path, width: int = 64, height: int = 48, *, orientation: int = 1, **options: Any
) -> Path:
    """Write a JPEG whose upright picture is `quadrants(width, height)`, stored turned."""
    image = Image.fromarray(quadrants(width, height))
    if orientation in _BACK_TURNS:
        image = image.transpose(_BACK_TURNS[orientation])
    exif = Image.Exif()
    exif[0x0112] = orientation
    image.save(path, "JPEG", exif=exif, quality=95, subsampling=0, **options)
    return path


def write_cmyk_jpeg(path: Path, width: int = 64, height: int = 48) -> Path:
    """Write a CMYK JPEG as Adobe's programs do: inverted, with their marker."""
    Image.fromarray(quadrants(width, height)).convert("CMYK").save(path, "JPEG", quality=95)
    return path


def write_truncated_jpeg(path: Path, *, keep: float = 0.3) -> Path:
    """Write the first part of a JPEG with some detail in it; too little to be used."""
    noise = np.random.default_rng(1).integers(0, 255, (120, 160, 3), np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(noise).save(buffer, "JPEG", quality=90)
    path.write_bytes(buffer.getvalue()[: int(buffer.tell() * keep)])
    return path


def write_picture(path: Path, width: int = 64, height: int = 48, *, mode: str = "RGB") -> Path:
    """Write a PNG, GIF or WEBP (by the extension) in one of Pillow's modes.

    RGBA and LA are transparent on the right, P is a palette, PA a palette with a transparent
    colour, I;16 a grey ramp from black to white in 16 bits.
    """
    image = Image.fromarray(quadrants(width, height))
    options: dict[str, Any] = {"lossless": True} if path.suffix == ".webp" else {}
    if mode in ("RGBA", "LA"):
        image = image.convert(mode)
        alpha = np.full((height, width), 255, np.uint8)
        alpha[:, width // 2 :] = 0
        image.putalpha(Image.fromarray(alpha))
    elif mode == "PA":
        image = image.quantize(4)
        options["transparency"] = image.getpixel((width - 1, 0))
    elif mode == "I;16":
        ramp = np.linspace(0, 65535, width).astype(np.uint16)
        image = Image.fromarray(np.tile(ramp, (height, 1)))
    elif mode == "P":
        image = image.quantize(4)
    else:
        image = image.convert(mode)
    image.save(path, **options)
    return path


def write_animation(path: Path, width: int = 64, height: int = 48) -> Path:
    """Write an animated GIF, WEBP or PNG: first the quadrants, then black."""
    first = Image.fromarray(quadrants(width, height))
    black = Image.new("RGB", (width, height))
    options: dict[str, Any] = {"lossless": True} if path.suffix == ".webp" else {}
    first.save(path, save_all=True, append_images=[black, first], duration=100, **options)
    return path


def clip_picture(width: int, height: int, index: int) -> Rgb:
    """Frame `index` of the clips made here: the quadrants, and a grey bar that grows brighter."""
    picture = quadrants(width, height)
    picture[height * 7 // 16 : height * 9 // 16] = clip_grey(index)
    return picture


def clip_grey(index: int) -> int:
    """How bright the bar of frame `index` is."""
    return 16 + (index * 8) % 224


def frame_index(picture: Rgb) -> int:
    """Tell by the bar which of the first 28 frames of a clip a picture is."""
    height, width = picture.shape[:2]
    return round((float(picture[height // 2, width // 4 : width * 3 // 4].mean()) - 16) / 8)


def write_clip(
    path: Path,
    width: int = 64,
    height: int = 48,
    *,
    seconds: float = 1.0,
    fps: int = 10,
    frequency: float | None = 440.0,
    rotation: int = 0,
    aspect: Fraction | None = None,
    matrix: int | None = None,
    times: list[Fraction] | None = None,
    samples: npt.NDArray[np.float32] | None = None,
) -> Path:
    """Write a clip in the format of the extension: mp4, mov, mkv, webm or avi.

    Args:
        path: The file to write.
        width: Stored pixels.
        height: Stored pixels.
        seconds: How long it is.
        fps: Frames a second.
        frequency: Of its tone in Hz; None for a clip without sound.
        rotation: Degrees counter-clockwise that a player has to turn it.
        aspect: Width of a pixel by its height.
        matrix: The colour matrix to convert with and to name: 1 BT.709, 5 BT.601.
        times: When each frame shows, for a variable rate; else evenly.
        samples: Its sound at 48 kHz, one channel, instead of the tone.
    """
    video_codec, audio_codec = _VIDEO_CODECS[path.suffix[1:]]
    with av.open(str(path), "w") as container:
        video: Any = container.add_stream(video_codec, rate=fps)
        video.width, video.height, video.pix_fmt = width, height, "yuv420p"
        video.gop_size = 5
        video.bit_rate = 4_000_000
        video.codec_context.time_base = Fraction(1, 1000) if times else Fraction(1, fps)
        if video_codec == "libx264":
            video.options = {"crf": "6", "preset": "veryfast"}
        if aspect is not None:
            video.codec_context.sample_aspect_ratio = aspect
        if rotation:
            video.set_display_rotation(rotation)
        if matrix is not None:
            video.codec_context.colorspace = matrix
        audio = _add_sound(container, audio_codec) if frequency is not None else None
        stamps = times or [Fraction(index, fps) for index in range(round(seconds * fps))]
        for index, stamp in enumerate(stamps):
            frame: Any = av.VideoFrame.from_ndarray(clip_picture(width, height, index), "rgb24")
            frame = frame.reformat(format="yuv420p", dst_colorspace=matrix)
            frame.pts = round(stamp / video.codec_context.time_base)
            frame.time_base = video.codec_context.time_base
            container.mux(video.encode(frame))
        container.mux(video.encode(None))
        if audio is not None and frequency is not None:
            _write_samples(
                container, audio, tone(seconds, frequency) if samples is None else samples
            )
    return path


def write_sound(
    path: Path,
    *,
    seconds: float = 1.0,
    frequency: float = 440.0,
    amplitude: float = 0.5,
    rate: int = 44_100,
    layout: str = "stereo",
) -> Path:
    """Write a sine tone as wav, mp3, m4a, mp4 or aac, by the extension."""
    extension = path.suffix[1:]
    with av.open(str(path), "w", format=_SOUND_FORMATS.get(extension)) as container:
        stream = _add_sound(container, _SOUND_CODECS.get(extension, "aac"), rate, layout)
        _write_samples(container, stream, tone(seconds, frequency, amplitude, rate))
    return path


def write_sound_with_cover(path: Path) -> Path:
    """Write an mp3 that carries the picture of a record, as bought music does."""
    sound = write_sound(path).read_bytes()
    picture = io.BytesIO()
    Image.fromarray(quadrants(64, 64)).save(picture, "JPEG")
    body = b"\0image/jpeg\0\x03\0" + picture.getvalue()
    frame = b"APIC" + len(body).to_bytes(4, "big") + b"\0\0" + body
    size = bytes((len(frame) >> shift) & 0x7F for shift in (21, 14, 7, 0))
    audio = sound[10 + _plain_size(sound[6:10]) :] if sound[:3] == b"ID3" else sound
    path.write_bytes(b"ID3\x03\0\0" + size + frame + audio)
    return path


def tone(
    seconds: float, frequency: float, amplitude: float = 0.5, rate: int = 48_000
) -> npt.NDArray[np.float32]:
    """Samples of a sine tone, one channel."""
    time = np.arange(round(seconds * rate)) / rate
    return (amplitude * np.sin(2 * np.pi * frequency * time)).astype(np.float32)


def loudest_frequency(sound: npt.NDArray[np.float32], rate: int = 48_000) -> float:
    """The frequency in Hz at which a sound, one or more channels, is strongest."""
    mono = sound.reshape(len(sound), -1).mean(axis=1)
    spectrum = np.abs(np.fft.rfft(mono * np.hanning(len(mono))))
    return float(np.argmax(spectrum)) * rate / len(mono)


def _plain_size(synchsafe: bytes) -> int:
    """Read the size of an ID3 tag, seven bits to a byte."""
    number = 0
    for byte in synchsafe:
        number = number << 7 | byte
    return number


def _colour(pixel: Rgb) -> Colour:
    red, green, blue = (int(value) for value in pixel)
    return red, green, blue


def _add_sound(container: Any, codec: str, rate: int = 48_000, layout: str = "stereo") -> Any:
    stream = container.add_stream(codec, rate=rate)
    stream.layout = layout
    if codec != "pcm_s16le":
        stream.bit_rate = 128_000
    return stream


def _write_samples(container: Any, stream: Any, samples: npt.NDArray[np.float32]) -> None:
    for frame in _frames_of(stream, samples):
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))


def _frames_of(stream: Any, samples: npt.NDArray[np.float32]) -> Iterator[av.AudioFrame]:
    channels = stream.layout.nb_channels
    for start in range(0, len(samples), 1024):
        block = np.repeat(samples[None, start : start + 1024], channels, axis=0)
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(block), "fltp", layout=stream.layout.name
        )
        frame.sample_rate = stream.rate
        frame.pts = start
        frame.time_base = Fraction(1, stream.rate)
        yield frame
