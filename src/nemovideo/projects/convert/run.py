"""A conversion is a run in the journal, from its plan to its video or its failure."""

from __future__ import annotations

from dataclasses import asdict

from nemovideo.errors import (
    CancelledError,
    FileError,
    InputError,
    NothingToResumeError,
    OutputNotWritableError,
)
from nemovideo.projects.convert.plan import ConvertPlan
from nemovideo.projects.convert.steps import Conversion, ConvertResult
from nemovideo.projects.exports.outputs import OutputTarget
from nemovideo.projects.journal import RunRecord
from nemovideo.projects.recovery.hints import hint_of_run
from nemovideo.projects.recovery.locks import held
from nemovideo.projects.recovery.states import RunState
from nemovideo.projects.workspace import Workspace


def convert(
    workspace: Workspace, plan: ConvertPlan, target: OutputTarget | None = None
) -> ConvertResult:
    """Make a video by a plan, which goes into the journal; its own target counts if none is given.

    Raises:
        NemoError: As the steps raise; what is done stays in the session and in the journal.
    """
    run = workspace.journal.runs.add(asdict(plan))
    with held(workspace.settings.data_dir, run.run_id):
        return finish_run(workspace, run, target)


def finish_run(workspace: Workspace, run: RunRecord, target: OutputTarget | None) -> ConvertResult:
    """Do the steps of a run that are not done yet; its lock is the caller's.

    Raises:
        CancelledError: Ctrl-C; with what goes on, and how to take it up.
        NemoError: As the steps raise; the run can be continued unless its files are at fault.
    """
    plan = ConvertPlan.from_json(run.plan_document)
    try:
        result = Conversion(workspace, plan, run, target or plan.target).finish()
    except (KeyboardInterrupt, CancelledError) as exc:
        raise CancelledError(hint=hint_of_run(workspace.journal, run.run_id)) from exc
    except (OutputNotWritableError, NothingToResumeError):
        raise
    except (FileError, InputError):
        workspace.journal.runs.update(run.run_id, status=RunState.FAILED)
        raise
    workspace.journal.runs.update(run.run_id, status=RunState.DONE)
    return result
