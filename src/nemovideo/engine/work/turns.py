"""Turns: a message becomes an edit of the session's draft, and the edit a stream of events.

A turn is a task of its own: it goes on to its end, and its draft is kept, when the client that
asked for it goes away. The director runs in a thread. Two turns of one session never mix: within
this process they queue up, and a draft that another process saved in between makes the director
look again.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

from starlette.concurrency import run_in_threadpool

from nemovideo.engine.store.sessions import MediaRow
from nemovideo.engine.store.store import Store
from nemovideo.engine.work.collaborators import Direct
from nemovideo.errors import NemoError

if TYPE_CHECKING:
    from nemovideo.editing import HistoryStep, MediaItem, Outcome

logger = logging.getLogger(__name__)

HEARTBEAT_INTERVAL_S = 10.0
CLOSE_TIMEOUT_S = 5.0
UNEXPECTED = "the edit failed inside the engine; the timeline is as it was"

# A few words with the space after them; scripts without spaces go a few characters at a time.
_DELTA = re.compile(r"(?:\S{1,24}\s*){1,4}|\s+")
_UNSPACED = (("\u3040", "\u30ff"), ("\u3400", "\u9fff"), ("\uac00", "\ud7af"))
"""Where these scripts stand, from and to."""


class Turns:
    """The turns that are under way in this process."""

    def __init__(self, store: Store, direct: Direct) -> None:
        self._store = store
        self._direct = direct
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._tasks: set[asyncio.Task[Outcome]] = set()

    def begin(
        self, session_id: str, user_id: str, message: str, *, is_strict: bool = False
    ) -> asyncio.Task[Outcome]:
        """Start a turn; it ends with the draft kept, whether or not somebody waits for it.

        A strict one leaves the draft as it is when a part is not understood.
        """
        task = asyncio.create_task(self._turn(session_id, user_id, message, is_strict))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def close(self) -> None:
        """Let the turns that are under way come to their end."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=CLOSE_TIMEOUT_S)

    async def _turn(self, session_id: str, user_id: str, message: str, is_strict: bool) -> Outcome:
        lock = self._locks.setdefault(session_id, asyncio.Lock())
        async with lock:
            return await run_in_threadpool(self._edit, session_id, user_id, message, is_strict)

    def _edit(self, session_id: str, user_id: str, message: str, is_strict: bool) -> Outcome:
        sessions = self._store.sessions
        while True:
            session = sessions.get(session_id, user_id)
            outcome = self._direct(
                message,
                [_to_item(row) for row in sessions.media_of(session_id)],
                session.draft,
                language=session.language,
                title=session.task_name,
                question=session.question,
                strict=is_strict,
            )
            if outcome.history is not None:
                return self._go_back(session_id, user_id, message, outcome.history)
            if outcome.draft is None or sessions.save_draft(
                session_id, outcome.draft, base_version=session.version
            ):
                if outcome.question != session.question:
                    sessions.keep_question(session_id, outcome.question)
                return outcome

    def _go_back(self, session_id: str, user_id: str, message: str, step: HistoryStep) -> Outcome:
        from nemovideo.editing import gone_back

        sessions = self._store.sessions
        if step.kind == "first_cut":
            done = int(sessions.restore_first(session_id))
        elif step.kind == "undo":
            done = sessions.undo(session_id, step.steps)
        else:
            done = sessions.redo(session_id, step.steps)
        session = sessions.get(session_id, user_id)
        return gone_back(step, done, session.draft, message, session.language)


async def stream_turn(
    turn: asyncio.Task[Outcome], *, heartbeat_interval_s: float = HEARTBEAT_INTERVAL_S
) -> AsyncIterator[bytes]:
    """Yield a turn as server-sent events: heartbeats while it works, then what came of it.

    An edit without words to say ends the stream without text.
    """
    yield encode_heartbeat()
    while not (await asyncio.wait({turn}, timeout=heartbeat_interval_s))[0]:
        yield encode_heartbeat()
    error = turn.exception()
    if error is not None:
        yield encode_event({"type": "error", "message": _describe(error)})
        return
    for event in _events_of(turn.result()):
        yield encode_event(event)


def encode_event(document: dict[str, Any]) -> bytes:
    """Write one event."""
    return f"data: {json.dumps(document, ensure_ascii=False)}\n\n".encode()


def encode_heartbeat() -> bytes:
    """Write the event that says: still working."""
    return b"event: heartbeat\n" + encode_event({"type": "heartbeat"})


def to_deltas(text: str) -> Iterator[str]:
    """Cut a text into pieces of a few words; put together they are the text."""
    for match in _DELTA.finditer(text):
        piece = match.group()
        if any(first <= char <= last for char in piece for first, last in _UNSPACED):
            yield from (piece[start : start + 8] for start in range(0, len(piece), 8))
        else:
            yield piece


def _events_of(outcome: Outcome) -> Iterator[dict[str, Any]]:
    yield {
        "type": "reading",
        "not_understood": list(outcome.not_understood),
        "notes": list(outcome.notes),
        "changes": list(outcome.changes),
        **({} if outcome.error is None else {"error": outcome.error}),
    }
    for call in outcome.tool_calls:
        yield {"type": "tool_call", "name": call.name, "args": call.args}
        yield {"type": "tool_result", "name": call.name, "result": call.result}
    if not outcome.is_silent:
        for delta in to_deltas(outcome.reply):
            yield {"type": "text", "content": delta}


def _describe(error: BaseException) -> str:
    if isinstance(error, NemoError):
        logger.warning("a turn failed: %s", error.message)
        return error.message
    logger.error("a turn failed", exc_info=error)
    return UNEXPECTED


def _to_item(row: MediaRow) -> MediaItem:
    from nemovideo.editing import MediaItem

    duration_ms = None if row.duration_s is None else round(row.duration_s * 1000)
    return MediaItem(
        id=row.id,
        name=row.filename,
        kind=row.kind,
        width=row.width,
        height=row.height,
        duration_ms=duration_ms,
        has_audio=row.has_audio,
        taken_ms=row.taken_ms,
        taken_on=row.taken_on,
        beat=row.beat,
        place=row.place,
        focus=row.focus,
        faces=row.faces,
    )
