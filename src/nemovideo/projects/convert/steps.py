"""The steps of a conversion: session, upload, instructions, export.

Each step first looks into the journal for what an earlier process did, so that a run that was
broken off anywhere goes on where it stood: nothing is sent twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from nemovideo.errors import (
    EmptyTimelineError,
    NotUnderstoodError,
    RenderError,
    RenderTimeoutError,
    SessionNotFoundError,
)
from nemovideo.projects.backends import Backend
from nemovideo.projects.convert.plan import ConvertPlan
from nemovideo.projects.exports.export import ATTEMPTS, render_timeline
from nemovideo.projects.exports.outputs import OutputTarget
from nemovideo.projects.exports.render import ExportResult, RenderOptions
from nemovideo.projects.finding import name_session
from nemovideo.projects.inputs.checking import read_input
from nemovideo.projects.inputs.expansion import Inputs
from nemovideo.projects.journal import RenderRecord, RunRecord, SessionRecord, TurnRecord
from nemovideo.projects.names import name_after
from nemovideo.projects.recovery.renders import resume_export
from nemovideo.projects.recovery.states import RenderState, TurnState
from nemovideo.projects.recovery.turns import take_up_turn
from nemovideo.projects.session import Session
from nemovideo.projects.session.uploads import upload_inputs
from nemovideo.projects.turns import Answer, kept_answer, send_message
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


class Conversion:
    """The steps of one run."""

    def __init__(
        self, workspace: Workspace, plan: ConvertPlan, run: RunRecord, target: OutputTarget | None
    ) -> None:
        self._workspace = workspace
        self._journal = workspace.journal
        self._plan = plan
        self._run = run
        self._target = target
        self._not_understood: list[str] = []
        self._notes = list(plan.notes)

    def finish(self) -> ConvertResult:
        """Do all steps that are not done yet.

        Raises:
            NemoError: As the steps raise; what is done is written down.
        """
        session: Session | None = None
        try:
            session = self._open_session()
            reply, draft = self._follow(session)
        except SessionNotFoundError:
            session = self._begun(
                self._workspace.replace_lost(
                    name=self._plan.name, backend=session.backend if session else None
                )
            )
            reply, draft = self._follow(session)
        return ConvertResult(
            session=session.record,
            reply=reply,
            draft=draft,
            export=self._export(session, len(self._plan.instructions)),
            workspace_url=self._workspace.url,
            notes=tuple(dict.fromkeys((*self._workspace.take_notes(), *self._notes))),
            not_understood=tuple(dict.fromkeys(self._not_understood)),
        )

    def _follow(self, session: Session) -> tuple[str, Draft]:
        """Follow the instructions one by one, with the renders that stand between them."""
        reply, draft, last = "", None, len(self._plan.instructions)
        turns = self._turns(session)
        if turns:
            self._workspace.tell_once(self._plan.notes)
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

    def _open_session(self) -> Session:
        reporter = self._workspace.reporter
        reporter.begin("setup", "Setting things up…")
        chosen = self._run.session_id or self._plan.session_id
        session = self._new_session() if chosen is None else self._workspace.open(chosen)
        if chosen is not None and self._has_doubtful_upload(session):
            session = self._new_session(session.backend)
        self._run = self._journal.runs.update(self._run.run_id, session_id=session.session_id)
        self._workspace.make_current(session.record)
        reporter.end(f"working with {session.backend.label}")
        return session

    def _new_session(self, backend: Backend | None = None) -> Session:
        return self._begun(self._workspace.create(name=self._plan.name, backend=backend))

    def _begun(self, session: Session) -> Session:
        """Let the journal know what session the run begins in."""
        if self._plan.title:
            name_session(self._workspace, session.record, name_after((), self._plan.title))
        self._run = self._journal.runs.update(self._run.run_id, session_id=session.session_id)
        return session

    def _has_doubtful_upload(self, session: Session) -> bool:
        """Return whether the session may hold a file of which we never heard that it arrived.

        Uploading costs nothing, so a session of our own in doubt is left for a new one.
        """
        return (
            self._plan.session_id is None
            and not self._turns(session)
            and any(u.status.is_open for u in self._journal.uploads.of(session.session_id))
        )

    def _cut(self, session: Session, number: int) -> tuple[str, Draft | None]:
        turns = self._turns(session)
        if len(turns) < number:
            if not turns:
                self._upload(session)
            answer = send_message(
                session,
                self._plan.message(number, is_local=session.is_local),
                run_id=self._run.run_id,
                is_strict=self._plan.is_strict,
            )
        elif turns[-1].status.is_open:
            answer = take_up_turn(session, turns[-1], is_strict=self._plan.is_strict)
        else:
            answer = kept_answer(turns[-1])
            if self._plan.is_strict and answer.not_understood:
                raise NotUnderstoodError.of(answer.not_understood)
            answer = replace(answer, draft=session.draft())
        self._heard(answer)
        return answer.reply, answer.draft

    def _heard(self, answer: Answer) -> None:
        self._not_understood += answer.not_understood
        self._notes += answer.notes
        self._workspace.tell_once(answer.notes)

    def _upload(self, session: Session) -> None:
        """Send what the session lacks, and let the instruction speak of what is there then."""
        found = frozenset(self._plan.found)
        items = tuple(read_input(source, is_found=source in found) for source in self._plan.files)
        uploaded = upload_inputs(
            session,
            Inputs(items, self._plan.notes),
            keeps_metadata=self._plan.keeps_metadata,
            is_taken_up=True,
        )
        self._notes += uploaded.notes
        self._plan = replace(self._plan.told_of(uploaded.files), notes=uploaded.notes)
        self._journal.runs.update(self._run.run_id, plan=asdict(self._plan))

    def _export(self, session: Session, number: int) -> ExportResult | None:
        planned = self._plan.target_after(number)
        target = self._target if number == len(self._plan.instructions) else planned
        if target is None:
            return None
        renders = [
            render
            for render in self._journal.renders.all(session.session_id)
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
        options = RenderOptions(
            self._plan.format,
            self._plan.quality,
            self._plan.max_bytes,
            self._plan.encoder,
            self._run.run_id,
        )
        return render_timeline(session, target, options, attempts=tries)

    def _turns(self, session: Session) -> list[TurnRecord]:
        return [
            turn
            for turn in self._journal.turns.of(session.session_id, run_id=self._run.run_id)
            if turn.status is not TurnState.UNSENT
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
