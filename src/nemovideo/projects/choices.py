"""Closed sets: a name that is none is refused, with the list and the nearest guess.

Each `check_…` reads an option as it was written, raises `UsageError` where there is no such thing,
and names the option behind a prefix then. Where None is not a choice of its own it stays None. What
`is_local`, the engine on this machine, renders knows more than the cloud.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence

from nemovideo._lengths import parse_duration
from nemovideo.errors import UsageError
from nemovideo.projects.exports.presets import PRESETS
from nemovideo.protocol.outputs import CLOUD_QUALITIES, ENCODERS, MIN_MAX_BYTES, QUALITIES
from nemovideo.timeline.names import (
    ASPECTS,
    LABELS,
    MOODS,
    MUSIC_STYLES,
    NO_TRANSITION,
    RESOLUTIONS,
    TRANSITIONS,
    USUAL_FRAME_RATES,
)

TRANSITION_ALIASES: Mapping[str, str] = {
    "fade": "crossfade",
    "dissolve": "crossfade",
    "slide": "slideleft",
    "wipe": "wipeleft",
    "zoom": "zoomin",
    "cut": NO_TRANSITION,
}
"""Shorter words for some of `TRANSITIONS`."""
MIN_DURATION_S, MAX_DURATION_S = 1.0, 3600.0

_NO_LABELS = "none"


def check_duration(value: object, *, prefix: str = "") -> float | None:
    """Return a video's length in seconds; None stays None.

    Raises:
        UsageError: It is no length, or one that no video can have.
    """
    if value is None:
        return None
    duration_s = parse_duration(value)
    if duration_s is None:
        raise UsageError(
            f"{prefix}duration is {value!r}, but must be a length",
            hint="For example 90, 90s, 1:30, 1m30s or 1.5min.",
        )
    if not MIN_DURATION_S <= duration_s <= MAX_DURATION_S:
        raise UsageError(
            f"{prefix}duration is {duration_s:g}, but must be between 1 and 3600 seconds"
        )
    return duration_s


def check_aspect(value: str | None, *, prefix: str = "") -> str | None:
    """Return a shape; None stays None."""
    return None if value is None else check_choice(f"{prefix}aspect", value, ASPECTS)


def check_purpose(value: str | None, *, prefix: str = "") -> str | None:
    """Return what a video is for, of `PRESETS`; None stays None."""
    return None if value is None else check_choice(f"{prefix}for", value, tuple(PRESETS))


def check_size(value: str | None, *, prefix: str = "") -> str | None:
    """Return a size of `RESOLUTIONS`; None stays None."""
    if value is None:
        return None
    names = {name.casefold(): name for name in RESOLUTIONS}
    known = {**names, "2160p": "4K", "uhd": "4K", "hd": "720p", "full hd": "1080p"}
    found = known.get(value.strip().casefold())
    if found is None:
        check_choice(f"{prefix}size", value, tuple(RESOLUTIONS))
    return found


def check_fps(value: object, *, prefix: str = "") -> int | None:
    """Return frames a second; None stays None."""
    if value is None:
        return None
    text = str(value).strip().removesuffix("fps").strip()
    known = tuple(map(str, USUAL_FRAME_RATES))
    return int(check_choice(f"{prefix}fps", text.removesuffix(".0"), known))


def check_quality(value: str | None, *, is_local: bool, prefix: str = "") -> str:
    """Return how good a render becomes; high if None.

    Raises:
        UsageError: There is nothing of that name.
    """
    known = QUALITIES if is_local else CLOUD_QUALITIES
    return "high" if value is None else check_choice(f"{prefix}quality", value, known)


def check_encoder(value: str | None, *, is_local: bool, prefix: str = "") -> str:
    """Return an encoder of `ENCODERS`, the usual one for None.

    Raises:
        UsageError: There is none of that name, or it is the cloud's to decide.
    """
    if value is None:
        return ENCODERS[0]
    encoder = check_choice(f"{prefix}encoder", value, ENCODERS)
    if not is_local:
        raise UsageError(
            f"{prefix}encoder is {value!r}, but the cloud encodes as it does",
            hint="Work on this machine: add --local.",
        )
    return encoder


def check_max_size(value: object, *, is_local: bool, prefix: str = "") -> int | None:
    """Return how many bytes a file may have: ``16MB``, ``900 kB``, ``1.5GB``; None stays None.

    Raises:
        UsageError: It is no size, or too small for a film, or the cloud's to decide.
    """
    if value is None:
        return None
    from pydantic import ByteSize, TypeAdapter, ValidationError

    try:
        size = int(TypeAdapter(ByteSize).validate_python(value))
    except ValidationError as exc:
        raise UsageError(
            f"{prefix}max-size is {value!r}, but must be a size", hint="For example 16MB or 900kB."
        ) from exc
    if size < MIN_MAX_BYTES:
        raise UsageError(f"{prefix}max-size is {value!r}, but no film is so small")
    if not is_local:
        raise UsageError(
            f"{prefix}max-size is {value!r}, but the cloud can't be told how large a file may be",
            hint="Work on this machine: add --local.",
        )
    return size


def check_transition(value: str | None, *, prefix: str = "") -> str | None:
    """Return a transition by its name in `TRANSITIONS`, or ``none``; None stays None."""
    if value is None:
        return None
    known = (*TRANSITIONS, NO_TRANSITION, *TRANSITION_ALIASES)
    name = check_choice(f"{prefix}transition", re.sub(r"[\s_-]+", "", value), known, written=value)
    return TRANSITION_ALIASES.get(name, name)


def check_captions(value: str | None, *, prefix: str = "") -> str | None:
    """Return what to write on photos; None for nothing."""
    if value is None:
        return None
    name = check_choice(f"{prefix}captions", value, (*LABELS, _NO_LABELS))
    return None if name == _NO_LABELS else name


def check_cut(value: str | None, *, prefix: str = "") -> bool:
    """Return whether the pictures shall change on the beat."""
    return value is not None and check_choice(f"{prefix}cut", value, ("beat", "free")) == "beat"


def check_music_style(value: str, *, prefix: str = "") -> None:
    """Refuse words among which the engine on this machine finds no style, in any language.

    Raises:
        UsageError: There is none among them.
    """
    from nemovideo.language.tokens import tokenize

    concepts = (concept for token in tokenize(value)[0] for concept in token.concepts)
    if any(concept.startswith(("style:", "mood:")) for concept in concepts):
        return
    listed = (*MUSIC_STYLES, *MOODS, "none, or an audio file")
    raise _unknown(f"{prefix}music", value, (*MUSIC_STYLES, *MOODS, "none"), listed=listed)


def check_choice(name: str, value: str, known: Sequence[str], *, written: str | None = None) -> str:
    """Return one of a set of names, as the set has it; an error quotes `written`, if given.

    Raises:
        UsageError: There is none of that name; all are told, and the nearest.
    """
    folded = value.strip().casefold()
    if folded in known:
        return folded
    raise _unknown(name, value if written is None else written, known, listed=known)


def _unknown(name: str, value: str, known: Iterable[str], *, listed: Iterable[str]) -> UsageError:
    near = difflib.get_close_matches(value.strip().casefold(), list(known), n=1)
    return UsageError(
        f"{name} is {value!r}, but must be one of {', '.join(listed)}",
        hint=f"Did you mean {near[0]}?" if near else None,
    )
