"""A folder as a batch: a job for each folder within it that holds photos or clips."""

from __future__ import annotations

from pathlib import Path

from nemovideo._files import natural_key
from nemovideo.errors import InputNotFoundError
from nemovideo.projects.batch._file import BatchFile, JobSpec
from nemovideo.projects.convert.options import ConvertRequest
from nemovideo.projects.inputs.made import Films
from nemovideo.protocol.media_types import kind_of

NO_FILMS = Films()


def read_folder(folder: Path, *, made: Films = NO_FILMS, is_recursive: bool = False) -> BatchFile:
    """Make a job of each folder with photos or clips; what lies beside them is a job, too.

    Films that nemo made make no job; photos deeper down count where it `is_recursive`.

    Raises:
        InputNotFoundError: There are none.
    """
    folders = sorted(
        (path for path in folder.iterdir() if path.is_dir() and not path.name.startswith(".")),
        key=lambda path: natural_key(path.name),
    )
    named: list[tuple[str, tuple[str, ...]]] = [
        (path.name, (path.name,))
        for path in folders
        if _pictures(path, made, is_recursive=is_recursive)
    ]
    own = _pictures(folder, made, is_recursive=False)
    if own:
        names = sorted((path.name for path in own), key=natural_key)
        named.append((folder.resolve().name or "video", tuple(names)))
    if not named:
        raise InputNotFoundError(
            f"no folder in {folder} holds photos or clips",
            hint="Name a folder whose folders are to become a video each, or a batch file.",
        )
    specs = (
        JobSpec(number, ConvertRequest(paths=files), stem=stem)
        for number, (stem, files) in enumerate(named, 1)
    )
    return BatchFile(folder, folder.resolve().name, tuple(specs), ())


def _pictures(folder: Path, made: Films, *, is_recursive: bool) -> list[Path]:
    paths = folder.rglob("*") if is_recursive else folder.iterdir()
    return [
        path
        for path in paths
        if kind_of(path.name) in ("image", "video")
        and not path.name.startswith(".")
        and path.is_file()
        and path not in made
    ]
