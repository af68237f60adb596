"""What is asked back when a wish is unclear, and which edits an answer chooses. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from nemovideo.editing.edits import parse_edits
from nemovideo.editing.model import Edit
from nemovideo.editing.reading.result import Choice
from nemovideo.language.tokens import tokenize
from nemovideo.language.values import read_values
from nemovideo.protocol.draft import JsonObject


def question_of(choices: Sequence[Choice]) -> JsonObject:
    """Return choices as what a session keeps of them until the answer."""
    return {
        "choices": [
            {
                "label": choice.label,
                "edits": [edit.model_dump(exclude_none=True) for edit in choice.edits],
            }
            for choice in choices
        ]
    }


def answer_of(message: str, question: Mapping[str, Any]) -> list[Edit] | None:
    """Return the edits that an answer chooses; None when the message is no answer."""
    choices = question.get("choices")
    if not isinstance(choices, list) or not choices:
        return None
    tokens = read_values(tokenize(message)[0])
    meant = [
        token
        for token in tokens
        if not token.has("filler", "one", "photo", "clip", "measure", "title", "caption", "text")
        and token.kind != "punct"
    ]
    if len(meant) != 1:
        said = message.strip().strip(".!。").casefold()
        named = [c for c in choices if str(c.get("label", "")).casefold() == said]
        return parse_edits(named[0]["edits"]) if len(named) == 1 else None
    token = meant[0]
    if token.has("all", "both"):
        return [edit for choice in choices for edit in parse_edits(choice["edits"])]
    if token.kind in ("number", "ordinal") and token.values == int(token.values):
        number = int(token.values)
        place = number - 1 if number > 0 else len(choices) + number
        if 0 <= place < len(choices):
            return parse_edits(choices[place]["edits"])
    named = [c for c in choices if token.raw.casefold() in str(c.get("label", "")).casefold()]
    return parse_edits(named[0]["edits"]) if len(named) == 1 else None
