"""`nemo clean`: room on the disk, from what the engine keeps of old sessions."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from nemovideo.cli._context import CommandContext
from nemovideo.cli.input.options import PLAIN, single
from nemovideo.errors import UsageError
from nemovideo.projects.texts import counted, format_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nemovideo.projects.setup.cleaning import CleaningPlan, Removal


def clean(
    context: CommandContext,
    older_than: Annotated[
        str | None,
        typer.Option(
            "--older-than", metavar="AGE", help="Sessions untouched for so long: 30d, 12h, 2w; 30d."
        ),
    ] = None,
    keep: Annotated[
        str | None,
        typer.Option(
            "--keep", metavar="SIZE", help="The oldest, until no more is left: 2GB, 500MB."
        ),
    ] = None,
    pieces: Annotated[
        bool, typer.Option("--pieces", help="Only what is kept of films to export them quickly.")
    ] = False,
    all_old: Annotated[bool, typer.Option("--all", help="Whatever is not in use.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be removed.")
    ] = False,
) -> None:
    """Remove what the local engine keeps of old sessions: photos, renders, timelines.

    Your own files stay where they are, and so do the current session and all that are in use.
    Pieces of films, kept so that the next export is quick, go with --pieces and --all.
    """
    from nemovideo.projects.setup import cleaning

    if all_old and (older_than or keep):
        raise UsageError("--all goes with neither --older-than nor --keep")
    if pieces and (all_old or older_than or keep):
        raise UsageError("--pieces goes with none of --older-than, --keep and --all")
    age_s = cleaning.parse_age(older_than) if older_than else None
    keep_bytes = cleaning.parse_size(keep) if keep else None
    if not (all_old or older_than or keep):
        age_s = cleaning.DEFAULT_AGE_S
    with context.workspace() as workspace:
        if pieces:
            plan = cleaning.plan_clearing(workspace)
        else:
            plan = cleaning.plan_cleaning(
                workspace, older_than_s=age_s, keep_bytes=keep_bytes, with_pieces=all_old
            )
        _show_plan(context, plan)
        if dry_run or (not plan.freed_bytes and not plan.removals):
            removed = plan.removals
        else:
            _ask(context, plan)
            removed = cleaning.clean(workspace, plan)
    freed = plan.piece_bytes + sum(removal.kept.size_bytes for removal in removed)
    context.output.document(
        {
            "dry_run": dry_run,
            "removed": [_document(removal) for removal in removed],
            "freed_bytes": freed,
            "kept_bytes": plan.storage.size_bytes - freed,
        }
    )
    _show_end(context, removed, freed, plan, is_dry=dry_run)


register = single("clean", clean, options=(*PLAIN, "yes"))


def _show_plan(context: CommandContext, plan: CleaningPlan) -> None:
    storage = plan.storage
    context.output.notice(
        f"The local engine keeps {format_bytes(storage.size_bytes)}"
        f" of {counted(len(storage.sessions), 'session')}."
    )
    for removal in plan.removals:
        day = datetime.fromtimestamp(removal.kept.used_at, UTC).astimezone()
        size = format_bytes(removal.kept.size_bytes)
        context.output.result(f"• {removal.name}  {day:%Y-%m-%d}  {size}")
    if plan.piece_bytes:
        context.output.result(f"• rendered pieces  {format_bytes(plan.piece_bytes)}")
    if plan.protected:
        kept = counted(plan.protected, "session")
        context.output.notice(f"Kept because they are current or in use: {kept}.")


def _ask(context: CommandContext, plan: CleaningPlan) -> None:
    what = f"{_named(len(plan.removals), plan)} ({format_bytes(plan.freed_bytes)})"
    if not context.confirm_or_leave(f"Remove {what} for good?"):
        raise UsageError("nothing was removed: that needs a yes", hint="Pass --yes to remove it.")


def _show_end(
    context: CommandContext,
    removed: Sequence[Removal],
    freed: int,
    plan: CleaningPlan,
    *,
    is_dry: bool,
) -> None:
    what = f"{_named(len(removed), plan)}, {format_bytes(freed)}"
    if not removed and not plan.piece_bytes:
        context.output.notice("There is nothing to remove.")
    elif is_dry:
        context.output.notice(f"Would be removed: {what}. Nothing was removed.")
    else:
        context.output.notice(f"Removed: {what}.")
    if len(removed) < len(plan.removals):
        context.output.notice("Some came into use meanwhile and stayed.")


def _named(sessions: int, plan: CleaningPlan) -> str:
    pieces = ["rendered pieces"] if plan.piece_bytes else []
    return " and ".join([counted(sessions, "session")] * bool(sessions) + pieces)


def _document(removal: Removal) -> dict[str, object]:
    kept = removal.kept
    used_at = datetime.fromtimestamp(kept.used_at, UTC).isoformat(timespec="seconds")
    return {
        "session_id": kept.session_id,
        "name": removal.name,
        "used_at": used_at,
        "bytes": kept.size_bytes,
    }
