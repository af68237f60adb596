"""A project folder's nemo.toml: whose defaults hold, what it must not say, its session."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.cli import run_cli
from tests.support.scripted_cloud import ScriptedCloud


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project folder with a folder in it."""
    (tmp_path / "trip" / "raw").mkdir(parents=True)
    return tmp_path / "trip"


def write(project: Path, text: str) -> None:
    (project / "nemo.toml").write_text(text, "utf-8")


def test_its_defaults_hold_in_the_folder_and_below(project: Path) -> None:
    write(project, "poll_interval = 4\n")
    for folder in (project, project / "raw"):
        document = run_cli("config", "get", "poll_interval", "--json", cwd=folder).document
        assert document == {"value": 4.0, "source": "project"}


def test_it_does_not_hold_outside(project: Path) -> None:
    write(project, "poll_interval = 4\n")
    assert run_cli("config", "get", "poll_interval", cwd=project.parent).stdout == "30\n"


def test_it_stands_between_environment_and_user_settings(project: Path) -> None:
    write(project, "poll_interval = 4\nretry_wait = 5\n")
    run_cli("config", "set", "poll_interval", "9", cwd=project)
    env = {"NEMO_RETRY_WAIT": "1"}
    document = run_cli("config", "list", "--json", cwd=project, env=env).document
    assert document["poll_interval"] == {"value": 4.0, "source": "project"}
    assert document["retry_wait"] == {"value": 1.0, "source": "environment"}


def test_set_says_that_the_folder_goes_before_the_user(project: Path) -> None:
    write(project, "poll_interval = 4\n")
    result = run_cli("config", "set", "poll_interval", "9", cwd=project)
    assert "nemo.toml goes before it" in result.stderr


def test_path_names_it_too(project: Path) -> None:
    write(project, "")
    document = run_cli("config", "path", "--json", cwd=project / "raw").document
    assert document["project"] == str(project / "nemo.toml")


def test_a_relative_output_folder_is_meant_from_the_file(project: Path) -> None:
    write(project, 'output_dir = "videos"\n')
    result = run_cli("config", "get", "output_dir", cwd=project / "raw")
    assert result.stdout == f"{project / 'videos'}\n"


def test_the_nearest_file_alone_holds(project: Path) -> None:
    write(project, "poll_interval = 4\nretry_wait = 5\n")
    write(project / "raw", "poll_interval = 2\n")
    document = run_cli("config", "list", "--json", cwd=project / "raw").document
    assert document["poll_interval"]["value"] == 2
    assert document["retry_wait"]["source"] == "default"


def test_the_search_ends_at_the_home() -> None:
    write(Path.home().parent, "poll_interval = 4\n")
    below_home = Path.home() / "work"
    below_home.mkdir()
    assert run_cli("config", "get", "poll_interval", cwd=below_home).stdout == "30\n"


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the folder that somebody is in")
def test_a_folder_that_was_removed_is_no_trouble(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    code = (
        "import os; from nemovideo.projects.setup.project_file import find_project;"
        "os.rmdir(os.getcwd()); print(find_project())"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code], cwd=gone, capture_output=True, text=True, check=True
    )
    assert shown.stdout == "None\n"


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        pytest.param(
            'api_url = "https://evil.example"', "api_url can't be set", "Remove that line", id="api"
        ),
        pytest.param(
            'web_url = "https://evil.example"', "who gets your token", "nemo config set", id="web"
        ),
        pytest.param(
            "pol_interval = 3", "'pol_interval'", "Did you mean poll_interval?", id="typo"
        ),
        pytest.param("session = 3", "must be the id of a session", None, id="session-number"),
        pytest.param('session = " "', "must be the id of a session", None, id="session-empty"),
        pytest.param('poll_interval = "soon"', "a length of 0 or more", None, id="no-number"),
        pytest.param("poll_interval", "can't be read", None, id="no-toml"),
        pytest.param('token = "nmv_usr_abcdefgh"', "'token'", None, id="token"),
    ],
)
def test_it_is_refused_with_the_reason(
    project: Path, text: str, message: str, hint: str | None
) -> None:
    write(project, text)
    error = run_cli("status", "--json", cwd=project, expect=2).error
    assert error["kind"] == "usage"
    assert message in error["message"]
    assert str(project / "nemo.toml") in error["message"]
    assert hint is None or hint in error["hint"]


def test_no_request_leaves_when_it_names_a_server(cloud: ScriptedCloud, project: Path) -> None:
    write(project, f'api_url = "{cloud.url}"\n')
    run_cli("credits", cwd=project, env={"NEMO_TOKEN": "nmv_usr_mine00001"}, expect=2)
    assert cloud.requests == []


def test_its_session_is_the_one_to_work_in(cloud: ScriptedCloud, project: Path) -> None:
    first, second = (run_cli("session", "new", "--json").document["session_id"] for _ in range(2))
    write(project, f'session = "{first}"\n')
    assert run_cli("status", "--json", cwd=project).document["session_id"] == first
    assert run_cli("status", "--json").document["session_id"] == second
    listed = run_cli("session", "list", "--json", cwd=project).document
    assert {row["session_id"]: row["current"] for row in listed} == {first: True, second: False}


def test_the_flag_goes_before_its_session(cloud: ScriptedCloud, project: Path) -> None:
    first, second = (run_cli("session", "new", "--json").document["session_id"] for _ in range(2))
    write(project, f'session = "{first}"\n')
    document = run_cli("status", "--session", second, "--json", cwd=project).document
    assert document["session_id"] == second


def test_convert_works_in_its_session(cloud: ScriptedCloud, project: Path, photo: Path) -> None:
    session_id = run_cli("session", "new", "--json").document["session_id"]
    write(project, f'session = "{session_id}"\n')
    document = run_cli("convert", photo, "--no-export", "--json", cwd=project).document
    assert document["session_id"] == session_id


def test_a_flag_for_another_place_goes_before_its_session(
    cloud: ScriptedCloud, project: Path, photo: Path
) -> None:
    session_id = run_cli("session", "new", "--json").document["session_id"]
    write(project, f'session = "{session_id}"\n')
    made = run_cli(
        "convert", photo, "-d", "1", "--no-export", "--local", "--json", cwd=project
    ).document
    assert made["session_id"] != session_id
    shown = run_cli("status", "--local", "--json", cwd=project).document
    assert shown["session_id"] == made["session_id"]
    assert run_cli("status", "--json", cwd=project).document["session_id"] == session_id


def test_use_says_that_the_folder_names_another(cloud: ScriptedCloud, project: Path) -> None:
    first, second = (run_cli("session", "new", "--json").document["session_id"] for _ in range(2))
    write(project, f'session = "{first}"\n')
    assert (
        f"names another session: {first}" in run_cli("session", "use", second, cwd=project).stderr
    )
