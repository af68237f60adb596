"""What a message says beside its wishes: what is taken back, kept, or seen in a picture. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from nemovideo.editing.reading.items import VERBS, Item, Ref
from nemovideo.editing.reading.pieces import is_meant_again


def parted(sentence: Sequence[Item]) -> list[Sequence[Item]]:
    """Part "never mind, make it louder" behind what takes back the sentences before."""
    comma = next((n for n, item in enumerate(sentence) if item.value in (",", "，")), None)
    if comma is None or not is_taken_back(sentence[:comma]):
        return [sentence]
    return [part for part in (sentence[:comma], sentence[comma + 1 :]) if part]


def is_taken_back(sentence: Sequence[Item]) -> bool:
    """Return whether a sentence takes back all that was said before: "no, never mind"."""
    said = [item for item in sentence if item.kind != "punct" and not item.has("filler", "but")]
    takes = ("never-mind", "undecided")
    is_left = all(item.has("keep", *takes) or is_meant_again(item) for item in said)
    return any(item.has(*takes) for item in said) and is_left  # "nah, leave it"


def kept_out(part: Sequence[Item]) -> tuple[int, ...] | None:
    """Return the places of what "except the film, which stays in colour" leaves out."""
    holes = [item.value.hole for item in part if isinstance(item.value, Ref) and item.value.hole]
    keeps = any(item.has("keep", "as-is") and not item.has("keep-only") for item in part)
    is_left = keeps and not any(item.has(*VERBS - {"make", "keep"}) for item in part)
    return holes[0] if len(holes) == 1 and is_left else None


def tells_of_more(part: Sequence[Item]) -> bool:
    """Return whether a clause says what is in a picture: "there is a cable across the lake"."""
    words = [n for n, item in enumerate(part) if item.kind == "word"]
    clips = [n for n, item in enumerate(part) if isinstance(item.value, Ref)]
    exists = any(item.has("exists") for item in part)
    return exists and bool(words and clips)
