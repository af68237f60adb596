"""Renders that an earlier process submitted, taken up or cancelled: none is submitted twice."""

from __future__ import annotations

from nemovideo.errors import NothingToResumeError
from nemovideo.projects.exports.export import exportable_draft
from nemovideo.projects.exports.outputs import OutputTarget
from nemovideo.projects.exports.render import ExportResult, Render
from nemovideo.projects.finding import known_id
from nemovideo.projects.journal import RenderRecord
from nemovideo.projects.recovery.locks import is_held
from nemovideo.projects.recovery.states import RenderState
from nemovideo.projects.workspace import Workspace


def find_unfinished(
    workspace: Workspace, session_id: str | None, render_id: str | None
) -> RenderRecord:
    """Return the render to take up: the one named, else the newest unfinished (of a session).

    Raises:
        NothingToResumeError: There is none.
    """
    if render_id:
        return _known(workspace, render_id)
    renders = workspace.journal.renders.all(known_id(workspace, session_id))
    unfinished = [render for render in renders if render.status.is_open]
    if not unfinished:
        raise NothingToResumeError(
            "there is no unfinished render", hint="Start one with `nemo export`."
        )
    data_dir = workspace.settings.data_dir
    free = (render for render in unfinished if not is_held(data_dir, render.render_id))
    return next(free, unfinished[0])


def resume_export(workspace: Workspace, record: RenderRecord, target: OutputTarget) -> ExportResult:
    """Take up a render that an earlier process submitted; nothing is submitted again.

    A render of which the server never heard (the process died before the request) is submitted now,
    under the id that was written down for it.
    """
    session = workspace.open(record.session_id)
    started = workspace.clock()
    render = Render(session, record)
    with render.at_work():
        if record.status is RenderState.SUBMITTING and not render.find():
            render.submit(exportable_draft(session))
        return render.finish(target, started=started)


def cancel_render(workspace: Workspace, render_id: str) -> RenderRecord:
    """Cancel a render that is known on this machine; return it as it stands then.

    Raises:
        NothingToResumeError: It is not known.
    """
    record = _known(workspace, render_id)
    render = Render(workspace.open(record.session_id), record)
    render.cancel()
    return render.record


def _known(workspace: Workspace, render_id: str) -> RenderRecord:
    record = workspace.journal.renders.get(render_id)
    if record is None:
        raise NothingToResumeError(
            f"no render {render_id} is known on this machine",
            hint="`nemo renders list` shows those that are.",
        )
    return record
