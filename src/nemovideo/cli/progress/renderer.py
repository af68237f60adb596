"""Renderers of progress events for logs and pipes, and which of all renderers fits."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from nemovideo.cli.output.output import Output, ProgressMode
from nemovideo.cli.output.text import to_line
from nemovideo.cli.progress.answer import AnswerWriter
from nemovideo.projects.progress import (
    AnswerDelta,
    Notice,
    ProgressEvent,
    Stage,
    StageAdvanced,
    StageBegan,
    StageBroken,
    StageEnded,
    Steps,
)

LABELS: dict[Stage, str] = {
    "setup": "Ready",
    "upload": "Uploaded",
    "edit": "Edited",
    "render": "Rendered",
    "download": "Saved",
}
_TIMELINE = re.compile(r"(?<=\S)\s*Timeline \(\d+ tracks?\):.*")
PLAIN_STEPS = 10
"""Off a terminal a line at most every tenth of a stage."""


def renderer_for(
    output: Output, mode: ProgressMode = "auto", answer: AnswerWriter | None = None
) -> Renderer:
    """Return the renderer that fits: live on a terminal, plain lines off it, silent if asked.

    A bar only where lines can be redrawn. The agent's text is not shown if `answer` is None.
    """
    if output.is_quiet:
        return Renderer(output, answer)
    if mode == "json":
        from nemovideo.cli.progress.json_lines import JsonRenderer

        return JsonRenderer(output, answer)
    if mode == "none":
        return NoticesOnly(output, answer)
    if output.is_live and mode != "plain":
        from nemovideo.cli.progress.live import LiveRenderer

        return LiveRenderer(output, answer)
    return PlainRenderer(output, answer)


class Renderer:
    """Shows nothing but the agent's text, where that is asked for; the base of the others."""

    def __init__(self, output: Output, answer: AnswerWriter | None = None) -> None:
        self._output = output
        self._answer = answer

    def __call__(self, event: ProgressEvent) -> None:
        """Show an event."""
        if isinstance(event, StageBegan | StageBroken):
            self._end_line()
        if not isinstance(event, AnswerDelta):
            self.show(event)
        elif self._answer is not None:
            self._answer.write(event.text)

    def show(self, event: ProgressEvent) -> None:
        """Show an event other than the agent's text."""

    def _end_line(self) -> None:
        """End the line of the agent's text."""
        if self._answer is not None:
            self._answer.end_line()


class NoticesOnly(Renderer):
    """No progress: only what is worth a line."""

    def show(self, event: ProgressEvent) -> None:
        """Write notices."""
        if isinstance(event, Notice):
            self._output.notice(event.text)


class PlainRenderer(Renderer):
    """One line an event, none redrawn; what a stage does in detail is of no use to a log."""

    def __init__(
        self,
        output: Output,
        answer: AnswerWriter | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(output, answer)
        self._clock = clock
        self._detail, self._started, self._steps = "", 0.0, Steps(PLAIN_STEPS)

    def show(self, event: ProgressEvent) -> None:
        """Write a line; of how far a stage is for every tenth, unless it ends within a second."""
        match event:
            case StageBegan(detail=detail):
                self._detail, self._started = detail, self._clock()
                self._steps = Steps(PLAIN_STEPS)
                self._output.notice(going_on(detail))
            case StageAdvanced(fraction=float(fraction)):
                is_long = self._clock() - self._started >= 1
                if is_long and self._steps.is_next(event) and fraction < 1:
                    self._output.notice(f"{self._detail}: {fraction:.0%}")
            case StageEnded(stage, detail) if detail and not (stage == "edit" and self._answer):
                self._output.notice(ended(self._output, stage, detail), is_ready=True)
            case Notice(text=text):
                self._output.notice(text)


def going_on(detail: str) -> str:
    """Return the words for what a stage does, as of something that is not done yet."""
    return f"{detail.rstrip('…')}…"


def ended(output: Output, stage: Stage, detail: str) -> str:
    """Say in the user's language that a stage is done; the agent's words of an edit stay."""
    label = output.translate(LABELS[stage])
    # The timeline stands in a line of its own.
    said = _TIMELINE.sub("", to_line(detail)) if stage == "edit" else output.line(detail)
    return f"{label}{output.translate(': ')}{said}" if said else label
