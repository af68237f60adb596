"""The order in which files come into a film: as named, by name, by the date taken, by chance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from random import Random

from nemovideo._files import natural_key
from nemovideo._metadata import recorded_at
from nemovideo.projects.choices import check_choice
from nemovideo.projects.inputs.checking import Input, InputFile
from nemovideo.projects.inputs.expansion import Inputs


class Order(StrEnum):
    """What `--order` takes."""

    NAME = "name"
    DATE = "date"
    SHUFFLE = "shuffle"


def parse_order(text: str | None, *, prefix: str = "") -> Order | None:
    """Read an order by its name; None stays None.

    Raises:
        UsageError: There is none of that name.
    """
    if text is None:
        return None
    return Order(check_choice(f"{prefix}order", text, [order.value for order in Order]))


def in_order(inputs: Inputs, order: Order | None, *, random: Random | None = None) -> Inputs:
    """Return the inputs in an order; as they were named if None.

    By date: files without one of their own, in them or in their names, stand by when they were last
    changed, and a note says so; links come last. Equal dates stand by name.
    """
    items = list(inputs.items)
    if order is Order.NAME:
        items.sort(key=lambda item: natural_key(item.name))
    elif order is Order.SHUFFLE:
        (random or Random()).shuffle(items)  # noqa: S311 - nothing secret hangs on it
    elif order is Order.DATE:
        return _by_date(inputs, items)
    return replace(inputs, items=tuple(items))


def taken_at(path: Path) -> datetime | None:
    """Return when a photo or clip was taken: by itself, its name, or when it was last changed.

    Always with a zone: this machine's where the file names none. None for what can't be read.
    """
    try:
        return recorded_at(path) or _changed_at(path)
    except OSError:
        return None


def _by_date(inputs: Inputs, items: list[Input]) -> Inputs:
    dates: dict[Input, datetime | None] = {}
    guessed: list[str] = []
    for item in items:
        recorded = _quietly(recorded_at, item)
        if recorded is None and isinstance(item, InputFile) and item.kind != "audio":
            guessed.append(item.name)
        dates[item] = recorded or _quietly(_changed_at, item)
    items.sort(key=lambda item: _date_key(item, dates[item]))
    notes = (*inputs.notes, *_guess_note(guessed))
    return replace(inputs, items=tuple(items), notes=notes)


def _date_key(item: Input, date: datetime | None) -> tuple[bool, float, object]:
    return date is None, date.timestamp() if date else 0.0, natural_key(item.name)


def _quietly(read: Callable[[Path], datetime | None], item: Input) -> datetime | None:
    if not isinstance(item, InputFile):
        return None
    try:
        return read(item.path)
    except OSError:
        return None


def _changed_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime).astimezone()


def _guess_note(names: Sequence[str]) -> tuple[str, ...]:
    if not names:
        return ()
    named = ", ".join(names[:3]) + (" …" if len(names) > 3 else "")
    verb = "holds" if len(names) == 1 else "hold"
    return (f"{named} {verb} no date: ordered by when the file was last changed.",)
