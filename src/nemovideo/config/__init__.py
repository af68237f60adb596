"""Settings: where each value comes from, and what it may be.

`resolve_settings` merges flags, environment, a project folder's file, the user's config file and
the defaults, in that order, into one frozen `Settings`. Nothing is read at import.
"""

from nemovideo.config._locale import language_of_locale as language_of_locale
from nemovideo.config._settings import (
    APP_DIR as APP_DIR,
    CONFIG_FILE as CONFIG_FILE,
    ENVIRONMENT as ENVIRONMENT,
    LOCAL_POLL_INTERVAL as LOCAL_POLL_INTERVAL,
    SETTINGS as SETTINGS,
    ProjectValues as ProjectValues,
    Setting as Setting,
    Settings as Settings,
    Source as Source,
    variable_of as variable_of,
)
from nemovideo.config._sources import (
    find_config_dir as find_config_dir,
    read_config_file as read_config_file,
    read_toml as read_toml,
    resolve_settings as resolve_settings,
)
from nemovideo.config._values import (
    BackendChoice as BackendChoice,
    BackendKind as BackendKind,
    Notify as Notify,
    parse_with as parse_with,
    unknown_setting as unknown_setting,
)
