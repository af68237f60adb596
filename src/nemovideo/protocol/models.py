"""The responses of the API as models; keys that they don't name are ignored.

Field names are Python's where the wire's lack a unit: ``duration`` is ``duration_s`` here. What an
response can't do without is checked; what only decorates it reads as None when it is odd.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    FiniteFloat,
    PlainValidator,
    model_validator,
)

from nemovideo.protocol.draft import Draft, JsonObject


class WireModel(BaseModel):
    """The base: frozen, unknown keys ignored, wire aliases and Python names both accepted."""

    model_config = ConfigDict(extra="ignore", frozen=True, populate_by_name=True, defer_build=True)


def _number_or_none(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if abs(value) < 1e15 else None  # NaN and infinities are not below it


def _whole(value: float | None) -> float | None:
    """Return a whole number as an integer, so that 90 stays 90 when it is written as JSON."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _text_or_none(value: object) -> object:
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 1 << 63:
        return str(value)
    return _well_formed(value) if isinstance(value, str) and value else None


def _well_formed(text: str) -> str:
    """Replace lone surrogates, which JSON can carry and UTF-8 can't."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _time_or_none(value: object) -> datetime | None:
    """Read ISO 8601, with or without a zone (then UTC), or seconds since 1970."""
    try:
        if isinstance(value, datetime):
            time = value
        elif isinstance(value, str):
            time = datetime.fromisoformat(value.strip())
        elif isinstance(value, int | float) and not isinstance(value, bool):
            time = datetime.fromtimestamp(value, UTC)
        else:
            return None
        return time if time.tzinfo else time.replace(tzinfo=UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _draft_or_none(value: object) -> JsonObject | None:
    if value is not None and not isinstance(value, dict):
        raise ValueError("the draft is no JSON object")
    return value


def _texts_only(value: object) -> object:
    return tuple(v for v in value if isinstance(v, str)) if isinstance(value, list | tuple) else ()


LenientNumber = Annotated[float | None, BeforeValidator(_number_or_none)]
"""A number that reads as None when the server sends something else."""

LenientText = Annotated[str | None, BeforeValidator(_text_or_none)]
"""A text that reads as None when the server sends something else; numbers become texts."""

LenientTime = Annotated[datetime | None, PlainValidator(_time_or_none)]
"""A moment with its zone that reads as None when the server sends something else."""


class AnonymousToken(WireModel):
    """What ``POST /api/auth/anonymous-token`` gives."""

    token: str = Field(min_length=1, repr=False)
    user_id: LenientText = None
    credits: LenientNumber = None
    expires_at: LenientTime = None


class Session(WireModel):
    """A new session."""

    session_id: str = Field(min_length=1)
    task_id: LenientText = None
    user_id: LenientText = None


class UploadedFile(WireModel):
    """One file as the server took it."""

    filename: LenientText = None
    file_type: LenientText = None
    """``video``, ``image`` or ``audio``."""
    cdn_url: LenientText = None
    duration_s: LenientNumber = Field(
        default=None, validation_alias="duration", serialization_alias="duration"
    )
    width: LenientNumber = None
    height: LenientNumber = None
    fps: LenientNumber = None
    hash: LenientText = None
    notes: Annotated[tuple[str, ...], BeforeValidator(_texts_only)] = ()
    """What the local engine has to say about it: what is missing, what was guessed."""


class UploadResult(WireModel):
    """What an upload request gives; the files stand in the order of the request."""

    files: tuple[UploadedFile, ...]
    session_state_applied: Annotated[
        bool | None, BeforeValidator(lambda value: value if isinstance(value, bool) else None)
    ] = None


class Credits(WireModel):
    """The balance."""

    available: Annotated[FiniteFloat, AfterValidator(_whole)]
    frozen: Annotated[LenientNumber, AfterValidator(_whole)] = None
    total: Annotated[LenientNumber, AfterValidator(_whole)] = None


class StateContent(WireModel):
    """The inner ``state`` of a state response."""

    draft_document: Annotated[JsonObject | None, PlainValidator(_draft_or_none)] = Field(
        default=None, validation_alias="draft"
    )
    """The draft exactly as it came; None when there is none yet."""
    video_infos: Any = None
    canvas_config: Any = None
    generated_media: Any = None

    @property
    def draft(self) -> Draft | None:
        """The timeline, or None when there is none yet."""
        return None if self.draft_document is None else Draft.from_wire(self.draft_document)


class SessionState(WireModel):
    """A session's latest state; the inner ``state`` may be left out around its fields."""

    session_id: LenientText = None
    task_id: LenientText = None
    task_name: LenientText = None
    user_id: LenientText = None
    state: StateContent = Field(default_factory=StateContent)

    @property
    def draft(self) -> Draft | None:
        """The timeline, or None when there is none yet."""
        return self.state.draft

    @model_validator(mode="before")
    @classmethod
    def _accept_both_shapes(cls, value: Any) -> Any:
        # A response that names nothing of a state must not read as "the timeline is empty now".
        if not isinstance(value, dict) or not value.keys() & _STATE_KEYS:
            raise ValueError("neither a state nor a draft is in it")
        if "state" in value:
            return value if value["state"] is not None else {**value, "state": {}}
        return {**value, "state": value}


_STATE_KEYS = {"state", "draft", "draft_document", "session_id", "video_infos"}


class RenderJob(WireModel):
    """A render as the server reports it."""

    id: LenientText = None
    status: str = "pending"
    """``pending``, ``processing``, ``completed``, ``failed``, ``cancelled``, or another."""
    progress: LenientNumber = None
    """0–100 as the server says; values outside are the caller's to ignore."""
    output_url: LenientText = None
    error: LenientText = None
    notes: tuple[str, ...] = ()
    """What the local engine has to say about the file: characters that no font could show."""
    checks: tuple[JsonObject, ...] = ()
    """What it looked at in the finished file: ``name``, ``ok`` and ``value``."""

    @model_validator(mode="before")
    @classmethod
    def _accept_all_shapes(cls, value: Any) -> Any:
        if not isinstance(value, dict) or not value.keys() & _RENDER_KEYS:
            raise ValueError("neither an id nor a status is in it")
        output = value.get("output")
        inner = output.get("url") if isinstance(output, dict) else output
        status = value.get("status")
        notes = value.get("notes") or (output.get("notes") if isinstance(output, dict) else None)
        return {
            "id": value.get("id"),
            "status": status.strip().lower() if isinstance(status, str) else "pending",
            "progress": value.get("progress"),
            "output_url": value.get("output_url") or value.get("outputUrl") or inner,
            "error": _reason(value),
            "notes": _texts_only(notes),
            "checks": _objects_only(output.get("checks") if isinstance(output, dict) else None),
        }


def _objects_only(value: object) -> tuple[JsonObject, ...]:
    listed = value if isinstance(value, list) else []
    return tuple(item for item in listed if isinstance(item, dict))


_RENDER_KEYS = {"id", "status", "output", "output_url", "outputUrl"}


def _reason(document: JsonObject) -> object:
    """Find why a render failed: servers put it under several names, as a text or an object."""
    for key in ("error", "error_message", "errorMessage", "message"):
        value = document.get(key)
        text = value.get("message") if isinstance(value, dict) else value
        if isinstance(text, str) and text:
            return text
    return None


class ClaimToken(WireModel):
    """A short-lived token that opens the project in the web workspace."""

    claim_token: str = Field(min_length=1, repr=False)
    expires_in: LenientNumber = None
