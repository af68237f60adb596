"""Runs the command line as a user does: a process of its own, its exit code, stdout and stderr."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.processes.nemo import Nemo


@dataclass(frozen=True)
class CliResult:
    """What a run left behind."""

    exit_code: int
    stdout: str
    stderr: str
    stdout_bytes: bytes

    @classmethod
    def of(cls, output: tuple[int, bytes, bytes]) -> CliResult:
        """Read what `Nemo.output` gave."""
        code, stdout, stderr = output
        return cls(
            code, stdout.decode("utf-8", "replace"), stderr.decode("utf-8", "replace"), stdout
        )

    @property
    def document(self) -> Any:
        """The one JSON document on stdout."""
        return json.loads(self.stdout)

    @property
    def error(self) -> dict[str, Any]:
        """The JSON error on the last line of stderr."""
        error = json.loads(self.stderr.strip().splitlines()[-1])["error"]
        assert isinstance(error, dict)
        return error


def run_cli(
    *args: str | Path,
    input: str | bytes = "",
    cwd: Path | None = None,
    env: dict[str, str] | None = None,
    expect: int = 0,
    timeout_s: float = 120,
) -> CliResult:
    """Run `nemo` with these arguments; fail unless it exits with `expect`."""
    data = input.encode() if isinstance(input, str) else input
    result = CliResult.of(Nemo(*args, input=data, cwd=cwd, env=env).output(timeout_s))
    assert result.exit_code == expect, (
        f"nemo {' '.join(map(str, args))} exited with {result.exit_code}, not {expect}\n"
        f"stdout: {result.stdout[-2000:]}\nstderr: {result.stderr[-4000:]}"
    )
    return result
