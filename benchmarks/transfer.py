"""How fast the client uploads and downloads over loopback, beside curl doing the same.

    python benchmarks/transfer.py [--runs 7] [--megabytes 200]

Ours and curl's transfers go turn by turn against one small server. What is timed is the transfer
alone: curl's own figure for its part, a clock around the client's call for ours, each in a fresh
process. The peak memory is that of the whole process; besides, `nemo upload` as people run it sends
150 MB. Exits with 1 when a target is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from nemovideo.client import NemoVideo
from nemovideo.config import Settings
from nemovideo.protocol.models import RenderJob

MEGABYTE = 1_000_000
MIN_RATIO = 0.6
MAX_RSS_MB = 120.0
UPLOAD_MB = 150
"""How much `nemo upload` sends for the measurement of its memory."""
HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Transfer:
    """One transfer: how long it took, and the most memory its process held."""

    seconds: float
    peak_rss_mb: float | None = None


@contextmanager
def server(size_bytes: int) -> Iterator[str]:
    """Run the loopback server and give its URL."""
    process = subprocess.Popen(
        [sys.executable, str(HERE / "_loopback.py"), str(size_bytes)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
    finally:
        process.stdin.close()
        process.wait(10)
        process.stdout.close()


def run_own(direction: str, url: str, path: Path) -> Transfer:
    """Transfer with the client, in a process of its own."""
    command = [sys.executable, __file__, "--child", direction, url, str(path)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    document = json.loads(output)
    return Transfer(document["seconds"], document["peak_rss_mb"])


def run_child(direction: str, url: str, path: Path) -> None:
    """Transfer here and print what it took."""
    folder = path.parent / "settings"
    settings = Settings(folder, folder, api_url=url, token="nmv_usr_of_no_use")
    with NemoVideo(settings=settings) as client:
        client.sessions.create(task_name="project", language="en")
        started = time.perf_counter()
        if direction == "up":
            client.uploads.create("s1", [path])
        else:
            job = RenderJob(id="r1", status="completed", output_url=f"{url}/files/r1.mp4")
            client.renders.download(job, path, container="mp4")
        seconds = time.perf_counter() - started
    print(json.dumps({"seconds": seconds, "peak_rss_mb": own_peak_rss_mb()}))


def own_peak_rss_mb() -> float | None:
    """Return the most memory that this process has held; None where nobody tells."""
    if sys.platform == "win32":
        return None
    import resource

    return to_megabytes(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def to_megabytes(max_rss: float) -> float:
    """Read ``ru_maxrss``: kilobytes on Linux, bytes on macOS."""
    return max_rss / MEGABYTE if sys.platform == "darwin" else max_rss * 1024 / MEGABYTE


def run_curl(curl: str, direction: str, url: str, path: Path) -> Transfer:
    """Transfer with curl."""
    if direction == "up":
        # Without "Expect:" curl waits for a "100 Continue" that the client doesn't ask for either.
        what = ["-H", "Expect:", "-F", f"files=@{path};type=video/mp4", "-o", os.devnull]
        target = f"{url}/api/upload-video/nemo_agent/me/s1"
    else:
        what, target = ["-o", str(path)], f"{url}/files/r1.mp4"
    command = [curl, "-sS", "--fail", *what, "-w", "%{time_total}", target]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return Transfer(float(output))


def compare(direction: str, url: str, folder: Path, curl: str | None, options: Options) -> bool:
    """Transfer turn by turn, print the medians and return whether the targets hold."""
    clip = folder / "clip.mp4"
    own, beside = [], []
    for _ in range(options.runs + 1):
        own.append(run_own(direction, url, clip if direction == "up" else folder / "own.mp4"))
        if curl:
            target = clip if direction == "up" else folder / "curl.mp4"
            beside.append(run_curl(curl, direction, url, target))
    # The first turn only warms caches.
    speed = options.megabytes / statistics.median(t.seconds for t in own[1:])
    rss = max((t.peak_rss_mb for t in own if t.peak_rss_mb is not None), default=None)
    line = f"{direction:5} ours {speed:7.0f} MB/s"
    is_met = rss is None or rss <= MAX_RSS_MB
    if beside:
        curl_speed = options.megabytes / statistics.median(t.seconds for t in beside[1:])
        ratio = speed / curl_speed
        is_met = is_met and ratio >= MIN_RATIO
        line += f"   curl {curl_speed:7.0f} MB/s   ratio {ratio:4.2f} (target {MIN_RATIO})"
    memory = "memory unknown" if rss is None else f"peak {rss:.0f} MB"
    print(f"{line}   {memory}{'' if is_met else '   missed'}")
    return is_met


def measure_command(url: str, folder: Path) -> bool:
    """Print the peak memory of `nemo upload`; return whether it stays below the target."""
    if not hasattr(os, "wait4"):
        print("nemo upload: its memory can't be told on this system")
        return True
    clip = write_clip(folder / "long.mp4", UPLOAD_MB * MEGABYTE)
    environ = {
        **os.environ,
        "NEMO_API_URL": url,
        "NEMO_TOKEN": "nmv_usr_of_no_use",
        "NEMO_CONFIG_DIR": str(folder / "config"),
        "NEMO_DATA_DIR": str(folder / "data"),
    }
    command = [sys.executable, "-m", "nemovideo", "upload", str(clip), "--quiet"]
    process = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, "nemo upload failed"
    rss = to_megabytes(usage.ru_maxrss)
    is_met = rss <= MAX_RSS_MB
    print(
        f"nemo upload of {UPLOAD_MB} MB: peak {rss:.0f} MB (target {MAX_RSS_MB:.0f})"
        f"{'' if is_met else '   missed'}"
    )
    return is_met


def write_clip(path: Path, size_bytes: int) -> Path:
    """Write a file that begins as an MP4 does."""
    with path.open("wb") as file:
        file.write(b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom")
        block = os.urandom(MEGABYTE)
        while file.tell() < size_bytes:
            file.write(block[: size_bytes - file.tell()])
    return path


@dataclass(frozen=True)
class Options:
    """What the command line asks for."""

    runs: int
    megabytes: int


def main() -> int:
    """Measure both directions and the command."""
    if sys.argv[1:2] == ["--child"]:
        direction, url, path = sys.argv[2:]
        run_child(direction, url, Path(path))
        return 0
    parser = argparse.ArgumentParser(description="Time transfers over loopback, beside curl.")
    parser.add_argument("--runs", type=int, default=7, help="timed turns (7)")
    parser.add_argument("--megabytes", type=int, default=200, help="how much (200)")
    options = Options(**vars(parser.parse_args()))
    curl = shutil.which("curl")
    if curl is None:
        print("curl is not installed: nothing to compare with, our figures stand alone")
    size_bytes = options.megabytes * MEGABYTE
    with tempfile.TemporaryDirectory() as name, server(size_bytes) as url:
        folder = Path(name)
        write_clip(folder / "clip.mp4", size_bytes)
        outcomes = [compare(way, url, folder, curl, options) for way in ("up", "down")]
        outcomes.append(measure_command(url, folder))
    return 0 if all(outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
