"""Reasons and purposes that a sentence gives for its wish: "… because my sister hates it". Pure.

A reason is no wish: it is not read as one, and need not be called not understood. The wish may
stand before or behind it, and another may follow.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain

from nemovideo.editing.reading.items import VERBS, Item, Ref
from nemovideo.editing.reading.pieces import (
    begins_with_order,
    begins_with_verb,
    is_complaint,
    is_idle,
    is_meant_again,
    names_subject,
    pieces_of,
)

_LONGEST_LIST = 12
"""So many pieces a wish may have: "change the order to 5, 3, 1, 2, 4"."""
_COMMAS = (",", "，")
_PACES = ("speed-up", "slow-down")


def without_reason(
    items: Sequence[Item], is_wish: Callable[[Sequence[Item]], bool]
) -> tuple[list[Item], list[list[Item]]]:
    """Take the reason out of a sentence.

    Args:
        items: The sentence.
        is_wish: Whether items are understood as a wish.

    Returns:
        What is left to be read, and pieces that seem to be a wish but are joined to the reason.
    """
    for place, item in enumerate(items):
        if item.kind != "concept" or not item.has("reason", "purpose"):
            continue
        before, pieces = list(items[:place]), pieces_of(items[place + 1 :], is_free=False)
        comma = item._replace(kind="punct", value=",")
        is_whole = not pieces or pieces[0][0].kind == "punct" or pieces[0][0].has("and")
        if is_whole and not is_wish(before):
            continue  # "grandma can't hear it otherwise, …"
        if all(map(is_idle, before)):
            if item.has("reason") and (rest := _behind_comma(pieces)):
                return [*before, *rest], []
            continue
        if item.has("purpose") and (not is_wish(before) or _goes_on(pieces, 0, is_wish)):
            if not is_wish(before) and is_wish(pieces[0]):  # "it is tall, so don't crop it"
                return [*before, comma, *items[place + 1 :]], []
            continue
        begin = 0 if is_whole else 1
        first = next((n for n in range(begin, len(pieces)) if _goes_on(pieces, n, is_wish)), None)
        told = [] if is_whole else pieces[0]
        goal = [one._replace(role="to") for one in told if one.kind == "duration"]
        if item.has("goal") and any(one.has("fit-music") for one in told) and is_wish(told):
            before = _with_last(
                before, comma, told
            )  # "stretch it so that it ends when the song ends"
        elif goal and item.has("goal") and _says_bounds(told) and is_wish(told):
            before = _with_last(
                before, comma, told
            )  # "cut the clip so that it starts 4 seconds in"
        elif goal and item.has("goal") and is_wish([*before, *goal]):
            before = [*before, *goal]  # "shorten it so that it is 20 seconds long"
        elif goal and item.has("goal") and any(one.has(*_PACES) for one in before):
            before = _with_last(before, comma, told)  # "slow it down so that it lasts a minute"
        inner = pieces[begin if item.has("reason") or before[-len(told) :] == told else 0 : first]
        rest = [] if first is None else list(chain.from_iterable(pieces[first:]))
        rest, others = without_reason(rest, is_wish)
        return [*before, *rest], [*(piece for piece in inner if is_wish(piece)), *others]
    return list(items), []


def _with_last(wishes: Sequence[Item], comma: Item, told: Sequence[Item]) -> list[Item]:
    """Return wishes of which the last is said by what is told behind it."""
    earlier = pieces_of(wishes, is_free=False)[:-1]
    return [*chain.from_iterable(earlier), comma, *told] if earlier else list(told)


def _says_bounds(told: Sequence[Item]) -> bool:
    """Return whether it is told of clips where in them they begin or end."""
    return any(one.has("start", "end") for one in told) and any(
        isinstance(one.value, Ref) for one in told
    )


def _behind_comma(pieces: Sequence[Sequence[Item]]) -> list[Item]:
    """Return what follows a reason that stands first."""
    first = next((n for n, piece in enumerate(pieces) if n and piece[0].value in _COMMAS), None)
    return [] if first is None else list(chain.from_iterable(pieces[first:]))


def _goes_on(
    pieces: Sequence[Sequence[Item]], place: int, is_wish: Callable[[Sequence[Item]], bool]
) -> bool:
    """Return whether a wish begins with a piece behind a reason.

    It says what to do first; or, behind a pause, what it is about.
    """
    if place >= len(pieces):
        return False
    piece = [item for item in pieces[place] if not (item.kind == "punct" or item.has("and"))]
    told = next((n for n, item in enumerate(piece) if item.has("reason", "purpose")), len(piece))
    piece = piece[:told]
    first = next((item for item in piece if not item.has("filler") or item.has(*VERBS)), None)
    orders = (*VERBS, "add", "no", "mute", "title-it", "duck")
    is_named = first is not None and (first.has(*orders) or first.named("motion") is not None)
    is_told = is_named or begins_with_order(piece)
    if (
        is_told
        and begins_with_verb(piece)
        and any(
            is_wish([*piece, *chain.from_iterable(pieces[place + 1 : end])])
            for end in range(place + 1, min(len(pieces), place + _LONGEST_LIST) + 1)
        )
    ):
        return True
    is_of_itself = names_subject(piece) and not any(map(is_meant_again, piece))
    is_paused = place > 0 or pieces[0][0].has("and")
    return is_paused and is_of_itself and (is_complaint(piece) or is_wish(piece))
