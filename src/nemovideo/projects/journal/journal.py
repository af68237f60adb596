"""The journal: sessions, uploads, turns, runs and renders known to this machine, in SQLite.

What costs something is written here before the request goes out, so that a process that dies in
between leaves a trace for the next one. Several processes may use one journal at once.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from nemovideo.projects.journal.database import Database
from nemovideo.projects.journal.renders import Renders
from nemovideo.projects.journal.runs import BatchJobs, Runs
from nemovideo.projects.journal.sessions import Sessions
from nemovideo.projects.journal.turns import Turns
from nemovideo.projects.journal.uploads import Uploads

JOURNAL_FILE = "journal.sqlite3"


class Journal:
    """Opens (and makes, where it is missing) the journal below a data folder.

    Raises:
        NemoError: It can't be opened.
    """

    def __init__(self, data_dir: Path, *, clock: Callable[[], float] = time.time) -> None:
        self._database = Database(data_dir / JOURNAL_FILE, clock)
        self.sessions = Sessions(self._database)
        self.uploads = Uploads(self._database)
        self.turns = Turns(self._database)
        self.runs = Runs(self._database)
        self.batch_jobs = BatchJobs(self._database)
        self.renders = Renders(self._database)

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()
