"""The sessions of this machine as a list: aligned on a terminal, a row of tabs elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size

from nemovideo.cli.output.columns import fitting
from nemovideo.cli.output.lines import columns_of
from nemovideo.cli.output.output import Output
from nemovideo.cli.output.text import to_line
from nemovideo.projects.sessions import SessionSummary

MAX_NAME = 24
WIDE = 80
SHOWN_OF_ID = 8


def session_documents(sessions: Sequence[SessionSummary]) -> list[dict[str, object]]:
    """Return the document of `nemo session list`."""
    return [
        {
            "session_id": session.record.session_id,
            "name": session.record.name,
            "current": session.is_current,
            "backend": session.record.backend.kind,
            "created_at": session.created_at.isoformat(timespec="seconds"),
            "photos": session.files["image"],
            "clips": session.files["video"],
            "audio_files": session.files["audio"],
        }
        for session in sessions
    ]


def show_sessions(output: Output, sessions: Sequence[SessionSummary]) -> None:
    """Write a row a session: whether it is current, name, date, files, backend, id."""
    if not output.is_terminal:
        for session in sessions:
            record, mark = session.record, "*" if session.is_current else " "
            when = f"{session.created_at.astimezone():%Y-%m-%d %H:%M}"
            files = session.counted or "-"
            row = (record.session_id, record.backend.kind, record.name, when, files)
            output.result(f"{mark} " + "\t".join(row))
        return
    ids = [session.record.session_id for session in sessions]
    rows = [(*_cells(output, session), _beginning(session, ids)) for session in sessions]
    width = (columns_of(sys.stdout) or WIDE) - 2
    for session, line in zip(sessions, fitting(rows, width, least=2), strict=True):
        output.result(f"{'*' if session.is_current else ' '} {line}")


def _cells(output: Output, session: SessionSummary) -> tuple[str, ...]:
    record = session.record
    return (
        set_cell_size(name, MAX_NAME)
        if cell_len(name := to_line(record.name)) > MAX_NAME
        else name,
        f"{session.created_at.astimezone():%Y-%m-%d %H:%M}",
        output.translate(session.counted) if session.counted else "-",
        output.translate("here" if record.backend.is_local else "cloud"),
    )


def _beginning(session: SessionSummary, ids: Sequence[str]) -> str:
    """Return so much of an id as no other begins with; it is enough to name the session."""
    whole = session.record.session_id
    lengths = range(SHOWN_OF_ID, len(whole))
    is_unique = (n for n in lengths if sum(other.startswith(whole[:n]) for other in ids) == 1)
    return whole[: next(is_unique, len(whole))]
