"""`nemo convert`: photos, clips and audio → one video."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from nemovideo._files import expand_home
from nemovideo.cli._context import CommandContext
from nemovideo.cli._long_texts import read_long_text
from nemovideo.cli._options import KeepMetadata, OpenResult, Recursive, Strict, command
from nemovideo.errors import UsageError


def register(app: typer.Typer) -> None:
    """Add the command."""
    command(app, "convert")(convert)


def convert(
    context: CommandContext,
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATHS", help="Photos, clips, audio, folders, patterns, links."),
    ],
    duration: Annotated[
        float | None,
        typer.Option("--duration", "-d", metavar="SECONDS", help="How long; 30 for photos."),
    ] = None,
    prompt: Annotated[
        str | None,
        typer.Option(
            "--prompt", "-p", metavar="TEXT", help="Say it in your own words; @FILE, - for stdin."
        ),
    ] = None,
    aspect: Annotated[
        str | None, typer.Option("--aspect", "-a", metavar="W:H", help="16:9, 9:16, 1:1 or 4:5.")
    ] = None,
    title: Annotated[
        str | None, typer.Option("--title", "-t", metavar="TEXT", help="Shown at the start.")
    ] = None,
    music: Annotated[
        str | None,
        typer.Option(
            "--music", "-m", metavar="TEXT|FILE|none", help="A style, an audio file, or none."
        ),
    ] = None,
    transition: Annotated[
        str | None,
        typer.Option("--transition", metavar="NAME", help="crossfade, slide, wipe, zoom, none …"),
    ] = None,
    out: Annotated[
        str | None,
        typer.Option("--out", "-o", metavar="FILE", help="Where the video goes; - for stdout."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", "-f", help="Replace an existing file.")] = False,
    no_export: Annotated[bool, typer.Option("--no-export", help="Stop at the timeline.")] = False,
    name: Annotated[
        str | None, typer.Option("--name", metavar="TEXT", help="Name the session.")
    ] = None,
    quality: Annotated[
        str, typer.Option("--quality", metavar="NAME", help="As the backend names it.")
    ] = "high",
    order: Annotated[
        str | None,
        typer.Option(
            "--order", metavar="HOW", help="name, date (when taken) or shuffle; else as named."
        ),
    ] = None,
    recursive: Recursive = False,
    strict: Strict = False,
    keep_metadata: KeepMetadata = False,
    open_result: OpenResult = False,
) -> None:
    """Make a video out of photos, clips and audio."""
    from nemovideo.cli import _documents, _results
    from nemovideo.projects import convert as conversions
    from nemovideo.projects.inputs import collect_inputs
    from nemovideo.projects.made import films_made
    from nemovideo.projects.ordering import in_order, parse_order
    from nemovideo.projects.prompts import VideoWishes, check_wishes

    wrong = check_wishes(duration, aspect)
    if wrong:
        raise UsageError(f"--{wrong}")
    if prompt is not None:
        prompt = read_long_text(prompt)
        if not prompt.strip():
            raise UsageError("--prompt is empty")
    wishes = VideoWishes(
        duration_s=duration, aspect=aspect, title=title or None, transition=transition
    )
    how = parse_order(order)
    made = films_made(context.settings.data_dir, expand_home(out) if out else None)
    inputs = in_order(collect_inputs(paths, is_recursive=recursive, made=made), how)
    inputs, wishes = conversions.with_music(inputs, wishes, music)
    target = None if no_export else _results.choose_target(context, out, force=force)
    _results.check_playable(is_opened=open_result, target=target)
    plan = conversions.make_plan(
        inputs,
        wishes,
        target,
        prompt=prompt,
        is_order_named=context.settings.upload_concurrency > 1,
        session_id=context.options.session,
        name=name,
        quality=quality,
        keeps_metadata=keep_metadata,
        is_strict=strict,
    )
    with context.workspace() as workspace:
        plan = replace(plan, session_id=plan.session_id or workspace.project_session())
        result = conversions.convert(workspace, plan, target)
    context.output.document(_documents.convert_document(result))
    _results.show_conversion(context.output, result)
    if open_result:
        _results.play(context.output, result.export)
