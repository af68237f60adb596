"""Every job checked, and compared with what earlier runs did, before anything is sent.

A job is known by where its video goes. The journal keeps what the job was then and what its files
were like, so that the same job is skipped, a broken-off one continued, and a changed one never
taken for done.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from random import Random
from types import MappingProxyType

from nemovideo._files import expand_home
from nemovideo.errors import NemoError, OutputExistsError, UsageError
from nemovideo.projects.batch._file import BatchFile, JobSpec, Problem
from nemovideo.projects.batch._history import History, is_unchanged
from nemovideo.projects.convert.plan import STEP_NUMBER, ConvertPlan
from nemovideo.projects.convert.requests import Prepared, prepare_at
from nemovideo.projects.exports.outputs import STDOUT, OutputTarget, choose_output, name_and_format
from nemovideo.projects.inputs.checking import Input, InputFile
from nemovideo.projects.inputs.expansion import Inputs, collect_inputs
from nemovideo.projects.inputs.made import films_of
from nemovideo.projects.inputs.ordering import in_order, parse_order
from nemovideo.projects.journal import RunRecord
from nemovideo.projects.workspace import Workspace
from nemovideo.protocol.media_types import kind_of
from nemovideo.protocol.outputs import CLOUD_FORMATS


@dataclass(frozen=True)
class BatchJob:
    """A job that can be done."""

    number: int
    out: str
    """Where the (last) video goes, as the user would write it."""
    plan: ConvertPlan
    files: tuple[InputFile, ...]
    definition: str
    """What makes it this job and no other, as JSON."""
    outputs: tuple[Path, ...]
    """All files that it makes, in order."""
    is_done: bool = False
    """Whether an earlier run of the same job made them all."""
    run: RunRecord | None = None
    """The run that made them, or that was broken off and is to be continued."""
    error: NemoError | None = None
    """What is wrong with its files or outputs; it fails, and the other jobs go on."""
    prepared: Prepared | None = None
    """What a dry run tells of; None when there is an error."""


@dataclass(frozen=True)
class PlannedBatch:
    """All jobs in order, or what is wrong with the way some are written."""

    jobs: tuple[BatchJob, ...]
    problems: tuple[Problem, ...]
    """When there are any, nothing is done."""


def plan_batch(
    workspace: Workspace,
    batch: BatchFile,
    *,
    may_replace: Callable[[Path], bool],
    flags: Mapping[str, object] = MappingProxyType({}),
    is_dry: bool = False,
) -> PlannedBatch:
    """Check every job without sending anything.

    A job whose files or outputs are at fault fails by itself; one that is written wrong keeps the
    whole batch from being done, for the file wants to be mended first. It is asked whether an
    output may be replaced that exists and that this job did not make. The flags are options by
    their keys, for all jobs that don't say otherwise. A dry run writes nothing, not even to prove
    that it can be.
    """
    specs = [replace(spec, request=spec.request.with_defaults(flags)) for spec in batch.specs]
    outs = {spec.number: _outputs(workspace, batch, spec) for spec in specs}
    taken = {_key(path): number for number in reversed(outs) for path in outs[number]}
    planner = _Planner(workspace, batch, taken, may_replace, is_dry=is_dry)
    jobs: list[BatchJob] = []
    failing: list[BatchJob] = []
    problems = list(batch.problems)
    for spec in specs:
        try:
            jobs.append(planner.plan(spec, outs[spec.number]))
        except NemoError as error:
            problems.append(Problem(spec.number, error))
            failing.append(_failing_job(spec.number, outs[spec.number], error))
    if any(isinstance(problem.error, UsageError) for problem in problems):
        return PlannedBatch(tuple(jobs), tuple(sorted(problems, key=lambda item: item.number)))
    return PlannedBatch(tuple(sorted([*jobs, *failing], key=lambda job: job.number)), ())


def _failing_job(number: int, outputs: Sequence[Path], error: NemoError) -> BatchJob:
    plan = ConvertPlan(files=(), prompt="", output=str(outputs[-1]))
    return BatchJob(
        number, str(outputs[-1]), plan, files=(), definition="", outputs=tuple(outputs), error=error
    )


class _Planner:
    def __init__(
        self,
        workspace: Workspace,
        batch: BatchFile,
        taken: dict[Path, int],
        may_replace: Callable[[Path], bool],
        *,
        is_dry: bool,
    ) -> None:
        self._workspace = workspace
        self._batch = batch
        self._taken = taken
        self._may_replace = may_replace
        self._is_dry = is_dry
        self._history = History(workspace)

    def plan(self, spec: JobSpec, outputs: Sequence[Path]) -> BatchJob:
        self._check_outputs(spec, outputs)
        target = self._target(spec)
        first, *steps = spec.steps or (spec.request.prompt,)
        stem = target.stem.replace(STEP_NUMBER, "").rstrip("-_ .")
        prepared = prepare_at(
            self._workspace,
            self._workspace.backend,
            replace(
                spec.request,
                prompt=first,
                music=_placed_music(self._batch.folder, spec.wishes.music),
                name=spec.request.name or stem or None,
            ),
            lambda: self._inputs(spec, target.name),
            lambda formats: OutputTarget(_key(target), name_and_format(target, formats)[1]),
            steps=tuple(step for step in steps if step is not None),
            is_rendered_each=_is_rendered_each(spec),
        )
        job = BatchJob(
            number=spec.number,
            out=str(outputs[-1]),
            plan=prepared.plan,
            files=prepared.inputs.files,
            definition=_definition(spec, prepared.inputs),
            outputs=tuple(outputs),
            prepared=replace(prepared, target=OutputTarget(outputs[-1])),
        )
        return self._compared(job)

    def _compared(self, job: BatchJob) -> BatchJob:
        """Look up what an earlier run did of it, and claim its outputs.

        Raises:
            OutputExistsError: One is there that this job did not make, and must not be replaced.
        """
        record = self._history.record(job.plan)
        is_same = record is not None and is_unchanged(record, job.definition, job.files)
        made = self._history.made_by(record) if record is not None and is_same else set()
        for path in job.outputs:
            self._claim(path, is_ours=_key(path) in made, was_changed=record is not None)
        if record is None or not is_same:
            return job
        if all(_key(path) in made for path in job.outputs):
            return replace(job, is_done=True, run=self._history.run(record))
        lacks_last_only = all(_key(path) in made for path in job.outputs[:-1])
        run = self._history.continuable_run(record, lacks_last_only=lacks_last_only)
        return replace(job, run=run)

    def _claim(self, path: Path, *, is_ours: bool, was_changed: bool) -> None:
        try:
            choose_output(
                str(path),
                Path(),
                formats=CLOUD_FORMATS,
                is_dry=self._is_dry,
                may_replace=lambda path: is_ours or self._may_replace(path),
            )
        except OutputExistsError as exc:
            if was_changed:
                raise OutputExistsError(
                    f"{path} exists already, and the job or its files have changed since",
                    hint="Remove the file, change `out`, or pass --force to make it anew.",
                ) from exc
            raise OutputExistsError(
                f"{path} exists already, and not from an earlier run of this job",
                hint="Change `out`, or pass --force to replace it.",
            ) from exc

    def _check_outputs(self, spec: JobSpec, outputs: Iterable[Path]) -> None:
        for path in outputs:
            if spec.out == STDOUT:
                raise UsageError("out can't be stdout here", hint="Name a file.")
            first = self._taken[_key(path)]
            if first != spec.number:
                raise UsageError(f"out is that of job {first}, too: {path}")

    def _inputs(self, spec: JobSpec, video: str) -> Inputs:
        """Collect the job's files; a pattern does not take in what this very batch makes."""
        folder = self._batch.folder
        named = {_key(folder / expand_home(name)) for name in spec.request.paths}
        found = collect_inputs(
            spec.request.paths,
            folder=folder,
            is_recursive=spec.request.is_recursive,
            made=films_of(self._workspace),
        )
        items: list[Input] = []
        for item in found.items:
            key = _key(item.path) if isinstance(item, InputFile) else None
            if key is None or key not in self._taken:
                items.append(item)
            elif key in named:
                raise UsageError(
                    f"{key} is made by job {self._taken[key]}",
                    hint="Put the job that uses it into a batch file of its own.",
                )
        # Chance falls the same way each time, or no job would ever be found done.
        chance = Random("\n".join(item.source for item in items))  # noqa: S311
        notes = found.notes
        if spec.out is not None and not Path(spec.out).suffix:
            notes = (*notes, f"The file is called {video}.")
        inputs = Inputs(tuple(items), notes)
        return in_order(inputs, parse_order(spec.request.order), random=chance)

    def _target(self, spec: JobSpec) -> Path:
        return _target(self._workspace, self._batch, spec)


