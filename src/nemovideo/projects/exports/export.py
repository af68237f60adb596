"""Timeline → file: what is wished, where it is rendered, and the render tried until it is there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nemovideo.errors import EmptyTimelineError, RenderError, RenderTimeoutError, UsageError
from nemovideo.projects.backends import wants_local
from nemovideo.projects.choices import check_encoder, check_max_size, check_purpose, check_quality
from nemovideo.projects.exports.outputs import OutputTarget
from nemovideo.projects.exports.purposes import check_length, export_options, what_differs
from nemovideo.projects.exports.render import ExportResult, Render, RenderOptions
from nemovideo.protocol.draft import JsonObject
from nemovideo.protocol.outputs import CLOUD_FORMATS, ENGINE_FORMATS
from nemovideo.timeline import Timeline

if TYPE_CHECKING:
    from nemovideo.projects.journal import RenderRecord
    from nemovideo.projects.session import Session

ATTEMPTS = 2
"""A render that failed is submitted once more, under a new id."""
ChooseTarget = Callable[[Sequence[str]], OutputTarget]
"""Gives the file for a video, of one of the formats that can be made, the usual one first."""


@dataclass(frozen=True)
class ExportWish:
    """What a user wants of a video, as they said it."""

    choose_target: ChooseTarget
    quality: str | None = None
    max_size: object = None
    encoder: str | None = None
    purpose: str | None = None
    """Where the video goes, of `PRESETS`: its limits hold where no others are given."""
    is_here: bool = False
    """Whether a timeline of the cloud's is rendered on this machine."""
    prefix: str = ""
    """What stands before the names of options where they are told."""


def export_timeline(session: Session, wish: ExportWish) -> ExportResult:
    """Render a session's timeline and bring the file to its place.

    That is done where the session lives, or on this machine where the wish or the settings say so:
    a plan of the cloud's may include no export.

    Raises:
        UsageError: Whoever renders it can't make what is wished.
        EmptyTimelineError: There is nothing on the timeline.
        InputNotFoundError: It is rendered here, and a file of it is not on this machine.
        RenderError: It failed each time, or took longer than the limit.
        CancelledError: Ctrl-C; with what goes on in the cloud.
    """
    wish, notes = _for_its_purpose(session, wish)
    target, options = _decide(session, wish)
    if not _is_brought_here(session, wish):
        result = render_timeline(session, target, options)
    else:
        from nemovideo.projects.exports.here import export_here

        result = export_here(session, target, options)
    return replace(result, notes=(*notes, *result.notes))


def submit_timeline(session: Session, wish: ExportWish, *, keeps_target: bool) -> RenderRecord:
    """Submit a session's timeline and leave it to the server.

    Raises:
        UsageError: Whoever renders it can't make what is wished, or that is this program itself.
        EmptyTimelineError: There is nothing on the timeline.
    """
    if _is_brought_here(session, wish):
        raise UsageError(
            "--no-wait can't render the cloud's timeline on this machine",
            hint="Leave --no-wait or --local out.",
        )
    wish, _ = _for_its_purpose(session, wish)
    target, options = _decide(session, wish)
    draft = exportable_draft(session)
    render = Render.begin(session, target if keeps_target else None, options)
    with render.at_work():
        render.submit(draft)
    return render.record


def render_timeline(
    session: Session,
    target: OutputTarget,
    options: RenderOptions,
    *,
    draft: JsonObject | None = None,
    attempts: int = ATTEMPTS,
) -> ExportResult:
    """Render a timeline in a session and bring the file to its place.

    The session's own timeline is rendered if no draft is given. While it fails, it is submitted to
    the cloud so many times, each under a new id. Raises as `export_timeline` does.
    """
    draft = exportable_draft(session) if draft is None else draft
    started = session.workspace.clock()
    for left in reversed(range(attempts)):
        render = Render.begin(session, target, options)
        try:
            with render.at_work():
                render.submit(draft)
                return replace(render.finish(target, started=started), draft=draft)
        except RenderTimeoutError:
            raise
        except RenderError as exc:
            render.fail()
            if not left or session.is_local:  # here it would end as it did
                raise
            session.reporter.notice(f"{exc.message}; trying once more…")
    raise AssertionError("unreachable")


def exportable_draft(session: Session) -> JsonObject:
    """Return the session's draft exactly as the server has it.

    Raises:
        EmptyTimelineError: There is none, or none of its tracks has a segment.
    """
    draft = session.draft()
    if draft is None or not Timeline.from_draft(draft).is_ready:
        raise EmptyTimelineError
    return draft.raw


def _for_its_purpose(session: Session, wish: ExportWish) -> tuple[ExportWish, tuple[str, ...]]:
    """Return a wish with the limits of where the video goes, and what of them is not met; told."""
    purpose = check_purpose(wish.purpose, prefix=wish.prefix)
    if purpose is None:
        return wish, ()
    timeline = session.timeline()
    check_length(purpose, timeline.duration_ms / 1000)
    options, notes = export_options(purpose, is_local=_is_rendered_here(session, wish))
    notes = (*notes, *what_differs(purpose, timeline))
    session.workspace.tell_once(notes)
    return replace(
        wish,
        quality=wish.quality or options.get("quality"),
        max_size=options.get("max_size") if wish.max_size is None else wish.max_size,
    ), notes


def _decide(session: Session, wish: ExportWish) -> tuple[OutputTarget, RenderOptions]:
    is_local = _is_rendered_here(session, wish)
    quality = check_quality(wish.quality, is_local=is_local, prefix=wish.prefix)
    max_bytes = check_max_size(wish.max_size, is_local=is_local, prefix=wish.prefix)
    encoder = check_encoder(wish.encoder, is_local=is_local, prefix=wish.prefix)
    target = wish.choose_target(ENGINE_FORMATS if is_local else CLOUD_FORMATS)
    return target, RenderOptions(target.format, quality, max_bytes, encoder)


def _is_rendered_here(session: Session, wish: ExportWish) -> bool:
    return session.is_local or _is_brought_here(session, wish)


def _is_brought_here(session: Session, wish: ExportWish) -> bool:
    """Return whether the engine on this machine renders a timeline of the cloud's."""
    return not session.is_local and (wish.is_here or wants_local(session.workspace.settings))
