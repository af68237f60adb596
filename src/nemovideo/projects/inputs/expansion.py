"""What the user named on the command line, as a list of files that are fit to be uploaded.

All checks here are local and come before the first request: a file is refused by name.
"""

from __future__ import annotations

import glob
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from nemovideo._files import existing_form, expand_home, forms_of, natural_key
from nemovideo.errors import InputNotFoundError, NemoError, UnsupportedFileError
from nemovideo.projects.inputs.checking import Input, InputFile, InputLink, check_file
from nemovideo.projects.inputs.left_out import LeftOut
from nemovideo.projects.inputs.live_photos import live_clips
from nemovideo.projects.inputs.made import Films
from nemovideo.projects.texts import is_url
from nemovideo.protocol.media_types import accepted, kind_of


@dataclass(frozen=True)
class Inputs:
    """Everything that was named, in order, and what was passed over."""

    items: tuple[Input, ...]
    notes: tuple[str, ...] = ()
    """What was left out and why, in sentences."""

    @property
    def files(self) -> tuple[InputFile, ...]:
        """The files of this machine."""
        return tuple(item for item in self.items if isinstance(item, InputFile))


def collect_inputs(
    names: Sequence[str],
    *,
    folder: Path | None = None,
    is_recursive: bool = False,
    made: Films | None = None,
) -> Inputs:
    """Expand names, folders and patterns, and check every file.

    A name that exists is taken as it is, also when it reads like a pattern. Folders and patterns
    give their photos, clips and audio in natural order ("2.jpg" before "10.jpg"); names keep
    theirs. A file that is named twice is taken twice; one that a folder or pattern brings again is
    not. In a folder a file that can't be used is left out and noted, as are files of other kinds;
    one that was named, by itself or by a pattern, is refused. Of a Live Photo in a folder or
    pattern the still counts, and that is noted. Relative names start at a folder, the current one
    if None. Films that nemo made (`made`) are left
    out.

    Raises:
        InputNotFoundError: Nothing is there, or nothing of an accepted kind.
        UnsupportedFileError: A file is of another kind, empty or unreadable; all such are named.
        FileTooLargeError: A file is larger than 200 MB.
    """
    if not names:
        raise InputNotFoundError(
            "no files were named", hint="Name photos, clips or a folder: nemo convert photos/"
        )
    collector = _Collector(folder or Path(), is_recursive=is_recursive, made=made or Films())
    for name in names:
        collector.add(name)
    return collector.result()


