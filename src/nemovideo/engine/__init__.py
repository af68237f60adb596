"""The local engine: the NemoVideo API served by this machine, with real edits and real renders.

Importing this package costs nothing and needs no extra; starting the engine needs the ``local``
one and says so when it is missing.
"""

from nemovideo.engine._cleaning import KeptSession, Storage
from nemovideo.engine._server import ENGINE_FOLDER, LocalEngine, serve
from nemovideo.engine._store import opened_store

__all__ = ["ENGINE_FOLDER", "KeptSession", "LocalEngine", "Storage", "opened_store", "serve"]
