"""Sessions that the cloud has lost, or that come from another machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.answers import (
    cut,
    error,
)
from tests.support.cli import CliResult, run_cli
from tests.support.endpoints import RUN, SESSION, STATE, UPLOAD
from tests.support.scripted_cloud import ScriptedCloud


def convert(photo: Path, out: Path, *more: str, expect: int = 0) -> CliResult:
    return run_cli("convert", photo, "--out", out, *more, expect=expect)


@pytest.mark.parametrize("call", [UPLOAD, RUN], ids=["upload", "message"])
def test_convert_starts_a_lost_session_anew_once(
    cloud: ScriptedCloud, photo: Path, out: Path, call: tuple[str, str]
) -> None:
    cloud.on(*call, error(1002, "Session not found"))
    result = convert(photo, out)
    assert "starting a new one" in result.stderr
    assert cloud.count(*SESSION) == 2
    assert out.exists()


def test_convert_gives_up_when_the_session_is_lost_twice(
    cloud: ScriptedCloud, photo: Path, out: Path
) -> None:
    cloud.always(*UPLOAD, error(1002, "Session not found"))
    result = convert(photo, out, "--json", expect=4)
    assert (result.error["kind"], result.error["code"]) == ("session", 1002)
    assert cloud.count(*UPLOAD) == 2


def test_upload_starts_a_lost_session_anew_once(cloud: ScriptedCloud, photo: Path) -> None:
    first = run_cli("session", "new", "--json").document["session_id"]
    cloud.on(*UPLOAD, error(1002))
    result = run_cli("upload", photo, "--json")
    assert result.document["session_id"] != first
    assert "starting a new one" in result.stderr


def test_convert_goes_on_when_the_session_that_was_named_is_gone(
    cloud: ScriptedCloud, photo: Path, out: Path
) -> None:
    cloud.on(*STATE, error(1002))
    result = convert(photo, out, "--session", "old", "--json")
    assert result.document["session_id"] != "old"
    assert "starting a new one" in result.stderr


def test_a_session_that_nobody_knows_is_not_adopted(cloud: ScriptedCloud) -> None:
    cloud.always(*STATE, error(1002))
    assert run_cli("session", "use", "nonsense", "--json", expect=4).error["code"] == 1002
    assert run_cli("session", "list", "--json").document == []


def test_a_session_of_another_machine_is_adopted(cloud: ScriptedCloud) -> None:
    document = run_cli("session", "use", "session_7", "--json").document
    assert (document["session_id"], document["task_id"]) == ("session_7", "task_7")


def test_a_session_is_asked_for_once_when_its_answer_is_lost(
    cloud: ScriptedCloud, photo: Path, out: Path
) -> None:
    cloud.on(*SESSION, cut())
    run_cli("convert", photo, "--out", out, expect=9)
    assert cloud.count(*SESSION) == 1


def test_open_gives_a_link_with_a_claim_token_alone(cloud: ScriptedCloud) -> None:
    run_cli("session", "new")
    result = run_cli("open", "--print", "--json")
    assert result.document == {"url": "https://nemovideo.com/workspace/claim?ct=clm_scripted"}
