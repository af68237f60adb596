"""Measure the renderer beside an ffmpeg pipeline that does the same work.

Both make 30 s of 1080p from six photos of 12 megapixels with slow camera moves, crossfades and
sound, as whole processes and in turn. Printed are the ratios of wall time, CPU time and peak
memory, and of quality: SSIM against an ideal resampling of the photos, file size, and the jitter of
a dot grid through a zoom. Needs the package with its `local` extra, and `imageio-ffmpeg` for a
static ffmpeg.

    python benchmarks/render.py            about three minutes
    python benchmarks/render.py --quick    a short run; its numbers are only an indication
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import imageio_ffmpeg

from nemovideo.render.picture.files import picture_size

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from benchmarks._material import write_dots, write_photos, write_sound
from benchmarks._quality import Box, Move, jitter, mean_ssim

FPS = 30
BT709, BT601 = 1, 5
WHOLE: Box = (0.0, 0.0, 1.0, 1.0)
CLOSER: Box = (0.09, 0.05, 0.87, 0.87)
TARGET_WALL, TARGET_JITTER_PX, TARGET_MEMORY_MB = 0.65, 0.05, 800.0

OURS = """
import json, sys
from pathlib import Path
from nemovideo.protocol.draft import Draft
from nemovideo.render import render_draft
job = json.loads(sys.argv[1])
media = {name: Path(path) for name, path in job["media"].items()}
render_draft(Draft.from_wire(job["draft"]), media, Path(job["output"]))
"""

LAUNCHER = """
import json, os, subprocess, sys, time
begin = time.perf_counter()
process = subprocess.Popen(sys.argv[1:])
_, status, usage = os.wait4(process.pid, 0)
spent = time.perf_counter() - begin
json.dump([spent, usage.ru_utime + usage.ru_stime, usage.ru_maxrss], sys.stdout)
process.returncode = os.waitstatus_to_exitcode(status)
sys.exit(process.returncode != 0)
"""
"""A small process in between: a child's peak memory counts what its parent had when it forked."""


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

    @property
    def frames(self) -> int:
        """The length."""
        return int(self.starts[-1] + self.moves[-1].frames)


@dataclass(frozen=True)
class Run:
    """What one process took."""

    wall_s: float
    cpu_s: float
    peak_mb: float


class Row(NamedTuple):
    """A line of the table."""

    name: str
    ours: float
    pipeline: float
    unit: str = ""


def make_job(photos: Sequence[Path], frames: int, size: tuple[int, int], sound: Path) -> Job:
    fade = min(18, frames // len(photos) // 3)
    length = (frames + fade * (len(photos) - 1)) // len(photos)
    starts = tuple(number * (length - fade) for number in range(len(photos)))
    lengths = [length] * (len(photos) - 1) + [frames - starts[-1]]
    moves = tuple(
        Move(photo, count, *((WHOLE, CLOSER) if number % 2 == 0 else (CLOSER, WHOLE)))
        for number, (photo, count) in enumerate(zip(photos, lengths, strict=True))
    )
    return Job(moves, starts, fade, *size, sound)


def our_command(job: Job, output: Path) -> list[str]:
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
    draft = {
        "t": [{"tt": 0, "sg": pictures}, {"tt": 1, "sg": [sound]}],
        "d": duration,
        "m": {"width": job.width, "height": job.height},
    }
    media = {str(number): str(move.photo) for number, move in enumerate(job.moves)}
    document = {"draft": draft, "media": {**media, "sound": str(job.sound)}, "output": str(output)}
    return [sys.executable, "-c", OURS, json.dumps(document)]


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


def run(command: Sequence[str]) -> Run:
    """Run a process to its end and tell what it took, its children included."""
    launched = subprocess.run(
        [sys.executable, "-c", LAUNCHER, *command], stdout=subprocess.PIPE, check=False
    )
    if launched.returncode:
        sys.exit(f"a process failed: {command[0]}")
    wall_s, cpu_s, peak = json.loads(launched.stdout)
    return Run(wall_s, cpu_s, peak * (1 if sys.platform == "darwin" else 1024) / 2**20)


def compare_work(job: Job, folder: Path, repeats: int) -> list[Row]:
    """Render in turn, and return what that took and what came of it."""
    ours, theirs = folder / "ours.mp4", folder / "pipeline.mp4"
    runs = [
        (run(our_command(job, ours)), run(pipeline_command(job, theirs))) for _ in range(repeats)
    ]
    wanted = _plain_frames(job)
    return [
        Row("wall time", *_medians(runs, "wall_s"), "s"),
        Row("CPU time", *_medians(runs, "cpu_s"), "s"),
        Row("peak memory", *_medians(runs, "peak_mb"), "MB"),
        Row("file size", ours.stat().st_size / 1e6, theirs.stat().st_size / 1e6, "MB"),
        Row("SSIM", mean_ssim(ours, BT709, wanted), mean_ssim(theirs, BT601, wanted)),
    ]


def compare_jitter(folder: Path, frames: int, size: tuple[int, int], sound: Path) -> Row:
    """Film a grid of dots through a zoom with both."""
    picture = folder / "dots.png"
    dots = write_dots(picture)
    move = Move(picture, frames, WHOLE, (0.1, 0.06, 0.8, 0.8))
    job = Job((move,), (0,), 0, *size, sound)
    ours, theirs = folder / "our-dots.mp4", folder / "pipeline-dots.mp4"
    run(our_command(job, ours))
    run(pipeline_command(job, theirs))
    return Row("jitter", jitter(ours, BT709, move, dots), jitter(theirs, BT709, move, dots), "px")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="6 s at 1280x720, one run")
    parser.add_argument("--repeat", type=int, default=3, help="runs of each; the median counts")
    parser.add_argument("--keep", type=Path, help="a folder to leave the videos in")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        return 0 if measure(folder, 1 if options.quick else options.repeat, options.quick) else 1


