"""The answers of the API as models; keys that they don't name are ignored.

Field names are Python's where the wire's lack a unit: ``duration`` is ``duration_s`` here.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field

from nemovideo.protocol.draft import Draft, JsonObject


class WireModel(BaseModel):
    """The base: frozen, unknown keys ignored, wire aliases and Python names both accepted."""

    model_config = ConfigDict(extra="ignore", frozen=True, populate_by_name=True)


def _number_or_none(value: object) -> object:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _object_or_none(value: object) -> object:
    return value if isinstance(value, dict) else None


LenientNumber = Annotated[float | None, BeforeValidator(_number_or_none)]
"""A number that reads as None when the server sends something else."""


class AnonymousToken(WireModel):
    """What ``POST /api/auth/anonymous-token`` gives."""

    token: str = Field(min_length=1, repr=False)
    user_id: str | None = None
    credits: LenientNumber = None
    expires_at: datetime | None = None


class Session(WireModel):
    """A new session."""

    session_id: str = Field(min_length=1)
    task_id: str | None = None
    user_id: str | None = None


class UploadedFile(WireModel):
    """One file as the server took it."""

    filename: str | None = None
    file_type: str | None = None
    """``video``, ``image`` or ``audio``."""
    cdn_url: str | None = None
    duration_s: LenientNumber = Field(
        default=None, validation_alias="duration", serialization_alias="duration"
    )
    width: LenientNumber = None
    height: LenientNumber = None
    fps: LenientNumber = None
    hash: str | None = None


class UploadResult(WireModel):
    """What an upload request gives; the files stand in the order of the request."""

    files: tuple[UploadedFile, ...]
    session_state_applied: bool | None = None


class Credits(WireModel):
    """The balance."""

    available: float
    frozen: float = 0
    total: float | None = None


class StateContent(WireModel):
    """The inner ``state`` of a state answer."""

    draft_document: Annotated[JsonObject | None, BeforeValidator(_object_or_none)] = Field(
        default=None, validation_alias=AliasChoices("draft", "draft_document")
    )
    video_infos: Any = None
    canvas_config: Any = None
    generated_media: Any = None

    @property
    def draft(self) -> Draft | None:
        """The timeline, or None when there is none yet."""
        return None if self.draft_document is None else Draft.from_wire(self.draft_document)


class SessionState(WireModel):
    """A session's latest state."""

    session_id: str | None = None
    task_id: str | None = None
    task_name: str | None = None
    user_id: str | None = None
    state: StateContent = StateContent()

    @property
    def draft(self) -> Draft | None:
        """The timeline, or None when there is none yet."""
        return self.state.draft


class RenderJob(WireModel):
    """A render as the server reports it."""

    id: str | None = None
    status: str = "pending"
    """``pending``, ``processing``, ``completed``, ``failed``, ``cancelled``, or another."""
    progress: LenientNumber = None
    """0–100 as the server says; values outside are the caller's to ignore."""
    output_url: str | None = None
    error: str | None = None


class ClaimToken(WireModel):
    """A short-lived token that opens the project in the web workspace."""

    claim_token: str = Field(min_length=1, repr=False)
    expires_in: LenientNumber = None
