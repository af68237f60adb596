"""Conversions that were broken off, taken up behind the last step that is done."""

from __future__ import annotations

from nemovideo._files import is_written_into
from nemovideo.errors import NothingToResumeError, OutputExistsError
from nemovideo.projects.convert.plan import ConvertPlan
from nemovideo.projects.convert.run import finish_run
from nemovideo.projects.convert.steps import ConvertResult
from nemovideo.projects.exports.outputs import OutputTarget
from nemovideo.projects.journal import RunRecord
from nemovideo.projects.recovery.locks import held
from nemovideo.projects.workspace import Workspace


def continue_run(
    workspace: Workspace,
    run: RunRecord,
    target: OutputTarget | None = None,
    *,
    may_replace: bool = False,
) -> ConvertResult:
    """Do what is left of a run; without a target its file goes where it was to go then.

    Raises:
        NothingToResumeError: Another process is at work on it, or has finished it.
        OutputExistsError: There is a file in the place of the video that the run didn't make.
        NemoError: As `finish_run` raises.
    """
    with held(workspace.settings.data_dir, run.run_id):
        run = workspace.journal.runs.get(run.run_id) or run
        if not run.status.is_open:
            raise NothingToResumeError(f"{run.run_id} was finished; there is nothing left to do")
        if target is None and not may_replace:
            _refuse_foreign_file(workspace, run)
        return finish_run(workspace, run, target)


def _refuse_foreign_file(workspace: Workspace, run: RunRecord) -> None:
    """Let a run replace only what it was allowed to replace, or what it put in place itself."""
    plan = ConvertPlan.from_json(run.plan_document)
    path = plan.target.path if plan.target else None
    if (
        path is None
        or plan.may_replace
        or plan.is_rendered_each
        or not path.exists()
        or is_written_into(path)
    ):
        return
    has_fetched = any(
        render.status.has_file for render in workspace.journal.renders.of_run(run.run_id)
    )
    if not has_fetched or path.stat().st_mtime < run.created_at:
        raise OutputExistsError(f"{path} exists already")
