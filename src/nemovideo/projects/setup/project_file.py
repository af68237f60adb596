"""A project folder's ``nemo.toml``: defaults for that folder, and the session it works in.

A table ``[convert]`` has defaults for the options of `convert`.

The file may come with a folder that somebody else made, so it can't say which server is asked:
a token of the environment would go there.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nemovideo.config import SETTINGS, ProjectValues, parse_with, read_toml, unknown_setting
from nemovideo.errors import ConfigError
from nemovideo.projects.convert.options import OPTIONS

PROJECT_FILE = "nemo.toml"
SESSION, CONVERT = "session", "convert"
_FORBIDDEN = ("api_url", "web_url")
ALLOWED = (SESSION, CONVERT, *(name for name in SETTINGS if name not in _FORBIDDEN))


def find_project(folder: Path | None = None, *, home: Path | None = None) -> ProjectValues | None:
    """Return what the nearest ``nemo.toml`` says, up to the home; None if there is none.

    Raises:
        ConfigError: The file can't be read, or holds what it must not.
    """
    path = find_project_file(folder, home=home)
    return None if path is None else _read(path)


def find_project_file(folder: Path | None = None, *, home: Path | None = None) -> Path | None:
    """Return the nearest ``nemo.toml``: in a folder or above it, up to the home or the root."""
    try:
        start = Path.cwd() if folder is None else folder.absolute()
    except OSError:
        return None  # the current folder was removed: there is nothing to find in it
    places = _upwards(start, _home() if home is None else home)
    return next((file for place in places if (file := place / PROJECT_FILE).is_file()), None)


def _home() -> Path | None:
    try:
        return Path.home()
    except RuntimeError:
        return None  # as in containers that run under a number without a name


def _upwards(folder: Path, home: Path | None) -> Iterator[Path]:
    for place in (folder, *folder.parents):
        yield place
        if place == home:
            return


def _read(path: Path) -> ProjectValues:
    document = read_toml(path)
    for name in document:
        _check_name(name, path)
    values = {
        name: _parse(name, value, path)
        for name, value in document.items()
        if name not in (SESSION, CONVERT)
    }
    session = document.get(SESSION)
    if session is not None and not _is_session_id(session):
        raise ConfigError(f"session in {path} is {session!r}, but must be the id of a session")
    return ProjectValues(path, values, session, _defaults(document.get(CONVERT, {}), path))


def _defaults(table: object, path: Path) -> dict[str, Any]:
    """Check that a table holds options that may have a default, each of its kind."""
    if not isinstance(table, dict):
        raise ConfigError(f"convert in {path} must be a table", hint="Write [convert] above it.")
    known = [key for key, option in OPTIONS.items() if option.is_default]
    for key, value in table.items():
        if key not in known:
            raise unknown_setting(key, known, where=f"[convert] in {path}")
        if not isinstance(value, OPTIONS[key].kind):
            kind = "true or false" if OPTIONS[key].kind is bool else "a text"
            raise ConfigError(f"convert.{key} in {path} is {value!r}, but must be {kind}")
    return table


def _check_name(name: str, path: Path) -> None:
    if name in _FORBIDDEN:
        raise ConfigError(
            f"{path}: {name} can't be set in a project folder, "
            "which must not choose who gets your token",
            hint=f"Remove that line. For all folders: nemo config set {name} URL.",
        )
    if name not in ALLOWED:
        raise unknown_setting(name, ALLOWED, where=str(path))


def _parse(name: str, value: object, path: Path) -> Any:
    parsed = parse_with(SETTINGS[name].parse, value, f"{name} in {path}")
    # A relative folder is meant from the file, wherever below it the user is.
    return path.parent / parsed if isinstance(parsed, Path) else parsed


def _is_session_id(value: object) -> bool:
    return isinstance(value, str) and value.isprintable() and value == value.strip() != ""
