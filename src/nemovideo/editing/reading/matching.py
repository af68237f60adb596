"""What frame a clause fills, and how pieces are joined to clauses. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from nemovideo.editing.model import Edit, EditError, HistoryStep
from nemovideo.editing.reading.items import VERBS, Item, Ref, Scene
from nemovideo.editing.reading.pieces import (
    is_idle,
    is_meant_again,
    is_value,
    names_subject,
    pieces_of,
    says_more_of,
    subject_of,
    target_of,
)
from nemovideo.editing.reading.result import is_about_all
from nemovideo.editing.said.filling import Filler, Outcome, called
from nemovideo.editing.said.frames import Said
from nemovideo.editing.said.unclear import UnclearError
from nemovideo.editing.sound import SetMusic

_NOT_POSSIBLE = 0.4
"""What an item counts of a wish that can't be done: less than half, so that of two pieces that can
only be joined to such a wish the one that is understood alone stands."""
_MOST_PIECES = 10
"""So many pieces between conjunctions one wish may run over."""
_MOST_UNDERSTOOD = 4
"""So many of them may be understood alone: "fade the music in, 2 s, fade it out, 4 s"."""
_DOING = VERBS - {"make"}
_MOST_DOING = 2
"""So many of them may say what to do: "cut 2 s off the start, and cut 1 s off the end"."""


@dataclass(frozen=True)
class Match:
    """What a clause says, and what it says it of."""

    said: Said
    items: Sequence[Item]
    count: int
    """How many of the items are the clause's own, not taken over from another."""
    verbs: tuple[Item, ...] = ()
    target: Item | None = None
    subject: Item | None = None
    """The music or the words that it is about."""


class Matcher:
    """Finds the frames that the clauses of one sentence fill.

    Args:
        scene: The timeline before the message.
        filler: Of the message.
        is_first_cut: Whether the message asks for a video to be made; may turn out later.
    """

    def __init__(self, scene: Scene, filler: Filler, *, is_first_cut: bool) -> None:
        self.scene = scene
        self.is_first_cut = is_first_cut
        self._filler = filler

    def best_cover(self, pieces: Sequence[Sequence[Item]], is_alone: bool) -> list[tuple[int, int]]:
        """Return how to join pieces to clauses so that the most is understood."""
        if len(pieces) == 1:
            return [(0, 1)]
        best: list[tuple[float, int]] = [(0.0, 0)]
        """How much of the first pieces is understood at most, and where the last clause begins."""
        scores = [self.score(piece, is_alone) for piece in pieces]
        reach = _reach(pieces, scores)
        begins = [False, *(_begins_another(*both) for both in pairwise(pieces))]
        are_numbers = [all(map(_is_of_list, piece)) for piece in pieces]
        for end in range(1, len(pieces) + 1):
            options = []
            for start in range(reach[end - 1], end - 1):
                if all(are_numbers[start:end]):
                    continue  # a mere list of numbers says nothing
                if any(begins[start + 1 : end]):
                    continue  # another wish begins within
                score = self.score([*chain.from_iterable(pieces[start:end])], is_alone)
                if score == 0 or self._loses(pieces[start:end], is_alone):
                    continue
                options.append((best[start][0] + score - 0.01 - _leads(pieces[start]), start))
            options.append((best[end - 1][0] + scores[end - 1] - 0.01, end - 1))
            best.append(max(options, key=lambda option: option[0]))
        cuts, end = [], len(pieces)
        while end:
            cuts.append((best[end][1], end))
            end = best[end][1]
        return cuts[::-1]

    def _loses(self, pieces: Sequence[Sequence[Item]], is_alone: bool) -> bool:
        """Return whether pieces say more, parted somewhere, than they do together."""
        return any(
            self._says_more(pieces[:cut], pieces[cut:], is_alone) for cut in range(1, len(pieces))
        )

    def _says_more(
        self, first: Sequence[Sequence[Item]], second: Sequence[Sequence[Item]], is_alone: bool
    ) -> bool:
        parts = [list(chain.from_iterable(pieces)) for pieces in (first, second)]
        try:
            whole = self.match([*parts[0], *parts[1]], is_alone)
            each = [self.match(part, is_alone) for part in parts]
        except (EditError, UnclearError):
            return False
        found = [edit for match in each if match for edit in _edits(match.said)]
        joined = [] if whole is None else _edits(whole.said)
        if not all(each):
            return False
        if says_more_of(second[0]) or is_value(first[-1]):
            return len(found) > len(joined) and all(edit in found for edit in joined)
        return not all(any(is_about_all(one, edit) for one in joined) for edit in found)

    def is_wish(self, items: Sequence[Item], is_alone: bool) -> bool:
        """Return whether something of it is understood, whatever the rest is."""
        pieces = pieces_of(items, is_free=False)
        parts = self.best_cover(pieces, is_alone)
        return any(
            self.score([item for piece in pieces[start:end] for item in piece], is_alone)
            for start, end in parts
        )

    def score(self, part: Sequence[Item], is_alone: bool) -> float:
        """Return how much of a clause is understood: 0 when it is no wish."""
        found = self._fill(part, is_alone)
        if isinstance(found, EditError):
            return len(part) * _NOT_POSSIBLE
        return len(part) if found else 0

    def match(
        self, part: Sequence[Item], is_alone: bool, extra: Sequence[Item] = ()
    ) -> Match | None:
        """Return the frame that a clause fills; what was found once is remembered.

        Args:
            part: The clause.
            is_alone: Whether nothing else is said.
            extra: What it takes over from the clause before, to stand in front of it.

        Raises:
            EditError: It is understood but can't be done.
            UnclearError: It may mean one of several clips, or words.
        """
        items = (*extra, *part)
        found = self._fill(items, is_alone)
        if isinstance(found, Exception):
            raise found.with_traceback(None)
        return found and _matched(found.again(), items, found.taken, len(part))

    def _fill(self, items: Sequence[Item], is_alone: bool) -> Outcome:
        return self._filler.fill(items, is_alone=is_alone, is_first_cut=self.is_first_cut)


