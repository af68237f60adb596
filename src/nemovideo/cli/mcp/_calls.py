"""One call of a tool: arguments checked, work done, and every error turned into a document."""

from __future__ import annotations

import json
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from nemovideo.cli._context import CommandContext, CommonOptions
from nemovideo.cli.mcp._inputs import Inputs
from nemovideo.cli.mcp._progress import CallProgress, Tell
from nemovideo.cli.mcp._tools import TOOLS, Answer, Call, Tool
from nemovideo.cli.output.output import Output, error_document
from nemovideo.cli.output.text import to_json
from nemovideo.cli.results.documents import Document
from nemovideo.errors import CancelledError, NemoError, UsageError
from nemovideo.projects.cancellation import Cancellation, Cancelled
from nemovideo.projects.workspace import Workspace
from nemovideo.protocol.wrong_values import in_words


@dataclass(frozen=True)
class Outcome:
    """What goes back to the agent; no token in it."""

    text: str
    """The document as JSON."""
    document: Document
    jpeg: bytes | None = None
    is_error: bool = False


def run_call(
    options: CommonOptions,
    name: str,
    arguments: Mapping[str, Any],
    *,
    tell: Tell,
    cancellation: Cancellation | None = None,
) -> Outcome:
    """Do a call, on whatever thread; nothing that can go wrong is raised.

    The settings are read anew, so that what the user changes holds from the next call on. The
    cancellation is set when the agent gives the call up; the work ends as on Ctrl-C.
    """
    output = Output(is_json=True)
    try:
        tool = _find_tool(name)
        given = _check(tool, arguments)
        context = CommandContext(_options_of(options, given))
        output = context.output
        answer = _do(tool, given, context, tell, cancellation)
    except NemoError as exc:
        return _outcome_of(exc, output)
    except Cancelled:
        return _outcome_of(CancelledError(), output)
    except Exception as exc:  # noqa: BLE001 - the last resort: a bug of ours must not end the server
        output.notice("".join(traceback.format_exception(exc)))
        what = f"{type(exc).__name__}: {exc}"
        hint = "This is a bug in nemo. The server's log has the details to report."
        return _outcome_of(NemoError(what, hint=hint), output)
    return _outcome(answer.document, output, jpeg=answer.jpeg)


def _do(
    tool: Tool,
    given: Inputs,
    context: CommandContext,
    tell: Tell,
    cancellation: Cancellation | None,
) -> Answer:
    def tell_safely(progress: float, total: float | None, text: str) -> None:
        tell(progress, total, context.output.redact(text))

    # An agent reads results; few programs show its user what is told on the way.
    progress = CallProgress(tell_safely, tool.stage_count)
    with Workspace(
        context.settings, on_progress=progress, is_heard=False, cancellation=cancellation
    ) as workspace:
        return tool.run(Call(context, workspace), given)


def _options_of(options: CommonOptions, given: Inputs) -> CommonOptions:
    """Return the options of a call: nobody can be asked, and local leaves no room for an API."""
    options = replace(options, json=True, no_input=True)
    if not given.local:
        return options
    return replace(options, local=True, cloud=False, api_url=None)


def _find_tool(name: str) -> Tool:
    tool = TOOLS.get(name)
    if tool is None:
        raise UsageError(f"no tool is called {name!r}", hint=f"Tools: {', '.join(TOOLS)}.")
    return tool


def _check(tool: Tool, arguments: Mapping[str, Any]) -> Inputs:
    try:
        return tool.inputs.model_validate(arguments)
    except ValidationError as exc:
        problems = "; ".join(_problem(error) for error in exc.errors())
        known = ", ".join(tool.inputs.model_fields)
        raise UsageError(problems, hint=f"Arguments: {known}.") from exc


def _problem(error: ErrorDetails) -> str:
    """Say which argument is wrong, and how."""
    name = ".".join(map(str, error["loc"]))
    if error["type"] == "extra_forbidden":
        return f"no argument is called {name!r}"
    return f"{name}: {in_words(error)}"


def _outcome_of(error: NemoError, output: Output) -> Outcome:
    return _outcome(error_document(error), output, is_error=True)


def _outcome(
    document: Document, output: Output, *, jpeg: bytes | None = None, is_error: bool = False
) -> Outcome:
    text = output.redact(to_json(document))
    return Outcome(text, json.loads(text), jpeg, is_error)
