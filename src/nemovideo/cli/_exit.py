"""The edge: every error becomes a line, a hint and an exit code; a bug shows its traceback."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from nemovideo._machine import machine_failure
from nemovideo.cli.help.completion import complete_shell, is_about_completion
from nemovideo.cli.output.output import Output
from nemovideo.errors import CancelledError, DeclinedError, NemoError, UsageError


class NemoGroup(TyperGroup):
    """The root of the commands; what is raised below it ends here.

    Typer carries its own copy of Click and catches only that copy's errors, so errors are mapped
    here, where the program and the test runner both pass.
    """

    def invoke(self, ctx: Any) -> Any:
        """Run the command; Ctrl-C becomes an error of ours before Typer swallows it."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as exc:
            raise _told(exc) from exc

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,  # noqa: ARG002 - always our own way of ending
        windows_expand_args: bool = False,
        **extra: Any,
    ) -> Any:
        """Run and exit with the code of the outcome."""
        given = list(sys.argv[1:] if args is None else args)
        options = given[: _index(given, "--")]
        output = Output(is_json="--json" in options, has_json_events=_asks_for_events(options))
        output.add_secrets([os.environ.get("NEMO_TOKEN")])
        try:
            if is_about_completion(given):
                complete_shell(given, self, prog_name or "nemo")
            code = super().main(given, prog_name, complete_var, False, windows_expand_args, **extra)
        except DeclinedError as declined:
            output.notice(declined.message)
            code = declined.exit_code
        except NemoError as error:
            output.error(error)
            code = error.exit_code
        except typer.Exit as end:
            code = end.exit_code
        except TyperException as error:
            code = _report_usage(output, error)
        except Exception as error:  # noqa: BLE001 - the last resort: the machine, or a bug of ours
            code = _report_failure(output, error)
        sys.exit(code if isinstance(code, int) else 0)


def _told(interrupt: BaseException) -> CancelledError:
    """Return the error that says what goes on, if Ctrl-C was pressed again on its way up here."""
    error: BaseException | None = interrupt
    while error is not None:
        if isinstance(error, CancelledError):
            return CancelledError(error.message, hint=error.hint)
        error = error.__context__
    return CancelledError()


def _report_usage(output: Output, error: TyperException) -> int:
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "nemo"
    message = (error.format_message() or "no command was given").rstrip(".")
    likely = getattr(error, "possibilities", None)
    if likely:
        # An option, said as Typer says it of commands; the most alike comes first.
        message = f"{getattr(error, 'message', message)}. Did you mean {likely[0]}?"
    output.error(UsageError(message, hint=f"`{command} --help` shows how it is used."))
    return UsageError.exit_code


def _report_failure(output: Output, error: Exception) -> int:
    machine = machine_failure(error)
    if machine is not None:
        output.error(machine)
        return machine.exit_code
    text = "".join(traceback.format_exception(error))
    sys.stderr.write(output.redact(text))
    output.error(
        NemoError(
            f"{type(error).__name__}: {output.redact(str(error))}",
            hint="This is a bug in nemo. Please report it with the lines above.",
        )
    )
    return NemoError.exit_code


def _asks_for_events(options: Sequence[str]) -> bool:
    """Return whether stderr is to be read by a program; for errors of the command line itself."""
    pairs = pairwise(options)
    return "--progress=json" in options or ("--progress", "json") in pairs


def _index(args: Sequence[str], item: str) -> int:
    return args.index(item) if item in args else len(args)
