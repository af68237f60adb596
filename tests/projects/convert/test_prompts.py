from __future__ import annotations

from pathlib import Path

import pytest

from nemovideo.projects.convert.prompts import VideoWishes, complete_prompt, write_prompt
from nemovideo.projects.inputs.checking import InputFile
from nemovideo.protocol.media_types import MediaKind


def files(*kinds: MediaKind) -> list[InputFile]:
    return [InputFile(Path(f"{index}.x"), kind, 1) for index, kind in enumerate(kinds)]


PHOTOS = files("image", "image")


@pytest.mark.parametrize(
    ("given", "wishes", "prompt"),
    [
        pytest.param(
            PHOTOS,
            VideoWishes(),
            "Turn these 2 photos into a 10-second video with transitions and background music.",
            id="default",
        ),
        pytest.param(
            files("image"),
            VideoWishes(duration_s=7.5, music="none"),
            "Turn this photo into a 7.5-second video with transitions. No background music.",
            id="one-photo-no-music",
        ),
        pytest.param(
            files("video", "image", "image"),
            VideoWishes(transition="slideleft"),
            "Turn these 2 photos and clip into a video"
            " with slideleft transitions and background music.",
            id="photos-and-clip",
        ),
        pytest.param(
            files("video", "video"),
            VideoWishes(transition="none"),
            "Turn these 2 clips into a video without transitions and with background music.",
            id="clips-keep-their-length",
        ),
        pytest.param(
            PHOTOS,
            VideoWishes(aspect="9:16", title='Say "hi"\nnow', music="calm piano."),
            "Turn these 2 photos into a 10-second video with transitions and background music."
            ' Use a 9:16 aspect ratio. Add the title “Say "hi"\nnow” at the beginning.'
            " Background music: calm piano.",
            id="aspect-title-style",
        ),
        pytest.param(
            PHOTOS,
            VideoWishes(music="song.wav", is_music_file=True),
            "Turn these 2 photos into a 10-second video with transitions and background music."
            ' Use "song.wav" as the background music.',
            id="music-file",
        ),
    ],
)
def test_write_prompt_names_what_is_wished(
    given: list[InputFile], wishes: VideoWishes, prompt: str
) -> None:
    assert write_prompt(given, wishes) == prompt


def test_write_prompt_names_the_order_where_the_server_may_not_know_it() -> None:
    prompt = write_prompt(PHOTOS, VideoWishes(), order=["b.jpg", "a.jpg"])
    assert prompt.endswith(" Keep this order: b.jpg, a.jpg.")


@pytest.mark.parametrize(
    ("prompt", "wishes", "completed"),
    [
        pytest.param("Make it calm", VideoWishes(), "Make it calm", id="alone"),
        pytest.param("  as it is ", VideoWishes(), "  as it is ", id="untouched"),
        pytest.param(
            "Make it calm",
            VideoWishes(duration_s=12, aspect="9:16"),
            "Make it calm. Make it 12 seconds long. Use a 9:16 aspect ratio.",
            id="length-and-shape",
        ),
        pytest.param(
            "做一个视频。",
            VideoWishes(transition="none", music="none"),
            "做一个视频。 No transitions. No background music.",
            id="chinese-full-stop",
        ),
        pytest.param(
            "Really?",
            VideoWishes(transition="wipe", title="Sea", music="piano."),
            'Really? Use wipe transitions. Add the title "Sea" at the beginning. '
            "Background music: piano.",
            id="all-words",
        ),
        pytest.param(
            "Go",
            VideoWishes(music="song.mp3", is_music_file=True),
            'Go. Use "song.mp3" as the background music.',
            id="music-file",
        ),
    ],
)
def test_prompt_of_the_users_own_is_completed_by_what_the_flags_ask_for(
    prompt: str, wishes: VideoWishes, completed: str
) -> None:
    assert complete_prompt(prompt, wishes) == completed


def test_prompt_of_the_users_own_names_the_order_where_the_server_may_not_know_it() -> None:
    prompt = complete_prompt("Make it calm", VideoWishes(), order=["b.jpg", "a.jpg"])
    assert prompt == "Make it calm. Keep this order: b.jpg, a.jpg."


def test_prompt_names_no_order_of_one_file() -> None:
    assert complete_prompt("Make it calm", VideoWishes(), order=["a.jpg"]) == "Make it calm"
