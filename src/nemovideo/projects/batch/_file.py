"""A batch file taken apart: TOML with ``[[job]]`` tables, or JSON Lines with the same keys.

What is wrong with one job is noted and the others are read on, so that all of it can be told at
once.
"""

from __future__ import annotations

import difflib
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nemovideo._files import decode_text, expand_home
from nemovideo.errors import InputError, InputNotFoundError, NemoError, UsageError
from nemovideo.projects.choices import check_encoder, check_max_size, check_purpose, check_quality
from nemovideo.projects.convert.options import OPTIONS, ConvertRequest, Option
from nemovideo.projects.convert.prompts import VideoWishes
from nemovideo.projects.convert.requests import wishes_of
from nemovideo.projects.inputs.ordering import parse_order

STDIN = "-"
_KEYS = ("files", "steps", "out", *OPTIONS)
_JSON_ENDINGS = (".jsonl", ".ndjson", ".json")


@dataclass(frozen=True)
class JobSpec:
    """A job as the file has it; `number` counts from 1."""

    number: int
    request: ConvertRequest
    """Its files, its instruction unless there are steps, and what it wishes."""
    wishes: VideoWishes = field(default_factory=VideoWishes)
    """With `music` as it was written, whether it names a file or a style."""
    steps: tuple[str, ...] = ()
    out: str | None = None
    stem: str | None = None
    """What the video is called, without its ending, where `out` does not say."""


@dataclass(frozen=True)
class Problem:
    """What is wrong with a job."""

    number: int
    error: NemoError


@dataclass(frozen=True)
class BatchFile:
    """A batch file taken apart."""

    folder: Path
    """Where its relative paths start."""
    stem: str
    """What videos without a name of their own are called, before their number."""
    specs: tuple[JobSpec, ...]
    problems: tuple[Problem, ...]


def read_batch(name: str, *, stdin_bytes: bytes = b"") -> BatchFile:
    """Read a batch file by its path; ``-`` is the text that stood on stdin.

    Raises:
        InputError: It can't be read, or holds no jobs.
    """
    if name == STDIN:
        name = "stdin"
        folder, stem, text = Path(), "batch", _decode(stdin_bytes, name)
    else:
        path = expand_home(name)
        folder, stem, text = path.parent, path.stem, _decode(_read(path), name)
    specs: list[JobSpec] = []
    problems: list[Problem] = []
    for number, job in enumerate(_jobs(name, text), 1):
        try:
            specs.append(_spec(number, job))
        except NemoError as error:
            problems.append(Problem(number, error))
    if not specs and not problems:
        raise InputError(f"{name} holds no jobs", hint="Write at least one [[job]] with its files.")
    return BatchFile(folder, stem, tuple(specs), tuple(problems))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as exc:
        raise InputNotFoundError(
            f"no such file: {path}", hint="Check the spelling and the folder you are in."
        ) from exc
    except OSError as exc:
        raise InputError(f"{path} can't be read: {exc.strerror}") from exc


def _decode(content: bytes, name: str) -> str:
    try:
        return decode_text(content)
    except UnicodeDecodeError as exc:
        raise InputError(f"{name} can't be read: it is not UTF-8 text") from exc


def _jobs(name: str, text: str) -> Iterator[object]:
    ending = Path(name).suffix.lower()
    is_json = ending in _JSON_ENDINGS or (ending != ".toml" and text.lstrip().startswith("{"))
    return _json_lines(text) if is_json else _tables(name, text)


def _json_lines(text: str) -> Iterator[object]:
    # Not splitlines(): JSON strings may hold other line separators as they are.
    for index, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield json.loads(line)
            except ValueError as exc:
                yield UsageError(f"line {index} is no JSON: {exc}")


def _tables(name: str, text: str) -> Iterator[object]:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as exc:
        raise InputError(
            f"{name} is no TOML: {exc}", hint="Write [[job]] tables, or JSON Lines in a .jsonl."
        ) from exc
    jobs = document.pop("job", [])
    if document:
        raise InputError(
            f"{name} holds {next(iter(document))!r} outside a job",
            hint="Begin every job with a line [[job]].",
        )
    if not isinstance(jobs, list):
        raise InputError(
            f"{name} holds [job] where [[job]] is meant", hint="Use double brackets: [[job]]."
        )
    yield from jobs


def _spec(number: int, job: object) -> JobSpec:
    if isinstance(job, NemoError):
        raise job
    if not isinstance(job, dict):
        raise UsageError("it is not a table of keys and values")
    _check_keys(job)
    steps, files = _list(job, "steps"), _list(job, "files")
    if "prompt" in job and steps:
        raise UsageError("it has both prompt and steps", hint="Make the prompt the first step.")
    if not files:
        raise UsageError("it names no files", hint='Add files = ["photos/*.jpg"].')
    wished = {key: _value(job, option) for key, option in OPTIONS.items() if key in job}
    request = ConvertRequest.of(wished, paths=files)
    parse_order(request.order)
    check_quality(request.quality, is_local=True)
    check_max_size(request.max_size, is_local=True)
    check_encoder(request.encoder, is_local=True)
    check_purpose(request.purpose)
    return JobSpec(number, request, wishes_of(request), steps, _text(job, "out"))


def _value(job: Mapping[str, Any], option: Option) -> object:
    if option.kind is bool:
        return _flag(job, option.key)
    return job[option.key] if option.kind is object else _text(job, option.key)


def _check_keys(job: Mapping[str, Any]) -> None:
    for key in job:
        if key not in _KEYS:
            close = difflib.get_close_matches(key.lower(), _KEYS, n=1)
            raise UsageError(
                f"it has no key {key!r}",
                hint=f"Did you mean {close[0]}?" if close else f"Keys: {', '.join(_KEYS)}.",
            )


def _text(job: Mapping[str, Any], key: str) -> str | None:
    value = job.get(key)
    if value is None:
        return None
    if not isinstance(value, str) or not value.strip():
        raise UsageError(f"{key} must be a text that is not empty")
    return value


def _list(job: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = job.get(key)
    if value is None:
        return ()
    values = [value] if isinstance(value, str) else value
    is_list = isinstance(values, list) and bool(values)
    if not is_list or not all(isinstance(item, str) and item.strip() for item in values):
        raise UsageError(f"{key} must be a list of texts, none of them empty")
    return tuple(values)


def _flag(job: Mapping[str, Any], key: str) -> bool:
    value = job.get(key, False)
    if not isinstance(value, bool):
        raise UsageError(f"{key} must be true or false")
    return value
