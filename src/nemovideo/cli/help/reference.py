"""The reference of all commands, as Markdown and as a man page, from the program itself.

Nothing here depends on a terminal or its width, so that the same program always gives the same
pages; a test checks that those in ``docs`` are the present ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from nemovideo._version import __version__
from nemovideo.cli._app import make_app
from nemovideo.cli.help.editing_page import editing_page
from nemovideo.cli.input.options import COMMON, help_record
from nemovideo.config import ENVIRONMENT, SETTINGS, variable_of
from nemovideo.errors import ExitCode

MARKDOWN_FILE = "cli.md"
MAN_FILE = "nemo.1"
EDITING_FILE = "editing.md"

Row = tuple[str, str]

COMPLETION: dict[str, Row] = {
    "install_completion": (
        "--install-completion [SHELL]",
        "Install completion for bash, zsh, fish, powershell or pwsh; for this shell if none.",
    ),
    "show_completion": (
        "--show-completion [SHELL]",
        "Show the script instead, for a file of your own.",
    ),
}
"""What Typer's own help does not know: a shell may be named."""


@dataclass(frozen=True)
class CommandPage:
    """All that there is to say of a command."""

    name: str
    """With those above it: ``nemo config set``."""
    usage: str
    help: str
    arguments: tuple[Row, ...] = ()
    options: tuple[Row, ...] = ()
    common: tuple[Row, ...] = ()
    commands: tuple[str, ...] = field(default=())
    """The names of a group's commands."""


def read_pages() -> tuple[CommandPage, ...]:
    """Return a page for the program and each of its commands, in the order of the help."""
    return tuple(_pages(get_command(make_app()), None, "nemo"))


def _pages(command: Any, parent: Any, name: str) -> Iterator[CommandPage]:
    context = typer.Context(command, parent=parent, info_name=name)
    yield _page(command, context)
    if isinstance(command, TyperGroup):
        for child in command.list_commands(context):
            yield from _pages(command.get_command(context, child), context, child)


def _page(command: Any, context: typer.Context) -> CommandPage:
    rows: dict[str, list[Row]] = {"arguments": [], "options": [], "common": []}
    for param in command.get_params(context):
        record = COMPLETION.get(param.name) or help_record(param, context)
        if record is not None and param.name != "help":
            is_common = getattr(param, "rich_help_panel", None) == COMMON
            kind = "arguments" if param.param_type_name == "argument" else "options"
            rows["common" if is_common else kind].append((_joined(record[0]), _joined(record[1])))
    is_group = isinstance(command, TyperGroup)
    return CommandPage(
        name=context.command_path,
        usage=" ".join([context.command_path, *command.collect_usage_pieces(context)]),
        help=_paragraphs(command.help or ""),
        arguments=tuple(rows["arguments"]),
        options=tuple(rows["options"]),
        common=tuple(rows["common"]),
        commands=tuple(command.list_commands(context)) if is_group else (),
    )


def _joined(text: str) -> str:
    return " ".join(text.split())


def _paragraphs(text: str) -> str:
    return "\n\n".join(_joined(part) for part in re.split(r"\n\s*\n", text) if part.strip())


def to_markdown(pages: tuple[CommandPage, ...]) -> str:
    """Write the reference as Markdown."""
    lines = [
        "# The command line",
        "",
        "Every command with its options, written by `scripts/docs` from the program itself. What",
        "the options are good for stands in the other pages.",
        "",
        *(f"- [`{page.name}`](#{_anchor(page.name)}): {_first(page.help)}" for page in pages[1:]),
        "- [Common options](#common-options) · [Exit codes](#exit-codes) · "
        "[Settings](#settings) · [Environment](#environment)",
    ]
    for page in pages:
        lines += ["", *_markdown_page(page)]
    lines += ["", "## Common options", "", *_table("option", _all_common(pages))]
    lines += ["", "## Exit codes", "", *_table("code", _exit_codes())]
    lines += ["", "## Settings", "", *_settings_of_markdown()]
    lines += [
        "",
        "## Environment",
        "",
        *_table("variable", [*_variables(), ("NEMO_<NAME>", "Each setting.")]),
    ]
    return "\n".join(lines) + "\n"


def _markdown_page(page: CommandPage) -> list[str]:
    lines = [f"## {page.name}", "", f"`{page.usage}`", "", page.help]
    if page.arguments:
        lines += ["", *_table("argument", page.arguments)]
    if page.options:
        lines += ["", *_table("option", page.options)]
    if page.common:
        names = ", ".join(f"`{_long_name(names)}`" for names, _ in page.common)
        lines += ["", f"And the [common options](#common-options) {names}."]
    return lines


