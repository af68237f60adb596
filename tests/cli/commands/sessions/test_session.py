"""`nemo session`: the documents of each subcommand, names, and what is not known."""

from __future__ import annotations

import pytest

from tests.support.cli import run_cli
from tests.support.scripted_cloud import ScriptedCloud

SHOWN = {"session_id", "task_id", "name", "backend", "workspace_url"}


def new(*args: str) -> str:
    return str(run_cli("session", "new", *args, "--json").document["session_id"])


@pytest.mark.parametrize("verb", ["use", "show", "rename"])
def test_one_session_is_shown_with_the_same_keys(cloud: ScriptedCloud, verb: str) -> None:
    session_id = new("first")
    more = ["second"] if verb == "rename" else []
    document = run_cli("session", verb, session_id, *more, "--json").document
    assert set(document) == SHOWN
    assert document["session_id"] == session_id
    assert document["backend"] == "cloud"


def test_list_is_an_array_with_the_current_one_marked(cloud: ScriptedCloud) -> None:
    first, second = new("first"), new("second")
    run_cli("session", "use", first)
    listed = run_cli("session", "list", "--json").document
    assert [(row["session_id"], row["name"], row["current"], row["backend"]) for row in listed] == [
        (second, "second", False, "cloud"),
        (first, "first", True, "cloud"),
    ]


def test_list_of_nothing_is_an_empty_array() -> None:
    assert run_cli("session", "list", "--json").document == []


def test_rename_keeps_the_session_and_changes_its_name(cloud: ScriptedCloud) -> None:
    session_id = new("first")
    assert run_cli("session", "rename", session_id, " Summer  2026 ").stdout.endswith(
        "\tSummer 2026\n"
    )
    (row,) = run_cli("session", "list", "--json").document
    assert (row["session_id"], row["name"]) == (session_id, "Summer 2026")


def test_rename_to_nothing_is_wrong_use(cloud: ScriptedCloud) -> None:
    session_id = new("first")
    assert (
        run_cli("session", "rename", session_id, " ", "--json", expect=2).error["kind"] == "usage"
    )


@pytest.mark.parametrize("args", [("rename", "gone", "x"), ("forget", "gone")], ids=lambda a: a[0])
def test_a_session_that_is_not_known_here_is_refused(args: tuple[str, ...]) -> None:
    error = run_cli("session", *args, "--json", expect=4).error
    assert error["kind"] == "session"
    assert "nemo session list" in error["hint"]


def test_a_forgotten_session_is_not_the_current_one(cloud: ScriptedCloud) -> None:
    first, second = new(), new()
    run_cli("session", "forget", second, "-y")
    assert run_cli("session", "show", "--json").document["session_id"] == first
    run_cli("session", "forget", first)
    assert run_cli("session", "show", "--json", expect=4).error["kind"] == "session"
