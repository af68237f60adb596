"""Files as every floor meets them: paths that people write, texts that their programs save."""

from __future__ import annotations

import codecs
from pathlib import Path

_BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


def expand_home(path: str | Path) -> Path:
    """Return a path with ``~`` replaced; as it stands where nobody knows that home.

    A user may be a number without a name and a home, as in containers.
    """
    try:
        return Path(path).expanduser()
    except RuntimeError:
        return Path(path)


def decode_text(content: bytes) -> str:
    r"""Return text as editors save it: UTF-8, or what a mark at its start says; lines end in \n.

    Raises:
        UnicodeDecodeError: It is something else.
    """
    encoding = next((name for mark, name in _BOMS.items() if content.startswith(mark)), "utf-8")
    return content.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
