"""What each tool takes; the descriptions are all that an agent knows of it."""

from __future__ import annotations

import json
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, create_model

from nemovideo.editing.edits import AnyEdit
from nemovideo.projects.convert.options import OPTIONS, Option
from nemovideo.projects.exports.outputs import STDOUT
from nemovideo.protocol.media_types import accepted
from nemovideo.timeline.names import MOODS, MUSIC_STYLES, TRANSITIONS


def _as_list(value: Any) -> Any:
    """Take one path, or a list that a client wrote as JSON into a text, for a list."""
    if not isinstance(value, str):
        return value
    if value.startswith("["):
        try:
            return json.loads(value)
        except ValueError:
            pass  # a file may be called so
    return [value]


def _as_file(value: Any) -> Any:
    if value == STDOUT:
        raise ValueError("stdout belongs to the protocol: name a file")
    return value


def _as_words(value: Any) -> Any:
    if isinstance(value, str) and not value.strip():
        raise ValueError("it is empty")
    return value


Paths = Annotated[
    list[str],
    BeforeValidator(_as_list),
    Field(
        min_length=1,
        description="Photos, clips, audio files, folders, patterns like photos/*.jpg or http(s) "
        "links, in the order in which they are to appear; paths absolute, or relative to the "
        "server's folder. What of a folder can't be used is left out; `notes` says it. "
        f"{accepted()}; 200 MB each.",
    ),
]
Words = Annotated[str, BeforeValidator(_as_words)]
Out = Annotated[
    str | None,
    BeforeValidator(_as_file),
    Field(description="The file of the video, like trip.mp4. If null, a dated name."),
]
Force = Annotated[
    bool, Field(description="Replace the file if it exists; only with the user's consent.")
]
Quality = Annotated[str | None, Field(description=OPTIONS["quality"].about)]
MaxSize = Annotated[float | str | None, Field(description=OPTIONS["max_size"].about)]
Encoder = Annotated[str | None, Field(description=OPTIONS["encoder"].about)]
Strict = Annotated[bool, Field(description=OPTIONS["strict"].about)]
SessionId = Annotated[
    str | None, Field(description="The session to work in. If null, the current one.")
]


class Inputs(BaseModel):
    """What every tool takes; an argument that a tool does not know is refused."""

    model_config = ConfigDict(extra="forbid")

    local: Annotated[
        bool,
        Field(
            description="Work with the engine on this machine instead of the cloud: it costs no "
            "credits, and the files stay here. A session is used where it lives anyway."
        ),
    ] = False


class _ConvertInputs(Inputs):
    """The arguments of `convert` besides the options that every way to call it has."""

    paths: Paths
    export: Annotated[
        bool, Field(description="Render and save the video; false stops at the timeline.")
    ] = True
    out: Out = None
    force: Force = False
    dry_run: Annotated[
        bool,
        Field(
            description="Only tell what would be done: order, lengths, sizes, place, cost, notes. "
            "Nothing is sent or written."
        ),
    ] = False
    session_id: Annotated[
        str | None,
        Field(description="Add the files to this session. If null, they get one of their own."),
    ] = None


def _argument(option: Option) -> Any:
    about = option.about.format(
        styles=", ".join(MUSIC_STYLES), moods=", ".join(MOODS), transitions=", ".join(TRANSITIONS)
    )
    if option.kind is bool:
        return Annotated[bool, Field(description=about)], False
    kind = float | str | None if option.kind is object else str | None
    return Annotated[kind, Field(description=about)], None


ConvertInputs = create_model(
    "ConvertInputs",
    __base__=_ConvertInputs,
    __doc__="The arguments of `convert`.",
    **{key: _argument(option) for key, option in OPTIONS.items()},
)


class ChatInputs(Inputs):
    """The arguments of `chat`."""

    text: Annotated[
        Words,
        Field(
            description="What to do, in the user's words, English, Chinese or Spanish: "
            '"make it vertical and remove the music", "move the last photo to the front", "undo", '
            '"upload beach.jpg", "how many credits are left?".'
        ),
    ]
    yes: Annotated[
        bool,
        Field(
            description="Also do what the video agent suggests in its answer (an export, one more "
            "edit); otherwise `actions` lists it with done: false."
        ),
    ] = False
    strict: Strict = False
    out: Out = None
    force: Force = False
    session_id: SessionId = None


class EditInputs(Inputs):
    """The arguments of `edit_timeline`."""

    edits: Annotated[
        list[AnyEdit],
        Field(min_length=1, description="Edits, applied one after the other, all or none."),
    ]
    session_id: SessionId = None


class StatusInputs(Inputs):
    """The arguments of `status`."""

    with_draft: Annotated[
        bool, Field(description="Add the backend's raw draft, which can be long.")
    ] = False
    session_id: SessionId = None


class StoryboardInputs(Inputs):
    """The arguments of `storyboard`."""

    session_id: SessionId = None


class ExportInputs(Inputs):
    """The arguments of `export`."""

    out: Out = None
    force: Force = False
    format: Annotated[
        str | None,
        Field(description="mp4, mov, webm or gif. If null, by the ending of out, else mp4."),
    ] = None
    purpose: Annotated[
        str | None,
        Field(
            description="Where the video goes: youtube, reel, tiktok, story, whatsapp, email or "
            "tv. Its limits hold unless others are given; notes say where the timeline differs."
        ),
    ] = None
    quality: Quality = None
    max_size: MaxSize = None
    encoder: Encoder = None
    session_id: SessionId = None


class ResumeInputs(Inputs):
    """The arguments of `resume`."""

    id: Annotated[
        str | None,
        Field(
            description="The run, session or render that an error's hint named. If null, what was "
            "broken off last."
        ),
    ] = None
    out: Annotated[
        str | None,
        BeforeValidator(_as_file),
        Field(description="Another file for the video. If null, where it was to go."),
    ] = None
    force: Force = False
