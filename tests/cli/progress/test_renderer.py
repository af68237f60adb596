"""Progress as people and programs get it; never on stdout."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from nemovideo.cli.output.output import Output, ProgressMode
from nemovideo.cli.progress.answer import AnswerWriter
from nemovideo.cli.progress.json_lines import JsonRenderer
from nemovideo.cli.progress.renderer import PlainRenderer, renderer_for
from nemovideo.projects.progress import AnswerDelta, Reporter
from tests.support.answers import error, sse, text_event
from tests.support.cli import CliResult, run_cli
from tests.support.scripted_cloud import ScriptedCloud

KEYS = ["event", "stage", "detail", "done", "total"]


def events(stderr: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stderr.splitlines()]


def convert(photo: Path, out: Path, *options: str, expect: int = 0) -> CliResult:
    return run_cli("convert", photo, "--out", out, *options, expect=expect)


def test_json_progress_is_an_object_a_line(cloud: ScriptedCloud, photo: Path, out: Path) -> None:
    told = events(convert(photo, out, "--progress", "json").stderr)
    assert all(list(event) == KEYS for event in told)
    begun = [event["stage"] for event in told if event["event"] == "begin"]
    assert begun == ["setup", "upload", "edit", "render", "download"]
    assert [event["stage"] for event in told if event["event"] == "end"] == begun
    assert told[-1]["event"] == "notice"


def test_json_progress_counts_the_bytes_of_an_upload(
    cloud: ScriptedCloud, photo: Path, out: Path
) -> None:
    told = events(convert(photo, out, "--progress=json").stderr)
    last = [e for e in told if (e["event"], e["stage"]) == ("progress", "upload")][-1]
    assert last["done"] == last["total"] == photo.stat().st_size


def test_json_progress_names_what_the_agent_does(
    cloud: ScriptedCloud, photo: Path, out: Path
) -> None:
    call = {"type": "tool_call", "name": "add_transition", "args": {}}
    cloud.on("POST", "/run_sse", sse(call, text_event("Done.")))
    told = events(run_cli("chat", "add transitions", "--progress", "json").stderr)
    assert "adding a transition" in [event["detail"] for event in told]


def test_json_progress_goes_with_a_json_result(
    cloud: ScriptedCloud, photo: Path, out: Path
) -> None:
    result = convert(photo, out, "--json", "--progress", "json")
    assert result.document["output"] == str(out)
    assert events(result.stderr)


def test_json_progress_ends_with_the_error(cloud: ScriptedCloud, photo: Path, out: Path) -> None:
    cloud.always("POST", "/run_sse", error(2001))
    result = convert(photo, out, "--progress", "json", expect=5)
    assert result.error["kind"] == "credits"
    assert all("event" in event for event in events(result.stderr)[:-1])


def test_json_progress_covers_wrong_use(photo: Path) -> None:
    result = run_cli("convert", photo, "--progress", "json", "--nonsense", expect=2)
    assert result.error["kind"] == "usage"


@pytest.mark.parametrize("how", ["none", "plain", "auto", "bar"])
def test_progress_off_a_terminal_redraws_nothing(
    cloud: ScriptedCloud, photo: Path, out: Path, how: str
) -> None:
    result = convert(photo, out, "--progress", how)
    assert "\r" not in result.stderr
    assert "\x1b" not in result.stderr
    assert ("Rendering" in result.stderr) == (how != "none")
    assert result.stdout == f"{out}\n"


def test_progress_none_keeps_what_must_be_known(
    cloud: ScriptedCloud, photo: Path, out: Path
) -> None:
    cloud.on("POST", "/run_sse", error(1002))
    result = convert(photo, out, "--progress", "none")
    assert "The server has lost the session" in result.stderr


def test_quiet_silences_every_kind_of_progress(
    cloud: ScriptedCloud, photo: Path, out: Path
) -> None:
    assert convert(photo, out, "--quiet", "--progress", "json").stderr == ""


def test_progress_of_another_kind_is_wrong_use(photo: Path) -> None:
    result = run_cli("convert", photo, "--progress", "loud", expect=2)
    assert "'loud' is not one of" in result.stderr


def test_plain_progress_writes_a_line_for_every_tenth(
    capsys: pytest.CaptureFixture[str],
) -> None:
    now = iter([0.0, *[float(second) for second in range(2, 400)]])
    reporter = Reporter(PlainRenderer(Output(), clock=lambda: next(now)))
    reporter.begin("render", "Rendering")
    for percent in range(101):
        reporter.advance(percent, 100)
    lines = capsys.readouterr().err.splitlines()
    assert lines == ["Rendering…", *[f"Rendering: {tens}0%" for tens in range(1, 10)]]


def test_json_progress_writes_a_line_for_every_hundredth(
    capsys: pytest.CaptureFixture[str],
) -> None:
    reporter = Reporter(JsonRenderer(Output(has_json_events=True)))
    reporter.begin("upload", "Uploading")
    for done in range(10_001):
        reporter.advance(done, 10_000)
    told = events(capsys.readouterr().err)
    assert 100 <= len(told) <= 102
    assert told[-1] == {
        "event": "progress",
        "stage": "upload",
        "detail": None,
        "done": 10_000,
        "total": 10_000,
    }


def test_notices_of_anyone_become_events(capsys: pytest.CaptureFixture[str]) -> None:
    output = Output(has_json_events=True)
    output.notice("two\nlines \x1b[31mred")
    assert events(capsys.readouterr().err)[0]["detail"] == "two lines red"


@pytest.mark.parametrize(
    ("output", "mode"),
    [(Output(is_quiet=True), "auto"), (Output(), "none"), (Output(), "json")],
    ids=["quiet", "none", "json"],
)
def test_renderer_that_shows_no_progress_still_writes_the_answer(
    output: Output, mode: ProgressMode, capsys: pytest.CaptureFixture[str]
) -> None:
    renderer_for(output, mode, AnswerWriter(output))(AnswerDelta("x"))
    assert capsys.readouterr().out == "x"
