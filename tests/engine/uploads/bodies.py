"""Files and folders of uploads, for the tests of this folder."""

from __future__ import annotations

import os
from pathlib import Path


def files_below(folder: Path) -> list[str]:
    """List the files that an upload may leave in an engine's data folder."""
    # Unlike `rglob`, `os.walk` passes over what vanishes meanwhile.
    return sorted(
        str(Path(place, name).relative_to(folder))
        for part in ("incoming", "media")
        for place, _, names in os.walk(folder / "engine" / part)
        for name in names
    )


MULTIPART = {"Content-Type": "multipart/form-data; boundary=b"}
PART = b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.png"\r\n\r\n'
