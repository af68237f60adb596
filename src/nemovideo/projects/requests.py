"""What a user asks of `convert`, however they ask it: checked, and made into a plan.

Nothing is sent here; a dry run ends with what `prepare` returns.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from nemovideo._files import expand_home
from nemovideo.errors import UsageError
from nemovideo.projects._fitting import fit
from nemovideo.projects.choices import check_music_style, check_quality
from nemovideo.projects.conversion_plan import ConvertPlan, make_plan, with_music
from nemovideo.projects.inputs import Inputs, collect_inputs
from nemovideo.projects.made import films_made
from nemovideo.projects.ordering import in_order, parse_order
from nemovideo.projects.outputs import OutputTarget
from nemovideo.projects.places import Place
from nemovideo.projects.prompts import NO_MUSIC, VideoWishes, check_wishes
from nemovideo.projects.workspace import Workspace
from nemovideo.protocol.outputs import CLOUD_FORMATS, ENGINE_FORMATS


@dataclass(frozen=True)
class ConvertRequest:
    """The options of `convert`, as they were written."""

    paths: Sequence[str]
    duration: object = None
    prompt: str | None = None
    aspect: str | None = None
    title: str | None = None
    music: str | None = None
    transition: str | None = None
    quality: str = "high"
    name: str | None = None
    session_id: str | None = None
    is_exported: bool = True
    is_recursive: bool = False
    is_strict: bool = False
    keeps_metadata: bool = False
    order: str | None = None


@dataclass(frozen=True)
class Prepared:
    """All that is known of a conversion before anything is sent."""

    plan: ConvertPlan
    inputs: Inputs
    wishes: VideoWishes
    target: OutputTarget | None
    place: Place
    """Where the work will be done."""


def prepare(
    workspace: Workspace,
    request: ConvertRequest,
    choose_target: Callable[[Sequence[str]], OutputTarget],
    *,
    out: str | None = None,
    prefix: str = "",
) -> Prepared:
    """Check a request and make a plan of it.

    Args:
        workspace: Where to work; its journal is opened only for a session that is named.
        request: What is asked for.
        choose_target: Gives the file for the video, one of the formats that can be made.
        out: The name that the user gave the video; a folder's file of that name is left out.
        prefix: What stands before the names of options where they are told.

    Raises:
        UsageError: An option can't be what it is.
        NemoError: As `collect_inputs`, `with_music` and `choose_target` raise.
    """
    wishes = check_wishes(
        duration=request.duration,
        aspect=request.aspect,
        title=request.title,
        transition=request.transition,
        prefix=prefix,
    )
    quality = check_quality(request.quality, prefix=prefix)
    how = parse_order(request.order)
    made = films_made(workspace.settings.data_dir, expand_home(out) if out else None)
    inputs = collect_inputs(request.paths, is_recursive=request.is_recursive, made=made)
    inputs = in_order(inputs, how)
    inputs, wishes = with_music(inputs, wishes, request.music)
    inputs = fit(inputs, wishes.duration_s)
    session_id = request.session_id or workspace.project_session()
    place = workspace.place_of(session_id)
    check_music(wishes, place, prefix=prefix)
    target = None
    if request.is_exported:
        target = choose_target(ENGINE_FORMATS if place.is_local else CLOUD_FORMATS)
    plan = make_plan(
        inputs,
        wishes,
        target,
        prompt=request.prompt,
        is_order_named=workspace.settings.upload_concurrency > 1,
        session_id=session_id,
        name=request.name,
        format=target.format if target else "mp4",
        quality=quality,
        keeps_metadata=request.keeps_metadata,
        is_strict=request.is_strict,
    )
    return Prepared(plan, inputs, wishes, target, place)


def check_music(wishes: VideoWishes, place: Place, *, prefix: str = "") -> None:
    """Refuse a style that the engine on this machine does not have; the cloud takes any words.

    Raises:
        UsageError: It has none of that name.
    """
    if wishes.music in (None, NO_MUSIC) or wishes.is_music_file or not place.is_local:
        return
    assert wishes.music is not None
    if not wishes.music.strip():
        raise UsageError(f"{prefix}music is empty")
    check_music_style(wishes.music, prefix=prefix)
