"""The three attribution headers that every request to the API carries."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import nemovideo
from nemovideo.protocol.endpoints import (
    SKILL_PLATFORM_HEADER,
    SKILL_SOURCE_HEADER,
    SKILL_VERSION_HEADER,
)


def attribution_headers(
    skill_source: str | None, install_path: Path | None = None
) -> Mapping[str, str]:
    """Return the headers that say where requests come from.

    The platform is what the user's environment names, else told by where the package stands.
    """
    frontmatter = read_frontmatter()
    path = install_path or Path(nemovideo.__file__).parent
    return {
        SKILL_SOURCE_HEADER: frontmatter["name"],
        SKILL_VERSION_HEADER: frontmatter["version"],
        SKILL_PLATFORM_HEADER: _header_safe(skill_source or "") or platform_of(path),
    }


@cache
def read_frontmatter() -> Mapping[str, str]:
    """Return the plain ``key: value`` lines of the packaged SKILL.md's frontmatter."""
    text = files("nemovideo").joinpath("SKILL.md").read_text("utf-8")
    _, block, _ = text.split("---\n", 2)
    pairs = (line.partition(":") for line in block.splitlines())
    return {key.strip(): value.strip() for key, _, value in pairs}


def platform_of(install_path: Path) -> str:
    """Return which agent platform a folder belongs to: clawhub, cursor or unknown."""
    parts = install_path.parts
    if ".clawhub" in parts:
        return "clawhub"
    if (".cursor", "skills") in pairwise(parts):
        return "cursor"
    return "unknown"


def _header_safe(text: str) -> str:
    return "".join(character for character in text.strip() if "!" <= character <= "~")
