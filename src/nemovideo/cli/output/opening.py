"""A finished file, played by the program that this machine has for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

START_S = 2.0
"""What has not failed by then has opened the file, or still shows it."""


def open_file(path: Path) -> str | None:
    """Open a file as a double click would; return what kept it from that."""
    if sys.platform == "win32":
        try:
            os.startfile(path.absolute())  # noqa: S606 - the user asked for it
        except OSError as exc:
            return exc.strerror or str(exc)
        return None
    opener = "open" if sys.platform == "darwin" else "xdg-open"
    try:
        process = subprocess.Popen(  # noqa: S603 - the platform's own opener
            [opener, str(path.absolute())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        code = process.wait(START_S)
    except FileNotFoundError:
        return f"{opener} is not installed"
    except OSError as exc:
        return exc.strerror or str(exc)
    except subprocess.TimeoutExpired:
        return None
    return f"{opener} failed ({code})" if code else None
