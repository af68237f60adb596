"""`nemo chat` as a conversation: read a line, do it, show what came of it, until Ctrl-D."""

from nemovideo.cli.repl._loop import run_repl

__all__ = ["run_repl"]
