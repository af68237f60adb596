"""Engines on real sockets, and a user that talks to one with plain HTTP, as API.md has it."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from nemovideo.engine import LocalEngine
from nemovideo.engine.http.app import Limits
from nemovideo.engine.work.collaborators import Collaborators

ATTRIBUTION = {
    "X-Skill-Source": "image-to-video-converter-online",
    "X-Skill-Version": "1.0.0",
    "X-Skill-Platform": "unknown",
}


@dataclass
class ApiUser:
    """Somebody with a token, doing by hand what the client does."""

    http: httpx.Client
    token: str
    user_id: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.headers = {"Authorization": f"Bearer {self.token}", **ATTRIBUTION}

    def get(self, path: str, **kwargs: Any) -> httpx.Response:
        """GET with the token and the attribution headers."""
        return self.http.get(path, headers=self._merged(kwargs), **kwargs)

    def post(self, path: str, **kwargs: Any) -> httpx.Response:
        """POST with the token and the attribution headers."""
        return self.http.post(path, headers=self._merged(kwargs), **kwargs)

    def new_session(self, task_name: str = "project", language: str = "en") -> str:
        """Start a session and return its id."""
        body = {"task_name": task_name, "language": language}
        answer = self.post("/api/tasks/me/with-session/nemo_agent", json=body)
        return str(data_of(answer)["session_id"])

    def upload(self, session_id: str, *files: tuple[str, bytes]) -> httpx.Response:
        """Upload files in one request."""
        parts = [("files", (name, content)) for name, content in files]
        return self.post(f"/api/upload-video/nemo_agent/me/{session_id}", files=parts)

    def say(self, session_id: str, text: str) -> list[dict[str, Any]]:
        """Send a message and return the events of the stream."""
        body = {
            "app_name": "nemo_agent",
            "user_id": "me",
            "session_id": session_id,
            "new_message": {"parts": [{"text": text}]},
        }
        answer = self.post("/run_sse", json=body)
        assert answer.status_code == 200, answer.text
        return events_of(answer.text)

    def state(self, session_id: str) -> dict[str, Any]:
        """Read a session's state."""
        return data_of(self.get(f"/api/state/nemo_agent/me/{session_id}/latest"))

    def submit(
        self, session_id: str, draft: Mapping[str, Any], render_id: str | None = None
    ) -> httpx.Response:
        """Start a render."""
        body = {
            "id": render_id or f"render_{uuid.uuid4().hex}",
            "sessionId": session_id,
            "draft": draft,
            "output": {"format": "mp4", "quality": "high"},
        }
        return self.post("/api/render/proxy/lambda", json=body)

    def render(self, render_id: str) -> dict[str, Any]:
        """Read a render's status."""
        return data_of(self.get(f"/api/render/proxy/lambda/{render_id}"))

    def wait_for(self, render_id: str, *statuses: str, timeout_s: float = 60) -> dict[str, Any]:
        """Poll a render until it has one of the statuses."""
        deadline = time.monotonic() + timeout_s
        while (job := self.render(render_id))["status"] not in statuses:
            assert time.monotonic() < deadline, f"still {job}"
            time.sleep(0.02)
        return job

    def _merged(self, kwargs: dict[str, Any]) -> dict[str, str]:
        return {**self.headers, **kwargs.pop("headers", {})}


def data_of(answer: httpx.Response) -> dict[str, Any]:
    """Return the data of a good answer."""
    assert answer.status_code == 200, f"{answer.status_code} {answer.text}"
    document = answer.json()
    assert document.get("code", 0) == 0
    data = document["data"]
    assert isinstance(data, dict)
    return data


def refused(answer: httpx.Response, status: int, code: int, *words: str) -> None:
    """Check a refusal as a whole: HTTP status, code, no data, words in the message."""
    document = answer.json()
    assert (answer.status_code, document["code"]) == (status, code), answer.text
    assert document["data"] is None
    for word in words:
        assert word in document["message"]


def wait_until(condition: Callable[[], object], timeout_s: float = 10) -> None:
    """Wait for something that an engine does in the background."""
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.01)


def events_of(stream: str) -> list[dict[str, Any]]:
    """Parse the data lines of an event stream."""
    lines = stream.splitlines()
    return [json.loads(line.removeprefix("data:")) for line in lines if line.startswith("data:")]


def text_of(events: list[dict[str, Any]]) -> str:
    """Put the text deltas of a stream together."""
    return "".join(event["content"] for event in events if event["type"] == "text")


@contextmanager
def running_engine(
    data_dir: Path, collaborators: Collaborators | None = None, *, limits: Limits | None = None
) -> Iterator[LocalEngine]:
    """Run an engine on a free port; without collaborators it is the real one."""
    with LocalEngine(data_dir, collaborators=collaborators, limits=limits) as engine:
        yield engine


@contextmanager
def api_user(engine: LocalEngine, *, token: str | None = None) -> Iterator[ApiUser]:
    """Somebody with an anonymous token of their own, or with the given one."""
    with httpx.Client(base_url=engine.url, timeout=30, trust_env=False, verify=False) as http:
        if token is not None:
            yield ApiUser(http, token)
            return
        answer = http.post("/api/auth/anonymous-token", headers={"X-Client-Id": str(uuid.uuid4())})
        data = data_of(answer)
        yield ApiUser(http, data["token"], data["user_id"])
