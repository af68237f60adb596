"""Photos, clips and audio → one video: session, upload, instruction, export, in one go.

A conversion is a run in the journal. Each step first looks there for what an earlier process did,
so that a run that was broken off anywhere goes on where it stood: nothing is sent twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from nemovideo._files import is_written_into
from nemovideo.errors import (
    CancelledError,
    EmptyTimelineError,
    FileError,
    InputError,
    NothingToResumeError,
    NotUnderstoodError,
    OutputExistsError,
    OutputNotWritableError,
    RenderError,
    RenderTimeoutError,
    SessionNotFoundError,
)
from nemovideo.projects.convert.plan import ConvertPlan
from nemovideo.projects.exports.outputs import OutputTarget
from nemovideo.projects.exports.renders import ATTEMPTS, ExportResult, export_session, resume_export
from nemovideo.projects.inputs.checking import read_input
from nemovideo.projects.inputs.expansion import Inputs
from nemovideo.projects.journal import RenderRecord, RunRecord, SessionRecord, TurnRecord
from nemovideo.projects.names import name_after
from nemovideo.projects.places import Place
from nemovideo.projects.recovery.hints import hint_of_run
from nemovideo.projects.recovery.locks import held
from nemovideo.projects.recovery.states import RenderState, RunState, TurnState
from nemovideo.projects.session.uploads import upload_inputs
from nemovideo.projects.turns import Answer, kept_answer, send_message, take_up_turn
from nemovideo.projects.workspace import Workspace
from nemovideo.protocol.draft import Draft
from nemovideo.timeline import Timeline


@dataclass(frozen=True)
class ConvertResult:
    """A finished conversion; `export` is None when it stopped at the timeline."""

    session: SessionRecord
    reply: str
    draft: Draft
    export: ExportResult | None
    workspace_url: str
    notes: tuple[str, ...] = ()
    """What was left out, changed or guessed, in sentences; besides those of the export."""
    not_understood: tuple[str, ...] = ()
    """The parts of the instructions that were not understood, where the server says so."""


def convert(
    workspace: Workspace, plan: ConvertPlan, target: OutputTarget | None = None
) -> ConvertResult:
    """Make a video.

    Args:
        workspace: Where to work.
        plan: What to do; it goes into the journal.
        target: Where the file goes, as the user wrote it; the plan's absolute path if None.

    Raises:
        NemoError: As the steps raise; what is done stays in the session and in the journal.
    """
    run = workspace.journal.add_run(asdict(plan))
    with held(workspace.settings.data_dir, run.run_id):
        return _do(workspace, run, target)


def continue_run(
    workspace: Workspace,
    run: RunRecord,
    target: OutputTarget | None = None,
    *,
    may_replace: bool = False,
) -> ConvertResult:
    """Do what is left of a run.

    Args:
        workspace: Where to work.
        run: The run.
        target: Where the file goes; where it was to go then if None.
        may_replace: Whether a file that is in the way there may be replaced.

    Raises:
        NothingToResumeError: Another process is at work on it, or has finished it.
        OutputExistsError: There is a file in the place of the video that the run didn't make.
        NemoError: As the steps raise; the run can be continued unless its files are at fault.
    """
    with held(workspace.settings.data_dir, run.run_id):
        run = workspace.journal.run(run.run_id) or run
        if not run.status.is_open:
            raise NothingToResumeError(f"{run.run_id} was finished; there is nothing left to do")
        if target is None and not may_replace:
            _refuse_foreign_file(workspace, run)
        return _do(workspace, run, target)


def _do(workspace: Workspace, run: RunRecord, target: OutputTarget | None) -> ConvertResult:
    plan = ConvertPlan.from_json(run.plan_document)
    try:
        result = _Conversion(workspace, plan, run, target or plan.target).finish()
    except (KeyboardInterrupt, CancelledError) as exc:
        raise CancelledError(hint=hint_of_run(workspace.journal, run.run_id)) from exc
    except (OutputNotWritableError, NothingToResumeError):
        raise
    except (FileError, InputError):
        workspace.journal.update_run(run.run_id, status=RunState.FAILED)
        raise
    workspace.journal.update_run(run.run_id, status=RunState.DONE)
    return result


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
    renders = workspace.journal.renders(run.session_id) if run.session_id else ()
    has_fetched = any(render.run_id == run.run_id and render.status.has_file for render in renders)
    if not has_fetched or path.stat().st_mtime < run.created_at:
        raise OutputExistsError(f"{path} exists already")


def planned_target(run: RunRecord) -> OutputTarget | None:
    """Return where the (last) file of a run goes; None when it stops at the timeline."""
    return ConvertPlan.from_json(run.plan_document).target


class _Conversion:
    """The steps of one run."""

    def __init__(
        self,
        workspace: Workspace,
        plan: ConvertPlan,
        run: RunRecord,
        target: OutputTarget | None,
    ) -> None:
        self._workspace = workspace
        self._journal = workspace.journal
        self._plan = plan
        self._run = run
        self._target = target
        self._not_understood: list[str] = []
        self._notes = list(plan.notes)

    def finish(self) -> ConvertResult:
        """Do all steps that are not done yet."""
        session: SessionRecord | None = None
        try:
            session = self._open_session()
            reply, draft = self._follow(session)
        except SessionNotFoundError:
            self._workspace.reporter.notice("The server has lost the session; starting a new one.")
            session = self._new_session(session.place if session else None)
            reply, draft = self._follow(session)
        return ConvertResult(
            session=session,
            reply=reply,
            draft=draft,
            export=self._export(session, len(self._plan.instructions)),
            workspace_url=self._workspace.workspace_url(),
            notes=tuple(dict.fromkeys((*self._workspace.take_notes(), *self._notes))),
            not_understood=tuple(dict.fromkeys(self._not_understood)),
        )

    def _follow(self, session: SessionRecord) -> tuple[str, Draft]:
        """Follow the instructions one by one, with the renders that stand between them."""
        reply, draft, last = "", None, len(self._plan.instructions)
        turns = self._turns(session)
        if turns:
            self._tell(self._plan.notes)
        for turn in turns[:-1]:
            self._heard(kept_answer(turn))
        for number in range(max(len(turns), 1), last + 1):
            reply, draft = self._cut(session, number)
            is_watched = number == last or self._plan.is_rendered_each
            if is_watched and not Timeline.from_draft(draft).is_ready:
                raise _no_timeline(reply)
            if number < last:
                self._export(session, number)
        assert draft is not None
        return reply, draft

    def _open_session(self) -> SessionRecord:
        reporter = self._workspace.reporter
        reporter.begin("setup", "Setting things up…")
        chosen = self._run.session_id or self._plan.session_id
        session = self._new_session() if chosen is None else self._workspace.session(chosen)
        if chosen is not None and self._has_doubtful_upload(session):
            session = self._new_session(session.place)
        self._run = self._journal.update_run(self._run.run_id, session_id=session.session_id)
        self._workspace.make_current(session)
        reporter.end(f"working with {session.place.label}")
        return session

    def _new_session(self, place: Place | None = None) -> SessionRecord:
        session = self._workspace.create_session(name=self._plan.name, place=place)
        if self._plan.title:
            self._workspace.name_session(session, name_after((), self._plan.title))
        self._run = self._journal.update_run(self._run.run_id, session_id=session.session_id)
        return session

    def _has_doubtful_upload(self, session: SessionRecord) -> bool:
        """Tell whether the session may hold a file of which we never heard that it arrived.

        Uploading costs nothing, so a session of our own in doubt is left for a new one.
        """
        return (
            self._plan.session_id is None
            and not self._turns(session)
            and any(u.status.is_open for u in self._journal.uploads(session.session_id))
        )

    def _cut(self, session: SessionRecord, number: int) -> tuple[str, Draft | None]:
        turns = self._turns(session)
        if len(turns) < number:
            if not turns:
                self._upload(session)
            answer = send_message(
                self._workspace,
                session,
                self._plan.message(number, is_local=session.place.is_local),
                run_id=self._run.run_id,
                is_strict=self._plan.is_strict,
            )
        elif turns[-1].status.is_open:
            answer = take_up_turn(
                self._workspace, session, turns[-1], is_strict=self._plan.is_strict
            )
        else:
            answer = kept_answer(turns[-1])
            if self._plan.is_strict and answer.not_understood:
                raise NotUnderstoodError.of(answer.not_understood)
            client = self._workspace.client(session.place)
            answer = replace(answer, draft=client.state.get(session.session_id).draft)
        self._heard(answer)
        return answer.reply, answer.draft

    def _heard(self, answer: Answer) -> None:
        self._not_understood += answer.not_understood
        self._notes += answer.notes
        self._tell(answer.notes)

    def _tell(self, notes: Sequence[str]) -> None:
        for note in notes:
            self._workspace.tell_once(note)

    def _upload(self, session: SessionRecord) -> None:
        """Send what the session lacks, and let the instruction speak of what is there then."""
        found = frozenset(self._plan.found)
        items = tuple(read_input(source, is_found=source in found) for source in self._plan.files)
        uploaded = upload_inputs(
            self._workspace,
            session,
            Inputs(items, self._plan.notes),
            keeps_metadata=self._plan.keeps_metadata,
            is_taken_up=True,
        )
        self._notes += uploaded.notes
        self._plan = replace(self._plan.told_of(uploaded.files), notes=uploaded.notes)
        self._journal.update_run(self._run.run_id, plan=asdict(self._plan))

    def _export(self, session: SessionRecord, number: int) -> ExportResult | None:
        planned = self._plan.target_after(number)
        target = self._target if number == len(self._plan.instructions) else planned
        if target is None:
            return None
        renders = [
            render
            for render in self._journal.renders(session.session_id)
            if render.run_id == self._run.run_id
            if not self._plan.is_rendered_each or planned == _target_of(render)
        ]
        tries = _tries_left(renders)
        begun = [render for render in renders if not render.status.came_to_nothing]
        if begun:
            try:
                return resume_export(self._workspace, begun[0], target)
            except RenderTimeoutError:
                raise
            except RenderError as exc:
                tries -= 1
                if not tries:
                    raise
                self._workspace.reporter.notice(f"{exc.message}; trying once more…")
        return export_session(
            self._workspace,
            session,
            target,
            format=self._plan.format,
            quality=self._plan.quality,
            max_bytes=self._plan.max_bytes,
            run_id=self._run.run_id,
            attempts=tries,
        )

    def _turns(self, session: SessionRecord) -> list[TurnRecord]:
        return [
            turn
            for turn in self._journal.turns(session.session_id)
            if turn.run_id == self._run.run_id and turn.status is not TurnState.UNSENT
        ]


def _tries_left(renders: Sequence[RenderRecord]) -> int:
    """Return how often a render may still be tried; once all have failed, a resume tries anew."""
    failures = sum(render.status is RenderState.FAILED for render in renders)
    return ATTEMPTS - failures % ATTEMPTS


def _target_of(render: RenderRecord) -> OutputTarget | None:
    return None if render.output is None else OutputTarget(Path(render.output))


def _no_timeline(reply: str) -> EmptyTimelineError:
    return EmptyTimelineError(
        "the agent made no timeline" + (f": {reply}" if reply else ""),
        hint="Say more precisely what you want with --prompt, or go on with `nemo chat`.",
    )
