"""`nemo skill`: the packaged text, and its copies for agents."""

from __future__ import annotations

import os
import re
from importlib import resources
from pathlib import Path

import pytest

from nemovideo import __version__, errors as error_tree
from nemovideo.errors import ExitCode, NemoError
from tests.support.cli import run_cli

NAME = "image-to-video-converter-online"
TEXT = resources.files("nemovideo").joinpath("SKILL.md").read_text("utf-8")


def installed(folder: Path, target: str) -> Path:
    return folder / f".{target}" / "skills" / NAME / "SKILL.md"


def test_show_writes_the_packaged_text() -> None:
    assert run_cli("skill", "show").stdout == TEXT
    document = run_cli("skill", "show", "--json").document
    assert document == {"name": NAME, "version": __version__, "text": TEXT}


@pytest.mark.parametrize("target", ["clawhub", "cursor", "claude"])
def test_install_writes_where_the_agent_looks(tmp_path: Path, target: str) -> None:
    document = run_cli("skill", "install", "--target", target, "--json", cwd=tmp_path).document
    path = installed(tmp_path, target)
    assert document == {
        "name": NAME,
        "version": __version__,
        "files": [{"target": target, "path": str(path), "status": "installed"}],
    }
    assert path.read_text("utf-8") == TEXT
    assert list(path.parent.iterdir()) == [path]


def test_install_takes_several_agents_and_another_folder(tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    run_cli(
        *("skill", "install", "--target", "claude", "--target", "cursor", "--path", project),
        cwd=tmp_path,
    )
    assert installed(project, "claude").exists()
    assert installed(project, "cursor").exists()
    assert not installed(project, "clawhub").exists()


def test_install_finds_the_agents_of_the_project(tmp_path: Path) -> None:
    (tmp_path / ".claude").mkdir()
    (tmp_path / ".cursor").mkdir()
    document = run_cli("skill", "install", "--json", cwd=tmp_path).document
    assert [file["target"] for file in document["files"]] == ["cursor", "claude"]


def test_install_without_any_agent_is_for_clawhub(tmp_path: Path) -> None:
    run_cli("skill", "install", cwd=tmp_path)
    assert installed(tmp_path, "clawhub").exists()


def test_install_for_the_user_goes_to_the_home(tmp_path: Path) -> None:
    run_cli("skill", "install", "--user", "--target", "claude", cwd=tmp_path)
    assert installed(Path(os.environ["HOME"]), "claude").exists()


def test_install_twice_changes_nothing(tmp_path: Path) -> None:
    run_cli("skill", "install", cwd=tmp_path)
    result = run_cli("skill", "install", cwd=tmp_path)
    assert result.stdout == f"clawhub\tunchanged\t{installed(tmp_path, 'clawhub')}\n"


def test_install_replaces_changed_words_only_by_force(tmp_path: Path) -> None:
    path = installed(tmp_path, "claude")
    path.parent.mkdir(parents=True)
    path.write_text("mine", "utf-8")
    args = ("skill", "install", "--target", "cursor", "--target", "claude", "--json")
    error = run_cli(*args, cwd=tmp_path, expect=2).error
    assert error["kind"] == "input"
    assert "--force" in error["hint"]
    assert path.read_text("utf-8") == "mine"
    assert not installed(tmp_path, "cursor").exists()
    document = run_cli(*args, "--force", cwd=tmp_path).document
    assert [file["status"] for file in document["files"]] == ["installed", "replaced"]
    assert path.read_text("utf-8") == TEXT


@pytest.mark.parametrize(
    "args",
    [("--target", "emacs"), ("--user", "--path", "."), ("--path", "gone")],
    ids=["unknown-agent", "two-places", "no-folder"],
)
def test_install_says_what_is_wrong(tmp_path: Path, args: tuple[str, ...]) -> None:
    run_cli("skill", "install", *args, "--json", cwd=tmp_path, expect=2)
    assert list(tmp_path.iterdir()) == []


def test_skill_explains_every_exit_code_with_its_kinds() -> None:
    rows = re.findall(r"^\| (\d+) \|([^|]*)\|", TEXT, re.MULTILINE)
    explained = {int(code): set(re.findall(r"`(\w+)`", kinds)) for code, kinds in rows}
    classes = [item for item in vars(error_tree).values() if isinstance(item, type)]
    raised: dict[int, set[str]] = {code: set() for code in ExitCode}
    for item in classes:
        if issubclass(item, NemoError) and item.exit_code:  # a no is told, but not as an error
            raised[item.exit_code].add(item.kind)
    assert explained == raised


def test_skill_frontmatter_has_what_the_headers_need() -> None:
    frontmatter = dict(
        line.split(": ", 1) for line in TEXT.split("---\n")[1].splitlines() if ": " in line
    )
    assert frontmatter["name"] == NAME
    assert frontmatter["version"] == __version__
    assert frontmatter["description"]
