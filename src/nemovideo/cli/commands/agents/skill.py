"""`nemo skill`: the SKILL.md that teaches an AI agent this command line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from nemovideo._files import expand_home
from nemovideo.cli._context import CommandContext
from nemovideo.cli.input.options import PLAIN, command
from nemovideo.errors import InputNotFoundError, UsageError
from nemovideo.projects.setup.skills import SkillTarget


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(help="The SKILL.md for AI agents.", no_args_is_help=True)
    command(group, "show", options=PLAIN)(show)
    command(group, "install", options=(*PLAIN, "yes"))(install)
    app.add_typer(group, name="skill")


def show(context: CommandContext) -> None:
    """Write the SKILL.md to stdout."""
    from nemovideo.projects.setup.skills import read_skill

    skill = read_skill()
    context.output.document({"name": skill.name, "version": skill.version, "text": skill.text})
    context.output.result(skill.text.rstrip("\n"))


def install(
    context: CommandContext,
    target: Annotated[
        list[SkillTarget] | None,
        typer.Option(
            "--target", metavar="AGENT", help="clawhub, cursor or claude; those found if left out."
        ),
    ] = None,
    path: Annotated[
        str | None,
        typer.Option("--path", metavar="FOLDER", help="The project; the current folder."),
    ] = None,
    user: Annotated[
        bool, typer.Option("--user", help="Install for all projects, in the home folder.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", "-f", help="Replace a file that was changed.")
    ] = False,
) -> None:
    """Copy the SKILL.md to where agents look for skills."""
    from nemovideo.projects.setup.skills import install_skill, read_skill, targets_in

    folder = _folder(path, user=user)
    copies = install_skill(folder, target or targets_in(folder), force=force or context.options.yes)
    skill = read_skill()
    context.output.document(
        {
            "name": skill.name,
            "version": skill.version,
            "files": [
                {"target": copy.target, "path": str(copy.path), "status": copy.status}
                for copy in copies
            ],
        }
    )
    for copy in copies:
        context.output.result(f"{copy.target}\t{copy.status}\t{copy.path}")


def _folder(path: str | None, *, user: bool) -> Path:
    if user and path is not None:
        raise UsageError("--user and --path exclude each other")
    if user:
        return _home()
    folder = expand_home(path) if path is not None else Path.cwd()
    if not folder.is_dir():
        raise InputNotFoundError(f"no such folder: {folder}", hint="Make it first.")
    return folder


def _home() -> Path:
    home = expand_home("~")
    if not home.is_absolute():
        raise UsageError("there is no home folder", hint="Name the folder instead: --path FOLDER.")
    return home
