"""What a video is for: the shape, size and limits that each place wants.

Sources of the limits: WhatsApp takes videos of 16 MB (AWS End User Messaging Social, "Supported
media file types"); Instagram takes reels of 15 minutes and stories of 60 seconds (limits of its
publishing API, as resellers document them); mail servers commonly take messages of 25 MB, of which
the encoding of attachments uses a quarter (RFC 2045, base64).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Preset:
    """Options of `convert` that belong together."""

    about: str
    """What it is for, in a line."""
    options: Mapping[str, Any]
    """By key; what the user says besides goes before it."""
    longest_s: float | None = None
    """How long a video may be there."""


_UPRIGHT = {"aspect": "9:16", "size": "1080p", "fps": "30"}
PRESETS: Mapping[str, Preset] = {
    "youtube": Preset("16:9, 1080p", {"aspect": "16:9", "size": "1080p"}),
    "reel": Preset("9:16, up to 15 minutes", _UPRIGHT, 900),
    "tiktok": Preset("9:16, up to 10 minutes", _UPRIGHT, 600),
    "story": Preset("9:16, up to a minute", _UPRIGHT, 60),
    "whatsapp": Preset("720p, up to 16 MB", {"size": "720p", "max_size": "16MB"}),
    "email": Preset("720p, up to 18 MB", {"size": "720p", "max_size": "18MB"}),
    "tv": Preset("16:9, 4K", {"aspect": "16:9", "size": "4K", "quality": "high"}),
}
