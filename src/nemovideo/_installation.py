"""How this copy of the program was installed, and so how a part is added to it; no I/O but reading.

Standard library only: errors ask it for their hints.
"""

from __future__ import annotations

import json
import os
import shlex
import sys
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path, PurePath
from shutil import which
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

NAME = "nemovideo"
ENGINE_MODULES = (
    *("av", "cv2", "numpy", "pi_heif", "PIL", "python_multipart", "smartcrop", "srt"),
    *("starlette", "textual_image", "uvicorn"),
    *("bidi", "budoux", "uharfbuzz", "unicode_segmentation_rs"),
    *("manimgx_fonts", "manimgx_fonts_cjk"),
)
"""What the extra ``local`` brings."""


def missing_engine_modules() -> list[str]:
    """Return the modules of the extra ``local`` that are not installed; none is imported."""
    return [name for name in ENGINE_MODULES if find_spec(name) is None]


def install_hint(extra: str) -> str:
    """Return the sentence that says how to add an extra to this installation."""
    return f"Install it with: {install_command(extra)}"


def install_command(
    extra: str,
    *,
    origin: Mapping[str, Any] | None = None,
    prefix: str = sys.prefix,
    python: str = sys.executable,
) -> str:
    """Return the command that adds an extra.

    Args:
        extra: Its name.
        origin: Where this copy came from, as PEP 610 has it; what the installer noted if None.
        prefix: The environment that the program runs in.
        python: Its Python.
    """
    options, requirement = _requirement(extra, _noted_origin() if origin is None else origin)
    written = " ".join([*options, _quoted(requirement)])
    parts = {part.lower() for part in PurePath(prefix).parts}
    if {"pipx", "venvs"} <= parts:
        return f"pipx install --force {written}"
    if {"uv", "tools"} <= parts:
        return f"uv tool install --force {written}"
    if find_spec("pip") is None:
        return f"uv pip install --python {_quoted(python)} {written}"
    pip = which("pip")
    is_ours = pip is not None and Path(pip).parent == Path(python).parent
    return f"pip install {written}" if is_ours else f"{_quoted(python)} -m pip install {written}"


def _requirement(extra: str, origin: Mapping[str, Any]) -> tuple[list[str], str]:
    """Return pip's options and the requirement, from where this copy came."""
    url = str(origin.get("url", ""))
    if url.startswith("file:") and "dir_info" in origin:
        is_editable = origin["dir_info"].get("editable", False)
        folder = url2pathname(urlsplit(url).path)
        return (["-e"] if is_editable else []), f"{folder}[{extra}]"
    if "vcs_info" in origin:
        vcs = origin["vcs_info"]
        return [], f"{NAME}[{extra}] @ {vcs.get('vcs')}+{url}@{vcs.get('commit_id')}"
    return [], f"{NAME}[{extra}] @ {url}" if url else f"{NAME}[{extra}]"


def _noted_origin() -> Mapping[str, Any]:
    """Return what the installer wrote down of where the package came from (PEP 610)."""
    try:
        text = distribution(NAME).read_text("direct_url.json")
        found = json.loads(text) if text else {}
    except (PackageNotFoundError, OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _quoted(text: str) -> str:
    if os.name == "nt":
        return f'"{text}"' if set(text) & set(" []@") else text
    return shlex.quote(text)
