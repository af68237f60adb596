"""How an extra is added, for each way in which the program may have come."""

from __future__ import annotations

import os
import re
from importlib.metadata import distribution, packages_distributions, requires
from typing import Any

import pytest

from nemovideo._installation import ENGINE_MODULES, install_command, install_hint
from nemovideo.errors import MissingExtraError

VENV = "/home/ada/.venv"
PYTHON = "/home/ada/.venv/bin/python"
GIT = {"url": "https://git.example/nemo.git", "vcs_info": {"vcs": "git", "commit_id": "abc123"}}


@pytest.mark.skipif(os.name == "nt", reason="paths and quotes look different there")
@pytest.mark.parametrize(
    ("origin", "prefix", "expected"),
    [
        ({}, VENV, f"{PYTHON} -m pip install 'nemovideo[local]'"),
        (
            {"url": "file:///home/ada/my%20nemo", "dir_info": {"editable": True}},
            VENV,
            f"{PYTHON} -m pip install -e '/home/ada/my nemo[local]'",
        ),
        (
            {"url": "file:///home/ada/nemo", "dir_info": {}},
            VENV,
            f"{PYTHON} -m pip install '/home/ada/nemo[local]'",
        ),
        (
            {"url": "file:///tmp/nemovideo-0.1.0-py3-none-any.whl", "archive_info": {}},
            VENV,
            f"{PYTHON} -m pip install"
            " 'nemovideo[local] @ file:///tmp/nemovideo-0.1.0-py3-none-any.whl'",
        ),
        (
            GIT,
            VENV,
            f"{PYTHON} -m pip install 'nemovideo[local] @ git+https://git.example/nemo.git@abc123'",
        ),
        (
            {},
            "/home/ada/.local/share/pipx/venvs/nemovideo",
            "pipx install --force 'nemovideo[local]'",
        ),
        (
            {},
            "/home/ada/.local/share/uv/tools/nemovideo",
            "uv tool install --force 'nemovideo[local]'",
        ),
        (
            {"url": "file:///home/ada/nemo", "dir_info": {}},
            "/home/ada/.local/share/uv/tools/nemovideo",
            "uv tool install --force '/home/ada/nemo[local]'",
        ),
    ],
    ids=["pip", "editable", "clone", "wheel", "git", "pipx", "uv tool", "uv tool from a clone"],
)
def test_install_command_fits_how_the_program_came(
    origin: dict[str, Any], prefix: str, expected: str
) -> None:
    assert install_command("local", origin=origin, prefix=prefix, python=PYTHON) == expected


def test_the_hint_names_where_this_copy_really_came_from() -> None:
    origin = distribution("nemovideo").read_text("direct_url.json")
    hint = install_hint("local")
    assert hint == MissingExtraError().hint
    assert hint.startswith("Install it with: ")
    assert ("nemovideo[local]" in hint) == (origin is None or "dir_info" not in origin)


def test_every_part_of_the_extra_is_looked_for() -> None:
    there = packages_distributions()
    found = {canonical for name in ENGINE_MODULES for canonical in there[name]}
    wanted = {
        re.split(r"[>=<;\s]", line)[0]
        for line in requires("nemovideo") or []
        if re.search(r"extra == ['\"]local['\"]", line)
    }
    assert {name.lower().replace("_", "-") for name in found} == wanted
