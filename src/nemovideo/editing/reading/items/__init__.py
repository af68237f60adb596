"""The items of a wish: what its tokens, and the clips and words that they name, are for. Pure."""

from nemovideo.editing.reading.items.item import VERBS, Item, Ref, Scene, TextRef

__all__ = ["VERBS", "Item", "Ref", "Scene", "TextRef"]
