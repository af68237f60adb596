"""Messages as people type them, and what each shall do to the timeline of scenes.py.

A line of messages/*.tsv, after its head, is a message, a tab, and what is expected: a JSON list
of edits, with "*" for an amount that the message leaves open; ``NOTHING``; ``ASK``; ``UNDO n``,
``REDO n``, ``FIRST``. `` + NOTHING`` says that a part of the message cannot be done and is told.
Marks: ``! `` is not read right yet, the reading may do a part of it and nothing else; ``!! `` is
read wrongly, a fault that is known. Whoever mends one takes the mark away.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from nemovideo.editing import EditError, apply_edits, parse_edits
from nemovideo.editing.reading.reader import read_message
from nemovideo.editing.reading.result import Reading
from nemovideo.timeline.wire import to_draft
from tests.editing.scenes import PHOTOS, media, scene, timeline

FILES = sorted((Path(__file__).parent / "messages").glob("*.tsv"))
HISTORY = {"UNDO": "undo", "REDO": "redo", "FIRST": "first_cut"}
CLIPS = {
    **{name: [number] for number, name in enumerate((*PHOTOS, "party.mp4"), 1)},
    **{f"p{number}": [number] for number in range(1, 7)},
    "all": [*range(1, 7)],
    "photos": [*range(1, 6)],
    "films": [6],
}


@dataclass(frozen=True)
class Line:
    message: str
    expected: str
    mark: str
    partly: bool

    @property
    def edits(self) -> list[dict[str, Any]]:
        """What is to be done, as documents."""
        return list(json.loads(self.expected)) if self.expected.startswith("[") else []


def lines_of(path: Path) -> list[Line]:
    lines = []
    for row in path.read_text("utf-8").splitlines()[1:]:
        message, expected = row.split("\t")
        mark = next((mark for mark in ("! ", "!! ") if expected.startswith(mark)), "")
        core = expected.removeprefix(mark).removesuffix(" + NOTHING")
        lines.append(Line(message, core, mark.strip(), expected.endswith(" + NOTHING")))
    return lines


LINES = [line for path in FILES for line in lines_of(path)]


def draft_of(edits: Any) -> object:
    return to_draft(apply_edits(timeline(), edits, media()))


def numbers_of(clips: Any, kind: str) -> list[int]:
    """Say which clips an edit is about, as numbers from 1."""
    if clips is None:
        clips = "films" if kind in ("volume", "speed") else "all"
    listed = clips if isinstance(clips, list) else [clips]
    return sorted(
        number for clip in listed for number in ([clip] if isinstance(clip, int) else CLIPS[clip])
    )


def subject(edit: dict[str, Any]) -> tuple[object, ...]:
    """Say what an edit is about, without how much."""
    kind, what = edit["do"], edit.get("of", "music")
    if kind == "length" or (kind == "volume" and what == "music"):
        return kind, what
    return kind, what, *numbers_of(edit.get("clips"), kind)


def is_done(reading: Reading, wanted: list[dict[str, Any]]) -> bool:
    """Say whether the edits that were read do what is wanted, no more and no less."""
    if any("*" in edit.values() for edit in wanted):
        read = [edit.model_dump(mode="json", exclude_none=True) for edit in reading.edits]
        return [subject(edit) for edit in read] == [subject(edit) for edit in wanted]
    return draft_of(reading.edits) == draft_of(parse_edits(wanted))


def changes_nothing(reading: Reading) -> bool:
    if reading.history or reading.is_new_cut:
        return False
    try:
        return draft_of(reading.edits) == draft_of([])
    except EditError:
        return True


def does_a_part(reading: Reading, wanted: list[dict[str, Any]]) -> bool:
    parts = (part for size in range(1, len(wanted) + 1) for part in combinations(wanted, size))
    return not reading.history and any(is_done(reading, list(part)) for part in parts)


def is_right(reading: Reading, line: Line) -> bool:
    if line.expected == "NOTHING":
        return changes_nothing(reading)
    if line.expected == "ASK":
        return bool(reading.choices) and not reading.edits
    word, *steps = line.expected.split(" ")
    history = reading.history
    if word == "FIRST" and history is None:
        return reading.is_new_cut or is_done(reading, [{"do": "first_cut"}])
    if word in HISTORY:
        right = history is not None and history.kind == HISTORY[word] and not reading.edits
        return right and all(history is not None and history.steps == int(n) for n in steps)
    told = reading.not_understood or reading.problems or reading.questions
    told = told or reading.conditions or reading.left_alone
    return is_done(reading, line.edits) and (bool(told) or not line.partly)


@pytest.mark.parametrize("line", LINES, ids=[line.message for line in LINES])
def test_message_does_what_it_says(line: Line) -> None:
    reading = read_message(line.message, scene())
    if is_right(reading, line):
        return
    if line.mark == "!!":
        pytest.xfail("read wrongly: known")
    part = line.mark and (changes_nothing(reading) or does_a_part(reading, line.edits))
    assert part, reading


def test_no_message_stands_twice() -> None:
    assert len({line.message for line in LINES}) == len(LINES) >= 210
