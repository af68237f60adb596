"""Files of subtitles: read here, since the API takes none, and sent along with what is said."""

from __future__ import annotations

import json
from typing import Any

from nemovideo._files import decode_text, expand_home
from nemovideo.errors import InputNotFoundError, UnsupportedFileError
from nemovideo.protocol.draft import JsonObject

ENDING = ".srt"
MAX_BYTES = 2_000_000


def with_subtitles(text: str) -> str:
    """Return a message for the local engine, with the subtitles of the files that it names.

    Raises:
        InputNotFoundError: A file is not there.
        UnsupportedFileError: It can't be read, or is no text.
    """
    if ENDING not in text.lower():
        return text
    from nemovideo.language.tokens import tokenize

    files = [str(t.values) for t in tokenize(text)[0] if t.kind == "file"]
    texts = {name: read_subtitles(name) for name in files if name.lower().endswith(ENDING)}
    if not texts:
        return text
    return json.dumps({"prompt": text, "texts": texts}, ensure_ascii=False)


def resolve_subtitles(edit: Any) -> Any:
    """Return an edit that names a file of subtitles with what the file holds."""
    if not isinstance(edit, dict) or edit.get("do") != "subtitles" or edit.get("srt") is not None:
        return edit
    name = edit.get("file")
    if not isinstance(name, str):
        return edit
    resolved: JsonObject = {key: value for key, value in edit.items() if key != "file"}
    return {**resolved, "srt": read_subtitles(name)}


def read_subtitles(name: str) -> str:
    """Return what a file of subtitles holds.

    Raises:
        InputNotFoundError: It is not there.
        UnsupportedFileError: It can't be read, or is no text.
    """
    path = expand_home(name)
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            raise UnsupportedFileError(f"{path} is too long for subtitles")
        return decode_text(content)
    except FileNotFoundError as exc:
        raise InputNotFoundError(f"no such file: {path}") from exc
    except OSError as exc:
        raise UnsupportedFileError(f"{path} can't be read: {exc.strerror}") from exc
    except UnicodeDecodeError as exc:
        raise UnsupportedFileError(f"{path} is no text", hint="Save it as UTF-8.") from exc
