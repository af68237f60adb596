from __future__ import annotations

import pytest

from nemovideo.projects.turns.activities import describe_tool


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("add_transition", "adding a transition"),
        ("addTransition", "adding a transition"),
        ("add_bgm", "adding background music"),
        ("create_timeline", "creating a timeline"),
        ("set_volume", "setting a volume"),
        ("trim_clips", "trimming clips"),
        ("insert_image", "inserting an image"),
        ("get_video_infos", "reading video files"),
        ("nemo_generate_music", "generating music"),
        ("render", "rendering"),
        ("transfer_to_agent", "working"),
        ("", "working"),
        ("\x1b[31m", "working"),
    ],
)
def test_tool_is_told_in_plain_words(name: str, words: str) -> None:
    assert describe_tool(name) == words


def test_tool_with_an_endless_name_is_told_briefly() -> None:
    assert len(describe_tool("add_" + "very_" * 100 + "thing")) <= 48
