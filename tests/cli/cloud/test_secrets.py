"""Tokens: never written out, never replaced behind their owner's back."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer

from nemovideo.cli._exit import NemoGroup
from tests.support.answers import (
    error,
)
from tests.support.cli import CliResult, run_cli
from tests.support.endpoints import SESSION, TOKEN
from tests.support.scripted_cloud import ScriptedCloud


def convert(photo: Path, out: Path, *more: str, expect: int = 0) -> CliResult:
    return run_cli("convert", photo, "--out", out, *more, expect=expect)


def test_a_token_of_the_users_own_is_never_replaced(
    cloud: ScriptedCloud, photo: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEMO_TOKEN", "nmv_usr_mine123456")
    cloud.always(*SESSION, error(1001))
    result = convert(photo, out, "--json", "--verbose", expect=3)
    assert result.error["kind"] == "token"
    assert cloud.count(*TOKEN) == 0
    assert "mine123456" not in result.stderr


def test_verbose_shows_no_token(cloud: ScriptedCloud, photo: Path, out: Path) -> None:
    result = convert(photo, out, "--verbose")
    assert "nmv_usr_s" not in result.stdout + result.stderr


def test_a_kept_token_of_any_form_is_never_written_out(
    cloud: ScriptedCloud, photo: Path, out: Path
) -> None:
    token = "a-token-of-another-form"
    run_cli("auth", "login", "--with-token", input=token)
    cloud.always(*SESSION, error(5000, f"no such user {token}"))
    result = convert(photo, out, "--verbose", expect=9)
    assert cloud.calls(*SESSION)[0].token == token
    assert token not in result.stdout + result.stderr


def test_a_bug_shows_its_traceback_without_the_token(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEMO_TOKEN", "my-own-secret-token")
    app = typer.Typer(cls=NemoGroup, pretty_exceptions_enable=False)

    @app.callback()
    def _root() -> None:
        """Make it a group."""

    @app.command()
    def fail() -> None:
        raise RuntimeError("sent my-own-secret-token and nmv_usr_abcdef to nobody")

    with pytest.raises(SystemExit) as ended:
        app(["fail"])
    shown = capsys.readouterr().err
    assert ended.value.code == 1
    assert "Traceback" in shown
    assert "bug in nemo" in shown
    assert "my-own-secret-token" not in shown
    assert "nmv_usr_abcdef" not in shown
