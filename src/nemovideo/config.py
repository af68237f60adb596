"""Settings: where each value comes from, and what it may be.

`resolve_settings` merges flags, environment, a project folder's file, the user's config file and
the defaults, in that order, into one frozen `Settings`. Nothing is read at import.
"""

from __future__ import annotations

import difflib
import locale
import math
import os
import sys
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import platformdirs

from nemovideo._files import decode_text, expand_home
from nemovideo._lengths import parse_duration
from nemovideo.errors import ConfigError
from nemovideo.protocol.endpoints import DEFAULT_API_URL, DEFAULT_WEB_URL

Backend = Literal["cloud", "local"]
BackendChoice = Literal["auto", "cloud", "local"]
Notify = Literal["auto", "bell", "off"]
Source = Literal["flag", "environment", "project", "file", "default"]

APP_DIR = "nemovideo"
CONFIG_FILE = "config.toml"


@dataclass(frozen=True)
class Settings:
    """All settings of one run; times in seconds."""

    config_dir: Path
    data_dir: Path
    api_url: str = DEFAULT_API_URL
    web_url: str = DEFAULT_WEB_URL
    token: str | None = field(default=None, repr=False)
    client_id: str | None = None
    skill_source: str | None = None
    backend: BackendChoice = "auto"
    """Where new work is done; `auto`: in the cloud, or here when it can't be reached."""
    language: str = "en"
    notify: Notify = "auto"
    """How a long job calls its user: by a message where the terminal has them, the bell, not."""
    poll_interval: float = 30.0
    render_timeout: float = 900.0
    stream_timeout: float = 900.0
    idle_timeout: float = 600.0
    notice_interval: float = 120.0
    retry_wait: float = 30.0
    recover_wait: float = 30.0
    recover_interval: float = 60.0
    recover_tries: int = 5
    upload_concurrency: int = 1
    output_dir: Path = Path()
    session: str | None = None
    """The session that a project folder names: the one to work in when no other is named."""
    project_file: Path | None = None
    """The project folder's file, where there is one."""
    convert_defaults: Mapping[str, Any] = field(default_factory=dict)
    """What that file has `convert` do unless it is told otherwise, by the options' keys."""
    sources: Mapping[str, Source] = field(default_factory=dict, compare=False)
    """Where each of `SETTINGS` came from."""

    @property
    def config_file(self) -> Path:
        """The user's config file, whether it exists or not."""
        return self.config_dir / CONFIG_FILE


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("must be a non-empty text")
    return value.strip()


def _url(value: object) -> str:
    text = _text(value).rstrip("/")
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("must be a URL that starts with http:// or https://")
    if parts.username is not None or parts.password is not None:
        raise ValueError("must not hold a user name or a password")
    return text


def _backend(value: object) -> BackendChoice:
    if value == "auto" or value == "cloud" or value == "local":
        return value
    raise ValueError("must be auto, cloud or local")


def _notify(value: object) -> Notify:
    if value == "auto" or value == "bell" or value == "off":
        return value
    raise ValueError("must be auto, bell or off")


def _seconds(value: object) -> float:
    number = parse_duration(value)
    if number is None or not math.isfinite(number) or number < 0:
        raise ValueError("must be a length of 0 or more, as in 90, 90s, 1:30 or 1m30s")
    return number


def _count(value: object) -> int:
    number = int(value) if isinstance(value, str) and value.strip().isdigit() else value
    if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= 1000:
        raise ValueError("must be a whole number of at least 1")
    return number


def _path(value: object) -> Path:
    return expand_home(_text(value))


Parser = Callable[[object], Any]


@dataclass(frozen=True)
class ProjectValues:
    """What a project folder's file says, already parsed."""

    path: Path
    values: Mapping[str, Any]
    session: str | None = None
    convert: Mapping[str, Any] = field(default_factory=dict)
    """Defaults for the options of `convert`, by their keys."""


SETTINGS: dict[str, Parser] = {
    "backend": _backend,
    "api_url": _url,
    "web_url": _url,
    "language": _text,
    "notify": _notify,
    "poll_interval": _seconds,
    "render_timeout": _seconds,
    "stream_timeout": _seconds,
    "idle_timeout": _seconds,
    "notice_interval": _seconds,
    "retry_wait": _seconds,
    "recover_wait": _seconds,
    "recover_interval": _seconds,
    "recover_tries": _count,
    "upload_concurrency": _count,
    "output_dir": _path,
}
"""What a config file may set, with the parser of each; the environment has ``NEMO_<NAME>``."""

LOCAL_POLL_INTERVAL = 0.2
"""Seconds between render polls of the embedded engine, unless the user says otherwise."""


def resolve_settings(
    flags: Mapping[str, object] | None = None,
    environ: Mapping[str, str] | None = None,
    *,
    project: ProjectValues | None = None,
) -> Settings:
    """Merge flags, environment, project folder, config file and defaults.

    Args:
        flags: Values from the command line by setting name; None counts as not given.
        environ: The environment; the process's own if None.
        project: What the file of the project folder says, if there is one.

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
    for name, parse in SETTINGS.items():
        variable = f"NEMO_{name.upper()}"
        if name in given:
            values[name] = parse_with(parse, given[name], f"--{name.replace('_', '-')}")
            sources[name] = "flag"
        elif environ.get(variable):
            values[name] = parse_with(parse, environ[variable], variable)
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
        name: parse_with(SETTINGS[name], value, f"{name} in {path}")
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


def unknown_setting(name: str, known: Iterable[str], *, where: str | None = None) -> ConfigError:
    """Return the error for a name that is none, with the name that was probably meant."""
    known = list(known)
    close = difflib.get_close_matches(name.lower().replace("-", "_"), known, n=1)
    message = f"no setting is called {name!r}"
    return ConfigError(
        f"{where}: {message}" if where else message,
        hint=f"Did you mean {close[0]}?" if close else f"Settings: {', '.join(known)}.",
    )


def find_config_dir(environ: Mapping[str, str]) -> Path:
    """Return the folder of the user's config file, without reading anything."""
    return _directory(environ, "NEMO_CONFIG_DIR", platformdirs.user_config_path)


def parse_with(parse: Parser, value: object, where: str) -> Any:
    """Parse a value; what is wrong with it is told with its place.

    Raises:
        ConfigError: The value can't be what it is.
    """
    try:
        return parse(value)
    except ValueError as exc:
        raise ConfigError(f"{where} is {str(value)!r}, but {exc}") from exc


def language_of_locale(environ: Mapping[str, str]) -> str:
    """Return the language of the locale as an ISO code: ``zh_CN.UTF-8`` is ``zh-CN``."""
    names = [environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    name = next((name for name in names if name), "")
    name = name or _language_of_windows()
    base = name.partition(".")[0].partition("@")[0]
    language, _, region = base.replace("-", "_").partition("_")
    if not language.isalpha() or len(language) not in (2, 3) or base in ("C", "POSIX"):
        return "en"
    return (
        f"{language.lower()}-{region}" if language.lower() == "zh" and region else language.lower()
    )


def _language_of_windows() -> str:
    """Return the language of the system's own windows, as in ``zh_CN``; empty elsewhere."""
    if sys.platform != "win32":
        return ""
    import ctypes

    return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")


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
