"""What became of a property of some segments, in a line or two."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic

from nemovideo.timeline._format import percent
from nemovideo.timeline._phrases import Phrases, noun_of
from nemovideo.timeline.changes._pairs import AnySegment
from nemovideo.timeline.model import Caption, Clip, Motion, Segment, Sound

_MOST_LINES = 2
"""A property that took more values than this is told to have changed, not how."""
_STILL = Motion("still")
_EDGES = (0.4, 0.6)
"""What lies between is the middle."""


@dataclass(frozen=True)
class Property(Generic[AnySegment]):
    """Something that segments have."""

    key: str
    value: Callable[[AnySegment], Hashable]
    """What is compared."""
    word: Callable[[Phrases, Any], str]
    """How a value is said."""


def property_lines(
    say: Phrases,
    what: Property[AnySegment],
    kept: Iterable[tuple[AnySegment, AnySegment]],
    everything: Sequence[Segment],
) -> Iterator[str]:
    """Tell how a property changed.

    Args:
        say: The words.
        what: The property.
        kept: Segments before and after.
        everything: All segments that there are now, to tell some from all.
    """
    changed = [(old, new) for old, new in kept if what.value(old) != what.value(new)]
    groups: dict[str, list[tuple[AnySegment, AnySegment]]] = {}
    for old, new in changed:
        groups.setdefault(what.word(say.english, what.value(new)), []).append((old, new))
    key = say.property(what.key)
    is_clear = all(
        what.word(say.english, what.value(old)) != now
        for now, group in groups.items()
        for old, _ in group
    )
    if len(groups) > _MOST_LINES or not is_clear:
        of, tail = subject(say, [new for _, new in changed], everything)
        yield say.line("property_changed", property=key, of=of, tail=tail)
        return
    for group in groups.values():
        of, tail = subject(say, [new for _, new in group], everything)
        now = what.word(say, what.value(group[0][1]))
        olds = {what.word(say, what.value(old)) for old, _ in group}
        was = say.was(olds.pop()) if len(olds) == 1 else ""
        yield say.line("property", property=key, of=of, new=now, was=was, tail=tail)


def subject(
    say: Phrases, segments: Sequence[Segment], everything: Sequence[Segment]
) -> tuple[str, str]:
    """Return what segments are called amid a line, and what names them at its end."""
    key = noun_of(segments)
    if len(segments) == 1:
        is_the_music = isinstance(segments[0], Sound) and len(everything) == 1
        return say.noun(key)[3] if is_the_music else say.name(segments[0]), ""
    nouns = {noun_of([one]) for one in segments}
    alike = [one for one in everything if len(nouns) > 1 or noun_of([one]) in nouns]
    if len(segments) == len(alike):
        return say.all_of(key, len(segments)), ""
    names_of_them = say.names([say.name(one) for one in segments])
    return say.counted(key, len(segments)), say.part("tail", names=names_of_them)


def _word(say: Phrases, name: str | None) -> str:
    return say.word(name or "automatic")


def _motion(say: Phrases, motion: Motion) -> str:
    name = say.word(motion.name)
    if motion.strength == 1:
        return name
    return say.part("amount", name=name, percent=percent(motion.strength))


def _focus(say: Phrases, focus: tuple[float, float] | None) -> str:
    if focus is None:
        return say.word("automatic")
    across, down = (sum(edge < place for edge in _EDGES) for place in focus)
    words = (("top", "", "bottom")[down], ("left", "", "right")[across])
    return say.word("-".join(filter(None, words)) or "center")


def _fade(say: Phrases, length_ms: int | None) -> str:
    if length_ms is None:
        return say.word("automatic")
    return say.seconds(length_ms) if length_ms else say.word("none")


VOLUME: Property[Any] = Property(
    "volume", lambda one: 1 if one.volume is None else one.volume, lambda _, value: percent(value)
)
CLIP_PROPERTIES: tuple[Property[Clip], ...] = (
    Property("speed", lambda clip: clip.speed or 1, lambda _, value: f"{value:g}x"),
    Property("motion", lambda clip: clip.motion or _STILL, _motion),
    Property("fit", lambda clip: clip.fit, _word),
    Property("background", lambda clip: clip.background, _word),
    Property("focus", lambda clip: clip.focus, _focus),
    Property("rotation", lambda clip: clip.rotation or 0, lambda _, value: f"{value}°"),
    Property("flip", lambda clip: clip.flip or "none", _word),
    Property("look", lambda clip: clip.looks or (), lambda say, looks: say.look(looks)),
)
SOUND_PROPERTIES: tuple[Property[Sound], ...] = (
    Property("fade_in", lambda sound: sound.fade_in_ms, _fade),
    Property("fade_out", lambda sound: sound.fade_out_ms, _fade),
)
CAPTION_PROPERTIES: tuple[Property[Caption], ...] = (
    Property("style", lambda caption: caption.style, _word),
    Property("place", lambda caption: caption.position, _word),
    Property("size", lambda caption: caption.size, _word),
    Property("color", lambda caption: caption.color, _word),
    Property("backing", lambda caption: caption.backing, _word),
    Property("fade_in", lambda caption: caption.fade_in_ms, _fade),
    Property("fade_out", lambda caption: caption.fade_out_ms, _fade),
)
TIME: Property[Any] = Property(
    "time", lambda one: (one.start_ms, one.end_ms), lambda say, value: say.span(*value)
)
