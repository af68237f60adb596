"""Settings: where each value comes from, and what it may be.

`resolve_settings` merges flags, environment, a project folder's file, the user's config file and
the defaults, in that order, into one frozen `Settings`. Nothing is read at import.
"""

from nemovideo.config._locale import language_of_locale
from nemovideo.config._settings import (
    APP_DIR,
    CONFIG_FILE,
    ENVIRONMENT,
    LOCAL_POLL_INTERVAL,
    SETTINGS,
    ProjectValues,
    Setting,
    Settings,
    Source,
    variable_of,
)
from nemovideo.config._sources import find_config_dir, read_config_file, read_toml, resolve_settings
from nemovideo.config._values import BackendChoice, BackendKind, Notify, parse_with, unknown_setting

__all__ = [
    "APP_DIR",
    "CONFIG_FILE",
    "ENVIRONMENT",
    "LOCAL_POLL_INTERVAL",
    "SETTINGS",
    "BackendChoice",
    "BackendKind",
    "Notify",
    "ProjectValues",
    "Setting",
    "Settings",
    "Source",
    "find_config_dir",
    "language_of_locale",
    "parse_with",
    "read_config_file",
    "read_toml",
    "resolve_settings",
    "unknown_setting",
    "variable_of",
]
