"""What a user asks of `convert`, however they ask it: checked, and made into a plan.

Nothing is sent here; a dry run ends with what `prepare` returns.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from nemovideo._files import expand_home
from nemovideo.errors import UsageError
from nemovideo.projects.backends import Backend
from nemovideo.projects.choices import (
    check_aspect,
    check_captions,
    check_cut,
    check_duration,
    check_encoder,
    check_fps,
    check_max_size,
    check_music_style,
    check_purpose,
    check_quality,
    check_size,
    check_transition,
)
from nemovideo.projects.convert.options import ConvertRequest
from nemovideo.projects.convert.plan import ConvertPlan, make_plan, with_music
from nemovideo.projects.convert.prompts import NO_MUSIC, VideoWishes
from nemovideo.projects.exports.export import ChooseTarget
from nemovideo.projects.exports.outputs import OutputTarget
from nemovideo.projects.exports.purposes import check_length, export_options
from nemovideo.projects.finding import backend_of, project_session
from nemovideo.projects.inputs.expansion import Inputs, collect_inputs
from nemovideo.projects.inputs.fitting import fit
from nemovideo.projects.inputs.made import films_made
from nemovideo.projects.inputs.ordering import in_order, parse_order
from nemovideo.projects.inputs.songs import ANY_SONG, asks_for_any_song, with_song
from nemovideo.projects.workspace import Workspace
from nemovideo.protocol.outputs import CLOUD_FORMATS, ENGINE_FORMATS


@dataclass(frozen=True)
class Prepared:
    """All that is known of a conversion before anything is sent."""

    plan: ConvertPlan
    inputs: Inputs
    wishes: VideoWishes
    target: OutputTarget | None
    backend: Backend
    """Where the work will be done."""


def prepare(
    workspace: Workspace,
    request: ConvertRequest,
    choose_target: ChooseTarget,
    *,
    out: str | None = None,
    prefix: str = "",
) -> Prepared:
    """Check a request and make a plan of it.

    The journal is opened only for a session that is named. A folder's file that is called as the
    video is to be (`out`) is left out; the prefix stands before the names of options where they are
    told.

    Raises:
        UsageError: An option can't be what it is.
        NemoError: As `collect_inputs`, `with_music` and `choose_target` raise.
    """
    defaults = workspace.settings.convert_defaults
    if defaults:
        named = f"{workspace.settings.project_file}: convert."
        wishes_of(ConvertRequest.of(defaults), prefix=named)
        check_quality(defaults.get("quality"), is_local=True, prefix=named)
        check_encoder(defaults.get("encoder"), is_local=True, prefix=named)
        parse_order(defaults.get("order"), prefix=named)
    request = request.with_defaults(defaults)
    session_id = request.session_id or project_session(workspace)
    how = parse_order(request.order, prefix=prefix)

    def collect() -> Inputs:
        made = films_made(workspace.settings.data_dir, expand_home(out) if out else None)
        found = collect_inputs(request.paths, is_recursive=request.is_recursive, made=made)
        return in_order(found, how)

    return prepare_at(
        workspace,
        backend_of(workspace, session_id),
        replace(request, session_id=session_id),
        collect,
        choose_target,
        prefix=prefix,
    )


def prepare_at(
    workspace: Workspace,
    backend: Backend,
    request: ConvertRequest,
    collect: Callable[[], Inputs],
    choose_target: ChooseTarget,
    *,
    prefix: str = "",
    **choices: Any,
) -> Prepared:
    """Check a request by what can be done at a backend, and make a plan of it.

    The files are collected, in their order, once the wishes are checked. The choices are other
    fields of `ConvertPlan`. Raises as `prepare` does.
    """
    request, notes = with_preset(request, backend, prefix=prefix)
    wishes = wishes_of(request, prefix=prefix)
    music, prompt = request.music, request.prompt
    is_any = music is None and prompt is not None and asks_for_any_song(prompt)
    music = ANY_SONG if is_any else music
    inputs, wishes = with_music(collect(), wishes, music, workspace.settings.music_dir)
    if is_any and prompt is not None and wishes.music is not None:
        prompt = with_song(prompt, Path(wishes.music))
    inputs = fit(inputs, wishes.duration_s)
    if wishes.captions == "place" and not (backend.is_local or request.keeps_metadata):
        notes = (*notes, "Photos go to the cloud without their place; --keep-metadata leaves it.")
    inputs = replace(inputs, notes=(*inputs.notes, *notes))
    quality = check_quality(request.quality, is_local=backend.is_local, prefix=prefix)
    max_bytes = check_max_size(request.max_size, is_local=backend.is_local, prefix=prefix)
    encoder = check_encoder(request.encoder, is_local=backend.is_local, prefix=prefix)
    check_music(wishes, backend, prefix=prefix)
    target = None
    if request.is_exported:
        target = choose_target(ENGINE_FORMATS if backend.is_local else CLOUD_FORMATS)
    plan = make_plan(
        inputs,
        wishes,
        target,
        prompt=prompt,
        is_order_named=workspace.settings.upload_concurrency > 1,
        session_id=request.session_id,
        name=request.name,
        format=target.format if target else "mp4",
        quality=quality,
        max_bytes=max_bytes,
        encoder=encoder,
        keeps_metadata=request.keeps_metadata,
        is_strict=request.is_strict,
        **choices,
    )
    return Prepared(plan, inputs, wishes, target, backend)


def with_preset(
    request: ConvertRequest, backend: Backend, *, prefix: str = ""
) -> tuple[ConvertRequest, tuple[str, ...]]:
    """Return a request with the options of what it is for, and what of them can't be had.

    Raises:
        UsageError: There is no such preset, or the video would be too long for it.
    """
    purpose = check_purpose(request.purpose, prefix=prefix)
    if purpose is None:
        return request, ()
    duration_s = check_duration(request.duration, prefix=prefix)
    if duration_s is not None:
        check_length(purpose, duration_s)
    options, notes = export_options(purpose, is_local=backend.is_local)
    return request.with_defaults(options), notes


def wishes_of(request: ConvertRequest, *, prefix: str = "") -> VideoWishes:
    """Read what a request wishes of the film; its music may be a style or a file.

    Raises:
        UsageError: A wish can't be; the list of those that can is told.
    """
    if request.prompt is not None and not request.prompt.strip():
        raise UsageError(f"{prefix}prompt is empty")
    return VideoWishes(
        duration_s=check_duration(request.duration, prefix=prefix),
        aspect=check_aspect(request.aspect, prefix=prefix),
        size=check_size(request.size, prefix=prefix),
        fps=check_fps(request.fps, prefix=prefix),
        title=request.title or None,
        is_cut_to_beat=check_cut(request.cut, prefix=prefix),
        captions=check_captions(request.captions, prefix=prefix),
        music=request.music,
        transition=check_transition(request.transition, prefix=prefix),
    )


def check_music(wishes: VideoWishes, backend: Backend, *, prefix: str = "") -> None:
    """Refuse a style that the engine on this machine does not have; the cloud takes any words.

    Raises:
        UsageError: It has none of that name.
    """
    if wishes.music in (None, NO_MUSIC) or wishes.is_music_file or not backend.is_local:
        return
    assert wishes.music is not None
    if not wishes.music.strip():
        raise UsageError(f"{prefix}music is empty")
    check_music_style(wishes.music, prefix=prefix)
