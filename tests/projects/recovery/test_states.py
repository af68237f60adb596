"""The states, as docs/architecture.md draws them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nemovideo.projects.recovery.states import RenderState, RunState, TurnState, UploadState

States = type[UploadState] | type[TurnState] | type[RunState] | type[RenderState]
PAGE = Path(__file__).parents[3] / "docs" / "architecture.md"
ROW = re.compile(r"^\| (upload|turn|run|render) \| `(\w+)` \| (yes|no) \| .+ \|$", re.MULTILINE)


@pytest.mark.parametrize(
    ("name", "states"),
    [("upload", UploadState), ("turn", TurnState), ("run", RunState), ("render", RenderState)],
)
def test_the_page_has_every_state_and_whether_it_is_open(name: str, states: States) -> None:
    rows = ROW.findall(PAGE.read_text("utf-8"))
    told = {state: is_open == "yes" for kind, state, is_open in rows if kind == name}
    assert told == {state.value: state.is_open for state in states}


def test_a_servers_other_words_are_no_end() -> None:
    assert RenderState("queued") is RenderState.PROCESSING
    assert RenderState("canceled") is RenderState.CANCELLED
