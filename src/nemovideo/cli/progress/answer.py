"""The agent's words on stdout as they come: in flowing lines on a terminal, unchanged in pipes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from nemovideo.cli.output.lines import LineFlow, columns_of
from nemovideo.cli.output.text import to_printable
from nemovideo.errors import OutputNotWritableError

if TYPE_CHECKING:
    from nemovideo.cli.output.output import Output


class AnswerWriter:
    """Writes the agent's text to stdout as it comes, in pipes too.

    A reader that goes away meanwhile does not end the turn: what `finish` raises tells of it.
    """

    def __init__(self, output: Output) -> None:
        self._output = output
        self._failure: SystemExit | OutputNotWritableError | None = None
        self.restart()

    def restart(self) -> None:
        """Begin a new answer."""
        self._is_line_open = False
        self._lines: LineFlow | None = None
        self._gap = ""
        """White space that ends what was said so far; it is written before what follows."""
        self.text = ""

    def write(self, delta: str) -> None:
        """Write a piece."""
        if not self.text:
            delta = delta.lstrip()
        self.text += delta
        if self._output.is_terminal:
            self._write_flowing(delta)
        else:
            self._write_plain(delta)

    def _write_flowing(self, delta: str) -> None:
        shown = delta if self._is_line_open else delta.lstrip("\n ")
        if shown:
            if self._lines is None:
                self._lines = LineFlow(columns_of(sys.stdout) or 80)
            self._put(self._lines.feed(to_printable(shown)))
            self._is_line_open = not shown.endswith("\n")

    def _write_plain(self, delta: str) -> None:
        words = delta.rstrip()
        if words:
            self._put(to_printable(self._gap + words))
            self._is_line_open, self._gap = True, ""
        self._gap += delta[len(words) :] if self._is_line_open else ""

    def end_line(self) -> None:
        """End the line, where it is not at its end: something else is to be written now."""
        held = self._lines.finish() if self._lines else ""
        if self._is_line_open:
            held += "\n"
        if held:
            self._put(held)
        self._is_line_open, self._gap = False, ""

    def finish(self) -> None:
        """End the line, and return whether all of it could be written.

        Raises:
            SystemExit: The reader has gone.
            OutputNotWritableError: It could not.
        """
        self.end_line()
        if self._failure is not None:
            raise self._failure

    def _put(self, text: str) -> None:
        if self._failure is None:
            try:
                self._output.result_part(text)
            except (SystemExit, OutputNotWritableError) as exc:
                self._failure = exc
