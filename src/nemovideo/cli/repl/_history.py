"""What was typed in earlier sessions: a file that its owner alone can read."""

from __future__ import annotations

import os
from pathlib import Path

HISTORY_FILE = "chat_history"
MAX_BYTES = 1_000_000
KEPT_BYTES = 500_000


def prepare_history(data_dir: Path) -> Path | None:
    """Make the file, where it is missing, readable by its owner alone, and keep it short.

    Returns:
        Its path; None where none can be kept.
    """
    path = data_dir / HISTORY_FILE
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
        path.chmod(0o600)
        if path.stat().st_size > MAX_BYTES:
            _shorten(path)
    except OSError:
        return None
    return path


def _shorten(path: Path) -> None:
    """Keep the newest entries; each begins with a comment line after an empty one."""
    newest = path.read_bytes()[-KEPT_BYTES:]
    _, mark, rest = newest.partition(b"\n\n# ")
    path.write_bytes(mark + rest)
