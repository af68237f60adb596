"""Rows as the wire has them: the bodies of the responses, built from what the store gives."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from nemovideo.engine.store.renders import COMPLETED, RenderRow
from nemovideo.engine.store.sessions import MediaRow, SessionRow
from nemovideo.engine.store.users import IssuedToken
from nemovideo.timeline import Timeline

MEDIA_ROUTE = "/files/media/{key}/{name}"
RENDER_ROUTE = "/files/renders/{key}/{name}"
MAX_TITLE_LENGTH = 100

_NOT_IN_NAMES = re.compile(r'[\s/\\:*?"<>|]+')


def to_token(issued: IssuedToken) -> dict[str, Any]:
    """Build the response to the request for a token."""
    expires_at = datetime.fromtimestamp(issued.expires_at, UTC)
    return {
        "token": issued.token,
        "user_id": issued.user_id,
        "credits": issued.credits,
        "expires_at": expires_at.isoformat(timespec="seconds"),
    }


def to_session(session: SessionRow) -> dict[str, Any]:
    """Build the response to a new session."""
    return {"task_id": session.task_id, "session_id": session.id, "user_id": session.user_id}


def to_media(row: MediaRow, origin: str) -> dict[str, Any]:
    """Build the description of an uploaded file."""
    return {
        "id": row.id,
        "filename": row.filename,
        "file_type": row.kind,
        "cdn_url": origin + MEDIA_ROUTE.format(key=row.key, name=quote(row.filename, safe="")),
        "duration": row.duration_s,
        "width": row.width,
        "height": row.height,
        "fps": row.fps,
        "size": row.size_bytes,
        "hash": row.sha256,
        "taken_ms": row.taken_ms,
        "notes": list(row.notes),
    }


def to_state(
    session: SessionRow, media: list[MediaRow], renders: list[RenderRow], origin: str
) -> dict[str, Any]:
    """Build the response to the question for a session's state."""
    return {
        "session_id": session.id,
        "task_id": session.task_id,
        "task_name": session.task_name,
        "user_id": session.user_id,
        "state": {
            "draft": session.draft,
            "video_infos": [to_media(row, origin) for row in media],
            "canvas_config": _to_canvas(session),
            "generated_media": [
                {"type": "video", "id": row.id, "url": _render_url(row, origin)} for row in renders
            ],
        },
    }


def to_render(row: RenderRow, origin: str, notes: tuple[str, ...] = ()) -> dict[str, Any]:
    """Build the response of the render endpoints, with what is known before anything is drawn."""
    data: dict[str, Any] = {
        "id": row.id,
        "sessionId": row.session_id,
        "status": row.status,
        "progress": row.progress,
    }
    if notes:
        data["notes"] = list(notes)
    if row.error is not None:
        data["error"] = row.error
    if row.status == COMPLETED:
        url = _render_url(row, origin)
        data["output"] = {"url": url, **(row.result or {})}
        data["outputUrl"] = url
    return {"success": True, "data": data}


def download_name(timeline: Timeline, session: SessionRow, container: str) -> str:
    """Name the finished file after the project; any title makes a name that a disk takes."""
    title = _NOT_IN_NAMES.sub(" ", timeline.title or session.task_name)
    title = "".join(character for character in title if character.isprintable())
    return f"{title.strip(' .')[:MAX_TITLE_LENGTH] or 'video'}.{container}"


def _render_url(row: RenderRow, origin: str) -> str:
    return origin + RENDER_ROUTE.format(key=row.key, name=quote(row.filename, safe=""))


def _to_canvas(session: SessionRow) -> dict[str, Any] | None:
    if session.draft is None:
        return None
    canvas = Timeline.from_draft(session.draft).canvas
    return {"width": canvas.width, "height": canvas.height, "fps": canvas.fps}
