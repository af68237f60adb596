"""Progress for programs: one JSON object a line on stderr."""

from __future__ import annotations

from collections.abc import Callable

from nemovideo.cli.output.output import Output
from nemovideo.projects.progress import Stage

STEP = 0.01
"""Between two lines of one stage at least so much has been done."""


class JsonReporter:
    """Writes ``{"event", "stage", "detail", "done", "total"}``; what is not known is null.

    The events are ``begin``, ``progress``, ``end`` and ``notice``.
    """

    is_heard = True

    def __init__(
        self,
        output: Output,
        on_answer: Callable[[str], None] | None = None,
        on_line_end: Callable[[], None] | None = None,
    ) -> None:
        self._output = output
        self._on_line_end = on_line_end
        self._on_answer = on_answer
        self._stage: Stage | None = None
        self._shown: float | None = None

    def begin(self, stage: Stage, detail: str) -> None:
        """Write that a stage begins."""
        self.abandon()
        self._stage, self._shown = stage, None
        self._write("begin", detail)

    def advance(self, done: float, total: float | None) -> None:
        """Write how far it is, where that is something new."""
        fraction = done / total if total else None
        if fraction is not None and self._shown is not None:
            is_news = fraction - self._shown >= STEP or (fraction >= 1 > self._shown)
            if not is_news:
                return
        self._shown = fraction
        self._write("progress", None, done, total)

    def activity(self, text: str) -> None:
        """Write what is being done."""
        self._write("progress", text)

    def end(self, detail: str = "") -> None:
        """Write that the stage is done."""
        self._write("end", detail or None)
        self._stage = None

    def abandon(self) -> None:
        """Forget the stage, and end the line of the agent's text."""
        self._stage = None
        if self._on_line_end:
            self._on_line_end()

    def notice(self, text: str) -> None:
        """Write a line worth reading."""
        self._write("notice", text)

    def answer(self, delta: str) -> None:
        """Pass the agent's text on."""
        if self._on_answer:
            self._on_answer(delta)

    def _write(
        self,
        event: str,
        detail: str | None,
        done: float | None = None,
        total: float | None = None,
    ) -> None:
        self._output.event(event, stage=self._stage, detail=detail, done=done, total=total)
