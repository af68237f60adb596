"""What the user types: an editable line with history and completion, or plain lines."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TextIO

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.key_binding import KeyBindings

PROMPT = "nemo> "
CONTINUED = "....> "
PLACEHOLDER = "say what you want, or /help"
_CONTINUES = "\\"
HISTORY_FILE = "chat_history"
MAX_BYTES, KEPT_BYTES = 1_000_000, 500_000
"""Of the history: beyond the first it is cut to the second."""


class Reader(Protocol):
    """Gives one thing said after the other."""

    def read(self) -> str | None:
        """Return what the user says next; None when they leave."""
        ...


class LineReader:
    """Reads plain lines: for terminals that can't redraw one."""

    def __init__(self, source: TextIO | None = None, echo: TextIO | None = None) -> None:
        self._source = source or sys.stdin
        self._echo = echo or sys.stderr

    def read(self) -> str | None:
        """Return the next line; those that end with a backslash go on in the next one."""
        lines: list[str] = []
        while True:
            try:
                line = self._read_line(CONTINUED if lines else PROMPT)
            except KeyboardInterrupt:
                lines.clear()
                self._say("\n")
                continue
            if line is None:
                self._say("\n")
                return "\n".join(lines) or None
            if not line.endswith(_CONTINUES):
                return "\n".join([*lines, line])
            lines.append(line.removesuffix(_CONTINUES))

    def _read_line(self, prompt: str) -> str | None:
        self._say(prompt)
        line = self._source.readline()
        return line.rstrip("\r\n") if line else None

    def _say(self, text: str) -> None:
        self._echo.write(text)
        self._echo.flush()


class PromptReader:
    """Reads with an editor for a line or more.

    Enter sends; Alt-Enter, or Enter after a backslash, begins a new line. What is pasted stays
    whole, line breaks included. The history is the file of what was said before; none is kept if
    None.
    """

    def __init__(
        self,
        history: Path | None,
        sessions: Callable[[], Sequence[tuple[str, str]]],
        *,
        translate: Callable[[str], str] = str,
    ) -> None:
        self._session = _make_session(history, sessions, translate)

    def read(self) -> str | None:
        """Return what the user says next; Ctrl-C clears it, Ctrl-D leaves."""
        while True:
            try:
                return self._session.prompt()
            except KeyboardInterrupt:
                continue
            except EOFError:
                return None


def _make_session(
    history: Path | None,
    sessions: Callable[[], Sequence[tuple[str, str]]],
    translate: Callable[[str], str],
) -> PromptSession[str]:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
    from prompt_toolkit.history import FileHistory, InMemoryHistory

    from nemovideo.cli.repl._completion import ReplCompleter

    return PromptSession(
        PROMPT,
        multiline=True,
        prompt_continuation=lambda width, *_: CONTINUED[:width],
        placeholder=[("fg:ansibrightblack", translate(PLACEHOLDER))],
        key_bindings=_make_bindings(),
        history=InMemoryHistory() if history is None else FileHistory(str(history)),
        auto_suggest=AutoSuggestFromHistory(),
        completer=ReplCompleter(sessions, translate=translate),
        complete_while_typing=False,
        reserve_space_for_menu=6,
        enable_open_in_editor=True,
    )


def _make_bindings() -> KeyBindings:
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

    bindings = KeyBindings()

    @bindings.add("enter")
    def _(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if buffer.document.text_before_cursor.endswith(_CONTINUES):
            buffer.delete_before_cursor()
            buffer.newline()
        else:
            buffer.validate_and_handle()

    @bindings.add("escape", "enter")
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.newline()

    return bindings


def prepare_history(data_dir: Path) -> Path | None:
    """Make the file of what was typed, for its owner alone; None where none can be kept."""
    path = data_dir / HISTORY_FILE
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
        path.chmod(0o600)
        if path.stat().st_size > MAX_BYTES:
            _shorten(path)
    except OSError:
        return None
    return path


def _shorten(path: Path) -> None:
    """Keep the newest entries; each begins with a comment line after an empty one."""
    newest = path.read_bytes()[-KEPT_BYTES:]
    _, mark, rest = newest.partition(b"\n\n# ")
    path.write_bytes(mark + rest)
