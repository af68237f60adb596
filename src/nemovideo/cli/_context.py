"""What every command gets: its common options, settings, output and, when needed, a workspace."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from nemovideo.cli.output.output import Output, ProgressMode
from nemovideo.errors import DeclinedError, UsageError

if TYPE_CHECKING:
    from nemovideo.cli.progress.answer import AnswerWriter
    from nemovideo.config import Settings
    from nemovideo.projects.workspace import Workspace


_YES = ("y", "yes", "j", "是", "好", "对", "可以")
SILENT = logging.CRITICAL + 1
"""A level that no record reaches: errors are told once, at the end."""


@dataclass(frozen=True)
class CommonOptions:
    """The options that commands share; a command that lacks one has its default."""

    session: str | None = None
    local: bool = False
    cloud: bool = False
    api_url: str | None = None
    json: bool = False
    quiet: bool = False
    verbose: bool = False
    yes: bool = False
    no_input: bool = False
    progress: ProgressMode = "auto"


class CommandContext:
    """One run of one command."""

    def __init__(self, options: CommonOptions) -> None:
        self.options = options
        self.is_conversation = False
        """Whether the command lasts until the user ends it: then its end is no news."""
        self.output = Output(
            is_json=options.json, is_quiet=options.quiet, has_json_events=options.progress == "json"
        )
        backends = {"--cloud": options.cloud, "--api-url": options.api_url}
        for flag, is_given in backends.items():
            if options.local and is_given:
                raise UsageError(f"--local and {flag} exclude each other")
        _set_up_log(self.output, logging.DEBUG if options.verbose else SILENT)

    def show_warnings(self) -> None:
        """Let the log's warnings be seen: for a server, which ends no request with an error."""
        if not self.options.verbose:
            _set_up_log(self.output, logging.WARNING)

    @cached_property
    def settings(self) -> Settings:
        """The settings, with this command's flags."""
        from nemovideo.config import resolve_settings
        from nemovideo.projects.setup.project_file import find_project

        flags = {
            "backend": "local" if self.options.local else None,
            "api_url": self.options.api_url,
        }
        if self.options.cloud or self.options.api_url:
            flags["backend"] = "cloud"
        settings = resolve_settings(flags, project=find_project())
        self.output.add_secrets([settings.token])
        return settings

    @contextmanager
    def workspace(self, answer: AnswerWriter | None = None) -> Iterator[Workspace]:
        """Open the workspace; its progress is shown as it fits the terminal.

        The agent's text is written by `answer` as it comes; it is not shown if None.
        """
        from nemovideo.cli.progress.renderer import renderer_for
        from nemovideo.projects.setup.tokens import kept_tokens
        from nemovideo.projects.workspace import Workspace

        self.output.add_secrets(kept_tokens(self.settings))
        with Workspace(
            self.settings,
            on_progress=renderer_for(self.output, self.options.progress, answer),
            is_heard=not self.output.is_quiet,
        ) as workspace:
            yield workspace

    @contextmanager
    def watched(self, *, is_step: bool = False) -> Iterator[None]:
        """Let the terminal's window call the user when the work within took long.

        A step is one thing said in a conversation, not all of it.
        """
        if not self.output.is_live or self.options.quiet or self.options.json:
            yield
            return
        with self.output.window.job(lambda: self._call(is_step=is_step)):
            yield

    def _call(self, *, is_step: bool) -> None:
        from nemovideo.errors import NemoError

        if self.is_conversation and not is_step:
            return
        try:
            notify = self.settings.notify
        except NemoError:
            notify = "auto"
        self.output.window.call(self.output.translate("nemo is done"), notify)

    @property
    def can_ask(self) -> bool:
        """Whether there is someone to ask."""
        return (
            not self.options.no_input
            and not self.options.json
            and sys.stdin.isatty()
            and sys.stderr.isatty()
        )

    def confirm(self, question: str) -> bool:
        """Ask a yes-or-no question; ``--yes`` answers it, and off a terminal it is a no."""
        if self.options.yes:
            return True
        if not self.can_ask:
            return False
        self.output.ask(f"{question} [y/N]")
        return sys.stdin.readline().strip().lower() in _YES

    def confirm_or_leave(self, question: str) -> bool:
        """Ask a yes-or-no question; return False where nobody can be asked.

        Raises:
            DeclinedError: Somebody said no: the command ends, and nothing is wrong.
        """
        if self.confirm(question):
            return True
        if self.can_ask:
            raise DeclinedError
        return False

    def may_replace(self, path: Path, *, force: bool) -> bool:
        """Return whether an existing file may be replaced.

        Raises:
            DeclinedError: The user said no.
        """
        return force or self.confirm_or_leave(f"{path} exists already. Replace it?")


class _StderrHandler(logging.Handler):
    """Writes log records as notices, without tokens."""

    def __init__(self, output: Output) -> None:
        super().__init__(logging.DEBUG)
        self._output = output

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record."""
        self._output.notice(f"{record.levelname.lower()}: {record.getMessage()}")


def _set_up_log(output: Output, level: int) -> None:
    """Send the log of the program and of its engine's loop from a level on to stderr."""
    for name in ("nemovideo", "asyncio"):
        logger = logging.getLogger(name)
        logger.propagate = False
        logger.setLevel(level)
        logger.handlers = [_StderrHandler(output)]
