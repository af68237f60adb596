"""`nemo config`: what it lists, what it writes, what it refuses."""

from __future__ import annotations

import json
import os
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from nemovideo.config import SETTINGS
from tests.support.cli import run_cli

FOLDERS = {"config_dir", "data_dir"}


@pytest.fixture
def file(config_dir: Path) -> Path:
    """The user's config file; its folder exists."""
    config_dir.mkdir(parents=True)
    return config_dir / "config.toml"


def test_list_json_holds_every_setting_with_value_and_source() -> None:
    document = run_cli("config", "list", "--json").document
    assert set(document) == set(SETTINGS) | FOLDERS
    assert document["poll_interval"] == {"value": 30.0, "source": "default"}
    assert document["recover_tries"] == {"value": 5, "source": "default"}
    assert document["output_dir"] == {"value": ".", "source": "default"}
    assert document["data_dir"]["source"] == "environment"


def test_list_is_aligned_for_people() -> None:
    lines = run_cli("config", "list").stdout.splitlines()
    assert "poll_interval      = 30 (default)" in lines
    assert len({line.index(" = ") for line in lines}) == 1


def test_list_names_each_source(file: Path) -> None:
    file.write_text("recover_tries = 3\n", "utf-8")
    document = run_cli("config", "list", "--json", "--local", env={"NEMO_RETRY_WAIT": "2"}).document
    assert document["backend"] == {"value": "local", "source": "flag"}
    assert document["retry_wait"] == {"value": 2.0, "source": "environment"}
    assert document["recover_tries"] == {"value": 3, "source": "file"}


def test_list_shows_no_token() -> None:
    secret = "nmv_usr_secret0001"
    result = run_cli("config", "list", "--verbose", env={"NEMO_TOKEN": secret})
    assert secret not in result.stdout + result.stderr


def test_get_prints_the_bare_value_and_the_object_as_json() -> None:
    env = {"NEMO_POLL_INTERVAL": "2.5"}
    assert run_cli("config", "get", "poll_interval", env=env).stdout == "2.5\n"
    assert run_cli("config", "get", "poll_interval", "--json", env=env).document == {
        "value": 2.5,
        "source": "environment",
    }


def test_set_is_read_by_the_next_command(file: Path) -> None:
    assert run_cli("config", "set", "poll_interval", "10").stdout == "poll_interval = 10\n"
    assert run_cli("config", "get", "poll_interval", "--json").document == {
        "value": 10.0,
        "source": "file",
    }
    assert tomllib.loads(file.read_text("utf-8")) == {"poll_interval": 10}


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("backend", "local", "local"),
        ("recover_tries", "7", 7),
        ("retry_wait", "0.5", 0.5),
        ("api_url", "https://example.com/", "https://example.com"),
        ("output_dir", "~/Videos", "~/Videos"),
    ],
)
def test_set_writes_a_value_of_its_own_type(
    file: Path, name: str, text: str, value: object
) -> None:
    document = run_cli("config", "set", name, text, "--json").document
    assert document == {"name": name, "value": value, "source": "file"}
    assert tomllib.loads(file.read_text("utf-8")) == {name: value}


def test_set_keeps_comments_and_order(file: Path) -> None:
    before = "# mine\nlanguage = 'de'  # German\n\n# waits\npoll_interval = 5 # quick\n"
    file.write_bytes(before.encode())
    run_cli("config", "set", "poll_interval", "10")
    run_cli("config", "set", "backend", "local")
    run_cli("config", "unset", "language")
    text = file.read_text("utf-8")
    assert text.startswith("# mine\n")
    assert "# waits\npoll_interval = 10 # quick\n" in text
    assert tomllib.loads(text) == {"poll_interval": 10, "backend": "local"}


@pytest.mark.parametrize(
    ("args", "message", "hint"),
    [
        pytest.param(
            ("set", "pol_interval", "3"), "'pol_interval'", "Did you mean poll_interval?", id="typo"
        ),
        pytest.param(
            ("get", "poll-interval"), "'poll-interval'", "Did you mean poll_interval?", id="dash"
        ),
        pytest.param(("unset", "colour"), "'colour'", "Settings: backend", id="nothing-like-it"),
        pytest.param(
            ("set", "poll_interval", "soon"), "a length of 0 or more", None, id="no-number"
        ),
        pytest.param(
            ("set", "backend", "moon"), "must be auto, cloud or local", None, id="no-backend"
        ),
        pytest.param(("set", "api_url", "ftp://x"), "http:// or https://", None, id="no-web-url"),
        pytest.param(
            ("set", "api_url", "https://me:pw@x.org"), "a password", None, id="password-in-url"
        ),
        pytest.param(("set", "data_dir", "d"), "config file", "NEMO_DATA_DIR", id="folder"),
        pytest.param(("set", "token", "abcdefgh"), "no setting", "nemo auth login", id="token"),
    ],
)
def test_config_says_what_is_wrong_and_writes_nothing(
    file: Path, args: tuple[str, ...], message: str, hint: str | None
) -> None:
    error = run_cli("config", *args, "--json", expect=2).error
    assert error["kind"] == "usage"
    assert message in error["message"]
    assert hint is None or hint in error["hint"]
    assert "abcdefgh" not in json.dumps(error)
    assert not file.exists()


def test_set_mends_a_file_that_no_command_can_read(file: Path) -> None:
    file.write_text('poll_interval = "x"\ncolour = "red"\n', "utf-8")
    run_cli("config", "list", expect=2)
    assert "Another setting is still wrong" in run_cli("config", "set", "poll_interval", "9").stderr
    run_cli("config", "unset", "colour")
    assert run_cli("config", "get", "poll_interval").stdout == "9\n"


def test_set_refuses_a_file_that_is_no_toml(file: Path) -> None:
    file.write_text("= nonsense", "utf-8")
    assert "can't be read" in run_cli("config", "set", "poll_interval", "9", expect=2).stderr
    assert file.read_text("utf-8") == "= nonsense"


def test_set_says_when_the_environment_goes_before_it(file: Path) -> None:
    result = run_cli("config", "set", "poll_interval", "9", env={"NEMO_POLL_INTERVAL": "3"})
    assert "NEMO_POLL_INTERVAL is set" in result.stderr


def test_unset_of_what_is_not_set_is_no_error() -> None:
    assert run_cli("config", "unset", "backend", "--json").document == {
        "name": "backend",
        "unset": False,
    }


def test_path_names_the_file_whether_it_exists_or_not(config_dir: Path) -> None:
    path = config_dir / "config.toml"
    assert run_cli("config", "path").stdout == f"{path}\n"
    assert run_cli("config", "path", "--json").document == {
        "path": str(path),
        "exists": False,
        "project": None,
    }


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_set_writes_through_a_link(file: Path, tmp_path: Path) -> None:
    target = tmp_path / "dotfiles.toml"
    target.write_text("# kept\n", "utf-8")
    file.symlink_to(target)
    run_cli("config", "set", "backend", "local")
    assert file.is_symlink()
    assert target.read_text("utf-8") == '# kept\nbackend = "local"\n'


def test_changes_at_the_same_time_are_all_kept(file: Path) -> None:
    names = ["poll_interval", "render_timeout", "stream_timeout", "retry_wait"]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda name: run_cli("config", "set", name, "11"), names))
    assert tomllib.loads(file.read_text("utf-8")) == dict.fromkeys(names, 11)
    assert sorted(path.name for path in file.parent.iterdir()) == [
        "config.toml",
        "config.toml.lock",
    ]
