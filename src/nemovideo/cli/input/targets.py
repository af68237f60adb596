"""Where a video and its poster go, decided before any work is done."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from nemovideo.errors import UsageError

if TYPE_CHECKING:
    from nemovideo.cli._context import CommandContext
    from nemovideo.projects.exports.outputs import OutputTarget
    from nemovideo.projects.journal import RenderRecord


def choose_target(
    context: CommandContext,
    out: str | None,
    *,
    force: bool,
    formats: Sequence[str],
    format: str | None = None,
    is_dry: bool = False,
) -> OutputTarget:
    """Decide where the video goes, before any work is done.

    Args:
        context: The run of the command.
        out: What the user named.
        force: Whether an existing file may be replaced.
        formats: What can be made, the usual one first.
        format: What the user wishes; by the name's ending if None.
        is_dry: Whether nothing is written.

    Raises:
        UsageError: The video and the JSON document would both go to stdout.
        NemoError: As `choose_output` raises.
    """
    from nemovideo.projects.exports.outputs import choose_output, take_name

    target = choose_output(
        out,
        context.settings.output_dir,
        formats=formats,
        format=format,
        is_dry=is_dry,
        may_replace=lambda path: context.may_replace(path, force=force),
        take_name=lambda path: is_dry or take_name(context.settings.data_dir, path),
    )
    check_stdout(context, target)
    for note in target.notes:
        context.output.notice(note)
    return target


def check_stdout(context: CommandContext, target: OutputTarget | None) -> None:
    """Make sure that a video that goes to stdout has it for itself, and that it is no terminal.

    Raises:
        UsageError: It would be written among JSON, or to a terminal.
    """
    if target is None or not target.is_stdout:
        return
    if context.output.is_json:
        raise UsageError("--json and --out - would both write to stdout")
    if context.output.is_terminal:
        raise UsageError(
            "--out - would write the video to the terminal",
            hint="Pipe it, or name a file: --out video.mp4",
        )


def resume_target(
    context: CommandContext, out: str | None, record: RenderRecord, *, force: bool
) -> OutputTarget:
    """Return where a render's file goes: where the user says now, or where it was to go then."""
    return choose_target(context, out or record.output, force=force, formats=(record.format,))


def choose_poster(
    context: CommandContext, poster: str | None, target: OutputTarget | None, *, force: bool
) -> Path | None:
    """Decide where a picture of the video goes, before any work is done; None when none is asked.

    Raises:
        NemoError: As `check_poster` raises.
    """
    from nemovideo.projects.exports.posters import check_poster

    if poster is None:
        return None
    return check_poster(
        poster, target, may_replace=lambda path: context.may_replace(path, force=force)
    )


def check_playable(*, is_opened: bool, target: OutputTarget | None) -> None:
    """Refuse to open what will be no file.

    Raises:
        UsageError: The video goes to stdout, or none is made.
    """
    if is_opened and (target is None or target.is_stdout):
        raise UsageError("--open needs a file", hint="Name one with --out, or leave --open out.")
