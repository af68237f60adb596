from __future__ import annotations

from pathlib import Path

import pytest

from nemovideo.projects.inputs.checking import InputFile
from nemovideo.projects.inputs.expansion import Inputs
from nemovideo.projects.inputs.fitting import fit


def some(photos: int) -> Inputs:
    sound = InputFile(Path("m.mp3"), "audio", 1)
    items = [InputFile(Path(f"{number}.jpg"), "image", 1) for number in range(photos)]
    return Inputs((sound, *items), ("a note",))


@pytest.mark.parametrize(
    ("photos", "duration_s", "kept"),
    [(300, 30, 300), (301, 30, 300), (20_000, 4, 40), (5, 0.05, 1), (20_000, None, 20_000)],
)
def test_what_has_no_room_is_left_out_and_noted(
    photos: int, duration_s: float | None, kept: int
) -> None:
    given = some(photos)

    fitting = fit(given, duration_s)

    assert fitting.items == given.items[: kept + 1]
    assert fitting.notes[0] == "a note"
    if kept < photos:
        assert f"Only the first {kept} of {photos} photos" in fitting.notes[1]
    else:
        assert fitting == given
