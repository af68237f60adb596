"""The synchronous, typed client of the NemoVideo API.

What is imported from here is loaded when it is first used: a message needs no downloads.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nemovideo.client._client import NemoVideo
    from nemovideo.client._credentials import StoredToken, TokenStore
    from nemovideo.client._multipart import UploadSource
    from nemovideo.client._retry import RetryNotice
    from nemovideo.client.download import DownloadResult
    from nemovideo.client.stream.turn_events import Leaving, Retrying, StillWorking
    from nemovideo.protocol.events import TextDelta, ToolCallEvent, ToolResultEvent

_MODULES = {
    "DownloadResult": "client.download",
    "Leaving": "client.stream.turn_events",
    "NemoVideo": "client._client",
    "RetryNotice": "client._retry",
    "Retrying": "client.stream.turn_events",
    "StillWorking": "client.stream.turn_events",
    "StoredToken": "client._credentials",
    "TextDelta": "protocol.events",
    "TokenStore": "client._credentials",
    "ToolCallEvent": "protocol.events",
    "ToolResultEvent": "protocol.events",
    "UploadSource": "client._multipart",
}

__all__ = [
    "DownloadResult",
    "Leaving",
    "NemoVideo",
    "RetryNotice",
    "Retrying",
    "StillWorking",
    "StoredToken",
    "TextDelta",
    "TokenStore",
    "ToolCallEvent",
    "ToolResultEvent",
    "UploadSource",
]


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(name)
    return getattr(import_module(f"nemovideo.{_MODULES[name]}"), name)
