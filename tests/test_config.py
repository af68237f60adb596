"""Where settings come from, and what they refuse."""

from __future__ import annotations

from pathlib import Path

import pytest

from nemovideo.config import (
    LOCAL_POLL_INTERVAL,
    SETTINGS,
    language_of_locale,
    read_config_file,
    resolve_settings,
)
from nemovideo.errors import ConfigError
from nemovideo.protocol.endpoints import DEFAULT_API_URL

SECONDS = [name for name in SETTINGS if name.endswith(("_interval", "_timeout", "_wait"))]
WRONG_LENGTH = "must be a length of 0 or more, as in 90, 90s, 1:30 or 1m30s"
COUNTS = ["recover_tries", "upload_concurrency"]


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """An environment that names two folders and nothing else."""
    return {"NEMO_CONFIG_DIR": str(tmp_path / "config"), "NEMO_DATA_DIR": str(tmp_path / "data")}


def write_config(environ: dict[str, str], text: str) -> Path:
    path = Path(environ["NEMO_CONFIG_DIR"], "config.toml")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_default_holds_when_nothing_is_given(environ: dict[str, str]) -> None:
    settings = resolve_settings(environ=environ)
    assert settings.api_url == DEFAULT_API_URL
    assert settings.backend == "auto"
    assert settings.poll_interval == 30
    assert set(settings.sources.values()) == {"default"}


def test_file_goes_before_the_default(environ: dict[str, str]) -> None:
    write_config(environ, "poll_interval = 7\n")
    settings = resolve_settings(environ=environ)
    assert (settings.poll_interval, settings.sources["poll_interval"]) == (7, "file")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_file_may_begin_with_a_mark_as_windows_editors_write_it(
    environ: dict[str, str], encoding: str
) -> None:
    write_config(environ, "").write_bytes("poll_interval = 7\r\n".encode(encoding))
    assert resolve_settings(environ=environ).poll_interval == 7


def test_environment_goes_before_the_file(environ: dict[str, str]) -> None:
    write_config(environ, "poll_interval = 7\n")
    environ["NEMO_POLL_INTERVAL"] = "5.5"
    settings = resolve_settings(environ=environ)
    assert (settings.poll_interval, settings.sources["poll_interval"]) == (5.5, "environment")


def test_flag_goes_before_the_environment(environ: dict[str, str]) -> None:
    write_config(environ, "poll_interval = 7\n")
    environ["NEMO_POLL_INTERVAL"] = "5"
    settings = resolve_settings({"poll_interval": 3}, environ)
    assert (settings.poll_interval, settings.sources["poll_interval"]) == (3, "flag")


def test_flag_that_is_none_counts_as_not_given(environ: dict[str, str]) -> None:
    environ["NEMO_API_URL"] = "http://127.0.0.1:9"
    settings = resolve_settings({"api_url": None}, environ)
    assert (settings.api_url, settings.sources["api_url"]) == ("http://127.0.0.1:9", "environment")


def test_empty_environment_variable_counts_as_not_given(environ: dict[str, str]) -> None:
    environ["NEMO_BACKEND"] = ""
    assert resolve_settings(environ=environ).sources["backend"] == "default"


def test_environment_is_the_process_own_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEMO_LANGUAGE", "ja")
    assert resolve_settings().language == "ja"


def test_source_is_told_for_every_setting(environ: dict[str, str]) -> None:
    assert set(resolve_settings(environ=environ).sources) == set(SETTINGS)


def test_secrets_come_from_the_environment_alone(environ: dict[str, str]) -> None:
    environ |= {"NEMO_TOKEN": "nmv_usr_secret", "NEMO_CLIENT_ID": "abc", "SKILL_SOURCE": "cursor"}
    settings = resolve_settings(environ=environ)
    given = (settings.token, settings.client_id, settings.skill_source)
    assert given == ("nmv_usr_secret", "abc", "cursor")


def test_token_is_not_in_the_repr(environ: dict[str, str]) -> None:
    environ["NEMO_TOKEN"] = "nmv_usr_secret"
    assert "secret" not in repr(resolve_settings(environ=environ))


