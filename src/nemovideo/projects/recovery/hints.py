"""What goes on after Ctrl-C and how to take it up, told from the journal."""

from __future__ import annotations

from nemovideo.projects.journal import Journal, RenderRecord, SessionRecord
from nemovideo.projects.recovery.states import RenderState, TurnState


def hint_of_run(journal: Journal, run_id: str) -> str:
    """Say what goes on of a conversion that was stopped, and how to take it up.

    Ctrl-C pressed again meanwhile does not keep it from being said.
    """
    try:
        return _told_of_run(journal, run_id)
    except KeyboardInterrupt:
        return _told_of_run(journal, run_id)


def _told_of_run(journal: Journal, run_id: str) -> str:
    run = journal.runs.get(run_id)
    session = journal.sessions.get(run.session_id) if run and run.session_id else None
    return f"{_what_goes_on(journal, session, run_id)} `nemo resume {run_id}` takes it up."


def hint_of_render(session: SessionRecord, render: RenderRecord) -> str:
    """Say what goes on of an export that was stopped, and how to take it up."""
    return (
        f"{_what_the_render_does(session, render)}"
        f" `nemo export --resume {render.render_id}` takes it up."
    )


def _what_goes_on(journal: Journal, session: SessionRecord | None, run_id: str) -> str:
    if session is None:
        return "Nothing was uploaded yet."
    renders = journal.renders.of_run(run_id)
    turns = journal.turns.of(session.session_id, run_id=run_id)
    if turns and turns[-1].status is TurnState.SENDING:
        if session.backend.is_local:
            return "The edit stops with this program."
        return "The agent goes on with the edit in the cloud."
    if renders and renders[0].status.is_open:
        return _what_the_render_does(session, renders[0])
    if turns and not turns[-1].status.is_open:
        return "The timeline is kept."
    return "What was uploaded is kept."


def _what_the_render_does(session: SessionRecord, render: RenderRecord) -> str:
    if render.status is RenderState.COMPLETED:
        return "The video is rendered and only has to be fetched."
    if session.backend.is_local:
        return "The render stops with this program."
    return "The render goes on in the cloud."
