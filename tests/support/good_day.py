"""How the cloud answers on a good day: tokens, sessions, edits, renders, files, all just work."""

from __future__ import annotations

import itertools
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.support.answers import Answer, JsonObject, adk_event, body, error, mp4, ok, sse

if TYPE_CHECKING:
    from tests.support.scripted_cloud import Request

DRAFT: JsonObject = {
    "t": [
        {
            "tt": 0,
            "sg": [
                {"st": 0, "d": 5000, "m": {"name": "beach"}, "opaque": 1.0},
                {"st": 5000, "d": 5000, "m": {"name": "harbour"}},
            ],
        },
        {"tt": 1, "sg": [{"st": 0, "d": 10000, "m": {"name": "Lo-fi", "volume": 0.35}}]},
        {"tt": 7, "sg": [{"st": 0, "d": 3000, "m": {"text": "Urban Dreams"}}]},
    ],
    "d": 10000,
    "m": {"title": "Urban Dreams", "width": 1920, "height": 1080},
}
"""The timeline after the first message."""


@dataclass
class GoodDay:
    """The state of a cloud and its answers.

    Attributes:
        draft: The timeline that a message brings about.
        reply: What the agent says; nothing for a silent edit.
        video: The file that every render gives.
        available: The balance.
        video_infos: What the state tells of the files.
    """

    draft: JsonObject = field(default_factory=lambda: DRAFT)
    reply: str = "Done: 10 seconds with a crossfade and Lo-fi music."
    video: bytes = field(default_factory=mp4)
    available: int = 100
    video_infos: list[Any] = field(default_factory=list)
    drafts: dict[str, JsonObject] = field(default_factory=dict)
    """The timelines by session."""

    def __post_init__(self) -> None:
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._routes: list[tuple[str, str, Callable[..., Answer]]] = [
            ("POST", r"/api/auth/anonymous-token", self._token),
            ("POST", r"/api/tasks/me/with-session/nemo_agent", self._session),
            ("POST", r"/run_sse", self._run),
            ("POST", r"/api/upload-video/nemo_agent/me/([^/]+)", self._upload),
            ("GET", r"/api/credits/balance/simple", self._credits),
            ("GET", r"/api/state/nemo_agent/me/([^/]+)/latest", self._state),
            ("POST", r"/api/render/proxy/lambda", self._submit),
            ("GET", r"/api/render/proxy/lambda/([^/]+)", self._poll),
            ("POST", r"/api/render/proxy/lambda/([^/]+)/cancel", self._cancel),
            ("GET", r"/api/render/proxy/([^/]+)/download", self._file),
            ("GET", r"/files/([^/]+)", self._file),
            ("POST", r"/api/auth/claim-token", self._claim),
        ]

    def answer(self, base_url: str, request: Request) -> Answer:
        """Answer a request."""
        self._base_url = base_url
        for method, pattern, handler in self._routes:
            match = re.fullmatch(pattern, request.path)
            if match and method == request.method:
                return handler(request, *match.groups())
        return error(404, "there is no such path", status=404)

    def _number(self) -> int:
        with self._lock:
            return next(self._numbers)

    def _token(self, request: Request) -> Answer:
        if "x-client-id" not in request.headers:
            return error(400, "Missing X-Client-Id", status=400)
        number = self._number()
        return ok(
            {
                "token": f"nmv_usr_scripted{number:06d}",
                "user_id": f"anon_{number}",
                "credits": 100,
                "expires_at": "2099-01-01T00:00:00Z",
            }
        )

    def _session(self, _: Request) -> Answer:
        number = self._number()
        return ok(
            {"task_id": f"task_{number}", "session_id": f"session_{number}", "user_id": "anon_1"}
        )

    def _run(self, request: Request) -> Answer:
        self.drafts[request.json["session_id"]] = self.draft
        if not self.reply:
            return sse(": working\n\n")
        return sse(
            {"type": "heartbeat"},
            adk_event({"functionCall": {"id": "c1", "name": "edit_draft", "args": {}}}),
            adk_event(
                {"functionResponse": {"id": "c1", "name": "edit_draft", "response": {"ok": True}}}
            ),
            adk_event({"text": self.reply[:9]}, partial=True),
            adk_event({"text": self.reply[9:]}, partial=True),
            adk_event({"text": self.reply}, partial=False, turnComplete=True),
        )

    def _upload(self, request: Request, _: str) -> Answer:
        if request.headers["content-type"].startswith("application/json"):
            names = [url.rsplit("/", 1)[-1] for url in request.json["urls"]]
        else:
            names = [part.filename or "" for part in request.parts]
        return ok({"files": [_file_info(name) for name in names], "session_state_applied": True})

    def _credits(self, _: Request) -> Answer:
        return ok({"available": self.available, "frozen": 0, "total": self.available})

    def _state(self, _: Request, session_id: str) -> Answer:
        state: dict[str, Any] = {
            "video_infos": self.video_infos,
            "canvas_config": {},
            "generated_media": {},
        }
        if session_id in self.drafts:
            state["draft"] = self.drafts[session_id]
        return ok(
            {
                "session_id": session_id,
                "task_id": session_id.replace("session", "task"),
                "task_name": "project",
                "state": state,
            }
        )

    def _submit(self, request: Request) -> Answer:
        return ok({"id": request.json["id"], "status": "pending", "progress": 0})

    def _poll(self, _: Request, render_id: str) -> Answer:
        url = f"{self._base_url}/files/{render_id}.mp4"
        return ok({"id": render_id, "status": "completed", "progress": 100, "output": {"url": url}})

    def _cancel(self, _: Request, render_id: str) -> Answer:
        return ok({"id": render_id, "status": "cancelled"})

    def _file(self, request: Request, _: str) -> Answer:
        return file_answer(self.video, request)

    def _claim(self, _: Request) -> Answer:
        return ok({"claim_token": "clm_scripted", "expires_in": 600})


def file_answer(content: bytes, request: Request, etag: str = '"v1"') -> Answer:
    """Serve a file, or the rest of it where the request names the same version."""
    wanted = re.fullmatch(r"bytes=(\d+)-", request.headers.get("range", ""))
    if wanted and request.headers.get("if-range", etag) == etag and int(wanted[1]) < len(content):
        start = int(wanted[1])
        span = f"bytes {start}-{len(content) - 1}/{len(content)}"
        answer = body(content[start:], "video/mp4", status=206)
        return answer.with_headers(ETag=etag, Content_Range=span)
    return body(content, "video/mp4").with_headers(ETag=etag, Accept_Ranges="bytes")


def _file_info(name: str) -> JsonObject:
    kinds = {"mp4": "video", "mov": "video", "mp3": "audio", "wav": "audio", "m4a": "audio"}
    kind = kinds.get(name.rsplit(".", 1)[-1].lower(), "image")
    return {
        "filename": name,
        "file_type": kind,
        "cdn_url": f"https://cdn.example.com/{name}",
        "duration": 5.0 if kind != "image" else None,
        "width": 640,
        "height": 480,
        "fps": 30.0 if kind == "video" else None,
        "hash": "0" * 64,
    }
