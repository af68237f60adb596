"""The options that commands share, declared once, and the decorator that adds them."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from typing import Annotated, Any, Concatenate, Literal, ParamSpec

import typer
from typer.core import TyperCommand

from nemovideo.cli._context import CommandContext, CommonOptions
from nemovideo.cli.output.output import ProgressMode
from nemovideo.projects.convert.options import OPTIONS

OptionName = Literal[
    "session",
    "local",
    "cloud",
    "api_url",
    "json",
    "quiet",
    "verbose",
    "yes",
    "no_input",
    "progress",
]

P = ParamSpec("P")

COMMON = "Common options"


def _common(kind: Any, *flags: str, help: str, metavar: str | None = None) -> Any:
    return Annotated[kind, typer.Option(*flags, metavar=metavar, help=help, rich_help_panel=COMMON)]


_TYPES: dict[OptionName, Any] = {
    "session": _common(
        str | None, "--session", metavar="NAME", help="Work in this session; its name or id."
    ),
    "local": _common(bool, "--local", help="Use the engine on this machine, not the cloud."),
    "cloud": _common(
        bool, "--cloud", help="Use the cloud and nothing else, whatever the settings say."
    ),
    "api_url": _common(str | None, "--api-url", metavar="URL", help="Use this API."),
    "json": _common(bool, "--json", help="Write one JSON document to stdout."),
    "quiet": _common(bool, "--quiet", "-q", help="Write only results and errors."),
    "verbose": _common(bool, "--verbose", "-v", help="Write what is sent and received."),
    "yes": _common(bool, "--yes", "-y", help="Answer every question with yes."),
    "no_input": _common(bool, "--no-input", help="Never ask."),
    "progress": _common(
        ProgressMode,
        "--progress",
        metavar="HOW",
        help="auto, bar, plain, json (a line each on stderr) or none.",
    ),
}


def flag_of(key: str) -> Any:
    """Return the annotation of an option of `convert`."""
    option = OPTIONS[key]
    kind = bool if option.kind is bool else str | None
    return Annotated[kind, typer.Option(*option.flags, metavar=option.metavar, help=option.help)]


KeepMetadata = flag_of("keep_metadata")
Recursive = flag_of("recursive")
Strict = flag_of("strict")
Quality = flag_of("quality")
MaxSize = flag_of("max_size")
Encoder = flag_of("encoder")
Purpose = Annotated[
    str | None,
    typer.Option(
        "--for",
        metavar="WHERE",
        help="youtube, reel, tiktok, story, whatsapp, email or tv: keep to its limits.",
    ),
]
Wished = dict[str, Any]
"""A parameter of this kind stands for all options of `convert`, by their keys."""
DryRun = Annotated[
    bool,
    typer.Option("--dry-run", help="Only tell what would be done; nothing is sent or written."),
]
FilesFrom = Annotated[
    str | None,
    typer.Option("--files-from", metavar="FILE", help="Read names from a list, too; - for stdin."),
]
Format = Annotated[
    str | None,
    typer.Option("--format", metavar="NAME", help="mp4, mov, webm or gif; by the name's ending."),
]
Poster = Annotated[
    str | None,
    typer.Option("--poster", metavar="FILE", help="Save a picture of the video, too: JPEG, PNG."),
]
Report = Annotated[
    str | None,
    typer.Option(
        "--report", metavar="FILE", help="Save a page on the video, too: pictures, sound, checks."
    ),
]
Subtitles = Annotated[
    str | None,
    typer.Option(
        "--subtitles", metavar="FILE", help="Save the words that the video shows, too: SRT."
    ),
]
OpenResult = Annotated[bool, typer.Option("--open", help="Play the video when it is done.")]
_DEFAULTS = CommonOptions()

WORKING: tuple[OptionName, ...] = tuple(_TYPES)
"""For commands that work in a session."""
PLACED = tuple(name for name in WORKING if name not in ("session", "yes"))
"""For commands that speak to a backend outside a session."""
PLAIN: tuple[OptionName, ...] = ("json", "quiet", "verbose", "no_input")
"""For commands that stay on this machine."""


def help_record(param: Any, ctx: Any) -> tuple[str, str] | None:
    """Return a parameter's names and help, without the type that Typer puts behind a name."""
    record = param.get_help_record(ctx)
    return None if record is None else (re.sub(r" <[^>]*>$", "", record[0]), record[1])


class NemoCommand(TyperCommand):
    """A command whose help lists its own options before those that all commands share."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Name required arguments plainly, without braces."""
        pieces: list[str] = super().collect_usage_pieces(ctx)
        return [re.sub(r"^\{(.*)\}", r"\1", piece) for piece in pieces]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the sections of the help."""
        sections: dict[str, list[tuple[str, str]]] = {}
        for param in self.get_params(ctx):
            record = help_record(param, ctx)
            if record is not None:
                is_argument = param.param_type_name == "argument"
                panel = getattr(param, "rich_help_panel", None)
                title = "Arguments" if is_argument else panel or "Options"
                sections.setdefault(title, []).append(record)
        for title in ("Arguments", "Options", COMMON):
            if title in sections:
                with formatter.section(title):
                    formatter.write_dl(sections[title])

    def format_epilog(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - Click's signature
        """Write the names that options take, and examples, which are never wrapped."""
        from nemovideo.cli.help.examples import sections_of

        for title, lines in sections_of(self.name or ""):
            with formatter.section(title):
                for line in lines:
                    if title == "Examples":
                        formatter.write(f"{'':>{formatter.current_indent}}{line}\n")
                    else:
                        formatter.write_text(line)


def command(
    app: typer.Typer, name: str, *, options: tuple[OptionName, ...] = WORKING, **settings: Any
) -> Callable[[Callable[Concatenate[CommandContext, P], None]], None]:
    """Register a function as a command; it gets a `CommandContext` before its own parameters."""

    def register(function: Callable[Concatenate[CommandContext, P], None]) -> None:
        own = list(inspect.signature(function, eval_str=True).parameters.values())[1:]
        wished = {each.name for each in own if each.annotation == Wished}
        keys = tuple(OPTIONS) if wished else ()
        wishes = [_parameter(OPTIONS[key].name, flag_of(key), _unset(key)) for key in keys]
        own = [one for each in own for one in (wishes if each.name in wished else [each])]
        common = [
            _parameter(option, _TYPES[option], getattr(_DEFAULTS, option)) for option in options
        ]

        def run(**values: Any) -> None:
            chosen = {option: values.pop(option) for option in options}
            values |= {
                name: {key: values.pop(OPTIONS[key].name) for key in keys} for name in wished
            }
            context = CommandContext(CommonOptions(**chosen))
            with context.watched():
                function(context, **values)  # type: ignore[call-arg]

        parameters = [*(p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in own), *common]
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        run.__annotations__ = {p.name: p.annotation for p in parameters}
        run.__doc__ = function.__doc__
        run.__name__ = function.__name__
        run.__module__ = function.__module__
        app.command(name, cls=NemoCommand, **settings)(run)

    return register


def single(
    name: str,
    function: Callable[Concatenate[CommandContext, P], None],
    *,
    options: tuple[OptionName, ...] = WORKING,
) -> Callable[[typer.Typer], None]:
    """Return what adds a function to the program as the command of a name."""
    return lambda app: command(app, name, options=options)(function)


def _parameter(name: str, annotation: Any, default: object) -> inspect.Parameter:
    kind = inspect.Parameter.KEYWORD_ONLY
    return inspect.Parameter(name, kind, default=default, annotation=annotation)


def _unset(key: str) -> bool | None:
    return False if OPTIONS[key].kind is bool else None
