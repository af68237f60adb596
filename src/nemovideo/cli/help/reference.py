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

MARKDOWN_FILE = "cli.md"
MAN_FILE = "nemo.1"
EDITING_FILE = "editing.md"

EXIT_CODES = {
    0: "done",
    1: "unexpected, or jobs of a batch that failed in several ways",
    2: "wrong use, missing input file, existing output, nothing on the timeline or to resume, "
    "something not understood under --strict",
    3: "the token is refused",
    4: "the session is not known, or there is none yet",
    5: "no credits are left",
    6: "a file is refused: its kind, its size, its content",
    7: "export is not part of the plan",
    8: "too many requests",
    9: "network, timeout, a bad answer, the agent's own error",
    10: "the render failed or took too long",
    130: "interrupted (Ctrl-C); the hint says how to go on",
    141: "the reader of stdout has gone",
}

ENVIRONMENT = {
    "NEMO_TOKEN": "The token to use, in place of a kept or an anonymous one.",
    "NEMO_CLIENT_ID": "The client id, in place of the kept one.",
    "SKILL_SOURCE": "The platform told to the API.",
    "NEMO_CONFIG_DIR": "The folder of config.toml, the client id and the tokens.",
    "NEMO_DATA_DIR": "The folder of the journal and of the local engine's files.",
    "NO_COLOR": "Any value: no colours.",
}

SETTINGS = (
    ("backend", "auto, cloud or local"),
    ("api_url", "the API"),
    ("web_url", "the web workspace"),
    ("language", "of what nemo says and of new sessions, as in en or zh-CN"),
    ("notify", "how the end of a long job calls: auto (a message or the bell), bell, off"),
    ("poll_interval", "seconds between looks at a render"),
    ("render_timeout", "seconds until a render counts as lost"),
    ("stream_timeout", "seconds that one answer may take"),
    ("idle_timeout", "seconds that an answer may bring nothing but heartbeats"),
    ("notice_interval", "seconds between two “Still working…”"),
    ("retry_wait", "seconds to wait when the server asks to slow down and says not how long"),
    ("recover_wait", "seconds to wait after an answer broke off, before the timeline is read"),
    ("recover_interval", "seconds between further reads"),
    ("recover_tries", "how many reads in all"),
    ("upload_concurrency", "uploads side by side"),
    ("pieces_limit", "how much of rendered films is kept for the next export, as in 2GB; 0: none"),
    ("output_dir", "where videos without --out go"),
)

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
        "[Environment](#environment)",
    ]
    for page in pages:
        lines += ["", *_markdown_page(page)]
    lines += ["", "## Common options", "", *_table("option", _all_common(pages))]
    codes = [(str(code), text) for code, text in EXIT_CODES.items()]
    lines += ["", "## Exit codes", "", *_table("code", codes)]
    lines += ["", "## Environment", "", *_table("variable", _environment())]
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
    codes = [(str(code), text) for code, text in EXIT_CODES.items()]
    lines += [".SH EXIT STATUS", *_man_rows(codes)]
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


def _environment() -> list[Row]:
    settings = [(f"NEMO_{name.upper()}", f"The setting {name}: {text}.") for name, text in SETTINGS]
    return [*ENVIRONMENT.items(), *settings]


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
