"""Kill fifty runs of `nemo convert` at random moments; `nemo resume` has to finish every one.

    python -m tests.stress.kill_fifty [--runs 50] [--seed 1]

The moments are spread evenly over a run's real length, start of the interpreter included. A run
that is killed before it has begun (nothing stands in its journal, nothing was asked for), or that
ended before it was killed, is drawn again. Each finished run must have sent one message and had
one render, and hold no file twice in the session of its video. Ends with the first that doesn't.
"""

from __future__ import annotations

import argparse
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

from tests.support.broken_runs import BrokenRun, StrictCloud
from tests.support.scripted_cloud import ScriptedCloud

PAUSE_S = 0.05
"""How long every answer takes, so that a run is mostly in the hands of the cloud."""


def main() -> int:
    """Kill and resume, and print where the runs were killed."""
    parser = argparse.ArgumentParser(description="Kill conversions at random and resume them.")
    parser.add_argument("--runs", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    length_s = min(time_one_run() for _ in range(2))
    print(f"a run takes {length_s:.2f} s; killing {options.runs} (seed {options.seed})")
    places: Counter[str] = Counter()
    redrawn = 0
    while places.total() < options.runs:
        place = kill_one(rng.uniform(0, length_s))
        redrawn += place is None
        if place is not None:
            places[place] += 1
            print(f"{places.total():3}  killed after {place}: finished", flush=True)
    print(f"\n{places.total()} of {options.runs} finished; {redrawn} drawn again")
    for place, count in places.most_common():
        print(f"{count:4}  {place}")
    return 0


def time_one_run() -> float:
    """Return the seconds of a run that nobody kills."""
    with tempfile.TemporaryDirectory() as folder, ScriptedCloud() as cloud:
        run = prepare(Path(folder), cloud)
        started = time.monotonic()
        run.start()
        assert run.nemo is not None
        run.nemo.output(60)
        run.check_finished()
        return time.monotonic() - started


def kill_one(after_s: float) -> str | None:
    """Kill one run and finish it; return its last request, None if there was nothing to kill."""
    with tempfile.TemporaryDirectory() as folder, ScriptedCloud() as cloud:
        run = prepare(Path(folder), cloud)
        run.start()
        time.sleep(after_s)
        run.kill()
        place = describe(cloud)
        if not has_begun(Path(folder)):
            assert cloud.requests == [], place
            return None
        if is_done(Path(folder)):
            run.check_finished()
            return None
        run.resume()
        run.check_finished()
        assert is_done(Path(folder))
        return place


def prepare(folder: Path, cloud: ScriptedCloud) -> BrokenRun:
    """Make a run with folders of its own."""
    os.environ.update(
        HOME=str(folder),
        USERPROFILE=str(folder),
        NEMO_CONFIG_DIR=str(folder / "config"),
        NEMO_DATA_DIR=str(folder / "data"),
        NEMO_API_URL=cloud.url,
        NEMO_POLL_INTERVAL="0.05",
        NEMO_RECOVER_WAIT="0.2",
        NEMO_RECOVER_INTERVAL="0.2",
    )
    (folder / "work").mkdir()
    return BrokenRun(StrictCloud(cloud, pause_s=PAUSE_S), folder / "work")


def describe(cloud: ScriptedCloud) -> str:
    """Name the last request."""
    if not cloud.requests:
        return "the first line of its journal"
    last = cloud.requests[-1]
    kind = last.path.split("/")[2] if last.path.startswith("/api/") else last.path.split("/")[1]
    return f"{last.method} {kind}"


def has_begun(folder: Path) -> bool:
    """Whether the run stands in the journal."""
    return "running" in statuses(folder) or is_done(folder)


def is_done(folder: Path) -> bool:
    """Whether the journal says that the run is done."""
    return statuses(folder) == ["done"]


def statuses(folder: Path) -> list[str]:
    """Return what the journal says of its runs; nothing when it is not there yet."""
    path = folder / "data" / "journal.sqlite3"
    if not path.exists():
        return []
    with closing(sqlite3.connect(path)) as connection:
        try:
            return [status for (status,) in connection.execute("SELECT status FROM runs")]
        except sqlite3.OperationalError:
            return []


if __name__ == "__main__":
    sys.exit(main())
