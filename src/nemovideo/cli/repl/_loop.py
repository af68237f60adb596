"""The conversation: what is said goes to a command or to the agent, and errors don't end it."""

from __future__ import annotations

import os
from collections.abc import Callable

from nemovideo.cli._context import CommandContext
from nemovideo.cli.progress.answer import AnswerWriter
from nemovideo.cli.repl._actions import Actions
from nemovideo.cli.repl._commands import help_lines, parse_command
from nemovideo.cli.repl._reading import LineReader, PromptReader, Reader, prepare_history
from nemovideo.cli.repl._wording import advice_here, commands_here
from nemovideo.errors import CancelledError, DeclinedError, NemoError, SessionNotFoundError
from nemovideo.projects.workspace import Workspace

STOPPED = "Stopped."
LOOK = "/status shows what was done."


def run_repl(
    context: CommandContext, *, out: str | None, force: bool, is_strict: bool = False
) -> None:
    """Talk until the user leaves."""
    answer = AnswerWriter(context.output)
    with context.workspace(answer) as workspace:
        actions = Actions(context, workspace, answer, out=out, force=force, is_strict=is_strict)
        Repl(context, actions, make_reader(context, workspace)).run()


def make_reader(context: CommandContext, workspace: Workspace) -> Reader:
    """Return the reader that fits the terminal."""
    if not context.output.is_terminal or os.environ.get("TERM", "") in ("dumb", "unknown"):
        return LineReader()

    def sessions() -> list[tuple[str, str]]:
        return [(record.session_id, record.name) for record in workspace.journal.sessions.all()]

    return PromptReader(
        prepare_history(context.settings.data_dir), sessions, translate=context.output.translate
    )


class Repl:
    """Reads, does, and goes on whatever happens."""

    def __init__(self, context: CommandContext, actions: Actions, reader: Reader) -> None:
        self._context = context
        context.is_conversation = True
        context.output.adapt_words, context.output.finish_words = advice_here, commands_here
        self._output = context.output
        self._actions = actions
        self._reader = reader

    def run(self) -> None:
        """Greet, then take one thing after the other until the user leaves."""
        self._guarded(self._actions.greet)
        is_staying = True
        while is_staying:
            try:
                text = self._reader.read()
                is_staying = text is not None and (not text.strip() or self._take(text.strip()))
            except KeyboardInterrupt:  # between two steps; within one it is told better
                self._output.notice(STOPPED)
        self._actions.take_leave()

    def _take(self, text: str) -> bool:
        """Do what was said; return whether the user stays."""
        try:
            parsed = parse_command(text)
        except NemoError as error:
            self._output.error_line(error)
            return True
        if parsed is None:
            self._guarded(lambda: self._actions.say(text))
            return True
        command, argument = parsed
        if command.name == "quit":
            return False
        if command.name == "help":
            self._output.result("\n".join(help_lines(self._output.translate)))
        else:
            self._guarded(lambda: self._actions.run(command.name, argument))
        return True

    def _guarded(self, step: Callable[[], None]) -> None:
        """Do something; what goes wrong takes a line, and the conversation goes on."""
        try:
            with self._context.watched(is_step=True):
                step()
        except KeyboardInterrupt:
            self._stopped(None)
        except CancelledError as error:
            self._stopped(error)
        except DeclinedError as declined:
            self._actions.abandon()
            self._output.notice(declined.message)
        except SessionNotFoundError as error:
            self._actions.abandon()
            self._output.error_line(error)
            self._guarded(self._actions.offer_new_session)
        except NemoError as error:
            self._actions.abandon()
            self._output.error_line(error)

    def _stopped(self, error: CancelledError | None) -> None:
        self._actions.abandon()
        try:
            if not self._actions.tell_what_was_done():
                hint = error.hint if error is not None and error.hint else ""
                self._output.notice(f"{STOPPED} {hint}".rstrip())
        except KeyboardInterrupt:
            self._output.notice(f"{STOPPED} {LOOK}")
        except NemoError as failure:
            self._output.notice(STOPPED)
            self._output.error_line(failure)
