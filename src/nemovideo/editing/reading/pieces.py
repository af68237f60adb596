"""Items cut to sentences and pieces, and what a piece is about. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nemovideo.editing.reading.items import VERBS, Item, Ref

ENDS = ".!?;。！？；\n…"
QUESTION_MARKS = ("?", "？", "¿")
_SOFT = (",", "，", "、", ":", "：")
_FAMILIES = ("shape", "style", "transition", "lines", "look")
OWN_TARGET = (
    "background",
    "video",
    "of-video",
    "music",
    "volume",
    "title",
    "transition",
    "shape",
    "order",
    "start-over",
    "total",
)


_LEADS = (
    "with",
    "for",
    "from",
    "to",
    "in",
    "on",
    "at",
    "of",
    "until",
    "by",
    "over",
    "only",
    "except",
)
"""What a piece begins with that says more of the one before: "…, only on the beach"."""
_WISHING = (
    *VERBS,
    *("add", "filler-verb", "polite-question", "not-want", "fade", "duck", "crop", "focus"),
)
"""Concepts of which one must be there for a wish when something is said to be so."""


def sentences_of(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Cut at the ends of sentences, and at words after which something new begins.

    What follows a condition belongs to it: "if it is too long, then drop the clip".
    """
    sentence: list[Item] = []
    is_asked = False
    for place, item in enumerate(items):
        is_end = item.kind == "punct" and item.value in ENDS
        is_turn = item.kind == "concept" and item.has("then", "but") and not item.has("except")
        is_asked = is_asked or is_question_mark(item)
        if is_turn and (is_asked or _goes_on_listing(items[place:])):
            is_turn = False  # ¿…, luego …?
        if is_turn and sentence and not is_condition(sentence):
            yield sentence
            sentence = []
            continue
        sentence.append(item)
        if is_end:
            yield sentence
            sentence, is_asked = [], False
    if sentence:
        yield sentence


def _goes_on_listing(items: Sequence[Item]) -> bool:
    """Return whether "then" only names the next clip of a list: "the lake, then the beach"."""
    rest: list[Item] = []
    for item in items[1:]:
        if item.kind == "punct" or item.has("then", "but"):
            break
        rest.append(item)
    named = [
        item
        for item in rest
        if item.kind == "file" or (isinstance(item.value, Ref) and not item.value.is_it)
    ]
    refs = [item.value for item in named if isinstance(item.value, Ref)]
    is_placed = len(refs) > 1 and refs[-1].is_ordinal and not refs[-1].noun  # "put the party last"
    return bool(named) and not is_placed and all(item in named or is_idle(item) for item in rest)


def is_condition(sentence: Sequence[Item]) -> bool:
    """Return whether a sentence says under which condition something shall be."""
    return any(item.kind == "concept" and item.has("if") for item in sentence)


def pieces_of(items: Sequence[Item], *, is_free: bool) -> list[list[Item]]:
    """Cut at commas and conjunctions; what joins stands at the beginning of the next piece.

    Args:
        items: A sentence, or a part of one.
        is_free: Whether wishes may also stand side by side without a joint: "a 30-second square".
    """
    pieces: list[list[Item]] = [[]]
    is_wish = is_against = False  # whether the piece says anything yet, and a "not"
    for item in items:
        is_joint = (item.kind == "punct" and item.value in _SOFT) or (
            item.kind == "concept" and item.has("and", "with", "title-it")
        )
        if item.has("add") and is_against:
            is_joint = False  # what is not to be added
        is_joint = is_joint or (is_free and _stands_alone(item))
        is_joint = is_joint or (item.has("polite-question") and any(map(_states, pieces[-1])))
        is_corrected = bool(pieces[-1]) and all(
            i.has("correction") or is_idle(i) for i in pieces[-1]
        )
        if is_joint and is_wish and not is_corrected:
            pieces.append([])
            is_wish = is_against = False
        pieces[-1].append(item)
        is_wish = is_wish or not is_idle(item)
        is_against = is_against or item.has("not")
    return [piece for piece in pieces if piece]


def _states(item: Item) -> bool:
    """Return whether an item says how something is: "it is dark, could you brighten it"."""
    return item.kind == "concept" and item.has("states")


def _stands_alone(item: Item) -> bool:
    if item.kind == "concept":
        return item.has("no") or any(item.named(family) for family in _FAMILIES)
    return item.kind in ("duration", "ratio", "size", "resolution", "fps")


def is_idle(item: Item) -> bool:
    """Return whether an item alone is no wish."""
    return item.kind == "punct" or (
        item.kind == "concept"
        and item.has(
            "filler", "and", "with", "make", "one-article", "joint-only", "polite-question"
        )
    )


def is_address(item: Item) -> bool:
    """Return whether an item only speaks to someone: "please", "ok"."""
    return item.kind == "concept" and item.has("filler") and not item.has("question")


