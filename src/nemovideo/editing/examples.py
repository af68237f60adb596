"""The edits by example: what to say in each language, and the JSON that does the same."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Example:
    """One edit."""

    document: Mapping[str, Any]
    """As `nemo edit` takes it."""
    said: Mapping[str, str]
    """What to say, by language."""


@lru_cache(maxsize=1)
def examples() -> Mapping[str, tuple[Example, ...]]:
    """Return the examples by the titles of their families."""
    text = (files("nemovideo.editing") / "examples.toml").read_text("utf-8")
    return {
        family["title"]: tuple(
            Example(json.loads(row["json"]), {k: v for k, v in row.items() if k != "json"})
            for row in family["examples"]
        )
        for family in tomllib.loads(text).values()
    }
