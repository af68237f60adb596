"""All edits in one place: the union that JSON is read as, its schema, and how a list is applied."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Annotated, Any, get_args

from pydantic import Field, TypeAdapter, ValidationError

from nemovideo.editing.arrange import (
    Add,
    Duplicate,
    Keep,
    Move,
    Order,
    Remove,
    Reverse,
    Shuffle,
    Sort,
    Swap,
)
from nemovideo.editing.first_cut import FirstCut
from nemovideo.editing.frame import SetCanvas, SetFade
from nemovideo.editing.joints import SetTransition
from nemovideo.editing.model import Edit, EditError, Media
from nemovideo.editing.picture import (
    Pair,
    Rotate,
    SetBackground,
    SetFit,
    SetFlip,
    SetFocus,
    SetLook,
    SetMotion,
    Unpair,
)
from nemovideo.editing.rhythm import CutToBeat
from nemovideo.editing.sound import SetDucking, SetMusic, SetMusicStart, SetSoundFades, SetVolume
from nemovideo.editing.time import (
    Cut,
    FitToMusic,
    SetClipLength,
    SetLength,
    SetSpeed,
    Split,
    Trim,
)
from nemovideo.editing.words import (
    AddText,
    CaptionDates,
    CaptionNames,
    CaptionPlaces,
    EditText,
    RemoveText,
    Subtitles,
)
from nemovideo.protocol.wrong_values import in_words
from nemovideo.timeline.model import Timeline

AnyEdit = Annotated[
    # Arrange
    Remove | Keep | Move | Swap | Duplicate | Reverse | Sort | Shuffle | Order | Add | FirstCut
    # Time
    | SetLength | SetClipLength | Trim | Cut | Split | SetSpeed | FitToMusic
    # Picture and joints
    | SetMotion | SetFit | SetBackground | SetFocus | Rotate | SetFlip | SetLook | SetTransition
    | Pair | Unpair
    # Words
    | CutToBeat
    | AddText | EditText | RemoveText | CaptionNames | CaptionDates | CaptionPlaces | Subtitles
    # Sound
    | SetMusic | SetVolume | SetSoundFades | SetMusicStart | SetDucking
    # Frame
    | SetCanvas | SetFade,
    Field(discriminator="do"),
]  # fmt: skip

EDITS: tuple[type[Edit], ...] = get_args(get_args(AnyEdit)[0])
"""Every kind of edit."""


@lru_cache(maxsize=1)
def _adapter() -> TypeAdapter[Any]:
    return TypeAdapter(list[AnyEdit])


def edit_schema() -> dict[str, Any]:
    """Return the JSON Schema of a list of edits."""
    return _adapter().json_schema()


def parse_edits(document: object) -> list[Edit]:
    """Read edits from parsed JSON: a list of them, or one.

    Raises:
        EditError: It is none; the message says where and why.
    """
    items = document if isinstance(document, list) else [document]
    try:
        edits: list[Edit] = _adapter().validate_python(items)
    except ValidationError as exc:
        raise EditError("bad_edit", reason=_reason(exc)) from exc
    return edits


def apply_edits(timeline: Timeline, edits: Iterable[Edit], media: Media) -> Timeline:
    """Apply edits one after the other: all or none.

    Raises:
        EditError: One can't be done; the message says which and why.
    """
    for edit in edits:
        timeline = edit.apply(timeline, media)
    return timeline


def _reason(exc: ValidationError) -> str:
    error = min(exc.errors(), key=lambda error: error["type"] != "extra_forbidden")
    place: Sequence[int | str] = error["loc"]
    number = f"edit {int(place[0]) + 1}" if place and isinstance(place[0], int) else "an edit"
    branch = next((kind for kind in EDITS if _name_of(kind) in place[1:2]), None)
    if branch is None:
        where = ", do" if error["type"].startswith("union_tag") else ""
        return f"{number}{where}: {in_words(error)}"
    fields = [*branch.model_fields]
    where = next((f", {part}" for part in reversed(place) if part in fields), "")
    if error["type"] != "extra_forbidden":
        return f"{number}{where}: {in_words(error)}"
    known = ", ".join(name for name in fields if name != "do")
    return f"{number}, {place[-1]}: {in_words(error)}; {_name_of(branch)} takes {known}"


def _name_of(kind: type[Edit]) -> str:
    return str(kind.model_fields["do"].default)
