"""Messages to the cloud's agent: never sent twice, told from the state, screen talk done."""

from __future__ import annotations

from pathlib import Path

from tests.support.answers import (
    Answer,
    Cut,
    cut,
    html,
    sse,
    text_event,
)
from tests.support.cli import CliResult, run_cli
from tests.support.endpoints import RUN, STATE, SUBMIT
from tests.support.scripted_cloud import Request, ScriptedCloud


def convert(photo: Path, out: Path, *more: str, expect: int = 0) -> CliResult:
    return run_cli("convert", photo, "--out", out, *more, expect=expect)


def test_a_message_is_never_sent_again_after_a_cut_stream(
    cloud: ScriptedCloud, photo: Path, out: Path
) -> None:
    def cut_after_the_edit(request: Request) -> Answer:
        cloud.good_day.drafts[request.json["session_id"]] = cloud.good_day.draft
        return sse(text_event("Work"), Cut())

    cloud.on(*RUN, cut_after_the_edit)
    convert(photo, out)
    assert cloud.count(*RUN) == 1
    assert out.exists()


def test_a_lost_answer_ends_in_an_error_after_five_reads_without_a_change(
    cloud: ScriptedCloud, photo: Path, out: Path
) -> None:
    cloud.on(*RUN, cut())
    result = convert(photo, out, "--json", expect=9)
    assert result.error["kind"] == "timeout"
    assert cloud.count(*RUN) == 1
    assert cloud.count(*STATE) == 1 + 5


def test_a_gateway_error_after_the_edit_is_told_from_the_state(
    cloud: ScriptedCloud, photo: Path, out: Path
) -> None:
    def edit_behind_a_bad_gateway(request: Request) -> Answer:
        cloud.good_day.drafts[request.json["session_id"]] = cloud.good_day.draft
        return html(502)

    cloud.on(*RUN, edit_behind_a_bad_gateway)
    convert(photo, out)
    assert cloud.count(*RUN) == 1
    assert out.exists()


def test_a_failed_read_of_the_state_counts_as_one_of_the_five(
    cloud: ScriptedCloud, photo: Path, out: Path
) -> None:
    def edit_then_cut(request: Request) -> Answer:
        cloud.good_day.drafts[request.json["session_id"]] = cloud.good_day.draft
        cloud.on(*STATE, html())
        return sse(text_event("Work"), Cut())

    cloud.on(*RUN, edit_then_cut)
    convert(photo, out)
    assert cloud.count(*RUN) == 1


def test_a_silent_edit_is_told_from_the_state(cloud: ScriptedCloud) -> None:
    cloud.good_day.reply = ""
    result = run_cli("chat", "add a title", "--json")
    assert result.document["reply"] == ""
    assert 'Title added: "Urban Dreams" (0-3s)' in result.document["changes"]


def test_instructions_for_a_screen_become_actions(cloud: ScriptedCloud) -> None:
    cloud.good_day.reply = "Your video is ready! Click Export to download."
    result = run_cli("chat", "make a video", "--json")
    assert result.document["reply"] == "Your video is ready!"
    assert [(a["kind"], a["done"]) for a in result.document["actions"]] == [("export", False)]
    assert cloud.count(*SUBMIT) == 0


def test_yes_does_what_the_agent_asks_for(cloud: ScriptedCloud, out: Path) -> None:
    cloud.good_day.reply = "Your video is ready! Click Export to download."
    result = run_cli("chat", "make a video", "--yes", "--out", out, "--json")
    assert [(a["kind"], a["done"]) for a in result.document["actions"]] == [("export", True)]
    assert out.read_bytes() == cloud.good_day.video