def _target(workspace: Workspace, batch: BatchFile, spec: JobSpec) -> Path:
    """Return where the video goes, ``{n}`` still in it."""
    if spec.out is None:
        stem = spec.stem or f"{batch.stem}-{spec.number}"
        return workspace.settings.output_dir / f"{stem}.mp4"
    path = batch.folder / expand_home(spec.out)
    return path if path.suffix or path.is_dir() else path.with_name(f"{path.name}.mp4")


def _outputs(workspace: Workspace, batch: BatchFile, spec: JobSpec) -> tuple[Path, ...]:
    target = _target(workspace, batch, spec)
    if not _is_rendered_each(spec):
        return (target,)
    count = max(len(spec.steps), 1)
    numbers = range(1, count + 1)
    return tuple(Path(str(target).replace(STEP_NUMBER, str(number))) for number in numbers)


def _is_rendered_each(spec: JobSpec) -> bool:
    return spec.out is not None and STEP_NUMBER in spec.out


def _placed_music(folder: Path, music: str | None) -> str | None:
    """Let the path of a music file start at the batch file's folder; a style stays as it is."""
    if music is None:
        return None
    path = folder / expand_home(music)
    return str(path) if path.is_file() or kind_of(music) is not None else music


def _definition(spec: JobSpec, inputs: Inputs) -> str:
    document = {
        "files": [item.source for item in inputs.items],
        "prompt": spec.request.prompt,
        "steps": spec.steps,
        "wishes": asdict(spec.wishes),
        **{
            key: value
            for key in ("quality", "max_size", "encoder", "purpose")
            if (value := getattr(spec.request, key)) is not None
        },
        "is_rendered_each": _is_rendered_each(spec),
    }
    return json.dumps(document, sort_keys=True)


def _key(path: Path) -> Path:
    """Return one spelling for all spellings of a path; a link stays itself."""
    return path.absolute().parent.resolve() / path.name
