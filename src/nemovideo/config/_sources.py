"""Where settings come from: flags, the environment, a project folder, the config file."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import platformdirs

from nemovideo._files import decode_text, expand_home
from nemovideo.config._locale import language_of_locale
from nemovideo.config._settings import (
    APP_DIR,
    CONFIG_FILE,
    LOCAL_POLL_INTERVAL,
    SETTINGS,
    ProjectValues,
    Settings,
    Source,
    variable_of,
)
from nemovideo.config._values import parse_with, unknown_setting
from nemovideo.errors import ConfigError


def resolve_settings(
    flags: Mapping[str, object] | None = None,
    environ: Mapping[str, str] | None = None,
    *,
    project: ProjectValues | None = None,
) -> Settings:
    """Merge flags, environment, project folder, config file and defaults.

    Flags are by setting name; None counts as not given.

    Raises:
        ConfigError: A value can't be what it is, or the config file can't be read.
    """
    environ = os.environ if environ is None else environ
    config_dir = find_config_dir(environ)
    data_dir = _directory(environ, "NEMO_DATA_DIR", platformdirs.user_data_path)
    file_values = read_config_file(config_dir / CONFIG_FILE)
    given = {name: value for name, value in (flags or {}).items() if value is not None}
    project_values = project.values if project else {}
    values: dict[str, Any] = {}
    sources: dict[str, Source] = {}
    for name, setting in SETTINGS.items():
        variable = variable_of(name)
        if name in given:
            values[name] = parse_with(setting.parse, given[name], f"--{name.replace('_', '-')}")
            sources[name] = "flag"
        elif environ.get(variable):
            values[name] = parse_with(setting.parse, environ[variable], variable)
            sources[name] = "environment"
        elif name in project_values:
            values[name] = project_values[name]
            sources[name] = "project"
        elif name in file_values:
            values[name] = file_values[name]
            sources[name] = "file"
        else:
            sources[name] = "default"
    values.setdefault("language", language_of_locale(environ))
    if values.get("backend") == "local":
        values.setdefault("poll_interval", LOCAL_POLL_INTERVAL)
    return Settings(
        config_dir=config_dir,
        data_dir=data_dir,
        token=environ.get("NEMO_TOKEN") or None,
        client_id=environ.get("NEMO_CLIENT_ID") or None,
        skill_source=environ.get("SKILL_SOURCE") or None,
        session=project.session if project else None,
        project_file=project.path if project else None,
        convert_defaults=project.convert if project else {},
        sources=sources,
        **values,
    )


def read_config_file(path: Path) -> dict[str, Any]:
    """Return the parsed settings of a config file; empty when there is none.

    Raises:
        ConfigError: It can't be read, is no TOML, or names a setting or value that is none.
    """
    document = read_toml(path)
    for name in document:
        if name not in SETTINGS:
            raise unknown_setting(name, SETTINGS, where=str(path))
    return {
        name: parse_with(SETTINGS[name].parse, value, f"{name} in {path}")
        for name, value in document.items()
    }


def read_toml(path: Path) -> dict[str, Any]:
    """Return a TOML document; empty when there is no file.

    Raises:
        ConfigError: It can't be read, or is no TOML.
    """
    try:
        return tomllib.loads(decode_text(path.read_bytes()))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as exc:
        reason = exc.strerror if isinstance(exc, OSError) else exc
        raise ConfigError(f"the config file {path} can't be read: {reason}") from exc


def find_config_dir(environ: Mapping[str, str]) -> Path:
    """Return the folder of the user's config file, without reading anything."""
    return _directory(environ, "NEMO_CONFIG_DIR", platformdirs.user_config_path)


def _directory(environ: Mapping[str, str], variable: str, default: Callable[[str], Path]) -> Path:
    value = environ.get(variable)
    if value:
        return expand_home(value).absolute()
    try:
        return default(APP_DIR)
    except RuntimeError as exc:
        # A number without a name and a home, as in containers.
        raise ConfigError(
            "there is no home folder to keep things in",
            hint="Set HOME, or both NEMO_CONFIG_DIR and NEMO_DATA_DIR, to folders of yours.",
        ) from exc
