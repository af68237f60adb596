"""Batches in few words, for the tests of this folder."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from tests.support.answers import Answer
from tests.support.cli import CliResult, run_cli
from tests.support.endpoints import RUN
from tests.support.scripted_cloud import Request, ScriptedCloud


def write_jobs(folder: Path, *jobs: dict[str, Any]) -> Path:
    path = folder / "jobs.jsonl"
    path.write_text("\n".join(map(json.dumps, jobs)), "utf-8")
    return path


def batch(file: Path, *more: str, expect: int = 0, **options: Any) -> CliResult:
    return run_cli("batch", file, *more, expect=expect, **options)


def statuses(result: CliResult) -> list[str]:
    return [job["status"] for job in result.document["jobs"]]


def sent_texts(cloud: ScriptedCloud) -> list[str]:
    return [request.json["new_message"]["parts"][0]["text"] for request in cloud.calls(*RUN)]


def fail_for(texts: Iterable[str], answer: Answer, cloud: ScriptedCloud) -> Callable[..., Answer]:
    """Answer so where a message holds one of the texts, and as on a good day elsewhere."""

    def run(request: Request) -> Answer:
        if any(text in request.body.decode() for text in texts):
            return answer
        return cloud.good_day.answer(cloud.url, request)

    return run
