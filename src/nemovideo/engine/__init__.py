"""The local engine: the NemoVideo API served by this machine, with real edits and real renders.

Importing this package costs nothing and needs no extra; starting the engine needs the ``local``
one and says so when it is missing.
"""

from nemovideo.engine._server import LocalEngine, serve

__all__ = ["LocalEngine", "serve"]
