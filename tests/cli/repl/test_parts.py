"""The parts of the conversation that need no terminal."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory

from nemovideo.cli.repl._commands import COMMANDS, help_lines, parse_command
from nemovideo.cli.repl._completion import ReplCompleter
from nemovideo.cli.repl._names import split_names
from nemovideo.cli.repl._reading import MAX_BYTES, LineReader, prepare_history
from nemovideo.cli.repl._receipts import START, next_steps
from nemovideo.errors import UsageError
from nemovideo.timeline import Timeline
from tests.support.good_day import DRAFT


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_is_understood_and_explained(command: object) -> None:
    name = command.name  # type: ignore[attr-defined]
    assert parse_command(f" /{name.upper()}  x y ") == (command, "x y")
    assert any(f"/{name}" in line for line in help_lines())


@pytest.mark.parametrize(
    "text",
    [
        "make a film",
        "/tmp/a.jpg",
        "/a.jpg",
        "upload",
        "export it",
        "undo it",
        "export controls",
        "help me",
        "/ status",
        "//",
    ],
)
def test_other_text_is_no_command(text: str) -> None:
    assert parse_command(text) is None


@pytest.mark.parametrize(
    ("text", "name", "argument"),
    [
        ("help", "help", ""),
        ("Status", "status", ""),
        ("undo", "undo", ""),
        ("导出", "export", ""),
        ("撤销", "undo", ""),
        ("export trip.mp4", "export", "trip.mp4"),
        ("/undo 3", "undo", "3"),
    ],
)
def test_commands_work_without_their_slash(text: str, name: str, argument: str) -> None:
    parsed = parse_command(text)
    assert parsed is not None
    assert (parsed[0].name, parsed[1]) == (name, argument)


@pytest.mark.parametrize("text", ["quit", "EXIT", "/exit", "/q", "退出"])
def test_there_are_several_words_to_leave(text: str) -> None:
    parsed = parse_command(text)
    assert parsed is not None
    assert parsed[0].name == "quit"


@pytest.mark.parametrize(
    ("text", "hint"), [("/exprot", "/export"), ("/zzz", "/help")], ids=["near", "far"]
)
def test_unknown_command_gets_advice(text: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_command(text)
    assert caught.value.hint is not None
    assert hint in caught.value.hint


def draft_with(*types: int) -> Timeline:
    tracks = [{"tt": type_, "sg": [{"st": 0, "d": 1000}]} for type_ in types]
    return Timeline.from_draft({"t": tracks, "d": 1000})


@pytest.mark.parametrize(
    ("timeline", "has_media", "first"),
    [
        (Timeline(), False, "drop photos"),
        (Timeline(), True, START),
        (draft_with(0), True, "add the title"),
        (draft_with(0, 7), True, "add calm music"),
        (Timeline.from_draft(DRAFT), True, "make it vertical"),
    ],
    ids=["nothing", "files", "no title", "no music", "complete"],
)
def test_next_steps_fit_what_is_there(timeline: Timeline, has_media: bool, first: str) -> None:
    steps = next_steps(timeline, has_media=has_media)
    assert steps[0].startswith(first)
    assert 1 <= len(steps) <= 2
    assert ("/export" in steps[-1]) == timeline.is_ready


def test_names_are_read_quoted_escaped_linked_or_bare(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my photo.jpg").touch()
    assert split_names("my photo.jpg") == ["my photo.jpg"]
    assert split_names("") == []
    assert split_names("'a b.jpg' *.png") == ["a b.jpg", "*.png"]
    assert split_names("it's.jpg b.jpg") == ["it's.jpg", "b.jpg"]
    if os.name != "nt":
        assert split_names(r"a\ b.jpg file:///tmp/c%20d.jpg") == ["a b.jpg", "/tmp/c d.jpg"]


def completions(text: str) -> list[str]:
    completer = ReplCompleter(lambda: [("abc-1", "one"), ("xyz-2", "two")])
    found = completer.get_completions(Document(text), CompleteEvent())
    return [text[: len(text) + completion.start_position] + completion.text for completion in found]


def test_completion_of_commands() -> None:
    assert completions("/s") == ["/status", "/storyboard", "/sessions"]
    assert completions("make") == []


def test_completion_of_sessions() -> None:
    assert completions("/use a") == ["/use abc-1"]
    assert completions("/use t") == ["/use two"]
    assert completions("/use ") == ["/use one", "/use two"]


@pytest.mark.skipif(os.name == "nt", reason="paths look different there")
def test_completion_of_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my beach.jpg").touch()
    (tmp_path / "my notes.txt").touch()
    (tmp_path / "my folder").mkdir()
    assert completions("/upload my") == ["/upload my\\ beach.jpg", "/upload my\\ folder"]
    assert completions("/upload my\\ b") == ["/upload my\\ beach.jpg"]
    assert completions("add './my b") == ["add './my beach.jpg"]
    assert completions("add my") == []
    assert completions(f"add {tmp_path}/my\\ f") == [f"add {tmp_path}/my\\ folder"]


def test_history_that_grew_too_long_keeps_its_newest_entries(tmp_path: Path) -> None:
    path = prepare_history(tmp_path)
    assert path is not None
    history = FileHistory(str(path))
    for number in range(MAX_BYTES // 1000 + 10):
        history.store_string(f"{number} " + "x" * 1000)
    assert prepare_history(tmp_path) == path
    assert path.stat().st_size < MAX_BYTES
    entries = list(FileHistory(str(path)).load_history_strings())
    assert entries[0].startswith(f"{MAX_BYTES // 1000 + 9} ")
    assert all(entry.endswith("x" * 1000) for entry in entries)


def test_history_that_can_not_be_kept_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert prepare_history(tmp_path / "file") is None


def test_line_reader_joins_lines_and_ends_with_the_source() -> None:
    echo = io.StringIO()
    reader = LineReader(io.StringIO("one\ntwo\\\nthree\nlast\\"), echo)
    assert [reader.read() for _ in range(4)] == ["one", "two\nthree", "last", None]
    assert echo.getvalue().startswith("nemo> nemo> ....> nemo> ")
