"""The chart of the timeline, as text."""

from __future__ import annotations

import io
from typing import Any

import pytest
from rich.cells import cell_len
from rich.console import Console

from nemovideo.cli.results.chart import draw_chart
from nemovideo.timeline import Timeline


def draw(draft: dict[str, Any], columns: int = 60) -> list[str]:
    console = Console(file=io.StringIO(), width=columns, color_system=None)
    console.print(draw_chart(Timeline.from_draft(draft), columns=columns))
    assert isinstance(console.file, io.StringIO)
    return [line.rstrip() for line in console.file.getvalue().splitlines()]


def segment(start: int, length: int, **metadata: Any) -> dict[str, Any]:
    return {"st": start, "d": length, "m": metadata}


FADE = {"name": "crossfade", "d": 500}
DRAFT = {
    "t": [
        {
            "tt": 0,
            "sg": [
                segment(0, 5000, name="beach.jpg"),
                segment(4500, 5500, name="hills.jpg", transition=FADE),
                segment(10000, 5000, name="sea.jpg"),
                segment(14500, 5500, name="sky.jpg", transition=FADE),
            ],
        },
        {"tt": 1, "sg": [segment(0, 20000, name="Lo-fi", volume=0.345)]},
        {"tt": 7, "sg": [segment(0, 6000, text="Hello"), segment(14000, 6000, text="Bye")]},
    ],
    "d": 20000,
}


def test_chart_draws_segments_to_scale() -> None:
    assert draw(DRAFT) == [
        "",
        "Video    beach.jpg ╱hills.jpg     ▏sea.jpg   ╱sky.jpg",
        "BGM 35%  Lo-fi",
        'Title    "Hello"                            ▏"Bye"',
        "        ╵0s          ╵5s          ╵10s        ╵15s      20s╵",
        "        ╱ crossfade ×2",
    ]


def test_chart_without_colours_draws_how_far_segments_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    music = draw(DRAFT)[2]
    assert music == f"BGM 35%  Lo-fi{'─' * 45}"


@pytest.mark.parametrize("columns", [20, 40, 80, 120])
def test_chart_is_never_wider_than_it_may_be(columns: int) -> None:
    draft = {"t": [{"tt": 0, "sg": [segment(0, 1000, name="图片" * 40)] * 30}], "d": 61_000}
    for drawn in (draw(DRAFT, columns), draw(draft, columns)):
        assert max(map(cell_len, drawn)) <= columns


def test_chart_with_cuts_alone_needs_no_legend() -> None:
    assert "×" not in "".join(draw({"t": [{"tt": 0, "sg": [segment(0, 1000)] * 3}]}))


def test_chart_of_nothing_is_a_ruler() -> None:
    assert draw({}) == ["", " ╵0s"]


def test_chart_shows_names_as_data() -> None:
    lines = draw({"t": [{"tt": 0, "sg": [segment(0, 9000, name="[red]\x1b[31mx[/red]")]}]})
    assert "[red]" in lines[1]
    assert "\x1b" not in lines[1]


EDITED = {
    "t": [
        {
            "tt": 0,
            "sg": [
                segment(
                    0,
                    5000,
                    name="beach.jpg",
                    look=[{"name": "grayscale"}],
                    motion={"name": "pan-right"},
                ),
                segment(5000, 5000, name="hills.jpg", rotation=90),
                segment(10000, 5000, name="sea.mp4", speed=2),
            ],
        },
        {"tt": 1, "sg": [segment(0, 15000, name="Lo-fi", fade_in=1000)]},
    ],
    "d": 15000,
    "m": {"fade_out": {"color": "#000000", "d": 1000}},
}


def test_chart_says_what_is_unusual_where_it_fits() -> None:
    assert draw(EDITED, 110)[1:3] == [
        "Video  beach.jpg · grayscale · pan right▏hills.jpg · 90°                   ▏sea.mp4 · 2x",
        "BGM    Lo-fi · fade in 1s",
    ]


def test_chart_says_what_is_unusual_below_where_it_is_narrow() -> None:
    assert draw(EDITED, 60) == [
        "",
        "Video  beach.jpg        ▏hills.jpg       ▏sea.mp4",
        "       grayscale         90°              2x",
        "BGM    Lo-fi · fade in 1s",
        "      ╵0s               ╵5s              ╵10s           15s╵",
        "      fade out to black, 1s",
    ]
    assert max(map(cell_len, draw(EDITED, 24))) <= 24
