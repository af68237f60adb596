"""The video that `render.py` measures, and those who make it: ours, ffmpeg, bare encoders, MoviePy.

Each is a command for a process of its own.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import imageio_ffmpeg

from benchmarks._quality import Box, Move
from nemovideo.render.picture.files import picture_size

FPS = 30
WHOLE: Box = (0.0, 0.0, 1.0, 1.0)
CLOSER: Box = (0.09, 0.05, 0.87, 0.87)

OURS = """
import json, sys
from pathlib import Path
from nemovideo.protocol.draft import Draft
from nemovideo.render import render_draft
from nemovideo.render.film.pieces.kept import KeptPieces
job = json.loads(sys.argv[1])
media = {name: Path(path) for name, path in job["media"].items()}
kept = KeptPieces(Path(job["kept"]), 10**10) if job["kept"] else None
render_draft(
    Draft.from_wire(job["draft"]), media, Path(job["output"]), quality=job["quality"], kept=kept
)
"""


FRAMES = """
import json, sys
from pathlib import Path
from nemovideo.render.film.drawing.compositor import compositor_of
from nemovideo.render.film.plan import make_plan
from nemovideo.render.picture.planes import Planes
from nemovideo.timeline.model import Timeline
job = json.loads(sys.argv[1])
plan = make_plan(Timeline.from_draft(job["draft"]))
out = Planes.blank(plan.width, plan.height)
paths = [[Path(job["media"][name]) for name in shot.names] for shot in plan.shots]
with Path(job["output"]).open("wb") as file, compositor_of(plan, paths) as compositor:
    for number in range(plan.frame_count):
        compositor.draw(number, out)
        for plane in out:
            file.write(plane.tobytes())
