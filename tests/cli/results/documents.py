"""Every `--json` document of the command line, as a model: CLI.md in types."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

Kind = Literal[
    "usage",
    "input",
    "token",
    "session",
    "credits",
    "file",
    "plan",
    "rate_limit",
    "network",
    "timeout",
    "protocol",
    "agent",
    "render",
    "interrupted",
    "unexpected",
]
Count = Annotated[int, Field(ge=0)]
Text = Annotated[str, Field(min_length=1)]


class Document(BaseModel):
    """Types are taken at their word; keys beyond the contract may be there."""

    model_config = ConfigDict(strict=True, frozen=True)


class ErrorContent(Document):
    kind: Kind
    code: int | None
    message: Text
    hint: str | None


class Failure(Document):
    error: ErrorContent


class Segment(Document):
    name: str | None
    text: str | None
    start_ms: int
    duration_ms: int
    volume: float | None


class Track(Document):
    type: Literal["video", "audio", "text", "other"]
    name: str | None
    start_ms: int
    end_ms: int
    volume: float | None
    segments: list[Segment]


class TimelineDocument(Document):
    session_id: Text
    task_id: str | None
    ready: bool
    summary: Annotated[str, Field(pattern=r"^Timeline \(\d+ tracks?\)")]
    duration_ms: Count
    tracks: list[Track]


class Status(TimelineDocument):
    draft: dict[str, Any] | None


class Export(Document):
    session_id: Text
    render_id: Text
    output: Text
    bytes: Count
    elapsed_s: Annotated[float, Field(ge=0)]


class Convert(Document):
    session_id: Text
    task_id: str | None
    render_id: str | None
    output: str | None
    bytes: int | None
    duration_ms: Count
    timeline: TimelineDocument
    workspace_url: Text


class ChatAction(Document):
    kind: Literal["click", "state", "edit", "timeline", "export", "credits"]
    target: str | None
    done: bool


class File(Document):
    path: Text
    filename: Text
    file_type: Literal["video", "image", "audio"] | None
    url: str | None


class Chat(Document):
    session_id: Text
    intent: Literal["export", "credits", "state", "upload", "message"]
    reply: str
    actions: list[ChatAction]
    changes: list[str]
    timeline: TimelineDocument
    question: str | None


class Edit(Document):
    session_id: Text
    changes: list[Text]
    timeline: TimelineDocument
    notes: list[str]


class Edits(Document):
    edit: dict[str, Any]
    said: dict[str, Text]


class Upload(Document):
    session_id: Text
    files: list[File]


class Credits(Document):
    available: float
    frozen: float | None
    total: float | None


class Session(Document):
    session_id: Text
    task_id: str | None
    name: Text
    backend: Literal["cloud", "local"]
    workspace_url: Text


class SessionRow(Document):
    session_id: Text
    name: Text
    created_at: Text
    photos: Count
    clips: Count
    audio_files: Count
    current: bool
    backend: Literal["cloud", "local"]


class Forgotten(Document):
    session_id: Text
    forgotten: Literal[True]


class Render(Document):
    render_id: Text
    session_id: Text
    status: Text


class RenderRow(Render):
    output: str | None


class Url(Document):
    url: Annotated[str, Field(pattern="^https?://")]


class Setting(Document):
    value: str | float | bool | None
    source: Text


class Check(Document):
    name: Text
    ok: bool
    detail: str
    hint: str | None


class Doctor(Document):
    ok: bool
    checks: Annotated[list[Check], Field(min_length=1)]


class Auth(Document):
    authenticated: bool
    kind: Literal["anonymous", "user", "env", "none"]
    user_id: str | None
    expires_at: str | None
    client_id: str | None


class LoggedOut(Document):
    logged_out: bool


class Job(Document):
    out: str | None
    status: Literal["done", "failed", "skipped"]
    session_id: str | None
    render_id: str | None
    error: ErrorContent | None


class Batch(Document):
    jobs: list[Job]


class Frame(Document):
    start_ms: int
    name: str | None
    title: str | None
    transition: str | None
    shown: bool


class Storyboard(Document):
    session_id: Text
    output: str | None
    frames: list[Frame]


class ConfigPath(Document):
    path: Text


class Event(Document):
    event: Literal["begin", "progress", "end", "notice"]
    stage: str | None
    detail: str | None
    done: float | None
    total: float | None


SESSION_ROWS = TypeAdapter(list[SessionRow])
EDIT_ROWS = TypeAdapter(list[Edits])
RENDER_ROWS = TypeAdapter(list[RenderRow])
SETTINGS = TypeAdapter(dict[str, Setting])


def adapter(model: type[Document] | TypeAdapter[Any]) -> TypeAdapter[Any]:
    """Return what validates a document of this model."""
    return model if isinstance(model, TypeAdapter) else TypeAdapter(model)
