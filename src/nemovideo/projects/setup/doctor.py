"""What works here: settings, folders, token, reachability, engine, disk."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from nemovideo._installation import install_hint, missing_engine_modules
from nemovideo._music_pack import EXTRA, facts
from nemovideo.config import Settings
from nemovideo.engine.storage import ENGINE_FOLDER, PIECES_FOLDER
from nemovideo.errors import NemoError, UnreachableError
from nemovideo.projects.first_contact import may_work_here
from nemovideo.projects.setup.cleaning import survey_storage
from nemovideo.projects.texts import counted, format_bytes

LOW_DISK_BYTES = 2 * 1024**3
MUCH_KEPT_BYTES = 2 * 10**9
CHECK_NETWORK = "Check the connection and proxy, or work on this machine: add --local."
STANDS_IN = "New videos are made on this machine meanwhile; --cloud forbids that."


@dataclass(frozen=True)
class Check:
    """One thing that was looked at."""

    name: str
    is_ok: bool
    detail: str
    hint: str | None = None
    is_needed: bool = True
    """Whether the work that is set up here can't be done without it."""


def run_checks(settings: Settings) -> tuple[Check, ...]:
    """Look at everything that a video needs; what fails says what to do."""
    engine = _engine(settings)
    is_local = settings.backend == "local"
    cloud = [] if is_local else [_cloud(settings, is_engine_ok=engine.is_ok)]
    checks = [*_folders(settings), *cloud, _token(settings), engine, _music(), *_kept(settings)]
    if is_local or not cloud[0].is_needed:
        checks.append(_engine_starts(settings))
    return tuple(checks)


def _folders(settings: Settings) -> Iterator[Check]:
    file = settings.config_file
    where = str(file) if file.exists() else f"no {file}: defaults"
    project = f"; this folder's {settings.project_file}" if settings.project_file else ""
    yield Check("settings", True, f"{where}{project}; backend {settings.backend}")
    yield _writable("config folder", settings.config_dir, "NEMO_CONFIG_DIR")
    yield _writable("data folder", settings.data_dir, "NEMO_DATA_DIR")
    yield _space(settings)


def _writable(name: str, folder: Path, variable: str) -> Check:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as exc:
        return Check(
            name,
            False,
            f"{folder} can't be written: {exc.strerror or exc}",
            f"Mend its permissions, or set {variable} to another folder.",
        )
    return Check(name, True, str(folder))


def _space(settings: Settings) -> Check:
    folder = settings.data_dir
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    free_bytes = shutil.disk_usage(folder).free
    detail = f"{free_bytes / 1e9:.1f} GB free at {folder}"
    if free_bytes < LOW_DISK_BYTES:
        return Check("disk", False, detail, "Free some space: renders need about 2 GB to be safe.")
    return Check("disk", True, detail)


def _token(settings: Settings) -> Check:
    from nemovideo.projects.setup.tokens import token_status

    if settings.backend == "local":
        return Check("token", True, "the local engine needs none of yours")
    try:
        status = token_status(settings)
    except NemoError as exc:
        return Check("token", False, exc.message, exc.hint)
    if not status.is_authenticated:
        return Check("token", True, "none yet: an anonymous one is fetched when it is needed")
    until = f", valid until {status.expires_at:%Y-%m-%d %H:%M}" if status.expires_at else ""
    return Check("token", True, f"{status.kind}{until}")


def _cloud(settings: Settings, *, is_engine_ok: bool) -> Check:
    """Check whether the cloud answers and, where it doesn't, whether the engine stands in."""
    from nemovideo.client import NemoVideo

    try:
        with NemoVideo(settings=settings) as client:
            client.reach()
    except UnreachableError as exc:
        if is_engine_ok and may_work_here(settings):
            return Check("cloud", False, exc.message, STANDS_IN, is_needed=False)
        return Check("cloud", False, exc.message, CHECK_NETWORK)
    except NemoError as exc:
        return Check("cloud", False, exc.message, exc.hint or CHECK_NETWORK)
    return Check("cloud", True, f"{settings.api_url} answers")


def _engine(settings: Settings) -> Check:
    missing = missing_engine_modules()
    if missing:
        is_needed = settings.backend == "local"
        detail = f"not installed (missing: {', '.join(missing)})"
        return Check("local engine", False, detail, install_hint("local"), is_needed=is_needed)
    return Check("local engine", True, "installed")


def _music() -> Check:
    """Name the finished tracks, and under which license they are used."""
    found = facts()
    if found is None:
        detail = f"composed; finished tracks come with the extra {EXTRA}"
        return Check("music", True, detail, install_hint(EXTRA))
    return Check(
        "music",
        True,
        f"composed; {found.count} tracks of {found.name} {found.version} ({found.license})",
    )


def _kept(settings: Settings) -> Iterator[Check]:
    """Say what the engine keeps, where it has kept anything yet."""
    try:
        storage = survey_storage(settings)
    except NemoError as exc:
        yield Check("engine's files", False, exc.message, exc.hint, is_needed=False)
        return
    if storage.piece_bytes:
        size, most = format_bytes(storage.piece_bytes), format_bytes(settings.pieces_limit)
        folder = settings.data_dir / ENGINE_FOLDER / PIECES_FOLDER
        yield Check(
            "rendered pieces",
            True,
            f"{size} of {most} for quick exports in {folder}; `nemo clean --pieces` clears it",
        )
    if storage.sessions:
        count = len(storage.sessions)
        size_bytes = storage.size_bytes - storage.piece_bytes
        detail = f"{counted(count, 'session')}, {format_bytes(size_bytes)}"
        is_much = size_bytes >= MUCH_KEPT_BYTES
        hint = "`nemo clean` removes those of old sessions." if is_much else None
        yield Check("engine's files", True, detail, hint)


def _engine_starts(settings: Settings) -> Check:
    return _attempt("local engine starts", lambda: _ask_engine(settings))


def _ask_engine(settings: Settings) -> str:
    from nemovideo.projects.workspace import Workspace

    with Workspace(replace(settings, backend="local")) as workspace:
        balance = workspace.client().credits.get()
    return f"answers; {balance.available:g} credits, never spent"


def _attempt(name: str, action: Callable[[], str]) -> Check:
    try:
        return Check(name, True, action())
    except NemoError as exc:
        return Check(name, False, exc.message, exc.hint)
