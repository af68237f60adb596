"""How large a text is set and where its lines break. Knows widths, no pixels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nemovideo.render.text import segments
from nemovideo.render.text.fonts import FontBook
from nemovideo.render.text.segments import Paragraph
from nemovideo.render.text.shaping import Line, Shaper
from nemovideo.render.text.style import Manner, room_width, safe_area

LINE = 1.24
"""From line to line at least, in ems."""
_CAPITALS = 0.95
"""Room of the first line above its baseline: capitals and as much again as hangs below the last,
so that a text seems to stand in the middle of its block."""
_TAILS = 0.24
"""Room of the last line below its baseline."""
_GAP = 0.1
"""Between what hangs below one line and what stands above the next, in ems."""
_SHRINK = 0.94
_CROWDED = 0.6
"""Of the largest size: above it words stay whole and lines few, below it all is allowed."""
_NEARLY = 0.8
_LEAST = 8
"""Pixels: smaller letters are no letters, however small the frame."""
_LONGEST = 8000
"""Characters beyond are not looked at; no frame has room for a part of them."""


@dataclass(frozen=True)
class Row:
    """A line as large as it is drawn."""

    line: Line
    size: float
    """Of the font, in pixels."""

    @property
    def width(self) -> float:
        """In pixels."""
        return self.line.width * self.size

    @property
    def ascent(self) -> float:
        """How far its ink reaches above the baseline."""
        return self.line.ascent * self.size

    @property
    def descent(self) -> float:
        """How far below."""
        return self.line.descent * self.size


@dataclass(frozen=True)
class Setting:
    """A text in lines."""

    rows: tuple[Row, ...]
    size: int
    """Of the largest letters, in pixels."""
    cut: str = ""
    """What had no room at the end; an ellipsis stands for it."""

    @property
    def smallest(self) -> float:
        """The size of the smallest letters."""
        return min((row.size for row in self.rows), default=0.0)

    @property
    def width(self) -> float:
        """Of its longest line, in pixels."""
        return max((row.width for row in self.rows), default=0.0)

    @property
    def baselines(self) -> list[float]:
        """Pixels from the block's upper edge to each line's baseline."""
        result: list[float] = []
        for number, row in enumerate(self.rows):
            if number == 0:
                result.append(max(_CAPITALS * row.size, row.ascent))
                continue
            above = self.rows[number - 1]
            middle = (above.size + row.size) / 2
            step = max(LINE * middle, above.descent + row.ascent + _GAP * middle)
            result.append(result[-1] + step)
        return result

    @property
    def height(self) -> float:
        """From the top of its first line to what hangs below its last, in pixels."""
        if not self.rows:
            return 0.0
        last = self.rows[-1]
        return self.baselines[-1] + max(_TAILS * last.size, last.descent)


class Typesetter:
    """Sets one text, given as clusters that have a font."""

    def __init__(self, paragraphs: list[list[str]], language: str, fonts: FontBook) -> None:
        self._language, self._fonts = language, fonts
        self._paragraphs: list[Paragraph] = []
        left, beyond = _LONGEST, ""
        for items in paragraphs:
            kept = items[: max(0, left)]
            beyond += "".join(items[len(kept) :])
            self._paragraphs.append(segments.paragraph_of(kept, language))
            left -= len(items)
        self._beyond = beyond
        self._shapers = [Shaper(item.clusters, language, fonts) for item in self._paragraphs]
        self._widths = [shaper.widths() for shaper in self._shapers]

    def fit(self, manner: Manner, frame: tuple[int, int]) -> Setting:
        """Return the text in the largest size that looks well, else in the largest that fits."""
        side = min(frame)
        room = room_width(manner.position, frame)
        largest = max(_LEAST, round(manner.sizes[manner.size] * side))
        smallest = min(largest, max(_LEAST, round(manner.smallest * side)))

        def sizes(size: int) -> list[float]:
            """Return the size of each paragraph: the first is the largest."""
            further = max(manner.further_lines * size, smallest)
            return [size, *[further] * (len(self._paragraphs) - 1)]

        few = 3 if frame[0] >= frame[1] else 5
        most_lines = manner.most_lines or max(few, len(self._paragraphs))
        size = self._size_unbroken(room, largest, sizes)
        while size > smallest:
            is_large = size > largest * _CROWDED
            is_whole = not is_large or self._has_whole_words(room, sizes(size))
            counts = self._count_lines(room, sizes(size))
            height = sum(n * LINE * s for n, s in zip(counts, sizes(size), strict=True))
            are_few = not (is_large or manner.most_lines) or sum(counts) <= most_lines
            if is_whole and are_few and height <= manner.tallest * frame[1]:
                break
            size = max(smallest, int(size * _SHRINK))
        most = manner.most_lines or _LONGEST
        return self._set(sizes(size), room, most, safe_area(frame).height)

    def one_line(self, size: int, width: int) -> Line:
        """Return the first paragraph in one line, cut off where it has no room."""
        line = range(len(self._widths[0]))
        if sum(self._widths[0]) * size <= width:
            return self._shapers[0].line(line)
        fitting, room = 0, width / size
        while room >= 0:
            room -= self._widths[0][fitting]
            fitting += 1
        return self._cut_off(0, range(fitting), width / size)[0]

    def _set(self, sizes: list[float], room: float, most_lines: int, height: int) -> Setting:
        rows = [
            (number, line)
            for number, paragraph in enumerate(self._paragraphs)
            for line in segments.wrap(paragraph, self._widths[number], room / sizes[number])
        ]
        most_lines = min(most_lines, max(1, int(height / (LINE * min(sizes)))))
        while True:
            shown = rows[:most_lines]
            lines = [self._shapers[number].line(line) for number, line in shown]
            cut = self._beyond
            if len(rows) > len(shown) or cut:
                number, line = shown[-1]
                lines[-1], cut = self._cut_off(number, line, room / sizes[number])
            set_rows = (Row(line, sizes[n]) for line, (n, _) in zip(lines, shown, strict=True))
            setting = Setting(tuple(set_rows), round(sizes[0]), cut)
            if setting.height <= height or most_lines == 1:
                return setting
            most_lines = len(shown) - 1  # tall scripts need more room than was reckoned with

    def _cut_off(self, number: int, line: range, room: float) -> tuple[Line, str]:
        """Return a line that ends in an ellipsis, and the text from there on."""
        paragraph = self._paragraphs[number]
        items, stop = paragraph.clusters, line.stop
        while stop > line.start and items[stop - 1] in " ,.;:–—-，。、；：":
            stop -= 1
        shaped = self._with_ellipsis(items[line.start : stop])
        while shaped.width > room and stop > line.start + 1:
            stop -= 1
            shaped = self._with_ellipsis(items[line.start : stop])
        rest = ["".join(items[stop:])]
        rest += ["".join(item.clusters) for item in self._paragraphs[number + 1 :]]
        return shaped, ("\n".join(rest) + self._beyond).strip()

    def _with_ellipsis(self, items: tuple[str, ...]) -> Line:
        mark = "…" if self._fonts.face_for("…", self._language) else "."
        if not self._fonts.face_for(mark, self._language):
            mark = ""
        longer = (*items, mark) if mark else items
        return Shaper(longer, self._language, self._fonts).line(range(len(longer)))

    def _size_unbroken(self, room: float, largest: int, sizes: Callable[[int], list[float]]) -> int:
        """Return a slightly smaller size when that spares the lines from being broken."""
        widest = max(
            sum(widths) * size for widths, size in zip(self._widths, sizes(largest), strict=True)
        )
        unbroken = int(room / max(widest / largest * 1.01, 0.01))
        return min(largest, unbroken) if unbroken >= largest * _NEARLY else largest

    def _has_whole_words(self, room: float, sizes: list[float]) -> bool:
        return all(
            segments.longest_word(paragraph, widths) * size <= room
            for paragraph, widths, size in zip(self._paragraphs, self._widths, sizes, strict=True)
        )

    def _count_lines(self, room: float, sizes: list[float]) -> list[int]:
        return [
            segments.count_lines(paragraph, widths, room / size)
            for paragraph, widths, size in zip(self._paragraphs, self._widths, sizes, strict=True)
        ]
