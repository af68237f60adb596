"""What the program writes: results to stdout, all else to stderr, never a token.

`Output` is the one place that writes. In ``--json`` mode stdout gets exactly one document, and an
error is the last line of stderr. What people read is in their language and, on a terminal, in lines
that break at spaces; what programs read is English and whole.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TextIO

from nemovideo.cli.output.lines import columns_of, flow
from nemovideo.cli.output.text import redact, to_json, to_line, to_printable

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from nemovideo.cli.output.window import Window
    from nemovideo.errors import NemoError


ProgressMode = Literal["auto", "bar", "plain", "json", "none"]
"""How progress is shown; ``auto`` is a bar on a terminal and plain lines elsewhere."""

_ANY_LETTERS = "é中🎬"
"""An encoding that has these has all."""
_SECRETS: set[str] = set()
"""One for the whole process: what one part learns to be secret, no other may write."""


@dataclass
class Output:
    """Writes for one command."""

    is_json: bool = False
    is_quiet: bool = False
    has_json_events: bool = False
    """Whether everything on stderr is an object a line."""
    adapt_words: Callable[[str], str] = str
    """Changes an English sentence before it is translated: in a conversation some mean another."""
    finish_words: Callable[[str], str] = str
    """Changes a sentence in the user's language."""
    secrets: set[str] = field(default_factory=lambda: _SECRETS, repr=False)
    """Texts that must never appear, beyond those of the token's known form."""

    @property
    def is_terminal(self) -> bool:
        """Whether stdout is a terminal."""
        return sys.stdout.isatty()

    @property
    def is_live(self) -> bool:
        """Whether stderr is a terminal on which lines can be redrawn."""
        is_redrawable = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        return is_redrawable and can_encode(sys.stderr, "✓⠋━…")

    def result(self, text: str, *, indent: int = 0) -> None:
        """Write a result that is data, further lines indented; nothing in ``--json`` mode."""
        if not self.is_json:
            self._write_lines(sys.stdout, to_printable(text), indent=indent)

    def say(self, text: str) -> None:
        """Write a result that is words, in the user's language; nothing in ``--json`` mode."""
        self.result(self.translate(text))

    def result_part(self, text: str) -> None:
        """Write a piece of a result without ending the line."""
        if not self.is_json:
            self._write(sys.stdout, text)

    def document(self, document: Any) -> None:
        """Write the one document of ``--json`` mode; nothing otherwise."""
        if self.is_json:
            self._write_json(sys.stdout, document, indent=2 if self.is_terminal else None)

    @property
    def shows_pictures(self) -> bool:
        """Whether results are drawn, too: on a terminal only."""
        return self.is_terminal and not self.is_json and not self.is_quiet

    def picture(self, renderable: RenderableType) -> None:
        """Draw a result, where `shows_pictures` says that it is seen."""
        self.console(sys.stdout).print(renderable)

    def notice(self, text: str, *, is_ready: bool = False) -> None:
        """Write a line that is no result, unless told to be quiet.

        One that `is_ready` is in the user's language already.
        """
        if self.has_json_events:
            self.event("notice", detail=text)
        elif not self.is_quiet:
            said = text if is_ready else self.translate(text)
            self._write_lines(sys.stderr, to_printable(said))

    def warning(self, text: str) -> None:
        """Write a line that must not be missed, whatever is asked for."""
        if self.has_json_events:
            self._write_json(sys.stderr, {"event": "notice", "detail": to_line(text)})
        else:
            self._write_lines(sys.stderr, self.line(text))

    def ask(self, question: str) -> None:
        """Write a question, and leave the cursor behind it."""
        text = flow(f"{self.translate(question)} ", columns_of(sys.stderr))
        self._write(sys.stderr, f"{to_printable(text).rstrip()} ")

    def event(
        self,
        name: str,
        *,
        stage: str | None = None,
        detail: str | None = None,
        done: float | None = None,
        total: float | None = None,
        **more: object,
    ) -> None:
        """Write an event of ``--progress json``, unless told to be quiet."""
        if not self.is_quiet:
            said = None if detail is None else to_line(detail)
            content: dict[str, object] = {
                "event": name,
                "stage": stage,
                "detail": said,
                "done": done,
                "total": total,
            }
            content.update(more)
            self._write_json(sys.stderr, content)

    def error_line(self, error: NemoError) -> None:
        """Write an error that ends nothing: one line for people, or an event."""
        if self.has_json_events:
            hint = f" ({error.hint.rstrip('.')})" if error.hint else ""
            self.event("notice", detail=to_line(f"error: {error.message.rstrip('.')}{hint}"))
            return
        told = [f"{self.translate('error: ')}{self.line(error.message).rstrip('.。')}"]
        if error.hint:
            told.append(f"({self.line(error.hint).rstrip('.。')})")
        self._write_lines(sys.stderr, " ".join(told))

    def error(self, error: NemoError) -> None:
        """Write an error: two lines for people, or the JSON form."""
        if self.is_json or self.has_json_events:
            self._write_json(sys.stderr, error_document(error))
            return
        self._write_lines(sys.stderr, f"{self.translate('error: ')}{self.line(error.message)}")
        if error.hint:
            self._write_lines(sys.stderr, f"{self.translate('hint: ')}{self.line(error.hint)}")

    @cached_property
    def language(self) -> str:
        """The user's language, one of those that the interface speaks."""
        from nemovideo.cli.output.language import interface_language

        return interface_language(sys.stdout, sys.stderr)

    @cached_property
    def translate(self) -> Callable[[str], str]:
        """Turns a sentence of the program into the user's language."""
        from nemovideo.cli.texts import translator_for

        translate = translator_for(self.language)
        return lambda text: self.finish_words(translate(self.adapt_words(text)))

    def line(self, text: str) -> str:
        """Return a sentence in the user's language, on one line."""
        return to_line(self.translate(to_line(text)))

    def paragraph(
        self, text: str, *, style: str = "", console: Console | None = None, is_error: bool = True
    ) -> None:
        """Write a styled text on a terminal, in lines that break at spaces.

        Args:
            text: In the user's language.
            style: Rich's word for it.
            console: The one on which something is being redrawn, if there is one.
            is_error: Whether it goes to stderr.
        """
        from rich.text import Text

        stream = sys.stderr if is_error else sys.stdout
        lines = flow(self.redact(text), columns_of(stream))
        (console or self.console(stream)).print(Text(lines, style=style), soft_wrap=True)

    def console(self, stream: TextIO) -> Console:
        """Return a console that takes text as data: no markup, no emoji codes, no highlights."""
        from rich.console import Console

        return Console(file=stream, markup=False, emoji=False, highlight=False)

    @cached_property
    def window(self) -> Window:
        """The window of the terminal, for what is no text; only to be used where `is_live`."""
        from nemovideo.cli.output.window import Window

        return Window(sys.stderr)

    def file(self, name: str, path: Path) -> None:
        """Write a finished file's name alone on a line; on a terminal it is a link to the file."""
        if not self.is_terminal or self.is_json:
            self.result_part(f"{to_printable(name)}\n")
            return
        from rich.text import Text

        link = f"link {path.absolute().as_uri()}"
        text = Text(self.redact(to_line(name)), style=link, no_wrap=True, overflow="ignore")
        self.console(sys.stdout).print(text, crop=False, soft_wrap=True)

    def redact(self, text: str) -> str:
        """Return text without any token."""
        return redact(text, self.secrets)

    def add_secrets(self, secrets: Iterable[str | None]) -> None:
        """Let these texts never appear."""
        self.secrets.update(secret for secret in secrets if secret)

    def _write_lines(self, stream: TextIO, text: str, *, indent: int = 0) -> None:
        self._write(stream, flow(text, columns_of(stream), indent=indent) + "\n")

    def _write(self, stream: TextIO, text: str) -> None:
        stream.write(self.redact(text))
        stream.flush()

    def _write_json(self, stream: TextIO, document: Any, *, indent: int | None = None) -> None:
        text = to_json(document, indent=indent, is_ascii=not can_encode(stream, _ANY_LETTERS))
        self._write(stream, text + "\n")


def error_document(error: NemoError) -> dict[str, Any]:
    """Return the JSON form of an error."""
    content = {
        "kind": error.kind,
        "code": error.code,
        "message": to_line(error.message),
        "hint": None if error.hint is None else to_line(error.hint),
    }
    return {"error": content}


def can_encode(stream: TextIO, text: str) -> bool:
    """Return whether a stream can write a text as it is."""
    try:
        text.encode(stream.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True
