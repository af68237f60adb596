"""Which frame a clause fills. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from nemovideo.editing.model import EditError, HistoryStep
from nemovideo.editing.reading.items import Item, Scene
from nemovideo.editing.reading.pieces import is_statement
from nemovideo.editing.said import FRAMES
from nemovideo.editing.said.clause import Clause
from nemovideo.editing.said.frames import Said
from nemovideo.editing.said.unclear import UnclearError


class Filled(NamedTuple):
    """What a clause says, and which of its items say so."""

    said: Said
    taken: frozenset[int]

    def again(self) -> Said:
        """Return what it says for one more clause, which can be taken back by itself."""
        if isinstance(self.said, HistoryStep):
            return self.said
        return [edit.model_copy() for edit in self.said]


Outcome = Filled | EditError | UnclearError | None
"""Of a clause: what it says, why that can't be done or known, or that it is no wish."""


class Filler:
    """Finds the frames that clauses fill, and remembers them: a long message repeats itself.

    Args:
        scene: The timeline before the message.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._found: dict[tuple[object, ...], tuple[Sequence[Item], Outcome]] = {}
        self._numbers: dict[int, int] = {}
        self._seen: dict[object, int] = {}
        self._kept: list[Item] = []

    def fill(self, items: Sequence[Item], *, is_alone: bool, is_first_cut: bool) -> Outcome:
        """Return what a clause says.

        Args:
            items: The clause.
            is_alone: Whether nothing else is said.
            is_first_cut: Whether the message asks for a video to be made.
        """
        if any(item.kind == "word" for item in items):
            return None  # no frame has a place for an unknown word
        numbers, first = self._numbers, items[0].start if items else 0
        key = (
            is_alone,
            is_first_cut,
            *[numbers.get(id(item)) or self._number(item) for item in items],
            *[item.start - first for item in items],
        )
        if key not in self._found:
            clause = Clause(items, self._scene, is_alone, is_first_cut)
            self._found[key] = items, _first_filled(clause)
        before, found = self._found[key]
        if isinstance(found, UnclearError):
            place = next(n for n, item in enumerate(before) if item is found.item)
            return UnclearError(items[place], found.places)
        return found

    def _number(self, item: Item) -> int:
        """Return the number of all items that say the same, wherever they stand."""
        self._kept.append(item)  # else an item made for one try leaves its id to another
        said = (item.kind, item.raw, item.concepts, item.value, item.role, item.is_known)
        number = self._seen.setdefault(said, len(self._seen) + 1)
        self._numbers[id(item)] = number
        return number


def _first_filled(whole: Clause) -> Outcome:
    if is_statement(whole.items):
        return None
    numbers = set().union(*(called(item.kind, item.concepts) for item in whole.items))
    problem: EditError | UnclearError | None = None
    for number in sorted(numbers):
        clause = whole.untouched()
        try:
            said = FRAMES[number].build(clause)
        except (EditError, UnclearError) as exc:
            problem = problem or exc
            continue
        except ValueError:
            continue
        if said is not None and not clause.rest:
            return Filled(said, frozenset(clause.taken))
    return problem


def _by_call() -> dict[str, list[int]]:
    """Return the places of the frames that each concept or kind of item calls."""
    found: dict[str, list[int]] = {}
    for number, frame in enumerate(FRAMES):
        for name in frame.calls:
            found.setdefault(name, []).append(number)
    return found


_BY_CALL = _by_call()


@lru_cache(maxsize=4096)
def called(kind: str, concepts: frozenset[str]) -> frozenset[int]:
    """Return the places of the frames that an item calls: by its kind, concepts and families."""
    names = {kind}
    if kind == "concept":
        names |= concepts
        names |= {f"{concept.partition(':')[0]}-name" for concept in concepts if ":" in concept}
    return frozenset(number for name in names for number in _BY_CALL.get(name, ()))
