"""Where files go, without anybody being asked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from nemovideo.projects.exports.outputs import OutputTarget


def planned(name: str | None, _: Sequence[str]) -> OutputTarget:
    """Return the file of a name, without asking anybody."""
    assert name is not None
    return OutputTarget(Path(name))
