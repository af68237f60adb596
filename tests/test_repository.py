"""What has to stay in step between files that no import connects."""

from __future__ import annotations

import ast
import io
import re
import subprocess
import tomllib
from collections import Counter
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from nemovideo import __version__
from nemovideo.errors import UnsupportedFileError
from nemovideo.protocol.media_types import accepted

ROOT = Path(__file__).parent.parent
PHOTOS = ROOT / "examples" / "photos"
MODULES = sorted((ROOT / "src").rglob("*.py"))

OWN_PLACES = [str(ROOT), str(Path.home())]
MACHINE_PATHS = re.compile(
    b"|".join(rb"(?<![\w.~/-])" + re.escape(place).encode() + rb"[/\\]\w" for place in OWN_PLACES)
)
"""Absolute paths that only exist on somebody's machine, this checkout's among them."""

REGISTRY_HOSTS = re.compile(
    rb"""(?:files\.pythonhosted\.org|pypi\.org/simple|[\w.-]*artifactory[\w.-]*\.\w+"""
    rb"""|[\w-]*(?:mirror|registry|nexus|devpi)[\w-]*\.(?:[\w-]+\.)+\w+/"""
    rb"""|--(?:extra-)?index-url|--trusted-host)"""
)
"""Where packages come from is the installer's choice, never the project's."""


def committed_files() -> list[Path]:
    """The files under version control; a test that needs them is skipped in an archive."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    # The tests' own home has no git settings, so ownership is vouched for here.
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    names = [name for name in listing.decode().split("\0") if name]
    return [ROOT / name for name in names if (ROOT / name).is_file()]


def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def declared_dependencies() -> set[str]:
    project = pyproject()["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    requirements = {line for group in groups for line in group if not line.startswith("nemovideo")}
    return {re.split(r"[\[<>=!~; ]", line, maxsplit=1)[0] for line in requirements}


def test_version_is_that_of_the_skill() -> None:
    skill = resources.files("nemovideo").joinpath("SKILL.md").read_text("utf-8")
    frontmatter = skill.split("---\n")[1]
    assert f"version: {__version__}\n" in frontmatter


def test_version_heads_the_changelog() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    newest = next(line for line in changelog.splitlines() if line.startswith("## "))
    assert __version__ in newest


def test_hint_names_the_accepted_formats() -> None:
    assert UnsupportedFileError().hint == f"Accepted: {accepted()}; 200 MB each."


@pytest.mark.parametrize("page", ["docs/cloud.md", "src/nemovideo/SKILL.md", "README.md"])
def test_page_names_the_accepted_formats(page: str) -> None:
    assert accepted() in " ".join((ROOT / page).read_text("utf-8").split())


def test_dependencies_are_all_explained() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    explained = set(re.findall(r"^\| `([\w.-]+)` \|", page, flags=re.MULTILINE))
    assert explained == declared_dependencies()


def test_dependencies_have_a_lower_bound() -> None:
    project = pyproject()["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    loose = [line for group in groups for line in group if not re.search(r">=\d|^nemovideo", line)]
    assert loose == []


def test_constraints_pin_every_dependency() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert all(re.fullmatch(r"[a-z0-9-]+==[\w.]+", line) for line in pins)
    pinned = {line.partition("==")[0] for line in pins}
    assert {name.lower().replace("_", "-") for name in declared_dependencies()} <= pinned


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param(MACHINE_PATHS, id="machine-path"),
        pytest.param(REGISTRY_HOSTS, id="registry-host"),
    ],
)
def test_files_name_no_place_of_one_machine(pattern: re.Pattern[bytes]) -> None:
    own = Path(__file__).resolve()
    found = {
        str(path.relative_to(ROOT)): match.group()
        for path in committed_files()
        if path != own and (match := pattern.search(path.read_bytes()))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        pytest.param(MACHINE_PATHS, f"see {OWN_PLACES[1]}/notes".encode(), id="own-home"),
        pytest.param(MACHINE_PATHS, f"in {ROOT}/src".encode(), id="this-checkout"),
        pytest.param(REGISTRY_HOSTS, b"https://" + b"pypi.mirror.example.com/x", id="mirror"),
        pytest.param(REGISTRY_HOSTS, b"pip install --index-url x", id="index-option"),
    ],
)
def test_patterns_find_what_they_are_for(pattern: re.Pattern[bytes], text: bytes) -> None:
    assert pattern.search(text)


def test_folders_hold_fifteen_modules_at_most() -> None:
    modules = (path for part in ("src", "tests") for path in (ROOT / part).rglob("*.py"))
    counts = Counter(str(path.parent.relative_to(ROOT)) for path in modules)
    assert {folder: count for folder, count in counts.items() if count > 15} == {}


def test_modules_have_three_hundred_lines_at_most() -> None:
    lengths = {str(path): len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert {path: length for path, length in lengths.items() if length > 300} == {}


def test_functions_have_sixty_lines_at_most_without_their_docstring() -> None:
    lengths = {
        f"{path.name}: {node.name}": _lines_without_docstring(node)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: length for name, length in lengths.items() if length > 60} == {}


def _lines_without_docstring(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    docstring = node.body[0] if ast.get_docstring(node) else None
    spared = (docstring.end_lineno or 0) - docstring.lineno + 1 if docstring else 0
    return (node.end_lineno or 0) - node.lineno + 1 - spared


def test_private_modules_are_imported_from_their_package_alone() -> None:
    strangers = {
        f"{importer} imports {module}"
        for path in MODULES
        for importer in [".".join(path.relative_to(ROOT / "src").with_suffix("").parts)]
        for module in _imported(path)
        if (match := re.match(r"(.+?)\._(?!_)", module)) and not importer.startswith(f"{match[1]}.")
    }
    assert strangers == set()


def _imported(path: Path) -> Iterator[str]:
    """The modules, and what is taken out of packages, that a module of ours imports of ours."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("nemovideo"):
            yield from (f"{node.module}.{name.name}" for name in node.names)
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name.startswith("nemovideo"))


def test_scripts_are_executable_in_git() -> None:
    committed_files()
    command = ["git", "-c", "safe.directory=*", "ls-files", "--stage", "scripts", ".ci/run"]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    modes = {line.split("\t")[1]: line.split()[0] for line in listing.splitlines()}
    assert set(modes) == {
        *(".ci/run", "scripts/check", "scripts/docs", "scripts/gallery.py", "scripts/test")
    }
    assert set(modes.values()) == {"100755"}


def test_photos_are_six_and_alone() -> None:
    names = sorted(path.name for path in PHOTOS.iterdir())
    assert [name[:3] for name in names] == ["01-", "02-", "03-", "04-", "05-", "06-"]
    assert {Path(name).suffix for name in names} == {".jpg"}


def test_photos_are_small_files_of_large_pictures() -> None:
    pillow = pytest.importorskip("PIL.Image")
    for path in PHOTOS.iterdir():
        assert path.stat().st_size < 300_000, path.name
        with pillow.open(io.BytesIO(path.read_bytes())) as picture:
            assert max(picture.size) >= 2000, path.name


def test_photos_hold_one_that_must_be_turned() -> None:
    pillow = pytest.importorskip("PIL.Image")
    orientations = []
    for path in sorted(PHOTOS.iterdir()):
        with pillow.open(path) as picture:
            orientations.append(picture.getexif().get(0x0112, 1))
    assert sorted(orientations) == [1, 1, 1, 1, 1, 6]
