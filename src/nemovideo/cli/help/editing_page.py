"""docs/editing.md, written from the edits' own examples and fields."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

_HEAD = """# What you can say, and the same as JSON

On this machine (`--local`) a sentence in English, Chinese or Spanish edits the timeline, with
`nemo chat` or in a conversation; `nemo edit` takes the same edits as JSON, exactly, all or none.
This page is written from the edits' own examples by `scripts/docs`; a test runs every line of it.

Rules of meaning:

- Numbers and names in one message mean the timeline before that message. Clips are named by
  number ("the second", "2-4", "the last two", "second to last", "every other", "all but the
  first"), by file ("beach.jpg", "the beach photo"), by neighbour ("the one before the lake").
- N seconds per photo are N seconds from its start to the next one's; one photo made longer changes
  the total and nothing else.
- What is not understood changes nothing and is named; the other wishes of the message are done.
  `--strict` makes it an error. Questions, conditions and negations are no edits.
- Two possible readings give a question with numbered choices; the next message answers it.
- One message is one step of `nemo undo`.
"""
_NAMES = {"en": "English", "zh": "Chinese", "es": "Spanish"}


def editing_page() -> str:
    """Return the page."""
    return "\n".join([_HEAD, *_families(), *_fields()]).rstrip() + "\n"


def _families() -> Iterator[str]:
    from nemovideo.editing import examples

    for title, family in examples().items():
        yield f"## {title}\n"
        yield f"| {' | '.join(_NAMES.values())} | JSON |"
        yield f"|{'---|' * (len(_NAMES) + 1)}"
        for example in family:
            said = " | ".join(example.said[code] for code in _NAMES)
            yield f"| {said} | `{json.dumps(example.document, ensure_ascii=False)}` |"
        yield ""


def _fields() -> Iterator[str]:
    from nemovideo.editing import EDITS

    yield "## Every edit and its fields\n"
    yield "Times are ms. `nemo edit --schema` prints the JSON Schema.\n"
    for kind in EDITS:
        name = kind.model_fields["do"].default
        what = (kind.__doc__ or "").strip().splitlines()[0]
        yield f"- **`{name}`**: {what}"
        for field, info in kind.model_fields.items():
            if field != "do":
                yield f"  - `{field}`{_default(info)}{_described(info.description)}"
    yield ""


def _default(info: Any) -> str:
    if info.is_required():
        return " (needed)"
    return "" if info.default is None else f" (`{json.dumps(info.default)}` if left out)"


def _described(text: str | None) -> str:
    return f": {text}" if text else ""