def _reach(pieces: Sequence[Sequence[Item]], scores: Sequence[float]) -> list[int]:
    """Return for each piece from which one on all up to it may be one wish.

    Args:
        pieces: Of a sentence.
        scores: How much of each is understood by itself.
    """
    are_understood = [score > 0 for score in scores]
    do = [_says_what_to_do(piece) for piece in pieces]
    are_whole = [
        score > 0 and _names_clips(piece) for piece, score in zip(pieces, scores, strict=True)
    ]
    are_strange = [any(item.kind == "word" for item in piece) for piece in pieces]
    reach: list[int] = []
    for last in range(len(pieces)):
        understood = doing = whole = 0
        first = last
        for start in range(last, max(-1, last - _MOST_PIECES), -1):
            understood += are_understood[start]
            doing += do[start]
            whole += are_whole[start]
            is_too_much = understood > _MOST_UNDERSTOOD or doing > _MOST_DOING or whole > 1
            if are_strange[start] or is_too_much:
                break
            first = start
        reach.append(first)
    return reach


def _leads(piece: Sequence[Item]) -> float:
    """Return how little a clause is liked that begins with an amount: it is of what is before."""
    return 0.005 if is_value(piece) else 0.0


def _begins_another(before: Sequence[Item], piece: Sequence[Item]) -> bool:
    """Return whether a piece says what to do to what, in words that the one before has not."""
    if piece[0].has("polite-question") and any(item.has("states") for item in before):
        return True  # "the lake is dark, could you brighten it"
    first = next((item for item in piece if not is_idle(item)), None)
    is_named = first is not None and (first.has(*_DOING) or first.kind in ("clips", "captions"))
    if not (is_named and _says_what_to_do(piece) and names_subject(piece)):
        return False
    if any(map(is_meant_again, piece)):
        return False
    return _calls_of(before).isdisjoint(_calls_of(piece))


def _calls_of(piece: Sequence[Item]) -> frozenset[int]:
    """Return the places of the frames that the words of a piece call."""
    return frozenset().union(
        *(called("concept", item.concepts) for item in piece if item.kind == "concept")
    )


def _says_what_to_do(piece: Sequence[Item]) -> bool:
    return any(item.kind == "concept" and item.has(*_DOING) for item in piece)


def _is_of_list(item: Item) -> bool:
    """Return whether an item is a number, or what stands between two."""
    return item.kind in ("number", "punct") or item.concepts == {"and", "number-joint"}


def _names_clips(piece: Sequence[Item]) -> bool:
    return any(isinstance(item.value, Ref) and not item.value.is_it for item in piece)


def _edits(said: Said) -> Sequence[Edit]:
    return () if isinstance(said, HistoryStep) else said


def _matched(said: Said, items: Sequence[Item], places: Collection[int], count: int) -> Match:
    taken = [item for place, item in enumerate(items) if place in places]
    verbs = tuple(item for item in taken if item.kind == "concept" and item.role is None)
    subject = subject_of(taken)
    if subject is None and isinstance(said, list) and any(isinstance(e, SetMusic) for e in said):
        subject = Item("concept", 0, 0, concepts=frozenset(("music",)))  # named by its file
    return Match(said, items, count, verbs, target_of(taken), subject)
