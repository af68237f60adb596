"""Whatever was broken off, taken up: a conversion, a message without an answer, a render.

Nothing is sent again that a server may have acted on: an unanswered message is answered by reading
the state, a render is asked for under the id that was written down before it was submitted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from nemovideo.errors import NothingToResumeError
from nemovideo.projects.convert.plan import ConvertPlan
from nemovideo.projects.convert.steps import ConvertResult
from nemovideo.projects.exports.outputs import STDOUT, OutputTarget
from nemovideo.projects.exports.render import ExportResult
from nemovideo.projects.finding import known_id
from nemovideo.projects.journal import RenderRecord, RunRecord, SessionRecord, TurnRecord
from nemovideo.projects.recovery.locks import is_held
from nemovideo.projects.recovery.renders import resume_export
from nemovideo.projects.recovery.runs import continue_run
from nemovideo.projects.recovery.states import RunState
from nemovideo.projects.recovery.turns import take_up_turn
from nemovideo.projects.turns import Answer
from nemovideo.projects.workspace import Workspace

Broken = RunRecord | TurnRecord | RenderRecord
ChooseFile = Callable[[str | None, Sequence[str]], OutputTarget]
"""Gives the file of a name, or a dated one for None, of one of the formats that can be made."""


@dataclass(frozen=True)
class ResumeResult:
    """What was taken up; one of the last three is set."""

    session: SessionRecord
    conversion: ConvertResult | None = None
    export: ExportResult | None = None
    answer: Answer | None = None
    """What came of a message that was unanswered, or had never left and was sent now."""


def find_broken(workspace: Workspace, some_id: str | None = None) -> Broken:
    """Return what was broken off last, or what an id names.

    The id is that of a run, a session or a render, or a session's name.

    Raises:
        NothingToResumeError: There is nothing, or nothing under that id.
    """
    journal = workspace.journal
    some_id = known_id(workspace, some_id)
    if some_id is not None:
        run = journal.runs.get(some_id)
        is_open = run is not None and run.status.is_open
        found = (
            (run if is_open else None)
            or journal.renders.get(some_id)
            or _open_turn(workspace, some_id)
            or run
        )
        if found is None:
            raise NothingToResumeError(
                f"nothing that was broken off is known as {some_id}",
                hint="`nemo renders list` and `nemo session list` show what is known.",
            )
        if isinstance(found, RunRecord) and not found.status.is_open:
            raise NothingToResumeError(f"{some_id} was finished; there is nothing left to do")
        return found
    data_dir = workspace.settings.data_dir
    runs = [r for r in journal.runs.unfinished() if not is_held(data_dir, r.run_id)]
    renders = [
        render
        for render in journal.renders.all()
        if render.status.is_open and render.run_id is None
        if not is_held(data_dir, render.render_id)
    ]
    candidates: list[Broken] = [*runs[:1], *renders[:1]]
    if candidates:
        return max(candidates, key=lambda item: getattr(item, "created_at", 0.0))
    turn = _open_turn(workspace, None)
    if turn is None:
        raise NothingToResumeError
    run = journal.runs.get(turn.run_id) if turn.run_id else None
    # Who held the run a moment ago may have let go of it since.
    return turn if run is None or run.status is not RunState.RUNNING else run


def resume(
    workspace: Workspace,
    broken: Broken,
    choose_file: ChooseFile,
    *,
    out: str | None = None,
    may_replace: bool = False,
) -> ResumeResult:
    """Finish what was broken off.

    A file goes where it was to go then, or to `out`; `choose_file` decides where that must be
    decided anew, and `may_replace` what is in the way there. Raises as `continue_run`,
    `resume_export` and `take_up_turn` do.
    """
    if isinstance(broken, RunRecord):
        plan = ConvertPlan.from_json(broken.plan_document)
        name = out or (STDOUT if plan.output == STDOUT else None)
        target = None if name is None else choose_file(name, (plan.format,))
        result = continue_run(workspace, broken, target, may_replace=may_replace)
        return ResumeResult(result.session, conversion=result)
    session = workspace.open(broken.session_id)
    if isinstance(broken, RenderRecord):
        target = choose_file(out or broken.output, (broken.format,))
        return ResumeResult(session.record, export=resume_export(workspace, broken, target))
    return ResumeResult(session.record, answer=take_up_turn(session, broken))


def _open_turn(workspace: Workspace, session_id: str | None) -> TurnRecord | None:
    if session_id is None:
        current = workspace.journal.sessions.current()
        if current is None:
            return None
        session_id = current.session_id
    turns = workspace.journal.turns.of(session_id)
    if not turns or not turns[-1].status.is_open:
        return None
    run_id = turns[-1].run_id
    if run_id is not None and is_held(workspace.settings.data_dir, run_id):
        raise NothingToResumeError(
            f"another nemo is at work on {run_id}", hint="Wait until it is done, or stop it first."
        )
    return turns[-1]
