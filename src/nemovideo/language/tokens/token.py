"""A token: a piece of a text, and what it may mean. Pure."""

from __future__ import annotations

from typing import Any, NamedTuple


class Token(NamedTuple):
    """A piece of a text."""

    kind: str
    """``word``, ``number``, ``text`` (quoted), ``file``, ``punct``, or a value's kind."""
    start: int
    end: int
    """Where it stands in the text as it was written."""
    concepts: frozenset[str] = frozenset()
    values: Any = None
    """For a word of the lexicon its values by kind, for others the value itself."""
    is_known: bool = False
    """Whether a lexicon has it."""
    raw: str = ""
    """As it was written; of quoted words what stands between the quotes."""
    glued: bool = False
    """Whether it follows the token before without a space."""

    def has(self, *concepts: str) -> bool:
        """Return whether it stands for one of the concepts."""
        return not self.concepts.isdisjoint(concepts)

    def value(self, kind: str) -> Any:
        """Return its value of a kind; None when it has none."""
        if self.kind == kind:
            return self.values
        return self.values.get(kind) if isinstance(self.values, dict) else None
