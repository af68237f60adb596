"""`nemo status`: the timeline."""

from __future__ import annotations

from nemovideo.cli._context import CommandContext
from nemovideo.cli.input.options import single


def status(context: CommandContext) -> None:
    """Show the timeline: a line, and a chart on a terminal."""
    from nemovideo.cli.results import documents as _documents
    from nemovideo.cli.results.timelines import show_chart, timeline_line
    from nemovideo.timeline import Timeline

    with context.workspace() as workspace:
        session = workspace.open(context.options.session, to="read")
        draft = session.draft()
    timeline = Timeline.from_draft(draft)
    context.output.document(_documents.status_document(session.record, draft))
    context.output.result(timeline_line(context.output, timeline))
    if timeline.tracks:
        show_chart(context.output, timeline)
    else:
        context.output.notice(
            'Nothing on the timeline yet. Try: nemo chat "make a 30-second video"'
        )


register = single("status", status)
