"""Measure the renderer beside others who make the same video.

It is 30 s of 1080p from six photos of 12 megapixels with slow camera moves, crossfades and sound.
Made as whole processes, in turn, by: ours; an ffmpeg pipeline (zoompan, xfade, x264 veryfast crf
20), which counts as 1; ours as a draft; the bare encoders of both on the same frames, drawn before;
and MoviePy where an interpreter is named that has it. Printed are wall time, CPU time, peak memory
and file size, of the first two also the quality: SSIM against an ideal resampling of the photos,
and the jitter of a dot grid through a zoom. Then five minutes of sixty photos with a caption each
are made, and made again with one caption changed. Needs the package with its `local` extra, and
`imageio-ffmpeg` for a static ffmpeg; 3 GB of disk for the frames.

    python benchmarks/render.py            about ten minutes
    python benchmarks/render.py --quick    a short run; its numbers are only an indication
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from benchmarks._contenders import (
    FPS,
    WHOLE,
    Job,
    bare_command,
    bare_ffmpeg_command,
    draft_of,
    frames_command,
    make_job,
    moviepy_command,
    our_command,
    pipeline_command,
)
from benchmarks._material import write_dots, write_photos, write_sound
from benchmarks._quality import Move, jitter, mean_ssim
from nemovideo.render.film.pieces.cutting import pieces_of
from nemovideo.render.film.plan import make_plan
from nemovideo.timeline.model import Timeline

BT709, BT601 = 1, 5
TARGET_WALL, TARGET_BARE, TARGET_DRAFT, TARGET_CHANGE = 0.45, 1.25, 0.25, 0.1
TARGET_JITTER_PX, TARGET_MEMORY_MB = 0.05, 700.0

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
class Run:
    """What one process took."""

    wall_s: float
    cpu_s: float
    peak_mb: float


def run(command: Sequence[str]) -> Run:
    """Run a process to its end and tell what it took, its children included."""
    launched = subprocess.run(
        [sys.executable, "-c", LAUNCHER, *command], stdout=subprocess.PIPE, check=False
    )
    if launched.returncode:
        sys.exit(f"a process failed: {command[0]}")
    wall_s, cpu_s, peak = json.loads(launched.stdout)
    return Run(wall_s, cpu_s, peak * (1 if sys.platform == "darwin" else 1024) / 2**20)


class Contest:
    """Processes that make the same video, in turn, several times.

    Args:
        job: The video.
        folder: For their files.
        moviepy: An interpreter that has MoviePy, or None.
    """

    def __init__(self, job: Job, folder: Path, moviepy: Path | None) -> None:
        self.job = job
        frames = folder / "frames.yuv"
        run(frames_command(job, frames))
        plan = make_plan(Timeline.from_draft(draft_of(job)))
        cuts = [piece.start for piece in pieces_of(plan)] + [plan.frame_count]
        self.files = {name: folder / f"{name}.mp4" for name in ("ours", "ffmpeg", "draft")}
        self.commands = {
            "ours": our_command(job, self.files["ours"]),
            "ffmpeg": pipeline_command(job, self.files["ffmpeg"]),
            "draft": our_command(job, self.files["draft"], quality="draft"),
            "bare, ours": bare_command(job, frames, cuts),
            "bare, ffmpeg": bare_ffmpeg_command(job, frames, folder / "bare.mp4"),
        }
        if moviepy is not None:
            self.files["moviepy"] = folder / "moviepy.mp4"
            self.commands["moviepy"] = moviepy_command(job, self.files["moviepy"], moviepy)
        self._runs: dict[str, list[Run]] = {name: [] for name in self.commands}

    def hold(self, repeats: int) -> None:
        """Let each run so often."""
        for _ in range(repeats):
            for name, command in self.commands.items():
                self._runs[name].append(run(command))

    def median(self, name: str, of: Callable[[Run], float]) -> float:
        """Return the median of one who ran."""
        return statistics.median(of(one) for one in self._runs[name])

    def ratio(self, name: str, to: str, of: Callable[[Run], float]) -> float:
        """Return the median of the ratios of runs side by side: both had the same machine."""
        pairs = zip(self._runs[name], self._runs[to], strict=True)
        return statistics.median(of(one) / of(other) for one, other in pairs)

    def show(self) -> None:
        """Print a line for each."""
        print(
            f"{'':14}{'wall s':>9}{'ratio':>7}{'CPU s':>9}{'ratio':>7}{'MB peak':>9}{'MB file':>9}"
        )
        for name in self.commands:
            size = f"{self.files[name].stat().st_size / 1e6:9.2f}" if name in self.files else ""
            print(
                f"{name:14}{self.median(name, wall):9.2f}{self.ratio(name, 'ffmpeg', wall):7.2f}"
                f"{self.median(name, cpu):9.2f}{self.ratio(name, 'ffmpeg', cpu):7.2f}"
                f"{self.median(name, peak):9.0f}{size}"
            )


def wall(one: Run) -> float:
    return one.wall_s


def cpu(one: Run) -> float:
    return one.cpu_s


def peak(one: Run) -> float:
    return one.peak_mb


def measure_jitter(folder: Path, frames: int, size: tuple[int, int], sound: Path) -> float:
    """Film a grid of dots through a zoom with both; print it, and return ours in pixels."""
    picture = folder / "dots.png"
    dots = write_dots(picture)
    move = Move(picture, frames, WHOLE, (0.1, 0.06, 0.8, 0.8))
    job = Job((move,), (0,), 0, *size, sound)
    ours, theirs = folder / "our-dots.mp4", folder / "pipeline-dots.mp4"
    run(our_command(job, ours))
    run(pipeline_command(job, theirs))
    ours_px, theirs_px = jitter(ours, BT709, move, dots), jitter(theirs, BT709, move, dots)
    print(f"jitter: ours {ours_px:.3f} px, ffmpeg {theirs_px:.3f} px")
    return ours_px


def measure_change(job: Job, folder: Path) -> tuple[float, float]:
    """Make a long video, and again with one caption changed; return the ratio and the memory."""
    kept = folder / "kept"
    job = replace(job, captions=tuple(f"Photo {number}" for number in range(len(job.moves))))
    changed = (*job.captions[:30], "Another caption", *job.captions[31:])
    first = run(our_command(job, folder / "long.mp4", kept=kept))
    other = replace(job, captions=changed)
    again = run(our_command(other, folder / "changed.mp4", kept=kept))
    same = run(our_command(other, folder / "same.mp4", kept=kept))
    print(f"{job.frames / FPS:.0f} s of {len(job.moves)} photos, each with a caption:")
    for name, one in (("first", first), ("one changed", again), ("none changed", same)):
        print(f"{name:14}{one.wall_s:9.2f}{one.wall_s / first.wall_s:7.3f}{one.peak_mb:25.0f}")
    return again.wall_s / first.wall_s, first.peak_mb


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="6 s at 1280x720, one run")
    parser.add_argument("--repeat", type=int, default=3, help="runs of each; the median counts")
    parser.add_argument("--keep", type=Path, help="a folder to leave the videos in")
    parser.add_argument("--moviepy", type=Path, help="a Python that has MoviePy")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        repeats = 1 if options.quick else options.repeat
        return 0 if measure(folder, repeats, options.quick, options.moviepy) else 1


def measure(folder: Path, repeats: int, is_quick: bool, moviepy: Path | None) -> bool:
    """Print what was measured and return whether every target holds."""
    size, frames = ((1280, 720), 180) if is_quick else ((1920, 1080), 900)
    photos = write_photos(folder, 6)
    sound = folder / "sound.wav"
    write_sound(sound, 10 * frames / FPS)
    job = make_job(photos, frames, size, sound)
    print(f"{frames / FPS:.0f} s of {size[0]}x{size[1]}, six photos of 12 megapixels")
    contest = Contest(job, folder, moviepy)
    contest.hold(repeats)
    contest.show()
    wanted = _plain_frames(job)
    ssim = {
        name: mean_ssim(contest.files[name], matrix, wanted)
        for name, matrix in (("ours", BT709), ("ffmpeg", BT601))
    }
    print(f"SSIM: ours {ssim['ours']:.4f}, ffmpeg {ssim['ffmpeg']:.4f}")
    dots_px = measure_jitter(folder, min(frames, 150), size, sound)
    many = make_job([photos[number % 6] for number in range(60)], 10 * frames, size, sound)
    change, memory_mb = measure_change(many, folder)
    sizes = {name: contest.files[name].stat().st_size for name in ssim}
    targets = {
        f"wall time at most {TARGET_WALL} of ffmpeg's": (
            contest.ratio("ours", "ffmpeg", wall) <= TARGET_WALL
        ),
        f"at most {TARGET_BARE} of its bare encoder's": (
            contest.ratio("ours", "bare, ours", wall) <= TARGET_BARE
        ),
        f"a draft in {TARGET_DRAFT} of the time": (
            contest.ratio("draft", "ours", wall) <= TARGET_DRAFT
        ),
        f"one caption changed in {TARGET_CHANGE} of the time": change <= TARGET_CHANGE,
        "SSIM higher than ffmpeg's": ssim["ours"] > ssim["ffmpeg"],
        "file not larger than ffmpeg's": sizes["ours"] <= sizes["ffmpeg"],
        f"jitter at most {TARGET_JITTER_PX} px": dots_px <= TARGET_JITTER_PX,
        f"60 photos below {TARGET_MEMORY_MB:.0f} MB": memory_mb < TARGET_MEMORY_MB,
    }
    for text, holds in targets.items():
        print(f"{'holds ' if holds else 'MISSED'}  {text}")
    return all(targets.values())


def _plain_frames(job: Job) -> dict[int, tuple[Move, int]]:
    """Choose frames that show one photo alone, three of each."""
    return {
        start + frame: (move, frame)
        for move, start in zip(job.moves, job.starts, strict=True)
        for frame in (move.frames // 3, move.frames // 2, move.frames * 2 // 3)
    }


if __name__ == "__main__":
    sys.exit(main())
