"""What `convert` can be asked, declared once.

From here come its flags, the keys of a batch file's job, the arguments of the tool for agents, the
defaults in a project folder's ``nemo.toml``, and the pages on all of them. Only the standard
library is used: ``nemo --help`` reads this.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Any, Self


@dataclass(frozen=True)
class Option:
    """How a field of `ConvertRequest` is called, and what is told of it."""

    name: str
    """Of the field."""
    flags: tuple[str, ...]
    """On the command line."""
    help: str
    """A line for people."""
    about: str
    """For agents, who see nothing else; ``{transitions}`` and ``{styles}`` stand for the names."""
    metavar: str | None
    kind: type
    """``bool``, ``str``, or ``object`` for a number or a text."""
    is_default: bool
    """Whether a project folder may have one of its own."""

    @property
    def key(self) -> str:
        """Its name in files and for agents: that of the flag."""
        return self.flags[0].removeprefix("--").replace("-", "_")


def _option(
    *flags: str,
    help: str,
    about: str = "",
    metavar: str | None = None,
    kind: type = str,
    is_default: bool = False,
) -> Any:
    given = (flags, help, about or help, metavar, kind, is_default)
    return field(default=False if kind is bool else None, metadata={"option": given})


@dataclass(frozen=True, kw_only=True)
class ConvertRequest:
    """What a user asks of `convert`, as it was written."""

    paths: Sequence[str] = ()
    session_id: str | None = None
    is_exported: bool = True

    duration: object = _option(
        *("--duration", "-d"),
        metavar="LENGTH",
        help="90, 1:30, 1m30s …; about 3 s a photo.",
        about='The length, 1 s to 1 h: 90, "90s", "1:30". If null, about 3 s a photo.',
        kind=object,
    )
    prompt: str | None = _option(
        *("--prompt", "-p"),
        metavar="TEXT",
        help="Say it in your own words; @FILE, - for stdin.",
        about="The instruction in the user's own words, English, Chinese or Spanish.",
    )
    purpose: str | None = _option(
        "--for",
        metavar="WHERE",
        help="youtube, reel, tiktok, story, whatsapp, email or tv: shape, size and limits.",
        about="Where the video goes: youtube, reel, tiktok, story, whatsapp, email or tv. It "
        "decides shape, size and limits, unless they are given.",
        is_default=True,
    )
    aspect: str | None = _option(
        *("--aspect", "-a"),
        metavar="W:H",
        help="16:9, 9:16, 1:1, 4:5 or 21:9.",
        about="The shape: 16:9, 9:16 (vertical), 1:1, 4:5 or 21:9.",
        is_default=True,
    )
    size: str | None = _option(
        "--size",
        metavar="NAME",
        help="720p, 1080p or 4K: how many pixels.",
        about="How many pixels: 720p, 1080p or 4K. If null, 1080p.",
        is_default=True,
    )
    fps: object = _option(
        "--fps",
        metavar="NUMBER",
        help="24, 25, 30, 50 or 60 frames a second.",
        about="Frames a second: 24, 25, 30, 50 or 60. If null, 30.",
        kind=object,
        is_default=True,
    )
    title: str | None = _option(
        *("--title", "-t"),
        metavar="TEXT",
        help="Shown at the start; what follows \\n stands smaller below.",
        about="A title, shown at the start; what follows a line break stands smaller below.",
    )
    captions: str | None = _option(
        "--captions",
        metavar="WHAT",
        help="date, place or name, on photos where it changes; or none.",
        about="What to write on the photos where it changes: date, place, name or none.",
        is_default=True,
    )
    music: str | None = _option(
        *("--music", "-m"),
        metavar="TEXT|FILE|none",
        help="A style or mood (below), an audio file, any, or none.",
        about="A style ({styles}), a mood ({moods}; in the cloud any words), the path of an audio "
        'file, "any" of the user\'s own songs, or "none".',
        is_default=True,
    )
    transition: str | None = _option(
        "--transition",
        metavar="NAME",
        help="Between the pictures; the names stand below.",
        about="Between the pictures: {transitions} or none; fade, slide, wipe and zoom for short.",
        is_default=True,
    )
    cut: str | None = _option(
        "--cut",
        metavar="HOW",
        help="beat: the pictures change on the beats of the music; or free.",
        about="beat: the pictures change on the beats of the music, on its bars where it is calm; "
        "free (or null): evenly.",
        is_default=True,
    )
    quality: str | None = _option(
        "--quality",
        metavar="NAME",
        help="draft (small and quick), low, medium, high or max; high if not said.",
        about="How good: low, medium or high; on this machine draft (small and quick, to look at "
        "the whole) and max, too. If null, high.",
        is_default=True,
    )
    max_size: object = _option(
        "--max-size",
        metavar="SIZE",
        help="16MB, 900kB …: the file is made no larger (on this machine).",
        about="How large the file may be: 16MB, 900kB; on this machine only. If null, any size.",
        kind=object,
        is_default=True,
    )
    encoder: str | None = _option(
        "--encoder",
        metavar="NAME",
        help="x264, auto (hardware where some works), videotoolbox, nvenc, qsv or amf.",
        about="What encodes an MP4 or MOV on this machine: x264 (the default: the smallest files), "
        "auto (hardware where some works), videotoolbox, nvenc, qsv or amf. Where hardware does "
        "not work x264 does it, which the notes say.",
        is_default=True,
    )
    order: str | None = _option(
        "--order",
        metavar="HOW",
        help="name, date (when taken) or shuffle; else as named.",
        about="The order: name, date (when taken) or shuffle. If null, as in paths.",
        is_default=True,
    )
    name: str | None = _option(
        "--name", metavar="TEXT", help="Name the session.", about="A name for the new session."
    )
    is_recursive: bool = _option(
        *("--recursive", "-r"),
        help="Take in the folders within folders, too.",
        kind=bool,
        is_default=True,
    )
    is_strict: bool = _option(
        "--strict",
        help="Change nothing when a part is not understood; the cloud does not say what is.",
        about="Change nothing, and fail, when a part of the instruction is not understood. "
        "The cloud does not say what it understood: there it can't be checked.",
        kind=bool,
        is_default=True,
    )
    keeps_metadata: bool = _option(
        "--keep-metadata",
        help="Send photos to the cloud with their place, time and device.",
        kind=bool,
    )

    @classmethod
    def of(cls, wished: Mapping[str, Any], **others: Any) -> Self:
        """Make a request of values by their keys, and of fields that are no options."""
        return cls(**{OPTIONS[key].name: value for key, value in wished.items()}, **others)

    def with_defaults(self, defaults: Mapping[str, Any]) -> ConvertRequest:
        """Return the request with values by their keys for all that it leaves open."""
        given = {
            option.name: value
            for option in OPTIONS.values()
            if (value := getattr(self, option.name)) not in (None, False)
        }
        others = {name: getattr(self, name) for name in ("paths", "session_id", "is_exported")}
        return ConvertRequest(
            **{OPTIONS[key].name: value for key, value in defaults.items()} | given | others
        )


OPTIONS: Mapping[str, Option] = MappingProxyType(
    {
        option.key: option
        for each in fields(ConvertRequest)
        if "option" in each.metadata
        for option in (Option(each.name, *each.metadata["option"]),)
    }
)
"""All options, by key."""
