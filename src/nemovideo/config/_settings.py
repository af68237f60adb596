"""All settings of one run, as one frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal

from nemovideo.config._values import (
    BackendChoice,
    Notify,
    Parser,
    parse_backend,
    parse_count,
    parse_notify,
    parse_path,
    parse_seconds,
    parse_size_limit,
    parse_text,
    parse_url,
)
from nemovideo.protocol.endpoints import DEFAULT_API_URL, DEFAULT_WEB_URL

Source = Literal["flag", "environment", "project", "file", "default"]

APP_DIR = "nemovideo"
CONFIG_FILE = "config.toml"

LOCAL_POLL_INTERVAL = 0.2
"""Seconds between render polls of the embedded engine, unless the user says otherwise."""


@dataclass(frozen=True)
class Setting:
    """What there is to know of a setting besides its value."""

    parse: Parser
    meaning: str
    """Half a sentence, for the docs and the man page."""
    default: str
    """As people read it."""


def _setting(default: Any, parse: Parser, meaning: str, *, shown: str | None = None) -> Any:
    """Declare a setting: one that flags, environment and config files may give."""
    written = f"{default:g}" if isinstance(default, float) else str(default)
    return field(default=default, metadata={_SETTING: Setting(parse, meaning, shown or written)})


def _variable(name: str, meaning: str, **options: Any) -> Any:
    """Declare what only an environment variable may give."""
    return field(**options, metadata={_VARIABLE: (name, meaning)})


_SETTING, _VARIABLE = "setting", "variable"


@dataclass(frozen=True)
class Settings:
    """All settings of one run; times in seconds. Each field is the one row that declares it."""

    config_dir: Path = _variable(
        "NEMO_CONFIG_DIR", "The folder of config.toml, the client id and the tokens."
    )
    data_dir: Path = _variable(
        "NEMO_DATA_DIR", "The folder of the journal and of the local engine's files."
    )
    token: str | None = _variable(
        "NEMO_TOKEN",
        "The token to use, in place of a kept or an anonymous one.",
        default=None,
        repr=False,
    )
    client_id: str | None = _variable(
        "NEMO_CLIENT_ID", "The client id, in place of the kept one.", default=None
    )
    skill_source: str | None = _variable(
        "SKILL_SOURCE", "The platform told to the API.", default=None
    )
    backend: BackendChoice = _setting("auto", parse_backend, "auto, cloud or local")
    """Where new work is done; `auto`: in the cloud, or here when it can't be reached."""
    api_url: str = _setting(DEFAULT_API_URL, parse_url, "the API")
    web_url: str = _setting(DEFAULT_WEB_URL, parse_url, "the web workspace")
    language: str = _setting(
        "en",
        parse_text,
        "of what nemo says and of new sessions, as in en or zh-CN",
        shown="the locale's",
    )
    notify: Notify = _setting(
        "auto",
        parse_notify,
        "how the end of a long job calls: auto (a message or the bell), bell, off",
    )
    poll_interval: float = _setting(
        30.0,
        parse_seconds,
        "seconds between looks at a render",
        shown=f"30; {LOCAL_POLL_INTERVAL} with --local",
    )
    render_timeout: float = _setting(900.0, parse_seconds, "seconds until a render counts as lost")
    stream_timeout: float = _setting(900.0, parse_seconds, "seconds that one answer may take")
    idle_timeout: float = _setting(
        600.0, parse_seconds, "seconds that an answer may bring nothing but heartbeats"
    )
    notice_interval: float = _setting(120.0, parse_seconds, "seconds between two “Still working…”")
    retry_wait: float = _setting(
        30.0,
        parse_seconds,
        "seconds to wait when the server asks to slow down and says not how long",
    )
    recover_wait: float = _setting(
        30.0,
        parse_seconds,
        "seconds to wait after an answer broke off, before the timeline is read",
    )
    recover_interval: float = _setting(60.0, parse_seconds, "seconds between further reads")
    recover_tries: int = _setting(5, parse_count, "how many reads in all")
    upload_concurrency: int = _setting(1, parse_count, "uploads side by side")
    pieces_limit: int = _setting(
        2 * 10**9,
        parse_size_limit,
        "how much of rendered films is kept for the next export, as in 2GB; 0: none",
        shown="2GB",
    )
    output_dir: Path = _setting(Path(), parse_path, "where videos without --out go")
    music_dir: Path | None = _setting(
        None,
        parse_path,
        "a folder of your songs; --music finds them by their names, or takes any",
        shown="none",
    )
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


SETTINGS: dict[str, Setting] = {
    item.name: item.metadata[_SETTING] for item in fields(Settings) if _SETTING in item.metadata
}
"""What a config file may set; the environment has `variable_of` each."""

ENVIRONMENT: dict[str, str] = dict(
    item.metadata[_VARIABLE] for item in fields(Settings) if _VARIABLE in item.metadata
)
"""The variables that are no settings, with what they are for."""


def variable_of(name: str) -> str:
    """Return the environment variable of a setting."""
    return f"NEMO_{name.upper()}"


@dataclass(frozen=True)
class ProjectValues:
    """What a project folder's file says, already parsed."""

    path: Path
    values: Mapping[str, Any]
    session: str | None = None
    convert: Mapping[str, Any] = field(default_factory=dict)
    """Defaults for the options of `convert`, by their keys."""
