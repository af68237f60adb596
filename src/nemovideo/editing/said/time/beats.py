"""How it is said that pictures follow the beat."""

from __future__ import annotations

from nemovideo.editing.rhythm import CutToBeat
from nemovideo.editing.said.clause import Clause
from nemovideo.editing.said.frames import Said, frame


@frame("to-beat")
def cut_to_beat(clause: Clause) -> Said | None:
    """Cut to the beat; make the photos change on the beat."""
    clause.take("to-beat")
    clause.take("cut", "music", "transition", "video", "replace", "fit", "add", "move", "swap")
    clause.take("come", "each", "all", "lasting", "background")
    ref = clause.ref()
    if ref is not None and not (ref.is_all or ref.is_it or ref.is_each or ref.is_bare):
        return None
    return [CutToBeat()]
