"""Progress for programs: one JSON object a line on stderr."""

from __future__ import annotations

from nemovideo.cli.output.output import Output
from nemovideo.cli.progress.answer import AnswerWriter
from nemovideo.cli.progress.renderer import Renderer
from nemovideo.projects.progress import (
    Notice,
    ProgressEvent,
    StageActivity,
    StageAdvanced,
    StageBegan,
    StageEnded,
    Steps,
)

STEPS = 100
"""So many lines at most tell how far a stage is."""


class JsonRenderer(Renderer):
    """Writes ``{"event", "stage", "detail", "done", "total"}``; what is not known is null.

    The events are ``begin``, ``progress``, ``end`` and ``notice``.
    """

    def __init__(self, output: Output, answer: AnswerWriter | None = None) -> None:
        super().__init__(output, answer)
        self._steps = Steps(STEPS, first=0)

    def show(self, event: ProgressEvent) -> None:
        """Write an event; of how far a stage is, where that is something new."""
        match event:
            case StageBegan(stage, detail):
                self._steps = Steps(STEPS, first=0)
                self._output.event("begin", stage=stage, detail=detail)
            case StageAdvanced(stage, done, total):
                if not total or self._steps.is_next(event):
                    self._output.event("progress", stage=stage, done=done, total=total)
            case StageActivity(stage, text):
                self._output.event("progress", stage=stage, detail=text)
            case StageEnded(stage, detail):
                self._output.event("end", stage=stage, detail=detail or None)
            case Notice(stage, text):
                self._output.event("notice", stage=stage, detail=text)
