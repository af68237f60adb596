"""Single steps that a message may ask for.

What an edit has no use for is loaded when it is needed: a turn is to feel instant.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from nemovideo.timeline import Timeline

if TYPE_CHECKING:
    from nemovideo.projects.chat._result import ChatPolicy, ResultBuilder
    from nemovideo.projects.inputs.made import Films
    from nemovideo.projects.workspace import Workspace
    from nemovideo.protocol.models import Credits


def export(workspace: Workspace, builder: ResultBuilder, policy: ChatPolicy) -> None:
    """Render the timeline to where the user wants it."""
    from nemovideo.projects.exports.here import export_where_asked, formats_of

    target = policy.choose_target(formats_of(workspace, builder.session))
    builder.export = export_where_asked(workspace, builder.session, target)


def upload(
    workspace: Workspace, builder: ResultBuilder, names: Sequence[str], made: Films | None = None
) -> None:
    """Upload what paths and patterns name."""
    from nemovideo.projects.inputs.expansion import collect_inputs
    from nemovideo.projects.session.uploads import upload_inputs

    inputs = collect_inputs(names, made=made)
    builder.add_files(upload_inputs(workspace, builder.session, inputs))


def read_draft(workspace: Workspace, builder: ResultBuilder) -> None:
    """Read the timeline as it is now."""
    session = builder.session
    builder.draft = workspace.client(session.place).state.get(session.session_id).draft


def tell_timeline(builder: ResultBuilder) -> None:
    """Say what is on the timeline."""
    builder.say(Timeline.from_draft(builder.draft).summary())


def tell_credits(workspace: Workspace, builder: ResultBuilder) -> None:
    """Say the balance."""
    builder.say(describe_credits(workspace.client(builder.session.place).credits.get()))


def describe_credits(balance: Credits) -> str:
    """Say a balance in words."""
    parts = [f"{balance.available:.12g} credits available"]
    if balance.frozen:
        parts.append(f"{balance.frozen:.12g} frozen")
    if balance.total is not None:
        parts.append(f"{balance.total:.12g} in total")
    return ", ".join(parts)
