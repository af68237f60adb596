"""The packaged SKILL.md, and its copies where AI agents look for skills."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources
from pathlib import Path
from typing import Literal

from nemovideo._files import write_whole
from nemovideo._version import __version__
from nemovideo.errors import OutputExistsError, OutputNotWritableError

SKILL_NAME = "image-to-video-converter-online"
SKILL_FILE = "SKILL.md"


class SkillTarget(StrEnum):
    """An agent that reads skills."""

    CLAWHUB = "clawhub"
    CURSOR = "cursor"
    CLAUDE = "claude"

    @property
    def folder(self) -> Path:
        """Where it looks for them, below a project or a home."""
        return Path(f".{self.value}", "skills")


@dataclass(frozen=True)
class Skill:
    """The skill as this version packages it."""

    name: str
    version: str
    text: str


@dataclass(frozen=True)
class InstalledSkill:
    """One copy."""

    target: SkillTarget
    path: Path
    status: Literal["installed", "unchanged", "replaced"]


def read_skill() -> Skill:
    """Return the packaged skill."""
    text = resources.files("nemovideo").joinpath(SKILL_FILE).read_text("utf-8")
    return Skill(SKILL_NAME, __version__, text)


def targets_in(folder: Path) -> tuple[SkillTarget, ...]:
    """Return the agents that have a folder here; the first one of all where none has."""
    found = tuple(t for t in SkillTarget if (folder / t.folder.parent).is_dir())
    return found or (SkillTarget.CLAWHUB,)


def install_skill(
    folder: Path, targets: Sequence[SkillTarget], *, force: bool = False
) -> tuple[InstalledSkill, ...]:
    """Copy the skill to where agents look for it; all places are checked before any is written.

    The folder is a project, or a home; `force` lets a file with other words be replaced.

    Raises:
        OutputExistsError: A file is there whose words are not this version's.
        OutputNotWritableError: A file can't be written.
    """
    skill = read_skill()
    places = {t: folder / t.folder / skill.name / SKILL_FILE for t in dict.fromkeys(targets)}
    statuses = {target: _status(path, skill, force=force) for target, path in places.items()}
    for target, path in places.items():
        if statuses[target] != "unchanged":
            _write(path, skill.text)
    return tuple(InstalledSkill(t, path, statuses[t]) for t, path in places.items())


def _status(
    path: Path, skill: Skill, *, force: bool
) -> Literal["installed", "unchanged", "replaced"]:
    try:
        there = path.read_bytes()
    except FileNotFoundError:
        return "installed"
    except OSError as exc:
        raise _not_writable(path, exc) from exc
    if there.replace(b"\r\n", b"\n") == skill.text.encode():
        return "unchanged"
    if not force:
        raise OutputExistsError(
            f"{path} exists already with other words",
            hint=f"Pass --force to replace it by that of version {skill.version}.",
        )
    return "replaced"


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text.encode())
    except OSError as exc:
        raise _not_writable(path, exc) from exc


def _not_writable(path: Path, exc: OSError) -> OutputNotWritableError:
    return OutputNotWritableError(
        f"{path} can't be written: {exc.strerror or exc}",
        hint="Choose another folder with --path, or mend its permissions.",
    )
