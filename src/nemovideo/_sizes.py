"""Sizes of files as people write them."""

from __future__ import annotations

import re

_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([kmgt]?)i?b?", re.IGNORECASE)
_BYTES = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9, "t": 10**12}


def parse_size(value: object) -> int | None:
    """Return a size in bytes: ``2GB``, ``500 MB``, ``1.5g``, ``900``; None when it is none."""
    match = _SIZE.fullmatch(str(value).strip())
    return None if match is None else int(float(match[1]) * _BYTES[match[2].lower()])
