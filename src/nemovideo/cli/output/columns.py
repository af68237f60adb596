"""Rows of cells, one below the other; wide characters are counted as wide."""

from __future__ import annotations

from collections.abc import Sequence

GAP = "  "


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return each row as a line, its cells as wide as the widest of their column."""
    from rich.cells import cell_len

    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    return [
        GAP.join(
            cell + " " * (w - cell_len(cell)) for cell, w in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]


def fitting(rows: Sequence[Sequence[str]], width: int, *, least: int) -> list[str]:
    """Return the rows with as many columns as there is room for, `least` in any case."""
    from rich.cells import cell_len

    for count in range(len(rows[0]), least, -1):
        lines = aligned([row[:count] for row in rows])
        if max(map(cell_len, lines)) <= width:
            return lines
    return aligned([row[:least] for row in rows])
