"""Where the engine keeps things: one database, and folders for uploads in flight, media, renders.

All of it lies in one folder that only its owner may enter. Several processes may work on it at
once: what must belong to one process at a time is guarded by the locks of `claim`, which the
operating system takes back from a process that dies.
"""

from __future__ import annotations

import shutil
import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout

from nemovideo._files import locked, write_whole
from nemovideo._sqlite import BUSY_TIMEOUT_S
from nemovideo.engine.store.cleaning import Cleaning
from nemovideo.engine.store.database import Database
from nemovideo.engine.store.linking import has_changed
from nemovideo.engine.store.renders import RenderRow, Renders
from nemovideo.engine.store.sessions import MediaRow, Sessions
from nemovideo.engine.store.users import Users, is_token, new_token
from nemovideo.errors import UsageError
from nemovideo.protocol.media_types import extension_of

OWNER_TOKEN_FILE = "owner_token"  # noqa: S105 - a file name
RENDER_FILE = "video.mp4"


class Store:
    """Everything that outlives the process, in a folder that is made when it isn't there."""

    def __init__(self, folder: Path, *, clock: Callable[[], float] = time.time) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        for name in ("incoming", "media", "renders", "locks"):
            (folder / name).mkdir(exist_ok=True)
        self._database = Database(folder / "engine.db")
        self.users = Users(self._database, clock)
        self.sessions = Sessions(self._database, clock)
        self.renders = Renders(self._database, clock)
        self.cleaning = Cleaning(folder, self._database)
        self._remove_abandoned_uploads()
        self._incoming_id = uuid.uuid4().hex
        self._incoming_lock = self.claim("incoming", self._incoming_id)
        self._incoming.mkdir()

    @property
    def folder(self) -> Path:
        """Where it all lies."""
        return self._folder

    def close(self) -> None:
        """Let go of everything."""
        shutil.rmtree(self._incoming, ignore_errors=True)
        if self._incoming_lock is not None:
            self.release(self._incoming_lock)
            self._incoming_lock = None
        self._database.close()

    def owner_token(self) -> str:
        """Return the token of the machine's own user; made once, then always the same."""
        path = self._folder / OWNER_TOKEN_FILE
        with locked(self._folder / "locks" / "owner.lock", timeout_s=BUSY_TIMEOUT_S):
            token = _read_text(path)
            if not is_token(token):
                token = new_token()
                write_whole(path, token.encode(), is_secret=True)
            self.users.adopt_owner_token(token)
        return token

    def new_upload_folder(self) -> Path:
        """Make a folder for the files of one request; the caller removes it."""
        folder = self._incoming / uuid.uuid4().hex
        folder.mkdir()
        return folder

    def media_path(self, row: MediaRow) -> Path:
        """Return where an uploaded file lies."""
        name = f"{row.id}.{extension_of(row.filename)}"
        return self._folder / "media" / row.session_id / name

    def render_path(self, row: RenderRow) -> Path:
        """Return where a render's file lies, or will; it has the folder for itself."""
        name = Path(RENDER_FILE).with_suffix(Path(row.filename).suffix)
        return self._folder / "renders" / row.key / name

    def media_paths(self, session_id: str) -> dict[str, Path]:
        """Return a session's files by id, and by name where no id says the same.

        Of several files with one name the first has it.
        """
        by_id: dict[str, Path] = {}
        by_name: dict[str, Path] = {}
        for row in self.sessions.media_of(session_id):
            by_id[row.id] = self.media_path(row)
            by_name.setdefault(row.filename, by_id[row.id])
        return {**by_name, **by_id}

    def changed_media(self, session_id: str) -> list[str]:
        """Return the names of a session's files that their owner has written to since."""
        rows = self.sessions.media_of(session_id)
        return [row.filename for row in rows if has_changed(self.media_path(row), row.size_bytes)]

    def claim(self, kind: str, name: str) -> BaseFileLock | None:
        """Take a lock that no other process has; None when one has it."""
        digest = sha256(name.encode()).hexdigest()[:32]
        lock = FileLock(self._folder / "locks" / f"{kind}-{digest}.lock", thread_local=False)
        try:
            lock.acquire(blocking=False)
        except Timeout:
            return None
        return lock

    @staticmethod
    def release(lock: BaseFileLock, *, is_final: bool = True) -> None:
        """Give a lock of `claim` back; its file goes, too, if nobody will take it again."""
        path = Path(lock.lock_file)
        lock.release()
        if is_final:
            # Elsewhere than on POSIX a file that is open can't be removed: then it stays.
            with suppress(OSError):
                path.unlink()

    @property
    def _incoming(self) -> Path:
        return self._folder / "incoming" / self._incoming_id

    def _remove_abandoned_uploads(self) -> None:
        """Remove what processes that died in the middle of an upload left behind."""
        for folder in (self._folder / "incoming").iterdir():
            lock = self.claim("incoming", folder.name)
            if lock is not None:
                shutil.rmtree(folder, ignore_errors=True)
                self.release(lock)


def open_store(folder: Path) -> Store:
    """Open the data in a folder, which is made when it isn't there.

    Raises:
        UsageError: The folder can't be written to, or what is in it can't be read.
    """
    try:
        return Store(folder)
    except OSError as exc:
        reason = exc.strerror or exc
        raise UsageError(f"the engine's data folder {folder} can't be used: {reason}") from exc
    except sqlite3.Error as exc:
        raise UsageError(f"the engine's database in {folder} can't be used: {exc}") from exc


@contextmanager
def opened_store(folder: Path) -> Iterator[Store]:
    """Open the data in a folder for as long as something is done with them.

    Raises as `open_store` does.
    """
    store = open_store(folder)
    try:
        yield store
    finally:
        store.close()


def _read_text(path: Path) -> str:
    try:
        return path.read_text("ascii").strip()
    except (FileNotFoundError, UnicodeDecodeError):
        return ""
