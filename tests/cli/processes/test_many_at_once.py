"""Eight processes at once with one config and one data folder: what they share stays whole."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from nemovideo.projects.journal import JOURNAL_FILE
from tests.support.answers import mp4
from tests.support.media import write_jpeg
from tests.support.scripted_cloud import ScriptedCloud

COUNT = 8


@dataclass(frozen=True)
class Day:
    """What eight runs that were started at once left behind."""

    cloud: ScriptedCloud
    folder: Path
    films: list[Path]

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """Ask the journal that the runs shared."""
        with closing(sqlite3.connect(self.folder / "data" / JOURNAL_FILE)) as connection:
            return connection.execute(query).fetchall()


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    """Start eight runs at once, each with a photo of its own, and let them end."""
    folder = tmp_path_factory.mktemp("at-once")
    films = [folder / f"film{number}.mp4" for number in range(COUNT)]
    with ScriptedCloud() as cloud:
        cloud.good_day.video = mp4(300_000)
        processes = [
            subprocess.Popen(
                [
                    *(sys.executable, "-m", "nemovideo", "convert"),
                    str(write_jpeg(folder / f"photo{number}.jpg", 64 + number, 48)),
                    *("--out", str(film), "--quiet"),
                ],
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                env=environment(folder, cloud),
            )
            for number, film in enumerate(films)
        ]
        for process in processes:
            output, _ = process.communicate(timeout=120)
            assert process.returncode == 0, output.decode("utf-8", "replace")
        yield Day(cloud, folder, films)


def environment(folder: Path, cloud: ScriptedCloud) -> dict[str, str]:
    """Return the developer's environment with a home of its own."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.upper().startswith("NEMO_") and "PROXY" not in name.upper()
    }
    return {
        **kept,
        "HOME": str(folder),
        "USERPROFILE": str(folder),
        "NEMO_CONFIG_DIR": str(folder / "config"),
        "NEMO_DATA_DIR": str(folder / "data"),
        "NEMO_API_URL": cloud.url,
        "NEMO_POLL_INTERVAL": "0.02",
    }


def test_runs_at_once_each_bring_a_whole_film(day: Day) -> None:
    assert [film.read_bytes() == day.cloud.good_day.video for film in day.films] == [True] * COUNT
    left_over = [path for path in day.folder.iterdir() if path.name.startswith(".")]
    assert left_over == []


def test_runs_at_once_get_one_token_and_one_client_id(day: Day) -> None:
    (request,) = day.cloud.calls("POST", "/api/auth/anonymous-token")
    assert (
        request.headers["x-client-id"]
        == (day.folder / "config" / "client_id").read_text("utf-8").strip()
    )
    tokens = {request.token for request in day.cloud.requests}
    assert len(tokens - {None}) == 1


def test_runs_at_once_leave_an_intact_journal(day: Day) -> None:
    assert day.rows("PRAGMA integrity_check") == [("ok",)]
    assert day.rows("SELECT COUNT(*) FROM sessions") == [(COUNT,)]
    assert day.rows("SELECT status, COUNT(*) FROM runs GROUP BY 1") == [("done", COUNT)]
    assert day.rows("SELECT status, COUNT(*) FROM turns GROUP BY 1") == [("answered", COUNT)]
    assert day.rows("SELECT status, COUNT(*) FROM renders GROUP BY 1") == [("downloaded", COUNT)]
    outputs = {str(output) for (output,) in day.rows("SELECT output FROM renders")}
    assert outputs == set(map(str, day.films))


def test_runs_at_once_stay_in_their_own_sessions(day: Day) -> None:
    uploads = Counter(r.path for r in day.cloud.calls("POST", "/api/upload-video/*"))
    messages = Counter(r.json["session_id"] for r in day.cloud.calls("POST", "/run_sse"))
    renders = Counter(
        r.json["sessionId"] for r in day.cloud.calls("POST", "/api/render/proxy/lambda")
    )
    for counter in (uploads, messages, renders):
        assert sorted(counter.values()) == [1] * COUNT
    assert messages.keys() == renders.keys()
    assert {path.rsplit("/", 1)[-1] for path in uploads} == messages.keys()


def test_runs_at_once_keep_their_secrets_to_the_owner(day: Day) -> None:
    if os.name == "nt":
        pytest.skip("Windows keeps access in lists, not in modes")
    modes = {path.name: path.stat().st_mode & 0o777 for path in (day.folder / "config").iterdir()}
    assert set(modes.values()) == {0o600}
