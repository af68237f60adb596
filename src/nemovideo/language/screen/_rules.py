"""Which clauses tell the user to use a screen, told from tokens: small functions each. Pure.

The words stand in ``screen/*.toml``, one lexicon a language. No word of any language stands here.
A clause is given as the tokens from its verb on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from nemovideo.language.actions import ActionKind
from nemovideo.language.tokens import Token

Tokens = Sequence[Token]
_PAUSES = ",.;:!?，。；：！？、…"


def find(tokens: Tokens, start: int, reach: int, *concepts: str) -> int | None:
    """Return where a concept stands, at a place or at most `reach` tokens behind it."""
    for at in range(start, min(start + reach + 1, len(tokens))):
        if tokens[at].has(*concepts):
            return at
    return None


def is_named(token: Token) -> bool:
    """Return whether it is a name: quoted, a file, or written with a capital."""
    return token.kind in ("text", "file") or token.raw[:1].isupper()


def is_about_credits(tokens: Tokens) -> bool:
    """Return whether a clause sends the user to the account: "check your billing page"."""
    first = tokens[0]
    if first.has("pay-more") and find(tokens, 1, 1, "plan") is not None:
        return True
    return first.has("look-up") and find(tokens, 1, 4, "account") is not None


def is_drag(tokens: Tokens) -> bool:
    """Return whether something is to be dragged: "drag the clip to the start"."""
    first, *rest = tokens
    if first.has("drag-drop"):
        return True
    if first.has("drag") and rest and (rest[0].has("thing") or rest[0].kind in ("text", "file")):
        return not (len(rest) > 1 and rest[1].has("level"))
    if first.has("takes"):
        return find(tokens, 1, 12, "pulls") is not None
    return first.has("adjust") and find(tokens, 2, 6, "by-dragging") is not None


def is_control(tokens: Tokens) -> bool:
    """Return whether a control is to be moved: "set the volume slider to 40%"."""
    first = tokens[0]
    if first.has("takes"):
        at = find(tokens, 1, 12, "control")
        return at is not None and find(tokens, at + 1, 2, "sets") is not None
    if first.has("move-bare"):
        return find(tokens, 1, 6, "control") is not None
    if not first.has("move") or len(tokens) < 3 or not tokens[1].has("own", "thing"):
        return False
    at = find(tokens, 2, 4, "control")
    if at is not None and (first.has("slide") or _is_amount(tokens[at + 1 :])):
        return True
    return first.has("slide") and any(_is_amount(tokens[place:]) for place in range(3, 6))


def _is_amount(tokens: Tokens) -> bool:
    """Return whether a clause goes on with how far: "down to 20%", "until", "up" at its end."""
    at = 0
    while at < len(tokens) and tokens[at].has("direction", "degree"):
        at += 1
    if at == len(tokens):
        return at > 0
    if not tokens[at].has("towards"):
        return tokens[at].has("until")
    at += 1
    while at < len(tokens) and tokens[at].has("about"):
        at += 1
    if at == len(tokens):
        return False
    return tokens[at].has("amount") or tokens[at].kind not in ("word", "punct", "file")


def is_click(tokens: Tokens) -> bool:
    """Return whether something is to be clicked: "click Export", "tap the play icon"."""
    first, *rest = tokens
    if first.has("clicks") or _chooses_in_list(tokens):
        return True
    if first.has("click"):
        return not rest or _is_clicked(rest)
    if first.has("press") and _is_pressed(first, rest):
        return True
    if first.has("names-capital") and rest and is_named(rest[0]):
        return True
    if first.has("choose", "find") and find(tokens, 1, 5, "button") is not None:
        return True
    return first.has("adjust") and find(tokens, 2, 6, "by-clicking") is not None


def _is_clicked(rest: Tokens) -> bool:
    first = rest[0]
    if first.has("clicked", "key") or is_named(first):
        return True
    is_sign = first.kind == "punct" and first.raw not in _PAUSES
    return is_sign or find(rest, 1, 3, "button") is not None


def _is_pressed(verb: Token, rest: Tokens) -> bool:
    at = 0
    while at < len(rest) and rest[at].has("article"):
        at += 1
    if at == len(rest):
        return False
    if rest[at].kind == "text" and not verb.has("use"):
        return True
    if find(rest, at + 1, 3, "button") is not None:
        return True
    behind = rest[at + 1 : at + 3]
    goes_on = bool(behind) and (
        behind[0].has("own") or (behind[0].has("towards") and behind[-1].has("own"))
    )
    return rest[at].has("key") and not goes_on


def _chooses_in_list(tokens: Tokens) -> bool:
    """Return whether one of a list is to be chosen: "choose a song from the Audio panel"."""
    listed = find(tokens, 0, 3, "list-panel")
    if listed is not None and find(tokens, listed + 1, 3, "choose-there") is not None:
        return True
    at = find(tokens, 2, 5, "within") if tokens[0].has("choose") else None
    if at is None or at + 1 >= len(tokens) or not tokens[at + 1].has("own"):
        return False
    return find(tokens, at + 2, 3, "panel", "list") is not None


def is_preview(tokens: Tokens) -> bool:
    """Return whether the film is to be watched on the screen: "preview it in the timeline"."""
    first, *rest = tokens
    if first.has("preview") and rest and rest[0].has("whole"):
        return True
    looks = first.has("look-through") and rest and rest[0].has("own")
    if looks and find(rest, 1, 1, "looked-through") is not None:
        return True
    if first.has("watch"):
        return any(_is_in_viewer(tokens, at) for at in range(1, min(7, len(tokens))))
    shown = find(tokens, 0, 3, "screen-viewer")
    if first.has("watch-there"):
        return shown is not None and not any(token.has("of") for token in tokens[:shown])
    if shown is not None and find(tokens, shown + 1, 3, "watch-there") is not None:
        return True
    end = 2 if len(tokens) > 1 and tokens[1].has("previewed") else 1
    return first.has("preview-alone") and len(tokens) == end


def _is_in_viewer(tokens: Tokens, at: int) -> bool:
    if not tokens[at].has("in-viewer"):
        return False
    is_own = at + 1 < len(tokens) and tokens[at + 1].has("own")
    return find(tokens, at + 1 + is_own, 1, "viewer") is not None


def is_open(tokens: Tokens) -> bool:
    """Return whether a part of the screen is to be opened: "go to the Text tab"."""
    first = tokens[0]
    if first.has("open") and find(tokens, 1, 5, "panel") is not None:
        return True
    is_going = first.has("go") and len(tokens) > 2 and tokens[1].has("own")
    return is_going and find(tokens, 2, 2, "place") is not None


def is_export(tokens: Tokens) -> bool:
    """Return whether the film is to be exported: "export the video", "save your video"."""
    first, *rest = tokens
    if first.has("export-now"):
        return not rest or rest[0].has("behind-export")
    if first.has("go-out"):
        at = 1 if rest and rest[0].has("own") else 0
        return at < len(rest) and rest[at].has("export-now")
    if first.has("hand-out"):
        return bool(rest) and (rest[0].has("it") or film_at(rest, 0) is not None)
    if first.has("export-there"):
        is_done = any(token.has("is-done") for token in rest)
        is_at_end = len(rest) == 1 and rest[0].has("ends")
        is_meant = not rest or is_at_end or rest[0].has("exported") or rest[0].kind == "text"
        return is_meant and not is_done
    return first.has("keep-there") and (not rest or rest[0].has("kept"))


def film_at(tokens: Tokens, at: int) -> int | None:
    """Return the end of "the final video" at a place; None where it is not."""
    if at >= len(tokens) or not tokens[at].has("own"):
        return None
    at += 1
    while at < len(tokens) and tokens[at].has("final"):
        at += 1
    return at + 1 if at < len(tokens) and tokens[at].has("film") else None


def points_at_export(tokens: Tokens) -> bool:
    """Return whether it is told where the way out is: "the Export button is at the top right"."""
    if any(token.has("graphic") for token in tokens):
        return False
    has_button = any(
        token.has("export-now", "export-there") and after.has("button", "panel")
        for token, after in pairwise(tokens)
    )
    return has_button and (_tells_where(tokens) or any(token.has("stands") for token in tokens))


def _tells_where(tokens: Tokens) -> bool:
    for at, token in enumerate(tokens[:-1]):
        behind = tokens[at + 1 :]
        if token.has("you") and behind[0].has("shown"):
            return True
        if token.has("where") and find(behind, 0, 1, "corner") is not None:
            return True
    return False


def is_step(tokens: Tokens) -> bool:
    """Return whether a clause goes on after an instruction, or stands between two."""
    first = tokens[0]
    if first.has("step"):
        return True
    end = 1 if first.has("result") else film_at(tokens, 0)
    if end is None or end >= len(tokens):
        return False
    if end == 1 and tokens[1].has("begins-result"):
        return True
    behind = tokens[end + 1 : end + 3]
    is_fact = bool(behind) and (
        behind[0].has("have") or (behind[0].has("be") and behind[-1].kind != "word")
    )
    return tokens[end].has("will") and not is_fact


def is_more_of_it(tokens: Tokens) -> bool:
    """Return whether one more part of the screen is named, without a verb: "or the Audio panel"."""
    if not tokens[0].has("goes-on"):
        return False
    at = 1
    while at < len(tokens) and tokens[at].has("within", "own"):
        at += 1
    found = find(tokens, at + 1, 2, "panel", "button")
    if found is None:
        return False
    return found == len(tokens) - 1 or tokens[found + 1].has("for-what")


def kind_of_name(tokens: Tokens) -> ActionKind:
    """Return which action a button of this name stands for."""
    for first, after in zip(tokens[:2], (*tokens[1:], None), strict=False):
        if first.has("export") and not (after and after.has("settings")):
            return "export"
    if tokens and (tokens[0].has("play") or any(token.raw in "▶►⏵" for token in tokens)):
        return "timeline"
    return "credits" if any(token.has("account-name") for token in tokens) else "click"


RULES: tuple[tuple[ActionKind, Callable[[Tokens], bool]], ...] = (
    ("credits", is_about_credits),
    ("edit", is_drag),
    ("edit", is_control),
    ("click", is_click),
    ("timeline", is_preview),
    ("state", is_open),
    ("export", is_export),
)
"""What a clause asks for, by the first rule that holds."""
