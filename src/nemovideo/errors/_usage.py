"""What is wrong with what the user named, or with what is there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from nemovideo.errors._base import NemoError
from nemovideo.errors._exit_codes import ExitCode


class UsageError(NemoError):
    """The command was given in a way that can't be carried out."""

    kind = "usage"
    exit_code = ExitCode.USAGE


class ConfigError(UsageError):
    """A setting has a value that it can't have."""


class MissingExtraError(UsageError):
    """A part of the program that is an optional install is not there."""

    default_message = "the local engine is not installed"
    extra: ClassVar[str] = "local"
    """The part that is missing."""

    def __init__(
        self, message: str | None = None, *, hint: str | None = None, code: int | None = None
    ) -> None:
        from nemovideo._installation import install_hint

        super().__init__(message, hint=hint or install_hint(self.extra), code=code)


class InputError(NemoError):
    """Something that the user named is not there, or is in the way."""

    kind = "input"
    exit_code = ExitCode.USAGE


class InputNotFoundError(InputError):
    """No such file, or nothing usable below a folder or pattern."""


class OutputExistsError(InputError):
    """The output file is there already."""

    default_hint = "Choose another --out, or pass --force to replace it."


class OutputNotWritableError(InputError):
    """The output can't be written where it was asked for."""


class DiskFullError(InputError):
    """No space is left where something has to be kept (HTTP 507)."""

    default_code = 507
    default_message = "no space is left on the disk"
    default_hint = "Free some space there, then run the command again."


class EmptyTimelineError(InputError):
    """There is nothing on the timeline to export."""

    default_message = "there is nothing on the timeline yet"
    default_hint = 'Upload something and ask for an edit first: nemo chat "make a 30-second video".'


class NotUnderstoodError(InputError):
    """A part of a message was not understood, and that was to change nothing."""

    default_hint = "Say it in other words, or leave --strict out to have the rest done."

    @classmethod
    def of(cls, words: Sequence[str]) -> NotUnderstoodError:
        """Return the error for the parts that were not understood."""
        named = ", ".join(f"“{word}”" for word in words)
        return cls(f"not understood: {named}; nothing was changed")


class NothingToResumeError(InputError):
    """Nothing was broken off that could be taken up again."""

    default_message = "there is nothing to resume"


class FileError(NemoError):
    """A file is refused, by the server or by the check before it."""

    kind = "file"
    exit_code = ExitCode.FILE


class UnsupportedFileError(FileError):
    """The file is of a kind that is not accepted, or is broken (4001)."""

    default_code = 4001
    default_message = "the file is of a kind that is not accepted"
    default_hint = (
        "Accepted: mp4 mov avi webm mkv, jpg jpeg png gif webp heic heif hif avif, "
        "mp3 wav m4a aac; 200 MB each."
    )


class FileTooLargeError(FileError):
    """The file is larger than 200 MB (4002)."""

    default_code = 4002
    default_message = "the file is larger than 200 MB"
    default_hint = "Compress it, trim it or scale it down, then try again."
