"""The draft's short keys end in one folder."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import nemovideo

SOURCES = Path(nemovideo.__file__).parent
KEYS = {"t", "tt", "sg", "st", "d", "m"}
LOOKUPS = {"get", "pop", "setdefault"}
HOME = "timeline/wire/"


def uses_of_keys(source: str) -> Iterator[int]:
    """Yield the lines that look up a key of the wire."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Subscript):
            key: ast.expr | None = node.slice
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            key = node.args[0] if node.func.attr in LOOKUPS and node.args else None
        else:
            continue
        if isinstance(key, ast.Constant) and key.value in KEYS:
            yield node.lineno


def test_wire_keys_stand_in_one_folder() -> None:
    found = {
        f"{name}:{line}"
        for path in SOURCES.rglob("*.py")
        if not (name := path.relative_to(SOURCES).as_posix()).startswith(HOME)
        for line in uses_of_keys(path.read_text(encoding="utf-8"))
    }
    assert found == set()


def test_lookups_of_wire_keys_are_found() -> None:
    source = 'a["t"]\nb.get("sg", [])\nc["x"]["m"]\nd.pop("st")\ne["ttl"]\nf.get(t)\ng("d")\n'
    assert list(uses_of_keys(source)) == [1, 2, 3, 4]
