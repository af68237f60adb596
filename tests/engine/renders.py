"""Renders that wait at a gate, and where an engine keeps them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nemovideo.engine import LocalEngine
from tests.engine.fakes import FakeRenderer, fakes
from tests.support.serve import ApiUser, api_user, running_engine

RENDERS = "/api/render/proxy/lambda"
ENDS = ("completed", "failed", "cancelled")


@contextmanager
def owner_of(folder: Path, renderer: FakeRenderer) -> Iterator[tuple[LocalEngine, ApiUser]]:
    """An engine on a folder, and the machine's own user at it."""
    with (
        running_engine(folder, fakes(renderer)) as engine,
        api_user(engine, token=engine.owner_token) as owner,
    ):
        yield engine, owner


def gated() -> FakeRenderer:
    """A renderer that waits in the middle until its gate is opened."""
    return FakeRenderer(gate=threading.Event())


def render_folders(folder: Path) -> list[str]:
    """List the files of renders, finished or not."""
    return sorted(
        path.name for path in (folder / "engine" / "renders").rglob("*") if path.is_file()
    )


def open_gate(renderer: FakeRenderer) -> None:
    """Let a renderer go on."""
    assert renderer.gate is not None
    renderer.gate.set()
