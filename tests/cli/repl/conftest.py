"""Fixtures of this folder."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """Opens when the agent may go on."""
    event = threading.Event()
    yield event
    event.set()
