"""What the journal remembers, one frozen record a row."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, ClassVar, Self

from nemovideo.projects.backends import Backend
from nemovideo.projects.recovery.states import RenderState, RunState, TurnState, UploadState
from nemovideo.protocol.draft import JsonObject


class Record:
    """A row of the journal; its fields are columns."""

    states: ClassVar[type[StrEnum] | None] = None
    """What its status may be."""

    @classmethod
    def from_row(cls, row: sqlite3.Row) -> Self:
        """Read a row."""
        names = [item.name for item in fields(cls)]  # type: ignore[arg-type]
        values = {name: row[name] for name in names}
        return cls(**values | ({"status": cls.states(values["status"])} if cls.states else {}))


@dataclass(frozen=True)
class SessionRecord(Record):
    """A session and where it lives."""

    session_id: str
    backend: Backend
    task_id: str | None
    user_id: str | None
    name: str
    created_at: float

    @classmethod
    def from_row(cls, row: sqlite3.Row) -> Self:
        """Read a row; its backend is two columns."""
        backend = Backend(row["backend"], row["api_url"])
        rest = ("task_id", "user_id", "name", "created_at")
        return cls(row["session_id"], backend, *(row[name] for name in rest))


@dataclass(frozen=True)
class UploadRecord(Record):
    """A file that was sent, or was being sent, into a session: one each time that it was."""

    states = UploadState

    session_id: str
    content_hash: str
    path: str
    filename: str
    status: UploadState
    file_type: str | None = None
    url: str | None = None
    notes: str = "[]"
    """What the server had to say about it, as JSON."""
    upload_id: int | None = None
    """Its number; None until it is written down."""

    @property
    def told(self) -> tuple[str, ...]:
        """What the server had to say about it, in sentences."""
        return tuple(json.loads(self.notes))


@dataclass(frozen=True)
class TurnRecord(Record):
    """A message that was sent, or was being sent."""

    states = TurnState

    turn_id: int
    session_id: str
    run_id: str | None
    text: str
    draft_before: str
    """The timeline before it, as JSON."""
    status: TurnState
    sent_at: float
    answer: str | None = None
    """What was told of it, as JSON; None until it is answered."""

    @property
    def draft_document_before(self) -> JsonObject | None:
        """The timeline before it."""
        document: Any = json.loads(self.draft_before)
        return document if isinstance(document, dict) else None


@dataclass(frozen=True)
class RunRecord(Record):
    """A conversion from its files to its video."""

    states = RunState

    run_id: str
    session_id: str | None
    plan: str
    """What is to be done, as JSON."""
    status: RunState
    created_at: float

    @property
    def plan_document(self) -> JsonObject:
        """What is to be done."""
        document: JsonObject = json.loads(self.plan)
        return document


@dataclass(frozen=True)
class BatchRecord(Record):
    """A job of a batch file, by where its video goes."""

    output: str
    definition: str
    """What the file says of it, as JSON."""
    stamps: str
    """What its input files were like, as JSON."""
    run_id: str
    """The conversion that does it."""
    made: str
    """The sizes of the files that it made, by path, as JSON."""
    error_kind: str | None = None
    """How it failed last."""


@dataclass(frozen=True)
class RenderRecord(Record):
    """A render, its server's id and where its file is to go."""

    states = RenderState

    render_id: str
    polled_id: str
    """The id that the server answers to; it may name another than it was given."""
    session_id: str
    run_id: str | None
    output: str | None
    format: str
    quality: str
    status: RenderState
    created_at: float
    max_bytes: int | None = None
    """How large the file may be."""
    encoder: str = "x264"
