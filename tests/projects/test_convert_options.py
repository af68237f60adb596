"""One declaration of what `convert` takes: whoever asks can say all of it, and only that."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.main import get_command

from nemovideo.cli._app import make_app
from nemovideo.cli.mcp._inputs import ConvertInputs
from nemovideo.errors import ConfigError
from nemovideo.projects.batch import read_batch
from nemovideo.projects.convert_options import OPTIONS, ConvertRequest
from nemovideo.projects.project_file import find_project


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
        'size = "4K"\nfps = 50\nmax_size = "16MB"\nname = "first"\n'
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
