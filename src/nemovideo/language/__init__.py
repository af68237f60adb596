"""What people and the backend say: tokens, intents and screen talk. Pure.

Words are read with the lexicons (``lexicon/*.toml``), one for each language. What is imported from
here is loaded when it is first used: an edit needs no intents, a command no screen talk.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nemovideo.language._intent import Intent, classify_intent, purpose_of
    from nemovideo.language._paths import split_paths
    from nemovideo.language.actions import Action, ActionKind, Translation
    from nemovideo.language.screen import GuiTranslator, translate_gui

_MODULES = {
    "Action": "actions",
    "ActionKind": "actions",
    "GuiTranslator": "screen",
    "Intent": "_intent",
    "Translation": "actions",
    "classify_intent": "_intent",
    "purpose_of": "_intent",
    "split_paths": "_paths",
    "translate_gui": "screen",
}

__all__ = [
    "Action",
    "ActionKind",
    "GuiTranslator",
    "Intent",
    "Translation",
    "classify_intent",
    "purpose_of",
    "split_paths",
    "translate_gui",
]


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(name)
    return getattr(import_module(f"nemovideo.language.{_MODULES[name]}"), name)
