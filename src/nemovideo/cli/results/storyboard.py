"""A storyboard on the terminal, as a PNG, and as a document."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from nemovideo.cli.output.output import Output
from nemovideo.cli.output.text import to_line
from nemovideo.projects.exports.beside import save_beside
from nemovideo.projects.exports.outputs import OutputTarget
from nemovideo.projects.session.storyboard import BoardFrame, Storyboard
from nemovideo.render.board import Tile, draw_board, join_tiles

if TYPE_CHECKING:
    from PIL import Image
    from rich.console import Console, RenderableType

MIN_COLUMNS = 24
"""A picture takes at least so many columns."""
MAX_TERMINAL_COLUMNS = 160


def to_document(board: Storyboard, target: OutputTarget | None) -> dict[str, Any]:
    """Return the document of `nemo storyboard`."""
    return {
        "session_id": board.session.session_id,
        "output": None if target is None else str(target),
        "frames": [
            {
                "time_ms": frame.moment.time_ms,
                "start_ms": frame.moment.start_ms,
                "end_ms": frame.moment.end_ms,
                "name": frame.moment.name,
                "beside": frame.moment.beside,
                "title": "\n".join(frame.moment.titles) or None,
                "transition": frame.moment.transition,
                "shown": frame.pixels is not None,
            }
            for frame in board.frames
        ],
        "notes": list(board.notes),
    }


def draw(board: Storyboard) -> Image.Image:
    """Draw a storyboard as one picture."""
    return draw_board([_tile(frame) for frame in board.frames], board.size)


def show(output: Output, board: Storyboard, target: OutputTarget | None) -> None:
    """Show a storyboard: as a file where there is a target, else on the terminal.

    Raises:
        OutputNotWritableError: The file can't be written.
    """
    if target is None:
        _show_on_terminal(output, board)
    else:
        _save(board, target)
        if not target.is_stdout:
            output.result(str(target))
    for note in board.notes:
        output.notice(note)


def _save(board: Storyboard, target: OutputTarget) -> None:
    picture = draw(board)
    if target.is_written_into:
        content = io.BytesIO()
        picture.save(content, "PNG")
        stream = target.stream()
        stream.write(content.getvalue())
        stream.flush()
    else:
        save_beside("--out", target.replaced, lambda file: picture.save(file, "PNG", optimize=True))


def _show_on_terminal(output: Output, board: Storyboard) -> None:
    """Draw the pictures in rows as wide as the terminal, their words below."""
    from rich.text import Text

    columns = min(shutil.get_terminal_size().columns, MAX_TERMINAL_COLUMNS)
    per_row = max(1, min(len(board.frames), columns // MIN_COLUMNS))
    width = columns // per_row
    console = output.console(sys.stdout)
    has_pictures = not console.no_color
    is_able = _shows_pictures()
    for start in range(0, len(board.frames), per_row):
        tiles = [_tile(frame) for frame in board.frames[start : start + per_row]]
        if has_pictures and is_able:
            is_able = _draw_row(console, tiles, board.size, per_row, width * per_row)
        for line in _label_rows(tiles, width):
            console.print(Text(output.redact(line), no_wrap=True, overflow="crop"))
        console.print()
    if has_pictures and not is_able:
        output.notice("This terminal shows no pictures; in a file: nemo storyboard --out board.png")


def _shows_pictures() -> bool:
    """Return whether the terminal has a size and more than plain letters."""
    try:
        size = os.get_terminal_size(sys.stdout.fileno())
    except OSError:
        return False
    is_large = size.columns >= MIN_COLUMNS and size.lines > 0
    return is_large and os.environ.get("TERM", "dumb") not in ("dumb", "unknown")


def _draw_row(
    console: Console, tiles: Sequence[Tile], size: tuple[int, int], per_row: int, width: int
) -> bool:
    """Draw a row of pictures; return whether the terminal could be made to show it."""
    try:
        console.print(_strip(tiles, size, per_row, width))
    except Exception:  # noqa: BLE001 - what a terminal answers, or does not, can be anything
        return False
    return True


def _strip(
    tiles: Sequence[Tile], size: tuple[int, int], per_row: int, width: int
) -> RenderableType:
    """Return a row of pictures in the best way that the terminal knows."""
    # Its import asks the terminal what it can show; the answer comes on stdin.
    from textual_image.renderable import Image as TerminalImage

    return TerminalImage(join_tiles(tiles, size, per_row), width=width, height="auto")


def _label_rows(tiles: Sequence[Tile], width: int) -> list[str]:
    from rich.cells import set_cell_size

    count = max(len(tile.lines) for tile in tiles)
    rows = []
    for number in range(count):
        cells = [tile.lines[number] if number < len(tile.lines) else "" for tile in tiles]
        rows.append("".join(f"{set_cell_size(to_line(cell), width - 2)}  " for cell in cells))
    return [row.rstrip() for row in rows]


def _tile(frame: BoardFrame) -> Tile:
    moment = frame.moment
    comes_in = f", in by {moment.transition}" if moment.transition else ""
    span = f"{_clock(moment.start_ms)}-{_clock(moment.end_ms)}"
    name = moment.name or "untitled"
    if moment.beside is not None:
        name += f" & {moment.beside}"
    lines = [name, f"{span}{comes_in}"]
    lines += [f'"{title}"' for title in moment.titles]
    return Tile(frame.pixels, tuple(lines))


def _clock(ms: int) -> str:
    minutes, seconds = divmod(ms / 1000, 60)
    return f"{int(minutes)}:{seconds:04.1f}"
