"""SQLite files that several processes share: opened, and brought to the newest form."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

BUSY_TIMEOUT_S = 30.0


class NewerSchemaError(Exception):
    """A newer version of the program has changed the file's form."""


def connect(path: Path, *, survives_power_cut: bool) -> sqlite3.Connection:
    """Open a file, made where it is missing; statements commit unless in a transaction.

    Connections may wander between threads, used by one at a time. Where it `survives_power_cut`
    each commit waits for the disk; else the last ones may be lost with the machine, though never
    with the process.

    Raises:
        sqlite3.Error: It can't be opened.
    """
    connection = sqlite3.connect(
        path, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False
    )
    connection.row_factory = sqlite3.Row
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        level = "FULL" if survives_power_cut else "NORMAL"
        connection.execute(f"PRAGMA synchronous = {level}")
    except BaseException:
        connection.close()
        raise
    return connection


def migrate(connection: sqlite3.Connection, scripts: Sequence[str]) -> None:
    """Bring a file to the newest form, with a write-ahead log; all steps or none.

    Each script takes it from one ``user_version`` to the next; others may do the same at once.

    Raises:
        NewerSchemaError: Its version is beyond the last script.
    """
    connection.execute("PRAGMA journal_mode = WAL")
    version = _version(connection)
    if version > len(scripts):
        raise NewerSchemaError
    if version == len(scripts):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for script in scripts[_version(connection) :]:
            for statement in filter(str.strip, script.split(";")):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(scripts)}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
