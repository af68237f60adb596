"""Completion in the REPL: slash commands, paths where one may stand, ids of sessions."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from prompt_toolkit.completion import CompleteEvent, Completer, Completion, PathCompleter
from prompt_toolkit.document import Document

from nemovideo.cli.repl._commands import BY_NAME, COMMANDS
from nemovideo.protocol.media_types import kind_of

_LAST_WORD = re.compile(r"(?:\\ |[^\s])*$")
_PATH_START = re.compile(r"(?:~|\.{1,2})?[/\\]|[A-Za-z]:[/\\]|[\"']")


class ReplCompleter(Completer):
    """Completes what is typed; `sessions` gives id and name of those that `/use` can name."""

    def __init__(
        self,
        sessions: Callable[[], Sequence[tuple[str, str]]],
        *,
        translate: Callable[[str], str] = str,
    ) -> None:
        self._sessions = sessions
        self._translate = translate
        self._paths = PathCompleter(expanduser=True, file_filter=_is_shown)

    def get_completions(
        self, document: Document, complete_event: CompleteEvent
    ) -> Iterable[Completion]:
        """Yield what may stand at the cursor."""
        text = document.text_before_cursor
        name, gap, _ = text.partition(" ")
        if text.startswith("/") and not gap and "/" not in text[1:]:
            yield from self._commands(name[1:])
            return
        command = BY_NAME.get(name[1:]) if name.startswith("/") and gap else None
        word = _last_word(text)
        if command is not None and command.name == "use":
            yield from self._session_names(text.partition(" ")[2].lstrip())
        elif (command is not None and command.takes_paths) or _PATH_START.match(word):
            yield from self._path_completions(word, complete_event)

    def _commands(self, typed: str) -> Iterator[Completion]:
        for command in COMMANDS:
            if command.name.startswith(typed.lower()):
                yield Completion(
                    f"/{command.name}",
                    -len(typed) - 1,
                    display=command.usage,
                    display_meta=self._translate(command.help),
                )

    def _session_names(self, typed: str) -> Iterator[Completion]:
        """Complete a name, or an id where that is what was begun."""
        for session_id, name in self._sessions():
            if name.casefold().startswith(typed.casefold()):
                yield Completion(name, -len(typed), display_meta=session_id)
            elif typed and session_id.startswith(typed):
                yield Completion(session_id, -len(typed), display_meta=name)

    def _path_completions(self, word: str, event: CompleteEvent) -> Iterator[Completion]:
        quote = word[0] if word[:1] in ("'", '"') else ""
        typed = word[len(quote) :]
        plain = typed if quote or os.name == "nt" else typed.replace("\\ ", " ")
        for found in self._paths.get_completions(Document(plain), event):
            text = found.text if quote or os.name == "nt" else found.text.replace(" ", "\\ ")
            yield Completion(text, display=found.display)


def _last_word(text: str) -> str:
    """Return what a completion would go on with: in open quotes all since the quote."""
    for quote in ("'", '"'):
        before, mark, rest = text.rpartition(quote)
        if mark and before.count(quote) % 2 == 0 and (not before or before[-1].isspace()):
            return quote + rest
    match = _LAST_WORD.search(text)
    return match.group() if match else ""


def _is_shown(name: str) -> bool:
    path = Path(name)
    return path.is_dir() or kind_of(path.name) is not None
