"""What the backend asks the user to do on a screen, as values; light, so that all may import it."""

from __future__ import annotations

from typing import Literal, NamedTuple

ActionKind = Literal["click", "state", "edit", "timeline", "export", "credits"]


class Action(NamedTuple):
    """What the user was told to do on the screen, as something that this program does."""

    kind: ActionKind
    target: str = ""
    """The button, the panel, or the edit in words."""


class Translation(NamedTuple):
    """What is left of a text for the user, and what the rest asks for."""

    text: str
    actions: tuple[Action, ...] = ()


class PlainText:
    """Passes a text on as it is: for backends that know no screen."""

    def __init__(self) -> None:
        self._said: list[str] = []

    def feed(self, delta: str) -> str:
        """Take a piece of the text, and return it."""
        self._said.append(delta)
        return delta

    def finish(self) -> Translation:
        """Return the whole text."""
        return Translation("".join(self._said))
