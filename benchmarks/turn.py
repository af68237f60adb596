"""How long a turn takes on this machine, beside loading the libraries that it stands on.

    python benchmarks/turn.py [--runs 11]

`nemo chat TEXT` and `nemo status` on a local session are timed from start to exit, turn by turn
with a process that only imports httpx, Typer, Rich, pydantic, Starlette and uvicorn; the medians
and their ratio are printed. So are the times to read 8,000 characters of several kinds. Exits
with 1 when a target is missed.
"""

from __future__ import annotations

import argparse
import gc
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

PHOTOS = Path(__file__).parent.parent / "examples" / "photos"
BARE = "import httpx, typer, rich.console, pydantic, starlette, uvicorn"
MOST_RATIO = 2.0
MOST_READING_S = 0.05
LONG_TEXTS = {
    "wishes": "make the second photo brighter, then move beach.jpg to the end; 第三张显示8秒，"
    "去掉标题。 and what about the gribble? ",
    "prose": "In the little town by the lake nobody had ever seen a gribble before, it was said. ",
    "no spaces": "abcdefghij",
    "commas": "photo, video, the beach, one more, ",
    "short sentences": "Make it longer. Zoom in. No title. ",
    "Chinese": "今天天气很好我们一起去海边玩了一整天晚上回来很累",
    "digits": "1234567890",
    "Chinese wishes": "把第三张照片调亮一点，把第二张删掉，",
    "one sentence": "make the second photo brighter and move beach.jpg to the end and zoom in ",
    "numbers": "1, 2, 3 and 4 5 6 ",
    "list": "1, ",
    "titles": 'add the title "Hello there" at the end, ',
}


def run(command: Sequence[str], environ: dict[str, str]) -> float:
    """Run a command to its end and return the seconds; its failure is ours."""
    start = time.perf_counter()
    subprocess.run(
        command, check=True, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    return time.perf_counter() - start


def compare(
    label: str, command: Callable[[int], Sequence[str]], environ: dict[str, str], runs: int
) -> bool:
    """Time a command and the bare imports turn by turn; print and return whether it is met."""
    bare = (sys.executable, "-c", BARE)
    times = [(run(command(number), environ), run(bare, environ)) for number in range(runs + 1)][1:]
    own_s, bare_s = (statistics.median(column) for column in zip(*times, strict=True))
    ratio = own_s / bare_s
    print(f"{label:14} {own_s:6.3f} s   imports {bare_s:6.3f} s   ratio {ratio:4.2f}")
    return bool(ratio <= MOST_RATIO)


def read_long_messages(runs: int) -> bool:
    """Time the reading of 8,000 characters, of several kinds."""
    from nemovideo.__main__ import GARBAGE_THRESHOLD
    from nemovideo.editing import MediaItem
    from nemovideo.editing.first_cut import first_cut
    from nemovideo.editing.reading.items import Scene
    from nemovideo.editing.reading.reader import read_message

    media = [MediaItem(f"i{n}", f"photo{n}.jpg", "image", 400, 300) for n in range(20)]
    scene = Scene(first_cut(media, "project"), media)
    gc.freeze()  # as the program does, for which garbage is looked for among later objects only
    gc.set_threshold(GARBAGE_THRESHOLD)
    is_met = True
    for kind, piece in LONG_TEXTS.items():
        text = (piece * 8000)[:8000]
        times = []
        for _ in range(runs + 1):
            start = time.perf_counter()
            read_message(text, scene)
            times.append(time.perf_counter() - start)
        median_s = statistics.median(times[1:])
        print(f"8,000 characters, {kind}: {median_s * 1000:.0f} ms")
        is_met = is_met and median_s <= MOST_READING_S
    return is_met


def main() -> int:
    """Measure everything; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=11)
    runs = parser.parse_args().runs
    nemo = (sys.executable, "-m", "nemovideo")
    with tempfile.TemporaryDirectory() as folder:
        environ = {
            **os.environ,
            # An installed program is compiled but once, like the libraries beside it.
            "PYTHONDONTWRITEBYTECODE": "",
            "PYTHONPYCACHEPREFIX": f"{folder}/bytecode",
            "NEMO_DATA_DIR": f"{folder}/data",
            "NEMO_CONFIG_DIR": f"{folder}/config",
            "NEMO_BACKEND": "local",
        }
        run((*nemo, "convert", str(PHOTOS), "--no-export"), environ)
        results = [
            compare("nemo status", lambda _: (*nemo, "status"), environ, runs),
            compare(
                "nemo chat",
                lambda number: (*nemo, "chat", f"make it {20 + number} seconds long"),
                environ,
                runs,
            ),
            read_long_messages(runs),
        ]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
