"""What the engine keeps on disk, for those who look after it without starting it."""

from nemovideo.engine._server import ENGINE_FOLDER
from nemovideo.engine.store.cleaning import PIECES_FOLDER, KeptSession, Storage
from nemovideo.engine.store.store import opened_store

__all__ = ["ENGINE_FOLDER", "PIECES_FOLDER", "KeptSession", "Storage", "opened_store"]
