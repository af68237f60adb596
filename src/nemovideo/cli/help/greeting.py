"""What `nemo` alone says: what this is, what to try, and where the user was."""

from __future__ import annotations

import sys

from nemovideo.cli.output.lines import columns_of
from nemovideo.cli.output.output import Output

_EXAMPLES = (
    ("nemo convert photos/ --local", "a video, made on this machine"),
    ('nemo convert *.jpg --title "Summer"', "in NemoVideo's cloud; offline, here"),
    ('nemo chat "make it vertical, calm music"', "say what you want changed"),
    ("nemo export --out video.mp4", "save the video"),
)
_NEXT = (
    ("nemo status", "the timeline"),
    ("nemo doctor", "what works here"),
    ("nemo --help", "every command"),
)


def greet(output: Output) -> None:
    """Write the greeting."""
    output.say("nemo turns photos and clips into a video.")
    for title, rows in (("Try:", _EXAMPLES), ("And then:", _NEXT)):
        output.result("")
        output.say(title)
        output.result(_table([(code, output.translate(words)) for code, words in rows]))
    name = _current_name()
    if name is not None:
        output.result("")
        output.say(f"The current session is “{name}”.")


def _table(rows: list[tuple[str, str]]) -> str:
    """Return rows of code and words beside each other, or below where the terminal is narrow."""
    from rich.cells import cell_len

    margin = max(len(code) for code, _ in _EXAMPLES) + 4
    columns = columns_of(sys.stdout)
    if columns is not None and any(margin + cell_len(words) > columns for _, words in rows):
        return "\n".join(f"  {code}\n      {words}" for code, words in rows)
    return "\n".join(f"  {code.ljust(margin - 2)}{words}" for code, words in rows)


def _current_name() -> str | None:
    """Return the name of the session that commands would work in; None where there is none yet."""
    from nemovideo.config import resolve_settings
    from nemovideo.errors import NemoError

    try:
        settings = resolve_settings()
        if not settings.data_dir.is_dir():
            return None
        from nemovideo.projects.journal import JOURNAL_FILE, Journal

        if not (settings.data_dir / JOURNAL_FILE).exists():
            return None
        with Journal(settings.data_dir) as journal:
            current = journal.sessions.current()
    except NemoError:
        return None  # `nemo doctor` tells what is wrong
    return current.name if current is not None else None