def is_question_mark(item: Item) -> bool:
    """Return whether an item is the mark of a question."""
    return item.kind in ("punct", "concept") and item.raw in QUESTION_MARKS


def bounds(items: Sequence[Item]) -> tuple[int, int]:
    """Return where a clause stands in the message, without what joins it to others."""
    words = [i for i in items if not (i.kind == "punct" and i.value in (*_SOFT, *ENDS))]
    while len(words) > 1 and words[0].kind == "concept" and words[0].has("and", "then", "but"):
        words = words[1:]
    return (words[0].start, words[-1].end) if words else (0, 0)


def is_statement(items: Sequence[Item]) -> bool:
    """Return whether a clause says how something is, or what is thought of: "photo 5 is dark"."""
    said = [item for item in items if item.kind == "concept"]
    if any(item.has("musing") for item in said):
        return True
    states = any(
        item.has("states") or (item.has("states-cut") and not item.raw.isalpha()) for item in said
    )
    return states and not any(item.has(*_WISHING) for item in said)


def is_value(items: Sequence[Item]) -> bool:
    """Return whether a clause is an amount and says not of what: "half a second each"."""
    kinds = ("duration", "clock", "percent", "number", "factor")
    return any(item.kind in kinds for item in items) and all(
        item.kind in kinds or is_idle(item) or item.has("each") for item in items
    )


def says_more_of(piece: Sequence[Item]) -> bool:
    """Return whether a piece says more of the one before, whatever it may mean alone."""
    first = next((item for item in piece if not is_idle(item) or item.has("with")), None)
    return first is None or is_value(piece) or any(map(is_meant_again, piece)) or first.has(*_LEADS)


def subject_of(items: Sequence[Item]) -> Item | None:
    """Return the music or the words over the picture that a clause is about."""
    return next(
        (item for item in items if item.kind == "captions" or item.has("music", "sound")), None
    )


def adds_text(items: Sequence[Item]) -> bool:
    """Return whether a clause speaks of words that are not there yet."""
    texts = (item for item in items if item.kind == "text" and not item.has("shown"))
    return any(texts) or any(item.has("add", "new", "saying") for item in items)


def is_complaint(items: Sequence[Item]) -> bool:
    """Return whether a clause says that something is too much: "too long"."""
    return any(item.kind == "concept" and item.has("too") for item in items)


def target_of(items: Sequence[Item]) -> Item | None:
    """Return the reference to clips that a clause is about."""
    return next(
        (
            item
            for item in items
            if isinstance(item.value, Ref)
            and item.role in (None, "on", "for", "in")
            and not item.value.is_all
        ),
        None,
    )


def has_own_target(part: Sequence[Item]) -> bool:
    """Return whether a clause says what it is about."""
    return any(
        isinstance(item.value, Ref) or (item.kind == "concept" and item.has(*OWN_TARGET))
        for item in part
    )


def goes_elsewhere(part: Sequence[Item]) -> bool:
    """Return whether a clause names clips only as where to: "and into the lake"."""
    roles = {item.role for item in part if isinstance(item.value, Ref)}
    return roles == {"to"}


def begins_with_verb(part: Sequence[Item]) -> bool:
    """Return whether a clause begins as wishes do, with something to do or its object."""
    first = next((item for item in part if not is_idle(item) or item.has("make")), None)
    if first is None or first.kind not in ("concept", "word", "file"):
        return True
    return first.kind == "concept" and not first.has("filler")


def begins_with_order(part: Sequence[Item]) -> bool:
    """Return whether the first word of weight says what to do to a picture or a sound."""
    first = next((item for item in part if not is_idle(item)), None)
    return first is not None and (
        first.has("crop", "fit", "focus", "mute", "duck", "fade") or first.named("fit") is not None
    )


def is_it(item: Item) -> bool:
    """Return whether an item is "it", with no clip named before in the message."""
    return isinstance(item.value, Ref) and item.value.is_it and item.value.is_all


def is_meant_again(item: Item) -> bool:
    """Return whether an item is "it" or "them", whatever that stands for."""
    return isinstance(item.value, Ref) and item.value.is_it


def names_subject(part: Sequence[Item]) -> bool:
    """Return whether a clause says what it is about, not only where to; "it" is not enough."""
    return not any(map(is_it, part)) and any(
        item.kind == "captions"
        or (isinstance(item.value, Ref) and item.role not in ("to", "before", "after"))
        or (item.kind == "concept" and item.has(*OWN_TARGET))
        for item in part
    )


def about_one_clip(part: Sequence[Item]) -> list[Item]:
    """Return a clause as it would be if its "it", said or not, were the first clip."""
    one = Ref((0,), is_ordinal=True)
    named = [item._replace(value=one) if is_it(item) else item for item in part]
    return named if any(map(is_it, part)) else [*named, Item("clips", 0, 0, value=one)]