def _table(heading: str, rows: Any) -> list[str]:
    lines = [f"| {heading} | |", "|---|---|"]
    for name, text in rows:
        lines.append(f"| `{_cell(name)}` | {_cell(text)} |")
    return lines


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _anchor(name: str) -> str:
    return name.replace(" ", "-")


def to_man(pages: tuple[CommandPage, ...]) -> str:
    """Write the reference as a man page, in the man(7) macros."""
    lines = [
        f'.TH NEMO 1 "" "nemo {__version__}" "User Commands"',
        ".SH NAME",
        f"nemo \\- {_roff(_first(pages[0].help).rstrip('.'))}",
        ".SH SYNOPSIS",
        f".B {_roff(pages[0].usage)}",
        ".SH DESCRIPTION",
        _roff(pages[0].help),
        ".SH OPTIONS",
        *_man_rows(pages[0].options),
        ".SH COMMANDS",
    ]
    for page in pages[1:]:
        lines += [f".SS {_roff(page.name)}", f".B {_roff(page.usage)}"]
        for paragraph in page.help.split("\n\n"):
            lines += [".PP", _roff(paragraph)]
        lines += _man_rows((*page.arguments, *page.options))
        if page.common:
            names = ", ".join(_long_name(names) for names, _ in page.common)
            lines += [".PP", _roff(f"Common options: {names}.")]
    lines += [".SH COMMON OPTIONS", *_man_rows(_all_common(pages))]
    lines += [".SH EXIT STATUS", *_man_rows(_exit_codes())]
    lines += [".SH ENVIRONMENT", *_man_rows(_environment())]
    lines += [
        ".SH FILES",
        *_man_rows(
            [
                ("config.toml", "The user's settings; nemo config path tells where."),
                ("nemo.toml", "Settings and the session of a project folder and those below it."),
            ]
        ),
    ]
    return "\n".join(lines) + "\n"


def _man_rows(rows: Any) -> list[str]:
    return [line for name, text in rows for line in (".TP", f".B {_roff(name)}", _roff(text))]


def _roff(text: str) -> str:
    """Escape what roff would take for its own."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("\n\n", "\n.PP\n")
    escaped = escaped.replace("'", "\\(aq").replace('"', "\\(dq")
    escaped = re.sub(r"^\.(?!PP$)", r"\\&.", escaped, flags=re.MULTILINE)
    return "".join(char if char.isascii() else f"\\[u{ord(char):04X}]" for char in escaped)


def _all_common(pages: tuple[CommandPage, ...]) -> tuple[Row, ...]:
    return tuple(dict.fromkeys(row for page in pages for row in page.common))


def _exit_codes() -> list[Row]:
    return [(str(code.value), code.meaning) for code in ExitCode]


def _settings_of_markdown() -> list[str]:
    lines = [
        "A flag goes before the environment (`NEMO_<NAME>`), then come the `nemo.toml` of a",
        "project folder, `config.toml` (`nemo config set NAME VALUE`) and the default. Lengths are",
        "seconds, or as in `90s`, `1:30` and `1m30s`. `nemo config list` shows what holds, and",
        "where it comes from.",
        "",
        "| setting | default | |",
        "|---|---|---|",
    ]
    for name, setting in SETTINGS.items():
        lines.append(f"| `{name}` | {_cell(setting.default)} | {_cell(setting.meaning)} |")
    return lines


def _variables() -> list[Row]:
    return [*ENVIRONMENT.items(), ("NO_COLOR", "Any value: no colours.")]


def _environment() -> list[Row]:
    settings = [
        (variable_of(name), f"The setting {name}: {setting.meaning}.")
        for name, setting in SETTINGS.items()
    ]
    return [*_variables(), *settings]


def _long_name(names: str) -> str:
    return next(word.rstrip(",") for word in names.split() if word.startswith("--"))


def _first(text: str) -> str:
    return text.partition("\n\n")[0]


def write_reference(folder: Path) -> None:
    """Write the pages into a folder."""
    pages = read_pages()
    (folder / EDITING_FILE).write_bytes(editing_page().encode())
    (folder / MARKDOWN_FILE).write_bytes(to_markdown(pages).encode())
    (folder / MAN_FILE).write_bytes(to_man(pages).encode())
