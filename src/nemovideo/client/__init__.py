"""The synchronous, typed client of the NemoVideo API.

What is imported from here is loaded when it is first used: a message needs no downloads.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nemovideo.client._client import NemoVideo as NemoVideo
    from nemovideo.client._credentials import StoredToken as StoredToken, TokenStore as TokenStore
    from nemovideo.client._multipart import UploadSource as UploadSource
    from nemovideo.client._retry import RetryNotice as RetryNotice
    from nemovideo.client.download import DownloadResult as DownloadResult
    from nemovideo.client.stream.turn_events import (
        Leaving as Leaving,
        Retrying as Retrying,
        StillWorking as StillWorking,
    )
    from nemovideo.protocol.events import (
        TextDelta as TextDelta,
        ToolCallEvent as ToolCallEvent,
        ToolResultEvent as ToolResultEvent,
    )

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


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(name)
    return getattr(import_module(f"nemovideo.{_MODULES[name]}"), name)
