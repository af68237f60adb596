"""Files and folders of uploads, for the tests of this folder."""

from __future__ import annotations

from pathlib import Path


def files_below(folder: Path) -> list[str]:
    """List the files that an upload may leave in an engine's data folder."""
    return sorted(
        str(path.relative_to(folder))
        for part in ("incoming", "media")
        for path in (folder / "engine" / part).rglob("*")
        if path.is_file()
    )


MULTIPART = {"Content-Type": "multipart/form-data; boundary=b"}
PART = b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.png"\r\n\r\n'
