"""The draft: a document of the server's, kept as it came.

What stands in it is read by `nemovideo.timeline`; here it is opaque, and goes back unchanged.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

JsonObject = dict[str, Any]
"""A JSON object as `json.loads` gives it."""


@dataclass(frozen=True)
class Draft:
    """A timeline as the server keeps it."""

    raw: JsonObject
    """The document as it came: this is what goes back in a render request."""

    @classmethod
    def from_wire(cls, raw: object) -> Draft:
        """Keep a document; what is no JSON object reads as an empty one."""
        return cls(raw if isinstance(raw, dict) else {})
