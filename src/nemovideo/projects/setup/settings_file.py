"""The user's settings, listed with their sources; and single changes to the config file.

A change keeps everything else in the file as it is, comments too, and puts the file in place as a
whole. It also mends a file whose other lines are wrong.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nemovideo._files import decode_text, locked, write_whole
from nemovideo.config import (
    CONFIG_FILE,
    SETTINGS,
    Settings,
    Source,
    find_config_dir,
    parse_with,
    unknown_setting,
    variable_of,
)
from nemovideo.errors import ConfigError
from nemovideo.projects.texts import well_formed

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

FOLDERS = ("config_dir", "data_dir")
"""Settings that only the environment can change."""
_SECRETS = {"token": "nemo auth login", "client_id": "NEMO_CLIENT_ID"}
_LOCK_TIMEOUT_S = 30.0

JsonValue = str | int | float


@dataclass(frozen=True)
class SettingValue:
    """A setting as it holds now."""

    name: str
    value: JsonValue
    source: Source


def list_settings(
    settings: Settings, environ: Mapping[str, str] | None = None
) -> tuple[SettingValue, ...]:
    """Return all settings with where each came from; no token among them."""
    environ = os.environ if environ is None else environ
    listed = [_setting(settings, name, settings.sources[name]) for name in SETTINGS]
    for name in FOLDERS:
        is_given = bool(environ.get(variable_of(name)))
        listed.append(_setting(settings, name, "environment" if is_given else "default"))
    return tuple(listed)


def get_setting(settings: Settings, name: str) -> SettingValue:
    """Return one setting.

    Raises:
        ConfigError: There is none of that name.
    """
    _check_name(name, (*SETTINGS, *FOLDERS))
    return next(item for item in list_settings(settings) if item.name == name)


def config_file(environ: Mapping[str, str] | None = None) -> Path:
    """Return the user's config file, whether it exists or not; nothing is read."""
    return find_config_dir(os.environ if environ is None else environ) / CONFIG_FILE


def set_setting(path: Path, name: str, text: str) -> JsonValue:
    """Write a setting into a config file; return the value as it was written.

    Raises:
        ConfigError: There is no such setting, it can't have that value, or the file can't be
            written.
    """
    _check_changeable(name)
    if well_formed(text) != text:
        raise ConfigError(f"{name} can't be set to {text!r}: config.toml holds UTF-8 only")
    value = _to_toml(parse_with(SETTINGS[name].parse, text, name), text)
    with _locked(path):
        document = _load(path)
        document[name] = value
        _save(path, document)
    return value


def unset_setting(path: Path, name: str) -> bool:
    """Remove a setting from a config file; return whether it was there.

    A name that is no setting is removed too if the file has it: it keeps the file from being read.

    Raises:
        ConfigError: There is no such setting, or the file can't be written.
    """
    with _locked(path):
        document = _load(path)
        if name in document:
            del document[name]
            _save(path, document)
            return True
    _check_changeable(name)
    return False


def _setting(settings: Settings, name: str, source: Source) -> SettingValue:
    value = getattr(settings, name)
    return SettingValue(name, str(value) if isinstance(value, Path) else value, source)


def _check_changeable(name: str) -> None:
    if name in FOLDERS:
        raise ConfigError(
            f"{name} can't stand in the config file",
            hint=f"Set {variable_of(name)} in the environment instead.",
        )
    _check_name(name, SETTINGS)


def _check_name(name: str, known: Mapping[str, Any] | tuple[str, ...]) -> None:
    if name in _SECRETS:
        raise ConfigError(f"{name} is no setting", hint=f"Use {_SECRETS[name]}.")
    if name not in known:
        raise unknown_setting(name, known)


def _to_toml(value: Any, text: str) -> JsonValue:
    if isinstance(value, Path):
        return text.strip()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    assert isinstance(value, str | int | float)
    return value


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    lock = path.with_name(f"{path.name}.lock")
    try:
        with locked(lock, timeout_s=_LOCK_TIMEOUT_S, is_secret=True):
            yield
    except OSError as exc:
        raise _not_writable(path, exc) from exc


def _load(path: Path) -> TOMLDocument:
    import tomlkit
    from tomlkit.exceptions import ParseError

    try:
        return tomlkit.parse(decode_text(path.read_bytes()))
    except FileNotFoundError:
        return tomlkit.document()
    except (OSError, UnicodeDecodeError, ParseError) as exc:
        raise ConfigError(
            f"the config file {path} can't be read: {exc}", hint="Mend it in an editor first."
        ) from exc


def _save(path: Path, document: TOMLDocument) -> None:
    import tomlkit

    try:
        write_whole(path, tomlkit.dumps(document).encode())
    except OSError as exc:
        raise _not_writable(path, exc) from exc


def _not_writable(path: Path, exc: OSError) -> ConfigError:
    return ConfigError(
        f"the config file {path} can't be written: {exc.strerror or exc}",
        hint="Mend its permissions, or set NEMO_CONFIG_DIR to another folder.",
    )
