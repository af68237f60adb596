"""What a frame is: one way to say an edit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nemovideo.editing.model import Edit, HistoryStep
from nemovideo.editing.said.clause import Clause

Said = list[Edit] | HistoryStep
Build = Callable[[Clause], Said | None]


@dataclass(frozen=True)
class Frame:
    """One way to say an edit.

    Attributes:
        calls: Concepts or kinds of items, of which the clause must hold one at least; what is
            cheap to check before `build` is called.
        build: Takes the clause apart.
    """

    calls: frozenset[str]
    build: Build


def frame(*calls: str) -> Callable[[Build], Frame]:
    """Make a frame of a function."""
    return lambda build: Frame(frozenset(calls), build)
