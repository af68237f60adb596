"""What nobody foresaw: plain answers without internals, a line in the log, no tokens in it."""

from __future__ import annotations

import errno
import logging
from pathlib import Path

import pytest

from nemovideo.render.media_info import MediaInfo
from tests.engine.fakes import fakes, png
from tests.support.serve import api_user, refused, running_engine


def test_unforeseen_failure_is_500_without_internals(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def look(path: Path, name: str) -> MediaInfo:
        raise ValueError("the secret inside")

    with (
        running_engine(tmp_path, fakes(look=look)) as engine,
        api_user(engine) as user,
        caplog.at_level(logging.ERROR),
    ):
        session = user.new_session()
        answer = user.upload(session, ("a.png", png()))
        refused(answer, 500, 500, "log")
        assert "secret" not in answer.text
        assert user.get("/api/credits/balance/simple").status_code == 200
    (record,) = caplog.records
    assert record.name == "nemovideo.engine.http.guard"
    assert record.exc_info is not None


def test_full_disk_is_507_and_leaves_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def look(path: Path, name: str) -> MediaInfo:
        raise OSError(errno.ENOSPC, "No space left on device")

    with (
        caplog.at_level(logging.WARNING),
        running_engine(tmp_path, fakes(look=look)) as engine,
        api_user(engine) as user,
    ):
        answer = user.upload(user.new_session(), ("a.png", png()))
        refused(answer, 507, 507, "no space")
        assert not [
            path for path in (tmp_path / "engine" / "incoming").rglob("*") if path.is_file()
        ]


def test_logs_hold_no_token(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with (
        caplog.at_level(logging.DEBUG),
        running_engine(tmp_path, fakes()) as engine,
        api_user(engine) as user,
    ):
        session = user.new_session()
        user.upload(session, ("a.png", png()))
        user.say(session, "crash now")
        tokens = (user.token, engine.owner_token)
    assert caplog.records
    for token in tokens:
        assert token not in caplog.text
