"""What a conversion is to do, as it stands in the journal from before its first request."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from nemovideo._files import expand_home
from nemovideo.errors import InputNotFoundError, UnsupportedFileError
from nemovideo.projects.convert.prompts import (
    NO_MUSIC,
    NamedFile,
    VideoWishes,
    complete_prompt,
    exact_edits,
    write_prompt,
)
from nemovideo.projects.exports.outputs import STDOUT, OutputTarget
from nemovideo.projects.inputs.checking import Input, InputFile, InputLink, check_file
from nemovideo.projects.inputs.expansion import Inputs
from nemovideo.projects.inputs.songs import ANY_SONG, any_song, song_called
from nemovideo.projects.texts import is_url
from nemovideo.protocol.draft import JsonObject
from nemovideo.protocol.media_types import accepted, kind_of
from nemovideo.timeline.names import MUSIC_STYLES

STEP_NUMBER = "{n}"


@dataclass(frozen=True)
class ConvertPlan:
    """All that a conversion needs to know, as it stands in the journal."""

    files: tuple[str, ...]
    """Absolute paths and links, in order."""
    prompt: str
    output: str | None
    """An absolute path, ``-`` for stdout, None to stop at the timeline."""
    session_id: str | None = None
    """The user's choice; a session of its own if None."""
    name: str | None = None
    title: str | None = None
    """What a session without a name is called after, rather than its folder."""
    format: str = "mp4"
    quality: str = "high"
    max_bytes: int | None = None
    """How large the file may be."""
    encoder: str = "x264"
    keeps_metadata: bool = False
    steps: tuple[str, ...] = ()
    """More instructions, sent one by one after the prompt in the same session."""
    is_rendered_each: bool = False
    """Whether there is a render after each instruction; its number replaces ``{n}`` in `output`."""
    may_replace: bool = False
    """Whether a file stood in the video's place and may be replaced."""
    notes: tuple[str, ...] = ()
    """What of the files that were named was left out, in sentences."""
    found: tuple[str, ...] = ()
    """Those of the files that folders brought: one that turns out to be broken is left out."""
    is_strict: bool = False
    """Whether a part of an instruction that is not understood ends the run."""
    words: str | None = None
    """The user's own instruction, without what was added to it for the flags."""
    wishes: VideoWishes = field(default_factory=VideoWishes)
    """What the flags ask for; a music file by its name on this machine."""
    is_order_named: bool = False
    """Whether the instruction must name the order: the server may get the files in another."""
    edits: tuple[JsonObject, ...] | None = None
    """What the flags ask for, exactly; None when it can only be said in words."""

    @classmethod
    def from_json(cls, document: dict[str, Any]) -> ConvertPlan:
        """Read a plan that `dataclasses.asdict` wrote."""
        lists = {
            name: tuple(document.get(name, ())) for name in ("files", "found", "steps", "notes")
        }
        edits = document.get("edits")
        read = {
            "edits": None if edits is None else tuple(edits),
            "wishes": VideoWishes(**document.get("wishes", {})),
        }
        return cls(**{**document, **lists, **read})

    def told_of(self, files: Sequence[NamedFile]) -> ConvertPlan:
        """Return the plan with an instruction for files as they are called where they went.

        They are in order; of what was named, some may have been left out.
        """
        wishes = self.wishes
        if wishes.is_music_file:
            music = [file.name for file in files if file.kind == "audio"]
            # What `--music` names is the last of the files.
            wishes = replace(wishes, music=music[-1] if music else wishes.music)
        shown = [file.name for file in files if file.kind != "audio"]
        order = shown if self.is_order_named else None
        prompt = (
            complete_prompt(self.words, wishes, order=order)
            if self.words
            else write_prompt(files, wishes, order=order)
        )
        return replace(self, prompt=prompt, edits=exact_edits(wishes, order))

    def message(self, number: int, *, is_local: bool) -> str:
        """Return an instruction as it is sent: here what the flags ask for is said exactly."""
        if number > 1 or not is_local or self.edits is None:
            return self.instructions[number - 1]
        document = {"prompt": self.words or "", "edits": list(self.edits)}
        return json.dumps(document, ensure_ascii=False)

    @property
    def instructions(self) -> tuple[str, ...]:
        """All that is said to the agent, in order."""
        return (self.prompt, *self.steps)

    @property
    def target(self) -> OutputTarget | None:
        """Where the (last) file goes; None when the run stops at the timeline."""
        return self.target_after(len(self.instructions))

    def target_after(self, number: int) -> OutputTarget | None:
        """Return where the file goes that is rendered after an instruction, counted from 1."""
        is_last = number == len(self.instructions)
        if self.output is None or not (is_last or self.is_rendered_each):
            return None
        if self.output == STDOUT:
            return OutputTarget(None)
        if self.is_rendered_each:
            return OutputTarget(Path(self.output.replace(STEP_NUMBER, str(number))))
        return OutputTarget(Path(self.output))


