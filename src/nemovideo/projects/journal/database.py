"""The journal's file: opened, asked, and its failures said in words."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from nemovideo._sqlite import NewerSchemaError, connect, migrate
from nemovideo.errors import NemoError
from nemovideo.projects.journal.records import Record
from nemovideo.projects.journal.schema import MIGRATIONS
from nemovideo.projects.texts import storable

AnyRecord = TypeVar("AnyRecord", bound=Record)


class Database:
    """Opens (and makes, where it is missing) a journal; the clock tells the time in seconds.

    Raises:
        NemoError: It can't be opened; later, that the disk or another process keeps it from work.
    """

    def __init__(self, path: Path, clock: Callable[[], float]) -> None:
        self.now = clock
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = connect(path, survives_power_cut=True)
            try:
                migrate(self._connection, MIGRATIONS)
            except BaseException:
                self._connection.close()
                raise
        except NewerSchemaError:
            raise NemoError(
                "the journal was changed by a newer nemo",
                hint="Upgrade this one, or set NEMO_DATA_DIR to another folder.",
            ) from None
        except (OSError, sqlite3.Error) as exc:
            raise NemoError(
                f"the journal {path} can't be opened: {exc}",
                hint="Check the folder's permissions and space, or set NEMO_DATA_DIR to another.",
            ) from exc

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def run(self, statement: str, *values: Any) -> sqlite3.Cursor:
        """Change something."""
        with _translated():
            return self._connection.execute(statement, storable(values))

    def all(self, kind: type[AnyRecord], query: str, *values: Any) -> tuple[AnyRecord, ...]:
        """Return what a query finds."""
        with _translated():
            rows = self._connection.execute(query, storable(values)).fetchall()
        return tuple(map(kind.from_row, rows))

    def first(self, kind: type[AnyRecord], query: str, *values: Any) -> AnyRecord | None:
        """Return the first that a query finds."""
        return next(iter(self.all(kind, query, *values)), None)

    def one(self, kind: type[AnyRecord], query: str, *values: Any) -> AnyRecord:
        """Return what is known to be there."""
        (record,) = self.all(kind, query, *values)
        return record

    def insert_numbered(self, prefix: str, statement: str, *values: Any) -> str:
        """Insert a row under an id of the time in µs, counting on where it is taken."""
        number = int(self.now() * 1_000_000)
        while True:
            try:
                self.run(statement, f"{prefix}_{number}", *values)
                return f"{prefix}_{number}"
            except sqlite3.IntegrityError:
                number += 1


class Table:
    """What the journal keeps of one noun."""

    def __init__(self, database: Database) -> None:
        self._database = database


@contextmanager
def _translated() -> Iterator[None]:
    """Say what the disk or another process keeps the journal from doing."""
    try:
        yield
    except sqlite3.DatabaseError as exc:
        if isinstance(exc, sqlite3.IntegrityError | sqlite3.ProgrammingError):
            raise
        raise NemoError(
            f"the journal can't be used: {exc}",
            hint="Check the space below NEMO_DATA_DIR, and whether other programs lock it.",
        ) from exc
