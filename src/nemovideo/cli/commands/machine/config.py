"""`nemo config`: the settings, where each comes from, and changes to the user's config file."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from nemovideo.cli._context import CommandContext
from nemovideo.cli.input.options import PLACED, PLAIN, command

if TYPE_CHECKING:
    from nemovideo.projects.setup.settings_file import JsonValue, SettingValue

Name = Annotated[str, typer.Argument(metavar="NAME", help="The setting.")]


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(help="Show and change settings.", no_args_is_help=True)
    command(group, "list", options=PLACED)(list_all)
    command(group, "get", options=PLACED)(get)
    command(group, "set", options=PLAIN)(set_one)
    command(group, "unset", options=PLAIN)(unset)
    command(group, "path", options=PLAIN)(path)
    app.add_typer(group, name="config")


def list_all(context: CommandContext) -> None:
    """List all settings and where each comes from."""
    from nemovideo.projects.setup.settings_file import list_settings

    settings = list_settings(context.settings)
    context.output.document({item.name: _document(item) for item in settings})
    width = max(len(item.name) for item in settings)
    for item in settings:
        context.output.result(f"{item.name.ljust(width)} = {_written(item.value)} ({item.source})")


def get(context: CommandContext, name: Name) -> None:
    """Show one setting."""
    from nemovideo.projects.setup.settings_file import get_setting

    item = get_setting(context.settings, name)
    context.output.document(_document(item))
    context.output.result(_written(item.value))


def set_one(
    context: CommandContext,
    name: Name,
    value: Annotated[str, typer.Argument(metavar="VALUE", help="What it is to be.")],
) -> None:
    """Change a setting in the user's config file."""
    from nemovideo.projects.setup.settings_file import config_file, set_setting

    written = set_setting(config_file(), name, value)
    context.output.document({"name": name, "value": written, "source": "file"})
    context.output.result(f"{name} = {_written(written)}")
    _tell_what_goes_before(context, name)


def unset(context: CommandContext, name: Name) -> None:
    """Remove a setting from the user's config file."""
    from nemovideo.projects.setup.settings_file import config_file, unset_setting

    was_there = unset_setting(config_file(), name)
    context.output.document({"name": name, "unset": was_there})
    context.output.say(f"{name} removed" if was_there else f"{name} was not set")


def path(context: CommandContext) -> None:
    """Show where the user's config file is."""
    from nemovideo.projects.setup.project_file import find_project_file
    from nemovideo.projects.setup.settings_file import config_file

    file, project = config_file(), find_project_file()
    context.output.document(
        {
            "path": str(file),
            "exists": file.exists(),
            "project": None if project is None else str(project),
        }
    )
    context.output.result(str(file))
    if project is not None:
        context.output.notice(f"In this folder {project} goes before it.")


def _tell_what_goes_before(context: CommandContext, name: str) -> None:
    from nemovideo.config import variable_of
    from nemovideo.errors import ConfigError

    variable = variable_of(name)
    if os.environ.get(variable):
        context.output.notice(f"{variable} is set in the environment and goes before it.")
        return
    try:
        settings = context.settings
    except ConfigError as exc:
        context.output.notice(f"Another setting is still wrong: {exc.message}")
        return
    if settings.sources.get(name) == "project":
        context.output.notice(f"In this folder {settings.project_file} goes before it.")


def _document(item: SettingValue) -> dict[str, JsonValue]:
    return {"value": item.value, "source": item.source}


def _written(value: JsonValue) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
