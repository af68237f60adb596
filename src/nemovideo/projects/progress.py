"""How work tells what it is doing, without knowing whether anyone watches."""

from __future__ import annotations

from typing import Literal, Protocol

Stage = Literal["setup", "upload", "edit", "render", "download"]


class Reporter(Protocol):
    """Takes what happens, as it happens."""

    @property
    def is_heard(self) -> bool:
        """Whether somebody sees its notices."""
        ...

    def begin(self, stage: Stage, detail: str) -> None:
        """A stage begins."""
        ...

    def advance(self, done: float, total: float | None) -> None:
        """The present stage got on: bytes for transfers, percent for renders."""
        ...

    def activity(self, text: str) -> None:
        """The present stage does something that has a name: "adding a transition"."""
        ...

    def end(self, detail: str = "") -> None:
        """The present stage is done."""
        ...

    def abandon(self) -> None:
        """No stage goes on: the present one, if there is one, broke off."""
        ...

    def notice(self, text: str) -> None:
        """Something worth a line happened."""
        ...

    def answer(self, delta: str) -> None:
        """A piece of the agent's text arrived."""
        ...


class SilentReporter:
    """Drops everything."""

    is_heard = False

    def begin(self, stage: Stage, detail: str) -> None:
        """Drop it."""

    def advance(self, done: float, total: float | None) -> None:
        """Drop it."""

    def activity(self, text: str) -> None:
        """Drop it."""

    def end(self, detail: str = "") -> None:
        """Drop it."""

    def abandon(self) -> None:
        """Nothing is shown that would have to go."""

    def notice(self, text: str) -> None:
        """Drop it."""

    def answer(self, delta: str) -> None:
        """Drop it."""
