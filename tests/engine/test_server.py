"""LocalEngine and serve: start, stop, the owner's token, ports, signals."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest
import uvicorn

from nemovideo.engine import LocalEngine
from nemovideo.engine._prompt_server import PromptServer
from nemovideo.engine._server import _ServerThread, start_failure, wait_until_started
from nemovideo.errors import InvalidTokenError, NemoError, UsageError
from tests.engine.fakes import fakes
from tests.support.serve import api_user, data_of, running_engine, wait_until

SERVE = """
import sys
from pathlib import Path
from nemovideo.engine import serve
folder, say = Path(sys.argv[1]), lambda url: print(url, flush=True)
serve(folder, "127.0.0.1", 0, pieces_limit=0, on_ready=say)
print("ended", flush=True)
"""


def test_engine_stops_without_threads_or_sockets_left(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    with running_engine(tmp_path, fakes()) as engine, api_user(engine) as user:
        user.new_session()
        port = httpx.URL(engine.url).port
    # The loop's idle workers are told to end with it, and do so a moment later.
    wait_until(lambda: set(threading.enumerate()) <= before)
    with socket.socket() as sock:
        assert sock.connect_ex(("127.0.0.1", port)) != 0
    gc.collect()


def test_idle_engine_stops_without_a_pause(tmp_path: Path) -> None:
    times = []
    for _ in range(3):
        engine = LocalEngine(tmp_path, collaborators=fakes())
        engine.start()
        begin = time.monotonic()
        engine.stop()
        times.append(time.monotonic() - begin)
        assert not engine.is_running
    assert min(times) < 0.1


def test_engine_starts_again_after_stop(tmp_path: Path) -> None:
    engine = LocalEngine(tmp_path, collaborators=fakes())
    for _ in range(2):
        with engine, api_user(engine, token=engine.owner_token) as owner:
            assert owner.new_session()


def test_owner_token_is_the_same_for_every_engine(tmp_path: Path) -> None:
    with running_engine(tmp_path, fakes()) as one, running_engine(tmp_path, fakes()) as two:
        assert one.owner_token == two.owner_token
        assert one.owner_token.startswith("nmv_usr_")


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
def test_owner_token_file_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    with running_engine(tmp_path, fakes()) as engine:
        path = tmp_path / "engine" / "owner_token"
        assert path.read_text() == engine.owner_token
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.parent.stat().st_mode & 0o777 == 0o700


def test_owner_token_that_was_removed_is_replaced_and_void(tmp_path: Path) -> None:
    with running_engine(tmp_path, fakes()) as engine:
        old = engine.owner_token
    (tmp_path / "engine" / "owner_token").unlink()
    with running_engine(tmp_path, fakes()) as engine:
        assert engine.owner_token != old
        with api_user(engine, token=old) as stranger:
            answer = stranger.get("/api/credits/balance/simple")
            assert answer.json()["code"] == InvalidTokenError.default_code


def test_owner_sessions_survive_a_restart(tmp_path: Path) -> None:
    with (
        running_engine(tmp_path, fakes()) as engine,
        api_user(engine, token=engine.owner_token) as owner,
    ):
        session = owner.new_session("kept")
    with (
        running_engine(tmp_path, fakes()) as engine,
        api_user(engine, token=engine.owner_token) as owner,
    ):
        assert owner.state(session)["task_name"] == "kept"


def test_engine_on_taken_port_says_which_option_helps(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        engine = LocalEngine(tmp_path, port=port, collaborators=fakes())
        with pytest.raises(UsageError) as caught:
            engine.start()
    assert caught.value.message == f"port {port} is taken: choose another with --port"
    assert not (tmp_path / "engine").exists()


@pytest.mark.parametrize(
    ("host", "port"),
    [
        pytest.param("127.0.0.1", 70000, id="port too high"),
        pytest.param("192.0.2.1", 0, id="not an address of this machine"),
    ],
)
def test_engine_on_unusable_address_is_usage_error(tmp_path: Path, host: str, port: int) -> None:
    with pytest.raises(UsageError):
        LocalEngine(tmp_path, host=host, port=port, collaborators=fakes()).start()


def test_import_of_the_package_loads_no_extra() -> None:
    extra = {"av", "cv2", "numpy", "starlette", "uvicorn", "python_multipart", "sqlite3"}
    code = f"import sys, nemovideo.engine; print({extra} & set(sys.modules))"
    output = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert output.stdout.strip() == "set()"


def test_start_without_the_extra_says_what_to_install(tmp_path: Path) -> None:
    code = """
import sys
from pathlib import Path
for name in ("av", "cv2", "starlette", "uvicorn", "python_multipart"):
    sys.modules[name] = None
from nemovideo.engine import LocalEngine
from nemovideo.errors import MissingExtraError
try:
    LocalEngine(Path(sys.argv[1])).start()
except MissingExtraError as exc:
    print(exc.hint)
"""
    output = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert "[local]'" in output.stdout


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
def test_serve_ends_on_signal(tmp_path: Path, number: signal.Signals) -> None:
    command = [sys.executable, "-c", SERVE, str(tmp_path)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        url = process.stdout.readline().strip()
        answer = httpx.post(
            f"{url}/api/auth/anonymous-token", headers={"X-Client-Id": "someone"}, trust_env=False
        )
        assert data_of(answer)["credits"] == 100
        process.send_signal(number)
        assert process.stdout.read() == "ended\n"
        assert process.stderr.read() == ""
    assert process.returncode == 0


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (RuntimeError("can't start new thread"), "no more processes or threads"),
        (RuntimeError("anything"), "its log, seen with --verbose, says more"),
        (None, "its log, seen with --verbose, says more"),
    ],
)
def test_an_engine_that_does_not_start_says_why_or_where_that_stands(
    reason: Exception | None, said: str
) -> None:
    assert said in start_failure(reason).message


def test_an_engine_that_never_serves_is_given_up() -> None:
    is_over = threading.Event()

    async def never_ready(scope: object, receive: object, send: object) -> None:
        await asyncio.to_thread(is_over.wait)

    server = PromptServer(uvicorn.Config(never_ready, lifespan="on", log_config=None))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = _ServerThread(server, listener)
        thread.start()
        with pytest.raises(NemoError, match="did not start"):
            wait_until_started(server, thread, timeout_s=0.2)
        assert thread.is_alive()  # it is not that it ended
        is_over.set()
        server.end()
        thread.join(10)
    assert not thread.is_alive()