@pytest.mark.parametrize(
    ("written", "seconds"), [("90", 90), ("0", 0), ("2.5s", 2.5), ("1:30", 90), ("1m30s", 90)]
)
def test_lengths_of_time_are_read_as_those_of_videos_are(
    environ: dict[str, str], written: str, seconds: float
) -> None:
    write_config(environ, f'render_timeout = "{written}"\n')
    environ["NEMO_STREAM_TIMEOUT"] = written
    settings = resolve_settings(environ=environ)
    assert (settings.render_timeout, settings.stream_timeout) == (seconds, seconds)


def test_folders_come_from_the_environment(environ: dict[str, str], tmp_path: Path) -> None:
    settings = resolve_settings(environ=environ)
    assert settings.config_file == tmp_path / "config" / "config.toml"
    assert settings.data_dir == tmp_path / "data"


def test_folders_are_absolute(environ: dict[str, str]) -> None:
    environ["NEMO_DATA_DIR"] = "data"
    assert resolve_settings(environ=environ).data_dir == Path.cwd() / "data"


def test_folders_are_the_platforms_by_default() -> None:
    settings = resolve_settings(environ={})
    assert Path.home() in settings.config_dir.parents
    assert "nemovideo" in settings.data_dir.parts


def test_local_backend_polls_fast(environ: dict[str, str]) -> None:
    settings = resolve_settings({"backend": "local"}, environ)
    assert settings.poll_interval == LOCAL_POLL_INTERVAL
    assert settings.sources["poll_interval"] == "default"


def test_local_backend_polls_as_told(environ: dict[str, str]) -> None:
    environ["NEMO_POLL_INTERVAL"] = "4"
    assert resolve_settings({"backend": "local"}, environ).poll_interval == 4


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("backend", "moon", "must be auto, cloud or local"),
        ("api_url", "nemovideo.ai", "must be a URL that starts with http:// or https://"),
        ("api_url", "ftp://nemovideo.ai", "must be a URL that starts with http:// or https://"),
        ("web_url", "https://", "must be a URL that starts with http:// or https://"),
        ("language", "   ", "must be a non-empty text"),
        ("output_dir", "  ", "must be a non-empty text"),
        *[(name, "soon", WRONG_LENGTH) for name in SECONDS],
        *[(name, "-1", WRONG_LENGTH) for name in SECONDS],
        ("poll_interval", "nan", WRONG_LENGTH),
        ("poll_interval", "inf", WRONG_LENGTH),
        *[(name, "0", "must be a whole number of at least 1") for name in COUNTS],
        *[(name, "2.5", "must be a whole number of at least 1") for name in COUNTS],
    ],
    ids=lambda value: str(value).replace(" ", "_")[:24] or "empty",
)
def test_environment_with_a_bad_value_is_refused(
    environ: dict[str, str], name: str, value: str, complaint: str
) -> None:
    variable = f"NEMO_{name.upper()}"
    with pytest.raises(ConfigError) as caught:
        resolve_settings(environ={**environ, variable: value})
    assert caught.value.message == f"{variable} is {value!r}, but {complaint}"


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        pytest.param("backend = 1", "must be auto, cloud or local", id="backend"),
        pytest.param("api_url = 80", "must be a non-empty text", id="api_url"),
        pytest.param("poll_interval = true", "must be a length of 0 or more", id="seconds-bool"),
        pytest.param("poll_interval = [1]", "must be a length of 0 or more", id="seconds-list"),
        pytest.param("recover_tries = true", "must be a whole number", id="count-bool"),
        pytest.param("upload_concurrency = 1.0", "must be a whole number", id="count-float"),
        pytest.param("pieces_limit = 'much'", "must be a size, as in 2GB", id="size-none"),
        pytest.param("upload_concurrency = 1001", "must be a whole number", id="count-huge"),
    ],
)
def test_file_with_a_bad_value_is_refused(
    environ: dict[str, str], line: str, complaint: str
) -> None:
    path = write_config(environ, line)
    with pytest.raises(ConfigError, match=complaint) as caught:
        resolve_settings(environ=environ)
    assert str(path) in caught.value.message


