"""An agent's day on the local engine, over real pipes: what each tool does and gives back."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from mcp import types
from PIL import Image

from nemovideo.engine import LocalEngine
from nemovideo.render.media_info import probe
from tests.support.cli import run_cli
from tests.support.media import QUADRANTS, write_jpeg
from tests.support.processes.agents import Agent, ToolAnswer

PHOTOS = ["a.jpg", "b.jpg"]


@dataclass
class Day:
    """What an agent did, and what it got."""

    agent: Agent
    folder: Path
    env: dict[str, str]
    answers: dict[str, ToolAnswer] = field(default_factory=dict)

    def do(self, key: str, tool: str, **arguments: object) -> None:
        self.answers[key] = self.agent.call(tool, **arguments)


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    """Convert two photos, edit, look, export, and go wrong in every usual way."""
    folder = tmp_path_factory.mktemp("agent")
    for number, name in enumerate(PHOTOS):
        write_jpeg(folder / name, 320 + number, 240)
    env = {"NEMO_CONFIG_DIR": str(folder / "config"), "NEMO_DATA_DIR": str(folder / "data")}
    with Agent(folder, ("--local",), env) as agent:
        day = Day(agent, folder, env)
        day.do("no session", "status")
        day.do("convert", "convert", paths=PHOTOS, duration=1, out="film.mp4")
        day.do("chat", "chat", text='add the title "Hello"')
        day.do("status", "status")
        day.do("draft", "status", with_draft=True)
        day.do("storyboard", "storyboard")
        day.do("export", "export", out="films/again.mp4")
        day.do("existing", "export", out="film.mp4")
        day.do("forced", "export", out="film.mp4", force=True)
        day.do("dated", "chat", text="export the video")
        day.do("missing file", "convert", paths=["c.jpg"])
        day.do("stdout", "export", out="-")
        day.do("unknown argument", "status", session="x")
        day.do("no argument", "convert")
        day.do("unknown tool", "explode")
        day.do("nothing to resume", "resume")
        day.do("timeline only", "convert", paths="a.jpg", duration=1, export=False, name="one")
        yield day


def test_convert_brings_the_file_and_the_document_of_the_command(day: Day) -> None:
    document = day.answers["convert"].document
    film = day.folder / "film.mp4"
    assert document["output"] == str(film)
    assert document["duration_ms"] == 1000
    assert document["timeline"]["summary"].startswith("Timeline (2 tracks): 1. Video: a.jpg +1")
    assert {"session_id", "task_id", "render_id", "bytes", "workspace_url"} <= set(document)


def test_convert_makes_a_video_that_plays(day: Day) -> None:
    info = probe(day.folder / "films" / "again.mp4")
    assert info.duration_s == pytest.approx(1, abs=0.1)


def test_convert_reports_progress_that_only_grows_and_ends_near_its_total(day: Day) -> None:
    reports = day.answers["convert"].progress
    numbers = [report.progress for report in reports]
    assert numbers == sorted(set(numbers))
    assert {report.total for report in reports} == {5}
    assert 4.5 < numbers[-1] <= 5


def test_convert_says_what_it_is_doing(day: Day) -> None:
    messages = [report.message or "" for report in day.answers["convert"].progress]
    for words in ("Uploading 2 photos", "Editing", "Rendering", "Downloading"):
        assert any(message.startswith(words) for message in messages), words


def test_convert_stops_at_the_timeline_when_told_to(day: Day) -> None:
    document = day.answers["timeline only"].document
    assert document["output"] is None
    assert document["timeline"]["ready"] is True


def test_chat_edits_and_tells_what_changed(day: Day) -> None:
    document = day.answers["chat"].document
    assert document["changes"] == ['Title added: "Hello" (0-0.5s)']
    assert document["session_id"] == day.answers["convert"].document["session_id"]


def test_status_is_the_timeline_without_the_draft(day: Day) -> None:
    document = day.answers["status"].document
    assert [track["type"] for track in document["tracks"]] == ["video", "audio", "text"]
    assert "draft" not in document


def test_status_has_the_draft_when_asked(day: Day) -> None:
    assert day.answers["draft"].document["draft"]["d"] == 1000


def test_status_is_what_the_command_says(day: Day) -> None:
    session_id = day.answers["draft"].document["session_id"]
    shown = run_cli("status", "--session", session_id, "--json", env=day.env)
    assert shown.document == day.answers["draft"].document


def test_storyboard_is_a_picture_of_every_photo(day: Day) -> None:
    _, block = day.answers["storyboard"].result.content
    assert isinstance(block, types.ImageContent)
    with Image.open(BytesIO(base64.b64decode(block.data))) as picture:
        assert Image.MIME[picture.format or ""] == block.mime_type
        pixels = np.asarray(picture.convert("RGB"), int).reshape(-1, 3)
    for colour in QUADRANTS:
        assert (np.abs(pixels - colour).max(axis=1) < 16).sum() > 1000, colour


def test_storyboard_tells_the_frames(day: Day) -> None:
    document = day.answers["storyboard"].document
    assert [frame["name"] for frame in document["frames"]] == PHOTOS
    assert document["frames"][0]["title"] == "Hello"


def test_export_makes_the_folders_of_its_file(day: Day) -> None:
    document = day.answers["export"].document
    assert document["output"] == str(day.folder / "films" / "again.mp4")
    assert document["bytes"] == (day.folder / "films" / "again.mp4").stat().st_size


def test_chat_exports_to_a_dated_name_in_the_working_folder(day: Day) -> None:
    document = day.answers["dated"].document
    output = Path(document["export"]["output"])
    assert document["intent"] == "export"
    assert output.parent == day.folder
    assert output.name.startswith("nemo-")


def test_an_existing_file_is_kept(day: Day) -> None:
    error = day.answers["existing"].error
    assert error["kind"] == "input"
    assert "exists already" in error["message"]
    assert "force" in error["hint"]


def test_an_existing_file_is_replaced_when_forced(day: Day) -> None:
    document = day.answers["forced"].document
    assert document["bytes"] == (day.folder / "film.mp4").stat().st_size


@pytest.mark.parametrize(
    ("key", "kind", "words"),
    [
        pytest.param("no session", "session", "no session", id="no-session"),
        pytest.param("missing file", "input", "no such file: c.jpg", id="missing-file"),
        pytest.param("stdout", "usage", "stdout belongs to the protocol", id="stdout"),
        pytest.param("unknown argument", "usage", "'session'", id="unknown-argument"),
        pytest.param("no argument", "usage", "paths", id="no-argument"),
        pytest.param("unknown tool", "usage", "'explode'", id="unknown-tool"),
        pytest.param("nothing to resume", "input", "nothing to resume", id="nothing-to-resume"),
    ],
)
def test_errors_have_kind_code_message_and_hint(day: Day, key: str, kind: str, words: str) -> None:
    error = day.answers[key].error
    assert set(error) == {"kind", "code", "message", "hint"}
    assert error["kind"] == kind
    assert words in error["message"]


def test_every_document_is_also_there_as_text(day: Day) -> None:
    for answer in day.answers.values():
        assert json.loads(answer.text) == answer.result.structured_content


def test_stdout_holds_nothing_but_the_protocol(day: Day) -> None:
    assert {message["jsonrpc"] for message in day.agent.said} == {"2.0"}


def test_no_token_is_told(day: Day) -> None:
    with LocalEngine(day.folder / "data") as engine:
        assert len(engine.owner_token) > 20
        assert engine.owner_token not in day.agent.transcript
    assert "nmv_usr_" not in day.agent.transcript


def test_nothing_is_written_to_stderr(day: Day) -> None:
    assert day.agent.log == ""


def test_tools_are_told_with_their_arguments(day: Day) -> None:
    tools = {tool.name: tool for tool in day.agent.tools()}
    assert list(tools) == [
        "convert",
        "chat",
        "edit_timeline",
        "status",
        "storyboard",
        "export",
        "resume",
    ]
    for tool in tools.values():
        assert len(tool.description or "") > 80, tool.name
        for name, schema in tool.input_schema["properties"].items():
            assert schema.get("description"), f"{tool.name}: {name}"


def test_tools_that_only_read_say_so(day: Day) -> None:
    reading = {
        tool.name
        for tool in day.agent.tools()
        if tool.annotations and tool.annotations.read_only_hint
    }
    assert reading == {"status", "storyboard"}


def test_agents_are_told_where_paths_begin_and_where_work_is_done(day: Day) -> None:
    instructions = day.agent.client.instructions or ""
    assert f"Relative paths start at {day.folder}" in instructions
    assert "with the engine on this machine" in instructions
