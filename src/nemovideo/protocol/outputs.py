"""What a render may be asked to be: containers and how good."""

from __future__ import annotations

from typing import Literal

Quality = Literal["low", "medium", "high"]
QUALITIES: tuple[Quality, ...] = ("low", "medium", "high")

ENGINE_FORMATS = ("mp4", "mov")
"""What the engine on this machine can make; the first is what it makes unless told otherwise."""
CLOUD_FORMATS = (*ENGINE_FORMATS, "webm", "mkv", "gif")
"""What the cloud may be asked for; whether it makes it, it says itself."""
