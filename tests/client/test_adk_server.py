"""The real thing: Google's Agent Development Kit serving /run_sse, with an agent without a model.

Runs where `google-adk` is installed; everywhere else the recordings in tests/data/streams, made
with this very agent, stand in for it (`test_recorded_streams.py`).
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from nemovideo.client import NemoVideo
from nemovideo.errors import AgentError, SessionNotFoundError
from tests.client.conftest import MakeClient

pytest.importorskip("google.adk", reason="google-adk is not installed")

START_TIMEOUT_S = 60.0

AGENT = """
from google.adk.agents import BaseAgent
from google.adk.events import Event
from google.genai import types


class Scripted(BaseAgent):
    async def _run_async_impl(self, ctx):
        said = ctx.user_content.parts[0].text
        head = {"author": self.name, "invocation_id": ctx.invocation_id}

        def event(part, role="model", **more):
            content = types.Content(role=role, parts=[part])
            return Event(content=content, **head, **more)

        if "raise" in said:
            raise RuntimeError("out of paint")
        yield event(types.Part(text="hmm", thought=True))
        call = types.FunctionCall(name="cut", args={"x": 1}, id="c1")
        yield event(types.Part(function_call=call))
        answer = types.FunctionResponse(name="cut", id="c1", response={"ok": True})
        yield event(types.Part(function_response=answer), role="user")
        if "silent" in said:
            return
        if "fail" in said:
            yield Event(error_code="SAFETY", error_message="blocked", **head)
            return
        yield event(types.Part(text="你好, "), partial=True)
        yield event(types.Part(text="done."), partial=True)
        yield event(types.Part(text="你好, done."), turn_complete=True)


root_agent = Scripted(name="nemo_agent")
"""


@pytest.fixture(scope="module")
def adk_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An ADK API server with one agent and the session ``s1``."""
    folder = tmp_path_factory.mktemp("agents")
    (folder / "nemo_agent").mkdir()
    (folder / "nemo_agent" / "__init__.py").write_text("from . import agent\n")
    (folder / "nemo_agent" / "agent.py").write_text(AGENT)
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "google.adk.cli", "api_server"]
    process = subprocess.Popen(
        [*command, "--host", "127.0.0.1", "--port", str(port), str(folder)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _create_session(f"{url}/apps/nemo_agent/users/me/sessions/s1", process)
        yield url
    finally:
        process.terminate()
        process.wait(30)


def _create_session(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while True:
        try:
            httpx.post(url, json={}, trust_env=False).raise_for_status()
        except httpx.TransportError:
            assert process.poll() is None, "the ADK server has ended"
            assert time.monotonic() < deadline, "the ADK server does not answer"
            time.sleep(0.2)
        else:
            return


@pytest.fixture
def adk(make_client: MakeClient, adk_url: str) -> NemoVideo:
    return make_client("nmv_usr_t", api_url=adk_url)


def test_adk_server_answer_is_shown_once(adk: NemoVideo) -> None:
    turn = adk.chat.send("s1", "hello")

    assert turn.text == "你好, done."
    assert [(call.name, call.args) for call in turn.tool_calls] == [("cut", {"x": 1})]
    assert [json.dumps(result.result) for result in turn.tool_results] == ['{"ok": true}']


def test_adk_server_silent_turn_is_silent(adk: NemoVideo) -> None:
    assert adk.chat.send("s1", "be silent").is_silent


@pytest.mark.parametrize(
    ("text", "words"), [("fail", r"\(SAFETY\): blocked"), ("raise", "RuntimeError: out of paint")]
)
def test_adk_server_error_ends_the_turn(adk: NemoVideo, text: str, words: str) -> None:
    with pytest.raises(AgentError, match=words):
        adk.chat.send("s1", text)


def test_adk_server_unknown_session_is_one(adk: NemoVideo) -> None:
    with pytest.raises(SessionNotFoundError):
        adk.chat.send("nope", "hello")


def test_recordings_still_look_like_the_real_server(adk_url: str) -> None:
    recordings = Path(__file__).parent.parent / "data" / "streams"
    for text, name in (("hello", "adk_answer"), ("fail", "adk_error"), ("raise", "adk_raised")):
        message = {"parts": [{"text": text}]}
        body = {"app_name": "nemo_agent", "user_id": "me", "session_id": "s1"}
        answer = httpx.post(f"{adk_url}/run_sse", json={**body, "new_message": message})
        recorded = (recordings / f"{name}.sse").read_text("utf-8")

        assert _keys(recorded) <= _keys(answer.text)


def _keys(stream: str) -> set[str]:
    lines = [line.removeprefix("data: ") for line in stream.splitlines() if line]
    return {key for line in lines for key in json.loads(line)}
