"""Messages that are JSON: exact edits, or an order of words, edits and files. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from nemovideo.editing.model import MediaItem

_MOST_JSON = 1_000_000


def exact_edits(message: str) -> object | None:
    """Return the JSON of a message that is edits, not words."""
    text = message.strip()
    if not text.startswith(("{", "[")) or len(text) > _MOST_JSON:
        return None
    try:
        document = json.loads(text)
    except ValueError:
        return None
    items = document if isinstance(document, list) else [document]
    is_edits = bool(items) and all(isinstance(item, Mapping) and "do" in item for item in items)
    return document if is_edits else None


@dataclass(frozen=True)
class Order:
    """A message of several parts: ``{"prompt": …, "edits": […], "texts": {…}}``."""

    prompt: str
    edits: list[object] | None
    """Edits for a first cut, beside what is said."""
    texts: tuple[MediaItem, ...]
    """Files of subtitles that came with it."""


def order_of(message: str) -> Order | None:
    """Return the parts of a message that is a JSON object of them; None for any other."""
    text = message.strip()
    if not text.startswith("{") or len(text) > _MOST_JSON:
        return None
    try:
        document = json.loads(text)
    except ValueError:
        return None
    edits, texts = document.get("edits"), document.get("texts", {})
    is_order = isinstance(document.get("prompt"), str) and isinstance(texts, dict)
    if not is_order or set(document) - {"prompt", "edits", "texts"}:
        return None
    return Order(
        prompt=document["prompt"],
        edits=edits if isinstance(edits, list) else None,
        texts=tuple(
            MediaItem(name, name, "text", text=content)
            for name, content in texts.items()
            if isinstance(content, str)
        ),
    )
