"""Exact edits of a local session's timeline: all or none, in one turn."""

from __future__ import annotations

import json
from collections.abc import Sequence

from nemovideo.errors import UsageError
from nemovideo.projects.inputs.subtitles import resolve_subtitles
from nemovideo.projects.session.session import Session
from nemovideo.projects.turns import Answer, send_message


def parse_lines(text: str) -> list[object]:
    """Read edits as JSON: a list, one object, or an object a line.

    Raises:
        UsageError: It is no JSON; the message says where.
    """
    try:
        document = json.loads(text)
        return document if isinstance(document, list) else [document]
    except ValueError:
        pass
    edits = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                edits.append(json.loads(line))
            except ValueError as exc:
                raise UsageError(
                    f"line {number} is no JSON: {exc}",
                    hint="Give a list of edits, or one object a line; nemo edit --list shows them.",
                ) from exc
    return edits


def edit_timeline(session: Session, edits: Sequence[object]) -> Answer:
    """Apply edits as they stand.

    Raises:
        UsageError: The session lives in the cloud.
        InputError: An edit is none, or can't be made; nothing was changed.
    """
    from nemovideo.editing import parse_edits

    if not session.is_local:
        raise UsageError(
            "exact edits are for sessions on this machine",
            hint='In the cloud, say it in words: nemo chat "move the last photo to the front".',
        )
    if not edits:
        raise UsageError("there are no edits", hint="nemo edit --list shows what there is.")
    resolved = [resolve_subtitles(edit) for edit in edits]
    parse_edits(resolved)
    return send_message(session, json.dumps(resolved, ensure_ascii=False))