"""
"""Draws all frames and encodes none: what the bare encoders get."""

BARE = """
import sys
from concurrent.futures import ThreadPoolExecutor
import numpy as np
from nemovideo.render.film.coding import Picture, PictureEncoder, coding_of
path, width, height, fps, *cuts = sys.argv[1], *map(int, sys.argv[2:])
frames = np.memmap(path, np.uint8, "r").reshape(-1, width * height * 3 // 2)
coding = coding_of("high", "mp4", (width, height), fps)
def pictures(start, end):
    picture, half = Picture.blank(width, height), width * height // 4
    for frame in frames[start:end]:
        parts = np.split(frame, [4 * half, 5 * half])
        for plane, part in zip(picture.planes, parts):
            plane[:] = part.reshape(plane.shape)
        yield picture
def encode(start, end):
    return list(PictureEncoder(coding).encode(pictures(start, end)))
with ThreadPoolExecutor(2) as pool:
    list(pool.map(encode, cuts, cuts[1:]))
"""
"""Our encoder with nothing to draw: two pieces at a time, from frames on the disk."""

MOVIEPY = """
import json, math, sys
from PIL import Image
import numpy as np
from moviepy import AudioFileClip, CompositeVideoClip, ImageClip, vfx
job = json.loads(sys.argv[1])
width, height, fps, fade = job["width"], job["height"], job["fps"], job["fade"] / job["fps"]
clips = []
for number, move in enumerate(job["moves"]):
    photo = Image.open(move["photo"]).convert("RGB")
    wide = width * 3 // 2
    photo = photo.resize((wide, photo.height * wide // photo.width), Image.BICUBIC)
    seconds = move["frames"] / fps
    def zoom(t, move=move, seconds=seconds):
        part = 0.5 - 0.5 * math.cos(math.pi * min(1, t / seconds))
        seen = move["start"][2] + (move["end"][2] - move["start"][2]) * part
        return width / wide / seen
    clip = ImageClip(np.asarray(photo)).with_duration(seconds).with_start(move["at"] / fps)
    clip = clip.resized(zoom).with_position("center")
    clips.append(clip.with_effects([vfx.CrossFadeIn(fade)]) if number else clip)
film = CompositeVideoClip(clips, size=(width, height)).with_audio(AudioFileClip(job["sound"]))
film.write_videofile(job["output"], fps=fps, codec="libx264", preset="veryfast", threads=2,
                     audio_codec="aac", ffmpeg_params=["-crf", "20"], logger=None)
"""
"""The way its documentation and most examples have it: a resize that is a function of time."""


@dataclass(frozen=True)
class Job:
    """A video to make: moves that overlap by a crossfade, and a sound below."""

    moves: tuple[Move, ...]
    starts: tuple[int, ...]
    fade: int
    """Frames of each crossfade."""
    width: int
    height: int
    sound: Path
    captions: tuple[str, ...] = ()
    """One on each of the first photos."""

    @property
    def frames(self) -> int:
        """The length."""
        return int(self.starts[-1] + self.moves[-1].frames)


def make_job(photos: Sequence[Path], frames: int, size: tuple[int, int], sound: Path) -> Job:
    """Lay photos over so many frames, coming closer and going back in turn."""
    fade = min(18, frames // len(photos) // 3)
    length = (frames + fade * (len(photos) - 1)) // len(photos)
    starts = tuple(number * (length - fade) for number in range(len(photos)))
    lengths = [length] * (len(photos) - 1) + [frames - starts[-1]]
    moves = tuple(
        Move(photo, count, *((WHOLE, CLOSER) if number % 2 == 0 else (CLOSER, WHOLE)))
        for number, (photo, count) in enumerate(zip(photos, lengths, strict=True))
    )
    return Job(moves, starts, fade, *size, sound)


def our_command(
    job: Job, output: Path, *, quality: str = "high", kept: Path | None = None
) -> list[str]:
    """Build our own render.

    Args:
        job: The video.
        output: Its file.
        quality: Of `--quality`.
        kept: Where pieces are kept, if any are.
    """
    document = {
        "draft": draft_of(job),
        "media": {
            **{str(number): str(move.photo) for number, move in enumerate(job.moves)},
            "sound": str(job.sound),
        },
        "output": str(output),
        "quality": quality,
        "kept": str(kept) if kept else None,
    }
    return [sys.executable, "-c", OURS, json.dumps(document)]


def draft_of(job: Job) -> dict[str, Any]:
    """Return the draft of a job; its photos are named by their numbers, its sound ``sound``."""
    pictures = []
    for number, (move, start) in enumerate(zip(job.moves, job.starts, strict=True)):
        metadata: dict[str, Any] = {
            "name": f"{number}",
            "fit": "fill",
            "motion": {"from": _view(move, move.start, job), "to": _view(move, move.end, job)},
        }
        if number:
            metadata["transition"] = {"name": "crossfade", "d": _ms(job.fade)}
        pictures.append({"st": _ms(start), "d": _ms(move.frames), "m": metadata})
    duration = _ms(job.frames)
    sound = {"st": 0, "d": duration, "m": {"media": "sound", "fade_in": 0, "fade_out": 0}}
    texts = [
        {"st": _ms(start + move.frames // 4), "d": _ms(move.frames // 2), "m": {"text": text}}
        for move, start, text in zip(job.moves, job.starts, job.captions, strict=False)
    ]
    return {
        "t": [{"tt": 0, "sg": pictures}, {"tt": 1, "sg": [sound]}, {"tt": 7, "sg": texts}],
        "d": duration,
        "m": {"width": job.width, "height": job.height},
    }


def pipeline_command(job: Job, output: Path) -> list[str]:
    """Build the same video for ffmpeg: every photo once at 1.5 of the frame, zoompan, xfade."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-v", "error"]
    filters, last = [], "[v0]"
    wide, high = job.width * 3 // 2, job.height * 3 // 2
    for number, move in enumerate(job.moves):
        command += ["-i", str(move.photo)]
        part = f"(0.5-0.5*cos(PI*on/{move.frames - 1}))"
        left, top, width, _ = (
            f"({a}+({b - a})*{part})" for a, b in zip(move.start, move.end, strict=True)
        )
        filters.append(
            f"[{number}:v]scale={wide}:{high}:force_original_aspect_ratio=increase:flags=bicubic,"
            f"crop={wide}:{high},zoompan=z='1/{width}':x='iw*{left}':y='ih*{top}'"
            f":d={move.frames}:s={job.width}x{job.height}:fps={FPS},setsar=1,"
            f"format=yuv420p[v{number}]"
        )
        if number:
            name = f"[x{number}]"
            filters.append(
                f"{last}[v{number}]xfade=transition=fade:duration={job.fade / FPS:.6f}"
                f":offset={job.starts[number] / FPS:.6f}{name}"
            )
            last = name
    command += ["-i", str(job.sound), "-filter_complex", ";".join(filters)]
    command += ["-map", last, "-map", f"{len(job.moves)}:a", "-c:v", "libx264"]
    command += ["-preset", "veryfast", "-crf", "20", "-c:a", "aac", "-b:a", "192k"]
    return [*command, "-frames:v", str(job.frames), "-movflags", "+faststart", str(output)]


def frames_command(job: Job, output: Path) -> list[str]:
    """Build what writes all frames as they are: yuv420p, one after the other."""
    command = our_command(job, output)
    return [*command[:2], FRAMES, *command[3:]]


def bare_command(job: Job, frames: Path, cuts: Sequence[int]) -> list[str]:
    """Build our encoder on frames that are drawn already.

    Args:
        job: The video.
        frames: What `frames_command` wrote.
        cuts: Where pieces begin, and the end.
    """
    numbers = (job.width, job.height, FPS, *cuts)
    return [sys.executable, "-c", BARE, str(frames), *map(str, numbers)]


def bare_ffmpeg_command(job: Job, frames: Path, output: Path) -> list[str]:
    """Build ffmpeg's encoder on frames that are drawn already, as `pipeline_command` has it."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-v", "error", "-f", "rawvideo"]
    command += ["-pix_fmt", "yuv420p", "-s", f"{job.width}x{job.height}", "-r", f"{FPS}"]
    command += ["-i", str(frames), "-c:v", "libx264", "-preset", "veryfast", "-crf", "20"]
    return [*command, str(output)]


def moviepy_command(job: Job, output: Path, python: Path) -> list[str]:
    """Build the same video for MoviePy, which zooms into the middle.

    Args:
        job: The video.
        output: Its file.
        python: An interpreter that has MoviePy.
    """
    moves = [
        {
            "photo": str(move.photo),
            "frames": move.frames,
            "start": move.start,
            "end": move.end,
            "at": at,
        }
        for move, at in zip(job.moves, job.starts, strict=True)
    ]
    document = {
        "moves": moves,
        "fade": job.fade,
        "width": job.width,
        "height": job.height,
        "fps": FPS,
        "sound": str(job.sound),
        "output": str(output),
    }
    return [str(python), "-c", MOVIEPY, json.dumps(document)]


def _view(move: Move, box: Box, job: Job) -> list[float]:
    """Return a box as the draft says it: the centre in the whole photo, and the zoom."""
    width, height = picture_size(move.photo)
    full_width = min(width, height * job.width / job.height)
    full_height = full_width * job.height / job.width
    x = (width - full_width) / 2 + (box[0] + box[2] / 2) * full_width
    y = (height - full_height) / 2 + (box[1] + box[3] / 2) * full_height
    return [x / width, y / height, 1 / box[2]]


def _ms(frames: int) -> float:
    return frames * 1000 / FPS
