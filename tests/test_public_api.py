"""The names that users import, and what importing them costs."""

from __future__ import annotations

import subprocess
import sys

import pytest

import nemovideo

HEAVY = {"httpx", "pydantic", "rich", "typer", "av", "cv2", "numpy", "PIL", "starlette", "uvicorn"}


def modules_after(statement: str) -> set[str]:
    """Return the top-level modules that a fresh interpreter has loaded after a statement."""
    code = f"{statement}\nimport sys; print(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_all_is_sorted() -> None:
    assert nemovideo.__all__ == sorted(nemovideo.__all__)


def test_all_is_what_users_were_promised() -> None:
    assert {
        "Action",
        "Intent",
        "NemoError",
        "NemoVideo",
        "Timeline",
        "Translation",
        "__version__",
        "classify_intent",
        "translate_gui",
    } == set(nemovideo.__all__)


@pytest.mark.parametrize("name", nemovideo.__all__)
def test_name_is_importable(name: str) -> None:
    assert getattr(nemovideo, name) is not None
    assert name in dir(nemovideo)


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Nemo'"):
        _ = nemovideo.Nemo


def test_import_of_the_package_is_light() -> None:
    assert modules_after("import nemovideo") & HEAVY == set()


def test_import_of_the_errors_is_light() -> None:
    assert modules_after("from nemovideo import NemoError") & HEAVY == set()


def test_import_of_the_client_leaves_the_engine_alone() -> None:
    # Rich is not in this list: httpx loads it when it is installed.
    loaded = modules_after("from nemovideo import NemoVideo")
    assert loaded & {"typer", "av", "cv2", "numpy", "PIL", "starlette", "uvicorn"} == set()


def test_package_is_marked_as_typed() -> None:
    from importlib import resources

    assert resources.files("nemovideo").joinpath("py.typed").is_file()
