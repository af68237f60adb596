"""Paths and header names of the API, for both sides."""

from __future__ import annotations

from urllib.parse import quote

APP_NAME = "nemo_agent"
USER = "me"

DEFAULT_API_URL = "https://mega-api-prod.nemovideo.ai"
DEFAULT_WEB_URL = "https://nemovideo.com"

CLIENT_ID_HEADER = "X-Client-Id"
SKILL_SOURCE_HEADER = "X-Skill-Source"
SKILL_VERSION_HEADER = "X-Skill-Version"
SKILL_PLATFORM_HEADER = "X-Skill-Platform"
ATTRIBUTION_HEADERS = (SKILL_SOURCE_HEADER, SKILL_VERSION_HEADER, SKILL_PLATFORM_HEADER)

ANONYMOUS_TOKEN = "/api/auth/anonymous-token"  # noqa: S105 - a path
CREATE_SESSION = f"/api/tasks/{USER}/with-session/{APP_NAME}"
RUN_SSE = "/run_sse"
CREDITS = "/api/credits/balance/simple"
RENDERS = "/api/render/proxy/lambda"
CLAIM_TOKEN = "/api/auth/claim-token"  # noqa: S105 - a path

# Templates, as Starlette's router reads them.
UPLOAD_TEMPLATE = f"/api/upload-video/{APP_NAME}/{USER}/{{session_id}}"
STATE_TEMPLATE = f"/api/state/{APP_NAME}/{USER}/{{session_id}}/latest"
RENDER_TEMPLATE = f"{RENDERS}/{{render_id}}"
RENDER_CANCEL_TEMPLATE = f"{RENDERS}/{{render_id}}/cancel"
RENDER_DOWNLOAD_TEMPLATE = "/api/render/proxy/{render_id}/download"


def upload(session_id: str) -> str:
    """Return the path that takes files for a session."""
    return UPLOAD_TEMPLATE.format(session_id=_segment(session_id))


def state(session_id: str) -> str:
    """Return the path of a session's latest state."""
    return STATE_TEMPLATE.format(session_id=_segment(session_id))


def render(render_id: str) -> str:
    """Return the path of one render's status."""
    return RENDER_TEMPLATE.format(render_id=_segment(render_id))


def render_cancel(render_id: str) -> str:
    """Return the path that cancels a render."""
    return RENDER_CANCEL_TEMPLATE.format(render_id=_segment(render_id))


def render_download(render_id: str) -> str:
    """Return the path that serves a finished render when its URL can't be fetched."""
    return RENDER_DOWNLOAD_TEMPLATE.format(render_id=_segment(render_id))


def _segment(value: str) -> str:
    """Escape one path segment, so that an id from a server can't change the path."""
    return quote(value, safe="")
