"""Turn photos and clips into a video: a typed client of the NemoVideo API.

The names below are all that is public; each is loaded when it is first used, so that importing the
package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from nemovideo._version import __version__

if TYPE_CHECKING:
    from nemovideo.client import NemoVideo
    from nemovideo.errors import NemoError
    from nemovideo.language import Action, Intent, Translation, classify_intent, translate_gui
    from nemovideo.timeline import Timeline

__all__ = [
    "Action",
    "Intent",
    "NemoError",
    "NemoVideo",
    "Timeline",
    "Translation",
    "__version__",
    "classify_intent",
    "translate_gui",
]

_HOMES = {
    "Action": "nemovideo.language",
    "Intent": "nemovideo.language",
    "NemoError": "nemovideo.errors",
    "NemoVideo": "nemovideo.client",
    "Timeline": "nemovideo.timeline",
    "Translation": "nemovideo.language",
    "classify_intent": "nemovideo.language",
    "translate_gui": "nemovideo.language",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
