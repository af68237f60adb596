"""Reads Markdown pages as their readers do: blocks of commands, files to save, output to expect.

Four HTML comments, invisible to readers, say what a block is where its language can't::

    <!-- file: Makefile -->             the block is to be saved under that name
    <!-- not run: needs GitHub -->      the block is not run, and why
    <!-- output -->                     what the block of commands before it prints
    <!-- case: no-credits -->           what a test of that name makes the program print

Output is compared line by line; ``…`` stands for anything.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"
RUNNABLE = ("sh", "python")

_FENCE = re.compile(r"^```(\w*)\s*$")
_COMMENT = re.compile(r"^<!-- (file|not run|output|case)(?:: (.+))? -->$")
_CONTINUED = re.compile(r"\\\n\s*")
_COMMAND_END = re.compile(r"\s(?:\||\|\||&&|&|;|>|>>|<|2>|2>>|2>&1)(?:\s|$)|\s#|\$\(|`|;(?:\s|$)")


@dataclass(frozen=True)
class Block:
    """One fenced block of a page."""

    page: Path
    line: int
    """Where its first line stands, counted from 1."""
    section: str
    """The heading of level 2 above it."""
    language: str
    text: str
    file: str | None = None
    """The name under which the reader saves it."""
    not_run: str | None = None
    """Why it isn't run."""
    is_output: bool = False
    case: str | None = None
    """The test that makes the program print it."""

    @property
    def is_run(self) -> bool:
        """Whether it holds commands or code to run."""
        return self.language in RUNNABLE and self.file is None and self.not_run is None

    @property
    def place(self) -> str:
        """Where it stands, for messages."""
        return f"{self.page.name}:{self.line}"


def read_blocks(page: Path) -> list[Block]:
    """Return the fenced blocks of a page, in order."""
    blocks: list[Block] = []
    lines = page.read_text("utf-8").splitlines()
    marks: dict[str, str] = {}
    number, section = 0, ""
    while number < len(lines):
        line = lines[number].strip()
        comment, fence = _COMMENT.match(line), _FENCE.match(line)
        number += 1
        if comment:
            marks[comment[1]] = comment[2] or ""
        elif fence:
            start = number
            while lines[number].strip() != "```":
                number += 1
            text = "\n".join(lines[start:number]) + "\n"
            number += 1
            blocks.append(
                Block(
                    page,
                    start + 1,
                    section,
                    fence[1],
                    text,
                    file=marks.get("file"),
                    not_run=marks.get("not run"),
                    is_output="output" in marks,
                    case=marks.get("case"),
                )
            )
            marks = {}
        elif line:
            marks = {}
            section = line if line.startswith("## ") else section
    return blocks


def inline_code(page: Path) -> list[str]:
    """Return what stands in backticks in a page's prose."""
    prose = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    return re.findall(r"`([^`\n]+)`", prose)


def nemo_commands(text: str) -> list[list[str]]:
    """Return the arguments of every `nemo` that a text calls, wherever it stands in a line.

    ``nemo COMMAND --help`` stands for all commands and is left out.
    """
    commands = []
    for line in _CONTINUED.sub(" ", text).splitlines():
        for match in re.finditer(r"(?:^|[\s(/])nemo(?=\s|$)", _hide_quoted(line)):
            if line[: match.start() + 1].lstrip().startswith("#"):
                continue
            rest = line[match.end() :]
            end = _COMMAND_END.search(_hide_quoted(rest))
            words = shlex.split(rest[: end.start()] if end else rest.rstrip(")"))
            if not words or words[0] != "COMMAND":
                commands.append(words)
    return commands


def missing_lines(expected: str, output: str) -> list[str]:
    """Return the lines of an expected output that do not stand in the output, in that order."""
    missing = []
    found = iter(output.splitlines())
    for line in filter(str.strip, expected.splitlines()):
        pattern = re.compile(".*".join(map(re.escape, line.rstrip().split("…"))))
        if not any(pattern.fullmatch(candidate.rstrip()) for candidate in found):
            missing.append(line)
            found = iter(output.splitlines())
    return missing


def _hide_quoted(text: str) -> str:
    """Replace what stands in quotes, so that no operator is seen in it."""
    return re.sub(r"'[^']*'|\"[^\"]*\"", lambda match: "x" * len(match[0]), text)
