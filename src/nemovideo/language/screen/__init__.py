"""Backend talk about a screen, as text about the video and actions; the words are in ``*.toml``."""

from nemovideo.language.screen._translator import GuiTranslator, translate_gui

__all__ = ["GuiTranslator", "translate_gui"]
