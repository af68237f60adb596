"""Stands between a client and `nemo mcp`, and writes down every byte that the server says.

    python wire.py LOG ARGUMENTS…

runs ``nemo ARGUMENTS…`` with this program's stdin; what it writes to stdout goes on and into LOG.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def relay(log: Path, *args: str) -> int:
    """Run the server and return its exit code."""
    command = [sys.executable, "-m", "nemovideo", *args]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as server, log.open("ab", 0) as record:
        assert server.stdout is not None
        for line in server.stdout:
            record.write(line)
            sys.stdout.buffer.write(line)
            sys.stdout.buffer.flush()
    return server.returncode


if __name__ == "__main__":
    sys.exit(relay(Path(sys.argv[1]), *sys.argv[2:]))
