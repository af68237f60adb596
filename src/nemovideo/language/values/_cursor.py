"""The place up to which the tokens of a message are read. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from nemovideo.language.tokens import Token


class Cursor:
    """Tokens, and the place of the next one; who reads a value moves it behind the value."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.at = 0

    def peek(self, offset: int = 0) -> Token | None:
        """Return the next token, or one behind it; None where there are no more."""
        place = self.at + offset
        return self.tokens[place] if place < len(self.tokens) else None

    def before(self) -> Token | None:
        """Return the token before the next one."""
        return self.tokens[self.at - 1] if self.at else None

    def has(self, *concepts: str, offset: int = 0) -> bool:
        """Return whether the next token, or one behind it, stands for one of the concepts."""
        place = self.at + offset
        return place < len(self.tokens) and self.tokens[place].has(*concepts)