def test_flag_with_a_bad_value_is_named_as_typed(environ: dict[str, str]) -> None:
    with pytest.raises(ConfigError, match=r"^--api-url is 'here', but must be a URL"):
        resolve_settings({"api_url": "here"}, environ)


def test_url_loses_its_trailing_slash(environ: dict[str, str]) -> None:
    settings = resolve_settings({"api_url": " https://example.com/api/ "}, environ)
    assert settings.api_url == "https://example.com/api"


def test_output_dir_knows_the_home(environ: dict[str, str]) -> None:
    assert resolve_settings({"output_dir": "~/clips"}, environ).output_dir == Path.home() / "clips"


def test_file_that_is_missing_is_empty(tmp_path: Path) -> None:
    assert read_config_file(tmp_path / "config.toml") == {}


def test_file_with_an_unknown_setting_lists_the_known(environ: dict[str, str]) -> None:
    path = write_config(environ, "colour = 'red'\n")
    with pytest.raises(ConfigError, match="no setting is called 'colour'") as caught:
        read_config_file(path)
    assert caught.value.hint is not None
    assert all(name in caught.value.hint for name in SETTINGS)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"backend = ", id="no-toml"),
        pytest.param(b"language = '\xff\xfe'", id="no-utf8"),
    ],
)
def test_file_that_cannot_be_read_is_named(environ: dict[str, str], content: bytes) -> None:
    path = write_config(environ, "")
    path.write_bytes(content)
    with pytest.raises(ConfigError, match="can't be read") as caught:
        read_config_file(path)
    assert str(path) in caught.value.message


def test_file_that_is_a_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="can't be read"):
        read_config_file(tmp_path)


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        pytest.param({"LANG": "en_US.UTF-8"}, "en", id="english"),
        pytest.param({"LANG": "de_AT@euro"}, "de", id="modifier"),
        pytest.param({"LANG": "zh_CN.UTF-8"}, "zh-CN", id="chinese"),
        pytest.param({"LANG": "zh_TW"}, "zh-TW", id="taiwan"),
        pytest.param({"LANG": "zh"}, "zh", id="chinese-alone"),
        pytest.param({"LANG": "ja_JP.eucJP"}, "ja", id="japanese"),
        pytest.param({"LANG": "fil_PH"}, "fil", id="three-letters"),
        pytest.param({"LANG": "pt-BR"}, "pt", id="hyphen"),
        pytest.param({"LANG": "C.UTF-8"}, "en", id="c-utf8"),
        pytest.param({"LANG": "C"}, "en", id="c"),
        pytest.param({"LANG": "POSIX"}, "en", id="posix"),
        pytest.param({"LANG": "12_34"}, "en", id="nonsense"),
        pytest.param({"LANG": "en_US", "LC_MESSAGES": "fr_FR"}, "fr", id="lc-messages-wins"),
        pytest.param({"LC_MESSAGES": "fr_FR", "LC_ALL": "es_ES"}, "es", id="lc-all-wins"),
        pytest.param({"LANG": "en_US", "LC_ALL": ""}, "en", id="empty-is-unset"),
    ],
)
def test_language_follows_the_locale(variables: dict[str, str], language: str) -> None:
    assert language_of_locale(variables) == language


def test_language_is_sent_as_the_user_set_it(environ: dict[str, str]) -> None:
    environ |= {"LANG": "de_DE.UTF-8", "NEMO_LANGUAGE": "zh-TW"}
    assert resolve_settings(environ=environ).language == "zh-TW"


@pytest.mark.parametrize(
    ("written", "size_bytes"), [("2GB", 2 * 10**9), ("500 mb", 5 * 10**8), ("0", 0), ("1.5k", 1500)]
)
def test_sizes_are_read(environ: dict[str, str], written: str, size_bytes: int) -> None:
    assert resolve_settings({"pieces_limit": written}, environ).pieces_limit == size_bytes
