"""What the program may say to a person, read from its sources."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import nemovideo

SOURCES = Path(nemovideo.__file__).parent
SPOKEN = {
    "notice": (0,),
    "warning": (0,),
    "say": (0,),
    "confirm": (0,),
    "begin": (1,),
    "activity": (0,),
    "end": (0,),
    "error_line": (0,),
    "Check": (2, 3),
    "check_failed": (0, 1),
    "counted": (1,),
}
"""Calls that speak, with the places of what they say."""
WHOLE_MODULES = (
    "cli/results/batch.py",
    "cli/input/targets.py",
    "cli/results/answers.py",
    "cli/results/chat.py",
    "cli/results/exports.py",
    "cli/results/timelines.py",
    "cli/repl/_commands.py",
    "cli/repl/_receipts.py",
    "cli/repl/_suggestions.py",
    "projects/recovery/hints.py",
    "_machine.py",
)
"""Where every text with a space in it is meant for people."""
SILENT = (
    "_exif.py",
    "_metadata/",
    "__init__.py",
    "cli/mcp/",
    "engine/http/bodies.py",
    "engine/http/endpoints.py",
    "engine/http/guard.py",
    "engine/uploads/multipart.py",
    "language/",
    "projects/inputs/privacy.py",
    "protocol/",
    "render/__init__.py",
    "render/text/__init__.py",
    "timeline/",
)
"""What only programs get to read, what is said by the agent, and what is caught on its way."""


def spoken_sentences() -> dict[str, str]:
    """Return the sentences, with ``{}`` for what varies, and where each stands."""
    found: dict[str, str] = {}
    for path in sorted(SOURCES.rglob("*.py")):
        name = path.relative_to(SOURCES).as_posix()
        if not name.startswith(SILENT):
            module = _Module(ast.parse(path.read_text("utf-8")))
            for line, sentence in module.sentences(is_whole=name in WHOLE_MODULES):
                found.setdefault(sentence, f"{name}:{line}")
    return found


class _Module:
    def __init__(self, tree: ast.Module) -> None:
        self._tree = tree
        self._constants: dict[str, list[ast.expr]] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    self._keep(target, node.value)
        statements = (node for node in ast.walk(tree) if isinstance(node, ast.Expr))
        self._docstrings = {id(statement.value) for statement in statements}

    def _keep(self, target: ast.expr, value: ast.expr) -> None:
        if isinstance(target, ast.Name):
            self._constants.setdefault(target.id, []).append(value)
        elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            for one, its_value in zip(target.elts, value.elts, strict=False):
                self._keep(one, its_value)

    def sentences(self, *, is_whole: bool) -> Iterator[tuple[int, str]]:
        spoken = [*self._called(), *self._class_words()]
        if is_whole:
            spoken += self._all_texts()
        for node in spoken:
            for sentence in self._texts(node):
                is_sentence = " " in sentence.strip() or sentence.endswith((".", "…", ":"))
                if is_sentence and any(map(str.isalpha, sentence.replace("{}", ""))):
                    yield node.lineno, sentence

    def _all_texts(self) -> Iterator[ast.expr]:
        parts: set[int] = set()
        for node in ast.walk(self._tree):
            if isinstance(node, ast.JoinedStr):
                parts.update(map(id, ast.walk(node)))
                yield node
            elif isinstance(node, ast.Constant) and id(node) not in parts | self._docstrings:
                yield node

    def _called(self) -> Iterator[ast.expr]:
        for node in ast.walk(self._tree):
            if not isinstance(node, ast.Call):
                continue
            function = node.func
            name = function.attr if isinstance(function, ast.Attribute) else ""
            name = function.id if isinstance(function, ast.Name) else name
            places = (0,) if name.endswith("Error") else SPOKEN.get(name.lstrip("_"), ())
            yield from (node.args[place] for place in places if place < len(node.args))
            if name.endswith("Error") or name == "Check":
                yield from (k.value for k in node.keywords if k.arg in ("hint", "message"))

    def _class_words(self) -> Iterator[ast.expr]:
        for node in ast.walk(self._tree):
            if isinstance(node, ast.AnnAssign | ast.Assign) and node.value is not None:
                target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
                if isinstance(target, ast.Name) and target.id in (
                    "default_message",
                    "default_hint",
                ):
                    yield node.value

    def _texts(self, node: ast.expr, depth: int = 0) -> Iterator[str]:
        if depth > 3:
            return
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield "".join(
                str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values
            )
        elif isinstance(node, ast.IfExp):
            yield from self._texts(node.body, depth)
            yield from self._texts(node.orelse, depth)
        elif isinstance(node, ast.BoolOp):
            for value in node.values:
                yield from self._texts(value, depth)
        elif isinstance(node, ast.Name):
            for value in self._constants.get(node.id, ()):
                yield from self._texts(value, depth + 1)
