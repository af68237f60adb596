"""The cloud's endpoints as a scripted cloud counts them: method and path, with `*` for ids."""

from __future__ import annotations

TOKEN = ("POST", "/api/auth/anonymous-token")
SESSION = ("POST", "/api/tasks/me/with-session/nemo_agent")
UPLOAD = ("POST", "/api/upload-video/*")
RUN = ("POST", "/run_sse")
STATE = ("GET", "/api/state/*")
SUBMIT = ("POST", "/api/render/proxy/lambda")
POLL = ("GET", "/api/render/proxy/lambda/*")
FILE = ("GET", "/files/*")
