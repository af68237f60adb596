"""The synchronous, typed client of the NemoVideo API."""

from __future__ import annotations

from nemovideo.client._client import NemoVideo
from nemovideo.client._credentials import StoredToken, TokenStore
from nemovideo.client._multipart import UploadSource
from nemovideo.client._retry import RetryNotice
from nemovideo.client.download import DownloadResult
from nemovideo.client.stream.turn_events import Leaving, Retrying, StillWorking
from nemovideo.protocol.events import TextDelta, ToolCallEvent, ToolResultEvent

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