class _Collector:
    """Takes in one name after the other."""

    def __init__(self, folder: Path, *, is_recursive: bool, made: Films) -> None:
        self._folder = folder
        self._is_recursive = is_recursive
        self._made = made
        self._items: dict[Path | str | tuple[Path | str, int], Input] = {}
        self._folders: dict[Path, Path] = {}
        self._named: Counter[Path | str] = Counter()
        self._left_out = LeftOut()
        self._errors: list[NemoError] = []

    def add(self, name: str) -> None:
        """Take in what a name stands for; what is wrong with it is kept for the end."""
        if is_url(name):
            self._add_named(name, InputLink(name))
            return
        path = existing_form(self._folder / expand_home(name))
        if path.is_dir():
            self._add_folder(path, name)
        elif path.exists() or not glob.has_magic(name):
            self._add_file(path)
        else:
            self._add_pattern(name)

    def result(self) -> Inputs:
        """Return everything; all that is wrong is raised in one error."""
        if self._errors:
            raise _as_one(self._errors)
        return Inputs(tuple(self._items.values()), self._left_out.notes())

    def _add_folder(self, path: Path, name: str) -> None:
        media = self._media_among(path.iterdir(), name)
        usable, errors = [], []
        for found in media:
            try:
                usable.append(replace(check_file(found), is_found=True))
            except NemoError as error:
                errors.append(error)
        if not usable:
            self._errors += errors or [self._nothing_in(f"the folder {name}")]
            return
        for fault in errors:
            self._left_out.add(fault.message, name)
        for file in usable:
            self._add_found(file, name)

    def _add_found(self, file: InputFile, where: str) -> None:
        """Take in a file of a folder or pattern, once; a link to one that is there is noted."""
        there = self._items.setdefault(self._real(file.path), file)
        if isinstance(there, InputFile) and there.path.name != file.path.name:
            self._left_out.count("link", where)

    def _add_pattern(self, name: str) -> None:
        # The folder's own name is no pattern, whatever it looks like.
        pattern = Path(glob.escape(str(self._folder))) / expand_home(name)
        matches = next((found for form in forms_of(str(pattern)) if (found := _glob(form))), [])
        if not matches:
            self._errors.append(
                InputNotFoundError(
                    f"no file matches {name}", hint="Check the pattern and the folder you are in."
                )
            )
            return
        media = self._media_among(map(Path, matches), name)
        self._add_files(media, name)
        if not media:
            self._errors.append(self._nothing_in(f"the pattern {name}"))

    def _add_file(self, path: Path) -> None:
        try:
            self._add_named(self._real(path), check_file(path))
        except NemoError as error:
            self._errors.append(error)

    def _add_named(self, key: Path | str, item: Input) -> None:
        """Take in what was named by itself: once for each time that it was."""
        times = self._named[key]
        self._named[key] += 1
        self._items.setdefault((key, times) if times else key, item)

    def _real(self, path: Path) -> Path:
        """Return where a file is whatever links lead there; a folder is asked only once."""
        if path.is_symlink():
            return path.resolve()
        if path.parent not in self._folders:
            self._folders[path.parent] = path.parent.resolve()
        return self._folders[path.parent] / path.name

    def _add_files(self, paths: Iterable[Path], where: str) -> None:
        for path in paths:
            try:
                self._add_found(check_file(path), where)
            except NemoError as error:
                self._errors.append(error)

    def _media_among(self, paths: Iterable[Path], where: str) -> list[Path]:
        """Return the media by their names, in natural order; the others are noted."""
        media = list(self._media(paths, where, set()))
        live = live_clips(media)
        for _ in live:
            self._left_out.count("live clip", where)
        return sorted(
            (path for path in media if path not in live), key=lambda path: natural_key(str(path))
        )

    def _media(self, paths: Iterable[Path], where: str, seen: set[Path]) -> Iterator[Path]:
        for path in paths:
            if path.name.startswith("."):
                self._left_out.count("hidden", where)
            elif path.is_dir():
                yield from self._media_below(path, where, seen)
            elif kind_of(path.name) is None:
                self._left_out.add_other_kind(path, where)
            elif path in self._made:
                self._left_out.add_made(path, where)
            else:
                yield path

    def _media_below(self, folder: Path, where: str, seen: set[Path]) -> Iterator[Path]:
        if not self._is_recursive:
            self._left_out.count("subfolder", where)
        elif (real := folder.resolve()) not in seen:  # a link may lead back
            seen.add(real)
            try:
                inner = list(folder.iterdir())
            except OSError as exc:
                self._left_out.add(f"{folder} (it can't be opened: {exc.strerror})", where)
                return
            yield from self._media(inner, where, seen)

    def _nothing_in(self, what: str) -> InputNotFoundError:
        passed_over = " ".join(self._left_out.notes())
        return InputNotFoundError(
            f"{what} holds no photos, clips or audio files",
            hint=f"{passed_over} Accepted: {accepted()}.".strip(),
        )


def _glob(pattern: str) -> list[str]:
    return glob.glob(pattern, recursive=True)  # noqa: PTH207 - absolute patterns work here alone


def _as_one(errors: Sequence[NemoError]) -> NemoError:
    """Return one error that names all that is wrong."""
    first = errors[0]
    if len(errors) == 1:
        return first
    messages = "; ".join(dict.fromkeys(error.message for error in errors))
    is_shared = len({type(error) for error in errors}) == 1
    is_file = all(error.kind == "file" for error in errors)
    kind = type(first) if is_shared or not is_file else UnsupportedFileError
    return kind(f"{len(errors)} files can't be used: {messages}", hint=first.hint)
