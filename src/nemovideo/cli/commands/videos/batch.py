"""`nemo batch`: many videos from one file."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nemovideo._files import expand_home
from nemovideo.cli._context import CommandContext
from nemovideo.cli.input.options import PLACED, DryRun, KeepMetadata, Recursive, Strict, single
from nemovideo.errors import DeclinedError, NemoError, UsageError
from nemovideo.projects.texts import counted

if TYPE_CHECKING:
    from nemovideo.projects.batch import BatchFile, BatchJob, Problem

DEFAULT_JOBS, MAX_JOBS = 4, 32
NAMED_PROBLEMS = 20


def batch(
    context: CommandContext,
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE|FOLDER",
            help="TOML with [[job]] tables, or JSON Lines; - for stdin; or a folder of folders.",
        ),
    ],
    jobs: Annotated[
        int,
        typer.Option(
            "--jobs", "-j", metavar="N", min=1, max=MAX_JOBS, help="How many go side by side."
        ),
    ] = DEFAULT_JOBS,
    force: Annotated[
        bool, typer.Option("--force", "-f", help="Replace files that other jobs made.")
    ] = False,
    dry_run: DryRun = False,
    recursive: Recursive = False,
    strict: Strict = False,
    keep_metadata: KeepMetadata = False,
) -> None:
    """Make many videos from one file.

    Jobs that an earlier run finished are skipped, one that was broken off goes on where it stood.
    """
    from nemovideo.cli.progress.batch import batch_renderer_for
    from nemovideo.cli.results import batch as _batch
    from nemovideo.projects.batch import Problem, lock_batch, plan_batch, run_batch

    read = _read(context, file, is_recursive=recursive)
    with _journal_for(context, is_dry=dry_run), context.workspace() as workspace:
        planned = plan_batch(
            workspace,
            read,
            may_replace=lambda path: context.may_replace(path, force=force),
            flags={"keep_metadata": keep_metadata, "recursive": recursive, "strict": strict},
            is_dry=dry_run,
        )
    if any(isinstance(problem.error, DeclinedError) for problem in planned.problems):
        raise DeclinedError
    if planned.problems:
        raise _refusal(context, planned.problems, len(planned.jobs))
    if dry_run:
        _tell_previews(context, planned.jobs)
        return
    with (
        lock_batch(context.settings.data_dir, planned.jobs),
        batch_renderer_for(context.output, context.options.progress, len(planned.jobs)) as render,
    ):
        outcomes = run_batch(
            context.settings,
            planned.jobs,
            workers=jobs,
            on_event=render,
            is_heard=not context.options.quiet,
        )
    context.output.document({"jobs": [_batch.outcome_document(outcome) for outcome in outcomes]})
    _batch.show_table(context.output, outcomes)
    failures = [Problem(o.job.number, o.error) for o in outcomes if o.error is not None]
    if failures:
        raise _failure(failures, len(outcomes))


register = single("batch", batch, options=(*PLACED, "yes"))


def _read(context: CommandContext, file: str, *, is_recursive: bool) -> BatchFile:
    from nemovideo.projects.batch import read_batch, read_folder
    from nemovideo.projects.inputs.made import films_made

    if file != "-" and expand_home(file).is_dir():
        made = films_made(context.settings.data_dir)
        return read_folder(expand_home(file), made=made, is_recursive=is_recursive)
    return read_batch(file, stdin_bytes=sys.stdin.buffer.read() if file == "-" else b"")


@contextmanager
def _journal_for(context: CommandContext, *, is_dry: bool) -> Iterator[None]:
    """Let a dry run look into an empty journal elsewhere, where there is none yet."""
    from nemovideo.projects.journal import JOURNAL_FILE

    settings = context.settings
    if not is_dry or (settings.data_dir / JOURNAL_FILE).exists():
        yield
        return
    with tempfile.TemporaryDirectory() as folder:
        context.settings = replace(settings, data_dir=Path(folder))
        try:
            yield
        finally:
            context.settings = settings


def _tell_previews(context: CommandContext, jobs: Sequence[BatchJob]) -> None:
    """Tell what each job would do; those with bad files fail as they would."""
    from nemovideo.cli.results import batch as _batch, preview as _preview
    from nemovideo.cli.results.answers import warn_not_understood
    from nemovideo.projects.batch import JobOutcome, Problem
    from nemovideo.projects.convert.preview import preview

    documents, failures = [], []
    for job in jobs:
        error = job.error
        if job.prepared is not None and not job.is_done:
            try:
                shown = preview(job.prepared, language=context.settings.language)
            except NemoError as exc:
                error = exc
            else:
                plain = _preview.preview_document(shown)
                documents.append({"out": job.out, "status": "planned", **plain})
                context.output.result(f"{job.out}:")
                warn_not_understood(context.output, shown.not_understood)
                _preview.show_preview(context.output, shown)
                continue
        outcome = JobOutcome(job, error=error)
        documents.append(_batch.outcome_document(outcome))
        context.output.result(f"{job.out}: {error.message if error else outcome.status}")
        if error is not None:
            failures.append(Problem(job.number, error))
    context.output.document({"dry_run": True, "jobs": documents})
    if failures:
        raise _failure(failures, len(jobs))


def _refusal(context: CommandContext, problems: Sequence[Problem], good: int) -> NemoError:
    """Name every job that can't be done: a line each for people, all in one for programs."""
    errors = [problem.error for problem in problems]
    total = counted(len(problems) + good, "job")
    summary = f"{len(problems)} of {total} can't be done; nothing was sent"
    if not context.output.is_json:
        for problem in problems:
            context.output.error(_named(problem))
        return _common(errors, summary, hint=None, otherwise=UsageError)
    hint = next((error.hint for error in errors if error.hint), None)
    return _common(errors, f"{summary}: {_listed(problems)}", hint=hint, otherwise=UsageError)


def _listed(problems: Sequence[Problem]) -> str:
    named = [f"job {problem.number}: {problem.error.message}" for problem in problems]
    more = len(named) - NAMED_PROBLEMS
    return "; ".join(named[:NAMED_PROBLEMS]) + (f"; and {more} more" if more > 0 else "")


def _named(problem: Problem) -> NemoError:
    error = problem.error
    return type(error)(f"job {problem.number}: {error.message}", hint=error.hint, code=error.code)


def _failure(failures: Sequence[Problem], total: int) -> NemoError:
    hints = {failure.error.hint for failure in failures}
    shared = hints.pop() if len(hints) == 1 else None
    again = "Run the same command again: only what is missing is done."
    return _common(
        [failure.error for failure in failures],
        f"{len(failures)} of {counted(total, 'job')} failed: {_listed(failures)}",
        hint=f"{shared} {again}" if shared else again,
        otherwise=NemoError,
    )


def _common(
    errors: Sequence[NemoError], message: str, *, hint: str | None, otherwise: type[NemoError]
) -> NemoError:
    """Return one error for many: of their kind where they share an exit code."""
    codes = {error.exit_code for error in errors}
    kind = type(errors[0]) if len(codes) == 1 else otherwise
    error = kind(message, hint=hint)
    error.hint = hint
    return error
