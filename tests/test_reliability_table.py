"""The table of faults in the docs: every row names a test that exists, and no row stands twice."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROW = re.compile(r"^\| (?P<fault>.+?) \| (?P<deed>.+?) \| `(?P<file>[^`:]+)::(?P<name>\w+)` \|$")
ROWS = [
    match
    for line in (ROOT / "docs" / "reliability.md").read_text("utf-8").splitlines()
    if (match := ROW.match(line))
]
MIN_ROWS = 60


@cache
def defined_in(path: Path) -> Counter[str]:
    """Count the tests that a file defines."""
    tree = ast.parse(path.read_text("utf-8"))
    return Counter(
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


def test_table_has_all_its_rows() -> None:
    lines = (ROOT / "docs" / "reliability.md").read_text("utf-8").splitlines()
    table = [line for line in lines if line.startswith("| ") and not line.startswith("| fault ")]
    assert len(table) == len(ROWS) >= MIN_ROWS


@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
def test_row_names_a_test_that_exists(row: re.Match[str]) -> None:
    path = ROOT / "tests" / row["file"]
    assert path.is_file()
    assert defined_in(path)[row["name"]] == 1


def test_table_names_no_fault_twice() -> None:
    faults = Counter((row["fault"], row["deed"]) for row in ROWS)
    assert [pair for pair, count in faults.items() if count > 1] == []