def make_plan(
    inputs: Inputs,
    wishes: VideoWishes,
    target: OutputTarget | None,
    *,
    prompt: str | None,
    is_order_named: bool,
    **choices: Any,
) -> ConvertPlan:
    """Write down what a conversion is to do.

    A music file, if one is wished, is among the inputs; without a target it stops at the timeline.
    The prompt is the user's own instruction, to which is added what the flags ask for besides. The
    choices are other fields of `ConvertPlan`.

    Raises:
        InputNotFoundError: All files are audio.
    """
    files = inputs.items
    if all(file.kind == "audio" for file in files):
        raise InputNotFoundError(
            "there are only audio files", hint="Add photos or clips to make a video of."
        )
    plan = ConvertPlan(
        files=tuple(file.source for file in files),
        found=tuple(file.source for file in inputs.files if file.is_found),
        notes=inputs.notes,
        prompt="",
        output=None if target is None else target.absolute,
        title=wishes.title,
        words=prompt,
        wishes=wishes,
        is_order_named=is_order_named,
        may_replace=bool(target and target.path and target.path.exists()),
        **choices,
    )
    return plan.told_of(files)


def with_music(
    inputs: Inputs, wishes: VideoWishes, music: str | None, songs: Path | None
) -> tuple[Inputs, VideoWishes]:
    """Read ``--music``: ``none``, an audio file (which joins the uploads), any song, or a style.

    A song may be meant by its name among those of the user's folder.

    Raises:
        InputNotFoundError: It reads like the path of a file, and there is none.
        UnsupportedFileError: The file is not audio.
        UsageError: Several songs are called so, or there are none.
    """
    if music is None or music.strip().lower() == NO_MUSIC:
        return inputs, replace(wishes, music=NO_MUSIC if music else None)
    path = expand_home(music)
    if music == ANY_SONG and not path.exists():
        path = any_song(songs, [Path(item.source).name for item in inputs.items])
        inputs = replace(inputs, notes=(*inputs.notes, f"The music is {path.name}, of your songs."))
    elif not path.exists() and songs is not None and music not in MUSIC_STYLES:
        path = song_called(music, songs) or path
    if not path.is_file() and kind_of(path.name) is None and not is_url(music):
        return inputs, replace(wishes, music=music)
    file: Input = InputLink(music) if is_url(music) else check_file(path)
    if file.kind != "audio":
        raise UnsupportedFileError(
            f"--music {music} is not an audio file", hint=f"Accepted: {accepted('audio')}."
        )
    others = tuple(other for other in inputs.items if not _is_same(other, file))
    wishes = replace(wishes, music=file.name, is_music_file=True)
    return replace(inputs, items=(*others, file)), wishes


def _is_same(one: Input, other: Input) -> bool:
    if isinstance(one, InputFile) and isinstance(other, InputFile):
        return one.path.resolve() == other.path.resolve()
    return one == other
