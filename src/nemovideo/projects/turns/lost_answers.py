"""What the state tells of a message whose answer did not come."""

from __future__ import annotations

from nemovideo.errors import StreamTimeoutError
from nemovideo.projects.session import Session
from nemovideo.projects.turns._entry import UNCLEAR
from nemovideo.protocol.draft import Draft
from nemovideo.timeline import Change, find_changes


def await_change(
    session: Session, before: Draft | None, *, waited_s: float = 0.0
) -> tuple[Change, ...]:
    """Read the state until it differs from what it was, as often as the settings allow.

    The message left `waited_s` ago; the first read waits so much less.

    Raises:
        StreamTimeoutError: It never did.
    """
    workspace, settings = session.workspace, session.workspace.settings
    workspace.reporter.notice("The answer broke off; reading the timeline instead…")
    wait_s = max(settings.recover_wait - waited_s, 0.0)
    for _ in range(settings.recover_tries):
        workspace.sleep(wait_s)
        wait_s = settings.recover_interval
        try:
            changes = find_changes(before, session.draft())
        except UNCLEAR:
            # What broke the answer off may last; the next read can be luckier.
            continue
        if changes:
            return changes
    raise StreamTimeoutError(
        "the agent's answer broke off and the timeline has not changed since",
        hint="The message was not sent again. Look at `nemo status` in a while, then ask again.",
    )
