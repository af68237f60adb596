"""What all resources share."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from nemovideo.client._calls import Body
from nemovideo.client._requests import Requests


class Resource:
    """A group of endpoints."""

    def __init__(self, requests: Requests) -> None:
        self._requests = requests


def json_body(document: Mapping[str, Any]) -> Body:
    """Return a JSON body; in ASCII, so that every text that JSON can carry survives."""
    content = json.dumps(document, separators=(",", ":")).encode("ascii")
    return Body(content, {"Content-Type": "application/json"})
