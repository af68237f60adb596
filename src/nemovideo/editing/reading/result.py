"""What a message asks for, as far as it was understood."""

from __future__ import annotations

from dataclasses import dataclass, field

from nemovideo.editing.model import Edit, HistoryStep
from nemovideo.editing.reading.items import Item

_SUBJECTS = {"clips", "captions", "name", "of", "media", "files", "text", "on"}
"""Fields that say what an edit is about."""


@dataclass(frozen=True)
class Choice:
    """One of the readings of an unclear wish."""

    label: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True)
class Remark:
    """A clause that is no wish, but says what the next one is about."""

    about: tuple[Item, ...]
    text: str
    is_complaint: bool
    """Whether it says that something is too much, so that "it" behind it must be that."""


@dataclass
class Reading:
    """What a message asks for."""

    language: str
    edits: list[Edit] = field(default_factory=list)
    history: HistoryStep | None = None
    history_text: str = ""
    is_new_cut: bool = False
    """Whether a video is asked for, not the change of one."""
    is_understood: bool = False
    """Whether any clause was understood, even if it changes nothing."""
    not_understood: list[str] = field(default_factory=list)
    problems: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    """Wishes that were understood but can't be fulfilled: keys of the phrases, and values."""
    left_alone: list[str] = field(default_factory=list)
    """What shall stay as it is."""
    questions: list[str] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    """Wishes that need eyes."""
    choices: list[Choice] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)
    """The words of which the choices are readings."""
    subject: Item | None = None
    """The music or the words that were spoken of last: "it"."""
    kept: set[int] = field(default_factory=set)
    """Places of clips that shall stay as they are."""
    remark: Remark | None = None
    """What the clause before was about, when it was no wish itself."""
    lacks_clip: bool = False
    """Whether a wish was about a clip that nobody named: "it", with nothing before."""
    loose: list[tuple[list[Edit] | HistoryStep, str]] = field(default_factory=list)
    """Wishes about an "it" that was taken for all there is, and their words."""


def is_about_all(joined: Edit, edit: Edit) -> bool:
    """Return whether an edit is about all that another is about, however much it asks for."""
    if joined.do == "order" and edit.do in ("order", "move"):
        return True  # of all clips
    if joined.do != edit.do:
        return False
    said = ((name, getattr(edit, name, None)) for name in _SUBJECTS)
    return all(
        _covers(getattr(joined, name, None), value) for name, value in said if value is not None
    )


def _covers(joined: object, value: object) -> bool:
    if isinstance(joined, list) and isinstance(value, list):
        return all(one in joined for one in value)
    return joined == value or value == "all"
