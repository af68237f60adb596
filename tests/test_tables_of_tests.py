"""The tables in the docs that name tests: each row names one that exists, and none stands twice."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROW = re.compile(r"^\| (?P<what>.+?) \| (?P<deed>.+?) \| `(?P<file>[^`:]+)::(?P<name>\w+)` \|$")
HEADS = ("| fault |", "| kind |")
MIN_ROWS = {"reliability.md": 60, "field.md": 9}


def lines_of(page: str) -> list[str]:
    return (ROOT / "docs" / page).read_text("utf-8").splitlines()


def rows_of(page: str) -> list[re.Match[str]]:
    return [match for line in lines_of(page) if (match := ROW.match(line))]


ROWS = [(page, row) for page in MIN_ROWS for row in rows_of(page)]


@cache
def defined_in(path: Path) -> Counter[str]:
    """Count the tests that a file defines."""
    tree = ast.parse(path.read_text("utf-8"))
    return Counter(
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


@pytest.mark.parametrize("page", MIN_ROWS)
def test_table_has_all_its_rows(page: str) -> None:
    table = [line for line in lines_of(page) if line.startswith("| ")]
    bodies = [line for line in table if not line.startswith(HEADS)]
    assert len(bodies) == len(rows_of(page)) >= MIN_ROWS[page]


@pytest.mark.parametrize(
    "row", [row for _, row in ROWS], ids=[f"{page}-{row['name']}" for page, row in ROWS]
)
def test_row_names_a_test_that_exists(row: re.Match[str]) -> None:
    path = ROOT / "tests" / row["file"]
    assert path.is_file()
    assert defined_in(path)[row["name"]] == 1


@pytest.mark.parametrize("page", MIN_ROWS)
def test_table_names_nothing_twice(page: str) -> None:
    pairs = Counter((row["what"], row["deed"]) for row in rows_of(page))
    assert [pair for pair, count in pairs.items() if count > 1] == []
