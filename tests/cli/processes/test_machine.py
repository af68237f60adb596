"""Machines as they are: no home, nothing writable, few files and threads, an odd environment."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from nemovideo._machine import machine_failure
from tests.support.cli import run_cli

_AS_NOBODY = """
import os, sys
os.setreuid(54321, -1)  # what a home is looked up by; files are still read as before
os.execv(sys.executable, [sys.executable, "-m", "nemovideo", *sys.argv[1:]])
"""


def as_nobody(*args: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run `nemo` as a user without a name, as containers do, with no variables but these."""
    return subprocess.run(
        [sys.executable, "-c", _AS_NOBODY, *args],
        capture_output=True,
        text=True,
        env={"PATH": os.environ["PATH"], **env},
        timeout=60,
        check=False,
    )


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root may do so")
def test_without_a_home_both_folders_named_are_enough() -> None:
    folders = {"NEMO_CONFIG_DIR": "/nowhere/c", "NEMO_DATA_DIR": "/nowhere/d"}

    done = as_nobody("config", "get", "config_dir", **folders)

    assert (done.returncode, done.stdout, done.stderr) == (0, "/nowhere/c\n", "")


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root may do so")
@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["status"], "there is no home folder to keep things in"),
        (["config", "path"], "there is no home folder to keep things in"),
        (["convert", "~x/a.jpg"], "there is no home folder to keep things in"),
        (["skill", "install", "--user"], "there is no home folder"),
    ],
    ids=["status", "config", "convert", "skill"],
)
def test_without_a_home_it_says_what_to_set(args: list[str], said: str) -> None:
    done = as_nobody(*args)

    assert done.returncode == 2
    assert done.stderr.splitlines()[0] == f"error: {said}"
    assert done.stderr.splitlines()[1].startswith("hint: ")


def test_a_config_folder_that_can_not_be_written_is_one_error(config_dir: Path) -> None:
    (config_dir / "config.toml.lock").mkdir(parents=True)

    done = run_cli("config", "set", "language", "zh", expect=2)

    assert done.stderr.startswith(f"error: the config file {config_dir / 'config.toml'} can't be ")


def test_a_home_that_nobody_knows_is_a_name_like_any_other() -> None:
    done = run_cli("convert", "~no-such-user/a.jpg", expect=2)
    assert done.stderr.startswith("error: no such file: ~no-such-user/a.jpg")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.EMFILE, "x", "/some/file"), "/some/file: Too many open files"),
        (OSError(errno.ENOSPC, "x"), "No space left on device"),
        (RuntimeError("can't start new thread"), "no more processes or threads can be started"),
        (MemoryError(), os.strerror(errno.ENOMEM)),
    ],
    ids=["files", "disk", "threads", "memory"],
)
def test_the_machines_failures_are_told_as_such(error: Exception, said: str) -> None:
    wrapped = ValueError("something above")
    wrapped.__cause__ = error

    for raised in (error, wrapped):
        told = machine_failure(raised)
        assert told is not None
        assert told.message == said
        assert told.hint


@pytest.mark.parametrize("error", [ValueError("x"), OSError(errno.ENOENT, "x"), RuntimeError("x")])
def test_a_bug_is_not_told_as_the_machines_failure(error: Exception) -> None:
    assert machine_failure(error) is None
