"""Single steps that a message may ask for.

What an edit has no use for is loaded when it is needed: a turn is to feel instant.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from nemovideo.timeline import Timeline

if TYPE_CHECKING:
    from nemovideo.projects.chat._result import ChatPolicy, ResultBuilder
    from nemovideo.protocol.models import Credits


def export(builder: ResultBuilder, policy: ChatPolicy, text: str = "") -> None:
    """Render the timeline to where the policy says; the text may say what it is for."""
    from nemovideo.language import purpose_of
    from nemovideo.projects.exports.export import ExportWish

    wish = ExportWish(policy.choose_target, purpose=purpose_of(text))
    builder.export = builder.session.export(wish)


def upload(builder: ResultBuilder, names: Sequence[str]) -> None:
    """Upload what a message speaks of; only the session that it speaks of will do."""
    from nemovideo.projects.inputs.expansion import collect_inputs
    from nemovideo.projects.session.uploads import upload_inputs

    builder.add_files(upload_inputs(builder.session, collect_inputs(names)))


def read_draft(builder: ResultBuilder) -> None:
    """Read the timeline as it is now."""
    builder.draft = builder.session.draft()


def tell_timeline(builder: ResultBuilder) -> None:
    """Say what is on the timeline."""
    builder.say(Timeline.from_draft(builder.draft).summary())


def tell_credits(builder: ResultBuilder) -> None:
    """Say the balance."""
    builder.say(describe_credits(builder.session.client.credits.get()))


def describe_credits(balance: Credits) -> str:
    """Say a balance in words."""
    parts = [f"{balance.available:.12g} credits available"]
    if balance.frozen:
        parts.append(f"{balance.frozen:.12g} frozen")
    if balance.total is not None:
        parts.append(f"{balance.total:.12g} in total")
    return ", ".join(parts)
