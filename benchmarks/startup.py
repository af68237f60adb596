"""How long the command line takes to start, beside what no Python program can do without.

    python benchmarks/startup.py [--runs 21]

Each pair runs turn by turn, so that whatever else the machine does falls on both alike. Processes
are timed from start to exit; the medians and their ratio are printed. Exits with 1 when a target
is missed.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

Command = Sequence[str]


@dataclass(frozen=True)
class Pair:
    """A command, what it is held against, and how many times as long it may take."""

    arguments: str
    bare: str
    target: float


PAIRS = (
    Pair("--version", "pass", 2.5),
    Pair("--help", "import typer, rich.console", 1.3),
)


@dataclass(frozen=True)
class Result:
    """The medians of one pair, in seconds."""

    label: str
    own_s: float
    bare_s: float
    target: float

    @property
    def ratio(self) -> float:
        """How many times as long ours takes."""
        return self.own_s / self.bare_s

    @property
    def is_met(self) -> bool:
        """Whether the target holds."""
        return self.ratio <= self.target


def time_once(command: Command) -> float:
    """Run a command to its end and return the seconds; its failure is ours."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def measure(label: str, own: Command, pair: Pair, runs: int) -> Result:
    """Time a command and its counterpart turn by turn; the first turn only warms caches."""
    bare = (sys.executable, "-c", pair.bare)
    times = [(time_once(own), time_once(bare)) for _ in range(runs + 1)][1:]
    own_s, bare_s = (statistics.median(column) for column in zip(*times, strict=True))
    return Result(label, own_s, bare_s, pair.target)


def entry_points() -> dict[str, list[str]]:
    """Return how `nemo` can be started: as a module, and as the script when it is installed."""
    starts = {"python -m nemovideo": [sys.executable, "-m", "nemovideo"]}
    script = shutil.which("nemo", path=str(Path(sys.executable).parent)) or shutil.which("nemo")
    if script:
        starts["nemo"] = [script]
    return starts


def main() -> int:
    """Measure all pairs and print them."""
    parser = argparse.ArgumentParser(description="Time the start of the command line.")
    parser.add_argument("--runs", type=int, default=21, help="timed turns of each pair (21)")
    runs = parser.parse_args().runs
    print(f"{'command':32} {'ours':>9} {'bare':>9} {'ratio':>7} {'target':>7}")
    results = []
    for name, start in entry_points().items():
        for pair in PAIRS:
            result = measure(f"{name} {pair.arguments}", [*start, pair.arguments], pair, runs)
            results.append(result)
            print(
                f"{result.label:32} {result.own_s * 1000:6.0f} ms {result.bare_s * 1000:6.0f} ms"
                f" {result.ratio:7.2f} {result.target:7.1f} {'' if result.is_met else ' missed'}"
            )
    return 0 if all(result.is_met for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