def measure(folder: Path, repeats: int, is_quick: bool) -> bool:
    """Print the table and return whether every target holds."""
    size, frames = ((1280, 720), 180) if is_quick else ((1920, 1080), 900)
    photos = write_photos(folder, 6)
    sound = folder / "sound.wav"
    write_sound(sound, frames / FPS)
    rows = compare_work(make_job(photos, frames, size, sound), folder, repeats)
    rows.append(compare_jitter(folder, min(frames, 150), size, sound))
    many = make_job([photos[number % 6] for number in range(60)], max(frames, 600), size, sound)
    memory = run(our_command(many, folder / "many.mp4")).peak_mb
    print(f"{frames / FPS:.0f} s of {size[0]}x{size[1]}, six photos of 12 megapixels")
    print(f"{'':12}{'ours':>10}{'pipeline':>10}{'ratio':>8}")
    for row in rows:
        ratio = row.ours / row.pipeline
        print(f"{row.name:12}{row.ours:10.3f}{row.pipeline:10.3f}{ratio:8.3f}  {row.unit}")
    print(f"{'60 photos':12}{memory:10.3f}{'':18}  MB peak memory")
    targets = judge({row.name: row for row in rows}, memory)
    for text, holds in targets.items():
        print(f"{'holds ' if holds else 'MISSED'}  {text}")
    return all(targets.values())


def judge(rows: dict[str, Row], memory_mb: float) -> dict[str, bool]:
    """Tell for each target whether it holds."""
    wall, ssim, size = rows["wall time"], rows["SSIM"], rows["file size"]
    return {
        f"wall time at most {TARGET_WALL} of the pipeline's": (
            wall.ours <= TARGET_WALL * wall.pipeline
        ),
        "SSIM higher than the pipeline's": ssim.ours > ssim.pipeline,
        "file not larger than the pipeline's": size.ours <= size.pipeline,
        f"jitter at most {TARGET_JITTER_PX} px": rows["jitter"].ours <= TARGET_JITTER_PX,
        f"60 photos below {TARGET_MEMORY_MB:.0f} MB": memory_mb < TARGET_MEMORY_MB,
    }


def _medians(runs: Sequence[tuple[Run, Run]], name: str) -> tuple[float, float]:
    ours, theirs = (
        statistics.median(getattr(pair[side], name) for pair in runs) for side in (0, 1)
    )
    return ours, theirs


def _plain_frames(job: Job) -> dict[int, tuple[Move, int]]:
    """Choose frames that show one photo alone, three of each."""
    return {
        start + frame: (move, frame)
        for move, start in zip(job.moves, job.starts, strict=True)
        for frame in (move.frames // 3, move.frames // 2, move.frames * 2 // 3)
    }


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


if __name__ == "__main__":
    sys.exit(main())
