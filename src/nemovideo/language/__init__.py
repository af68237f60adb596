"""What people and the backend say: intents and GUI talk, English and Chinese. Pure."""

from nemovideo.language._clauses import Action, ActionKind
from nemovideo.language._gui import GuiTranslator, Translation, translate_gui
from nemovideo.language._intent import Intent, classify_intent
from nemovideo.language._paths import split_paths

__all__ = [
    "Action",
    "ActionKind",
    "GuiTranslator",
    "Intent",
    "Translation",
    "classify_intent",
    "split_paths",
    "translate_gui",
]
