"""One declaration of what `convert` takes: whoever asks can say all of it, and only that."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.main import get_command

from nemovideo.cli._app import make_app
from nemovideo.cli.mcp._inputs import ConvertInputs
from nemovideo.errors import ConfigError, UsageError
from nemovideo.projects.backends import Backend
from nemovideo.projects.batch import read_batch
from nemovideo.projects.choices import check_max_size
from nemovideo.projects.convert.options import OPTIONS, ConvertRequest
from nemovideo.projects.convert.requests import wishes_of, with_preset
from nemovideo.projects.exports.presets import PRESETS
from nemovideo.projects.setup.project_file import find_project


def test_every_option_can_be_said_in_every_way() -> None:
    command = get_command(make_app("convert")).commands["convert"]  # type: ignore[attr-defined]
    flags = {name for param in command.params for name in param.opts}
    assert {flag for option in OPTIONS.values() for flag in option.flags} <= flags
    assert OPTIONS.keys() <= ConvertInputs.model_fields.keys()
    assert "{" not in "".join(
        each.description or "" for each in ConvertInputs.model_fields.values()
    )


def test_a_job_of_a_batch_file_takes_every_option() -> None:
    job = (
        '[[job]]\nfiles = ["a.jpg"]\nduration = "1:30"\nprompt = "calm"\naspect = "1:1"\n'
        'title = "One"\nmusic = "none"\ntransition = "fade"\nquality = "low"\norder = "date"\n'
        'captions = "date"\ncut = "beat"\n'
        'size = "4K"\nfps = 50\nmax_size = "16MB"\nencoder = "auto"\nfor = "reel"\nname = "first"\n'
        "recursive = true\nstrict = true\nkeep_metadata = true\n"
    )
    batch = read_batch("-", stdin_bytes=job.encode())
    assert batch.problems == ()
    (spec,) = batch.specs
    assert all(getattr(spec.request, option.name) for option in OPTIONS.values())
    assert spec.wishes.duration_s == 90


def test_a_project_folder_has_defaults_that_a_request_overrules(tmp_path: Path) -> None:
    file = tmp_path / "nemo.toml"
    file.write_text('[convert]\naspect = "9:16"\nmusic = "lo-fi"\nrecursive = true\n')
    project = find_project(tmp_path)
    assert project is not None
    asked = ConvertRequest(paths=("a.jpg",), aspect="1:1").with_defaults(project.convert)
    assert (asked.aspect, asked.music, asked.is_recursive) == ("1:1", "lo-fi", True)
    assert asked.paths == ("a.jpg",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[convert]\ntitel = 'One'", "titel"),
        ("[convert]\nprompt = 'calm'", "prompt"),
        ("[convert]\naspect = 9", "convert.aspect"),
        ("[convert]\nstrict = 'yes'", "true or false"),
        ("convert = 1", "must be a table"),
    ],
)
def test_what_can_be_no_default_is_refused(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "nemo.toml").write_text(text)
    with pytest.raises(ConfigError, match=message):
        find_project(tmp_path)


def test_a_preset_decides_what_the_user_leaves_open(tmp_path: Path) -> None:
    asked = ConvertRequest(paths=("a.jpg",), purpose="whatsapp", fps=24)
    request, notes = with_preset(asked, Backend("local"))
    assert (request.size, request.max_size, request.fps, notes) == ("720p", "16MB", 24, ())
    request, notes = with_preset(asked, Backend("cloud"))
    assert request.max_size is None
    assert "16MB" in notes[0]


def test_a_video_that_is_too_long_for_where_it_goes_is_refused() -> None:
    with pytest.raises(UsageError, match="at most 60 s"):
        with_preset(ConvertRequest(purpose="story", duration="1:30"), Backend("local"))


def test_every_preset_is_made_of_options_that_can_be() -> None:
    for name in PRESETS:
        request, _ = with_preset(ConvertRequest(purpose=name), Backend("local"))
        wishes_of(request)
        check_max_size(request.max_size, is_local=True)
