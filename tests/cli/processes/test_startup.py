from __future__ import annotations

import re
import subprocess
import sys

import pytest

from nemovideo._version import __version__
from tests.support.cli import run_cli


def imported_by(*args: str) -> set[str]:
    """The top-level modules that a run of `nemo` imports."""
    process = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "nemovideo", *args],
        capture_output=True,
        text=True,
        check=True,
    )
    names = re.findall(r"^import time:.*\| +(\S+)$", process.stderr, re.MULTILINE)
    return {name.partition(".")[0] for name in names}


@pytest.mark.parametrize("flag", ["--version", "-V"])
def test_version_is_told_without_loading_anything(flag: str) -> None:
    heavy = {"httpx", "pydantic", "rich", "typer", "av", "cv2", "numpy", "PIL", "sqlite3"}
    assert not imported_by(flag) & heavy
    assert run_cli(flag).stdout == f"nemo {__version__}\n"


def test_help_loads_no_client_and_no_engine() -> None:
    assert not imported_by("--help") & {
        "httpx",
        "pydantic",
        "rich",
        "av",
        "cv2",
        "numpy",
        "sqlite3",
    }


def test_nemo_alone_greets_and_says_what_to_try() -> None:
    result = run_cli()
    assert "nemo convert photos/ --local" in result.stdout
    assert result.stderr == ""


def test_a_mistyped_command_is_guessed() -> None:
    assert "Did you mean 'convert'?" in run_cli("convret", expect=2).stderr


def test_wrong_use_keeps_to_the_json_form() -> None:
    result = run_cli("convert", "--json", expect=2)
    assert result.stdout == ""
    assert result.error["kind"] == "usage"
    assert "nemo convert --help" in result.error["hint"]
