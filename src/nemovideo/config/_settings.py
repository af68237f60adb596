"""All settings of one run, as one frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from nemovideo.config._values import BackendChoice, Notify
from nemovideo.protocol.endpoints import DEFAULT_API_URL, DEFAULT_WEB_URL

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
    pieces_limit: int = 2 * 10**9
    """How many bytes of rendered pieces the engine keeps, so that the next export is quick."""
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


@dataclass(frozen=True)
class ProjectValues:
    """What a project folder's file says, already parsed."""

    path: Path
    values: Mapping[str, Any]
    session: str | None = None
    convert: Mapping[str, Any] = field(default_factory=dict)
    """Defaults for the options of `convert`, by their keys."""
