"""Where fonts come from, and which one draws a piece of text.

Fonts that came as wheels are asked first, so that the same draft looks the same everywhere; those
of the system help out with what the wheels lack (emoji, Arabic, and so on).
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

from nemovideo._files import expand_home
from nemovideo.render._cmap import coverage

SEMI_BOLD = "SemiBold"

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

_BITMAP_SIZES = (160, 136, 128, 109, 96, 64)
"""Pixels at which fonts of bitmaps exist; other fonts take any size."""


@dataclass(frozen=True)
class Face:
    """One face of a font file."""

    path: Path
    index: int = 0
    variation: str | None = None
    """The named instance of a variable font."""
    is_colour: bool = False
    is_light: bool = False
    """There is no bold one; it is thickened where others are bold."""

    def covers(self, text: str) -> bool:
        """Whether it has a glyph for every character that needs one."""
        covered = coverage(self.path, self.index)
        return all(ord(char) in covered for char in text if not is_ignorable(char))


@dataclass(frozen=True)
class SizedFont:
    """A face that is ready to draw."""

    font: ImageFont.FreeTypeFont
    scale: float = 1.0
    """Multiplies what is drawn, for fonts that exist in one size only."""


class FontBook:
    """The faces to choose from, in order.

    Args:
        bundled: Faces that are asked first, by language of the text (``ja``, ``ko``, ``zh``) or
            under an empty name for all.
        folders: Where more fonts lie; read only when the bundled ones lack something.
    """

    def __init__(self, bundled: Mapping[str, tuple[Face, ...]], folders: tuple[Path, ...]) -> None:
        self._bundled = bundled
        self._folders = folders
        self._system: tuple[Face, ...] | None = None
        self._found: dict[tuple[str, str], Face | None] = {}

    def face_for(self, cluster: str, language: str) -> Face | None:
        """Return the face that draws a cluster of characters, or None when no font can.

        Args:
            cluster: A character with what belongs to it (accents, joiners, selectors).
            language: Of the whole text: ``ja``, ``ko``, ``zh`` or empty.
        """
        key = (cluster, language)
        if key not in self._found:
            self._found[key] = self._find(cluster, language)
        return self._found[key]

    def _find(self, cluster: str, language: str) -> Face | None:
        if wants_colour(cluster):
            for face in self._system_faces():
                if face.is_colour and face.covers(cluster) and _draws(face, cluster):
                    return face
        first = ("zh", "") if language and cluster in "“”‘’…—·" else ("", "zh")
        order = [language if name == "zh" and language else name for name in first]
        for face in (face for name in order for face in self._bundled.get(name, ())):
            if face.covers(cluster):
                return face
        for face in self._system_faces():
            if face.covers(cluster) and _draws(face, cluster):
                return face
        return None

    def _system_faces(self) -> tuple[Face, ...]:
        if self._system is None:
            self._system = tuple(_faces_in(self._folders))
        return self._system


@lru_cache(maxsize=1)
def default_fonts() -> FontBook:
    """Return the fonts of this machine."""
    return FontBook(bundled_faces(), system_folders())


def bundled_faces() -> dict[str, tuple[Face, ...]]:
    """Return the faces that came as wheels, as many as are installed."""
    faces: dict[str, tuple[Face, ...]] = {}
    for path in _files_of("fontpkg_noto_sans", "NotoSans[[]*.ttf"):
        faces[""] = (Face(path, variation=SEMI_BOLD),)
    for path in _files_of("noto_cjk_sans_otc", "NotoSansCJK-Regular.ttc"):
        for language, index in _CJK_FACES.items():
            faces[language] = (Face(path, index, is_light=True),)
    return faces


def system_folders() -> tuple[Path, ...]:
    """Return where this system keeps its fonts."""
    home = expand_home("~")
    if sys.platform == "darwin":
        return (Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts")
    if sys.platform == "win32":
        windows = Path(os.environ.get("WINDIR", r"C:\Windows"))
        return (windows / "Fonts", home / "AppData/Local/Microsoft/Windows/Fonts")
    return (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local/share/fonts")


@lru_cache(maxsize=64)
def sized(face: Face, size: int) -> SizedFont:
    """Return a face in a size in pixels.

    Raises:
        OSError: The file can't be used.
    """
    try:
        font = ImageFont.truetype(str(face.path), size, face.index)
    except OSError:
        for fixed in _BITMAP_SIZES:
            try:
                font = ImageFont.truetype(str(face.path), fixed, face.index)
            except OSError:
                continue
            return SizedFont(font, size / fixed)
        raise
    if face.variation is not None:
        font.set_variation_by_name(face.variation)
    return SizedFont(font)


def is_ignorable(char: str) -> bool:
    """Whether a character is drawn by changing its neighbours: joiners and selectors."""
    code = ord(char)
    return code in (0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF) or (
        0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF or 0xE0020 <= code <= 0xE007F
    )


def wants_colour(cluster: str) -> bool:
    """Whether a cluster is an emoji, by its own nature or by a selector."""
    if "\ufe0e" in cluster:
        return False
    return "\ufe0f" in cluster or "\u20e3" in cluster or any(_is_emoji(char) for char in cluster)


def _is_emoji(char: str) -> bool:
    code = ord(char)
    return 0x1F000 <= code <= 0x1FAFF or code in (0x2728, 0x2705, 0x274C, 0x2B50, 0x2753, 0x2757)


def _files_of(package: str, pattern: str) -> list[Path]:
    spec = importlib.util.find_spec(package)
    folders = spec.submodule_search_locations if spec else None
    return sorted(path for folder in folders or () for path in Path(folder).rglob(pattern))


def _faces_in(folders: tuple[Path, ...]) -> Iterator[Face]:
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


def _draws(face: Face, cluster: str) -> bool:
    """Whether something is really drawn: some colour fonts have forms that FreeType can't."""
    try:
        font = sized(face, 64).font
        return font.getmask(cluster, mode="RGBA" if face.is_colour else "L").getbbox() is not None
    except (OSError, ValueError):
        return False
